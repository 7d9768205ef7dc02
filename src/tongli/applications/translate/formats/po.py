"""gettext catalogues: ``msgstr`` where it is empty, from ``msgid``; all else stays, fuzzy entries too.

Reference: GNU gettext manual, "The Format of PO Files".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tongli.applications.translate.unit import Stretch, Unit
from tongli.core import InputError, Span

_STRING = r"\"(?:[^\"\\\n]|\\.)*\""
_FIELD = re.compile(
    rf"(?P<name>msgctxt|msgid_plural|msgid|msgstr)(?:\[(?P<form>\d)\])?[ \t]+"
    rf"(?P<value>{_STRING}(?:[ \t]*\r?\n[ \t]*{_STRING})*)[ \t]*(?:\r?\n|\Z)"
)
_LINE = re.compile(r"[^\n]*(?:\n|\Z)")
_PIECE = re.compile(_STRING)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_READ = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_WRITTEN = {char: f"\\{letter}" for letter, char in _READ.items()} | {'"': '\\"', "\\": "\\\\"}


@dataclass(slots=True)
class _Entry:
    """One message.

    Attributes:
        number: of its first line.
        context: ``msgctxt``.
        ids: ``msgid`` and ``msgid_plural``.
        empty: (plural form, where its value is) of every empty ``msgstr``.
        closed: whether a ``msgstr`` was read.
    """

    number: int
    context: str = ""
    ids: list[str] = field(default_factory=list)
    empty: list[tuple[int, Span]] = field(default_factory=list)
    closed: bool = False


def units(source: str) -> Iterator[Unit]:
    """One unit a ``msgstr`` that is empty.

    Raises:
        InputError: ``document.damaged``.
    """
    for entry in _entries(source):
        for form, span in entry.empty if entry.ids and entry.ids[0] else ():
            text = entry.ids[min(form, len(entry.ids) - 1)]
            if any(char.isalpha() for char in text):
                stretch = Stretch(text=text, place=span, same=False)
                yield Unit(stretches=(stretch,), encode=_quoted, number=entry.number, note=entry.context)


def _entries(source: str) -> Iterator[_Entry]:
    entry, at, line = _Entry(number=1), 0, 1
    while at < len(source):
        found = _FIELD.match(source, at) or _LINE.match(source, at)
        assert found is not None  # noqa: S101 - a line matches everywhere
        name = found["name"] if found.re is _FIELD else None
        if entry.closed and name != "msgstr" and found[0].strip():
            yield entry
            entry = _Entry(number=line)
        if name is not None:
            _take(entry, found)
        elif found[0].strip() and not found[0].lstrip("\ufeff").startswith("#"):
            raise _damaged(line)
        line += found[0].count("\n")
        at = found.end()
    yield entry


def _take(entry: _Entry, found: re.Match[str]) -> None:
    value = "".join(_plain(piece[0][1:-1]) for piece in _PIECE.finditer(found["value"]))
    if found["name"] == "msgctxt":
        entry.context = value
    elif found["name"] == "msgstr":
        entry.closed = True
        if not value:
            entry.empty.append((int(found["form"] or 0), found.span("value")))
    else:
        entry.ids.append(value)


def _plain(text: str) -> str:
    return _ESCAPE.sub(lambda found: _READ.get(found[1], found[1]), text)


def _quoted(text: str) -> str:
    return '"' + "".join(_WRITTEN.get(char, char) for char in text) + '"'


def _damaged(line: int) -> InputError:
    return InputError(
        "document.damaged",
        received=f"line {line}, which no catalogue can hold",
        allowed="a gettext catalogue in UTF-8",
        fix="Check it with msgfmt --check.",
    )
