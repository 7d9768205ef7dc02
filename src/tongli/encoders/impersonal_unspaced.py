"""Persons in Chinese and Japanese, written without spaces, and Korean, whose particles follow names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL_WORD = re.compile("[가-힣]+")
_ZH_PRONOUN = re.compile(
    r"(?<![其吉排利維维])(?:[他她它牠祂]|(?<![A-Za-z])(?:TA|Ta|ta)(?![A-Za-z]))([们們])?(?![妈媽]的|人)"
)
_JA_PRONOUN = re.compile("(?<![\u4e00-\u9fff])彼(?:女(?:ら|たち|達)|女|ら|たち|達)?(?!氏|方|岸|処|此|女)")
_JA_POLITE = "(?=さん|ちゃん|くん|君|様(?!子)|さま|氏)"


def unspaced(
    text: str, *, persons: Mapping[str, str], names: Collection[str], han_names: tuple[str, ...]
) -> str:
    """A text with Han, Kana or Hangul in it, made impersonal; one with Kana is Japanese.

    Args:
        text: the text.
        persons: script → the canonical person.
        names: names of all scripts.
        han_names: those in Han characters.
    """
    if _HANGUL_WORD.search(text):
        return _korean(text, person=persons["Hang"], names=names)
    if _KANA.search(text):
        return _japanese(text, person=persons["Kana"])
    return _chinese(text, person=persons["Hans"], names=han_names)


def _chinese(text: str, *, person: str, names: tuple[str, ...]) -> str:
    named = _zh_names(names).sub(lambda match: match[0] if match["kept"] else person, text)
    return _ZH_PRONOUN.sub(lambda match: "他们" if match[1] else person, named)


def _japanese(text: str, *, person: str) -> str:
    named = _ja_names().sub(person, text)
    return _JA_PRONOUN.sub(lambda match: "彼ら" if match[0][-1] in "らち達" else f"{person}さん", named)


def _korean(text: str, *, person: str, names: Collection[str]) -> str:
    surnames, particles = _ko_lists()

    def of(match: re.Match[str]) -> str:
        word = match[0]
        for start in (0, 1):
            name, particle = word[start : start + 2], word[start + 2 :]
            if name in names and particle in particles and (not start or word[0] in surnames):
                return person + particles[particle]
        return word

    return _HANGUL_WORD.sub(of, text)


@cache
def _zh_names(names: tuple[str, ...]) -> re.Pattern[str]:
    """Listed names, sounds of foreign ones, family and given name, family name in familiar address."""
    lists = _data()["zh"]
    sounds, surnames, given = (_joined(lists[key]) for key in ("sounds", "surnames", "given"))
    listed = "|".join(sorted(names, key=len, reverse=True))
    # Its last sound may open an ordinary word: 特别, 马上, 比较.
    foreign = rf"[{sounds}]{{3,}}(?<![特马比](?=[别上较]))"
    return re.compile(
        rf"(?P<kept>{'|'.join(lists['not_names'].split())})|(?:{listed}|{foreign})(?:[·・][{sounds}]+)*"
        rf"|[{surnames}][{given}]{{1,2}}|(?<![\u4e00-\u9fff])[小老][{surnames}](?![龄板师])"
    )


@cache
def _ja_names() -> re.Pattern[str]:
    surnames = "|".join(_data()["ja"]["surnames"].split())
    return re.compile(
        rf"[ァ-ヴー]{{2,}}(?:[・＝=][ァ-ヴー]{{2,}})*{_JA_POLITE}"
        rf"|(?:{surnames})(?:[\u4e00-\u9fff]{{1,2}}|[ぁ-ん]{{2,3}})?{_JA_POLITE}"
        rf"|(?:{surnames})(?=[はがをにものと、]|先生|先輩|部長|課長)"
    )


@cache
def _ko_lists() -> tuple[str, dict[str, str]]:
    lists = _data()["ko"]
    particles = {form: key for key, forms in lists["particles"].items() for form in forms.split()}
    return _joined(lists["surnames"]), {"": "", **particles}


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("tongli.encoders") / "unspaced.toml").read_text(encoding="utf-8"))


def _joined(characters: str) -> str:
    return "".join(characters.split())
