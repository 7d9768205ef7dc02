"""Pages that are plain HTML without any script: those in front of the gate, and the one that is not there."""

from __future__ import annotations

import asyncio
import secrets
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from urllib.parse import parse_qs

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from tongli.applications.studio import AccessError, Login
from tongli.applications.studio.sessions import Sessions
from tongli.serving import guard
from tongli.serving.access.cookies import cookie_name, drop_cookie, set_cookie
from tongli.serving.access.rate import Rate
from tongli.serving.problems import ServingError
from tongli.serving.studio import words as interface
from tongli.serving.studio.words import Tag, preferred

LOGIN, LOGOUT = "/login", "/logout"
HEADERS = {
    **guard.HEADERS,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",  # without it, browsers send forms with the Origin "null"
}
"""Of every answer that is not a page of the Studio."""

_POLICY = (
    "default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_MOST_BYTES = 8_192


class Entrance:
    """Logging in and out.

    Args:
        sessions: who is logged in.
        first: where a login leads when nothing else was asked for.
        by_address: attempts from one address.
        by_name: attempts on one account.
    """

    def __init__(
        self, sessions: Sessions, *, first: str, by_address: Rate | None = None, by_name: Rate | None = None
    ) -> None:
        self._sessions = sessions
        self._first = first
        self._by_address = by_address or Rate(most=20, seconds=300)
        self._by_name = by_name or Rate(most=10, seconds=300)
        self._hashing = asyncio.Semaphore(2)

    def routes(self) -> list[Route]:
        """``GET`` and ``POST /login``, ``POST /logout``."""
        return [
            Route(LOGIN, self._show, methods=["GET"]),
            Route(LOGIN, self._login, methods=["POST"]),
            Route(LOGOUT, self._logout, methods=["POST"]),
        ]

    async def _show(self, request: Request) -> Response:
        return _form(request, wanted=request.query_params.get("next", ""))

    async def _login(self, request: Request) -> Response:
        fields = await _fields(request)
        name, wanted = fields.get("name", ""), fields.get("next", "")
        try:
            self._by_address.take(request.client.host if request.client else "")
            self._by_name.take(name.casefold())
            login = await self._begin(request, name, fields.get("password", ""))
        except AccessError:
            return _form(request, wanted=wanted, trouble="wrong", status=401)
        except ServingError as error:
            return _form(request, wanted=wanted, trouble="often", status=error.status)
        answer = RedirectResponse(_inside(wanted) or self._first, status_code=303, headers=HEADERS)
        set_cookie(answer, request.scope, login.token, expires=login.expires)
        return answer

    async def _begin(self, request: Request, name: str, password: str) -> Login:
        old = request.cookies.get(cookie_name(request.scope))
        async with self._hashing:  # every hash takes 64 MB
            return await asyncio.to_thread(self._sessions.login, name, password, token=old)

    async def _logout(self, request: Request) -> Response:
        await asyncio.to_thread(self._sessions.logout, request.cookies.get(cookie_name(request.scope)))
        answer = RedirectResponse(LOGIN, status_code=303, headers=HEADERS)
        drop_cookie(answer, request.scope)
        return answer


def closed_page(accepted: str) -> Response:
    """What somebody sees who does not know the address; ``accepted`` is their ``Accept-Language``."""
    tag = preferred(accepted)
    words = _words()[tag]
    body = Markup("<h1>{}</h1><p>{}</p>").format(words["closed"], words["address"])
    return _page(tag, words["closed"], body, status=403)


def missing_page(tag: Tag, *, first: str) -> Response:
    """What stands at an address that no page has; ``first`` is where the link leads."""
    words = _words()[tag]
    body = Markup('<h1>{}</h1><p><a href="{}">{}</a></p>').format(words["missing"], first, words["back"])
    return _page(tag, words["missing"], body, status=404)


def _form(request: Request, *, wanted: str, trouble: str | None = None, status: int = 200) -> Response:
    tag = preferred(request.headers.get("accept-language", ""))
    words = _words()[tag]
    said = Markup('<p role="alert">{}</p>').format(words[trouble]) if trouble else Markup("")
    body = Markup(
        '<h1>{title}</h1>{said}<form method="post" action="{action}">'
        '<label>{name}<input name="name" autocomplete="username" required autofocus></label>'
        '<label>{password}<input name="password" type="password" autocomplete="current-password" required>'
        '</label><input type="hidden" name="next" value="{wanted}"><button>{do}</button></form>'
    ).format(
        title=words["title"],
        said=said,
        action=LOGIN,
        name=words["name"],
        password=words["password"],
        wanted=_inside(wanted) or "",
        do=words["do"],
    )
    return _page(tag, words["title"], body, status=status)


def _page(tag: Tag, title: str, body: Markup, *, status: int) -> Response:
    nonce = secrets.token_urlsafe(16)
    folder = files("tongli.serving.access")
    page = Markup((folder / "page.html").read_text("utf-8")).format(  # noqa: S704 - our own file
        tag=tag,
        direction=interface.words(tag).direction,
        title=title,
        nonce=nonce,
        style=Markup((folder / "page.css").read_text("utf-8")),  # noqa: S704 - our own file
        body=body,
    )
    return HTMLResponse(
        page, status_code=status, headers={**HEADERS, "Content-Security-Policy": _POLICY.format(nonce=nonce)}
    )


async def _fields(request: Request) -> Mapping[str, str]:
    """A short form; nothing of a long one."""
    body = await request.body()
    if len(body) > _MOST_BYTES:
        return {}
    return {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}


def _inside(wanted: str) -> str | None:
    """A path on this server; ``None`` for anything that could lead elsewhere."""
    inside = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if inside else None


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    text = (files("tongli.serving.access") / "words.toml").read_text("utf-8")
    found: Mapping[str, Mapping[str, str]] = tomllib.loads(text)
    return found
