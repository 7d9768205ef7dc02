"""Signs that several currencies share, told apart; amounts are never converted, as rates change."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from babel.core import get_global
from babel.numbers import get_currency_symbol, get_territory_currencies

from tongli.core import Edit, Question, Span
from tongli.generation.adapt.source import Source, question
from tongli.generation.facts import Fact
from tongli.knowledge import tags
from tongli.knowledge.claim_files import KNOWN
from tongli.knowledge.locales import CLDR_FACTS, babel_locale

_EVERYWHERE = "en_001"
"""Where CLDR tells every dollar and yen from the others."""

_FROM = dt.date(2020, 1, 1)


class Currencies:
    """Finds amounts in a currency that the readers would take for another."""

    kind = "currency"

    def find(self, source: Source) -> Iterable[Edit | Question]:
        """Clearer signs; one question for each sign where the writer's region is unknown."""
        asked: set[str] = set()
        for fact in source.facts:
            place = _sign(fact, source.text) if fact.kind == "amount" else None
            if place is None:
                continue
            sign = source.text[slice(*place)]
            code = _written(sign, source)
            if code is None and sign not in asked and not _own(sign, source):
                asked.add(sign)
                yield self._ask(fact, sign, source)
            elif code is not None and code not in _used(source.audience.region):
                yield _clearer(place, sign, code, source)

    def _ask(self, fact: Fact, sign: str, source: Source) -> Question:
        return question(
            fact.span,
            f"Which currency is “{fact.text}”? Several write {sign}, and it is not converted.",
            kind=self.kind,
            source=CLDR_FACTS,
            options=[_symbol(code, source) for code in _likely(sign, source.lang)],
        )


def _clearer(place: Span, sign: str, code: str, source: Source) -> Edit:
    symbol = _symbol(code, source)
    before_digits = source.text[place[1] : place[1] + 1].isdigit()
    gap = "\u00a0" if symbol[-1].isalpha() and before_digits else ""
    return Edit(
        span=place,
        before=sign,
        after=symbol + gap,
        kind=Currencies.kind,
        reason=f"{code}, which readers in {source.audience.tag} may take for another currency; not converted",
        source=CLDR_FACTS,
    )


def _sign(fact: Fact, text: str) -> Span | None:
    """Where the shared sign of an amount stands, unless a letter tells which one it is."""
    start, end = fact.span
    if re.match(r"[A-Za-z]", text[start - 1 : start]) or re.match(
        r"[ \u00a0]?[A-Z]{3}\b", text[end : end + 5]
    ):
        return None
    for sign in shared():
        if fact.text.startswith(sign):
            return start, start + len(sign)
        if fact.text.endswith(sign):
            return end - len(sign), end
    return None


def _own(sign: str, source: Source) -> bool:
    """Whether readers of the same language write their own currency so, and so read it."""
    return source.at_home and bool(_used(source.audience.region) & {*shared()[sign]})


def _written(sign: str, source: Source) -> str | None:
    """The code of the currency that the writer's region writes so."""
    regions = [tag for tag in KNOWN.audiences if tags.same_language(tag, source.lang)]
    if source.region is None and len(regions) > 1:
        return None
    used = _used(str(tags.maximal(source.lang)[2]))
    return next((code for code in shared()[sign] if code in used), None)


def _symbol(code: str, source: Source) -> str:
    """What tells a currency from others of the same sign: as CLDR writes it, or else its code."""
    for locale in (babel_locale(source.target), _EVERYWHERE):
        symbol = get_currency_symbol(code, locale=locale)
        if symbol not in shared():
            return symbol
    return code


def _likely(sign: str, lang: str) -> list[str]:
    """Currencies of regions where a language is official, or else all that are written with a sign."""
    spoken = get_global("territory_languages")
    regions = [
        region
        for region, languages in spoken.items()
        if languages.get(tags.primary(lang), {}).get("official_status") == "official"
    ]
    used = {code for region in regions for code in _used(region)}
    return [code for code in shared()[sign] if code in used] or list(shared()[sign])


@cache
def _used(region: str) -> frozenset[str]:
    return frozenset(get_territory_currencies(region, start_date=_FROM))


@cache
def shared() -> Mapping[str, tuple[str, ...]]:
    """Sign → codes of the currencies that are written with it."""
    data = tomllib.loads((files("tongli.knowledge") / "adapt" / "currencies.toml").read_text("utf-8"))
    return {sign: tuple(codes) for sign, codes in data["shared"].items()}
