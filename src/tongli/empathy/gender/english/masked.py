"""Which form belongs into an empty place: subject, object, determiner, possessive or reflexive.

The place is tried with a subject ("he") and with an owner ("their"): what the tagger then makes of the words
around it, and who the clause is about, decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from tongli.empathy.gender.english.sentence import FINITE, NOUN, Sentence, sentence
from tongli.empathy.gender.english.slot import Slot, object_or_determiner
from tongli.empathy.gender.english.tokens import Token
from tongli.empathy.gender.english.verbs import pure_verbs, to_plural
from tongli.empathy.gender.forms import table

MASK = "[MASK]"


@dataclass(frozen=True, slots=True)
class Place:
    """An empty place in a sentence, tried with a subject, an owner and an object."""

    at: int
    tried: Sentence
    owned: Sentence
    told: Sentence
    own: AbstractSet[str]
    """Lower-case words that mean the person: names and subject forms."""
    contrast: bool
    """Whether "mine", "yours" or "ours" was said before."""

    def lists(self, name: str) -> AbstractSet[str]:
        """A word list of the table."""
        return frozenset(table("en", "fill")[name])


def slot_of(run: Sequence[Token], at: int, *, own: AbstractSet[str], before: str) -> Slot:
    """The slot of the place at ``at``.

    Args:
        run: a sentence whose token ``at`` is ``[MASK]``.
        at: place of the token.
        own: lower-case words that mean the person.
        before: the text up to the sentence, in lower case.
    """
    tried, owned, told = (
        sentence([*run[:at], run[at]._replace(text=word, word=word), *run[at + 1 :]])
        for word in ("he", "their", "her")
    )
    said = f"{before} {' '.join(token.word for token in run[:at])}".split()
    owned_first = tried.tag(0) == "PRP$" and tried.word(1) not in table("en", "fill")["relatives"]
    contrast = any(word in ("mine", "yours", "ours", "whose") for word in said) or (
        owned_first and tried.word(at - 1) in ("and", "but", "while", ",")
    )
    return _slot(Place(at, tried, owned, told, own, contrast))


def _slot(place: Place) -> Slot:
    if _beside_name(place):
        return "reflexive"
    if place.owned.word(place.at + 1) == "own":
        return "determiner"
    if _is_possessive(place):
        return "possessive"
    if _is_subject(place):
        return (
            "possessive"
            if place.contrast and _followed_by_be(place) and not _has_own_subject(place)
            else "subject"
        )
    beside = place.owned.noun_ahead(place.at) == place.at + 1 and place.tried.tag(place.at - 1) == "IN"
    if beside or object_or_determiner(place.told, place.at) == "determiner":
        return "determiner"
    return "reflexive" if _is_reflexive(place) else "object"


def _beside_name(place: Place) -> bool:
    """Whether a name that is no object stands right before: "Kim [MASK] said so"."""
    tried, at = place.tried, place.at
    if tried.word(at - 1) not in place.own or tried.tag(at - 1) in ("PRP", "IN", "VB"):
        return False
    start = at - 1
    while tried.word(start - 1) in place.own:
        start -= 1
    return (
        tried.tag(start - 1) not in FINITE | {"IN", "TO", "VBN", "VBG", "VB", "POS"}
        and _next_finite(place) is not None
    )


def _next_finite(place: Place) -> int | None:
    """The finite verb right after the place, adverbs skipped."""
    tried, at = place.tried, place.at + 1
    between = frozenset(table("en", "verbs")["agreement"]["between"])
    while at < len(tried) and (tried.tag(at).startswith("RB") or tried.word(at) in between):
        at += 1
    return at if tried.tag(at) in FINITE or tried.word(at) in place.lists("finite") else None


def _is_subject(place: Place) -> bool:
    tried, at = place.tried, place.at
    verb = _next_finite(place)
    if verb is not None:
        return tried.word(verb) in place.lists("finite") or not _noun_instead(place, verb)
    back = at - 1 - (tried.word(at - 1) in ("n't", "not"))
    if tried.word(back) not in place.lists("asking"):
        return False
    lead = tried.word(back - 1)
    opens = back == 0 or lead in place.lists("opening") or tried.tag(back - 1) in ("WRB", "WP", "WDT", "CC")
    if not opens and not any(
        tried.word(each) in place.lists("questions") for each in range(max(0, back - 4), back)
    ):
        return False
    noun = place.owned.noun_ahead(at)
    return noun is None or _verb_there(place)


def _verb_there(place: Place) -> bool:
    """Whether the word after the place is a bare verb ("did [MASK] book a table")."""
    word, tag = place.tried.word(place.at + 1), place.tried.tag(place.at + 1)
    following = place.tried.tag(place.at + 2)
    if word in pure_verbs() or tag in ("VBG", "VBN", "RB"):
        return True
    return tag in ("VB", "VBP") and following not in FINITE | {"VB", "NN"}


def _noun_instead(place: Place, verb: int) -> bool:
    """Whether what looks like a verb is the noun that the place owns ("[MASK] plans changed")."""
    owned, tried = place.owned, place.tried
    noun, word = owned.noun_ahead(place.at), owned.word(verb)
    if noun is None or word in pure_verbs() or to_plural(word) in pure_verbs():
        return False
    goes_on = owned.tag(noun + 1) in FINITE or owned.word(noun + 1) in place.lists("finite")
    if noun != verb or goes_on:
        return goes_on or _after_verb(place)
    preposition = tried.tag(place.at - 1) in ("IN", "TO") and tried.word(place.at - 1) not in place.lists(
        "opening"
    )
    if owned.tag(noun + 1) in ("DT", "PRP", "PRP$", "WRB", "CD"):
        return preposition
    if owned.tag(noun + 1) in ("IN", "RB", "TO"):
        return preposition or _after_verb(place)
    return preposition or _after_verb(place) or owned.tag(verb) == tried.tag(verb)


def _after_verb(place: Place) -> bool:
    """Whether a verb or a preposition stands right before, so that no clause begins here."""
    tried, at = place.tried, place.at
    word, tag = tried.word(at - 1), tried.tag(at - 1)
    if word in place.lists("reporting") or word in place.lists("opening"):
        return False
    return tag.startswith("VB") or tag in ("IN", "TO", "RP")


def _followed_by_be(place: Place) -> bool:
    verb = _next_finite(place)
    return verb is not None and place.tried.word(verb) in place.lists("be")


def _has_own_subject(place: Place) -> bool:
    """Whether a name of the person starts the sentence, so that the place goes on about them."""
    return any(place.tried.word(at) in place.own for at in range(place.at))


def _is_possessive(place: Place) -> bool:
    """Whether the place stands for a thing that the person has ("the book is [MASK]")."""
    tried, at = place.tried, place.at
    if place.owned.noun_ahead(at) is not None or tried.word(at + 1) == "own":
        return False
    back = at - 1
    while tried.word(back) in place.lists("stressing"):
        back -= 1
    if tried.word(back) == "of" and back == at - 1:
        return _one_of(place, back)
    if _next_finite(place) is not None and tried.word(at - 1) not in ("and", "or", "than", "as"):
        return False
    return _is_said(place, back) or _compares_things(place, back) or _is_lent(place, back)


def _is_said(place: Place, back: int) -> bool:
    """Whether it is what something is said to be: "the seat was [MASK]", "is this coat [MASK]?"."""
    tried, after = place.tried, place.at + 1
    asking = tried.word(0) in place.lists("asking")
    if asking and tried.word(0) in place.lists("be") and tried.word(after) == "?" and tried.tag(back) in NOUN:
        return True
    verb = back - (tried.word(back) in ("n't", "not"))
    free = tried.tag(after) in ("", ".", ",", ":", "CC", "TO", "''") and tried.word(after) != "?"
    return tried.word(verb) in place.lists("be") and free and back > 0 and not asking


def _is_lent(place: Place, back: int) -> bool:
    """Whether it is what somebody gets: "Robin lent me [MASK]", "I borrowed [MASK]"."""
    tried = place.tried
    if tried.word(back) in place.lists("borrowing"):
        return True
    giving = tried.word(back - 1) in table("en", "slots")["giving"] or tried.word(back - 1) in place.lists(
        "lending"
    )
    return giving and tried.word(back) in ("me", "us", "you", "him", "her", "them")


def _one_of(place: Place, of: int) -> bool:
    """Whether it is "a friend of [MASK]", and not "a picture of [MASK]"."""
    told = place.tried
    noun = of - 1
    if told.tag(noun) not in NOUN or told.word(noun) in place.lists("pictures"):
        return False
    return any(told.word(at) in place.lists("indefinite") for at in range(max(0, noun - 4), noun))


def _compares_things(place: Place, back: int) -> bool:
    """Whether what is compared is owned: "my car is faster than [MASK]", "is it yours or [MASK]?"."""
    tried = place.tried
    word = tried.word(back)
    joined = tried.word(place.at + 1) in ("and", "or") and tried.word(place.at + 2) in (
        "mine",
        "yours",
        "ours",
    )
    if joined or word in ("mine", "yours", "ours"):
        return True
    if word in ("and", "or"):
        return tried.word(back - 1) in ("mine", "yours", "ours")
    if word not in ("than", "as", "like", "with", "to", "from"):
        return False
    if _next_finite(place) is not None and tried.word(place.at + 1) not in place.lists("be"):
        return False
    if any(tried.word(at) in ("mine", "yours", "ours") for at in range(back)):
        return True
    owner_first = tried.tag(0) == "PRP$" and tried.word(1) not in place.lists("relatives")
    return word in ("than", "as", "like") and owner_first


def _is_reflexive(place: Place) -> bool:
    """Whether the person of the place does what the clause tells."""
    told, at = place.tried, place.at
    verb = _governor(place)
    if any(told.word(each) == "please" for each in range(at)):
        return False
    if verb is None or not _acts(place, verb):
        return False
    before, tag = told.word(at - 1), told.tag(at - 1)
    if (
        tag in NOUN
        or before in ("it", "this", "that", "everything", "them", "all")
        or (tag == "RB" and told.tag(at - 2) in NOUN)
    ):
        return before not in ("and", "or")
    if tag in ("IN", "TO", "RP"):
        return before in place.lists("inward") or told.word(at - 2) in place.lists("inward_verbs")
    return tag.startswith("VB") or tag == "RB"


def _governor(place: Place) -> int | None:
    """The finite verb of the clause that the place stands in."""
    told = place.tried
    for at in range(place.at - 1, -1, -1):
        if told.word(at) in (";", ":", "—") or (
            told.word(at) == "," and told.tag(at + 1) in ("CC", "IN", "WRB")
        ):
            continue
        named = told.tag(at) in ("NNS", "NN") and told.word(at - 1) in place.own
        if told.tag(at) in FINITE or told.word(at) in place.lists("finite") or named:
            return at
    return None


def _acts(place: Place, verb: int) -> bool:
    """Whether the subject of the verb nearest to the place is the person."""
    told = place.tried
    between = range(verb + 1, place.at)
    infinitive = next(
        (
            at
            for at in reversed(between)
            if (told.tag(at) in ("TO", "VB") and told.tag(at + 1) in ("VB", "TO", "RB"))
            or told.tag(at) == "VB"
        ),
        None,
    )
    if infinitive is not None:
        told_to = [at for at in range(verb + 1, infinitive) if told.tag(at) in NOUN or told.tag(at) == "PRP"]
        if told_to:
            return told.word(told_to[-1]) in place.own
    return _subject_is_own(place, verb)


def _subject_is_own(place: Place, verb: int) -> bool:
    """Whether a finite verb has the person as its subject; joined verbs share one."""
    told = place.tried
    at = verb - 1
    while told.tag(at).startswith("RB") or told.tag(at) == "MD" or told.word(at) in place.lists("finite"):
        at -= 1
    if told.word(at) in ("and", "or", "but", "then"):
        first = next((each for each in range(at - 1, -1, -1) if told.tag(each) in FINITE), None)
        return first is not None and _subject_is_own(place, first)
    while at >= 0:
        if told.word(at) in place.own:
            return True
        if told.tag(at) in NOUN or told.tag(at) in ("PRP", "EX"):
            return False
        at -= 1
    return False
