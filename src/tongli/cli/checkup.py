"""What ``tongli doctor`` looks at."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from tongli import __version__
from tongli.core import ConfigError, Settings, TongliError
from tongli.core.registry import names, resolve

_ROOM = 1_000_000_000
"""Bytes that preparing the embedded models may need for a moment."""

_ENGINES = "tongli.engines"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        name: what.
        ok: ``None`` for something optional that is missing, or that is only told.
        found: what is there.
        fix: what to do about it; empty when nothing.
    """

    name: str
    ok: bool | None
    found: str
    fix: str = ""


def examine(settings: Settings) -> list[Finding]:
    """Look at the machine, the packages, the cache, the models and the engines. Nothing is changed."""
    return [
        Finding(name="tongli", ok=True, found=__version__),
        _python(),
        _machine(settings),
        _packages(),
        *_cache(settings.cache),
        *_models(settings),
        *_engines(),
    ]


def _python() -> Finding:
    version = platform.python_version()
    good = sys.version_info >= (3, 11)
    return Finding(
        name="python",
        ok=good,
        found=f"{version} on {platform.system()} {platform.machine()}",
        fix="" if good else "Install Python 3.11 or later.",
    )


def _machine(settings: Settings) -> Finding:
    found = f"{os.cpu_count()} cores, {settings.threads} used"
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        found += f"; {memory / 1e9:.0f} GB of memory"
    return Finding(name="machine", ok=None, found=found)


def _packages() -> Finding:
    """The packages that the base install needs, with their versions."""
    found, missing = [], []
    for requirement in metadata.requires("tongli") or []:
        if "extra ==" in requirement:
            continue
        name = re.split(r"[^\w.-]", requirement)[0]
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    return Finding(
        name="packages",
        ok=not missing,
        found=f"missing: {', '.join(missing)}" if missing else ", ".join(found),
        fix="Install tongli again: pip install tongli." if missing else "",
    )


def _cache(cache: Path) -> Iterator[Finding]:
    folder = next(parent for parent in (cache, *cache.absolute().parents) if parent.exists())
    try:
        with tempfile.TemporaryFile(dir=folder):
            writable = True
    except OSError:
        writable = False
    yield Finding(
        name="cache",
        ok=writable,
        found=f"{cache}, {'' if writable else 'not '}writable",
        fix="" if writable else "Set TONGLI_CACHE to a folder that you may write to.",
    )
    free = shutil.disk_usage(folder).free
    yield Finding(
        name="disk",
        ok=free >= _ROOM,
        found=f"{free / 1e9:.1f} GB free",
        fix="" if free >= _ROOM else "Free some space, or set TONGLI_CACHE to another disk.",
    )


def _models(settings: Settings) -> Iterator[Finding]:
    from tongli.encoders import store

    try:
        for model in store.list_models(settings):
            ready = model.state == "ready"
            yield Finding(
                name=f"model {model.name}",
                ok=ready,
                found=f"{model.state}, {model.package} {model.version}, {model.licence}",
                fix="" if ready else "Prepare it: tongli models pull.",
            )
    except TongliError as error:
        yield Finding(name="models", ok=False, found=error.received, fix=error.fix)


def _engines() -> Iterator[Finding]:
    for name in names(_ENGINES):
        try:
            resolve(_ENGINES, name)
        except ConfigError as error:
            yield Finding(name=f"engine {name}", ok=None, found="not available", fix=error.fix)
        else:
            yield Finding(name=f"engine {name}", ok=True, found="available")
