"""A content security policy for the pages of the toolkit.

The toolkit compiles templates and handlers in the browser, so ``script-src`` needs ``'unsafe-eval'``, and it
sets styles on elements, so ``style-src`` needs ``'unsafe-inline'``. What the policy still forbids: scripts of
other hosts, handlers in attributes such as ``onerror``, ``javascript:`` links, plug-ins, frames, forms and
connections to elsewhere. Scripts in a page run by a nonce that is new for each answer; the toolkit escapes
what people write, so a ``<script`` in its HTML is its own.

References:
    W3C, Content Security Policy Level 3.
"""

from __future__ import annotations

import re
import secrets

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SCRIPT = re.compile(rb"<script(?=[\s>])")
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'nonce-{nonce}' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_PERMISSIONS = "camera=(), geolocation=(), microphone=(self), payment=(), usb=()"


class PagePolicy:
    """ASGI middleware around the toolkit's application, inside its compression.

    Args:
        app: the toolkit.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the policy to pages; pass everything else on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        await self._app(scope, receive, _Page(send))


class _Page:
    """``send`` that waits for a whole page, gives its scripts their nonce, and adds the headers."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            kind = MutableHeaders(scope=message).get("content-type", "")
            if kind.startswith("text/html"):
                self._start = message
                return
        elif self._start is not None:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self._start)
            return
        await self._send(message)

    async def _finish(self, start: Message) -> None:
        nonce = secrets.token_urlsafe(16)
        body = _SCRIPT.sub(f'<script nonce="{nonce}"'.encode(), self._body)
        headers = MutableHeaders(scope=start)
        headers["Content-Length"] = str(len(body))
        headers["Content-Security-Policy"] = _POLICY.format(nonce=nonce)
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Permissions-Policy"] = _PERMISSIONS
        headers["Referrer-Policy"] = "same-origin"
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body, "more_body": False})
