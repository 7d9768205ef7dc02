"""The rules of Russian: what agrees with a person changes, what agrees with a thing stays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tongli.core import Span
from tongli.empathy.gender.binding import Grammar
from tongli.empathy.gender.by_forms import ByForms
from tongli.empathy.gender.forms import Form, table
from tongli.empathy.gender.russian.agreement import agreeing
from tongli.empathy.gender.russian.forms import without_yo
from tongli.empathy.gender.russian.nouns import add_noun, pronoun
from tongli.empathy.gender.russian.things import things_of
from tongli.empathy.gender.things import Thing
from tongli.empathy.gender.words import words_of

_FLEETING = re.compile(r"(в)е(л)\Z")


def _name(name: str) -> str:
    stem = name[:-1] if name[-1:] in "аяьйо" and len(name) > 3 else name
    oblique = _FLEETING.sub(lambda match: match[1] + match[2], name)  # Павел, Павла
    return rf"(?<!\w)(?:{re.escape(stem)}|{re.escape(oblique)}(?=[аоуе]))\w{{0,3}}(?!\w)"


def _others(text: str) -> Sequence[Span]:
    """Capitalised words inside a sentence that no preposition of place governs."""
    found = []
    words = words_of(text)
    for before, word in pairwise(words):
        place = before.low in table("ru", "grammar")["words"]["prepositions"].split() and before.low not in {
            "с",
            "со",
            "у",
        }
        if word.text[0].isupper() and before.text[-1].isalpha() and not place:
            found.append(word.span)
    return found


class Russian(ByForms):
    """Russian. With pymorphy3 (``tongli[ru]``) all that agrees changes; without, pronouns and verbs."""

    lang = "ru"
    slots = ("nom", "possessive", "dat")
    grammar = Grammar(
        name=_name, predicate=frozenset(table("ru", "grammar")["words"]["predicate"].split()), others=_others
    )

    def things(self, text: str) -> tuple[Thing, ...]:
        """Inanimate nouns in the nominative or accusative."""
        return things_of(words_of(text))

    def forms(self, text: str) -> tuple[Form, ...]:
        """Forms that say the gender of one person or of people of one gender."""
        words = words_of(text)
        found: dict[int, Form] = {}
        for at in range(len(words)):
            add_noun(words, at, found)
        for at in range(len(words)):
            if at not in found:
                form = pronoun(words, at) or agreeing(words, at, found)
                if form is not None:
                    found[at] = form
        kept = [found[at] for at in sorted(found)]
        return tuple(kept) if "ё" in text.lower() else tuple(without_yo(form) for form in kept)
