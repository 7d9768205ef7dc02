"""Names that are on no list, told by how they look and by what stands around them.

Only words that ``scripts/unlisted_names.py`` does not know as ordinary ones are asked about, so most texts
pay nothing. The model is a linear one on hashed parts of the word and on its neighbours; it was taught all
names alike, without gender, language or rank.

References:
    Bloom (1970), "Space/time trade-offs in hash coding with allowable errors", CACM.
    Mintz et al. (2009), "Distant supervision for relation extraction without labeled data", ACL.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final
from zlib import crc32

HASHES: Final = 9
"""Bits of a word in the filter of ordinary words."""
BUCKETS: Final = 1 << 17
"""Weights of the model."""
UNCASED: Final = frozenset({"Arab", "Deva", "Hebr"})
"""Scripts without capitals that the model was taught."""
LEAST: Final = {
    "": 0.5, "en": 0.0, "es": 0.0, "fr": 0.0, "it": 0.0, "nl": 0.0, "sv": 0.0, "da": 0.0, "no": 0.0,
    "de": 0.0, "tr": 0.0, "pt": 0.5, "ru": -0.5, "uk": -0.5, "ar": -1.5, "hi": -2.0, "zh": -2.0,
}  # fmt: skip
"""Language → log-odds from which on a word is taken for a name; "" where nothing tells the language.
In others too few ordinary words are known."""
LIKELY: Final = -0.5
"""Log-odds from which on a listed name is one although it may be an ordinary word too."""
LIKELY_ORDINARY: Final = 1.5
"""The same for Chinese characters that are a word too."""
COUNTED: Final = frozenset(
    {
        "en", "es", "fr", "it", "nl", "sv", "da", "no", "de", "tr", "pt", "ru", "uk", "bg", "cs", "et", "fi",
        "hr", "hu", "pl", "ro", "ig", "vmw", "ts", "ha", "yo", "rw", "so", "om", "vi", "sl", "sk", "su", "is",
        "tt", "sw", "tw", "af", "id", "mk", "ms", "eu", "el",
    }
)  # fmt: skip
"""Languages whose own ordinary words are known: in them a word of another language may be a name."""
EVERY: Final = "*"
"""Stands for the language of words of which it is not known."""
ENGLISH: Final = "en"
"""Its words stand in texts of all languages."""
STEP: Final = 1 / 32
"""What one unit of a stored weight is worth, in log-odds."""
_LONGEST = 4
_MARKS = frozenset('|.!?:…"«“„(-–—,')
_INFLECTED = 6
"""Letters from which on a word may be a form of another."""
_ENDING = 2
_PARTICLES = ("وال", "بال", "فال", "كال", "ال", "لل", "و", "ف", "ب", "ل", "س", "ك")


@dataclass(frozen=True, slots=True)
class Unlisted:
    """What is known of words that are on no list.

    Attributes:
        ordinary: filter of :func:`entry` of folded ordinary words, bits.
        weights: ``BUCKETS`` signed bytes.
    """

    ordinary: bytes
    weights: memoryview

    def is_ordinary(self, word: str, *, lang: str | None = None) -> bool:
        """Whether a folded word is an ordinary one; one word in a thousand wrongly.

        Args:
            word: folded.
            lang: of the text. Of a language that is not ``COUNTED`` the words of all languages are taken.
        """
        if not self._holds(word):
            return False
        return lang not in COUNTED or any(
            self._holds(entry(word, lang=each)) for each in (EVERY, ENGLISH, lang)
        )

    def is_form_of(self, word: str, *, lang: str) -> bool:
        """Whether a folded word is an ordinary one of a ``COUNTED`` language, or another form of one."""
        return self._holds(entry(word, lang=lang)) or (
            len(word) >= _INFLECTED and self._holds(entry(f"{stem(word)}-", lang=lang))
        )

    def is_like_ordinary(self, word: str, *, lang: str | None = None) -> bool:
        """The same, or another form of one: with another ending, or behind a particle written with it."""
        forms = (word, *(word[len(start) :] for start in _PARTICLES if word.startswith(start)))
        return any(
            self.is_ordinary(form, lang=lang)
            or (len(form) >= _INFLECTED and self.is_ordinary(f"{stem(form)}-", lang=lang))
            for form in forms
        )

    def odds(self, found: Sequence[str]) -> float:
        """Log-odds that a word with these :func:`features` is a name."""
        return sum(self.weights[bucket(feature)] for feature in found) * STEP

    def _holds(self, key: str) -> bool:
        return all(self.ordinary[bit >> 3] >> (bit & 7) & 1 for bit in bits(key, size=len(self.ordinary)))


@cache
def unlisted() -> Unlisted:
    """The model; the first call reads the files."""
    folder = files("tongli.encoders.impersonal")
    weights = memoryview((folder / "unlisted.weights").read_bytes()).cast("b")
    return Unlisted((folder / "ordinary.bloom").read_bytes(), weights)


def stem(word: str) -> str:
    """What two forms of a folded word share."""
    return word[: max(len(word) - _ENDING, _INFLECTED - 1)]


def stems(word: str) -> Iterator[str]:
    """The :func:`stem` of this word and of words with shorter and longer endings."""
    return (word[:size] for size in range(max(len(word) - _ENDING - 1, _INFLECTED - 1), len(word) + 1))


def entry(word: str, *, lang: str | None) -> str:
    """What the filter holds of a folded word of a language; of all languages the word alone.

    >>> entry("bence", lang="tr")
    'tr:bence'
    """
    return f"{lang}:{word}" if lang else word


def bits(word: str, *, size: int) -> Iterator[int]:
    """Places of a word in a filter of ``size`` bytes."""
    code = word.encode("utf-8", "surrogatepass")
    first, second = crc32(code), crc32(code, 1) | 1
    return ((first + turn * second) % (size * 8) for turn in range(HASHES))


def bucket(feature: str) -> int:
    """Which weight a feature has."""
    return crc32(feature.encode("utf-8", "surrogatepass")) % BUCKETS


def features(folded: Sequence[str], place: int, *, lang: str | None, own: str | None = None) -> list[str]:
    """Parts of the word at a place, and its neighbours.

    Args:
        folded: separators at even places, folded words at odd ones.
        place: of the word.
        lang: of the text, as far as it is known.
        own: the language by whose ordinary words the word is judged; ``None`` for all.
    """
    word = f"^{folded[place]}$"
    found = [
        word[start : start + size] for size in range(2, _LONGEST + 1) for start in range(len(word) - size + 1)
    ]
    before, after = _neighbour(folded, place, -1), _neighbour(folded, place, 1)
    further = _neighbour(folded, place, 2)
    like = unlisted().is_like_ordinary(folded[place], lang=own)
    return [
        *found,
        f"~{like}",
        f"{lang}~{like}",
        f"{lang}~{like}{before[:1] in _MARKS}",
        f"{lang}<{word[:3]}",
        f"{lang}>{word[-3:]}",
        f"{lang}>{word[-4:]}",
        f"#{min(len(word), 12)}",
        f"-1{before}",
        f"+1{after}",
        f"+2{further}",
        f"{lang}-1{before[-2:]}",
        f"{lang}+1{after[-2:]}",
        f"{lang}+2{further[-2:]}",
        f"-2{_neighbour(folded, place, -2)}",
        f"{lang}=",
    ]


def features_unspaced(text: str, start: int, end: int) -> list[str]:
    """The same for characters ``start`` to ``end`` of a text without spaces."""
    span, after, before = text[start:end], f"{text[end : end + 3]}$$", text[max(start - 1, 0) : start] or "^"
    return [
        *(f"z{char}" for char in span),
        *(f"z{span[at : at + 2]}" for at in range(len(span) - 1)),
        f"z^{span[0]}",
        f"z{span[-1]}$",
        f"z#{len(span)}",
        f"z-1{before}",
        f"z+1{after[0]}",
        f"z+2{after[:2]}",
        f"z+3{after[:3]}",
    ]


def _neighbour(folded: Sequence[str], place: int, step: int) -> str:
    """The word so many words away, or the mark that stands between."""
    low, high = sorted((place, place + 2 * step))
    for at in range(low + 1, high, 2):
        if folded[at] not in {" ", ""} or not 0 < at < len(folded) - 1:
            return folded[at].strip()[:1] or "|"
    return folded[place + 2 * step]
