"""Augmenting a set of records: propose, check, keep, and count what happened."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from tongli.core import ConfigError, InputError
from tongli.learning.augment.chance import generator
from tongli.learning.augment.checks import Checks
from tongli.learning.augment.languages import language_of
from tongli.learning.augment.method import Method, Proposal
from tongli.learning.augment.tally import Tally
from tongli.learning.data.record import Record

_BATCH = 64

_Judged = tuple[str, Record, Proposal, str]
"""Method, record, proposal, reason to refuse it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much to make.

    Attributes:
        per_record: records that each method may make from one, at least 1.
        limit: records to make in all, ``None`` for no limit.
        balance: fill up the languages with the fewest records first, and without a ``limit`` only until
            they have as many as the largest.
        seed: of every choice.
    """

    per_record: int = 1
    limit: int | None = None
    balance: bool = False
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Augmented:
    """The new records, in no particular order but always the same, and what became of the proposals."""

    records: tuple[Record, ...]
    tally: Tally


def augment(
    records: Sequence[Record],
    *,
    methods: Mapping[str, Method],
    checks: Checks,
    limits: Limits,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Augmented:
    """Make records. Those that were made themselves, or have no text, are not augmented.

    Args:
        records: the set, ids unique.
        methods: by name.
        checks: of each proposal.
        limits: how much to make.
        progress: called with records gone through and their number.

    Raises:
        ConfigError: ``augment.limits``.
        InputError: ``augment.none`` when no record has a text of its own.
        EngineError: from a translator.
    """
    if limits.per_record < 1 or (limits.limit is not None and limits.limit < 1):
        raise ConfigError(
            "augment.limits",
            received=f"per record {limits.per_record}, limit {limits.limit}",
            allowed="at least 1",
            fix="Correct the limits.",
        )
    sources = [record for record in records if record.text.strip() and not record.made_by]
    if not sources:
        raise InputError(
            "augment.none",
            received=f"{len(records)} records, none with a text that was not made already",
            allowed="at least one collected text",
            fix="Give the records that `tongli learn import` wrote.",
        )
    work = _Work(methods=methods, checks=checks, limits=limits, ids={record.id for record in records})
    done = 0
    for batch in _batches(sources, work):
        work.run(batch)
        done += len(batch)
        progress(done, len(sources))
    return Augmented(records=tuple(work.kept), tally=work.tally)


@dataclass(slots=True, kw_only=True)
class _Work:
    """What has been made so far."""

    methods: Mapping[str, Method]
    checks: Checks
    limits: Limits
    ids: set[str]
    kept: list[Record] = field(default_factory=list)
    made: Counter[str] = field(default_factory=Counter)
    tally: Tally = field(default_factory=Tally)

    def run(self, batch: Sequence[Record]) -> None:
        """Every method on a batch; they take turns, so that a limit cuts off none of them."""
        judged = [self._judged(name, method, batch) for name, method in self.methods.items()]
        for turn in zip_longest(*judged):
            for item in turn:
                if item is not None and not self.full():
                    self._settle(*item)

    def _judged(self, name: str, method: Method, batch: Sequence[Record]) -> list[_Judged]:
        proposed = method.propose(batch, count=self.limits.per_record, seed=self.limits.seed)
        pairs = [
            (record, proposal)
            for record, proposals in zip(batch, proposed, strict=True)
            for proposal in proposals
        ]
        reasons = self.checks.judge(pairs)
        return [(name, *pair, reason) for pair, reason in zip(pairs, reasons, strict=True)]

    def full(self) -> bool:
        """Whether the limit is reached."""
        return self.limits.limit is not None and len(self.kept) >= self.limits.limit

    def _settle(self, name: str, record: Record, proposal: Proposal, reason: str) -> None:
        reason = reason or ("" if self.checks.keep(proposal.text) else "known")
        self.tally.add(method=name, lang=record.lang, reason=reason)
        if not reason:
            self.kept.append(_made(record, proposal, method=name, identity=self._identity(record, name)))
            self.made[language_of(record.lang)] += 1

    def _identity(self, record: Record, name: str) -> str:
        number = 1
        while (identity := f"{record.id}+{name}-{number}") in self.ids:
            number += 1
        self.ids.add(identity)
        return identity


def _made(record: Record, proposal: Proposal, *, method: str, identity: str) -> Record:
    """The record that a proposal becomes: source, licence, consent and labels stay."""
    expression = record.gender_expression
    return replace(
        record,
        id=identity,
        text=proposal.text,
        audio="",  # they hold the words of the original
        image="",
        gender_expression=None if expression is None else proposal.gender_expression or expression,
        made_by=":".join(("augment", method, proposal.detail)).rstrip(":"),
        parent=record.id,
    )


def _batches(sources: Sequence[Record], work: _Work) -> Iterator[list[Record]]:
    """Batches in an order of chance, until all is gone through or enough is made."""
    order = sorted(sources, key=lambda record: generator(work.limits.seed, record.id).random())
    if not work.limits.balance:
        for start in range(0, len(order), _BATCH):
            if not work.full():
                yield order[start : start + _BATCH]
        return
    queues: dict[str, deque[Record]] = defaultdict(deque)
    for record in order:
        queues[language_of(record.lang)].append(record)
    sizes = {lang: len(queue) for lang, queue in queues.items()}
    goal = max(sizes.values()) if work.limits.limit is None else None
    while queues and not work.full():
        lang = min(queues, key=lambda tag: (sizes[tag] + work.made[tag], tag))
        missing = _BATCH if goal is None else goal - sizes[lang] - work.made[lang]
        if missing <= 0:
            return
        # Small steps, or the last batch of a language would overtake the others.
        step = max(1, min(_BATCH, missing // (work.limits.per_record * len(work.methods)), len(queues[lang])))
        yield [queues[lang].popleft() for _ in range(step)]
        if not queues[lang]:
            del queues[lang]
