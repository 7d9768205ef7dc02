"""What the benchmarks of planted faults have in common: shares by kind and language, and the targets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

import numpy as np

from measurement import Target, arguments, hardware, report
from tongli import Tongli

CAUGHT, ALARMS = 0.95, 0.03
"""The least share of planted faults that must be caught, and the largest of good cases that may be."""


class Planted(Protocol):
    """A case: its planted kind, ``None`` for a good one, and its language."""

    @property
    def kind(self) -> str | None:
        """What was planted."""

    @property
    def lang(self) -> str:
        """Its language."""


C = TypeVar("C", bound=Planted)
R = TypeVar("R")
Judged = Sequence[tuple[C, R]]


def measure(
    doc: str | None,
    *,
    judge: Callable[[Tongli], Judged[C, R]],
    stopped: Callable[[C, R], bool],
    mended: tuple[str, Callable[[C, R], bool]],
    told: Callable[[C, R], str],
) -> None:
    """Measure and print.

    Args:
        doc: of the script.
        judge: every case with what came of it.
        stopped: whether the case did not go out as it was.
        mended: heading and test of one more share of the planted faults.
        told: a case as ``--misses`` prints it.
    """
    parser = arguments(doc)
    parser.add_argument("--misses", action="store_true", help="print what was missed, and false alarms")
    chosen = parser.parse_args()
    machine = hardware()
    print(machine)
    judged = judge(Tongli().load())
    planted = [(case, found) for case, found in judged if case.kind is not None]
    good = [(case, found) for case, found in judged if case.kind is None]
    if chosen.misses:
        wrong = [item for item in planted if not stopped(*item)] + [item for item in good if stopped(*item)]
        print(*(told(case, found) for case, found in wrong), sep="\n")
    heading, also = mended
    for name in ("kind", "lang"):
        print(f"\n{name:14}planted  caught  {heading}")
        for value in dict.fromkeys(getattr(case, name) for case, _ in planted):
            own = [item for item in planted if getattr(item[0], name) == value]
            print(f"{value:14}{len(own):7}  {_count(stopped, own):6}  {_count(also, own)}")
    caught, alarms = (float(np.mean([stopped(*item) for item in part])) for part in (planted, good))
    targets = [
        Target(name=f"caught of {len(planted)}", value=caught, limit=CAUGHT),
        Target(name=f"false alarms of {len(good)}", value=alarms, limit=ALARMS, better="lower"),
    ]
    report({"hardware": machine, "planted": len(planted)}, targets=targets, path=chosen.json)


def _count(test: Callable[[C, R], bool], judged: Judged[C, R]) -> int:
    return sum(test(case, found) for case, found in judged)
