"""The tables. Private texts stand in sealed columns only (see :mod:`tongli.applications.studio.seal`)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from tongli.applications.studio.access import Role
from tongli.applications.studio.records import Decision, DocumentKind, RevisionKind, Status, Theme


class Utc(TypeDecorator[datetime]):
    """A time in UTC; SQLite has no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Into the database."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Out of the database."""
        return None if value is None else value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC)


class Table(DeclarativeBase):
    """Base of the tables."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Utc, bytes: LargeBinary}


def _user(*, primary_key: bool = False) -> Mapped[str]:
    """Of whom a row is; it goes when they go."""
    return mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=primary_key, index=not primary_key
    )


class UserRow(Table):
    """An account; ``local`` is always there and has no password."""

    __tablename__ = "users"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    password: Mapped[str] = mapped_column(String(255))
    role: Mapped[Role] = mapped_column(String(16))
    created: Mapped[datetime]


class PreferencesRow(Table):
    """How an account likes its Studio."""

    __tablename__ = "preferences"

    user_id: Mapped[str] = _user(primary_key=True)
    language: Mapped[str | None] = mapped_column(String(35))
    theme: Mapped[Theme] = mapped_column(String(8))
    share_edits: Mapped[bool]


class SessionRow(Table):
    """A login; the cookie's token stands here as a digest only."""

    __tablename__ = "sessions"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = _user()
    created: Mapped[datetime]
    seen: Mapped[datetime]
    expires: Mapped[datetime]


class DocumentRow(Table):
    """A document: which of its revisions is current, and which number was given out last."""

    __tablename__ = "documents"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    owner: Mapped[str] = _user()
    kind: Mapped[DocumentKind] = mapped_column(String(16))
    title: Mapped[bytes]
    current: Mapped[int]
    last: Mapped[int]
    created: Mapped[datetime]
    changed: Mapped[datetime]


class RevisionRow(Table):
    """One state of a document, and where undo and redo lead from it."""

    __tablename__ = "revisions"

    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[RevisionKind] = mapped_column(String(16))
    content: Mapped[bytes]
    undo_to: Mapped[int | None]
    redo_to: Mapped[int | None]
    created: Mapped[datetime]


class SuggestionRow(Table):
    """A suggestion and what became of it."""

    __tablename__ = "suggestions"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    owner: Mapped[str] = _user()
    kind: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(String(255))
    lang: Mapped[str] = mapped_column(String(35))
    decision: Mapped[Decision] = mapped_column(String(16))
    content: Mapped[bytes]
    created: Mapped[datetime]


class ReviewRow(Table):
    """A draft that needs, or needed, a person."""

    __tablename__ = "review_items"
    __table_args__ = (Index("ix_review_items_status_created", "status", "created"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    document_id: Mapped[str | None] = mapped_column(ForeignKey("documents.id", ondelete="SET NULL"))
    submitted_by: Mapped[str] = _user()
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    status: Mapped[Status] = mapped_column(String(16))
    lang: Mapped[str] = mapped_column(String(35))
    engine: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes]
    outcome: Mapped[bytes | None]
    created: Mapped[datetime]
    decided: Mapped[datetime | None]


class EventRow(Table):
    """An audit event; never changed, and removed by nothing here. ``who`` outlives the account it names."""

    __tablename__ = "audit_events"

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    time: Mapped[datetime]
    who: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(64))
    details: Mapped[str] = mapped_column(String(1024))
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))


class HeadRow(Table):
    """The end of the audit chain: one row, locked by whoever appends."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[str] = mapped_column(String(64))
