"""Phrase files: found by language tag, checked against the shape, cached."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NoReturn

from tongli.core import Address, CultureContext, EngineError, InputError, shorten
from tongli.generation.realiser.shape import POOLS
from tongli.generation.realiser.wording import Wording, slots_in, space_french
from tongli.knowledge.tags import fallbacks

_FOLDER = files("tongli.generation.realiser") / "phrases"
_STYLE = {
    "gap": str,
    "separator": str,
    "last_separator": str,
    "lower_after_comma": bool,
    "french_spaces": bool,
}
_ADDRESSES: tuple[Address, ...] = ("formal", "informal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasebook:
    """One language's wordings.

    Attributes:
        tag: the file's language tag.
        version: tag and content hash, for provenance.
        gap: what stands between two sentences.
        separator, last_separator: what stands between kept strings, and before the last of them.
        lower_after_comma: the sentence after a greeting that ends in a comma starts in lower case.
        pools: dotted pool name → wordings.
    """

    tag: str
    version: str
    gap: str
    separator: str
    last_separator: str
    lower_after_comma: bool
    pools: Mapping[str, tuple[Wording, ...]]


@cache
def tags() -> frozenset[str]:
    """Tags that have a phrase file."""
    names = (entry.name for entry in _FOLDER.iterdir())
    return frozenset(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


def match(culture: CultureContext) -> str:
    """The tag of the file that serves a culture: ``pt-BR`` → ``pt``, ``zh-HK`` → ``zh-Hant``.

    A bare language is made precise by the locale when both are the same language.

    Raises:
        EngineError: ``engine.language``.
    """
    chain = _chain(culture.lang)
    local = _chain(culture.locale) if len(chain) == 1 else ()
    for tag in (*(local if chain[-1:] == local[-1:] else ()), *chain):
        if tag in tags():
            return tag
    raise EngineError(
        "engine.language",
        received=shorten(culture.lang),
        allowed=", ".join(sorted(tags())),
        fix="Ask for the answer in one of these languages, or choose another engine.",
    )


def _chain(tag: str) -> tuple[str, ...]:
    try:
        return fallbacks(tag)
    except InputError:
        return ()


@cache
def load(tag: str) -> Phrasebook:
    """Read and check one phrase file; raises ``EngineError`` (``engine.phrases``)."""
    return parse((_FOLDER / f"{tag}.toml").read_bytes(), name=f"{tag}.toml")


def parse(raw: bytes, *, name: str) -> Phrasebook:
    """Check the content of a phrase file called ``name``.

    Raises:
        EngineError: ``engine.phrases``; the message names the file and the key.
    """
    try:
        data = tomllib.loads(raw.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as broken:
        _reject(name, "the whole file", str(broken), allowed="a UTF-8 TOML file")
    style = data.pop("style", None)
    if not isinstance(style, dict) or {key: type(style[key]) for key in style} != _STYLE:
        allowed = ", ".join(f"{key} ({kind.__name__})" for key, kind in _STYLE.items())
        _reject(name, "style", shorten(style), allowed=allowed)
    found = dict(_leaves(data))
    for key in sorted(found.keys() ^ POOLS.keys()):
        _reject(name, key, "an unknown key" if key in found else "nothing", allowed="the keys of shape.POOLS")
    french = style.pop("french_spaces")
    pools = {key: _wordings(name, key, value, french=french) for key, value in found.items()}
    tag = name.removesuffix(".toml")
    return Phrasebook(tag=tag, version=f"{tag}-{hashlib.sha256(raw).hexdigest()[:12]}", pools=pools, **style)


def _leaves(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _wordings(name: str, key: str, value: object, *, french: bool) -> tuple[Wording, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        _reject(name, key, shorten(value), allowed="a list of wordings")
    wordings = tuple(Wording(space_french(item) if french else item) for item in value)
    if len(wordings) < POOLS[key]:
        _reject(name, key, f"{len(wordings)}", allowed=f"at least {POOLS[key]} wordings")
    slots = ["name"] if key.endswith(".named") else ["keep"] if key.startswith("reference.") else []
    for wording in wordings:
        if any(slots_in(text) != slots or set(text) & set("[]<>|") for text in _renderings(wording)):
            _reject(name, key, shorten(wording.source), allowed=f"balanced markup and the slots {slots}")
    return wordings


def _renderings(wording: Wording) -> Iterator[str]:
    for address in _ADDRESSES:
        yield wording.render(address=address)


def _reject(name: str, key: str, received: str, *, allowed: str) -> NoReturn:
    raise EngineError(
        "engine.phrases",
        received=f"{received} in {name} at {key}",
        allowed=allowed,
        fix=f"Correct {key} in {name}.",
    )
