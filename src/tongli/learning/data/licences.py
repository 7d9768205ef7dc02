"""The licence gate: which data may go into weights that are released.

References:
    SPDX Specification 2.3, annex D, "SPDX license expressions".
    SPDX License List, https://spdx.org/licenses/; the table and its sources are in ``licences.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

from tongli.core import ConfigError
from tongli.learning.data.record import Record

Kind = Literal["free", "share-alike", "no-derivatives", "non-commercial", "unknown"]

KINDS: tuple[Kind, ...] = ("free", "share-alike", "no-derivatives", "non-commercial", "unknown")
"""From the most to the least freedom."""

RELEASABLE: frozenset[Kind] = frozenset({"free", "share-alike"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLicence:
    """The records of one source under one licence."""

    source: str
    licence: str
    kind: Kind
    records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a card must say about the data.

    Attributes:
        releasable: every source is free or share-alike.
        research_only: the run was told that its weights stay in research.
        sources: every source and licence, the largest first.
    """

    releasable: bool
    research_only: bool
    sources: tuple[SourceLicence, ...]

    def blocking(self) -> tuple[SourceLicence, ...]:
        """The sources that forbid a release."""
        return tuple(item for item in self.sources if item.kind not in RELEASABLE)

    def to_dict(self) -> dict[str, Any]:
        """The verdict as plain data, for a model card."""
        return {
            "releasable": self.releasable,
            "research_only": self.research_only,
            "sources": [asdict(item) for item in self.sources],
        }


def licence_kind(licence: str) -> Kind:
    """The kind of an SPDX identifier or of a flat expression; ``AND`` takes the strictest, ``OR`` the freest.

    >>> licence_kind("cc by 4.0"), licence_kind("MIT OR CC-BY-NC-4.0"), licence_kind("GPL-3.0-only")
    ('free', 'free', 'unknown')
    """
    return KINDS[min(max(map(_rank, _split("AND", part))) for part in _split("OR", licence))]


def spdx(licence: str) -> str:
    """The identifier as SPDX writes it where the table knows it (``CC BY 4.0`` → ``CC-BY-4.0``)."""
    return _table().get(_key(licence), (licence.strip() or "unknown", "unknown"))[0]


def judge(records: Iterable[Record], *, research_only: bool = False) -> Verdict:
    """What the licences of some records allow; memory is bounded."""
    counts = Counter((record.source, spdx(record.licence)) for record in records)
    sources = tuple(
        SourceLicence(source=source, licence=licence, kind=licence_kind(licence), records=count)
        for (source, licence), count in counts.most_common()
    )
    free = all(item.kind in RELEASABLE for item in sources)
    return Verdict(releasable=free and not research_only, research_only=research_only, sources=sources)


def check_licences(records: Iterable[Record], *, research_only: bool = False) -> Verdict:
    """Stop a run whose weights could not be released.

    Args:
        records: all that a run learns from.
        research_only: go on all the same; the verdict then marks the weights.

    Raises:
        ConfigError: ``licence.not-free``, naming the sources.
    """
    verdict = judge(records, research_only=research_only)
    require_releasable(verdict)
    return verdict


def require_releasable(verdict: Verdict) -> None:
    """Raise ``ConfigError`` (``licence.not-free``) where sources forbid a release, unless it is research."""
    found = verdict.blocking()
    if not found or verdict.research_only:
        return
    named = [f"{item.source} ({item.licence}: {item.kind}, {item.records:,} records)" for item in found]
    raise ConfigError(
        "licence.not-free",
        received="; ".join(named),
        allowed="records that are all free or share-alike; for data of your own, the licence LicenseRef-own",
        fix="Leave these sources out, correct their licence, or add --research-only: "
        "the weights are then marked as not releasable.",
    )


def _rank(licence: str) -> int:
    return KINDS.index(_table().get(_key(licence), ("", "unknown"))[1])


def _split(operator: str, expression: str) -> list[str]:
    return re.split(rf"\s+{operator}\s+", expression)


def _key(licence: str) -> str:
    return re.sub(r"[\s_-]+", "-", licence.strip()).casefold()


@cache
def _table() -> Mapping[str, tuple[str, Kind]]:
    raw = files(__package__).joinpath("licences.toml").read_text(encoding="utf-8")
    return {
        _key(name): (name, cast("Kind", kind)) for kind, names in tomllib.loads(raw).items() for name in names
    }
