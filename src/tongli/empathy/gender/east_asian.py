"""Chinese, Japanese and Korean: written pronouns, words for roles, and how a person says "I"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tongli.core import Edit, Person
from tongli.empathy.gender.binding import Grammar, nobody
from tongli.empathy.gender.by_forms import rewritten
from tongli.empathy.gender.forms import outside_of, protected
from tongli.empathy.gender.rows import ByRows, exact
from tongli.empathy.gender.rules import Rewrite

_ANYWHERE = ("", "")


class Chinese(ByRows):
    """Chinese: 他, 她, TA; 他们 is open already. 你 and 妳 stay as written."""

    lang = "zh"
    slots = ("nom",)
    boundary = _ANYWHERE
    grammar = Grammar(name=exact, predicate=frozenset({"是", "是一位", "是一名", "是个"}), others=nobody)


class Japanese(ByRows):
    """Japanese: 彼, 彼女, その人; the first-person word where the writer declares one."""

    lang = "ja"
    slots = ("nom",)
    boundary = _ANYWHERE
    grammar = Grammar(name=exact, predicate=frozenset({"は", "が"}), others=nobody)

    def rewrite(self, text: str, *, people: Sequence[Person]) -> Rewrite:
        """Also the first-person word, in text that is not quoted."""
        found = super().rewrite(text, people=people)
        word = next((how for person in people if (how := self._first(person))), None)
        if word is None or word not in self._words("first"):
            return found
        others = (m.span() for other in self._words("first_not") for m in re.finditer(other, text))
        free = outside_of((*protected(text), *others))
        edits = [
            Edit(
                span=match.span(),
                before=match[0],
                after=word,
                kind="pronoun",
                reason="declared by the writer",
                source="gender rules of ja",
            )
            for match in re.finditer("|".join(sorted(self._words("first"), key=len, reverse=True)), text)
            if match[0] != word and free(match.span())
        ]
        return rewritten(text, [*found.edits, *edits], found.abstained)


class Korean(ByRows):
    """Korean: 그, 그녀, 그 사람 with their particles."""

    lang = "ko"
    slots = ("nom",)
    boundary = (r"(?<!\w)", r"(?!\w)")
    grammar = Grammar(name=exact, predicate=frozenset({"은", "는", "이", "가"}), others=nobody)
