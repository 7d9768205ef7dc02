"""``tongli gender check``: files and JSON lines, with what their writers marked left alone.

=================================  ====================================================================
``tongli: author's choice``        on a line: nothing on this line counts; alone on a line: nothing in the
                                   paragraph after it
``tongli: ignore NAME, NAME``      on a line: nothing of these labels and rules counts
``tongli: ignore``, ``off``/``on``  as for ``tongli lint``
=================================  ====================================================================

What is marked is still told, as the author's choice.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tongli.applications.each_line import each_record
from tongli.applications.gender.check_config import CheckConfig, names_of, require_style
from tongli.applications.job import Job, Tally
from tongli.applications.lint.files import Document
from tongli.applications.lint.suppress import Suppressions, suppressions
from tongli.applications.people import people_from
from tongli.applications.records import read_lang, read_text
from tongli.core import InputError, Person, Span
from tongli.core.text import json_kind
from tongli.empathy.gender.check import Finding, check
from tongli.empathy.gender.check.finding import AUTHORS_CHOICE
from tongli.empathy.gender.reference.coreference import Read
from tongli.encoders.language import identify

_CHOICE = re.compile(r"tongli:[ \t]*author['’]s choice\b")
_COMMENT = re.compile(
    r"[ \t]*(?:<!--|//|#|%)?[ \t]*(?P<mark>tongli:[ \t]*author['’]s choice)[ \t]*(?:-->)?[ \t]*"
)
_PARAGRAPH_END = re.compile(r"\n[ \t]*(?:\n|\Z)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A document with what counts, and how much was left alone as the author's choice."""

    document: Document
    findings: tuple[Finding, ...]
    left_alone: int


def check_document(
    document: Document, *, people: Sequence[Person], config: CheckConfig, read: Read | None = None
) -> Checked:
    """Findings of one text that a configuration wants.

    Raises:
        InputError: ``gender.language`` for a language without a word list.
    """
    lang = identify(document.prose, declared=config.lang).tag
    told = suppressions(document.text)
    found = check(
        document.prose,
        lang=lang,
        people=people,
        everyone=config.everyone,
        marked=tuple(marked(document.text, told)),
        style=config.style,
        words=config.own_words(lang),
        read=read,
    )
    wanted = [item for item in _without_named(found, document.text, told) if config.wants(item, lang=lang)]
    counted = tuple(item for item in wanted if not item.claim.abstained)
    return Checked(document=document, findings=counted, left_alone=len(wanted) - len(counted))


def check_lines(
    job: Job,
    *,
    config: CheckConfig,
    people: Sequence[Person] = (),
    read: Read | None = None,
    tally: Tally | None = None,
    progress: Callable[[Tally], None] | None = None,
) -> Tally:
    """Run a job: one output line for every line that can be read, one errors line for every other.

    Lines have ``id``, ``text``, and where they are known ``lang``, ``people`` and ``context`` (what the text
    was written from: a string, or a list of turns). Output lines have ``id`` and ``claims``
    with ``label``, ``score``, ``evidence``, ``reason``, ``abstained`` and ``fix``.

    Args:
        job: what to do.
        config: which claims are wanted.
        people: who is listed on every line.
        read: the encoder's tokens, for better reference in English.
        tally: counts to keep up to date.
        progress: called with the tally after each chunk.

    Returns:
        The final counts.

    Raises:
        TongliError: as :func:`tongli.applications.each_line.each_record`.
    """

    def of(record: dict[str, Any]) -> dict[str, Any]:
        return _checked(record, job=job, config=config, people=people, read=read)

    return each_record(job, of, tally=tally, progress=progress)


def marked(text: str, told: Suppressions) -> Iterator[Span]:
    """Places that the writer marked as chosen, or as nothing to report.

    Args:
        text: of a document.
        told: what its comments say.
    """
    for match in _CHOICE.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        if _COMMENT.fullmatch(text, start, end):
            after = _PARAGRAPH_END.search(text, end + 1)
            end = len(text) if after is None else after.start()
        yield start, end
    whole = (line for line, names in told.lines.items() if names is None)
    ranges = [*told.off, *((line, line) for line in whole)]
    if ranges:
        starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text) + 1]
        for first, last in ranges:
            yield starts[first - 1], starts[min(last, len(starts) - 1)] - 1 if last else len(text)


def _without_named(found: Sequence[Finding], text: str, told: Suppressions) -> list[Finding]:
    """Findings, left alone where their line names their label or rule."""
    marks = {line: names for line, names in told.lines.items() if names}
    if not marks:
        return list(found)
    ends = [match.start() for match in re.finditer("\n", text)]
    lines = [bisect_left(ends, item.span[0]) + 1 for item in found]
    return [
        item.left_alone(AUTHORS_CHOICE) if names_of(item) & marks.get(line, frozenset()) else item
        for item, line in zip(found, lines, strict=True)
    ]


def _checked(
    record: dict[str, Any], *, job: Job, config: CheckConfig, people: Sequence[Person], read: Read | None
) -> dict[str, Any]:
    text = read_text(record, max_chars=job.max_chars)
    lang = identify(text, declared=read_lang(record) or job.lang).tag
    told = suppressions(text)
    listed = people_from(record["people"], lang=lang) if record.get("people") else tuple(people)
    found = check(
        text,
        lang=lang,
        people=listed,
        everyone=config.everyone,
        context=_context(record),
        marked=tuple(marked(text, told)),
        style=require_style(record.get("style") or config.style),
        words=config.own_words(lang),
        read=read,
    )
    wanted = (item for item in _without_named(found, text, told) if config.wants(item, lang=lang))
    return {"lang": lang, "claims": [item.to_dict() for item in wanted]}


def _context(record: dict[str, Any]) -> str:
    found = record.get("context")
    turns = [found] if isinstance(found, str) else [] if found is None else found
    if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
        raise InputError(
            "line.context",
            received=f'a "context" that is {json_kind(found)}',
            allowed="a string or a list of strings, oldest first",
            fix='Correct "context" or leave it out.',
        )
    return "\n".join(turns)
