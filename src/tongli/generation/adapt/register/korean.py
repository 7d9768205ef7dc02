"""Korean: from -요 and -ㅂ니다 to the intimate level (해체) and back."""

from __future__ import annotations

from functools import cache

from tongli.generation.adapt.register.draft import Draft
from tongli.generation.adapt.register.korean_verbs import (
    final,
    intimate,
    join,
    plain,
    restored,
    split,
    without_final,
)
from tongli.knowledge.register import table

_ENDING = ("안녕", "고마워", "미안해", "뭐야", "어때")
_YES = ("네", "예", "응", "어")
_COMMA_ENDINGS = ("어", "아", "해", "돼", "워", "봐", "래", "대")
_OPEN_ENDINGS = (
    "네",
    "군",
    "래",
    "대",
    "데",
    "게",
    "까",
    "지",
    "걸",
    "든",
    "니까",
    "고",
    "라고",
    "다고",
    "나",
    "서",
    "은데",
    "는데",
    "구나",
)


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
    for ending in ("습니다", "습니까"):
        if text.endswith(ending):
            return intimate(_honoured(text.removesuffix(ending)))
    if text.endswith(("니다", "니까")) and final(text[:-2]) == "ㅂ":
        return _from_stem(without_final(text[:-2]))
    if text.endswith("죠") and len(text) > 1:
        return _without_honour(text[:-1]) + "지"
    if text.endswith("시오") and final(text[:-2]) == "ㅂ":
        return intimate(plain(without_final(text[:-2]) + "시"))
    return _without_honour(text)


def _from_yo(base: str) -> str:
    for ending, after in (
        ("이에", "이야"),
        ("이예", "이야"),
        ("아니에", "아니야"),
        ("예", "야"),
        ("거에", "거야"),
    ):
        if base.endswith(ending):
            return base.removesuffix(ending) + after
    if base.endswith("세") and len(base) > 1:
        return _from_stem(f"{base[:-1]}시")
    if base.endswith("셔") and len(base) > 1:
        return _from_stem(f"{base[:-1]}시")
    if "셨" in base:
        return _without_honour(base)
    if base.endswith("에") and final(base[:-1]) == "" and len(base) > 1:
        return f"{base[:-1]}야"
    if base.endswith(("시네", "시나", "시는데", "시더라고", "시지")):
        return _without_honour(base)
    return base


def _from_stem(stem: str) -> str:
    """The intimate form of a stem that may be honorific or the copula."""
    if stem == "이시" or stem.endswith("이시"):
        return f"{stem[:-1]}야"
    if stem.endswith("자시") and len(stem) > 2:
        return f"{stem[:-1]}야"
    if stem.endswith("시"):
        return intimate(plain(stem))
    if stem.endswith("이") and len(stem) > 1 and final(stem[:-1]):
        return f"{stem}야"
    return intimate(restored(stem))


def _honoured(stem: str) -> str:
    """A past stem without its honour: ``보셨`` → ``봤``."""
    return _without_honour(stem)


def _without_honour(text: str) -> str:
    """A word without -시- where it honours the person addressed."""
    place = text.find("셨")
    if place > 0:
        past = intimate(plain(f"{text[:place]}시"))
        parts = split(past[-1])
        return past[:-1] + join(parts[0], parts[1], "ㅆ") + text[place + 1 :] if parts else text
    for ending in (
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
    ):
        place = text.find(ending)
        if place > 0 and text[:place] not in _list("own_si"):
            stem = plain(f"{text[:place]}시")
            return (
                stem
                + (
                    "으"
                    if final(stem) not in ("", "ㄹ") and ending in ("시면", "시려면", "시려는", "시니")
                    else ""
                )
                + text[place + 1 :]
            )
    if (
        any(text.endswith(word) for word in _list("adnominal"))
        and text != "확실"
        and len(text) > 1
        and text not in ("사실", "자신")
    ):
        closing = final(text)
        stem = plain(f"{text[:-1]}시")
        if not final(stem):
            parts = split(stem[-1])
            return stem[:-1] + join(parts[0], parts[1], closing) if parts else text
        if final(stem) == "ㄹ":
            return without_final(stem)[:-1] + _closed(without_final(stem)[-1], closing)
        return f"{stem}{'은' if closing == 'ㄴ' else '을'}"
    return text


def _closed(syllable: str, closing: str) -> str:
    parts = split(syllable)
    return join(parts[0], parts[1], closing) if parts else syllable


def _formal(text: str, *, last: bool) -> str:
    """The polite form of an intimate word at the end of a clause; other words as they are."""
    if text in _list("not_final") or (len(text) < 2 and text not in ("해", "돼", "봐", "가", "줘", "써")):
        return text
    for ending, after in (
        ("이야", "이에요"),
        ("아니야", "아니에요"),
        ("거야", "거예요"),
        ("거니", "건가요"),
        ("야", "예요"),
        ("잖아", "잖아요"),
        ("겠다", "겠어요"),
    ):
        if text.endswith(ending):
            if ending == "야" and text.endswith(("해야", "어야", "아야", "래야")):
                return text
            return text.removesuffix(ending) + after
    if text.endswith("지") and text[-2] not in "까가마버는은을건던인된할될한":
        return f"{text[:-1]}죠"
    if text.endswith("줘"):
        return f"{text[:-1]}주세요"
    if text.endswith(("보내", "지내")):
        return f"{text}세요"
    if not last:
        return f"{text}요" if text.endswith(_COMMA_ENDINGS) else text
    return _closing(text)


def _closing(text: str) -> str:
    """The polite form of the last word of a sentence."""
    if text.endswith("구나"):
        return f"{text[:-2]}네요"
    if text.endswith(("니", "냐")) and len(text) > 1:
        return _asked(text[:-1])
    if text.endswith("렴"):
        return f"{intimate(text[:-1])}요"
    if text.endswith("자") and len(text) > 1 and text[-2] in "하보가먹":
        return f"{intimate(text[:-1])}요"
    if text == "별로다":
        return "별로예요"
    if text.endswith("다") and len(text) > 1:
        return _declared(text[:-1])
    parts = split(text[-1])
    if text.endswith(_OPEN_ENDINGS) or (parts and not parts[2] and parts[1] in "ㅏㅓㅐㅕㅘㅝㅙ"):
        return f"{text}요"
    return text


def _asked(stem: str) -> str:
    """``있니`` → ``있어요``; ``좋아하니`` → ``좋아해요``."""
    return f"{intimate(stem.removesuffix('으').removesuffix('느'))}요"


def _declared(stem: str) -> str:
    """``길다`` → ``길어요``, ``간다`` → ``가요``, ``먹는다`` → ``먹어요``."""
    if stem.endswith("는") and len(stem) > 1:
        stem = stem[:-1]
    elif final(stem) == "ㄴ":
        stem = without_final(stem)
    elif stem.endswith("이") and final(stem[:-1]):
        return f"{stem}에요"
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
