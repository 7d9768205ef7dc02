"""Checks of what is meant and felt: source reading against target reading.

Heads are calibrated a language at a time and differ between languages on short texts, so no two scores are
compared letter for letter: what fails is a reversal that both sides are sure of. Every smaller difference is
told beside the translation (``compare``) and left to a person.
"""

from __future__ import annotations

from collections.abc import Mapping

from tongli.core import Check, Claim, Reading, Span
from tongli.generation.translate.pair import Pair
from tongli.generation.verify.meaning import Sense, nearness
from tongli.generation.verify.subject import quote
from tongli.knowledge.address import find_address
from tongli.knowledge.locales import knows, profile
from tongli.knowledge.negation import Kind
from tongli.knowledge.negation import negation as negations

MEANING = 3.0
"""z below which a translation is not near its source; see :mod:`tongli.generation.verify.meaning`."""
_SURE = 0.85
_PLEASANT, _UNPLEASANT = ("joy",), ("anger", "disgust", "fear", "sadness")


def meaning(pair: Pair) -> Check:
    """The draft is near its source in meaning."""
    after, before = pair.vectors
    here, there = pair.langs
    z = nearness(Sense(after, there), Sense(before, here), pair.reader)
    return Check(name="meaning", passed=z >= MEANING, detail=f"z = {z:.1f} (at least {MEANING:g})", score=z)


def negation(pair: Pair) -> Check:
    """What one text denies, the other does too: fail when only one of the two negates."""
    strong, weak = _negating(pair, "strong"), _negating(pair, "weak")
    if strong is None or weak is None:
        return Check(name="negation", passed=None, detail="no list of negations for both languages")
    lost = bool(strong[0]) and not strong[1] and not weak[1]
    made = bool(strong[1]) and not strong[0] and not weak[0]
    detail = (
        f"lost: {quote(pair.before, strong[0])}"
        if lost
        else f"not in the source: {quote(pair.after, strong[1])}"
        if made
        else f"{len(strong[0])} in the source, {len(strong[1])} in the translation"
    )
    spans = tuple(strong[1]) if made else ()
    return Check(name="negation", passed=not (lost or made), detail=detail, evidence=spans)


def feeling(pair: Pair) -> Check:
    """A pleasant text does not become an unpleasant one, nor the other way round."""
    before, after = _tone(pair.source), _tone(pair.reading)
    if before is None or after is None:
        return Check(name="feeling", passed=None, detail="no emotion or sentiment head ran")
    turned = before * after < 0 and min(abs(before), abs(after)) >= _SURE
    detail = f"tone {before:+.2f} in the source, {after:+.2f} in the translation"
    return Check(name="feeling", passed=not turned, detail=detail, score=1 - abs(before - after) / 2)


def register(pair: Pair) -> Check:
    """The form of address is the one asked for, or the source's own; formality is not turned round."""
    wanted = pair.brief.address or _address(pair.before, pair.source.language.tag)
    used = _address(pair.after, pair.target)
    if wanted is not None and used is not None and wanted != used:
        return Check(
            name="register", passed=False, detail=f"{used} address instead of {wanted} address", score=0.0
        )
    labels = [_label(reading, "formality") for reading in (pair.source, pair.reading)]
    if set(labels) == {"formal", "informal"}:
        detail = f"{labels[0]} in the source, {labels[1]} in the translation"
        return Check(name="register", passed=False, detail=detail, score=0.0)
    known = [name for name in (used, labels[1]) if name is not None]
    return Check(name="register", passed=True if known else None, detail=", ".join(known) or "not decided")


def politeness(pair: Pair) -> Check:
    """A polite text does not become an impolite one, nor the other way round."""
    labels = [_label(reading, "politeness") for reading in (pair.source, pair.reading)]
    if None in labels:
        return Check(name="politeness", passed=None, detail="not decided on both sides")
    detail = f"{labels[0]} in the source, {labels[1]} in the translation"
    return Check(name="politeness", passed=set(labels) != {"polite", "impolite"}, detail=detail)


def idioms(pair: Pair) -> Check:
    """Idioms of the source are for a person to look at unless the draft reads as idiomatic too."""
    said = expressions(pair.source)
    if not said:
        return Check(name="idioms", passed=True, detail="none in the source")
    spans = [claim.evidence[0].span for claim in said]
    if expressions(pair.reading):
        return Check(name="idioms", passed=True, detail=f"{quote(pair.before, spans)}: an idiom there too")
    return Check(name="idioms", passed=None, detail=f"look at {quote(pair.before, spans)}: word for word?")


def expressions(reading: Reading) -> list[Claim]:
    """Idioms of a text, those too that may be meant word for word."""
    return [claim for claim in reading.claims if claim.dimension == "idiom" and claim.evidence]


def _negating(pair: Pair, kind: Kind) -> list[list[Span]] | None:
    """Places of words that negate in source and draft; ``None`` without a list for both languages."""
    lists = [words for lang in pair.langs if (words := negations(lang, kind)) is not None]
    texts = pair.before, pair.after
    return [words.find(text) for words, text in zip(lists, texts, strict=True)] if len(lists) == 2 else None


def _tone(reading: Reading) -> float | None:
    """From -1, surely unpleasant, to 1, surely pleasant, where emotions and sentiment agree; else near 0."""
    sentiment, emotions = (_labels(reading, head) for head in ("sentiment", "ekman6"))
    if not sentiment:
        return None
    tone = sentiment.get("positive", 0.0) - sentiment.get("negative", 0.0)
    if not emotions:
        return tone
    felt = max(emotions.get(name, 0.0) for name in (_PLEASANT if tone > 0 else _UNPLEASANT))
    against = max(emotions.get(name, 0.0) for name in (_UNPLEASANT if tone > 0 else _PLEASANT))
    return tone if felt >= against else 0.0


def _labels(reading: Reading, head: str) -> Mapping[str, float]:
    found = reading.scores.get(head)
    return found if isinstance(found, Mapping) else {}


def _label(reading: Reading, dimension: str) -> str | None:
    return next((claim.label for claim in reading.decided(dimension)), None)


def _address(text: str, tag: str) -> str | None:
    return find_address(text, profile(tag)).decided if knows(tag) else None
