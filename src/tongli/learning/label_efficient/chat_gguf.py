"""A local GGUF model that only classifies, through llama.cpp."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Lock

from tongli.core import Settings
from tongli.generation.engines.gguf import find_model, serve
from tongli.generation.engines.prompts import Turn
from tongli.learning.label_efficient.chat import MAX_TOKENS, SEED, Json, content_of, response_format

_CONTEXT = 4096


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
        self._server = serve(found, threads=settings.threads, context=_CONTEXT)
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
