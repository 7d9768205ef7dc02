"""Measures that the readers do not use: theirs beside them, in parentheses."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from babel import Locale
from babel.numbers import format_decimal
from babel.units import format_unit

from tongli.core import Edit, Question, Span
from tongli.generation.adapt.source import Source
from tongli.generation.fact_values import number_value
from tongli.knowledge import tags
from tongli.knowledge.claim_files import KNOWN
from tongli.knowledge.claim_streams import is_spaced
from tongli.knowledge.locales import CLDR_FACTS, babel_locale

_NUMBER = r"[0-9]+(?:[.,\u00a0\u202f][0-9]+)*"
_RANGE = rf"(?P<low>[-−]?{_NUMBER})(?:[ \u00a0]?[–-][ \u00a0]?(?P<high>{_NUMBER}))?"
_GAP = "[ \u00a0\u202f-]?"
_DOT = r"(?:\.(?=[ \u00a0](?-i:[a-zа-я(])))?"
"""The full stop of an abbreviation, not that of a sentence."""

_NEAR = 25
"""Code points within which the other measure counts as told."""

_SOURCE = f"{CLDR_FACTS}; international yard and pound agreement of 1959"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, where it is at home, and what the others use: ``other = (value + shift) * factor + offset``."""

    id: str
    at_home: frozenset[str]
    other: str
    factor: float
    shift: float = 0.0
    offset: float = 0.0

    def convert(self, value: float) -> float:
        """The value in the other unit."""
        return (value + self.shift) * self.factor + self.offset


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure in a text: one value or the ends of a range, as written; ``digits`` that count at least."""

    span: Span
    values: tuple[str, ...]
    unit: Unit
    digits: int = 2


@dataclass(frozen=True, slots=True)
class _Compound:
    """How many of a smaller unit make a larger one, and how the smaller one is found only behind it."""

    times: int
    behind: re.Pattern[str] | None


class Units:
    """Finds measures of another system."""

    kind = "unit"

    def find(self, source: Source) -> Iterable[Edit | Question]:
        """Insertions; none where the other measure is already told."""
        found = list(measures(source.text, source.lang))
        system = _system(source.audience.region)
        for place, measure in enumerate(found):
            end = measure.span[1]
            near = found[max(0, place - 1) : place + 2]
            if system in measure.unit.at_home or measure.span in source.asides or source.explained(end):
                continue
            if any(_told(measure, other) for other in near):
                continue
            converted = _converted(measure, source)
            yield Edit(
                span=(end, end),
                before="",
                after=f" (≈ {converted})" if is_spaced(source.lang) else f"（≈ {converted}）",
                kind=self.kind,
                reason=f"readers in {source.audience.tag} measure in other units",
                source=_SOURCE,
            )


def measures(text: str, lang: str) -> Iterable[Measure]:
    """Measures in a text, in order; two that belong together as one."""
    pattern, units = _forms(lang)
    waiting: Measure | None = None
    for match in pattern.finditer(text):
        values = tuple(filter(None, (match["low"], match["high"])))
        measure = _completed(Measure(match.span(), values, units[match["unit"].lower()]), text)
        joined = _joined(waiting, measure)
        if waiting is not None and joined is None:
            yield waiting
        waiting = joined or measure
    if waiting is not None:
        yield waiting


def _completed(measure: Measure, text: str) -> Measure:
    """A measure and the smaller one behind it whose unit alone would be unclear: 6 ft 2 in."""
    for (first, second), found in _compounds().items():
        behind = found.behind.match(text, measure.span[1]) if found.behind else None
        if first != measure.unit.id or len(measure.values) > 1 or behind is None:
            continue
        unit = next(unit for unit in _units() if unit.id == second)
        joined = _joined(measure, Measure(behind.span(), (behind["value"],), unit))
        if joined is not None:
            return joined
    return measure


def _joined(first: Measure | None, second: Measure) -> Measure | None:
    """Feet and inches, told in inches."""
    if first is None or second.span[0] - first.span[1] > 2 or len(first.values) + len(second.values) > 2:
        return None
    compound = _compounds().get((first.unit.id, second.unit.id))
    if compound is None:
        return None
    total = compound.times * float(number_value(first.values[0])) + float(number_value(second.values[0]))
    return Measure((first.span[0], second.span[1]), (f"{total:g}",), second.unit, digits=3)


def _told(measure: Measure, other: Measure) -> bool:
    """Whether another measure close by is the same in the other unit."""
    gap = max(measure.span[0], other.span[0]) - min(measure.span[1], other.span[1])
    return other.unit.id == measure.unit.other and gap <= _NEAR


def _converted(measure: Measure, source: Source) -> str:
    locale = babel_locale(source.target)
    told = [_rounded(written, measure.unit, least=measure.digits) for written in measure.values]
    last = format_unit(told[-1], measure.unit.other, length="short", locale=locale)
    return f"{format_decimal(told[0], locale=locale)}–{last}" if len(told) > 1 else last


def _rounded(written: str, unit: Unit, *, least: int) -> float:
    """Not more precise than what is written, but for some digits; whole degrees."""
    number = number_value(written.lstrip("-−"))
    value = unit.convert(-float(number) if written[0] in "-−" else float(number))
    if unit.id.startswith("temperature"):
        return float(round(value))
    digits = len(number.replace(".", "").strip("0"))
    return float(f"{value:.{max(least, digits)}g}")


def _system(region: str) -> str:
    return str(_data()["systems"].get(region, "metric"))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("tongli.knowledge") / "adapt" / "units.toml").read_text("utf-8"))


@cache
def _units() -> tuple[Unit, ...]:
    return tuple(Unit(**{**item, "at_home": frozenset(item["at_home"])}) for item in _data()["unit"])


@cache
def _compounds() -> Mapping[tuple[str, str], _Compound]:
    return {(item["first"], item["second"]): _compound(item) for item in _data()["compound"]}


def _compound(item: Mapping[str, Any]) -> _Compound:
    forms = "|".join(map(re.escape, item.get("behind", ())))
    behind = re.compile(rf"{_GAP}(?P<value>[0-9]+(?:[.,][0-9]+)?){_GAP}(?:{forms})(?!\w)") if forms else None
    return _Compound(item["times"], behind)


@lru_cache(maxsize=64)
def _forms(lang: str) -> tuple[re.Pattern[str], Mapping[str, Unit]]:
    """A pattern for measures of a language, and form → unit; forms are those of CLDR and some of ours."""
    data, primary = _data(), tags.primary(lang)
    unclear = {word.lower() for word in data["unclear"].get(lang, data["unclear"].get(primary, ()))}
    locales = [
        Locale.parse(primary),
        *(babel_locale(tag) for tag in KNOWN.audiences if tags.same_language(tag, lang)),
    ]
    units: dict[str, Unit] = {}
    for unit in _units():
        own = data["forms"].get(primary, {}).get(unit.id, ())
        for form in (*own, *(form for locale in locales for form in _of_cldr(locale, unit.id))):
            if form.lower() not in unclear:
                units.setdefault(form.lower(), unit)
    words = "|".join(map(re.escape, sorted(units, key=len, reverse=True)))
    letter = r"\w" if is_spaced(lang) else "A-Za-z0-9"
    before, after = rf"(?<![{letter}.,'’/–-])", f"(?![{letter}²³/])"
    return re.compile(f"{before}{_RANGE}{_GAP}(?P<unit>{words}){after}{_DOT}", re.IGNORECASE), units


def _of_cldr(locale: Locale, unit: str) -> Iterable[str]:
    """Forms that follow the number."""
    patterns = locale._data["unit_patterns"].get(unit, {})  # noqa: SLF001 - babel offers no other way to them
    for length in ("long", "short"):
        for count, pattern in (patterns.get(length) or {}).items():
            before, _, after = str(pattern).partition("{0}")
            if count != "per" and not before.strip() and after.strip():
                yield after.strip(" \u00a0\u202f").rstrip(".")
