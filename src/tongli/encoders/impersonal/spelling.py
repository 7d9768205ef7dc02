"""One spelling of many: how a word is compared with the list of names."""

from __future__ import annotations

import re
from typing import Final

_VOWEL_SIGNS = "\u0900-\u0963\u0970-\u0dff\u0e00-\u0eff\u1000-\u109f"
_MARKS = rf"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670{_VOWEL_SIGNS}\u200c\u200d"
WORD: Final = re.compile(rf"([^\W\d_](?:[^\W\d_]|[{_MARKS}])*)")
"""A word; vowel signs are no letters to ``re``."""

_ALIKE = {
    "àáâãäåāăąạảấầẩẫậắằẳẵặǎ": "a", "çćĉċč": "c", "ďđð": "d", "èéêëēĕėęěẹẻẽếềểễệ": "e", "ĝğġģ": "g", "ĥħ": "h",
    "ìíîïĩīĭįıỉị": "i", "ĵ": "j", "ķ": "k", "ĺļľŀł": "l", "ñńņňŋṅ": "n", "òóôõöøōŏőơọỏốồổỗộớờởỡợ": "o",
    "ŕŗř": "r", "śŝşšșṣ": "s", "ţťŧț": "t", "ùúûüũūŭůűųưụủứừửữự": "u", "ŵ": "w", "ýÿŷỳỵỷỹ": "y", "źżž": "z",
    "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ə": "e",
    "ёэ": "е", "й": "и", "ѐ": "е", "ї": "і", "ьъ": "",
    "ά": "α", "έ": "ε", "ή": "η", "ίϊΐ": "ι", "ό": "ο", "ύϋΰ": "υ", "ώ": "ω",
    "أإآٱ": "ا", "ةۀە": "ه", "یئ": "ي", "ؤ": "و", "کگ": "ك", "پ": "ب", "چژ": "ج", "ڤ": "ف",
    "ी": "ि", "ू": "ु", "ैॅॆ": "े", "ौॉॊ": "ो", "ई": "इ", "ऊ": "उ", "ऐऍऎ": "ए", "औऑऒ": "ओ",
    "टठ": "त", "डढ": "द", "ण": "न", "ष": "श", "ं": "न", "ँ": "", "़्": "",
    "\u0670\u200c\u200d": "",
}  # fmt: skip
_MARKS_GONE = (range(0x0300, 0x0370), range(0x0591, 0x05C8), range(0x064B, 0x0660))
_TABLE: Final = {ord(char): form for chars, form in _ALIKE.items() for char in chars} | {
    code: "" for codes in _MARKS_GONE for code in codes
}


def fold(text: str) -> str:
    """Lower case without diacritics; letters that are written one for the other in foreign names are one.

    >>> fold("José, Зоя, أحمد")
    'jose, зоя, احمد'
    """
    lower = text.lower()
    return lower if lower.isascii() else lower.translate(_TABLE)


def split(text: str) -> tuple[list[str], list[str]]:
    """The parts of a text between and at its words, twice: in lower case, and folded."""
    lower = text.lower()
    parts = WORD.split(lower)
    if lower.isascii():
        return parts, parts
    folded = WORD.split(lower.translate(_TABLE))
    if len(folded) != len(parts):  # a word was nothing but signs
        folded = [fold(part) or part for part in parts]
    return parts, folded
