"""What the endpoints of the review queue take and give, as pydantic models."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, StrictStr

from tongli.serving.schemas import Strict

Wanted = Literal["open", "approved", "edited", "rejected", "all"]


class SubmitIn(Strict):
    """A draft that a person must look at."""

    draft: StrictStr = Field(description="The text to judge; may be empty where nothing could be drafted.")
    lang: StrictStr = Field(description="BCP-47 tag of the draft.", examples=["en"])
    source: StrictStr = Field(default="", description="The message that it answers.")
    engine: StrictStr = Field(default="person", description="Who wrote it: an engine's name, or `person`.")
    notes: list[StrictStr] = Field(
        default_factory=list, max_length=100, description="Why a person must look."
    )


class ApproveIn(Strict):
    """Let a draft go out."""

    text: StrictStr | None = Field(
        default=None, description="Send this instead: the item is then `edited`, not `approved`."
    )


class RejectIn(Strict):
    """Keep a draft back."""

    reason: StrictStr = Field(description="What is wrong with it; must say something.")


class ItemOut(Strict):
    """A draft in the queue."""

    id: str
    source: str
    draft: str
    lang: str
    engine: str
    notes: list[str]
    status: Literal["open", "approved", "edited", "rejected"]
    final: str | None = Field(description="What may be sent; null until it is approved.")
    reason: str | None = Field(description="Why it was rejected.")
    document: str | None = Field(description="The Studio's document that it comes from.")
    submitted_by: str = Field(description="Identifier of an account, or `local`.")
    decided_by: str | None
    created: str = Field(description="ISO 8601, in UTC.")
    decided: str | None


class ItemsOut(Strict):
    """Items, the oldest first."""

    items: list[ItemOut]


class EventOut(Strict):
    """An event of the audit trail. No text is in it."""

    number: int
    time: str
    who: str
    kind: str = Field(examples=["review.approved"])
    subject: str
    details: dict[str, str | int]
    previous: str = Field(description="Digest of the event before.")
    digest: str = Field(description="SHA-256 of everything else.")


class EventsOut(Strict):
    """Events in order."""

    events: list[EventOut]
