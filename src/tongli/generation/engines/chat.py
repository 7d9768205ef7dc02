"""What all engines that talk to a chat model share: its turns, its drafts, and one more after a failure."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, NamedTuple

from tongli.core import Draft, EngineError, Plan, Provenance, Reading, Verdict
from tongli.generation.engines import prompts


class Prompting(NamedTuple):
    """How a kind of model is asked.

    Attributes:
        first: the turns for a plan and a message, by the prompt file ``prompt``.
        again: those after a draft failed, by the prompt file ``repair``.
    """

    first: Callable[[Plan, str], list[prompts.Turn]]
    prompt: str
    again: Callable[[Sequence[prompts.Turn], Verdict], list[prompts.Turn]]
    repair: str


LARGE = Prompting(prompts.chat, prompts.CHAT, prompts.repair, prompts.REPAIR)
SMALL = Prompting(prompts.small, prompts.SMALL, prompts.small_repair, prompts.SMALL_REPAIR)


class ChatEngine(ABC):
    """Drafts by a chat model, one a seed.

    A subclass says how it is asked (``prompting``), which model answers (:attr:`model_name`), and gets the
    answers (:meth:`answers`).
    """

    name: ClassVar[str]
    prompting: ClassVar[Prompting]

    @property
    @abstractmethod
    def model_name(self) -> str:
        """The model, as provenance names it."""

    @abstractmethod
    def answers(
        self, turns: list[prompts.Turn], *, seeds: Sequence[int], prompt: str, max_chars: int
    ) -> Iterable[str | EngineError]:
        """What the model says with each seed, or why it says nothing; an empty text is no draft."""

    def draft(self, plan: Plan, reading: Reading, *, n: int = 1) -> list[Draft]:
        """At most ``n`` different drafts, seeds from ``plan.seed`` on; raises as :meth:`complete`."""
        turns = self.prompting.first(plan, reading.message.text)
        return self._complete(turns, plan, prompt=self.prompting.prompt, n=n)

    def revise(self, plan: Plan, reading: Reading, failed: Verdict) -> list[Draft]:
        """One draft more, after being told what was wrong with one; raises as :meth:`complete`."""
        turns = self.prompting.again(self.prompting.first(plan, reading.message.text), failed)
        return self._complete(turns, plan, prompt=self.prompting.repair, n=1)

    def complete(
        self, turns: list[prompts.Turn], *, prompt: str, lang: str, max_chars: int, seed: int, n: int = 1
    ) -> list[Draft]:
        """At most ``n`` different answers to some turns.

        Raises:
            EngineError: the first failure, where no draft came about; ``engine.bad-reply`` where the model
                only said nothing.
        """
        seeds = range(seed, seed + n)
        drafts: dict[str, Draft] = {}
        failures: list[EngineError] = []
        found = self.answers(turns, seeds=seeds, prompt=prompt, max_chars=max_chars)
        for each, text in zip(seeds, found, strict=False):
            if isinstance(text, EngineError):
                failures.append(text)
            elif text:
                made = Provenance(engine=self.name, model=self.model_name, prompt=prompt, seed=each)
                drafts.setdefault(text, Draft(text=text, lang=lang, provenance=made))
        if not drafts:
            raise failures[0] if failures else _nothing(n)
        return list(drafts.values())

    def _complete(self, turns: list[prompts.Turn], plan: Plan, *, prompt: str, n: int) -> list[Draft]:
        return self.complete(
            turns, prompt=prompt, lang=plan.culture.lang, max_chars=plan.max_chars, seed=plan.seed, n=n
        )


def _nothing(n: int) -> EngineError:
    return EngineError(
        "engine.bad-reply",
        received=f"no complete sentence in {n} attempts",
        allowed="at least one sentence",
        fix="Try another seed, or use the engine realiser.",
    )
