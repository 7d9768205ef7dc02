"""c_gender: forms that people have declared, in what is answered, checked and rewritten.

=================  ==================================================================================
module             what it holds
=================  ==================================================================================
``perspective``    c_gender of an answer: the forms its reader has declared
``romance``        rules of Spanish, French, Italian and Portuguese
``rules``          what every language offers, and where each language's rules are found
=================  ==================================================================================

Nobody's gender is inferred: not from a name, a text, a job or a title. What is undeclared is unknown.
"""

from tongli.empathy.gender.perspective import GenderPerspective

__all__ = ["GenderPerspective"]
