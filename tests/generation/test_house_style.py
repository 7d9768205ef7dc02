import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import ConfigError, CultureContext, Language, Message, Plan, Reading
from tongli.generation.house_style import HouseStyle, parse_style, style_data, style_of
from tongli.generation.plan_data import edited
from tongli.generation.realiser import Realiser
from tongli.generation.realiser.shape import ACTS

STYLE = {
    "register": "informal",
    "address": "informal",
    "max_chars": 400,
    "channel": "x",
    "keep": {"en": ["Desk: +44 20 7946 0000"], "de": ["Telefon: +49 30 901820"]},
    "avoid": ["unfortunately"],
    "add": ["thank"],
    "drop": ["take_responsibility"],
    "strategies": ["question", "suggest"],
    "signoff": {"en": "Warmly, the Lantern team", "de": "Ihr Team der Laterne"},
}


@pytest.fixture
def plan():
    culture = CultureContext(lang="de-AT", locale="de-AT", register="formal", address="formal")
    acts = ("acknowledge", "take_responsibility", "next_step", "close")
    return Plan(culture=culture, acts=acts, feeling="anger", intensity=2.0, strategy="reflect")


def test_a_style_lies_over_a_plan(plan):
    styled = parse_style(STYLE).over(plan)
    assert (styled.culture.register, styled.culture.address) == ("informal", "informal")
    assert styled.acts == ("acknowledge", "ask", "thank", "close")
    assert styled.strategy == "question"
    assert styled.notices == ("Telefon: +49 30 901820",)
    assert styled.signoff == "Ihr Team der Laterne"
    assert (styled.max_chars, styled.channel, styled.avoid) == (400, "x", ("unfortunately",))


def test_a_persons_own_wish_comes_first(plan):
    styled = parse_style(STYLE).over(plan, wishes=("address",))
    assert (styled.culture.register, styled.culture.address) == ("informal", "formal")


def test_an_empty_style_changes_nothing(plan):
    assert HouseStyle().over(plan) == plan


def test_the_realiser_writes_in_the_style(plan):
    styled = parse_style(STYLE | {"channel": "mastodon"}).over(plan)
    reading = Reading(message=Message("-"), language=Language(tag="de", score=1.0))
    for draft in Realiser().draft(styled, reading, n=4):
        assert draft.text.endswith("\n\nTelefon: +49 30 901820\n\nIhr Team der Laterne")


def test_a_style_survives_its_data():
    assert parse_style(style_data(parse_style(STYLE))) == parse_style(STYLE)
    assert style_data(parse_style({"signoff": "Bye"})) == {"signoff": "Bye"}
    assert style_data(HouseStyle()) == {}


@given(st.lists(st.sampled_from(ACTS), max_size=3, unique=True), st.lists(st.sampled_from(ACTS), max_size=3))
def test_dropped_acts_never_come_back(add, drop):
    culture = CultureContext(lang="en", locale="en-GB", register="neutral", address="formal")
    styled = HouseStyle(add=tuple(add), drop=tuple(drop)).over(Plan(culture=culture, acts=ACTS))
    assert not set(styled.acts) & set(drop)
    assert len(set(styled.acts)) == len(styled.acts)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"tone": "warm"}, "style.key"),
        ({"register": "rude"}, "style.value"),
        ({"signoff": {"not a tag!": "x"}}, "style.value"),
        ({"avoid": "Secretname"}, "style.value"),
        ({"keep": {"en": "not a list"}}, "style.value"),
        ({"strategies": ["self_disclose"]}, "style.value"),
    ],
)
def test_a_wrong_style_is_refused_without_its_values(data, code):
    with pytest.raises(ConfigError) as error:
        parse_style(data)
    assert error.value.code == code
    assert "Secretname" not in str(error.value)


def test_strings_to_avoid_do_not_show():
    assert "Secretname" not in repr(HouseStyle(avoid=("Secretname",)))


def test_what_was_changed_in_a_plan_is_a_style(plan):
    changes = {
        "register": "informal",
        "acts": ["celebrate", *[act for act in plan.acts if act != "take_responsibility"]],
        "strategy": "question",
        "signoff": "Warmly",
        "notices": ["Open from 8 to 5."],
        "max_chars": 140,
        "avoid": ["asap"],
        "salutation": "Dear Robin",
    }
    changed = edited(plan, changes)
    style = style_of(changed, made=plan)
    assert style_data(style) == {
        "register": "informal",
        "max_chars": 140,
        "keep": {"de-AT": ["Open from 8 to 5."]},
        "add": ["celebrate"],
        "drop": ["take_responsibility"],
        "strategies": ["question"],
        "signoff": {"de-AT": "Warmly"},
    }
    assert style.over(plan).culture.register == "informal"


def test_an_unchanged_plan_is_an_empty_style(plan):
    assert style_of(plan, made=plan) == HouseStyle()
