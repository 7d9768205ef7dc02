import pytest

from tongli.generation.realiser.wording import Wording, capitalise, fill, slots_in, space_french


@pytest.mark.parametrize(("address", "text"), [("formal", "Ihre Bitte"), ("informal", "deine Bitte")])
def test_address_chooses_a_form(address, text):
    assert Wording("[Ihre|deine] Bitte").render(address=address) == text


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
