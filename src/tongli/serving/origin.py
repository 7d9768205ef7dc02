"""Whether a request is meant for this server, and comes from a page of its own.

References:
    OWASP, "Cross-Site Request Forgery Prevention Cheat Sheet": Fetch Metadata, else the Origin header.
    RFC 6455, section 10.2, on the Origin of WebSockets.
"""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from tongli.serving.problems import ServingError

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def check_host(headers: Headers, hosts: Collection[str]) -> None:
    """Raise ``ServingError`` (``request.host``, 421) for a ``Host`` not among these; empty allows any."""
    host = headers.get("host", "")
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    if hosts and name not in hosts:
        raise ServingError(
            "request.host",
            status=421,
            received="a Host header that does not name this machine",
            allowed=", ".join(hosts),
            fix="Call the server by one of these names.",
        )


def check_origin(headers: Headers, *, method: str | None) -> None:
    """Raise ``ServingError`` (``request.origin``, 403) for a change that a page of another site asks for.

    Browsers always say where such a request comes from, so long as the page's ``Referrer-Policy`` lets them.
    Other programs say nothing, and cannot be made to send somebody's cookie.

    Args:
        headers: of the request.
        method: of HTTP; ``None`` for a WebSocket.
    """
    if method in _SAFE:
        return
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        ours = site in {"same-origin", "none"}
    else:
        ours = origin is None or urlsplit(origin).netloc == headers.get("host")
    if not ours:
        raise ServingError(
            "request.origin",
            status=403,
            received="a request that a page of another site sent",
            allowed="requests of this server's own pages",
            fix="Open the page at the address of this server, and try there.",
        )
