"""The ``realiser`` engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from tongli.core import Draft, EngineError, Plan, Provenance, Reading
from tongli.generation.channels import channel, size
from tongli.generation.realiser.choice import combinations
from tongli.generation.realiser.layout import compose
from tongli.generation.realiser.outline import forbidden, outline, values_of
from tongli.generation.realiser.phrasebook import load, match, tags

_TRIES = 16
"""Combinations tried for each draft asked for."""


class Realiser:
    """Writes replies from authored phrases: deterministic, grammatical, in the plan's register and address.

    The plan is all it reads; the same plan always gives the same drafts.
    """

    name = "realiser"
    alike = True
    """Its drafts are equally good: any that passes the checks will do."""

    def languages(self) -> frozenset[str]:
        """Tags with a phrase file; a regional tag falls back to its language or script."""
        return tags()

    def draft(self, plan: Plan, reading: Reading, *, n: int = 1) -> list[Draft]:  # noqa: ARG002 - protocol
        """At most ``n`` different drafts, equally good; ``n`` is 0 or more.

        Raises:
            EngineError: ``engine.language``, ``engine.plan``, ``engine.avoid``, or
                ``engine.too-short-limit`` when no sentence with every kept string fits.
        """
        book = load(match(plan.culture))
        slots, values = outline(plan, book), values_of(plan, book)
        fits = _fits(plan)
        walk = combinations([len(slot.options) for slot in slots], seed=plan.seed)
        replies = (
            compose(slots, picks, values=values, book=book, fits=fits) for picks in islice(walk, _TRIES * n)
        )
        # Dropping parts can make two combinations the same text, so more are tried than asked for.
        texts = list(islice(_distinct(replies, plan), n))
        if not texts and n > 0:
            raise _too_short(plan)
        provenance = Provenance(engine=self.name, model=book.version, seed=plan.seed)
        return [Draft(text=text, lang=book.tag, provenance=provenance) for text in texts]


def _distinct(replies: Iterable[str | None], plan: Plan) -> Iterator[str]:
    seen: set[str] = set()
    for text in replies:
        if text is not None and text not in seen and not forbidden(text, plan):
            seen.add(text)
            yield text


def _fits(plan: Plan) -> Callable[[str], bool]:
    where = channel(plan.channel) if plan.channel else None

    def fits(text: str) -> bool:
        return len(text) <= plan.max_chars and (where is None or size(text, where).fits)

    return fits


def _too_short(plan: Plan) -> EngineError:
    kept = len(plan.keep) + len(plan.notices)
    return EngineError(
        "engine.too-short-limit",
        received=f"a limit of {plan.max_chars} characters with {kept} strings to keep",
        allowed="a limit that one sentence with every kept string fits",
        fix="Raise max_chars, or keep fewer strings.",
    )
