"""Pairs of texts that say the same, and pairs in which one thing differs.

Where both texts allow the same change, four pairs are made of it: as they are, both changed (the same is
said), and one of them changed (it is not); so a changed text is right as often as wrong.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tongli.core import Span
from tongli.learning.meaning import own
from tongli.learning.meaning.faults import (
    Change,
    Swap,
    exchanged,
    names_of,
    swaps,
    with_clause,
    without_clause,
)
from tongli.learning.meaning.parallel import UNSEEN, Group

Marks = tuple[Span, ...] | None
"""What of a text is not in the other one; ``None`` where that is not known."""

_SHARE = {"ntrex": 5, "formality": 2, "geneval": 0.2, "xsid": 8}
"""Pairs of languages drawn of a group."""
LONGEST = 300
"""Characters; longer texts would take the time of many short ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A text and its language."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Two texts.

    Attributes:
        first, second: in either order.
        kind: of :data:`KINDS`, empty where both say the same.
        marks: of first and second.
        source: name of the set.
        seen: whether both languages are learnt from.
    """

    first: Told
    second: Told
    kind: str = ""
    marks: tuple[Marks, Marks] = ((), ())
    source: str = ""

    @property
    def seen(self) -> bool:
        """Whether both languages are learnt from."""
        return not {self.first.lang, self.second.lang} & {*UNSEEN}


def examples(
    found: Sequence[Group], *, seed: int, own_facts: int = 0, every: float = 1.0
) -> Iterator[Example]:
    """Examples of the groups and of sentences of our own.

    Args:
        found: groups.
        seed: of what is drawn.
        own_facts: how many sentences of our own.
        every: multiplies how many pairs are drawn of a group.
    """
    draw = random.Random(seed)  # noqa: S311 - repeatable, guards nothing
    kinds: Counter[str] = Counter()
    for at, group in enumerate(found):
        share = _SHARE[group.source] * every
        for _ in range(int(share) + (draw.random() < share % 1)):
            pair = _drawn(group, draw)
            if pair is None:
                continue
            other = found[at - 1 if at else 1]
            yield from _of_pair(*pair, other=other, source=group.source, draw=draw, kinds=kinds)
    yield from _of_own(own_facts, draw)


def _drawn(group: Group, draw: random.Random) -> tuple[Told, Told] | None:
    """Two texts of a group, of two languages or, now and then, in other words of one."""
    texts = {lang: own for lang, own in group.texts.items() if max(map(len, own)) <= LONGEST}
    several = [lang for lang, own in texts.items() if len(own) > 1]
    if several and draw.random() < 0.15:
        lang = draw.choice(several)
        words = draw.sample(texts[lang], 2)
        return Told(text=words[0], lang=lang), Told(text=words[1], lang=lang)
    if len(texts) < 2:
        return None
    langs = draw.sample(sorted(texts), 2)
    if "en" in texts and "en" not in langs and draw.random() < 0.6:
        langs[0] = "en"
    one, two = (Told(text=draw.choice(texts[lang]), lang=lang) for lang in langs)
    return one, two


def _of_pair(
    one: Told, two: Told, *, other: Group, source: str, draw: random.Random, kinds: Counter[str]
) -> Iterator[Example]:
    if draw.random() < 0.5:
        one, two = two, one
    yield Example(first=one, second=two, source=source)
    shared = _shared(one, two)
    if shared:
        kind = min(shared, key=lambda kind: kinds[kind] + draw.random())
        first, second, at, there = draw.choice(shared[kind])
        kinds[kind] += 2
        yield from _square(one, two, first, second, marks=(at, there), kind=kind, source=source)
    elif changes := _alone(one):
        kind = min(changes, key=lambda kind: kinds[kind] + draw.random())
        kinds[kind] += 1
        change = draw.choice(changes[kind])
        yield Example(
            first=Told(text=change.text, lang=one.lang),
            second=two,
            kind=kind,
            marks=(change.spans, None),
            source=source,
        )
    if draw.random() < 0.45:
        yield from _content(one, two, other=other, source=source, draw=draw)


def _square(
    one: Told, two: Told, first: Change, second: Change, *, marks: tuple[Marks, Marks], kind: str, source: str
) -> Iterator[Example]:
    """Both changed, and each of them alone; ``marks`` are the places in the texts as they were."""
    new_one, new_two = Told(text=first.text, lang=one.lang), Told(text=second.text, lang=two.lang)
    yield Example(first=new_one, second=new_two, source=source)
    yield Example(first=new_one, second=two, kind=kind, marks=(first.spans, marks[1]), source=source)
    yield Example(first=one, second=new_two, kind=kind, marks=(marks[0], second.spans), source=source)


def _shared(one: Told, two: Told) -> dict[str, list[tuple[Change, Change, Marks, Marks]]]:
    """Changes that both texts allow, each in one place only, by kind."""
    here, there = _once(one), _once(two)
    found: dict[str, list[tuple[Change, Change, Marks, Marks]]] = {}
    for key in sorted(here.keys() & there.keys()):
        a, b = here[key], there[key]
        places = tuple(((swap.start, swap.end),) if swap.end > swap.start else () for swap in (a, b))
        made = (a.made(one.text), b.made(two.text), places[0], places[1])
        found.setdefault(a.kind, []).append(made)
    names = [name for name in names_of(one.text) if name in two.text]
    for at, name in enumerate(names[1:]):
        first, second = exchanged(one.text, (names[at], name)), exchanged(two.text, (names[at], name))
        if first and second:
            found.setdefault("roles", []).append((first, second, None, None))
    return dict(sorted(found.items()))


def _once(told: Told) -> dict[str, Swap]:
    found = swaps(told.text, told.lang)
    times = Counter(swap.key for swap in found)
    return {swap.key: swap for swap in found if times[swap.key] == 1}


def _alone(told: Told) -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = {}
    for swap in swaps(told.text, told.lang):
        found.setdefault(swap.kind, []).append(swap.made(told.text))
    return found


def _content(one: Told, two: Told, *, other: Group, source: str, draw: random.Random) -> Iterator[Example]:
    """Something made up or left out: a clause, a sentence; or another sentence altogether."""
    others = [other.texts[told.lang][0] if told.lang in other.texts else None for told in (one, two)]
    how, beside = draw.randrange(4), others[0] or ""
    if not beside:
        how = 2
    if how == 0 and (change := with_clause(one.text, beside, draw)):
        first = Told(text=change.text, lang=one.lang)
        yield Example(first=first, second=two, kind="added", marks=(change.spans, ()), source=source)
    elif how == 1 and len(beside) + len(one.text) <= LONGEST:
        first = Told(text=f"{one.text} {beside}", lang=one.lang)
        spans = ((len(one.text) + 1, len(first.text)),)
        yield Example(first=first, second=two, kind="added", marks=(spans, ()), source=source)
        if others[1] is not None:
            second = Told(text=f"{two.text} {others[1]}", lang=two.lang)
            yield Example(first=first, second=second, source=source)
    elif how == 3 and len(beside) <= LONGEST:
        first = Told(text=beside, lang=one.lang)
        yield Example(first=first, second=two, kind="other", marks=(None, None), source=source)
    elif left := without_clause(one.text, draw):
        first = Told(text=left.text, lang=one.lang)
        yield Example(first=first, second=two, kind="lost", marks=((), None), source=source)


def _of_own(count: int, draw: random.Random) -> Iterator[Example]:
    for fact, other, kind in own.facts(draw, count):
        here, there = draw.sample(own.languages(), 2)
        texts = [[Told(text=each.said(lang), lang=lang) for each in (fact, other)] for lang in (here, there)]
        if kind == "roles":
            sides = [own.names(lang, fact) for lang in (here, there)]
            first, second = (
                _named(after.text, names) for (_, after), names in zip(texts, sides, strict=True)
            )
            places = tuple(
                _named(before.text, names).spans for (before, _), names in zip(texts, sides, strict=True)
            )
        else:
            first, second = (_difference(before.text, after.text) for before, after in texts)
            places = tuple(_difference(after.text, before.text).spans for before, after in texts)
        yield Example(first=texts[0][0], second=texts[1][0], source="own")
        marks = (places[0], places[1])
        yield from _square(texts[0][0], texts[1][0], first, second, marks=marks, kind=kind, source="own")


def _named(text: str, names: tuple[str, str]) -> Change:
    return Change(text, tuple((text.find(name), text.find(name) + len(name)) for name in names))


def _difference(before: str, after: str) -> Change:
    """What is new between the beginning and the end that both share."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return Change(after, ((start, len(after) - end),) if len(after) - end > start else ())
