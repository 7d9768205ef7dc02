"""Files and patterns → texts, with what is no prose blanked so that no offset moves."""

from __future__ import annotations

import glob
import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tongli.applications.jsonl import STANDARD
from tongli.applications.lint.suppress import Suppressions, blank_comments, suppressions
from tongli.core import InputError, StorageError, shorten
from tongli.core.text import clean

SUFFIXES = (".md", ".markdown", ".txt")
"""Files that are looked for in folders."""

_MARKUP = (
    r"<(?P<element>(?i:code|pre|script|style))\b[^<>]*>.*?(?:</(?i:(?P=element))\s*>|\Z)"
    r"|<!--.*?(?:-->|\Z)|</?[A-Za-z][^<>\n]*>"
)
_HTML = re.compile(_MARKUP, re.DOTALL)
_MARKDOWN = re.compile(
    r"\A---[ \t]*\r?\n.*?^(?:---|\.\.\.)[ \t]*\r?$|\A\+\+\+[ \t]*\r?\n.*?^\+\+\+[ \t]*\r?$"  # front matter
    r"|^[ \t>]*(?P<mark>`{3,}(?=[^`\n]*$)|~{3,}).*?(?:^[ \t>]*(?P=mark)[`~]*[ \t]*\r?$|\Z)"
    r"|(?P<ticks>(?<!`)`+)(?!`)(?:(?!\n[ \t]*\r?\n).){1,1000}?(?<!`)(?P=ticks)(?!`)"
    r"|(?<=\])\((?:[^()\s]|\([^()\s]*\))*(?:[ \t]+\"[^\"\n]*\")?\)"  # where a link leads
    r"|(?<=\])\[[^\]\n]*\]"
    r"|^ {0,3}\[(?!\^)[^\]\n]+\]:[^\n]*$"  # and what defines it; a note is prose
    rf"|{_MARKUP}",
    re.MULTILINE | re.DOTALL,
)
_INDENTED = re.compile(
    r"^((?![ \t]|[-*+][ \t]|\d{1,9}[.)][ \t])[^\n]+\n(?:[ \t]*\r?\n)+)((?:(?: {4}|\t)[^\n]*(?:\n|\Z))+)",
    re.MULTILINE,
)
"""A block of code by its indent; after an item of a list it is one more paragraph of the item."""
_LINK = re.compile(r"<?\bhttps?://[^\s<>)\]]+>?|\bwww\.[^\s<>)\]]+|[\w.+-]{1,64}@[\w-]+\.[\w.-]+")


@dataclass(frozen=True)
class Document:
    """A text with its name.

    Attributes:
        text: as it was read.
        prose: of the same length, where code, links and comments are blank.
        told: what the comments say; those in code are examples.
    """

    name: str
    text: str
    prose: str
    told: Suppressions
    _starts: list[int] = field(repr=False)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1, the column in code points."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def document(name: str, text: str, *, markdown: bool = False, html: bool = False) -> Document:
    """A text made ready; linear in its length."""
    prose = comments = text
    if html:
        prose, comments = _HTML.sub(_gone, text), _HTML.sub(_gone_but_comments, text)
    if markdown:
        prose = _INDENTED.sub(_keep_lead, _MARKDOWN.sub(_gone, text))
        comments = _INDENTED.sub(_keep_lead, _MARKDOWN.sub(_gone_but_comments, text))
    prose = blank_comments(_LINK.sub(_gone, prose))
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    return Document(name, text, clean(prose)[0], suppressions(comments), starts)


def read(name: str) -> Document:
    """The document of a file; ``-`` is standard input.

    Raises:
        InputError: ``input.missing``, ``input.encoding``.
        StorageError: ``input.unreadable``.
    """
    try:
        data = sys.stdin.buffer.read() if name == STANDARD else Path(name).read_bytes()
    except FileNotFoundError:
        raise _missing(name) from None
    except OSError as error:
        raise StorageError(
            "input.unreadable",
            received=f"{shorten(name)}: {error.strerror}",
            allowed="a file that can be read",
            fix="Check its permissions and the disk.",
        ) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            "input.encoding",
            received=f"{shorten(name)}, with a byte that is not UTF-8 at byte {error.start + 1}",
            allowed="UTF-8 text",
            fix="Convert it, for example with iconv.",
        ) from None
    ending = Path(name).suffix.lower()
    return document(name, text, markdown=ending in {".md", ".markdown"}, html=ending in {".html", ".htm"})


def expand(names: Iterable[str]) -> list[str]:
    """Names of files, each once: patterns with ``*``, ``?``, ``[`` and ``**``, and texts in folders.

    Raises:
        InputError: ``input.missing`` for what names nothing.
    """
    found: dict[str, None] = {}
    for name in names:
        some = False
        for file in _expanded(name):
            found[file] = None
            some = True
        if not some:
            raise _missing(name)
    return list(found)


def _expanded(name: str) -> Iterator[str]:
    if name == STANDARD:
        yield name
    elif Path(name).is_dir():
        yield from sorted(
            str(path)
            for path in Path(name).rglob("*")
            if path.suffix.lower() in SUFFIXES and path.is_file() and not _is_hidden(path, Path(name))
        )
    elif Path(name).exists():
        yield name
    elif glob.has_magic(name):
        # Path.glob takes no absolute patterns.
        found = glob.iglob(name, recursive=True)  # noqa: PTH207
        yield from sorted(path for path in found if Path(path).is_file())


def _is_hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(root).parts)


def _gone(found: re.Match[str]) -> str:
    return _blank(found[0])


def _gone_but_comments(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith("<!--") else _blank(found[0])


def _keep_lead(found: re.Match[str]) -> str:
    return found[1] + _blank(found[2])


def _blank(text: str) -> str:
    """As long, with the same line ends; a full stop keeps expressions from reaching over it."""
    blank = re.sub(r"[^\n]", " ", text)
    return f".{blank[1:]}" if blank[:1] == " " else blank


def _missing(name: str) -> InputError:
    return InputError(
        "input.missing",
        received=shorten(name),
        allowed="a file, a folder with texts, or a pattern such as 'docs/**/*.md'",
        fix="Check the path.",
    )
