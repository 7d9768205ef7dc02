"""The facts of a sheet as a locale writes them (CLDR through Babel), and all that a draft may hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from babel import Locale, dates, lists, numbers

from tongli.generation.tasks.sheet import Price, Sheet, When
from tongli.knowledge.locales import babel_locale


def values_of(sheet: Sheet, locale: str) -> dict[str, str]:
    """Slot → text in a locale; a fact that the sheet does not state has no slot.

    ``free`` stands for a price of nothing, and ``point0``, ``point1``… for the points.
    """
    cldr = babel_locale(locale)
    quote = sheet.quote
    found = {
        "title": sheet.title,
        "what": _sentence(sheet.what, locale),
        "who": lists.format_list(list(sheet.who), locale=cldr) if sheet.who else "",
        "when": moment(sheet.when, cldr) if sheet.when else "",
        "until": moment(sheet.until, cldr) if sheet.until else "",
        "where": sheet.where,
        "price": price(sheet.price, cldr) if sheet.price and sheet.price.amount else "",
        "free": "free" if sheet.price and not sheet.price.amount else "",
        "places": numbers.format_decimal(sheet.places, locale=cldr) if sheet.places else "",
        "quote": quote.text if quote else "",
        "by": quote.by if quote else "",
        "call": _sentence(sheet.call, locale),
        "link": sheet.link,
        "hashtags": " ".join(f"#{tag}" for tag in sheet.hashtags),
    }
    found |= {point_slot(at): _sentence(text, locale) for at, text in enumerate(sheet.points)}
    return {slot: text for slot, text in found.items() if text}


def point_slot(at: int) -> str:
    """The slot of a point, counted from 0."""
    return f"point{at}"


def key_of(slot: str) -> str:
    """The key of a sheet that a slot belongs to."""
    return "points" if slot.startswith("point") else "quote" if slot == "by" else slot


def plural(sheet: Sheet, locale: str) -> str:
    """CLDR's plural category of the number of places."""
    return str(babel_locale(locale).plural_form(sheet.places or 0))


def moment(when: When, cldr: Locale) -> str:
    """A day, with the hour where there is one."""
    day = dates.format_date(when, format="long", locale=cldr)
    if not isinstance(when, dt.datetime):
        return day
    clock = _clock(when, cldr)
    pattern = str(dates.get_datetime_format("medium", locale=cldr))
    return pattern.replace("{1}", day).replace("{0}", clock)


def _clock(when: dt.datetime, cldr: Locale) -> str:
    """An hour, with the day period as people write it in a text."""
    pattern = dates.get_time_format("short", locale=cldr).pattern.replace("a", "aaaa")
    return dates.format_time(when, format=pattern, locale=cldr)


def price(cost: Price, cldr: Locale) -> str:
    """An amount; whole ones without decimals."""
    text = numbers.format_currency(cost.amount, cost.currency, locale=cldr)
    if cost.amount != cost.amount.to_integral_value():
        return text
    pattern = cldr.currency_formats["standard"].pattern.replace(".00", "")
    return numbers.format_currency(cost.amount, cost.currency, pattern, locale=cldr, currency_digits=False)


def known_text(sheet: Sheet, locale: str) -> str:
    """All that a text may state: the sheet's words, and its dates and amounts in the usual forms."""
    return "\n".join(dict.fromkeys(_known(sheet, locale)))


def given_strings(sheet: Sheet) -> tuple[str, ...]:
    """The sheet's own words, longest first: a draft that holds them did not choose them."""
    quote = (sheet.quote.text, sheet.quote.by) if sheet.quote else ()
    own = (sheet.title, sheet.what, sheet.where, sheet.call, *sheet.who, *sheet.points, *quote, sheet.link)
    return tuple(sorted({text for text in own if text}, key=len, reverse=True))


def _known(sheet: Sheet, locale: str) -> Iterator[str]:
    cldr = babel_locale(locale)
    yield from given_strings(sheet)
    yield from (f"#{tag}" for tag in sheet.hashtags)
    yield from values_of(sheet, locale).values()
    for when in (sheet.when, sheet.until):
        if when is not None:
            yield from _moments(when, cldr)
    if sheet.price is not None:
        amount, currency = sheet.price.amount, sheet.price.currency
        yield from (f"{amount} {currency}", f"{amount:.2f} {currency}", price(sheet.price, cldr))
        yield numbers.format_currency(amount, currency, locale=cldr)
        yield numbers.format_currency(amount, currency, locale=cldr, format_type="name")
    if sheet.places is not None:
        yield str(sheet.places)


def _moments(when: When, cldr: Locale) -> Iterator[str]:
    """A day whole, without its year, and its parts."""
    yield when.isoformat()[:10]
    yield from (dates.format_date(when, format=style, locale=cldr) for style in ("medium", "long", "full"))
    yield from (dates.format_skeleton(skeleton, when, locale=cldr) for skeleton in ("MMMMd", "MMMd"))
    yield from (str(when.day), str(when.year))
    if isinstance(when, dt.datetime):
        yield from (dates.format_time(when, format="short", locale=cldr), f"{when:%H:%M}")


def _sentence(text: str, locale: str) -> str:
    """A text that ends as a sentence does in its language."""
    if not text or text[-1] in '.!?…。！？؟।»”"':
        return text
    return text + {"zh": "。", "ja": "。", "hi": "।"}.get(locale[:2], ".")
