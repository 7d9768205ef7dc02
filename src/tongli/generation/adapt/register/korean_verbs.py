"""Korean stems and the intimate form (해체) that they make."""

from __future__ import annotations

from functools import cache

from tongli.knowledge.register import table

_BASE = 0xAC00
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_CONTRACTED = {"ㅗ": "ㅘ", "ㅜ": "ㅝ", "ㅣ": "ㅕ", "ㅚ": "ㅙ"}
_SAME = frozenset("ㅏㅓㅐㅔㅕ")


def split(syllable: str) -> tuple[int, str, str] | None:
    """Index of the initial, vowel, final (empty where there is none); nothing for other characters."""
    code = ord(syllable) - _BASE
    if not 0 <= code < 11172:
        return None
    return code // 588, _VOWELS[code % 588 // 28], _FINALS[code % 28]


def join(initial: int, vowel: str, final: str = "") -> str:
    """A syllable of its parts."""
    return chr(_BASE + initial * 588 + _VOWELS.index(vowel) * 28 + _FINALS.index(final))


def without_final(text: str) -> str:
    """The last syllable without its final consonant."""
    parts = split(text[-1])
    return text if parts is None else text[:-1] + join(parts[0], parts[1])


def with_final(text: str, final: str) -> str:
    """The last syllable with a final consonant."""
    parts = split(text[-1])
    return text if parts is None else text[:-1] + join(parts[0], parts[1], final)


def final(text: str) -> str:
    """Final consonant of the last syllable; empty where there is none."""
    parts = split(text[-1]) if text else None
    return parts[2] if parts else ""


def intimate(stem: str) -> str:
    """``하`` → ``해``, ``있`` → ``있어``, ``보`` → ``봐``, ``춥`` → ``추워``."""
    parts = split(stem[-1]) if stem else None
    if parts is None:
        return stem
    if stem.endswith("하"):
        return f"{stem[:-1]}해"
    if stem in ("이", "아니"):
        return f"{stem}야"
    for irregular, form in (
        ("그러", "그래"),
        ("이러", "이래"),
        ("저러", "저래"),
        ("어떠", "어때"),
        ("어쩌", "어째"),
    ):
        if stem.endswith(irregular):
            return stem.removesuffix(irregular) + form
    initial, vowel, closing = parts
    return _closed(stem, initial, vowel, closing) if closing else _open(stem, initial, vowel)


def _open(stem: str, initial: int, vowel: str) -> str:
    """A stem that ends in a vowel."""
    before = split(stem[-2]) if len(stem) > 1 else None
    bright = before is not None and before[1] in "ㅏㅗ"
    if vowel == "ㅡ":
        if stem[-1] == "르" and before is not None and stem not in ("따르", "치르", "들르"):
            return with_final(stem[:-1], "ㄹ") + ("라" if bright else "러")
        return stem[:-1] + join(initial, "ㅏ" if bright else "ㅓ")
    if vowel in _SAME:
        return stem
    return stem[:-1] + join(initial, _CONTRACTED[vowel]) if vowel in _CONTRACTED else f"{stem}어"


def _closed(stem: str, initial: int, vowel: str, closing: str) -> str:
    """A stem that ends in a consonant."""
    irregular = stem[-1] not in _list("regular") and stem not in _list("regular")
    if closing == "ㅂ" and irregular:
        return stem[:-1] + join(initial, vowel) + ("와" if stem[-1] in "돕곱" else "워")
    if closing == "ㅎ" and stem[-1] in "렇떻맣갛랗":
        return stem[:-1] + join(initial, "ㅐ")
    if closing == "ㄷ" and irregular and stem[-1] in "듣걷싣닫":
        stem = with_final(stem, "ㄹ")
    elif closing == "ㅅ" and stem[-1] in "짓낫잇붓긋":
        stem = stem[:-1] + join(initial, vowel)
    bright = vowel in "ㅏㅗ" and closing != "ㅆ"
    return stem + ("아" if bright else "어")


def plain(stem: str) -> str:
    """An honorific stem without its honour: ``드시`` → ``먹``, ``있으시`` → ``있``, ``하시`` → ``하``."""
    if len(stem) > 2 and with_final(stem[:-1], "ㄹ") in _list("l_stems"):
        return with_final(stem[:-1], "ㄹ")
    for entry in table("ko")["lists"]["honorific"]:
        honoured, _, common = entry.partition("=")
        if stem.endswith(honoured):
            return str(stem.removesuffix(honoured) + common)
    bare = stem.removesuffix("시")
    if bare in _list("own_si"):
        return stem
    if bare.endswith("으"):
        return bare[:-1]
    return restored(bare)


def restored(bare: str) -> str:
    """A stem with the ㄹ that an ending took from it: ``아`` → ``알``."""
    longer = with_final(bare, "ㄹ") if bare and not final(bare) else bare
    return longer if longer in _list("l_stems") else bare


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(table("ko")["lists"][name].split())
