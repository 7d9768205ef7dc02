"""What a translation comes to: the text, its checks, what else it could be, and what must be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tongli.core import Question, Reading, Verdict
from tongli.generation.translate.compare import Compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """The same translation with another choice where the source leaves one open.

    Attributes:
        text: whole.
        forms: what was chosen: ``gender`` (``feminine``, ``masculine``, ``neutral``) and ``address``
            (``formal``, ``informal``).
        chosen: whether this is the translation's own text.
    """

    text: str
    forms: Mapping[str, str]
    chosen: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The alternative as plain data."""
        return {"text": self.text, "forms": dict(self.forms), "chosen": self.chosen}


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """One text in another language.

    Attributes:
        text: the best draft, with gender forms that the source tells; empty without any draft.
        lang: BCP-47 tag of the text.
        source: the source, read.
        verdict: the checks of the draft; ``None`` without any.
        compared: source reading and target reading side by side.
        alternatives: all versions where the target must say what the source leaves open.
        questions: what a person must know to choose; spans are of the *source*.
        candidates: the other drafts that were judged.
        needs_person: no draft passed every check.
        notes: what was done and what failed, in words.
    """

    text: str
    lang: str
    source: Reading
    verdict: Verdict | None
    compared: tuple[Compared, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    questions: tuple[Question, ...] = ()
    candidates: tuple[Verdict, ...] = ()
    needs_person: bool = False
    notes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The translation as plain data, without declared identities."""
        verdict = None if self.verdict is None else self.verdict.to_dict()
        return {
            "id": self.source.message.id,
            "text": self.text,
            "from": self.source.language.tag,
            "to": self.lang,
            "engine": None if verdict is None else verdict["engine"],
            "model": None if verdict is None else verdict["model"],
            "alternatives": [item.to_dict() for item in self.alternatives],
            "questions": [item.to_dict() for item in self.questions],
            "checks": [] if verdict is None else verdict["checks"],
            "needs_person": self.needs_person,
            "notes": list(self.notes),
            "readings": [item.to_dict() for item in self.compared],
        }
