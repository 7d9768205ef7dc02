"""Verbs that share a subject: "she gets up, makes coffee and leaves".

References:
    Quirk et al. (1985), "A Comprehensive Grammar of the English Language", 13.86: coordinated predicates.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tongli.empathy.gender.english.sentence import FINITE, Sentence
from tongli.empathy.gender.english.verbs import is_third_person, pure_verbs, to_plural
from tongli.empathy.gender.forms import table

AUXILIARY = frozenset(("is", "was", "has", "does", "are", "were", "have", "do", "ai"))
MODAL = frozenset(
    ("can", "could", "will", "would", "shall", "should", "may", "might", "must", "did", "had", "dare", "need")
) | {"ca", "wo", "'d", "'ll"}
ENDING = frozenset((".", "!", "?", ";", "…", "..."))
_JOINING = frozenset(("and", "or", "but", "yet", "nor", "then", "&"))
_PRESENT = frozenset(("is", "has", "does", "'s", "are", "have", "do", "'re", "'ve"))
_SUBORDINATE = frozenset(
    ("which", "whom", "that", "what", "who", "when", "while", "if", "because", "as", "where", "how")
)
_CLAUSAL = frozenset(("that", "whether", "how", "why"))


@dataclass(slots=True)
class _Clause:
    """A clause on the way: is its subject ours, is it in the present, did a comma close it?"""

    ours: bool
    present: bool
    comma: bool = False


def joined(sentence: Sentence, start: int, *, subject: int, plural: bool) -> tuple[int, ...]:
    """Verbs after ``start`` that share the subject at ``subject`` with the verb at ``start``."""
    if "," in (sentence.word(start - 1), sentence.word(start - 2)) and sentence.word(start + 1) == ",":
        return ()  # "…, she says, …": an aside
    present = sentence.tag(start) == "VBZ" or sentence.word(start) in _PRESENT
    embedded = sentence.word(subject - 1) in _SUBORDINATE
    clauses = [_Clause(ours=True, present=present)]
    found: list[int] = []
    for place in range(start + 1, len(sentence)):
        word = sentence.word(place)
        if word in ENDING:
            break
        if word == "," and embedded and sentence.word(place + 1) not in _JOINING:
            break
        if word == "," and sentence.word(place - 1) not in _JOINING:
            clauses[-1].comma = True
        if word in _CLAUSAL and sentence.tag(place) in ("IN", "WRB"):
            clauses.append(_Clause(ours=False, present=True))
        if not _may_go_on(sentence, place, plural=plural, series=bool(found)):
            continue
        owner = _owner(sentence, place, clauses)
        if owner is None:
            clauses.append(_Clause(ours=False, present=sentence.tag(place) in ("VBZ", "VBP")))
            continue
        del clauses[clauses.index(owner) + 1 :]
        owner.present = owner.present or sentence.tag(place) == "VBZ"
        if owner.ours and inflected(sentence, place, plural=plural):
            found.append(place)
    return tuple(found)


def _may_go_on(sentence: Sentence, at: int, *, plural: bool, series: bool) -> bool:
    """Whether a word is a finite verb, or one that the tagger took for a noun in "dances and sings"."""
    tag, word = sentence.tag(at), sentence.word(at)
    if word.startswith("'") and tag == "POS":
        return False
    if tag in FINITE or word in ("is", "was", "has", "does"):
        return True
    likely = tag in ("NNS", "NN", "VB") and inflected(sentence, at, plural=plural)
    return likely and _after_joint(sentence, at) is not None and (series or _verb_like(sentence, at))


def _after_joint(sentence: Sentence, at: int) -> int | None:
    """The place of the conjunction, or of the comma of a series, right before a verb and its adverbs."""
    place = at - 1
    while sentence.tag(place).startswith("RB") or (
        sentence.word(place) in between() and sentence.word(place) not in _JOINING
    ):
        place -= 1
    if sentence.word(place) in _JOINING:
        return place
    if sentence.word(place) == "," and place == at - 1:
        return place
    return None


def _verb_like(sentence: Sentence, at: int) -> bool:
    """Whether a word that may be a noun is a verb: an object follows, or *and* stands next to a verb."""
    if to_plural(sentence.word(at)) in pure_verbs():
        return True
    joint = _after_joint(sentence, at)
    if joint is not None and sentence.tag(at - 1).startswith("RB"):
        return True
    before = joint - 1 if joint is not None else at
    while sentence.tag(before).startswith("RB"):
        before -= 1
    beside = sentence.tag(before) in ("VBZ", "VBP") and sentence.word(before) not in AUXILIARY
    return beside or sentence.tag(at + 1) in ("DT", "PRP", "PRP$")


def _owner(sentence: Sentence, at: int, clauses: list[_Clause]) -> _Clause | None:
    """The clause that a verb after a conjunction goes on with; ``None`` where it has its own subject."""
    joint = _after_joint(sentence, at)
    if joint is None:
        return None
    present = sentence.tag(at) in ("VBZ", "NNS", "NN", "VBP") or sentence.word(at) in ("is", "has", "does")
    if sentence.word(joint) in _JOINING and sentence.word(joint - 1) == "," and len(clauses) > 1:
        fitting = [clause for clause in clauses if clause.present == present]
        return fitting[0] if fitting else clauses[0]
    if sentence.word(joint) == "," and len(clauses) > 1:
        return clauses[0] if clauses[-1].comma else clauses[-1]
    return next((clause for clause in reversed(clauses) if clause.present == present), clauses[-1])


def inflected(sentence: Sentence, at: int | None, *, plural: bool) -> bool:
    """Whether a verb shows the number that it would lose."""
    if at is None:
        return False
    word, tag = sentence.word(at), sentence.tag(at)
    if plural:
        return word in ("are", "were", "have", "do") or (
            tag in ("VBP", "VB", "NN") and word not in MODAL and word != "am"
        )
    return word in ("is", "was", "has", "does") or (
        is_third_person(word) and tag in ("VBZ", "NNS", "NN", "NNP", "NNPS", "POS", "VBP", "VB", "UH", "FW")
    )


@cache
def between() -> frozenset[str]:
    """Words that may stand between a subject and its verb."""
    return frozenset(table("en", "verbs")["agreement"]["between"])
