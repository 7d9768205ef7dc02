"""What writers did with the changes that were proposed: a record, and pairs to learn from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, get_args

from sqlalchemy import select

from tongli.applications.studio.access import Actor, require
from tongli.applications.studio.checks import check_choice, check_label, check_size
from tongli.applications.studio.database import Database
from tongli.applications.studio.documents import own_document
from tongli.applications.studio.records import Decision, Limits, Suggestion
from tongli.applications.studio.seal import Seal
from tongli.applications.studio.tables import PreferencesRow, SuggestionRow
from tongli.applications.studio.trail import append
from tongli.core import InputError
from tongli.core.edit import Edit

_AROUND = 1_000
"""Code points of the passage that are kept before and after a change, at most."""


class Suggestions:
    """Suggestions that were accepted, rejected, or taken in other words.

    Args:
        database: where they are.
        seal: closes the words.
        limits: the longest text.
    """

    def __init__(self, database: Database, *, seal: Seal, limits: Limits) -> None:
        self._database = database
        self._seal = seal
        self._limits = limits

    def record(
        self,
        document: str,
        edit: Edit,
        decision: Decision,
        *,
        text: str,
        lang: str,
        by: Actor,
        chosen: str | None = None,
    ) -> Suggestion:
        """Keep a decision; the document itself is saved apart.

        Args:
            document: where the suggestion was made.
            edit: what was proposed.
            decision: what the writer did with it.
            text: what the edit's span counts in, before any change.
            lang: its language.
            by: the writer.
            chosen: the writer's own words, when the decision is ``changed``.

        Raises:
            InputError: ``studio.document``, ``studio.choice``, ``studio.size``, ``studio.label``;
                ``studio.suggestion`` when the text does not read as the edit says, or the words are missing
                or out of place.
            StorageError: ``studio.database``.
        """
        check_choice("a decision", decision, get_args(Decision))
        check_size("a text, in characters,", len(text), limit=self._limits.text)
        check_label("a kind", edit.kind, limit=64)
        check_label("a source", edit.source, limit=255)
        check_label("a language tag", lang, limit=35)
        first, last = edit.span
        if text[first:last] != edit.before or (chosen is None) == (decision == "changed"):
            raise _no_suggestion()
        passage, start = _passage(text, edit.span)
        row = SuggestionRow(
            document_id=document,
            owner=by.id,
            kind=edit.kind,
            source=edit.source,
            lang=lang,
            decision=decision,
            content=self._seal.close(
                {
                    "passage": passage,
                    "span": [start, start + len(edit.before)],
                    "before": edit.before,
                    "after": edit.after,
                    "chosen": {"accepted": edit.after, "rejected": edit.before}.get(decision, chosen),
                }
            ),
            created=datetime.now(UTC),
        )
        with self._database.writing() as session:
            own_document(session, document, by)
            session.add(row)
            session.flush()
            append(session, f"suggestion.{decision}", by=by, subject=document, kind=edit.kind)
            return self._suggestion(row)

    def list(self, document: str, *, by: Actor) -> tuple[Suggestion, ...]:
        """The decisions on one document, in order.

        Raises:
            InputError: ``studio.document``.
            StorageError: ``studio.database``, ``people.locked``.
        """
        with self._database.reading() as session:
            own_document(session, document, by)
            wanted = select(SuggestionRow).where(SuggestionRow.document_id == document)
            return tuple(map(self._suggestion, session.scalars(wanted.order_by(SuggestionRow.id))))

    def pairs(self, *, by: Actor) -> Iterator[dict[str, Any]]:
        """Preference pairs (``id``, ``lang``, ``kind``, ``source``, ``prompt``, ``chosen``, ``rejected``).

        Only of accounts that share their edits (:class:`Preferences`). The prompt is the passage as it was;
        of the passage with and without the change, the writer chose one.

        Raises:
            AccessError: ``access.denied``.
            StorageError: ``studio.database``, ``people.locked``.
        """
        require(by, "export")
        wanted = (
            select(SuggestionRow)
            .join(PreferencesRow, PreferencesRow.user_id == SuggestionRow.owner)
            .where(PreferencesRow.share_edits)
            .order_by(SuggestionRow.id)
        )
        with self._database.reading() as session:
            for row in session.scalars(wanted.execution_options(yield_per=500)):
                yield _pair(self._suggestion(row))

    def _suggestion(self, row: SuggestionRow) -> Suggestion:
        content = self._seal.open(row.content)
        first, last = content.pop("span")
        return Suggestion(
            id=row.id,
            document=row.document_id,
            kind=row.kind,
            source=row.source,
            lang=row.lang,
            decision=row.decision,
            span=(first, last),
            created=row.created,
            **content,
        )


def _passage(text: str, span: tuple[int, int]) -> tuple[str, int]:
    """The paragraph around a span, cut where it is long, and where in it the span begins."""
    first, last = span
    start = max(text.rfind("\n", 0, first) + 1, first - _AROUND)
    line_end = text.find("\n", last)
    end = min(len(text) if line_end < 0 else line_end, last + _AROUND)
    return text[start:end], first - start


def _pair(found: Suggestion) -> dict[str, Any]:
    first, last = found.span

    def whole(words: str) -> str:
        return found.passage[:first] + words + found.passage[last:]

    other = found.before if found.decision == "accepted" else found.after
    return {
        "id": f"suggestion-{found.id}",
        "lang": found.lang,
        "kind": found.kind,
        "source": found.source,
        "prompt": found.passage,
        "chosen": whole(found.chosen),
        "rejected": whole(other),
    }


def _no_suggestion() -> InputError:
    return InputError(
        "studio.suggestion",
        received="a suggestion that does not fit the text or the decision",
        allowed="an edit of this text, with words of the writer's own when they changed it, and only then",
        fix="Give the text that the edit was made for.",
    )
