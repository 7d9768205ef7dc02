import dataclasses
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import EngineError
from tongli.generation.channels import channel, channels, size
from tongli.generation.facts import extract_facts
from tongli.generation.tasks import TASKS, TONES, compose, languages, parse_sheet
from tongli.generation.tasks.book import slots_in, words
from tongli.generation.tasks.values import known_text, values_of
from tongli.knowledge.locales import babel_locale

STORIES = {"en", "zh", "es"}


@pytest.mark.parametrize("lang", sorted(languages()))
def test_every_language_writes_every_task_in_every_tone_without_a_fact_of_its_own(lang, sheet):
    own = dataclasses.replace(sheet, lang=lang)
    known = {fact.value for fact in extract_facts(known_text(own, lang))}
    for task, tone, address in product(TASKS, TONES, ("formal", "informal")):
        texts = compose(task, own, locale=lang, address=address, tone=tone, n=3)
        assert len(set(texts)) == len(texts) >= 2, (task, tone)
        for text in texts:
            assert {fact.value for fact in extract_facts(text)} <= known, text
            assert not set(text) & set("{}[]|<>"), text
            assert own.title in text or task == "reply", text


@pytest.mark.parametrize("lang", sorted(languages()))
def test_every_file_has_the_same_shape(lang):
    pools = words(lang).pools
    forms = {
        f"{kind}.places.{form}" for kind in ("short", "prose") for form in babel_locale(lang).plural_form.tags
    }
    forms |= {f"{kind}.places.other" for kind in ("short", "prose")}
    assert {name for name in pools if ".places." in name} == forms
    assert {name for name in pools if ".places." not in name} == {
        name for name in words("en").pools if ".places." not in name
    }
    for name, wordings in pools.items():
        for wording in wordings:
            for address in ("formal", "informal"):
                text = wording.render(address=address)
                slots = slots_in(text)
                assert len(slots) == len(set(slots)), (name, text)


@pytest.mark.parametrize(
    ("lang", "number", "told"),
    [
        ("en", 1, "1 place"),
        ("ru", 21, "21 место"),
        ("ru", 22, "22 места"),
        ("ru", 25, "25 мест"),
        ("ar", 3, "3 مقاعد"),
        ("ar", 11, "11 مقعدًا"),
        ("zh", 1, "1个"),
    ],
)
def test_places_agree_in_number(lang, number, told):
    sheet = parse_sheet({"lang": lang, "title": "X", "places": number})
    assert told in compose("news", sheet, locale=lang, address="formal")[0]


def test_what_costs_nothing_is_free(sheet):
    free = dataclasses.replace(sheet, price=dataclasses.replace(sheet.price, amount=Decimal(0)))
    assert "ree" in compose("post", free, locale="en-GB", address="formal")[0]
    assert "£" not in compose("post", free, locale="en-GB", address="formal")[0]


@given(st.sampled_from(sorted(channels())), st.sampled_from(sorted(TASKS)), st.integers(0, 50))
def test_a_text_fits_its_channel_or_there_is_none(where, task, seed):
    sheet = parse_sheet(
        {
            "title": "Open day",
            "what": "Come and see us",
            "when": "2031-03-14",
            "link": "https://a.example.org",
        }
    )
    limit = channel(where)
    try:
        texts = compose(
            task,
            sheet,
            locale="en-GB",
            address="informal",
            fits=lambda text: size(text, limit).fits,
            seed=seed,
            n=2,
        )
    except EngineError as error:
        if error.code != "engine.too-short-limit":
            raise
        texts = []
    assert all(size(text, limit).fits for text in texts)


def test_what_must_be_told_is_never_dropped(sheet):
    kept = dataclasses.replace(sheet, must=("title", "price", "link"))
    for limit in range(120, 500, 20):
        texts = compose(
            "post", kept, locale="en-GB", address="formal", fits=lambda text, most=limit: len(text) <= most
        )
        assert all("£4.50" in text and kept.link in text and kept.title in text for text in texts)


def test_braces_in_facts_are_words(sheet):
    odd = dataclasses.replace(sheet, points=("Bring {title} and {nothing}",), what="A {link}")
    text = compose("post", odd, locale="en-GB", address="formal")[0]
    assert "Bring {title} and {nothing}." in text
    assert "A {link}." in text


def test_dates_and_amounts_are_those_of_the_place(sheet):
    assert values_of(sheet, "en-US")["when"] == "March 14, 2031, 7:00\u202fPM"
    assert values_of(sheet, "de-DE")["when"] == "14. März 2031, 19:00"
    assert values_of(sheet, "de-DE")["price"] == "4,50\xa0£"


def test_an_unknown_language_is_refused(sheet):
    with pytest.raises(EngineError) as error:
        compose("post", sheet, locale="fi-FI", address="formal")
    assert error.value.code == "engine.language"


@pytest.mark.parametrize("lang", sorted(languages()))
@pytest.mark.parametrize("tone", TONES)
def test_a_reply_names_the_title_where_it_must(lang, tone, sheet):
    wanted = dataclasses.replace(sheet, must=("title",))
    found = compose("reply", wanted, locale=lang, address="formal", tone=tone, n=3)
    assert found
    assert all(sheet.title in text for text in found)
