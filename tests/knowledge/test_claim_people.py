import pytest

from tongli.knowledge.claim_people import about_people, country_dimension


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Germans are direct.", "Germans"),
        ("Apologies are avoided because Brazilians dislike conflict.", "Brazilians"),
        ("Japanese people avoid saying no.", "Japanese people avoid"),
        ("The French usually greet with a kiss.", "The French usually"),
        ("the British are polite", "the British are"),
        ("Korean customers generally expect speed.", "Korean customers generally expect"),
        ("Chinese culture values harmony.", "Chinese culture values"),
        ("People in Mexico are warm.", "People in Mexico are"),
        ("Everyone from the United Kingdom loves it; men in Spain love it.", "men in Spain love"),
    ],
)
def test_what_speaks_of_people(text, words):
    assert about_people(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "In German work mail, requests are often put as plain statements.",
        "The French word means a bakery.",
        "In Japanese, the honorific follows the name.",
        "The idiom comes from a Danish tale and has a Korean equivalent.",
        "In Mexico, an altar is built for the dead.",
        "A Spanish customer letter ends with a formula.",
        "People write the family name first.",
    ],
)
def test_what_speaks_of_language_and_practice(text):
    assert about_people(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "a Power-Distance index of 80",
        "Hofstede (1980)",
        "high-context cultures",
        "scores high on individualism",
    ],
)
def test_scores_of_countries(text):
    assert country_dimension(text)


@pytest.mark.parametrize("text", ["in high contexts", "a globe on the desk", "an individual choice"])
def test_what_is_no_score(text):
    assert country_dimension(text) is None
