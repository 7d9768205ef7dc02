"""Which slot a form fills that has two: "her" is object or determiner, "his" determiner or possessive.

References:
    Levin (1993), "English Verb Classes and Alternations", 2.1: verbs with two objects.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import cache
from typing import Literal

from tongli.empathy.gender.english.sentence import FINITE, NOUN, Sentence
from tongli.empathy.gender.english.verbs import pure_verbs
from tongli.empathy.gender.forms import table

Slot = Literal["subject", "object", "determiner", "possessive", "reflexive"]
SLOTS: tuple[Slot, ...] = ("subject", "object", "determiner", "possessive", "reflexive")

_MODIFIERS = frozenset(("JJ", "VBG", "CD", "FW", "JJR", "JJS", "$", "NNP", "RBS"))
_OF_AN_OBJECT = frozenset(("VBG", "VBN", "JJ", "RBR", "CD", "JJR", "NNP"))
_AFTER_NOUN = frozenset(("", ".", ",", "CC", "IN", "TO", ":", "RB", "''"))


@cache
def _listed(name: str) -> AbstractSet[str]:
    return frozenset(table("en", "slots")[name])


def object_or_determiner(sentence: Sentence, at: int) -> Slot:
    """The slot of a form that is both, such as "her": a noun must follow for a determiner."""
    if sentence.word(at + 1) == "own":
        return "determiner"
    noun = sentence.noun_ahead(at)
    if noun is None:
        owned = _modifies_something(sentence, at) and not _acts_next(sentence, at)
        return "determiner" if owned else "object"
    if _acts_next(sentence, at) or _is_no_possession(sentence, at, noun):
        return "object"
    gift = _is_gift(sentence, at, noun) or (sentence.tag(at) == "PRP" and _needs_no_owner(sentence, at, noun))
    return "object" if gift and sentence.tag(at - 1) != "IN" else "determiner"


def _acts_next(sentence: Sentence, at: int) -> bool:
    """Whether somebody does what the next verb says: "let her go", "heard her singing in the shower"."""
    if sentence.word(at - 1) not in _listed("causing"):
        return False
    word = sentence.word(at + 1)
    acting = (
        word.endswith("ing")
        and sentence.tag(at + 2) in _AFTER_NOUN | {"DT"}
        and sentence.word(at + 2) != "of"
    )
    bare = word in _listed("bare") and sentence.tag(at + 2) in _AFTER_NOUN | {"DT"}
    return word in pure_verbs() or acting or bare


def _modifies_something(sentence: Sentence, at: int) -> bool:
    """Whether an adjective follows whose noun the tagger did not see, or that is one ("did her best")."""
    if sentence.word(at + 1) in ("best", "worst", "utmost") and sentence.word(at - 1) in _listed("trying"):
        return True
    owned = sentence.tag(at) == "PRP$" and sentence.tag(at + 1) in _MODIFIERS
    noun_like = sentence.tag(at - 1) == "IN" and sentence.word(at + 1) not in _listed("predicates")
    return owned and (noun_like or sentence.tag(at + 2) not in ("IN", "TO", "DT", ".", ",", ""))


def _is_no_possession(sentence: Sentence, at: int, noun: int) -> bool:
    """Times ("saw her last night") and pronouns ("told her something") are nobody's."""
    word = sentence.word(noun)
    when = word in _listed("days") or (
        word in _listed("times") and sentence.word(at + 1) in _listed("which_time")
    )
    if when and sentence.tag(at - 1) not in ("IN", "TO"):
        return True
    return word.startswith(("some", "any", "no", "every")) and word.endswith(("thing", "one", "body"))


def _is_gift(sentence: Sentence, at: int, noun: int) -> bool:
    """Whether a bare noun follows a verb that hands over or moves: "gave her money", "drove her home"."""
    if noun != at + 1 or sentence.tag(noun + 1) not in _AFTER_NOUN:
        return False
    verb, word = sentence.word(at - 1), sentence.word(noun)
    if verb in _listed("appointing") and word in _listed("offices"):
        return True
    if verb in _listed("leaving") and word.endswith(("less", "ful", "ous", "able", "ible")):
        return True
    handed = verb in _listed("transfer") and word in _listed("gifts")
    return handed or (verb in _listed("motion") and word in ("home", "downtown", "places"))


def _needs_no_owner(sentence: Sentence, at: int, noun: int) -> bool:
    """What the tagger takes for an object: two objects, or an adjective said of it ("found her asleep")."""
    following = sentence.tag(at + 1)
    quickly = following.startswith("RB") and sentence.word(at + 1).endswith("ly")
    if quickly and sentence.tag(at + 2) in ("VBN", "JJ"):
        return False
    if sentence.word(at - 1) in _listed("giving"):
        bare = noun == at + 1 and sentence.tag(noun) == "NN"  # a count noun needs an article or an owner
        return not bare or sentence.word(noun) in _listed("gifts")
    if following == "JJ" and noun == at + 2 and sentence.word(at - 1) not in _listed("leaving"):
        return False
    return following in _OF_AN_OBJECT or following not in NOUN


def determiner_or_possessive(sentence: Sentence, at: int) -> Slot:
    """The slot of a form that is both, such as "his": what stands for a noun has none after it."""
    following, after = sentence.tag(at + 1), sentence.tag(at + 2)
    if sentence.noun_ahead(at) is not None:
        return "determiner"
    if sentence.word(at + 1) in ("and", "or", "/") and after == "PRP$" and sentence.noun_ahead(at + 2):
        return "determiner"
    if following in ("VB", "JJR") and after in (".", ",", "IN"):
        return "possessive"
    return "determiner" if following in (_MODIFIERS | {"``", "VB"}) - {"NNP"} and after else "possessive"


def subject_or_object(sentence: Sentence, at: int) -> Slot:
    """The slot of a form that is both, such as "it"."""
    place = at + 1
    while sentence.tag(place).startswith("RB"):
        place += 1
    if sentence.tag(place) in FINITE or sentence.word(place).startswith("'"):
        return "subject"
    asked = sentence.word(at - 1) in table("en", "fill")["asking"] and sentence.tag(at + 1) not in (
        ".",
        ",",
        "",
    )
    return "subject" if asked else "object"
