"""German: agreement, marks, and who is meant."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import FormerName, InputError, Person, PronounSet
from tongli.core.edit import apply_edits, inverse
from tongli.empathy.gender.german import German

CASES = tomllib.loads(Path(__file__).with_name("german_cases.toml").read_text(encoding="utf-8"))
GERMAN = German()


def declared(subject: str, *forms: str) -> PronounSet:
    return PronounSet(
        subject=subject, object="", determiner="", possessive="", reflexive="", declared=(subject, *forms)
    )


def kim(subject: str = "sie", *forms: str, **more) -> Person:
    return Person(name="Kim", pronouns={"de": (declared(subject, *forms),)}, **more)


def rewritten(text: str, *people: Person) -> str:
    return GERMAN.rewrite(text, people=people).text


@pytest.mark.parametrize(("masculine", "feminine"), CASES["pairs"])
def test_a_whole_sentence_changes_its_gender(masculine, feminine):
    assert GERMAN.alternatives(masculine).texts["feminine"] == feminine


@pytest.mark.parametrize(("text", "star"), CASES["star"])
def test_masculine_forms_open_with_a_star(text, star):
    assert GERMAN.neutral(text, style="star").text == star


@pytest.mark.parametrize(("star", "colon", "gap", "inner"), CASES["marks"])
def test_marks_change_into_one_another(star, colon, gap, inner):
    by_style = {"star": star, "colon": colon, "gap": gap, "binnen-i": inner}
    for own in (star, colon, gap):
        for style, wanted in by_style.items():
            assert GERMAN.neutral(own, style=style).text == wanted


@pytest.mark.parametrize("text", CASES["plain"])
def test_texts_about_nobody_stay(text):
    assert GERMAN.neutral(text).edits == ()
    assert GERMAN.alternatives(text).texts == {}
    assert GERMAN.rewrite(text, people=[kim()]).edits == ()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Kim ist Lehrer. Er mag seinen Beruf.", "Kim ist Lehrerin. Sie mag ihren Beruf."),
        ("Kim, der neue Chef, lobte seine Kollegin.", "Kim, die neue Chefin, lobte ihre Kollegin."),
        ("Der Lehrer Kim kommt.", "Die Lehrerin Kim kommt."),
        ("Herr Kim kommt.", "Frau Kim kommt."),
        ("Kim sagte: „Er ist mein Freund.“ Dann ging er.", "Kim sagte: „Er ist mein Freund.“ Dann ging sie."),
        ("Kim und sein Bruder kamen.", "Kim und ihr Bruder kamen."),
        ("Kim traf seinen Bruder. Er lachte.", "Kim traf ihren Bruder. Er lachte."),
        ("Kim traf Jonas. Er lachte.", "Kim traf Jonas. Er lachte."),
        ("Kim mag ihn, und er mag Tee.", "Kim mag ihn, und sie mag Tee."),
        ("Der Fahrer schläft. Er träumt.", "Der Fahrer schläft. Er träumt."),
    ],
)
def test_only_forms_of_the_person_change(text, wanted):
    assert rewritten(text, kim()) == wanted


@pytest.mark.parametrize(
    ("person", "wanted"),
    [
        (kim("er"), "Er mag seinen Hund, und man hilft ihm."),
        (kim("xier"), "Xier mag xiesen Hund, und man hilft xiem."),
        (kim("dey"), "Dey mag deren Hund, und man hilft denen."),
        (kim("hen"), "Hen mag hens Hund, und man hilft hem."),
        (kim("per", "pers", "perm", "pern"), "Per mag persen Hund, und man hilft perm."),
        (Person(name="Kim", pronouns={"de": ()}), "Kim mag Kims Hund, und man hilft Kim."),
    ],
)
def test_any_declared_set_is_written(person, wanted):
    assert rewritten("Kim ist da. Sie mag ihren Hund, und man hilft ihr.", person) == f"Kim ist da. {wanted}"


def test_any_of_several_sets_may_stay():
    both = Person(name="Kim", pronouns={"de": (declared("sie"), declared("er"))})
    assert rewritten("Kim ist da. Er mag Tee.", both) == "Kim ist da. Er mag Tee."


def test_agreement_may_differ_from_the_pronoun():
    person = kim("er", agreement={"de": "neutral"})
    assert rewritten("Kim ist Lehrerin. Sie liest.", person) == "Kim ist Lehrer*in. Er liest."


def test_a_declared_absence_of_a_title_takes_it_away():
    assert rewritten("Frau Kim kommt.", kim(titles={"de": ""})) == "Kim kommt."


def test_a_former_name_gives_way():
    person = kim(former_names=(FormerName(name="Tim"),))
    assert rewritten("Tim ist da.", person) == "Kim ist da."
    assert [claim.label for claim in GERMAN.check("Tim ist da.", people=[person])] == ["former-name"]


def test_two_people_leave_a_question():
    found = GERMAN.rewrite("Kim und Robin reden. Er lacht.", people=[kim(), Person(name="Robin")])
    assert found.edits == ()
    assert [each.span for each in found.abstained] == [(21, 23)]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Kim ist da. Er mag Tee.", ["misgendering"]),
        ("Kim ist Lehrer. Sie mag Tee.", ["agreement"]),
        ("Herr Kim ist da.", ["title"]),
        ("Kim ist da. Sie mag Tee.", []),
        ("Die Lehrer streiken.", ["inclusive"]),
        ("„Er ist da“, sagte Kim.", []),
    ],
)
def test_checks_name_what_is_wrong(text, labels):
    assert [claim.label for claim in GERMAN.check(text, people=[kim()])] == labels


def test_undeclared_people_are_not_guessed():
    claims = GERMAN.check("Kim ist da. Er mag Tee.", people=[Person(name="Kim")])
    assert [claim.label for claim in claims] == ["assumption"]
    assert GERMAN.rewrite("Kim ist da. Er mag Tee.", people=[Person(name="Kim")]).edits == ()


def test_other_styles():
    text = "Die Studenten danken den Lehrern."
    assert (
        GERMAN.neutral(text, style="doublet").text
        == "Die Studentinnen und Studenten danken den Lehrerinnen und Lehrern."
    )
    assert GERMAN.neutral(text, style="neutral").text == "Die Studierenden danken den Lehrkräften."
    assert GERMAN.neutral("Der Koch ruft.", style="doublet").text == "Die Köchin oder der Koch ruft."


def test_the_mark_of_the_writer_is_kept():
    assert GERMAN.neutral("Die Lehrer:innen kommen.").text == "Die Lehrer:innen kommen."


def test_a_text_about_one_person_without_a_name_changes_whole():
    someone = Person(agreement={"de": "feminine"})
    assert rewritten("Er ist Koch und mag seinen Beruf.", someone) == "Sie ist Köchin und mag ihren Beruf."


def test_unknown_styles_are_refused():
    with pytest.raises(InputError, match=r"gender\.style"):
        GERMAN.neutral("Die Lehrer.", style="at")


@pytest.mark.parametrize("name", ["Maria", "Ahmed", "Li", "Björn"])
def test_renaming_changes_nothing(name):
    for row in CASES["pairs"]:
        text = f"{name} ist da. {row[0]}"
        assert GERMAN.forms(text)[-1].before == GERMAN.forms(f"Kim ist da. {row[0]}")[-1].before


@given(st.lists(st.sampled_from([row[0] for row in CASES["pairs"]] + CASES["plain"]), min_size=1, max_size=4))
def test_edits_undo_and_repeat(texts):
    text = " ".join(texts)
    found = GERMAN.neutral(text, style="star")
    assert apply_edits(text, found.edits) == found.text
    assert apply_edits(found.text, inverse(found.edits)) == text
    assert GERMAN.neutral(found.text, style="star").text == found.text
    feminine = GERMAN.alternatives(text).texts.get("feminine", text)
    assert GERMAN.alternatives(feminine).texts.get("feminine", feminine) == feminine


@given(st.text(max_size=80))
def test_any_text_can_be_read(text):
    GERMAN.neutral(text)
    GERMAN.rewrite(text, people=[kim()])
    GERMAN.check(text, people=[kim()])
