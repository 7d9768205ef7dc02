"""A shallow parse: which words of a text agree with one another about a person, and which about a thing.

Noun phrases are read outwards from their head: determiners and adjectives that agree with it. Things are
found so that nothing that agrees with a thing is taken for a person's form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from tongli.empathy.gender.romance.lexicon import Form, Gender, Kind, Lexicon, Number
from tongli.empathy.gender.romance.mention import SAME, Mention, What
from tongli.empathy.gender.romance.readings import Readings

_AS = frozenset(["como", "comme", "come"])
_SELF = frozenset(["si", "mim", "ti", "quale", "quali", "cual", "cuales", "qual", "quais"])
_DEGREES = frozenset(["molto", "poco", "tanto", "troppo", "mucho", "muito", "pouco"])
"""They count nobody in the singular: before a word for a person they say how much."""
_COUNTED = re.compile(r"\d+(?:[ºª]|èmes?|e|er|re|ère)?$")


class Sentence(Readings):
    """Words of a text, their readings, and the noun phrases among them."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        super().__init__(text, lexicon)
        self.taken: dict[int, Mention] = {}

    @cached_property
    def phrases(self) -> list[Mention]:
        """Noun phrases in order of the text: people, nouns that never vary, and things."""
        found = [mention for at in range(len(self.words)) if (mention := self._person(at))]
        found += [
            mention for at in range(len(self.words)) if (mention := self._one_of(at) or self._thing(at))
        ]
        return sorted(found, key=lambda mention: mention.start)

    def _person(self, at: int) -> Mention | None:
        if at in self.taken or self._in_name(at):
            return None
        heads = [form for form in self.readings[at] if form.kind in {"noun", "kin", "fixed"}]
        if any(form.homograph and form.gender != "m" for form in heads) and not self._somebody(at):
            return None
        if self._language(at) or self.is_in("have", at - 1) or self._trait(at):
            return None
        candidates = [self._grow(at, head) for head in heads if not self._modifies(at, head)]
        if not candidates:
            return None
        best = max(candidates, key=lambda mention: len(mention.parts))
        if best.parts[at].open and self.low(best.start) == self.low(at):
            return None
        self._take(best)
        return best

    def _trait(self, at: int) -> bool:
        """``es muy femenina``: a gender said of somebody after a copula agrees, and keeps its sense."""
        before = at - 1
        while self.is_in("adverbs", before):
            before -= 1
        sense = any(form.kind == "sense" for form in self.readings[at])
        return sense and (self.is_in("copula_s", before) or self.is_in("copula_p", before))

    def _language(self, at: int) -> bool:
        """``en anglais``, ``fala francês``: a bare singular that is also an adjective names no one."""
        kinds = {form.kind for form in self.readings[at]}
        singular = all(form.number == "s" for form in self.readings[at])
        bare = self.pick(at - 1, ("det", "adj", "noun", "kin"), "c", "s") is None
        opens = at == self.sentence_start(at) and self.low(at + 1) == ","
        allowed = opens or self.is_in("possessives", at - 1) or self.low(at - 1) in _AS or self._as_such(at)
        return kinds == {"noun", "adj"} and singular and bare and not allowed

    def _as_such(self, at: int) -> bool:
        """``en tant que régent``, ``bien qu'américain``."""
        return self.low(at - 1) in {"que", "qu'"} and self.low(at - 2) in {"tant", "bien", "quoique"}

    def _somebody(self, at: int) -> bool:
        """Whether a feminine that is also a thing (la música) is a person here: ``una música``."""
        low = self.low(at - 1)
        if all(form.gender == "c" for form in self.readings[at]):
            return self.readings[at][0].number == "p" or self.pick(at - 1, ("det",), "m", "s") is not None
        return low in {"una", "une", "uma"} | _AS or self.is_in("copula_s", at - 1)

    def _in_name(self, at: int) -> bool:
        """Whether a capital makes a word part of a name; a title is not (la Duquesa)."""
        if not self.words[at].text[0].isupper() or self._shouted(at) or not self.capital_inside(at):
            return False
        if not self._noun(at) or self._after_title(at):
            return True
        if self.lexicon.lang != "fr" and any(form.kind == "adj" for form in self.readings[at]):
            return True
        before = at - 1
        if self.low(before) in _AS:
            return False
        if self.is_in("prepositions", before) and not self._noun_det(before):
            return self.words[before - 1].text[0].isupper() and self.capital_inside(before - 1)
        return self.words[before].text[0].isupper() and self.capital_inside(before) and not self._noun(before)

    def _after_title(self, at: int) -> bool:
        """``la dottoressa [Conti]``: a plural right after a singular is a family name."""
        return self._noun(at - 1) and self._plural(at) and not self._plural(at - 1)

    def _plural(self, at: int) -> bool:
        return all(form.number == "p" for form in self.reading(at))

    def _noun_det(self, at: int) -> bool:
        return any(form.kind == "det" for form in self.readings[at]) and self.readings[at][0].number == "s"

    def _modifies(self, at: int, head: Form) -> bool:
        """Whether a noun stands before another one as its adjective (anciano profesor)."""
        if any(form.kind == "sense" for form in self.readings[at]):
            return False
        before = self.taken.get(at - 1)
        if before is not None and before.is_person and before.end == at and head.kind == "noun":
            return True
        if not any(form.kind == "adj" for form in self.readings[at]):
            article = self.pick(at - 2, ("det",), head.gender, head.number) and not self.is_clitic(at - 2)
            return bool(article) and not self.invariable(at - 1) and self._thing_before(at, head)
        after = self.pick(at + 1, ("noun", "kin"), head.gender, head.number)
        follows = after is not None and not any(form.kind == "adj" for form in self.readings[at + 1])
        return follows or self._thing_before(at, head)

    def _thing_before(self, at: int, head: Form) -> bool:
        """Whether a noun that is also an adjective follows a thing (la cocina italiana)."""
        before = at - 1
        if before < 0 or not self.words[before].is_word or self.words[before].elided:
            return False
        if _COUNTED.match(self.low(before)) or any(
            form.kind in {"noun", "kin"} for form in self.readings[before]
        ):
            return False
        if self.pick(before, ("det", "adj"), head.gender, head.number) or self.readings[before]:
            return False
        light = ("prepositions", "possessives", "numerals", "conjunctions", "clause", "copula_s", "copula_p")
        return not any(self.is_in(name, before) for name in (*light, "adverbs"))

    def _grow(self, at: int, head: Form) -> Mention:
        what: What = "fixed" if head.kind == "fixed" else "kin" if head.kind == "kin" else "noun"
        mention = Mention(what=what, gender=head.gender, number=head.number, start=at, end=at + 1)
        mention.parts[at] = head
        self._left(mention)
        self._right(mention)
        mention.governed = self.is_in("prepositions", mention.start - 1) or self._fused(mention)
        return mention

    def _fused(self, mention: Mention) -> bool:
        """Whether the first word holds a preposition (del, au, nella)."""
        first = self.low(mention.start)
        if first == "des" and (self.low(mention.start - 1) == "," or not self.capital_inside(mention.start)):
            return False
        return self.lexicon.is_in("prepositions", first) and first not in {"a", "o"}

    def _left(self, mention: Mention) -> None:
        at = mention.start - 1
        kinds: tuple[Kind, ...] = ("adj",)
        while at >= 0:
            form = self.pick(at, ("det",), mention.gender, mention.number)
            if form is not None and form.number == "s" and form.masculine in _DEGREES:
                return  # "[molto] paziente"
            if form is not None:
                kinds = ()
            form = form or self.pick(at, kinds, mention.gender, mention.number)
            if form is not None and (
                not self.lexicon.is_in("never", self.low(at))
                or self.pick(at - 1, ("det",), mention.gender, mention.number) is not None
            ):
                self._join(mention, at, form)
                mention.start = at
            elif self._coordinates(at, mention):
                kinds = ("adj",)
            elif not (self._skipped(at) or (self.is_in("adverbs", at) and at + 1 == mention.start)):
                return
            elif self.is_in("possessives", at):
                mention.start = at
                kinds = ()
            at -= 1

    def _coordinates(self, at: int, mention: Mention) -> bool:
        """The "and" of ``una nueva y atractiva jugadora``: adjectives on both sides, an article before."""
        agrees = (mention.gender, mention.number)
        return (
            self.is_in("conjunctions", at)
            and at + 1 == mention.start
            and self.pick(at + 1, ("adj",), *agrees) is not None
            and self.pick(at - 1, ("adj",), *agrees) is not None
            and self.pick(at - 2, ("det", "adj"), *agrees) is not None
        )

    def _skipped(self, at: int) -> bool:
        if self.low(at) == "-":
            return self.is_in("numerals", at - 1)
        if self.low(at) in {"volte", "veces", "vezes", "fois"}:
            return self.is_in("numerals", at - 1)
        if _COUNTED.match(self.low(at)):
            return True
        return self.is_in("numerals", at) or self.is_in("possessives", at) or self.invariable(at)

    def _right(self, mention: Mention) -> None:
        at = mention.end
        while at < len(self.words):
            joined = self._adjective_after(at, mention)
            if joined is None:
                return
            place, form = joined
            if form is not None:
                self._join(mention, place, form)
            mention.end = at = place + 1

    def _adjective_after(self, at: int, mention: Mention) -> tuple[int, Form | None] | None:
        """The next word that agrees, over adverbs, a comma or "and"; no form for an invariable adjective."""
        place = at
        linked = self.low(place) in {",", "("} or self.is_in("conjunctions", place)
        if linked:
            place += 1
        while self.is_in("adverbs", place):
            place += 1
        form = self._agreeing(place, mention)
        if form is None and not linked and (place == at or mention.is_person):
            form = self.pick(place, ("noun",), mention.gender, mention.number)
            if form is not None and mention.what in {"fixed", "thing"}:
                form = None
        if form is not None and (
            self._verb_here(place, form)
            or (linked and mention.what == "thing" and self._of_subject(at, place, mention))
        ):
            return None
        if place == at and (article := self._superlative(place, mention)) is not None:
            return place, article
        if form is not None and not self._another(place, mention, linked=linked):
            return place, form
        if place == at and mention.is_person and self.low(at) in {"de", "d'", "di"}:
            return self._over_complement(at, mention)
        if not linked and self.invariable(place):
            return place, None
        return None

    def _of_subject(self, link: int, at: int, thing: Mention) -> bool:
        """Whether a linked form goes on with what is said of the subject: ``espulso dal coro e deciso a``.

        No "and" joins a noun and its adjective: ``chiusa in una torre e [liberata]``; and what happens then
        happens to the subject: ``sospettata del furto, poi [assolta]``.
        """
        bare = self.pick(link - 1, ("adj",), "c", thing.number) is None and not self.invariable(link - 1)
        if (bare and self.is_in("conjunctions", link)) or self.is_in("then", link + 1):
            return True
        before = thing.start - (2 if self.is_in("prepositions", thing.start - 1) else 1)
        said = self.pick(before, ("adj",), "c", thing.number) is not None and not self.words[before].elided
        copula = self.is_in("copula_s", before - 1) or self.is_in("copula_p", before - 1)
        return self.personal(at) or (said and copula and self.is_in("prepositions", at + 1))

    def _another(self, at: int, mention: Mention, *, linked: bool) -> bool:
        """Whether a word opens a phrase of its own: a noun after a comma, a copula, a name."""
        noun = linked and self._noun(at) and not (mention.is_person and self.apposed(at))
        return noun or self._own_phrase(at)

    def _agreeing(self, at: int, mention: Mention) -> Form | None:
        """The adjective that agrees; ``actriz femenina``: a gender goes with a noun for a person only."""
        if any(form.kind == "sense" for form in self.reading(at)):
            person = mention.what in {"noun", "kin"}
            return self.pick(at, ("sense",), mention.gender, mention.number) if person else None
        return self.pick(at, ("adj",), mention.gender, mention.number)

    def _superlative(self, at: int, mention: Mention) -> Form | None:
        """The article of ``les femmes les plus belles``."""
        article = self.pick(at, ("det",), mention.gender, mention.number)
        if article is None or not mention.is_person or self.low(at + 1) not in {"plus", "moins"}:
            return None
        adjective = self.pick(at + 2, ("adj",), mention.gender, mention.number)
        return None if adjective is None or self.pick(at + 2, ("noun",), "c", mention.number) else article

    def _verb_here(self, at: int, form: Form) -> bool:
        """A finite verb that looks like an adjective has an object: ``le physicien écrit des lettres``."""
        if (
            form.open
            or form.masculine.endswith(("é", "és"))
            or not self.words[at].low.endswith(("a", "t", "e"))
            or (self.is_in("prepositions", at + 1) and self.low(at + 1) not in {"a", "des"})
        ):
            return False
        return any(after.kind == "det" for after in self.reading(at + 1)) or self.is_in("possessives", at + 1)

    def _over_complement(self, at: int, mention: Mention) -> tuple[int, Form] | None:
        """The adjective of ``hombre de negocios brasileño``, ``dama di compagnia più anziana``.

        It is the person's where the complement is bare and has another number, or is one of a closed list.
        """
        listed = self.is_in("complements", at + 1)
        if self.reading(at + 1) and not listed:
            return None
        place = at + 2
        while self.is_in("adverbs", place):
            place += 1
        form = self.pick(place, ("adj",), mention.gender, mention.number)
        plural = mention.number == "s" and self.low(at + 1).endswith(("s", "i"))
        if form is None or mention.gender == "c" or form.gender != mention.gender or not (listed or plural):
            return None
        return place, form

    def _own_phrase(self, at: int) -> bool:
        """Whether a word opens a phrase of its own or is a copula."""
        return self.is_in("copula_s", at) or self.is_in("copula_p", at) or self.capital(at)

    def _join(self, mention: Mention, at: int, form: Form) -> None:
        mention.parts[at] = form
        if mention.gender == "c":
            mention.gender = form.gender

    def _take(self, mention: Mention) -> None:
        for at in range(mention.start, mention.end):
            self.taken[at] = mention

    def _thing(self, at: int) -> Mention | None:
        """A determiner before a word that is nobody: ``la mesa``."""
        if at in self.taken or not self.words[at].is_word:
            return None
        dets = [form for form in self.readings[at] if form.kind == "det"]
        if not dets and not self.is_in("possessives", at):
            return None
        intensifier = self.is_in("adverbs", at) and any(f.kind == "adj" for f in self.reading(at + 1))
        if intensifier or self.is_clitic(at) or self._no_article(at) or self._no_one(at):
            return None
        end = at + 1
        while end < len(self.words) and end not in self.taken and self._before_noun(end):
            end += 1
        if end >= len(self.words) or end in self.taken or self._no_noun(end):
            end -= 1
        if self.is_in("counts", end) and any(form.kind == "pron" for form in self.readings[end]):
            return None
        if end == at or (self.capital(end) and self.low(end - 1).startswith(SAME[:5])):
            return None
        gender: Gender = dets[0].gender if dets else "c"
        if self.is_in("feminine_el", end):
            gender = "f"
        number: Number = dets[0].number if dets else "s"
        mention = Mention(what="thing", gender=gender, number=number, start=at, end=end + 1)
        if not self.once(end):
            self._right(mention)
        said_of = self.is_in("copula_s", mention.end) or self.is_in("copula_p", mention.end)
        adverbial = not said_of and (self.is_in("times", end) or self.low(end).isdigit())
        mention.governed = adverbial or self.is_in("prepositions", at - 1) or self._fused(mention)
        mention.parts.clear()
        self._take(mention)
        return mention

    def _no_one(self, at: int) -> bool:
        """Italian *nessuno* in full is a pronoun, but before s + consonant: ``nessuno sapeva``."""
        impure = self.lexicon.impure
        return self.low(at) == "nessuno" and impure is not None and not impure.match(self.low(at + 1))

    def _no_noun(self, at: int) -> bool:
        """Whether a word cannot be the noun of a phrase: a mark, a small word, a pronoun."""
        light = ("prepositions", "clause", "conjunctions", "copula_s", "copula_p")
        return (
            not self.words[at].is_word
            or self.is_clitic(at)
            or any(self.is_in(name, at) for name in light)
            or (bool(self.readings[at]) and all(form.kind == "pron" for form in self.readings[at]))
        )

    def _no_article(self, at: int) -> bool:
        """``a si``, ``la quale``, ``cada vez``, ``beau aux yeux``: what looks like an article and is none."""
        adjective = any(form.kind == "adj" for form in self.readings[at])
        return (
            self.low(at + 1) in _SELF
            or self.measured(at) > 0
            or (adjective and self.is_in("prepositions", at + 1))
        )

    def _one_of(self, at: int) -> Mention | None:
        """``uno dei primi a``, ``una delle poche ad`` after a copula, where no noun follows: a person."""
        if at in self.taken:
            return None
        before, at = at - 1, at + 1 if self.low(at) == "l'" else at
        if not (self.is_in("copula_s", before) and self.is_in("counts", at)):
            return None
        one = self.pick(at, ("pron",), "c", "s") or self.pick(at, ("det",), "c", "s")
        place = at + 2 if self.low(at + 1) == "de" else at + 1
        article = self.pick(place, ("det",), one.gender, "p") if one else None
        adjective = self.pick(place + 1, ("adj", "det"), one.gender, "p") if one else None
        if one is None or article is None or adjective is None or not self.is_in("prepositions", place + 2):
            return None
        mention = Mention(what="noun", gender=one.gender, number="s", start=at, end=place + 2)
        mention.parts |= {at: one, place: article, place + 1: adjective}
        self._take(mention)
        return mention

    def _before_noun(self, at: int) -> bool:
        return (
            self.is_in("numerals", at)
            or self.is_in("adverbs", at)
            or any(form.kind in {"det", "adj"} for form in self.readings[at])
        ) and not (self.is_clitic(at) or self._of(at))

    def _of(self, at: int) -> bool:
        """A preposition with its article, which ends a phrase: ``l'unico [della] classe``."""
        det = any(form.kind == "det" for form in self.readings[at])
        return det and len(self.low(at)) > 2 and self.is_in("prepositions", at)

    def unread(self, kinds: tuple[Kind, ...]) -> Iterator[int]:
        """Places of these kinds outside every phrase."""
        for at, readings in enumerate(self.readings):
            if at not in self.taken and any(form.kind in kinds for form in readings):
                yield at
