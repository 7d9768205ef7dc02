"""Spanish: usted and tú."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import regex

from tongli.generation.adapt.register import romance
from tongli.generation.adapt.register.draft import Draft
from tongli.generation.adapt.register.romance import Candidate, Iberian
from tongli.generation.adapt.register.romance_verbs import Forms, forms
from tongli.knowledge.register import table, words

_ENCLITIC = regex.compile(r"(.*(?:[aeiáéí]r|[áé]ndo))(se|le|lo|la)(lo|la|los|las)?")
_COMMAND = regex.compile(r"(.{2,}[aeáé])(se|me|nos|lo|la|le|los|las|selo|sela|melo|mela)")
_ORDER = regex.compile(r"(haz|pon|ten|ven|sal|di|.{2,}[ae])(te|me|nos|lo|la|le|los|las|telo|melo)")
_PAIR = regex.compile(r"(.+(?:[áéí]r|ándo|iéndo))te(los?|las?)")
_SHORT = {"haz": "hága", "pon": "pónga", "ten": "ténga", "ven": "vénga", "sal": "sálga", "di": "díga"}
_ACCENTS = str.maketrans("áéíóú", "aeiou")


def to_informal(draft: Draft) -> None:
    """Usted becomes tú."""
    romance.to_informal(draft, lang="es", find=candidate, forms=_forms())


def candidate(draft: Draft, index: int) -> Candidate | None:
    """The informal form of a word that may address."""
    low = draft.low(index)
    found = _shared().candidate(draft, index)
    if found is not None or low in _table("clitics"):
        return found
    order = _ordered(low)
    if order:
        return Candidate(after=order, kind="enclitic", certain=True)
    after = "" if _is_object(draft, index) else _attached(low)
    return Candidate(after=after, kind="enclitic") if after else None


def _is_object(draft: Draft, index: int) -> bool:
    """Whether lo or la behind an infinitive is what the person addressed acts on: "puede recogerlo"."""
    before = {draft.low(index - 1), draft.low(index - 2)}
    addressed = "usted" in before or any(_forms().informal.get(low, low) != low for low in before)
    return draft.low(index).endswith(("lo", "la")) and addressed


def _pronoun(draft: Draft, index: int) -> Candidate | None:
    """Tú, ti or contigo for a pronoun that addresses, or may."""
    low, before = draft.low(index), draft.low(index - 1)
    governed = before in _words("prepositions") and not draft.opens_clause(index)
    if low == "con" and draft.low(index + 1) == "usted":
        return Candidate(after="contigo", kind="pronoun", certain=True, last=index + 1)
    if low == "usted" and before != "con":
        return Candidate(after="ti" if governed else "tú", kind="pronoun", certain=True)
    if low == "consigo" or (low == "sí" and governed):
        return Candidate(after="ti" if low == "sí" else "contigo", kind="clitic")
    return None


def to_formal(draft: Draft) -> None:
    """Tú becomes usted."""
    possessives = {after: before for before, after in _table("possessives").items()}
    for index, word in draft:
        low = word.low
        if low in ("tú", "vos"):
            draft.put(index, "usted", kind="pronoun")
        elif low == "sé" and draft.opens_clause(index) and _is_told_to_be(draft, index):
            draft.put(index, "sea", kind="verb")
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


def _is_told_to_be(draft: Draft, index: int) -> bool:
    """Whether "sé" is "be", not "I know": before tú, or beside another form of tú."""
    following = draft.low(index + 1)
    if following == "tú":
        return True
    if draft.opens_clause(index + 1) or following in _words("known") or following in _infinitives():
        return False
    return any(draft.low(other) in _forms().formal for other in draft.sentence(index) if other > index + 1)


def _formal_word(draft: Draft, index: int) -> None:
    low = draft.low(index)
    capital = draft.words[index].capital and not draft.opens_sentence(index)
    formal = _forms().formal.get(low)
    noun = _is_noun(draft, index)
    if formal and not capital and not noun:
        draft.put(index, formal, kind="verb")
    elif _is_unlisted(draft, index):
        draft.put(index, _unlisted(low), kind="verb")
    elif low in _forms().formal_command and romance.is_order(draft, index, lang="es"):
        draft.put(index, _forms().formal_command[low], kind="verb")
    elif low in _table("short_orders"):
        draft.put(index, _table("short_orders")[low], kind="verb")
    elif low.endswith(("te", "me", "nos", "lo", "la", "le", "los", "las")) and len(low) > 4:
        _formal_enclitic(draft, index)


def _is_noun(draft: Draft, index: int) -> bool:
    """Whether a word with the form of a verb with tú is a noun or an adjective."""
    before = "" if draft.opens_clause(index) else draft.low(index - 1)
    if draft.low(index) in _words("not_second"):
        return before not in _words("verb_before") and not (not before and draft.ends_with(index, "?"))
    return before in _words("noun_before") and draft.low(index) not in _words("plain")


def _formal_enclitic(draft: Draft, index: int) -> None:
    """Quedarte, preguntarte, diviértete."""
    match = _PAIR.fullmatch(draft.low(index))
    if match and (match[1].endswith("ndo") or match[1].translate(_ACCENTS) in _infinitives()):
        draft.put(index, f"{match[1]}se{match[2]}", kind="pronoun")
        return
    stem = draft.low(index).removesuffix("te")
    if stem.endswith(("ándo", "iéndo")) or stem.replace("ír", "ir") in _infinitives():
        before = [draft.low(other) for other in range(draft.sentence(index).start, index)]
        own = any(low in _forms().formal or low == "te" for low in before) and not _words("own") & set(before)
        draft.put(index, stem + ("se" if own else "le"), kind="pronoun")
        return
    formal = _formal_order(draft.low(index))
    if formal:
        draft.put(index, formal, kind="verb")


def _formal_order(low: str) -> str:
    """``diviértete`` → ``diviértase``, ``déjalos`` → ``déjelos``; empty for other words."""
    match = _ORDER.fullmatch(low)
    if match is None:
        return ""
    stem, pronoun = match[1], match[2].replace("te", "se")
    if stem in _SHORT:
        return _SHORT[stem] + pronoun
    plain = stem.translate(_ACCENTS)
    command = _forms().formal_command.get(plain, "")
    place = next((place for place, letter in enumerate(stem) if letter != plain[place]), len(command))
    if place >= len(command):
        return _unlisted_formal_order(stem) if pronoun == "se" and place < len(stem) else ""
    return command[:place] + stem[place] + command[place + 1 :] + pronoun


def _unlisted_formal_order(stem: str) -> str:
    """The command of a verb in -ar that no table has, with its pronoun: ``tranquilícese``."""
    if not stem.endswith("a"):
        return ""
    for last, written in (("c", "qu"), ("g", "gu"), ("z", "c")):
        if stem[:-1].endswith(last):
            return f"{stem[:-2]}{written}ese"
    return f"{stem[:-1]}ese"


def _is_clitic(draft: Draft, index: int) -> bool:
    """Whether lo or la stands before a verb; le and se always do."""
    low, joined = draft.low(index), not draft.opens_clause(index)
    if low == "se" and draft.low(index + 1) in ("le", "les", "me", "nos"):
        return False  # what happens to somebody: "se le ha caído"
    if low in ("lo", "la") and joined and draft.low(index - 1) in ("me", "te", "se", "nos", "le", "les"):
        return False
    if low in ("le", "se"):
        return True
    following = draft.low(index + 1)
    return following.endswith(("an", "en", "on", "ía", "ría", "ará", "o", "é", "e")) and following not in (
        "que",
        "mismo",
        "de",
        "único",
    )


def _second(draft: Draft, index: int) -> str:
    """The informal form: a command where nothing makes it subordinate, else a statement."""
    low = draft.low(index)
    if low in _forms().command and low not in ("era", "fuera"):
        before = [draft.low(index - 1), draft.low(index - 2)]
        sentence = draft.sentence(index)
        bound = any(word in _words("subordinators") for word in before) or any(
            draft.low(other) in ("que", "cuando", "si", "ojalá", "espero")
            for other in range(sentence.start, index)
        )
        opens = draft.opens_clause(index) or draft.low(index - 1) in (
            "y",
            "por",
            "favor",
            "o",
            "solo",
            "simplemente",
        )
        if (not bound or draft.opens_clause(index)) and opens and not draft.ends_with(index, "?"):
            return _forms().command[low]
    return _forms().informal.get(low, _forms().command.get(low, low))


def _attached(low: str) -> str:
    """The informal form of an infinitive or gerund with a pronoun behind it; empty for other words."""
    match = _ENCLITIC.fullmatch(low)
    return f"{match[1]}te{match[3] or ''}" if match and len(match[1]) > 2 else ""


def _ordered(low: str) -> str:
    """The informal form of a command with a pronoun behind it, ``siéntese``; empty for other words."""
    if low in _table("formal_short_orders"):
        return _table("formal_short_orders")[low]
    match = None if _ENCLITIC.fullmatch(low) else _COMMAND.fullmatch(low)
    if match and match[1] != match[1].translate(_ACCENTS):
        plain = match[1].translate(_ACCENTS)
        command = _forms().command.get(plain) or _forms().command.get(match[1])
        if command:
            pronoun = match[2].replace("se", "te")
            if command in ("haz", "pon", "ten", "ven", "sal", "di"):
                return (
                    command if len(pronoun) == 2 else command.translate(str.maketrans("ae", "áé"))
                ) + pronoun
            place = next(at for at, letter in enumerate(match[1]) if letter != plain[at])
            if command[place : place + 1] == plain[place]:
                return command[:place] + match[1][place] + command[place + 1 :] + pronoun
        return _unlisted_order(match[1], match[2])
    return ""


def _unlisted_order(stem: str, pronoun: str) -> str:
    """The command of a verb in -ar that no table has: ``tranquilíce`` and ``se`` → ``tranquilízate``."""
    if pronoun != "se" or not stem.endswith("e"):
        return ""
    for written, last in (("qu", "c"), ("gu", "g"), ("c", "z")):
        if stem[:-1].endswith(written):
            return f"{stem[:-1].removesuffix(written)}{last}ate"
    return f"{stem[:-1]}ate"


def _clitic(draft: Draft, index: int) -> str:
    """Se with a verb of the person addressed, else le, which unlike lo and la says nothing about gender."""
    following = draft.low(index + 1)
    if following in ("lo", "la", "los", "las") and not draft.opens_clause(index + 1):
        return "se"
    if following in _forms().formal or (following.endswith("s") and _is_unlisted(draft, index + 1)):
        return "se"
    return "le"


def _is_unlisted(draft: Draft, index: int) -> bool:
    """Whether a word looks like a verb with tú that the table lacks."""
    low, before = draft.low(index), draft.low(index - 1)
    if draft.words[index].capital and not draft.opens_sentence(index):
        return False
    free = draft.opens_clause(index) or before in _words("light") or before in ("tú", "te")
    if low.endswith(("aste", "iste", "abas", "rías", "rás")) and len(low) > 5 and free:
        return low not in (
            "triste",
            "existe",
            "insiste",
            "resiste",
            "chiste",
            "contraste",
            "desgaste",
            "atrás",
            "detrás",
            "además",
            "jamás",
        )
    return low.endswith(("as", "es")) and before in ("tú", "te") and len(low) > 3


def _unlisted(low: str) -> str:
    if low.endswith("aste"):
        return f"{low[:-4]}ó"
    return f"{low[:-4]}ió" if low.endswith("iste") else low[:-1]


def _spell(stem: str, ending: str) -> str:
    """Stem and ending with the sound of the stem kept: busc- + e is busque, ley- + ió is leyó."""
    if stem.endswith("y") and ending[0] == "i":
        return stem + ending[1:]
    if stem.endswith(("a", "e", "o")) and ending == "iste":
        return f"{stem}íste"
    if ending[0] in "eé":
        for last, written in (("c", "qu"), ("g", "gu"), ("z", "c")):
            if stem.endswith(last) and not stem.endswith("gu"):
                hard = ending in ("e", "es")
                return (
                    stem[:-1] + written if hard and stem[-1:] == last and stem in _hard() else stem
                ) + ending
    if ending in ("a", "as") and stem in _soft():
        for last, written in (("gu", "g"), ("g", "j"), ("c", "zc")):
            if stem.endswith(last):
                return stem.removesuffix(last) + written + ending
    return stem + ending


@cache
def _hard() -> frozenset[str]:
    """Stems of -ar verbs, whose last sound stays before e."""
    entries = [(*entry.split(":"), "") for entry in table("es")["verbs"].split()]
    return frozenset(entry[1] or entry[0][:-2] for entry in entries if entry[0].endswith("ar"))


@cache
def _soft() -> frozenset[str]:
    """Stems of -er and -ir verbs, whose last sound stays before a."""
    entries = [(*entry.split(":"), "") for entry in table("es")["verbs"].split()]
    return frozenset(entry[1] or entry[0][:-2] for entry in entries if entry[0].endswith(("er", "ir")))


@cache
def _infinitives() -> frozenset[str]:
    listed = {entry.partition(":")[0].removesuffix("!") for entry in table("es")["verbs"].split()}
    longer = {
        prefix.replace("-", "") + verb
        for verb, names in table("es")["prefixed"].items()
        for prefix in names.split()
    }
    return frozenset(listed | {verb.replace("í", "i") for verb in longer} | _words("short_infinitives"))


@cache
def _shared() -> Iberian:
    return Iberian(
        lang="es", forms=_forms, pronoun=_pronoun, is_clitic=_is_clitic, second=_second, begins=_begins
    )


def _begins(draft: Draft, index: int) -> bool:
    return draft.low(index) in _forms().command or bool(_ordered(draft.low(index)))


@cache
def _forms() -> Forms:
    return forms("es", spell=_spell)


def _table(name: str) -> Mapping[str, str]:
    found: Mapping[str, str] = table("es")[name]
    return found


def _words(name: str) -> frozenset[str]:
    return words("es")[name]
