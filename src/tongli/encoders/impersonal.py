"""Texts without the persons in them: names and third-person pronouns become one canonical person.

What a text feels like must not rest on who is meant. A head that reads the encoder's states of an impersonal
text cannot tell Maria from Ahmed, nor "she" from "xe": they are the same text to it.

Names are those of a list in which no name goes with a gender. One that is an ordinary word too stands for a
person only where the language of the text says so. Which words are pronouns depends on the language, which
is told by frequent words of the text itself, so that names have no say in it.

References:
    Garg et al. (2019), "Counterfactual fairness in text classification through robustness", AIES: blindness.
    Dixon et al. (2018), "Measuring and mitigating unintended bias in text classification", AIES.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from tongli.encoders.impersonal_unspaced import unspaced
from tongli.encoders.impersonal_words import Role, Words, script_of, words

# Vowel signs are no letters to ``re``.
_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0963\u0970-\u0dff\u0e00-\u0eff\u1000-\u109f\u200c\u200d"
)
_WORD = re.compile(rf"([^\W\d_](?:[^\W\d_]|[{_MARKS}])*)")
_UNSPACED = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_NEW_SENTENCE = re.compile(r"[.!?:…\n\"«»“”„‚(\[¿¡*•–—-]")
_APOSTROPHES = {"'", "’"}

_ELIDED = {
    "qu": "que", "d": "de", "s": "si", "l": "la", "lorsqu": "lorsque", "puisqu": "puisque", "jusqu": "jusque",
    "quoiqu": "quoique",
}  # fmt: skip
"""Before a vowel → before the canonical person; after an apostrophe."""
_BEFORE_VOWEL = {"ad": "a", "ed": "e"}
"""The same without an apostrophe."""

_SINGULAR = {
    "are": "is", "were": "was", "have": "has", "do": "does", "aren": "isn", "weren": "wasn", "haven": "hasn",
    "don": "doesn", "re": "s", "ve": "s",
}  # fmt: skip
_PREFIXES = {"Arab": "وفبلك", "Hebr": "ולבמהשכ"}
_WITHIN_NAMES = {" ", "-", *_APOSTROPHES}
_NOUNS_CAPITAL = {"de", None}
_SHORTEST_STEM = 4

Ordinary = Callable[[str], bool]
"""Whether a word in lower case is an ordinary one."""


def impersonal(text: str, *, ordinary: Ordinary | None = None) -> str:
    """A text in which every person that is recognised is the same one.

    Whatever holds no recognised name or pronoun is returned as it was. Unknown names stay, and so does what
    agrees with a person: articles, endings of verbs and adjectives, titles and words for kin.

    Args:
        text: in any language.
        ordinary: when given, a capitalised word that is on no list counts as a name if neither it nor the
            stem of it is an ordinary word; not in German, where nouns are capitalised.

    >>> impersonal("Maria said that she missed her brother.")
    "Sam said that Sam missed Sam's brother."
    """
    known = words()
    if not text.isascii() and _UNSPACED.search(text):
        text = unspaced(text, persons=known.persons, names=known.roles, han_names=known.han)
    parts = _WORD.split(text)
    roles = known.roles
    spaced = parts[1::2]
    if text.isupper():
        found = [at for at, word in enumerate(spaced) if word.capitalize() in roles or word.lower() in roles]
    elif text.isascii():
        found = [
            at for at, word in enumerate(spaced) if word in roles or (word[-1] == "s" and word[:-1] in roles)
        ]
    else:
        found = [
            at for at, word in enumerate(spaced) if word in roles or word[:-1] in roles or word[1:] in roles
        ]
    if not found and ordinary is None:
        return text
    return _Rewriting(parts, known).run([2 * at + 1 for at in found], ordinary)


class _Rewriting:
    """One text on its way: separators at even places, words at odd ones."""

    __slots__ = ("_known", "_parts", "_persons", "_votes")

    def __init__(self, parts: list[str], known: Words) -> None:
        self._parts, self._known = parts, known
        self._persons: list[int] = []
        self._votes: dict[str, int] | None = None

    def run(self, found: Sequence[int], ordinary: Ordinary | None) -> str:
        """The text with what was found, and unknown names, replaced."""
        unknown = list(self._unknown(set(found), ordinary)) if ordinary else []
        for place in found:
            self._replace(place)
        for place in unknown:
            self._put(place, self._known.person(self._parts[place]))
        self._join()
        return "".join(self._parts)

    def _unknown(self, found: set[int], ordinary: Ordinary) -> Iterator[int]:
        if self._titled() or self._language() == "de":
            return
        for place, word in enumerate(self._parts):
            if (
                place % 2
                and place not in found
                and len(word) > 2
                and word[0].isupper()
                and word[1:].islower()
            ):
                lower = word.lower()
                if lower not in self._known.evidence and not any(map(ordinary, _stems(lower))):
                    yield place

    def _replace(self, place: int) -> None:
        word = self._parts[place]
        if self._parts[place - 1][-1:] in {"@", "#"}:
            return
        role = self._role(word)
        if isinstance(role, dict):
            self._pronoun(place, word, role)
        elif role is None:
            self._affixed(place, word)
        elif role is True or (role and self._is_name(place, ordinary_in=role)):
            self._put(place, self._known.person(word))

    def _role(self, word: str) -> Role | None:
        roles = self._known.roles
        role = roles.get(word)
        if role is None and len(word) > 1 and word.isupper():
            role = roles.get(word.capitalize()) or roles.get(word.lower())
        return role

    def _affixed(self, place: int, word: str) -> None:
        """A genitive without an apostrophe, a conjunction or preposition without a space."""
        roles, person = self._known.roles, self._known.person(word)
        if roles.get(word[:-1]) is True and word[-1] == "s":
            self._put(place, f"{person}s")
        elif roles.get(word[1:]) is True and word[0] in _PREFIXES.get(script_of(word), ""):
            self._put(place, word[0] + person)

    def _is_name(self, place: int, *, ordinary_in: Collection[str]) -> bool:
        """Whether a name that is a word of some languages is a name here."""
        lang = self._language()
        if self._inside(place) and lang not in _NOUNS_CAPITAL and not self._titled():
            return True
        return lang is not None and lang not in ordinary_in

    def _inside(self, place: int) -> bool:
        """Not at the start of a sentence."""
        return place > 1 and not _NEW_SENTENCE.search(self._parts[place - 1])

    def _titled(self) -> bool:
        found = self._parts[1::2]
        return sum(word[0].isupper() for word in found) * 2 > len(found) + 2

    def _pronoun(self, place: int, word: str, forms: Mapping[str, str]) -> None:
        lang = self._language_among(forms)
        if lang is None:
            return
        lists, following, lower = self._known.lists[lang], self._following(place), word.lower()
        if following.lower() in lists.get("not_before", ()):
            return
        polite = word[0].isupper() and lower in lists.get("formal", ())
        if polite and (self._inside(place) or following.endswith(("en", "nd"))):
            return
        form, _, before_noun = forms[lang].partition("|")
        if before_noun and self._before_noun(place, lang):
            form = before_noun
        if not form:
            return
        if form[0] != "@" and word[0].isupper():
            form = form[0].upper() + form[1:]
        self._put(place, form.replace("@", self._known.person(word)), person=form[0] == "@")
        if lower in lists.get("plural", ()) and place + 2 < len(self._parts):
            self._parts[place + 2] = _SINGULAR.get(self._parts[place + 2], self._parts[place + 2])

    def _before_noun(self, place: int, lang: str) -> bool:
        following = self._following(place)
        if not following or lang != "de":
            return bool(following) and following.lower() not in self._known.lists[lang]["no_noun"]
        return following[0].isupper() or (
            following[-1] in "enrms" and self._following(place + 2)[:1].isupper()
        )

    def _following(self, place: int) -> str:
        """The next word, when only a space lies between."""
        return (
            self._parts[place + 2] if self._parts[place + 1] == " " and place + 2 < len(self._parts) else ""
        )

    def _put(self, place: int, form: str, *, person: bool = True) -> None:
        parts = self._parts
        parts[place] = form
        if person:
            self._persons.append(place)
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
        persons = set(self._persons)
        for place in sorted(persons, reverse=True):
            if place - 2 in persons and self._parts[place - 1] in _WITHIN_NAMES:
                del self._parts[place - 2 : place]

    def _language(self) -> str | None:
        """The language that most words speak for."""
        votes = self._counted()
        return max(votes, key=votes.__getitem__) if votes else None

    def _language_among(self, forms: Mapping[str, str]) -> str | None:
        """Of the languages of a form the one that most words speak for, unless they prefer another."""
        votes = self._counted()
        most = max(votes.values(), default=0)
        return next((lang for lang in forms if votes.get(lang, 0) == most), None)

    def _counted(self) -> dict[str, int]:
        if self._votes is None:
            votes: dict[str, int] = {}
            evidence, roles = self._known.evidence, self._known.roles
            for word in self._parts[1::2]:
                if roles.get(word) is not True:
                    for lang in evidence.get(word.lower(), ()):
                        votes[lang] = votes.get(lang, 0) + 1
            self._votes = votes
        return self._votes


def _stems(word: str) -> Iterator[str]:
    """The word and what remains of it without an ending."""
    shortest = max(_SHORTEST_STEM, -(-len(word) * 3 // 5))
    return (word[:length] for length in range(len(word), min(shortest, len(word)) - 1, -1))
