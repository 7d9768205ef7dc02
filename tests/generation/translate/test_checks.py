"""Each check on one fault of its own, and on what must not alarm it."""

from dataclasses import replace

import pytest

from tongli.generation.translate.checks import CHECKS, judge
from tongli.generation.translate.kept import uses

GOOD = ("The boat is not red.", "El barco no es rojo.")


def test_a_good_translation_passes(pair):
    verdict = judge(pair(*GOOD))
    assert verdict.passed, [check for check in verdict.checks if check.passed is False]
    assert [check.name for check in verdict.checks] == list(CHECKS)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("length", "The boat is red.", "el " * 40),
        ("length", "The boat is red.", ""),
        ("whole", "The boat is red and old.", "El barco es es es es es es es es."),
        ("whole", "The boat is  red.", "the boat is red."),
        ("markup", "Hi {name}, see <b>this</b>", "Hola {nombre}, mira <b>esto</b>"),
        ("markup", "Go to %s now", "Vaya ahora el"),
        ("facts", "It cost 49.90 EUR.", "La cosa costó 94,90 EUR."),
        ("facts", "Come at 5, not at 6.", "La cita es a las 5, no a las 7."),
        ("facts", "See https://x.org/a.", "La web es https://x.org/b."),
        ("facts", "We have 250 boats.", "La flota es buena."),
        ("facts", "We have boats.", "La flota es de 250 barcos."),
        ("language", "The boat is red.", "The boat is red."),
        ("negation", "The boat is not red.", "El barco es rojo."),
        ("negation", "The boat is red.", "El barco no es rojo."),
        ("meaning", "The boat is red.", "El sol ~ brilla."),
        ("feeling", "I am so glad!", "La vida es triste!"),
        ("register", "Ist das Ihr Buch, und haben Sie Zeit?", "¿Es el libro tuyo, y tú tienes tiempo?"),
    ],
)
def test_a_fault_is_found(pair, name, before, after):
    source = "de" if "Ihr" in before else "en"
    failed = {
        check.name for check in judge(pair(before, after, source=source)).checks if check.passed is False
    }
    assert name in failed


def test_forms_against_the_source_fail_and_say_where(pair):
    """The reader of genders hands their places in; here, what no rule could mend."""
    found = replace(pair("Ona is worried.", "Ona está preocupado."), contrary=((9, 19),))
    check = next(check for check in judge(found).checks if check.name == "forms")
    assert check.passed is False
    assert "preocupado" in check.detail
    assert check.evidence == ((9, 19),)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("On April 5, 2018 at 7 p.m.", "El 5 de abril de 2018 a las 19:00"),
        ("One in five, says the book.", "1 de cada 5, dice el libro."),
        ("300,000 people", "300 mil personas, la mitad"),
        ("The bill was €1,234.50.", "La factura fue de 1.234,50 €."),
        ("I have little time.", "No hay la hora."),
    ],
)
def test_what_must_not_alarm(pair, before, after):
    checks = {check.name: check for check in judge(pair(before, after)).checks}
    assert checks["facts"].passed, checks["facts"]
    assert checks["negation"].passed, checks["negation"]


def test_words_without_a_translation(pair):
    before = "The blorf zubs gladly."
    whole = {
        check.name: check for check in judge(pair(before, "El blorf zubs.", unknown=("blorf", "zubs"))).checks
    }
    assert whole["whole"].passed is False
    named = {
        check.name: check
        for check in judge(pair("Mr Blorf is here now.", "El señor Blorf.", unknown=("Blorf",))).checks
    }
    assert named["whole"].passed


@pytest.mark.parametrize(
    "text", ["pip install tongli", "Lantern House", "Kindergarten.", "City Library, Leeds."]
)
def test_names_and_commands_may_come_back_as_they_were(pair, text):
    assert next(check for check in judge(pair(text, text)).checks if check.name == "whole").passed


def test_wishes(pair):
    terms = {check.name: check for check in judge(pair(*GOOD, terms=(("boat", "lancha"),))).checks}
    assert terms["terms"].passed is False
    address = {
        check.name: check
        for check in judge(pair("Your book.", "El libro es para ti, tú lo sabes.", address="formal")).checks
    }
    assert address["register"].passed is False


@pytest.mark.parametrize(
    ("text", "term", "expected"),
    [
        ("Las lanchas rojas", "lancha", True),
        ("des bateaux rouges", "bateau rouge", True),
        ("les maisons", "bateau", False),
        ("小船到了", "小船", True),
        ("Hausbootes", "Boot", False),
    ],
)
def test_terms_are_found_in_their_inflections(text, term, expected):
    assert uses(text, term) is expected


def test_a_check_that_breaks_fails(pair, monkeypatch):
    monkeypatch.setitem(CHECKS, "length", lambda _: 1 / 0)
    verdict = judge(pair(*GOOD))
    assert verdict.checks[0].passed is False
    assert "check.crashed" in verdict.checks[0].detail
