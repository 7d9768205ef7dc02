"""A claim about a gendered form, with its fix."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from tongli.core import Claim, Edit, Evidence, Span
from tongli.empathy.gender.names import edit_dict

Label = Literal["misgendering", "assumption", "agreement", "title", "former-name", "inclusive"]

DIMENSION = "gender-form"
AUTHORS_CHOICE = "author's choice"
"""Reason of claims that are told and not counted: quotations, and what the writer marked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A claim of dimension ``gender-form``, and what could stand there instead.

    Attributes:
        claim: label, score, where, why, and which rule says so; abstained where the form is left alone.
        edit: the fix; ``None`` where only the writer can decide.
    """

    claim: Claim
    edit: Edit | None = None

    @property
    def span(self) -> Span:
        """Code points of the text."""
        return self.claim.evidence[0].span

    def left_alone(self, reason: str) -> Finding:
        """The same, told and not counted."""
        return Finding(claim=replace(self.claim, abstained=True, reason=reason))

    def to_dict(self) -> dict[str, Any]:
        """The claim as plain data, with ``fix``; a former name is nowhere repeated."""
        data = self.claim.to_dict() | {"source": self.claim.source}
        if self.edit is not None:
            data["fix"] = edit_dict(self.edit)
        return data


def finding(
    label: Label, span: Span, *, score: float, reason: str, rule: str, edit: Edit | None = None
) -> Finding:
    """A finding of one rule."""
    claim = Claim(
        dimension=DIMENSION,
        label=label,
        score=score,
        evidence=(Evidence(span=span, weight=1.0),),
        reason=reason,
        source=rule,
    )
    return Finding(claim=claim, edit=edit)


def fix(text: str, span: Span, after: str, *, kind: str, reason: str, rule: str) -> Edit:
    """The edit that puts other words in a place."""
    return Edit(span=span, before=text[slice(*span)], after=after, kind=kind, reason=reason, source=rule)
