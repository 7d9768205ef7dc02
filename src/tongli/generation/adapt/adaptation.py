"""What an adaptation proposes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tongli.core import Edit, Question
from tongli.generation.adapt.audience import Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class Adaptation:
    """A text made to land with an audience, in its own language.

    Attributes:
        text: with every edit made: ``apply_edits(original, edits)``.
        edits: in order, without overlap, in code points of the original; ``inverse`` takes them back.
        questions: what only the writer can decide, in code points of the original.
        lang: of the text, before and after.
        audience: who reads it.
        notes: what was not done, and why.
    """

    text: str
    edits: tuple[Edit, ...] = ()
    questions: tuple[Question, ...] = ()
    lang: str
    audience: Audience
    notes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The adaptation as plain data."""
        return {
            "text": self.text,
            "lang": self.lang,
            "to": str(self.audience),
            "edits": [edit.to_dict() for edit in self.edits],
            "questions": [question.to_dict() for question in self.questions],
            "notes": list(self.notes),
        }
