"""Endpoints of the review queue; who may do what is the service's to say."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Path, Query, Request, Security
from fastapi.security import HTTPBearer

from tongli.applications.studio import Actor
from tongli.serving import problems
from tongli.serving.access import visitor_of
from tongli.serving.app import about
from tongli.serving.render import Json
from tongli.serving.review.schemas import (
    ApproveIn,
    EventsOut,
    ItemOut,
    ItemsOut,
    RejectIn,
    SubmitIn,
    Wanted,
)
from tongli.serving.schemas import Problem

if TYPE_CHECKING:
    from tongli.applications.studio.store import Store

PREFIX = "/v1/review"
_FAILURES: dict[int | str, dict[str, Any]] = {
    401: {"model": Problem, "description": "Nobody who is known"},
    403: {"model": Problem, "description": "The role of the account does not allow it"},
    422: {"model": Problem, "description": "The request, or what it names, cannot be used"},
    500: {"model": Problem, "description": "The database cannot be reached"},
}
_DECIDED: dict[int | str, dict[str, Any]] = {
    409: {"model": Problem, "description": "Somebody has decided already"}
}


def _actor(request: Request) -> Actor:
    """Who asks; raises ``AccessError`` once their session has ended."""
    return visitor_of(request).actor()


Who = Annotated[Actor, Depends(_actor)]
Item = Annotated[str, Path(max_length=64, description="Identifier of an item.")]


def add_review(app: FastAPI, store: Store) -> None:
    """Serve the review queue; the gate of :mod:`tongli.serving.access` must stand in front.

    Args:
        app: what serves.
        store: what is kept.
    """
    secret = HTTPBearer(auto_error=False, description="The secret that the server printed, or a session's.")
    router = APIRouter(prefix=PREFIX, tags=["review"], responses=_FAILURES, dependencies=[Security(secret)])
    _add_looking(router, store)
    _add_deciding(router, store)
    app.include_router(router)
    app.description = about(gated=True)
    problems.describe(app)


def _add_looking(router: APIRouter, store: Store) -> None:
    @router.get("", summary="List drafts that need a person", response_model=ItemsOut)
    def list_(
        who: Who,
        status: Annotated[Wanted, Query(description="`all` for decided ones too.")] = "open",
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
        offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    ) -> Json:
        """Writers see what they put in; reviewers and administrators see everything."""
        wanted = None if status == "all" else status
        found = store.review.list(by=who, status=wanted, limit=limit, offset=offset)
        return Json({"items": [item.to_dict() for item in found]})

    @router.get("/audit", summary="Who did what, and when", response_model=EventsOut)
    def audit(
        who: Who,
        after: Annotated[int, Query(ge=0, description="Only events with a greater number.")] = 0,
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    ) -> Json:
        """The audit trail of all that was done, logins and accounts too; for administrators."""
        events = islice(store.trail.events(by=who, after=after), limit)
        return Json({"events": [event.to_dict() for event in events]})

    @router.get("/{item}", summary="One draft", response_model=ItemOut)
    def get(who: Who, item: Item) -> Json:
        """All that is known of it."""
        return Json(store.review.get(item, by=who).to_dict())


def _add_deciding(router: APIRouter, store: Store) -> None:
    @router.post("", status_code=201, summary="Put a draft into the queue", response_model=ItemOut)
    def submit(who: Who, body: SubmitIn) -> Json:
        """It waits until somebody decides."""
        return Json(store.review.submit(by=who, **body.model_dump()).to_dict(), status_code=201)

    @router.post(
        "/{item}/approve",
        summary="Approve a draft, or edit it",
        response_model=ItemOut,
        responses=_DECIDED,
    )
    def approve(who: Who, item: Item, body: ApproveIn) -> Json:
        """`final` of the answer is what may be sent. For reviewers and administrators."""
        return Json(store.review.approve(item, by=who, text=body.text).to_dict())

    @router.post(
        "/{item}/reject", summary="Reject a draft, with a reason", response_model=ItemOut, responses=_DECIDED
    )
    def reject(who: Who, item: Item, body: RejectIn) -> Json:
        """Nothing of it may be sent. For reviewers and administrators."""
        return Json(store.review.reject(item, by=who, reason=body.reason).to_dict())
