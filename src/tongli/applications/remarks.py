"""What a writer should look at while writing: culture and gender, as one list of remarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from tongli.applications.gender.check import check_document
from tongli.applications.gender.check_config import CheckConfig, severity
from tongli.applications.lint.check import check
from tongli.applications.lint.config import LintConfig
from tongli.applications.lint.files import Document, document
from tongli.applications.lint.rules import Finding as Stumble
from tongli.core import Edit, InputError, Person, Span
from tongli.empathy.gender.check import Finding as Form
from tongli.knowledge import tags

Weight = Literal["warning", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One place to look at.

    Attributes:
        span: code points of the text.
        words: what stands there; empty where it must not be repeated, as of a former name.
        kind: kind of claim (``idiom``, ``taboo``, …), or label of the gender check (``misgendering``, …).
        weight: a warning, or a note.
        reason: what it is about, in English.
        advice: what to do, in English; may be empty.
        audience: for whom; ``None`` for every reader.
        source: claim or rule.
        sources: who says so.
        counter: where it does not hold.
        edit: the change that would settle it; ``None`` where only the writer can.
    """

    span: Span
    words: str
    kind: str
    weight: Weight
    reason: str
    advice: str
    audience: str | None
    source: str
    sources: tuple[str, ...] = ()
    counter: tuple[str, ...] = ()
    edit: Edit | None = None


def remarks(
    text: str, *, audiences: Sequence[str] = (), people: Sequence[Person] = (), lang: str | None = None
) -> tuple[Remark, ...]:
    """Remarks on a text, in its order.

    Args:
        text: any string.
        audiences: who reads it (BCP-47 tags with claims).
        people: who is in it, as they declare themselves.
        lang: its language; identified if ``None``.

    Raises:
        InputError: ``input.lang``, ``claims.audience``.
        ConfigError: for damaged claims.
    """
    prose = document("draft", text)
    found = [*_culture(prose, audiences, lang), *_gender(prose, people, lang)]
    return tuple(sorted(found, key=lambda item: (item.span, item.source, item.audience or "")))


def _culture(prose: Document, audiences: Sequence[str], lang: str | None) -> Iterator[Remark]:
    if not audiences:
        return
    checked = check(prose, LintConfig(audiences=tuple(audiences), lang=lang))
    for item in checked.findings:
        words = prose.text[slice(*item.span)]
        yield Remark(
            span=item.span,
            words=words,
            kind=item.claim.kind,
            weight=item.severity,
            reason=item.message,
            advice=item.suggestion,
            audience=item.audience,
            source=item.claim.id,
            sources=item.sources,
            counter=item.counter,
            edit=_said_otherwise(item, words, lang=checked.language.tag),
        )


def _said_otherwise(item: Stumble, words: str, *, lang: str) -> Edit | None:
    """A replacement counts as an edit where it is in the language of the text."""
    if item.replacement is None or item.audience is None or not tags.same_language(item.audience, lang):
        return None
    return Edit(
        span=item.span,
        before=words,
        after=item.replacement,
        kind=item.claim.kind,
        reason=item.message,
        source=item.claim.id,
    )


def _gender(prose: Document, people: Sequence[Person], lang: str | None) -> Iterator[Remark]:
    try:
        found = check_document(prose, people=people, config=CheckConfig(lang=lang)).findings
    except InputError as error:
        if error.code != "gender.language":
            raise
        return  # no word list for this language
    yield from (_form(item, prose.text) for item in found)


def _form(item: Form, text: str) -> Remark:
    private = item.claim.label == "former-name"
    return Remark(
        span=item.span,
        words="" if private else text[slice(*item.span)],
        kind=str(item.claim.label),
        weight="warning" if severity(item) == "warning" else "note",
        reason=item.claim.reason or "",
        advice="",
        audience=None,
        source=item.claim.source,
        edit=item.edit,
    )
