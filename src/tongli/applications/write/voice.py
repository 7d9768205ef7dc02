"""A character's voice, by an engine, held to what the character declared.

Help for writers who write somebody unlike themselves: the notes say how the character speaks, the declaration
says which forms are theirs, and nothing else is taken from either. Without an engine the manuscript can still
be read for consistency: ``tongli gender consistency``.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from tongli.applications.documents.plain import Plain
from tongli.applications.gender.consistency import consistency
from tongli.applications.people import plain
from tongli.applications.write.completing import completing
from tongli.core import (
    Check,
    CultureContext,
    Draft,
    EngineError,
    InputError,
    Message,
    Person,
    Plan,
    Reading,
    Verdict,
)
from tongli.encoders.language import identify
from tongli.generation.engines import prompts
from tongli.generation.verify import CHECKS, Subject, artefact, run_check
from tongli.knowledge.locales import profile
from tongli.pipeline import Tongli

TASKS = ("continue", "rephrase")
NOTHING_NOTE = "no draft passed every check: a person must write"
_CHECKS = {
    "continue": ("length", "artefact", "language", "toxicity", "stereotypes"),
    "rephrase": ("length", "artefact", "language", "facts", "negation"),
}
_DECLARED = ("name", "pronouns", "agreement", "titles", "title", "first_person", "address", "kinship")
"""What of a character an engine is told: names and forms, and nothing that somebody left behind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voiced:
    """Drafts in a character's voice, those that pass first.

    Attributes:
        verdicts: each with the check ``consistency``: every form of every character as declared.
        notes: what went wrong.
    """

    verdicts: tuple[Verdict, ...]
    notes: tuple[str, ...] = ()

    @property
    def needs_person(self) -> bool:
        """No draft passed."""
        return not any(verdict.passed for verdict in self.verdicts)

    def to_dict(self) -> dict[str, Any]:
        """The drafts as plain data."""
        return {
            "needs_person": self.needs_person,
            "notes": list(self.notes),
            "drafts": [verdict.to_dict() for verdict in self.verdicts],
        }


def give_voice(
    passage: str,
    *,
    task: str,
    character: str,
    people: Sequence[Person],
    notes: str,
    tongli: Tongli,
    lang: str | None = None,
    max_chars: int = 1200,
    n: int = 2,
    seed: int = 0,
) -> Voiced:
    """Drafts that continue a passage, or say it again, in a character's voice.

    Args:
        passage: of the manuscript.
        task: one of :data:`TASKS`.
        character: whose voice, a name of ``people``.
        people: the characters, with what they declared.
        notes: the writer's, on how the character speaks.
        tongli: its engine writes, and it judges.
        lang: of the passage; identified when ``None``.
        max_chars: longest draft, in code points.
        n: drafts.
        seed: of the first.

    Raises:
        InputError: ``voice.character``.
        EngineError: ``engine.no-writer``; as the engine, when no draft came about.
    """
    lang = identify(passage, declared=lang).tag
    who = _character(character, people)
    declared = {key: value for key, value in plain(who.seen_by()).items() if key in _DECLARED}
    request = {
        "task": task,
        "lang": lang,
        "character": declared,
        "voice": notes,
        "passage": passage,
        "max_chars": max_chars,
    }
    turns = prompts.task(prompts.VOICE, request)
    engine = completing(tongli)
    limits: dict[str, Any] = {"lang": lang, "max_chars": max_chars, "seed": seed}

    def judged(drafts: Sequence[Draft]) -> list[Verdict]:
        return [
            _verdict(draft, passage, task=task, people=people, lang=lang, max_chars=max_chars, tongli=tongli)
            for draft in drafts
        ]

    verdicts = judged(engine.complete(turns, prompt=prompts.VOICE, n=n, **limits))
    told: list[str] = []
    if not any(verdict.passed for verdict in verdicts):
        nearest = min(verdicts, key=lambda verdict: len(verdict.failed))
        try:
            verdicts += judged(
                engine.complete(prompts.repair(turns, nearest), prompt=prompts.REPAIR, **limits)
            )
        except EngineError as error:
            told.append(f"{engine.name} failed [{error.code}]: {error.received}. {error.fix}")
    verdicts.sort(key=lambda verdict: len(verdict.failed))
    if not any(verdict.passed for verdict in verdicts):
        told.append(NOTHING_NOTE)
    return Voiced(verdicts=tuple(verdicts), notes=tuple(told))


def _character(name: str, people: Sequence[Person]) -> Person:
    found = next((each for each in people if name.casefold() in _names(each)), None)
    if found is None:
        raise InputError(
            "voice.character",
            received="a character whom the file of people does not have",
            allowed="the name of one of them",
            fix="Check the name, or add the character with the forms they declared.",
        )
    return found


def _names(person: Person) -> set[str]:
    return {name.casefold() for name in (person.name, person.given, *person.other_names) if name}


def _verdict(
    draft: Draft,
    passage: str,
    *,
    task: str,
    people: Sequence[Person],
    lang: str,
    max_chars: int,
    tongli: Tongli,
) -> Verdict:
    known = profile(lang)
    culture = CultureContext(lang=lang, locale=known.locale, register=known.register, address=known.address)
    source = Message(passage, lang=lang, mentioned=tuple(people))
    subject = Subject(
        draft=draft,
        plan=Plan(culture=culture, acts=(), max_chars=max_chars),
        reading=Reading(message=source, language=identify(passage, declared=lang)),
        reader=tongli,
    )
    traces: Callable[[Subject], Check] = partial(artefact.check, echo=task == "continue")
    checks = [
        run_check(name, traces if name == "artefact" else CHECKS[name], subject) for name in _CHECKS[task]
    ]
    return Verdict(draft=draft, checks=(*checks, _consistent(draft.text, passage, lang=lang, people=people)))


def _consistent(text: str, passage: str, *, lang: str, people: Sequence[Person]) -> Check:
    """Forms of the draft, read after the passage, that are not as declared or as in the passage."""
    before = _deviations(passage, lang=lang, people=people)
    after = _deviations(f"{passage}\n\n{text}", lang=lang, people=people)
    wrong = [
        f"{name}: {kind} {value}"
        for (name, kind, value), count in after.items()
        if count > before.get((name, kind, value), 0)
    ]
    detail = "; ".join(wrong) or "every form as declared"
    return Check(name="consistency", passed=not wrong, detail=detail)


def _deviations(text: str, *, lang: str, people: Sequence[Person]) -> dict[tuple[str, str, str], int]:
    """How often each form of each character deviates."""
    report = consistency(Plain(source=io.StringIO(text, newline="")), lang=lang, people=people)
    return {
        (each.name, item.form.kind, item.form.value): item.form.count.total()
        for each in report.characters
        for item in each.deviations
    }
