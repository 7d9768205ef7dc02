"""Which parameters of the upper layers learn, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from tongli.core import ConfigError, shorten

METHODS = ("layers", "lora", "adalora", "dora", "prefix", "adapters", "heads")
MERGEABLE = ("layers", "lora", "adalora", "dora", "heads")
"""Methods that end as plain layers, the form that ships."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adaptation:
    """How the upper layers are tuned; heads always learn.

    Attributes:
        method: ``layers`` tunes whole layers, ``heads`` none. ``lora`` (Hu et al. 2021), ``adalora``
            (Zhang et al. 2023) and ``dora`` (Liu et al. 2024) add low-rank updates to every matrix of a
            layer, ``prefix`` (Li & Liang 2021) keys and values to its attention, and ``adapters``
            (Houlsby et al. 2019) two small networks.
        top_k: layers that take part, from the top; 0 for all. The others are frozen.
        rank: of an update; for ``adalora`` the mean over all matrices that remains at the end.
        alpha: updates are multiplied by ``alpha / rank`` (``adalora``: by its rank at the start).
        dropout: of what goes into a low-rank update.
        prefix: keys and values that are put before those of the text.
        bottleneck: hidden units of an adapter.

    Raises:
        ConfigError: ``adapt.method`` or ``adapt.value``.
    """

    method: str = "layers"
    top_k: int = 0
    rank: int = 8
    alpha: int = 16
    dropout: float = 0.0
    prefix: int = 20
    bottleneck: int = 64

    def __post_init__(self) -> None:
        if self.method not in METHODS:
            raise ConfigError(
                "adapt.method",
                received=f"method = {shorten(self.method)}",
                allowed=", ".join(METHODS),
                fix="Correct the method.",
            )
        for name in ("rank", "alpha", "prefix", "bottleneck"):
            if getattr(self, name) < 1:
                raise bad_value(name, getattr(self, name), allowed="a whole number of at least 1")
        if self.top_k < 0:
            raise bad_value("top_k", self.top_k, allowed="a whole number of at least 0")
        if not 0 <= self.dropout < 1:
            raise bad_value("dropout", self.dropout, allowed="a number from 0 to below 1")


def bad_value(name: str, value: object, *, allowed: str) -> ConfigError:
    """The error of an attribute out of range."""
    return ConfigError(
        "adapt.value",
        received=f"{name} = {shorten(value)}",
        allowed=allowed,
        fix="Correct the value.",
    )
