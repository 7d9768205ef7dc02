"""Participles and adjectives without a copula: what tells that one opens a clause, and whose it is not."""

from __future__ import annotations

import re

from tongli.empathy.gender.romance.lexicon import Form
from tongli.empathy.gender.romance.mention import Mention
from tongli.empathy.gender.romance.phrases import Sentence

TAKEN = Mention(what="thing", gender="c", number="s", start=0, end=0)
"""Holds words of a predicate until its subject is found."""
_CLOSED = frozenset([*")»”\"'’]"])


def opens_phrase(sentence: Sentence, at: int) -> bool:
    """Whether a word is read as an article."""
    return any(form.kind == "det" for form in sentence.reading(at))


def leads(sentence: Sentence, first: int) -> bool:
    """Whether a form opens its sentence and a verb follows its comma: ``Noto a tutti, conduce``."""
    if not sentence.lexicon.data["prodrop"] or first != sentence.sentence_start(first):
        return False
    comma = next((at for at in range(first, len(sentence.words)) if sentence.low(at) == ","), None)
    if comma is None or comma + 1 >= len(sentence.words) or sentence.sentence_start(comma) != first:
        return False
    after = comma + 1
    if sentence.is_in("copula_s", after) or sentence.is_in("have", after):
        return True
    light = ("prepositions", "clause", "conjunctions", "adverbs", "possessives", "numerals")
    return (
        not sentence.reading(after)
        and not sentence.capital(after)
        and not any(sentence.is_in(name, after) for name in light)
    )


def known_for(sentence: Sentence, at: int) -> bool:
    """``Noto per i suoi libri``, ``meglio nota come``: no note, whatever follows."""
    return sentence.low(at) in {"noto", "nota"} and sentence.low(at + 1) in {"per", "come"}


def made(sentence: Sentence, at: int) -> bool:
    """Whether a bare noun for a person stands here, as somebody is made one: ``e nominato [direttore]``."""
    nouns = {"noun", "fixed"}
    return any(form.kind in nouns and form.number == "s" for form in sentence.reading(at))


def since(sentence: Sentence, at: int) -> bool:
    """``fin da piccolo``, ``da vivo``: a state of the subject in some time of life."""
    return sentence.low(at - 1) == "da" and any(
        form.kind == "adj" and form.masculine in sentence.lexicon.sets["since"]
        for form in sentence.reading(at)
    )


def listed(sentence: Sentence, first: int) -> bool:
    """Whether a form is one of a list of words or follows a sum: ``colori: rosso, bianco``."""
    at = first - 1
    while sentence.low(at) == ",":
        if at and not sentence.words[at - 1].is_word and sentence.low(at - 1) not in _CLOSED:
            return True
        at -= 2
    return sentence.low(at) == ":"


def said_of_thing(sentence: Sentence, first: int, form: Form) -> bool:
    """Whether a thing that opens the sentence stands right before the comma: ``El viento, [cansado]``."""
    thing = sentence.taken.get(first - 2) if sentence.low(first - 1) == "," else None
    return (
        thing is not None
        and thing is not TAKEN
        and thing.what == "thing"
        and not thing.governed
        and thing.agrees(form)
        and thing.start == sentence.sentence_start(first)
    )


def bare_thing(sentence: Sentence, at: int, form: Form) -> bool:
    """Whether a noun without article, with its adjective, ends here: ``piso luminoso, [pintado]``."""
    adjective = sentence.pick(at, ("adj",), form.gender, form.number)
    unknown = at > 0 and sentence.words[at - 1].is_word and not sentence.reading(at - 1)
    light = ("prepositions", "clause", "conjunctions", "copula_s", "copula_p", "adverbs", "have")
    return (
        adjective is not None
        and at not in sentence.taken
        and not sentence.ends(at + 1)
        and unknown
        and not sentence.capital(at - 1)
        and not any(sentence.is_in(name, at - 1) for name in light)
        and re.match(sentence.lexicon.data["finite"], sentence.low(at - 1)) is None
    )


def only(sentence: Sentence, at: int) -> bool:
    """Whether a word for "alone" means "only" here: ``solo tra``, ``solo altri``, ``seul le``."""
    after = sentence.low(at + 1)
    word = after[:1].isalnum() and not sentence.is_in("prepositions", at + 1)
    joined = sentence.is_in("conjunctions", at + 1)
    adverb = sentence.low(at) == "solo" and word and not joined and sentence.low(at - 1) != "da"
    opens = opens_phrase(sentence, at + 1) and sentence.low(at - 1) != "da"  # "suonare da solo i dischi"
    return adverb or opens or sentence.is_in("numerals", at + 1)
