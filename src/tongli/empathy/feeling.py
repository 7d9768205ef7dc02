"""c_emotion: what is felt, how strongly, what the person needs and which way of supporting suits it.

Rests on what S decided. An abstention stays one: no feeling is named back that the reading does not claim.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tongli.core import Claim, FeelingContext, Reading
from tongli.empathy.bereavement import bereavement_claim
from tongli.empathy.mishap import tells_of_a_mishap
from tongli.knowledge.named_feelings import feeling_named_in
from tongli.knowledge.needs import (
    CONDOLENCE,
    EKMAN_OF_GOEMOTION,
    EMOTION_NEEDS,
    FINE_NEEDS,
    NEGATIVE,
    REPAIR,
    STRONG,
)
from tongli.knowledge.risks import SELF_HARM, at_risk
from tongli.knowledge.tags import primary

UNMEASURED = 1.0
"""Intensity (0..3) of a decided emotion when the intensity head did not run."""

FELT = 1.5
"""Intensity from which an emotion counts as felt when no head for emotions ran."""

CLOSE = 0.1
"""A painful emotion this near to a joyful one comes first: cheering at pain costs more than the reverse."""

SURE_OF_JOY = 0.6
"""Score from which joy is answered though no positive sentiment bears it out: a complaint that is cheered at
hurts more than good news that is only thanked for."""

SURPRISED = 1.0
"""Measured intensity under which a surprise is not worth naming: a plain question surprises nobody."""

DISTRESS = 3.0
"""Intensity (0..3) that talk of self-harm is answered with, whatever the head measures."""

_SCHEMES = ("fused", "ekman6", "plutchik8", "goemotions28")
_ONLY_INTENSITY = "no head for emotions ran: the feeling rests on intensity alone"
_ONLY_SENTIMENT = "no head for emotions ran: needs rest on sentiment alone"
_NO_INTENSITY = "the intensity head did not run: the strength of the feeling is not measured"
_CONTRADICTION = "joy and a negative sentiment contradict each other: no feeling is named"
_MIXED = "a painful emotion and a positive sentiment contradict each other: no feeling is named"
_UNSURE_JOY = "joy is not sure, and no positive sentiment bears it out: no feeling is named"
_MISHAP = "joy beside something that went wrong may be irony: no feeling is named"
_UNREMARKABLE = "the surprise is faint: it is not named"
_DISTRESSED = "talk of self-harm is answered as great distress, whatever the heads measure"
_FLAT = "an emotion and a neutral sentiment contradict each other: no feeling is named"


@dataclass(frozen=True, slots=True)
class _Need:
    """A need with the claim it follows from; without one it gives no claim of its own."""

    label: str
    reason: Claim | None


class FeelingPerspective:
    """Derives feeling, needs and strategy from the emotion, intensity and sentiment heads that ran."""

    def see(self, reading: Reading) -> Reading:
        """The reading with ``empathy.feeling`` filled and a claim ``need`` for each need."""
        feeling, reason, notes = _choose(reading)
        intensity = _intensity(reading, feeling)
        bereaved = bereavement_claim(reading)
        if at_risk(reading, SELF_HARM):
            feeling, intensity = feeling if feeling in NEGATIVE else "sadness", DISTRESS
            notes = (_DISTRESSED,)
        elif bereaved is not None:
            feeling, intensity = "sadness", max(intensity if feeling == "sadness" else 0.0, STRONG)
            notes = ()
        elif (named := _named(reading)) is not None:
            feeling, intensity, notes = named, max(_intensity(reading, named), UNMEASURED), ()
            reason = _claim_of(reading, named)
        if feeling is not None:
            strategy = EMOTION_NEEDS[feeling].strategy(intensity)
            needs = [_Need(CONDOLENCE, None)] if bereaved is not None else []
            needs += [_Need(label, reason) for label in EMOTION_NEEDS[feeling].needs]
            if _wronged(reading, feeling, bereaved):
                needs, strategy = [*needs, _Need(REPAIR, None)], "suggest"
            notes += () if feeling in _intensities(reading) else (_NO_INTENSITY,)
        else:
            strategy, needs = _without_feeling(reading, notes)
        needs = _distinct([*needs, *_fine(reading)])
        context = FeelingContext(
            feeling=feeling,
            intensity=intensity,
            needs=tuple(need.label for need in needs),
            strategy=strategy,
        )
        return replace(
            reading,
            claims=(
                *reading.claims,
                *([bereaved] if bereaved is not None else []),
                *(_claim(need.label, need.reason) for need in needs if need.reason),
            ),
            empathy=replace(reading.empathy, feeling=context),
            notes=(*reading.notes, *notes),
        )


def _named(reading: Reading) -> str | None:
    """The painful feeling that the message names as its writer's own, which is surer than any head."""
    named = feeling_named_in(reading.message.text, lang=primary(reading.language.tag))
    return named if named in NEGATIVE else None


def _claim_of(reading: Reading, feeling: str) -> Claim | None:
    return next((claim for claim in reading.decided("emotion") if _ekman(claim) == feeling), None)


def _wronged(reading: Reading, feeling: str, bereaved: Claim | None) -> bool:
    """Whether pain comes beside something that went wrong: comfort alone would leave that unsaid."""
    personal = bereaved is not None or at_risk(reading, SELF_HARM)
    return feeling in ("sadness", "fear") and not personal and tells_of_a_mishap(reading)


def _choose(reading: Reading) -> tuple[str | None, Claim | None, tuple[str, ...]]:
    """The Ekman emotion to answer, the claim that decided it, and notes on how it was chosen."""
    scheme = next((name for name in _SCHEMES if _ran(reading, name)), None)
    if scheme is None:
        return _choose_by_strength(reading)
    found = [(_ekman(claim), claim) for claim in reading.decided("emotion", scheme=scheme)]
    felt = [(emotion, claim) for emotion, claim in found if emotion is not None]
    if not felt:
        return None, None, ()
    floor = felt[0][1].score - CLOSE
    positive = _sentiment(reading, "positive") is not None
    painful = (item for item in felt if item[0] in NEGATIVE and item[1].score >= floor)
    emotion, claim = felt[0] if positive and felt[0][0] == "joy" else next(painful, felt[0])
    if claim.label == "surprise":
        emotion, claim = _coloured(reading, felt)
    if emotion == "joy" and _sentiment(reading, "negative"):
        return None, None, (_CONTRADICTION,)
    if scheme != "fused":  # a voice may say more than its words
        note = _doubt(reading, emotion, felt[0][1], positive=positive)
        return (None, None, (note,)) if note else (emotion, claim, ())
    return emotion, claim, ()


def _doubt(reading: Reading, emotion: str, first: Claim, *, positive: bool) -> str:
    """Why a feeling, chosen beside the ``first`` claim, is not named back; empty without a reason."""
    if _sentiment(reading, "neutral"):
        return _FLAT
    if positive and _ekman(first) in NEGATIVE:
        return _MIXED
    if emotion == "joy" and tells_of_a_mishap(reading):
        return _MISHAP
    joyful = emotion == "joy" and _ekman(first) == "joy"
    if joyful and first.score < SURE_OF_JOY and not positive and "sentiment" in reading.scores:
        return _UNSURE_JOY
    if emotion == "surprise" and _intensities(reading).get("surprise", SURPRISED) < SURPRISED:
        return _UNREMARKABLE
    return ""


def _coloured(reading: Reading, felt: list[tuple[str, Claim]]) -> tuple[str, Claim]:
    """What to answer when surprise comes first, which is neither good nor bad by itself.

    A painful emotion decided beside it comes before it. Without any pain, in whatever scheme, and with a
    positive sentiment (or joy, where no sentiment is decided) it is a happy surprise and answered as joy.
    """
    painful = next((item for item in felt if item[0] in NEGATIVE), None)
    if painful is not None:
        return painful
    joy = next((item for item in felt if item[0] == "joy"), None)
    sentiment = next((claim.label for claim in reading.decided("sentiment")), None)
    hurt = any(_ekman(claim) in NEGATIVE for claim in reading.decided("emotion"))
    if hurt or (sentiment != "positive" and (sentiment is not None or joy is None)):
        return felt[0]
    return joy or ("joy", felt[0][1])


def _choose_by_strength(reading: Reading) -> tuple[str | None, None, tuple[str, ...]]:
    """The same without any head for emotions."""
    intensities = _intensities(reading)
    if not intensities:
        return None, None, (_ONLY_SENTIMENT,) if "sentiment" in reading.scores else ()
    strongest = max(intensities, key=lambda emotion: intensities[emotion])
    return strongest if intensities[strongest] >= FELT else None, None, (_ONLY_INTENSITY,)


def _ran(reading: Reading, scheme: str) -> bool:
    return scheme in reading.scores or any(claim.scheme == scheme for claim in reading.claims)


def _ekman(claim: Claim) -> str | None:
    """The Ekman emotion of a label of any scheme; ``None`` for trust, anticipation and neutral."""
    label = claim.label or ""
    return label if label in EMOTION_NEEDS else EKMAN_OF_GOEMOTION.get(label)


def _intensities(reading: Reading) -> Mapping[str, float]:
    scores = reading.scores.get("intensity")
    return (
        {label: value for label, value in scores.items() if label in EMOTION_NEEDS}
        if isinstance(scores, Mapping)
        else {}
    )


def _intensity(reading: Reading, feeling: str | None) -> float:
    if feeling is None:
        return 0.0
    return min(3.0, max(0.0, _intensities(reading).get(feeling, UNMEASURED)))


def _sentiment(reading: Reading, label: str) -> Claim | None:
    """The decided claim that the sentiment of the message is this one."""
    return next((claim for claim in reading.decided("sentiment") if claim.label == label), None)


def _without_feeling(reading: Reading, notes: tuple[str, ...]) -> tuple[str, list[_Need]]:
    negative = _sentiment(reading, "negative")
    if _CONTRADICTION in notes:
        return "question", []
    if _MISHAP in notes:
        return "restate", []
    if negative is not None:
        return "restate", [_Need("to_be_heard", negative)]
    return "inform", []


def _fine(reading: Reading) -> list[_Need]:
    """Needs that only the finer scheme shows."""
    return [
        _Need(label, claim)
        for claim in reading.decided("emotion", scheme="goemotions28")
        for label in FINE_NEEDS.get(claim.label or "", ())
    ]


def _distinct(needs: list[_Need]) -> list[_Need]:
    by_label: dict[str, _Need] = {}
    for need in needs:
        by_label.setdefault(need.label, need)
    return list(by_label.values())


def _claim(label: str, reason: Claim) -> Claim:
    return Claim(
        dimension="need",
        label=label,
        score=reason.score,
        evidence=reason.evidence,
        source=f"needs:{reason.label}",
    )
