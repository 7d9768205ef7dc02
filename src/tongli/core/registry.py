"""Plug-ins by name, found through entry points; built-ins register the same way."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from tongli.core.errors import ConfigError

GROUPS = (
    "tongli.encoders",
    "tongli.emotions",
    "tongli.perspectives",
    "tongli.engines",
    "tongli.translators",
)


def _discover(group: str) -> Mapping[str, EntryPoint]:
    found: dict[str, EntryPoint] = {}
    for point in entry_points(group=group):
        known = found.get(point.name)
        if known is not None and known.value != point.value:
            raise ConfigError(
                "plugin.duplicate",
                received=f"{point.name!r} from both {known.value} and {point.value}",
                allowed=f"one entry a name in the group {group}",
                fix="Uninstall one of the two packages.",
            )
        found[point.name] = point
    return found


def names(group: str) -> tuple[str, ...]:
    """Names registered in an entry-point group, sorted; nothing is imported."""
    return tuple(sorted(_discover(group)))


def make(group: str, name: str) -> Any:
    """What the plug-in ``name`` makes, given what stands behind a colon (``mt:FOLDER``) if anything does.

    Raises:
        ConfigError: as :func:`resolve`.
    """
    plugin, _, place = name.partition(":")
    made = resolve(group, plugin)
    return made(place) if place else made()


def resolve(group: str, name: str) -> Any:
    """Import and return the object registered as ``name``.

    Raises:
        ConfigError: ``plugin.unknown`` for an unknown name, ``plugin.extra`` when an optional
            dependency of the plug-in is not installed, ``plugin.duplicate`` for a name claimed twice.
    """
    found = _discover(group)
    point = found.get(name)
    if point is None:
        raise ConfigError(
            "plugin.unknown",
            received=f"{name!r} for {group}",
            allowed=", ".join(sorted(found)) or "nothing is registered",
            fix="Choose one of these, or install the package that provides it.",
        )
    try:
        return point.load()
    except ModuleNotFoundError as missing:
        extra = point.extras[0] if point.extras else name
        raise ConfigError(
            "plugin.extra",
            received=f"{name!r}, which needs the module {missing.name!r}",
            allowed="a plug-in whose dependencies are installed",
            fix=f'Install it: pip install "tongli[{extra}]".',
        ) from missing
