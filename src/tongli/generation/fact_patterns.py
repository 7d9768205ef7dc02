"""What facts look like, as one pattern over folded text (digits and numeric punctuation in ASCII).

Month names come from CLDR through Babel; words that announce a reference from ``reference_words.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from tongli.generation.fact_values import CURRENCIES, months
from tongli.knowledge.locales import month_names

_START = "(?<![A-Za-z0-9])"
_LETTER_NEXT = r"(?![^\W\d_])"
_LETTER_BEFORE = r"(?<![^\W\d_])"
_DAY = "(?:0?[1-9]|[12][0-9]|3[01])"
_MONTH = "(?:0?[1-9]|1[0-2])"
_YEAR = "(?:19|20)[0-9]{2}"
_HOUR = "(?:[01]?[0-9]|2[0-3])"
_MINUTE = "[0-5][0-9]"
_PLAIN = r"[0-9]+(?:[.,'’][0-9]+)*"
_GROUPED = r"[0-9]{1,3}(?:[\u00a0\u202f][0-9]{3})+(?:[.,][0-9]+)?(?![0-9])"
# A plain space groups digits only beside a currency: "room 12 345" may be two numbers.
_MONEY = rf"(?:[0-9]{{1,3}}(?:[ \u00a0\u202f][0-9]{{3}})+(?:[.,][0-9]{{1,2}})?(?![0-9])|{_PLAIN})"

NUMBER = re.compile(f"{_GROUPED}|{_PLAIN}")


@cache
def fact_pattern() -> re.Pattern[str]:
    """All kinds as named groups, the earlier wins at the same place; ``token`` is a mixed word to judge."""
    parts = {
        "url": r"(?:https?://|(?<![A-Za-z0-9.])www\.)[A-Za-z0-9\[][!#-;=?-Z\[\]_a-z~]{1,2000}",
        "email": rf"{_START}[A-Za-z0-9._%+-]{{1,64}}@[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}}){{1,5}}",
        "date": _dates(),
        "time": _times(),
        "percent": rf"{_START}{_PLAIN} ?%|(?<![0-9])%{_PLAIN}",
        "amount": _amounts(),
        "reference": r"(?<![0-9A-Za-z])\+[0-9][0-9 ()./-]{5,18}[0-9](?![0-9])"
        r"|#(?=[A-Z-]{0,6}[0-9]{2})[A-Z0-9][A-Z0-9-]{0,30}(?![A-Za-z0-9])",
        "token": rf"{_START}(?=[0-9]{{0,40}}[A-Za-z_-])(?=[A-Za-z_-]{{0,40}}[0-9])"
        r"[A-Za-z0-9]{1,40}(?:[-_][A-Za-z0-9]{1,40}){0,6}",
        "number": NUMBER.pattern,
    }
    return re.compile("|".join(f"(?P<{kind}>{part})" for kind, part in parts.items()))


@cache
def announced() -> re.Pattern[str]:
    """A word such as "order no." at the end of what stands before some digits."""
    data = tomllib.loads((files(__package__) / "reference_words.toml").read_text(encoding="utf-8"))
    words = "|".join(
        re.escape(word.rstrip("*")) + (r"\w{0,4}" if word.endswith("*") else "")
        for word in _longest_first(data["words"])
    )
    links = _any_of(data["links"])
    # Scripts without spaces allow the word anywhere; elsewhere it must begin as a word.
    return re.compile(
        rf"(?:(?<!\w)|(?<=[\u2e80-\ud7ff]))(?:{words})(?:[\s:.#,-]|{links}){{0,6}}$", re.IGNORECASE
    )


@cache
def announced_behind() -> re.Pattern[str]:
    """A word such as Turkish "numaralı" at the beginning of what stands behind some digits."""
    data = tomllib.loads((files(__package__) / "reference_words.toml").read_text(encoding="utf-8"))
    return re.compile(_any_of(data["after"]), re.IGNORECASE)


def _dates() -> str:
    after_day, before_day = _any_of(months()), _any_of(month_names("en"))
    ordinal, year = r"(?:st|nd|rd|th|er|º|\.)?", f"{_YEAR}(?![0-9])"
    return "|".join(
        (
            rf"(?<![0-9]){_YEAR}(?P<iso>[-/.]){_MONTH}(?P=iso){_DAY}(?![0-9])",
            rf"(?<![0-9.,/-]){_DAY}(?P<sep>[-/.]){_DAY}(?P=sep)(?:{_YEAR}|[0-9]{{2}})(?![0-9]|[-/.][0-9])",
            rf"(?<![0-9])(?:{_YEAR} ?[年년] ?)?{_MONTH} ?[月월] ?{_DAY} ?[日일号號]",
            rf"(?<![0-9.,]){_DAY}{ordinal} ?(?:de |of )?(?:{after_day}){_LETTER_NEXT}(?:(?:,| de)? {year})?",
            rf"(?<![0-9.,]){_DAY} tháng {_MONTH}(?![0-9])(?:,? (?:năm )?{year})?",
            rf"{_LETTER_BEFORE}(?:{before_day})\.? {_DAY}(?:st|nd|rd|th)?(?![0-9:])(?:,? {year})?",
        )
    )


def _times() -> str:
    return "|".join(
        (
            rf"(?<![0-9:.,]){_HOUR}:{_MINUTE}(?::{_MINUTE})?(?: ?[AaPp]\.?[Mm]\b)?(?![0-9:])",
            r"(?<![0-9:.,])(?:1[0-2]|0?[1-9]) ?[AaPp]\.?[Mm]\b",
            rf"(?<![0-9:.,]){_HOUR}h{_MINUTE}(?![A-Za-z0-9])",
            rf"(?<![0-9:.,]){_HOUR} Uhr(?: {_MINUTE}(?![0-9]))?{_LETTER_NEXT}",
            # With 间/間/간 after it, the word counts hours instead of telling the time.
            rf"(?<![0-9]){_HOUR}(?:[点點](?:[0-5]?[0-9]分|半|整)|[时時](?![间間])(?:[0-5]?[0-9]分|半)?)",
            rf"(?<![0-9]){_HOUR}시(?!간)(?: ?[0-5]?[0-9]분)?",
        )
    )


def _amounts() -> str:
    before = "|".join(
        (_LETTER_BEFORE if word[0].isalpha() else "") + re.escape(word) for word in _longest_first(CURRENCIES)
    )
    after = "|".join(re.escape(word) + _ending(word) for word in _longest_first(CURRENCIES))
    return rf"(?:{before})[ \u00a0]?{_MONEY}|{_START}{_MONEY}[ \u00a0\u202f]?(?:{after})"


def _ending(currency: str) -> str:
    """What must not follow: a letter after a word, a digit after a sign; East Asian words stand unspaced."""
    if "\u2e80" <= currency[-1] <= "\ud7ff":
        return ""
    return _LETTER_NEXT if currency[-1].isalpha() else "(?![0-9])"


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in _longest_first(words))


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))
