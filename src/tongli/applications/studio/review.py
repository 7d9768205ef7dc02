"""Drafts that need a person: put in a queue, then approved, edited or rejected, once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select

from tongli.applications.studio.access import Actor, require
from tongli.applications.studio.checks import check_count, check_label, check_size, is_id
from tongli.applications.studio.database import Database
from tongli.applications.studio.documents import own_document
from tongli.applications.studio.errors import ConflictError
from tongli.applications.studio.records import Limits, ReviewItem, Status
from tongli.applications.studio.seal import Seal
from tongli.applications.studio.tables import PreferencesRow, ReviewRow
from tongli.applications.studio.trail import append
from tongli.core import InputError


class Review:
    """The review queue. Writers see what they put in; reviewers see everything and decide.

    Args:
        database: where it is.
        seal: closes the texts.
        limits: sizes, and how many may wait.
    """

    def __init__(self, database: Database, *, seal: Seal, limits: Limits) -> None:
        self._database = database
        self._seal = seal
        self._limits = limits

    def submit(
        self,
        *,
        by: Actor,
        draft: str,
        lang: str,
        source: str = "",
        engine: str = "person",
        notes: Iterable[str] = (),
        document: str | None = None,
    ) -> ReviewItem:
        """Put a draft into the queue.

        Args:
            by: who asks.
            draft: the text to judge; may be empty.
            lang: its language.
            source: what it answers.
            engine: who wrote it.
            notes: why a person must look.
            document: the actor's document that it comes from.

        Raises:
            AccessError: ``access.denied``.
            InputError: ``studio.size``, ``studio.label``, ``studio.count``, ``studio.document``.
            StorageError: ``studio.database``.
        """
        require(by, "submit")
        content = {"source": source, "draft": draft, "notes": list(notes)}
        for text in (source, draft, *content["notes"]):
            check_size("a text, in characters,", len(text), limit=self._limits.text)
        check_label("a language tag", lang, limit=35)
        check_label("an engine's name", engine, limit=64)
        row = ReviewRow(
            id=uuid4().hex,
            document_id=document,
            submitted_by=by.id,
            status="open",
            lang=lang,
            engine=engine,
            content=self._seal.close(content),
            created=datetime.now(UTC),
        )
        with self._database.writing() as session:
            if document is not None:
                own_document(session, document, by)
            waiting = session.scalar(select(func.count()).where(ReviewRow.status == "open")) or 0
            check_count("drafts that wait", waiting + 1, limit=self._limits.open_items)
            session.add(row)
            session.flush()
            append(session, "review.submitted", by=by, subject=row.id)
            return self._item(row)

    def list(
        self, *, by: Actor, status: Status | None = "open", limit: int = 100, offset: int = 0
    ) -> tuple[ReviewItem, ...]:
        """Items, the oldest first; ``status=None`` for all. Raises ``StorageError``."""
        wanted = select(ReviewRow).order_by(ReviewRow.created, ReviewRow.id).limit(limit).offset(offset)
        if status is not None:
            wanted = wanted.where(ReviewRow.status == status)
        if not by.may("review"):
            wanted = wanted.where(ReviewRow.submitted_by == by.id)
        with self._database.reading() as session:
            return tuple(map(self._item, session.scalars(wanted)))

    def waiting(self, *, by: Actor) -> tuple[ReviewItem, ...]:
        """Open items, those with a risk first, then the oldest; raises ``StorageError``."""
        return tuple(
            sorted(self.list(by=by, limit=self._limits.open_items), key=lambda item: not item.urgent)
        )

    def decided(self, *, by: Actor, limit: int = 100) -> tuple[ReviewItem, ...]:
        """Items that somebody decided, the last decision first; raises ``StorageError``."""
        wanted = select(ReviewRow).where(ReviewRow.status != "open").limit(limit)
        wanted = wanted.order_by(ReviewRow.decided.desc(), ReviewRow.id)
        if not by.may("review"):
            wanted = wanted.where(ReviewRow.submitted_by == by.id)
        with self._database.reading() as session:
            return tuple(map(self._item, session.scalars(wanted)))

    def count(self, *, by: Actor) -> int:
        """How many wait that the actor sees; raises ``StorageError``."""
        wanted = select(func.count()).where(ReviewRow.status == "open")
        if not by.may("review"):
            wanted = wanted.where(ReviewRow.submitted_by == by.id)
        with self._database.reading() as session:
            return session.scalar(wanted) or 0

    def get(self, item: str, *, by: Actor) -> ReviewItem:
        """One item.

        Raises:
            InputError: ``review.unknown`` where the actor sees none with this identifier.
            StorageError: ``studio.database``, ``people.locked``.
        """
        with self._database.reading() as session:
            row = session.get(ReviewRow, item) if is_id(item) else None
            if row is None or not (by.may("review") or row.submitted_by == by.id):
                raise _unknown()
            return self._item(row)

    def approve(self, item: str, *, by: Actor, text: str | None = None) -> ReviewItem:
        """Let a draft go out, in other words if ``text`` gives them.

        Raises:
            AccessError: ``access.denied``.
            ConflictError: ``review.decided``.
            InputError: ``review.unknown``, ``review.empty``, ``studio.size``.
            StorageError: ``studio.database``, ``people.locked``.
        """
        check_size("a text, in characters,", len(text or ""), limit=self._limits.text)
        return self._decide(item, by=by, text=text)

    def reject(self, item: str, *, by: Actor, reason: str) -> ReviewItem:
        """Keep a draft back; raises as :meth:`approve`, and ``InputError`` (``review.reason``)."""
        if not reason.strip():
            raise InputError(
                "review.reason",
                received="a rejection without a reason",
                allowed="a reason that helps whoever wrote the draft",
                fix="Say what is wrong with it.",
            )
        check_size("a reason, in characters,", len(reason), limit=self._limits.text)
        return self._decide(item, by=by, reason=reason)

    def pairs(self, *, by: Actor) -> Iterator[dict[str, Any]]:
        """Preference pairs of drafts that a reviewer rewrote, as :meth:`Suggestions.pairs` gives them.

        Only where who put the draft in shares their edits. The prompt is the message that is answered.

        Raises:
            AccessError: ``access.denied``.
            StorageError: ``studio.database``, ``people.locked``.
        """
        require(by, "export")
        wanted = (
            select(ReviewRow)
            .join(PreferencesRow, PreferencesRow.user_id == ReviewRow.submitted_by)
            .where(PreferencesRow.share_edits, ReviewRow.status == "edited")
            .order_by(ReviewRow.created, ReviewRow.id)
        )
        with self._database.reading() as session:
            for item in map(self._item, session.scalars(wanted.execution_options(yield_per=500))):
                if item.draft:
                    yield _pair(item)

    def _decide(
        self, item: str, *, by: Actor, text: str | None = None, reason: str | None = None
    ) -> ReviewItem:
        require(by, "review")
        with self._database.writing() as session:
            row = session.get(ReviewRow, item, with_for_update=True) if is_id(item) else None
            if row is None:
                raise _unknown()
            if row.status != "open":
                raise _decided()
            status, final = _outcome(self._item(row).draft, text=text, reason=reason)
            row.status = status
            row.outcome = self._seal.close({"final": final, "reason": reason})
            row.decided_by, row.decided = by.id, datetime.now(UTC)
            append(session, f"review.{status}", by=by, subject=row.id)
            session.flush()
            return self._item(row)

    def _item(self, row: ReviewRow) -> ReviewItem:
        content = self._seal.open(row.content)
        outcome = self._seal.open(row.outcome) if row.outcome else {}
        return ReviewItem(
            id=row.id,
            source=content["source"],
            draft=content["draft"],
            notes=tuple(content["notes"]),
            lang=row.lang,
            engine=row.engine,
            status=row.status,
            document=row.document_id,
            submitted_by=row.submitted_by,
            decided_by=row.decided_by,
            created=row.created,
            decided=row.decided,
            **outcome,
        )


def _outcome(draft: str, *, text: str | None, reason: str | None) -> tuple[Status, str | None]:
    """What a decision makes of a draft, and what may be sent."""
    if reason is not None:
        return "rejected", None
    final = draft if text is None else text
    if not final.strip():
        raise _empty()
    return ("approved" if final == draft else "edited"), final


def _pair(item: ReviewItem) -> dict[str, Any]:
    return {
        "id": f"review-{item.id}",
        "lang": item.lang,
        "kind": "reply",
        "source": item.engine,
        "prompt": item.source,
        "chosen": item.final,
        "rejected": item.draft,
    }


def _unknown() -> InputError:
    return InputError(
        "review.unknown",
        received="an identifier of nothing in the review queue",
        allowed="one that tongli review list shows",
        fix="List the queue again.",
    )


def _empty() -> InputError:
    return InputError(
        "review.empty",
        received="the approval of an empty text",
        allowed="a text that can be sent",
        fix="Write the answer, or reject the draft.",
    )


def _decided() -> ConflictError:
    return ConflictError(
        "review.decided",
        received="a decision about a draft that has been decided already",
        allowed="one decision for each draft",
        fix="Look at it again; put a new draft into the queue if it must change.",
    )
