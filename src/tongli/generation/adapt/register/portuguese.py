"""European Portuguese: você and the third person, and tu."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from tongli.generation.adapt.register import romance
from tongli.generation.adapt.register.draft import Draft
from tongli.generation.adapt.register.romance import Candidate, Iberian
from tongli.generation.adapt.register.romance_verbs import Forms, forms
from tongli.knowledge.register import table, words

_OBJECTS = ("o", "a", "os", "as")
_AFTER_S = ("lo", "la", "los", "las")
_ENDINGS = ("aste", "este", "iste", "avas", "rias", "rás")


def to_informal(draft: Draft) -> None:
    """Você, and the third person that addresses, becomes tu."""
    romance.to_informal(draft, lang="pt", find=candidate, forms=_forms())


def candidate(draft: Draft, index: int) -> Candidate | None:
    """The informal form of a word that may address."""
    found = _shared().candidate(draft, index)
    objects = draft.gap(index + 1) == "-" and draft.low(index + 1) in _OBJECTS
    if found is None or found.kind != "verb" or not objects or not draft.opens_sentence(index):
        return found
    if not found.after.endswith("s"):
        return found
    stem = found.after.removesuffix("s")
    stem = f"{stem[:-1]}m" if stem.endswith("n") else stem
    return replace(found, after=f"{stem}-l{draft.low(index + 1)}", last=index + 1)  # "bebe-lo"


def _pronoun(draft: Draft, index: int) -> Candidate | None:
    """Tu, ti or contigo for a pronoun that addresses, or may."""
    low, before = draft.low(index), draft.low(index - 1)
    governed = before in _words("prepositions") and not draft.opens_clause(index)
    if low == "com" and draft.low(index + 1) == "você":
        return Candidate(after="contigo", kind="pronoun", certain=True, last=index + 1)
    if low == "você" and before != "com":
        return Candidate(after="ti" if governed else "tu", kind="pronoun", certain=True)
    if low == "consigo" and not draft.opens_clause(index) and before not in ("eu", "não", "só", "ainda"):
        return Candidate(after="contigo", kind="pronoun")
    return Candidate(after="ti", kind="pronoun") if low == "si" else None


def to_formal(draft: Draft) -> None:
    """Tu becomes você."""
    pronouns = {"tu": "você", "ti": "si", "contigo": "consigo"}
    possessives = {after: before for before, after in _table("possessives").items()}
    for index, word in draft:
        if word.low in pronouns:
            draft.put(index, pronouns[word.low], kind="pronoun")
        elif word.low in possessives:
            draft.put(index, possessives[word.low], kind="possessive")
        elif word.low == "te":
            _formal_clitic(draft, index)
        elif word.low == "to" and draft.low(index - 1) in ("que", "não") and not draft.opens_clause(index):
            draft.put(index, "lho", kind="pronoun")
        elif not word.capital or draft.opens_sentence(index):
            _formal_verb(draft, index)


def _formal_verb(draft: Draft, index: int) -> None:
    low = draft.low(index)
    noun = _is_noun(draft, index)
    if low == "vires" and draft.low(index - 1) in ("o", "a", "os", "as"):
        draft.put(index, "vir", kind="verb")  # of ver, not of virar
    elif _has_object(draft, index):
        after = f"{_forms().formal[f'{low}s']}-{draft.low(index + 1)[1:]}"
        draft.put(index, after, kind="verb", last=index + 1)  # "bebe-lo"
    elif low in _forms().formal and not noun:
        draft.put(index, _forms().formal[low], kind="verb")
    elif low.endswith(_ENDINGS) and len(low) > 5 and not noun and low not in _forms().informal:
        draft.put(index, _unlisted(low), kind="verb")
    elif low in _forms().formal_command and (
        low == "sê"
        or romance.is_order(draft, index, lang="pt")
        or romance.is_hyphened_order(draft, index, lang="pt")
        or _asks_to_tell(draft, index)
        or _asks_oneself(draft, index)
    ):
        draft.put(index, _forms().formal_command[low], kind="verb")


def _has_object(draft: Draft, index: int) -> bool:
    """Whether a question begins with a verb with tu that lost its -s before an object: "bebe-lo?"."""
    behind = draft.gap(index + 1) == "-" and draft.low(index + 1) in _AFTER_S
    begins = draft.opens_sentence(index) and draft.ends_with(index, "?")
    return behind and begins and f"{draft.low(index)}s" in _forms().formal


def _asks_to_tell(draft: Draft, index: int) -> bool:
    """Whether a sentence begins with "diz-me" or "dá-lhe", or a clause wishes: "tem um bom dia"."""
    if draft.low(index) == "tem":
        good = {draft.low(index + 1), draft.low(index + 2)} & _words("good")
        return bool(good) and (draft.opens_clause(index) or draft.low(index - 1) in _words("joins"))
    told = draft.low(index) in ("diz", "dá") and draft.gap(index + 1) == "-"
    told = told and draft.low(index + 1) in ("me", "nos", "lhe", "lhes")
    joined = draft.low(index - 1) in _words("and") and draft.changed(draft.sentence(index).start)
    return told and (draft.opens_sentence(index) or joined) and not draft.ends_with(index, "?")


def _asks_oneself(draft: Draft, index: int) -> bool:
    """Whether a sentence begins with a command to oneself: "senta-te"."""
    own = draft.gap(index + 1) == "-" and draft.low(index + 1) == "te"
    own = own and draft.low(index) in _forms().formal_command
    return own and romance.is_led(draft, index, lang="pt")


def _is_noun(draft: Draft, index: int) -> bool:
    """Whether a word with the form of a verb with tu is something else."""
    low, before = draft.low(index), "" if draft.opens_clause(index) else draft.low(index - 1)
    if low in _words("not_second"):
        return before not in _words("verb_before") and not (not before and draft.ends_with(index, "?"))
    if low in _words("plain") or (low.endswith("res") and before in _words("governs")):
        return False
    return before in _words("noun_before")


def _formal_clitic(draft: Draft, index: int) -> None:
    """Se with a verb of the person addressed, lhe with verbs of giving and telling.

    The direct object would be o or a, by the gender of the person, so that nothing is left but to ask.
    """
    verb = draft.low(index - 1) if draft.gap(index) == "-" else draft.low(index + 1)
    if verb.startswith(tuple(_words("dative"))) and verb not in _forms().formal:
        draft.put(index, "lhe", kind="pronoun")
    elif verb in _forms().formal or _is_own(draft, index, verb) or _asks_oneself(draft, index - 1):
        draft.put(index, "se", kind="pronoun")
    else:
        draft.ask(index, ("o", "a"), kind="address")


def _is_own(draft: Draft, index: int, verb: str) -> bool:
    """Whether te goes with an infinitive or gerund of the person addressed: "podes sentar-te"."""
    if not verb.endswith(("ar", "er", "ir", "ndo", "res")) or f"{verb[:-1]}er" in _infinitives():
        return False
    before = {draft.low(other) for other in range(draft.sentence(index).start, index)}
    return bool(before & (_forms().formal.keys() | {"te"})) and not before & _words("own")


def _is_clitic(draft: Draft, index: int) -> bool:
    """Whether o or a is a pronoun: with a hyphen before it, or where a word draws it before its verb."""
    if draft.low(index) in ("lhe", "se"):
        return True
    if draft.gap(index) == "-":
        return True
    following = draft.low(index + 1)
    return draft.low(index - 1) in ("que", "não", "como", "quem", "pais") and following.endswith(
        ("m", "ria", "rá")
    )


def _second(draft: Draft, index: int) -> str:
    """The informal form: a command where nothing makes it subordinate, else a statement."""
    low = draft.low(index)
    if low in _forms().command:
        sentence = draft.sentence(index)
        bound = any(draft.low(other) in _words("subordinators") for other in range(sentence.start, index))
        opens = draft.opens_clause(index) or draft.low(index - 1) in ("e", "favor", "ou", "mas")
        called = draft.opens_clause(index) and low in _words("polite_orders")
        asks = draft.ends_with(index, "?") and not called
        if opens and (not bound or draft.opens_clause(index)) and not asks:
            return _forms().command[low]
        if draft.gap(index + 1) == "-":  # a pronoun behind a subjunctive makes it a command
            return _forms().command[low]
    return _forms().informal.get(low, _forms().command.get(low, low))


def _unlisted(low: str) -> str:
    for ending, after in (("aste", "ou"), ("este", "eu"), ("iste", "iu")):
        if low.endswith(ending):
            return low.removesuffix(ending) + after
    return low[:-1]


def _spell(stem: str, ending: str) -> str:
    """Stem and ending with the sound of the stem kept: fic- + e is fique."""
    if ending in ("e", "es", "este"):
        for last, written in (("c", "qu"), ("ç", "c"), ("g", "gu")):
            if stem.endswith(last) and stem in _hard():
                return stem[:-1] + written + ending
    if ending in ("a", "as") and stem not in _hard():
        for last, written in (("gu", "g"), ("g", "j"), ("c", "ç")):
            if stem.endswith(last):
                return stem.removesuffix(last) + written + ending
    return stem + ending


@cache
def _infinitives() -> frozenset[str]:
    return frozenset(entry.partition(":")[0] for entry in table("pt")["verbs"].split())


@cache
def _hard() -> frozenset[str]:
    """Stems of -ar verbs, whose last sound stays before e."""
    return frozenset(
        entry.partition(":")[0][:-2] for entry in table("pt")["verbs"].split() if entry.endswith("ar")
    )


@cache
def _shared() -> Iberian:
    return Iberian(
        lang="pt", forms=_forms, pronoun=_pronoun, is_clitic=_is_clitic, second=_second, begins=_begins
    )


def _begins(draft: Draft, index: int) -> bool:
    return draft.low(index) in _forms().command


@cache
def _forms() -> Forms:
    return forms("pt", spell=_spell)


def _table(name: str) -> Mapping[str, str]:
    found: Mapping[str, str] = table("pt")[name]
    return found


def _words(name: str) -> frozenset[str]:
    return words("pt")[name]
