"""Resolve the mention of every line of a JSONL file to one of its candidates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tongli.applications.each_line import each_record
from tongli.applications.job import Job, Tally
from tongli.applications.records import read_lang, read_text
from tongli.core import InputError, ModelError, Span
from tongli.core.text import json_kind
from tongli.empathy.gender.reference import Candidate, resolve
from tongli.empathy.gender.reference.coreference import Read


def resolve_lines(
    job: Job,
    *,
    least: float = 0.0,
    read: Read | None = None,
    tally: Tally | None = None,
    progress: Callable[[Tally], None] | None = None,
) -> Tally:
    """Run a job: one output line for every line that can be read, one errors line for every other.

    Lines have ``id``, ``text``, ``mention`` as ``[start, end]``, ``candidates`` (names, places, or objects
    with ``name`` or ``span``), and ``lang`` where it is not the job's or English. Output lines have ``id``,
    ``referent`` (``index``, ``name``; ``null`` when abstained), ``score``, ``abstained`` and ``reason``.

    Args:
        job: what to do.
        least: score under which a line is abstained from.
        read: the encoder's tokens; see :func:`encoder_tokens`.
        tally: counts to keep up to date.
        progress: called with the tally after each chunk.

    Returns:
        The final counts.

    Raises:
        TongliError: as :func:`tongli.applications.each_line.each_record`.
    """

    def of(record: dict[str, Any]) -> dict[str, Any]:
        return _resolved(record, job=job, least=least, read=read)

    return each_record(job, of, tally=tally, progress=progress)


def encoder_tokens() -> Read | None:
    """The embedded encoder's tokens, or ``None`` where it is not installed."""
    from tongli.encoders.text import TextEncoder

    encoder = TextEncoder()
    try:
        encoder.load()
    except ModelError:
        return None
    return encoder.tokens


def _resolved(record: dict[str, Any], *, job: Job, least: float, read: Read | None) -> dict[str, Any]:
    text = read_text(record, max_chars=job.max_chars)
    candidates = _candidates(record.get("candidates"))
    found = resolve(
        text,
        mention=_mention(record.get("mention")),
        candidates=candidates,
        lang=read_lang(record) or job.lang or "en",
        least=least,
        read=read,
    )
    referent = None
    if found.referent is not None:
        named = candidates[found.referent]
        name = named if isinstance(named, str) else text[slice(*named)]
        referent = {"index": found.referent, "name": name}
    return {
        "referent": referent,
        "score": found.score,
        "abstained": referent is None,
        "reason": found.reason,
    }


def _candidates(value: Any) -> Sequence[Candidate]:
    if isinstance(value, list):
        found = [_candidate(item) for item in value]
        if None not in found:
            return [item for item in found if item is not None]
    raise InputError(
        "line.candidates",
        received=f'"candidates" as {json_kind(value)}, or of another shape',
        allowed="a list of names, or of [start, end]",
        fix='For example "candidates": ["Robin", "Kim"].',
    )


def _candidate(item: Any) -> Candidate | None:
    if isinstance(item, dict):
        item = item.get("span", item.get("name"))
    return item if isinstance(item, str) else _span(item)


def _mention(value: Any) -> Span:
    found = _span(value)
    if found is None:
        raise InputError(
            "line.mention",
            received=f'"mention" as {json_kind(value)}, or of another shape',
            allowed="[start, end] in code points",
            fix='For example "mention": [12, 15].',
        )
    return found


def _span(value: Any) -> Span | None:
    if not isinstance(value, list) or len(value) != 2:
        return None
    whole = all(isinstance(item, int) and not isinstance(item, bool) for item in value)
    return (value[0], value[1]) if whole else None
