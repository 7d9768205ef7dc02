"""German: Sie and du, with the verb that agrees wherever its clause puts it."""

from __future__ import annotations

from functools import cache

from tongli.generation.adapt.register.draft import Draft
from tongli.generation.adapt.register.german_verbs import command, du_form, is_du_form, sie_command, sie_form
from tongli.knowledge.register import table, words

_NEAR = 200
"""Words within which another form counts as evidence."""
_OWN = frozenset(("danke", "meine", "glaube", "denke", "hoffe", "finde", "wünsche", "liebe", "freue"))
"""What one says of oneself without "ich", or no verb at all."""
_AND = ("und", "oder", "sowie")
_PARTICLES = ("bitte", "dann", "also")
"""Words before a command; "bitte" is no command itself."""
_FOCUS = ("nur", "auch", "nicht", "für", "an", *_AND)
"""Words before "yourself"."""


def to_informal(draft: Draft) -> None:
    """Sie becomes du."""
    for index, word in draft:
        if not word.capital:
            continue
        if word.low in _possessives() and _is_address(draft, index):
            draft.put(index, _lower(draft, index, _possessives()[word.low]), kind="possessive")
        elif word.low == "ihnen" and _is_address(draft, index):
            draft.put(index, _lower(draft, index, "dir"), kind="pronoun")
        elif word.low == "sie":
            _sie(draft, index)


def to_formal(draft: Draft) -> None:
    """Du becomes Sie."""
    formal = {after: before for before, after in _possessives().items()}
    pronouns = {"dich": "Sie", "dir": "Ihnen", "deins": "Ihres"}
    for index, word in draft:
        if word.low in formal:
            draft.put(index, formal[word.low].capitalize(), kind="possessive")
        elif word.low == "du":
            _du(draft, index)
        elif word.low in pronouns:
            reflexive = word.low != "deins" and _is_reflexive(draft, index)
            draft.put(index, "sich" if reflexive else pronouns[word.low], kind="pronoun")
        else:
            _command(draft, index)


def _sie(draft: Draft, index: int) -> None:
    verb = _verb(draft, index)
    if draft.opens_sentence(index) and not _is_settled(draft, index, verb):
        return
    if verb is None:
        stands_alone = draft.opens_clause(index + 1) and (
            draft.opens_clause(index) or draft.low(index - 1) in (*_AND, "nicht", *_words("subordinators"))
        )
        joined = draft.low(index - 1) in _AND or draft.opens_clause(index)
        subject = (
            stands_alone
            or draft.low(index + 1) in _AND
            or (joined and draft.low(index + 1) in ("selbst", "nicht"))
        )
        draft.put(index, _lower(draft, index, "du" if subject else "dich"), kind="pronoun")
        return
    if verb == index - 1 and _is_command(draft, verb):
        draft.put(verb, command(draft.low(verb)), last=index, kind="verb")
    else:
        draft.put(index, _lower(draft, index, "du"), kind="pronoun")
        draft.put(verb, du_form(draft.low(verb)), kind="verb")
        _join(draft, verb)
    _reflexive(draft, index)


def _join(draft: Draft, verb: int) -> None:
    """A second verb of the same subject at the end of its clause: "… sitzen und warten müssen"."""
    stop = draft.clause(verb).stop
    start = verb + 2
    if draft.low(verb + 1) not in _AND or start >= stop or draft.low(start) in _words("openers"):
        return
    rest = range(start, stop)
    if any(draft.low(other) in ("sie", *_words("subjects")) for other in rest):
        return
    last = draft.words[stop - 1]
    if last.low.endswith("en") and not last.capital:
        draft.put(stop - 1, du_form(last.low), kind="verb")


def _is_settled(draft: Draft, index: int, verb: int | None) -> bool:
    """Whether Sie at the beginning of a sentence is the person addressed; asks where it may be "they"."""
    if verb != index + 1:
        return False
    forms = ("sie", "ihnen", *_possessives())
    for other in range(max(0, index - _NEAR), min(len(draft.words), index + _NEAR)):
        word = draft.words[other]
        if word.capital and word.low in forms and not draft.opens_sentence(other):
            return True
    if index == 0 or draft.low(verb) in _words("remarks"):
        return all(draft.words[other].text != "sie" for other in draft.sentence(index))
    draft.ask(index, ("du",), kind="address")
    return False


def _is_address(draft: Draft, index: int) -> bool:
    """Whether a capital Ihr is "your": within a sentence, or at its beginning if nobody else was told of."""
    before = draft.words[max(0, index - _NEAR) : index]
    return not draft.opens_sentence(index) or all(word.text not in ("sie", "ihnen") for word in before)


def _verb(draft: Draft, index: int) -> int | None:
    """The verb that has Sie as its subject; nothing where Sie is an object."""
    before, following = draft.low(index - 1), index + 1
    clause = draft.clause(index)
    if not draft.opens_clause(index):
        if before in _words("prepositions"):
            return None
        if _is_sie_verb(before) and draft.low(index - 2) not in ("wir", "um", "zu", "sie"):
            return index - 1
        if before in _words("subjects"):
            return None
    subordinate = any(draft.low(other) in _words("subordinators") for other in range(clause.start, index))
    if not subordinate and following < clause.stop and _is_sie_verb(draft.low(following)):
        return following
    looked = subordinate or draft.opens_sentence(index)
    return _last_verb(draft, range(following, clause.stop)) if looked else None


def _last_verb(draft: Draft, words: range) -> int | None:
    """The finite verb of a clause: its last word, or the last before "und" or a new subject."""
    stop = next((other for other in words if draft.low(other) in _AND), words.stop)
    for other in reversed(range(words.start, stop)):
        low = draft.low(other)
        is_verb = _is_sie_verb(low) or (
            other == stop - 1 and low.endswith("en") and low not in ("den", "denen")
        )
        if is_verb and not draft.words[other].capital:
            return other
    return next((other for other in words if other >= stop and _is_sie_verb(draft.low(other))), None)


def _is_sie_verb(low: str) -> bool:
    return low.endswith(("en", "ern", "eln", "tun", "sind")) and low not in _words("not_verbs")


def _is_command(draft: Draft, verb: int) -> bool:
    """Whether a verb before Sie gives a command: it opens a clause of a sentence that asks nothing."""
    low = draft.low(verb)
    opens = draft.opens_clause(verb) or draft.low(verb - 1) in ("bitte", "dann", "aber", "also", *_AND)
    called = low in _words("calls") and draft.opens_sentence(verb) and draft.opens_clause(verb + 2)
    if not opens or (draft.ends_with(verb, "?") and not called):
        return False
    if draft.low(verb - 1) == "dann" and not draft.opens_sentence(verb - 1) and low in _words("perceived"):
        return False  # what follows from it: "gehen Sie weiter, dann sehen Sie ihn"
    if low in ("haben", "werden", "seien"):
        return draft.low(verb + 2) in _words("wished") or (low != "haben" and draft.opens_clause(verb))
    if low in _words("remarks"):
        return False
    before = range(draft.sentence(verb).start, verb)
    conditional = any(draft.low(other) in ("wenn", "falls", "sobald", "sofern") for other in before)
    return not conditional or low in _words("urged")


def _reflexive(draft: Draft, subject: int) -> None:
    """The reflexive of the same clause."""
    clause = draft.clause(subject)
    words = [draft.words[other] for other in clause]
    last = words[-1].low == "an" and any(word.low in ("schauen", "sehen", "hören") for word in words)
    dative = last or any(
        word.low in _words("datives") or (word.capital and word.low in _words("dative_nouns"))
        for word in words
    )
    for index in range(max(clause.start, subject - 2), clause.stop):
        if draft.low(index) == "sich":
            draft.put(index, "dir" if dative else "dich", kind="pronoun")
        elif index > subject and draft.low(index) in _words("subjects"):
            return
    _emphatic(draft, clause.stop)


def _emphatic(draft: Draft, index: int) -> None:
    """Oneself in a clause without a verb of its own: "…, nur sich selbst"."""
    place = index + 1 if draft.low(index) in _FOCUS else index
    if (draft.low(place), draft.low(place + 1)) == ("sich", "selbst") and draft.opens_clause(place + 2):
        draft.put(place, "dich", kind="pronoun")


def _du(draft: Draft, index: int) -> None:
    draft.put(index, "Sie", kind="pronoun")
    clause = draft.clause(index)
    stop = next((other for other in range(index + 1, clause.stop) if draft.low(other) in _AND), clause.stop)
    after = (*reversed(range(index + 2, stop)), *range(stop, clause.stop))
    found = [
        other for other in (index - 1, index + 1, *after) if other in clause and is_du_form(draft.low(other))
    ]
    if not found:
        return
    draft.put(found[0], sie_form(draft.low(found[0])), kind="verb")
    last = clause.stop - 1
    if (
        found[0] < stop <= last
        and is_du_form(draft.low(last))
        and draft.low(stop + 1) not in _words("openers")
    ):
        draft.put(last, sie_form(draft.low(last)), kind="verb")


def _is_reflexive(draft: Draft, index: int) -> bool:
    """Whether dich or dir refers back to a subject du, or to a command before it."""
    clause = draft.clause(index)
    for other in reversed(range(clause.start, index)):
        if draft.low(other) in _words("subjects"):
            return False
        begins = other == clause.start or draft.low(other - 1) in (*_AND, *_PARTICLES)
        if draft.low(other) == "du" or (begins and (sie_command(draft.low(other)) or _long(draft, other))):
            return True
    alone = draft.low(index + 1) == "selbst" and draft.opens_clause(index + 2)
    told = alone and any(draft.low(other) == "du" for other in range(draft.sentence(index).start, index))
    return draft.low(index + 1) == "du" or (told and index - clause.start < 2)


def _command(draft: Draft, index: int) -> None:
    """A command at the beginning of a clause, known by its form."""
    formal = "" if draft.low(index) in _PARTICLES else sie_command(draft.low(index)) or _long(draft, index)
    if not formal or (draft.words[index].capital and not draft.opens_sentence(index)):
        return
    first = draft.sentence(index).start
    joined = draft.low(index - 1) in _AND and draft.changed(first)
    opens = draft.opens_clause(index) or draft.low(index - 1) in _PARTICLES or joined
    others = ("er", "es", "sie", "du", "man", *_words("subjects"))
    follows = not draft.opens_clause(index + 1) and draft.low(index + 1) in ("ich", "wir", "du", "man")
    if opens and not follows and draft.low(index - 1) not in others:
        draft.put(index, f"{formal} Sie", kind="verb")


def _long(draft: Draft, index: int) -> str:
    """The verb of a command in -e, which may also be said of oneself: "Wähle deinen Tarif."."""
    lows = {draft.low(other) for other in draft.sentence(index)}
    if draft.low(index) in _OWN:
        return ""
    addressed = lows & {"du", "dich", "dir", *_possessives().values()} and "ich" not in lows
    if not addressed or not draft.low(index).endswith("e"):
        return ""
    foreign = draft.low(index).endswith("iere") and draft.low(index) not in _words("nouns")
    return f"{draft.low(index)}n" if foreign else sie_command(draft.low(index)[:-1])


def _lower(draft: Draft, index: int, after: str) -> str:
    """The form with a capital only where a sentence begins."""
    return after.capitalize() if draft.opens_sentence(index) else after


@cache
def _possessives() -> dict[str, str]:
    return dict(table("de")["possessives"])


def _words(name: str) -> frozenset[str]:
    return words("de")[name]
