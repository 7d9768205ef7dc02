"""What Spanish, Italian and Portuguese share: the formal address has the forms of the third person.

Every form that may mean "you" is a candidate; pronouns that only address are certain, the rest is decided by
:mod:`~tongli.generation.adapt.register.evidence`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tongli.generation.adapt.register.draft import Draft
from tongli.generation.adapt.register.evidence import ASK, EDIT, Context, features, probability
from tongli.generation.adapt.register.romance_verbs import Forms
from tongli.knowledge.register import table
from tongli.knowledge.register import words as words_of


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


Words = Mapping[str, frozenset[str]]
"""Lists of words: ``light``, ``links``, ``dets``, ``third``, ``pronouns``."""
_NEAR = 30
"""Candidates within which a pronoun or possessive counts as evidence."""
Finder = Callable[[Draft, int], Candidate | None]
REASONS = {"possessive": "possessive", "verb": "verb"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Iberian:
    """What differs between Spanish and Portuguese in :meth:`candidate`.

    Attributes:
        lang: whose tables hold possessives, clitics and polite orders.
        forms: its verbs.
        pronoun: a pronoun that addresses.
        is_clitic: whether a word is a pronoun there, not an article.
        second: the informal form of a verb there.
    """

    lang: str
    forms: Callable[[], Forms]
    pronoun: Finder
    is_clitic: Callable[[Draft, int], bool]
    second: Callable[[Draft, int], str]

    def candidate(self, draft: Draft, index: int) -> Candidate | None:
        """The informal form of a word that may address."""
        low, known, command = draft.low(index), table(self.lang), self.forms().command
        if low in known["possessives"]:
            return Candidate(after=known["possessives"][low], kind="possessive")
        if low in known["clitics"]:
            return Candidate(after="te", kind="clitic") if self.is_clitic(draft, index) else None
        pronoun = self.pronoun(draft, index)
        if pronoun is not None:
            return pronoun
        if low not in self.forms().informal and low not in command:
            return None
        after = self.second(draft, index)
        ordered = draft.opens_sentence(index) and low in command and after == command[low]
        polite = ordered and low in words_of(self.lang)["polite_orders"]
        return Candidate(after=after, kind="verb", certain=polite)


def candidates(draft: Draft, find: Finder) -> Iterator[tuple[int, Candidate]]:
    """Words that may address, in order."""
    for index, _ in draft:
        candidate = find(draft, index)
        if candidate is not None:
            yield index, candidate


def described(
    draft: Draft, found: Sequence[tuple[int, Candidate]], place: int, *, seen: Sequence[bool], words: Words
) -> list[str]:
    """Features of a candidate, given what was decided about those before it."""
    index, candidate = found[place]
    near = found[max(0, place - _NEAR) : place + _NEAR]
    adjacent = place > 0 and found[place - 1][0] == index - 1
    context = Context(
        seen=seen[-3:],
        beside=seen[-1] if adjacent else None,
        pronoun=any(other.certain and other.kind == "pronoun" for _, other in near),
        possessive=any(other.kind == "possessive" for at, other in near if at != index),
        words=words,
    )
    return features(draft, index, kind=candidate.kind, context=context)


def to_informal(draft: Draft, *, lang: str, find: Finder) -> None:
    """Decide every candidate and change those that address."""
    words = words_of(lang)
    found = list(candidates(draft, find))
    seen: list[bool] = []
    likely = 0.0
    for place, (index, candidate) in enumerate(found):
        before = likely if _is_joined(draft, found, place, words) else 0.0
        likely = 1.0
        if _has_noun(draft, index, candidate, words):
            likely = 0.0
        elif not (candidate.certain or _beside_pronoun(draft, index, candidate, words)):
            shown = described(draft, found, place, seen=seen, words=words)
            likely = max(probability(lang, shown), before)
        seen.append(likely >= EDIT)
        if (
            likely >= EDIT
            and candidate.kind == "verb"
            and draft.low(index - 1) == "se"
            and _is_joined(draft, found, place, words)
        ):
            first, clitic = found[place - 1]
            draft.put(first, clitic.after, kind="pronoun")
        if likely >= EDIT:
            kind = REASONS.get(candidate.kind, "pronoun")
            draft.put(index, candidate.after, kind=kind, last=candidate.last)
        elif likely >= ASK:
            draft.ask(index, (candidate.after,), kind="address")


def _is_joined(draft: Draft, found: Sequence[tuple[int, Candidate]], place: int, words: Words) -> bool:
    """Whether a verb and the reflexive beside it stand together, so that they share a decision."""
    if place == 0:
        return False
    (first, before), (second, here) = found[place - 1], found[place]
    if second != first + 1 or {before.kind, here.kind} != {"verb", "clitic"}:
        return False
    if draft.low(second) == "se":
        return draft.gap(second) == "-"
    return draft.low(first) == "se" and draft.low(first - 1) in words["draws"]


def _beside_pronoun(draft: Draft, index: int, candidate: Candidate, words: Words) -> bool:
    """Whether the pronoun of address is the subject of a verb."""
    if candidate.kind != "verb":
        return False
    if draft.low(index + 1) in words["pronouns"] and not draft.opens_clause(index + 1):
        return draft.low(index) not in words["prepositions"]
    before = draft.low(index - 1) in words["pronouns"] and not draft.opens_clause(index)
    return before and draft.low(index - 2) not in words["prepositions"]


def _has_noun(draft: Draft, index: int, candidate: Candidate, words: Words) -> bool:
    """Whether a verb that tells about things has its subject right before it: "this present is"."""
    tells = candidate.kind == "verb" and draft.low(index).startswith(tuple(words["impersonal"]))
    subject = draft.low(index - 2) in words["dets"] and draft.opens_clause(index - 2)
    return tells and subject and not draft.opens_clause(index)
