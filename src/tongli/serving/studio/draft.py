"""The document that a page edits: saved as it is typed, with a history to go back in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from tongli.applications.studio import ConflictError, Document, Summary
from tongli.applications.studio.records import Decision, DocumentKind
from tongli.core import Edit, TongliError
from tongli.serving.studio.visit import Visit


class Draft:
    """One document of a visitor. Nothing is kept before something is written.

    Args:
        visit: who writes.
        kind: the page.
        document: as it stands; ``None`` for a new one.
    """

    def __init__(self, visit: Visit, kind: DocumentKind, document: Document | None = None) -> None:
        self._visit = visit
        self._kind: DocumentKind = kind
        self.document = document

    @classmethod
    async def open(cls, visit: Visit, kind: DocumentKind, listed: Sequence[Summary]) -> Draft:
        """The document that the address names; else the first listed, unless a new one is asked for.

        Raises:
            TongliError: as :meth:`tongli.applications.studio.documents.Documents.get`.
        """
        wanted = visit.query.get("doc")
        if wanted is None:
            wanted = listed[0].id if listed else "new"
        if wanted == "new":
            return cls(visit, kind)
        documents = visit.studio.store.documents
        return cls(visit, kind, await visit.keep(lambda: documents.get(wanted, by=visit.actor)))

    @property
    def text(self) -> str:
        """What is written."""
        return self.document.text if self.document is not None else ""

    @property
    def fields(self) -> Mapping[str, Any]:
        """What else the page keeps."""
        return self.document.fields if self.document is not None else {}

    async def save(self, text: str, fields: Mapping[str, Any] | None = None) -> bool:
        """Keep a text; false where somebody else changed it meanwhile, whose version is current then.

        Raises:
            TongliError: as :meth:`tongli.applications.studio.documents.Documents.save`.
        """
        documents, visit, here = self._visit.studio.store.documents, self._visit, self.document
        if here is None:
            self.document = await visit.keep(
                lambda: documents.create(
                    by=visit.actor, kind=self._kind, title=title(text), text=text, fields=fields
                )
            )
            return True
        try:
            self.document = await visit.keep(
                lambda: documents.save(here.id, text, base=here.revision, by=visit.actor, fields=fields)
            )
        except ConflictError:
            self.document = await visit.keep(lambda: documents.get(here.id, by=visit.actor))
            return False
        return True

    async def step(self, *, back: bool) -> None:
        """Undo, or make again; raises as :meth:`save`."""
        documents, visit, here = self._visit.studio.store.documents, self._visit, self.document
        if here is not None:
            move = documents.undo if back else documents.redo
            self.document = await visit.keep(lambda: move(here.id, base=here.revision, by=visit.actor))

    async def decided(self, edit: Edit, decision: Decision, *, text: str, lang: str) -> None:
        """Remember what was done with a suggestion; raises as :meth:`save`."""
        visit, here = self._visit, self.document
        if here is not None:
            record = visit.studio.store.suggestions.record
            await visit.keep(lambda: record(here.id, edit, decision, text=text, lang=lang, by=visit.actor))


def title(text: str) -> str:
    """The first line, cut: what a document is called in lists."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return first if len(first) <= 60 else f"{first[:59]}…"


class Failing(Protocol):
    """A page that can say what went wrong."""

    def fail(self, error: TongliError) -> None:
        """Show it."""


async def around(
    visit: Visit, kind: DocumentKind, build: Callable[[Visit, Draft, Sequence[Summary]], Failing]
) -> None:
    """Build a page around the visitor's document; one that cannot be opened is told, and a new one begun.

    Args:
        visit: who comes.
        kind: of the page.
        build: takes the visit, the draft, and all documents of the page.
    """
    listed = await visit.keep(lambda: visit.studio.store.documents.list(by=visit.actor, kind=kind))
    try:
        draft = await Draft.open(visit, kind, listed)
    except TongliError as error:
        build(visit, Draft(visit, kind), listed).fail(error)
    else:
        build(visit, draft, listed)
