"""What the model reads has neither names nor genders."""

from __future__ import annotations

import pytest

from tongli.empathy.gender.reference.canonical import canonical
from tongli.empathy.gender.reference.mentions import find_mentions, names_of


def _read(text: str, word: str, names: list[str]) -> str:
    start = text.index(word)
    mention = (start, start + len(word))
    found = canonical(text, mention=mention, mentions=find_mentions(text, names))
    assert found.text[found.pronoun :][:2].lower() in {"sh", "he"}
    return found.text


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Ulf said he saw Ona and her dog; his dog barked at her.", "he"),
        ("Ulf said she saw Ona and his dog; her dog barked at him.", "she"),
        ("Ulf said ze saw Ona and her dog; zir dog barked at him.", "ze"),
    ],
)
def test_sets_become_one(text, word):
    expected = "Alex said she saw Kim and his dog; her dog barked at him."
    assert _read(text, word, ["Ulf", "Ona"]) == expected


def test_placeholders_follow_the_text_and_not_the_list():
    assert _read("Bo saw Al. He left.", "He", ["Al", "Bo"]) == "Alex saw Kim. She left."


def test_short_forms_of_names():
    assert names_of("Ona Maria Berg") == ("Ona Maria Berg", "Ona", "Berg", "Maria Berg")
    assert names_of("the baker") == ("the baker",)


def test_a_shared_part_of_a_name_means_nobody():
    found = find_mentions("Ona Berg met Ulf Berg. Berg left.", ["Ona Berg", "Ulf Berg"])
    assert [item.candidate for item in found] == [0, 1]
