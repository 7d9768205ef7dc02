"""The rules of German as a whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from tongli.core import Span
from tongli.empathy.gender.binding import Grammar
from tongli.empathy.gender.by_forms import ByForms, rewritten
from tongli.empathy.gender.forms import Form, table
from tongli.empathy.gender.german.marks import marked, remark
from tongli.empathy.gender.german.nouns import find
from tongli.empathy.gender.german.phrases import phrases_of
from tongli.empathy.gender.german.pronouns import pronouns_of
from tongli.empathy.gender.german.styles import MARKS, STYLES, doublets, neutral_word, open_form
from tongli.empathy.gender.german.things import things_of
from tongli.empathy.gender.german.words import determiner, group
from tongli.empathy.gender.rules import Abstention, Rewrite
from tongli.empathy.gender.things import Thing
from tongli.empathy.gender.words import Word, words_of

_REWORD = "no word without gender is known here; reword, or choose a mark"
_NAMED = "a person is named; their forms are not open"


def _name(name: str) -> str:
    return rf"(?<!\w){re.escape(name)}(?:s|['’])?(?!\w)"


@lru_cache(maxsize=1)
def _others(text: str) -> tuple[Span, ...]:
    """Words that stand where a name would: a capital, and no article, adjective or preposition before."""
    words = words_of(text)
    return tuple(word.span for at, word in enumerate(words) if _may_be_name(words, at))


def _may_be_name(words: Sequence[Word], at: int) -> bool:
    word, before = words[at], words[at - 1] if at else None
    if not word.capital or len(word.text) < 3 or word.low in group("function") | group("not_names"):
        return False
    if word.low.endswith(tuple(group("not_name_endings"))) or find(word.text) is not None:
        return False
    if word.opens:
        after = words[at + 1].text if at + 1 < len(words) else "."
        return after[0].islower() and determiner(word.low) is None
    return (
        before is not None
        and before.low not in _BEFORE_NOUNS
        and (before.low in {"und", "mit"} or _is_verb(before))
    )


def _is_verb(word: Word) -> bool:
    """Whether a lower-case word is neither article, adjective nor preposition, as far as its ending says."""
    return (
        word.text[0].islower()
        and determiner(word.low) is None
        and not word.low.endswith(("er", "es", "em"))
        and (word.low not in group("function") or word.low in group("copula"))
    )


_BEFORE_NOUNS = frozenset(["ist", "war", "wird", "wurde", "bin", "als"])


class German(ByForms):
    """German: a mark is kept where the writer uses one, and masculine nouns get the star otherwise."""

    lang = "de"
    slots = ("nom", "possessive", "dat", "acc")
    styles = STYLES
    grammar = Grammar(name=_name, predicate=group("predicate"), others=_others)
    prepositions = frozenset(" ".join(table("de", "grammar")["cases"].values()).split())

    def forms(self, text: str) -> tuple[Form, ...]:
        """Forms that say the gender of one person or of people of one gender."""
        words = words_of(text)
        phrases = phrases_of(words)
        single = tuple(pronouns_of(words, phrases))
        found = [form for form in single if form.kind == "title"]
        found += [form for phrase in phrases for form in phrase.forms]
        found += single
        inside = [match.span() for match in marked(text)]
        unique = {form.span: form for form in reversed(found)}
        return tuple(
            form
            for form in sorted(unique.values(), key=lambda each: each.span)
            if not any(start <= form.span[0] < end for start, end in inside)
        )

    def things(self, text: str) -> tuple[Thing, ...]:
        """Nouns with an article that are nobody's."""
        return things_of(words_of(text))

    def names_others(self, text: str) -> bool:
        """Whether a capital stands where a name would, and not behind what may be an adjective."""
        before = {after.span: word.low for word, after in pairwise(words_of(text))}
        return any(not before.get(span, "").endswith(("e", "en", "ig")) for span in _others(text))

    def of_name(self, name: str) -> str:
        """Kims, Alex’."""
        return name + ("’" if name.endswith(("s", "ß", "z", "x")) else "s")

    def own_style(self, text: str) -> str:
        """The mark that the text uses already; the star otherwise."""
        by_mark = {"*": "star", ":": "colon", "_": "gap", "": "binnen-i"}
        return next((by_mark[match["mark"]] for match in marked(text) if match["mark"] in by_mark), "star")

    def neutral_form(self, form: Form, style: str) -> str | None:
        """A form for everybody, with a mark."""
        return open_form(form, style if style in MARKS else "star") if len(form.to) > 1 else None

    def neutral(self, text: str, *, style: str | None = None) -> Rewrite:
        """Open forms; in a text that has marks already, only the marks change.

        Styles: ``star``, ``colon``, ``gap``, ``binnen-i``, ``doublet`` and ``neutral`` (Studierende).
        """
        chosen = self.require_style(style) or self.own_style(text)
        if chosen in MARKS and marked(text):
            return rewritten(text, remark(text, chosen), ())
        forms, abstained = self._unnamed(text)
        if chosen == "doublet":
            return rewritten(text, doublets(text, forms), abstained)
        after = {form.span: self._opened(form, chosen, text) for form in forms}
        closed = {form.phrase for form in forms if form.phrase is not None and after[form.span] is None}
        kept = [form for form in forms if form.phrase is None or form.phrase not in closed]
        left = [
            Abstention(span=form.span, reason=_REWORD)
            for form in forms
            if form not in kept or after[form.span] is None
        ]
        opened = {span: word for span, word in after.items() if word is not None}
        return rewritten(text, self.edits(kept, opened), [*abstained, *left])

    def _opened(self, form: Form, style: str, text: str) -> str | None:
        if style != "neutral":
            return open_form(form, style)
        before = text[: form.span[0]].split()[-1:]
        return neutral_word(form, before[0].lower() if before else "")

    def _unnamed(self, text: str) -> tuple[tuple[Form, ...], tuple[Abstention, ...]]:
        """Forms of people who are not named, and those that may be a named person's."""
        forms = [form for form in self.open_forms(text) if form.kind != "kinship"]
        named = {form.phrase for form in forms if form.kind == "noun" and _is_named(form, text)}
        known = named or any(form.kind == "title" for form in forms)
        left = tuple(
            form
            for form in forms
            if form.kind == "title"
            or (form.phrase is not None and form.phrase in named)
            or (known and form.kind in {"pronoun", "possessive"})
        )
        kept = tuple(
            form for form in forms if form not in left and not form.before.lower().startswith(_SEXES)
        )
        return kept, tuple(Abstention(span=form.span, reason=_NAMED) for form in left)


def _is_named(form: Form, text: str) -> bool:
    """Whether a name follows, or the office has one holder (der Papst)."""
    if form.generic:
        return False
    office = any(form.before.lower().endswith(word) for word in table("de", "nouns")["offices"].split())
    return office or _NAME_AFTER.match(text, form.span[1]) is not None


_SEXES = ("männlich", "weiblich")
_NAME_AFTER = re.compile(r" [A-ZÄÖÜ][a-zäöüß]+")
