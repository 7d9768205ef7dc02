"""From what finders propose to edits that do not overlap, and that leave nothing more to do."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from tongli.core import Edit, Question, Span
from tongli.core.edit import apply_edits, in_order
from tongli.generation.adapt.adaptation import Adaptation
from tongli.generation.adapt.compose import compose
from tongli.generation.adapt.finders import FINDERS
from tongli.generation.adapt.protected import Spans
from tongli.generation.adapt.source import Finder, Source

_ROUNDS = 5
"""An edit may open the way for another; what is not settled then goes round in circles."""


def settle(source: Source, *, kinds: Collection[str], finders: Iterable[Finder] = FINDERS) -> Adaptation:
    """The adaptation of a text; adapting its outcome once more changes nothing.

    Finders run on the text, and again on what their edits made of it, until they propose nothing; all that
    happened is told as edits of the text as it was. Of two edits that overlap, the earlier finder's wins.
    """
    chosen = [finder for finder in finders if finder.kind in kinds]
    edits: tuple[Edit, ...] = ()
    questions: list[Question] = []
    current, restless = source, set[str]()
    for number in range(_ROUNDS):
        proposed = [
            (finder.kind, item) for finder in chosen for item in finder.find(current) if _may(item, current)
        ]
        if number == 0:
            questions = [item for _, item in proposed if isinstance(item, Question)]
        step = _apart(item for _, item in proposed if isinstance(item, Edit))
        taken = frozenset(step)
        restless = {kind for kind, item in proposed if item in taken}
        if not step:
            break
        edits = compose(source.text, edits, step)
        current = replace(source, text=apply_edits(source.text, edits))
    if restless:
        return _without(restless, source, kinds=kinds, finders=chosen)
    return Adaptation(
        text=current.text,
        edits=tuple(in_order(edits)),
        questions=tuple(_open(questions, edits)),
        lang=source.lang,
        audience=source.audience,
    )


def _without(
    restless: Collection[str], source: Source, *, kinds: Collection[str], finders: Iterable[Finder]
) -> Adaptation:
    """The adaptation without kinds that undo each other's changes, or their own, for ever."""
    calm = settle(source, kinds=[kind for kind in kinds if kind not in restless], finders=finders)
    note = f"Changes of {', '.join(sorted(restless))} did not come to rest and were left out."
    return replace(calm, notes=(*calm.notes, note))


def _may(item: Edit | Question, source: Source) -> bool:
    if isinstance(item, Edit) and item.before == item.after:
        return False
    return item.span not in source.protected


def _apart(proposed: Iterable[Edit]) -> tuple[Edit, ...]:
    """Edits that overlap none before them; two insertions at one place overlap as well."""
    taken: list[Span] = []
    kept = []
    for edit in proposed:
        place = bisect_left(taken, edit.span)
        if not any(_overlap(edit.span, other) for other in taken[max(0, place - 1) : place + 1]):
            taken.insert(place, edit.span)
            kept.append(edit)
    return tuple(in_order(kept))


def _overlap(one: Span, other: Span) -> bool:
    """Whether two ranges share a code point, are the same, or one is an insertion inside the other."""
    return one == other or (one[0] < other[1] and other[0] < one[1])


def _open(questions: Iterable[Question], edits: Iterable[Edit]) -> Iterator[Question]:
    """Questions about words that no edit has replaced, in order."""
    settled = Spans(edit.span for edit in edits if edit.before)
    yield from sorted(
        (item for item in dict.fromkeys(questions) if item.span not in settled), key=lambda item: item.span
    )
