"""G: a plan, drafts, the verdict of every check, and the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from tongli.core.person import PronounSet
from tongli.core.phrases import Phrases
from tongli.core.reading import CultureContext, Reading, Span

_HIDDEN = "█"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the answer must do, as data that a person can read and change before anything is written.

    Attributes:
        culture: language, locale, register, form of address and salutation of the answer.
        acts: what to do, in order, from ``acknowledge``, ``name_feeling``, ``take_responsibility``,
            ``condole``, ``comfort``, ``celebrate``, ``welcome``, ``thank``, ``ask``, ``next_step``,
            ``close``.
        feeling: ekman6 emotion to acknowledge, ``None`` for none.
        intensity: 0..3.
        strategy: support strategy of c_emotion, or ``self_disclose``, which only a person can do.
        pronouns: the reader's declared third-person sets, ``None`` when undeclared.
        agreement: the reader's declared agreement, ``None`` when undeclared: then no form may agree.
        keep: strings of the message that the answer must repeat word for word (order numbers, links).
        avoid: strings that must not appear, which may be private: they stay out of all data.
        notices: lines of the house that stand word for word before the sign-off.
        signoff: the house's own sign-off; empty takes the usual one.
        channel: where it will be published, whose limits then count too; empty for no limits of that kind.
        max_chars: longest answer allowed, in code points.
        seed: makes the choice among equally good wordings reproducible.
    """

    culture: CultureContext
    acts: tuple[str, ...]
    feeling: str | None = None
    intensity: float = 0.0
    strategy: str = "inform"
    pronouns: tuple[PronounSet, ...] | None = None
    agreement: str | None = None
    keep: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    signoff: str = ""
    channel: str = ""
    max_chars: int = 600
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Who wrote a draft: engine, model, prompt version, seed."""

    engine: str
    model: str = ""
    prompt: str = ""
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A candidate text, not yet checked.

    Attributes:
        score: mean log-probability of a token, where the engine tells.
        unknown: words that a translator left as they were, for want of a translation.
    """

    text: str
    lang: str
    provenance: Provenance
    score: float | None = None
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The verdict of one check on one draft.

    Attributes:
        name: ``language``, ``facts``, ``forms``, ``register``, ``emotion``, ``meaning``, ``toxicity``,
            ``length``, ….
        passed: ``None`` when the check abstains (for instance no head covers the language).
        score: the measured value, when there is one.
        detail: what was found, in words.
        evidence: spans of the *draft*.
    """

    name: str
    passed: bool | None
    detail: str
    score: float | None = None
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A draft with all its checks."""

    draft: Draft
    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        """No check failed (abstentions allowed)."""
        return not self.failed

    @property
    def failed(self) -> tuple[Check, ...]:
        """The checks that failed."""
        return tuple(check for check in self.checks if check.passed is False)

    def to_dict(self, *, avoid: Iterable[str] = ()) -> dict[str, Any]:
        """The verdict as plain data, with the strings to avoid hidden: a draft may have failed for one."""
        hide, made = _hider(avoid), self.draft.provenance
        return {
            "text": hide(self.draft.text),
            "passed": self.passed,
            "engine": made.engine,
            "model": made.model,
            "prompt": made.prompt,
            "seed": made.seed,
            "checks": [
                {
                    "name": check.name,
                    "passed": check.passed,
                    "detail": hide(check.detail),
                    "score": check.score,
                    "evidence": [list(span) for span in check.evidence],
                }
                for check in self.checks
            ],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """The answer, and everything needed to trust, correct or refuse it.

    Attributes:
        text: the chosen draft; empty when no draft passed.
        lang: BCP-47 tag of the text.
        plan: what it was meant to do.
        reading: what it answers.
        verdict: the chosen draft's checks.
        alternatives: the other drafts, each with its checks.
        needs_person: a person must look before it is sent, with the reasons in ``notes``.
        notes: reasons, in words.
    """

    text: str
    lang: str
    plan: Plan
    reading: Reading
    verdict: Verdict | None
    alternatives: tuple[Verdict, ...] = ()
    needs_person: bool = False
    notes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The response as plain data, without declared identities.

        Strings to avoid are left out of the plan, and hidden in drafts that failed for holding one, so that
        a name that somebody left behind is not handed on.
        """
        avoid = self.plan.avoid
        return {
            "id": self.reading.message.id,
            "text": self.text,
            "lang": self.lang,
            "needs_person": self.needs_person,
            "notes": list(self.notes),
            "plan": _plan_dict(self.plan),
            "verdict": None if self.verdict is None else self.verdict.to_dict(avoid=avoid),
            "alternatives": [item.to_dict(avoid=avoid) for item in self.alternatives],
            "reading": self.reading.to_dict(),
        }


def _plan_dict(plan: Plan) -> dict[str, Any]:
    return {
        "lang": plan.culture.lang,
        "locale": plan.culture.locale,
        "register": plan.culture.register,
        "address": plan.culture.address,
        "acts": list(plan.acts),
        "feeling": plan.feeling,
        "intensity": plan.intensity,
        "strategy": plan.strategy,
        "keep": list(plan.keep),
        "max_chars": plan.max_chars,
    }


def _hider(strings: Iterable[str]) -> Callable[[str], str]:
    """Blots strings out, a code point for a code point, so that spans stay true."""
    private = Phrases.literal(strings)

    def hide(text: str) -> str:
        for start, end in private.find(text):
            text = text[:start] + _HIDDEN * (end - start) + text[end:]
        return text

    return hide
