import pytest

from tongli.generation.verify import register


@pytest.mark.parametrize(
    ("planned", "labels", "passed"),
    [
        ("formal", ("polite", "formal"), True),
        ("formal", ("polite", "informal"), False),
        ("formal", ("impolite",), False),
        ("neutral", ("informal",), True),
        ("neutral", ("impolite", "formal"), False),
        ("informal", ("formal",), True),
        ("informal", ("impolite",), False),
        ("informal", (), None),
    ],
)
def test_register(subject, reader, claim, planned, labels, passed):
    dimension = {"polite": "politeness", "impolite": "politeness"}
    reader.claims = tuple(claim(dimension.get(label, "formality"), label) for label in labels)
    found = register.check(subject("Thank you.", culture={"register": planned}))
    assert found.passed is passed


def test_a_head_that_abstains_decides_nothing(subject, reader, claim):
    reader.claims = (claim("politeness", None, abstained=True),)
    assert register.check(subject("Thank you.")).passed is None
