"""What the one local user wrote, given to an account, so that nothing is lost when several people come."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from tongli.applications.studio.access import LOCAL, Actor, require
from tongli.applications.studio.accounts import known_user
from tongli.applications.studio.database import Database
from tongli.applications.studio.people_of import people_of
from tongli.applications.studio.tables import DocumentRow, ReviewRow, SuggestionRow
from tongli.applications.studio.trail import append


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """How much was handed over, or would be.

    Attributes:
        documents: with their whole history.
        suggestions: decisions about changes that were proposed.
        reviews: drafts that were put into the review queue, decided ones too.
        people: declared people, copied.
    """

    documents: int
    suggestions: int
    reviews: int
    people: int


class Handover:
    """Gives the local user's work to an account.

    Args:
        database: where it is.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def give(self, name: str, *, by: Actor, people: bool = False, dry_run: bool = False) -> Handed:
        """Make an account the owner of what the local user wrote.

        Leave to export edits for training stays behind: it was given for the local user's, and is asked for
        anew. Who decided about a draft does not change.

        Args:
            name: of the account.
            by: who asks.
            people: copy the declared people too; those of ``tongli people`` stay where they are.
            dry_run: only count.

        Raises:
            AccessError: ``access.denied``.
            ConfigError: ``access.unknown``; ``people.key``, ``people.cryptography``.
            StorageError: ``studio.database``, ``people.store``, ``people.locked``.
        """
        require(by, "accounts")
        held = people_of(LOCAL.id).all() if people else ()
        with self._database.writing() as session:
            to = known_user(session, name).id
            counts = {what: _count(session, owner) for what, owner in _OWNERS.items()}
            found = Handed(**counts, people=len(held))
            if not dry_run:
                for owner in _OWNERS.values():
                    session.execute(update(owner.class_).where(owner == LOCAL.id).values({owner.key: to}))
                append(session, "account.handover", by=by, subject=to, **asdict(found))
        if held and not dry_run:
            people_of(to).put(held)
        return found


_OWNERS: dict[str, InstrumentedAttribute[str]] = {
    "documents": DocumentRow.owner,
    "suggestions": SuggestionRow.owner,
    "reviews": ReviewRow.submitted_by,
}


def _count(session: Session, owner: InstrumentedAttribute[str]) -> int:
    return session.scalar(select(func.count()).where(owner == LOCAL.id)) or 0
