"""Pronouns that stand for people, and those that stand for nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tongli.empathy.gender.romance.lexicon import Form, Lexicon
from tongli.empathy.gender.romance.mention import SAME, Mention, link
from tongli.empathy.gender.romance.phrases import Sentence

_JUDGEMENT = re.compile(r"(?:ible|able|ant|ent|tile|aire|ile|rare|dit|clair|vrai)$")

_FREE = frozenset(["aussi", "seul", "et", "qui", "non"])
_THERE = frozenset({("y", "a"), ("y", "avait"), ("y", "eut"), ("y", "aura")})


def pronouns(sentence: Sentence) -> Iterator[Mention]:
    """Mentions by a pronoun, in order."""
    for at in range(len(sentence.words)):
        if sentence.is_in("neuter", at) and at not in sentence.taken:
            thing = Mention(what="thing", gender="m", number="s", start=at, end=at + 1)
            thing.governed = sentence.is_in("prepositions", at - 1)
            sentence.taken[at] = thing
            yield thing
    for at in sentence.unread(("pron",)):
        form = _pronoun(sentence, at)
        if form is not None and _impersonal(sentence, at):
            sentence.taken[at] = Mention(what="thing", gender="c", number="s", start=at, end=at + 1)
            continue
        somebody = sentence.is_in("somebody", at) and not sentence.is_in("prepositions", at + 1)
        if form is None or (_partitive(sentence, at) and not somebody):
            continue
        mention = Mention(
            what="noun" if somebody else "pronoun",
            gender=form.gender,
            number=form.number,
            start=at,
            end=at + 1,
            parts={at: form},
        )
        mention.governed = sentence.is_in("prepositions", at - 1)
        same = sentence.pick(at + 1, ("adj",), form.gender, form.number)
        if same is not None and sentence.low(at + 1).startswith(SAME):
            mention.parts[at + 1] = same
            mention.end = at + 2
            sentence.taken[at + 1] = mention
        if sentence.is_in("first_p", at):
            mention.speaker = "first"
        sentence.taken[at] = mention
        _the_first(sentence, at, mention)
        counted = next((sentence.taken[k] for k in range(at + 1, at + 4) if k in sentence.taken), None)
        if sentence.is_in("counts", at) and counted is not None and counted.gender == mention.gender:
            link(mention, counted)
        yield mention


def _the_first(sentence: Sentence, at: int, mention: Mention) -> None:
    """``fu lui il primo a``, ``c'est elle la seule qui``: what follows says who the pronoun is."""
    phrase = sentence.taken.get(at + 1)
    if not sentence.is_in("copula_s", at - 1) or phrase is None or phrase.what != "thing":
        return
    article = sentence.pick(at + 1, ("det",), mention.gender, "s")
    adjective = sentence.pick(at + 2, ("adj",), mention.gender, "s")
    if article is not None and adjective is not None and (phrase.start, phrase.end) == (at + 1, at + 3):
        phrase.what, phrase.gender = "noun", mention.gender
        phrase.parts |= {at + 1: article, at + 2: adjective}
        link(mention, phrase)


def _impersonal(sentence: Sentence, at: int) -> bool:
    """``il faut``, ``il y a``, ``il est important de`` are about nobody."""
    if sentence.lexicon.lang != "fr" or sentence.low(at) != "il":
        return False
    if sentence.low(at - 1) == "-":
        return any(sentence.low(place) in {"y", "en", "faut", "vaut"} for place in range(at - 5, at - 1))
    after = [sentence.low(place) for place in range(at + 1, at + 6)]
    rest = [word for word in after if word not in {"ne", "n'", "lui", "leur", "nous", "me", "te", "se"}]
    first, second, third = (*rest, "", "", "")[:3]
    if (first, second) in _THERE and {form.kind for form in sentence.lexicon.read(third)} == {"adj"}:
        return False
    judged = first in {"est", "était", "serait", "sera", "fut"} and not {"de", "d'", "que", "qu'"}.isdisjoint(
        rest[2:4]
    )
    return (
        sentence.lexicon.is_in("impersonal", first)
        or (first in {"fait", "faisait", "fera"} and not sentence.lexicon.sets["weather"].isdisjoint(rest))
        or (first == "a" and second in {"plu", "fallu", "neigé"})
        or (first == "s'" and second in {"agit", "agissait", "agira"})
        or (judged and any(map(_judges, rest[1:3], (sentence.lexicon,) * 2)))
    )


def _judges(word: str, lexicon: Lexicon) -> bool:
    """``il est important de``; an adverb judges nothing (``il était également mécène``)."""
    return _JUDGEMENT.search(word) is not None and not lexicon.is_in("adverbs", word)


def _pronoun(sentence: Sentence, at: int) -> Form | None:
    """Which pronoun a word is here; none for the French dative ``lui`` and for what may stand for a thing."""
    forms = [form for form in sentence.readings[at] if form.kind == "pron"]
    low, before, after = sentence.low(at), sentence.low(at - 1), sentence.low(at + 1)
    if low in {"celui", "celle", "ceux", "celles", "quello", "quella", "quelli", "quelle"}:
        return forms[0] if after in {"qui", "che"} and not sentence.is_in("prepositions", at - 1) else None
    if sentence.lexicon.lang != "fr" or low not in {"lui", "elle", "elles"}:
        return forms[0]
    stressed = before in {"que", "qu'", "et", "c'est"} and not after.isalnum()
    stressed = stressed or (sentence.is_in("copula_s", at - 1) and sentence.low(at - 2) in {"c'", "ce"})
    strong = sentence.is_in("prepositions", at - 1) or stressed
    if low == "lui":
        free = strong or not after.isalnum() or after in _FREE or before == "est"
        return forms[0] if free else None
    return (
        next((form for form in forms if form.masculine in {"lui", "eux"}), forms[0]) if strong else forms[0]
    )


def _partitive(sentence: Sentence, at: int) -> bool:
    """``uno de los problemas`` counts things, ``uno de los médicos`` people."""
    if not sentence.is_in("counts", at):
        return False
    after = next((sentence.taken[k] for k in range(at + 1, at + 4) if k in sentence.taken), None)
    return after is None or not after.is_person
