"""A local GGUF model that only classifies, through llama.cpp."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

from tongli.core import EngineError, Settings
from tongli.generation.engines.gguf import find_model
from tongli.generation.engines.prompts import Turn
from tongli.learning.label_efficient.chat import MAX_TOKENS, SEED, Json, content_of, response_format

_CONTEXT = 4096


class _Server(Protocol):
    def handle_chat_completions(self, request: Json, callback: Callable[[Json], bool]) -> object: ...


class GgufChat:
    """A local model through llama.cpp, held to the schema by its grammar.

    Args:
        path: a GGUF file; ``None`` takes ``TONGLI_GGUF``, else the pinned default.
        settings: threads and cache.

    Raises:
        EngineError: ``engine.no-model``, ``engine.extra`` or ``engine.load``.
    """

    longest = 6_000
    parallel = 1

    def __init__(self, path: Path | None, *, settings: Settings) -> None:
        chosen = path or (Path(own).expanduser() if (own := os.environ.get("TONGLI_GGUF")) else None)
        found = find_model(chosen, settings)
        self._server = _serve(found, threads=settings.threads)
        self._lock = Lock()
        self.name = f"gguf:{found.name}"

    def ask(self, turns: list[Turn], schema: Json) -> str:
        """See :class:`Chat`."""
        request: Json = {
            "messages": turns,
            "max_tokens": MAX_TOKENS,
            "temperature": 0,
            "seed": SEED,
            "response_format": response_format(schema),
        }
        answers: list[Json] = []

        def keep(answer: Json) -> bool:
            answers.append(answer)
            return False

        with self._lock:
            self._server.handle_chat_completions(request, keep)
        return content_of(answers[-1] if answers else None)


def _serve(path: Path, *, threads: int) -> _Server:
    try:
        llama: Any = import_module("xllamacpp")
    except ModuleNotFoundError as missing:
        raise EngineError(
            "engine.extra",
            received=f"no module {missing.name!r}",
            allowed="an installation with the extra gguf",
            fix='Install it: pip install "tongli[gguf]".',
        ) from missing
    params = llama.CommonParams()
    params.model.path = str(path)
    params.n_ctx = _CONTEXT
    params.cpuparams.n_threads = threads
    params.cpuparams_batch.n_threads = threads
    # The server listens on the loopback interface; without the key nobody else can use it.
    params.api_keys = [secrets.token_urlsafe(32)]
    params.hostnames = ["127.0.0.1"]
    params.offline = True
    params.ui = False
    params.warmup = False
    params.verbosity = -1
    try:
        server: _Server = llama.Server(params)
    except RuntimeError as refused:
        raise EngineError(
            "engine.load",
            received=f"a file that llama.cpp refuses: {path.name}",
            allowed="an undamaged GGUF chat model",
            fix="Install the model again, or name another file.",
        ) from refused
    return server
