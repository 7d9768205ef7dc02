"""Spanish: usted and tú."""

from __future__ import annotations

from functools import cache

import regex

from tongli.generation.adapt.register import romance
from tongli.generation.adapt.register.draft import Draft
from tongli.generation.adapt.register.romance import Candidate
from tongli.generation.adapt.register.romance_verbs import Forms, forms
from tongli.knowledge.register import table

THIRD = frozenset("él ella ellos ellas alguien nadie quien gente este esta ese esa".split())
_ENCLITIC = regex.compile(r"(.*(?:[aeiáéí]r|[áé]ndo))(se|le|lo|la)(lo|la|los|las)?")
_COMMAND = regex.compile(r"(.{2,}[aeáé])(se|me|nos|lo|la|le|los|las|selo|sela|melo|mela)")
_ACCENTS = str.maketrans("áéíóú", "aeiou")


def to_informal(draft: Draft) -> None:
    """Usted becomes tú."""
    romance.to_informal(draft, lang="es", find=candidate, third=THIRD)


def candidate(draft: Draft, index: int) -> Candidate | None:
    """The informal form of a word that may address."""
    low, before = draft.low(index), draft.low(index - 1)
    if low == "usted":
        if before in _words("prepositions") and not draft.opens_clause(index):
            return Candidate(after="ti", kind="pronoun", certain=True)
        return None if before == "con" else Candidate(after="tú", kind="pronoun", certain=True)
    if low == "con" and draft.low(index + 1) == "usted":
        return Candidate(after="contigo", kind="pronoun", certain=True, last=index + 1)
    if low in _table("possessives"):
        return Candidate(after=_table("possessives")[low], kind="possessive")
    if low in _table("clitics"):
        return Candidate(after="te", kind="clitic") if _is_clitic(draft, index) else None
    if low in ("sí", "consigo") and (low == "consigo" or before in _words("prepositions")):
        return Candidate(after="ti" if low == "sí" else "contigo", kind="clitic")
    if low in _forms().informal or low in _forms().command:
        return Candidate(after=_second(draft, index), kind="verb")
    after = _attached(low)
    return Candidate(after=after, kind="enclitic") if after else None


def to_formal(draft: Draft) -> None:
    """Tú becomes usted."""
    possessives = {after: before for before, after in _table("possessives").items()}
    for index, word in draft:
        low = word.low
        if low in ("tú", "vos"):
            draft.put(index, "usted", kind="pronoun")
        elif low == "ti":
            after = "sí" if draft.low(index + 1) in ("mismo", "misma") else "usted"
            draft.put(index, after, kind="pronoun")
        elif low == "contigo":
            draft.put(index, "con usted", kind="pronoun")
        elif low in possessives:
            draft.put(index, possessives[low], kind="possessive")
        elif low == "te":
            draft.put(index, _clitic(draft, index), kind="pronoun")
        else:
            _formal_word(draft, index)


def _formal_word(draft: Draft, index: int) -> None:
    low = draft.low(index)
    capital = draft.words[index].capital and not draft.opens_sentence(index)
    formal = _forms().formal.get(low)
    if formal and not capital:
        draft.put(index, formal, kind="verb")
    elif _is_unlisted(draft, index):
        draft.put(index, _unlisted(low), kind="verb")
    elif low in _forms().formal_command and _is_order(draft, index):
        draft.put(index, _forms().formal_command[low], kind="verb")
    elif low.endswith("te") and len(low) > 4:
        _formal_enclitic(draft, index)


def _formal_enclitic(draft: Draft, index: int) -> None:
    """Quedarte, preguntarte, diviértete."""
    stem = draft.low(index)[:-2]
    if stem.endswith(("ar", "er", "ir", "ír", "ando", "iendo", "ándo", "iéndo")):
        own = any(draft.low(other) in _forms().formal or draft.low(other) == "te" for other in draft.clause(index) if other < index)
        other = "lo" if stem in _words("accusative") else "le"
        draft.put(index, stem + ("se" if own else other), kind="pronoun")
        return
    plain = stem.translate(_ACCENTS)
    command = _forms().formal_command.get(plain)
    if command and stem != plain:
        accented = command[: len(command) - 1]
        position = max((at for at, sign in enumerate(accented) if sign in "aeiou"), default=-1)
        if position >= 0:
            accented = accented[:position] + accented[position].translate(str.maketrans("aeiou", "áéíóú")) + accented[position + 1 :]
        draft.put(index, f"{accented}{command[-1]}se", kind="verb")


def _is_clitic(draft: Draft, index: int) -> bool:
    """Whether lo or la stands before a verb; le and se always do."""
    if draft.low(index) in ("le", "se"):
        return True
    following = draft.low(index + 1)
    return following.endswith(("an", "en", "on", "ía", "ría", "ará", "o", "é", "e")) and following not in ("que", "mismo", "de", "único")


def _second(draft: Draft, index: int) -> str:
    """The informal form: a command where nothing makes it subordinate, else a statement."""
    low = draft.low(index)
    if low in _forms().command and low not in ("era", "fuera"):
        before = [draft.low(index - 1), draft.low(index - 2)]
        sentence = draft.sentence(index)
        bound = any(word in _words("subordinators") for word in before) or any(
            draft.low(other) in ("que", "cuando", "si", "ojalá", "espero") for other in range(sentence.start, index)
        )
        opens = draft.opens_clause(index) or draft.low(index - 1) in ("y", "por", "favor", "o", "solo", "simplemente")
        if (not bound or draft.opens_clause(index)) and opens and not draft.ends_with(index, "?"):
            return _forms().command[low]
    return _forms().informal.get(low, _forms().command.get(low, low))


def _attached(low: str) -> str:
    """The informal form of a verb with a pronoun behind it; empty for other words."""
    match = _ENCLITIC.fullmatch(low)
    if match and len(match[1]) > 2:
        return f"{match[1]}te{match[3] or ''}"
    match = _COMMAND.fullmatch(low)
    if match and match[1] != match[1].translate(_ACCENTS):
        plain = match[1].translate(_ACCENTS)
        command = _forms().command.get(plain) or _forms().command.get(match[1])
        if command:
            pronoun = match[2].replace("se", "te")
            if command in ("haz", "pon", "ten", "ven", "sal", "di"):
                return (command if len(pronoun) == 2 else command.translate(str.maketrans("ae", "áé"))) + pronoun
            return match[1][:-1] + command[-1] + pronoun
    return ""


def _clitic(draft: Draft, index: int) -> str:
    """Se with a verb of the person addressed, else le, or lo with some verbs."""
    following = draft.low(index + 1)
    if following in _forms().formal or (following.endswith("s") and _is_unlisted(draft, index + 1)):
        return "se"
    return "lo" if following in _words("accusative") else "le"


def _is_unlisted(draft: Draft, index: int) -> bool:
    """Whether a word looks like a verb with tú that the table lacks."""
    low, before = draft.low(index), draft.low(index - 1)
    if draft.words[index].capital and not draft.opens_sentence(index):
        return False
    if low.endswith(("aste", "iste", "abas", "rías", "rás")) and len(low) > 5:
        return low not in ("triste", "existe", "insiste", "resiste", "chiste", "contraste", "desgaste", "atrás", "detrás", "además", "jamás")
    return low.endswith(("as", "es")) and before in ("tú", "te") and len(low) > 3


def _unlisted(low: str) -> str:
    if low.endswith("aste"):
        return f"{low[:-4]}ó"
    return f"{low[:-4]}ió" if low.endswith("iste") else low[:-1]


def _is_order(draft: Draft, index: int) -> bool:
    """Whether a word that may be a command opens its sentence and asks nothing."""
    opens = draft.opens_sentence(index) or draft.low(index - 1) == "favor"
    return opens and not draft.ends_with(index, "?") and draft.low(index) not in ("es", "va", "ve", "hay", "sabe", "ama")


def _spell(stem: str, ending: str) -> str:
    """Stem and ending with the sound of the stem kept: busc- + e is busque."""
    if ending[0] in "eé":
        for last, written in (("c", "qu"), ("g", "gu"), ("z", "c")):
            if stem.endswith(last) and not stem.endswith("gu"):
                hard = ending in ("e", "es")
                return (stem[:-1] + written if hard and stem[-1:] == last and stem in _hard() else stem) + ending
    if ending[0] in "aoá" and stem.endswith("gu") and stem in _soft():
        return stem[:-1] + ending
    return stem + ending


@cache
def _hard() -> frozenset[str]:
    """Stems of -ar verbs, whose last sound stays before e."""
    entries = [entry.partition(":") for entry in table("es")["verbs"].split()]
    return frozenset(changed or verb[:-2] for verb, _, changed in entries if verb.endswith("ar"))


@cache
def _soft() -> frozenset[str]:
    """Stems in -gu of -ir verbs, which lose the u before a."""
    entries = [entry.partition(":") for entry in table("es")["verbs"].split()]
    return frozenset(changed or verb[:-2] for verb, _, changed in entries if verb.endswith("uir"))


@cache
def _forms() -> Forms:
    return forms("es", spell=_spell)


@cache
def _table(name: str) -> dict[str, str]:
    return dict(table("es")[name])


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("es")["words"][name].split())
