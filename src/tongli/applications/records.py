"""One line of ``annotate`` input, to a message or to a coded failure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tongli.core import Audio, Image, InputError, Media, Message, Video
from tongli.core.text import json_kind, require_text

_MEDIA: Mapping[str, Callable[[Path], Media]] = {"audio": Audio, "image": Image, "video": Video}
_LANG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A line that could not be read.

    Attributes:
        line: its number, from 1.
        error: code, received, allowed and fix.
        id: the line's id, ``None`` when it is not known.
    """

    line: int
    error: dict[str, str]
    id: str | int | None = None

    def to_dict(self) -> dict[str, Any]:
        """One line of the errors file."""
        known = {} if self.id is None else {"id": self.id}
        return {"line": self.line, **known, **self.error}


def parse(
    raw: bytes | None,
    *,
    line: int,
    lang: str | None,
    max_chars: int,
    max_bytes: int,
    folder: Path | None = None,
) -> Message | Failure:
    """The message of a line, or why there is none. Never raises.

    Codes: ``line.too-long``, ``line.blank``, ``line.encoding``, ``line.json``, ``line.object``,
    ``line.id``, ``line.text``, ``line.media``, ``line.lang``, ``line.context`` and the ``input.*`` codes of
    :func:`tongli.core.text.require_text`.
    """
    identity = None
    try:
        record = read_object(raw, max_bytes=max_bytes)
        identity = read_id(record)
        return read_message(record, lang=lang, max_chars=max_chars, folder=folder)
    except InputError as error:
        return Failure(line=line, id=identity, error=error.to_dict())


def read_message(
    record: dict[str, Any], *, lang: str | None, max_chars: int, folder: Path | None = None
) -> Message:
    """The message of an object with an ``id``: its text, media, declared language and context.

    Args:
        record: the object.
        lang: of objects that declare none.
        max_chars: longest text.
        folder: that paths of media start from; ``None`` where only texts are taken.

    Raises:
        InputError: ``line.id``, ``line.text``, ``line.media``, ``line.lang``, ``line.context``, ``input.*``.
    """
    history, norm = _context(record)
    media = () if folder is None else read_media(record, folder=folder)
    wordless = bool(media) and not str(record.get("text") or "").strip()
    return Message(
        text="" if wordless else read_text(record, max_chars=max_chars),
        media=media,
        lang=read_lang(record) or lang,
        history=history,
        id=read_id(record),
        norm=norm,
    )


def read_object(raw: bytes | None, *, max_bytes: int) -> dict[str, Any]:
    """The object of a line.

    Raises:
        InputError: ``line.too-long``, ``line.encoding``, ``line.blank``, ``line.json``, ``line.object``.
    """
    if raw is None:
        raise InputError(
            "line.too-long",
            received=f"a line of more than {max_bytes:,} bytes",
            allowed=f"at most {max_bytes:,} bytes",
            fix="Split the text into several messages.",
        )
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            "line.encoding",
            received=f"a byte that is not UTF-8 at byte {error.start + 1}",
            allowed="UTF-8",
            fix="Convert the file, for example with iconv.",
        ) from None
    if not text.strip():
        raise InputError(
            "line.blank",
            received="a line with nothing on it",
            allowed="one JSON object a line",
            fix="Remove the line.",
        )
    record = _decoded(text)
    if not isinstance(record, dict):
        raise InputError(
            "line.object",
            received=f"{json_kind(record)} in JSON",
            allowed='an object such as {"id": 1, "text": "…"}',
            fix="Put each message in an object of its own.",
        )
    return record


def _decoded(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        received = f"text that stops being JSON at character {error.pos + 1}"
    except (ValueError, RecursionError):
        received = "JSON with too many digits or too deep a nesting"
    raise InputError(
        "line.json",
        received=received,
        allowed="one JSON object a line",
        fix="Write the line with a JSON library, without line breaks inside.",
    )


def read_id(record: dict[str, Any]) -> str | int:
    """The id of an object; raises ``InputError`` (``line.id``)."""
    found = record.get("id")
    if isinstance(found, (str, int)) and not isinstance(found, bool):
        return found
    raise InputError(
        "line.id",
        received=f'an "id" that is {json_kind(found)}' if "id" in record else 'no "id"',
        allowed="a string or a whole number",
        fix='Give every line an "id"; it comes back untouched.',
    )


def read_text(record: dict[str, Any], *, max_chars: int) -> str:
    """The text of an object; raises ``InputError`` (``line.text``, ``input.*``)."""
    if "text" not in record:
        raise InputError(
            "line.text",
            received='no "text"',
            allowed="a string",
            fix='Put the message in the field "text".',
        )
    return require_text(record["text"], max_chars=max_chars)


def read_media(record: dict[str, Any], *, folder: Path) -> tuple[Media, ...]:
    """Sound, picture and video of an object, paths from a folder; raises ``InputError`` (``line.media``)."""
    found = [(name, record[name]) for name in _MEDIA if record.get(name) is not None]
    for name, path in found:
        if not isinstance(path, str) or not path or "\0" in path:
            raise InputError(
                "line.media",
                received=f'an "{name}" that is {"no path" if isinstance(path, str) else json_kind(path)}',
                allowed="the path of a file, relative to the file of lines",
                fix=f'Correct "{name}" or leave it out.',
            )
    return tuple(_MEDIA[name](folder / path) for name, path in found)


def read_lang(record: Mapping[str, Any], key: str = "lang") -> str | None:
    """The language that an object declares in a field; raises ``InputError`` (``line.lang``)."""
    found = record.get(key)
    if found is None or found in ("", "und"):
        return None
    if isinstance(found, str) and _LANG.fullmatch(found):
        return found.replace("_", "-")
    shape = "no language tag" if isinstance(found, str) else json_kind(found)
    raise InputError(
        "line.lang",
        received=f'a "{key}" that is {shape}',
        allowed='one BCP-47 tag such as "pt-BR", or nothing',
        fix=f'Correct "{key}", or leave it out.',
    )


def need_lang(record: dict[str, Any], default: str | None) -> str:
    """The language of an object whose text is too short, or the matter too delicate, to identify one.

    Raises:
        InputError: ``line.lang``, ``line.no-lang``.
    """
    lang = read_lang(record) or default
    if lang is None:
        raise InputError(
            "line.no-lang",
            received=f'a "lang" that is {json_kind(record.get("lang"))}' if "lang" in record else 'no "lang"',
            allowed='a BCP-47 tag such as "pt-BR"',
            fix='Give the line a "lang", or name one for all with --lang.',
        )
    return lang


def _context(record: dict[str, Any]) -> tuple[tuple[str, ...], str | None]:
    """Earlier turns, and a norm to judge by."""
    found = record.get("context")
    if not isinstance(found, dict):
        return _turns(found), None
    norm = found.get("norm")
    if norm is None and "history" not in found:
        raise _unusable('a "context" that is an object without "norm" and "history"')
    if norm is not None and not isinstance(norm, str):
        raise _unusable(f'a "norm" that is {json_kind(norm)}')
    return _turns(found.get("history")), norm if norm and norm.strip() else None


def _turns(found: object) -> tuple[str, ...]:
    if found is None:
        return ()
    if isinstance(found, str):
        return (found,)
    if not isinstance(found, list):
        raise _unusable(f'a "context" that is {json_kind(found)}')
    if not all(isinstance(turn, str) for turn in found):
        raise _unusable('a "context" whose turns are not all strings')
    return tuple(found)


def _unusable(received: str) -> InputError:
    return InputError(
        "line.context",
        received=received,
        allowed='a string or a list of strings, oldest first, or {"norm": "…", "history": […]}',
        fix='Correct "context" or leave it out.',
    )
