"""Commands in Spanish, Italian and Portuguese: subjunctives of a main clause, which nobody else can be told.

"Salga por la puerta y siga recto" has no subject that could be "he": where nothing makes it subordinate, a
present subjunctive is a command to the person addressed formally.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tongli.generation.adapt.register.draft import Draft
from tongli.generation.adapt.register.romance_verbs import Forms
from tongli.knowledge.register import words as words_of

_LEADS = 7
"""Words before a command that may lead to it: "y luego", "así que no se"."""
_WITHIN = 6
"""Words after "that" within which its subjunctive is looked for."""

Begins = Callable[[Draft, int], bool]
"""Whether a command stands at a word, told by its form alone."""


class Lead(NamedTuple):
    """The words that lead to a verb: "y luego", "por favor, no".

    Attributes:
        first: index of the first of them, or of the verb.
        joins: whether one of them joins the verb to what stands before.
        bans: whether one of them is "not".
    """

    first: int
    joins: bool
    bans: bool


def lead(draft: Draft, index: int, *, lang: str) -> Lead:
    """What leads to a verb within its clause."""
    words = words_of(lang)
    first = index
    while first > index - _LEADS and not draft.opens_clause(first) and _leads(draft, first - 1, lang):
        first -= 1
        if draft.low(first) in words["and"]:
            break
    told = [draft.low(other) for other in range(first, index)]
    bans = not words["bans"].isdisjoint(told)
    if not bans and not words["only_banned"].isdisjoint(told):
        return Lead(index, joins=False, bans=False)  # "se llama": commands have their pronouns behind them
    return Lead(first, not words["and"].isdisjoint(told), bans)


def _leads(draft: Draft, index: int, lang: str) -> bool:
    """Whether a word may stand before a command; "que" and "isso" only in "así que" and "por isso"."""
    words, low = words_of(lang), draft.low(index)
    if low in words["lead_ends"]:
        return not draft.opens_clause(index) and draft.low(index - 1) in words["lead_starts"]
    return low in words["leads"] or low in words["and"] or low in words["bans"]


def commanded(draft: Draft, index: int, *, lang: str, forms: Forms, begins: Begins) -> Lead | None:
    """What leads to a subjunctive that is a command; nothing where it may be none.

    Args:
        draft: the text.
        index: the verb.
        lang: whose words.
        forms: verbs of the language.
        begins: whether a command stands at a word, told by its form alone.
    """
    low = draft.low(index)
    if not _is_clear(draft, index, lang, forms) or draft.ends_with(index, "?"):
        return None
    if draft.low(index + 2) in words_of(lang)["echoes"] and low in (
        draft.low(index + 3),
        draft.low(index + 4),
    ):
        return None  # "pase lo que pase"
    found = lead(draft, index, lang=lang)
    if draft.opens_clause(found.first):
        return None if _is_wished(draft, found.first, lang, forms) else found
    start = draft.clause(index).start
    while start < found.first and _leads(draft, start, lang):
        start += 1
    return found if found.joins and begins(draft, start) else None


def _is_clear(draft: Draft, index: int, lang: str, forms: Forms) -> bool:
    """Whether a word has the form of a formal command, and hardly ever another sense there."""
    low, words = draft.low(index), words_of(lang)
    if low not in forms.command or low in forms.indicative or low in words["not_orders"]:
        return False
    if draft.words[index].capital and not draft.opens_sentence(index):
        return False
    following = "" if draft.opens_clause(index + 1) else draft.low(index + 1)
    if low in words["being"]:
        apart = following in words["not_being"] or draft.low(index - 1) in words["before_being"]
        return bool(following) and not apart
    goes = following in words["goes"] or (bool(following) and following.endswith(("ar", "er", "ir")))
    return goes or low not in words["calls_out"]


def _is_wished(draft: Draft, first: int, lang: str, forms: Forms) -> bool:
    """Whether a subjunctive after "that" stands earlier in the sentence, which this one may continue."""
    words = words_of(lang)
    for other in range(draft.sentence(first).start, first):
        if draft.low(other) in words["wished"] and draft.low(other - 1) not in words["lead_starts"]:
            following = range(other + 1, min(first, other + _WITHIN))
            if any(draft.low(near) in forms.command for near in following):
                return True
    return False
