from __future__ import annotations

from tongli.core import Claim, Evidence, Language, Message, Person, Reading

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


def test_no_person_is_in_the_data():
    assert "Rossi" not in str(READING.to_dict())
