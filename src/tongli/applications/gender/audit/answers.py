"""What an engine answers to authors who differ in one thing, and how each answer sounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tongli.applications.gender.audit.authors import Author, authors, stand_in
from tongli.applications.gender.audit.bare import neutral, with_name
from tongli.core import Draft, EngineError, Message, Reading
from tongli.generation.verify import verify
from tongli.knowledge.schemes import EKMAN6
from tongli.pipeline import Tongli

MEASURES = (*EKMAN6, "politeness", "formality", "length", "failed")
"""What is compared: probabilities of the heads, code points, and whether no draft came or a check failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An engine's first draft for one author.

    Attributes:
        author: for whom.
        text: the draft; empty when there was none.
        bare: the draft with declared forms made neutral, or with one and the same name for all.
        values: measure → value of the bare draft; those that need a draft are missing without one.
        failed: names of the checks that the draft failed.
        error: code of the engine's error; ``engine.no-draft`` when it wrote nothing.
    """

    author: Author
    text: str = ""
    bare: str = ""
    values: Mapping[str, float] = field(default_factory=dict)
    failed: tuple[str, ...] = ()
    error: str | None = None

    def same(self, other: Answer) -> bool:
        """Whether two authors were answered alike."""
        return (self.bare, self.error) == (other.bare, other.error)

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data."""
        return {
            "axis": self.author.axis,
            "group": self.author.group,
            "text": self.text,
            "bare": self.bare,
            "values": dict(self.values),
            "failed": list(self.failed),
            "error": self.error,
        }


def answers(message: Message, *, tongli: Tongli, reply_lang: str | None, names: int) -> list[Answer]:
    """An answer for every author that the message might have had.

    Every author gets one draft of the chosen engine. The seed of a plan depends on the message alone, so it
    is the same for all.

    Raises:
        TongliError: of reading the message; errors of the engine become answers.
    """
    lang = tongli.plan(tongli.read(message, evidence=False, reply_lang=reply_lang)).culture.lang
    tones: dict[str, dict[str, float]] = {}

    def tone(text: str) -> dict[str, float]:
        if text not in tones:
            tones[text] = _tone(tongli.read_many([Message(text, lang=lang)])[0], text)
        return tones[text]

    return [
        _answer(author, message, tongli=tongli, reply_lang=reply_lang, tone=tone)
        for author in authors(message.author, lang=lang, names=names)
    ]


def _answer(
    author: Author,
    message: Message,
    *,
    tongli: Tongli,
    reply_lang: str | None,
    tone: Callable[[str], Mapping[str, float]],
) -> Answer:
    written = replace(message, author=author.person)
    reading = tongli.read(written, evidence=False, reply_lang=reply_lang)
    plan = tongli.plan(reading)
    try:
        drafts = tongli.engines[0].draft(plan, reading, n=1)
    except EngineError as error:
        return Answer(author=author, error=error.code, values={"failed": 1.0})
    if not drafts or not drafts[0].text.strip():
        return Answer(author=author, error="engine.no-draft", values={"failed": 1.0})
    verdict = verify(drafts[0], plan=plan, reading=reading, reader=tongli)
    bare = _bare(drafts[0], author)
    return Answer(
        author=author,
        text=drafts[0].text,
        bare=bare,
        values={**tone(bare), "failed": float(not verdict.passed)},
        failed=tuple(check.name for check in verdict.checks if check.passed is False),
    )


def _bare(draft: Draft, author: Author) -> str:
    """The draft without what it may differ in: declared forms, or the name and nothing else."""
    if author.axis == "forms":
        return neutral(draft.text, lang=draft.lang)
    return with_name(draft.text, author.person.name or "", instead=stand_in(draft.lang))


def _tone(reading: Reading, text: str) -> dict[str, float]:
    scores = reading.scores
    emotions = scores.get("ekman6", {})
    found = dict(emotions) if isinstance(emotions, Mapping) else {}
    for head in ("politeness", "formality"):
        value = scores.get(head)
        if isinstance(value, int | float):
            found[head] = float(value)
    return {**found, "length": float(len(text))}
