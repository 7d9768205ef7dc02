import pytest

from tongli.generation.verify import length


@pytest.mark.parametrize(
    ("text", "limit", "passed"),
    [
        ("Ja.", 3, True),
        ("Ja.", 2, False),
        ("", 9, False),
        (" \n", 9, False),
        ("…!", 9, False),
        ("好", 1, True),
    ],
)
def test_length(subject, text, limit, passed):
    assert length.check(subject(text, max_chars=limit)).passed is passed
