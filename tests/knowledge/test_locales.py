import datetime as dt
import gzip
import json
import string

import pytest

from tongli.core import InputError
from tongli.knowledge import locales, tags
from tongli.knowledge.address import find_address
from tongli.knowledge.language_file import ADDRESSES, GRAMMAR, REGISTERS

REQUIRED = [
    "en",
    "zh",
    "es",
    "fr",
    "de",
    "pt",
    "ja",
    "ar",
    "hi",
    "ru",
    "ko",
    "it",
    "nl",
    "pl",
    "tr",
    "id",
    "vi",
    "uk",
    "sv",
    "fa",
    "sw",
]


@pytest.fixture(params=locales.languages())
def known(request):
    return locales.profile(request.param)


def test_at_least_twenty_languages():
    assert set(REQUIRED) <= set(locales.languages())


def test_profile_belongs_to_its_tag(known):
    assert locales.profile(known.tag) is known
    assert tags.fallbacks(known.tag)[0] == known.tag
    assert tags.same_language(known.locale, known.tag)
    assert tags.has_region(known.locale)


def test_every_norm_has_a_source_and_unless_grammar_a_counter_example(known):
    ids = [norm.id for norm in known.norms]
    assert len(set(ids)) == len(ids)
    assert "register.mirror" in ids
    assert any(norm_id.startswith("address.") for norm_id in ids)
    for norm in known.norms:
        assert norm.sources
        assert norm.counter or norm.strength == GRAMMAR


def test_no_norm_says_what_people_are(known):
    for norm in known.norms:
        words = norm.statement.casefold().split()
        assert not {"people", "culture", "women", "men", "natives", "typical"} & set(words)


@pytest.mark.parametrize("register", REGISTERS)
def test_formulas(known, register):
    greeting = known.greet(register=register, name="{name} Ana")
    assert greeting.count("{name} Ana") == 1
    assert "{" not in known.greet(register=register)
    for text in (
        known.greet(register=register),
        known.greet(register=register, name="X"),
        known.closings[register],
    ):
        assert text == text.strip()
        assert text


def test_formulas_do_not_contradict_the_address(known):
    for register in REGISTERS:
        text = "\n".join(
            (
                known.greet(register=register, name="X"),
                known.greet(register=register),
                known.closings[register],
            )
        )
        use = find_address(text, known)
        if register != "informal":
            assert not use.informal
        if register == "informal" and known.address == "informal":
            assert not use.formal


def test_no_formula_states_a_gender(known):
    gendered = {
        "herr",
        "frau",
        "madame",
        "monsieur",
        "estimado",
        "prezado",
        "gentile",
        "sir",
        "madam",
        "пан",
        "пані",
    }
    for register in REGISTERS:
        greetings = (known.greet(register=register), known.greet(register=register, name="X"))
        text = " ".join((*greetings, known.closings[register]))
        assert not gendered & {word.strip(string.punctuation).casefold() for word in text.split()}


def test_a_family_name_alone_is_used_only_with_an_honorific(known):
    for register in REGISTERS:
        assert known.untitled[register] != "family" or known.suffix.get(register)


def test_forms_of_address_come_in_pairs(known):
    assert set(known.forms) == set(ADDRESSES)
    assert bool(known.forms["formal"]) == bool(known.forms["informal"])


def test_order_of_names():
    assert {tag for tag in locales.languages() if locales.profile(tag).name_order == "family-first"} == {
        "ja",
        "ko",
        "vi",
        "zh",
        "zh-Hant",
    }


@pytest.mark.shared
def test_order_of_names_is_that_of_cldr(known, shared_data):
    with gzip.open(shared_data / "cldr_culture" / "person_names.jsonl.gz", "rt", encoding="utf-8") as lines:
        cldr = {record["locale"]: record for record in map(json.loads, lines)}
    record = cldr[known.tag]
    assert known.family_first == set(record["surnameFirst"])
    assert known.joiner == record["nativeSpaceReplacement"]


@pytest.mark.parametrize(
    ("tag", "served"),
    [
        ("es-MX", "es"),
        ("pt-PT", "pt"),
        ("zh-HK", "zh-Hant"),
        ("zh-SG", "zh"),
        ("sw-KE", "sw"),
        ("yo", "en"),
        ("und", "en"),
        ("deu", "de"),
    ],
)
def test_fallback(tag, served):
    assert locales.profile(tag).tag == served
    assert locales.knows(tag) == (tag not in ("yo", "und"))


def test_what_is_no_tag_is_refused():
    with pytest.raises(InputError, match=r"locale\.tag"):
        locales.profile("not a tag")


def test_profiles_are_frozen(known):
    with pytest.raises(AttributeError):
        known.register = "formal"
    with pytest.raises(TypeError):
        known.closings["formal"] = "Bye"


def test_dates_and_numbers_are_cldrs():
    assert locales.format_date(dt.date(2025, 3, 4), "de-AT") == "4. März 2025"
    assert locales.format_date(dt.date(2025, 3, 4), "ja", style="short") == "2025/03/04"
    assert locales.format_number(1234.5, "de") == "1.234,5"
    assert locales.format_number(123456, "hi") == "1,23,456"
    assert locales.format_number(1234.5, "tlh") == "1,234.5"
    assert locales.CLDR_FACTS.startswith("babel@")


def test_month_names():
    assert locales.month_names("ru")["марта"] == 3
    assert locales.month_names("en")["Mar"] == 3
    assert len(locales.month_names("de")) == 12


def test_domains_have_sources_and_counter_examples():
    assert locales.domains()["banking"].register == "formal"
    assert locales.domains()["games"].register == "informal"
    for domain in locales.domains().values():
        assert domain.norm.sources
        assert domain.norm.counter


@pytest.mark.parametrize(("tag", "served"), [("arq", "ar"), ("ary-MA", "ar"), ("yue", "zh"), ("pt-MZ", "pt")])
def test_a_member_of_a_macrolanguage_is_served_by_its_profile(tag, served):
    assert locales.knows(tag)
    assert locales.profile(tag).tag == served


def test_other_languages_without_a_profile_are_not_known():
    assert not locales.knows("xh")
    assert locales.profile("xh").tag == locales.FALLBACK
