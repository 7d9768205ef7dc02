"""Logins: a secret in a cookie, its digest in the database, and when it ends.

References:
    OWASP, "Session Management Cheat Sheet": a new token at each login, an idle and an absolute end.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete

from tongli.applications.studio.access import LOCAL, Actor
from tongli.applications.studio.accounts import account_of, find_user, wrong_login
from tongli.applications.studio.database import Database
from tongli.applications.studio.passwords import hashed, matches, outdated
from tongli.applications.studio.records import Login
from tongli.applications.studio.tables import SessionRow, UserRow
from tongli.applications.studio.trail import append

IDLE, LONGEST = timedelta(hours=12), timedelta(days=7)
_SEEN_EVERY = timedelta(minutes=1)


class Sessions:
    """Who is logged in.

    Args:
        database: where it is kept.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def login(self, name: str, password: str, *, token: str | None = None) -> Login:
        """Begin a session.

        Args:
            name: of the account, in any case of letters.
            password: as typed.
            token: of the session that the browser had, which ends.

        Raises:
            AccessError: ``access.login``, the same and as slow for a name that nobody has.
            StorageError: ``studio.database``.
        """
        with self._database.reading() as session:
            found = find_user(session, name)
        if not matches(password, found.password if found else None) or found is None:
            self._note_failure(found)
            raise wrong_login()
        now, new = datetime.now(UTC), secrets.token_urlsafe(32)
        with self._database.writing() as session:
            row = session.get_one(UserRow, found.id)
            if outdated(row.password):
                row.password = hashed(password)
            if token:
                session.execute(delete(SessionRow).where(SessionRow.digest == _digest(token)))
            session.execute(delete(SessionRow).where(SessionRow.expires < now))
            session.add(
                SessionRow(digest=_digest(new), user_id=row.id, created=now, seen=now, expires=now + LONGEST)
            )
            append(session, "session.began", by=_actor(row), subject=row.id)
            return Login(token=new, account=account_of(row), expires=now + LONGEST)

    def actor(self, token: str | None) -> Actor | None:
        """Who a token belongs to, with the role that they have now; ``None`` when it has ended."""
        if not token:
            return None
        now = datetime.now(UTC)
        with self._database.reading() as session:
            kept = session.get(SessionRow, _digest(token))
            if kept is None or now > min(kept.expires, kept.seen + IDLE):
                return None
            found = _actor(session.get_one(UserRow, kept.user_id))
        if now - kept.seen > _SEEN_EVERY:
            with self._database.writing() as session:
                again = session.get(SessionRow, kept.digest)
                if again is not None:
                    again.seen = now
        return found

    def logout(self, token: str | None) -> None:
        """End a session; nothing happens where there is none. Raises ``StorageError``."""
        with self._database.writing() as session:
            row = session.get(SessionRow, _digest(token or ""))
            if row is not None:
                session.delete(row)
                append(session, "session.ended", by=_actor(session.get_one(UserRow, row.user_id)))

    def logout_everywhere(self, *, by: Actor) -> None:
        """End every session of the actor's; raises ``StorageError``."""
        with self._database.writing() as session:
            session.execute(delete(SessionRow).where(SessionRow.user_id == by.id))
            append(session, "session.ended-everywhere", by=by, subject=by.id)

    def _note_failure(self, found: UserRow | None) -> None:
        """What was typed as a name is not kept: it may be a password."""
        with self._database.writing() as session:
            append(session, "session.refused", by=LOCAL, subject=found.id if found else "")


def _actor(row: UserRow) -> Actor:
    return Actor(id=row.id, name=row.name, role=row.role)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
