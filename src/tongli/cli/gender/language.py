"""In which language a document is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tongli.applications.documents import Document

_START = 1 << 16
"""Code points that are enough to tell."""


def identified(document: Document | None) -> str:
    """The language of a document by its start; rules of another language would do harm.

    Args:
        document: ``None`` for one that can be read only once.

    Raises:
        ConfigError: ``gender.input`` when it is not clear.
    """
    from tongli.core import ConfigError
    from tongli.encoders.language import identify

    start = "" if document is None else _start(document)
    found = identify(start) if start.strip() else None
    if found is None or found.abstained:
        raise ConfigError(
            "gender.input",
            received="a text whose language is not clear",
            allowed="a text in one language",
            fix="Name its language with --lang.",
        )
    return found.tag


def _start(document: Document) -> str:
    parts: list[str] = []
    size = 0
    for part in document.parts():
        for paragraph in part.paragraphs:
            parts.append(paragraph.text)
            size += len(paragraph.text)
            if size >= _START:
                return "\n".join(parts)
    return "\n".join(parts)
