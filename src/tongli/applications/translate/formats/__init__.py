"""Formats whose words can be translated while every byte that is no words stays.

=================  ==================================================================================
``found``          the format of a file by its name
``paragraphs``     .txt, .md, .docx, .epub by :mod:`tongli.applications.documents`; .html
``blocks``           cells and points of .md
``cues``           .srt and .vtt
``po``             gettext catalogues
``xliff``          XLIFF 1.2 and 2.0
``strings``        .json, its values only, with ICU messages
=================  ==================================================================================
"""

from tongli.applications.translate.formats.found import Source, open_source

__all__ = ["Source", "open_source"]
