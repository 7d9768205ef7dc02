"""Textual attacks: seeded changes that a reader sees through, for robustness curves and augmentation.

Edits fall on whole characters (a letter with its marks), in every script, without a model of a keyboard. In
scripts written without spaces a run of letters is cut into words of two characters.

References:
    Belinkov and Bisk (2018), "Synthetic and natural noise both break neural machine translation", ICLR.
    Pruthi et al. (2019), "Combating adversarial misspellings with robust word recognition", ACL.
"""

from __future__ import annotations

import hashlib
import random
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType

import regex

from tongli.core import ConfigError, shorten

EDITS = ("swap", "drop", "insert", "repeat")
"""One edit of a word: exchange two neighbours, leave out, add a letter of the text, double a letter."""

_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_LETTER = r"[\p{L}\p{N}][\p{M}\u200c\u200d]*"
_WORD = regex.compile(rf"(?:{_UNSPACED}\p{{M}}*){{1,2}}|(?:(?!{_UNSPACED}){_LETTER})+")
_CHARACTER = regex.compile(rf"{_LETTER}|.", regex.DOTALL)
_PUNCTUATION = regex.compile(r"\p{P}")
_BARE = regex.compile(r"[\p{Latin}\p{Greek}\p{Cyrillic}\p{Arabic}\p{Hebrew}]")
"""Scripts whose marks people leave out; elsewhere a mark is a vowel or a tone and part of the spelling."""

_LATIN, _CYRILLIC = "aceijopsxyABCEHIKMOPTX", "асеіјорѕхуАВСЕНІКМОРТХ"
_LOOKALIKES = str.maketrans(_LATIN + _CYRILLIC, _CYRILLIC + _LATIN)

_Draw = tuple[float, float, float]
"""Three numbers in 0..1: where, with what, by which edit."""


def perturb(text: str, *, attack: str, rate: float, seed: int) -> str:
    """Attack a text.

    The same arguments give the same text. Words changed at a low rate stay changed, in the same way, at every
    higher rate, so that a curve over rates is not noise. A text that would become blank is returned
    as it was.

    Args:
        text: any string.
        attack: one of :data:`ATTACKS`.
        rate: chance in 0..1 of each word (for ``punctuation``, of each mark) to be changed, by one edit.
        seed: any integer.

    Raises:
        ConfigError: ``attack.unknown`` or ``attack.rate``.
    """
    if attack not in _CHANGES:
        raise ConfigError(
            "attack.unknown",
            received=shorten(attack),
            allowed=", ".join(ATTACKS),
            fix="Choose one of these attacks.",
        )
    if not 0 <= rate <= 1:
        raise ConfigError(
            "attack.rate", received=shorten(rate), allowed="a number in 0..1", fix="Correct the rate."
        )
    source = _generator(text, attack=attack, seed=seed)
    change = _CHANGES[attack]
    letters = [part for part in _CHARACTER.findall(text) if part[0].isalpha()]

    def edited(found: regex.Match[str]) -> str:
        chance, draw = source.random(), (source.random(), source.random(), source.random())
        return change(found[0], letters, draw) if chance < rate else found[0]

    pattern = _PUNCTUATION if attack == "punctuation" else _WORD
    changed = pattern.sub(edited, text)
    return changed if changed.strip() else text


def _generator(text: str, *, attack: str, seed: int) -> random.Random:
    key = f"{seed} {attack} {text}".encode("utf-8", "surrogatepass")
    return random.Random(hashlib.sha256(key).digest())  # noqa: S311 - repeatable, guards nothing


def _edit(word: str, letters: list[str], draw: _Draw) -> str:
    """A typo of any kind."""
    return _CHANGES[EDITS[_place(len(EDITS), draw[2])]](word, letters, draw)


def _swap(word: str, _letters: list[str], draw: _Draw) -> str:
    parts = _CHARACTER.findall(word)
    places = [at for at in range(len(parts) - 1) if parts[at] != parts[at + 1]]
    if places:
        at = places[_place(len(places), draw[0])]
        parts[at], parts[at + 1] = parts[at + 1], parts[at]
    return "".join(parts)


def _drop(word: str, _letters: list[str], draw: _Draw) -> str:
    parts = _CHARACTER.findall(word)
    if len(parts) > 1:
        del parts[_place(len(parts), draw[0])]
    return "".join(parts)


def _insert(word: str, letters: list[str], draw: _Draw) -> str:
    parts = _CHARACTER.findall(word)
    if letters:
        parts.insert(_place(len(parts) + 1, draw[0]), letters[_place(len(letters), draw[1])])
    return "".join(parts)


def _repeat(word: str, _letters: list[str], draw: _Draw) -> str:
    parts = _CHARACTER.findall(word)
    at = _place(len(parts), draw[0])
    return "".join([*parts[:at], parts[at], *parts[at:]])


def _casing(word: str, _letters: list[str], draw: _Draw) -> str:
    """Another casing of the word, where its script has two."""
    others = sorted({word.upper(), word.lower(), word.capitalize()} - {word})
    return others[_place(len(others), draw[0])] if others else word


def _nothing(_mark: str, _letters: list[str], _draw: _Draw) -> str:
    return ""


def _plain(word: str, _letters: list[str], _draw: _Draw) -> str:
    """The word without its diacritics."""
    if _BARE.search(word) is None:
        return word
    parts = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(char for char in parts if not unicodedata.combining(char)))


def _lookalike(word: str, _letters: list[str], draw: _Draw) -> str:
    """One Latin letter as the Cyrillic letter that looks the same, or the other way round."""
    places = [at for at, char in enumerate(word) if ord(char) in _LOOKALIKES]
    if not places:
        return word
    at = places[_place(len(places), draw[0])]
    return word[:at] + word[at].translate(_LOOKALIKES) + word[at + 1 :]


def _place(count: int, draw: float) -> int:
    return int(draw * count)


_CHANGES: Mapping[str, Callable[[str, list[str], _Draw], str]] = MappingProxyType(
    {
        "typos": _edit,
        "swap": _swap,
        "drop": _drop,
        "insert": _insert,
        "repeat": _repeat,
        "casing": _casing,
        "punctuation": _nothing,
        "diacritics": _plain,
        "homoglyphs": _lookalike,
    }
)

ATTACKS = tuple(_CHANGES)
"""Names of the attacks; ``typos`` mixes the four edits."""
