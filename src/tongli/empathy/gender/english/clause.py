"""Which verbs agree with a subject pronoun: after it, before it in a question, joined by *and*.

References:
    Sun et al. (2021), "They, Them, Theirs: Rewriting with Gender-Neutral English", arXiv 2102.06788.
    Quirk et al. (1985), "A Comprehensive Grammar of the English Language", 10.34-10.50, 13.86.
"""

from __future__ import annotations

from dataclasses import dataclass

from tongli.empathy.gender.english.contraction import contracted
from tongli.empathy.gender.english.joined import AUXILIARY, ENDING, MODAL, between, inflected, joined
from tongli.empathy.gender.english.sentence import FINITE, NOUN, SUBJECTS, Sentence
from tongli.empathy.gender.english.verbs import is_third_person, pure_verbs, to_plural

_CLITIC = {"'s": False, "'re": True, "'ve": True}
_QUESTION = frozenset(("who", "what", "which", "where", "when", "why", "how", "whose", "whom"))
_OPENING = frozenset((",", ";", ":", "(", "—", "–", "-", '"', "“", "‘", "'", "...", "…", "”"))
_LEADING = frozenset(
    (
        "than",
        "as",
        "so",
        "nor",
        "neither",
        "if",
        "because",
        "that",
        "though",
        "well",
        "hey",
        "oh",
        "like",
        "wow",
    )
)
_ASIDES = {",": ",", "(": ")", "-": "-", "–": "–", "—": "—"}


@dataclass(frozen=True, slots=True)
class Agreement:
    """Verbs that agree with a subject.

    Attributes:
        verbs: places of verbs that differ between the numbers.
        clitic: place of a contracted verb, with the verb it stands for.
    """

    verbs: tuple[int, ...] = ()
    clitic: tuple[int, str] | None = None


def agreement(sentence: Sentence, at: int, *, plural: bool = False) -> Agreement:
    """Verbs of the subject pronoun at ``at``.

    Args:
        sentence: with tags.
        at: place of the pronoun.
        plural: whether they are in the plural now ("they are").
    """
    following = sentence.word(at + 1)
    if following in ("and", "&") and not _starts_clause(sentence, at + 2):
        return Agreement()
    if following in ("'d", "'ll"):
        return Agreement(joined(sentence, at + 1, subject=at, plural=plural))
    if _CLITIC.get(following) is plural:
        verb = _full(sentence, at + 1, plural=plural)
        return Agreement(joined(sentence, at + 1, subject=at, plural=plural), (at + 1, verb))
    relative = _relative(sentence, at, plural=plural)
    return Agreement(relative) if relative else _in_full(sentence, at, plural=plural)


def _in_full(sentence: Sentence, at: int, *, plural: bool) -> Agreement:
    """Verbs that are written out, or contracted with a question word before the subject."""
    after, before = _verb_after(sentence, at, plural=plural), _verb_before(sentence, at, plural=plural)
    if before is not None and not inflected(sentence, after, plural=plural):
        if sentence.word(before).startswith("'"):
            return Agreement((), (before, _full(sentence, before, plural=plural, skip=at)))
        return Agreement((before, *joined(sentence, at, subject=at, plural=plural)))
    if after is None:
        return Agreement()
    own = (after,) if inflected(sentence, after, plural=plural) else ()
    return Agreement((*own, *joined(sentence, after, subject=at, plural=plural)))


def _full(sentence: Sentence, at: int, *, plural: bool, skip: int | None = None) -> str:
    """The verb that a clitic stands for."""
    if plural:
        return "have" if sentence.word(at) == "'ve" else "are"
    return contracted(sentence, at, skip=skip)


def _starts_clause(sentence: Sentence, at: int) -> bool:
    """Whether a verb comes next, so that *and* joins no second subject."""
    return sentence.tag(at) in FINITE or sentence.word(at) in AUXILIARY


def _verb_after(sentence: Sentence, at: int, *, plural: bool) -> int | None:
    """The finite verb after a subject, adverbs and asides skipped."""
    place = at + 1
    while place < len(sentence) and place < at + 8:
        word, tag = sentence.word(place), sentence.tag(place)
        if word in AUXILIARY or word in MODAL or (tag in FINITE and word not in between()):
            return place
        if (
            not plural
            and is_third_person(word)
            and word not in between()
            and tag not in ("RB", "IN", "DT", "WDT", "WP", "JJ", "VBN", "VBG")
        ):
            return place
        end = _aside(sentence, place)
        if end is not None:
            place = end + 1
        elif word in between() or tag in ("RB", "RBR", "RBS"):
            place += 1
        else:
            return None
    return None


def _aside(sentence: Sentence, at: int) -> int | None:
    """The mark that closes an aside of a few words with no verb of its own ("she, however, …")."""
    closing = _ASIDES.get(sentence.word(at))
    if closing is None:
        return None
    for place in range(at + 1, min(at + 7, len(sentence))):
        if sentence.word(place) == closing:
            return place if place > at + 1 else None
        if sentence.tag(place) in FINITE or sentence.word(place) in SUBJECTS:
            return None
    return None


def _relative(sentence: Sentence, at: int, *, plural: bool) -> tuple[int, ...]:
    """Verbs of "she who laughs last laughs best" and "she, who is tall, …"."""
    start = at + 1 + (sentence.word(at + 1) == ",")
    if sentence.word(start) not in ("who", "that"):
        return ()
    if sentence.word(start) == "that" and sentence.tag(start + 1) not in FINITE:
        return ()
    first = _verb_after(sentence, start, plural=plural)
    if first is None:
        return ()
    found = [first] if inflected(sentence, first, plural=plural) else []
    introduced = sentence.word(at - 1) in ("is", "was", "'s") and sentence.word(at - 2) in (
        "it",
        "that",
        "this",
    )
    for place in range(first + 1, len(sentence)):
        if sentence.word(place) in ENDING or introduced or sentence.word(place) in SUBJECTS:
            break
        resumed = sentence.tag(place - 1).startswith("RB") or sentence.word(place - 1) == "last"
        verb = is_third_person(sentence.word(place)) and (
            resumed or to_plural(sentence.word(place)) in pure_verbs() or sentence.tag(first + 1) == "JJ"
        )
        if (
            sentence.tag(place) in ("VBZ", "MD", "VBD") and sentence.tag(place - 1) not in ("CC", *NOUN)
        ) or verb:
            found += [place] if inflected(sentence, place, plural=plural) else []
            found += joined(sentence, place, subject=at, plural=plural)
            break
    return tuple(found)


def _verb_before(sentence: Sentence, at: int, *, plural: bool) -> int | None:
    """The verb of a question, of "nor is she" and of "says she"."""
    place = at - 1 - (sentence.word(at - 1) in ("n't", "not"))
    word, lead = sentence.word(place), sentence.word(place - 1)
    if _CLITIC.get(word) is plural and lead in _QUESTION | {"here", "there"}:
        return place
    if word not in (("are", "were", "have", "do") if plural else ("is", "was", "has", "does")):
        return _told_by(sentence, place, plural=plural)
    return place if _inverted(sentence, place, at, plural=plural) else None


def _inverted(sentence: Sentence, verb: int, subject: int, *, plural: bool) -> bool:
    """Whether an auxiliary right before a pronoun is its verb, and not the end of another clause."""
    before = verb - 1
    while sentence.tag(before).startswith("RB") and sentence.word(before) != "n't":
        before -= 1
    lead, tag = sentence.word(before), sentence.tag(before)
    if (lead in SUBJECTS and lead not in ("who", "one")) or tag == "EX":
        return False
    opens = before < verb - 1 or before < 0 or lead in _OPENING | _QUESTION | _LEADING
    if opens or tag in ("CC", "WRB", "WP", "WDT", "UH"):
        return True
    after, word = _verb_after(sentence, subject, plural=plural), sentence.word(verb)
    asked = any(sentence.word(back) in _QUESTION for back in range(max(0, before - 4), before))
    if asked and (after is None or sentence.tag(after) != "VBD" or word == "was"):
        return True
    question = sentence.tokens[-1].text == "?" and tag in NOUN
    return after is None and (question or word in ("does", "do"))


def _told_by(sentence: Sentence, at: int, *, plural: bool) -> int | None:
    """The verb of "…," says she."""
    wanted = ("VBP", "VB") if plural else ("VBZ",)
    lead = sentence.word(at - 1)
    if sentence.tag(at) in wanted and (lead in ("here", "there") or (lead in _OPENING and lead != "(")):
        return at if _verb_after(sentence, at + 1, plural=plural) is None else None
    return None
