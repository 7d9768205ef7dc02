"""XML in tokens, each with its place, so that text can be changed and nothing else.

Nothing is expanded, loaded or resolved: entities of a document type do not exist here, which rules out the
attacks that use them. Linear in the length, whatever the markup.

Reference: Extensible Markup Language (XML) 1.0, fifth edition, W3C.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape
from typing import Literal

from tongli.core import InputError, Span

_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[(?P<cdata>.*?)(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)"
    r"|<!(?:[^<>\[]|\[[^\]]*+(?:\]|\Z))*+(?:>|\Z)"
    r"|<(?P<close>/?)(?P<name>[^\W\d][\w:.-]*+)(?P<attributes>(?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+')*+)>"
    r"|(?P<entity>&(?:\#\d{1,7}|\#x[0-9A-Fa-f]{1,6}|\w{1,32});)|(?P<text>[^<&]+|[<&])",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,80}?encoding\s*=\s*[\"']([A-Za-z][\w.-]{1,40})[\"']")
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Token:
    """A tag or a piece of text.

    Attributes:
        kind: ``entity`` for one that stands for text.
        span: code points of the source.
        name: of a tag, with its prefix.
        value: attributes of a tag as they stand, or what text reads as.
    """

    kind: Literal["open", "close", "empty", "text", "entity"]
    span: Span
    name: str
    value: str

    @property
    def local(self) -> str:
        """Name of a tag without its prefix."""
        return self.name.rpartition(":")[2]

    def attributes(self) -> Mapping[str, str]:
        """Attributes of a tag, by their names with prefixes."""
        return {name: unescape(double or single) for name, double, single in _ATTRIBUTE.findall(self.value)}


def tokens(source: str) -> Iterator[Token]:
    """Tags and text; comments, instructions and declarations are left out."""
    for match in _TOKEN.finditer(source):
        if match["name"] is not None:
            empty = match["attributes"].endswith("/")
            kind: Literal["open", "close", "empty"] = (
                "close" if match["close"] else "empty" if empty else "open"
            )
            yield Token(kind, match.span(), match["name"], match["attributes"])
        elif match["text"] is not None:
            yield Token("text", match.span(), "", match["text"])
        elif match["entity"] is not None:
            yield Token("entity", match.span(), "", unescape(match["entity"]))


def escaped(text: str) -> str:
    """Plain text as it is written between tags."""
    return escape(text, quote=False)


def decoded(data: bytes, *, name: str) -> tuple[str, str]:
    """The source and its encoding, such that encoding it again gives the same bytes.

    Raises:
        InputError: ``document.encoding``.
    """
    declared = _DECLARED.match(data)
    encoding = next(
        (encoding for mark, encoding in _MARKS if data.startswith(mark)),
        declared[1].decode() if declared else "utf-8",
    )
    try:
        text = data.decode(encoding)
        if encoded(text, encoding) == data:
            return text, encoding
    except (UnicodeError, LookupError):
        pass
    raise InputError(
        "document.encoding",
        received=f"{name}, which is not in the encoding that it declares",
        allowed="UTF-8, or another encoding that is declared and known",
        fix="Save the document again with the program that made it.",
    )


def encoded(text: str, encoding: str) -> bytes:
    """Bytes of a source; what the encoding does not have becomes a character reference."""
    return text.encode(encoding, "xmlcharrefreplace")
