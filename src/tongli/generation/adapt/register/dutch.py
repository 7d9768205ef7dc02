"""Dutch: u and je or jij, uw and je or jouw."""

from __future__ import annotations

from collections.abc import Mapping

from tongli.generation.adapt.register.draft import Draft
from tongli.knowledge.register import table, words


def to_informal(draft: Draft) -> None:
    """U becomes je; jij and jou where the pronoun carries the stress."""
    for index, word in draft:
        if word.low == "uw":
            asks = draft.low(index - 2) in ("wat", "wie") and draft.low(index - 1) in ("is", "was", "zijn")
            draft.put(index, "jouw" if asks or draft.opens_clause(index + 1) else "je", kind="possessive")
        elif word.low == "uwe":
            draft.put(index, "jouwe", kind="possessive")
        elif word.low == "uzelf":
            draft.put(index, "jezelf", kind="pronoun")
        elif word.low == "u":
            _u(draft, index)
        elif word.low == "alstublieft":
            draft.put(index, "alsjeblieft", kind="particle")


def to_formal(draft: Draft) -> None:
    """Je, jij and jou become u; je before a noun becomes uw."""
    for index, word in draft:
        if word.low in ("jouw", "jouwe"):
            draft.put(index, word.low.replace("jou", "u", 1), kind="possessive")
        elif word.low in ("jezelf", "jijzelf"):
            draft.put(index, "uzelf", kind="pronoun")
        elif word.low == "jou":
            draft.put(index, "u", kind="pronoun")
        elif word.low == "jij" or (word.low == "je" and not _is_possessive(draft, index)):
            _je(draft, index)
        elif word.low == "je":
            draft.put(index, "uw", kind="possessive")
        elif word.low == "alsjeblieft":
            draft.put(index, "alstublieft", kind="particle")


def _u(draft: Draft, index: int) -> None:
    before, joined = draft.low(index - 1), not draft.opens_clause(index)
    inverted = _informal_verb(before) if joined and not _has_subject(draft, index - 1) else None
    if inverted is not None and _is_command(draft, index):
        own = draft.low(index + 1) == "zich"
        draft.put(index - 1, f"{inverted} je" if own else inverted, last=index + own, kind="verb")
        return
    if inverted is not None:
        draft.put(index - 1, inverted, kind="verb")
    draft.put(index, _informal_pronoun(draft, index, inverted=inverted is not None), kind="pronoun")
    if inverted is None:
        for other in range(index + 1, draft.clause(index).stop):
            if draft.low(other) in _words("subjects"):
                break
            draft.put(other, _table("verbs").get(draft.low(other), draft.words[other].text), kind="verb")
    _reflexive(draft, index, "je")


def _is_command(draft: Draft, index: int) -> bool:
    """Whether u stands behind the verb of a polite command: "Komt u binnen."."""
    end = draft.gap(draft.sentence(index).stop)
    tells = end.startswith((".", "!")) and draft.opens_sentence(index - 1)
    if (draft.low(index - 1), draft.low(index + 2), draft.low(index + 3)) == ("neemt", "niet", "kwalijk"):
        return True
    first = draft.sentence(index).start
    joined = draft.low(index - 2) in ("en", "of") and draft.low(first + 1) == "u"
    tells = tells or (joined and end.startswith((".", "!")) and bool(_informal_verb(draft.low(first))))
    return tells and _informal_verb(draft.low(index - 1)) not in _words("modals")


def _informal_pronoun(draft: Draft, index: int, *, inverted: bool) -> str:
    """Je, or jij and jou where the pronoun carries the stress."""
    before, following = draft.low(index - 1), draft.low(index + 1)
    last = draft.opens_clause(index + 1)
    if before == "zou" and draft.low(index - 2) == "wat":
        return "jij"
    if inverted:
        contrast = draft.low(index - 2) == "wat" and (before == "denkt" or "?" in draft.gap(index + 1))
        return "jij" if contrast else "je"
    compared = before in ("en", "of", "zoals", "dan", "als")
    fronted = draft.opens_sentence(index - 1) and bool(
        _informal_verb(following) or following in _words("past")
    )
    governed = before in _words("prepositions") and (last or fronted) and not compared
    if before == "van" or governed or (before == "met" and following == "te"):
        return "jou"
    verbless = draft.opens_clause(index) and following in _words("alone") and draft.opens_clause(index + 2)
    too = following == "ook" and before not in ("het", "dat", *_words("subjects"))
    return "jij" if (last and compared) or verbless or too else "je"


def _has_subject(draft: Draft, verb: int) -> bool:
    """Whether the clause has another subject before its verb, so that the pronoun after it is an object."""
    clause = draft.clause(verb)
    return any(
        draft.low(other) in ("u", "uw", "je", "jij", *_words("subjects"))
        for other in range(clause.start, verb)
    ) and draft.low(verb - 1) not in _words("resumes")


def _je(draft: Draft, index: int) -> None:
    before, joined = draft.low(index - 1), not draft.opens_clause(index)
    if before == "maak" and draft.opens_clause(index - 1) and draft.low(index + 1) == "geen":
        draft.put(index - 1, "maakt u zich", last=index, kind="verb")
        return
    ordered = before in _words("own_orders") and draft.opens_sentence(index - 1)
    if ordered and draft.low(index) == "je" and not draft.ends_with(index, "?"):
        draft.put(index - 1, f"{_formal_verb(before) or before + 't'} u zich", last=index, kind="verb")
        return
    if joined and before not in _words("prepositions") and _is_reflexive(draft, index):
        draft.put(index, "zich", kind="pronoun")
        return
    if joined and not _has_subject(draft, index - 1):
        inverted = _formal_verb(before) or (_stressed_verb(before) if draft.low(index) == "jij" else "")
        plural = before.endswith("en") and not before.endswith("een")
        opens = draft.opens_sentence(index - 1) and not plural and not before.endswith(("t", "e"))
        if inverted or (opens and before not in _words("not_nouns") and before not in _words("prepositions")):
            draft.put(index - 1, inverted or f"{before}t", kind="verb")
    draft.put(index, "u", kind="pronoun")


def _is_reflexive(draft: Draft, index: int) -> bool:
    """Whether je refers back to a subject je in front of it."""
    before = draft.low(index - 1)
    is_verb = bool(_formal_verb(before)) or before in _words("past")
    joined = is_verb and draft.low(index - 2) in _words("resumes")
    if draft.low(index) == "jij" or before in _words("subordinators") or joined:
        return False
    for other in reversed(range(draft.clause(index).start, index)):
        if draft.low(other) in _words("subjects") or draft.low(other) in ("dat", "als", "die"):
            return False
        if draft.low(other) in ("je", "jij"):
            if draft.low(index + 1).startswith(("ver", "be", "ont")) and draft.low(index + 1).endswith("t"):
                return True
            return other == index - 1 or not _is_possessive(draft, other)
    return False


def _reflexive(draft: Draft, subject: int, after: str) -> None:
    for index in range(subject + 1, min(subject + 4, draft.clause(subject).stop)):
        if draft.low(index) == "zich":
            draft.put(index, after, kind="pronoun")


def _informal_verb(low: str) -> str | None:
    """The form before je of a verb that stands before u; nothing where the word is no verb."""
    inverted = _table("inverted")
    if low in inverted:
        return inverted[low]
    if low in _words("kept"):
        return low
    if len(low) > 3 and low.endswith("t") and low not in _words("not_verbs"):
        return low if low[:-1].endswith(("aa", "ee", "oo", "uu")) else low[:-1]
    return None


def _formal_verb(low: str) -> str:
    """The form before u of a verb that stands before je; empty where it stays or is no verb."""
    known = _table("formal_inverted")
    if low in known:
        return known[low]
    return f"{low}t" if f"{low}t" in _words("inverting") else ""


def _stressed_verb(low: str) -> str:
    """As :func:`_formal_verb`, before jij, which is always a subject; empty for other words."""
    others = ("not_nouns", "subordinators", "prepositions", "subjects", "past", "modals")
    plain = low.isalpha() and not low.endswith(("t", "e", "en")) and len(low) > 2
    return f"{low}t" if plain and all(low not in _words(name) for name in others) else ""


def _is_possessive(draft: Draft, index: int) -> bool:
    """Whether je stands before a noun, as what belongs to someone."""
    following, before = draft.low(index + 1), draft.low(index - 1)
    if not _may_possess(draft, index):
        return False
    if following in _words("attributive"):
        return True
    if draft.opens_clause(index) or before in _words("subordinators"):
        return _begins_possessive(draft, index)
    if before in _words("past") or (draft.opens_sentence(index - 1) and before.endswith(("de", "te"))):
        return False
    joined = draft.low(index - 2) == "en" and not _names_subject(draft, index)
    begins = draft.opens_sentence(index - 1) or joined
    commands = begins and not draft.ends_with(index, "?") and before not in _words("modals")
    return commands or not _formal_verb(before) or _has_subject(draft, index - 1)


def _is_verb_after(draft: Draft, index: int) -> bool:
    """Whether a word is the verb of another subject: "dat ik je help met", not "ik je boek"."""
    known = f"{draft.low(index)}t" in _words("inverting")
    return known and (draft.opens_clause(index + 1) or draft.low(index + 1) in _words("prepositions"))


def _inverts(draft: Draft, verb: int) -> bool:
    """Whether a verb may stand before its subject: where a question or one joined to it begins."""
    return draft.opens_clause(verb) or draft.low(verb - 1) in _words("resumes")


def _names_subject(draft: Draft, index: int) -> bool:
    """Whether a subject, or another form of address, stands before a word in its sentence."""
    known = _words("subjects") | {"je", "jij", "u"}
    return any(draft.low(other) in known for other in range(draft.sentence(index).start, index))


def _may_possess(draft: Draft, index: int) -> bool:
    """Whether what follows je may be a noun, or an adjective of one."""
    following = draft.low(index + 1)
    participle = following.startswith("ge") and following.endswith(("d", "t", "en"))
    before = draft.low(index - 1)
    if draft.opens_clause(index + 1) or following in _words("not_nouns") or _is_infinitive(draft, index + 1):
        return False
    if before in _words("subjects") and _is_verb_after(draft, index + 1):
        return False
    asks = before in _words("kept") and draft.ends_with(index, "?") and _inverts(draft, index - 1)
    if asks and following not in _words("kin"):
        return False
    return not participle or following in _words("ge_nouns")


def _is_infinitive(draft: Draft, index: int) -> bool:
    """Whether a word is the infinitive of a verb before it, at the end of a clause: "ik moet je bellen"."""
    before = range(draft.clause(index).start, index)
    ends = draft.low(index).endswith("en") and draft.opens_clause(index + 1)
    return ends and any(draft.low(other) in _words("auxiliaries") for other in before)


def _begins_possessive(draft: Draft, index: int) -> bool:
    """Whether je at the beginning of a clause is a possessive, not its subject."""
    following = draft.low(index + 1)
    if following in _words("kin"):
        return not any(draft.low(other) in _words("second") for other in draft.clause(index))
    if following.endswith("t") and following not in _words("not_verbs"):
        return False
    return draft.opens_clause(index) or draft.low(index + 2) == "die" or _is_plural(draft, index)


def _is_plural(draft: Draft, index: int) -> bool:
    """Whether the verb of the clause is a plural that no pronoun in the plural explains."""
    lows = {draft.low(other) for other in draft.clause(index)}
    return bool(lows & _words("plural")) and not lows & (_words("plurals") | _words("second"))


def _table(name: str) -> Mapping[str, str]:
    found: Mapping[str, str] = table("nl")[name]
    return found


def _words(name: str) -> frozenset[str]:
    return words("nl")[name]
