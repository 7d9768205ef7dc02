"""What a card says of how its weights came about: the sets, and digests of the recipe and of the texts."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from tongli import __version__
from tongli.emotion.card import Source
from tongli.learning.data.licences import Verdict


def made_by(*, recipe: str, texts: Iterable[str]) -> dict[str, str]:
    """Version of tongli and digests, each of 12 hexadecimal digits.

    Args:
        recipe: anything that tells this run from others.
        texts: that were learnt from, in a fixed order.
    """
    return {"tongli": __version__, "recipe": _digest(recipe), "texts": _digest("\0".join(texts))}


def sources(names: Iterable[str], *, verdict: Verdict) -> tuple[Source, ...]:
    """Every set with its licence and number of examples, the largest first.

    Args:
        names: the set of each example.
        verdict: which knows the licence of each set.
    """
    licences = {item.source: item.licence for item in verdict.sources}
    return tuple(
        Source(name=name, licence=licences[name], examples=count)
        for name, count in Counter(names).most_common()
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
