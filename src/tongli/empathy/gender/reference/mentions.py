"""Where candidates are mentioned, by their names or by parts of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tongli.core import Span

Candidate = str | Span
"""A name as it stands in the text, or where one stands; code points, half-open."""


class Mention(NamedTuple):
    """One place where a candidate is named."""

    start: int
    end: int
    candidate: int


def find_mentions(text: str, candidates: Sequence[Candidate], *, taken: Span | None = None) -> list[Mention]:
    """Mentions of candidates in order, none overlapping.

    A first or last name counts for a whole one, where only one candidate has it.

    Args:
        text: what to search.
        candidates: names or places.
        taken: a place that is no mention.
    """
    found = [Mention(*item, index) for index, item in enumerate(candidates) if not isinstance(item, str)]
    owners = _owners(
        [text[slice(*_place(item))] if not isinstance(item, str) else item for item in candidates]
    )
    if owners:
        longest_first = sorted(owners, key=len, reverse=True)
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
        for match in pattern.finditer(text):
            start, end = match.span()
            areas = [(item.start, item.end) for item in found]
            if taken is not None:
                areas.append(taken)
            if all(end <= low or high <= start for low, high in areas):
                found.append(Mention(start, end, owners[match[0]]))
    return sorted(found)


def names_of(name: str) -> tuple[str, ...]:
    """A name, and what people shorten it to: its first part, its last part, its last two."""
    parts = name.split()
    capital = [part for part in parts if part[:1].isupper() and len(part) > 2 and not part.endswith(".")]
    if len(parts) == 1 or not capital:
        return (name,)
    pair = (" ".join(parts[-2:]),) if len(parts) > 2 else ()
    return tuple(dict.fromkeys((name, capital[0], capital[-1], *pair)))


def _owners(names: Sequence[str]) -> dict[str, int]:
    """Every form of a name that means one candidate only, and whole names in any case."""
    owners: dict[str, set[int]] = {}
    for index, name in enumerate(names):
        for form in names_of(name):
            owners.setdefault(form, set()).add(index)
    whole = {name: index for index, name in reversed(list(enumerate(names))) if name.strip()}
    return {form: min(who) for form, who in owners.items() if len(who) == 1 and form.strip()} | whole


def _place(item: Candidate) -> Span:
    assert not isinstance(item, str)  # noqa: S101 - callers have looked
    return item
