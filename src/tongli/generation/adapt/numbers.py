"""Decimal and grouping marks that the readers would take for each other."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

from tongli.core import Edit, Question
from tongli.generation.adapt.protected import Spans
from tongli.generation.adapt.source import Source, question
from tongli.knowledge import tags
from tongli.knowledge.claim_files import KNOWN
from tongli.knowledge.locales import CLDR_FACTS, babel_locale

_MARKED = re.compile(r"(?<![\w.,'’/:-])[0-9]+(?:[.,][0-9]+)+(?![\w'’/:-]|[.,][0-9])")
_NAME_BEFORE = re.compile(r"(?:[A-ZÀ-Þ][\w+#-]*|\b[vV]\.?) ?$")
_HEADING = re.compile(r"^[ \t]*$")

_Marks = tuple[str, str]
"""Grouping mark and decimal mark; empty where a number has none."""


class Numbers:
    """Finds numbers that mean another value to the readers."""

    kind = "number"

    def find(self, source: Source) -> Iterable[Edit | Question]:
        """Changes; a question where a number could be either."""
        if not source.at_home:
            return
        target = _marks_of(source.target)
        figures, amounts = (
            Spans(fact.span for fact in source.facts if fact.kind in kinds)
            for kinds in ({"number", "percent", "amount"}, {"percent", "amount"})
        )
        for number in _MARKED.finditer(source.text):
            if number.span() not in figures or _is_name(source, number, sure=number.span() in amounts):
                continue
            marks = _marks(number[0])
            if marks is None:
                yield from self._ambiguous(number, source)
            elif _misread(marks, target):
                yield Edit(
                    span=number.span(),
                    before=number[0],
                    after=_rewritten(number[0], marks, target),
                    kind=self.kind,
                    reason=f"decimal and grouping marks of {source.target}",
                    source=CLDR_FACTS,
                )

    def _ambiguous(self, number: re.Match[str], source: Source) -> Iterable[Question]:
        """Three digits after one mark, in a language whose regions differ about it."""
        target, known = _marks_of(source.target), source.region is not None
        others = {_marks_of(tag) for tag in KNOWN.audiences if tags.same_language(tag, source.lang)}
        writers = {_marks_of(source.locale)} if known else others
        if writers <= {target}:
            return
        whole, _, rest = re.split("([.,])", number[0])
        yield question(
            number.span(),
            f"Is “{number[0]}” a whole number or a fraction? Regions of the language write it differently.",
            kind=self.kind,
            source=CLDR_FACTS,
            options=[f"{whole}{mark}{rest}" for mark in target],
        )


def _marks(written: str) -> _Marks | None:
    """The marks of a number, where it shows which is which."""
    whole, *groups = re.split("[.,]", written)
    found = re.findall("[.,]", written)
    if len(groups) == 1:
        clear = len(groups[0]) != 3 or len(whole) > 3 or whole == "0"
        return ("", found[0]) if clear else None
    grouped = groups if len(set(found)) == 1 else groups[:-1]
    if any(len(group) != 3 for group in grouped) or len(set(found[: len(grouped)])) > 1:
        return (found[0], found[0])  # no number, such as a version
    return (found[0], "" if len(set(found)) == 1 else found[-1])


def _misread(marks: _Marks, target: _Marks) -> bool:
    group, decimal = marks
    if group == decimal:
        return False
    return group == target[1] or (decimal != "" and decimal != target[1])


def _rewritten(written: str, marks: _Marks, target: _Marks) -> str:
    return written.translate({ord(old): new for old, new in zip(marks, target, strict=True) if old})


@lru_cache(maxsize=128)
def _marks_of(tag: str) -> _Marks:
    symbols = babel_locale(tag).number_symbols["latn"]
    return symbols["group"], symbols["decimal"]


def _is_name(source: Source, number: re.Match[str], *, sure: bool) -> bool:
    """Versions, chapters, telephones, times of day: figures that are no quantity, unless it is ``sure``."""
    start, end = number.span()
    before = source.text[max(0, start - 30) : start]
    line = before.rpartition("\n")[2] if "\n" in before or start < 30 else "…"
    if _HEADING.match(line) and source.text[end : end + 2].strip()[:1].isupper():
        return True
    if sure or re.match("0[0-9]", number[0]):
        return not sure
    versioned = re.fullmatch("[0-9]+[.,](?:[0-9]{1,2}|[0-9]{4,})", number[0]) and _NAME_BEFORE.search(before)
    return bool(versioned or _announced().search(before) or _clock().match(source.text, end))


@cache
def _announced() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(_data()["before"], key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{words})[ \u00a0]?$", re.IGNORECASE)


@cache
def _clock() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(_data()["after"], key=len, reverse=True)))
    return re.compile(rf"[ \u00a0]?(?:{words})(?!\w)", re.IGNORECASE)


@cache
def _data() -> dict[str, list[str]]:
    return tomllib.loads((files("tongli.knowledge") / "adapt" / "numbers.toml").read_text("utf-8"))
