"""A change proposed to a text: where, what, why, on whose word; and how to make it or take it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tongli.core.reading import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One reversible change.

    Attributes:
        span: code points of the original text; empty for an insertion.
        before: what stands there, letter for letter.
        after: what is proposed instead; empty for a deletion.
        kind: what the change is about (``pronoun``, ``agreement``, ``address``, ``idiom``, ``date``, …).
        reason: why, in words that a writer understands.
        source: rule, claim or package that it rests on.
    """

    span: Span
    before: str
    after: str
    kind: str
    reason: str
    source: str

    def to_dict(self) -> dict[str, Any]:
        """The edit as plain data."""
        return {
            "span": list(self.span),
            "before": self.before,
            "after": self.after,
            "kind": self.kind,
            "reason": self.reason,
            "source": self.source,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something only the writer can decide; the text stays as it is until then.

    Attributes:
        span: code points of the original text that the question is about.
        text: the question.
        options: answers to choose from, where there are some.
        kind: as in :class:`Edit`.
        source: rule, claim or package that raises it.
    """

    span: Span
    text: str
    options: tuple[str, ...] = ()
    kind: str
    source: str

    def to_dict(self) -> dict[str, Any]:
        """The question as plain data."""
        return {
            "span": list(self.span),
            "text": self.text,
            "options": list(self.options),
            "kind": self.kind,
            "source": self.source,
        }


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with every edit made; all that no span covers stays letter for letter.

    Raises:
        ValueError: when edits overlap, or the text does not read ``before`` at a span.
    """
    parts: list[str] = []
    end = 0
    for edit in in_order(edits):
        start, stop = edit.span
        if start < end:
            raise ValueError(f"edits overlap at {start}")
        if text[start:stop] != edit.before:
            raise ValueError(f"the text does not read as the edit at {start} says")
        parts += (text[end:start], edit.after)
        end = stop
    return "".join((*parts, text[end:]))


def inverse(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits that lead from the edited text back to the original."""
    moved = 0
    back: list[Edit] = []
    for edit in in_order(edits):
        start = edit.span[0] + moved
        back.append(
            Edit(
                span=(start, start + len(edit.after)),
                before=edit.after,
                after=edit.before,
                kind=edit.kind,
                reason=f"undo: {edit.reason}",
                source=edit.source,
            )
        )
        moved += len(edit.after) - len(edit.before)
    return tuple(back)


def in_order(edits: Iterable[Edit]) -> Sequence[Edit]:
    """Edits by their place in the text."""
    return sorted(edits, key=lambda edit: edit.span)
