"""All that Studio keeps, behind one door."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from tongli.applications.people.cipher import cipher
from tongli.applications.studio.accounts import Accounts
from tongli.applications.studio.database import Database, database_url
from tongli.applications.studio.documents import Documents
from tongli.applications.studio.handover import Handover
from tongli.applications.studio.migrate import migrate
from tongli.applications.studio.preferences import AllPreferences
from tongli.applications.studio.records import Limits
from tongli.applications.studio.review import Review
from tongli.applications.studio.seal import Seal
from tongli.applications.studio.sessions import Sessions
from tongli.applications.studio.suggestions import Suggestions
from tongli.applications.studio.trail import Trail


class Store:
    """Documents, suggestions, reviews, preferences, accounts, sessions and the audit trail.

    Every call is one transaction, may come from any thread, and blocks as long as the database takes: from an
    event loop, run it in a thread.

    Args:
        database: up to date (see :func:`tongli.applications.studio.migrate.migrate`).
        seal: closes what is private.
        limits: sizes and counts.

    Attributes:
        documents, suggestions, review, preferences, accounts, sessions, trail, handover: the parts.
    """

    def __init__(self, database: Database, *, seal: Seal, limits: Limits) -> None:
        self.database = database
        self.documents = Documents(database, seal=seal, limits=limits)
        self.suggestions = Suggestions(database, seal=seal, limits=limits)
        self.review = Review(database, seal=seal, limits=limits)
        self.preferences = AllPreferences(database)
        self.accounts = Accounts(database)
        self.sessions = Sessions(database)
        self.trail = Trail(database)
        self.handover = Handover(database)

    @classmethod
    def open(cls, url: str | None = None, *, limits: Limits | None = None) -> Self:
        """The store of a URL, of ``TONGLI_DATABASE_URL``, or of this user; made and migrated as needed.

        The key of ``tongli people`` (``TONGLI_PEOPLE_KEY``) encrypts what is written from now on.

        Raises:
            ConfigError: ``studio.url``, ``studio.driver``; ``people.key``, ``people.cryptography``.
            StorageError: ``studio.file``, ``studio.database``, ``studio.newer``.
        """
        key = cipher()
        database = Database(database_url(url))
        try:
            migrate(database)
        except BaseException:
            database.close()
            raise
        return cls(database, seal=Seal(key), limits=limits or Limits())

    def close(self) -> None:
        """Close every connection."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
