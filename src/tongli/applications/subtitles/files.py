"""Subtitle files in and out: encodings, formats, limits."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from pathlib import Path
from typing import cast, get_args

from tongli.applications.jsonl import STANDARD, read_start
from tongli.applications.sink import Sink
from tongli.applications.subtitles import ass, srt, ttml, vtt
from tongli.applications.subtitles.cue import Form, Track
from tongli.applications.subtitles.foreign import in_words_of
from tongli.core import ConfigError, InputError, shorten

MAX_BYTES = 32 << 20
"""Of a file; a film has about 100 kB of subtitles."""

_PARSE: dict[Form, Callable[[str], Track]] = {
    "srt": srt.parse,
    "vtt": vtt.parse,
    "ass": ass.parse,
    "ttml": ttml.parse,
}
_WRITE: dict[Form, Callable[[Track], str]] = {
    "srt": srt.write,
    "vtt": vtt.write,
    "ass": ass.write,
    "ttml": ttml.write,
}
_SPELLED: dict[Form, Callable[[Track], Track]] = {"ass": ass.spelled, "ttml": ttml.spelled}
"""Formats with styles by name."""
_SUFFIXES = {"ssa": "ass", "dfxp": "ttml", "xml": "ttml"}
_TEXTS = frozenset({".srt", ".vtt", ".ass", ".ssa", ".ttml", ".dfxp", ".xml", ".json", ".txt"})
_HEAD = 1 << 16
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read(name: str, *, encoding: str | None = None) -> Track:
    """The subtitles of a file, whose format its content shows; ``-`` is standard input.

    Args:
        name: path.
        encoding: of a file that is neither UTF-8 nor starts with a byte order mark.

    Raises:
        InputError: ``input.missing``, ``input.directory``, ``subtitles.too-large``, ``subtitles.encoding``,
            ``subtitles.format``, ``subtitles.damaged``.
        StorageError: ``input.unreadable``.
        ConfigError: ``subtitles.codec``, ``subtitles.extra``.
    """
    return parse(read_text(name, encoding=encoding))


def read_text(name: str, *, encoding: str | None = None) -> str:
    """The decoded text of a file; raises like :func:`read`."""
    data = read_start(name, limit=MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError(
            "subtitles.too-large",
            received=f"more than {MAX_BYTES >> 20} MB",
            allowed=f"a file of at most {MAX_BYTES >> 20} MB",
            fix="Check that it is a subtitle file; split it if it is.",
        )
    return decode(data, encoding=encoding)


def decode(data: bytes, *, encoding: str | None = None) -> str:
    """Text by its byte order mark, as UTF-8, or as declared, in this order.

    Raises:
        InputError: ``subtitles.encoding``.
        ConfigError: ``subtitles.codec`` for an encoding nobody knows.
    """
    mark, marked = next(((mark, name) for mark, name in _BOMS if data.startswith(mark)), (b"", None))
    tried = [marked] if marked else ["utf-8", *([encoding] if encoding else [])]
    for name in tried:
        try:
            # NUL is in no text; what holds it is binary, or UTF-16 without its mark.
            text = data[len(mark) :].decode(name)
        except UnicodeError:
            continue
        except LookupError:
            raise _unknown(name) from None
        if "\0" not in text:
            return text
    raise InputError(
        "subtitles.encoding",
        received=f"bytes that are not {' or '.join(tried)}",
        allowed="UTF-8, a file with a byte order mark, or a declared encoding",
        fix="Name the encoding with --encoding, for example windows-1252, or convert the file.",
    )


def is_recording(name: str) -> bool:
    """Whether a file is sound or video: it holds zero bytes, and its suffix does not say that it is text."""
    path = Path(name)
    if name == STANDARD or path.suffix.lower() in _TEXTS or not path.is_file():
        return False
    data = read_start(name, limit=_HEAD)
    return b"\0" in data and not any(data.startswith(mark) for mark, _ in _BOMS)


def parse(text: str) -> Track:
    """The subtitles of a text, in the format that its beginning shows.

    Raises:
        InputError: ``subtitles.format``, ``subtitles.damaged``.
        ConfigError: ``subtitles.extra``.
    """
    text = text.removeprefix("\ufeff")
    start = text.lstrip()[:4000]
    if start.startswith("WEBVTT"):
        return _PARSE["vtt"](text.lstrip())
    if start.startswith("<"):
        return _PARSE["ttml"](text.lstrip())
    if re.search(r"^\s*\[(?:script info|v4\+? styles|events)\]", start, re.IGNORECASE | re.MULTILINE):
        return _PARSE["ass"](text)
    if "-->" in text:
        return _PARSE["srt"](text)
    raise InputError(
        "subtitles.format",
        received="a text that is no subtitle file",
        allowed="SRT, WebVTT, ASS or TTML",
        fix="Check the file; other formats can be converted with pysubs2 or FFmpeg.",
    )


def to_text(track: Track, form: Form) -> str:
    """The file's content in a format.

    Raises:
        ConfigError: ``subtitles.extra``.
        InputError: ``subtitles.too-long``.
    """
    if form != track.form and track.form in _SPELLED:
        track = _SPELLED[track.form](track)
    return _WRITE[form](in_words_of(form, track))


def write(track: Track, name: str) -> None:
    """Write a file in UTF-8, in the format that its suffix names; ``-`` is standard output, in its own.

    Raises:
        ConfigError: ``subtitles.suffix``, ``subtitles.extra``.
        StorageError: ``storage.write``, ``storage.full``.
    """
    chosen = track.form if name == STANDARD else form_of(name)
    # Everything is made before the file is touched.
    data = to_text(track, chosen).encode("utf-8", "replace")
    sink = Sink(1 if name == STANDARD else Path(name))
    try:
        sink.append(data)
    finally:
        sink.close()


def form_of(name: str) -> Form:
    """The format that a suffix names; raises ``ConfigError`` ``subtitles.suffix``."""
    suffix = Path(name).suffix.lower().removeprefix(".")
    found = _SUFFIXES.get(suffix, suffix)
    if found not in get_args(Form):
        raise ConfigError(
            "subtitles.suffix",
            received=shorten(name),
            allowed=".srt, .vtt, .ass, .ttml, .dfxp or .xml",
            fix="Correct --out.",
        )
    return cast("Form", found)


def _unknown(encoding: str) -> ConfigError:
    return ConfigError(
        "subtitles.codec",
        received=shorten(encoding),
        allowed="an encoding that Python knows, such as windows-1252, utf-16-le, shift_jis or gb18030",
        fix="Correct --encoding.",
    )
