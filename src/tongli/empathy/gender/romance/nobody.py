"""Forms that a thing explains, in a text where nobody is mentioned."""

from __future__ import annotations

from collections.abc import Sequence

from tongli.empathy.gender.romance.mention import Mention
from tongli.empathy.gender.romance.phrases import Sentence

_BARE = frozenset({"unsaid", "pronoun", "clitic"})
_PEOPLE = frozenset({"noun", "kin", "name", "fixed"})
_PEOPLES_PRONOUNS = frozenset({"es", "it"})
"""Languages whose stressed pronouns hardly ever stand for a thing."""
_BACK = 2
"""Sentences, counting parts between semicolons, that a form looks back over for its thing."""


def without_things(sentence: Sentence, found: Sequence[Mention]) -> list[Mention]:
    """Mentions without pronouns, clitics and unsaid subjects that agree with a thing before them.

    ``La oferta es válida hoy; mañana queda anulada.`` Only where neither a word for people, nor a name, nor
    an owner, nor the writer or reader is in the text, and up to the first form that no thing explains: else
    any form may be theirs.
    """
    things = [mention for mention in found if mention.what == "thing" and not mention.governed]
    if not things or any(map(_somebody, found)) or _hints(sentence):
        return list(found)
    kept: list[Mention] = []
    for at, mention in enumerate(found):
        if mention.what in _BARE and mention.parts and not _explained(sentence, mention, things):
            return [*kept, *found[at:]]
        if mention.what not in _BARE:
            kept.append(mention)
    return kept


def _somebody(mention: Mention) -> bool:
    return mention.what in _PEOPLE or (mention.is_person and mention.speaker != "third")


def _hints(sentence: Sentence) -> bool:
    """Whether a name or somebody's possessive is in the text."""
    return any(
        sentence.capital(at) or (sentence.is_in("owners", at) and not sentence.is_in("copula_s", at - 1))
        for at, word in enumerate(sentence.words)
    )


def _explained(sentence: Sentence, mention: Mention, things: Sequence[Mention]) -> bool:
    """Whether a form without a noun agrees with a thing near before it, in another clause."""
    if _personal(sentence, mention):
        return False
    if mention.what == "pronoun" and sentence.lexicon.lang in _PEOPLES_PRONOUNS:
        return False
    start = mention.start
    for _ in range(_BACK):
        start = sentence.sentence_start(max(0, start - 1))
    form = next(iter(mention.parts.values()))
    near = [
        thing
        for thing in things
        if start <= thing.start
        and thing.end <= mention.start
        and not _apart(sentence, thing.end, mention.start)
    ]
    return any(
        thing.agrees(form) and (mention.what == "unsaid" or _cut(sentence, thing.end, mention.start))
        for thing in near
        if mention.what == "clitic" or _opens(sentence, thing)
    )


def _opens(sentence: Sentence, thing: Mention) -> bool:
    """Whether a thing opens its sentence, as subjects do, or a clause of it."""
    at = thing.start - 1
    start = sentence.sentence_start(thing.start)
    return at < start or any(sentence.is_in(name, at) for name in ("clause", "conjunctions"))


def _apart(sentence: Sentence, start: int, end: int) -> bool:
    """Whether an empty line stands between two places."""
    words = sentence.words
    last = words[end].start if end < len(words) else len(sentence.text)
    return "\n\n" in sentence.text[words[start - 1].end : last]


def _cut(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a mark or a conjunction stands between two places."""
    return any(
        not sentence.words[at].is_word or sentence.is_in("conjunctions", at) or sentence.is_in("clause", at)
        for at in range(start, end)
    )


def _personal(sentence: Sentence, mention: Mention) -> bool:
    """Whether something is said of it that is said of people only (arrested, born)."""
    known = sentence.lexicon.sets["personal"]
    return any(form.masculine in known for form in mention.parts.values())
