"""From a response that a person must look at to an item of the review queue."""

from __future__ import annotations

from tongli.applications.studio.access import Actor
from tongli.applications.studio.records import ReviewItem
from tongli.applications.studio.review import Review
from tongli.core import Reading, Response
from tongli.generation.respond import RISK_NOTE


def queue_reading(review: Review, reading: Reading, *, by: Actor) -> ReviewItem:
    """Put a message into the queue, for a person to answer; raises as :meth:`Review.submit`."""
    risk = (RISK_NOTE,) if any(reading.decided("risk")) else ()
    return review.submit(
        by=by,
        source=reading.message.text,
        draft="",
        lang=reading.language.tag,
        notes=(*risk, *reading.notes),
    )


def queue_response(
    review: Review, response: Response, *, by: Actor, anyway: bool = False
) -> ReviewItem | None:
    """Put a response into the queue if a person must look at it; raises as :meth:`Review.submit`.

    ``anyway`` puts it there because somebody asks for it.

    Where no draft passed, the first of those that failed is what the person starts from.
    """
    if not (response.needs_person or anyway):
        return None
    best = response.verdict or next(iter(response.alternatives), None)
    return review.submit(
        by=by,
        source=response.reading.message.text,
        draft=response.text or (best.draft.text if best else ""),
        lang=response.lang,
        engine=best.draft.provenance.engine if best else "",
        notes=response.notes,
    )
