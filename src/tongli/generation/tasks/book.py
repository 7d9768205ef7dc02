"""Authored wordings of texts from facts, one file a language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from tongli.core import Address, EngineError, shorten
from tongli.generation.realiser.wording import Wording
from tongli.knowledge import tags

_FOLDER = files("tongli.generation.tasks") / "words"
_SLOT = re.compile(r"\{(\w+)\}")
_FILLED = re.compile(r"\{(\w+)\}(\.?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language's wordings.

    Attributes:
        tag: of the file.
        gap: between two sentences.
        pools: dotted name → wordings.
    """

    tag: str
    gap: str
    pools: Mapping[str, tuple[Wording, ...]]

    def options(self, pool: str, *, address: Address) -> tuple[str, ...]:
        """The wordings of a pool in a form of address, slots open; none where the file has no such pool."""
        texts = (wording.render(address=address) for wording in self.pools.get(pool, ()))
        return tuple(text for text in texts if text is not None)


@cache
def languages() -> frozenset[str]:
    """Tags that have a file."""
    return frozenset(
        entry.name.removesuffix(".toml") for entry in _FOLDER.iterdir() if entry.name.endswith(".toml")
    )


def words(tag: str) -> Words:
    """The wordings that serve a language.

    Raises:
        EngineError: ``engine.language``.
    """
    found = tags.match(tag, languages())
    if found is None:
        raise EngineError(
            "engine.language",
            received=shorten(tag),
            allowed=", ".join(sorted(languages())),
            fix="Write for an audience that reads one of these languages, or choose another engine.",
        )
    return _load(found)


def slots_in(text: str) -> tuple[str, ...]:
    """Names of the slots in a wording."""
    return tuple(_SLOT.findall(text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values into slots; a value is never read as a slot itself, and two full stops become one."""

    def put(found: re.Match[str]) -> str:
        value = values[found[1]]
        return value if value.endswith((".", "!", "?", "…")) else value + found[2]

    return _FILLED.sub(put, text)


@cache
def _load(tag: str) -> Words:
    data = tomllib.loads((_FOLDER / f"{tag}.toml").read_text(encoding="utf-8"))
    gap = data.pop("gap")
    return Words(tag=tag, gap=gap, pools=MappingProxyType(dict(_leaves(data, ""))))


def _leaves(data: Mapping[str, Any], prefix: str) -> list[tuple[str, tuple[Wording, ...]]]:
    found: list[tuple[str, tuple[Wording, ...]]] = []
    for key, value in data.items():
        if isinstance(value, Mapping):
            found += _leaves(value, f"{prefix}{key}.")
        else:
            found.append((f"{prefix}{key}", tuple(map(Wording, value))))
    return found
