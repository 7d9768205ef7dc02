"""Who a gendered form is about, where that is safe to say: people are found by their declared names only.

A form belongs to the one declared person named last, in its sentence or before, until somebody else comes up.
Nouns belong to a person only where they stand beside the name or are said of them ("Kim is a teacher").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tongli.core import Person, Span
from tongli.empathy.gender.forms import Form, sentences
from tongli.empathy.gender.rules import Abstention


def nobody(_text: str) -> Sequence[Span]:
    """Other people's names cannot be told from words; two declared people are noticed all the same."""
    return ()


_NOUNS = frozenset({"noun", "kinship"})
_FARTHEST = 200
"""Code points within which a name and what is said of it stand."""
_OBJECTS = frozenset({"acc", "dat"})
_CLAUSE_ENDS = re.compile(r"[,;:.!?]|\b(?:und|oder|aber|denn|i|a|ale|lub|и|а|но|или|och|men|eller)\b")
_ENDS = ".!?؟\n"
SEVERAL = "more than one person may be meant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """What binding needs to know of a language.

    Attributes:
        name: name → pattern of its forms in running text.
        predicate: words that may stand between a person and what the person is (is, was, became, as).
        others: places of people who are not declared.
        verb_first: whether a verb stands before its subject.
    """

    name: Callable[[str], str]
    predicate: frozenset[str]
    others: Callable[[str], Sequence[Span]]
    verb_first: bool = False


@dataclass(slots=True)
class _Scene:
    """Who has been named, and whether somebody else came up since."""

    named: dict[int, Person] = field(default_factory=dict)
    fresh: bool = True
    rival: bool = False
    subject: tuple[int, Person] | None = None

    def name(self, person: Person) -> None:
        if self.fresh:
            self.named, self.rival, self.fresh = {}, False, False
        self.named[id(person)] = person


@dataclass(frozen=True, slots=True)
class Bound:
    """Forms with the person they are about, and forms that nobody should touch."""

    forms: tuple[tuple[Form, Person], ...]
    abstained: tuple[Abstention, ...]


def mentions(text: str, people: Sequence[Person], grammar: Grammar) -> list[tuple[Span, Person]]:
    """Where people are named, in order; the longest name wins."""
    found: list[tuple[Span, Person]] = []
    taken: set[int] = set()
    for name, person in sorted(_names(people), key=lambda item: -len(item[0])):
        for match in re.finditer(grammar.name(name), text):
            if taken.isdisjoint(range(*match.span())):
                found.append((match.span(), person))
                taken.update(range(*match.span()))
    return sorted(found, key=lambda item: item[0])


def _names(people: Sequence[Person]) -> list[tuple[str, Person]]:
    return [
        (name, person)
        for person in people
        for name in dict.fromkeys(
            (person.name, person.given, person.family, *person.other_names, *_gone(person))
        )
        if name
    ]


def _gone(person: Person) -> tuple[str, ...]:
    """Names that a person no longer goes by: what is said of them is said of the person."""
    return tuple(former.name for former in person.former_names)


def bind(text: str, forms: Sequence[Form], people: Sequence[Person], grammar: Grammar) -> Bound:
    """Give every third-person form to a person or to nobody."""
    named = mentions(text, people, grammar)
    holders = {place: person for span, person in named for place in range(*span)}
    tied = _tied(text, forms, named, grammar) | _grown(text, forms, named, grammar, holders)
    events: list[tuple[int, int, Person | Form | None]] = [(span[0], 1, person) for span, person in named]
    events += [(span[0], 2, None) for span in grammar.others(text) if holders.keys().isdisjoint(range(*span))]
    events += [(span[0], 0, None) for span in sentences(text)]
    events += [(form.span[0], 3, form) for form in forms if form.speaker == "third"]
    scene = _Scene()
    bound: list[tuple[Form, Person]] = []
    abstained: list[Abstention] = []
    for start, kind, what in sorted(events, key=lambda event: event[:2]):
        if kind == 0:
            scene.fresh, scene.subject = True, None
        elif isinstance(what, Person):
            if scene.fresh:
                scene.subject = (start, what)
            scene.name(what)
        elif what is None:
            scene.rival = True
        elif not _is_object_of(what, scene, text):
            _place(what, tied, scene, bound, abstained)
    return Bound(tuple(bound), tuple(abstained))


def _grown(
    text: str,
    forms: Sequence[Form],
    named: Sequence[tuple[Span, Person]],
    grammar: Grammar,
    holders: Mapping[int, Person],
) -> dict[Span, Person]:
    """Forms whose subject is a name, or that stand before one in a language whose verbs come first."""
    starts = {span[0]: person for span, person in named}
    found: dict[Span, Person] = {}
    for form in forms:
        after = form.span[1] + 1
        if form.subject is not None and form.subject[0] in holders:
            found[form.span] = holders[form.subject[0]]
        elif (
            grammar.verb_first
            and form.kind == "agreement"
            and after in starts
            and text[form.span[1] : after] == " "
        ):
            found[form.span] = starts[after]
    return found


def _is_object_of(form: Form, scene: _Scene, text: str) -> bool:
    """Whether a pronoun is an object in the clause of a subject: "Kim mag ihn" is about somebody else."""
    if form.slot not in _OBJECTS or form.kind != "pronoun" or scene.subject is None:
        return False
    return _CLAUSE_ENDS.search(text, scene.subject[0], form.span[0]) is None


def _place(
    form: Form,
    tied: dict[Span, Person],
    scene: _Scene,
    bound: list[tuple[Form, Person]],
    abstained: list[Abstention],
) -> None:
    if form.span in tied:
        bound.append((form, tied[form.span]))
    elif form.subject is not None:
        return
    elif form.kind in _NOUNS:
        scene.rival = True
    elif form.phrase is not None and form.kind not in {"possessive", "pronoun"}:
        return
    elif scene.rival and scene.named:
        abstained.append(Abstention(span=form.span, reason=SEVERAL))
    elif len(scene.named) == 1:
        person = next(iter(scene.named.values()))
        bound.append((form, person))
        if form.slot == "nom":
            scene.subject = (form.span[0], person)
    elif scene.named:
        abstained.append(Abstention(span=form.span, reason=SEVERAL))


def _tied(
    text: str, forms: Sequence[Form], named: Sequence[tuple[Span, Person]], grammar: Grammar
) -> dict[Span, Person]:
    """Forms of phrases that stand beside a name, or are said of it."""
    found: dict[Span, Person] = {}
    for phrase in _phrases(forms):
        start, end = (
            phrase[0].span[0],
            max(form.span[1] for form in phrase if form.kind != "agreement" or form is phrase[0]),
        )
        end = max([form.span[1] for form in phrase if form.kind in _NOUNS] or [end])
        near = slice(
            *(
                bisect_left(named, place, key=lambda item: item[0][0])
                for place in (start - _FARTHEST, end + _FARTHEST)
            )
        )
        for span, person in named[near]:
            before, after = text[span[1] : start], text[end : span[0]]
            titled = span[1] == start and phrase[0].kind == "title"  # 林晓[女士]
            if (
                titled
                or (end <= span[0] and after.strip() == "" and after)
                or (
                    span[1] <= start
                    and _is_said_of(before, text[max(0, span[0] - _FARTHEST) : span[0]], grammar)
                )
            ):
                found.update((form.span, person) for form in phrase if form.kind != "possessive")
    return found


def _is_said_of(between: str, before: str, grammar: Grammar) -> bool:
    """Whether nothing but a copula or a comma stands between a name and a noun."""
    if between.strip() == ",":
        return True
    words = between.lower().split()
    while words and between.split()[-len(words)][0].isupper():  # "Robin Weiß is": the rest of the name
        words = words[1:]
    if not words and grammar.verb_first:  # a name that opens a sentence has no verb: "نور [طالبة]"
        last = before.rsplit(maxsplit=1)[-1] if before.strip() else _ENDS
        return last[-1] in _ENDS or last in grammar.predicate
    unspaced = between.strip() in grammar.predicate
    return unspaced or (bool(words) and all(word in grammar.predicate for word in words))


def _phrases(forms: Sequence[Form]) -> list[list[Form]]:
    groups: dict[int, list[Form]] = {}
    for form in forms:
        if form.kind == "title":
            groups[-form.span[0] - 1] = [form]
        elif form.phrase is not None:
            groups.setdefault(form.phrase, []).append(form)
    return list(groups.values())
