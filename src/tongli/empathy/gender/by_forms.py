"""The rules of a language from one thing: its gendered forms in a text, and what else could stand there."""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import ClassVar

from tongli.core import Agreement, Claim, Edit, Evidence, InputError, Person, Span
from tongli.core.edit import apply_edits
from tongli.empathy.gender.binding import SEVERAL, Bound, Grammar, bind, mentions
from tongli.empathy.gender.declared import Wish, wishes
from tongli.empathy.gender.forms import Form, changes, like, outside_of, protected
from tongli.empathy.gender.names import former_name_edits
from tongli.empathy.gender.rules import Abstention, Alternatives, Rewrite
from tongli.empathy.gender.things import Thing, explains, nearby, opens_clause, within_clause, without_things

BOTH: tuple[Agreement, ...] = ("feminine", "masculine")
_WORDS = frozenset({"pronoun", "possessive"})
_REASON = "declared by the person"
_THING = "a thing may be meant"
_BACK = 300
"""Code points before a pronoun within which another person may have been named."""
_BEFORE = 40
"""Code points before a name that hold the word before it."""


@lru_cache(maxsize=1)
def _forms_of(language: ByForms, text: str) -> tuple[Form, ...]:
    """The forms of the last text, which a check asks for several times."""
    return language.forms(text)


class ByForms(ABC):
    """Rewriting, alternatives and checks for languages that list their gendered forms.

    A language gives ``forms``, a ``grammar`` for finding out who is meant, the ``slots`` of its pronoun sets
    in the order they are declared in, and the styles that it can write neutral forms in.
    """

    lang: ClassVar[str]
    slots: ClassVar[tuple[str, ...]] = ("nom",)
    styles: ClassVar[tuple[str, ...]] = ("slash",)
    grammar: ClassVar[Grammar]
    prepositions: ClassVar[frozenset[str]] = frozenset()
    """Words after which a name is no subject, where the rules look at things."""

    @abstractmethod
    def forms(self, text: str) -> tuple[Form, ...]:
        """Forms that say the gender of a person, by their place; no two overlap."""

    def things(self, text: str) -> Sequence[Thing]:  # noqa: ARG002
        """Nouns for things whose gender can be told; none where a language cannot tell."""
        return ()

    def of_people(self, text: str, *, people: Sequence[Person] = ()) -> tuple[Form, ...]:
        """Forms without those that only a thing explains, where nobody is named or mentioned."""
        return self._left(text, _forms_of(self, text), people)

    def not_theirs(self, text: str, *, people: Sequence[Person] = ()) -> frozenset[Span]:
        """Places of forms that only a thing explains, and of those that may be somebody else's."""
        forms = _forms_of(self, text)
        kept = {form.span for form in self._left(text, forms, people)}
        of_things = (form.span for form in forms if form.span not in kept)
        return frozenset((*of_things, *(each.span for each in self._bound(text, people).abstained)))

    def names_others(self, text: str) -> bool:
        """Whether somebody may be named in a text."""
        return bool(self.grammar.others(text))

    def _left(self, text: str, forms: tuple[Form, ...], people: Sequence[Person]) -> tuple[Form, ...]:
        """Of the forms of a text, those that no thing explains by itself."""
        if not forms or self.names_others(text) or self._names_any(text, people):
            return forms
        return without_things(text, forms, self.things(text))

    def _names_any(self, text: str, people: Sequence[Person]) -> bool:
        """Whether a listed person is named, and not only behind a preposition."""
        before = (
            text[max(0, span[0] - _BEFORE) : span[0]].split()[-1:]
            for span, _ in mentions(text, people, self.grammar)
        )
        return any(not words or words[0].lower() not in self.prepositions for words in before)

    def neutral_form(self, form: Form, style: str) -> str | None:  # noqa: ARG002
        """A form for everybody, in a style of the language; ``None`` where the text must be reworded."""
        if "neutral" in form.to:
            return form.to["neutral"]
        return "/".join(
            dict.fromkeys(form.to[gender] for gender in ("masculine", "feminine") if gender in form.to)
        )

    def own_style(self, text: str) -> str:  # noqa: ARG002
        """The style that a writer of the text seems to prefer."""
        return self.styles[0]

    def of_name(self, name: str) -> str:
        """A name as an owner."""
        return name

    def rewrite(self, text: str, *, people: Sequence[Person]) -> Rewrite:
        """Forms of the given people as they declared them; quotations, code and everybody else stay.

        One person without a name is whom the whole text is about.
        """
        bound = self._bound(text, people)
        edits: list[Edit] = []
        abstained = list(bound.abstained)
        for form, person in bound.forms:
            after = self._becomes(form, person, text)
            if after is None:
                abstained.append(Abstention(span=form.span, reason="the person declared no form for this"))
            else:
                edits += self._edit(form, after, text)
        edits += self._names(text, people)
        return rewritten(text, edits, abstained)

    def neutral(self, text: str, *, style: str | None = None) -> Rewrite:
        """Forms of undeclared people in a style that leaves their gender open."""
        chosen = self.require_style(style) or self.own_style(text)
        forms = self.open_forms(text)
        after = {form.span: self.neutral_form(form, chosen) or form.before for form in forms}
        edits = self.edits(forms, after)
        return rewritten(text, edits, ())

    def alternatives(self, text: str) -> Alternatives:
        """The text about a woman, about a man, and with open forms."""
        forms = self.of_individuals(text)
        if not forms:
            return Alternatives(texts={})
        texts: dict[str, str] = {gender: self._all(text, forms, gender) for gender in BOTH}
        open_ = self.neutral(text).text
        return Alternatives(texts=texts | ({} if open_ == text else {"neutral": open_}))

    def _all(self, text: str, forms: Iterable[Form], gender: Agreement) -> str:
        edits = changes(forms, lambda form: form.to.get(gender), reason="one version", source=self._source)
        return apply_edits(text, edits)

    def check(self, text: str, *, people: Sequence[Person]) -> tuple[Claim, ...]:
        """Forms that differ from declared ones, that nobody declared, and generic masculines."""
        bound = self._bound(text, people)
        after = {form.span: self._becomes(form, person, text) for form, person in bound.forms}
        kept = {id(person) for form, person in bound.forms if after[form.span] == form.before}
        found: list[Claim] = []
        for form, person in bound.forms:
            wished = after[form.span]
            if wished is None:
                if not any(each.declared for each in self._wishes(person)):
                    found.append(
                        self._claim("assumption", form.span, 0.6, "the person's forms are not declared")
                    )
            elif wished != form.before:
                mixed = form.kind in {"agreement", "noun"} and id(person) in kept
                label = "title" if form.kind == "title" else "agreement" if mixed else "misgendering"
                found.append(self._claim(label, form.span, 0.9, "not the declared form"))
        taken = [form.span for form, _ in bound.forms]
        found += [
            self._claim("inclusive", form.span, 0.5, "a masculine form that may stand for everybody")
            for form in self.open_forms(text)
            if form.generic and form.span not in taken
        ]
        found += [
            self._claim("former-name", edit.span, 0.95, "not the person's name")
            for edit in self._names(text, people)
        ]
        return tuple(sorted(found, key=lambda claim: claim.evidence[0].span))

    def of_individuals(self, text: str) -> tuple[Form, ...]:
        """Forms of single people; those of groups only where nobody is single."""
        found = tuple(form for form in self.of_people(text) if form.subject is None)
        return tuple(form for form in found if not form.generic) or found

    def require_style(self, style: str | None) -> str | None:
        """The style, if the language has it.

        Raises:
            InputError: ``gender.style``.
        """
        if style is None or style in self.styles:
            return style
        raise InputError(
            "gender.style",
            received="a style that this language does not have",
            allowed=", ".join(self.styles),
            fix="Choose one of these styles, or none for the language's usual one.",
        )

    @property
    def _source(self) -> str:
        return f"gender rules of {self.lang}"

    def _claim(self, label: str, span: tuple[int, int], score: float, reason: str) -> Claim:
        return Claim(
            dimension="gender-form",
            label=label,
            score=score,
            evidence=(Evidence(span=span, weight=1.0),),
            reason=reason,
            source=self._source,
        )

    def edits(self, forms: Iterable[Form], after: Mapping[Span, str]) -> tuple[Edit, ...]:
        """Edits of forms about people who declared nothing."""
        return changes(
            forms, lambda form: after.get(form.span), reason="no gender is declared", source=self._source
        )

    def open_forms(self, text: str) -> tuple[Form, ...]:
        """Forms of people outside quotations, code and addresses."""
        return tuple(form for form in self._outside(text) if form.subject is None)

    def _outside(self, text: str, people: Sequence[Person] = ()) -> tuple[Form, ...]:
        free = outside_of(protected(text))
        found = self.of_people(text, people=people)
        return tuple(form for form in found if free(form.span))

    def _bound(self, text: str, people: Sequence[Person]) -> Bound:
        if len(people) == 1 and not any((people[0].name, people[0].given, people[0].family)):
            free = outside_of(protected(text))
            kept = (form for form in self.of_individuals(text) if free(form.span))
            return Bound(tuple((form, people[0]) for form in kept), ())
        unnamed = outside_of(span for span, _ in mentions(text, people, self.grammar))
        forms = tuple(form for form in self._outside(text, people) if unnamed(form.span))
        found = self._sure(text, bind(text, forms, people, self.grammar), people)
        author = next((person for person in people if self._first(person)), None)
        if author is None:
            return found
        own = tuple((form, author) for form in forms if form.speaker == "first")
        return Bound((*found.forms, *own), found.abstained)

    def _sure(self, text: str, found: Bound, people: Sequence[Person]) -> Bound:
        """Without pronouns that another person named before declared, or that fit a thing."""
        against = [
            (form, person)
            for form, person in found.forms
            if form.kind == "pronoun" and self._becomes(form, person, text) not in {None, form.before}
        ]
        if not against:
            return found
        named = mentions(text, people, self.grammar)
        taken = sorted([*(span[0] for span, _ in named), *(form.span[0] for form, _ in found.forms)])
        things = [thing for thing in self.things(text) if opens_clause(text, thing, taken)]
        left: dict[Span, str] = {}
        for form, person in against:
            low, high = (bisect_left(named, at, key=_end) for at in (form.span[0] - _BACK, form.span[0] + 1))
            last = max((span[1] for span, who in named[low:high] if who is person), default=0)
            if any(who is not person and self._declared(form, who, text) for _, who in named[low:high]):
                left[form.span] = SEVERAL
            elif any(each.span[0] > last and explains(text, each, form) for each in nearby(things, form)):
                left[form.span] = _THING
        left |= _beside(text, found, left)
        kept = tuple(each for each in found.forms if each[0].span not in left)
        doubts = (Abstention(span=span, reason=reason) for span, reason in left.items())
        return Bound(kept, (*found.abstained, *doubts))

    def _declared(self, form: Form, person: Person, text: str) -> bool:
        """Whether somebody declared a form."""
        return self._becomes(form, person, text) == form.before

    def _first(self, person: Person) -> str | None:
        return next(
            (how for tag, how in person.first_person.items() if tag.partition("-")[0] == self.lang), None
        )

    def _wishes(self, person: Person) -> tuple[Wish, ...]:
        return wishes(person, self.lang, slots=self.slots)

    def _becomes(self, form: Form, person: Person, text: str) -> str | None:
        """What a form becomes: itself where any of the declared sets has it."""
        found = [self._by_wish(form, person, each, text) for each in self._wishes(person)]
        if form.before in found:
            return form.before
        return next((after for after in found if after is not None), None)

    def _by_wish(self, form: Form, person: Person, wish: Wish, text: str) -> str | None:
        if form.kind == "title" and wish.title is not None:
            return wish.title
        if (
            form.speaker == "third"
            and form.kind in _WORDS
            and form.slot is not None
            and wish.pronouns is not None
        ):
            return self._pronoun(form, person, wish)
        how = self._first(person) if form.speaker == "first" else None
        agreement = how if how in {*BOTH, "neutral"} else wish.agreement
        if agreement == "neutral":
            return form.to.get("neutral") or self.neutral_form(form, self.own_style(text))
        return form.to.get(agreement) if agreement else None

    def _pronoun(self, form: Form, person: Person, wish: Wish) -> str | None:
        name = person.given or person.name
        if not wish.pronouns:
            owner = form.kind == "possessive"
            return None if name is None else self.of_name(name) if owner else name
        kind, _, ending = (form.slot or "").partition("+")
        word = wish.pronouns.get(kind)
        if word is None:
            return form.to.get(wish.agreement) if wish.agreement else None
        return like(form.before, word + ("" if wish.fixed else ending))

    def _edit(self, form: Form, after: str, text: str) -> tuple[Edit, ...]:
        """The edit of one form; a title that goes takes the space behind it along."""
        if not after and text[form.span[1] : form.span[1] + 1] == " ":
            form = replace(form, span=(form.span[0], form.span[1] + 1), before=form.before + " ")
        return changes((form,), lambda _: after, reason=_REASON, source=self._source)

    def _names(self, text: str, people: Sequence[Person]) -> Iterator[Edit]:
        """Former names give way to the person's name."""
        return former_name_edits(
            text, people, protected(text), lang=self.lang, reason=_REASON, source=self._source
        )


def _end(mention: tuple[Span, Person]) -> int:
    return mention[0][1]


def _beside(text: str, found: Bound, left: Mapping[Span, str]) -> dict[Span, str]:
    """The verbs of pronouns that are left alone, in the same clause."""
    spans = sorted(left)
    verbs: dict[Span, str] = {}
    for form, _ in found.forms:
        if form.kind == "agreement" and form.span not in left:
            at = bisect_left(spans, form.span)
            if at and within_clause(text, spans[at - 1], form.span):
                verbs[form.span] = left[spans[at - 1]]
    return verbs


def rewritten(text: str, edits: Iterable[Edit], abstained: Iterable[Abstention]) -> Rewrite:
    """A text with edits made; all in the order of the text."""
    made = tuple(sorted(edits, key=lambda edit: edit.span))
    return Rewrite(
        text=apply_edits(text, made),
        edits=made,
        abstained=tuple(sorted(abstained, key=lambda each: each.span)),
    )
