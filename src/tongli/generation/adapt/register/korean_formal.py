"""Korean: the intimate level becomes polite (-요), with -시- where a question is about the reader."""

from __future__ import annotations

from functools import cache

from tongli.generation.adapt.register.draft import Draft
from tongli.generation.adapt.register.korean_speech import (
    asks,
    asks_reader,
    ends_clause,
    ends_sentence,
    exclaimed,
    has_subject,
    honoured,
    is_intimate,
    is_laugh,
    keep_quotes,
    with_honour,
)
from tongli.generation.adapt.register.korean_verbs import final, intimate, split, without_final
from tongli.knowledge.register import table

_ENDING = ("고마워", "미안해", "뭐야", "어때", "뭔지")
_OURS = ("우리", "우리는", "우리가", "우리도", "우리를")
_COMMA_ENDINGS = ("어", "아", "해", "돼", "워", "봐", "래", "대", "같은데")
_OPEN_ENDINGS = ("네", "군", "데", "게", "까", "지", "걸", "든", "고", "서")
_OBLIGED = ("해야", "어야", "아야", "래야")


def to_formal(draft: Draft) -> None:
    """The intimate level becomes polite; quotations stay."""
    keep_quotes(draft)
    exclaims = is_intimate(draft)
    for index, word in draft:
        after = _whole_word(draft, index)
        if after is not None:
            draft.put(index, after, kind="pronoun")
        elif not is_laugh(word.text) and ends_clause(draft, index):
            after = _addressed(draft, index) or _at_end(draft, index, exclaims=exclaims)
            if after != word.text:
                draft.put(index, after, kind="level")


def _whole_word(draft: Draft, index: int) -> str | None:
    """The polite word for a pronoun, an answer or a greeting."""
    text = draft.words[index].text
    ends = ends_clause(draft, index)
    alone = ends and draft.opens_clause(index)
    if text == "안녕" and draft.opens_sentence(index):
        return "안녕하세요"
    if text in _OURS and draft.low(index + 1).startswith(tuple(_list("family"))):
        return f"저희{text[2:]}"
    if text == "본" and draft.low(index + 1) == "적" and asks_reader(draft, index + 2):
        return "보신"
    answers = {"응": alone, "아니": alone and draft.opens_sentence(index)}
    answers["어"] = answers["아니"] and ends_sentence(draft, index)
    is_four = text == "네" and draft.low(index + 1).startswith(tuple(_list("counters")))
    if is_four or text not in _words() or not answers.get(text, True) or (text in _ENDING and not ends):
        return None
    if text in ("너는", "넌") and ends and asks(draft, index):
        return "당신은요"
    return "네" if text == "네" and alone else _words()[text]


def _addressed(draft: Draft, index: int) -> str:
    """What is asked or wanted of the reader, with -시-; nothing for other words."""
    text = draft.words[index].text
    if not ends_sentence(draft, index):
        return ""
    if asks_reader(draft, index):
        if draft.low(index - 1).endswith("야"):
            return ""
        if text != "있어":
            return with_honour(text)
        owns = any(draft.low(place) in _list("possessing") for place in draft.sentence(index))
        return "있으세요" if owns or draft.low(index - 1) == "적" else ""
    return "" if asks(draft, index) else _requested(draft, index)


def _requested(draft: Draft, index: int) -> str:
    """A request in -어 봐 or -어 줘, with -시-; nothing for what is said of somebody."""
    text = draft.words[index].text
    others = [draft.words[place].text for place in draft.clause(index) if place != index]
    if has_subject(others):
        return ""
    if text.endswith("줘"):
        has_topic = any(len(word) > 1 and word.endswith(("은", "는")) for word in others)
        return "" if has_topic else f"{text[:-1]}주세요"
    verb = text[:-1] or draft.low(index - 1)
    is_tried = text.endswith("봐") and (len(text) > 1 or len(verb) > 1) and final(verb) == ""
    return f"{text[:-1]}보세요" if is_tried else ""


def _at_end(draft: Draft, index: int, *, exclaims: bool) -> str:
    """The polite form of the word that ends a clause."""
    text = draft.words[index].text
    last = ends_sentence(draft, index)
    if text.endswith(("니다", "니까", "시오")) and final(text[:-2]) == "ㅂ":
        return text
    if asks(draft, index) and len(text) > 1 and text.endswith(("은", "는", "건데")):
        return f"{text}요"
    if (
        last
        and exclaims
        and text.endswith("다")
        and final(text[:-1]) != "ㅆ"
        and text not in _list("not_final")
    ):
        return str(table("ko")["copula"]["formal"].get(text, exclaimed(text[:-1])))
    if text == "걸" and final(draft.low(index - 1)) == "ㄹ":
        return "걸요"
    return _formal(text, last=last) if last or exclaims else text


def _formal(text: str, *, last: bool) -> str:
    """The polite form of an intimate word at the end of a clause; other words as they are."""
    if text in _list("not_final") or (len(text) < 2 and text not in _list("short")):
        return text
    for ending, after in table("ko")["copula"]["formal"].items():
        if text.endswith(ending) and (last or not text.endswith(_OBLIGED)):
            return text.removesuffix(ending) + str(after)
    if text.endswith("지") and text[-2] not in _list("before_ji"):
        return f"{text[:-1]}죠"
    if text.endswith("셔") and len(text) > 1:
        return f"{text[:-1]}세요"
    return _closing(text) if last else f"{text}요" if _goes_with_yo(text) else text


def _goes_with_yo(text: str) -> bool:
    """Whether a word before a comma ends a clause that could stand alone."""
    if text.endswith("네"):
        return not text.endswith(tuple(_list("nouns_in_ne")))
    promises = text.endswith(("게", "래")) and final(text[:-1]) == "ㄹ"
    return promises or text.endswith(_COMMA_ENDINGS)


def _closing(text: str) -> str:
    """The polite form of the last word of a sentence."""
    head, ending = text[:-1], text[-1]
    if head and ending in "니냐다":
        return (
            _declared(head) if ending == "다" else f"{intimate(head.removesuffix('으').removesuffix('느'))}요"
        )
    urged = _urged(head, ending) if head else ""
    if urged:
        return urged
    parts = split(ending)
    is_open = parts is not None and not parts[2] and parts[1] in "ㅏㅓㅐㅕㅘㅝㅙ"
    return f"{text}요" if is_open or text.endswith(_OPEN_ENDINGS) else text


def _urged(head: str, ending: str) -> str:
    """``가렴`` → ``가세요``, ``가자`` → ``가죠``, ``하더라`` → ``하더라고요``; nothing for others."""
    if ending == "렴":
        return honoured(head.removesuffix("으"))
    if ending == "자" and head[-1] in "하보가먹":
        return f"{head}죠"
    if ending == "라" and head.endswith("더"):
        return f"{head}라고요"
    if ending == "라" and head[-1] in "아어해봐와":
        return with_honour(head) or f"{head}요"
    return ""


def _declared(stem: str) -> str:
    """``길다`` → ``길어요``, ``간다`` → ``가요``, ``먹는다`` → ``먹어요``, ``최초다`` → ``최초예요``."""
    parts = split(stem[-1])
    if parts is not None and not parts[2] and parts[1] in "ㅗㅛㅠ" and stem[-1] not in "오보쏘꼬고":
        return f"{stem}예요"
    if stem.endswith("이") and final(stem[:-1]):
        return f"{stem}에요"
    if stem.endswith("는") and len(stem) > 1:
        stem = stem[:-1]
    elif final(stem) == "ㄴ":
        stem = without_final(stem)
    return f"{intimate(stem)}요"


@cache
def _words() -> dict[str, str]:
    data = table("ko")
    return {**{after: before for before, after in reversed(data["words"].items())}, **data["to_formal"]}


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(table("ko")["lists"][name].split())
