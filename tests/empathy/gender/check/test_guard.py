"""Forms of other languages against declarations, and what the source of a text gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import InputError, Person
from tongli.empathy.gender.check import check
from tongli.empathy.gender.check.forms import gendered
from tongli.empathy.gender.check.lists import languages

CASES = [
    ("es", "Noa está cansada.", "feminine"),
    ("fr", "Noa est venue, et elle est partie.", "feminine"),
    ("it", "Il signor Noa è qui.", "masculine"),
    ("pt", "Noa disse que ela vem.", "feminine"),
    ("de", "Noa war hier. Dann ging er.", "masculine"),
    ("pl", "Noa powiedziała, że przyjdzie.", "feminine"),
    ("cs", "Noa odešel domů.", "masculine"),
    ("uk", "Ноа сказала правду.", "feminine"),
    ("sv", "Noa sa att hon kommer.", "feminine"),
    ("zh", "小诺说他会来。", "masculine"),
]
NAMES = {"uk": "Ноа", "zh": "小诺"}


def labels(text: str, lang: str, *people: Person, **options) -> set[str]:
    found = check(text, lang=lang, people=people, **options)
    return {item.claim.label for item in found if not item.claim.abstained} - {"inclusive"}


@pytest.mark.parametrize(("lang", "text", "gender"), CASES)
def test_undeclared_wrong_and_right(lang, text, gender):
    name = NAMES.get(lang, "Noa")
    other = "masculine" if gender == "feminine" else "feminine"
    assert labels(text, lang, Person(name=name), everyone=True) == {"assumption"}
    wrong = labels(text, lang, Person(name=name, agreement={lang: other}), everyone=True)
    assert wrong
    assert wrong <= {"misgendering", "title", "agreement"}
    right = labels(text, lang, Person(name=name, agreement={lang: gender}), everyone=True)
    assert not right & {"misgendering", "title", "agreement", "assumption"}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fi", "Noa sanoi, että hän tulee."),
        ("tr", "Noa geldi ve o konuştu."),
        ("fr", "Il faut partir. Il y a du monde."),
        ("zh", "我们再看看其他的，还有他们。"),
        ("es", "La persona llegó tarde, y la víctima está bien."),
        ("sv", "Noa sa att hen kommer."),
    ],
)
def test_what_says_no_gender_is_left_alone(lang, text):
    assert labels(text, lang, Person(name="Noa"), everyone=True) == set()


def test_a_noun_is_about_the_name_beside_it_only():
    ulf = Person(name="Ulf", agreement={"es": "masculine"})
    assert labels("Ulf saludó a la candidata.", "es", ulf, everyone=True) == {"assumption"}
    assert labels("Llegó Ulf, la candidata.", "es", ulf, everyone=True) == {"misgendering"}


def test_a_form_that_fits_somebody_named_is_no_assumption():
    ona = Person(name="Ona", agreement={"es": "feminine"})
    text = "Ona habló. Hubo preguntas. Nadie protestó. La directora salió."
    assert labels(text, "es", ona, everyone=True) == set()


def test_what_the_source_says_is_given():
    text = "La directora abrió la reunión."
    assert labels(text, "es", everyone=True) == {"assumption"}
    assert labels(text, "es", everyone=True, context="Noa: Gracias a la directora.") == set()


def test_people_who_are_not_listed_count_only_when_asked_for():
    text = "La directora abrió la reunión."
    assert labels(text, "es") == set()


def test_a_language_without_a_list_is_refused():
    with pytest.raises(InputError) as caught:
        check("x", lang="xx")
    assert caught.value.code == "gender.language"


def test_a_region_is_served_by_its_language():
    assert labels("Ella llegó.", "es-MX", everyone=True) == {"assumption"}


@pytest.mark.parametrize("lang", languages())
def test_lists_are_sound(lang):
    found = gendered("Noa, 42.", lang=lang, names=("Noa",), persons=("Noa",))
    assert found == []


@pytest.mark.parametrize("lang", ["es", "pl", "de", "ru", "fr"])
@given(name=st.sampled_from(["Kim", "Sasha", "Maria", "Peter", "Noa", "Wubble"]))
def test_renaming_changes_no_verdict(lang, name):
    texts = {
        "es": "{n} está cansada. El señor {n} salió.",
        "pl": "{n} powiedziała prawdę. Potem on wyszedł.",
        "de": "{n} kam. Dann ging er. Frau {n} blieb.",
        "ru": "{n} сказала правду.",
        "fr": "{n} est venue. Elle est partie.",
    }

    def verdicts(who: str):
        text = texts[lang].format(n=who)
        found = check(text, lang=lang, people=[Person(name=who)], everyone=True)
        return [(item.claim.label, item.claim.score) for item in found]

    assert verdicts(name) == verdicts("Zorgan")
