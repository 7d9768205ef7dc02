"""The database brought to the tables of this version, with Alembic."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from tongli.applications.studio.database import Database
from tongli.core import StorageError

_LOCK = 7_086_473
"""Number of the lock that keeps two processes from migrating at once; any constant does."""


def migrate(database: Database) -> None:
    """Make or change the tables, all or nothing; nothing happens when they are as they should be.

    Raises:
        StorageError: ``studio.newer`` for a database of a later version, ``studio.database``.
    """
    if current(database) == newest():
        return
    with database.writing() as session:
        connection = session.connection()
        if database.engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        command.upgrade(_config(connection), "head")


def current(database: Database) -> str | None:
    """The revision that a database is at, ``None`` for an empty one.

    Raises:
        StorageError: ``studio.newer``, ``studio.database``.
    """
    with database.reading() as session:
        found = MigrationContext.configure(session.connection()).get_current_revision()
    if found is not None and found not in {each.revision for each in _scripts().walk_revisions()}:
        raise StorageError(
            "studio.newer",
            received=f"a database at revision {found}, which this version does not know",
            allowed=f"a database at most at revision {newest()}",
            fix="Update tongli, or name another database.",
        )
    return found


def newest() -> str:
    """The revision of this version's tables."""
    head = _scripts().get_current_head()
    if head is None:
        raise RuntimeError("the package has lost its migrations")
    return head


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config(None))


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", "tongli.applications.studio:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
