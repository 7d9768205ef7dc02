"""Italian: Lei and tu."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import regex

from tongli.generation.adapt.register import romance
from tongli.generation.adapt.register.draft import Draft, Word
from tongli.generation.adapt.register.romance import Candidate
from tongli.generation.adapt.register.romance_verbs import Forms, forms
from tongli.knowledge.register import table, words

_ENCLITIC = regex.compile(r"(.*(?:[aei]r|[ae]ndo))(si|la|le|se|glie)(ne|lo|la|li|le)?")


def to_informal(draft: Draft) -> None:
    """Lei becomes tu."""
    romance.to_informal(draft, lang="it", find=candidate)


def candidate(draft: Draft, index: int) -> Candidate | None:
    """The informal form of a word that may address."""
    word, before = draft.words[index], draft.low(index - 1)
    low = word.low
    polite = word.capital and not draft.opens_sentence(index)
    if low == "lei":
        after = (
            "te"
            if before in _words("prepositions") and not draft.opens_clause(index) and before != "che"
            else "tu"
        )
        return Candidate(after=after, kind="pronoun", certain=polite)
    ordered = _ordered(draft, index)
    if ordered:
        return Candidate(after=ordered, kind="verb", certain=True, last=index + 1)
    if low in _table("possessives"):
        return Candidate(after=_table("possessives")[low], kind="possessive", certain=polite)
    if low in _table("clitics"):
        return (
            Candidate(after="ti", kind="clitic", certain=polite and low != "si")
            if _is_clitic(draft, index)
            else None
        )
    if low in _forms().informal or low in _forms().command:
        return Candidate(after=_second(draft, index), kind="verb")
    return _enclitic(word)


def _enclitic(word: Word) -> Candidate | None:
    """The informal form of an infinitive or gerund with a pronoun behind it."""
    low = word.low
    match = _ENCLITIC.fullmatch(low)
    if match and len(match[1]) > 2 and (match[3] or match[2] not in ("se", "glie")):
        after = f"{match[1]}{'te' if match[3] else 'ti'}{match[3] or ''}"
        return Candidate(after=after, kind="enclitic", certain=word.text != low and not word.capital)
    return None


def _ordered(draft: Draft, index: int) -> str:
    """``mi dica`` → ``dimmi``, ``si accomodi`` → ``accomodati``, at the beginning of a clause; else empty."""
    low, verb = draft.low(index), draft.low(index + 1)
    follows = low in ("mi", "ci", "si") and not draft.opens_clause(index + 1)
    asks = draft.ends_with(index, "?") and not draft.opens_clause(index + 2)
    if not follows or not draft.opens_clause(index) or asks or verb not in _forms().command:
        return ""
    order, pronoun = _forms().command[verb], low.replace("s", "t", 1)
    if order in ("di'", "dai", "fai", "stai", "vai"):
        return order[:-1] + pronoun[0] + pronoun
    return order + pronoun


def to_formal(draft: Draft) -> None:
    """Tu becomes Lei."""
    possessives = {after: before for before, after in _table("possessives").items()}
    for index, word in draft:
        low = word.low
        if low == "tu" or (low == "te" and draft.low(index - 1) in _words("prepositions")):
            draft.put(index, "Lei", kind="pronoun")
        elif low in possessives:
            draft.put(index, possessives[low], kind="possessive")
        elif low == "ti":
            draft.put(index, _clitic(draft, index), kind="pronoun")
        elif not (word.capital and not draft.opens_sentence(index)):
            _formal_word(draft, index)


def _formal_word(draft: Draft, index: int) -> None:
    low = draft.low(index)
    before = draft.low(index - 1)
    noun = low in _words("not_second") or (
        before in _words("noun_before") and low not in ("hai", "sei", "puoi", "devi")
    )
    if noun and before not in ("tu", "ti"):
        return
    if low in _forms().formal:
        formal = _forms().formal[low]
        if formal != low:
            draft.put(index, formal, kind="verb")
    elif low in _forms().formal_command and draft.opens_sentence(index) and not draft.ends_with(index, "?"):
        draft.put(index, _forms().formal_command[low], kind="verb")
    elif low.endswith(("asti", "esti", "isti", "avi", "evi")) and draft.low(index - 1) in ("tu", "non", "ti"):
        draft.put(index, _unlisted(low), kind="verb")
    elif low.endswith("rti") and f"{low[:-2]}e" in _infinitives():
        draft.put(index, low[:-2] + ("si" if _governed(draft, index) else "La"), kind="pronoun")
    elif low.endswith(("rtelo", "rtene")) and len(low) > 6:
        draft.put(index, low[:-4] + ("se" if low.endswith("ne") else "glie") + low[-2:], kind="pronoun")


def _is_clitic(draft: Draft, index: int) -> bool:
    """Whether la or le is a pronoun before a verb, not an article."""
    if draft.low(index) == "si":
        return not draft.opens_clause(index + 1)
    following = draft.low(index + 1)
    if draft.words[index].capital and not draft.opens_sentence(index):
        return True
    return following in _forms().informal or (
        following.endswith(("ano", "ono", "anno", "erebbe", "erà", "ei", "remo", "amo", "e"))
        and following
        in (
            "piace",
            "piacciono",
            "piacerebbe",
            "interessa",
            "fa",
            "è",
            "ha",
            "hanno",
            "dispiace",
            "serve",
            "va",
            "dico",
            "chiedo",
        )
    )


def _second(draft: Draft, index: int) -> str:
    """The informal form: a command where nothing makes it subordinate, else a statement."""
    low = draft.low(index)
    if low in _forms().command and low != "si":
        opens = draft.opens_clause(index) or draft.low(index - 1) in ("e", "favore", "o", "ma", "non")
        if opens and not draft.ends_with(index, "?"):
            if draft.low(index - 1) == "non" and low in _forms().infinitive:
                return _forms().infinitive[low]
            return _forms().command[low]
    return _forms().informal.get(low, low)


def _clitic(draft: Draft, index: int) -> str:
    """Si with a verb of the person addressed, else Le, or La with some verbs."""
    following = draft.low(index + 1)
    if following in _forms().formal and following not in ("piaci",):
        return "si"
    accusative = following.endswith(("ano", "ono")) and following not in (
        "piacciono",
        "interessano",
        "servono",
        "danno",
        "dicono",
    )
    return "La" if accusative else "Le"


def _governed(draft: Draft, index: int) -> bool:
    """Whether the infinitive belongs to a verb of the person addressed."""
    before = {draft.low(other) for other in range(draft.sentence(index).start, index)}
    return bool(before & _forms().formal.keys()) and not before & _words("own")


def _unlisted(low: str) -> str:
    for ending, after in (("asti", "ò"), ("esti", "é"), ("isti", "ì")):
        if low.endswith(ending):
            return low.removesuffix(ending) + after
    return f"{low[:-1]}a"


def _spell(stem: str, ending: str) -> str:
    """Stem and ending with the sound of the stem kept: cerc- + i is cerchi, mangi- + i is mangi."""
    capital = stem.endswith("I")
    stem = stem.lower()
    if capital:
        return f"{stem[:-1]}isc{ending}" if not stem.endswith("isci") else stem[:-1] + ending
    if ending[0] in "ie":
        if stem.endswith("i") and stem in _are():
            return stem[:-1] + ending if ending[0] == "i" or stem.endswith(("ci", "gi")) else stem + ending
        if stem.endswith(("c", "g")) and stem in _are():
            return f"{stem}h{ending}"
    return stem + ending


@cache
def _are() -> frozenset[str]:
    """Stems of -are verbs, whose last sound stays before i and e."""
    return frozenset(
        entry.partition(":")[0][:-3]
        for entry in table("it")["verbs"].split()
        if entry.partition(":")[0].endswith("are")
    )


@cache
def _infinitives() -> frozenset[str]:
    return frozenset(entry.partition(":")[0] for entry in table("it")["verbs"].split())


@cache
def _forms() -> Forms:
    return forms("it", spell=_spell)


def _table(name: str) -> Mapping[str, str]:
    found: Mapping[str, str] = table("it")[name]
    return found


def _words(name: str) -> frozenset[str]:
    return words("it")[name]
