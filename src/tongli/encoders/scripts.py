"""What the writing system alone says about the language of a text.

Scripts and their languages: Unicode Standard Annex #24 and CLDR's language data. Tigrinya and Amharic share
a script but not their favourite letters: everyday Amharic spelling gave up the pharyngeals ሐ and ዐ for ሀ and
አ, and uses ች, ኝ and the genitive የ-; Tigrinya keeps the pharyngeals and spirantises k and q (ኸ, ቐ).
Simplified and traditional Chinese are told apart by the characters that only GB 2312 or only Big5 holds.
"""

from __future__ import annotations

from collections import Counter

import regex

_DECISIVE = {
    "Hangul": "ko",
    "Thai": "th",
    "Lao": "lo",
    "Khmer": "km",
    "Myanmar": "my",
    "Greek": "el",
    "Hebrew": "he",
    "Georgian": "ka",
    "Armenian": "hy",
    "Tamil": "ta",
    "Telugu": "te",
    "Kannada": "kn",
    "Malayalam": "ml",
    "Sinhala": "si",
    "Gujarati": "gu",
    "Gurmukhi": "pa",
    "Thaana": "dv",
}
_SCRIPTS = ("Latin", "Cyrillic", "Arabic", "Devanagari", "Bengali", "Han", "Ethiopic", *_DECISIVE)
_RUN = regex.compile(
    "|".join(rf"(?P<{name}>[\p{{{name}}}&&[\p{{L}}\p{{M}}]]+)" for name in _SCRIPTS)
    + r"|(?P<Kana>[[\p{Hiragana}\p{Katakana}ー]&&\p{L}]+)|(?P<Other>\p{L})",
    regex.V1,
)
_WEIGHT = {"Han": 3, "Kana": 2, "Hangul": 2}
"""Latin letters that say about as much as one character of the script."""

_TIGRINYA = frozenset("ሓሕሑሒዓዕዑዒኣኻኹኽኾኸቐቕቑቒዩ")
_AMHARIC = frozenset("ችቻቸቹኝኛሁሆሀየ")


def shares(text: str) -> dict[str, float]:
    """Script → its share of the letters, weighed by how much a character says; empty without letters."""
    counts: Counter[str] = Counter()
    for match in _RUN.finditer(text):
        name = str(match.lastgroup)
        counts[name] += (match.end() - match.start()) * _WEIGHT.get(name, 1)
    total = sum(counts.values())
    return {name: count / total for name, count in counts.most_common()}


def decide(text: str, by_script: dict[str, float]) -> str | None:
    """The language, where the strongest script leaves no choice; ``None`` where it does.

    Args:
        text: the text whose ``shares`` are ``by_script``.
    """
    japanese = by_script.get("Kana", 0.0)
    east_asian = japanese + by_script.get("Han", 0.0)
    strongest = next(iter(by_script))
    if east_asian >= by_script[strongest]:
        # Chinese borrows の as an ornament; Japanese without any kana is a rare, short headline.
        return "ja" if japanese > 0.04 * east_asian else chinese(text)
    if strongest == "Ethiopic":
        return "ti" if _count(text, _TIGRINYA) > _count(text, _AMHARIC) else "am"
    return _DECISIVE.get(strongest)


def chinese(text: str) -> str:
    """``zh`` (CLDR's short form of zh-Hans) or ``zh-Hant``, the latter only when its characters prevail."""
    simplified = len(text.encode("gb2312", "ignore").decode("gb2312"))
    traditional = len(text.encode("big5", "ignore").decode("big5"))
    return "zh-Hant" if traditional > simplified else "zh"


def _count(text: str, letters: frozenset[str]) -> int:
    return sum(char in letters for char in text)
