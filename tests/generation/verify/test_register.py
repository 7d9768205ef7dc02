import pytest

from tongli.generation.verify import register

TEXT = "Thank you."


@pytest.fixture
def sounds(reader, claim):
    """How formal the draft and fitting replies sound."""

    def make(own, usual=0.9):
        reader.scores = {"formality": usual}
        reader.sounds[TEXT] = {"formality": own}
        reader.claims = (claim("formality", "formal" if own > 0.5 else "informal"),)

    return make


@pytest.mark.parametrize(
    ("planned", "own", "usual", "passed"),
    [
        ("formal", 0.9, 0.9, True),
        ("formal", 0.02, 0.9, False),
        ("formal", 0.2, 0.9, True),
        ("formal", 0.02, 0.1, True),
        ("neutral", 0.02, 0.9, True),
        ("informal", 0.98, 0.2, True),
    ],
)
def test_register(subject, sounds, planned, own, usual, passed):
    sounds(own, usual)
    assert register.check(subject(TEXT, culture={"register": planned})).passed is passed


def test_a_head_that_abstains_decides_nothing(subject, reader, claim):
    reader.scores = {"formality": 0.01}
    reader.claims = (claim("formality", None, abstained=True),)
    assert register.check(subject(TEXT, culture={"register": "formal"})).passed is None
