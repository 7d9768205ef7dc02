"""Settings, from the environment; every one has a default that works offline on a laptop."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

from tongli.core.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run may use.

    Attributes:
        cache: folder of prepared models (``TONGLI_CACHE``).
        threads: worker threads, at least 1 (``TONGLI_THREADS``; default the usable cores).
        offline: never fetch anything (``TONGLI_OFFLINE=1``).
        max_chars: longest text read, in code points (``TONGLI_MAX_CHARS``).
        heads: folder of other weights than the ones that ship (``TONGLI_HEADS``): heads, and the tuned upper
            layers of the encoder that they were trained with, if any.
        model: what to read with when nothing is named (``TONGLI_MODEL``): ``embedded``, the name of an
            installed model, a folder, or ``hf:NAME``.
        claims: folder of claims of one's own, above those that ship (``TONGLI_CLAIMS``).
    """

    cache: Path
    threads: int
    offline: bool = False
    max_chars: int = 200_000
    heads: Path | None = None
    model: str = "embedded"
    claims: Path | None = None

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Settings:
        """Read the settings; raises ``ConfigError`` (``settings.number``) for a bad number."""
        env = os.environ if env is None else env
        cache, heads = env.get("TONGLI_CACHE"), env.get("TONGLI_HEADS")
        claims = env.get("TONGLI_CLAIMS")
        return cls(
            cache=Path(cache).expanduser() if cache else user_cache_path("tongli"),
            threads=_positive(env, "TONGLI_THREADS", default=_cores()),
            offline=env.get("TONGLI_OFFLINE", "").lower() in {"1", "true", "yes", "on"},
            max_chars=_positive(env, "TONGLI_MAX_CHARS", default=200_000),
            heads=Path(heads).expanduser() if heads else None,
            model=env.get("TONGLI_MODEL") or "embedded",
            claims=Path(claims).expanduser() if claims else None,
        )


def _cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)  # not on every platform
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def _positive(env: Mapping[str, str], name: str, *, default: int) -> int:
    raw = env.get(name)
    if raw is None or raw == "":
        return default
    if not raw.isascii() or not raw.isdigit() or int(raw) < 1:
        raise ConfigError(
            "settings.number",
            received=f"{name}={raw!r}",
            allowed="a whole number of at least 1",
            fix=f"Correct or unset {name}.",
        )
    return int(raw)
