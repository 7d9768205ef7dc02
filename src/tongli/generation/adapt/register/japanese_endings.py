"""Japanese: where the plain ending of a clause begins, and the polite one for it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from tongli.generation.adapt.register.japanese_verbs import past_stem, polite_stem
from tongli.knowledge.register import table

REACH = 8
"""Code points of a verb that are looked at."""

_A_ROW = dict(zip("わかがさたなばまら", "いきぎしちにびみり", strict=True))
_O_ROW = dict(zip("おこごそとのぼもろ", "いきぎしちにびみり", strict=True))
_ICHIDAN_ENDS = "えけげせぜてでねへべめれいきじちにびみり見来出寝着得"
_MASU = {"る": "ます", "た": "ました", "ない": "ません", "なかった": "ませんでした"}
_CONTRACTED = regex.compile(
    r"(?:[っんいしきれえけべめねみじち見出来寝着似得]て|[んい]で)(る|た|ない|なかった)$"
)
_CHAU = regex.compile(r"(?:(?<=[っいしえれけべめてね])ちゃ|(?<=[んい])じゃ)(う|った)$")
_TOKU = regex.compile(r"(?:(?<=[っしえけれめねべ見])と|(?<=ん)ど)(く|いた)$")
_VOLITIONAL = regex.compile(r"\p{Han}([おこごとのぼもろ])う$")
_VOLITIONAL_ICHIDAN = regex.compile(r"[えけげせてねべめれしじみびこ見来出寝着得]よう$")

Ending = tuple[int, str]
"""Where the plain ending begins in a run of characters, and the polite one."""


def polite(run: str) -> Ending | None:
    """Where the plain ending of a run begins, and the polite one; nothing for other runs.

    >>> polite("本を読んでる")
    (5, 'います')
    """
    if run.endswith(listed("polite")):
        return None
    for ending, after in table("ja")["endings"].items():
        if run.endswith(ending):
            return len(run) - len(ending), after
    for rule in (_shortened, _negated, _copula, _adjective, _volitional, _past, _verb):
        found = rule(run)
        if found is not None:
            return found if found[0] >= 0 else None
    return None


def is_verb(run: str) -> bool:
    """Whether a run ends in a verb or in だろう."""
    found = polite(run)
    return found is not None and found[1].endswith(("ます", "ました", "ません", "ませんでした", "でしょう"))


def _shortened(run: str) -> Ending | None:
    """A contracted て form: ``読んでる`` → ``読んでいます``, ``忘れちゃった`` → ``忘れてしまいました``."""
    found = _CONTRACTED.search(run)
    if found and not run.endswith(listed("verbs_in_teru")):
        return found.start(1), f"い{_MASU[found[1]]}"
    found = _CHAU.search(run)
    if found:
        te = "て" if found[0].startswith("ち") else "で"
        return found.start(), f"{te}しまい{'ます' if found[1] == 'う' else 'ました'}"
    found = _TOKU.search(run)
    if found:
        te = "て" if found[0].startswith("と") else "で"
        return found.start(), f"{te}おき{'ます' if found[1] == 'く' else 'ました'}"
    return None


def _negated(run: str) -> Ending | None:
    """A negative, or an adjective that only looks like one."""
    for plain, after in (("なかった", "ませんでした"), ("ない", "ません")):
        if run.endswith(plain):
            head = run.removesuffix(plain)
            return (len(run), "です") if head.endswith(listed("nai_adjectives")) else _negative(head, after)
    return None


def _negative(head: str, ending: str) -> Ending:
    """The polite negative: ``わからない`` → ``わかりません``, ``ない`` → ``ありません``."""
    size, last = len(head), head[-1:]
    if last == "し":
        return size, ending
    is_particle = head.endswith(("しか", "ほか")) or (last == "が" and not head.endswith(listed("ga_stems")))
    if size > 1 and last in _A_ROW and not is_particle:
        return size - 1, _A_ROW[last] + ending
    if last == "こ":
        return size - 1, f"き{ending}"
    if last and last in _ICHIDAN_ENDS and not head.endswith(("違い", "ちがい")):
        return size, ending
    return size, f"あり{ending}"


def _copula(run: str) -> Ending | None:
    """Noun or な-adjective with だ."""
    is_adverb = run.endswith(("まだ", "ただ")) and not run.endswith(("ままだ", "さまだ"))
    is_past = run.endswith(("んだ", *listed("ida_verbs")))
    if len(run) < 2 or not run.endswith("だ") or is_past or is_adverb:
        return None
    return len(run) - 1, "です"


def _adjective(run: str) -> Ending | None:
    """Adjective in い or かった, which takes です."""
    if run.endswith("かった"):
        is_verb = run.endswith(listed("verbs_in_katta"))
        return None if is_verb and not run.endswith(listed("adjectives_in_kakatta")) else (len(run), "です")
    noun = run.endswith((*listed("not_adjectives"), *listed("nouns_in_i")))
    return (len(run), "です") if run.endswith("い") and len(run) > 1 and not noun else None


def _volitional(run: str) -> Ending | None:
    """``食べよう`` → ``食べましょう``, ``飲もう`` → ``飲みましょう``, ``話そう`` → ``話しましょう``."""
    if _VOLITIONAL_ICHIDAN.search(run):
        irregular = run.endswith("こよう")
        return len(run) - (3 if irregular else 2), "きましょう" if irregular else "ましょう"
    is_sou = run.endswith("そう") and run.removesuffix("そう").endswith(listed("su"))
    if _VOLITIONAL.search(run) or is_sou:
        return len(run) - 2, f"{_O_ROW[run[-2]]}ましょう"
    return None


def _past(run: str) -> Ending | None:
    """Verb in its plain past."""
    if len(run) < 2 or not run.endswith(("た", "だ")) or run.endswith(listed("nouns_in_ta")):
        return None
    stem = past_stem(run[-REACH:])
    return _joined(run, stem, "ました") if stem else None


def _verb(run: str) -> Ending | None:
    """Verb in its dictionary form; most words in く are adverbs."""
    if not run or run[-1] not in "うくぐすつぬぶむる" or run.endswith(listed("adverbs_in_u")):
        return None
    if run.endswith("く") and not run.endswith(listed("verbs_in_ku")):
        return None
    stem = polite_stem(run[-REACH:])
    return _joined(run, stem, "ます") if stem else None


def _joined(run: str, stem: str, ending: str) -> Ending:
    """The change with what both forms share left alone."""
    form = run[-REACH:]
    same = shared(stem, form)
    return len(run) - len(form) + same, stem[same:] + ending


def shared(one: str, other: str) -> int:
    """How many code points two words begin with alike."""
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    return same


@cache
def listed(name: str) -> tuple[str, ...]:
    """Endings of a list, as ``str.endswith`` takes them."""
    words: Sequence[str] = table("ja")["lists"][name].split()
    return tuple(word for word in words if "_" not in word)
