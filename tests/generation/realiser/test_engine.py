import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import CultureContext, Engine, EngineError, Language, Message, Plan, Reading
from tongli.generation.realiser import Realiser

LANGUAGES = sorted(Realiser().languages())
READING = Reading(message=Message(text="-"), language=Language(tag="und", score=0.0))
LEFTOVERS = re.compile(r"[{}\[\]<>|]|  |[.,;:!?。，、；：！？،؛؟।]{2}| [.,]|^\s|\s$")


def test_is_an_engine_in_at_least_twenty_languages():
    realiser = Realiser()
    assert isinstance(realiser, Engine)
    assert realiser.name == "realiser"
    required = {"en", "zh", "zh-Hant", "es", "fr", "de", "pt", "ja", "ar", "hi", "ru", "ko", "it"}
    required |= {"tr", "id", "pl", "uk", "nl", "sv", "vi", "fa", "sw"}
    assert required <= realiser.languages()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_plan_gives_whole_and_different_drafts(lang, plans, write):
    for plan in plans(lang, seed=7):
        texts = write(plan, n=4)
        assert len(set(texts)) == 4
        for text in texts:
            assert not LEFTOVERS.search(text), text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_feeling_intensity_register_and_address_each_change_the_text(lang, seed, plans, write):
    bands = (0.2, 2.0, 3.0)  # of painful feelings 1.0 lies beside 2.0, of others beside 0.2
    felt = [plan for plan in plans(lang, seed=seed) if plan.feeling is not None and plan.intensity in bands]
    assert len({write(plan)[0] for plan in felt}) == len(felt) == 6 * 3 * 3 * 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_same_plan_same_drafts_and_seed_changes_them(lang, plan, write):
    assert write(plan(lang), n=5) == write(plan(lang), n=5)
    assert len({write(plan(lang, seed=seed))[0] for seed in range(12)}) > 6


def test_fewer_drafts_when_the_plan_offers_fewer(plan, write):
    texts = write(plan("en", acts=("acknowledge",)), n=50)
    assert len(texts) == len(set(texts)) == 3
    assert write(plan("en"), n=0) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_provenance_names_the_phrase_file(lang, plan):
    (draft,) = Realiser().draft(plan(lang, seed=3), READING)
    assert draft.lang == lang
    assert draft.provenance.engine == "realiser"
    assert re.fullmatch(rf"{lang}-[0-9a-f]{{12}}", draft.provenance.model)
    assert draft.provenance.seed == 3


@pytest.mark.parametrize("lang", LANGUAGES)
def test_salutation_is_used_as_written(lang, plan, write):
    text = write(plan(lang, salutation="Dr Ọlá {keep} {name}"))[0]
    assert text.splitlines()[0].count("Dr Ọlá {keep} {name}") == 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "keep",
    [
        ("4471",),
        ("#AB-4471-X",),
        ("https://example.org/a?b=c",),
        ("$45.00",),
        ("2024-05-03",),
        ("4471", "https://example.org/a?b=c", "ana@example.org"),
        ("4471", "4471", "", "order 4471"),
    ],
)
def test_kept_strings_appear_verbatim_and_once(lang, keep, plan, write):
    for text in write(plan(lang, keep=keep), n=4):
        assert all(item in text for item in keep)
        assert text.count(max(keep, key=len)) == 1
        for link in re.findall(r"https://\S+", text):
            assert link == "https://example.org/a?b=c", "nothing may stick to a link"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_avoided_strings_do_not_appear(lang, plan, write):
    usual = write(plan(lang))[0]
    avoid = tuple(re.findall(r"\w{3,}", usual)[:3])
    for text in write(plan(lang, avoid=avoid), n=4):
        assert not any(item.casefold() in text.casefold() for item in avoid)


def test_avoiding_what_is_kept_is_refused(plan, write):
    with pytest.raises(EngineError) as caught:
        write(plan("en", keep=("order 4471",), avoid=("ORDER",)))
    assert caught.value.code == "engine.avoid"


def test_avoiding_what_every_wording_has_is_refused(plan, write):
    with pytest.raises(EngineError) as caught:
        write(plan("en", avoid=tuple("aeiou")))
    assert caught.value.code == "engine.avoid"


@pytest.mark.parametrize(
    ("tag", "locale", "file"),
    [
        ("pt-BR", "pt-BR", "pt"),
        ("es-MX", "es-MX", "es"),
        ("zh-CN", "zh-CN", "zh"),
        ("zh-TW", "zh-TW", "zh-Hant"),
        ("zh-HK", "zh-HK", "zh-Hant"),
        ("zh-Hant", "zh-CN", "zh-Hant"),
        ("zh", "zh-TW", "zh-Hant"),
        ("zh", "en-GB", "zh"),
        ("zh", "", "zh"),
        ("zh", "not a tag", "zh"),
        ("EN_gb", "fr-FR", "en"),
    ],
)
def test_tags_fall_back(tag, locale, file, plan):
    assert Realiser().draft(plan(tag, locale=locale), READING)[0].lang == file


@pytest.mark.parametrize("tag", ["xx", "tlh", "", "not a tag"])
def test_unknown_language_lists_the_choices(tag, plan, write):
    with pytest.raises(EngineError) as caught:
        write(plan(tag))
    assert caught.value.code == "engine.language"
    assert all(lang in caught.value.allowed for lang in LANGUAGES)


@pytest.mark.parametrize("change", [{"acts": ("refund",)}, {"feeling": "schadenfreude"}])
def test_unknown_act_or_feeling_is_refused(change, plan, write):
    with pytest.raises(EngineError) as caught:
        write(plan("en", **change))
    assert caught.value.code == "engine.plan"


@pytest.mark.parametrize("acts", [(), ("name_feeling",)])
def test_nothing_to_say_still_acknowledges(acts, plan, write):
    assert write(plan("en", None, acts=acts)) == write(plan("en", None, acts=("acknowledge",)))


def test_limit_below_one_sentence_is_refused(plan, write):
    with pytest.raises(EngineError) as caught:
        write(plan("en", max_chars=10))
    assert caught.value.code == "engine.too-short-limit"


def attempt(plan):
    try:
        return Realiser().draft(plan, READING, n=3), ""
    except EngineError as error:
        return [], error.code


KEPT = st.lists(st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=12), max_size=3).map(
    tuple
)


@given(
    lang=st.sampled_from(LANGUAGES),
    feeling=st.sampled_from([None, "anger", "joy", "sadness"]),
    keep=KEPT,
    max_chars=st.integers(1, 700),
    seed=st.integers(0, 2**64),
    salutation=st.sampled_from(["", "Ana", "田中様"]),
)
def test_limit_and_kept_strings_always_hold(lang, feeling, keep, max_chars, seed, salutation):
    culture = CultureContext(
        lang=lang, locale=lang, register="neutral", address="formal", salutation=salutation
    )
    plan = Plan(
        culture=culture,
        acts=("acknowledge", "name_feeling", "comfort", "next_step", "close"),
        feeling=feeling,
        keep=keep,
        max_chars=max_chars,
        seed=seed,
    )
    drafts, code = attempt(plan)
    if not drafts:
        assert code == "engine.too-short-limit"
        assert max_chars < 160 + sum(map(len, keep))
    assert len({draft.text for draft in drafts}) == len(drafts)
    for draft in drafts:
        assert len(draft.text) <= max_chars
        assert all(item in draft.text for item in keep)
