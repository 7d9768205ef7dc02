"""Gendered forms of Spanish, French, Italian and Portuguese.

=============  ====================================================================================
module         what it holds
=============  ====================================================================================
``words``      words with their places
``lexicon``    closed lists and suffix rules, from ``knowledge/gender``
``mention``    what belongs together
``phrases``    noun phrases of people and of things
``links``      predicates, pronouns and clitics, each given to its owner
``openings``   participles without a copula
``of_things``  French pronouns that may mean a thing
``people``     which mentions belong to one person, and which say no gender
``resolve``    what a person declared, and which mentions are theirs
``strays``     forms that no copula gives to anybody
``styles``     neutral forms in the writer's typographic style
``render``     forms written back: elision, contraction, capitals
``titles``     titles before a name
``rules``      rewrite, neutral, alternatives, check
=============  ====================================================================================
"""

from tongli.empathy.gender.romance.rules import French, Italian, Portuguese, Spanish

__all__ = ["French", "Italian", "Portuguese", "Spanish"]
