"""HTML: paragraphs as a browser shows them; tags, code, scripts and comments stay."""

from __future__ import annotations

from collections.abc import Iterator

from tongli.applications.documents.markup import escaped
from tongli.applications.documents.xhtml import paragraphs
from tongli.applications.translate.unit import Unit, of_paragraph


def units(source: str) -> Iterator[Unit]:
    """Units of a page; what is not well formed is read as a browser would."""
    for paragraph in paragraphs("page", source):
        unit = of_paragraph(paragraph, encode=escaped)
        if unit is not None:
            yield unit
