"""Persons in scripts that put spaces between words."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from tongli.encoders.impersonal.agreement import agree
from tongli.encoders.impersonal.lists import PLACE, Lists, has_capitals, script_of
from tongli.encoders.impersonal.spelling import fold
from tongli.encoders.impersonal.told import Told
from tongli.encoders.impersonal.unlisted import LEAST, LIKELY, features, unlisted

NEW_SENTENCE: Final = re.compile(r"[.!?:…\n\"«»“”„‚(\[¿¡*•–—-]")
_APOSTROPHES = {"'", "’"}
_HANDLES = {"@", "#"}
_WITHIN_NAMES = {" ", "-", *_APOSTROPHES}
PREFIXES: Final = {"Arab": "وفبلك", "Hebr": "ולבמהשכ"}
_SHORTEST = 4
"""Letters of a name behind a prefix."""
_LONG = 5
"""Letters of a name in capitals that is no abbreviation."""
_GENITIVE = {"de", "nl", "sv", "da", "no"}
"""Languages with a genitive in s without an apostrophe."""
_AND = "و"
_JOINED = 1.0
"""What is taken off the log-odds of a word because it is joined to another."""
_CLAUSE_ENDS = frozenset("।!?.")
_VERBS = ("وت", "وي")
"""How Arabic verbs begin behind "and"."""
_MAIN = {"Arab": "ar", "Deva": "hi", "Cyrl": "ru"}
"""Script → its language, where the text does not say more."""
_BESIDE = (-4, -2, 2, 4)
"""Where the words are whose features a word is part of."""
_NOUNS_CAPITAL = {"de", None}
"""Languages in which a capital says little; ``None`` for one that is not known."""

_ELIDED = {
    "qu": "que", "d": "de", "s": "si", "l": "la", "lorsqu": "lorsque", "puisqu": "puisque", "jusqu": "jusque",
    "quoiqu": "quoique",
}  # fmt: skip
"""Before a vowel → before the common person; after an apostrophe."""
_BEFORE_VOWEL = {"ad": "a", "ed": "e"}
"""The same without an apostrophe."""

_SINGULAR = {
    "are": "is", "were": "was", "have": "has", "do": "does", "aren": "isn", "weren": "wasn", "haven": "hasn",
    "don": "doesn", "re": "s", "ve": "s",
}  # fmt: skip


class Rewriting:
    """One text on its way: separators at even places, words at odd ones.

    Args:
        parts: as written.
        lower: in lower case.
        folded: as the list of names spells them.
        known: what is known of words.
        told: its language.
    """

    __slots__ = (
        "_folded",
        "_known",
        "_lower",
        "_parts",
        "_persons",
        "_titled",
        "_told",
        "_waiting",
        "_written",
    )

    def __init__(
        self,
        parts: list[str],
        lower: Sequence[str],
        folded: Sequence[str],
        known: Lists,
        *,
        told: Told,
    ) -> None:
        self._parts, self._lower, self._folded, self._known = parts, lower, list(folded), known
        self._titled = titled(
            [
                word
                for word, name in zip(parts[1::2], folded[1::2], strict=True)
                if known.names.get(name, True)  # names have capitals anyway
            ]
        )
        self._written = tuple(parts)
        self._persons: set[int] = set()
        self._told = told
        self._waiting: list[int] = []

    def run(self, found: Sequence[int], *, strange: Sequence[int] = ()) -> str:
        """The text without persons.

        Args:
            found: places of listed words.
            strange: places of words that may be names on no list.
        """
        for place in found:
            if self._parts[place - 1][-1:] not in _HANDLES:
                self._replace(place)
        self._put_again(found)
        self._put_unlisted(strange)
        if self._persons:
            for place in self._waiting:
                self._stand_in(place)
            agree(self._parts, lang=self._told.language, persons=self._persons)
        self._add_halves()
        self._join()
        return "".join(self._parts)

    def _replace(self, place: int) -> None:
        word, names = self._parts[place], self._known.names
        forms = self._known.pronouns.get(self._lower[place])
        if forms is not None and self._pronoun(place, word, forms):
            return
        name = self._folded[place]
        person = self._known.person(word)
        if name in names:
            if self._is_name(place, name):
                self._put(place, person)
        elif name[-1] == "s" and name[:-1] in names:
            if self._told.language in _GENITIVE and self._is_name(place, name[:-1]):
                self._put(place, f"{person}s")
        elif name[1:] in names and self._may_be_prefixed(word, name):
            self._put(place, person)  # as a name on no list: nobody can tell where that begins

    def _may_be_prefixed(self, word: str, name: str) -> bool:
        """Whether the first letter may be a word of its own, written together with a name."""
        if len(name) <= _SHORTEST or name[0] not in PREFIXES.get(script_of(word), ""):
            return False
        return not unlisted().is_ordinary(name)

    def _put_again(self, found: Sequence[int]) -> None:
        """A name is one in the whole text, also where nothing but its other places says so."""
        names = {fold(self._written[place]) for place in self._persons} & self._known.names.keys()
        for place in found:
            word = self._parts[place]
            if place not in self._persons and self._folded[place] in names and word[0].isupper():
                self._put(place, self._known.person(word))

    def _put_unlisted(self, strange: Sequence[int]) -> None:
        """Replace names on no list, the likeliest first: what stands beside a person is judged as such.

        So a word is taken for a name, or is not, whether or not the name beside it is on the list.
        """
        waiting = [place for place in strange if place not in self._persons]
        for place in filter(self._is_halved, waiting):
            self._put(place, self._known.person(self._parts[place]))
        odds = {place: self._lead(place) for place in waiting if place not in self._persons}
        while odds:
            best = max(odds, key=odds.__getitem__)
            if odds[best] <= 0:
                return
            name = self._folded[best]
            same = [place for place in odds if self._folded[place] == name]
            for place in same:
                self._put(place, self._known.person(self._parts[place]))
                del odds[place]
            beside = {place + step for place in same for step in _BESIDE}
            odds.update((place, self._lead(place)) for place in beside & odds.keys())

    def _lead(self, place: int) -> float:
        """By how much the log-odds that a word is a name on no list exceed what its language asks for."""
        if not self._may_be_unlisted(place):
            return -math.inf
        lang = self._told.named_in or _MAIN.get(script_of(self._parts[place]), "")
        return self._odds(place) - LEAST[lang] if lang in LEAST else -math.inf

    def _may_be_unlisted(self, place: int) -> bool:
        word = self._parts[place]
        if self._parts[place - 1][-1:] in _HANDLES or self._titled:
            return False
        if self._told.is_ordinary(self._folded[place]):
            return False  # it is here for its hyphen
        if has_capitals(word):
            if not word[1:].islower():
                return False
        elif place > 1 and self._folded[place - 2] in self._known.names:
            return False  # what is said of somebody
        elif self._ends_clause(place) or word.startswith(_VERBS):
            return False
        return True

    def _ends_clause(self, place: int) -> bool:
        """Whether it stands where languages of India have verbs."""
        if script_of(self._parts[place]) != "Deva":
            return False
        return (
            self._parts[place + 1][:1] in _CLAUSE_ENDS
            or self._following(place) in self._known.more["hi"]["verbs"]
        )

    def _is_halved(self, place: int) -> bool:
        """Whether it and the word behind its hyphen are a listed name."""
        if self._parts[place + 1] != "-" or place + 2 >= len(self._parts):
            return False
        return fold(self._written[place] + self._written[place + 2]) in self._known.names

    def _odds(self, place: int) -> float:
        """Log-odds that the word is a name, as far as can be seen without a list.

        Of an Arabic word with an "and" written before it, the larger of both, if that is much larger.
        """
        odds = self._odds_of(self._folded, place)
        word = self._folded[place]
        if word[0] != _AND or len(word) <= _SHORTEST or self._told.is_ordinary(word[1:]):
            return odds
        behind = [*self._folded[:place], word[1:], *self._folded[place + 1 :]]
        return max(odds, self._odds_of(behind, place) - _JOINED)

    def _odds_of(self, folded: Sequence[str], place: int) -> float:
        return unlisted().odds(features(folded, place, lang=self._told.language, own=self._told.clear))

    def _is_name(self, place: int, name: str) -> bool:
        """Whether a word on the list of names is a name here."""
        word = self._parts[place]
        ordinary_in = self._known.names[name]
        if not has_capitals(word):
            return not self._ends_clause(place)
        if not word[0].isupper() or self._after_article(place) or self._is_acronym(word, ordinary_in):
            return False
        return not ordinary_in or self._is_rather_name(place, ordinary_in)

    def _is_acronym(self, word: str, ordinary_in: Collection[str]) -> bool:
        """Whether a word in capitals is rather an abbreviation or a shout in a text that is not."""
        short = len(word) < _LONG or bool(ordinary_in)
        return short and word.isupper() and any(part[0].islower() for part in self._parts[1::2])

    def _after_article(self, place: int) -> bool:
        """Whether it is a noun of a language that capitalises nouns."""
        articles = self._known.more["de"]["articles"]
        return place > 1 and self._lower[place - 2] in articles and self._told.language == "de"

    def _is_rather_name(self, place: int, ordinary_in: Collection[str]) -> bool:
        lang = self._told.likely
        is_place = any(each[0] == PLACE and (lang is None or each[1:] == lang) for each in ordinary_in)
        if is_place:
            return self._beside_name(place)
        if self._inside(place) and lang not in _NOUNS_CAPITAL and not self._titled:
            return True
        if self._beside_name(place):
            return True
        if not lang:
            return self._odds(place) > LIKELY
        says = self._known.more.get(lang, {}).get("says", frozenset())
        return lang not in ordinary_in or self._following(place).lower() in says

    def _beside_name(self, place: int) -> bool:
        """Whether the word before or after it, with only a space between, is a name and nothing else."""
        names, beside = self._known.names, []
        if place > 1 and self._parts[place - 1] == " ":
            beside.append(place - 2)
        if self._following(place):
            beside.append(place + 2)
        return any(self._parts[at][:1].isupper() and not names.get(self._folded[at], {""}) for at in beside)

    def _inside(self, place: int) -> bool:
        """Not at the start of a sentence."""
        return place > 1 and not NEW_SENTENCE.search(self._parts[place - 1])

    def _pronoun(self, place: int, word: str, forms: Mapping[str, str]) -> bool:
        """Replace it if it is one in the language of the text."""
        lang = self._told.among(forms)
        if lang is None:
            return False
        more, following, lower = self._known.more[lang], self._following(place), self._lower[place]
        if lower in more.get("things", ()):
            self._waiting.append(place)
            return True
        if following.lower() in more.get("not_before", ()):
            return True
        polite = word[0].isupper() and lower in more.get("formal", ())
        if polite and (self._inside(place) or following.endswith(("en", "nd"))):
            return True
        form, _, before_noun = forms[lang].partition("|")
        if before_noun and self._before_noun(place, lang):
            form = before_noun
        if form:
            self._put_form(place, form)
            if lower in more.get("plural", ()) and place + 2 < len(self._parts):
                self._parts[place + 2] = _SINGULAR.get(self._parts[place + 2], self._parts[place + 2])
        return True

    def _stand_in(self, place: int) -> None:
        """Replace a pronoun of things, where there are persons for whom it may stand."""
        lang = self._told.among(self._known.pronouns[self._lower[place]])
        if lang is None:
            return
        more, form = self._known.more[lang], self._known.pronouns[self._lower[place]][lang]
        after = self._parts[place + 2].lower() if place + 2 < len(self._parts) else ""
        about = form == "@" and place > 1 and self._lower[place - 2] in more.get("thing_after", ())
        if after not in more["expletive"] and not about:
            self._put_form(place, form)

    def _put_form(self, place: int, form: str) -> None:
        word = self._parts[place]
        if form[0] != "@" and word[0].isupper():
            form = form[0].upper() + form[1:]
        self._put(place, form.replace("@", self._known.person(word)), person=form[0] == "@")

    def _before_noun(self, place: int, lang: str) -> bool:
        following = self._following(place)
        if not following or lang != "de":
            return bool(following) and following.lower() not in self._known.more[lang]["no_noun"]
        return following[0].isupper() or (
            following[-1] in "enrms"
            and following not in self._known.more["de"]["articles"]
            and self._following(place + 2)[:1].isupper()
        )

    def _following(self, place: int) -> str:
        """The next word, when only a space lies between."""
        if place + 2 < len(self._parts) and self._parts[place + 1] == " ":
            return self._parts[place + 2]
        return ""

    def _put(self, place: int, form: str, *, person: bool = True) -> None:
        parts = self._parts
        parts[place] = form
        if person:
            self._persons.add(place)
            self._folded[place] = fold(self._known.person(form))
        if place < 2:
            return
        before = parts[place - 2]
        lower = before.lower()
        if lower in _ELIDED and parts[place - 1] in _APOSTROPHES:
            parts[place - 2] = _ELIDED[lower] if before.islower() else _ELIDED[lower].capitalize()
            parts[place - 1] = " "
        elif lower in _BEFORE_VOWEL and parts[place - 1] == " ":
            parts[place - 2] = _BEFORE_VOWEL[lower]

    def _join(self) -> None:
        """Persons side by side, such as a given and a family name, are one."""
        for place in sorted(self._persons, reverse=True):
            if place - 2 in self._persons and self._parts[place - 1] in _WITHIN_NAMES:
                del self._parts[place - 2 : place]

    def _add_halves(self) -> None:
        """What follows a person behind a hyphen is of the same person."""
        for place in sorted(self._persons):
            further = place + 2
            if self._parts[place + 1] != "-" or further >= len(self._parts) or further in self._persons:
                continue
            name = self._folded[further]
            if self._is_halved(place) or name in self._known.names or not self._told.is_ordinary(name):
                self._put(further, self._parts[place])


def titled(words: Sequence[str]) -> bool:
    """Whether most words have capitals, as in headlines."""
    return sum(word[0].isupper() for word in words) * 2 > len(words) + 2
