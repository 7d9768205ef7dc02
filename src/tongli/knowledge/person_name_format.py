"""Writing a person's name as CLDR says it is written.

References:
    Unicode Technical Standard #35, part 8, "Formatting Process".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tongli.knowledge.person_name_locale import (
    formatting_locale,
    name_language,
    name_order,
    shares_blanks,
)
from tongli.knowledge.person_name_table import NameRules, rules
from tongli.knowledge.person_name_text import modified
from tongli.knowledge.person_names import NameFields, NameStyle
from tongli.knowledge.tags import primary

_FIELD = re.compile(r"\{([^}]*)\}")
_BLANKS = re.compile("[ \u3000]+")
_USUAL = NameStyle()


@dataclass(frozen=True, slots=True)
class _Part:
    """A field of a pattern with the literal text before it."""

    before: str
    field: str
    modifiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Pattern:
    text: str
    parts: tuple[_Part, ...]
    after: str


def format_name(name: NameFields, locale: str, style: NameStyle = _USUAL) -> str:
    """A name as it is written for readers of a locale.

    A name in another script than theirs is written by the rules of its own language or script.

    Args:
        name: the parts of the name.
        locale: of the reader, as BCP-47.
        style: what is wanted; what it leaves open is as usual in the locale.

    Raises:
        InputError: ``locale.tag``.
    """
    tag = formatting_locale(name, locale)
    found = rules(tag)
    order = style.order or name_order(name, found)
    patterns = found.choices(
        order,
        length=style.length or found.length,
        usage=style.usage,
        formality=style.formality or found.formality,
    )
    pattern = _choose(patterns, name)
    language = _capitals(name, tag)
    text = _fill(pattern, _with_surname(name, pattern), found, language)
    if not text:
        text = _fill(pattern, name.moved("surname", "given"), found, language)
    native = shares_blanks(primary(tag), name_language(name))
    blank = found.native_space if native else found.foreign_space
    return text if blank == " " else _BLANKS.sub(blank, text)


def _capitals(name: NameFields, tag: str) -> str:
    """The language whose capitals are used: the name's, but Greek readers see Greek ones in any name."""
    return tag if name.locale is None or primary(tag) == "el" else name.locale


@lru_cache(maxsize=1024)
def _parsed(text: str) -> _Pattern:
    pieces = _FIELD.split(text)
    parts = []
    for before, key in zip(pieces[::2], pieces[1::2], strict=False):
        field, *modifiers = key.split("-")
        parts.append(_Part(before, field, tuple(modifiers)))
    return _Pattern(text, tuple(parts), pieces[-1])


def _choose(texts: tuple[str, ...], name: NameFields) -> _Pattern:
    """The pattern that shows most of the name, then the one that misses least, then the first by alphabet."""
    if len(texts) == 1:
        return _parsed(texts[0])

    def rank(pattern: _Pattern) -> tuple[int, int, str]:
        filled = sum(1 for part in pattern.parts if name.find(part.field, part.modifiers)[0])
        return (-filled, len(pattern.parts) - filled, pattern.text)

    return min((_parsed(text) for text in texts), key=rank)


def _with_surname(name: NameFields, pattern: _Pattern) -> NameFields:
    """The name, or for somebody with one name, which the pattern would hide or shorten, that as surname."""
    shown = any(part.field == "given" and "initial" not in part.modifiers for part in pattern.parts)
    return name if "surname" in name.values or shown else name.moved("given", "surname")


def _fill(pattern: _Pattern, name: NameFields, found: NameRules, language: str) -> str:
    """The pattern with the name's values; what stands around missing fields goes with them."""
    result, first, gap = "", True, False
    left = right = ""
    for part in pattern.parts:
        value, modifiers = name.find(part.field, part.modifiers)
        value = modified(value, modifiers, rules=found, language=language)
        if gap:
            right = part.before
        else:
            left = part.before
        if not value:
            gap = True
            continue
        if first:
            result = "" if gap else left
        else:
            result += _joined(left, right) if gap else left
        result += value
        first, gap, left, right = False, False, "", ""
    return result if gap or first else result + pattern.after


def _joined(left: str, right: str) -> str:
    """The texts on both sides of what is missing, as one: what touches it goes, up to the nearest blank."""
    if not left or not right or left.endswith(right):
        return left or right
    before, blank = _to_blank(left)
    after, other = _to_blank(right[::-1])
    return before + (blank or other) + after[::-1] if blank or other else left + right


def _to_blank(text: str) -> tuple[str, str]:
    """The text before its first blank, and the blank; nothing where there is none."""
    found = re.search(r"\s", text)
    return (text[: found.start()], found.group()) if found else ("", "")
