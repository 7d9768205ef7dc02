"""A new document for word processors: paragraphs, and nothing else.

Reference: ECMA-376, Office Open XML, part 1, 11.3.10 (main document).
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from xml.sax.saxutils import escape, quoteattr

from tongli.core.text import clean

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"

_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATION}" Target="word/document.xml"/></Relationships>'
)


def new_docx(text: str, *, lang: str) -> bytes:
    """A ``.docx`` with one paragraph a line; one that starts in a right-to-left script runs from the right.

    Args:
        text: any string; what XML cannot hold is replaced.
        lang: of the text (BCP-47), for the spelling checker.
    """
    body = "".join(_paragraph(line, lang=lang) for line in clean(text)[0].split("\n"))
    main = f'{_HEAD}<w:document xmlns:w="{_WORD}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", main.encode())
    return packed.getvalue()


def _paragraph(line: str, *, lang: str) -> str:
    right = _from_the_right(line)
    layout = "<w:pPr><w:bidi/></w:pPr>" if right else ""
    kind = "<w:rtl/>" if right else ""
    tag = f"<w:lang w:{'bidi' if right else 'val'}={quoteattr(lang)}/>"
    words = escape(line.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd"))
    return f'<w:p>{layout}<w:r><w:rPr>{kind}{tag}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


def _from_the_right(line: str) -> bool:
    """The direction of the first strong character (UAX #9, rules P2 and P3)."""
    strong = (kind for kind in map(unicodedata.bidirectional, line) if kind in {"L", "R", "AL"})
    return next(strong, "L") != "L"
