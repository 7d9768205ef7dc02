"""How good replies are: variety, likeness to people's, fitting feeling, and the checks they pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from tongli.core import Message, Verdict
from tongli.generation.verify import CHECKS
from tongli.learning.evaluate.generated import measure_texts
from tongli.learning.evaluate.resample import Resampling, estimate
from tongli.learning.generate.judging import judge_reply
from tongli.learning.generate.replies import Reply
from tongli.pipeline import Tongli

_HEAD = "ekman6"
_CALM = "none"


def measure_replies(
    replies: Sequence[Reply],
    *,
    tongli: Tongli,
    how: Resampling,
    tell: Callable[[int], None] = lambda _: None,
) -> dict[str, Any]:
    """Figures by language, under ``by_language``, and of all replies.

    ``emotion_fit``: share of replies whose voiced feeling fits what is answered (the check of emotion, where
    it does not abstain). ``emotion_accuracy``: share that voice the same strongest decided emotion, or as
    little of any, as what a person answered. ``verified``: share that fail no check; ``failed`` by check.
    Each as ``[value, low, high]`` with a bootstrap interval over replies. Empty replies count as failed.
    The others are those of :func:`tongli.learning.evaluate.generated.measure_texts`.

    Raises:
        ConfigError: ``extra.missing``.
        TongliError: from the models.
    """
    verdicts = []
    for done, one in enumerate(replies, start=1):
        verdict = judge_reply(one.message, one.text, lang=one.lang, tongli=tongli) if one.text else None
        verdicts.append(verdict)
        tell(done)
    alike = _alike(replies, tongli=tongli)
    langs = [one.lang for one in replies]
    return {
        "replies": len(replies),
        "models": sorted({one.model for one in replies}),
        **_judged(verdicts, alike, how=how),
        "by_language": {
            lang: {
                "replies": langs.count(lang),
                **_texts([one for one in replies if one.lang == lang], lang=lang),
            }
            for lang in sorted(set(langs))
        },
    }


def _judged(verdicts: Sequence[Verdict | None], alike: Sequence[bool], *, how: Resampling) -> dict[str, Any]:
    fits = [_check(verdict, "emotion") for verdict in verdicts]
    passed = [verdict is not None and verdict.passed for verdict in verdicts]
    failed = Counter(check.name for verdict in verdicts if verdict for check in verdict.failed)
    return {
        "emotion_fit": _share([fit for fit in fits if fit is not None], how=how),
        "emotion_accuracy": _share(alike, how=how),
        "verified": _share(passed, how=how),
        "failed": {name: round(failed[name] / len(verdicts), 4) for name in CHECKS if failed[name]},
        "empty": sum(verdict is None for verdict in verdicts),
    }


def _check(verdict: Verdict | None, name: str) -> bool | None:
    if verdict is None:
        return False
    return next(check.passed for check in verdict.checks if check.name == name)


def _alike(replies: Sequence[Reply], *, tongli: Tongli) -> list[bool]:
    own, theirs = (
        _felt([(text or " ", one.lang) for text, one in zip(texts, replies, strict=True)], tongli=tongli)
        for texts in ([one.text for one in replies], [one.reference for one in replies])
    )
    return [bool(one.text) and left == right for one, left, right in zip(replies, own, theirs, strict=True)]


def _felt(texts: Sequence[tuple[str, str]], *, tongli: Tongli) -> list[str]:
    """The strongest emotion that the heads decide of each text, ``none`` without one."""
    messages = [Message(text, lang=None if lang == "und" else lang) for text, lang in texts]
    decided = (reading.decided("emotion", scheme=_HEAD) for reading in tongli.read_many(messages))
    return [next((str(claim.label) for claim in claims), _CALM) for claims in decided]


def _texts(replies: Sequence[Reply], *, lang: str) -> dict[str, float]:
    texts, references = [one.text for one in replies], [one.reference for one in replies]
    found = measure_texts(texts, references if all(references) else None, lang=lang)
    return {name: round(value, 4) for name, value in found.items()}


def _share(hits: Sequence[bool], *, how: Resampling) -> list[float] | None:
    """The share and its interval; ``None`` of nothing."""
    if not hits:
        return None
    values = np.asarray(hits, np.float64)
    found = estimate(lambda rows: float(values[rows].mean()), len(values), how=how)
    return [round(value, 4) for value in (found.value, found.low, found.high)]
