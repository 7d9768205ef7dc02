import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.generation.fact_values import CURRENCIES, fact_value, months, number_value
from tongli.knowledge.locales import format_number, languages


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("007", "7"),
        ("0", "0"),
        ("1.50", "1.5"),
        ("1,234", "1234"),
        ("1.234", "1234"),
        ("0.125", "0.125"),
        ("1234.567", "1234.567"),
        ("1.234.567,8", "1234567.8"),
        ("12,34,567", "1234567"),
        ("1’234.50", "1234.5"),
        ("1\u202f234,5", "1234.5"),
        ("1.2.3", "1.2.3"),
        ("9" * 60, "9" * 60),
    ],
)
def test_numbers(text, value):
    assert number_value(text) == value


LATIN_DIGITS = [tag for tag in languages() if format_number(1, tag) == "1"]


@given(st.integers(1000, 10**9), st.sampled_from(LATIN_DIGITS))
def test_grouped_numbers_of_every_locale_have_one_value(number, tag):
    assert number_value(format_number(number, tag)) == str(number)


@given(st.integers(0, 10**9), st.integers(1, 99), st.sampled_from(LATIN_DIGITS))
def test_decimals_of_every_locale_have_one_value(whole, cents, tag):
    expected = f"{whole}.{cents:02}".rstrip("0")
    assert number_value(format_number(whole + cents / 100, tag)) == expected


def test_months_of_all_languages():
    assert months()["March"] == months()["März"] == months()["марта"] == months()["मार्च"] == 3
    assert months()["Марта"] == 3
    assert "march" not in months()


def test_currencies_that_share_a_sign_keep_it():
    assert CURRENCIES["$"] == "$"
    assert CURRENCIES["€"] == "EUR"
    assert fact_value("amount", "50 kr") == "50 kr"
