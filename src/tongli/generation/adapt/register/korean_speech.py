"""Korean: where a clause ends, whose words it is, and whether it speaks to the reader."""

from __future__ import annotations

import regex

from tongli.generation.adapt.register.draft import Draft
from tongli.generation.adapt.register.korean_verbs import final, intimate, split, without_final
from tongli.knowledge.register import table

_LAUGH = regex.compile(r"[ㅋㅎㅠㅜ]+")
_QUOTE = regex.compile(
    r"(?:'[^'\n]{1,200}'|‘[^’\n]{1,200}’|\"[^\"\n]{1,200}\"|“[^”\n]{1,200}”|「[^」\n]{1,200}」)"
    r"(?=(?:이?라[고는며]|하[고며는]|고|는)(?![가-힣]*요))"
)
_SAID = regex.compile(r"이러(?:면|고|는|면서|니까|더라|길래)|이래요?|이랬(?:어요?|다|습니다)|라[고며](?:는)?")
_SAID_AFTER_QUESTION = regex.compile(r"하[고는며]")
_INTIMATE_ENDS = ("지", "네", "니", "까", "데", "게", "걸", "든")
_OPEN_VOWELS = frozenset("ㅏㅓㅐㅑㅕㅘㅝㅙ")


def keep_quotes(draft: Draft) -> None:
    """What somebody is quoted with stays: between quotation marks, or before "이러면" and the like."""
    for match in _QUOTE.finditer(draft.text):
        draft.keep(*match.span())
    for index, word in draft:
        gap = word.gap.strip()
        asked = gap.endswith(("?", "!")) and _SAID_AFTER_QUESTION.fullmatch(word.text)
        if index and (asked or (gap.endswith((",", "?", "!")) and _SAID.fullmatch(word.text))):
            first = draft.clause(index - 1)[0]
            draft.keep(draft.words[first].start, draft.words[index - 1].end)


def is_laugh(text: str) -> bool:
    """Whether a word only laughs or weeps, as ㅋㅋ and ㅠㅠ do."""
    return bool(_LAUGH.fullmatch(text))


def ends_clause(draft: Draft, index: int) -> bool:
    """Whether punctuation, laughter, or nothing follows a word."""
    return draft.opens_clause(index + 1) or is_laugh(draft.low(index + 1))


def ends_sentence(draft: Draft, index: int) -> bool:
    """Whether a sentence ends after a word; laughter ends one."""
    following = index + 1
    if following >= len(draft.words) or draft.opens_sentence(following):
        return True
    return is_laugh(draft.low(following))


def asks(draft: Draft, index: int) -> bool:
    """Whether a question mark follows the word."""
    return "?" in draft.gap(index + 1)


def is_intimate(draft: Draft) -> bool:
    """Whether sentences end as among friends, so that -다 is an exclamation and no written style."""
    return any(_is_intimate(word.text) and ends_sentence(draft, index) for index, word in draft)


def _is_intimate(text: str) -> bool:
    parts = split(text[-1])
    is_open = parts is not None and not parts[2] and parts[1] in _OPEN_VOWELS and text[-1] != "다"
    return is_open or text.endswith(_INTIMATE_ENDS)


def asks_reader(draft: Draft, index: int) -> bool:
    """Whether a word ends a question whose unsaid or said subject is the reader."""
    if not asks(draft, index):
        return False
    others = [draft.words[place].text for place in draft.clause(index) if place != index]
    addressed = any(word in table("ko")["lists"]["reader"].split() for word in others)
    return addressed or not has_subject(others)


def has_subject(others: list[str]) -> bool:
    """Whether words of a clause name somebody or something else that it is about."""
    return any(_is_somebody(word) for word in others)


def _is_somebody(word: str) -> bool:
    """Whether a word is or may be the subject of a clause about somebody else."""
    lists = table("ko")["lists"]
    if word in lists["speaker"].split():
        return True
    if word in lists["no_subject"].split() or word.endswith(("에는", "에서는", "에선", "엔")):
        return False
    is_person = word.startswith(tuple(lists["people"].split())) and word.endswith(("은", "는", "도"))
    return is_person or (len(word) > 1 and word.endswith(("이", "가")))


def respects_somebody(draft: Draft, index: int) -> bool:
    """Whether the sentence of a word honours somebody by title, as in 어머님은 or 선생님께서."""
    return any(
        len(word) > 2 and word.endswith(("님은", "님이", "님도", "님께서", "께서", "께서는"))
        for word in (draft.words[place].text for place in draft.sentence(index))
    )


def honoured(stem: str) -> str:
    """The polite form of a stem with -시-: ``하`` → ``하세요``, ``읽`` → ``읽으세요``."""
    special = table("ko")["honoured"].get(stem)
    if special:
        return str(special)
    closing = final(stem)
    if closing == "ㄹ":
        return f"{without_final(stem)}세요"
    if closing == "ㄷ":
        return f"{intimate(stem)[:-1]}으세요"
    return f"{stem}으세요" if closing else f"{stem}세요"


def with_honour(text: str) -> str:
    """The polite question with -시- to an intimate verb whose subject is a person; nothing for others."""
    for stem in table("ko")["lists"]["personal"].split():
        if text == intimate(stem):
            return honoured(stem)
    if text.endswith("해") and len(text) > 1 and text[:-1] in table("ko")["lists"]["personal_hada"].split():
        return f"{text[:-1]}하세요"
    return ""


def exclaimed(head: str) -> str:
    """An exclamation in -다 with -네요: ``길`` → ``기네요``, ``간`` → ``가네요``, ``먹는`` → ``먹네요``."""
    if head.endswith("는") and len(head) > 1:
        head = head[:-1]
    elif final(head) in ("ㄴ", "ㄹ"):
        head = without_final(head)
    return f"{head}네요"
