from dataclasses import replace

import pytest

from tongli.core import Claim, Person
from tongli.empathy.culture import CulturePerspective


def see(reading):
    return CulturePerspective().see(reading)


def culture(reading):
    return see(reading).empathy.culture


def test_defaults_are_the_profiles(make_reading):
    found = culture(make_reading("Das Paket fehlt.", lang="de"))
    assert (found.lang, found.locale, found.register, found.address) == ("de", "de-DE", "formal", "formal")
    assert found.source == "profile"
    assert found.salutation == ""


@pytest.mark.parametrize(
    ("text", "lang", "address", "register", "source"),
    [
        ("Kannst du mir helfen?", "de", "informal", "neutral", "message"),
        ("Können Sie mir helfen?", "de", "formal", "formal", "message"),
        ("Können Sie helfen? Kannst du?", "de", "formal", "formal", "profile"),
        ("Ты где?", "ru", "formal", "formal", "profile"),
        ("你在吗？", "zh", "formal", "neutral", "profile"),
        ("Tu peux m'aider ?", "fr", "informal", "neutral", "message"),
    ],
)
def test_the_message_shows_its_form(make_reading, text, lang, address, register, source):
    found = culture(make_reading(text, lang=lang))
    assert (found.address, found.register, found.source) == (address, register, source)


def test_a_dialect_is_answered_in_the_written_language_and_says_so(make_reading):
    reading = see(make_reading("فين الطلب ديالي؟", lang="ary"))
    assert reading.empathy.culture.lang == "ar"
    assert any("'ary'" in note and "'ar'" in note for note in reading.notes)


def test_a_declared_form_wins_over_the_messages_own(make_reading):
    person = Person(address={"de": "formal"})
    found = culture(make_reading("Kannst du mir helfen?", lang="de", author=person))
    assert (found.address, found.source) == ("formal", "declared")


def test_a_declared_register_wins_and_brings_its_address(make_reading):
    found = culture(make_reading("Hallo", lang="de", author=Person(register="informal")))
    assert (found.register, found.address, found.source) == ("informal", "informal", "declared")
    assert culture(make_reading("おい", lang="ja", author=Person(register="informal"))).address == "formal"
    assert culture(make_reading("Hej", lang="sv", author=Person(register="formal"))).address == "formal"


def test_the_messages_form_says_nothing_about_another_language(make_reading):
    reading = see(make_reading("Kannst du mir helfen?", lang="de", reply_lang="fr"))
    assert reading.empathy.culture.address == "formal"
    assert not list(reading.decided("address"))


def test_a_claim_carries_the_markers(make_reading):
    text = "Kannst du mir helfen?"
    (claim,) = see(make_reading(text, lang="de")).decided("address")
    assert (claim.label, claim.source) == ("informal", "address-markers:de")
    assert [text[slice(*item.span)] for item in claim.evidence] == ["du"]
    assert 0 <= claim.score <= 1


def test_a_mixed_message_abstains_with_a_reason(make_reading):
    (claim,) = see(make_reading("Können Sie helfen? Kannst du?", lang="de")).claims
    assert claim.abstained
    assert claim.label is None
    assert claim.reason


@pytest.mark.parametrize(("lang", "register"), [("en", "informal"), ("de", "neutral"), ("ja", "formal")])
def test_a_decidedly_informal_message_is_mirrored_by_one_step_where_usual(make_reading, lang, register):
    found = culture(make_reading("…", lang=lang, scores={"formality": 0.05}))
    assert found.register == register
    assert found.source == ("profile" if lang == "ja" else "message")


def test_no_mirroring_when_unsure_or_in_pain(make_reading, emotion):
    unsure = Claim(dimension="formality", label=None, score=0.1, abstained=True)
    scores = {"formality": 0.05}
    assert culture(make_reading(scores={"formality": 0.5})).register == "neutral"
    assert culture(make_reading(scores=scores, claims=[unsure])).register == "neutral"
    assert culture(make_reading(scores=scores, claims=[emotion("anger")])).register == "neutral"
    assert culture(make_reading(scores=scores, reply_lang="de")).register == "formal"


def test_the_field_of_conversation_sets_the_register_unless_declared(make_reading):
    assert culture(make_reading(author=Person(domain=" Banking "))).register == "formal"
    assert (
        culture(make_reading(author=Person(domain="banking"), scores={"formality": 0.1})).register == "formal"
    )
    assert culture(make_reading(author=Person(domain="banking", register="informal"))).register == "informal"
    assert culture(make_reading(author=Person(domain="gardening"))).register == "neutral"


def test_the_field_may_be_declared_by_the_other_side(make_reading):
    reading = make_reading()
    to_bank = replace(reading, message=replace(reading.message, audience=Person(domain="banking")))
    assert culture(to_bank).register == "formal"
    gamer = replace(to_bank, message=replace(to_bank.message, author=Person(domain="games")))
    assert culture(gamer).register == "informal"


@pytest.mark.parametrize(
    ("lang", "reply_lang", "declared", "locale"),
    [
        ("es", None, "es-MX", "es-MX"),
        ("es", None, "ja-JP", "es-ES"),
        ("en", "es-AR", None, "es-AR"),
        ("en", "es", "es-MX", "es-MX"),
        ("zh-TW", None, None, "zh-TW"),
        ("de", None, "de", "de-DE"),
    ],
)
def test_locale(make_reading, lang, reply_lang, declared, locale):
    found = culture(make_reading(lang=lang, reply_lang=reply_lang, author=Person(locale=declared)))
    assert found.locale == locale
    assert (found.source == "declared") == (declared is not None and declared[:2] == locale[:2])


@pytest.mark.parametrize(
    ("lang", "reply_lang", "declared", "found"),
    [
        ("zh-Hant", None, None, ("zh-Hant", "zh-TW", "profile")),
        ("zh", "zh-Hant", None, ("zh-Hant", "zh-TW", "profile")),
        ("zh-Hant", None, "zh", ("zh-Hant", "zh-TW", "profile")),
        ("en", "zh-Hant", "zh-CN", ("zh-Hant", "zh-TW", "profile")),
        ("zh-Hant", None, "zh-HK", ("zh-Hant", "zh-HK", "declared")),
        ("zh", None, "zh-Hant", ("zh-Hant", "zh-TW", "declared")),
        ("en", "zh", "zh-TW", ("zh-Hant", "zh-TW", "declared")),
        ("zh", "zh-Hans", "zh-TW", ("zh", "zh-CN", "profile")),
        ("zh", None, "zh-SG", ("zh", "zh-SG", "declared")),
        ("zh", None, None, ("zh", "zh-CN", "profile")),
    ],
)
def test_the_script_of_chinese_is_kept_and_a_bare_zh_follows_the_locale(
    make_reading, lang, reply_lang, declared, found
):
    chosen = culture(make_reading(lang=lang, reply_lang=reply_lang, author=Person(locale=declared)))
    assert (chosen.lang, chosen.locale, chosen.source) == found


def test_a_locale_alone_changes_no_tone(make_reading):
    plain, declared = (
        culture(make_reading(lang="en", author=Person(locale=locale))) for locale in (None, "en-IN")
    )
    assert (plain.register, plain.address) == (declared.register, declared.address)


def test_salutation_from_declared_parts(make_reading):
    person = Person(name="Ana Souza")
    assert culture(make_reading(lang="ja", author=person)).salutation == "Ana Souza様"
    person = Person(given="Hanako", family="Tanaka", locale="ja-JP")
    assert culture(make_reading(lang="en", author=person)).salutation == "Tanaka Hanako"


def test_an_unknown_language_is_planned_in_english_with_a_note(make_reading):
    reading = see(make_reading(lang="yo"))
    assert reading.empathy.culture.lang == "en"
    assert any("'yo'" in note for note in reading.notes)
    assert see(make_reading(lang="en")).notes == ()


def test_a_locale_that_is_no_tag_is_left_out_and_not_repeated(make_reading):
    reading = see(make_reading(author=Person(locale="secret place")))
    assert reading.empathy.culture.locale == "en-US"
    assert len(reading.notes) == 1
    assert "secret" not in reading.notes[0]
