"""What the interface says, in each of its languages: one TOML file a language in ``catalogue/``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

Tag = Literal["en", "zh", "es", "ar"]
TAGS: tuple[Tag, ...] = get_args(Tag)
QUASAR: Mapping[Tag, Literal["en-US", "zh-CN", "es", "ar"]] = {
    "en": "en-US",
    "zh": "zh-CN",
    "es": "es",
    "ar": "ar",
}
"""Language → the pack of the toolkit, which also sets ``lang`` and ``dir`` of the page."""

_RIGHT_TO_LEFT = frozenset({"ar"})


@dataclass(frozen=True, slots=True)
class Words:
    """The interface in one language.

    Attributes:
        tag: of the language.
        entries: dotted key → text, with values to fill in as ``{name}``.
    """

    tag: Tag
    entries: Mapping[str, str] = field(repr=False)

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """How the language is written."""
        return "rtl" if self.tag in _RIGHT_TO_LEFT else "ltr"

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key; raises ``KeyError`` for one that no catalogue has."""
        return self.entries[key].format(**values)

    def name(self, group: str, label: str) -> str:
        """What a label of a scheme is called; the label itself where it has no other name."""
        return self.entries.get(f"{group}.{label}", label.replace("_", " ").replace("-", " "))


@cache
def words(tag: Tag) -> Words:
    """The catalogue of a language."""
    folder = files("tongli.serving.studio") / "catalogue"
    return Words(tag, dict(_flat(tomllib.loads((folder / f"{tag}.toml").read_text("utf-8")))))


def preferred(accepted: str) -> Tag:
    """The best language for an ``Accept-Language`` header (RFC 9110, 12.5.4); English where none fits."""
    items = [item.partition(";q=") for item in accepted.split(",")]
    wanted = {tag.strip().partition("-")[0].lower(): _number(weight) for tag, _, weight in reversed(items)}
    return max(TAGS, key=lambda tag: wanted.get(tag, 0.0)) if wanted.keys() & set(TAGS) else "en"


def _number(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
