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
_BEFORE_IRU = "てでがはもに、。人者」んか"
_BEFORE_SURU = "をがはもとにくで、たりっうん」おごい"
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
_FRAMED = regex.compile(
    r"お(?!願い)(\p{Han}\p{Hiragana}{0,2}[いきしちにびみりえけせてねべめれ])(し|いたし|でき|になり)$"
)
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
    """Plain forms of a verb by its polite stem: ``思い`` → ``思う``, ``返信し`` → ``返信する``."""
    humble = _plain_of_honorific(stem)
    if humble is not None:
        return humble
    head = stem[:-1]
    if stem.endswith(("来", "てき")):
        base = "く" if stem.endswith("き") else "来"
        negative = "こ" if stem.endswith("き") else "来"
        return Plain(f"{head}{base}る", f"{head}{negative}な", f"{stem}た", f"{head}{negative}よう")
    if stem.endswith("し") and _is_suru(stem):
        return Plain(f"{head}する", f"{head}しな", f"{head}した", f"{head}しよう")
    if _is_ichidan(stem):
        return Plain(f"{stem}る", f"{stem}な", f"{stem}た", f"{stem}よう")
    if stem.endswith("あり") and not stem.endswith("かあり"):
        return Plain(f"{head}る", f"{head[:-1]}な", f"{head}った", f"{head}ろう")
    return _godan(stem)


def _plain_of_honorific(stem: str) -> Plain | None:
    """Plain forms of an honorific or humble verb: ``いらっしゃい`` → ``いる``, ``お待ちし`` → ``待つ``."""
    framed = _FRAMED.search(stem)
    if framed:
        return _joined(
            stem[: framed.start()], plain(framed[1] if framed[2] != "でき" else potential(framed[1]))
        )
    for honorific, verb in table("ja")["verbs"].items():
        head = stem.removesuffix(honorific)
        if stem.endswith(honorific) and (honorific != "おり" or head == "" or head[-1] in _BEFORE_IRU):
            return _joined(head, plain_of(verb))
    return None


def _joined(head: str, forms: Plain) -> Plain:
    return Plain(head + forms.dictionary, head + forms.negative, head + forms.past, head + forms.volitional)


def potential(stem: str) -> str:
    """The stem of "can": ``話し`` → ``話せ``, ``見`` → ``見られ``."""
    row = None if _is_ichidan(stem) else next((row for row in _ROWS if stem.endswith(row[1])), None)
    return stem[:-1] + row[3] if row else f"{stem}られ"


def plain_of(dictionary: str) -> Plain:
    """Plain forms of a verb in its dictionary form."""
    return plain(polite_stem(dictionary))


def polite_stem(dictionary: str) -> str:
    """The stem before ます of a verb in its dictionary form: ``思う`` → ``思い``; empty for no verb."""
    if dictionary.endswith("する"):
        return f"{dictionary[:-2]}し"
    if dictionary.endswith("来る"):
        return dictionary[:-1]
    if dictionary == "くる" or dictionary.endswith(("てくる", "でくる")):
        return f"{dictionary[:-2]}き"
    if dictionary.endswith("る") and _drops_ru(dictionary[:-1]):
        return dictionary[:-1]
    row = next((row for row in _ROWS if dictionary.endswith(row[2])), None)
    return dictionary[:-1] + row[1] if row else ""


def past_stem(past: str) -> str:
    """The stem before ます of a plain past: ``思った`` → ``思い``, ``見た`` → ``見``; empty for no verb."""
    head = past[:-2]
    if past.endswith("った"):
        return _double_past(head)
    if past.endswith("いた"):
        return f"{head}い" if head == "" or head[-1] in _BEFORE_IRU else f"{head}き"
    if past.endswith("いだ"):
        return f"{head}ぎ"
    if past.endswith("んだ"):
        row = "に" if head.endswith("死") else "び" if head.endswith(_list("bu_past")) else "み"
        return head + row
    return past[:-1] if past.endswith("た") and len(past) > 1 else ""


def _double_past(head: str) -> str:
    """The polite stem of a past in った, which verbs in う, つ and る share."""
    if head.endswith(("いい", "とい")) or head == "い":
        return ""
    if head.endswith(("行", "てい")):
        return f"{head}き"
    for ending, name in (("い", "u_past"), ("ち", "tsu_past")):
        if head.endswith(_list(name)):
            return head + ending
    return f"{head}り"


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
    if head == "" or head.endswith("とか") or _follows_kanji(head) or _KATAKANA.match(head[-1]):
        return True
    return not head.endswith(_list("su")) and bool(_KANJI.match(head[-1]) or head[-1] in _BEFORE_SURU)


def _follows_kanji(head: str) -> bool:
    """Whether the last character is the second kanji of a noun, as in 返信する beside 返す."""
    return len(head) > 1 and bool(_KANJI.match(head[-1])) and bool(_KANJI.match(head[-2]))


def _is_ichidan(stem: str) -> bool:
    """Whether a polite stem adds る."""
    last = stem[-1]
    if last in _E_ROW or _KANJI.match(last):
        return True
    if stem == "い" or stem.endswith(_list("many")) or (last == "い" and stem[-2] in _BEFORE_IRU):
        return True
    return stem.endswith(("てみ", "でみ", *_list("ichidan")))


def _drops_ru(head: str) -> bool:
    """Whether a verb in る loses it before ます."""
    if not head or head.endswith(_list("godan_ru")):
        return False
    if head[-1] in _E_ROW or head.endswith(_list("ichidan_kanji")):
        return True
    return head.endswith(("い", "てみ", "でみ", *_list("ichidan")))


@cache
def _list(name: str) -> tuple[str, ...]:
    """Words of a list, as ``str.endswith`` takes them; single kana would fit everywhere and are left out."""
    words = (word for word in table("ja")["lists"][name].split() if "_" not in word)
    return tuple(
        word
        for word in words
        if len(word) > 1 or _KANJI.match(word) or name not in ("ichidan", "ichidan_kanji")
    )
