"""Translation memories in and out: TMX 1.4 and XLIFF 1.2 or 2.0.

Inline elements are left out of what is stored: a memory holds words.

References:
    LISA, TMX 1.4b specification; OASIS, XLIFF 1.2 and 2.0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import TypeVar

from tongli.applications.documents.change import replaced
from tongli.applications.documents.markup import Token, decoded, tokens
from tongli.applications.jsonl import read_start
from tongli.applications.translate.formats.well_formed import well_formed
from tongli.applications.translate.memory import Stored
from tongli.core import ConfigError, InputError, shorten

_T = TypeVar("_T")

LARGEST = 256 << 20
"""Bytes of a file that is read."""
_SUFFIXES = (".tmx", ".xlf", ".xliff")


def read_units(path: Path) -> Iterator[Stored]:
    """The units of a file, whose ending names its format.

    Raises:
        ConfigError: ``memory.suffix``.
        InputError: ``document.damaged``, ``document.encoding``, ``document.too-large``, ``input.*``.
        StorageError: ``input.unreadable``.
    """
    read = _of_suffix(path, {".tmx": _tmx, ".xlf": _xliff, ".xliff": _xliff})
    data = read_start(str(path), limit=LARGEST + 1)
    if len(data) > LARGEST:
        raise InputError(
            "document.too-large",
            received=f"{shorten(path.name)}, of more than {LARGEST >> 20} MiB",
            allowed=f"at most {LARGEST >> 20} MiB",
            fix="Split the memory.",
        )
    source, _ = decoded(data, name=shorten(path.name))
    source = source.removeprefix("\ufeff")
    well_formed(source)
    return read(source, path.name)


def write_units(path: Path, units: Iterable[Stored]) -> int:
    """Write units whole or not at all, and tell how many.

    Raises:
        ConfigError: ``memory.suffix``.
        StorageError: ``storage.write``.
    """
    write = _of_suffix(path, {".tmx": _as_tmx, ".xlf": _as_xliff, ".xliff": _as_xliff})
    count = 0

    def counted() -> Iterator[Stored]:
        nonlocal count
        for unit in units:
            count += 1
            yield unit

    replaced(path, lambda file: file.writelines(line.encode() for line in write(counted())))
    return count


def _of_suffix(path: Path, table: dict[str, _T]) -> _T:
    found = table.get(path.suffix.lower())
    if found is None:
        raise ConfigError(
            "memory.suffix",
            received=shorten(path.name),
            allowed=", ".join(_SUFFIXES),
            fix="Correct the ending.",
        )
    return found


def _tmx(source: str, origin: str) -> Iterator[Stored]:
    """Each pair of a unit's first variant, its source, and another one."""
    variants: dict[str, str] = {}
    lang, words, inside = "", [""], False
    for token in tokens(source):
        if token.local == "tuv" and token.kind == "open":
            told = token.attributes()
            lang = told.get("xml:lang") or told.get("lang") or ""
        elif token.local == "seg" and token.kind != "empty":
            if token.kind == "close" and lang:
                variants[lang] = "".join(words)
            inside, words = token.kind == "open", []
        elif inside and token.kind in ("text", "entity"):
            words.append(token.value)
        elif token.local == "tu" and token.kind == "close":
            yield from _pairs(variants, origin)
            variants = {}


def _pairs(variants: dict[str, str], origin: str) -> Iterator[Stored]:
    (first, text), *others = [*variants.items()] or [("", "")]
    for lang, other in others:
        if text.strip() and other.strip():
            yield Stored(source=text, target=other, source_lang=first, target_lang=lang, origin=origin)


def _xliff(source: str, origin: str) -> Iterator[Stored]:
    langs = ("", "")
    texts: dict[str, str] = {}
    within = ""
    for token in tokens(source):
        if token.local in ("xliff", "file") and token.kind == "open":
            langs = _file_languages(token, langs)
        elif token.local in ("source", "target"):
            within = token.local if token.kind == "open" else ""
            if within:
                texts[within] = ""
        elif within and token.kind in ("text", "entity"):
            texts[within] += token.value
        elif token.local in ("trans-unit", "segment") and token.kind == "close":
            if all(langs) and texts.get("source", "").strip() and texts.get("target", "").strip():
                yield Stored(
                    source=texts["source"],
                    target=texts["target"],
                    source_lang=langs[0],
                    target_lang=langs[1],
                    origin=origin,
                )
            texts = {}


def _file_languages(token: Token, before: tuple[str, str]) -> tuple[str, str]:
    told = token.attributes()
    return (
        told.get("source-language") or told.get("srcLang") or before[0],
        told.get("target-language") or told.get("trgLang") or before[1],
    )


def _as_tmx(units: Iterable[Stored]) -> Iterator[str]:
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n<header creationtool="tongli" '
        'creationtoolversion="1" segtype="sentence" o-tmf="tongli" adminlang="en" srclang="*all*" '
        'datatype="plaintext"/>\n<body>\n'
    )
    for unit in units:
        sides = ((unit.source_lang, unit.source), (unit.target_lang, unit.target))
        variants = "".join(
            f'<tuv xml:lang="{escape(lang)}"><seg>{_text(text)}</seg></tuv>' for lang, text in sides
        )
        yield f"<tu>{variants}</tu>\n"
    yield "</body>\n</tmx>\n"


def _as_xliff(units: Iterable[Stored]) -> Iterator[str]:
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n'
    )
    langs: tuple[str, str] | None = None
    for number, unit in enumerate(units, 1):
        if langs != (unit.source_lang, unit.target_lang):
            yield "</body></file>\n" if langs is not None else ""
            langs = (unit.source_lang, unit.target_lang)
            yield (
                f'<file original="memory" datatype="plaintext" source-language="{escape(langs[0])}" '
                f'target-language="{escape(langs[1])}"><body>\n'
            )
        yield (
            f'<trans-unit id="{number}"><source>{_text(unit.source)}</source>'
            f"<target>{_text(unit.target)}</target></trans-unit>\n"
        )
    yield "</body></file>\n" if langs is not None else ""
    yield "</xliff>\n"


def _text(text: str) -> str:
    """Escaped, without characters that XML does not have."""
    return escape("".join(char for char in text if char in "\t\n" or char >= " "), quote=False)
