"""Translation with feeling: texts, documents and lines.

=================  ==================================================================================
``engine``         which translator a run uses
``texts``          the engine's best drafts of many texts, unchecked
``unit``           pieces of a document that are translated; ``formats`` finds them
``document``       a document translated whole or not at all
=================  ==================================================================================
"""

from tongli.applications.translate.document import translate_document
from tongli.applications.translate.engine import open_translator
from tongli.applications.translate.texts import translate_texts

__all__ = ["open_translator", "translate_document", "translate_texts"]
