"""What Spanish, Italian and Portuguese share: the formal address has the forms of the third person.

Every form that may mean "you" is a candidate; pronouns that only address are certain, the rest is decided by
:mod:`~tongli.generation.adapt.register.evidence`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tongli.generation.adapt.register.draft import Draft
from tongli.generation.adapt.register.evidence import ASK, EDIT, Context, features, known_state, probability
from tongli.generation.adapt.register.original import Original
from tongli.generation.adapt.register.romance_orders import Begins, commanded, lead
from tongli.generation.adapt.register.romance_verbs import Forms
from tongli.knowledge.register import table
from tongli.knowledge.register import words as words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A form that may address.

    Attributes:
        after: the informal form.
        kind: ``verb``, ``possessive``, ``clitic``, ``enclitic`` or ``pronoun``.
        certain: whether it can mean nobody else.
        last: index of the last word replaced, where there are several.
        command: whether the word is a subjunctive, which would command where a clause begins.
    """

    after: str
    kind: str
    certain: bool = False
    last: int | None = None
    command: bool = False


Words = Mapping[str, frozenset[str]]
"""Lists of words: ``light``, ``links``, ``dets``, ``third``, ``pronouns``."""
_REACH = 60
"""Words within which an informal form tells that the text is informal."""
_PROCLITICS = frozenset(
    ("se", "le", "lo", "la", "los", "las", "les", "lhe", "lhes", "me", "nos", "o", "a", "os", "as")
)
_OBJECTS = frozenset(
    (
        "el",
        "la",
        "los",
        "las",
        "un",
        "una",
        "su",
        "sus",
        "este",
        "esta",
        "o",
        "a",
        "os",
        "as",
        "um",
        "uma",
        "seu",
        "sua",
        "seus",
        "suas",
    )
)
_LONG = 5
"""Letters of a verb with tú from which on its ending tells."""
_BETWEEN = 4
"""Words that may stand between a pronoun and its verb."""
_NEAR = 30
"""Candidates within which a pronoun or possessive counts as evidence."""
Finder = Callable[[Draft, int], Candidate | None]
REASONS = {"possessive": "possessive", "verb": "verb"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Iberian:
    """What differs between Spanish and Portuguese in :meth:`candidate`.

    Attributes:
        lang: whose tables hold possessives, clitics and polite orders.
        forms: its verbs.
        pronoun: a pronoun that addresses.
        is_clitic: whether a word is a pronoun there, not an article.
        second: the informal form of a verb there.
        begins: whether a command stands at a word, told by its form alone.
    """

    lang: str
    forms: Callable[[], Forms]
    pronoun: Finder
    is_clitic: Callable[[Draft, int], bool]
    second: Callable[[Draft, int], str]
    begins: Begins

    def candidate(self, draft: Draft, index: int) -> Candidate | None:
        """The informal form of a word that may address."""
        low, data, command = draft.low(index), table(self.lang), self.forms().command
        if low in data["possessives"]:
            return Candidate(after=data["possessives"][low], kind="possessive")
        if low in data["clitics"]:
            return Candidate(after="te", kind="clitic") if self.is_clitic(draft, index) else None
        pronoun = self.pronoun(draft, index)
        if pronoun is not None:
            return pronoun
        known = low in self.forms().informal or low in command
        if not known or low in words_of(self.lang)["not_third"] or self._is_told_already(draft, index):
            return None
        found = commanded(draft, index, lang=self.lang, forms=self.forms(), begins=self.begins)
        if found is not None:
            after = self.forms().informal.get(low, command[low]) if found.bans else command[low]
            return Candidate(after=after, kind="verb", certain=True)
        after = self.second(draft, index)
        ordered = draft.opens_clause(index) and low in command and after == command[low]
        polite = ordered and low in words_of(self.lang)["polite_orders"]
        told = self.is_ban(draft, index) or self.is_urged(draft, index) or self.is_told(draft, index)
        certain = polite or told
        subjunctive = low in command and low not in self.forms().indicative
        return Candidate(after=after, kind="verb", certain=certain, command=subjunctive)

    def _is_told_already(self, draft: Draft, index: int) -> bool:
        """Whether a word that begins its sentence is an informal command already: "Deixa a chave aqui"."""
        low, words = draft.low(index), words_of(self.lang)
        called = low in words["calls"] and draft.opens_clause(index + 1)
        asks = draft.ends_with(index, "?") and not called
        if begins_text(draft, index, lang=self.lang) and low in self.forms().formal_command:
            return True
        wished = {draft.low(index + 1), draft.low(index + 2)} & words["good"]
        listed = low in words["orders"] or low in words["calls"] or (low in words["wishful"] and wished)
        return (
            bool(listed) and low in self.forms().formal_command and draft.opens_sentence(index) and not asks
        )

    def is_told(self, draft: Draft, index: int) -> bool:
        """Whether a subjunctive begins a sentence and has an object: "conserve su recibo"."""
        known = draft.opens_sentence(index) and draft.low(index) in self.forms().command
        object_ = draft.low(index + 1) in _OBJECTS and not draft.opens_clause(index + 1)
        return known and object_ and not draft.ends_with(index, "?")

    def is_ban(self, draft: Draft, index: int) -> bool:
        """Whether a subjunctive forbids: "no se preocupe" where a clause begins."""
        first = index - 1
        while draft.low(first) in _PROCLITICS and first > index - _BETWEEN:
            first -= 1
        known = draft.low(index) in self.forms().command and not draft.opens_clause(index)
        no = draft.low(first) in ("no", "não") and draft.opens_clause(first)
        return known and no and not draft.ends_with(index, "?")

    def is_urged(self, draft: Draft, index: int) -> bool:
        """Whether a pronoun with a hyphen follows a subjunctive, which makes it a command: "diga-me"."""
        clitic = draft.gap(index + 1) == "-" and draft.low(index + 1) in _PROCLITICS
        return clitic and draft.low(index) in self.forms().command


def is_order(draft: Draft, index: int, *, lang: str) -> bool:
    """Whether a word with the form of a command to tu is one: it begins a clause that asks nothing.

    Words that call for attention are; so are those that begin a clause more often as a command, and others
    that begin a sentence with an exclamation mark.
    """
    words, low, before = words_of(lang), draft.low(index), draft.low(index - 1)
    found = lead(draft, index, lang=lang)
    joined = (before in words["joins"] and not draft.opens_clause(index)) or found.joins
    led = draft.opens_clause(found.first) and not found.bans
    if not (led or joined):
        return False
    if low in words["calls"] or draft.ends_with(index, "?"):
        asked = draft.ends_with(index, "?") and (joined or "¿" in draft.gap(index))
        return low in words["calls"] and not asked
    listed = low in words["orders"] or (joined and _follows_order(draft, found.first, lang))
    if listed or begins_text(draft, index, lang=lang) or _goes_on(draft, index, lang):
        return True
    goes = draft.low(index + 1) in words["goes"] and draft.opens_sentence(index)
    if low in words["errands"] and goes and _speaks_to(draft, index, lang):
        return True
    tells = low in words["statements"] | words["not_third"] or low.startswith(tuple(words["impersonal"]))
    urged = draft.opens_sentence(index) and (draft.ends_with(index, "!") or _speaks_to(draft, index, lang))
    return not tells and (urged or before in words["please"])


def begins_text(draft: Draft, index: int, *, lang: str) -> bool:
    """Whether a verb with an object begins the text, so that nobody else was told of who might act."""
    words, low, following = words_of(lang), draft.low(index), draft.low(index + 1)
    if index != 0 or draft.ends_with(index, "?") or draft.opens_clause(1):
        return False
    known = low in words["statements"] or low.startswith((*words["impersonal"], *words["personal"]))
    takes = following in words["dets"] or following == "l" or following in table(lang)["possessives"].values()
    return takes and not known


def is_led(draft: Draft, index: int, *, lang: str) -> bool:
    """Whether a verb begins a clause, but for words that lead to it, of a sentence that asks nothing."""
    found = lead(draft, index, lang=lang)
    begins = draft.opens_clause(found.first) or (found.joins and _follows_order(draft, found.first, lang))
    told = draft.opens_sentence(index) or found.first < index
    return begins and told and not found.bans and not draft.ends_with(index, "?")


def is_hyphened_order(draft: Draft, index: int, *, lang: str) -> bool:
    """Whether a verb with a pronoun behind it is a command, in a sentence with tu: "liga-nos"."""
    behind = draft.gap(index + 1) == "-" and draft.low(index + 1) in _PROCLITICS
    found = lead(draft, index, lang=lang)
    led = is_led(draft, index, lang=lang) or (found.joins and draft.changed(draft.clause(index).start))
    return behind and led and _speaks_to(draft, index, lang)


def _goes_on(draft: Draft, index: int, lang: str) -> bool:
    """Whether a command follows another one, "Ven. Trae a tu perro.", or a condition, "se quiseres, vem"."""
    first = draft.sentence(index).start
    if not _speaks_to(draft, index, lang):
        return False
    if draft.low(index).startswith(tuple(words_of(lang)["impersonal"])):
        return False
    if first == index:
        return index > 0 and draft.changed(draft.sentence(index - 1).start)
    return draft.opens_clause(index) and draft.low(first) in ("se", "si", "quando", "cuando")


def _speaks_to(draft: Draft, index: int, lang: str) -> bool:
    """Whether the sentence of a word has a pronoun or possessive of the person addressed informally."""
    marks = {"tú", "tu", "ti", "te", "contigo", *table(lang)["possessives"].values()}
    ends = ("ares", "eres", "ires") if lang == "pt" else ()
    lows = [draft.low(other) for other in draft.sentence(index)]
    return any(low in marks or (bool(ends) and low.endswith(ends)) for low in lows)


def _follows_order(draft: Draft, index: int, lang: str) -> bool:
    """Whether a word is joined to a command that begins its sentence: "siéntate y espera"."""
    first = draft.sentence(index).start
    before = range(first, index)
    return draft.changed(first) and not any(
        draft.low(other) in words_of(lang)["subordinators"] for other in before
    )


def candidates(draft: Draft, find: Finder) -> Iterator[tuple[int, Candidate]]:
    """Words that may address, in order."""
    for index, _ in draft:
        candidate = find(draft, index)
        if candidate is not None:
            yield index, candidate


def described(
    draft: Draft,
    found: Sequence[tuple[int, Candidate]],
    place: int,
    *,
    seen: Sequence[bool],
    words: Words,
    alone: bool = False,
) -> list[str]:
    """Features of a candidate, given what was decided about those before it; ``alone``: but for the next."""
    index, candidate = found[place]
    near = found[max(0, place - _NEAR) : place + _NEAR]
    adjacent = not alone and place > 0 and found[place - 1][0] == index - 1
    context = Context(
        seen=seen[-3:],
        beside=seen[-1] if adjacent else None,
        pronoun=any(other.certain and other.kind == "pronoun" for _, other in near),
        possessive=any(other.kind == "possessive" for at, other in near if at != index),
        words=words,
    )
    return features(draft, index, kind=candidate.kind, context=context)


def to_informal(draft: Draft, *, lang: str, find: Finder, forms: Forms) -> None:
    """Decide every candidate and change those that address."""
    found = list(candidates(draft, find))
    words = words_of(lang)
    original = Original(draft.original) if draft.original is not None else None
    seen: list[bool] = []
    likely: list[float] = []
    for place, (index, candidate) in enumerate(found):
        chance = _settled(draft, index, candidate, words)
        if chance is None and (
            is_informal(draft, index, lang, forms) or _is_acted_on(draft, found, place, seen)
        ):
            chance = 0.0
        if chance is None:
            partner = _partner(draft, found, place, words)
            chance = (
                likely[partner]
                if partner is not None and partner < place
                else _weighed(draft, found, place, partner=partner, seen=seen, lang=lang)
            )
            if original is not None and (partner is None or partner > place):
                chance = original.probability(draft, index, kind=candidate.kind, before=chance)
        likely.append(chance)
        seen.append(chance >= EDIT)
        if chance >= EDIT:
            kind = REASONS.get(candidate.kind, "pronoun")
            draft.put(index, candidate.after, kind=kind, last=candidate.last)
        elif chance >= ASK:
            draft.ask(index, (candidate.after,), kind="address")


def is_informal(draft: Draft, index: int, lang: str, forms: Forms) -> bool:
    """Whether the text around a word is informal already, so that a third person is somebody else."""
    near = range(max(0, index - _REACH), min(len(draft.words), index + _REACH))
    marks = {"tú", "ti", "te", *table(lang)["possessives"].values()} | words_of(lang)["plain"]
    lows = {draft.low(other) for other in near}
    return not marks.isdisjoint(lows) or any(_is_second(low, lang, forms) for low in lows)


def _is_second(low: str, lang: str, forms: Forms) -> bool:
    """Whether a word is a verb with tú and hardly ever anything else."""
    told = low.endswith(tuple(words_of(lang)["second_ends"])) and len(low) > _LONG
    return (
        told and low in forms.formal and low not in forms.informal and low not in words_of(lang)["not_second"]
    )


def _is_acted_on(
    draft: Draft, found: Sequence[tuple[int, Candidate]], place: int, seen: Sequence[bool]
) -> bool:
    """Whether a pronoun behind a verb of the person addressed is what they act on: "partilhe-a"."""
    index, candidate = found[place]
    behind = candidate.kind == "clitic" and draft.gap(index) == "-" and draft.low(index) != "se"
    return behind and place > 0 and found[place - 1][0] == index - 1 and seen[-1]


def _settled(draft: Draft, index: int, candidate: Candidate, words: Words) -> float | None:
    """Certainty that syntax gives, 0 or 1; nothing where evidence must decide."""
    if (
        _has_noun(draft, index, candidate, words)
        or _is_plural_reflexive(draft, index, candidate)
        or _is_if(draft, index, words)
        or (candidate.kind == "verb" and _acts_otherwise(draft, index, words))
    ):
        return 0.0
    if candidate.kind == "verb" and draft.low(index - 1) in words["owned"] and not draft.opens_clause(index):
        return 0.0
    named = draft.low(index - 1) in words["articles"] and draft.opens_clause(index - 1)
    if candidate.command and named and not candidate.certain and not draft.opens_clause(index):
        return 0.0  # "la tienda": a noun with the form of a subjunctive
    if candidate.certain or _beside_pronoun(draft, index, candidate, words) or _is_wish(draft, index, words):
        return 1.0
    return None


def _weighed(
    draft: Draft,
    found: Sequence[tuple[int, Candidate]],
    place: int,
    *,
    partner: int | None,
    seen: Sequence[bool],
    lang: str,
) -> float:
    """Probability that a candidate addresses; a reflexive has that of its verb, the ``partner``."""
    words = words_of(lang)
    if partner is not None and found[place][1].kind == "clitic":
        settled = _settled(draft, *found[partner], words)
        if settled is not None:
            return settled
        place = partner
    shown = described(draft, found, place, seen=seen, words=words, alone=partner is not None)
    return probability(lang, shown, state=known_state(draft, found[place][0]))


def _partner(draft: Draft, found: Sequence[tuple[int, Candidate]], place: int, words: Words) -> int | None:
    """The verb of a reflexive, or the reflexive of a verb: they share one person."""
    if _is_governed(draft, found, place, words):
        return place - 1
    for other in (place - 1, place + 1):
        if 0 <= other < len(found):
            first, second = found[min(place, other)], found[max(place, other)]
            if _is_joined(draft, first, second, words):
                return other
    return None


def _is_governed(draft: Draft, found: Sequence[tuple[int, Candidate]], place: int, words: Words) -> bool:
    """Whether an infinitive with its reflexive belongs to the verb before it: "puede sentarse"."""
    index, candidate = found[place]
    own = candidate.kind == "enclitic" and draft.low(index).endswith(("se", "si"))
    if not own or place == 0 or found[place - 1][1].kind != "verb":
        return False
    verb = found[place - 1][0]
    near = all(draft.low(other) in words["binders"] for other in range(verb + 1, index))
    return near and draft.low(verb).startswith(tuple(words["personal"]))


def _is_joined(
    draft: Draft, first: tuple[int, Candidate], second: tuple[int, Candidate], words: Words
) -> bool:
    """Whether two candidates are a verb and its reflexive, side by side."""
    if second[0] != first[0] + 1 or {first[1].kind, second[1].kind} != {"verb", "clitic"}:
        return False
    if draft.gap(second[0]) == "-":
        return draft.low(second[0]) == "se"
    reflexive = draft.low(first[0]) in ("se", "si") and not _is_if(draft, first[0], words)
    return reflexive and not draft.opens_clause(second[0])


def _is_if(draft: Draft, index: int, words: Words) -> bool:
    """Whether Portuguese "se" is "if": no hyphen before it, and no word that draws a pronoun."""
    drawn = words.get("draws", frozenset())
    alone = draft.low(index) == "se" and draft.gap(index) != "-"
    return bool(drawn) and alone and (draft.opens_clause(index) or draft.low(index - 1) not in drawn)


def _acts_otherwise(draft: Draft, index: int, words: Words) -> bool:
    """Whether a verb has another subject: who, this, or whoever the person addressed wants to act."""
    if _asks_who(draft, index, words):
        return True
    behind = 2 if draft.low(index + 2) in words["these"] else 1
    seat = (
        draft.low(index).startswith(tuple(words["impersonal"]))
        and draft.low(index + behind) in words["these"]
    )
    if seat and not any(draft.opens_clause(index + step) for step in range(1, behind + 1)):
        return True  # "is this seat free?"
    if _asks_about_kin(draft, index, words):
        return True
    first = index - 1
    while draft.low(first) in words["carried"] and first > index - _BETWEEN:
        first -= 1
    wants = draft.low(first) in ("que", "che") and draft.low(first - 1) in words["wanting"]
    return wants and not draft.opens_clause(first) and draft.changed(first - 1)


def _asks_about_kin(draft: Draft, index: int, words: Words) -> bool:
    """Whether somebody of the person addressed is the subject: "¿dónde trabaja su marido?"."""
    if draft.low(index - 1) not in words["asks_where"] or not draft.ends_with(index, "?"):
        return False
    after = index + 1 + (draft.low(index + 1) in words["articles"])
    return draft.low(after) in words["their"] and draft.low(after + 1) in words["persons"]


def _asks_who(draft: Draft, index: int, words: Words) -> bool:
    """Whether the subject of a verb is "who": "quién tiene", "quem é que tem"."""
    first = index - 3 if (draft.low(index - 2), draft.low(index - 1)) == ("é", "que") else index - 1
    asked = draft.low(first) in words["who"] and not draft.opens_clause(index)
    return asked and draft.low(first - 1) not in words["prepositions"]


def _is_plural_reflexive(draft: Draft, index: int, candidate: Candidate) -> bool:
    """Whether a reflexive belongs to a verb in the plural: "se cansan"."""
    if candidate.kind != "clitic" or draft.low(index) not in ("se", "si") or draft.opens_clause(index + 1):
        return False
    following = draft.low(index + 1)
    return following.endswith(("an", "en", "ían", "on", "ão", "am", "em", "ono", "ano", "anno", "sono"))


def _is_wish(draft: Draft, index: int, words: Words) -> bool:
    """Whether a verb wishes the reader well: "que tenga un buen día" at the beginning of a clause."""
    opens = draft.low(index - 1) in ("que", "che") and draft.opens_clause(index - 1)
    return opens and not draft.opens_clause(index) and draft.low(index) in words["wishes"]


def _beside_pronoun(draft: Draft, index: int, candidate: Candidate, words: Words) -> bool:
    """Whether the pronoun of address is the subject of a verb."""
    if candidate.kind != "verb":
        return False
    if draft.low(index + 1) in words["pronouns"] and not draft.opens_clause(index + 1):
        return draft.low(index) not in words["prepositions"]
    other = index
    while (
        other > index - _BETWEEN
        and not draft.opens_clause(other)
        and draft.low(other - 1) in words["between"]
    ):
        other -= 1
    before = draft.low(other - 1) in words["pronouns"] and not draft.opens_clause(other)
    return before and draft.low(other - 2) not in words["prepositions"]


def _has_noun(draft: Draft, index: int, candidate: Candidate, words: Words) -> bool:
    """Whether a verb that tells about things has its subject right before it: "this present is"."""
    tells = candidate.kind == "verb" and draft.low(index).startswith(tuple(words["impersonal"]))
    subject = draft.low(index - 2) in words["dets"] and draft.opens_clause(index - 2)
    return tells and subject and not draft.opens_clause(index)
