from __future__ import annotations

from dataclasses import replace

from tongli.core import (
    ChannelReading,
    Claim,
    CultureContext,
    Empathy,
    Evidence,
    Language,
    Message,
    Person,
    Reading,
)
from tongli.core.reading import Practice

READING = Reading(
    message=Message("Grazie! Merci!", id=7, author=Person(name="Lu Rossi")),
    language=Language(tag="it", score=0.6, abstained=True, others=(("fr", 0.4),)),
    claims=(
        Claim(
            dimension="sentiment", label="positive", score=0.9, evidence=(Evidence(span=(0, 6), weight=0.3),)
        ),
    ),
    scores={"sentiment": {"positive": 0.9}},
    notes=("The language is not certain; give it if you know it.",),
)


def test_a_line_of_annotate_keeps_to_its_contract():
    assert READING.to_line() == {
        "id": 7,
        "lang": "it",
        "claims": [
            {
                "dimension": "sentiment",
                "label": "positive",
                "score": 0.9,
                "evidence": [[0, 6]],
                "abstained": False,
            }
        ],
        "scores": {"sentiment": {"positive": 0.9}},
    }


def test_a_reading_tells_how_sure_the_language_is_and_its_notes():
    assert READING.to_dict() == {
        **READING.to_line(),
        "language": {
            "tag": "it",
            "score": 0.6,
            "declared": False,
            "abstained": True,
            "others": [["fr", 0.4]],
        },
        "notes": ["The language is not certain; give it if you know it."],
    }


def test_a_line_tells_of_channels_only_when_there_are_some():
    assert "channels" not in READING.to_line()
    voice = ChannelReading(channel="speech", label="angry", reliability=0.9, source="speech")
    face = ChannelReading(channel="face", reason="no face was found")
    told = replace(READING, channels=(voice, face)).to_dict()["channels"]
    assert list(told) == ["speech", "face"]
    assert (told["speech"]["label"], told["face"]["reason"]) == ("angry", "no face was found")


def test_no_person_is_in_the_data():
    assert "Rossi" not in str(READING.to_dict())


def test_a_claim_tells_what_it_points_to_only_when_it_does():
    plain = Claim(dimension="idiom", label="idiom", score=0.9)
    assert {"claim_id", "gloss", "reason"}.isdisjoint(plain.to_dict())
    told = replace(plain, claim_id="en.idiom.spill-the-beans", gloss="tell a secret").to_dict()
    assert (told["claim_id"], told["gloss"]) == ("en.idiom.spill-the-beans", "tell a secret")


def test_what_an_answer_must_respect_is_told_with_its_source_and_without_the_reader():
    practice = Practice(
        claim_id="de.address.sie",
        kind="address",
        statement="Sie is the default to strangers.",
        level="contested",
        confidence="medium",
        sources=("a survey",),
        spans=((0, 3),),
    )
    culture = CultureContext(
        lang="de",
        locale="de-DE",
        register="formal",
        address="formal",
        salutation="Frau Rossi",
        practices=(practice,),
    )
    told = replace(READING, empathy=Empathy(culture=culture)).to_dict()["culture"]
    (item,) = told["practices"]
    assert (item["claim_id"], item["sources"], item["spans"]) == ("de.address.sie", ["a survey"], [[0, 3]])
    assert item["contested"]
    assert "Rossi" not in str(told)
