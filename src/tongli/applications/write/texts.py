"""Posts, ads, news, stories and replies from a sheet of facts, for each of several audiences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tongli.applications.each_line import Record, each_record
from tongli.applications.job import Job, Tally
from tongli.applications.write.brief import Brief
from tongli.applications.write.completing import completing
from tongli.core import (
    Address,
    Draft,
    EngineError,
    InputError,
    Message,
    Provenance,
    Reading,
    Register,
    TongliError,
    Verdict,
)
from tongli.generation.adapt import Audience
from tongli.generation.channels import Size, size
from tongli.generation.engines import prompts
from tongli.generation.tasks import Sheet, check_text, compose, parse_sheet
from tongli.generation.tasks.label import label_data, label_words
from tongli.generation.tasks.sheet import SENTENCES
from tongli.generation.tasks.values import key_of, values_of
from tongli.knowledge.locales import profile
from tongli.pipeline import Tongli

REALISER = "realiser"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One text for one audience.

    Attributes:
        verdict: its checks.
        feeling: strongest decided emotion that a reader would see in it; ``None`` when none is decided.
        sentiment: the strongest sentiment, likewise.
        left_out: facts of the sheet that it does not tell, by key.
        size: in its channel; ``None`` without one.
        hints: what readers of the audience's culture may stumble over, in words.
    """

    verdict: Verdict
    feeling: str | None
    sentiment: str | None
    left_out: tuple[str, ...]
    size: Size | None
    hints: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words."""
        return self.verdict.draft.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The texts for one audience, those that pass their checks first; ``notes`` say what went wrong."""

    audience: Audience
    variants: tuple[Variant, ...]
    notes: tuple[str, ...] = ()

    @property
    def needs_person(self) -> bool:
        """No variant passed every check."""
        return not any(variant.verdict.passed for variant in self.variants)


def write(sheet: Sheet, brief: Brief, *, audiences: Sequence[Audience], tongli: Tongli) -> list[Written]:
    """The texts for each audience, in order.

    An engine that is not the realiser drafts first, is told once what failed, and the realiser stands in
    where nothing passes and it writes the language.

    Args:
        sheet: all that may be stated, in the language of every audience.
        brief: what to write.
        audiences: who reads it.
        tongli: judges the texts; its engine writes them.

    Raises:
        InputError: ``sheet.lang``.
        EngineError: of the realiser when it is the engine asked for; of an engine that cannot complete.
        ModelError: from the models.
    """
    return [_told_of(sheet, _for(each, sheet.in_language(each.tag), brief, tongli)) for each in audiences]


def _told_of(sheet: Sheet, written: Written) -> Written:
    """With a note on what the sheet has in other words only."""
    own = sheet.in_language(written.audience.tag)
    absent = [key for key in SENTENCES if getattr(sheet, key) and not getattr(own, key)]
    if not absent:
        return written
    note = f"not in the words of {written.audience.tag}, so not told: {', '.join(absent)}"
    return replace(written, notes=(note, *written.notes))


def write_lines(
    job: Job,
    *,
    tongli: Tongli,
    brief: Callable[[Record], Brief],
    audiences: Callable[[Record, Sheet], Sequence[Audience]],
    tally: Tally | None = None,
    progress: Callable[[Tally], None] | None = None,
) -> Tally:
    """Run a job: one output line for every line that can be read, one errors line for every other.

    Lines have ``id`` and ``facts`` (an object, as a sheet), and what ``brief`` and ``audiences`` read; output
    lines have ``id`` and ``texts``, one object an audience: see :func:`to_dict`.

    Raises:
        TongliError: as :func:`tongli.applications.each_line.each_record` and :func:`write`.
    """

    def of(record: Record) -> dict[str, Any]:
        facts = record.get("facts")
        if not isinstance(facts, Mapping):
            raise InputError(
                "sheet.none", received='no "facts"', allowed="an object of facts", fix='Add "facts".'
            )
        sheet = parse_sheet(facts, lang=job.lang)
        found = write(sheet, brief(record), audiences=audiences(record, sheet), tongli=tongli)
        return {"texts": [to_dict(each, avoid=brief(record).avoid) for each in found]}

    return each_record(job, of, tally=tally, progress=progress)


def to_dict(written: Written, *, avoid: Sequence[str] = ()) -> dict[str, Any]:
    """The texts for one audience as plain data; strings to avoid are blotted out of drafts that failed."""
    return {
        "audience": str(written.audience),
        "needs_person": written.needs_person,
        "notes": list(written.notes),
        "variants": [_variant_dict(variant, written.audience, avoid) for variant in written.variants],
    }


def _variant_dict(variant: Variant, audience: Audience, avoid: Sequence[str]) -> dict[str, Any]:
    told = variant.verdict.to_dict(avoid=avoid)
    counted = variant.size
    return {
        "text": told["text"],
        "lang": variant.verdict.draft.lang,
        "passed": told["passed"],
        "feeling": variant.feeling,
        "sentiment": variant.sentiment,
        "left_out": list(variant.left_out),
        "size": None
        if counted is None
        else {"used": counted.used, "limit": counted.limit, "unit": counted.unit},
        "hints": list(variant.hints),
        "ai": label_data(variant.verdict.draft.provenance, audience.tag),
        "checks": told["checks"],
    }


def _for(audience: Audience, sheet: Sheet, brief: Brief, tongli: Tongli) -> Written:
    register, address = _manner(audience, brief)

    def judged(drafts: Sequence[Draft]) -> list[Verdict]:
        return [
            check_text(
                draft,
                sheet=sheet,
                locale=audience.tag,
                register=register,
                address=address,
                reader=tongli,
                max_chars=brief.max_chars,
                channel=brief.channel.id if brief.channel else "",
                avoid=brief.avoid,
                label=_label(draft.provenance, audience, brief),
            )
            for draft in drafts
        ]

    verdicts: list[Verdict] = []
    notes: list[str] = []
    if tongli.engine != REALISER:
        verdicts, note = _drafted(sheet, brief, audience, (register, address), tongli, judged)
        notes += [note] if note else []
    if not any(verdict.passed for verdict in verdicts):
        try:
            verdicts += judged(_realised(sheet, brief, audience, address))
        except EngineError as error:
            if tongli.engine == REALISER:
                raise
            notes.append(f"{REALISER} failed [{error.code}]: {error.received}. {error.fix}")
    verdicts.sort(key=lambda verdict: len(verdict.failed))
    chosen = verdicts[: brief.variants]
    return Written(
        audience=audience, variants=_read(chosen, sheet, audience, brief, tongli), notes=tuple(notes)
    )


def _manner(audience: Audience, brief: Brief) -> tuple[Register, Address]:
    """Register and form of address: the audience's wish, then the house's, then what is usual."""
    usual, style = profile(audience.tag), brief.style
    register = audience.register or (style.register if style else None) or usual.register
    address = audience.address(audience.tag) or (style.address if style else None) or usual.address
    return register, address


def _label(made: Provenance, audience: Audience, brief: Brief) -> str:
    return label_words(made, audience.tag) if brief.label else ""


def _realised(sheet: Sheet, brief: Brief, audience: Audience, address: Address) -> list[Draft]:
    made = Provenance(engine=REALISER, seed=brief.seed)
    end = _ending(_label(made, audience, brief))

    def fits(text: str) -> bool:
        whole = text + end
        return len(whole) <= brief.max_chars and (brief.channel is None or size(whole, brief.channel).fits)

    texts = compose(
        brief.task,
        sheet,
        locale=audience.tag,
        address=address,
        tone=brief.tone,
        fits=fits,
        seed=brief.seed,
        n=brief.variants,
    )
    return [Draft(text=text + end, lang=audience.tag, provenance=made) for text in texts]


def _drafted(
    sheet: Sheet,
    brief: Brief,
    audience: Audience,
    manner: tuple[Register, Address],
    tongli: Tongli,
    judged: Callable[[Sequence[Draft]], list[Verdict]],
) -> tuple[list[Verdict], str]:
    """An engine's texts, once more after being told what failed, and a note when none passed."""
    engine = completing(tongli)
    request = {
        "task": brief.task,
        "audience": {"locale": audience.tag, "register": manner[0], "address": manner[1]},
        "tone": brief.tone,
        "facts": {**values_of(sheet, audience.tag), "must": list(sheet.must)},
        "max_chars": brief.max_chars,
    }
    turns = prompts.task(prompts.WRITE, request)

    def labelled(drafts: Sequence[Draft]) -> list[Draft]:
        return [
            Draft(
                text=draft.text + _ending(_label(draft.provenance, audience, brief)),
                lang=draft.lang,
                provenance=draft.provenance,
            )
            for draft in drafts
        ]

    try:
        limits: dict[str, Any] = {"lang": audience.tag, "max_chars": brief.max_chars, "seed": brief.seed}
        verdicts = judged(labelled(engine.complete(turns, prompt=prompts.WRITE, n=brief.variants, **limits)))
        if any(verdict.passed for verdict in verdicts):
            return verdicts, ""
        nearest = min(verdicts, key=lambda verdict: len(verdict.failed))
        again = prompts.repair(turns, nearest)
        verdicts += judged(labelled(engine.complete(again, prompt=prompts.REPAIR, **limits)))
    except TongliError as error:
        return [], f"{engine.name} failed [{error.code}]: {error.received}. {error.fix}"
    passed = any(verdict.passed for verdict in verdicts)
    return verdicts, "" if passed else f"{engine.name}: no text of {len(verdicts)} passed"


def _ending(label: str) -> str:
    return f"\n\n{label}" if label else ""


def _read(
    verdicts: Sequence[Verdict], sheet: Sheet, audience: Audience, brief: Brief, tongli: Tongli
) -> tuple[Variant, ...]:
    readings = tongli.read_many([Message(verdict.draft.text, lang=audience.tag) for verdict in verdicts])
    told = values_of(sheet, audience.tag)
    return tuple(
        Variant(
            verdict=verdict,
            feeling=_decided(reading, "emotion"),
            sentiment=_decided(reading, "sentiment"),
            left_out=_left_out(verdict.draft.text, told),
            size=size(verdict.draft.text, brief.channel) if brief.channel else None,
            hints=_hints(verdict.draft.text, audience, tongli),
        )
        for verdict, reading in zip(verdicts, readings, strict=True)
    )


def _left_out(text: str, told: Mapping[str, str]) -> tuple[str, ...]:
    """Keys of the sheet with something that the text does not tell."""
    missing = (slot for slot, value in told.items() if slot != "free" and value not in text)
    return tuple(dict.fromkeys(key_of(slot) for slot in missing))


def _decided(reading: Reading, dimension: str) -> str | None:
    scheme = "ekman6" if dimension == "emotion" else None
    return next((claim.label for claim in reading.decided(dimension, scheme=scheme)), None)


def _hints(text: str, audience: Audience, tongli: Tongli) -> tuple[str, ...]:
    """What ``tongli adapt`` would change or ask about for these readers."""
    try:
        found = tongli.adapt(text, to=audience, lang=audience.tag)
    except TongliError:
        return ()
    return tuple(dict.fromkeys(change.reason for change in found.edits))
