"""Italian: Lei and tu."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import regex

from tongli.generation.adapt.register import romance
from tongli.generation.adapt.register.draft import Draft, Word
from tongli.generation.adapt.register.romance import Candidate
from tongli.generation.adapt.register.romance_orders import commanded, lead
from tongli.generation.adapt.register.romance_verbs import Forms, forms
from tongli.knowledge.register import table, words

_NEAR = 200
"""Words within which another form counts as evidence."""
_PROCLITICS = ("non", "si", "mi", "ci", "lo", "la", "li", "le", "ne", "gli", "me", "se", "ce")
_BEFORE_ORDER = ("mi", "ci", "si", "lo", "la", "li", "le", "ne", "gli")
_WANTED = (("vuoi", "che"), ("preferisci", "che"), ("desideri", "che"), ("vorresti", "che"))
"""After these, another one acts: "vuoi che te lo porti?"."""
_LONG = 5
"""Letters of a word from which on -i after "si" is taken for a command to an unknown verb."""
_ARTICLES = frozenset(
    ("un", "una", "uno", "il", "lo", "la", "i", "gli", "le", "dei", "degli", "delle", "del", "qualcosa")
)
_APOSTROPHES = ("'", "’")
_OBJECTS = ("lo", "la", "li", "le", "ne")
_ORDER = regex.compile(r"(.{2,}?)(?:(mi|ti|ci|lo|la|li|le|ne)|(me|te|ce)(lo|la|li|le|ne))")
_PARTICIPLE = regex.compile(r".*[aiu]t[iea]")
_ENCLITIC = regex.compile(r"(.*(?:[aei]r|[ae]ndo))(si|la|le|se|glie)(ne|lo|la|li|le)?")


def to_informal(draft: Draft) -> None:
    """Lei becomes tu."""
    romance.to_informal(draft, lang="it", find=candidate, forms=_forms())


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
    return _told(draft, index) or _other(draft, index, polite=polite)


def _told(draft: Draft, index: int) -> Candidate | None:
    """The informal form of a command, with its pronoun."""
    ordered = _ordered(draft, index)
    if ordered:
        return Candidate(after=ordered, kind="verb", certain=True, last=index + 1)
    return _commanded(draft, index)


def _other(draft: Draft, index: int, *, polite: bool) -> Candidate | None:
    """The informal form of a word that is neither Lei nor a command; ``polite``: with a capital."""
    word = draft.words[index]
    low = word.low
    if low in _table("possessives"):
        return Candidate(after=_table("possessives")[low], kind="possessive", certain=polite)
    if low in _table("clitics"):
        return (
            Candidate(after="ti", kind="clitic", certain=_is_polite_clitic(draft, index))
            if _is_clitic(draft, index)
            else None
        )
    begun = low in _forms().formal_command and romance.begins_text(draft, index, lang="it")
    if (low in _forms().informal or low in _forms().command) and not begun:
        return Candidate(after=_second(draft, index), kind="verb")
    return _enclitic(word)


def _commanded(draft: Draft, index: int) -> Candidate | None:
    """A subjunctive of a main clause, with its pronoun: ``lo apra`` → ``aprilo``, ``vada`` → ``vai``."""
    low = draft.low(index)
    verb = index + 1 if low in _BEFORE_ORDER and not draft.opens_clause(index + 1) else index
    found = commanded(draft, verb, lang="it", forms=_forms(), begins=_begins)
    if found is None:
        return None
    shared = draft.low(verb) in _forms().formal  # "parli" goes with tu as well
    noun = verb == index and draft.low(verb) in _words("not_second")
    if shared and (noun or romance.is_informal(draft, index, "it", _forms())):
        return None
    if found.bans:
        after = _forms().infinitive.get(draft.low(verb), "")
        return Candidate(after=after, kind="verb", certain=True) if after and verb == index else None
    order = _forms().command[draft.low(verb)]
    if verb == index:
        return Candidate(after=order, kind="verb", certain=True)
    return Candidate(after=_joined(order, low.replace("s", "t", 1)), kind="verb", certain=True, last=verb)


def _begins(draft: Draft, index: int) -> bool:
    return draft.low(index) in _forms().command


def _joined(order: str, pronoun: str) -> str:
    """A command with its pronoun: ``di'`` and ``mi`` → ``dimmi``, ``apri`` and ``lo`` → ``aprilo``."""
    if order in ("di'", "dai", "fai", "stai", "vai"):
        return order[:-1] + ("" if pronoun == "gli" else pronoun[0]) + pronoun
    return order + pronoun


def _is_polite_clitic(draft: Draft, index: int) -> bool:
    """Whether la or le can only be the person addressed: with a capital, or as in "La ringrazio"."""
    word = draft.words[index]
    told = draft.low(index + 1) in _words("to_you")
    return word.capital and word.low != "si" and (not draft.opens_sentence(index) or told)


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
    joined = draft.low(index - 1) in ("e", "o") and not {"che", "se"} & {
        draft.low(other) for other in range(draft.sentence(index).start, index)
    }
    if not follows or asks or not (draft.opens_clause(index) or joined):
        return ""
    if verb not in _forms().command:
        unlisted = low == "si" and draft.opens_sentence(index) and len(verb) > _LONG and verb.endswith("i")
        return f"{verb[:-1]}ati" if unlisted else ""
    return _joined(_forms().command[verb], low.replace("s", "t", 1))


def to_formal(draft: Draft) -> None:
    """Tu becomes Lei."""
    possessives = {after: before for before, after in _table("possessives").items()}
    for index, word in draft:
        low, before = word.low, draft.low(index - 1)
        if low == "te" and draft.low(index + 1) in _OBJECTS and not draft.opens_clause(index + 1):
            _formal_pair(draft, index)
        elif low == "tu" or (low == "te" and (before in _words("prepositions") or before in ("e", "anche"))):
            draft.put(index, "Lei", kind="pronoun")
        elif low in possessives:
            draft.put(index, possessives[low], kind="possessive")
        elif low == "di" and draft.opens_clause(index) and draft.gap(index + 1)[:1] in _APOSTROPHES:
            tell = "Dica" if word.capital else "dica"
            draft.splice(word.start, word.end + 1, tell, kind="verb")
        elif low == "ti":
            draft.put(index, _clitic(draft, index), kind="pronoun")
        elif not (word.capital and not draft.opens_sentence(index)):
            _formal_word(draft, index)


def _formal_pair(draft: Draft, index: int) -> None:
    """``te lo dico`` → ``glielo dico``, ``te lo ricordi`` → ``se lo ricorda``."""
    wanted = (draft.low(index - 2), draft.low(index - 1)) in _WANTED and draft.low(
        index + 2
    ) in _forms().command
    if draft.low(index + 2) in _forms().formal and not wanted:
        draft.put(index, "se", kind="pronoun")
    else:
        draft.put(index, f"glie{draft.low(index + 1)}", last=index + 1, kind="pronoun")


def _formal_word(draft: Draft, index: int) -> None:
    low = draft.low(index)
    before = draft.low(index - 1)
    noun = low in _words("not_second") or (
        before in _words("noun_before") and low not in _words("plain") and not low.endswith(("resti", "rai"))
    )
    ordered = noun and before in ("e", "o") and low in _forms().formal_command and _goes_on(draft, index)
    if noun and not ordered and (before not in _words("verb_before") or draft.opens_clause(index)):
        return
    counted = low == "sei" and draft.low(index + 1) in _words("counted")
    if _is_subjunctive(draft, index):
        return
    if counted or (before in _words("third") and not draft.opens_clause(index)):
        return
    order = _formal_order(draft, index)
    if order:
        draft.put(index, order, kind="verb")
    elif low in _forms().formal:
        formal = _forms().formal[low]
        if formal != low:
            draft.put(index, formal, kind="verb")
    elif low.endswith(("asti", "esti", "isti", "avi", "evi")) and draft.low(index - 1) in ("tu", "non", "ti"):
        draft.put(index, _unlisted(low), kind="verb")
    elif low.endswith("rti") and _infinitive(low[:-2]):
        own = _governed(draft, index)
        given = draft.low(index + 1) in _ARTICLES and (draft.low(index + 1), draft.low(index + 2)) != (
            "un",
            "po",
        )
        given = given and not draft.opens_clause(index + 1)
        object_ = "Le" if given or low.startswith(tuple(_words("dative"))) else "La"
        draft.put(index, low[:-2] + ("si" if own else object_), kind="pronoun")
    elif low.endswith(("rtelo", "rtela", "rtene")) and len(low) > 6:
        own = low.endswith("ne") or _governed(draft, index)
        draft.put(index, low[:-4] + ("se" if own else "glie") + low[-2:], kind="pronoun")


def _is_subjunctive(draft: Draft, index: int) -> bool:
    """Whether a form in -i is the same with Lei: a subjunctive, or a command that is formal already."""
    low = draft.low(index)
    if low not in _forms().command or low not in _forms().formal:
        return False
    found = lead(draft, index, lang="it")
    called = _forms().command[low] in _words("calls")
    if (draft.opens_clause(found.first) or found.joins) and (called or not draft.ends_with(index, "?")):
        return not _addresses(draft, index)
    before = [draft.low(other) for other in range(max(draft.sentence(index).start, index - 6), index)]
    return bool(_words("wishing") & set(before)) and ("che" in before or before[-1] in _words("wishing"))


def _addresses(draft: Draft, index: int) -> bool:
    """Whether a word near one can only be informal."""
    near = range(max(0, index - _NEAR), min(len(draft.words), index + _NEAR))
    lows = {draft.low(other) for other in near}
    return bool(lows & {"tu", "te", "ti", *_table("possessives").values()}) or any(
        _forms().formal.get(low, low) != low
        and low not in _forms().command
        and low not in _words("not_second")
        for low in lows
    )


def _formal_order(draft: Draft, index: int) -> str:
    """The formal command for an informal one where a clause begins; empty for other words."""
    low, before = draft.low(index), draft.low(index - 1)
    if before in ("non", "ti"):
        return _formal_ban(draft, index)
    called = low in _words("calls") or low.removesuffix("mi") in _words("calls")
    begins = (draft.opens_clause(index) and "(" not in draft.gap(index)) or before in _words("joins")
    if not begins or (draft.ends_with(index, "?") and not called):
        return ""
    return _chosen_order(draft, index, called=called)


def _chosen_order(draft: Draft, index: int, *, called: bool) -> str:
    """As :func:`_formal_order`, where a command may stand; ``called``: one that calls for attention."""
    low, before, opens = draft.low(index), draft.low(index - 1), draft.opens_sentence(index)
    known = _forms().formal_command.get(low, "")
    urged = known and ((opens and draft.ends_with(index, "!")) or _goes_on(draft, index))
    if called and not known:
        return _attached(low, _forms().formal_command)
    if called or low in _words("orders") or urged or (opens and known and _has_errand(draft, index)):
        return known
    tells = low.startswith(tuple(_words("impersonal"))) and not low.endswith("ti")
    if low in _forms().formal or low in _words("statements") or tells:
        return ""
    if known:
        return known if opens or before == "favore" else ""
    loose = _PARTICIPLE.fullmatch(low) and not opens and before not in _words("joins")
    return "" if loose else _attached(low, _forms().formal_command)


def _has_errand(draft: Draft, index: int) -> bool:
    """Whether what follows the first word of a sentence makes it a command: "stai attento"."""
    low, following = draft.low(index), "" if draft.opens_clause(index + 1) else draft.low(index + 1)
    if following in _table("first_orders").get(low, "").split():
        return True
    takes = following in _ARTICLES or following in _table("possessives").values()
    if romance.begins_text(draft, index, lang="it"):
        return True
    return takes and low.endswith("i") and low not in _words("states")


def _speaks_to(draft: Draft, index: int) -> bool:
    """Whether the sentence of a word has a pronoun or possessive of the person addressed informally."""
    marks = {"tu", "te", "ti", *_table("possessives").values()}
    return any(draft.low(other) in marks for other in draft.sentence(index))


def _goes_on(draft: Draft, index: int) -> bool:
    """Whether a command follows another one: "mettiti il cappotto e vai", "Vieni. Porta il tuo cane."."""
    if draft.opens_sentence(index):
        return index > 0 and _begins_with_order(draft, index - 1) and _speaks_to(draft, index)
    return draft.low(index - 1) in ("e", "o") and _begins_with_order(draft, index)


def _begins_with_order(draft: Draft, index: int) -> bool:
    """Whether the sentence of a word begins with a command: "mettiti il cappotto e vai"."""
    first = draft.sentence(index).start
    if first == index or not draft.changed(first):
        return False
    low = draft.low(first)
    return low in _forms().formal_command or bool(_attached(low, _forms().formal_command))


def _formal_ban(draft: Draft, index: int) -> str:
    """``non andare`` → ``vada``, ``non preoccuparti`` and ``non ti preoccupare`` → ``si preoccupi``."""
    low, first = draft.low(index), index - 1 if draft.low(index - 1) == "non" else index - 2
    if draft.low(first) != "non":
        return ""
    if not draft.opens_clause(first) and draft.low(first - 1) not in ("e", "ma", "dai", "favore"):
        return ""
    order = _forbidden().get(low, "")
    return order if order or first < index - 1 else _attached(low, _forbidden())


def _attached(low: str, orders: Mapping[str, str]) -> str:
    """``dimmi`` → ``mi dica``, ``goditi`` → ``si goda``, ``preoccuparti`` → ``si preoccupi``."""
    match = _ORDER.fullmatch(low)
    if match is None:
        return ""
    order, pronoun, object_ = match[1], match[2] or match[3], match[4] or ""
    if order.endswith(pronoun[0]):
        order = order[:-1]
    known = next(
        (orders[name] for name in (order, f"{order}'", f"{order}i", f"{order}e") if name in orders), ""
    )
    return " ".join(filter(None, (pronoun.replace("t", "s", 1), object_, known))) if known else ""


def _is_clitic(draft: Draft, index: int) -> bool:
    """Whether la or le is a pronoun before a verb, not an article."""
    if draft.low(index) == "si":
        return not draft.opens_clause(index + 1)
    following = draft.low(index + 1)
    if draft.words[index].capital and (not draft.opens_sentence(index) or following in _words("to_you")):
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
        banned = draft.low(index - 2) == "non" and draft.low(index - 1) in _PROCLITICS
        if banned and low in _forms().infinitive and not draft.ends_with(index, "?"):
            return _forms().infinitive[low]
    return _forms().informal.get(low, low)


def _clitic(draft: Draft, index: int) -> str:
    """Si with a verb of the person addressed, else Le, or La with some verbs."""
    following = draft.low(index + 1)
    if (draft.low(index - 2), draft.low(index - 1)) in _WANTED:
        return "Le" if following.startswith(tuple(_words("dative"))) else "La"
    changes = _forms().formal.get(following, following) != following
    if changes or following in _forbidden() or draft.low(index - 1) == "tu":
        return "si"
    if following.startswith(("vo", "vu")) and draft.low(index + 2) == "bene":
        return "Le"
    verb = draft.low(index + 2) if following in _words("helpers") else following
    return "Le" if verb.startswith(tuple(_words("dative"))) else "La"


def _governed(draft: Draft, index: int) -> bool:
    """Whether the infinitive belongs to a verb of the person addressed."""
    before = {draft.low(other) for other in range(draft.sentence(index).start, index)}
    addressed = "ti" in before or bool(before & _forms().formal.keys())
    return addressed and not before & _words("own")


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


def _infinitive(stem: str) -> bool:
    """Whether a stem in -r is an infinitive that lost its last vowel."""
    return f"{stem}e" in _infinitives() or stem in (
        "far",
        "dir",
        "dar",
        "star",
        "aver",
        "esser",
        "veder",
        "porr",
    )


@cache
def _forbidden() -> dict[str, str]:
    """Infinitive, whole and without its last vowel → formal command."""
    regular = {verb: order for order, verb in _forms().infinitive.items() if order in _forms().command}
    listed = {verb: order for order, verb in _table("forbidden").items()}
    return {**regular, **listed}


@cache
def _forms() -> Forms:
    return forms("it", spell=_spell)


def _table(name: str) -> Mapping[str, str]:
    found: Mapping[str, str] = table("it")[name]
    return found


def _words(name: str) -> frozenset[str]:
    return words("it")[name]
