"""Titles and former names of declared people, in Spanish, French, Italian and Portuguese."""

from __future__ import annotations

import pytest

from tongli.core import FormerName, Person
from tongli.empathy.gender.check import check
from tongli.empathy.gender.rules import rules

TEXTS = {
    "es": ("La señora Lena López llegó cansada.", "El señor Lena López llegó cansado."),
    "fr": ("Mme Lena Petit est arrivée.", "M. Lena Petit est arrivé."),
    "it": ("La Sig.ra Lena Rossi è arrivata.", "Il Sig. Lena Rossi è arrivato."),
    "pt": ("A Sra. Lena Costa chegou cansada.", "O Sr. Lena Costa chegou cansado."),
}
FORMER = {
    "es": ("Dario es médica.", "Lena es médico."),
    "fr": ("Dario est contente.", "Lena est content."),
    "it": ("Dario è contenta.", "Lena è contento."),
    "pt": ("Dario está cansada.", "Lena está cansado."),
}


def lena(lang: str, agreement: str = "masculine", **declared) -> Person:
    return Person(name="Lena", agreement={lang: agreement}, **declared)


def labels(text: str, lang: str, person: Person) -> set[str | None]:
    return {found.claim.label for found in check(text, lang=lang, people=[person])}


@pytest.mark.parametrize("lang", TEXTS)
def test_a_title_follows_the_declared_agreement(lang):
    feminine, masculine = TEXTS[lang]
    assert rules(lang).rewrite(feminine, people=[lena(lang)]).text == masculine
    assert rules(lang).rewrite(masculine, people=[lena(lang, "feminine")]).text == feminine


@pytest.mark.parametrize("lang", TEXTS)
def test_a_wrong_title_is_a_claim_of_its_own(lang):
    feminine, masculine = TEXTS[lang]
    assert "title" in labels(feminine, lang, lena(lang))
    assert labels(masculine, lang, lena(lang)) == set()


@pytest.mark.parametrize("lang", TEXTS)
def test_a_declared_title_is_written_as_declared(lang):
    assert "Mx Lena" in rules(lang).rewrite(TEXTS[lang][0], people=[lena(lang, titles={lang: "Mx"})]).text


@pytest.mark.parametrize("lang", TEXTS)
def test_no_title_goes_with_its_article(lang):
    found = rules(lang).rewrite(TEXTS[lang][0], people=[lena(lang, titles={lang: ""})]).text
    assert found.startswith("Lena ")


def test_no_title_stays_after_a_fused_preposition():
    text = "El coche del señor Lena López."
    assert rules("es").rewrite(text, people=[lena("es", titles={"es": ""})]).text == text


@pytest.mark.parametrize("lang", TEXTS)
def test_titles_of_others_stay(lang):
    text = TEXTS[lang][0].replace("Lena", "Nora")
    assert rules(lang).rewrite(text, people=[lena(lang)]).text == text


@pytest.mark.parametrize("lang", FORMER)
def test_a_former_name_gives_way_and_what_agrees_with_it_follows(lang):
    person = lena(lang, former_names=(FormerName(name="Dario"),))
    before, after = FORMER[lang]
    assert rules(lang).rewrite(before, people=[person]).text == after
    assert labels(before, lang, person) == {"former-name", "agreement"}


def test_quoted_titles_and_names_stay():
    person = lena("es", former_names=(FormerName(name="Dario"),))
    text = "«La señora Lena», dijo. «Dario»."
    assert rules("es").rewrite(text, people=[person]).text == text
