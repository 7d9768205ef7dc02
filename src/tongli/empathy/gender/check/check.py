"""One text through every rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from tongli.core import Edit, InputError, Person, Span
from tongli.empathy.gender.check.english import pronouns
from tongli.empathy.gender.check.finding import AUTHORS_CHOICE, Finding
from tongli.empathy.gender.check.guard import guard
from tongli.empathy.gender.check.lists import languages, word_list
from tongli.empathy.gender.check.names import former_names
from tongli.empathy.gender.check.wording import Entry, own_wordings, wordings
from tongli.empathy.gender.forms import outside_of, protected
from tongli.empathy.gender.reference.coreference import Read
from tongli.empathy.gender.rules import RULES, Rules, rules

_ORDER = ("former-name", "misgendering", "title", "agreement", "assumption", "inclusive")
STYLE = "plain"


def check(
    text: str,
    *,
    lang: str,
    people: Sequence[Person] = (),
    everyone: bool = False,
    context: str = "",
    marked: Sequence[Span] = (),
    style: str = STYLE,
    words: Sequence[Entry] = (),
    read: Read | None = None,
) -> tuple[Finding, ...]:
    """Findings on the gendered forms of a text, in order; of several on one place, the gravest.

    Args:
        text: what to check.
        lang: its language (BCP-47).
        people: who is listed, with what they declared; undeclared means unknown.
        everyone: whether forms of people who are not listed are assumptions too, as in what an assistant
            writes about people it knows nothing of.
        context: what the text was written from; what that says of somebody is no assumption.
        marked: places that the writer marked as chosen.
        style: which English wordings to look at.
        words: further words to look at, in any language.
        read: the encoder's tokens, for better reference in English.

    Raises:
        InputError: ``gender.language`` for a language without a word list.
    """
    if word_list(lang) is None:
        raise InputError(
            "gender.language",
            received=repr(lang),
            allowed=", ".join(languages()),
            fix="Choose one of these languages, or leave texts in other languages as they are.",
        )
    found = chain(
        # first, since what a team writes instead counts before the table
        own_wordings(text, words, english=lang.partition("-")[0].lower() == "en"),
        _all(text, lang, people, everyone=everyone, context=context, style=style, read=read),
    )
    left_alone = {place for span in (*protected(text), *marked) for place in range(*span)}
    return tuple(
        item if left_alone.isdisjoint(range(*item.span)) else item.left_alone(AUTHORS_CHOICE)
        for item in _apart(found)
    )


def _all(
    text: str,
    lang: str,
    people: Sequence[Person],
    *,
    everyone: bool,
    context: str,
    style: str,
    read: Read | None,
) -> Iterator[Finding]:
    english = lang.partition("-")[0].lower() == "en"
    yield from former_names(text, lang=lang, people=people)
    if english:
        yield from pronouns(text, people=people, everyone=everyone, read=read)
        yield from wordings(text, style=style)
    elif people:
        yield from _of_language(text, lang, people)
    listed = guard(text, lang=lang, people=people, everyone=everyone, context=context, pronouns=not english)
    free: Callable[[Span], bool] | None = None
    for item in listed:
        free = free or outside_of(_not_theirs(text, lang, people))
        if free(item.span):
            yield item


def _not_theirs(text: str, lang: str, people: Sequence[Person]) -> frozenset[Span]:
    """Forms that the language's own rules tie to a thing, or to nobody for sure."""
    base = lang.partition("-")[0].lower()
    return rules(base).not_theirs(text, people=people) if base in RULES else frozenset()


def _of_language(text: str, lang: str, people: Sequence[Person]) -> Iterator[Finding]:
    """What the language's own rules say, with what they would write instead."""
    if lang not in RULES and lang.partition("-")[0].lower() not in RULES:
        return
    own: Rules = rules(lang)
    edits: dict[Span, Edit] = {edit.span: edit for edit in own.rewrite(text, people=people).edits}
    for claim in own.check(text, people=people):
        if claim.label != "assumption":  # a declaration in another language is not known to those rules
            yield Finding(claim=claim, edit=edits.get(claim.evidence[0].span))


def _rank(item: Finding) -> int:
    """The gravest first; a pronoun that is generic, or one of both, assumes nothing of anybody."""
    about_nobody = item.claim.source.startswith(("inclusive.generic-pronoun", "inclusive.binary"))
    return 0 if about_nobody else _ORDER.index(item.claim.label or "inclusive") + 1


def _apart(found: Iterable[Finding]) -> list[Finding]:
    """Of findings on one place, the gravest; then the surest. What it does not know to mend, another may."""
    kept: list[Finding] = []
    taken: set[int] = set()
    ordered = sorted(found, key=lambda item: (_rank(item), -item.claim.score))
    edits = {item.span: item.edit for item in reversed(ordered) if item.edit is not None}
    for item in ordered:
        place = range(*item.span)
        if taken.isdisjoint(place):
            mends = item.claim.label != "assumption"
            kept.append(replace(item, edit=item.edit or edits.get(item.span)) if mends else item)
            taken.update(place)
    return sorted(kept, key=lambda item: item.span)
