"""Whether 's stands for *is* or for *has*."""

from __future__ import annotations

from tongli.empathy.gender.english.sentence import Sentence
from tongli.empathy.gender.forms import table


def contracted(sentence: Sentence, at: int, *, skip: int | None = None) -> str:
    """Whether 's stands for ``is`` or ``has``, by what follows.

    Args:
        sentence: with tags.
        at: place of the 's.
        skip: place of a subject that stands between ("where's she gone").
    """
    lists = table("en", "verbs")["contraction"]
    place = at + 1 if skip is None else skip + 1
    while sentence.tag(place) in ("RB", "RBR", "RBS") and sentence.word(place) not in lists["has"]:
        place += 1
    return "has" if _is_perfect(sentence, place, inverted=skip is not None) else "is"


def _is_perfect(sentence: Sentence, at: int, *, inverted: bool) -> bool:
    """Whether a participle stands there that goes with *have*."""
    lists = table("en", "verbs")["contraction"]
    word, tag, after = sentence.word(at), sentence.tag(at), sentence.word(at + 1)
    if word in lists["always"] or (word == "done" and inverted):
        return True
    if word in ("gone", "come") and (inverted or after in lists["directions"]):
        return True
    if word in lists["naming"] or not (
        tag in ("VBN", "VBD") or (word in lists["has"] and tag in ("VB", "VBP"))
    ):
        return False
    wishing = after == "to" and word in lists["wishing"]
    return _object_ahead(sentence, at) or (word in lists["has"] and (wishing or word not in lists["passive"]))


def _object_ahead(sentence: Sentence, at: int) -> bool:
    """Whether a noun phrase or a clause follows, which a passive does not take."""
    word, tag = sentence.word(at + 1), sentence.tag(at + 1)
    if word in ("i", "he", "she", "we", "they"):
        return False
    if tag in ("DT", "PRP", "PRP$", "WP", "NNP", "PDT", "$") or word in (
        "that",
        "what",
        "how",
        "why",
        "mask",
    ):
        return True
    if tag in ("NN", "NNS", "JJ", "CD"):
        return (
            word not in ("yesterday", "today", "tonight", "tomorrow") and sentence.noun_ahead(at) is not None
        )
    return False
