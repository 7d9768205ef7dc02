"""What surrounds every request: limits, security headers, safe failures, a log without contents."""

from __future__ import annotations

import asyncio
import logging
import time
import traceback
from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tongli.core import TongliError
from tongli.serving.limits import Limits
from tongli.serving.origin import check_host
from tongli.serving.problems import ServingError, internal, problem

logger = logging.getLogger("tongli.serving")

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Guard:
    """ASGI middleware; see the module.

    Args:
        app: what it guards.
        limits: body size, time and hosts.
    """

    def __init__(self, app: ASGIApp, *, limits: Limits) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, once its whole body is here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start = time.perf_counter()
        answer = _Answer(send)
        try:
            check_host(Headers(scope=scope), self._limits.hosts)
            body = await self._read(scope, receive)
            await self._app(scope, _replay(body, receive), answer)
        except TongliError as error:
            await problem(error)(scope, receive, answer)
        except Exception as error:  # noqa: BLE001 - the last place where a request can be answered
            log_failure(error)
            if answer.status is None:
                await problem(internal(error))(scope, receive, answer)
        finally:
            _log(scope, answer.status, time.perf_counter() - start)

    async def _read(self, scope: Scope, receive: Receive) -> bytes:
        """The body, refused as soon as it is too large, whatever its Content-Length says."""
        declared = Headers(scope=scope).get("content-length", "0")
        if declared.isascii() and declared.isdigit() and len(declared) < 16:
            self._check_size(int(declared))
        chunks: list[bytes] = []
        size = 0
        try:
            async with asyncio.timeout(self._limits.seconds):
                while True:
                    message = await receive()
                    chunk = message.get("body", b"")
                    size += len(chunk)
                    self._check_size(size)
                    chunks.append(chunk)
                    if message["type"] == "http.disconnect" or not message.get("more_body", False):
                        return b"".join(chunks)
        except TimeoutError:
            raise ServingError(
                "request.slow",
                status=408,
                received="a body that did not arrive in time",
                allowed=f"at most {self._limits.seconds:g} s",
                fix="Send the whole body at once.",
            ) from None

    def _check_size(self, size: int) -> None:
        if size > self._limits.body_bytes:
            raise ServingError(
                "request.too-large",
                status=413,
                received=f"a body of more than {self._limits.body_bytes:,} bytes",
                allowed=f"at most {self._limits.body_bytes:,} bytes",
                fix="Send fewer or shorter messages at a time.",
            )


class _Answer:
    """``send`` that adds the headers and remembers the status."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status: int | None = None

    async def __call__(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await self._send(message)


def _replay(body: bytes, receive: Receive) -> Receive:
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return pending.pop() if pending else await receive()

    return replay


def log_failure(error: Exception) -> None:
    """Log what broke and where; the error's own words may hold what was sent, and stay out."""
    logger.error("%s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))


def _log(scope: Scope, status: int | None, seconds: float) -> None:
    """Method, route and status: no query, no unknown path, nothing that somebody wrote."""
    route = getattr(scope.get("route"), "path", "-")
    logger.info("%s %s %s %.0f ms", scope["method"], route, status, 1000 * seconds)
