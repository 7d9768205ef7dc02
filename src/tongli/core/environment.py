"""Every variable of the environment that tongli reads: the one list, to tell people which of them are set.

What each means stands in ``docs/models.md``; a test holds both to the sources.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

REMOTE = ("TONGLI_OPENAI_BASE_URL",)
"""With these, texts may leave this machine, once an engine that uses them is asked for."""

VARIABLES = (
    *REMOTE,
    "TONGLI_OPENAI_MODEL",
    "TONGLI_OPENAI_API_KEY",
    "TONGLI_OPENAI_PRICES",
    "TONGLI_DATABASE_URL",
    "TONGLI_PEOPLE",
    "TONGLI_PEOPLE_KEY",
    "TONGLI_PEOPLE_KEY_FILE",
    "TONGLI_STYLES",
    "TONGLI_CLAIMS",
    "TONGLI_CACHE",
    "TONGLI_OFFLINE",
    "TONGLI_MODEL",
    "TONGLI_HEADS",
    "TONGLI_GGUF",
    "TONGLI_MT",
    "TONGLI_SPEECH_MODEL",
    "TONGLI_SCENE",
    "TONGLI_THREADS",
    "TONGLI_MAX_CHARS",
    "TONGLI_DEBUG",
)
"""Those that matter to privacy first."""


def set_variables(env: Mapping[str, str] | None = None) -> dict[str, bool]:
    """Variable → whether it is set; never what it says."""
    env = os.environ if env is None else env
    return {name: bool(env.get(name)) for name in VARIABLES}
