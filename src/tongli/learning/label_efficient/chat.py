"""Asking a language model for one JSON object: an OpenAI-compatible endpoint, or a local GGUF model.

The engines of :mod:`tongli.generation.engines` draft replies; here the same endpoints only classify.

References:
    https://platform.openai.com/docs/api-reference/chat (``response_format`` of type ``json_schema``).
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any, Protocol

from tongli.core import EngineError
from tongli.generation.engines.prompts import Turn
from tongli.generation.engines.transport import Transport

Json = dict[str, Any]

MAX_TOKENS = 200
SEED = 0


class Chat(Protocol):
    """A language model.

    Attributes:
        name: of engine and model, for reports.
        longest: characters of a prompt that it takes.
        parallel: requests at a time.
    """

    name: str
    longest: int
    parallel: int

    def ask(self, turns: list[Turn], schema: Json) -> str:
        """The raw text of one reply; the schema is a wish that the model may not know how to follow.

        Raises:
            EngineError: ``engine.bad-reply`` for a reply without text, others when the engine fails.
        """


class OpenAIChat:
    """An endpoint with ``/chat/completions``, by the settings of the engine ``openai``.

    Args:
        model: its name there; ``None`` takes ``TONGLI_OPENAI_MODEL``.
        env: settings; ``None`` reads the environment. The key is read when a request is made.

    Raises:
        EngineError: ``engine.no-url`` or ``engine.no-model``.
    """

    longest = 20_000
    parallel = 4

    def __init__(self, *, model: str | None = None, env: Mapping[str, str] | None = None) -> None:
        self._env = os.environ if env is None else env
        self._url = _required(self._env, "TONGLI_OPENAI_BASE_URL", code="engine.no-url").rstrip("/")
        self._model = model or _required(self._env, "TONGLI_OPENAI_MODEL", code="engine.no-model")
        self._transport = Transport(timeout=60.0, retries=3)
        self._plain = False
        self.name = f"openai:{self._model}"

    def ask(self, turns: list[Turn], schema: Json) -> str:
        """See :class:`Chat`; an endpoint that refuses a schema is asked without."""
        body: Json = {"model": self._model, "messages": turns, "temperature": 0, "seed": SEED}
        body["max_tokens"] = MAX_TOKENS
        wish = {"response_format": response_format(schema)}
        key = self._env.get("TONGLI_OPENAI_API_KEY", "").strip()
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        for plain in [self._plain] if self._plain else [False, True]:
            sent = body if plain else {**body, **wish}
            reply = self._transport.post(f"{self._url}/chat/completions", sent, headers=headers)
            if reply.status not in {400, 422}:
                break
            self._plain = True
        if reply.status != 200:
            raise EngineError(
                "engine.refused",
                received=f"HTTP {reply.status}",
                allowed="HTTP 200",
                fix="Check TONGLI_OPENAI_BASE_URL, the model's name and TONGLI_OPENAI_API_KEY.",
            )
        return content_of(_parsed(reply.body))


def response_format(schema: Json) -> Json:
    """The wish for an answer that follows a schema."""
    return {"type": "json_schema", "json_schema": {"name": "labels", "strict": True, "schema": schema}}


def content_of(completion: Any) -> str:
    """The text of a completion's first choice; raises ``EngineError`` (``engine.bad-reply``)."""
    try:
        content = completion["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError):
        content = None
    if not isinstance(content, str) or not content.strip():
        raise _bad_reply("a completion without text")
    return content


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise _bad_reply("a body that is not JSON") from None


def _bad_reply(received: str) -> EngineError:
    return EngineError(
        "engine.bad-reply",
        received=received,
        allowed="a chat completion",
        fix="Check that the base URL is OpenAI-compatible.",
    )


def _required(env: Mapping[str, str], name: str, *, code: str) -> str:
    value = env.get(name, "")
    if not value:
        raise EngineError(
            code, received=f"no {name}", allowed=f"a value in {name}", fix=f"Set {name} and run again."
        )
    return value
