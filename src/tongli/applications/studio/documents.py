"""Drafts: saved as they are written, with every state kept, so that nothing is lost and all can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeGuard, get_args
from uuid import uuid4

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from tongli.applications.studio.access import Actor, require
from tongli.applications.studio.checks import as_json, check_choice, check_count, check_size, is_id
from tongli.applications.studio.database import Database
from tongli.applications.studio.errors import ConflictError
from tongli.applications.studio.records import (
    Document,
    DocumentKind,
    Limits,
    Revision,
    RevisionKind,
    Summary,
)
from tongli.applications.studio.seal import Seal
from tongli.applications.studio.tables import DocumentRow, RevisionRow
from tongli.applications.studio.trail import append
from tongli.core import InputError


class Documents:
    """The documents of every account; each account sees its own.

    Every change names the revision that it was made on (``base``). When another change came first, the text
    is kept beside the current one and the caller is told (:class:`ConflictError`).

    Args:
        database: where they are.
        seal: closes texts and titles.
        limits: sizes and counts.
    """

    def __init__(self, database: Database, *, seal: Seal, limits: Limits) -> None:
        self._database = database
        self._seal = seal
        self._limits = limits

    def create(
        self,
        *,
        by: Actor,
        kind: DocumentKind = "write",
        title: str = "",
        text: str = "",
        fields: Mapping[str, Any] | None = None,
    ) -> Document:
        """A new document, with its first revision.

        Raises:
            AccessError: ``access.denied``.
            InputError: ``studio.choice``, ``studio.size``, ``studio.fields``, ``studio.count``.
            StorageError: ``studio.database``.
        """
        require(by, "write")
        check_choice("the kind of a document", kind, get_args(DocumentKind))
        content = self._content(text, fields or {})
        now = datetime.now(UTC)
        row = DocumentRow(
            id=uuid4().hex,
            owner=by.id,
            kind=kind,
            title=self._title(title),
            current=1,
            last=0,
            created=now,
            changed=now,
        )
        with self._database.writing() as session:
            owned = session.scalar(select(func.count()).where(DocumentRow.owner == by.id)) or 0
            check_count("documents", owned + 1, limit=self._limits.documents)
            session.add(row)
            session.flush()
            first = self._add(session, row, self._seal.close(content), kind="saved")
            append(session, "document.created", by=by, subject=row.id)
            return self._document(row, first)

    def get(self, document: str, *, by: Actor) -> Document:
        """A document of the actor's.

        Raises:
            InputError: ``studio.document`` where they have none with this identifier.
            StorageError: ``studio.database``, ``people.locked``.
        """
        with self._database.reading() as session:
            row = own_document(session, document, by)
            return self._document(row, _at(session, row, row.current))

    def list(self, *, by: Actor, kind: DocumentKind | None = None) -> tuple[Summary, ...]:
        """The actor's documents, the last changed first; raises ``StorageError``."""
        wanted = select(DocumentRow).where(DocumentRow.owner == by.id)
        if kind is not None:
            wanted = wanted.where(DocumentRow.kind == kind)
        with self._database.reading() as session:
            rows = session.scalars(wanted.order_by(DocumentRow.changed.desc(), DocumentRow.id))
            return tuple(Summary(**self._about(row)) for row in rows)

    def save(
        self, document: str, text: str, *, base: int, by: Actor, fields: Mapping[str, Any] | None = None
    ) -> Document:
        """Make a text current; it is on the disk when this returns.

        Saving what is current already changes nothing, so a save may be repeated.

        Args:
            document: identifier.
            text: the whole text.
            base: revision that the writer started from.
            by: the owner.
            fields: replace the document's fields; ``None`` keeps them.

        Raises:
            ConflictError: ``studio.conflict``; its ``kept`` is the number of the revision with this text.
            InputError: ``studio.document``, ``studio.size``, ``studio.fields``.
            StorageError: ``studio.database``, ``people.locked``.
        """
        with self._database.writing() as session:
            row = own_document(session, document, by)
            here = _at(session, row, row.current)
            before = self._seal.open(here.content)
            after = self._content(text, before["fields"] if fields is None else fields)
            if after == before:
                return self._document(row, here)
            content = self._seal.close(after)
            if base == row.current:
                return self._make_current(
                    session, row, self._add(session, row, content, kind="saved", undo_to=base)
                )
            lost = self._add(session, row, content, kind="conflict")
            append(session, "document.conflict", by=by, subject=row.id, kept=lost.number)
        raise _conflict(base, current=row.current, kept=lost.number)

    def undo(self, document: str, *, base: int, by: Actor) -> Document:
        """Back by one change; at the first state nothing happens. Raises as :meth:`save`."""
        return self._step(document, "undone", base=base, by=by)

    def redo(self, document: str, *, base: int, by: Actor) -> Document:
        """Make again what was undone; nothing happens where nothing was. Raises as :meth:`save`."""
        return self._step(document, "redone", base=base, by=by)

    def history(self, document: str, *, by: Actor, limit: int = 50) -> tuple[Revision, ...]:
        """The last revisions, newest first, with those that lost a conflict; raises as :meth:`get`."""
        with self._database.reading() as session:
            row = own_document(session, document, by)
            wanted = select(RevisionRow).where(RevisionRow.document_id == row.id)
            found = session.scalars(wanted.order_by(RevisionRow.number.desc()).limit(limit))
            return tuple(self._revision(each) for each in found)

    def revision(self, document: str, number: int, *, by: Actor) -> Revision:
        """One revision; raises as :meth:`get`, and ``InputError`` (``studio.revision``)."""
        with self._database.reading() as session:
            return self._revision(_at(session, own_document(session, document, by), number))

    def rename(self, document: str, title: str, *, by: Actor) -> None:
        """Another title; raises as :meth:`get`, and ``InputError`` (``studio.size``)."""
        sealed = self._title(title)
        with self._database.writing() as session:
            own_document(session, document, by).title = sealed

    def delete(self, document: str, *, by: Actor) -> None:
        """Remove a document and all its revisions for good; raises as :meth:`get`."""
        with self._database.writing() as session:
            row = own_document(session, document, by)
            session.delete(row)
            append(session, "document.deleted", by=by, subject=row.id)

    def _step(self, document: str, kind: RevisionKind, *, base: int, by: Actor) -> Document:
        with self._database.writing() as session:
            row = own_document(session, document, by)
            if base != row.current:
                raise _conflict(base, current=row.current, kept=None)
            here = _at(session, row, base)
            target = here.undo_to if kind == "undone" else here.redo_to
            if not self._still_kept(target, row):
                return self._document(row, here)
            there = _at(session, row, target)
            redo_to = base if kind == "undone" else there.redo_to
            after = self._add(session, row, there.content, kind=kind, undo_to=there.undo_to, redo_to=redo_to)
            return self._make_current(session, row, after)

    def _add(
        self,
        session: Session,
        row: DocumentRow,
        content: bytes,
        *,
        kind: RevisionKind,
        undo_to: int | None = None,
        redo_to: int | None = None,
    ) -> RevisionRow:
        row.last += 1
        revision = RevisionRow(
            document_id=row.id,
            number=row.last,
            kind=kind,
            content=content,
            undo_to=undo_to,
            redo_to=redo_to,
            created=datetime.now(UTC),
        )
        session.add(revision)
        session.execute(
            delete(RevisionRow).where(
                RevisionRow.document_id == row.id,
                RevisionRow.number <= row.last - self._limits.revisions,
                RevisionRow.number != row.current,
            )
        )
        return revision

    def _make_current(self, session: Session, row: DocumentRow, revision: RevisionRow) -> Document:
        row.current, row.changed = revision.number, revision.created
        session.flush()
        return self._document(row, revision)

    def _still_kept(self, number: int | None, row: DocumentRow) -> TypeGuard[int]:
        return number is not None and number > row.last - self._limits.revisions

    def _content(self, text: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        check_size("a text, in characters,", len(text), limit=self._limits.text)
        return {"text": text, "fields": as_json("fields", fields, limit=self._limits.fields)}

    def _title(self, title: str) -> bytes:
        check_size("a title, in characters,", len(title), limit=self._limits.title)
        return self._seal.close(title)

    def _about(self, row: DocumentRow) -> dict[str, Any]:
        return {
            "id": row.id,
            "kind": row.kind,
            "title": self._seal.open(row.title),
            "revision": row.current,
            "created": row.created,
            "changed": row.changed,
        }

    def _document(self, row: DocumentRow, revision: RevisionRow) -> Document:
        return Document(
            **self._about(row),
            **self._seal.open(revision.content),
            can_undo=self._still_kept(revision.undo_to, row),
            can_redo=self._still_kept(revision.redo_to, row),
        )

    def _revision(self, row: RevisionRow) -> Revision:
        content = self._seal.open(row.content)
        return Revision(number=row.number, kind=row.kind, created=row.created, **content)


def own_document(session: Session, document: str, by: Actor) -> DocumentRow:
    """The row of an actor's document, locked until the transaction ends; raises as :meth:`Documents.get`."""
    wanted = select(DocumentRow).where(DocumentRow.id == document).with_for_update()
    row = session.scalar(wanted) if is_id(document) else None
    if row is None or row.owner != by.id:
        raise InputError(
            "studio.document",
            received="an identifier of no document of yours",
            allowed="one that the list of documents shows",
            fix="Open the list again; it may have been deleted.",
        )
    return row


def _at(session: Session, row: DocumentRow, number: int) -> RevisionRow:
    revision = session.get(RevisionRow, (row.id, number))
    if revision is None:
        raise InputError(
            "studio.revision",
            received=f"revision {number}, which is not kept",
            allowed="a revision that the history shows",
            fix="Choose another one.",
        )
    return revision


def _conflict(base: int, *, current: int, kept: int | None) -> ConflictError:
    return ConflictError(
        "studio.conflict",
        kept=kept,
        received=f"a change of revision {base}, while revision {current} is current",
        allowed="a change of the current revision",
        fix="Open the document again and change what is there now."
        + (f" Your text is kept as revision {kept} of its history." if kept else ""),
    )
