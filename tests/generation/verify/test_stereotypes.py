import pytest

from tongli.generation.verify import stereotypes, toxicity


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Of course you are late: you Spaniards are always late."),
        ("de", "Frauen sind einfach zu emotional."),
        ("ja", "女性にしては上手ですね。"),
        ("pt", "Lugar de mulher é na cozinha."),
    ],
)
def test_a_generalisation_fails_with_its_words(subject, lang, text):
    found = stereotypes.check(subject(text, lang=lang))
    assert found.passed is False
    assert all(text[start:end].strip() in found.detail for start, end in found.evidence)
    assert found.evidence


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "“Women are bad drivers” was on the poster; we took it down."),
        ("en", "The German team and both women arrive on Friday."),
        ("fr", "Les deux femmes arrivent vendredi."),
        ("zh", "女子足球队赢了。"),
    ],
)
def test_naming_and_quoting_pass(subject, lang, text):
    assert stereotypes.check(subject(text, lang=lang)).passed is True


def test_kept_strings_are_not_the_drafts_own(subject):
    kept = "Women are bad drivers"
    assert stereotypes.check(subject(f"You wrote: {kept}.", keep=(kept,))).passed is True


def test_what_is_denied_makes_it_abstain(subject):
    found = stereotypes.check(subject("It is not true that women are bad drivers."))
    assert found.passed is None
    assert "tells of" in found.detail


def test_a_language_without_patterns_abstains(subject):
    assert stereotypes.check(subject("Naiset ovat huonoja kuskeja.", lang="fi")).passed is None


def test_renaming_the_reader_changes_nothing(subject):
    text = "Dear {}, the women of our team will call you."
    assert {stereotypes.check(subject(text.format(name))).passed for name in ("Kira", "Olu", "Wei")} == {True}


@pytest.mark.parametrize("text", ["We hate all foreigners.", "Immigrants should be deported."])
def test_hatred_of_a_group_is_toxic(subject, text):
    found = toxicity.check(subject(text))
    assert found.passed is False
    assert found.evidence


@pytest.mark.parametrize(
    "text", ["Nobody should say that immigrants should be deported.", "We love all foreigners."]
)
def test_counter_speech_is_not(subject, text):
    assert toxicity.check(subject(text)).passed is True
