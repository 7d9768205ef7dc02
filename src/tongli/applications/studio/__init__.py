"""What Studio keeps: drafts and their history, decisions, the review queue, accounts, and the audit trail.

Usable without any page. ``open_store`` needs the extra ``studio``; the types do not.

>>> with open_store("sqlite:////tmp/notes.db") as store:  # doctest: +SKIP
...     document = store.documents.create(by=LOCAL, text="Dear Robin,")
...     store.documents.save(document.id, "Dear Robin!", base=document.revision, by=LOCAL).can_undo
True
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tongli.applications.studio.access import LOCAL, PERMISSIONS, ROLES, Action, Actor, Role, require
from tongli.applications.studio.errors import AccessError, ConflictError
from tongli.applications.studio.records import (
    Account,
    Document,
    Limits,
    Login,
    Preferences,
    ReviewItem,
    Revision,
    Suggestion,
    Summary,
)
from tongli.core import ConfigError

if TYPE_CHECKING:
    from tongli.applications.studio.store import Store

__all__ = [
    "LOCAL",
    "PERMISSIONS",
    "ROLES",
    "AccessError",
    "Account",
    "Action",
    "Actor",
    "ConflictError",
    "Document",
    "Limits",
    "Login",
    "Preferences",
    "ReviewItem",
    "Revision",
    "Role",
    "Suggestion",
    "Summary",
    "database_status",
    "erase_database",
    "open_store",
    "require",
]


def open_store(url: str | None = None, *, limits: Limits | None = None) -> Store:
    """The store of a database URL; see :meth:`tongli.applications.studio.store.Store.open`.

    Raises:
        ConfigError: ``studio.package`` without SQLAlchemy, Alembic or argon2-cffi; as ``Store.open``.
        StorageError: as ``Store.open``.
    """
    with _packages():
        from tongli.applications.studio.store import Store
    return Store.open(url, limits=limits)


def database_status(url: str | None = None) -> dict[str, Any]:
    """See :func:`tongli.applications.studio.upkeep.status`; raises as :func:`open_store`."""
    with _packages():
        from tongli.applications.studio.upkeep import status
    return status(url)


def erase_database(url: str | None = None) -> None:
    """See :func:`tongli.applications.studio.upkeep.erase`; raises as :func:`open_store`."""
    with _packages():
        from tongli.applications.studio.upkeep import erase
    erase(url)


@contextmanager
def _packages() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as missing:
        raise ConfigError(
            "studio.package",
            received=f"a call that needs the package {missing.name}",
            allowed="the packages of the extra studio",
            fix='Install them: pip install "tongli[studio]".',
        ) from None
