"""One text through every rule: what the gravest finding cannot mend, another one may."""

from tongli.core import Person
from tongli.empathy.gender.check import check


def test_a_finding_has_the_fix_that_the_rules_of_the_language_know():
    robin = Person(name="Robin", agreement={"es": "masculine"})
    text = "Robin está cansada. Ella es la jefa."
    found = {text[slice(*item.span)]: item for item in check(text, lang="es", people=[robin])}
    assert found["cansada"].claim.label == "misgendering"
    assert {word: item.edit.after for word, item in found.items() if item.edit} == {
        "cansada": "cansado",
        "Ella": "Él",
        "la": "el",
        "jefa": "jefe",
    }


def test_an_assumption_gets_no_form_of_a_gender():
    text = "Robin está cansado."
    (found,) = check(text, lang="es", people=[Person(name="Robin")])
    assert found.claim.label == "assumption"
    assert found.edit is None
