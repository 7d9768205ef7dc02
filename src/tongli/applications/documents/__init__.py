"""Documents of several formats: their paragraphs as plain text, and edits that keep all else as it is.

=============  ==========================================================================================
module         what it holds
=============  ==========================================================================================
``document``   paragraphs with their places; the protocol of a document
``plain``      text and Markdown; code, front matter and links stay
``docx``       word processors, by ``wordml``: its paragraphs, and ``wordml_places``: where each is
``epub``       books, by ``xhtml``: its paragraphs
``archive``    zip archives that are safe to read, and written with only their texts changed
``joined``     paragraphs read together as one text
``markup``     XML in tokens with their places
``change``     edits made in the source; a document written whole or not at all
``formats``    the format of a file
=============  ==========================================================================================
"""

from tongli.applications.documents.change import Changes, save, write
from tongli.applications.documents.document import Document, Paragraph, Part
from tongli.applications.documents.formats import Prose, open_document, read_prose
from tongli.applications.documents.joined import Joined, joined
from tongli.applications.documents.plain import Plain

__all__ = [
    "Changes",
    "Document",
    "Joined",
    "Paragraph",
    "Part",
    "Plain",
    "Prose",
    "joined",
    "open_document",
    "read_prose",
    "save",
    "write",
]
