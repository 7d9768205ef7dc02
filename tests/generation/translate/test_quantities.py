import pytest

from tongli.generation.translate.quantities import quantities


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("300,000 people", "30 万人"),
        ("300,000 people", "300 тысяч человек"),
        ("£125m", "1.25 亿英镑"),
        ("£125m", "1億2,500万ポンド"),
        ("2 million", "2 millones"),
        ("1.5 billion", "1,5 milliard"),
        ("٣٠٠ ألف", "300,000"),
    ],
)
def test_scale_words_multiply(one, other):
    assert max(quantities(one)) == max(quantities(other))


@pytest.mark.parametrize("text", ["30 men", "5 mile", "12 bny", ""])
def test_letters_of_a_word_are_no_scale(text):
    assert all(value < 100 for value in quantities(text))
