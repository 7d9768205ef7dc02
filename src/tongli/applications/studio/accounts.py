"""Accounts: who may use a Studio that several people share."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tongli.applications.studio.access import LOCAL, ROLES, Actor, Role, require
from tongli.applications.studio.checks import check_choice
from tongli.applications.studio.database import Database
from tongli.applications.studio.errors import AccessError
from tongli.applications.studio.passwords import hashed, matches
from tongli.applications.studio.people_of import forget_people_of
from tongli.applications.studio.records import Account
from tongli.applications.studio.tables import SessionRow, UserRow
from tongli.applications.studio.trail import append
from tongli.core import ConfigError, InputError

_NAME = re.compile(r"[^\W_][\w.@+-]{0,63}")


class Accounts:
    """Accounts by name.

    Args:
        database: where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, *, password: str, role: Role = "writer", by: Actor) -> Account:
        """A new account.

        Raises:
            AccessError: ``access.denied``.
            InputError: ``access.name``, ``access.password``, ``studio.choice``.
            ConfigError: ``access.name-taken``.
            StorageError: ``studio.database``.
        """
        require(by, "accounts")
        check_choice("a role", role, ROLES)
        row = UserRow(
            id=uuid4().hex,
            name=_name(name),
            password=hashed(password),
            role=role,
            created=datetime.now(UTC),
        )
        with self._database.writing() as session:
            if find_user(session, row.name) is not None:
                raise _taken()
            session.add(row)
            append(session, "account.added", by=by, subject=row.id, role=role)
        return account_of(row)

    def list(self, *, by: Actor) -> tuple[Account, ...]:
        """Everybody, by name; raises ``AccessError``, ``StorageError``."""
        require(by, "accounts")
        wanted = select(UserRow).where(UserRow.id != LOCAL.id).order_by(UserRow.name)
        with self._database.reading() as session:
            return tuple(map(account_of, session.scalars(wanted)))

    def get(self, name: str, *, by: Actor) -> Account:
        """One account; raises ``AccessError``, ``ConfigError`` (``access.unknown``), ``StorageError``."""
        require(by, "accounts")
        with self._database.reading() as session:
            return account_of(known_user(session, name))

    def remove(self, name: str, *, by: Actor) -> None:
        """Delete an account, its people and all that it wrote, for good; raises as :meth:`get`."""
        require(by, "accounts")
        with self._database.writing() as session:
            row = known_user(session, name)
            forget_people_of(row.id)
            session.delete(row)
            append(session, "account.removed", by=by, subject=row.id)

    def set_role(self, name: str, role: Role, *, by: Actor) -> None:
        """Another role, from now on; raises as :meth:`get`, and ``InputError`` (``studio.choice``)."""
        require(by, "accounts")
        check_choice("a role", role, ROLES)
        with self._database.writing() as session:
            row = known_user(session, name)
            row.role = role
            append(session, "account.role", by=by, subject=row.id, role=role)

    def set_password(self, name: str, password: str, *, by: Actor) -> None:
        """Another password; ends every session. Raises as :meth:`get` and :meth:`add`."""
        require(by, "accounts")
        with self._database.writing() as session:
            _change_password(session, known_user(session, name), hashed(password), by=by)

    def change_password(self, old: str, new: str, *, by: Actor) -> None:
        """The actor's own password; ends every session of theirs.

        Raises:
            AccessError: ``access.login`` when the old one is wrong.
            InputError: ``access.password``.
            StorageError: ``studio.database``.
        """
        with self._database.reading() as session:
            row = session.get(UserRow, by.id)
        if not matches(old, row.password if row else None):
            raise wrong_login()
        kept = hashed(new)
        with self._database.writing() as session:
            _change_password(session, session.get_one(UserRow, by.id), kept, by=by)


def account_of(row: UserRow) -> Account:
    """The account of a row."""
    return Account(id=row.id, name=row.name, role=row.role, created=row.created)


def find_user(session: Session, name: str) -> UserRow | None:
    """The row of a name as somebody typed it; never that of the user without a password."""
    normal = _normal(name)
    if not _NAME.fullmatch(normal):
        return None
    return session.scalar(select(UserRow).where(UserRow.name == normal, UserRow.id != LOCAL.id))


def wrong_login() -> AccessError:
    """The one answer to a wrong name and to a wrong password."""
    return AccessError(
        "access.login",
        received="a name and a password that do not fit",
        allowed="the name and the password of an account",
        fix="Check both; an administrator can set another password.",
    )


def _change_password(session: Session, row: UserRow, kept: str, *, by: Actor) -> None:
    row.password = kept
    session.execute(delete(SessionRow).where(SessionRow.user_id == row.id))
    append(session, "account.password", by=by, subject=row.id)


def known_user(session: Session, name: str) -> UserRow:
    """As :func:`find_user`, and ``ConfigError`` (``access.unknown``) for a name that no account has."""
    row = find_user(session, name)
    if row is None:
        raise ConfigError(
            "access.unknown",
            received="a name that no account has",
            allowed="a name that tongli studio user list shows",
            fix="Check how it is written.",
        )
    return row


def _name(name: str) -> str:
    normal = _normal(name)
    if not _NAME.fullmatch(normal) or normal == LOCAL.name:
        raise InputError(
            "access.name",
            received="a name that cannot be one",
            allowed=f"1 to 64 letters, digits and . _ @ + -, a letter or digit first, and not {LOCAL.name}",
            fix="Choose another name.",
        )
    return normal


def _normal(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _taken() -> ConfigError:
    return ConfigError(
        "access.name-taken",
        received="a name that an account has already",
        allowed="another name; letters count the same in both cases",
        fix="Choose another name, or remove that account first.",
    )
