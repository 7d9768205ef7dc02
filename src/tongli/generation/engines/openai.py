"""Engine ``openai``: any endpoint with OpenAI's ``/chat/completions`` (vLLM, Ollama, llama.cpp, a cloud).

Settings, from the environment:
    ``TONGLI_OPENAI_BASE_URL``: for instance ``http://127.0.0.1:11434/v1``.
    ``TONGLI_OPENAI_MODEL``: the model's name there.
    ``TONGLI_OPENAI_PRICES``: what a million tokens of prompt and of answer cost, as ``0.15,0.60``.
    ``TONGLI_OPENAI_API_KEY``: the key, if the endpoint wants one. Read when a request is made, never kept in
    an attribute, an error or a log.

What leaves the machine: the message's text (its first 20,000 characters); of the plan the language, locale,
register, form of address, salutation, acts, feeling, intensity, strategy, agreement, strings to keep and
greatest length. What stays: the history, all other declarations, ``plan.avoid``, ``plan.pronouns``, every
score and every other claim. A repair sends the draft back with what the checks found in it.

References:
    https://platform.openai.com/docs/api-reference/chat
    RFC 9110, section 10.2.3 (Retry-After).
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Any

from tongli.core import Draft, EngineError
from tongli.generation.engines import prompts
from tongli.generation.engines.chat import LARGE, ChatEngine
from tongli.generation.engines.transport import Reply, Transport

_TEMPERATURE = 0.7
_SLOW = frozenset({"engine.timeout", "engine.busy"})
_IN_A_ROW = 3
"""Questions in a row without an answer in time, after which the endpoint is left alone."""
_REST = 60.0
"""For how many seconds."""
_FORMAT = {
    "type": "json_schema",
    "json_schema": {
        "name": "reply",
        "strict": True,
        "schema": {
            "type": "object",
            "properties": {"reply": {"type": "string"}},
            "required": ["reply"],
            "additionalProperties": False,
        },
    },
}

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What an engine object has consumed so far; tokens as counted by the endpoint."""

    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0


class OpenAI(ChatEngine):
    """Drafts by a language model behind an OpenAI-compatible endpoint.

    Args:
        base_url: the part before ``/chat/completions``; ``None`` takes ``TONGLI_OPENAI_BASE_URL``.
        model: the model's name; ``None`` takes ``TONGLI_OPENAI_MODEL``.
        timeout: seconds for one draft, retries included.
        retries: further attempts after 429 and 5xx.

    The constructor is cheap and reads nothing but the environment.
    """

    name = "openai"
    prompting = LARGE

    def __init__(
        self,
        *,
        base_url: str | None = None,
        model: str | None = None,
        timeout: float = 60.0,
        retries: int = 3,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self._env = os.environ if env is None else env
        self.base_url = base_url or self._env.get("TONGLI_OPENAI_BASE_URL", "")
        self.model = model or self._env.get("TONGLI_OPENAI_MODEL", "")
        self._transport = Transport(timeout=timeout, retries=retries)
        self._plainest = self._failures = 0
        self._rests = 0.0
        self._usage = Usage()
        self._lock = Lock()

    @property
    def usage(self) -> Usage:
        """Requests and tokens so far."""
        return self._usage

    @property
    def cost(self) -> float | None:
        """What was used so far costs, in the currency of ``TONGLI_OPENAI_PRICES``; ``None`` without it.

        Raises:
            EngineError: ``engine.prices`` for prices that are no two numbers.
        """
        told = self._env.get("TONGLI_OPENAI_PRICES", "")
        if not told:
            return None
        try:
            asked, answered = (float(price) for price in told.split(","))
        except ValueError:
            raise EngineError(
                "engine.prices",
                received="prices that are no two numbers",
                allowed="the price of a million tokens of prompt, a comma, and that of a million of answer",
                fix="Set TONGLI_OPENAI_PRICES as in 0.15,0.60, or remove it.",
            ) from None
        used = self._usage
        return (used.prompt_tokens * asked + used.completion_tokens * answered) / 1_000_000

    def languages(self) -> frozenset[str] | None:
        """``None``: nothing is promised about a model we do not know; the checks decide."""
        return None

    @property
    def model_name(self) -> str:
        """The model's name at the endpoint."""
        return self.model

    def complete(
        self, turns: list[prompts.Turn], *, prompt: str, lang: str, max_chars: int, seed: int, n: int = 1
    ) -> list[Draft]:
        """At most ``n`` different answers to some turns, asked for in parallel.

        Raises:
            EngineError: when no draft came about: ``engine.no-url``, ``engine.no-model``, ``engine.no-key``,
                ``engine.refused``, ``engine.unreachable``, ``engine.timeout``, ``engine.busy``,
                ``engine.bad-reply``.
        """
        self._require_settings()
        if time.monotonic() < self._rests:
            raise _resting()
        try:
            found = super().complete(turns, prompt=prompt, lang=lang, max_chars=max_chars, seed=seed, n=n)
        except EngineError as failure:
            self._remember(slow=failure.code in _SLOW)
            raise
        self._remember(slow=False)
        return found

    def _remember(self, *, slow: bool) -> None:
        """Rest after some answers in a row that did not come: a long run must not wait for each again."""
        with self._lock:
            self._failures = self._failures + 1 if slow else 0
            if self._failures >= _IN_A_ROW:
                self._failures, self._rests = 0, time.monotonic() + _REST

    def answers(
        self, turns: list[prompts.Turn], *, seeds: Sequence[int], prompt: str, max_chars: int
    ) -> list[str | EngineError]:
        """What the model says with each seed, in their order; the prompt's name is not sent."""
        del prompt
        with ThreadPoolExecutor(max_workers=len(seeds)) as pool:
            return list(pool.map(lambda seed: self._tried(turns, seed=seed, max_chars=max_chars), seeds))

    def _tried(self, turns: list[prompts.Turn], *, seed: int, max_chars: int) -> str | EngineError:
        try:
            return self._ask(turns, seed=seed, max_chars=max_chars)
        except EngineError as failure:
            return failure

    def _require_settings(self) -> None:
        if not re.match(r"https?://[^/@\s]+(/[^@\s]*)?$", self.base_url):
            raise EngineError(
                "engine.no-url",
                received="no usable base URL",
                allowed="an http or https URL without user name and password, such as http://127.0.0.1:11434/v1",
                fix="Set TONGLI_OPENAI_BASE_URL; a key belongs into TONGLI_OPENAI_API_KEY.",
            )
        if not self.model:
            raise EngineError(
                "engine.no-model",
                received="no model name",
                allowed="the name of a model that the endpoint serves",
                fix="Set TONGLI_OPENAI_MODEL.",
            )

    def _ask(self, turns: list[prompts.Turn], *, seed: int, max_chars: int) -> str:
        """One reply. An endpoint that refuses optional parameters is asked again without them."""
        for level, options in list(enumerate(_options(seed, max_chars)))[self._plainest :]:
            response = self._post({"model": self.model, "messages": turns, **options})
            if response.status not in {400, 422} or not options:
                break
            self._plainest = max(self._plainest, level + 1)
        if response.status != 200:
            raise self._refusal(response.status)
        answer = _parse(response.body)
        self._count(answer)
        return _reply(answer)

    def _post(self, body: Json) -> Reply:
        key = self._env.get("TONGLI_OPENAI_API_KEY", "").strip()
        if not (key.isascii() and key.isprintable()):
            raise _no_key("a key with characters that no HTTP header can hold")
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return self._transport.post(f"{self.base_url.rstrip('/')}/chat/completions", body, headers=headers)

    def _refusal(self, status: int) -> EngineError:
        if status == 401 and not self._env.get("TONGLI_OPENAI_API_KEY"):
            return _no_key("HTTP 401 without a key")
        return EngineError(
            "engine.refused",
            received=f"HTTP {status}",
            allowed="HTTP 200",
            fix="Check TONGLI_OPENAI_BASE_URL, TONGLI_OPENAI_MODEL and the key's rights.",
        )

    def _count(self, answer: Json) -> None:
        used = answer.get("usage")
        used = used if isinstance(used, dict) else {}
        with self._lock:
            self._usage = Usage(
                requests=self._usage.requests + 1,
                prompt_tokens=self._usage.prompt_tokens + _whole(used.get("prompt_tokens")),
                completion_tokens=self._usage.completion_tokens + _whole(used.get("completion_tokens")),
            )


def _options(seed: int, max_chars: int) -> tuple[Json, Json, Json]:
    """Optional parameters, from everything to nothing."""
    # One token a character holds for every script; a word on top for the JSON around the reply.
    sampling = {"temperature": _TEMPERATURE, "seed": seed, "max_tokens": max_chars + 16}
    streamed = {"stream": True, "stream_options": {"include_usage": True}}
    return {**sampling, **streamed, "response_format": _FORMAT}, sampling, {}


def _parse(body: bytes) -> Json:
    """The answer as one object, whether it came whole or as server-sent events."""
    try:
        answer = _joined(body) if body.lstrip().startswith(b"data:") else json.loads(body)
    except (ValueError, RecursionError, AttributeError, TypeError):
        answer = None
    if not isinstance(answer, dict):
        raise _bad_reply("a body that is not a JSON object")
    return answer


def _joined(body: bytes) -> Json:
    """The events of a stream as the answer that they are parts of; raises ``ValueError`` and the like."""
    said: dict[str, str] = {"content": "", "refusal": ""}
    reason: str | None = "length"  # a stream that breaks off says nothing of its end
    usage: object = None
    for line in body.decode("utf-8").split("\n"):
        event = line.removeprefix("data:").strip()
        if not line.startswith("data:") or event == "[DONE]":
            continue
        chunk = json.loads(event)
        usage = chunk.get("usage") or usage
        for choice in chunk.get("choices") or ():
            for name in said:
                said[name] += (choice.get("delta") or {}).get(name) or ""
            reason = choice.get("finish_reason") or reason
    return {"choices": [{"message": said, "finish_reason": reason}], "usage": usage}


def _reply(answer: Json) -> str:
    """The text of the first choice, out of its JSON wrapper if it has one."""
    try:
        choice = answer["choices"][0]
        message = choice["message"]
        content, refusal = message.get("content"), message.get("refusal")
        reason = choice.get("finish_reason")
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise _bad_reply("a body without choices[0].message") from error
    if refusal or reason == "content_filter":
        raise EngineError(
            "engine.refused",
            received="a refusal by the model",
            allowed="a reply",
            fix="Let a person answer, or use the engine realiser.",
        )
    if reason == "length":
        raise _bad_reply("a reply cut off in the middle")
    text = prompts.reply_of(content) if isinstance(content, str) else ""
    if not text:
        raise _bad_reply("an empty reply")
    return text


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _no_key(received: str) -> EngineError:
    return EngineError(
        "engine.no-key",
        received=received,
        allowed="a key that the endpoint accepts",
        fix="Set TONGLI_OPENAI_API_KEY.",
    )


def _resting() -> EngineError:
    return EngineError(
        "engine.busy",
        received=f"an endpoint that {_IN_A_ROW} times in a row did not answer in time",
        allowed="an endpoint with room for the request",
        fix=f"See whether it runs; it is asked again after {_REST:.0f} seconds.",
    )


def _bad_reply(received: str) -> EngineError:
    return EngineError(
        "engine.bad-reply",
        received=received,
        allowed="a chat completion with one complete reply",
        fix="Check that the base URL is OpenAI-compatible, or raise the plan's max_chars.",
    )
