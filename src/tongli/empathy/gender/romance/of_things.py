"""French *il* and *elle* of a thing before: "Camille s'assit près de la fenêtre. Elle donnait sur la cour".

The other Romance languages leave such a subject out. What is said tells the thing from the person: a state
that is not said of people only, or a verb of things. Anything else is the person's, as it mostly is where
somebody has just been named.
"""

from __future__ import annotations

from collections.abc import Sequence

from tongli.empathy.gender.romance.mention import Mention
from tongli.empathy.gender.romance.phrases import Sentence

_LIGHT = frozenset(["ne", "n'", "se", "s'", "y", "en", "lui", "leur", "me", "m'", "nous", "vous"])


def of_things(sentence: Sentence, found: Sequence[Mention]) -> list[Mention]:
    """Pronouns that may mean a thing, each with all that agrees with it."""
    if sentence.lexicon.lang != "fr":
        return []
    return [
        mention
        for mention in found
        if mention.what == "pronoun" and not mention.governed and _fits(sentence, found, mention)
    ]


def _fits(sentence: Sentence, found: Sequence[Mention], pronoun: Mention) -> bool:
    said = _said(sentence, pronoun)
    if not said:
        return False
    start = sentence.sentence_start(max(0, sentence.sentence_start(pronoun.start) - 1))
    return any(
        mention.what == "thing"
        and start <= mention.start
        and mention.end <= pronoun.start
        and (mention.gender, mention.number) == (pronoun.gender, pronoun.number)
        and not any(sentence.is_in("times", at) for at in range(mention.start, mention.end))
        for mention in found
    )


def _said(sentence: Sentence, pronoun: Mention) -> bool:
    """Whether what follows a pronoun may be said of a thing."""
    at = pronoun.end
    while sentence.low(at) in _LIGHT:
        at += 1
    if sentence.is_in("have", at) and sentence.low(at + 1) == "été":
        at += 1
    if sentence.is_in("copula_s", at):
        told = [place for place in pronoun.parts if place >= pronoun.end]
        person = pronoun.same or any(sentence.personal(place) for place in told)
        plain = sentence.is_in("things_are", at + 1)
        return (bool(told) or plain) and not person
    while sentence.is_in("have", at) or sentence.is_in("adverbs", at):
        at += 1
    names = ["things_do"]
    names += ["things_themselves"] if sentence.low(pronoun.end) in {"s'", "se"} else []
    names += ["things_upon"] if sentence.low(at + 1) == "sur" else []
    return any(sentence.low(at).startswith(stem) for name in names for stem in sentence.lexicon.sets[name])
