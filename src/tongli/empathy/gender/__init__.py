"""c_gender: forms that people have declared, in what is answered, checked and rewritten.

=================  ==================================================================================
module             what it holds
=================  ==================================================================================
``binding``        who a gendered form is about, by declared names only
``by_forms``       rules from a list of gendered forms: German, Russian and all that follow here
``check``          forms that differ from declarations, assumptions, wording that leaves people out
``declared``       what a person wants forms to become
``forms``          one gendered form, and what all languages do with it
``words``          words of a text with their places
``rows``           rules from short lists: ``east_asian``, ``swedish``, ``genderless``
``arabic`` …       ``german``, ``hindi``, ``polish``, ``russian``: rules of one language each
``perspective``    c_gender of an answer: the forms its reader has declared
``reference``      whom a pronoun points to, blind to names and genders
``romance``        rules of Spanish, French, Italian and Portuguese
``rules``          what every language offers, and where each language's rules are found
=================  ==================================================================================

Nobody's gender is inferred: not from a name, a text, a job or a title. What is undeclared is unknown.
"""

from tongli.empathy.gender.perspective import GenderPerspective

__all__ = ["GenderPerspective"]
