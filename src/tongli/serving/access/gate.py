"""Nobody passes unknown: host, origin, rate and visitor of every request, WebSockets too."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from tongli.core import TongliError
from tongli.serving.access.cookies import cookie_name, set_cookie
from tongli.serving.access.doors import Door, LocalDoor, Visitor
from tongli.serving.access.login import HEADERS, LOGIN, closed_page
from tongli.serving.access.rate import Rate
from tongli.serving.origin import check_host, check_origin
from tongli.serving.problems import ServingError, problem

OPEN = frozenset({LOGIN, "/healthz"})
"""Paths that need no visitor."""

_PARAMETER = "token"


class Gate:
    """ASGI middleware, the outermost one. What it lets in has ``scope["state"]["visitor"]``.

    A visitor is known by the cookie, by ``Authorization: Bearer``, or on a :class:`LocalDoor` by ``?token=``,
    which becomes a cookie at once.

    Args:
        app: what it guards.
        door: knows the visitors.
        hosts: names that the ``Host`` header may carry; empty allows any.
        rate: requests of one session, where people have accounts.
    """

    def __init__(
        self, app: ASGIApp, *, door: Door, hosts: Collection[str] = (), rate: Rate | None = None
    ) -> None:
        self._app = app
        self._door = door
        self._hosts = hosts
        self._rate = rate or Rate(most=1_200, seconds=60)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        try:
            answer = await self._judge(scope)
        except TongliError as error:
            answer = problem(error)
        if answer is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
        else:
            for name, value in HEADERS.items():
                answer.headers.setdefault(name, value)
            await answer(scope, receive, send)

    async def _judge(self, scope: Scope) -> Response | None:
        """The answer to a request that goes no further."""
        headers = Headers(scope=scope)
        check_host(headers, self._hosts)
        check_origin(headers, method=scope.get("method"))
        if scope["path"] in OPEN:
            return None
        given = _given(scope, headers)
        if isinstance(self._door, LocalDoor) and (entry := self._enter(scope)) is not None:
            return entry
        if given is None or await asyncio.to_thread(self._door.actor, given) is None:
            return _refused(scope, headers, accounts=self._door.accounts)
        if self._door.accounts:
            self._rate.take(given)
        scope.setdefault("state", {})["visitor"] = Visitor(given, self._door)
        return None

    def _enter(self, scope: Scope) -> Response | None:
        """From the address that was printed to the same one without its secret."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        tokens = [value for name, value in query if name == _PARAMETER]
        if scope["type"] != "http" or not tokens or self._door.actor(tokens[0]) is None:
            return None
        rest = urlencode([pair for pair in query if pair[0] != _PARAMETER])
        answer = RedirectResponse(scope["path"] + ("?" + rest if rest else ""), status_code=303)
        set_cookie(answer, scope, tokens[0])
        return answer


def visitor_of(connection: HTTPConnection) -> Visitor:
    """Who sent a request that the gate let in."""
    found: Visitor = connection.state.visitor
    return found


def _given(scope: Scope, headers: Headers) -> str | None:
    kind, _, token = headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return token.strip()
    return HTTPConnection(scope).cookies.get(cookie_name(scope))


def _refused(scope: Scope, headers: Headers, *, accounts: bool) -> Response:
    """A page for people, a problem for programs."""
    if "text/html" not in headers.get("accept", ""):
        raise ServingError(
            "access.unknown-visitor",
            status=401,
            received="a request of nobody who is known",
            allowed="a session cookie, or Authorization: Bearer",
            fix="Log in." if accounts else "Use the address that tongli studio printed when it started.",
        )
    if accounts:
        asked = scope["query_string"].decode("latin-1")
        wanted = scope["path"] + (f"?{asked}" if asked else "")
        return RedirectResponse(f"{LOGIN}?{urlencode({'next': wanted})}", status_code=303)
    return closed_page(headers.get("accept-language", ""))
