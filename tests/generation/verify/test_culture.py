from __future__ import annotations

from dataclasses import replace

import pytest

from tongli.core import CultureContext, Draft, Language, Message, Plan, Provenance, Reading
from tongli.generation.verify import Subject
from tongli.generation.verify.culture import check


def judged(text: str, *, lang: str, locale: str, message: str = "", keep: tuple[str, ...] = ()):
    culture = CultureContext(lang=lang, locale=locale, register="neutral", address="formal")
    reading = Reading(message=Message(message), language=Language(tag=lang, score=1.0))
    draft = Draft(text=text, lang=lang, provenance=Provenance(engine="given"))
    plan = replace(Plan(culture=culture, acts=("thank",)), keep=keep)
    return check(Subject(draft=draft, plan=plan, reading=reading, reader=None))


def test_a_touched_practice_is_told_and_does_not_fail():
    text = "Zum Fest schenken wir Ihnen ein Hakenkreuz aus Marzipan."
    found = judged(text, lang="de", locale="de-DE")
    assert found.passed is None
    assert [text[start:end] for start, end in found.evidence] == ["Hakenkreuz"]
    assert "de-de.taboo." in found.detail


@pytest.mark.parametrize(("lang", "locale"), [("de", "de-DE"), ("en", "en-GB"), ("ja", "ja-JP")])
def test_plain_replies_touch_nothing(lang, locale):
    text = {
        "de": "Vielen Dank, wir melden uns morgen.",
        "en": "Thank you, we will answer tomorrow.",
        "ja": "ありがとうございます。明日ご連絡いたします。",
    }[lang]
    assert judged(text, lang=lang, locale=locale).passed is True


def test_what_the_message_brought_up_is_the_readers_own():
    text = "Wir haben das Hakenkreuz entfernt."
    assert judged(text, lang="de", locale="de-DE", message="Da ist ein Hakenkreuz!").passed is True
    assert judged(text, lang="de", locale="de-DE", keep=("Hakenkreuz",)).passed is True


def test_readers_of_whom_nothing_is_known():
    assert judged("Hei!", lang="fi", locale="fi-FI").passed is None
