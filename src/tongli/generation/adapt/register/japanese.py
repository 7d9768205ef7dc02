"""Japanese: です・ます and the plain form, where a clause ends."""

from __future__ import annotations

from collections.abc import Mapping

import regex

from tongli.generation.adapt.register.draft import Draft
from tongli.generation.adapt.register.japanese_endings import listed, shared
from tongli.generation.adapt.register.japanese_formal import rewrite
from tongli.generation.adapt.register.japanese_verbs import plain, potential
from tongli.knowledge.register import table

_RUN = r"[\p{Han}々\p{Hiragana}\p{Katakana}ー]"
_MASU = regex.compile(
    rf"({_RUN}{{1,40}}?)(ませんでした|ましたら|ません|ました|まして|ましょう|(?<!ます)ます(?!よう|ます))(か(?=[？?。\n」]|$))?"
)
_DESU = regex.compile(r"(です(?!でに|ぐに|ごく|べて|ばや)|でしょうか)(か(?=[？?。、\n」]|$))?")
_CAN = regex.compile(r"お(\p{Han}\p{Hiragana}{0,2}[いきしちにびみりえけせてねべめれ])でき(?=[てたる])")
_PLEASE = regex.compile(
    r"(?:お(?!願い)(?P<verb>\p{Han}[\p{Han}\p{Hiragana}]{0,3}[いきしちにびみりえけせてねべめれ])|ご(?P<noun>\p{Han}{2}))"
    r"(?:ください|下さい)(?:ませ)?(?=[。！!？?、よね\n」]|\s|$)"
)
_ASKED = regex.compile(r"(?:何|誰|どこ|いつ|どう|どんな|どの|どれ|なぜ)[^。！？!?、\n]*$")
_QUESTION = regex.compile(r"\s*[？?]")
_QUOTE = regex.compile(r"「[^「」]{0,200}」|『[^『』]{0,200}』")


def to_informal(draft: Draft) -> None:
    """です・ます becomes plain."""
    text = draft.text
    _keep_quotes(draft)
    _phrases(draft, table("ja")["phrases"])
    for match in regex.finditer(r"(て|で)(ください|下さい)(?=[。！!？?、よね\n」]|\s|$)", text):
        draft.splice(match.start(2), match.end(2), "", kind="level")
    _phrases(draft, table("ja")["honorific"])
    for match in _PLEASE.finditer(text):
        te = plain(match["verb"]).te if match["verb"] else f"{match['noun']}して"
        draft.splice(match.start(), match.end(), te, kind="level")
    for match in _CAN.finditer(text):
        draft.splice(match.start(), match.end(), potential(match[1]), kind="level")
    for match in _MASU.finditer(text):
        _verb(draft, match)
    _phrases(draft, table("ja")["copula"])
    for match in _DESU.finditer(text):
        _copula(draft, match)


def to_formal(draft: Draft) -> None:
    """Plain predicates at the end of a clause become です・ます."""
    _keep_quotes(draft)
    rewrite(draft)


def _keep_quotes(draft: Draft) -> None:
    """What others are quoted with stays as they said it; a text that is one quotation is no quotation."""
    for match in _QUOTE.finditer(draft.text):
        if draft.text.strip() != match[0]:
            draft.keep(match.start(), match.end())


def _phrases(draft: Draft, phrases: Mapping[str, str]) -> None:
    """Fixed phrases, the longest first."""
    for formal, informal in sorted(phrases.items(), key=lambda pair: -len(pair[0])):
        for match in regex.finditer(regex.escape(formal), draft.text):
            _phrase(draft, match.start(), match.end(), informal)


def _phrase(draft: Draft, start: int, end: int, informal: str) -> None:
    """A fixed phrase, with か after it gone where the plain form asks without it."""
    if draft.text.startswith("か", end) and regex.match(r"か\s*[？?]", draft.text[end : end + 4]):
        end += 1
        informal = "" if informal == "だ" else informal
    draft.splice(start, end, informal, kind="level")


def _verb(draft: Draft, match: regex.Match[str]) -> None:
    stem = match[1][-8:]
    if stem.endswith("うござい"):
        return
    start = match.end(1) - len(stem)
    forms = plain(stem)
    after = {
        "ます": forms.dictionary,
        "ました": forms.past,
        "ません": f"{forms.negative}い",
        "ませんでした": f"{forms.negative}かった",
        "ましょう": forms.volitional,
        "まして": forms.te,
        "ましたら": f"{forms.past}ら",
    }[match[2]]
    if match[2] == "ましょう":
        after += match[3] or ""
    elif match[3] and not _QUESTION.match(draft.text, match.end()):
        after += "の" if _ASKED.search(match.string[max(0, start - 40) : match.end(1)]) else "かい"
    same = shared(stem, after)
    draft.splice(start + same, match.end(), after[same:], kind="level")


def _copula(draft: Draft, match: regex.Match[str]) -> None:
    """です after an adjective goes, after anything else it is だ; か goes with it in a question."""
    if match[1] == "でしょうか":
        return
    start, end = match.span()
    before = draft.text[max(0, start - 8) : start]
    if match[2] is None:
        after = "な" if draft.text.startswith("ので", end) else "だ"
        draft.splice(start, end, "" if _is_adjective(before) else after, kind="level")
    elif before.endswith("ん"):
        draft.splice(start - 1, end, "の", kind="level")
    else:
        understood = before.endswith("そう") and not _QUESTION.match(draft.text, end)
        draft.splice(start, end, "か" if understood else "", kind="level")


def _is_adjective(before: str) -> bool:
    """Whether what stands before です is an adjective, or a verb, in its plain form."""
    if before.endswith("い"):
        return not before.endswith(listed("not_adjectives"))
    return before.endswith(listed("plain_before_desu")) and not before.endswith(listed("nouns_like_verbs"))
