import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.encoders.prose import words_to_read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hi @ana.b, see https://example.org/x?y=1 or me@example.org!", "Hi see or"),
        ("<p class='x'>Too&nbsp;late</p>", "Too late"),
        ("a < b and c > d", "a b and c d"),
        ("So tired 😭 #monday", "So tired"),
        ("#so #tired", "so tired"),
        ("l'été 2024, rock-'n'-roll", "l'été rock-'n'-roll"),
        ("नमस्ते!!", "नमस्ते"),
        ("42 🎉", ""),
    ],
)
def test_words_to_read(text, expected):
    assert words_to_read(text) == expected


@given(st.text())
def test_what_is_read_holds_a_letter_or_nothing(text):
    words = words_to_read(text)
    assert words == "" or any(char.isalpha() for char in words)
    assert words == words.strip()
