"""Gendered forms against declarations, in every language with a word list.

A form that is tied to a name is that person's, and a noun only that of a name beside it. Any other form
belongs to the only person named in its sentence or in the one before; where several are named, it counts only
if it fits none of them. A form of nobody in sight counts only if it fits nobody who is named and declared.
What the source of a text says of a person is given, and no assumption of the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from tongli.core import Agreement, Person, Span
from tongli.empathy.gender.check.finding import Finding, Label, finding
from tongli.empathy.gender.check.forms import SCORES, Gendered, gendered
from tongli.empathy.gender.check.people import Named, genders, named, speakers, unlisted
from tongli.empathy.gender.forms import sentences

RULE = "gender.form"
_COPULAS = (
    "is|was|are|as|an?|the|our|their|my|est|une?|la|le|es|era|una?|el|ist|war|eine?|die|der|è|é|foi|uma?|o|är|var"
    "|en|ett|er|et|on|oli|jest|był[ao]?|je|byla?"
)
_BETWEEN = regex.compile(rf"\s*[,(:]?\s*(?:(?:{_COPULAS})\s){{0,3}}")
_BACK = 300
"""Code points before a pronoun within which another person may be meant."""
_ASSUMED = "nobody has declared this gender"
_WRONG = "not a form that the person has declared"


@dataclass(frozen=True, slots=True)
class _Given:
    """What the source of a text already says: forms, and genders of names."""

    words: frozenset[str]
    of_names: frozenset[tuple[str, Agreement]]


def guard(
    text: str,
    *,
    lang: str,
    people: Sequence[Person],
    everyone: bool,
    context: str = "",
    pronouns: bool = True,
) -> Iterator[Finding]:
    """Findings on pronouns, titles, nouns for people and agreement.

    Args:
        text: what to check.
        lang: its language.
        people: who is listed.
        everyone: whether forms of people who are not listed are assumptions.
        context: what the text was written from, such as the transcript of a summary.
        pronouns: leave pronouns out where a better rule judges them.
    """
    others = tuple(dict.fromkeys((*unlisted(context, lang=lang), *unlisted(text, lang=lang))))
    found = named(text, people=people, others=others)
    names = tuple(dict.fromkeys(item.name for item in found))
    given = _given(context, lang=lang, people=people, others=others)
    ends = sentences(text)
    declared = [genders(person, lang) for person in people]
    persons = _persons(found, text, context)
    present = {item.person for item in found}
    fitting = {
        gender
        for index, wanted in enumerate(declared)
        if wanted is not None and index in present
        for gender in wanted
    }
    for form in gendered(text, lang=lang, names=names, persons=persons):
        if form.kind in {"pronoun", "near"} and not pronouns:
            continue
        who = _who(form, found, ends, text)
        if (form.kind == "near" and not who) or (not who and form.gender in fitting):
            continue
        if form.kind in {"pronoun", "near"} and _fits_another(form, found, declared):
            continue
        yield from _judged(form, who, text=text, given=given, declared=declared, everyone=everyone)


def _judged(
    form: Gendered,
    who: Sequence[Named],
    *,
    text: str,
    given: _Given,
    declared: Sequence[frozenset[Agreement] | None],
    everyone: bool,
) -> Iterator[Finding]:
    listed = [declared[item.person] for item in who if item.person is not None]
    known = [wanted for wanted in listed if wanted is not None]
    if any(form.gender in wanted for wanted in known):
        return
    if len({item.person for item in who}) == 1 and known:
        label: Label = "title" if form.kind == "title" else "misgendering"
        yield finding(label, form.span, score=SCORES[form.kind], reason=_WRONG, rule=RULE)
        return
    counts = everyone or (bool(listed) and len(listed) == len(who) and not known)
    if counts and not _is_given(form, who, text, given):
        yield finding("assumption", form.span, score=SCORES[form.kind], reason=_ASSUMED, rule=RULE)


def _fits_another(
    form: Gendered, found: Sequence[Named], declared: Sequence[frozenset[Agreement] | None]
) -> bool:
    """Whether somebody who is named near before declared what a pronoun says."""
    low, high = (
        bisect_left(found, place, key=lambda item: item.span[0])
        for place in (form.span[0] - _BACK, form.span[0])
    )
    people = (item.person for item in found[low:high])
    return any(form.gender in (declared[who] or ()) for who in people if who is not None)


def _who(form: Gendered, found: Sequence[Named], ends: Sequence[Span], text: str) -> list[Named]:
    """Whom a form may be about: one name a person."""
    if form.name is not None:
        at = bisect_right(found, form.name[0], key=lambda item: item.span[0]) - 1
        return [found[at]] if at >= 0 and form.name[0] < found[at].span[1] else []
    if form.kind == "noun":
        return _beside(form, found, text)
    here = bisect_right(ends, form.span[0], key=lambda item: item[0]) - 1
    for sentence in (here, here - 1):
        low = ends[max(0, sentence)][0] if ends else 0
        first, last = (
            bisect_left(found, place, key=lambda item: item.span[0]) for place in (low, form.span[0])
        )
        near = found[first:last]
        if near:
            return list(
                {(item.person, item.name if item.person is None else ""): item for item in near}.values()
            )
    return []


def _beside(form: Gendered, found: Sequence[Named], text: str) -> list[Named]:
    """The name that a noun stands beside, with a comma at most: "the chairman, Kim" and "Kim, a waitress"."""
    if text[form.span[1] : form.span[1] + 2] in {"'s", "’s"}:  # "Kim is my mother's boss"
        return []
    at = bisect_left(found, form.span[0], key=lambda item: item.span[0])
    after = [item for item in found[at : at + 1] if _BETWEEN.fullmatch(text, form.span[1], item.span[0])]
    before = [
        item for item in found[max(0, at - 1) : at] if _BETWEEN.fullmatch(text, item.span[1], form.span[0])
    ]
    return (after or before)[:1]


def _persons(found: Sequence[Named], *texts: str) -> tuple[str, ...]:
    """Names that are people's for sure: of listed people, and of speakers."""
    listed = (item.name for item in found if item.person is not None)
    return tuple(dict.fromkeys((*listed, *(name for text in texts for name in speakers(text)))))


def _given(context: str, *, lang: str, people: Sequence[Person], others: Sequence[str]) -> _Given:
    if not context:
        return _Given(frozenset(), frozenset())
    found = named(context, people=people, others=others)
    names = tuple(dict.fromkeys(item.name for item in found))
    forms = gendered(context, lang=lang, names=names, persons=_persons(found, context))
    return _Given(
        frozenset(context[slice(*form.span)].casefold() for form in forms if form.kind == "noun"),
        frozenset((context[slice(*form.name)], form.gender) for form in forms if form.name is not None),
    )


def _is_given(form: Gendered, who: Sequence[Named], text: str, given: _Given) -> bool:
    if form.kind == "noun":
        return text[slice(*form.span)].casefold() in given.words
    return bool(who) and all((item.name, form.gender) in given.of_names for item in who)
