"""BCP-47 tags: reading them, falling back through CLDR parents, filling in the likely region.

Parents and likely subtags come from CLDR through Babel and are never retyped here.

References:
    RFC 5646, "Tags for Identifying Languages"; RFC 4647, "Matching of Language Tags".
    Unicode Technical Standard #35, "Locale Inheritance" and "Likely Subtags".
    ISO 639-3, "Macrolanguage Mappings", https://iso639-3.sil.org/code_tables/macrolanguage_mappings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from babel.core import get_global, parse_locale

from tongli.core import InputError

_SUBTAGS = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{2,8}){0,4}")

_MEMBERS = {
    "ar": "acm acq aeb afb ajp apc apd arq ars ary arz ayl",
    "no": "nb nn",
    "zh": "cdo gan hak hsn nan wuu yue",
}
"""Macrolanguages and those of their members (ISO 639-3) that CLDR does not fold into them."""

_MACRO = {member: macro for macro, members in _MEMBERS.items() for member in members.split()}

_Parts = tuple[str, str | None, str | None]
"""Language, script, region."""


def _split(tag: str) -> _Parts:
    """Language, script and region of a tag; variants and extensions are left out."""
    kept: list[str] = []
    for subtag in tag.strip().replace("_", "-").split("-"):
        if len(subtag) == 1 and kept:
            break
        kept.append(subtag)
    if not _SUBTAGS.fullmatch("-".join(kept)):
        raise _bad(tag)
    try:
        language, region, script = parse_locale("-".join(kept), sep="-")[:3]
    except ValueError as error:
        raise _bad(tag) from error
    alias = get_global("language_aliases").get(language, language)
    return (alias.split("_")[0], script, region)


def _bad(tag: str) -> InputError:
    # The tag may be a personal declaration, so it is not repeated.
    return InputError(
        "locale.tag",
        received=f"a tag of {len(tag)} characters that is not BCP-47",
        allowed="a language with an optional script and region, such as de, es-MX, zh-Hant-TW",
        fix="Correct the tag, or leave it out.",
    )


def _join(language: str, script: str | None, region: str | None, *, sep: str = "-") -> str:
    return sep.join(part for part in (language, script, region) if part)


def _likely(language: str, script: str | None, region: str | None) -> _Parts:
    """The parts with the blanks filled in from CLDR, where CLDR knows the language."""
    likely = get_global("likely_subtags")
    keys = (
        (language, script, region),
        (language, None, region),
        (language, script, None),
        (language, None, None),
    )
    found = next((likely[key] for key in (_join(*parts, sep="_") for parts in keys) if key in likely), None)
    if found is None:
        return (language, script, region)
    _, likely_region, likely_script = parse_locale(found)[:3]
    return (language, script or likely_script, region or likely_region)


@lru_cache(maxsize=512)
def fallbacks(tag: str) -> tuple[str, ...]:
    """A tag and what it inherits from, narrowest first.

    Raises:
        InputError: ``locale.tag``.

    >>> fallbacks("es-MX")
    ('es-MX', 'es-419', 'es')
    >>> fallbacks("zh-TW")
    ('zh-TW', 'zh-Hant', 'zh')
    """
    language, script, region = _split(tag)
    chain = [_join(language, script, region)]
    parent = get_global("parent_exceptions").get(chain[0].replace("-", "_"))
    if parent is not None:
        chain.append(parent.replace("_", "-"))
    full_script = _likely(language, script, region)[1]
    if full_script != _likely(language, None, None)[1]:
        chain.append(_join(language, full_script, None))
    chain.append(language)
    return tuple(dict.fromkeys(chain))


def subtags(tag: str) -> tuple[str, str | None, str | None]:
    """Language, script and region as they stand in a tag, the language in its current form.

    Raises:
        InputError: ``locale.tag``.
    """
    return _split(tag)


def maximal(tag: str) -> tuple[str, str | None, str | None]:
    """Language, script and region, with the likely ones filled in: ``maximal("ja") == ("ja", "Jpan", "JP")``.

    Raises:
        InputError: ``locale.tag``.
    """
    return _likely(*_split(tag))


def primary(tag: str) -> str:
    """The language of a tag, in its current form: ``primary("iw-IL") == "he"``."""
    return _split(tag)[0]


def macrolanguage(tag: str) -> str | None:
    """The macrolanguage that a tag's language is a member of: ``macrolanguage("ary-MA") == "ar"``."""
    return _MACRO.get(primary(tag))


def same_language(one: str, other: str) -> bool:
    """Whether two tags name the same language, whatever the region."""
    return primary(one) == primary(other)


@lru_cache(maxsize=512)
def with_region(tag: str) -> str:
    """The tag with its most likely region, and its script only where that is not the usual one.

    >>> with_region("zh"), with_region("pt"), with_region("es-MX")
    ('zh-CN', 'pt-BR', 'es-MX')
    """
    language, script, region = _split(tag)
    _, full_script, full_region = _likely(language, script, region)
    usual = _likely(language, None, full_region)[1]
    return _join(language, None if full_script == usual else full_script, full_region)


def has_region(tag: str) -> bool:
    """Whether a region was written in the tag."""
    return _split(tag)[2] is not None


def match(tag: str, available: Iterable[str]) -> str | None:
    """The entry of ``available`` that serves ``tag`` best, or ``None``.

    The tag itself and its parents come first (RFC 4647 lookup); then a single entry for another region of the
    same language, since a wish declared for ``pt-BR`` is still that person's wish in ``pt``.
    """
    by_tag = {fallbacks(entry)[0]: entry for entry in available}
    for candidate in fallbacks(tag):
        if candidate in by_tag:
            return by_tag[candidate]
    related = [entry for key, entry in by_tag.items() if primary(key) == primary(tag)]
    return related[0] if len(related) == 1 else None


@lru_cache(maxsize=4096)
def nearest(tag: str, available: tuple[str, ...]) -> tuple[str, ...]:
    """The entries of ``available`` that say most about ``tag``: several when none is nearer than the others.

    The tag itself and its parents come first, in whatever spelling. Then what lies under one of them: there
    the likely script or region goes before all others. Members of a macrolanguage lie under it. What is not
    BCP-47 is its own only relative.

    >>> nearest("es-MX", ("en", "es")), nearest("es", ("en", "es-419")), nearest("tw", ("ak",))
    (('es',), ('es-419',), ('ak',))
    >>> nearest("pt", ("pt-BR", "pt-MZ")), nearest("ar", ("arq", "ary")), nearest("ja", ("zh",))
    (('pt-BR',), ('arq', 'ary'), ())
    """
    lineages = {entry: _lineage(entry) for entry in available}
    own = _lineage(tag)
    for candidate in own:
        same = tuple(entry for entry, lineage in lineages.items() if lineage[0] == candidate)
        if same:
            return same
    for candidate in own:
        below = tuple(entry for entry, lineage in lineages.items() if candidate in lineage)
        if below:
            return tuple(entry for entry in below if _is_usual(entry, candidate)) or below
    return ()


def _lineage(tag: str) -> tuple[str, ...]:
    """A tag, its parents of the same language, and its macrolanguage."""
    try:
        chain = fallbacks(tag)
    except InputError:
        return (tag,)
    language = chain[-1]
    own = tuple(each for each in chain if primary(each) == language)
    return (*own, _MACRO[language]) if language in _MACRO else own


def _is_usual(tag: str, parent: str) -> bool:
    """Whether script and region of a tag are those that its parent would be taken to have."""
    language, script, region = _split(tag)
    usual = _likely(*_split(parent))
    return language == usual[0] and script in {None, usual[1]} and region in {None, usual[2]}
