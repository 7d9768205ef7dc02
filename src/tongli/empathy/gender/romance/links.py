"""Who a predicate, a participle, a pronoun or a clitic belongs to.

Resolution is by agreement and closeness inside the sentence; a form whose owner is a thing, or unclear, is
left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tongli.empathy.gender.romance.lexicon import Form, Number
from tongli.empathy.gender.romance.phrases import Mention, Sentence, Speaker


def mentions(sentence: Sentence) -> list[Mention]:
    """All mentions of people and things, with every form that agrees with them."""
    found = list(sentence.phrases)
    found += _pronouns(sentence)
    found.sort(key=lambda mention: mention.start)
    _Predicates(sentence, found).read()
    found += list(_clitics(sentence, found))
    found.sort(key=lambda mention: mention.start)
    return found


def _pronouns(sentence: Sentence) -> Iterator[Mention]:
    for at in sentence.unread(("pron",)):
        form = _pronoun(sentence, at)
        if form is None or _impersonal(sentence, at) or _partitive(sentence, at):
            continue
        mention = Mention(
            what="pronoun", gender=form.gender, number=form.number, start=at, end=at + 1, parts={at: form}
        )
        mention.governed = sentence.is_in("prepositions", at - 1)
        same = sentence.pick(at + 1, ("adj",), form.gender, form.number)
        if same is not None and sentence.low(at + 1).startswith(_SAME):
            mention.parts[at + 1] = same
            mention.end = at + 2
            sentence.taken[at + 1] = mention
        if sentence.is_in("first_p", at):
            mention.speaker = "first"
        sentence.taken[at] = mention
        counted = next((sentence.taken[k] for k in range(at + 1, at + 4) if k in sentence.taken), None)
        if sentence.low(at) in _COUNTS and counted is not None and counted.gender == mention.gender:
            _link(mention, counted)
        yield mention


def _impersonal(sentence: Sentence, at: int) -> bool:
    """``il faut``, ``il y a``, ``il est important de`` are about nobody."""
    if sentence.lexicon.lang != "fr" or sentence.low(at) != "il":
        return False
    after = [sentence.low(place) for place in range(at + 1, at + 6)]
    rest = [word for word in after if word not in {"ne", "n'", "lui", "leur", "nous", "me", "te", "se"}]
    if rest and sentence.lexicon.is_in("impersonal", rest[0]):
        return True
    if rest and rest[0] in {"fait", "faisait", "fera"} and set(rest) & _WEATHER:
        return True
    if rest[:1] == ["a"] and rest[1] in {"plu", "fallu", "neigé"}:
        return True
    if len(rest) > 1 and rest[0] in {"s'", "t'"}:
        return rest[1] in {"agit", "agissait", "agira"}
    judged = rest[:1] and rest[0] in {"est", "était", "serait", "sera", "fut", "a"}
    if judged and any(word in {"de", "d'", "que", "qu'"} for word in rest[2:4]):
        return any(
            re.search(r"(?:ible|able|ant|tile|aire|ile|rare|dit|clair|vrai)$", word) for word in rest[1:3]
        )
    return False


def _pronoun(sentence: Sentence, at: int) -> Form | None:
    """Which pronoun a word is here; none for the French dative ``lui`` and for what may stand for a thing."""
    forms = [form for form in sentence.readings[at] if form.kind == "pron"]
    low, before, after = sentence.low(at), sentence.low(at - 1), sentence.low(at + 1)
    if low in {"celui", "celle", "ceux", "celles", "quello", "quella", "quelli", "quelle"}:
        return forms[0] if after in {"qui", "che"} and not sentence.is_in("prepositions", at - 1) else None
    if sentence.lexicon.lang != "fr" or low not in {"lui", "elle", "elles"}:
        return forms[0]
    strong = sentence.is_in("prepositions", at - 1) or (
        before in {"que", "qu'", "et", "c'est"} and not after.isalnum()
    )
    if low == "lui":
        free = (
            strong or not after.isalnum() or after in {"aussi", "seul", "et", "qui", "non"} or before == "est"
        )
        return forms[0] if free else None
    return (
        next((form for form in forms if form.masculine in {"lui", "eux"}), forms[0]) if strong else forms[0]
    )


def _partitive(sentence: Sentence, at: int) -> bool:
    """``uno de los problemas`` counts things, ``uno de los médicos`` people."""
    if sentence.low(at) not in _COUNTS:
        return False
    after = next((sentence.taken[k] for k in range(at + 1, at + 4) if k in sentence.taken), None)
    return after is None or not after.is_person


class _Predicates:
    """Copulas and participles, each given to its subject."""

    def __init__(self, sentence: Sentence, found: list[Mention]) -> None:
        self.sentence = sentence
        self.found = found

    def read(self) -> None:
        """Give every predicate to its subject; subjects that nothing names are added."""
        for at in range(len(self.sentence.words)):
            if at in self.sentence.taken:
                continue
            for number, name in (("s", "copula_s"), ("p", "copula_p")):
                if self.sentence.is_in(name, at) and self._predicate(at, number):
                    break
            else:
                self._self(at)
                self._loose(at)

    def _predicate(self, at: int, number: Number) -> bool:
        place = self._over(at + 1)
        parts = self._agreeing(place, number)
        phrase = self.sentence.taken.get(place)
        if not parts:
            if phrase is not None and phrase.is_person and phrase.number == number and place == phrase.start:
                subject = self._subject(at, next(iter(phrase.parts.values())), place)
                if subject is not None and not subject.is_person and len(phrase.parts) == 1:
                    phrase.what = "thing"
                elif subject is not None and subject is not phrase:
                    _link(subject, phrase)
            return False
        form = parts[min(parts)]
        self._give(parts, self._subject(at, form, place), at, form)
        return True

    def _over(self, place: int) -> int:
        """Over adverbs, negations, inverted subjects and further auxiliaries."""
        low = self.sentence.low
        while True:
            if low(place) == "-" and low(place + 1) in _INVERTED:
                place += 2
            elif self.sentence.is_in("adverbs", place):
                place += 1
            else:
                return place

    def _agreeing(self, place: int, number: Number) -> dict[int, Form]:
        """Adjectives and participles from a place on, joined by commas or "and"."""
        parts: dict[int, Form] = {}
        gender = "c"
        while True:
            form = self._adjective(place, gender, number) or self._article(place, parts, number)
            if form is None:
                break
            parts[place] = form
            self.sentence.taken.setdefault(place, _TAKEN)
            gender = form.gender if gender == "c" else gender
            if self.sentence.low(place) in {"solo", "só"} and self._opens(place + 1):
                parts.pop(place)
                break
            after = self._over(place + 1)
            linked = self.sentence.low(after) == "," or self.sentence.is_in("conjunctions", after)
            place = self._over(after + 1) if linked else after
        return parts

    def _opens(self, at: int) -> bool:
        return (
            any(form.kind == "det" for form in self.sentence.readings[at])
            if at < len(self.sentence.words)
            else False
        )

    def _article(self, place: int, parts: dict[int, Form], number: Number) -> Form | None:
        """The article of ``el primero``, ``une des seules`` after a copula, where no noun follows."""
        phrase = self.sentence.taken.get(place)
        article = self.sentence.pick(place, ("det",), "c", number)
        if parts or article is None or phrase is None or phrase.what != "thing" or phrase.start != place:
            return None
        after = place + 1
        while self.sentence.is_in("adverbs", after):
            after += 1
        form = self.sentence.pick(after, ("adj",), article.gender, number)
        if form is None or phrase.end != after + 1:
            return None
        for at in range(phrase.start, phrase.end):
            self.sentence.taken.pop(at)
        if phrase in self.found:
            self.found.remove(phrase)
        return article

    def _adjective(self, place: int, gender: str, number: Number) -> Form | None:
        if place in self.sentence.taken and self.sentence.taken[place] is not _TAKEN:
            if len(self.sentence.taken[place].parts) != 1 or self.sentence.taken[place].what != "noun":
                return None
        form = self.sentence.pick(place, ("adj",), "c", number)
        return form if form is not None and ("c" in {gender, form.gender} or gender == form.gender) else None

    def _give(self, parts: dict[int, Form], subject: Mention | None, at: int, form: Form) -> None:
        for place in parts:
            old = self.sentence.taken.get(place)
            if old is not None and old in self.found and old is not subject:
                self.found.remove(old)
        if subject is None and not self.sentence.lexicon.data["prodrop"]:
            subject = self._nearest(at, form)
            if subject is None or not subject.is_person:
                return
        if subject is None:
            if self._about_things(parts):
                return
            subject = Mention(what="unsaid", gender=form.gender, number=form.number, start=at, end=at)
            subject.speaker = "first" if self._io_sono(at, form) else self._speaker(at)
            if subject.speaker == "third" and self._impersonal(max(parts)):
                return
            self.found.append(subject)
        for place, part in parts.items():
            self.sentence.taken[place] = subject
            if subject.is_person:
                subject.parts[place] = part
        if subject.gender == "c":
            subject.gender = next((part.gender for part in parts.values() if part.gender != "c"), "c")

    def _impersonal(self, last: int) -> bool:
        """``está prohibido fumar``: what is said of an action."""
        return bool(re.search(r"[aei]re?$", self.sentence.low(last + 1))) or self.sentence.low(last + 1) in {
            "que",
            "che",
        }

    def _about_things(self, parts: dict[int, Form]) -> bool:
        return any(self.sentence.is_in("things", place) for place in parts)

    def _speaker(self, at: int) -> Speaker:
        """Whether the verb or a pronoun beside it says I, we or you."""
        window = [place for place in range(max(0, at - 3), at + 1) if not self.sentence.ends(place)]
        if any(self.sentence.is_in(name, place) for name in ("first", "first_p") for place in window):
            return "first"
        return "second" if any(self.sentence.is_in("second", place) for place in window) else "third"

    def _io_sono(self, at: int, form: Form) -> bool:
        """Italian ``sono`` with a singular is "I am"."""
        return form.number == "s" and "sono" in {self.sentence.low(at), self.sentence.low(at - 1)}

    def _subject(self, at: int, form: Form, place: int) -> Mention | None:
        """The subject of a copula: before it, in its clause, not after a preposition, and agreeing."""
        sentence = self.sentence
        speaker = self._speaker(at)
        if self._io_sono(at, form):
            speaker = "first"
        before = at - 1
        while before >= 0 and (self._light(before) or sentence.is_in("copula_s", before)):
            before -= 1
        if sentence.is_in("relative", before) and before > 0:
            return self._antecedent(before, form)
        said = None if speaker == "third" else self._unsaid
        if said is not None and sentence.low(at) not in _EITHER:
            return said(at, form, speaker)
        if sentence.capital(before) and before not in sentence.taken:
            return self._named(before, form)
        if sentence.low(before) in _SOME and form.number == "p":
            some = Mention(what="noun", gender=form.gender, number="p", start=before, end=before + 1)
            self.found.append(some)
            self.found.sort(key=lambda item: item.start)
            return some
        start = sentence.sentence_start(at)
        crossed = False
        inside = [m for m in self.found if start <= m.start and m.end <= at]
        if not sentence.is_in("conjunctions", before):
            inside.reverse()
        for mention in inside:
            crossed = crossed or any(sentence.is_in("clause", k) for k in range(mention.end, at))
            if mention.governed or mention.what == "clitic" or mention.number != form.number:
                continue
            if crossed and not mention.is_person and sentence.lexicon.data["prodrop"]:
                continue
            if "c" in {mention.gender, form.gender} or mention.gender == form.gender:
                return mention
        return said(at, form, speaker) if said is not None else None

    def _light(self, at: int) -> bool:
        return self.sentence.is_in("adverbs", at) or self.sentence.low(at) in _LIGHT

    def _antecedent(self, at: int, form: Form) -> Mention | None:
        before = [mention for mention in self.found if mention.end <= at and at - mention.end <= 6]
        for mention in reversed(before):
            if mention.number == form.number and (
                "c" in {mention.gender, form.gender} or mention.gender == form.gender
            ):
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
        if form is None or not sentence.low(at).startswith(_SAME[:5]):
            return
        parts = {at: form}
        article = sentence.pick(at - 1, ("det",), form.gender, "s")
        if sentence.capital(at + 1) and article is not None:
            parts[at - 1] = article
            self._give(parts, self._named(at + 1, form), at, form)
        elif sentence.capital(at - 1):
            self._give(parts, self._named(at - 1, form), at, form)
        elif sentence.low(at - 1) in {"sí", "si", "sé", "se", "me", "mim", "mí", "conmigo", "consigo"}:
            self._give(parts, self._nearest(at, form), at, form)

    def _loose(self, at: int) -> None:
        """A participle that opens a sentence or follows a comma: ``Nacida en Lima, …``, ``…, accompagné de …``."""
        sentence = self.sentence
        first = at
        while sentence.is_in("adverbs", first - 1):
            first -= 1
        opens = first == sentence.sentence_start(at) or sentence.low(first - 1) in {",", "("}
        opens = opens or (sentence.is_in("conjunctions", first - 1) and first > 1)
        alone = (
            sentence.low(at) in _SOLO and not self._opens(at + 1) and not sentence.is_in("numerals", at + 1)
        )
        if alone or opens:
            form = sentence.pick(at, ("adj",), "c", "s") or sentence.pick(at, ("adj",), "c", "p")
            if (
                form is None
                or form.gender == "c"
                or sentence.is_in("never", at)
                or sentence.is_in("things", at)
            ):
                return
            if opens and not (
                sentence.is_in("prepositions", at + 1) or sentence.low(at + 1) in {",", "(", ")"}
            ):
                return
            if any(reading.kind in {"noun", "kin", "det", "pron"} for reading in sentence.readings[at]):
                return
            subject = self._nearest(at, form)
            self._give({at: form}, subject, at, form)

    def _nearest(self, at: int, form: Form) -> Mention | None:
        """The subject of the sentence that agrees: first before, then after."""
        start = self.sentence.sentence_start(at)
        inside = [m for m in self.found if m.start >= start and not m.governed and m.what != "clitic"]
        inside = [
            m
            for m in inside
            if not any(self.sentence.ends(k) for k in range(min(at, m.start), max(at, m.start)))
        ]
        agree = [
            m
            for m in inside
            if m.number == form.number and ("c" in {m.gender, form.gender} or m.gender == form.gender)
        ]
        before = [m for m in agree if m.end <= at]
        return before[-1] if before else next((m for m in agree if m.start > at), None)


_SOME = frozenset(
    [
        "plusieurs",
        "beaucoup",
        "quelques-uns",
        "tous",
        "toutes",
        "certains",
        "certaines",
        "todos",
        "todas",
        "muchos",
        "muchas",
    ]
)
_WEATHER = frozenset("froid chaud beau jour nuit frais mauvais bon noir soleil".split())
_COUNTS = frozenset(
    [
        "un",
        "une",
        "uno",
        "una",
        "um",
        "uma",
        "unos",
        "unas",
        "uns",
        "umas",
        "alguno",
        "alguna",
        "algunos",
        "algunas",
        "ninguno",
        "ninguna",
        "aucun",
        "aucune",
        "chacun",
        "chacune",
        "éste",
        "ésta",
        "éstos",
        "éstas",
        "ése",
        "ésa",
    ]
)
_TAKEN = Mention(what="thing", gender="c", number="s", start=0, end=0)
_LIGHT = frozenset(
    [
        "no",
        "ne",
        "n'",
        "se",
        "s'",
        "si",
        "me",
        "m'",
        "te",
        "t'",
        "ti",
        "ci",
        "vi",
        "nos",
        "os",
        "y",
        "en",
        "já",
        "não",
        "non",
        "le",
        "les",
        "lui",
        "leur",
        "lhe",
        "lhes",
        "gli",
        "ho",
        "ha",
        "has",
        "hai",
        "había",
        "habría",
        "haya",
        "habían",
        "han",
        "hanno",
        "aveva",
        "a",
        "ont",
        "avait",
        "avaient",
        "eut",
        "aurait",
        "aura",
        "avoir",
        "tinha",
        "tinham",
        "tem",
        "têm",
        "haver",
        "hubo",
        "ser",
        "estar",
        "être",
        "essere",
        "poder",
        "puede",
        "podía",
        "pode",
        "peut",
        "può",
        "potrebbe",
        "doveva",
        "debe",
        "deve",
        "doit",
        "devono",
        "dovrebbero",
        "dovrebbe",
        "possono",
        "potrebbero",
        "deben",
        "pueden",
        "podrían",
        "devem",
        "podem",
        "peuvent",
        "doivent",
    ]
)
_EITHER = frozenset("era estaba parecía fuera estuviera sea esté estava parecia esteja".split())
_INVERTED = frozenset("il elle iel ils elles on je tu nous vous t me te se nos lhe".split())
_SAME = ("mism", "mesm", "stess", "própri", "propi", "seul", "sol")
_SOLO = frozenset(
    [
        "sola",
        "solo",
        "solas",
        "solos",
        "soltera",
        "soltero",
        "viuda",
        "viudo",
        "vedova",
        "vedovo",
        "sozinha",
        "sozinho",
        "seule",
        "seul",
    ]
)


def _link(one: Mention, two: Mention) -> None:
    one.same.append(two)
    two.same.append(one)


def _clitics(sentence: Sentence, found: list[Mention]) -> Iterator[Mention]:
    """Object pronouns before a verb or written onto it, where their owner can be a person."""
    pattern = sentence.lexicon.data.get("enclitic")
    for at, word in enumerate(sentence.words):
        if at in sentence.taken or not word.is_word:
            continue
        if sentence.is_clitic(at):
            form = next(form for form in sentence.readings[at] if form.kind == "clitic")
            verb = sentence.low(at - 2) if sentence.low(at - 1) == "-" else sentence.low(at + 1)
        elif (
            pattern
            and not sentence.readings[at]
            and not sentence.is_in("never", at)
            and (match := re.match(pattern, word.low))
        ):
            form, verb = _enclitic(match[3], word.low), match[1]
        else:
            continue
        if _owned_by_person(sentence, found, at, form=form, verb=verb):
            mention = Mention(
                what="clitic", gender=form.gender, number=form.number, start=at, end=at + 1, parts={at: form}
            )
            _participle(sentence, at, mention)
            sentence.taken[at] = mention
            yield mention


def _enclitic(ending: str, low: str) -> Form:
    pairs = {"lo": ("lo", "la"), "la": ("lo", "la"), "los": ("los", "las"), "las": ("los", "las")}
    pairs |= {"li": ("li", "le"), "le": ("li", "le")}
    masculine, feminine = pairs[ending]
    stem = low.removesuffix(ending)
    return Form(
        kind="clitic",
        gender="m" if ending == masculine else "f",
        number="s" if ending in {"lo", "la"} else "p",
        masculine=stem + masculine,
        feminine=stem + feminine,
    )


def _participle(sentence: Sentence, at: int, mention: Mention) -> None:
    """``l'a élue``, ``la ha vista``: the participle agrees with an object before the verb (French, Italian)."""
    if sentence.lexicon.lang not in {"fr", "it"} or sentence.low(at - 1) == "-":
        return
    place = at + 2
    while sentence.is_in("adverbs", place):
        place += 1
    form = sentence.pick(place, ("adj",), mention.gender, mention.number)
    if form is not None and place not in sentence.taken and not sentence.is_in("never", place):
        mention.parts[place] = form
        sentence.taken[place] = mention
        if mention.gender == "c":
            mention.gender = form.gender


def _owned_by_person(sentence: Sentence, found: list[Mention], at: int, *, form: Form, verb: str) -> bool:
    lexicon = sentence.lexicon
    if lexicon.is_in("neuter_verbs", sentence.low(at + 1)) or lexicon.is_in("neuter_verbs", verb):
        return False
    if any(verb.startswith(stem) for stem in lexicon.sets["person_verbs"]):
        return True
    start = sentence.sentence_start(at)
    agree = [
        mention
        for mention in found
        if start <= mention.start
        and mention.end <= at
        and mention.number == form.number
        and ("c" in {mention.gender, form.gender} or mention.gender == form.gender)
    ]
    return not agree or any(mention.is_person for mention in agree)
