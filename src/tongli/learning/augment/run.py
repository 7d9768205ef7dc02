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
    sizes = Counter(language_of(record.lang) for record in sources)
    level = limits.balance and limits.limit is None
    work = _Work(
        methods=methods,
        checks=checks,
        limits=limits,
        ids={record.id for record in records},
        tally=Tally(methods=tuple(methods)),
        room={lang: max(sizes.values()) - size for lang, size in sizes.items()} if level else None,
    )
    done = 0
    for batch in _balanced(sources, work, sizes) if limits.balance else _batches(sources, work):
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
    tally: Tally
    room: dict[str, int] | None
    kept: list[Record] = field(default_factory=list)
    made: Counter[str] = field(default_factory=Counter)

    def run(self, batch: Sequence[Record]) -> None:
        """Every method on a batch; they take turns, so that a limit cuts off none of them."""
        judged = [self._judged(name, method, batch) for name, method in self.methods.items()]
        for turn in zip_longest(*judged):
            for item in turn:
                if item is not None and not self.full(language_of(item[1].lang)):
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

    def full(self, lang: str) -> bool:
        """Whether no more records of a language are wanted."""
        limit = self.limits.limit
        if limit is not None and len(self.kept) >= limit:
            return True
        return self.room is not None and self.made[lang] >= self.room[lang]

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
    order = _shuffled(sources, seed=work.limits.seed)
    for start in range(0, len(order), _BATCH):
        batch = order[start : start + _BATCH]
        if not work.full(language_of(batch[0].lang)):
            yield batch


def _balanced(sources: Sequence[Record], work: _Work, sizes: Mapping[str, int]) -> Iterator[list[Record]]:
    """Batches of one language each, always of the one that has the fewest records."""
    queues: dict[str, deque[Record]] = defaultdict(deque)
    for record in _shuffled(sources, seed=work.limits.seed):
        queues[language_of(record.lang)].append(record)
    # Small steps, or the batch of one language would use up what several should share.
    step = (
        _BATCH if work.limits.limit is None else max(1, min(_BATCH, work.limits.limit // (4 * len(queues))))
    )
    while queues := {lang: queue for lang, queue in queues.items() if queue and not work.full(lang)}:
        lang = min(queues, key=lambda tag: (sizes[tag] + work.made[tag], tag))
        yield [queues[lang].popleft() for _ in range(min(step, len(queues[lang])))]


def _shuffled(records: Sequence[Record], *, seed: int) -> list[Record]:
    return sorted(records, key=lambda record: generator(seed, record.id).random())
