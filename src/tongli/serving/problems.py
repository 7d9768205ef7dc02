"""Errors as RFC 9457 problem details: tongli's codes, an HTTP status, and never what was sent."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from tongli.applications.studio import AccessError, ConflictError
from tongli.core import EngineError, InputError, ModelError, TongliError
from tongli.serving.render import Json
from tongli.serving.schemas import Fault, Problem

MEDIA_TYPE = "application/problem+json"
_MAX_FAULTS = 20
_BRANCHES = frozenset(("str", "int", "constrained-str"))


class ServingError(TongliError):
    """The server declines a request, whatever it says.

    Args:
        code: ``serve.*``.
        status: HTTP status.
        received, allowed, fix: as for every :class:`~tongli.core.TongliError`.
    """

    def __init__(self, code: str, *, status: int, received: str, allowed: str, fix: str) -> None:
        self.status = status
        super().__init__(code, received=received, allowed=allowed, fix=fix)


class RejectedMessageError(Exception):
    """A message of a request that cannot be used, and where it stands."""

    def __init__(self, error: TongliError, *, pointer: str) -> None:
        self.error = error
        self.pointer = pointer
        super().__init__(error.code)


def status_of(error: TongliError) -> int:
    """The HTTP status of an error: the caller's fault is 4xx, the server's 5xx."""
    if isinstance(error, ServingError):
        return error.status
    if error.code == "input.too-long":
        return 413
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


_STATUS: tuple[tuple[type[TongliError], int], ...] = (
    (InputError, 422),
    (ModelError, 503),
    (EngineError, 502),
    (AccessError, 403),
    (ConflictError, 409),
)


def problem(error: TongliError, *, faults: list[Fault] | None = None) -> Json:
    """The response for an error."""
    status = status_of(error)
    body = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=f"Received {error.received}; allowed: {error.allowed}. {error.fix}",
        errors=faults or [],
        **error.to_dict(),
    )
    headers = {"Retry-After": "5"} if status in {429, 503} else None
    return Json(body.model_dump(), status_code=status, headers=headers, media_type=MEDIA_TYPE)


def internal(error: Exception) -> TongliError:
    """An unforeseen error, told without its message, which may hold what was sent."""
    return ServingError(
        "serve.internal",
        status=500,
        received=f"an unforeseen {type(error).__name__}",
        allowed="this should not happen",
        fix="Please report it, with the server's log.",
    )


def install(app: FastAPI) -> None:
    """Answer every error of the application with a problem."""

    @app.exception_handler(TongliError)
    async def _coded(_: Request, error: TongliError) -> Json:
        return problem(error)

    @app.exception_handler(RejectedMessageError)
    async def _rejected(_: Request, error: RejectedMessageError) -> Json:
        return problem(error.error, faults=[Fault(pointer=error.pointer, detail=error.error.code)])

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: RequestValidationError) -> Json:
        if _is_of_another_type(request, error):
            return problem(_type_error())
        return problem(_validation(error), faults=_faults(error))

    @app.exception_handler(HTTPException)
    async def _http(_: Request, error: HTTPException) -> Json:
        response = problem(_http_error(error))
        response.headers.update(error.headers or {})
        return response


def describe(app: FastAPI) -> None:
    """Give errors their own media type in ``/openapi.json``; FastAPI cannot be told a response at a time.

    Call it once all paths are there, and again after others were added.
    """
    app.openapi_schema = None
    for path in app.openapi()["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                if not status.startswith("2"):
                    response["content"] = {MEDIA_TYPE: response["content"]["application/json"]}


def _is_of_another_type(request: Request, error: RequestValidationError) -> bool:
    """Whether the whole body was not taken for JSON, as its header says something else."""
    sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    whole = any(_pointer(item["loc"]) == "#" for item in error.errors())
    return bool(sent) and not sent.endswith("json") and whole


def _type_error() -> TongliError:
    return ServingError(
        "request.type",
        status=415,
        received="a body whose Content-Type is not JSON",
        allowed="Content-Type: application/json",
        fix="Send that header; with curl: -H 'Content-Type: application/json'.",
    )


def _validation(error: RequestValidationError) -> TongliError:
    broken = any(item["type"] == "json_invalid" for item in error.errors())
    return ServingError(
        "request.json" if broken else "request.invalid",
        status=400 if broken else 422,
        received="a body that is not JSON" if broken else "a body of another shape",
        allowed="a JSON object as described at /openapi.json",
        fix="Write the body with a JSON library, as application/json."
        if broken
        else "Correct what `errors` points at.",
    )


def _faults(error: RequestValidationError) -> list[Fault]:
    """Where and what, without the input."""
    return [
        Fault(pointer=_pointer(item["loc"]), detail=str(item["msg"]))
        for item in error.errors()[:_MAX_FAULTS]
        if item["type"] != "json_invalid"
    ]


def _pointer(loc: tuple[str | int, ...]) -> str:
    """A JSON pointer; pydantic's names of the branches of unions are no part of the body."""
    inner = loc[2:] if loc[1:2] in {("message",), ("batch",)} else loc[1:]
    parts = [part for part in inner if part not in _BRANCHES and "[" not in str(part)]
    return "#" + "".join(f"/{str(part)[:60].replace('~', '~0').replace('/', '~1')}" for part in parts)


def _http_error(error: HTTPException) -> TongliError:
    known = {
        404: ("request.path", "a path that is not served", "one that /openapi.json names"),
        405: ("request.method", "a method that this path does not take", "the method named at /openapi.json"),
    }
    code, received, allowed = known.get(
        error.status_code, ("request.json", "a body that could not be read", "a JSON object in UTF-8")
    )
    return ServingError(
        code, status=error.status_code, received=received, allowed=allowed, fix="See /openapi.json."
    )
