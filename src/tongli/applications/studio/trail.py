"""The audit log in the database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tongli.applications.studio.access import Actor, require
from tongli.applications.studio.database import Database
from tongli.applications.studio.tables import EventRow, HeadRow
from tongli.safety.audit import Event, check_chain, sealed

_PAGE = 1_000


def append(session: Session, kind: str, /, *, by: Actor, subject: str = "", **details: str | int) -> None:
    """Add an event to the transaction that does what it tells of."""
    head = session.execute(select(HeadRow).with_for_update()).scalar_one()
    event = sealed(
        Event(
            number=head.number + 1,
            time=datetime.now(UTC),
            who=by.id,
            kind=kind,
            subject=subject,
            details=details,
            previous=head.digest,
        )
    )
    session.add(
        EventRow(
            number=event.number,
            time=event.time,
            who=event.who,
            kind=event.kind,
            subject=event.subject,
            details=json.dumps(details, sort_keys=True),
            previous=event.previous,
            digest=event.digest,
        )
    )
    head.number, head.digest = event.number, event.digest


class Trail:
    """Reads the audit log; nothing changes it.

    Args:
        database: where it is.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def events(self, *, by: Actor, after: int = 0) -> Iterator[Event]:
        """Events in order, from the one after number ``after``.

        Raises:
            AccessError: ``access.denied``.
            StorageError: ``studio.database``.
        """
        require(by, "audit")
        while page := self._page(after):
            yield from page
            after = page[-1].number

    def verify(self, *, by: Actor, head: str | None = None) -> tuple[int, str]:
        """How many events there are, and the last digest.

        Raises:
            AccessError: ``access.denied``.
            StorageError: ``audit.broken``, ``audit.head``, ``audit.cut``; ``studio.database``.
        """
        require(by, "audit")
        with self._database.reading() as session:
            end = session.execute(select(HeadRow)).scalar_one()
            events = map(_event, session.scalars(select(EventRow).order_by(EventRow.number)))
            return check_chain(events, head=head, end=(end.number, end.digest))

    def recent(self, *, by: Actor, limit: int = 100) -> tuple[Event, ...]:
        """The last events, newest first; raises as :meth:`events`."""
        require(by, "audit")
        with self._database.reading() as session:
            rows = session.scalars(select(EventRow).order_by(EventRow.number.desc()).limit(limit))
            return tuple(map(_event, rows))

    def _page(self, after: int) -> tuple[Event, ...]:
        with self._database.reading() as session:
            wanted = select(EventRow).where(EventRow.number > after).order_by(EventRow.number).limit(_PAGE)
            return tuple(map(_event, session.scalars(wanted)))


def _event(row: EventRow) -> Event:
    return Event(
        number=row.number,
        time=row.time,
        who=row.who,
        kind=row.kind,
        subject=row.subject,
        details=json.loads(row.details),
        previous=row.previous,
        digest=row.digest,
    )
