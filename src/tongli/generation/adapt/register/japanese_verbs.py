"""Japanese verbs: the plain forms of a polite verb, and the polite stem of a plain one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from tongli.knowledge.register import table

_ROWS = (
    "わいうえお",
    "かきくけこ",
    "がぎぐげご",
    "さしすせそ",
    "たちつてと",
    "なにぬねの",
    "ばびぶべぼ",
    "まみむめも",
    "らりるれろ",
)
_E_ROW = "えけげせぜてでねへべぺめれ"
_PAST = {
    "い": "った",
    "ち": "った",
    "り": "った",
    "き": "いた",
    "ぎ": "いだ",
    "し": "した",
    "に": "んだ",
    "び": "んだ",
    "み": "んだ",
}
_KANJI = regex.compile(r"\p{Han}|々")
_KATAKANA = regex.compile(r"[\p{Katakana}ーA-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Plain:
    """Plain forms of a verb: dictionary form, negative without い, past, volitional, and the -て form."""

    dictionary: str
    negative: str
    past: str
    volitional: str

    @property
    def te(self) -> str:
        """The form in て or で."""
        return self.past[:-1] + ("て" if self.past.endswith("た") else "で")


def plain(stem: str) -> Plain:
    """Plain forms of a verb with a polite stem: ``思い`` → ``思う``, ``見`` → ``見る``, ``勉強し`` → ``勉強する``."""
    for honorific, verb in table("ja")["verbs"].items():
        if stem.endswith(honorific):
            head = stem.removesuffix(honorific)
            if honorific == "おり" and not (head == "" or head[-1] in "てではがもに"):
                continue
            forms = plain_of(verb)
            return Plain(
                *(head + form for form in (forms.dictionary, forms.negative, forms.past, forms.volitional))
            )
    if stem.endswith(("来", "て来", "てき", "できて来")) and (stem.endswith("来") or stem.endswith("てき")):
        head, verb = stem[:-1], stem[-1]
        kana = verb == "き"
        return Plain(
            head + ("くる" if kana else "来る"),
            head + ("こな" if kana else "来な"),
            stem + "た",
            head + ("こよう" if kana else "来よう"),
        )
    if stem.endswith("し") and _is_suru(stem):
        head = stem[:-1]
        return Plain(f"{head}する", f"{head}しな", f"{head}した", f"{head}しよう")
    if _is_ichidan(stem):
        return Plain(f"{stem}る", f"{stem}な", f"{stem}た", f"{stem}よう")
    if stem.endswith("あり") and not stem.endswith("かあり"):
        head = stem[:-2]
        return Plain(f"{head}ある", f"{head}な", f"{head}あった", f"{head}あろう")
    return _godan(stem)


def plain_of(dictionary: str) -> Plain:
    """Plain forms of a verb in its dictionary form."""
    return plain(polite_stem(dictionary))


def polite_stem(dictionary: str) -> str:
    """The stem before ます of a verb in its dictionary form: ``思う`` → ``思い``; empty for no verb."""
    if dictionary.endswith("する"):
        return f"{dictionary[:-2]}し"
    if dictionary.endswith(("くる", "来る")) and (
        dictionary.endswith("来る") or dictionary in ("くる",) or dictionary.endswith(("てくる", "でくる"))
    ):
        return dictionary[:-2] + ("来" if dictionary.endswith("来る") else "き")
    if dictionary.endswith("る") and _drops_ru(dictionary[:-1]):
        return dictionary[:-1]
    for row in _ROWS:
        if dictionary.endswith(row[2]):
            return dictionary[:-1] + row[1]
    return ""


def past_stem(past: str) -> str:
    """The stem before ます of a verb in its plain past: ``思った`` → ``思い``, ``見た`` → ``見``; empty for no verb."""
    head = past[:-2]
    if past.endswith("った"):
        if head.endswith(("いい", "とい")) or head == "い":
            return ""
        if head.endswith(("行", "い")) and (
            head.endswith("行") or head == "い" or head.endswith(("ていい", "てい"))
        ):
            return f"{head}き"
        for ending, name in (("い", "u_past"), ("ち", "tsu_past")):
            if any(head.endswith(stem) for stem in _list(name)):
                return head + ending
        return f"{head}り"
    if past.endswith("いた"):
        return f"{head}い" if head == "" or head[-1] in "てではがもに、" else f"{head}き"
    if past.endswith("いだ"):
        return f"{head}ぎ"
    if past.endswith("んだ"):
        if any(head.endswith(stem) for stem in _list("bu_past")):
            return f"{head}び"
        return head + ("に" if head.endswith("死") else "み")
    if past.endswith("た") and len(past) > 1:
        return past[:-1]
    return ""


def _godan(stem: str) -> Plain:
    """A verb that changes its row."""
    row = next((row for row in _ROWS if stem.endswith(row[1])), None)
    if row is None:
        return Plain(f"{stem}る", f"{stem}な", f"{stem}た", f"{stem}よう")
    head = stem[:-1]
    past = "った" if stem.endswith(("行き", "てい_き")) else _PAST[row[1]]
    return Plain(head + row[2], f"{head}{row[0]}な", head + past, f"{head}{row[4]}う")


def _is_suru(stem: str) -> bool:
    """Whether a stem in し belongs to する."""
    head = stem[:-1]
    if any(head.endswith(before) for before in _list("su")) and not _follows_kanji(head):
        return False
    if head == "" or _KATAKANA.match(head[-1]):
        return True
    if _KANJI.match(head[-1]):
        return len(head) > 1 and bool(_KANJI.match(head[-2])) or head[-1] not in _list("su")
    return head[-1] in "をがはもとにくで、たりっうん」っ" or head.endswith(("お", "ご"))


def _follows_kanji(head: str) -> bool:
    """Whether the last character is the second kanji of a noun, as in 返信する beside 返す."""
    return len(head) > 1 and bool(_KANJI.match(head[-1])) and bool(_KANJI.match(head[-2]))


def _is_ichidan(stem: str) -> bool:
    """Whether a polite stem adds る."""
    if stem[-1:] in _E_ROW and stem[-1:]:
        return True
    if stem.endswith("い"):
        return (
            stem == "い"
            or stem[-2] in "てでがはもに、。人者」ってんか"
            or stem.endswith(("用い", "率い", "老い", "悔い"))
        )
    if stem.endswith("み") and stem[-2:-1] in "てで":
        return True
    if _KANJI.match(stem[-1:]):
        return True
    if stem.endswith("でき"):
        return True
    return any(len(known) > 1 and stem.endswith(known) for known in _list("ichidan"))


def _drops_ru(head: str) -> bool:
    """Whether a verb in る loses it before ます."""
    if not head:
        return False
    if any(head.endswith(known) for known in _list("godan_ru")):
        return False
    if head[-1] in _list("ichidan_kanji"):
        return True
    if head[-1] in _E_ROW:
        return True
    if head[-1] == "い":
        return True
    return (
        head.endswith("でき")
        or (
            head[-1] in "きぎしじちにびみり"
            and any(head.endswith(known) for known in _list("ichidan") if len(known) > 1)
        )
        or head[-2:] in ("てみ", "でみ")
    )


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(word for word in table("ja")["lists"][name].split() if "_" not in word)
