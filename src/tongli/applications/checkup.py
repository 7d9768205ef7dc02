"""What ``tongli doctor`` looks at."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from tongli import __version__
from tongli.core import Settings, TongliError
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
        *_engines(settings),
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
    needed = [each for each in metadata.requires("tongli") or [] if "extra ==" not in each]
    found = [f"{_name(each)} {version}" for each in needed if (version := _version(each))]
    missing = [_name(each) for each in needed if not _version(each)]
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


def _engines(settings: Settings) -> Iterator[Finding]:
    """Every registered engine; one that cannot draft yet is optional, so it is told and not a fault."""
    lacks: dict[str, Callable[[Settings], str]] = {"gguf": _gguf_lacks, "openai": _openai_lacks}
    for name in names(_ENGINES):
        try:
            resolve(_ENGINES, name)
            fix = _extra_lacks(name) or (lacks[name](settings) if name in lacks else "")
        except TongliError as error:
            fix = error.fix
        found = "not set up" if fix else "ready"
        yield Finding(name=f"engine {name}", ok=None if fix else True, found=found, fix=fix)


def _extra_lacks(name: str) -> str:
    """How to install what the extra of this name needs; empty when it is there."""
    for requirement in metadata.requires("tongli") or []:
        if re.search(rf"extra == [\"']{re.escape(name)}[\"']", requirement) and not _version(requirement):
            return f'Install it: pip install "tongli[{name}]".'
    return ""


def _gguf_lacks(settings: Settings) -> str:
    from tongli.generation.engines.gguf import find_model

    chosen = os.environ.get("TONGLI_GGUF")
    find_model(Path(chosen) if chosen else None, settings)
    return ""


def _openai_lacks(_: Settings) -> str:
    unset = [name for name in ("TONGLI_OPENAI_BASE_URL", "TONGLI_OPENAI_MODEL") if not os.environ.get(name)]
    return f"Set {' and '.join(unset)}." if unset else ""


def _version(requirement: str) -> str | None:
    try:
        return metadata.version(_name(requirement))
    except metadata.PackageNotFoundError:
        return None


def _name(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement)[0]
