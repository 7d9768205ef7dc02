import pytest

from tongli.generation.verify import emotion


def sounds(reader, sentiment=None, **emotions):
    reader.scores = {
        "ekman6": {**dict.fromkeys(("anger", "disgust", "fear", "joy", "sadness"), 0.05), **emotions}
    }
    if sentiment is not None:
        reader.scores["sentiment"] = {"negative": sentiment, "neutral": 0.0, "positive": 1 - sentiment}


@pytest.mark.parametrize(
    ("feeling", "emotions", "passed"),
    [
        ("anger", {"anger": 0.8}, False),
        ("anger", {"anger": 0.8, "sadness": 0.75}, True),
        ("anger", {"anger": 0.4}, True),
        ("sadness", {"joy": 0.9}, False),
        ("sadness", {"sadness": 0.9}, True),
        ("fear", {"disgust": 0.7}, False),
        ("joy", {"joy": 0.9}, True),
        ("joy", {"sadness": 0.7}, False),
        (None, {"anger": 0.7}, False),
        (None, {"joy": 0.9}, True),
        ("surprise", {"surprise": 0.9}, True),
    ],
)
def test_emotion(subject, reader, feeling, emotions, passed):
    sounds(reader, **emotions)
    found = emotion.check(subject("Whatever.", feeling=feeling))
    assert found.passed is passed, found.detail
    assert 0 <= found.score <= 1


def test_a_gloomy_answer_to_joy(subject, reader):
    sounds(reader, sentiment=0.9)
    assert emotion.check(subject("Whatever.", feeling="joy")).passed is False
    assert emotion.check(subject("Whatever.", feeling="sadness")).passed is True


def test_without_heads_it_abstains(subject, reader):
    reader.scores = {"politeness": 0.9}
    found = emotion.check(subject("Whatever.", feeling="joy"))
    assert (found.passed, found.score) == (None, None)
