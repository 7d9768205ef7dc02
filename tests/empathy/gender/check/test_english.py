"""English: pronouns against declarations, with fixes that agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import FormerName, Person
from tongli.core.edit import apply_edits
from tongli.empathy.gender.check import check
from tongli.empathy.gender.check.lists import word_list
from tongli.knowledge.pronouns import parse_pronouns


def person(name: str, pronouns: str | None = None, **fields) -> Person:
    sets = {} if pronouns is None else {"en": parse_pronouns(pronouns)}
    return Person(name=name, pronouns=sets, **fields)


def told(text: str, *people: Person, **options):
    found = check(text, lang="en", people=people, **options)
    return [(item.claim.label, text[slice(*item.span)]) for item in found if not item.claim.abstained]


def fixed(text: str, *people: Person) -> str:
    found = check(text, lang="en", people=people)
    return apply_edits(text, [item.edit for item in found if item.edit is not None])


def test_declared_forms_are_fine():
    assert told("Ona said she had lost her keys.", person("Ona", "she/her")) == []


def test_every_declared_set_is_fine():
    assert told("Ona said she was late and xe ran.", person("Ona", "she/her, xe/xem")) == []


@pytest.mark.parametrize(
    ("pronouns", "expected"),
    [
        ("they/them", "Ona is here. They are tired and lost their keys."),
        ("xe/xem/xyr/xyrs/xemself", "Ona is here. Xe is tired and lost xyr keys."),
        ("none", "Ona is here. Ona is tired and lost Ona's keys."),
    ],
)
def test_fixes_agree(pronouns, expected):
    assert fixed("Ona is here. He is tired and lost his keys.", person("Ona", pronouns)) == expected


def test_a_verb_that_cannot_be_told_leaves_the_fix_to_the_writer():
    (found,) = check("Ona is here. He likes tea.", lang="en", people=[person("Ona", "they/them")])
    assert (found.claim.label, found.edit) == ("misgendering", None)


def test_words_that_look_like_a_speaker_are_no_name():
    text = "It is said that he or she may come.\nHe or she said: all is well.\n"
    assert told(text, everyone=True) == [("inclusive", "he or she"), ("inclusive", "He or she")]
    assert told("Ona wrote: the key is lost. He left.", person("Ona", "they/them")) == [
        ("misgendering", "He")
    ]


def test_only_the_person_is_judged():
    ona, ulf = person("Ona", "they/them"), person("Ulf", "he/him")
    assert told("Ulf forgot his coat.", ona, ulf) == []


def test_undeclared_people_are_assumed_of_only_when_listed_or_asked_for():
    text = "Ona said she was late."
    assert told(text) == []
    assert told(text, person("Ona")) == [("assumption", "she")]
    assert told(text, everyone=True) == [("assumption", "she")]


def test_a_pronoun_of_another_set_points_to_somebody_else():
    found = told("Ona met Ulf. She gave him a book.", person("Ona"), person("Ulf", "he/him"))
    assert ("misgendering", "him") not in found


@pytest.mark.parametrize("opening", ["One", "Chapter", "Then", "Outside", "Suddenly"])
def test_a_word_that_opens_chapters_or_sentences_is_nobody(opening):
    text = f"{opening}\n\nOna closed the door behind her. She had lost her keys.\n\n{opening}\n\nOna slept."
    assert told(text, person("Ona", "xe/xem/xyr/xyrs/xemself")) == [
        ("misgendering", "her"),
        ("misgendering", "She"),
        ("misgendering", "her"),
    ]


def test_quotations_and_marks_are_the_authors_choice():
    people = [person("Ona", "they/them")]
    text = "Ona left. “He is rude”, said the guard. He was tired."
    found = check(text, lang="en", people=people, marked=[(text.rindex("He"), len(text))])
    assert found
    assert {(item.claim.abstained, item.claim.reason) for item in found} == {(True, "author's choice")}
    assert all(item.edit is None for item in found)


def test_titles_against_declarations():
    assert told("Mr Ona Berg came.", person("Ona Berg", "she/her")) == [("title", "Mr")]
    assert told("Ms Ona Berg came.", person("Ona Berg", "she/her")) == []
    assert told("Ms Ona Berg came.", person("Ona Berg")) == [("assumption", "Ms")]


def test_nouns_said_of_a_person():
    ona = person("Ona", "she/her")
    assert told("Ona is a gentleman.", ona) == [("misgendering", "gentleman")]
    assert told("Ona told a gentleman.", ona) == []


def test_a_former_name_is_found_and_never_repeated():
    old = person("Ona", "she/her", former_names=(FormerName(name="Bernd"),))
    (found,) = check("Bernd was here.", lang="en", people=[old])
    assert found.claim.label == "former-name"
    assert found.span == (0, 5)
    assert found.edit is not None
    assert found.edit.after == "Ona"
    assert "Bernd" not in str(found.to_dict())
    assert "Bernd" not in f"{found.claim.reason}{found.claim.source}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Every student brings his book.", [("inclusive", "his")]),
        ("If a user is lost, he can ask.", [("inclusive", "he")]),
        ("Ulf brings his book.", []),
        ("Tell us your preferred pronouns.", [("inclusive", "preferred pronouns")]),
        ("Ask a policeman.", [("inclusive", "policeman")]),
        ("The human resources are fine.", []),
        ("A woman sold manuals to Norman.", []),
    ],
)
def test_wording(text, expected):
    assert told(text, person("Ulf", "he/him")) == expected


def test_he_or_she_assumes_nothing_of_anybody():
    labels = {label for label, _ in told("The guest says what he or she likes.", everyone=True)}
    assert labels == {"inclusive"}


def test_style_guides_leave_categories_out():
    text = "The chairman said: man up, guys."
    assert len(told(text)) == 3
    assert told(text, style="fiction") == []
    assert ("inclusive", "man up") not in told(text, style="microsoft")


NAMES = st.text("abdeilmnorstu", min_size=3, max_size=9).map(str.capitalize)
KIN = {
    word
    for gender in ("feminine", "masculine")
    for words in word_list("en")[gender].values()
    for word in words
}
"""Words that say a gender themselves, which no made-up name should be."""
TEXT = "{a} phoned {b} because he had kept {a} waiting. Ms {b} said her car broke, and he sighed."


@given(names=st.lists(NAMES, min_size=2, max_size=2, unique=True))
def test_renaming_everybody_changes_no_verdict(names):
    def verdicts(a: str, b: str):
        text = TEXT.format(a=a, b=b)
        people = [person(a, "they/them"), person(b)]
        return [
            (item.claim.label, item.claim.score, text[slice(*item.span)])
            for item in check(text, lang="en", people=people, everyone=True)
        ]

    words = {word.strip(".,").lower() for word in TEXT.split()} | KIN
    if not words & {name.lower() for name in names}:
        assert verdicts(*names) == verdicts("Wubble", "Zorgan")


@given(text=st.text(max_size=80))
def test_any_text_is_checked(text):
    for found in check(text, lang="en", people=[person("Ona", "xe/xem")], everyone=True):
        start, end = found.span
        assert 0 <= start < end <= len(text)
        assert 0 <= found.claim.score <= 1


def test_a_form_that_somebody_else_declared_is_hardly_about_another():
    text = '"Kit is coming," said Ada. "They said so." She smiled.'
    assert not told(text, person("Ada", "she/her"), person("Kit", "they/them"))
    assert not told(
        "Robin asked whether Lee had sent it. She had not.",
        person("Robin", "he/him"),
        person("Lee", "she/her"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Mara examined the boy. His pulse was weak.",
        "The board chose Mara. Her predecessor had kept the accounts himself.",
        "Mara is late. The treasurer said he would wait.",
        "Mara's brother called. He was worried.",
        "Mara will be replaced by a man from outside. He will start in March.",
    ],
)
def test_a_noun_in_between_may_be_meant(text):
    assert not told(text, person("Mara", "she/her"))


def test_a_noun_that_says_what_the_person_is_hides_nothing():
    found = told("Mara, the chairman, was late. He had missed his train.", person("Mara", "she/her"))
    assert [label for label, *_ in found if label == "misgendering"]


@pytest.mark.parametrize(
    "text",
    [
        "Ona called the plumber at noon. She came at three and said that she would need another part.",
        "Ona had not spoken to the landlord since May. When he rang the bell, Ona hid.",
        "Ona rented the flat from a widower. He had painted it himself.",
        "Ona wrote a novel about a lighthouse keeper. He loses his wife, then his lamp.",
        "Ona adopted a dog. He dug up the roses.",
        "Ona is my mother's boss. She is never in, and mother knows it.",
        "Ona has two fathers. One of them is a baker; he gets up at three.",
        "Ona met Karla at the station. She had brought his keys.",
        "Ona's husband works nights. He sleeps until noon.",
        "A man stopped Ona in the street. He asked the way. Ona pointed, and he tipped his hat.",
        "Somebody had told Ona the truth. He was sorry now.",
    ],
)
def test_nobody_is_blamed_where_somebody_else_may_be_meant(text):
    assert told(text, person("Ona", "xe/xem/xyr/xyrs/xemself")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Tom was ill. Ona took his hand and sat with him until dark.",
        "Ona saw Tom. Ona told him so. He laughed and turned up his radio.",
        "Tom forgot the tickets. Ona called his office, but he had left.",
    ],
)
def test_a_form_that_somebody_near_by_declared_is_theirs(text):
    assert told(text, person("Ona", "they/them"), person("Tom", "he/him")) == []


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Tom came with the porter. Ona hurt himself.", ["himself"]),
        ("Tom came with a nurse. Ona shook his head.", ["his"]),
        ("Tom knew the judge. Ona kept his own house.", ["his"]),
        ("Unlike Tom, Ona had kept his maiden name.", ["his"]),
        ("Ona was elected mayor on Tuesday. He defeated Tom easily.", ["He"]),
    ],
)
def test_a_form_that_is_bound_to_its_subject_is_found(text, forms):
    found = told(text, person("Ona", "they/them"), person("Tom", "he/him"))
    assert found == [("misgendering", form) for form in forms]


def test_a_neopronoun_that_was_not_declared_is_found():
    assert told("Ona said xe was late.", person("Ona", "she/her")) == [("misgendering", "xe")]
    assert told("Ulf sat. Ona said xe was late.", person("Ona", "she/her"), person("Ulf", "xe/xem")) == []
