import pytest

from tongli.core import Person
from tongli.generation.verify import facts

ASKED = "Order A-1042 of 3 March cost €49.90, write to ana@mail.test or see https://shop.test/a1. Room 12!"


@pytest.mark.parametrize(
    "text",
    [
        "We are sorry about order A-1042.",
        "You paid 49,90 € on March 3rd for A-1042.",
        "We will answer to ana@mail.test.",
        "Room 12 is noted.",
        "Thank you, we will look into it.",
    ],
)
def test_what_the_message_says_may_be_said(subject, text):
    found = facts.check(subject(text, asked=ASKED))
    assert found.passed, found.detail


@pytest.mark.parametrize(
    ("text", "invented"),
    [
        ("Order B-7 is on its way.", "B-7"),
        ("You will have it within 24 hours.", "24"),
        ("We refund €59.90.", "€59.90"),
        ("See https://evil.test/a1 for details.", "https://evil.test/a1"),
        ("Write to help@shop.test please.", "help@shop.test"),
        ("It arrives on 5 May.", "5 May"),
        ("We give you 20% off.", "20%"),
        ("Please call Sarah about it.", "Sarah"),
        ("The team of Globex is sorry.", "Globex"),
    ],
)
def test_nothing_is_made_up(subject, text, invented):
    found = facts.check(subject(text, asked=ASKED))
    assert found.passed is False
    assert invented in [text[start:end] for start, end in found.evidence]


def test_kept_strings_are_kept_to_the_letter(subject):
    assert facts.check(subject("About A-1042: sorry.", asked=ASKED, keep=("A-1042",))).passed
    found = facts.check(subject("About a-1042: sorry.", asked=ASKED, keep=("A-1042",)))
    assert found.passed is False
    assert "missing: A-1042" in found.detail


def test_history_plan_and_people_are_sources(subject):
    made = subject(
        "Thank you, Ana Souza. The team of Globex saw 4417.",
        message={"history": ("It was 4417.", "Hello from Globex"), "author": Person(name="Ana Souza")},
    )
    assert facts.check(made).passed
    assert facts.check(subject("Good day to you, Frau Weber.", culture={"salutation": "Frau Weber"})).passed


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Wir haben die Nachricht über das Paket gelesen."),
        ("pl", "Dziękujemy, że Pani do nas napisała, przykro nam."),
        ("ru", "Нам жаль, что у Вас такая ситуация. Спасибо."),
        ("it", "Ci dispiace per Lei. Capiamo la Sua delusione."),
        ("en", "I understand. I'm sorry – It happens: Thank you.\n- Kind regards\nYour Support Team"),
        ("fr", "« Merci » : Nous comprenons."),
    ],
)
def test_usual_capitals_are_no_names(subject, lang, text):
    found = facts.check(subject(text, lang=lang))
    assert found.passed, found.detail
