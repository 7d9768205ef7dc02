"""Which locale a name is in, which one formats it, and which of its parts comes first.

References:
    Unicode Technical Standard #35, part 8, "Derive the name locale", "Derive the formatting locale", "Derive
    the name order", "Setting the spaceReplacement".
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

import regex
from babel.core import get_global

from tongli.knowledge import tags
from tongli.knowledge.person_name_table import ROOT, NameRules, rules
from tongli.knowledge.person_names import NameFields, Order

UNKNOWN = "Zzzz"

# CLDR takes an unknown language in an unknown script to be in this one, and has no entry for it alone.
_LATIN = "Latn"

_SETS = {
    "Jpan": {"Hani", "Hira", "Kana"},
    "Kore": {"Hang", "Hani"},
    "Hans": {"Hani"},
    "Hant": {"Hani"},
    "Hanb": {"Hani", "Bopo"},
    "Hrkt": {"Hira", "Kana"},
}
_SPACELESS = frozenset({"ja", "zh", "yue"})
"""Languages that count as one where blanks in names are concerned."""


def name_script(name: NameFields) -> str:
    """ISO 15924 code of the first character of surname, then given name, that has a script."""
    for field in ("surname", "given"):
        for character in name.find(field, ())[0]:
            found = _script(character)
            if found is not None:
                return found
    return UNKNOWN


def name_language(name: NameFields) -> str:
    """The language of a name: as declared, or the likeliest for its script."""
    return tags.primary(_declared(name) or _likeliest(name_script(name), None))


def formatting_locale(name: NameFields, locale: str) -> str:
    """The locale whose rules are used: the one asked for, or another when it is in another script.

    Raises:
        InputError: ``locale.tag``.
    """
    script, declared = name_script(name), _declared(name)
    if script == UNKNOWN or _match(script, tags.maximal(locale)[1]):
        return locale
    own = declared and rules(declared).tag
    if own and own != ROOT and _match(script, tags.maximal(own)[1]):
        return str(declared)
    return _likeliest(script, tags.maximal(declared)[2] if declared else None)


def name_order(name: NameFields, found: NameRules) -> Order:
    """Which part comes first, by the locale of the name and the customs of the formatting locale."""
    if name.order is not None:
        return name.order
    locale = _declared(name) or _likeliest(name_script(name), None)
    for candidate in _ordering(locale):
        if candidate in found.given_first:
            return "given-first"
        if candidate in found.surname_first:
            return "surname-first"
    return "given-first"


def shares_blanks(one: str, other: str) -> bool:
    """Whether names in a language are no foreign ones to another as far as blanks are concerned."""
    return one == other or {one, other} <= _SPACELESS


def _declared(name: NameFields) -> str | None:
    return None if name.locale in (None, "", ROOT) else name.locale


def _ordering(locale: str) -> Iterator[str]:
    """The locale and its parents, each followed by itself without the language."""
    language, script, region = tags.subtags(locale)
    for parts in ((script, region), (script, None), (None, region), (None, None)):
        for base in (language, ROOT):
            yield "-".join(part for part in (base, *parts) if part)


def _match(script: str, other: str | None) -> bool:
    known = other or UNKNOWN
    return bool(_SETS.get(script, {script}) & _SETS.get(known, {known}))


def _likeliest(script: str, region: str | None) -> str:
    likely = get_global("likely_subtags")
    keys = (f"und_{script}_{region}", f"und_{script}", *([ROOT] if script == _LATIN else []))
    return next((str(likely[key]).replace("_", "-") for key in keys if key in likely), ROOT)


@lru_cache(maxsize=4096)
def _script(character: str) -> str | None:
    found = _scripts().match(character)
    return None if found is None else found.lastgroup


@cache
def _scripts() -> regex.Pattern[str]:
    """One group a script; codes that name several scripts are no values of the property Script."""
    codes = {key[4:] for key in get_global("likely_subtags") if key.startswith("und_") and len(key) == 8}
    single = sorted((codes | {_LATIN}) - {"Hanb", "Hans", "Hant", "Jamo", "Jpan", "Kore"})
    return regex.compile("|".join(rf"(?P<{code}>\p{{Script={code}}})" for code in single))
