"""The Studio's pages in a FastAPI application, one address a language and page."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from fastapi import FastAPI, Request
from nicegui import app as toolkit
from nicegui import core, ui
from starlette.responses import RedirectResponse

from tongli.core import Settings
from tongli.pipeline import Tongli
from tongli.serving.access import LocalDoor, PagePolicy, add_gate, visitor_of
from tongli.serving.studio import StudioOptions
from tongli.serving.studio.layout import STATIC
from tongli.serving.studio.pages import models, people, read, review, translate, write
from tongli.serving.studio.reads import Reads
from tongli.serving.studio.studio import Studio
from tongli.serving.studio.visit import Visit
from tongli.serving.studio.words import QUASAR, TAGS, Tag, preferred, words
from tongli.serving.studio.work import Work

PATH = "/studio"

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
    )
    for name, page in PAGES.items():
        for tag in TAGS:
            shown = ui.page(f"/{tag}/{name}", dark=None, language=QUASAR[tag], response_timeout=PATIENCE)
            shown(_built(page, studio, tag))
    toolkit.get("/")(_home)
    toolkit.add_static_files("/assets", str(STATIC))
    toolkit.on_shutdown(work.stop)
    toolkit.add_middleware(PagePolicy)
    core.sio.eio.cors_allowed_origins = None  # sockets are opened by the pages of this server alone
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


def _home(request: Request) -> RedirectResponse:
    """The first page, in the visitor's language."""
    prefix = request.scope.get("root_path", "")
    tag = preferred(request.headers.get("accept-language", ""))
    return RedirectResponse(f"{prefix}/{tag}/read", status_code=302)
