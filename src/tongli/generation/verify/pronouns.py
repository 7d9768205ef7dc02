"""English third-person pronouns for the reader, where a draft speaks *about* the reader by name.

A reply rarely does ("Ana asked us to write to her"); when it does, the pronouns must be among the declared
sets. Only *he* and *she* forms are judged: *they* and *it* too often mean somebody or something else.
"""

from __future__ import annotations

import re

from tongli.core import Span
from tongli.core.phrases import Phrases
from tongli.generation.verify.subject import Subject

_GENDERED = Phrases(["he", "him", "his", "himself", "she", "her", "hers", "herself"])
_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")
_VOCATIVE_BEFORE = re.compile(
    r"(?:^|[,.!?\n])\s*(?:hi|hello|hey|dear|thanks|thank you|sorry)?\s*$", re.IGNORECASE
)
_VOCATIVE_AFTER = re.compile(r"\s*(?:[,.!?:;\n—–]|$)")


def wrong_pronouns(subject: Subject) -> list[Span] | None:
    """Pronouns outside the reader's declared sets; ``None`` undeclared, nameless or not in English."""
    sets, names = subject.plan.pronouns, _names(subject)
    if subject.lang != "en" or sets is None or not names:
        return None
    allowed = {form.lower() for declared in sets for form in declared.forms()}
    others = [person.name for person in subject.reading.message.mentioned if person.name]
    wrong: list[Span] = []
    about = False
    for sentence in _SENTENCE.finditer(subject.text):
        if Phrases.literal(others).find(sentence[0]):
            about = False
            continue
        named = _spoken_of(sentence[0], names)
        if named or about:
            wrong += [
                (sentence.start() + start, sentence.start() + end)
                for start, end in _GENDERED.find(sentence[0])
                if sentence[0][start:end].lower() not in allowed
            ]
        about = named
    return wrong


def _names(subject: Subject) -> list[str]:
    return [name for name in (subject.to.name, subject.to.given) if name]


def _spoken_of(sentence: str, names: list[str]) -> bool:
    """Whether a name stands in the sentence other than as an address ("Hi Ana,")."""
    return any(
        not (_VOCATIVE_BEFORE.search(sentence[:start]) and _VOCATIVE_AFTER.match(sentence[end:]))
        and not (sentence[:start].rstrip().endswith(",") and _VOCATIVE_AFTER.match(sentence[end:]))
        for start, end in Phrases.literal(names).find(sentence)
    )
