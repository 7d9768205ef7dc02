"""What neither augmentation nor translation may touch: numbers, links, user names, hashtags, placeholders."""

from __future__ import annotations

import unicodedata
from collections import Counter

import regex

from tongli.core import Span
from tongli.generation.facts import extract_facts

_MARKED = regex.compile(
    r"(?:https?://|www\.)[^\s。，；：！？、（）「」『』《》]*[\w/#=&%+~$-]"
    r"|(?<![\w@])[@#]\w+(?:[.-]\w+)*"
    r"|<[\w/ -]{1,40}>|\{[\w. -]{0,40}\}|\[[A-Z_0-9]{2,40}\]|%(?:\(\w+\))?[sd]"
)


def protected_spans(text: str) -> list[Span]:
    """Ranges in order that do not overlap; those that touch are one."""
    found = [match.span() for match in _MARKED.finditer(text)]
    found += [fact.span for fact in extract_facts(text)]
    merged: list[Span] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def pieces(text: str) -> list[tuple[str, bool]]:
    """The text cut into stretches that together make it up, each with whether it is protected."""
    found: list[tuple[str, bool]] = []
    place = 0
    for start, end in protected_spans(text):
        found += [(text[place:start], False)] if start > place else []
        found.append((text[start:end], True))
        place = end
    return [*found, (text[place:], False)] if place < len(text) else found


def same_protected(original: str, changed: str) -> bool:
    """Whether both hold the same numbers, links, user names, hashtags and placeholders, as often."""
    return _inventory(original) == _inventory(changed)


def marks(text: str) -> Counter[str]:
    """Links, user names, hashtags and placeholders, each with how often it is there."""
    return Counter(unicodedata.normalize("NFC", match[0]) for match in _MARKED.finditer(text))


def _inventory(text: str) -> Counter[str]:
    plain = _MARKED.sub(lambda match: " " * len(match[0]), text)
    return marks(text) + Counter(fact.value for fact in extract_facts(plain))
