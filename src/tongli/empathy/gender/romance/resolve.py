"""What a person declared for a language, and which mentions of a text are theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tongli.core import Agreement, Person
from tongli.empathy.gender.romance.lexicon import Lexicon
from tongli.empathy.gender.romance.mention import Mention
from tongli.empathy.gender.romance.of_things import of_things
from tongli.empathy.gender.romance.people import one_person
from tongli.empathy.gender.romance.phrases import Sentence
from tongli.empathy.gender.romance.styles import neutral_slot
from tongli.empathy.reply import declared_for

_WITH = frozenset(["a", "con", "com", "avec", "e", "y", "et"])
"""Words before a name that bring in another person; other prepositions name places more often."""

_AGREEMENTS: tuple[Agreement, ...] = ("feminine", "masculine", "neutral")


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """The forms that a person wants in one language.

    Attributes:
        gender: agreement wished.
        style: typographic style of neutral forms; ``None`` for feminine and masculine.
        pronoun: subject pronoun of the person's own, where it is not that of the style.
    """

    gender: Agreement
    style: str | None = None
    pronoun: str | None = None

    @property
    def name(self) -> str:
        """The agreement, for messages."""
        return self.gender


def declared(person: Person, lexicon: Lexicon) -> Declared | None:
    """What a person declared for the language; ``None`` where that is unknown, and nothing may change.

    The word that a person uses of themself wins over agreement, and that over pronouns. Neutral agreement is
    written in the style that belongs to the pronoun.
    """
    sets = declared_for(lexicon.lang, person.pronouns) or ()
    subject = sets[0].subject.lower() if sets else None
    known = lexicon.data["pronouns"]
    word, own = _own_word(person, lexicon)
    agreement = word or declared_for(lexicon.lang, person.agreement)
    if agreement is None:
        agreement = _agreement_of(subject, known)
    if agreement is None:
        return None
    gendered = subject in {known["masculine"], known["feminine"]} if subject else False
    pronoun = subject if subject and not (gendered and subject == known.get(agreement)) else None
    if agreement != "neutral":
        return Declared(gender=agreement, pronoun=pronoun)
    return Declared(
        gender=agreement, style=own or known["neutral"].get(subject, lexicon.data["style"]), pronoun=pronoun
    )


def _own_word(person: Person, lexicon: Lexicon) -> tuple[Agreement | None, str | None]:
    """Agreement and style of a person's word for themself: ``obrigada``, ``obrigade``, ``feminine``."""
    own = (declared_for(lexicon.lang, person.first_person) or "").lower()
    named = next((each for each in _AGREEMENTS if own == each), None)
    if named is not None or not own:
        return named, None
    genders = {form.gender for form in lexicon.read(own) if form.kind == "adj" and form.number == "s"}
    if genders in ({"f"}, {"m"}):
        return ("feminine" if genders == {"f"} else "masculine"), None
    slots = [form for form in lexicon.read(f"{own[:-1]}o") if form.kind == "adj"]
    styles = (
        style
        for style in lexicon.data["styles"]
        for form in slots
        if neutral_slot(lexicon, form, style) == own
    )
    style = next(styles, None)
    return ("neutral" if style else None), style


def _agreement_of(subject: str | None, known: dict[str, object]) -> Agreement | None:
    if subject == known["masculine"]:
        return "masculine"
    if subject == known["feminine"]:
        return "feminine"
    neutral = known["neutral"]
    return "neutral" if isinstance(neutral, dict) and subject in neutral else None


def of_person(sentence: Sentence, found: Sequence[Mention], person: Person, *, alone: bool) -> list[Mention]:
    """Mentions of a declared person.

    A name in the text decides. A first-person style makes its person the writer. Otherwise a lone
    declaration is about the one person of the text; with several people and no name nothing is sure.
    """
    if declared_for(sentence.lexicon.lang, person.first_person) is not None:
        return [mention for mention in found if mention.is_person and mention.speaker == "first"]
    names = names_in(person)
    places = [place for name in names for place in _places(sentence, name)]
    if places:
        return _named(sentence, found, sorted(set(places)), alone=alone)
    if not alone:
        return []
    return [
        mention for mention in one_person(sentence, found) if not (names and _carries_name(sentence, mention))
    ]


def names_in(person: Person) -> list[str]:
    """The names that a text may call a person by: those of today, and those that are gone."""
    former = (each.name for each in person.former_names)
    names = (person.name, person.given, person.family, *person.other_names, *former)
    return [name for name in names if name]


def _carries_name(sentence: Sentence, mention: Mention) -> bool:
    """Whether a mention is of somebody whom the text names, and who is not the declared person."""
    beside = sentence.capital(_past_stop(sentence, mention.end))
    return mention.what == "name" or (mention.number == "s" and beside)


def _past_stop(sentence: Sentence, at: int) -> int:
    """The place after the stop of an abbreviated title (``Sra. Lena``)."""
    stopped = sentence.low(at) == "." and sentence.is_in("abbreviations", at - 1)
    return at + 1 if stopped else at


def _places(sentence: Sentence, name: str) -> list[tuple[int, int]]:
    """Ranges of words that read as a name."""
    parts = name.lower().split()
    lows = [word.low for word in sentence.words]
    return [(at, at + len(parts)) for at in range(len(lows)) if lows[at : at + len(parts)] == parts]


def _named(
    sentence: Sentence, found: Sequence[Mention], places: list[tuple[int, int]], *, alone: bool
) -> list[Mention]:
    """Phrases that stand at a name, their predicates, and pronouns after it that nobody else can own."""
    first = places[0][0]
    of_thing = {id(mention) for mention in of_things(sentence, found)}
    chosen = [
        mention
        for mention in found
        if mention.is_person and any(_at(sentence, mention, place) for place in places)
    ]
    ids: set[int] = {id(mention) for mention in chosen}
    _link(chosen, list(chosen), ids)
    for mention in found:
        follows = mention.start > first and mention.number == "s" and mention.speaker == "third"
        if (
            id(mention) in ids | of_thing
            or not follows
            or mention.what not in {"pronoun", "unsaid", "clitic"}
        ):
            continue
        met = _met(sentence, mention, places)
        if alone and not met and not _other_before(found, mention, ids):
            chosen.append(mention)
            ids.add(id(mention))
            _link(chosen, [mention], ids)
    return chosen


def _link(chosen: list[Mention], more: Sequence[Mention], ids: set[int]) -> None:
    """Add what is said to be the same person: ``ella es la jefa``."""
    for mention in more:
        for other in mention.same:
            if id(other) not in ids and other.is_person:
                ids.add(id(other))
                chosen.append(other)


def _at(sentence: Sentence, mention: Mention, place: tuple[int, int]) -> bool:
    """Whether a mention is, holds or stands right beside a place, with a comma at most."""
    if mention.number != "s" or mention.what in {"pronoun", "clitic", "unsaid"}:
        return False
    start, end = place
    if mention.start <= start and end <= mention.end:
        return True
    if mention.what == "name":
        return mention.start < end and start < mention.end
    after = end + 1 if sentence.low(end) in {",", "("} else end
    return _past_stop(sentence, mention.end) == start or (
        mention.start == after and mention.what in {"noun", "kin"} and after > end
    )


def _met(sentence: Sentence, mention: Mention, places: list[tuple[int, int]]) -> bool:
    """Whether somebody else is named between a person and a pronoun: ``Robin vio a Ana. Ella …``."""
    own = {at for start, end in places for at in range(start, end)}
    last = max((end for _, end in places if end <= mention.start), default=places[0][1])
    return any(
        sentence.capital(at)
        and sentence.capital_inside(at)
        and at not in own
        and not sentence.capital(at - 1)
        and at not in sentence.taken
        and (sentence.low(at - 1) in _WITH or not sentence.is_in("prepositions", at - 1))
        and (sentence.low(at - 1) != "a" or sentence.lexicon.lang == "es")
        for at in range(last, mention.start)
    )


def _other_before(found: Sequence[Mention], mention: Mention, ids: set[int]) -> bool:
    """Whether another singular person of the same gender came before."""
    return any(
        other.is_person
        and other.number == "s"
        and id(other) not in ids
        and other.end <= mention.start
        and other.what in {"noun", "kin", "name"}
        and "c" not in {other.gender}
        and other.gender == mention.gender
        for other in found
    )
