"""Draft and source say the same: nothing is denied, turned round, or said of another time or number.

A small network reads both texts together (:mod:`tongli.core.pairs`). It learnt from texts that say the
same in several languages, and from the same texts with one thing changed in one of them
(``benchmarks/meaning.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files

from tongli.core import Check, FloatArray, Span, Tokens
from tongli.core.pairs import PairReader, load_pairs
from tongli.generation.translate.pair import Pair
from tongli.generation.verify.subject import quote

LEAST, MOST = 4, 120
"""Tokens of a text below and above which nothing was learnt."""
_SHOWN = 0.0
"""Log-odds from which a token is shown as one without a counterpart."""
_SAID = {
    "negation": "one denies what the other says",
    "opposite": "a word means something else",
    "quantity": "another quantity",
    "modality": "another modal word",
    "time": "another time",
    "person": "somebody else",
    "number": "another number",
    "roles": "people or things change places",
    "added": "something was made up",
    "lost": "something was left out",
    "other": "something else is said",
}
"""Kind of a difference → how it is told."""


def check(pair: Pair) -> Check:
    """Fail where the two texts surely say different things; the score is the log-odds above the limit."""
    reader = shipped()
    if not {*pair.langs} <= {*reader.limits}:
        return Check(name="same", passed=None, detail="nothing was fitted for both languages")
    after, before = pair.tokens
    if {after.encoder, before.encoder} != {reader.encoder}:
        return Check(name="same", passed=None, detail="nothing was fitted for this encoder")
    if not all(LEAST <= len(text.spans) <= MOST for text in (after, before)):
        return Check(name="same", passed=None, detail="too short or too long to compare word by word")
    found = reader.read(after, before)
    over = found.fault - max(reader.limits[lang] for lang in pair.langs)
    if over <= 0:
        return Check(name="same", passed=True, detail="the same is said", score=over)
    own, theirs = (_shown(text, odds) for text, odds in zip((after, before), found.tokens, strict=True))
    kind = max(found.kinds, key=lambda name: found.kinds[name])
    told = [f"perhaps {_SAID[kind]}"]
    told += [f"in the draft: {quote(pair.after, own)}"] if own else []
    told += [f"in the source: {quote(pair.before, theirs)}"] if theirs else []
    return Check(name="same", passed=False, detail="; ".join(told), score=over, evidence=own)


def _shown(text: Tokens, odds: FloatArray) -> tuple[Span, ...]:
    """Stretches of tokens that have no counterpart."""
    found: list[Span] = []
    last: int | None = None
    for at, (span, odd) in enumerate(zip(text.spans, odds, strict=True)):
        if odd <= _SHOWN:
            continue
        if found and last == at - 1:
            found[-1] = (found[-1][0], span[1])
        else:
            found.append(span)
        last = at
    return tuple(found)


def kinds() -> Sequence[str]:
    """What the check can tell of a difference."""
    return tuple(_SAID)


@cache
def shipped() -> PairReader:
    """What ships with the embedded encoder."""
    with as_file(files(__package__) / "same.safetensors") as path:
        return load_pairs(path)
