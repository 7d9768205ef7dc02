"""Training rows that give away what the held-out rows are to measure.

References:
    Elangovan, He and Verspoor (2021), "Memorization vs. generalization: quantifying data leakage in NLP
    performance evaluation", EACL.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from tongli.learning.data.duplicates import NEAR
from tongli.learning.data.lineage import roots
from tongli.learning.data.minhash import similar_pairs
from tongli.learning.data.normal import normal_form
from tongli.learning.data.record import Record

LeakKind = Literal["exact", "near", "parent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """A training row that must go.

    Attributes:
        train, held_out: indices in the two lists.
        kind: ``exact`` for equal normal forms, ``near`` for similar ones, ``parent`` for a row that was made
            from, beside or into the held-out row, or from a training row that leaks.
        resemblance: of the texts in 0..1; 0 for ``parent``, whose texts may share nothing.
    """

    train: int
    held_out: int
    kind: LeakKind
    resemblance: float


def find_leaks(
    train: Sequence[Record],
    held_out: Sequence[Record],
    *,
    near: float | None = NEAR,
    progress: Callable[[int], None] | None = None,
) -> list[Leak]:
    """One leak a leaking training row, in their order; languages and labels do not matter.

    Args:
        train: what is learnt from.
        held_out: what is measured on.
        near: least resemblance in 0..1; ``None`` looks for equal texts and parents only.
        progress: called with the number of different texts that are done.
    """
    held: dict[str, int] = {}
    for index, record in enumerate(held_out):
        if form := form_of(record):
            held.setdefault(form, index)
    forms = [form_of(record) for record in train]
    similar = {} if near is None else _similar(forms, list(held), near=near, progress=progress)
    found: dict[int, Leak] = {}
    for index, form in enumerate(forms):
        if form in held:
            found[index] = Leak(train=index, held_out=held[form], kind="exact", resemblance=1.0)
        elif form in similar:
            partner, resemblance = similar[form]
            found[index] = Leak(train=index, held_out=held[partner], kind="near", resemblance=resemblance)
    for index, held_index in _by_parent(train, held_out, found).items():
        found[index] = Leak(train=index, held_out=held_index, kind="parent", resemblance=0.0)
    return [found[index] for index in sorted(found)]


def form_of(record: Record) -> str:
    """Equal for equal messages; empty for none."""
    media = f"\n{record.audio}\n{record.image}" if record.audio or record.image else ""
    return normal_form(record.text) + media


def _similar(
    forms: Sequence[str],
    held: Sequence[str],
    *,
    near: float,
    progress: Callable[[int], None] | None,
) -> dict[str, tuple[str, float]]:
    """Form of a training text → the most similar held-out form."""
    if not held:
        return {}
    texts = [*held, *(dict.fromkeys(forms).keys() - set(held))]
    best: dict[str, tuple[str, float]] = {}
    for first, second, resemblance in similar_pairs(
        texts, threshold=near, across=len(held), progress=progress
    ):
        if resemblance > best.get(texts[second], ("", 0.0))[1]:
            best[texts[second]] = (texts[first], resemblance)
    return best


def _by_parent(train: Sequence[Record], held_out: Sequence[Record], found: dict[int, Leak]) -> dict[int, int]:
    """Further training rows with the root of a held-out row, or of a row that leaks."""
    of_train, of_held = roots(train, held_out), roots(held_out, train)
    linked = {
        root
        for records, origin in ((train, of_train), (held_out, of_held))
        for record, root in zip(records, origin, strict=True)
        if record.parent
    }
    tainted = {root: index for index, root in enumerate(of_held)}
    tainted |= {of_train[leak.train]: leak.held_out for leak in found.values()}
    return {
        index: tainted[root]
        for index, root in enumerate(of_train)
        if index not in found and root in linked and root in tainted
    }
