"""The pattern language of claims: how the forms of an expression are written down.

====================  =================================================================================
``kick|kicked``       one of several words
``perd*``             any ending of up to six letters
``(own)``             may be there or not; ``(very|so)``: one of them or none
``favo(u)r``          inside a word, the same; ``walk(ed|ing)``: one of them
``…``                 a gap of up to three words
====================  =================================================================================

In languages without blanks a form is a string of characters: ``(个)`` may be there or not, ``(了|过)`` is one
of them, ``…`` a gap of up to six characters, and ``a|b`` outside parentheses two whole forms; ``*`` has no
meaning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from tongli.core import ConfigError, shorten
from tongli.core.phrases import fold
from tongli.knowledge.claim_streams import is_spaced, words

GAP = "…"
ENDING = 6
"""Letters that ``*`` stands for at most."""
_MOST = 512
_PARENTHESES = frozenset("()")
_STOPS = ".!?。！？؟।"


class Word(NamedTuple):
    """A literal piece; ``open``: with any ending. A tuple, as there are many and they are looked up by it."""

    text: str
    open: bool = False


Option = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several options, the longest first, or none of them if ``optional``."""

    options: tuple[Option, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Any few words or characters, or nothing."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A full stop, question or exclamation mark that may be there."""


Item = Choice | Gap | Pause


@dataclass(frozen=True, slots=True)
class Form:
    """A pattern, understood; starts and ends with a choice, and at least one choice is required."""

    source: str
    items: tuple[Item, ...]
    spaced: bool

    def examples(self) -> Iterator[str]:
        """Texts that it stands for: every option once, gaps closed, with and without what is optional."""
        choices = [item for item in self.items if isinstance(item, Choice)]
        first = [self._written(item.options[0]) for item in choices]
        yield self._join(first)
        yield self._join(["" if item.optional else text for item, text in zip(choices, first, strict=True)])
        for index, item in enumerate(choices):
            for option in item.options[1:]:
                yield self._join([*first[:index], self._written(option), *first[index + 1 :]])

    def _written(self, option: Option) -> str:
        return self._join([word.text for word in option])

    def _join(self, parts: list[str]) -> str:
        return (" " if self.spaced else "").join(filter(None, parts))


def parse_form(source: str, lang: str) -> Form:
    """Understand a pattern of a language.

    Raises:
        ConfigError: ``claims.pattern``.
        InputError: ``locale.tag``.

    >>> parse_form("kick|kicks the (old) bucket", "en").items[0]
    Choice(options=((Word(text='kicks', open=False),), (Word(text='kick', open=False),)), optional=False)
    """
    try:
        spaced = is_spaced(lang)
        items = _required(_spaced_items(source, lang) if spaced else _unspaced_items(source))
    except ValueError as error:
        raise ConfigError(
            "claims.pattern",
            received=f"{shorten(source, limit=120)}: {error}",
            allowed="words, a|b, stem*, (optional) and …, as docs/culture.md describes",
            fix="Correct the form.",
        ) from None
    return Form(source, tuple(items), spaced)


def _spaced_items(source: str, lang: str) -> Iterator[Item]:
    for token in _split(source.replace(GAP, f" {GAP} "), " "):
        if token == GAP:
            yield Gap()
            continue
        grouped = _is_group(token)
        texts = [text for part in _split(token[1:-1] if grouped else token, "|") for text in _expand(part)]
        if any(GAP in text for text in texts):
            raise ValueError("a gap stands between words, not in parentheses")
        options = [option for text in texts if (option := _option(text, lang))]
        if options:
            yield Choice(_longest_first(options), optional=grouped)
        if token[-1] in _STOPS:
            yield Pause()


def _unspaced_items(source: str) -> Iterator[Item]:
    alternatives = _split(source, "|")
    if len(alternatives) > 1:
        yield _characters([text for part in alternatives for text in _expand(part)])
        return
    literal = ""
    for part in _parts(source):
        if part != GAP and not part.startswith("("):
            literal += part
            continue
        if literal:
            yield _characters([literal])
            literal = ""
        yield Gap() if part == GAP else _characters(_expand(part))
    if literal:
        yield _characters([literal])


def _parts(source: str) -> Iterator[str]:
    """Groups with their parentheses, gaps, and single characters."""
    index = 0
    while index < len(source):
        end = _closing(source, index) + 1 if source[index] == "(" else index + 1
        yield source[index:end]
        index = end


def _characters(texts: list[str]) -> Choice:
    if any(char in text for text in texts for char in f"*{GAP}"):
        raise ValueError(f"* and {GAP} have no meaning here")
    options: list[Option] = [(Word(folded),) for text in texts if (folded := fold(text).text)]
    if not options:
        raise ValueError("an empty group")
    return Choice(_longest_first(options), optional=len(options) < len(texts))


def _option(text: str, lang: str) -> Option:
    """The words of an option; a word may be open, others are whole."""
    option: list[Word] = []
    for chunk in text.split():
        stem = chunk.removesuffix("*")
        if "*" in stem:
            raise ValueError("* stands at the end of a word")
        found = words(stem, lang)
        if stem != chunk and not found:
            raise ValueError("* needs a stem")
        option += [Word(item) for item in found]
        if stem != chunk:
            option[-1] = Word(found[-1], open=True)
    return tuple(option)


def _expand(text: str) -> list[str]:
    """A text with groups inside it → every text it stands for; a group of one may be left out."""
    if not _PARENTHESES & set(text):
        return [text]
    spread: list[list[str]] = []
    for part in _parts(text):
        if part.startswith("("):
            inner = _split(part[1:-1], "|")
            variants = [each for item in inner for each in _expand(item)]
            spread.append(variants if len(inner) > 1 else ["", *variants])
        elif part == ")":
            raise ValueError("a ) without its (")
        else:
            spread.append([part])
    found: list[str] = []
    for parts in product(*spread):
        found.append("".join(parts))
        if len(found) > _MOST:
            raise ValueError(f"it stands for more than {_MOST} texts")
    return found


def _split(text: str, separator: str) -> list[str]:
    """Parts between separators outside of parentheses; blank parts only between ``|``."""
    if not _PARENTHESES & set(text):
        parts = text.split(separator)
    else:
        parts = [""]
        for part in _parts(text):
            if part == separator:
                parts.append("")
            else:
                parts[-1] += part
    return [part for part in parts if part] if separator == " " else parts


def _closing(text: str, start: int) -> int:
    depth = 0
    for index in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[index], 0)
        if not depth:
            return index
    raise ValueError("a ( without its )")


def _is_group(token: str) -> bool:
    return token[0] == "(" and _closing(token, 0) == len(token) - 1


def _longest_first(options: list[Option]) -> tuple[Option, ...]:
    def length(option: Option) -> int:
        return sum(len(word.text) for word in option) + len(option)

    return tuple(sorted(dict.fromkeys(options), key=length, reverse=True))


def _required(found: Iterator[Item]) -> list[Item]:
    """The items without gaps and pauses at the ends, where they would say nothing."""
    items = list(found)
    while items and not isinstance(items[0], Choice):
        items.pop(0)
    while items and not isinstance(items[-1], Choice):
        items.pop()
    if not any(isinstance(item, Choice) and not item.optional for item in items):
        raise ValueError("nothing in it must be there")
    return items
