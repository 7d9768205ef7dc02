"""Declared forms of address: who says du to whom.

default = "formal"

[[pairs]]
between = ["Anna", "Ben"]    # both ways
address = "informal"

[[pairs]]
from = "Anna"
to = "Dr. Klein"             # left out: whoever it is
address = "formal"
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast, get_args

from tongli.core import Address, ConfigError

Pair = tuple[str | None, str | None]
"""Who speaks, and to whom; ``None`` where that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Declared forms.

    Attributes:
        default: for every pair that is not named; ``None`` leaves them open.
        pairs: forms by pair, names in lower case; ``None`` stands for anybody.
    """

    default: Address | None = None
    pairs: Mapping[Pair, Address] = field(default_factory=dict)

    def of(self, pair: Pair) -> Address | None:
        """The declared form of a pair: its own, else to or from anybody, else for all."""
        speaker, listener = (None if name is None else name.casefold() for name in pair)
        for key in ((speaker, listener), (speaker, None), (None, listener)):
            if key in self.pairs:
                return self.pairs[key]
        return self.default


def read_addresses(path: Path, *, default: Address | None = None) -> Addresses:
    """Forms that a file declares.

    Args:
        path: of a TOML file.
        default: instead of the file's own, where given.

    Raises:
        ConfigError: ``subtitles.addresses`` for a file that cannot be read or says something else.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        pairs = dict(entry for item in data.pop("pairs", []) for entry in _pair(item))
        own = _form(data.pop("default")) if "default" in data else None
        _require_none(data)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise ConfigError(
            "subtitles.addresses",
            received=f"{path.name}: {type(wrong).__name__}",
            allowed="TOML with default and [[pairs]] of between, or from and to, and address",
            fix="Correct the file; address is formal or informal.",
        ) from wrong
    return Addresses(default=default or own, pairs=pairs)


def _pair(item: dict[str, Any]) -> Iterator[tuple[Pair, Address]]:
    form = _form(item["address"])
    if set(item) == {"between", "address"}:
        one, other = map(_name, item["between"])
        yield (one, other), form
        yield (other, one), form
    elif set(item) - {"address"} and set(item) <= {"from", "to", "address"}:
        speaker, listener = (_name(item[key]) if key in item else None for key in ("from", "to"))
        yield (speaker, listener), form
    else:
        raise ValueError(", ".join(item))


def _require_none(rest: Mapping[str, Any]) -> None:
    if rest:
        raise ValueError(", ".join(rest))


def _name(told: str) -> str:
    return " ".join(told.split()).casefold()


def _form(told: str) -> Address:
    if told not in get_args(Address):
        raise ValueError(told)
    return cast("Address", told)
