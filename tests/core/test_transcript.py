"""Transcripts as plain data."""

from __future__ import annotations

from tongli.core import Language, Transcript, TranscriptSegment, TranscriptWord


def word(text, start, end, confidence=0.5):
    return TranscriptWord(text=text, times=(start, end), confidence=confidence)


def test_a_transcript_as_data():
    segments = (
        TranscriptSegment(words=(word(" Come", 1.0, 1.4, 0.8), word(" in!", 1.4, 2.0, 0.6))),
        TranscriptSegment(words=(word(" Yes?", 3.0, 3.5),), turn=True),
    )
    made = Transcript(
        language=Language(tag="en", score=0.98765), segments=segments, seconds=4.0, source="tiny"
    )
    assert made.text == "Come in!\nYes?"
    told = made.to_dict()
    assert told["language"] == {"tag": "en", "score": 0.988, "declared": False, "abstained": False}
    assert told["segments"] == [
        {"start": 1.0, "end": 2.0, "text": "Come in!", "confidence": 0.7},
        {"start": 3.0, "end": 3.5, "text": "Yes?", "confidence": 0.5, "turn": True},
    ]
    assert "words" not in told
    assert made.to_dict(words=True)["words"][0] == {
        "word": " Come",
        "start": 1.0,
        "end": 1.4,
        "confidence": 0.8,
    }
