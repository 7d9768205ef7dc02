"""Adapt one text, or every text of a JSONL file, for another audience in its own language."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tongli.applications.each_line import Record, each_record
from tongli.applications.job import Job, Tally
from tongli.applications.records import read_lang, read_text
from tongli.core import ConfigError, InputError, shorten
from tongli.core.text import json_kind, require_text
from tongli.encoders.language import identify
from tongli.generation.adapt import KINDS, Adaptation, Audience, Wordings, adapt

if TYPE_CHECKING:
    from tongli.pipeline import Tongli


def choose_kinds(*, only: Sequence[str] = (), skip: Sequence[str] = ()) -> tuple[str, ...]:
    """Kinds of changes to look for: all, or ``only`` some, less those to ``skip``.

    Raises:
        ConfigError: ``adapt.kind`` for an unknown kind, or when none is left.
    """
    unknown = [kind for kind in (*only, *skip) if kind not in KINDS]
    kinds = tuple(kind for kind in only or KINDS if kind not in skip)
    if unknown or not kinds:
        raise ConfigError(
            "adapt.kind",
            received=shorten(unknown[0]) if unknown else "no kind of change at all",
            allowed=", ".join(KINDS),
            fix="Correct --only and --skip.",
        )
    return kinds


def adapt_text(
    text: str,
    *,
    to: str | Audience,
    lang: str | None = None,
    kinds: Collection[str] = KINDS,
    tongli: Tongli | None = None,
    wordings: Wordings | None = None,
    original: str | None = None,
) -> Adaptation:
    """One text adapted; without ``tongli``, and so without a model, open expressions are asked about.

    Args:
        text, to, lang, kinds, original: as for :func:`tongli.generation.adapt.adapt`; the language may be
            left out.
        tongli: tells literal from idiomatic use.
        wordings: of :func:`tongli.applications.wordings.open_wordings`; ``None`` takes those of claims.

    Raises:
        TongliError: as :meth:`tongli.Tongli.adapt`; those of an engine that phrases.
    """
    if tongli is not None:
        return tongli.adapt(text, to=to, lang=lang, kinds=kinds, wordings=wordings, original=original)
    tag = identify(text, declared=lang).tag
    return adapt(text, to=to, lang=tag, kinds=kinds, wordings=wordings, original=original)


def adapt_lines(
    job: Job,
    *,
    to: Audience | None = None,
    kinds: Collection[str] = KINDS,
    tongli: Tongli | None = None,
    wordings: Wordings | None = None,
    tally: Tally | None = None,
    progress: Callable[[Tally], None] | None = None,
) -> Tally:
    """Run a job: one output line for every line that can be read, one errors line for every other.

    Lines have ``id``, ``text`` and, where the job does not name them for all, ``to`` and ``lang``; lines that
    translate an English text may have it as ``original``. Output lines have ``id``, ``text``, ``edits`` and
    ``questions``, with spans of the text as it was.

    Args:
        job: what to do; ``lang`` is that of lines that declare none.
        to: audience of lines that name none, and the people whom all lines may name.
        kinds: what to look for.
        tongli: tells literal from idiomatic use; ``None`` asks the writer.
        wordings: for expressions, beside those of claims.
        tally: counts to keep up to date.
        progress: called with the tally after each chunk.

    Returns:
        The final counts.

    Raises:
        TongliError: as :func:`tongli.applications.each_line.each_record`; for damaged claims and models.
    """

    def of(record: Record) -> dict[str, Any]:
        text = read_text(record, max_chars=job.max_chars)
        lang = read_lang(record) or job.lang
        told = record.get("original")
        done = adapt_text(
            text,
            to=_audience(record, to),
            lang=lang,
            kinds=kinds,
            tongli=tongli,
            wordings=wordings,
            original=None if told is None else require_text(told, max_chars=job.max_chars),
        )
        result = done.to_dict()
        return {name: result[name] for name in ("text", "edits", "questions")}

    return each_record(job, of, tally=tally, progress=progress)


def _audience(record: dict[str, Any], default: Audience | None) -> Audience:
    told = record.get("to")
    if isinstance(told, str):
        return replace(Audience.parse(told), people=default.people if default else ())
    if told is None and default is not None:
        return default
    raise InputError(
        "line.to",
        received=f'a "to" that is {json_kind(told)}' if "to" in record else 'no "to"',
        allowed='an audience such as "ja-JP:register=keigo"',
        fix='Give the line a "to", or name one for all with --to.',
    )
