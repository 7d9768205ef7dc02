"""Dates in the order that the readers write them, or with the month in letters where figures mislead."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from babel import dates

from tongli.core import Edit, Question, Span
from tongli.generation.adapt.source import Source, question
from tongli.generation.facts import Fact
from tongli.knowledge import tags
from tongli.knowledge.claim_files import KNOWN
from tongli.knowledge.locales import CLDR_FACTS, babel_locale, format_date

_NUMERIC = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2((?:[0-9]{2}){1,2})")
_NAMED = re.compile(r"(?:[0-9]{1,2}\D{0,4}[ .])?[^\W\d_]{3,}[^\n]*")
_LEAP = 2024


class Dates:
    """Finds dates that the readers would read otherwise."""

    kind = "date"

    def find(self, source: Source) -> Iterable[Edit | Question]:
        """Changes; a question where nobody can know which figure is the month."""
        yield from _without_year(source)
        for fact in source.facts:
            if fact.kind != "date" or not fact.text.isprintable():
                continue
            if "/" in fact.value:
                yield from self._ambiguous(fact, source)
            else:
                yield from self._clear(fact, source)

    def _ambiguous(self, fact: Fact, source: Source) -> Iterable[Question]:
        first, second, year = map(int, fact.value.split("/"))
        if not _same_order(source):
            readings = _readings(first, second, year=year, source=source)
            yield _asked(fact.span, [format_date(day, source.target) for day in readings], source)

    def _clear(self, fact: Fact, source: Source) -> Iterable[Edit]:
        numeric = _NUMERIC.fullmatch(fact.text)
        after = _figures(fact, numeric, source) if numeric else _words(fact, source)
        if after is not None and after != fact.text:
            stop = source.text[fact.span[1] : fact.span[1] + 1] == "."
            yield _written(fact.span, after.rstrip(".") if stop else after, source)


def _without_year(source: Source) -> Iterator[Edit | Question]:
    """Changes of days and months in figures, where the words around tell that they are a date."""
    pattern = _bare(tags.primary(source.lang))
    for match in pattern.finditer(source.text) if pattern else ():
        first, second = int(match["first"]), int(match["second"])
        span = match.span("date")
        if not (0 < min(first, second) <= 12 and max(first, second) <= 31) or first == second:
            continue
        if max(first, second) > 12:
            if source.at_home and _day_first(source.target) != (first > 12):
                yield _written(span, f"{second}{_mark(source.target)}{first}", source)
        elif not _same_order(source):
            days = _readings(first, second, year=_LEAP, source=source)
            locale = babel_locale(source.target)
            yield _asked(span, [dates.format_skeleton("MMMMd", day, locale=locale) for day in days], source)


def _written(span: Span, after: str, source: Source) -> Edit:
    return Edit(
        span=span,
        before=source.text[slice(*span)],
        after=after,
        kind=Dates.kind,
        reason=f"a date as readers in {source.audience.tag} read it without mistake",
        source=CLDR_FACTS,
    )


def _asked(span: Span, options: Iterable[str], source: Source) -> Question:
    shown = source.text[slice(*span)]
    told = f"Which day is “{shown}”? Readers in {source.audience.tag} cannot tell day from month."
    return question(span, told, kind=Dates.kind, source=CLDR_FACTS, options=options)


def _same_order(source: Source) -> bool:
    """Whether the readers take the first figure for what the writer meant by it."""
    same = _day_first(source.locale) == _day_first(source.target)
    return source.at_home and _agreed(source) and same


def _readings(first: int, second: int, *, year: int, source: Source) -> Sequence[dt.date]:
    """Both, the writer's usual one first."""
    found = [dt.date(year, second, first), dt.date(year, first, second)]  # day first, month first
    return found if _day_first(source.locale) else found[::-1]


@cache
def _bare(lang: str) -> re.Pattern[str] | None:
    """Day and month with words around them that go with dates, or with a nought that only dates have."""
    data = tomllib.loads((files("tongli.knowledge") / "adapt" / "dates.toml").read_text("utf-8"))
    if lang not in data["before"]:
        return None
    before, after = ("|".join(map(re.escape, data[key][lang])) for key in ("before", "after"))
    figures = r"(?P<date>(?P<first>[0-9]{1,2})/(?P<second>[0-9]{1,2}))"
    padded = r"(?<![\w/.,:-])(?=0[1-9]/[0-9]{2}\b|[0-9]{2}/0[1-9]\b)"
    ends = rf"(?=[.,;:!?)]*(?:\s*\Z|[.,;:!?)]\s|\s(?:{after})\b|\s*[–-]\s*[0-9]))"
    return re.compile(rf"(?:\b(?:{before})[.,]?[ \u00a0]|{padded}){figures}{ends}", re.IGNORECASE)


def _figures(fact: Fact, numeric: re.Match[str], source: Source) -> str | None:
    """A date in figures: turned round where that is clear, else with the month in letters."""
    first, _, second, year = numeric.groups()
    day = _day(fact)
    if first == second or day is None:
        return None
    same = source.at_home and _day_first(source.target) == (int(first) == day.day)
    if same or (day.day > 12 and not source.at_home):
        return None
    if day.day <= 12:
        return format_date(day, source.target)
    return f"{second}{_mark(source.target)}{first}{_mark(source.target)}{year}"


def _words(fact: Fact, source: Source) -> str | None:
    """A date with the month in letters, in the readers' order."""
    day, month = _day(fact), re.search(r"[^\W\d_]{3,}\.?", fact.text)
    if day is None or month is None or not source.at_home or not _NAMED.fullmatch(fact.text):
        return None
    day_first = fact.text[0].isdigit()
    name = month[0].rstrip(".")
    wide, short = (
        {_month(day, style, tag).rstrip(".") for tag in (source.locale, source.target)}
        for style in ("MMMM", "MMM")
    )
    of_english = tags.primary(source.lang) == "en"
    if day_first == _day_first(source.target) or name not in wide | short:
        return None
    if " of " in fact.text or (of_english and _articled(source.text, fact.span[0])):
        return None
    if fact.value.startswith("--"):
        return dates.format_skeleton(
            "MMMMd" if name in wide else "MMMd", day, locale=babel_locale(source.target)
        )
    return format_date(day, source.target, style="long" if name in wide else "medium")


def _articled(text: str, start: int) -> bool:
    return text[max(0, start - 4) : start].lower().endswith("the ")


def _day(fact: Fact) -> dt.date | None:
    """The day of a value; in a leap year where none is told. ``None`` for 31 February and the like."""
    value = f"{_LEAP}-{fact.value[2:]}" if fact.value.startswith("--") else fact.value
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None


def _agreed(source: Source) -> bool:
    """Whether the order is known: from the writer's region, or as all regions of the language share it."""
    alike = {_day_first(tag) for tag in KNOWN.audiences if tags.same_language(tag, source.lang)}
    return source.region is not None or len(alike) < 2


@lru_cache(maxsize=128)
def _day_first(tag: str) -> bool:
    pattern = _short(tag)
    return pattern.index("d") < pattern.index("M")


@lru_cache(maxsize=128)
def _mark(tag: str) -> str:
    found = re.search("[-/.]", _short(tag))
    return found[0] if found else "/"


def _short(tag: str) -> str:
    return str(babel_locale(tag).date_formats["short"].pattern)


def _month(day: dt.date, style: str, tag: str) -> str:
    return dates.format_date(day, format=style, locale=babel_locale(tag))
