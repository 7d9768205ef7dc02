"""Persons in Chinese, Japanese and Thai, written without spaces, and Korean, whose particles follow names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from tongli.encoders.impersonal.lists import Lists, lists, script_of
from tongli.encoders.impersonal.unlisted import LEAST, LIKELY_ORDINARY, features_unspaced, unlisted

_FIRST = "\u0e00"
"""The first letter of the scripts without spaces, Thai, Han and Kana."""
_HAN = "\u4e00-\u9fff"
_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL_WORD = re.compile("[가-힣]+")
_THAI = re.compile("[\u0e01-\u0e2e]")
_ZH_PRONOUN = re.compile(
    r"(?<![其吉排利維维])(?:[他她它牠祂]|(?<![A-Za-z])(?:TA|Ta|ta)(?![A-Za-z]))([们們])?(?![妈媽]的|人)"
)
_ZH_LONGEST = 5
"""Characters of a name on no list."""
_ZH_BEFORE = "给和跟对向把被让请替与同叫是为问笑连"
_ZH_PLACES = "里上下中内外前后"
"""Behind a thing they tell the place."""
ZH_SLOT = re.compile(f"(?:^|(?<=[^{_HAN}])|(?<=[{_ZH_BEFORE}]))(?=([{_HAN}]{{2,}}))")
_JA_PRONOUN = re.compile(f"(?<![{_HAN}])彼(?:女(?:ら|たち|達)|女|ら|たち|達)?(?!氏|方|岸|処|此|女)")


def unspaced(text: str, known: Lists) -> str:
    """A text with Han, Kana, Hangul or Thai in it, made impersonal; one with Kana is Japanese."""
    persons = known.persons
    if _HANGUL_WORD.search(text):
        return _korean(text, known, person=persons["Hang"])
    if _KANA.search(text):
        return _japanese(text, person=persons["Kana"])
    if _THAI.search(text):
        return _th_names().sub(persons["Thai"], text)
    return _chinese(text, person=persons["Hans"])


def _chinese(text: str, *, person: str) -> str:
    named = _zh_names().sub(lambda match: match[0] if match["kept"] else person, text)
    for name in sorted(_zh_unlisted(named, person), key=len, reverse=True):
        named = named.replace(name, person)
    return _ZH_PRONOUN.sub(lambda match: "他们" if match[1] else person, named)


def _zh_unlisted(text: str, person: str) -> set[str]:
    """Names on no list, where a clause begins and behind words that come before persons."""
    model, found, past = unlisted(), set[str](), 0
    for match in ZH_SLOT.finditer(text):
        start = match.start()
        known = _zh_names().match(text, start)
        if start < past or known:
            continue
        sizes = range(2, min(len(match[1]), _ZH_LONGEST) + 1)
        ends = [start + size for size in sizes if not _ends_elsewhere(text, start + size)]
        if not ends or text[start] in _ZH_BEFORE:  # no name starts with the word before it
            continue
        odds, end = max((model.odds(features_unspaced(text, start, end)), end) for end in ends)
        span = text[start:end]
        least = LIKELY_ORDINARY if model.is_ordinary(span) else LEAST["zh"]
        if odds > least and person not in span:
            found.add(span)
            past = end
    return found


def _ends_elsewhere(text: str, end: int) -> bool:
    """Whether no name can end here: inside a word, or behind a place."""
    return text[end - 1] in _ZH_PLACES or unlisted().is_ordinary(text[end - 1 : end + 1])


def _japanese(text: str, *, person: str) -> str:
    named = _ja_names().sub(person, text)
    return _JA_PRONOUN.sub(lambda match: "彼ら" if match[0][-1] in "らち達" else f"{person}さん", named)


def _korean(text: str, known: Lists, *, person: str) -> str:
    surnames, particles = _ko_lists()

    def of(match: re.Match[str]) -> str:
        word = match[0]
        for start in (0, 1):
            for end in (start + 3, start + 2):
                name, particle = word[start:end], word[end:]
                if name in known.names and particle in particles and (not start or word[0] in surnames):
                    return person + particles[particle]
        return word

    return _HANGUL_WORD.sub(of, text)


@cache
def _zh_names() -> re.Pattern[str]:
    """Words that are none, listed names, sounds of foreign names, family and given name, familiar address."""
    data, known, characters = _data()["zh"], lists(), zh_characters()
    sounds, surnames, given = (characters[key] for key in ("sounds", "surnames", "given"))
    short, long = ([place for place in known.places if (len(place) < 3) == brief] for brief in (True, False))
    # Nome is a place, 诺姆; and 诺姆萨 a name.
    places = rf"(?:{_any(short)})(?![{sounds}](?![{sounds}]))"
    kept = rf"{_any({*data['words'].split(), *long})}|{places}"
    listed = _any(_listed(known, "Hans"))
    # Its last sound may open an ordinary word: 特别, 马上, 比较.
    first = rf"(?:[{sounds}]|[{surnames}{data['first']}](?=[{sounds}]{{3}}))"
    loose = _joined(data["loose"])
    mixed = rf"[{sounds}]{{2,}}[{loose}][{sounds}]*|[{sounds}][{loose}][{sounds}]+|[{loose}][{sounds}]{{2,}}"
    foreign = rf"(?:{first}[{sounds}]{{2,}}|{mixed})(?<![特马比](?=[别上较]))"
    return re.compile(
        rf"(?P<kept>{kept})|(?:{foreign}|{listed})(?:[·・][{sounds}]+)*"
        rf"|[{surnames}][{given}]{{1,2}}|(?<![{_HAN}])[小老阿][{surnames}](?![龄板师姨])"
    )


def zh_characters() -> dict[str, str]:
    """Those that write the sounds of foreign names, family names, and given names."""
    return {key: _joined(_data()["zh"][key]) for key in ("sounds", "surnames", "given")}


@cache
def _ja_names() -> re.Pattern[str]:
    data = _data()["ja"]
    polite, roles = (f"(?={'|'.join(data[key].split())})" for key in ("polite", "roles"))
    listed = _any(_listed(lists(), "Hans", "Kana"))
    return re.compile(
        rf"[ァ-ヴー]{{2,}}(?:[・＝=][ァ-ヴー]{{2,}})*{polite}"
        rf"|(?:{listed})(?:[{_HAN}]{{1,2}}|[ぁ-ん]{{2,3}})?{polite}"
        rf"|(?<![{_HAN}])(?:{listed})(?:(?=[はがをにものと、])|{roles})"
    )


@cache
def _ko_lists() -> tuple[str, dict[str, str]]:
    data = _data()["ko"]
    particles = {form: key for key, forms in data["particles"].items() for form in forms.split()}
    return _joined(data["surnames"]), {"": "", **particles}


@cache
def _th_names() -> re.Pattern[str]:
    listed = _any(_listed(lists(), "Thai"))
    polite = "|".join(f"(?<={word})" for word in _data()["th"]["polite"].split())
    return re.compile(f"(?:{polite})(?:{listed})")


@cache
def _data() -> dict[str, Any]:
    path = files("tongli.encoders.impersonal") / "unspaced.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _listed(known: Lists, *scripts: str) -> list[str]:
    """Listed names of some scripts that are all behind ``_FIRST``, as few names are."""
    return [name for name in known.names if name[0] >= _FIRST and script_of(name) in scripts]


def _any(words: Iterable[str]) -> str:
    """A pattern for the longest of the words; for nothing when there is none.

    It looks at the first letter before it tries any word: there are a thousand, and most letters begin none.
    """
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        rests.setdefault(word[0], []).append(word[1:])
    tried = "|".join(f"{first}(?:{'|'.join(found)})" for first, found in rests.items())
    return f"(?=[{''.join(rests)}])(?:{tried})" if rests else "(?!)"


def _joined(characters: str) -> str:
    return "".join(characters.split())
