"""Vietnamese: quý vị and bạn, with the particles of respect."""

from __future__ import annotations

from functools import cache
from unicodedata import normalize

import regex

from tongli.generation.adapt.register.draft import Draft
from tongli.knowledge.register import table, words

_OPEN = r"(?:(?<=^|[.!?…\n(\"“]|[.!?…(\"“]\s)|(?<=[.!?…]\s\s))"
_GAP = r"\s{1,3}"
_ENDS = regex.compile(r"[.!?…\n]")
_BEFORE = 120
"""Code points before the end of a question in which its question word is looked for."""


def to_informal(draft: Draft) -> None:
    """Quý vị becomes bạn; particles of respect go, or give way to those among equals."""
    for match in _yes().finditer(draft.text):
        runs_on = draft.text.startswith(",", match.end())
        after = str(table("vi")["yes"]["runs_on" if runs_on else "informal"])
        draft.splice(*match.span(), _like(match[0], after), kind="particle")
    for match in _opening().finditer(draft.text):
        _drop_opening(draft, match)
    for match in _respect().finditer(draft.text):
        asks = draft.text.startswith("?", match.end()) and not _has_question_word(draft.text, match.start())
        draft.splice(*match.span(), " à" if asks and match["last"] else "", kind="particle")
    for match in _formal().finditer(draft.text):
        draft.splice(*match.span(), _like(match[0], str(table("vi")["informal"])), kind="pronoun")


def to_formal(draft: Draft) -> None:
    """Bạn becomes quý vị and the intimate I becomes tôi; questions to the person addressed end in ạ."""
    addressed: set[int] = set()
    for index, word in draft:
        if word.low in table("vi")["yes"]["formal"] and _opens(draft, index):
            draft.put(index, table("vi")["yes"]["formal"][word.low], kind="particle")
        elif word.low in words("vi")["casual_end"]:
            _casual_end(draft, index)
        elif word.low == "bọn" and draft.low(index + 1) == "mình":
            draft.put(index, "chúng tôi", last=index + 1, kind="pronoun")
        elif word.low in words("vi")["own"] or (word.low == "mình" and _is_speaker(draft, index)):
            draft.put(index, "tôi", kind="pronoun")
        elif _is_address(draft, index):
            first = draft.words[index - 1] if _is_plural(draft, index) else word
            formal = _like(first.text, str(table("vi")["formal"]))
            draft.splice(first.start, word.end, formal, kind="pronoun")
            addressed.add(draft.sentence(index).stop)
    for stop in sorted(addressed):
        _ask_with_respect(draft, stop)


def _is_speaker(draft: Draft, index: int) -> bool:
    """Whether "mình" is "I", not oneself."""
    before, after = draft.low(index - 1), draft.low(index + 1)
    if draft.opens_sentence(index):
        return True
    if draft.opens_clause(index):
        return False
    told = draft.low(index - 2) in words("vi")["tells"] or after in words("vi")["asked"]
    return before in words("vi")["clause_before"] or (before == "cho" and told)


def _opens(draft: Draft, index: int) -> bool:
    """Whether a sentence or a remark in brackets begins with a word."""
    return draft.opens_sentence(index) or "(" in draft.gap(index)


def _casual_end(draft: Draft, index: int) -> None:
    """À or hả at the end of a question, with or without bạn, becomes ạ."""
    last = index + 1 if _is_address(draft, index + 1) and draft.opens_clause(index + 2) else index
    ends = draft.opens_clause(last + 1) and not draft.opens_clause(index)
    if ends and ("?" in draft.gap(last + 1) or _is_address(draft, index - 1)):
        draft.put(index, "ạ", kind="particle", last=last)


def _ask_with_respect(draft: Draft, stop: int) -> None:
    """Ạ at the end of a question; one without its mark is known by its last word."""
    last = draft.words[stop - 1]
    is_question = "?" in draft.gap(stop) or last.low in words("vi")["question_end"]
    if is_question and last.low != "ạ" and not draft.changed(stop - 1) and not draft.changed(stop - 2):
        draft.splice(last.end, last.end, " ạ", kind="particle")


def _is_address(draft: Draft, index: int) -> bool:
    """Whether a word addresses the reader as an equal."""
    low = draft.low(index)
    before = "" if draft.opens_clause(index) else draft.low(index - 1)
    after = "" if draft.opens_clause(index + 1) else draft.low(index + 1)
    if low in table("vi")["informal_others"]:
        return {f"{before} _", f"_ {after}"}.isdisjoint(table("vi")["third_person"])
    if low != table("vi")["informal"]:
        return False
    if before in words("vi")["friend_before"] or after in words("vi")["friend_after"]:
        return False
    return after != "của" or draft.low(index + 2) not in words("vi")["owners"]


def _is_plural(draft: Draft, index: int) -> bool:
    """Whether "các" makes an address that of several people, which quý vị is without it."""
    return draft.low(index - 1) == "các" and not draft.opens_clause(index)


def _drop_opening(draft: Draft, match: regex.Match[str]) -> None:
    """A particle before the sentence goes; what follows takes its capital."""
    end = match.end()
    follows = _formal().match(draft.text, end)
    after = str(table("vi")["informal"]) if follows else draft.text[end : end + 1]
    if match[1][0].isupper():
        end = follows.end() if follows else end + 1
        draft.splice(match.start(1), end, after[:1].upper() + after[1:], kind="particle")
    else:
        draft.splice(match.start(1), end, "", kind="particle")


def _has_question_word(text: str, end: int) -> bool:
    """Whether the sentence before a point asks without a particle."""
    sentence = _ENDS.split(text[max(0, end - _BEFORE) : end])[-1]
    return not words("vi")["question"].isdisjoint(sentence.lower().split())


def _like(before: str, after: str) -> str:
    """With a capital where the words replaced had one."""
    return after.capitalize() if before[0].isupper() else after


@cache
def _forms() -> str:
    data = table("vi")
    phrases = {
        normalize(form, name) for form in ("NFC", "NFD") for name in (data["formal"], *data["variants"])
    }
    return "|".join(sorted(phrases))


@cache
def _formal() -> regex.Pattern[str]:
    return regex.compile(rf"\b(?:{_forms()})\b", regex.IGNORECASE)


@cache
def _yes() -> regex.Pattern[str]:
    """The respectful yes at the beginning of a sentence."""
    return regex.compile(
        rf"{_OPEN}(?:(?:dạ,?{_GAP})?vâng(?!{_GAP}lời)(?:{_GAP}ạ)?|dạ(?=\s?[.!])|dạ{_GAP}ạ)\b",
        regex.IGNORECASE,
    )


@cache
def _respect() -> regex.Pattern[str]:
    """A vocative or particle at the end of a clause, with the space before it."""
    called = rf"(?<=\b(?:{'|'.join(sorted(words('vi')['ending']))}){_GAP})(?:{_forms()})(?={_GAP}ạ)"
    vocative = rf"{_vocative()}|{called}"
    return regex.compile(
        rf"(?:,?{_GAP}(?:{vocative}|thưa))?\s{{0,3}}\b(?P<last>ạ)\b"
        rf"|,?{_GAP}(?:{vocative}|thưa(?=\s?[.?!,]|\s?$))\b",
        regex.IGNORECASE,
    )


@cache
def _opening() -> regex.Pattern[str]:
    """A particle or vocative at the beginning of a clause, or after an exclamation."""
    others, softened = ("|".join(sorted(words("vi")[name])) for name in ("not_respect_after", "after_xin"))
    return regex.compile(
        rf"(?:^|(?<=[.!?…,;:\n(\"“]\s{{0,2}})|(?<=\b(?:hmm|à|ồ|ôi|ơ)\s))"
        rf"((?:dạ|{_vocative()})(?:,?{_GAP}{_vocative()})?|(?:xin|kính)(?={_GAP}(?:{softened})\b))\b"
        rf"(?!{_GAP}(?:{others})\b),?{_GAP}",
        regex.IGNORECASE,
    )


def _vocative() -> str:
    return rf"(?:kính{_GAP})?thưa{_GAP}(?:{_forms()})"
