import pytest

from tongli.empathy.gender.translated import gendered


def run(source, text, *, source_lang="en", target_lang="es", author=None):
    return gendered(source, text, source_lang=source_lang, target_lang=target_lang, author=author)


def test_a_form_that_the_source_leaves_open_has_versions():
    found = run("My friend is tired.", "Mi amigo está cansado.")
    assert (found.said, found.form, found.changed) == (None, "masculine", False)
    assert found.versions["feminine"] == "Mi amiga está cansada."
    assert found.versions["masculine"] == found.text


def test_a_form_that_the_source_tells_is_given():
    found = run("She is a doctor.", "Es un doctor.")
    assert (found.text, found.changed, found.versions) == ("Es una doctora.", True, {})
    assert not run("She is a doctor.", "Es una doctora.").changed


def test_two_languages_that_both_tell_it():
    found = run("Mon amie est fatiguée.", "Mi amigo está cansado.", source_lang="fr")
    assert found.text == "Mi amiga está cansada."


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("es", "Estoy cansado. Mi amigo está cansado.", "Estoy cansada. Mi amigo está cansado."),
        ("fr", "Je suis fatigué. Mon ami est content.", "Je suis fatiguée. Mon ami est content."),
        ("it", "Sono stanco. Il mio amico è stanco.", "Sono stanca. Il mio amico è stanco."),
        ("ru", "Я устал. Он устал.", "Я устала. Он устал."),
    ],
)
def test_a_declaration_is_for_the_first_person_only(lang, text, expected):
    assert run("I am tired. My friend is tired.", text, target_lang=lang, author="feminine").text == expected


def test_nothing_varies_or_nothing_is_known():
    assert run("The boat is red.", "El barco es rojo.").versions == {}
    assert run("I am tired.", "Nimechoka.", target_lang="sw").text == "Nimechoka."


def test_renaming_people_changes_nothing():
    one, other = run("Ana is tired.", "Ana está cansado."), run("Tom is tired.", "Tom está cansado.")
    assert set(one.versions) == set(other.versions)


@pytest.mark.parametrize(
    ("lang", "text", "wrong"),
    [
        ("es", "Ona Lind ha llamado; está preocupado.", "preocupado"),
        ("fr", "Ona Lind a appelé, il est inquiet.", "il est inquiet"),
        ("it", "Ona Lind ha chiamato; è preoccupato.", "preoccupato"),
        ("pt", "Ona Lind ligou; está preocupado.", "preocupado"),
    ],
)
def test_a_form_against_the_source_is_mended_or_told(lang, text, wrong):
    found = run("Ona Lind called; she is worried.", text, target_lang=lang)
    told = [found.text[slice(*span)] for span in found.against]
    assert (found.changed and wrong not in found.text) or told == [wrong]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("She lives here with her two children.", "Vive aquí con sus dos hijos."),
        ("Her doctor is worried.", "Su médico está preocupado."),
        ("She said that it was broken.", "Dijo que estaba roto."),
        ("She taught young umpires.", "Daba clases a los árbitros jóvenes."),
        ("He bought a new house. She stayed.", "Compró una casa nueva. Ella se quedó."),
    ],
)
def test_forms_of_others_are_neither_mended_nor_told(source, text):
    found = run(source, text)
    assert (found.text, found.changed, found.against) == (text, False, ())
