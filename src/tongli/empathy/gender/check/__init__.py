"""Forms that differ from what people declared, genders that nobody gave, and words that leave people out.

===============  ========================================================================================
module           what it holds
===============  ========================================================================================
``finding``      a claim with its fix
``people``       who is named where, and what each of them declared
``forms``        gendered forms of a text, in 38 languages, from word lists and patterns
``english``      English pronouns with the person each points to
``guard``        forms against declarations: ``misgendering``, ``title``, ``assumption``
``names``        names that are gone: ``former-name``
``wording``      words for people at large: ``inclusive``
``check``        all of it, for one text: :func:`check`
===============  ========================================================================================

What somebody quotes, and what a writer marks, is the author's choice: it is told and never counted.
"""

from tongli.empathy.gender.check.check import check
from tongli.empathy.gender.check.finding import Finding

__all__ = ["Finding", "check"]
