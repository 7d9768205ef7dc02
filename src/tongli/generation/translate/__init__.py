"""Translation: candidates, the checks that each must pass, and what the target language needs to know.

=================  ==================================================================================
``drafting``       candidates for whole texts from an engine that translates sentences
``chrf``           the utility of minimum-Bayes-risk choice
``checks``         every check, by name; ``kept`` and ``sense`` hold them, ``pair`` what they look at
``quantities``     numbers with their scale words
``compare``        source reading and target reading side by side
``forms``          alternatives and questions where the source leaves gender or address open
``translate``      drafts, verdicts, one repair, the translation
``translation``    what a translation comes to
=================  ==================================================================================
"""

from tongli.generation.translate.checks import CHECKS
from tongli.generation.translate.compare import Compared
from tongli.generation.translate.drafting import candidates
from tongli.generation.translate.translate import Tools, translate
from tongli.generation.translate.translation import Alternative, Translation

__all__ = ["CHECKS", "Alternative", "Compared", "Tools", "Translation", "candidates", "translate"]
