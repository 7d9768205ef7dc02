"""Whether a proposal may stand beside the text it was made from.

Cosines of sentence embeddings crowd together: unrelated sentences may have 0.8. So none is read by itself:
``nearness`` is the share of the way from a background of unrelated everyday sentences to the original,
1 for the same vector and 0 for a text no nearer than the background, averaged over both texts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from tongli.core import FloatArray
from tongli.core.text import clean
from tongli.generation.protected import same_protected
from tongli.generation.verify.lexicon import table
from tongli.learning.augment.gender import same_gender
from tongli.learning.augment.languages import language_of
from tongli.learning.augment.method import Proposal, Sentences
from tongli.learning.data.normal import normal_form
from tongli.learning.data.record import Record

LEAST = 0.6
"""Nearness below which a proposal is refused. Unrelated messages of one language reach 0.5."""

REASONS = ("unchanged", "known", "held out", "facts", "gender", "meaning")
"""Why a proposal may be refused: it is its original, another text of the set, a held-out text, it lost or
gained a number, link, user name or placeholder, it changed a gendered form, or it is too far in meaning."""


class Checks:
    """Judges proposals.

    Args:
        sentences: unit vectors of texts.
        known: texts that no proposal may repeat.
        held_out: texts that no proposal may give away, not even in another case or with another link.
        least: nearness in 0..1 that a proposal must reach.
    """

    def __init__(
        self,
        *,
        sentences: Sentences,
        known: Iterable[str],
        held_out: Iterable[str] = (),
        least: float = LEAST,
    ) -> None:
        self.least = least
        self._sentences = sentences
        self._known = {_plain(text) for text in known}
        self._held_out = {normal_form(text) for text in held_out}

    def judge(self, pairs: Sequence[tuple[Record, Proposal]]) -> list[str]:
        """For each record with a proposal the reason to refuse it, or an empty string."""
        verdicts = [self._form(record, proposal) for record, proposal in pairs]
        passed = [place for place, verdict in enumerate(verdicts) if not verdict]
        near = self.nearness(
            [(pairs[place][0].text, pairs[place][1].text) for place in passed],
            langs=[pairs[place][0].lang for place in passed],
        )
        for place, value in zip(passed, near, strict=True):
            if value < self.least:
                verdicts[place] = "meaning"
        return verdicts

    def keep(self, text: str) -> bool:
        """Remember a text that is taken; false when it already was."""
        plain = _plain(text)
        fresh = plain not in self._known
        self._known.add(plain)
        return fresh

    def nearness(self, pairs: Sequence[tuple[str, str]], *, langs: Sequence[str]) -> list[float]:
        """At most 1 for each (original, changed) text of a language."""
        if not pairs:
            return []
        texts = list(dict.fromkeys(text for pair in pairs for text in pair))
        vectors = dict(zip(texts, self._sentences([clean(text)[0] for text in texts]), strict=True))
        return [
            _nearness(vectors[original], vectors[text], self._background(lang))
            for (original, text), lang in zip(pairs, langs, strict=True)
        ]

    def _form(self, record: Record, proposal: Proposal) -> str:
        original, text = record.text, proposal.text
        if _plain(text) == _plain(original) or not text.strip():
            return "unchanged"
        if _plain(text) in self._known:
            return "known"
        if normal_form(text) in self._held_out:
            return "held out"
        if not same_protected(original, text):
            return "facts"
        swapped = proposal.gender_expression is not None
        return "" if swapped or same_gender(original, text, lang=record.lang) else "gender"

    def _background(self, lang: str) -> FloatArray:
        """Vectors ``(sentences, hidden)``; a language without sentences of its own gets those of all."""
        return self._backgrounds.get(language_of(lang), self._backgrounds[""])

    @cached_property
    def _backgrounds(self) -> dict[str, FloatArray]:
        sentences = table("background")
        everything = self._sentences([text for texts in sentences.values() for text in texts])
        ends = np.cumsum([len(texts) for texts in sentences.values()])
        parts = np.split(everything, ends[:-1])
        return {"": everything, **dict(zip(sentences, parts, strict=True))}


def _nearness(original: FloatArray, text: FloatArray, background: FloatArray) -> float:
    cosine = float(original @ text)
    sides = [float((background @ side).mean()) for side in (original, text)]
    return sum((cosine - far) / max(1 - far, 1e-6) for far in sides) / 2


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
