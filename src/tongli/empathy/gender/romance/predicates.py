"""Predicates and participles, each given to its subject."""

from __future__ import annotations

import re

from tongli.empathy.gender.romance.lexicon import Form, Number
from tongli.empathy.gender.romance.mention import SAME, Mention, Speaker, link
from tongli.empathy.gender.romance.openings import (
    TAKEN,
    bare_thing,
    known_for,
    leads,
    listed,
    made,
    only,
    opens_phrase,
    said_of_thing,
    since,
)
from tongli.empathy.gender.romance.phrases import Sentence

_ALL = frozenset(["todos", "tous", "tutti"])
_SO = frozenset(["così", "tanto", "talmente", "tan", "tão", "si", "tellement"])
_COPULAS: tuple[tuple[Number, str], ...] = (("s", "copula_s"), ("p", "copula_p"))


def _bare(phrase: Mention) -> bool:
    """Whether a phrase is a noun alone, which may be an adjective, or has none (one of the first)."""
    return phrase.what == "noun" and (
        len(phrase.parts) == 1 or all(form.kind in {"det", "adj", "pron"} for form in phrase.parts.values())
    )


class Predicates:
    """Copulas and participles, each given to its subject."""

    def __init__(self, sentence: Sentence, found: list[Mention]) -> None:
        self.sentence = sentence
        self.found = found
        self.described: set[int] = set()
        """Identities of things that a predicate was given to."""
        self._last: tuple[Mention | None, int] = None, 0
        """Whom the last predicate was given to, and where it ends."""

    def read(self) -> None:
        """Give every predicate to its subject; subjects that nothing names are added."""
        for at in range(len(self.sentence.words)):
            if at in self.sentence.taken:
                continue
            for number, name in _COPULAS:
                if self.sentence.is_in(name, at) and self._predicate(at, number):
                    break
            else:
                self._self(at)
                self._loose(at)
        loose = [at for at, owner in self.sentence.taken.items() if owner is TAKEN]
        for at in loose:
            del self.sentence.taken[at]

    def _predicate(self, at: int, number: Number) -> bool:
        place = self._over(at + 1)
        parts = self._agreeing(place, number)
        phrase = self.sentence.taken.get(place)
        if not parts:
            if phrase is not None and phrase.is_person and phrase.number == number and place == phrase.start:
                subject = self._subject(at, next(iter(phrase.parts.values())))
                if subject is not None and not subject.is_person and _bare(phrase):
                    phrase.what = "thing"
                elif subject is not None and subject is not phrase:
                    link(subject, phrase)
                self._said_first(at, phrase)
            return False
        form = parts[min(parts)]
        own = self.sentence.pick(at, ("adj",), form.gender, number)
        if own is not None and self.sentence.low(at - 1) in {"", ",", "("}:  # ", rimasto illeso,"
            parts[at] = own
        if not self._said_of_next(max(parts), form):
            said = self._called(max(parts), form)
            subject = self._subject(at, form)
            if said is not None and subject is not None and not subject.is_person:
                subject = said  # "Grazie al lavoro, è considerato [uno dei pittori]"
            self._give(parts, subject, at, form)
        return True

    def _called(self, last: int, form: Form) -> Mention | None:
        """The phrase for a person that follows a predicate and agrees: what somebody is called or made."""
        phrase = self.sentence.taken.get(self._over(last + 1))
        found = phrase is not None and phrase is not TAKEN and phrase.is_person and not phrase.governed
        return phrase if found and phrase is not None and phrase.agrees(form) else None

    def _said_first(self, at: int, phrase: Mention) -> None:
        """``[Considerata] una pioniera, …``: a participle that opens a clause agrees with what it says."""
        own = self.sentence.pick(at, ("adj",), phrase.gender, phrase.number)
        if own is not None and at not in self.sentence.taken and self.sentence.low(at - 1) in {"", ",", "("}:
            phrase.parts[at] = own
            self.sentence.taken[at] = phrase

    def _said_of_next(self, last: int, form: Form) -> bool:
        """``verrà visualizzato il messaggio``: a thing right after a predicate that agrees is its subject."""
        after = self.sentence.taken.get(last + 1)
        return (
            after is not None
            and after is not TAKEN
            and (after.what, after.start) == ("thing", last + 1)
            and not after.governed
            and after.gender == form.gender
            and after.number == form.number
            and not (self.sentence.is_in("copula_s", last) and self._without_noun(after))
            and (form.masculine == "stato" or not self.sentence.low(last + 1).startswith("u"))
        )

    def _without_noun(self, phrase: Mention) -> bool:
        """``è risultata [la più votata]``."""
        return all(
            self.sentence.reading(at) or self.sentence.is_in("adverbs", at)
            for at in range(phrase.start, phrase.end)
        )

    def _over(self, place: int) -> int:
        """Over adverbs, negations, inverted subjects and further auxiliaries."""
        low = self.sentence.low
        while True:
            inverted = low(place) == "-" and self.sentence.is_in("inverted", place + 1)
            if inverted or (low(place) == "d'" and self.sentence.is_in("after_d", place + 1)):
                place += 2
            elif self.sentence.is_in("adverbs", place) or self._stressed(place):
                place += 1
            elif (length := self.sentence.measured(place)) > 0:
                place += length
            else:
                return place

    def _stressed(self, place: int) -> bool:
        """``foi mesmo sitiada``: an adverb that looks like an adjective."""
        return self.sentence.low(place) == "mesmo" and any(
            form.kind == "adj" for form in self.sentence.reading(place + 1)
        )

    def _agreeing(self, place: int, number: Number) -> dict[int, Form]:
        """Adjectives and participles from a place on, joined by commas or "and"."""
        parts: dict[int, Form] = {}
        gender = "c"
        while True:
            form = (
                self._adjective(place, gender, number)
                or self._article(place, parts, number)
                or self._all(place, number)
            )
            if form is None:
                break
            parts[place] = form
            self.sentence.taken.setdefault(place, TAKEN)
            gender = form.gender if gender == "c" else gender
            if self.sentence.low(place) in {"solo", "só"} and opens_phrase(self.sentence, place + 1):
                parts.pop(place)
                break
            after = self._over(place + 1)
            linked = self.sentence.low(after) == "," or self.sentence.is_in("conjunctions", after)
            place = self._over(after + 1) if linked else after
        return parts

    def _article(self, place: int, parts: dict[int, Form], number: Number) -> Form | None:
        """The article of ``el primero``, ``une des seules`` after a copula, where no noun follows."""
        phrase = self.sentence.taken.get(place)
        article = self.sentence.pick(place, ("det",), "c", number)
        goes_on = not parts or self.sentence.is_in("copula_s", max(parts))  # "è risultata [la più votata]"
        if (
            not goes_on
            or article is None
            or phrase is None
            or (phrase.what, phrase.start) != ("thing", place)
        ):
            return None
        after = place + 1
        while self.sentence.is_in("adverbs", after) and after + 1 < phrase.end:
            after += 1
        form = self.sentence.pick(after, ("adj",), article.gender, number)
        if form is None or phrase.end != after + 1:
            return None
        for at in range(phrase.start, phrase.end):
            self.sentence.taken.pop(at)
        if phrase in self.found:
            self.found.remove(phrase)
        return self.sentence.pick(place, ("pron",), article.gender, number) or article

    def _all(self, place: int, number: Number) -> Form | None:
        """``han sido todas muy amables``."""
        form = self.sentence.pick(place, ("det",), "c", number)
        free = self.sentence.taken.get(place, TAKEN) is TAKEN
        after = self.sentence.low(place + 1)
        follows = self.sentence.pick(self._over(place + 1), ("adj",), "c", number) or not after.isalnum()
        return form if form is not None and free and follows and form.masculine in _ALL else None

    def _adjective(self, place: int, gender: str, number: Number) -> Form | None:
        phrase = self.sentence.taken.get(place, TAKEN)
        if phrase is not TAKEN and (len(phrase.parts) != 1 or phrase.what != "noun"):
            return None
        form = self.sentence.pick(place, ("adj",), "c", number)
        return form if form is not None and ("c" in {gender, form.gender} or gender == form.gender) else None

    def _give(self, parts: dict[int, Form], subject: Mention | None, at: int, form: Form) -> None:
        """Put forms into their subject; one that nothing names is made where a language leaves it out."""
        for place in parts:
            old = self.sentence.taken.get(place)
            if old is not None and old in self.found and old is not subject:
                self.found.remove(old)
        subject = subject or self._unnamed(parts, at, form)
        if subject is None:
            return
        self.described.add(id(subject))
        self._last = subject, max(parts) + 1
        for place, part in parts.items():
            self.sentence.taken[place] = subject
            if subject.is_person:
                subject.parts[place] = part
        if subject.gender == "c":
            subject.gender = next((part.gender for part in parts.values() if part.gender != "c"), "c")

    def _unnamed(self, parts: dict[int, Form], at: int, form: Form) -> Mention | None:
        if not self.sentence.lexicon.data["prodrop"]:
            nearest = self._nearest(at, form)
            return nearest if nearest is not None and nearest.is_person else None
        speaker = self._who(at, form)
        perceived = any(part.masculine in self.sentence.lexicon.sets["perceived"] for part in parts.values())
        acted = speaker == "third" and not perceived and self._impersonal(max(parts))
        if self._about_things(parts) or acted:
            return None
        subject = Mention(
            what="unsaid", gender=form.gender, number=form.number, start=at, end=at, speaker=speaker
        )
        self.found.append(subject)
        return subject

    def _impersonal(self, last: int) -> bool:
        """``está prohibido fumar``: what is said of an action."""
        after = self.sentence.low(last + 1)
        if self.sentence.is_in("prepositions", last + 1) or self.sentence.low(last - 1) in _SO:
            return False
        return after in {"que", "che"} or bool(re.search(r"[aei]re?$", after))

    def _about_things(self, parts: dict[int, Form]) -> bool:
        return any(self.sentence.is_in("things", place) for place in parts)

    def _speaker(self, at: int) -> Speaker:
        """Whether the verb or a pronoun beside it says I, we or you."""
        window = [place for place in range(max(0, at - 3), at + 1) if not self.sentence.ends(place)]
        if any(self.sentence.is_in(name, place) for name in ("first", "first_p") for place in window):
            return "first"
        return "second" if any(self.sentence.is_in("second", place) for place in window) else "third"

    def _who(self, at: int, form: Form) -> Speaker:
        """As :meth:`_speaker`; Italian ``sono`` with a singular is "I am"."""
        sono = (
            self.sentence.lexicon.lang == "it"
            and form.number == "s"
            and "sono" in {self.sentence.low(at), self.sentence.low(at - 1)}
        )
        return "first" if sono else self._speaker(at)

    def _subject(self, at: int, form: Form) -> Mention | None:
        """The subject of a copula: said by a relative, by the verb, by a name, or by a phrase before it."""
        sentence = self.sentence
        speaker = self._who(at, form)
        last, end = self._last
        if last is not None and at == end + 1 and sentence.is_in("conjunctions", end) and last.agrees(form):
            return last  # "era sdraiata e [diventava] sempre più scura"
        before = at - 1
        while before >= 0 and (self._light(before) or sentence.is_in("copula_s", before)):
            before -= 1
        governed = sentence.is_in("prepositions", before - 1)
        if sentence.is_in("relative", before) and before > 0 and not governed:
            return self._antecedent(before, form)
        if speaker != "third" and not sentence.is_in("either", at):
            return self._unsaid(at, form, speaker)
        if sentence.capital(before) and before not in sentence.taken:
            return self._owned(before, form) or self._named(before, form)
        if sentence.is_in("some", before) and form.number == "p":
            return self._some(before, form)
        found = self._before(at, before, form)
        return self._unsaid(at, form, speaker) if found is None and speaker != "third" else found

    def _owned(self, end: int, form: Form) -> Mention | None:
        """The phrase that a name only goes with: ``[la macchina] di Noa è vecchia``."""
        sentence = self.sentence
        start = end
        while sentence.capital(start - 1):
            start -= 1
        if not sentence.is_in("prepositions", start - 1):
            return None
        beside = (m for m in self.found if m.end == start - 1 and not m.governed and m.agrees(form))
        return next(beside, None)

    def _some(self, at: int, form: Form) -> Mention:
        """``plusieurs étaient``: a quantifier that stands for people."""
        some = Mention(what="noun", gender=form.gender, number="p", start=at, end=at + 1)
        own = self.sentence.pick(at, ("det", "pron"), form.gender, "p")
        if own is not None:
            some.parts[at] = own
            self.sentence.taken[at] = some
        self.found.append(some)
        self.found.sort(key=lambda item: item.start)
        return some

    def _before(self, at: int, before: int, form: Form) -> Mention | None:
        """The agreeing phrase before a copula in its sentence, not after a preposition: the nearest one.

        After "and", which carries a subject on, it is the first one.
        """
        sentence = self.sentence
        start = sentence.sentence_start(at)
        inside = [m for m in self.found if start <= m.start and m.end <= at]
        if not sentence.is_in("conjunctions", before):
            inside.reverse()
        crossed = False
        for mention in inside:
            if mention.what == "thing" and self._personal(form) and mention.end != before + 1:
                continue
            crossed = crossed or any(sentence.is_in("clause", k) for k in range(mention.end, at))
            if crossed and sentence.is_in("nobody", mention.start):
                continue
            if mention.governed or mention.what == "clitic" or not mention.agrees(form):
                continue
            goes_on = id(mention) in self.described and not self._personal(form)  # "è vecchio, ma è pulito"
            if mention.is_person or not crossed or goes_on or not sentence.lexicon.data["prodrop"]:
                return mention
        return None

    def _personal(self, form: Form) -> bool:
        """Whether a form is said of people only (arrested, born)."""
        return form.masculine in self.sentence.lexicon.sets["personal"]

    def _light(self, at: int) -> bool:
        return self.sentence.is_in("adverbs", at) or self.sentence.is_in("light", at)

    def _antecedent(self, at: int, form: Form) -> Mention | None:
        before = [m for m in self.found if m.end <= at and at - m.end <= 6]
        before = [m for m in before if m.end == at or not self.sentence.is_in("nobody", m.start)]
        for mention in reversed(before):
            if mention.agrees(form) and not (mention.what == "thing" and self._personal(form)):
                return mention
        return self._named(at - 1, form) if self.sentence.capital(at - 1) else None

    def _named(self, end: int, form: Form) -> Mention:
        start = end
        while self.sentence.capital(start - 1):
            start -= 1
        for mention in self.found:
            if mention.what == "name" and (mention.start, mention.end) == (start, end + 1):
                return mention
        titled = next(
            (m for m in self.found if m.end == start and m.is_person and m.number == form.number), None
        )
        if titled is not None and "c" in {titled.gender, form.gender} | {
            titled.gender if titled.gender == form.gender else ""
        }:
            return titled
        if titled is not None and titled.gender == form.gender:
            return titled
        mention = Mention(what="name", gender=form.gender, number=form.number, start=start, end=end + 1)
        self.found.append(mention)
        self.found.sort(key=lambda item: item.start)
        return mention

    def _unsaid(self, at: int, form: Form, speaker: Speaker) -> Mention:
        for mention in self.found:
            if (
                mention.speaker == speaker
                and mention.number == form.number
                and mention.what in {"unsaid", "pronoun"}
            ):
                return mention
        mention = Mention(
            what="unsaid", gender=form.gender, number=form.number, start=at, end=at, speaker=speaker
        )
        self.found.append(mention)
        return mention

    def _self(self, at: int) -> None:
        """``Lennox stessa``, ``el propio Kelly``, ``a sí misma``: forms of a name or of the subject."""
        sentence = self.sentence
        form = sentence.pick(at, ("adj",), "c", "s")
        if form is None or not sentence.low(at).startswith(SAME[:5]):
            return
        parts = {at: form}
        article = sentence.pick(at - 1, ("det",), form.gender, "s")
        if sentence.capital(at + 1) and article is not None:
            parts[at - 1] = article
            self._give(parts, self._named(at + 1, form), at, form)
        elif sentence.capital(at - 1):
            self._give(parts, self._named(at - 1, form), at, form)
        elif sentence.low(at - 1) == "." and not sentence.ends(at - 1) and sentence.capital(at - 2):
            self._give(parts, self._named(at - 2, form), at, form)
        elif sentence.low(at - 1) in {"sí", "si", "sé", "se", "me", "mim", "mí", "conmigo", "consigo"}:
            self._give(parts, self._nearest(at, form, people=True), at, form)

    def _loose(self, at: int) -> None:
        """A participle that opens a sentence or follows a comma: ``Nacida en Lima, …``."""
        sentence = self.sentence
        first = at
        while sentence.is_in("adverbs", first - 1):
            first -= 1
        opens = first == sentence.sentence_start(at) or sentence.low(first - 1) in {",", "("}
        opens = opens or (sentence.is_in("conjunctions", first - 1) and first > 1) or sentence.once(first - 1)
        opens = opens or since(sentence, at)
        alone = sentence.is_in("alone", at) and not only(sentence, at)
        if alone or opens:
            form = sentence.pick(at, ("adj",), "c", "s") or sentence.pick(at, ("adj",), "c", "p")
            if (
                form is None
                or form.gender == "c"
                or (sentence.is_in("never", at) and not (sentence.apposed(at) or known_for(sentence, at)))
                or sentence.is_in("things", at)
            ):
                return
            pronominal = form.masculine.endswith("osi") and form.feminine.endswith("asi")
            personal = self._personal(form) or pronominal
            behind = at + 1
            while sentence.is_in("adverbs", behind):
                behind += 1
            after = sentence.is_in("prepositions", behind) or sentence.low(behind) in {",", "(", ")"}
            after = after or (sentence.is_in("conjunctions", first - 1) and made(sentence, behind))
            if opens and not (personal or after or since(sentence, at)):
                return
            adverb = sentence.is_in("adverbs", at) and not alone
            thing = bare_thing(sentence, first - 2, form) or said_of_thing(sentence, first, form)
            if adverb or listed(sentence, first) or thing:
                return
            kinds = {reading.kind for reading in sentence.readings[at]}
            if kinds & {"kin", "det", "pron"} or (
                "noun" in kinds and not (sentence.apposed(at) or (after and leads(sentence, first)))
            ):
                return
            subject = self._nearest(at, form, people=personal or leads(sentence, first))
            parts = {at: form}
            held = sentence.pick(at + 1, ("adj",), form.gender, form.number) if pronominal else None
            if held is not None and not sentence.low(at + 2)[:1].isalnum():  # "ritenutosi [offeso],"
                parts[at + 1] = held
            self._give(parts, subject, at, form)

    def _nearest(self, at: int, form: Form, *, people: bool = False) -> Mention | None:
        """The subject of the sentence that agrees, or the person: first before, then after."""
        start = self.sentence.sentence_start(at)
        inside = [m for m in self.found if m.start >= start and not m.governed and m.what != "clitic"]
        inside = [
            m
            for m in inside
            if not any(self.sentence.ends(k) for k in range(min(at, m.start), max(at, m.start)))
        ]
        agree = [m for m in inside if m.agrees(form) and not (people and m.what == "thing")]
        before = [m for m in agree if m.end <= at]
        return before[-1] if before else next((m for m in agree if m.start > at), None)
