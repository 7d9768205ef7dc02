"""Facts as values to compare by: the same fact written in two ways gets one value where that is certain."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from tongli.knowledge.locales import languages, month_names

_SIGNS = {
    "$": "$ dollar dollars Dollar dólares 달러 ドル",
    "AED": "AED",
    "BRL": "R$ BRL reais",
    "CHF": "CHF",
    "CNY": "元 CNY RMB 人民币",
    "CZK": "CZK",
    "DKK": "DKK",
    "EGP": "EGP جنيه",
    "EUR": "€ EUR Euro euro euros евро євро يورو یورو",
    "GBP": "£ GBP",
    "HUF": "HUF",
    "IDR": "Rp IDR rupiah",
    "INR": "₹ INR Rs. Rs रुपये रुपए रु.",
    "IRR": "IRR",
    "JPY": "円 JPY",
    "KRW": "₩ KRW 원",
    "MXN": "MXN",
    "NOK": "NOK",
    "PLN": "zł PLN złotych",
    "RUB": "₽ RUB руб. руб рублей рубля",
    "SAR": "SAR",
    "SEK": "SEK",
    "TRY": "₺ TRY TL lira",
    "UAH": "₴ UAH грн гривень",
    "USD": "US$ USD 美元",
    "VND": "₫ VND đ đồng",
    "kr": "kr",
    "¥": "¥ ￥",
    "تومان": "تومان",
    "درهم": "درهم",
    "ریال": "ریال ريال",
}

CURRENCIES: Mapping[str, str] = MappingProxyType(
    {sign: value for value, signs in _SIGNS.items() for sign in signs.split()}
)
"""Sign, code or word → ISO 4217 code, or the sign itself where several currencies share it."""

_GROUP = re.compile(r"[\s\u00a0\u202f'’]")


@cache
def months() -> Mapping[str, int]:
    """Month names of all known languages → 1..12, without digits in them; first letter in either case."""
    found: dict[str, int] = {}
    for tag in languages():
        for name, number in month_names(tag).items():
            plain = name.rstrip(".")
            if len(plain) > 2 and not any(char.isdecimal() for char in plain):
                found.setdefault(plain, number)
                found.setdefault(plain[0].upper() + plain[1:], number)
    return MappingProxyType(found)


def fact_value(kind: str, text: str) -> str:
    """The value of a fact's folded text. See ``facts.Fact``."""
    return _BY_KIND[kind](text)


def number_value(text: str) -> str:
    """A plain decimal: ``1.234,50`` → ``1234.5``.

    A single mark before exactly three digits is read as grouping (``1.234`` → ``1234``), since that is how
    messages use it; several marks of one kind are grouping when three digits follow each, and else the text
    is left as written (``1.2.3``).
    """
    digits = _GROUP.sub("", text)
    marks = [char for char in digits if char in ".,"]
    if not marks:
        return _canonical(digits, "")
    whole, _, tail = digits.rpartition(marks[-1])
    if len(set(marks)) == 2:
        return _canonical(re.sub("[.,]", "", whole), tail) if marks.count(marks[-1]) == 1 else digits
    groups = digits.split(marks[0])
    if all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3 and groups[0] != "0":
        return _canonical("".join(groups), "")
    # Indian grouping: 1,23,456.
    if len(groups) > 2 and len(groups[-1]) == 3 and all(len(group) == 2 for group in groups[1:-1]):
        return _canonical("".join(groups), "")
    return _canonical(whole, tail) if len(marks) == 1 else digits


def _canonical(whole: str, fraction: str) -> str:
    whole, fraction = whole.lstrip("0") or "0", fraction.rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def _percent(text: str) -> str:
    return number_value(text.replace("%", "").strip()) + "%"


def _amount(text: str) -> str:
    digits = re.search(r"[0-9](?:.*[0-9])?", text)
    number = digits[0] if digits else ""
    sign = text.replace(number, "", 1).strip(" \u00a0\u202f")
    return f"{number_value(number)} {CURRENCIES.get(sign, sign)}"


def _date(text: str) -> str:
    """ISO 8601, ``--MM-DD`` without a year; ``a/b/year`` where nothing says which one is the month."""
    numbers = [int(item) for item in re.findall("[0-9]+", text)]
    name = max((name for name in months() if name in text), key=len, default=None)
    if name is not None:
        year = next((item for item in numbers if item > 31), None)
        return _iso(year, months()[name], next(item for item in numbers if item <= 31))
    if re.match("(?:19|20)[0-9]{2}", text):
        return _iso(numbers[0], numbers[1], numbers[2])
    if re.search("[月월]", text):
        return _iso(None, numbers[0], numbers[1])
    if "tháng" in text:
        return _iso(numbers[2] if len(numbers) > 2 else None, numbers[1], numbers[0])
    return _numeric(text, first=numbers[0], second=numbers[1], year=numbers[2])


def _numeric(text: str, *, first: int, second: int, year: int) -> str:
    full = year if year > 99 else 2000 + year
    if first <= 12 < second:
        return _iso(full, first, second)
    if second <= 12 and (first > 12 or first == second or "." in text):
        return _iso(full, second, first)
    return f"{first}/{second}/{full}"


def _iso(year: int | None, month: int, day: int) -> str:
    return f"{'-' if year is None else f'{year:04}'}-{month:02}-{day:02}"


def _time(text: str) -> str:
    numbers = [int(item) for item in re.findall("[0-9]+", text)]
    hour, rest = numbers[0], numbers[1:]
    half = re.search("[aApP](?=[.]?[mM])", text)
    if half is not None:
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    minute = 30 if "半" in text else next(iter(rest), 0)
    seconds = f":{rest[1]:02}" if len(rest) > 1 else ""
    return f"{hour:02}:{minute:02}{seconds}"


def _url(text: str) -> str:
    scheme, found, rest = text.partition("://")
    host, slash, path = (rest if found else text).partition("/")
    return f"{scheme.lower() + '://' if found else ''}{host.lower()}{slash}{path}".rstrip("/")


def _reference(text: str) -> str:
    plain = text.removeprefix("#")
    return "+" + re.sub("[^0-9]", "", plain) if plain.startswith("+") else plain.upper()


_BY_KIND: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "number": number_value,
        "percent": _percent,
        "amount": _amount,
        "date": _date,
        "time": _time,
        "url": _url,
        "email": str.lower,
        "reference": _reference,
    }
)
