"""What Studio keeps, as plain frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal, get_args

from tongli.applications.studio.access import Role
from tongli.generation.respond import RISK_NOTE

DocumentKind = Literal["read", "write", "translate"]
RevisionKind = Literal["saved", "undone", "redone", "conflict"]
Decision = Literal["accepted", "rejected", "changed"]
Status = Literal["open", "approved", "edited", "rejected"]
Theme = Literal["auto", "light", "dark"]

STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one Studio keeps at most.

    Attributes:
        text: code points of a document, a draft or a message.
        fields: bytes of a document's fields as JSON.
        title: code points of a title.
        documents: documents of one account.
        revisions: revisions of one document; older ones are let go.
        open_items: drafts that wait for a person.
    """

    text: int = 200_000
    fields: int = 262_144
    title: int = 200
    documents: int = 2_000
    revisions: int = 1_000
    open_items: int = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A document without its text.

    Attributes:
        id: identifier.
        kind: the page it belongs to.
        title: as its owner named it; may be empty.
        revision: number of the current revision; give it back as ``base`` of the next change.
        created, changed: in UTC.
    """

    id: str
    kind: DocumentKind
    title: str
    revision: int
    created: datetime
    changed: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Summary):
    """A document as it stands.

    Attributes:
        text: what is written.
        fields: whatever else the page needs to show it again: languages, the plan, a translation.
        can_undo, can_redo: whether there is something to take back, or to make again.
    """

    text: str
    fields: Mapping[str, Any]
    can_undo: bool
    can_redo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One state of a document; none is ever changed.

    Attributes:
        number: 1, 2, 3, …
        kind: how it came about; a ``conflict`` never was current.
        text, fields: as in :class:`Document`.
        created: in UTC.
    """

    number: int
    kind: RevisionKind
    text: str
    fields: Mapping[str, Any]
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A change that Studio proposed, and what the writer did with it.

    Attributes:
        id: number.
        document: identifier of the document.
        kind, source: as of the :class:`~tongli.core.edit.Edit`.
        lang: language of the text.
        decision: ``changed`` when the writer took it with words of their own.
        passage: the paragraph as it was, up to 2,000 code points.
        span: where in the passage.
        before, after: what stood there, and what was proposed.
        chosen: what stands there now.
        created: in UTC.
    """

    id: int
    document: str
    kind: str
    source: str
    lang: str
    decision: Decision
    passage: str
    span: tuple[int, int]
    before: str
    after: str
    chosen: str
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """A draft that needs a person.

    Attributes:
        id: identifier.
        source: the message that is answered; may be empty.
        draft: what was proposed; empty where no draft passed its checks.
        lang: language of the draft.
        engine: who wrote it: an engine's name, or ``person``.
        notes: why a person must look, in words.
        status: ``open`` until somebody decides, once.
        final: what may be sent; ``None`` until it is approved.
        reason: why it was rejected.
        document: the document that it comes from, if any.
        submitted_by, decided_by: identifiers of accounts.
        created, decided: in UTC.
    """

    id: str
    source: str
    draft: str
    lang: str
    engine: str = ""
    notes: tuple[str, ...] = ()
    status: Status = "open"
    final: str | None = None
    reason: str | None = None
    document: str | None = None
    submitted_by: str
    decided_by: str | None = None
    created: datetime
    decided: datetime | None = None

    @property
    def urgent(self) -> bool:
        """Whether the message holds a risk: it comes before all others."""
        return RISK_NOTE in self.notes

    def to_dict(self) -> dict[str, Any]:
        """The item as plain data."""
        data = asdict(self)
        times = {name: data[name].isoformat() for name in ("created", "decided") if data[name]}
        return {**data, "notes": list(self.notes), **times}


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """How one account likes its Studio.

    Attributes:
        language: BCP-47 tag of the pages; ``None`` takes the browser's.
        theme: ``auto`` takes the browser's.
        share_edits: whether accepted and rejected suggestions may be exported for training.
    """

    language: str | None = None
    theme: Theme = "auto"
    share_edits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account, without its password."""

    id: str
    name: str
    role: Role
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """A session that has just begun.

    Attributes:
        token: the secret for the cookie; the database keeps its digest only.
        expires: when it ends at the latest, in UTC.
    """

    token: str = field(repr=False)
    account: Account
    expires: datetime
