"""Documents of several formats: their paragraphs as plain text, and edits that keep all else as it is.

=============  ==========================================================================================
module         what it holds
=============  ==========================================================================================
``document``   paragraphs with their places; the protocol of a document
``plain``      text and Markdown; code, front matter and links stay
``docx``       word processors, by ``wordml``: its paragraphs
``epub``       books, by ``xhtml``: its paragraphs
``archive``    zip archives that are safe to read, and written with only their texts changed
``markup``     XML in tokens with their places
``change``     edits made in the source; a document written whole or not at all
``formats``    the format of a file
=============  ==========================================================================================
"""

from tongli.applications.documents.change import Changes, save
from tongli.applications.documents.document import Document, Paragraph, Part
from tongli.applications.documents.formats import as_lines, is_packed, open_document

__all__ = ["Changes", "Document", "Paragraph", "Part", "as_lines", "is_packed", "open_document", "save"]
