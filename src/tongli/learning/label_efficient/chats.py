"""Language models by name."""

from __future__ import annotations

from pathlib import Path

from tongli.core import ConfigError, Settings
from tongli.learning.label_efficient.chat import Chat, OpenAIChat
from tongli.learning.label_efficient.chat_gguf import GgufChat


def open_chat(spec: str, *, settings: Settings) -> Chat:
    """``openai``, ``openai:MODEL``, ``gguf`` or ``gguf:FILE``.

    Raises:
        ConfigError: ``plugin.unknown``.
        EngineError: ``engine.no-url``, ``engine.no-model``, and for ``gguf`` those of its loading.
    """
    name, _, detail = spec.partition(":")
    if name == "openai":
        return OpenAIChat(model=detail or None)
    if name == "gguf":
        return GgufChat(Path(detail).expanduser() if detail else None, settings=settings)
    raise ConfigError(
        "plugin.unknown",
        received=f"{name!r} for --engine",
        allowed="openai, openai:MODEL, gguf, gguf:FILE",
        fix="Choose one of these.",
    )
