"""Korean: from -요 and -ㅂ니다 to the intimate level (해체) and back."""

from __future__ import annotations

from functools import cache

from tongli.generation.adapt.register.draft import Draft
from tongli.generation.adapt.register.korean_verbs import (
    final,
    intimate,
    plain,
    restored,
    split,
    with_final,
    without_final,
)
from tongli.knowledge.register import table

_ENDING = ("안녕", "고마워", "미안해", "뭐야", "어때")
_YES = ("네", "예", "응", "어")
_COMMA_ENDINGS = ("어", "아", "해", "돼", "워", "봐", "래", "대")
_OPEN_ENDINGS = ("네", "군", "데", "게", "까", "지", "걸", "든", "고", "서")
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
)
_LINKED_ENDINGS = ("시면", "시려면", "시려는", "시니")


def to_informal(draft: Draft) -> None:
    """The polite levels become intimate, honours to the person addressed go."""
    words = {**table("ko")["words"], **table("ko")["only_to_informal"]}
    for index, word in draft:
        text = word.text
        if text in words and not (text in _YES and not draft.opens_clause(index + 1)):
            draft.put(index, words[text], kind="pronoun")
        elif text in ("당신", "님"):
            draft.put(index, "너" if _is_subject(draft, index) else "네", kind="pronoun")
        else:
            after = _informal(text)
            if after != text:
                draft.put(index, after, kind="level")


def to_formal(draft: Draft) -> None:
    """The intimate level becomes polite (-요)."""
    data = table("ko")
    back = {after: before for before, after in reversed(data["words"].items())}
    words = {**back, **data["to_formal"]}
    for index, word in draft:
        text = word.text
        ends = draft.opens_clause(index + 1)
        alone = ends and draft.opens_clause(index)
        if text in words and (alone or text not in ("응", "어", "아니")) and (ends or text not in _ENDING):
            after = words[text]
            if text in ("너는", "넌") and ends and "?" in draft.gap(index + 1):
                after = "당신은요"
            elif text == "네" and alone:
                after = "네"
            draft.put(index, after, kind="pronoun")
        elif ends:
            after = _formal(text, last=_closes(draft, index))
            if after != text:
                draft.put(index, after, kind="level")


def _closes(draft: Draft, index: int) -> bool:
    """Whether a sentence ends after a word."""
    return index + 1 >= len(draft.words) or draft.opens_sentence(index + 1)


def _informal(text: str) -> str:
    """The intimate form of a polite word; other words as they are."""
    if text.endswith("요") and len(text) > 1 and text not in _list("nouns"):
        return _from_yo(text[:-1])
    if text.endswith("죠") and len(text) > 1:
        return f"{_without_honour(text[:-1])}지"
    for ending in ("습니다", "습니까"):
        if text.endswith(ending):
            return intimate(_without_honour(text.removesuffix(ending)))
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
        return f"{base[:-1]}야"
    return _without_honour(base) if "셨" in base or base.endswith(_HONOURED_ENDINGS) else base


def _from_stem(stem: str) -> str:
    """The intimate form of a stem that may be honorific or the copula."""
    if stem.endswith("이시") or (stem.endswith("자시") and len(stem) > 2):
        return f"{stem[:-1]}야"
    if stem.endswith("시"):
        return intimate(plain(stem))
    if stem.endswith("이") and len(stem) > 1 and final(stem[:-1]):
        return f"{stem}야"
    return intimate(restored(stem))


def _without_honour(text: str) -> str:
    """A word without -시- where it honours the person addressed."""
    place = text.find("셨")
    if place > 0:
        return with_final(intimate(plain(f"{text[:place]}시")), "ㅆ") + text[place + 1 :]
    for ending in _HONOURED_ENDINGS:
        place = text.find(ending)
        if place > 0 and text[:place] not in _list("own_si"):
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


def _formal(text: str, *, last: bool) -> str:
    """The polite form of an intimate word at the end of a clause; other words as they are."""
    if text in _list("not_final") or (len(text) < 2 and text not in _list("short")):
        return text
    for ending, after in table("ko")["copula"]["formal"].items():
        if text.endswith(ending) and not text.endswith(("해야", "어야", "아야", "래야")):
            return text.removesuffix(ending) + str(after)
    if text.endswith("지") and text[-2] not in _list("before_ji"):
        return f"{text[:-1]}죠"
    if last:
        return _closing(text)
    return f"{text}요" if text.endswith(_COMMA_ENDINGS) else text


def _closing(text: str) -> str:
    """The polite form of the last word of a sentence."""
    head, ending = text[:-1], text[-1]
    parts = split(ending)
    if head and ending in "니냐":
        return f"{intimate(head.removesuffix('으').removesuffix('느'))}요"
    if head and (ending == "렴" or (ending == "자" and head[-1] in "하보가먹")):
        return f"{intimate(head)}요"
    if head and ending == "다":
        return _declared(head)
    is_open = parts is not None and not parts[2] and parts[1] in "ㅏㅓㅐㅕㅘㅝㅙ"
    return f"{text}요" if is_open or text.endswith(_OPEN_ENDINGS) else text


def _declared(stem: str) -> str:
    """``길다`` → ``길어요``, ``간다`` → ``가요``, ``먹는다`` → ``먹어요``."""
    if stem.endswith("이") and final(stem[:-1]):
        return f"{stem}에요"
    if stem.endswith("는") and len(stem) > 1:
        stem = stem[:-1]
    elif final(stem) == "ㄴ":
        stem = without_final(stem)
    return f"{intimate(stem)}요"


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
    return asks or following.endswith(("요", "니다", "니까", "죠"))


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(table("ko")["lists"][name].split())
