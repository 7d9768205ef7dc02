import pytest

from tongli.core import GenderContext, Person
from tongli.empathy.gender import GenderPerspective
from tongli.knowledge.pronouns import parse_pronouns

THEY = parse_pronouns("they/them")


def see(reading):
    return GenderPerspective().see(reading).empathy.gender


def test_undeclared_is_unknown(make_reading):
    person = Person(name="Maria", given="Maria", title="Frau", locale="de-DE")
    gender = see(make_reading("Ich bin müde und sie auch.", lang="de", author=person))
    assert gender == GenderContext()
    assert not gender.declared


def test_declarations_for_the_answers_language(make_reading):
    person = Person(pronouns={"en": THEY}, agreement={"es": "neutral"})
    assert see(make_reading(lang="en-GB", author=person)) == GenderContext(pronouns=THEY)
    assert see(make_reading(lang="en", reply_lang="es-MX", author=person)) == GenderContext(
        agreement="neutral"
    )
    assert see(make_reading(lang="de", author=person)) == GenderContext()


def test_declaring_no_pronouns_is_a_declaration(make_reading):
    gender = see(make_reading(author=Person(pronouns={"en": ()})))
    assert gender.pronouns == ()
    assert gender.declared


def test_a_wish_for_another_region_of_the_language_counts(make_reading):
    person = Person(agreement={"pt-BR": "feminine"})
    assert see(make_reading(lang="pt", author=person)).agreement == "feminine"


def test_english_declarations_serve_an_answer_planned_in_english(make_reading):
    assert see(make_reading(lang="yo", author=Person(pronouns={"en": THEY}))).pronouns == THEY


@pytest.mark.parametrize("key", ["", "not a tag", "日本語"])
def test_keys_that_are_no_tags_are_passed_over(make_reading, key):
    assert (
        see(make_reading(author=Person(agreement={key: "feminine", "en": "neutral"}))).agreement == "neutral"
    )


def test_only_the_author_counts(make_reading):
    reading = make_reading("She told me.")
    assert see(reading) == GenderContext()
