"""French: vous and tu, their verbs, clitics and possessives."""

from __future__ import annotations

from tongli.generation.adapt.register.draft import Draft
from tongli.generation.adapt.register.french_words import (
    command,
    elides,
    gender,
    is_vous_verb,
    tu_form,
    vous_command,
    vous_form,
)
from tongli.knowledge.register import words

_APOSTROPHES = ("'", "’")


def to_informal(draft: Draft) -> None:
    """Vous to one person becomes tu."""
    subjects: set[int] = set()
    for index, word in draft:
        if word.low == "vous" and not draft.changed(index):
            _vous(draft, index, subjects)
        elif word.low == "votre":
            _votre(draft, index)
        elif word.low == "veuillez" and draft.gap(index + 1).isspace():
            _please(draft, index)
        elif word.low == "vos":
            draft.put(index, "tes", kind="possessive")
        elif word.low in ("vôtre", "vôtres"):
            feminine = draft.low(index - 1) == "la" or draft.low(index + 1) == "préférée"
            plural = "s" if word.low.endswith("s") else ""
            draft.put(index, ("tienne" if feminine else "tien") + plural, kind="possessive")
    for index, word in draft:
        if is_vous_verb(word.low) and not draft.changed(index) and not _is_meeting(draft, index):
            _free_verb(draft, index, subjects)


def to_formal(draft: Draft) -> None:
    """Tu becomes vous."""
    possessives = {
        "ton": "votre",
        "ta": "votre",
        "tes": "vos",
        "tien": "vôtre",
        "tienne": "vôtre",
        "tiens": "vôtres",
        "tiennes": "vôtres",
    }
    for index, word in draft:
        elided = draft.gap(index + 1)[:1] in _APOSTROPHES and index + 1 < len(draft.words)
        if word.low == "tu" or (
            word.low == "t" and elided and draft.low(index + 1) in ("as", "es", "avais", "étais")
        ):
            _tu(draft, index, elided=elided)
        elif word.low == "t" and elided and draft.gap(index) == "-":
            draft.splice(word.start, draft.words[index + 1].start, "vous-", kind="pronoun")
        elif word.low == "t" and elided:
            _open(draft, index, "vous")
        elif word.low in ("te", "toi"):
            draft.put(index, "vous", kind="pronoun")
        elif word.low in possessives and (
            word.low not in ("tiens", "tien")
            or draft.low(index - 1) in ("le", "les", "du", "des", "au", "aux")
        ):
            draft.put(index, possessives[word.low], kind="possessive")
    for index, word in draft:
        formal = vous_command(word.low)
        if formal and not draft.changed(index) and _opens(draft, index):
            _verb(draft, index, formal)


def _vous(draft: Draft, index: int, subjects: set[int]) -> None:
    if draft.gap(index) == "-" and is_vous_verb(draft.low(index - 1)):
        _inverted(draft, index, subjects)
        return
    if draft.low(index + 1) in ("deux", "tous", "toutes", "autres"):
        draft.ask(index, ("tu",), kind="address")
        return
    verb = _verb_after(draft, index)
    if verb is not None and draft.gap(verb + 1) == "-" and draft.low(verb + 1) == "vous":
        if draft.low(verb + 2).endswith(("és", "ées", "us", "is")):
            draft.ask(index, ("te",), kind="address")
        else:
            _clitic(draft, index)
        return
    if draft.low(index - 1) == "ne" and draft.low(index - 2) != "vous":
        _clitic(draft, index)
        return
    if verb is not None:
        draft.put(index, "tu", kind="pronoun")
        subjects.add(index)
        for between in range(index + 1, verb):
            if draft.low(between) == "vous":
                _clitic(draft, between)
        _verb(draft, verb, tu_form(draft.low(verb), subjunctive=_is_wished(draft, index)))
    elif _is_tonic(draft, index):
        draft.put(index, "toi", kind="pronoun")
    else:
        _clitic(draft, index)


def _please(draft: Draft, index: int) -> None:
    """Veuillez has no form that is said to a friend: "veuillez saisir" becomes "merci de saisir"."""
    if elides(draft.low(index + 1)):
        draft.put(index, "merci d'", kind="verb")
        draft.splice(draft.words[index].end, draft.words[index + 1].start, "", kind="verb")
    else:
        draft.put(index, "merci de", kind="verb")


def _inverted(draft: Draft, index: int, subjects: set[int]) -> None:
    """A verb with vous behind it: a question, or a command to oneself ("amusez-vous")."""
    verb = index - 1
    if draft.gap(index + 1) == "-" and draft.low(index + 1) == "en" and not draft.ends_with(index, "?"):
        _verb(draft, verb, command(draft.low(verb)))
        draft.splice(draft.words[index].start, draft.words[index + 1].start, "t'", kind="pronoun")
        return
    if _is_meeting(draft, verb):
        return
    if draft.low(verb - 1) == "vous" and not draft.opens_clause(verb) and not draft.changed(verb - 1):
        return
    if draft.ends_with(index, "?") or draft.low(verb) not in _words("reflexive"):
        draft.put(index, "tu", kind="pronoun")
        subjects.add(index)
        _verb(draft, verb, tu_form(draft.low(verb)))
    else:
        draft.put(index, "toi", kind="pronoun")
        _verb(draft, verb, command(draft.low(verb)))


def _verb_after(draft: Draft, index: int) -> int | None:
    """The verb that vous is the subject of, beyond its clitics."""
    place = index + 1
    while draft.low(place) in _words("clitics") and place < index + 5 and draft.gap(place) != "-":
        place += 1
    joined = all(not draft.opens_clause(other) for other in range(index + 1, place + 1))
    return place if joined and is_vous_verb(draft.low(place)) else None


def _is_wished(draft: Draft, index: int) -> bool:
    """Whether "que" before the pronoun takes the subjunctive."""
    return draft.low(index - 1) in ("que", "qu") and draft.low(index - 2) in _words("wishes")


def _is_tonic(draft: Draft, index: int) -> bool:
    """Whether vous stands for itself: after a preposition, or where nothing follows it."""
    before, following = draft.low(index - 1), draft.low(index + 1)
    if draft.gap(index + 1) == "-" or draft.opens_clause(index + 1):
        return True
    if before in ("que", "qu", "et", "mais", "ou"):
        return following in ("et", "vos", "êtes", "aussi")
    if following in _words("adverbs"):
        return before in _words("prepositions")
    if before in ("pour", "de", "à", "d", "sans", "par", "après"):
        return not following.endswith(("er", "ir", "re", "oir"))
    return before in _words("prepositions") or following in ("et", "ou", "aussi", "même", "vos")


def _clitic(draft: Draft, index: int) -> None:
    """Te, or t' before a vowel; after a command toi."""
    if draft.gap(index) == "-":
        draft.put(index, "toi", kind="pronoun")
    elif elides(draft.low(index + 1)):
        word = draft.words[index]
        draft.splice(word.start, draft.words[index + 1].start, "T'" if word.capital else "t'", kind="pronoun")
    else:
        draft.put(index, "te", kind="pronoun")


def _votre(draft: Draft, index: int) -> None:
    noun = index + 1
    while draft.low(noun) in _words("epicene") and not draft.opens_clause(noun + 1):
        noun += 1
    joined = draft.gap(noun + 1) == "-" and noun + 1 < len(draft.words)
    name = f"{draft.low(noun)}-{draft.low(noun + 1)}" if joined else ""
    known = name in words("fr")["masculine"] | words("fr")["feminine"]
    found = gender(name if known else draft.low(noun), following=draft.low(noun + 1))
    if elides(draft.low(index + 1)) or found == "m":
        draft.put(index, "ton", kind="possessive")
    elif found == "f":
        draft.put(index, "ta", kind="possessive")
    else:
        draft.ask(index, ("ton", "ta"), kind="address")


def _free_verb(draft: Draft, index: int, subjects: set[int]) -> None:
    """A verb with vous left out: joined to one before it, or a command."""
    low = draft.low(index)
    sentence = draft.sentence(index)
    has_subject = any(other in subjects for other in range(sentence.start, index))
    if draft.gap(index + 1) == "-" and draft.low(index + 1) in _words("objects"):
        _verb(draft, index, command(low))  # "dites-moi", wherever it stands
        return
    joined = draft.low(index - 1) in ("et", "ou", "mais", "puis") and has_subject
    if (draft.gap(index + 1) == "-" and draft.low(index + 1) == "vous") or low == "êtes":
        return  # left to the question that "vous" raised
    if any(
        draft.low(other) in ("vous", "toi") and draft.low(other + 1) == "et"
        for other in range(sentence.start, index)
    ):
        return
    if low == "allez" and draft.opens_clause(index + 1):
        return
    if joined or (low.endswith("iez") and tu_form(low).endswith("ais")):
        _verb(draft, index, tu_form(low))
    elif (
        not has_subject
        or draft.opens_clause(index)
        or draft.low(index - 1) in ("ne", "n", "et", "ou", "alors", "donc")
    ):
        _verb(draft, index, command(low))


def _is_meeting(draft: Draft, verb: int) -> bool:
    """Whether the word is part of the noun rendez-vous."""
    meets = draft.low(verb) == "rendez" and draft.low(verb + 1) == "vous" and draft.gap(verb + 1) == "-"
    return meets and not (draft.opens_clause(verb) and draft.words[verb].capital)


def _verb(draft: Draft, index: int, after: str) -> None:
    """Replace a verb; "n'allez" becomes "ne vas" and back."""
    word, before = draft.words[index], draft.low(index - 1)
    if word.gap in _APOSTROPHES and before in ("n", "qu") and not elides(after):
        draft.put(index - 1, f"{draft.words[index - 1].text}e {after}", last=index, kind="verb")
    elif before in ("ne", "que") and word.gap == " " and elides(after) and not elides(word.low):
        draft.put(index - 1, f"{draft.words[index - 1].text[:-1]}'{after}", last=index, kind="verb")
    else:
        draft.put(index, after, kind="verb")


def _tu(draft: Draft, index: int, *, elided: bool) -> None:
    if draft.gap(index) == "-":
        draft.put(index, "vous", kind="pronoun")
        formal = vous_form(draft.low(index - 1))
        if formal:
            _verb(draft, index - 1, formal)
        return
    if elided:
        _open(draft, index, "vous")
    else:
        draft.put(index, "vous", kind="pronoun")
    place = index + 1
    while draft.low(place) in _words("clitics") and place < index + 5:
        place += 1
    formal = vous_form(draft.low(place))
    if formal:
        _verb(draft, place, formal)
        _join_formal(draft, place)


def _join_formal(draft: Draft, verb: int) -> None:
    """A second verb of the same subject: "tu regardes et commandes"."""
    for index in range(verb + 1, draft.sentence(verb).stop):
        if draft.low(index - 1) in ("et", "ou") and draft.low(index).endswith("es"):
            formal = vous_form(draft.low(index)) if f"{draft.low(index)[:-1]}" in _words("er") else ""
            if formal:
                draft.put(index, formal, kind="verb")


def _opens(draft: Draft, index: int) -> bool:
    """Whether a command may stand here."""
    before = draft.low(index - 1)
    if draft.gap(index + 1) == "-" and draft.low(index + 1) in _words("objects"):
        return True
    if before in ("en", "y") and draft.low(index - 2) in ("t", "te") and draft.low(index - 3) in ("ne", "n"):
        return draft.opens_clause(index - 3)
    if before in ("t", "te") and draft.low(index - 2) in ("ne", "n"):
        return draft.opens_clause(index - 2) or draft.low(index - 3) in ("et", "alors")
    if before in ("ne", "n"):
        return draft.opens_clause(index - 1) or draft.low(index - 2) in ("et", "alors")
    others = ("je", "il", "elle", "on", "tu")
    capital = draft.words[index].capital and not draft.opens_sentence(index)
    start = draft.sentence(index).start
    joined = before in ("et", "puis") and draft.changed(start)
    follows = not draft.opens_clause(index + 1) and draft.low(index + 1) in (*others, "autres", "peu", "nous")
    return not capital and (draft.opens_clause(index) or joined) and not follows


def _open(draft: Draft, index: int, after: str) -> None:
    """Replace an elided pronoun and its apostrophe by a full one and a space."""
    word = draft.words[index]
    text = after.capitalize() if word.capital else after
    draft.splice(word.start, draft.words[index + 1].start, f"{text} ", kind="pronoun")


def _words(name: str) -> frozenset[str]:
    return words("fr")[name]
