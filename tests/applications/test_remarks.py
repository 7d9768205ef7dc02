from __future__ import annotations

from tongli.applications.people import person_from
from tongli.applications.remarks import remarks
from tongli.core.edit import apply_edits

TEXT = "Break a leg! Every chairman is invited."


def test_culture_and_gender_in_the_order_of_the_text():
    found = remarks(TEXT, audiences=["de-DE"], lang="en")
    assert [item.words for item in found] == ["Break a leg", "chairman"]
    idiom, title = found
    assert (idiom.kind, idiom.audience, title.audience) == ("idiom", "de-DE", None)
    assert idiom.sources
    assert title.edit is not None
    assert apply_edits(TEXT, [title.edit]) == "Break a leg! Every chair is invited."


def test_without_audiences_gender_alone():
    assert [item.kind for item in remarks(TEXT, lang="en")] == ["inclusive"]


def test_words_of_another_language_are_no_edit():
    found = remarks("Break a leg!", audiences=["de-DE"], lang="en")
    assert [item.edit for item in found] == [None]


def test_declared_forms_win():
    sasha = person_from({"name": "Sasha Kim", "pronouns": "they/them"})
    found = remarks("Sasha Kim said he is late.", people=[sasha], lang="en")
    assert {item.kind for item in found} == {"misgendering"}


def test_a_former_name_is_never_repeated():
    person = person_from({"name": "Robin Lee", "former_names": [{"name": "Quentin"}]})
    found = remarks("Quentin will speak.", people=[person], lang="en")
    assert [(item.kind, item.words) for item in found] == [("former-name", "")]
    assert "Quentin" not in found[0].reason


def test_a_language_without_a_word_list_is_no_error():
    assert remarks("Habari za asubuhi, rafiki yangu.", lang="yo") == ()
