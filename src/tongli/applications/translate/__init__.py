"""Translation with feeling: texts, documents and lines.

=================  ==================================================================================
``engine``         which translator a run uses
``texts``          the engine's best drafts of many texts, sentence by sentence
=================  ==================================================================================
"""

from tongli.applications.translate.engine import open_translator
from tongli.applications.translate.texts import by_sentence, translate_texts

__all__ = ["by_sentence", "open_translator", "translate_texts"]
