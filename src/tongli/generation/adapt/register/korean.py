"""Korean: from -요 and -ㅂ니다 to the intimate level (해체) and back."""

from __future__ import annotations

from functools import cache

from tongli.generation.adapt.register.draft import Draft
from tongli.generation.adapt.register.korean_formal import to_formal
from tongli.generation.adapt.register.korean_speech import asks, keep_quotes, respects_somebody
from tongli.generation.adapt.register.korean_verbs import (
    final,
    intimate,
    plain,
    restored,
    with_final,
    without_final,
)
from tongli.knowledge.register import table

__all__ = ["to_formal", "to_informal"]

_DEPENDENT = ("것", "거", "게", "건", "수", "때", "적", "분")
_COPULAS = ("이에요", "예요", "이잖아요", "이네요", "인가요", "이세요", "입니다", "입니까", "이죠", "이겠죠")
_YES = ("네", "예", "응", "어")
_HONOURED_ENDINGS = (
    "시는",
    "시면",
    "시던",
    "시려면",
    "시려는",
    "시고",
    "시지",
    "시네",
    "시나",
    "시더",
    "시니",
    "시길",
    "시겠",
    "시다니",
    "시면서",
)
_LINKED_ENDINGS = ("시면", "시려면", "시려는", "시니")


def to_informal(draft: Draft) -> None:
    """The polite levels become intimate, honours to the person addressed go; quotations stay."""
    words = {**table("ko")["words"], **table("ko")["only_to_informal"]}
    keep_quotes(draft)
    for index, word in draft:
        text = word.text
        if text in words and _is_meant(draft, index):
            draft.put(index, words[text], kind="pronoun")
        elif text in ("당신", "님"):
            draft.put(index, "너" if _is_subject(draft, index) else "네", kind="pronoun")
        else:
            after = _informal_at(draft, index)
            if after != text:
                draft.put(index, after, kind="level")


def _is_meant(draft: Draft, index: int) -> bool:
    """Whether a short word is the pronoun or answer that it may be: 네, and no "before" or "the second"."""
    text, following = draft.words[index].text, draft.low(index + 1)
    if text in _YES:
        return draft.opens_clause(index + 1)
    if text == "전":
        begins = draft.opens_clause(index) or draft.low(index - 1) in _list("openers")
        return begins and not following.startswith(tuple(_list("former")))
    return text != "제" or not following[:1].isdigit()


def _informal_at(draft: Draft, index: int) -> str:
    """The intimate form of a word where it stands."""
    text = draft.words[index].text
    homonym = _homonym(draft, index)
    if homonym:
        return homonym
    if _honours_noun(text) and draft.low(index + 1).startswith(_DEPENDENT):
        return _adnominal(plain(f"{text[:-1]}시"), final(text))
    for respectful, common in table("ko")["respectful_nouns"].items():
        if text.startswith(respectful) and not text.startswith("말씀드"):
            text = common + text.removeprefix(respectful)
    if len(text) > 2 and any(mark in text for mark in "시세셔셨십") and respects_somebody(draft, index):
        return _respectful(text)
    return _questioned(text) if asks(draft, index) else _informal(text)


def _homonym(draft: Draft, index: int) -> str:
    """The intimate form of a word that is written like another one; empty for other words."""
    text, following = draft.words[index].text, draft.low(index + 1)
    if text == "저" and draft.opens_clause(index) and following in _list("adverbs"):
        return "나"
    if text == "사실" and following in ("때", "거", "수", "분"):
        return "살"
    if text in ("사세요", "사시나요") and draft.low(index - 1).endswith("에"):
        return "살아"  # "lives in", not "buys"
    if text == "가요" and draft.opens_clause(index + 1):
        return "가"
    forbids = text in ("마시고", "마시면") and draft.low(index - 1).endswith("지")
    return f"말{text[-1]}" if forbids else ""


def _honours_noun(text: str) -> bool:
    """Whether a word is a verb in -신 or -실, before the noun that it describes; 화장실 is none."""
    is_noun = text.endswith(tuple(_list("nouns_in_sin"))) or text in _list("nouns")
    return text.endswith(("신", "실")) and len(text) > 1 and not final(text[:-1]) and not is_noun


def _respectful(text: str) -> str:
    """The intimate form of a verb that keeps its honour to somebody else."""
    for ending, after in table("ko")["respectful_endings"].items():
        if text.endswith(ending):
            return text.removesuffix(ending) + str(after)
    return text


def _questioned(text: str) -> str:
    """A question in -나요 or -ㄴ가요 becomes one in -어: ``있나요`` → ``있어``, ``큰가요`` → ``커``."""
    base = text[:-2]
    if text.endswith("나요") and base and text not in _list("nouns"):
        return intimate(plain(base) if base.endswith("시") else restored(_without_honour(base)))
    if text.endswith("가요") and final(base) == "ㄴ" and base[-1] not in "는던":
        if base.endswith("건"):
            return f"{base[:-1]}거야"
        return _from_stem(base[:-1] if base.endswith("은") else without_final(base))
    return _informal(text)


def _informal(text: str) -> str:
    """The intimate form of a polite word; other words as they are."""
    if text.endswith("요") and len(text) > 1 and text not in _list("nouns"):
        return _from_yo(text[:-1])
    if text.endswith("죠") and len(text) > 1:
        return f"{_without_honour(text[:-1])}지"
    for ending in ("습니다", "습니까"):
        if text.endswith(ending):
            return intimate(_without_honour(text.removesuffix(ending)))
    if text.endswith(("겁니다", "겁니까")):
        return f"{text[:-3]}거야"
    if text.endswith(("니다", "니까", "시오")) and final(text[:-2]) == "ㅂ":
        stem = without_final(text[:-2])
        return _from_stem(f"{stem}시" if text.endswith("시오") else stem)
    return _without_honour(text)


def _from_yo(base: str) -> str:
    """The intimate form of a word in -요, without that ending."""
    for ending, after in table("ko")["copula"]["informal"].items():
        if base.endswith(ending):
            return base.removesuffix(ending) + str(after)
    if base.endswith(("세", "셔")) and len(base) > 1:
        return _from_stem(f"{base[:-1]}시")
    if base.endswith("에") and len(base) > 1 and not final(base[:-1]):
        return base if base.endswith(tuple(_list("places"))) else f"{base[:-1]}야"
    if base.endswith("이") and len(base) > 1:
        return f"{base}야"
    if base.endswith("실래") and len(base) > 2:
        return _adnominal(plain(f"{base[:-2]}시"), "ㄹ") + "래"
    inside = any(mark in base for mark in ("셨", "시겠", "시는데", "시길"))
    return _without_honour(base) if inside or base.endswith(_HONOURED_ENDINGS) else base


def _from_stem(stem: str) -> str:
    """The intimate form of a stem that may be honorific or the copula."""
    if stem.endswith("자시") and len(stem) > 2:
        return f"{stem[:-1]}야"
    bare = stem.removesuffix("시")
    if bare.endswith("이") and len(bare) > 1 and not bare.endswith(tuple(_list("verbs_in_i"))):
        return f"{bare}야" if final(bare[:-1]) else f"{bare[:-1]}야"
    if stem.endswith("시"):
        return intimate(plain(stem))
    return intimate(restored(stem))


def _without_honour(text: str) -> str:
    """A word without -시- where it honours the person addressed."""
    place = text.find("셨")
    if place > 0:
        return with_final(intimate(plain(f"{text[:place]}시")), "ㅆ") + text[place + 1 :]
    for ending in ("셔야", "셔서", "셔도"):
        if text.endswith(ending) and len(text) > 2:
            return intimate(plain(f"{text[:-2]}시")) + text[-1]
    for ending in _HONOURED_ENDINGS:
        place = text.find(ending)
        if place > 0 and not final(text[:place]) and text[:place] not in _list("own_si"):
            stem = plain(f"{text[:place]}시")
            linked = final(stem) not in ("", "ㄹ") and ending in _LINKED_ENDINGS
            return stem + ("으" if linked else "") + text[place + 1 :]
    if text.endswith(tuple(_list("adnominal"))) and text not in _list("nouns"):
        return _adnominal(plain(f"{text[:-1]}시"), final(text))
    return text


def _adnominal(stem: str, closing: str) -> str:
    """``보`` + ㄴ → ``본``, ``읽`` + ㄹ → ``읽을``."""
    if final(stem) in ("", "ㄹ"):
        return with_final(stem, closing)
    return f"{stem}{'은' if closing == 'ㄴ' else '을'}"


def _is_subject(draft: Draft, index: int) -> bool:
    """Whether a bare pronoun is the subject rather than the owner of what follows."""
    if draft.opens_clause(index + 1):
        return True
    following = draft.low(index + 1)
    begins = draft.opens_clause(index) or draft.low(index - 1) in ("근데", "그리고", "그런데")
    asks = (
        begins
        and draft.ends_with(index, "?")
        and not following.endswith(("이", "가", "은", "는", "의", "님"))
    )
    return asks or (following.endswith(("요", "니다", "니까", "죠")) and not following.endswith(_COPULAS))


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(table("ko")["lists"][name].split())
