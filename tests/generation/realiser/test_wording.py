import pytest

from tongli.generation.realiser.wording import Wording, capitalise, fill, slots_in, space_french


@pytest.mark.parametrize(("address", "text"), [("formal", "Ihre Bitte"), ("informal", "deine Bitte")])
def test_address_chooses_a_form(address, text):
    assert Wording("[Ihre|deine] Bitte").render(address=address) == text


def test_agreement_is_never_given_by_default():
    wording = Wording("no [está|estás] <sola|solo|sole>")
    assert wording.agrees
    assert wording.render(address="formal") is None
    assert wording.render(address="informal", agreement="neutral") == "no estás sole"


def test_a_missing_neutral_form_offers_nothing():
    wording = Wording("non sei <sola|solo>")
    assert wording.render(address="informal", agreement="feminine") == "non sei sola"
    assert wording.render(address="informal", agreement="neutral") is None


def test_agreement_inside_an_address():
    wording = Wording("[لستم|<لستِ|لستَ>]")
    assert wording.render(address="formal", agreement="feminine") == "لستم"
    assert wording.render(address="informal", agreement="masculine") == "لستَ"


def test_values_are_not_read_as_slots():
    assert slots_in("{name}, {keep}") == ["name", "keep"]
    assert fill("{name}: {keep}", {"name": "{keep}", "keep": "{name}"}) == "{keep}: {name}"


@pytest.mark.parametrize(
    ("text", "result"), [("ça va", "Ça va"), ("ñandú", "Ñandú"), ("¿qué?", "¿qué?"), ("", "")]
)
def test_capitalise(text, result):
    assert capitalise(text) == result


def test_french_spaces_do_not_break():
    assert space_french("Ah ! Quoi ? Oui ; « non » : si.") == (
        "Ah\u202f! Quoi\u202f? Oui\u202f; «\u202fnon\u202f»\u00a0: si."
    )
