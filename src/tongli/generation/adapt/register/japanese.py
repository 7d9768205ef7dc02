"""Japanese: です・ます and the plain form, where a clause ends."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import regex

from tongli.generation.adapt.register.draft import Draft
from tongli.generation.adapt.register.japanese_verbs import past_stem, plain, polite_stem
from tongli.knowledge.register import table

_RUN = r"[\p{Han}々\p{Hiragana}\p{Katakana}ー]"
_MASU = regex.compile(
    rf"({_RUN}+?)(ませんでした|ましたら|ません|ました|まして|ましょう|ます)(か(?=[？?。\n」]|$))?"
)
_DESU = regex.compile(r"(です|でしょうか)(か(?=[？?。、\n」]|$))?")
_VOLITIONAL = {
    "行こう": "行きましょう",
    "いこう": "いきましょう",
    "おこう": "おきましょう",
    "やろう": "やりましょう",
    "頑張ろう": "頑張りましょう",
}
_QUESTION = regex.compile(r"\s*[？?]")
_FINAL = regex.compile(
    rf"({_RUN}+?)(でしょ|のか|の|よね|よ|ね|わ|かな|が|けど|けれど|けれども)?(?=[。！？!?…\n」]|\s*$|、(?!と))"
)


def to_informal(draft: Draft) -> None:
    """です・ます becomes plain."""
    text = draft.text
    _phrases(draft, table("ja")["phrases"])
    for match in regex.finditer(r"(て|で)(ください|下さい)(?=[。！!？?、よね\n」]|\s|$)", text):
        draft.splice(match.start(2), match.end(2), "", kind="level")
    for match in _MASU.finditer(text):
        _verb(draft, match)
    _phrases(draft, table("ja")["copula"])
    for match in _DESU.finditer(text):
        _copula(draft, match)


def to_formal(draft: Draft) -> None:
    """Plain predicates at the end of a clause become です・ます."""
    text = draft.text
    back = {
        "ありがとう": "ありがとうございます",
        "おはよう": "おはようございます",
        "おめでとう": "おめでとうございます",
        "ごめん": "ごめんなさい",
    }
    for informal, formal in back.items():
        for match in regex.finditer(rf"{informal}(?!ござ|なさ)(?=[。！!、\n]|\s|$)", text):
            draft.splice(match.start(), match.end(), formal, kind="level")
    for match in _FINAL.finditer(text):
        _predicate_at(draft, match)


def _phrases(draft: Draft, phrases: Mapping[str, str]) -> None:
    """Fixed phrases, the longest first."""
    for formal, informal in sorted(phrases.items(), key=lambda pair: -len(pair[0])):
        for match in regex.finditer(regex.escape(formal), draft.text):
            _phrase(draft, match.start(), match.end(), informal)


def _phrase(draft: Draft, start: int, end: int, informal: str) -> None:
    """A fixed phrase, with か after it gone where the plain form asks without it."""
    if draft.text.startswith("か", end) and regex.match(r"か\s*[？?]", draft.text[end : end + 4]):
        end += 1
    draft.splice(start, end, informal, kind="level")


def _verb(draft: Draft, match: regex.Match[str]) -> None:
    stem = _last_verb(match[1])
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
    same = 0
    while same < min(len(stem), len(after)) and stem[same] == after[same]:
        same += 1
    draft.splice(start + same, match.end(), after[same:], kind="level")


def _last_verb(run: str) -> str:
    """The end of a run of characters, long enough to know its verb."""
    return run[-8:]


def _copula(draft: Draft, match: regex.Match[str]) -> None:
    """です after an adjective goes, after anything else it is だ; か goes with it in a question."""
    before = draft.text[max(0, match.start() - 8) : match.start()]
    asks = match[2] is not None
    if match[1] == "でしょうか":
        return
    if asks and before.endswith("ん"):
        draft.splice(match.start() - 1, match.end(), "の", kind="level")
        return
    if asks and not before.endswith(("ん", "の")):
        after = (
            ""
            if _QUESTION.match(draft.text, match.end())
            or draft.text[match.end() : match.end() + 1] in ("", "、", "。")
            else "か"
        )
    elif asks:
        after = ""
    elif _is_adjective(before) or before.endswith(("から_",)):
        after = ""
    elif draft.text.startswith("ので", match.end()):
        after = "な"
    else:
        after = "だ"
    draft.splice(match.start(), match.end(), after, kind="level")


def _is_adjective(before: str) -> bool:
    """Whether what stands before です is an adjective, or a verb, in its plain form."""
    if before.endswith(("かった", "なかった", "ない", "たい")) and not before.endswith("みたい"):
        return True
    if before.endswith(("た", "る", "う", "く")) and not before.endswith(
        (
            "そう",
            "よう",
            "ほう",
            "方",
            "どう",
            "こう",
            "とう",
            "もう",
            "ふう",
            "うた",
            "かた",
            "あなた",
            "また",
            "はた",
            "ふた",
            "した_",
            "おく",
            "近く",
            "多く",
            "遠く",
            "いく",
            "よく",
            "すごく",
            "ぼく",
            "はる",
            "いる_",
        )
    ):
        return before.endswith(("した", "いた", "った", "んだ", "れた", "えた", "めた", "けた", "る"))
    return before.endswith("い") and not any(before.endswith(word) for word in _list("not_adjectives"))


def _predicate_at(draft: Draft, match: regex.Match[str]) -> None:
    """One predicate with the particle that ends its clause."""
    run, particle = match[1], match[2] or ""
    asks = bool(_QUESTION.match(draft.text, match.end()))
    found = _polite(run)
    if found is None:
        if run.endswith(
            ("って", "んで", "けて", "えて", "して", "れて", "いて", "せて", "めて")
        ) and draft.text.startswith("。", match.end()):
            draft.splice(match.end(), match.end(), "ください", kind="level")
        if particle == "かな":
            draft.splice(match.start(2), match.end(), "でしょうか", kind="level")
        elif asks and not particle and _is_nominal(run):
            draft.splice(match.end(), match.end(), "ですか", kind="level")
        return
    cut, after = found
    tail = {
        "の": "か" if asks else "",
        "のか": "か",
        "かな": "かね",
        "": "か" if asks else "",
        "わ": "",
        "でしょ": "よね",
    }.get(particle, particle)
    draft.splice(match.start(1) + cut, match.end(), after + tail, kind="level")


def _is_nominal(run: str) -> bool:
    """Whether a run ends in a noun or a question word, so that です can follow."""
    return run.endswith(("何", "どう", "いつ", "どこ", "誰", "だれ", "なに", "なの", "いくら")) or bool(
        regex.search(r"[\p{Katakana}ー]$", run)
    )


def _polite(run: str) -> tuple[int, str] | None:
    """Where the plain ending of a run begins, and the polite one; nothing where it is polite or no predicate."""
    if run.endswith(
        (
            "ます",
            "です",
            "ました",
            "でした",
            "ません",
            "ましょう",
            "でしょう",
            "ください",
            "ございます",
            "なさい",
        )
    ):
        return None
    size = len(run)
    for ending, after in (
        ("だった", "でした"),
        ("だろう", "でしょう"),
        ("のだ", "のです"),
        ("んだ", "んです" if _explains(run) else ""),
        ("ではなかった", "ではありませんでした"),
        ("じゃなかった", "じゃありませんでした"),
        ("ではない", "ではありません"),
        ("じゃない", "じゃありません"),
        ("くなかった", "くありませんでした"),
        ("くない", "くありません"),
        ("かもしれない", "かもしれません"),
    ):
        if run.endswith(ending) and after:
            return size - len(ending), after
    if run.endswith("なかった"):
        return _negative(run.removesuffix("なかった"), "ませんでした", size)
    if run.endswith("ない"):
        return _negative(run.removesuffix("ない"), "ません", size)
    for ending, after in _VOLITIONAL.items():
        if run.endswith(ending):
            return size - len(ending), after
    if (
        run.endswith("よう")
        and len(run) > 2
        and run.endswith(
            ("しよう", "てみよう", "えよう", "べよう", "めよう", "けよう", "れよう", "ねよう", "見よう")
        )
    ):
        return size - 2, "ましょう"
    return _predicate(run, size)


def _predicate(run: str, size: int) -> tuple[int, str] | None:
    if run in ("だ", "た"):
        return None
    if run.endswith("みたいだ"):
        return size - 1, "です"
    swims = run.endswith("いだ") and any(run.endswith(f"{stem}いだ") for stem in _list("gu_past"))
    if run.endswith("だ") and not run.endswith(("んだ", "まだ", "ただ")) and not swims:
        return size - 1, "です"
    if run.endswith("かかった") and not run.endswith(
        ("暖かかった", "温かかった", "あたたかかった", "柔らかかった", "細かかった")
    ):
        return size - 2, "りました"
    if run.endswith(("かった", "たい")) and not run.endswith(
        (
            "わかった",
            "分かった",
            "助かった",
            "見つかった",
            "向かった",
            "みつかった",
            "授かった",
            "預かった",
            "みたい",
        )
    ):
        return size, "です"
    if run.endswith(("た", "んだ", "いだ")):
        stem = past_stem(run[-8:])
        return (
            _joined(run[-8:], stem, "ました", size)
            if stem and not run.endswith(("あなた", "また", "ふた", "かた", "うた", "まだ"))
            else None
        )
    if run.endswith("い"):
        noun = any(run.endswith(word) for word in _list("not_adjectives"))
        return (
            None
            if noun or len(run) < 2 or run.endswith(("はい", "らい", "さい", "ばい", "せい", "だい"))
            else (size, "です")
        )
    if run[-1] in "うくぐすつぬぶむる" and not run.endswith(
        (
            "そう",
            "よう",
            "どう",
            "とう",
            "もう",
            "ほう",
            "よく",
            "すごく",
            "近く",
            "多く",
            "なく",
            "しく",
            "きく",
            "たく",
            "長く",
            "早く",
            "高く",
            "深く",
            "良く",
            "まず",
            "です",
            "ます",
        )
    ):
        stem = polite_stem(run[-8:])
        return _joined(run[-8:], stem, "ます", size) if stem else None
    return None


def _negative(head: str, ending: str, size: int) -> tuple[int, str]:
    """The polite negative: ``わからない`` → ``わかりません``, ``ない`` → ``ありません``."""
    tail = head[-8:]
    if not tail or tail[-1] in "はがもにのと、":
        return len(head), f"あり{ending}"
    if tail.endswith("し"):
        return len(head), ending
    for row in ("わい", "かき", "がぎ", "さし", "たち", "なに", "ばび", "まみ", "らり"):
        if tail.endswith(row[0]) and len(tail) > 1:
            return len(head) - 1, row[1] + ending
    if tail.endswith("こ"):
        return len(head) - 1, f"き{ending}"
    if tail[-1] in "えけげせてでねべめれいきじちにびみり見来出寝着得":
        return len(head), ending
    return len(head), f"あり{ending}"


def _explains(run: str) -> bool:
    """Whether んだ explains, after a plain predicate, and is no past."""
    before = run[:-2]
    return before.endswith(("い", "た", "る", "な", "う", "く", "す", "つ", "ぶ", "む", "だ"))


def _joined(plain_form: str, stem: str, ending: str, size: int) -> tuple[int, str]:
    """The change with what both forms share left alone."""
    same = 0
    while same < min(len(stem), len(plain_form)) and stem[same] == plain_form[same]:
        same += 1
    return size - len(plain_form) + same, stem[same:] + ending


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(word for word in table("ja")["lists"][name].split() if "_" not in word)
