"""What characters say of themselves, and how they are addressed, in a paragraph that tells who speaks.

Only what stands in quotation marks is speech. The speaker is the one person whom the paragraph names outside
of the quotation; the addressed, the one whom the quotation calls by name. Otherwise nobody is.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

import regex

from tongli.applications.gender.consistency.use import Use, quotations
from tongli.core import Span
from tongli.empathy.gender.check.people import Named
from tongli.empathy.gender.forms import outside_of, table
from tongli.knowledge.locales import knows, profile


def spoken(text: str, *, within: Span, lang: str, found: Sequence[Named]) -> Iterator[Use]:
    """Uses in one paragraph.

    Args:
        text: some paragraphs.
        within: code points of the one.
        lang: their language.
        found: names in the text, other people's too.
    """
    quotes = quotations(text, within)
    if not quotes:
        return
    low, high = (bisect_left(found, place, key=lambda item: item.span[0]) for place in within)
    here = found[low:high]
    told = outside_of(quotes)
    speaker = _only(item for item in here if told(item.span))
    for quote in quotes:
        elsewhere = outside_of([quote])
        if speaker is not None:
            for value, span in _styles(text, quote, lang):
                yield Use(person=speaker, kind="first-person", value=value, span=span, quoted=False)
        called = _only(item for item in here if not elsewhere(item.span) and _calls(text, item))
        if called is not None:
            for value, span in _addresses(text, quote, lang):
                yield Use(person=called, kind="address", value=value, span=span, quoted=False)


def _only(found: Iterator[Named]) -> int | None:
    """The one person that names are of."""
    who = {item.name if item.person is None else item.person for item in found}
    person = who.pop() if len(who) == 1 else None
    return person if isinstance(person, int) else None


def _calls(text: str, item: Named) -> bool:
    """Whether a name is called rather than told about: set off by commas, marks or the quotation's end."""
    start, end = item.span
    before, after = text[max(0, start - 2) : start].rstrip()[-1:], text[end : end + 2].lstrip()[:1]
    return before in ',，、“„«»"「『' and after in ',，、!?！？.…”“»«"」』'


def _styles(text: str, quote: Span, lang: str) -> Iterator[tuple[str, Span]]:
    for value, pattern in _patterns(lang.partition("-")[0].lower()).items():
        for match in pattern.finditer(text, *quote):
            if match.lastgroup != "other":
                yield value or match[0], match.span()


def _addresses(text: str, quote: Span, lang: str) -> Iterator[tuple[str, Span]]:
    for value, pattern in (profile(lang).markers if knows(lang) else {}).items():
        for match in pattern.finditer(text, *quote):
            yield value, match.span()


@cache
def _patterns(lang: str) -> Mapping[str, regex.Pattern[str]]:
    """Style → pattern; the empty style stands for the word itself."""
    if lang == "ja":
        forms = table("ja", "forms")
        words, other = (
            "|".join(sorted(map(regex.escape, forms[name].split()), key=len, reverse=True))
            for name in ("first", "first_not")
        )
        return {"": regex.compile(f"(?P<other>{other})|(?:{words})")}
    data = tomllib.loads((files("tongli.knowledge") / "gender" / "voice.toml").read_text("utf-8"))
    return {value: regex.compile(pattern) for value, pattern in data.get(lang, {}).items()}
