from __future__ import annotations

from collections import Counter

import pytest

from tongli.learning.augment.counterfactual import Counterfactual
from tongli.learning.augment.names import name_swaps
from tongli.learning.data.record import Record


def test_a_name_becomes_every_other_name_of_its_script():
    found = dict(name_swaps("Maria smiled, and Maria's cat purred."))
    assert found["Kwame"] == "Kwame smiled, and Kwame's cat purred."
    assert len(found) == 18
    assert dict(name_swaps("阿米娜很开心"))["夸梅"] == "夸梅很开心"
    assert dict(name_swaps("Иван плачет"))["Амина"] == "Амина плачет"


@pytest.mark.parametrize(
    "text",
    [
        "I met Maria Petrova",  # may be a known person
        "Write to @Maria or maria@example.org",
        "Ali'nin kedisi kaçtı",  # the case ending follows the name's vowels
        "Marianne left",
        "Nobody here",
    ],
)
def test_what_is_no_plain_name_stays(text):
    assert list(name_swaps(text)) == []


def test_a_text_that_has_the_other_name_already_does_not_get_it_twice():
    assert "Kwame" not in dict(name_swaps("Maria and Kwame fought"))


def test_options_are_used_evenly():
    records = [Record(id=str(n), text=f"Maria cried {'so ' * n}hard", lang="en") for n in range(36)]
    proposed = Counterfactual().propose(records, count=1, seed=3)
    names = Counter(options[0].text.split()[0] for options in proposed)
    assert len(names) == 18
    assert set(names.values()) == {2}


def test_pronouns_in_english_with_the_expression_of_the_new_text():
    english = Record(id="1", text="She was happy.", lang="en-GB", gender_expression="feminine")
    other = Record(id="2", text="She was happy.", lang="de")
    (first, second) = Counterfactual().propose([english, other], count=5, seed=0)
    assert {(item.text, item.gender_expression) for item in first} == {
        ("He was happy.", "masculine"),
        ("They were happy.", "neutral"),
    }
    assert second == []


def test_forms_that_agree_in_other_languages():
    record = Record(id="1", text="Estoy cansada y muy contenta.", lang="es-MX", gender_expression="feminine")
    silent = Record(id="2", text="O yorgun.", lang="tr")
    unknown = Record(id="3", text="Estoy cansada.", lang="xx")
    (found, none, other) = Counterfactual().propose([record, silent, unknown], count=5, seed=0)
    assert {(item.text, item.gender_expression) for item in found} == {
        ("Estoy cansado y muy contento.", "masculine"),
        ("Estoy cansade y muy contente.", "neutral"),
    }
    assert none == other == []
