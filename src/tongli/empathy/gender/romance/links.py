"""Who a predicate, a participle, a pronoun or a clitic belongs to.

Resolution is by agreement and closeness inside the sentence; a form whose owner is a thing, or unclear, is
left out.
"""

from __future__ import annotations

from tongli.empathy.gender.romance.clitics import clitics
from tongli.empathy.gender.romance.mention import Mention
from tongli.empathy.gender.romance.nobody import without_things
from tongli.empathy.gender.romance.phrases import Sentence
from tongli.empathy.gender.romance.predicates import Predicates
from tongli.empathy.gender.romance.pronouns import pronouns


def mentions(sentence: Sentence) -> list[Mention]:
    """All mentions of people and things, with every form that agrees with them."""
    found = list(sentence.phrases)
    found += pronouns(sentence)
    found.sort(key=lambda mention: mention.start)
    Predicates(sentence, found).read()
    found += list(clitics(sentence, found))
    found.sort(key=lambda mention: mention.start)
    return without_things(sentence, found)
