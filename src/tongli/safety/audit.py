"""An audit log that shows when it was touched: each event carries the digest of the one before.

An event says who did what to which thing, and when: identifiers and short facts, never a text or what a
person declared. The chain shows that an event was changed, taken out, or put in between. Somebody who can
rewrite the whole log can rewrite its digests too: keep the last digest elsewhere and compare it (``head``).

References:
    Schneier, Kelsey (1999), "Secure audit logs to support computer forensics", ACM TISSEC 2(2).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tongli.core import StorageError

START = "0" * 64
"""What the first event has in place of the digest before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event.

    Attributes:
        number: 1, 2, 3, …
        time: when, with its time zone.
        who: identifier of the account, or ``local``.
        kind: what was done, such as ``review.approved``.
        subject: identifier of what it was done to.
        details: short facts, such as a revision number.
        previous: digest of the event before.
        digest: SHA-256 of everything else, in hexadecimal.
    """

    number: int
    time: datetime
    who: str
    kind: str
    subject: str
    details: Mapping[str, str | int]
    previous: str = START
    digest: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The event as plain data."""
        return {
            "number": self.number,
            "time": self.time.isoformat(),
            "who": self.who,
            "kind": self.kind,
            "subject": self.subject,
            "details": dict(self.details),
            "previous": self.previous,
            "digest": self.digest,
        }


def sealed(event: Event) -> Event:
    """The event with its digest."""
    return replace(event, digest=_digest(event))


def check_chain(
    events: Iterable[Event], *, end: tuple[int, str] | None = None, head: str | None = None
) -> tuple[int, str]:
    """How many events there are, and the digest of the last.

    Args:
        events: all of them, in order.
        end: number and digest that the last one must have, kept apart from the events.
        head: digest that the log must still hold, from an earlier look at it.

    Raises:
        StorageError: ``audit.broken`` at the first event that is not what was written, ``audit.cut`` for
            another end, ``audit.head`` when no event has the digest ``head``.
    """
    number, digest, seen = 0, START, head is None or head == START
    for event in events:
        number += 1
        if (event.number, event.previous, event.digest) != (number, digest, _digest(event)):
            raise StorageError(
                "audit.broken",
                received=f"an audit log whose event {number} is not the one that was written",
                allowed="a log that nobody has changed",
                fix="Compare it with an export or a backup; find out who could write to the database.",
            )
        digest = event.digest
        seen = seen or digest == head
    if end is not None and end != (number, digest):
        raise StorageError(
            "audit.cut",
            received=f"an audit log that ends after {number} events, of {end[0]}",
            allowed="a log from which nothing was removed",
            fix="Compare it with an export or a backup; find out who could write to the database.",
        )
    if not seen:
        raise StorageError(
            "audit.head",
            received=f"an audit log of {number} events, none with the digest that you know",
            allowed="a log that still holds what it held",
            fix="Check the digest; otherwise events were removed, or the whole log was rewritten.",
        )
    return number, digest


def _digest(event: Event) -> str:
    data = event.to_dict()
    del data["digest"]
    written = json.dumps(data, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(written.encode("ascii")).hexdigest()
