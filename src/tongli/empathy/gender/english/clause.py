"""Which verbs agree with a subject pronoun: the one after it, one before it in a question, those joined by *and*.

References:
    Sun et al. (2021), "They, Them, Theirs: Rewriting with Gender-Neutral English", arXiv 2102.06788.
    Quirk et al. (1985), "A Comprehensive Grammar of the English Language", 10.34-10.50, 13.86.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tongli.empathy.gender.forms import table
from tongli.empathy.gender.english.sentence import FINITE, NOUN, SUBJECTS, Sentence
from tongli.empathy.gender.english.verbs import is_third_person, pure_verbs, to_plural

_AUXILIARY = frozenset(("is", "was", "has", "does", "are", "were", "have", "do", "ai"))
_MODAL = frozenset("can could will would shall should may might must ca wo 'd 'll did had dare need".split())
_CLITIC = {"'s": False, "'re": True, "'ve": True}
_QUESTION = frozenset("who what which where when why how whose whom".split())
_JOINING = frozenset(("and", "or", "but", "yet", "nor", "then", "&"))
_OPENING = frozenset((",", ";", ":", "(", "—", "–", "-", '"', "“", "‘", "'", "...", "…", "”"))
_PRESENT = frozenset(("is", "has", "does", "'s", "are", "have", "do", "'re", "'ve"))
_ASIDES = {",": ",", "(": ")", "-": "-", "–": "–", "—": "—"}
_SUBORDINATE = frozenset(
    ("which", "whom", "that", "what", "who", "when", "while", "if", "because", "as", "where", "how")
)
_CLAUSAL = frozenset(("that", "whether", "how", "why"))
_ENDING = frozenset((".", "!", "?", ";", "…", "..."))


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
    word = sentence.word(at + 1)
    if word in ("and", "&") and not _starts_clause(sentence, at + 2):
        return Agreement()
    if _CLITIC.get(word) is plural:
        verb = ("have" if word == "'ve" else "are") if plural else contracted(sentence, at + 1)
        return Agreement(_joined(sentence, at + 1, subject=at, plural=plural), (at + 1, verb))
    if word in ("'d", "'ll"):
        return Agreement(_joined(sentence, at + 1, subject=at, plural=plural))
    verb_at = _verb_after(sentence, at, plural=plural)
    relative = _relative(sentence, at, plural=plural)
    if relative:
        return Agreement(relative)
    before = _verb_before(sentence, at, plural=plural)
    if before is not None and not _inflected(sentence, verb_at, plural=plural):
        word = sentence.word(before)
        if word.startswith("'"):
            verb = (
                contracted(sentence, before, skip=at) if not plural else ("have" if word == "'ve" else "are")
            )
            return Agreement((), (before, verb))
        return Agreement((before, *_joined(sentence, at, subject=at, plural=plural)))
    if verb_at is None:
        return Agreement()
    own = (verb_at,) if _inflected(sentence, verb_at, plural=plural) else ()
    return Agreement((*own, *_joined(sentence, verb_at, subject=at, plural=plural)))


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
    word, tag, after = sentence.word(place), sentence.tag(place), sentence.word(place + 1)
    if word in ("been", "got", "gotten", "had", "become", "begun"):
        return "has"
    if word in ("gone", "come") and (
        after in ("to", "through", "from", "into", "back", "out") or skip is not None
    ):
        return "has"
    if word == "done" and skip is not None:
        return "has"
    if tag not in ("VBN", "VBD") and word not in lists["has"]:
        return "is"
    if tag not in ("VBN", "VBD", "VB", "VBP") or word in lists["naming"]:
        return "is"
    if _object_ahead(sentence, place):
        return "has"
    if word in lists["has"] and (
        word not in lists["passive"]
        or (after == "to" and word in ("wanted", "loved", "liked", "hated", "needed", "started"))
    ):
        return "has"
    return "is"


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


def _starts_clause(sentence: Sentence, at: int) -> bool:
    """Whether a verb comes next, so that *and* joins no second subject."""
    return sentence.tag(at) in FINITE or sentence.word(at) in _AUXILIARY


@cache
def _between() -> frozenset[str]:
    return frozenset(table("en", "verbs")["agreement"]["between"])


def _verb_after(sentence: Sentence, at: int, *, plural: bool) -> int | None:
    """The finite verb after a subject, adverbs and asides skipped."""
    place = at + 1
    while place < len(sentence) and place < at + 8:
        word, tag = sentence.word(place), sentence.tag(place)
        if word in _AUXILIARY or word in _MODAL or (tag in FINITE and word not in _between()):
            return place
        if (
            not plural
            and is_third_person(word)
            and word not in _between()
            and tag not in ("RB", "IN", "DT", "WDT", "WP", "JJ", "VBN", "VBG")
        ):
            return place
        end = _aside(sentence, place)
        if end is not None:
            place = end + 1
        elif word in _between() or tag in ("RB", "RBR", "RBS"):
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


def _inflected(sentence: Sentence, at: int | None, *, plural: bool) -> bool:
    """Whether a verb shows the number that it would lose."""
    if at is None:
        return False
    word, tag = sentence.word(at), sentence.tag(at)
    if plural:
        return word in ("are", "were", "have", "do") or (
            tag in ("VBP", "VB", "NN") and word not in _MODAL and word != "am"
        )
    return word in ("is", "was", "has", "does") or (
        is_third_person(word) and tag in ("VBZ", "NNS", "NN", "NNP", "NNPS", "POS", "VBP", "VB", "UH", "FW")
    )


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
    found = [first] if _inflected(sentence, first, plural=plural) else []
    introduced = sentence.word(at - 1) in ("is", "was", "'s") and sentence.word(at - 2) in (
        "it",
        "that",
        "this",
    )
    for place in range(first + 1, len(sentence)):
        if sentence.word(place) in _ENDING or introduced or sentence.word(place) in SUBJECTS:
            break
        resumed = sentence.tag(place - 1).startswith("RB") or sentence.word(place - 1) == "last"
        verb = is_third_person(sentence.word(place)) and (
            resumed or to_plural(sentence.word(place)) in pure_verbs() or sentence.tag(first + 1) == "JJ"
        )
        if (
            sentence.tag(place) in ("VBZ", "MD", "VBD") and sentence.tag(place - 1) not in ("CC", *NOUN)
        ) or verb:
            found += [place] if _inflected(sentence, place, plural=plural) else []
            found += _joined(sentence, place, subject=at, plural=plural)
            break
    return tuple(found)


def _verb_before(sentence: Sentence, at: int, *, plural: bool) -> int | None:
    """The verb of a question, of "nor is she" and of "says she"."""
    place = at - 1
    if sentence.word(place) in ("n't", "not"):
        place -= 1
    word, lead = sentence.word(place), sentence.word(place - 1)
    if _CLITIC.get(word) is plural and lead in _QUESTION | {"here", "there"}:
        return place
    numbers = ("are", "were", "have", "do") if plural else ("is", "was", "has", "does")
    if word not in numbers:
        return _told_by(sentence, place, plural=plural)
    before = place - 1
    while sentence.tag(before).startswith("RB") and sentence.word(before) not in ("n't",):
        before -= 1
    lead, tag = sentence.word(before), sentence.tag(before)
    if lead in SUBJECTS - {"who", "one"} and lead not in _QUESTION or tag == "EX":
        return None
    if before < 0 or lead in _OPENING or lead in _QUESTION or tag in ("CC", "WRB", "WP", "WDT", "UH"):
        return place
    if before < place - 1 or lead in (
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
    ):
        return place
    question = any(sentence.word(back) in _QUESTION for back in range(max(0, before - 4), before))
    verb = _verb_after(sentence, at, plural=plural)
    if question and (verb is None or sentence.tag(verb) != "VBD" or word == "was"):
        return place
    asks = sentence.tokens[-1].text == "?" and (sentence.tag(before) in NOUN and (verb is None))
    return place if asks or (word in ("does", "do") and verb is None) else None


def _told_by(sentence: Sentence, at: int, *, plural: bool) -> int | None:
    """ "…," says she."""
    wanted = ("VBP", "VB") if plural else ("VBZ",)
    lead = sentence.word(at - 1)
    if sentence.tag(at) in wanted and (lead in ("here", "there") or (lead in _OPENING and lead != "(")):
        return at if _verb_after(sentence, at + 1, plural=plural) is None else None
    return None


@dataclass(slots=True)
class _Clause:
    """A clause on the way: whether its subject is ours, whether it is in the present, whether a comma closed it."""

    ours: bool
    present: bool
    comma: bool = False


def _joined(sentence: Sentence, start: int, *, subject: int, plural: bool) -> tuple[int, ...]:
    """Verbs after ``start`` that share the subject at ``subject`` with the verb at ``start``."""
    if "," in (sentence.word(start - 1), sentence.word(start - 2)) and sentence.word(start + 1) == ",":
        return ()  # "…, she says, …": an aside
    present = sentence.tag(start) == "VBZ" or sentence.word(start) in _PRESENT
    embedded = sentence.word(subject - 1) in _SUBORDINATE
    clauses = [_Clause(ours=True, present=present)]
    found: list[int] = []
    for place in range(start + 1, len(sentence)):
        word = sentence.word(place)
        if word in _ENDING:
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
        if owner.ours and _inflected(sentence, place, plural=plural):
            found.append(place)
    return tuple(found)


def _may_go_on(sentence: Sentence, at: int, *, plural: bool, series: bool) -> bool:
    """Whether a word is a finite verb, or one that the tagger took for a noun in "dances and sings"."""
    tag, word = sentence.tag(at), sentence.word(at)
    if word.startswith("'") and tag == "POS":
        return False
    if tag in FINITE or word in ("is", "was", "has", "does"):
        return True
    likely = tag in ("NNS", "NN", "VB") and _inflected(sentence, at, plural=plural)
    return likely and _after_joint(sentence, at) is not None and (series or _verb_like(sentence, at))


def _after_joint(sentence: Sentence, at: int) -> int | None:
    """The place of the conjunction, or of the comma of a series, right before a verb and its adverbs."""
    place = at - 1
    while sentence.tag(place).startswith("RB") or (
        sentence.word(place) in _between() and sentence.word(place) not in _JOINING
    ):
        place -= 1
    if sentence.word(place) in _JOINING:
        return place
    if sentence.word(place) == "," and place == at - 1:
        return place
    return None


def _verb_like(sentence: Sentence, at: int) -> bool:
    """Whether a word that may be a noun is a verb: its object follows, or a verb is what the *and* is next to."""
    if to_plural(sentence.word(at)) in pure_verbs():
        return True
    joint = _after_joint(sentence, at)
    before = joint - 1 if joint is not None else at
    while sentence.tag(before).startswith("RB"):
        before -= 1
    beside = sentence.tag(before) in ("VBZ", "VBP") and sentence.word(before) not in _AUXILIARY
    return beside or sentence.tag(at + 1) in ("DT", "PRP", "PRP$")


def _owner(sentence: Sentence, at: int, clauses: list[_Clause]) -> _Clause | None:
    """The clause that a verb right after a conjunction goes on with; ``None`` where it has a subject of its own."""
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
