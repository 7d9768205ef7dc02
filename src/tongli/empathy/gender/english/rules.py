"""The rules of English: one entry for rewriting, neutral forms and alternatives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from tongli.core import Claim, Edit, InputError, Person, Span
from tongli.core.edit import apply_edits
from tongli.empathy.gender.binding import SEVERAL
from tongli.empathy.gender.english.declared import agreement, kinship, owns, pronoun_sets, title
from tongli.empathy.gender.english.named import by_name, said_of, titled
from tongli.empathy.gender.english.nouns import (
    SOURCE,
    Noun,
    find_nouns,
    find_titles,
    neutral_title,
    replaced,
    title_edit,
)
from tongli.empathy.gender.english.pronouns import Pronoun, binary_sets, change, find_pronouns, singular_they
from tongli.empathy.gender.forms import code, outside_of, protected
from tongli.empathy.gender.names import former_name_edits
from tongli.empathy.gender.rules import Abstention, Alternatives, Rewrite

_OPEN = "no gender is declared"
_DECLARED = "declared by the person"
_NOT_DECLARED = "the person declared no form for this"
_KIN = "+kinship"


class English:
    """Gendered forms of English.

    Styles of neutral forms are the reflexive, ``themself`` or ``themselves``; with ``+kinship``, family words
    and *man*, *woman*, *boy*, *girl* change too.
    """

    lang: ClassVar[str] = "en"
    styles: ClassVar[tuple[str, ...]] = ("themself", "themselves", f"themself{_KIN}", f"themselves{_KIN}")

    def rewrite(self, text: str, *, people: Sequence[Person]) -> Rewrite:
        """Forms of the given people as they declared them; quotations, code and everybody else stay."""
        areas = protected(text)
        free = outside_of(areas)
        pronouns = [each for each in find_pronouns(text) if free(each.span)]
        bound, abstained = _bound(text, pronouns, people)
        edits = list(former_name_edits(text, people, areas, lang=self.lang, reason=_DECLARED, source=SOURCE))
        for pronoun, person in bound:
            _collect(_declared_form(pronoun, person), edits, abstained)
        for found, person in titled(text, people, areas):
            wanted = title(person)
            made = None if wanted is None else [title_edit(found, wanted, reason=_DECLARED, text=text)]
            if wanted != found[0]:
                _collect(made or Abstention(span=found.span(), reason=_NOT_DECLARED), edits, abstained)
        for noun, person in said_of(text, people, areas):
            _collect(_declared_noun(text, noun, person), edits, abstained)
        return rewritten(text, edits, abstained)

    def neutral(self, text: str, *, style: str | None = None) -> Rewrite:
        """Singular *they*, *Mx* and nouns for everybody, in quotations too.

        Raises:
            InputError: ``gender.style``.
        """
        reflexive, _, kin = self._style(style).partition("+")
        they = singular_they(reflexive)
        edits: list[Edit] = []
        for pronoun in _binary(text):
            edits += change(pronoun, they, reason=_OPEN)
        free = outside_of(code(text))
        for found in find_titles(text):
            if (after := neutral_title(found[0])) != found[0]:
                edits.append(title_edit(found, after, reason=_OPEN, text=text))
        for noun in find_nouns(text):
            if noun.kind == "noun" or kin:
                edits += replaced(text, noun, noun.neutral, reason=_OPEN)
        return rewritten(text, [edit for edit in edits if free(edit.span)])

    def alternatives(self, text: str) -> Alternatives:
        """The text with *she*, with *he* and with *they*, where it speaks of one of them."""
        pronouns = _binary(text)
        if not pronouns:
            return Alternatives(texts={})
        he, she = sorted(binary_sets(), key=lambda each: each.subject)
        texts = {
            name: rewritten(text, [edit for each in pronouns for edit in change(each, to, reason=_OPEN)]).text
            for name, to in (("feminine", she), ("masculine", he))
        }
        return Alternatives(texts={**texts, "neutral": self.neutral(text).text})

    def check(self, text: str, *, people: Sequence[Person]) -> tuple[Claim, ...]:
        """The claims of :func:`tongli.empathy.gender.check.check`, which resolves pronouns."""
        from tongli.empathy.gender.check import check  # it asks this package who else is named

        found = check(text, lang=self.lang, people=people)
        return tuple(item.claim for item in found if not item.claim.abstained)

    def not_theirs(self, text: str, *, people: Sequence[Person] = ()) -> frozenset[Span]:  # noqa: ARG002
        """None: what English pronouns refer to is resolved where they are checked."""
        return frozenset()

    def _style(self, style: str | None) -> str:
        if style is None or style in self.styles:
            return style or self.styles[0]
        raise InputError(
            "gender.style",
            received="a style that English does not have",
            allowed=", ".join(self.styles),
            fix="Choose one of these styles, or none.",
        )


def rewritten(text: str, edits: Iterable[Edit], abstained: Iterable[Abstention] = ()) -> Rewrite:
    """A text with edits made; all in the order of the text, each place changed once."""
    made: list[Edit] = []
    for edit in sorted({edit.span: edit for edit in edits}.values(), key=lambda edit: edit.span):
        if not made or edit.span[0] >= made[-1].span[1]:
            made.append(edit)
    return Rewrite(
        text=apply_edits(text, made),
        edits=tuple(made),
        abstained=tuple(sorted(abstained, key=lambda each: each.span)),
    )


def _binary(text: str) -> list[Pronoun]:
    found = find_pronouns(text, sets=binary_sets(), doublets=True)
    free = outside_of(code(text))
    return [each for each in found if each.pronouns in binary_sets() and free(each.span)]


def _collect(found: Iterable[Edit] | Abstention, edits: list[Edit], abstained: list[Abstention]) -> None:
    if isinstance(found, Abstention):
        abstained.append(found)
    else:
        edits += found


def _bound(
    text: str, pronouns: Sequence[Pronoun], people: Sequence[Person]
) -> tuple[list[tuple[Pronoun, Person]], list[Abstention]]:
    """Pronouns with the person each means, as the check sees it; and those that may be somebody else's."""
    from tongli.empathy.gender.check.owners import owners  # it asks this package who else is named

    found = owners(text, asked=[each.span for each in pronouns], people=people)
    bound: list[tuple[Pronoun, Person]] = []
    abstained: list[Abstention] = []
    for pronoun in pronouns:
        owner = found[pronoun.span]
        if owner.doubt:
            abstained.append(Abstention(span=pronoun.span, reason=SEVERAL))
        elif owner.person is not None:
            bound.append((pronoun, people[owner.person]))
    return bound, abstained


def _declared_form(pronoun: Pronoun, person: Person) -> Iterable[Edit] | Abstention:
    sets = pronoun_sets(person)
    if sets is None or owns(person, pronoun.pronouns):
        return ()
    if sets:
        return change(pronoun, sets[0], reason=_DECLARED)
    name = by_name(person)
    if name is None:
        return Abstention(span=pronoun.span, reason=_NOT_DECLARED)
    if pronoun.slot == "reflexive":
        return Abstention(span=pronoun.span, reason="a name cannot stand here; reword the sentence")
    return change(pronoun, name, reason=_DECLARED)


def _declared_noun(text: str, noun: Noun, person: Person) -> Iterable[Edit] | Abstention:
    word = kinship(person, noun.neutral)
    wanted = agreement(person)
    if word is None and wanted is not None:
        word = {"feminine": noun.feminine, "masculine": noun.masculine, "neutral": noun.neutral}[wanted]
    if word is not None:
        return replaced(text, noun, word, reason=_DECLARED)
    return () if pronoun_sets(person) is None else Abstention(span=noun.span, reason=_NOT_DECLARED)
