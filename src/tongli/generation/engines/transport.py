"""POST of JSON with a deadline, a size limit, and retries after 429 and 5xx.

References:
    Brooker (2015), "Exponential backoff and jitter", AWS Architecture Blog (the "full jitter" variant).
    RFC 9110, section 10.2.3 (Retry-After).
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from tongli.core import EngineError

_MAX_BYTES = 1_000_000
_RETRIED = frozenset({429, 500, 502, 503, 504, 529})
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 20.0
_CONNECT = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An HTTP answer: its status and its whole body."""

    status: int
    body: bytes


class Transport:
    """Sends requests; safe to use from several threads.

    Args:
        timeout: seconds for one :meth:`post`, waits and retries included.
        retries: attempts after the first.
        sleep: waits; replaced by tests.
        jitter: uniform numbers in 0..1.
    """

    def __init__(
        self,
        *,
        timeout: float,
        retries: int,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._timeout = timeout
        self._retries = retries
        self._sleep = sleep
        self._jitter = jitter

    def post(self, url: str, body: Any, *, headers: Mapping[str, str]) -> Reply:
        """The answer, of any status that is not worth a retry. Redirects are not followed: they could
        carry the key elsewhere.

        Raises:
            EngineError: ``engine.unreachable``, ``engine.timeout``, ``engine.busy`` (still 429 or 5xx after
                the last attempt), ``engine.bad-reply`` (too large).
        """
        deadline = time.monotonic() + self._timeout
        # Uncompressed, so that a small body cannot grow past the limit in one piece.
        with httpx.Client(headers={**headers, "Accept-Encoding": "identity"}) as client:
            for attempt in range(self._retries + 1):
                reply, asked = _send(client, url, body, deadline=deadline)
                if reply.status not in _RETRIED:
                    return reply
                wait = (
                    self._jitter() * min(_LONGEST_WAIT, _FIRST_WAIT * 2**attempt) if asked is None else asked
                )
                if attempt == self._retries or time.monotonic() + wait > deadline:
                    break
                self._sleep(wait)
        raise EngineError(
            "engine.busy",
            received=f"HTTP {reply.status} after {attempt + 1} attempts",
            allowed="an endpoint with room for the request",
            fix="Try again later, or raise the limits of the endpoint.",
        )


def _send(client: httpx.Client, url: str, body: Any, *, deadline: float) -> tuple[Reply, float | None]:
    """One attempt: the answer, and the seconds that Retry-After asks to wait."""
    left = max(0.001, deadline - time.monotonic())
    timeout = httpx.Timeout(left, connect=min(left, _CONNECT))
    try:
        with client.stream("POST", url, json=body, timeout=timeout) as response:
            content = _read(response, deadline=deadline)
            return Reply(status=response.status_code, body=content), _retry_after(response)
    except httpx.ConnectTimeout as error:
        raise _unreachable(error) from None
    except httpx.TimeoutException:
        raise _late() from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise _unreachable(error) from None


def _read(response: httpx.Response, *, deadline: float) -> bytes:
    content = bytearray()
    for chunk in response.iter_raw():
        content += chunk
        if len(content) > _MAX_BYTES:
            raise EngineError(
                "engine.bad-reply",
                received=f"more than {_MAX_BYTES:,} bytes",
                allowed=f"at most {_MAX_BYTES:,} bytes",
                fix="Check that the URL is a chat endpoint.",
            )
        # A timeout of httpx is for one read; an endpoint that drips would never meet it.
        if time.monotonic() > deadline:
            raise _late()
    return bytes(content)


def _retry_after(response: httpx.Response) -> float | None:
    value = response.headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _late() -> EngineError:
    return EngineError(
        "engine.timeout",
        received="no complete answer in time",
        allowed="an answer within the time limit",
        fix="Raise the engine's timeout, or use a faster model.",
    )


def _unreachable(error: Exception) -> EngineError:
    return EngineError(
        "engine.unreachable",
        received=type(error).__name__,
        allowed="an endpoint that accepts connections",
        fix="Check TONGLI_OPENAI_BASE_URL and that the server runs.",
    )
