"""What culture adds to the view of a reading."""

from __future__ import annotations

from rich.console import Console

from tongli.channels.suspicion import WHY as UNKNOWN
from tongli.cli.reading_view import reading_view
from tongli.core import Claim, CultureContext, Empathy, Evidence, Language, Message, Reading
from tongli.core.reading import Practice

TEXT = "She spilled the beans."


def shown(*claims: Claim, practices: tuple[Practice, ...] = (), whole: bool = False) -> str:
    culture = CultureContext(
        lang="en", locale="en-US", register="neutral", address="informal", practices=practices
    )
    reading = Reading(
        message=Message(TEXT),
        language=Language(tag="en", score=1.0),
        claims=claims,
        empathy=Empathy(culture=culture),
    )
    console = Console(width=400, record=True, file=None)
    with console.capture() as capture:
        console.print(reading_view(reading, practices=whole))
    return capture.get()


def claim(dimension: str, label: str | None, **fields: object) -> Claim:
    evidence = (Evidence(span=(4, 21), weight=1.0),)
    return Claim(dimension=dimension, label=label, score=0.9, evidence=evidence, **fields)  # type: ignore[arg-type]


def test_an_expression_is_shown_with_its_gloss_and_claim() -> None:
    told = shown(claim("idiom", "idiom", gloss="tell a secret", claim_id="en.idiom.spill-the-beans"))
    assert "“spilled the beans”  idiom  0.90  tell a secret  (en.idiom.spill-the-beans)" in told


def test_set_phrases_are_told_quietly_and_once() -> None:
    phrase = claim("idiom", "phrase", gloss="in general", claim_id="en.idiom.x")
    told = shown(phrase, phrase)
    assert told.count("set phrases") == told.count("“spilled the beans”") == 1
    assert "in general" not in told


def test_evidence_that_is_a_whole_long_text_is_told_by_its_ends() -> None:
    text = "It began well.\n\n" + "We waited. " * 200 + "Then it rained."
    claim = Claim(
        dimension="sentiment",
        label="negative",
        score=0.9,
        evidence=(Evidence(span=(0, len(text)), weight=1.0),),
    )
    scores = {"sentiment": {"negative": 0.9, "neutral": 0.1, "positive": 0.0}}
    reading = Reading(
        message=Message(text), language=Language(tag="en", score=1.0), claims=(claim,), scores=scores
    )
    console = Console(width=400, record=True, file=None)
    with console.capture() as capture:
        console.print(reading_view(reading))
    line = next(each for each in capture.get().splitlines() if "sentiment" in each)
    assert "“It began well. We waited." in line
    assert line.rstrip().endswith("Then it rained.”")


def test_a_suspicion_is_told_with_its_words_and_no_gloss() -> None:
    told = shown(claim("idiom", None, abstained=True, reason=UNKNOWN))
    assert "suspected" in told
    assert "“spilled the beans”  0.90" in told
    assert "not decided" not in told


def test_what_repeats_the_idiom_is_not_shown_and_a_literal_reading_is() -> None:
    assert "figurative" not in shown(claim("figurative", "idiomatic"))
    assert "literal  0.90" in shown(claim("figurative", "literal"))


def test_a_norm_is_shown_with_its_reason_and_an_open_reading_as_not_decided() -> None:
    assert "violated  0.90  it is rude" in shown(claim("norm", "violated", reason="it is rude"))
    told = shown(claim("slang", None, abstained=True, reason="open"))
    assert "not decided  slang: open" in told


def test_what_to_respect_is_shown_with_its_source() -> None:
    practice = Practice(
        claim_id="en.norm.closing-mail",
        kind="norm",
        statement="Mails close with a greeting.",
        level="contested",
        confidence="low",
        sources=("a survey", "a book"),
    )
    told = shown(practices=(practice,))
    assert "Mails close with a greeting.  contested: ask  (en.norm.closing-mail; a survey; a book)" in told


def test_what_the_message_does_not_touch_is_counted_and_shown_when_asked() -> None:
    def practice(kind: str, **more: object) -> Practice:
        return Practice(  # type: ignore[arg-type]
            claim_id=f"en.{kind}.x",
            kind=kind,
            statement=f"About {kind}.",
            level="common",
            confidence="low",
            sources=("a book",),
            **more,
        )

    three = (practice("norm", spans=((0, 3),)), practice("address"), practice("taboo"))
    told = shown(practices=three)
    assert "About norm." in told
    assert "2 more practices in an answer: address, taboo" in told
    assert "About taboo." not in told
    assert "About taboo." in shown(practices=three, whole=True)
