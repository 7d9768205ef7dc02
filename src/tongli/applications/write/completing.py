"""The engine of a pipeline, where it must be one that writes freely."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from tongli.core import Draft, EngineError
from tongli.generation.engines.prompts import Turn
from tongli.pipeline import Tongli


@runtime_checkable
class Completing(Protocol):
    """An engine that answers turns of a chat, such as ``openai`` and ``gguf``."""

    name: str

    def complete(
        self, turns: list[Turn], *, prompt: str, lang: str, max_chars: int, seed: int, n: int = 1
    ) -> list[Draft]:
        """At most ``n`` different answers; raises ``EngineError``."""


def completing(tongli: Tongli) -> Completing:
    """The engine of a pipeline.

    Raises:
        EngineError: ``engine.no-writer`` for one that only words plans.
        ConfigError: for an engine that is not known.
    """
    engine = tongli.engines[0]
    if isinstance(engine, Completing):
        return engine
    raise EngineError(
        "engine.no-writer",
        received=f"the engine {engine.name}, which writes from plans alone",
        allowed="an engine that writes freely: openai with an endpoint, or gguf with a model",
        fix="Choose --engine openai and set TONGLI_OPENAI_BASE_URL, or --engine gguf and set TONGLI_GGUF.",
    )
