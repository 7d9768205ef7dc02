"""A sheet of facts: all that a text may state, as the people who know it say it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from babel.numbers import is_currency

from tongli.core import InputError, TongliError, shorten
from tongli.knowledge import tags

_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}))?(?::\d{2})?")
_PRICE = re.compile(r"(\d+(?:[.,]\d{1,2})?)\s*([A-Za-z]{3})")
_LINK = re.compile(r"(?:https?://|www\.)\S+")

When = dt.datetime | dt.date


SENTENCES = ("what", "points", "call")
"""Keys whose words are sentences of one language; names, places and quotations stay as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """An amount in a currency (ISO 4217); an amount of 0 is free of charge."""

    amount: Decimal
    currency: str = "EUR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What somebody said, word for word."""

    text: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Facts; whatever is empty is not stated.

    Attributes:
        lang: language of the words (BCP-47).
        title: the name of the thing, or a headline.
        what: a sentence or two about it.
        who: people or houses behind it.
        when, until: a day or a day and an hour; the last day to take part.
        where: place, as it is to be read.
        price: what it costs.
        places: how many can take part.
        points: further facts, each a sentence.
        quote: what somebody said.
        call: what readers are asked to do, a sentence.
        link: where there is more.
        hashtags: without ``#``.
        must: keys that no text may leave out.
        by_language: language → the same facts in its own words.
    """

    lang: str
    title: str
    what: str = ""
    who: tuple[str, ...] = ()
    when: When | None = None
    until: When | None = None
    where: str = ""
    price: Price | None = None
    places: int | None = None
    points: tuple[str, ...] = ()
    quote: Quote | None = None
    call: str = ""
    link: str = ""
    hashtags: tuple[str, ...] = ()
    must: tuple[str, ...] = ("title",)
    by_language: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def in_language(self, tag: str) -> Sheet:
        """The sheet in the words of a language; sentences that it does not have in them are left out.

        Raises:
            InputError: ``sheet.lang`` when it has none, or not of a sentence that must be told.
        """
        found = tags.match(tag, list(self.by_language))
        if found is not None:
            own = self.by_language[found]
            absent = [key for key in SENTENCES if getattr(self, key) and key not in own]
            if needed := set(absent) & {*own.get("must", self.must)}:
                raise _without_words(sorted(needed), tag)
            empty = {key: type(getattr(self, key))() for key in absent}
            return replace(self, lang=tag, **empty, **own)
        if tags.same_language(tag, self.lang):
            return self
        raise InputError(
            "sheet.lang",
            received=f"facts in {', '.join((self.lang, *self.by_language))}, for a text in {shorten(tag)}",
            allowed="facts in the words of each language that is written",
            fix=f"Add a table [{tags.primary(tag)}] with title, what and so on, or leave that audience out.",
        )


def _without_words(keys: Sequence[str], tag: str) -> InputError:
    return InputError(
        "sheet.lang",
        received=f"{', '.join(keys)} without words in {shorten(tag)}",
        allowed="what must be told in the words of each language that is written",
        fix=f"Add it to the table [{tags.primary(tag)}], or take it out of must.",
    )


def parse_sheet(data: Mapping[str, Any], *, lang: str | None = None) -> Sheet:
    """A sheet from plain data, as TOML, JSON or ``key: value`` lines hold it.

    A table named by a language tag has the words of that language, ``[ja] title = "…"``.

    Args:
        data: keys are the fields of :class:`Sheet`; ``price`` as ``"12.50 EUR"``, a table, or ``"free"``.
        lang: of its words, unless the sheet says it; English by default.

    Raises:
        InputError: ``sheet.key``, ``sheet.value``, ``sheet.title``.
    """
    own = {key: value for key, value in data.items() if not _is_language(key, value)}
    others = {key: _read(value) for key, value in data.items() if _is_language(key, value)}
    values = _read(own)
    if not values.get("title"):
        raise InputError(
            "sheet.title", received="no title", allowed="a title", fix='Add title = "…" to the sheet.'
        )
    values["lang"] = values.get("lang") or lang or "en"
    return Sheet(**values, by_language=MappingProxyType(others))


def from_lines(text: str) -> dict[str, Any]:
    """The data of ``key: value`` lines; several values of ``who``, ``points``… are set apart by ``;``.

    Raises:
        InputError: ``sheet.line``.
    """
    data: dict[str, Any] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        key, colon, value = line.partition(":")
        if not colon:
            raise InputError(
                "sheet.line",
                received=f"line {number} without a colon",
                allowed="lines such as title: Open day",
                fix="Correct the line.",
            )
        key, value = key.strip().lower(), value.strip()
        data[key] = [item.strip() for item in value.split(";") if item.strip()] if key in _LISTS else value
    quote, _, by = str(data.get("quote", "")).rpartition(" - ")
    if quote:
        data["quote"] = {"text": quote.strip(' "“”«»'), "by": by}
    return data


_LISTS = ("who", "points", "hashtags", "must")


def _is_language(key: str, value: object) -> bool:
    if not isinstance(value, Mapping) or key in _READERS:
        return False
    try:
        return bool(tags.primary(key))
    except TongliError:
        return False


def _read(data: Mapping[str, Any]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for key, value in data.items():
        reader = _READERS.get(key)
        if reader is None:
            raise InputError(
                "sheet.key", received=shorten(key), allowed=", ".join(_READERS), fix="Correct the key."
            )
        try:
            read[key] = reader(value)
        except (ValueError, TypeError, KeyError, InvalidOperation, TongliError):
            raise InputError(
                "sheet.value",
                received=f"a {key} that cannot be read",
                allowed=_ALLOWED.get(key, "a text"),
                fix=f"Correct {key}, or leave it out.",
            ) from None
    return read


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return " ".join(value.split())


def _texts(value: object) -> tuple[str, ...]:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list):
        raise TypeError
    return tuple(_text(item) for item in items)


def _tag(value: object) -> str:
    tags.primary(_text(value))
    return _text(value)


def _when(value: object) -> When:
    if isinstance(value, dt.datetime | dt.date):
        return value.replace(tzinfo=None) if isinstance(value, dt.datetime) else value
    found = _DATED.fullmatch(_text(value))
    if found is None:
        raise ValueError
    day = dt.date.fromisoformat(found[1])
    return dt.datetime.combine(day, dt.time.fromisoformat(found[2])) if found[2] else day


def _price(value: object) -> Price:
    if isinstance(value, Mapping):
        amount, currency = str(value["amount"]), _text(value.get("currency", "EUR"))
    elif _text(value).casefold() == "free":
        amount, currency = "0", "EUR"
    else:
        found = _PRICE.fullmatch(_text(value))
        if found is None:
            raise ValueError
        amount, currency = found[1].replace(",", "."), found[2]
    price = Price(amount=Decimal(amount), currency=currency.upper())
    if price.amount < 0 or not is_currency(price.currency):
        raise ValueError
    return price


def _count(value: object) -> int:
    number = int(value) if isinstance(value, str | int) and not isinstance(value, bool) else 0
    if number < 1:
        raise ValueError
    return number


def _quote(value: object) -> Quote:
    if not isinstance(value, Mapping):
        raise TypeError
    return Quote(text=_text(value["text"]), by=_text(value["by"]))


def _link(value: object) -> str:
    if not _LINK.fullmatch(_text(value)):
        raise ValueError
    return _text(value)


def _hashtags(value: object) -> tuple[str, ...]:
    found = tuple(tag.lstrip("#") for tag in _texts(value))
    if not all(re.fullmatch(r"\w+", tag) for tag in found):
        raise ValueError
    return found


def _keys(value: object) -> tuple[str, ...]:
    keys = _texts(value)
    if not set(keys) <= {each.name for each in fields(Sheet)} - {"by_language"}:
        raise ValueError
    return keys


_READERS: Mapping[str, Callable[[object], Any]] = MappingProxyType(
    {
        "lang": _tag,
        **dict.fromkeys(("title", "what", "where", "call"), _text),
        **dict.fromkeys(("who", "points"), _texts),
        **dict.fromkeys(("when", "until"), _when),
        "price": _price,
        "places": _count,
        "quote": _quote,
        "link": _link,
        "hashtags": _hashtags,
        "must": _keys,
    }
)
_ALLOWED: Mapping[str, str] = MappingProxyType(
    {
        "lang": "a BCP-47 tag",
        "when": "a day such as 2031-03-14, or 2031-03-14 19:00",
        "until": "a day such as 2031-03-14, or 2031-03-14 19:00",
        "price": '"free", "12.50 EUR", or a table with amount and currency',
        "places": "a whole number of at least 1",
        "quote": "a table with text and by",
        "link": "an http or https address",
        "hashtags": "a list of words",
        "who": "a list of names",
        "points": "a list of sentences",
        "must": "a list of keys of the sheet",
    }
)
