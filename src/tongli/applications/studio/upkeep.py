"""What a database holds, in numbers; and its end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text

from tongli.applications.people.cipher import cipher
from tongli.applications.studio.access import LOCAL
from tongli.applications.studio.database import Database, database_url
from tongli.applications.studio.migrate import current, newest
from tongli.applications.studio.people_of import forget_people_of
from tongli.applications.studio.tables import DocumentRow, HeadRow, ReviewRow, Table, UserRow
from tongli.core import StorageError


def status(url: str | None = None) -> dict[str, Any]:
    """Where the database is, whether its tables are those of this version, and how much it holds.

    Raises:
        ConfigError: ``studio.url``, ``studio.driver``; ``people.key``, ``people.cryptography``.
        StorageError: ``studio.file``, ``studio.newer``, ``studio.database``.
    """
    database = Database(database_url(url))
    try:
        return _status(database)
    finally:
        database.close()


def erase(url: str | None = None) -> None:
    """Remove everything that Studio kept, for good, but what the local user's other commands keep.

    Raises as :func:`status`.
    """
    database = Database(database_url(url))
    at_present = current(database)
    with database.writing() as session:
        connection = session.connection()
        if at_present is not None:
            for account in session.scalars(select(UserRow.id)):
                forget_people_of(account)
        Table.metadata.drop_all(connection)
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
    database.close()
    if database.url.get_backend_name() == "sqlite":
        _unlink(Path(str(database.url.database)))


def _status(database: Database) -> dict[str, Any]:
    at = current(database)
    found: dict[str, Any] = {
        "database": database.url.render_as_string(hide_password=True),
        "revision": at,
        "newest": newest(),
        "encrypts": cipher() is not None,
    }
    if at == newest():
        found |= _counts(database)
    return found


def _counts(database: Database) -> dict[str, Any]:
    counts = {
        "accounts": select(func.count()).where(UserRow.id != LOCAL.id),
        "documents": select(func.count()).select_from(DocumentRow),
        "review_open": select(func.count()).where(ReviewRow.status == "open"),
        "audit_events": select(HeadRow.number),
        "audit_head": select(HeadRow.digest),
    }
    with database.reading() as session:
        return {name: session.scalar(wanted) for name, wanted in counts.items()}


def _unlink(path: Path) -> None:
    """Its pages were overwritten as the tables went (``secure_delete``)."""
    try:
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            "studio.file",
            received=f"{path}, which cannot be removed",
            allowed="a file in a folder of yours",
            fix="Stop Studio, then remove the file.",
        ) from error
