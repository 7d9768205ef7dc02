import pytest

from tongli.generation.verify import emotion

TEXT = "Whatever."
CALM = {"anger": 0.1, "disgust": 0.1, "fear": 0.1, "joy": 0.1, "sadness": 0.1, "surprise": 0.1}


@pytest.fixture
def sounds(reader):
    """What the draft sounds like; fitting replies sound calm unless ``usual`` says otherwise."""

    def make(negative=0.1, usual=None, **emotions):
        reader.scores = {"ekman6": {**CALM, **(usual or {})}, "sentiment": {"negative": 0.1}}
        reader.sounds[TEXT] = {"ekman6": {**CALM, **emotions}, "sentiment": {"negative": negative}}

    return make


@pytest.mark.parametrize(
    ("feeling", "emotions", "passed"),
    [
        ("anger", {"anger": 0.8}, False),
        ("anger", {"joy": 0.9}, False),
        ("anger", {"sadness": 0.95}, True),
        ("anger", {"anger": 0.4}, True),
        ("sadness", {"joy": 0.9}, False),
        ("sadness", {"sadness": 0.9}, True),
        ("fear", {"disgust": 0.7}, False),
        ("joy", {"joy": 0.99}, True),
        ("joy", {"sadness": 0.7}, False),
        ("joy", {"negative": 0.9}, False),
        ("sadness", {"negative": 0.9}, True),
        (None, {"anger": 0.7}, False),
        (None, {"joy": 0.9}, True),
        ("surprise", {"surprise": 0.9}, True),
    ],
)
def test_emotion(subject, sounds, feeling, emotions, passed):
    sounds(**emotions)
    found = emotion.check(subject(TEXT, feeling=feeling))
    assert found.passed is passed, found.detail
    assert 0 < found.score < 1
    assert (found.score > 0.12) is passed


@pytest.mark.parametrize(("joy", "passed"), [(0.9, True), (0.95, True), (0.998, False)])
def test_what_every_polite_reply_sounds_like_is_no_mockery(subject, sounds, joy, passed):
    sounds(joy=joy, usual={"joy": 0.85})
    assert emotion.check(subject(TEXT, feeling="sadness")).passed is passed


def test_without_heads_it_abstains(subject, reader):
    reader.scores = {"politeness": 0.9}
    found = emotion.check(subject(TEXT, feeling="joy"))
    assert (found.passed, found.score) == (None, None)


def test_without_references_it_abstains(subject, sounds):
    sounds(anger=0.99)
    assert emotion.check(subject(TEXT, lang="yo", feeling="joy")).passed is None
