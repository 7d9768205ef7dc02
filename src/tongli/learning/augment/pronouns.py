"""Pronoun swaps in English: he, she and they, with case and agreement, or none where these are not certain.

A sentence is given up when its verbs could need a change that cannot be seen, when a form could be two
("her" in "saw her duck"), or when it names the gender in other words too ("her husband").
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import regex

from tongli.core import PronounSet
from tongli.knowledge.pronouns import known_sets
from tongli.learning.data.record import GenderExpression

EXPRESSIONS: dict[str, GenderExpression] = {"she": "feminine", "he": "masculine", "they": "neutral"}
"""The sets that are swapped, by their subject form, and the expression of a text that uses one of them."""

_TOKEN = regex.compile(r"\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)?|[^\s\p{L}]+")
_PRONOUN = {
    "he": ("he", "subject"),
    "him": ("he", "object"),
    "his": ("he", "possession"),
    "himself": ("he", "reflexive"),
    "she": ("she", "subject"),
    "her": ("she", "her"),
    "hers": ("she", "possessive"),
    "herself": ("she", "reflexive"),
}
_PLURAL = {
    "is": "are",
    "was": "were",
    "has": "have",
    "does": "do",
    "isn't": "aren't",
    "wasn't": "weren't",
    "hasn't": "haven't",
    "doesn't": "don't",
}


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str


class _UncertainError(Exception):
    """No grammatical swap is certain."""


def pronoun_swap(text: str, target: str) -> str | None:
    """The text with its one gendered pronoun set replaced by another.

    Args:
        text: English.
        target: ``she``, ``he`` or ``they``.

    Returns:
        ``None`` when there is no such set, several, the target itself, or no certain way.

    >>> pronoun_swap("He isn't here, I saw him with his dog.", "they")
    "They aren't here, I saw them with their dog."
    """
    tokens = [
        _Token(match.start(), match.end(), match[0].lower().replace("’", "'"))
        for match in _TOKEN.finditer(text)
    ]
    found = {_PRONOUN[base][0] for token in tokens if (base := _base(token.word)) in _PRONOUN}
    if len(found) != 1 or target in found or _gendered(tokens) or (target == "they" and _has_they(tokens)):
        return None
    forms = {item.subject: item for item in reversed(known_sets())}[target]
    try:
        changes = [change for at in range(len(tokens)) for change in _changes(tokens, at, forms)]
    except _UncertainError:
        return None
    for start, end, word in sorted(set(changes), reverse=True):
        text = text[:start] + _cased(word, text[start:end]) + text[end:]
    return text


def _changes(tokens: list[_Token], at: int, forms: PronounSet) -> list[tuple[int, int, str]]:
    token = tokens[at]
    base = _base(token.word)
    if base not in _PRONOUN:
        return []
    role = _PRONOUN[base][1]
    if role != "subject":
        if base != token.word:
            raise _UncertainError
        return [(token.start, token.end, _form(tokens, at, role, forms))]
    ending = token.word[len(base) :]
    if not forms.plural_verb:
        return [(token.start, token.end, forms.subject + ending)]
    return _plural_subject(tokens, at, forms.subject, ending)


def _form(tokens: list[_Token], at: int, role: str, forms: PronounSet) -> str:
    if role == "possession":
        return forms.possessive if _ends_phrase(tokens, at) else forms.determiner
    if role == "her":
        if at and tokens[at - 1].word in _words("two_objects"):
            raise _UncertainError
        return forms.object if _ends_phrase(tokens, at) else forms.determiner
    return str(getattr(forms, role))


def _ends_phrase(tokens: list[_Token], at: int) -> bool:
    """Whether no noun follows; an adverb such as "quickly" may not be told from an adjective."""
    if at + 1 == len(tokens):
        return True
    following = tokens[at + 1].word
    if following.endswith("ly") and following not in {"family", "only", "early", "daily", "lovely", "lonely"}:
        raise _UncertainError
    return not following[0].isalpha() or following in _words("no_noun")


def _plural_subject(tokens: list[_Token], at: int, subject: str, ending: str) -> list[tuple[int, int, str]]:
    """Changes for ``he's`` → ``they're``, ``he was`` → ``they were``, ``was he`` → ``were they``."""
    token = tokens[at]
    _require_no_second_verb(tokens, at)
    if ending == "'s":
        return [(token.start, token.end, subject + _expanded(tokens, at))]
    own = (token.start, token.end, subject + ending)
    if ending:
        return [own]
    if at and tokens[at - 1].word in _PLURAL:
        if at > 1 and tokens[at - 2].word not in _words("question"):
            raise _UncertainError
        before = tokens[at - 1]
        return [own, (before.start, before.end, _PLURAL[before.word])]
    place = at + 1
    while place < len(tokens) and (
        tokens[place].word in _words("adverbs") or tokens[place].word[-2:] == "ly"
    ):
        place += 1
    if place == len(tokens):
        raise _UncertainError
    verb = tokens[place]
    if verb.word in _PLURAL:
        return [own, (verb.start, verb.end, _PLURAL[verb.word])]
    if verb.word in _words("same_verb") or (verb.word.endswith("ed") and len(verb.word) > 4):
        return [own]
    raise _UncertainError


def _expanded(tokens: list[_Token], at: int) -> str:
    following = tokens[at + 1].word if at + 1 < len(tokens) else ""
    if following in {"been", "got", "had"}:
        return "'ve"
    if following in _words("after_is") or following.endswith("ing"):
        return "'re"
    raise _UncertainError


def _require_no_second_verb(tokens: list[_Token], at: int) -> None:
    """In "she came and wants more" a verb further on agrees too; so does one after "who"."""
    rest = [token.word for token in tokens[at + 1 :]]
    sentence = rest[: next((place for place, word in enumerate(rest) if word[0] in ".!?;"), len(rest))]
    if sentence[:1] in (["who"], ["that"]):
        raise _UncertainError
    for place, word in enumerate(sentence):
        if word in {"and", "or", "but", "then", "who", ","}:
            following = [item for item in sentence[place + 1 : place + 4] if item not in _words("adverbs")]
            if following and (following[0] in _PLURAL or _may_agree(following[0])):
                raise _UncertainError


def _may_agree(word: str) -> bool:
    return word.endswith("s") and not word.endswith("ss") and word not in _words("s_but_no_verb")


def _base(word: str) -> str:
    """The pronoun in ``he's``."""
    return word.partition("'")[0]


def _gendered(tokens: list[_Token]) -> bool:
    return any(token.word.removesuffix("'s") in _words("gendered") for token in tokens)


def _has_they(tokens: list[_Token]) -> bool:
    return any(_base(token.word) in {"they", "them", "their", "theirs", "themselves"} for token in tokens)


def _cased(word: str, like: str) -> str:
    if len(like) > 1 and like.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(_lists()[name].split())


@cache
def _lists() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "english.toml").read_text(encoding="utf-8"))
