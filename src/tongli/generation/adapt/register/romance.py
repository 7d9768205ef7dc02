"""What Spanish, Italian and Portuguese share: the formal address has the forms of the third person.

Every form that may mean "you" is a candidate; pronouns that only address are certain, the rest is decided by
:mod:`~tongli.generation.adapt.register.evidence`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tongli.generation.adapt.register.draft import Draft
from tongli.generation.adapt.register.evidence import ASK, EDIT, features, probability


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A form that may address.

    Attributes:
        after: the informal form.
        kind: ``verb``, ``possessive``, ``clitic``, ``enclitic`` or ``pronoun``.
        certain: whether it can mean nobody else.
        last: index of the last word replaced, where there are several.
    """

    after: str
    kind: str
    certain: bool = False
    last: int | None = None


Finder = Callable[[Draft, int], Candidate | None]
REASONS = {"possessive": "possessive", "verb": "verb"}


def candidates(draft: Draft, find: Finder) -> Iterator[tuple[int, Candidate]]:
    """Words that may address, in order."""
    for index, _ in draft:
        candidate = find(draft, index)
        if candidate is not None:
            yield index, candidate


def described(draft: Draft, index: int, candidate: Candidate, *, seen: list[bool], third: frozenset[str], certain: bool) -> list[str]:
    """Features of a candidate."""
    start = draft.sentence(index).start
    named = any(draft.low(other) in third for other in range(start, index))
    return features(draft, index, kind=candidate.kind, seen=seen[-3:], pronoun=certain, third=named)


def to_informal(draft: Draft, *, lang: str, find: Finder, third: frozenset[str]) -> None:
    """Decide every candidate and change those that address."""
    found = list(candidates(draft, find))
    certain = any(candidate.certain for _, candidate in found)
    seen: list[bool] = []
    for index, candidate in found:
        likely = 1.0
        if not candidate.certain:
            shown = described(draft, index, candidate, seen=seen, third=third, certain=certain)
            likely = probability(lang, shown)
        seen.append(likely >= EDIT)
        if likely >= EDIT:
            kind = REASONS.get(candidate.kind, "pronoun")
            draft.put(index, candidate.after, kind=kind, last=candidate.last)
        elif likely >= ASK:
            draft.ask(index, (candidate.after,), kind="address")
