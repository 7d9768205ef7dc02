"""The HTTP application: two endpoints over one pipeline, and the health of the process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from typing import Any, Protocol

from fastapi import FastAPI

import tongli
from tongli.core import Message, Reading, Response, Settings, TongliError
from tongli.knowledge.schemes import SCHEMES
from tongli.serving import problems
from tongli.serving.guard import Guard
from tongli.serving.limits import Limits
from tongli.serving.render import Json
from tongli.serving.schemas import (
    BatchIn,
    Health,
    MessageIn,
    Problem,
    ReadIn,
    ReadingOut,
    ReadingsOut,
    ResponseOut,
)
from tongli.serving.worker import Worker

DESCRIPTION = """\
Reads what a message means and feels, and drafts a checked reply.

{access} Offsets are Unicode code points. Nothing that is sent is logged or kept{but}. Errors are RFC 9457
problems; match on their `code`.
"""
_OPEN = (
    "**There is no authentication yet.** Keep the server on the loopback interface, or put it behind a proxy "
    "that knows its callers."
)
_GATED = (
    "Every request needs a visitor who is known: the session of an account, or the secret that the server "
    "printed, as `Authorization: Bearer`."
)
_FAILURES: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "The body is not JSON"},
    413: {"model": Problem, "description": "The body or a text is too large"},
    415: {"model": Problem, "description": "The Content-Type of the body is not JSON"},
    422: {"model": Problem, "description": "The request or a message cannot be used"},
    500: {"model": Problem, "description": "The server failed"},
    503: {"model": Problem, "description": "Loading, busy or out of time"},
}
_ENGINE_FAILURE = {"model": Problem, "description": "The generation engine failed"}


class Pipeline(Protocol):
    """What is served: :class:`tongli.Tongli`, or anything that reads and responds like it."""

    def load(self) -> object:
        """Read the weights."""

    def read_many(self, messages: Sequence[Message], *, evidence: bool = False) -> list[Reading]:
        """S(E(x)) of each message, in order."""

    def respond(self, message: Message, *, reply_lang: str | None = None, evidence: bool = True) -> Response:
        """Y."""


def about(*, gated: bool) -> str:
    """What ``/openapi.json`` says of the whole; ``gated`` where the Studio's gate stands in front."""
    return DESCRIPTION.format(
        access=_GATED if gated else _OPEN, but=", but for the review queue" if gated else ""
    )


def create_app(
    pipeline: Pipeline,
    settings: Settings,
    *,
    heads: Collection[str] = SCHEMES,
    limits: Limits | None = None,
) -> FastAPI:
    """The application; weights load in the background once it starts.

    Args:
        pipeline: reads and responds, from several threads at a time.
        settings: the longest text, and how many threads.
        heads: names of those that the pipeline has.
        limits: body size, time, concurrency; ``None`` takes the defaults with ``settings.threads``.
    """
    limits = limits or Limits(concurrency=settings.threads)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.worker = Worker(pipeline.load, limits=limits)
        app.state.worker.start()
        yield
        app.state.worker.stop()

    app = FastAPI(
        title="tongli",
        version=tongli.__version__,
        description=about(gated=False),
        lifespan=lifespan,
        docs_url=None,  # these pages load scripts from elsewhere
        redoc_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.add_middleware(Guard, limits=limits)
    problems.install(app)
    _add_routes(app, pipeline, heads=heads, max_chars=settings.max_chars)
    problems.describe(app)
    return app


def _add_routes(app: FastAPI, pipeline: Pipeline, *, heads: Collection[str], max_chars: int) -> None:
    @app.get("/healthz", response_model=Health, summary="Is the process alive, are the models loaded?")
    async def healthz() -> Health:
        worker: Worker = app.state.worker
        error = worker.failure.code if worker.failure else None
        return Health(status="ok", ready=worker.ready, version=tongli.__version__, error=error)

    @app.post(
        "/v1/read",
        summary="Read one message, or a batch",
        responses={200: {"model": ReadingOut | ReadingsOut}, **_FAILURES},
    )
    async def read(body: ReadIn) -> Json:
        items = body.messages if isinstance(body, BatchIn) else [body]
        pointer = "#/messages/{}" if isinstance(body, BatchIn) else "#"
        messages = [
            _message(item, pointer=pointer.format(place), heads=heads, max_chars=max_chars)
            for place, item in enumerate(items)
        ]
        found = await app.state.worker.run(lambda: _read(pipeline, items, messages))
        return Json({"readings": found} if isinstance(body, BatchIn) else found[0])

    @app.post(
        "/v1/respond",
        summary="Answer a message",
        responses={200: {"model": ResponseOut}, **_FAILURES, 502: _ENGINE_FAILURE},
    )
    async def respond(body: MessageIn) -> Json:
        message = _message(body, pointer="#", heads=heads, max_chars=max_chars)
        lang = body.answer_lang()
        found = await app.state.worker.run(
            lambda: pipeline.respond(message, reply_lang=lang, evidence=body.evidence)
        )
        data = found.to_dict()
        data["reading"] = reading_dict(found.reading, heads=body.heads)
        return Json(data)


def reading_dict(reading: Reading, *, heads: Sequence[str] | None) -> dict[str, Any]:
    """``Reading.to_dict`` with the claims and scores of the wanted heads; rules always speak."""
    data = reading.to_dict()
    if heads is not None:
        unwanted = {f"head:{name}" for name in reading.scores if name not in heads}
        data["scores"] = {name: value for name, value in reading.scores.items() if name in heads}
        data["claims"] = [claim.to_dict() for claim in reading.claims if claim.source not in unwanted]
    return data


def _message(item: MessageIn, *, pointer: str, heads: Collection[str], max_chars: int) -> Message:
    if not set(item.heads or ()) <= set(heads):
        raise problems.RejectedMessageError(_unknown_head(heads), pointer=f"{pointer}/heads")
    try:
        return item.message(max_chars=max_chars)
    except TongliError as error:
        raise problems.RejectedMessageError(error, pointer=pointer) from error


def _unknown_head(heads: Collection[str]) -> problems.ServingError:
    return problems.ServingError(
        "heads.unknown",
        status=422,
        received="a head that the model does not have",
        allowed=", ".join(heads),
        fix="Name heads from this list, or leave heads out.",
    )


def _read(
    pipeline: Pipeline, items: Sequence[MessageIn], messages: Sequence[Message]
) -> list[dict[str, Any]]:
    """Readings in order; messages with and without evidence go through the models in two batches."""
    found: dict[int, dict[str, Any]] = {}
    for evidence in (True, False):
        places = [place for place, item in enumerate(items) if item.evidence is evidence]
        if not places:
            continue
        readings = pipeline.read_many([messages[place] for place in places], evidence=evidence)
        for place, reading in zip(places, readings, strict=True):
            found[place] = reading_dict(reading, heads=items[place].heads)
    return [found[place] for place in range(len(items))]
