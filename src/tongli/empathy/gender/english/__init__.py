"""English: pronouns with their verbs, titles, nouns; rewriting, neutral forms and slots to fill.

================  =======================================================================================
module            what it holds
================  =======================================================================================
``tokens``        words with their places, sentences
``tagger``        Penn Treebank tags, by an averaged perceptron that ships
``sentence``      tokens with tags
``verbs``         third person singular ↔ plural
``clause``        which verbs agree with a subject
``joined``        verbs that share a subject
``contraction``   's: is or has
``slot``          subject, object, determiner, possessive or reflexive
``pronouns``      pronouns of a text, and what another set puts there
``nouns``         titles, job nouns, kinship words
``declared``      what a person declared for English
``others``        who else a text speaks of
``named``         what stands beside a person's name
``rules``         :class:`English`, all of it together
``masked``        which slot an empty place is
``fill``          :func:`fill`
================  =======================================================================================
"""

from tongli.empathy.gender.english.fill import Filled, fill
from tongli.empathy.gender.english.rules import English

__all__ = ["English", "Filled", "fill"]
