"""In which language the answer is planned, and what its reader declared for that language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from tongli.core import InputError, Reading
from tongli.knowledge import tags
from tongli.knowledge.locales import FALLBACK, knows

T = TypeVar("T")


def reply_tag(reading: Reading) -> str:
    """The tag asked for, else the message's own; English where tongli knows too little of that language.

    Raises:
        InputError: ``locale.tag`` when the tag asked for is not BCP-47.
    """
    tag = reading.reply_lang or reading.language.tag
    return tag if knows(tag) else FALLBACK


def declared_for(tag: str, by_language: Mapping[str, T]) -> T | None:
    """What a person declared for a language, by BCP-47 fallback; ``None`` when undeclared.

    Keys that are no tags are passed over: they are the person's own and must not stop the reading.
    """
    found = tags.match(tag, filter(is_tag, by_language))
    return None if found is None else by_language[found]


def is_tag(text: str) -> bool:
    """Whether a text is a BCP-47 tag."""
    try:
        tags.fallbacks(text)
    except InputError:
        return False
    return True
