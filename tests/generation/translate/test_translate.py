"""Draft, judge, mend once, offer what is open."""

from __future__ import annotations

import pytest

from tongli.core import Draft, Message, Provenance, TranslationBrief
from tongli.empathy.gender.translated import gendered
from tongli.encoders.segment import sentences
from tongli.generation.translate import Tools, candidates, translate


class Said:
    """A translator that says what stands in a table, and everything else as it is."""

    name = "said"

    def __init__(self, table, *, follows=False):
        self.table, self.follows, self.briefs = table, follows, []

    def pairs(self):
        return None

    def translate(self, texts, *, source, target, n=1, brief=None):
        self.briefs.append(brief)
        failed = brief is not None and brief.failed
        made = Provenance(engine=self.name)
        rows = [self.table.get((text, "again") if failed else text, [text]) for text in texts]
        return [[Draft(text=told, lang=target, provenance=made) for told in row[:n]] for row in rows]


@pytest.fixture
def run(reader):
    def translated(text, table, *, source="en", target="es", follows=False, brief=None, **how):
        by = Said(table, follows=follows)
        readings = reader.read_many([Message(text, lang=source)])
        briefs = None if brief is None else [brief]
        (found,) = translate(
            readings, target=target, tools=Tools(by, reader, sentences, gendered), briefs=briefs, **how
        )
        return found, by

    return translated


def test_the_first_draft_that_passes_is_taken(run):
    found, _ = run(
        "The boat has 12 men.", {"The boat has 12 men.": ["El barco tiene 13.", "El barco tiene 12 hombres."]}
    )
    assert found.text == "El barco tiene 12 hombres."
    assert not found.needs_person
    assert [verdict.passed for verdict in found.candidates] == [False]


def test_minimum_risk_puts_the_odd_one_last(reader):
    by = Said({"x": ["nothing like it", "the red boat", "the red boats"]})
    [drafts] = candidates(["x"], translator=by, source="en", target="es", split=sentences, n=3, mbr=True)
    assert drafts[-1].text == "nothing like it"


def test_an_engine_that_follows_is_told_what_failed(run):
    text = "Pay 120 now."
    found, by = run(text, {text: ["La suma es 210."], (text, "again"): ["La suma es 120."]}, follows=True)
    assert found.text == "La suma es 120."
    assert any("facts" in failed for failed in by.briefs[-1].failed)


def test_lost_marks_are_translated_around(run):
    found, _ = run(
        "Hello {name}, good day",
        {"Hello {name}, good day": ["hola nombre"], "Hello": ["Hola"], ", good day": [", bueno"]},
    )
    assert found.text == "Hola {name}, bueno"
    assert not found.needs_person


def test_nothing_passes_and_a_person_is_called(run):
    found, _ = run("Pay 120 now.", {"Pay 120 now.": ["La suma es 210."]})
    assert found.text == "La suma es 210."
    assert found.needs_person
    assert "a person must look" in found.notes[-1]


def test_no_draft_at_all(run):
    found, _ = run("Pay now.", {"Pay now.": []})
    assert (found.text, found.needs_person, found.verdict) == ("", True, None)
    assert found.to_dict()["checks"] == []


@pytest.mark.parametrize("mbr", [False, True])
def test_a_draft_without_a_word_is_no_draft(run, mbr):
    found, _ = run("Pay now.", {"Pay now.": ["", " \n"]}, mbr=mbr)
    assert (found.text, found.needs_person, found.verdict) == ("", True, None)


def test_an_open_gender_gives_every_version_and_a_question(run):
    found, _ = run("I am tired.", {"I am tired.": ["Estoy cansado."]})
    versions = {item.forms["gender"]: item.text for item in found.alternatives}
    assert versions["feminine"] == "Estoy cansada."
    assert versions["masculine"] == found.text
    assert [question.kind for question in found.questions] == ["gender"]
    assert "The Spanish needs to know" in found.questions[0].text


def test_a_gender_that_the_source_tells_is_kept(run):
    found, _ = run("She is tired.", {"She is tired.": ["Ella está cansado."]})
    assert found.alternatives == ()
    found, _ = run(
        "She is a good doctor, thanks.", {"She is a good doctor, thanks.": ["Es un doctor bueno, gracias."]}
    )
    assert found.text == "Es una doctora buena, gracias."
    assert "gender forms as the source has them" in found.notes


def test_a_declared_agreement_decides(run):
    found, _ = run(
        "I am tired.", {"I am tired.": ["Estoy cansado."]}, brief=TranslationBrief(agreement="feminine")
    )
    assert found.text == "Estoy cansada."
    assert found.alternatives == ()


def test_an_open_address_gives_both(run):
    found, _ = run("Do you want the book?", {"Do you want the book?": ["¿Quieres el libro?"]})
    assert {item.forms["address"]: item.text for item in found.alternatives} == {
        "formal": "¿Quiere el libro?",
        "informal": "¿Quieres el libro?",
    }
    found, _ = run(
        "Do you want the book?",
        {"Do you want the book?": ["¿Quieres el libro?"]},
        brief=TranslationBrief(address="formal"),
    )
    assert (found.text, found.alternatives) == ("¿Quiere el libro?", ())


def test_idioms_are_asked_about(run):
    found, _ = run(
        "It was a piece of cake.", {"It was a piece of cake.": ["Fue la cosa más fácil, años atrás."]}
    )
    [question] = [each for each in found.questions if each.kind == "idiom"]
    assert question.span == (9, 22)
    assert "something easy" in question.text


def test_terms_take_the_place_of_the_engine_s_words(run):
    found, _ = run(
        "The boat waits.",
        {"The boat waits.": ["El barco espera."], "boat": ["barco"]},
        brief=TranslationBrief(terms=(("boat", "lancha"),)),
    )
    assert found.text == "El lancha espera."


def test_white_space_and_order_stay(reader):
    by = Said({"One.": ["Uno."], "Two.": ["Dos."]})
    texts = ["  One.\n\nTwo. ", "", "Two."]
    found = candidates(texts, translator=by, source="en", target="es", split=sentences)
    assert [drafts[0].text if drafts else None for drafts in found] == ["  Uno.\n\nDos. ", None, "Dos."]
