"""The Studio's pages in a FastAPI application, one address a language and page."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from fastapi import FastAPI, Request
from fastapi.exception_handlers import http_exception_handler
from nicegui import app as toolkit
from nicegui import core, ui
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from tongli.core import Settings, TongliError
from tongli.pipeline import Tongli
from tongli.serving.access import LocalDoor, PagePolicy, add_gate, missing_page, visitor_of
from tongli.serving.studio import StudioOptions
from tongli.serving.studio.components.editor import MOST
from tongli.serving.studio.layout import STATIC
from tongli.serving.studio.pages import models, people, read, review, translate, write
from tongli.serving.studio.reads import Reads
from tongli.serving.studio.studio import Studio
from tongli.serving.studio.translators import Translators
from tongli.serving.studio.visit import Visit
from tongli.serving.studio.words import QUASAR, TAGS, Tag, preferred, words
from tongli.serving.studio.work import Work

PATH = "/studio"

_BYTES_A_CHAR = 8
"""Of a text as a page sends it, at most: four in UTF-8, twice that for what JSON escapes."""

PATIENCE = 30.0
"""Seconds that a page may take to be built: on a busy machine a late page is better than an error."""
Page = Callable[[Visit], Awaitable[None] | None]
PAGES: Mapping[str, Page] = {
    "read": read.page,
    "write": write.page,
    "translate": translate.page,
    "people": people.page,
    "review": review.page,
    "models": models.page,
}


def mount(
    app: FastAPI, tongli: Tongli, settings: Settings, *, options: StudioOptions, hosts: tuple[str, ...]
) -> str:
    """Serve the pages under ``/studio``; once a process, as the toolkit has one application.

    Args:
        app: with its worker in ``app.state.worker`` once it runs.
        tongli: reads and writes.
        settings: cache, limits.
        options: what is kept and known, and who may come.
        hosts: names that the ``Host`` header may carry; empty allows any.

    Returns:
        The path of the first page, with the secret of this start where there are no accounts.
    """
    work = Work(lambda: app.state.worker)
    studio = Studio(
        tongli=tongli,
        settings=settings,
        work=work,
        reads=Reads(tongli, work),
        store=options.store,
        translators=Translators(),
    )
    for name, page in PAGES.items():
        for tag in TAGS:
            shown = ui.page(f"/{tag}/{name}", dark=None, language=QUASAR[tag], response_timeout=PATIENCE)
            shown(_built(page, studio, tag))
        toolkit.get(f"/{name}")(_to_page(studio, name))
    toolkit.get("/")(_to_page(studio, "read"))
    toolkit.exception_handler(404)(_missing)
    toolkit.add_static_files("/assets", str(STATIC))
    toolkit.on_shutdown(work.stop)
    toolkit.add_middleware(PagePolicy)
    core.sio.eio.cors_allowed_origins = None  # sockets are opened by the pages of this server alone
    core.sio.eio.max_http_buffer_size = _BYTES_A_CHAR * max(settings.max_chars, MOST)
    toolkit.config.quasar_config["loadingBar"] = {"skipHijack": True}
    ui.run_with(
        app,
        mount_path=PATH,
        title="tongli Studio",
        tailwind=False,
        dark=None,
        reconnect_timeout=30.0,
        binding_refresh_interval=None,
        show_welcome_message=False,
    )
    door = add_gate(
        app, sessions=options.store.sessions if options.auth else None, hosts=hosts, first=f"{PATH}/"
    )
    return f"{PATH}/?token={door.token}" if isinstance(door, LocalDoor) else f"{PATH}/"


def _built(page: Page, studio: Studio, tag: Tag) -> Callable[[Request], Awaitable[None]]:
    async def build(request: Request) -> None:
        visit = await asyncio.to_thread(
            lambda: Visit(
                studio=studio, words=words(tag), visitor=visitor_of(request), query=request.query_params
            )
        )
        shown = page(visit)
        if shown is not None:
            await shown

    return build


def _to_page(studio: Studio, name: str) -> Callable[[Request], Awaitable[Response]]:
    """From an address without a language to the same page in the visitor's."""

    async def answer(request: Request) -> Response:
        prefix, tag = request.scope.get("root_path", ""), await asyncio.to_thread(_language, studio, request)
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"{prefix}/{tag}/{name}{query}", status_code=302)

    return answer


def _language(studio: Studio, request: Request) -> Tag:
    """The one that the visitor chose, or else the one that the browser asks for."""
    accepted = request.headers.get("accept-language", "")
    try:
        chosen = studio.store.preferences.get(by=visitor_of(request).actor()).language
    except TongliError:  # told by the page that comes
        chosen = None
    return preferred(chosen or accepted)


async def _missing(request: Request, error: Exception) -> Response:
    """A page for people, what was there for programs."""
    if "text/html" in request.headers.get("accept", "") or not isinstance(error, HTTPException):
        return missing_page(preferred(request.headers.get("accept-language", "")), first=f"{PATH}/")
    return await http_exception_handler(request, error)
