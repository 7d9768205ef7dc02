"""A message from arguments, a file or standard input."""

from __future__ import annotations

import sys

from tongli.applications.jsonl import STANDARD, read_start
from tongli.applications.people import parse_person
from tongli.core import ConfigError, InputError, Media, Message


def build_message(
    words: list[str] | None,
    *,
    file: str | None,
    lang: str | None,
    author: str | None,
    audience: str | None,
    max_chars: int,
    media: tuple[Media, ...] = (),
) -> Message:
    """The message that the options describe; with media, a text must be given to be read.

    Raises:
        ConfigError: ``input.twice`` and what :func:`tongli.applications.people.parse_person` raises.
        InputError: ``input.none``, ``input.missing``, ``input.directory``, ``input.encoding``,
            ``input.too-long``.
        StorageError: ``input.unreadable``.
    """
    return Message(
        text="" if media and not words and file is None else _text(words, file=file, max_chars=max_chars),
        media=media,
        lang=lang,
        author=parse_person(author),
        audience=parse_person(audience),
    )


def _text(words: list[str] | None, *, file: str | None, max_chars: int) -> str:
    if words and file is not None:
        raise ConfigError(
            "input.twice",
            received="a text and --file",
            allowed="one of them",
            fix="Leave one out.",
        )
    if words and words != [STANDARD]:
        return " ".join(words)
    if not words and file is None and sys.stdin.isatty():
        raise InputError(
            "input.none",
            received="no text",
            allowed="a text, --file FILE, or something on standard input",
            fix='For example: tongli read "Thank you, that was kind."',
        )
    return _read(STANDARD if file is None else file, max_chars=max_chars)


def _read(name: str, *, max_chars: int) -> str:
    """A whole file, but no more of it than could be used."""
    limit = 4 * max_chars + 8
    data = read_start(name, limit=limit)
    if len(data) == limit:
        raise InputError(
            "input.too-long",
            received=f"more than {max_chars:,} code points",
            allowed=f"at most {max_chars:,}",
            fix="Split the text into messages or chapters, or raise TONGLI_MAX_CHARS.",
        )
    try:
        return data.decode("utf-8-sig").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError as error:
        raise InputError(
            "input.encoding",
            received=f"a byte that is not UTF-8 at byte {error.start + 1}",
            allowed="UTF-8 text",
            fix="Convert it, for example with iconv.",
        ) from None
