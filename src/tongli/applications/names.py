"""Write the name on every line of a JSONL file as its readers write it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tongli.applications.each_line import each_line
from tongli.applications.job import Job, Tally
from tongli.applications.jsonl import Line
from tongli.applications.records import Failure, read_id, read_object
from tongli.applications.writer import Outcome
from tongli.core import ConfigError, InputError
from tongli.core.text import json_kind
from tongli.knowledge.person_name_format import format_name
from tongli.knowledge.person_names import NameFields, NameStyle, is_field

_STYLE = ("order", "length", "usage", "formality")


def name_lines(
    job: Job,
    *,
    style: NameStyle,
    lang: str | None = None,
    tally: Tally | None = None,
    progress: Callable[[Tally], None] | None = None,
) -> Tally:
    """Run a job over names.

    A line has ``locale``, that of the reader (or the job's ``lang``), and ``name``: an object with CLDR's
    fields and, where they are known, the name's own ``locale`` and ``preferredOrder``. The fields may also
    stand in the line itself, beside ``name_locale`` and ``preferred_order``. What style is wanted is said by
    ``order``, ``length``, ``usage`` and ``formality``, or in one string ``params``, such as
    ``given-first/long/referring/formal``.

    An output line has the ``id``, or the number of the ``line`` where there was none, and ``formatted``.
    ``params`` may be a list; then ``formatted`` is the first, and ``styles`` holds the name in each.

    Args:
        job: what to do.
        style: of lines that say nothing about it.
        lang: language of names that declare none.
        tally: counts to keep up to date.
        progress: called with the tally after each chunk.

    Returns:
        The final counts.

    Raises:
        TongliError: as :func:`tongli.applications.each_line.each_line`.
    """
    return each_line(job, lambda line: _outcome(line, job, style, lang), tally=tally, progress=progress)


def _outcome(line: Line, job: Job, style: NameStyle, lang: str | None) -> Outcome:
    identity = None
    try:
        record = read_object(line.raw, max_bytes=job.max_bytes)
        identity = read_id(record) if "id" in record else None
        name, locale = _name(record, lang), _text(record, "locale") or job.lang
        if locale is None:
            raise _bad("locale", record, allowed="the BCP-47 tag of the reader's locale, such as pt-BR")
        known = {"line": line.number} if identity is None else {"id": identity}
        return {**known, **_written(name, locale, record, style)}
    except (InputError, ConfigError) as error:
        return Failure(line=line.number, id=identity, error=error.to_dict())


def _written(name: NameFields, locale: str, record: Mapping[str, Any], style: NameStyle) -> dict[str, Any]:
    asked = record.get("params")
    if not isinstance(asked, list):
        return {"formatted": format_name(name, locale, _style(record, asked, style))}
    styles = {str(words): format_name(name, locale, _style(record, words, style)) for words in asked}
    if not styles:
        raise _bad("params", record, allowed="at least one style")
    return {"formatted": next(iter(styles.values())), "styles": styles}


def _style(record: Mapping[str, Any], words: object, usual: NameStyle) -> NameStyle:
    if isinstance(words, str):
        return NameStyle.parse(words)
    source = record if words is None else words
    if not isinstance(source, Mapping):
        raise _bad("params", record, allowed="a string such as given-first/long/referring/formal, or a list")
    asked = {key: _text(source, key) or getattr(usual, key) for key in _STYLE}
    return NameStyle.of(**asked)


def _name(record: Mapping[str, Any], lang: str | None) -> NameFields:
    inner = record.get("name")
    if inner is None:
        values = {key: value for key, value in record.items() if is_field(key) and value is not None}
        locale, order = _text(record, "name_locale"), _text(record, "preferred_order")
    elif isinstance(inner, dict):
        about = {"locale", "preferredOrder"}
        values = {key: value for key, value in inner.items() if key not in about and value is not None}
        locale, order = _text(inner, "locale"), _text(inner, "preferredOrder")
    else:
        raise _bad("name", record, allowed='an object such as {"given": "…", "surname": "…"}')
    return NameFields.of(values, locale=locale or lang, order=order)


def _text(record: Mapping[str, Any], key: str) -> str | None:
    found = record.get(key)
    if found is None or isinstance(found, str):
        return found or None
    raise _bad(key, record, allowed="a string, or nothing")


def _bad(key: str, record: Mapping[str, Any], *, allowed: str) -> InputError:
    return InputError(
        "line.name",
        received=f'a "{key}" that is {json_kind(record[key])}' if key in record else f'no "{key}"',
        allowed=allowed,
        fix=f'Correct "{key}".',
    )
