import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import CultureContext, InputError, Plan
from tongli.generation.channels import channels
from tongli.generation.plan_data import SELF_DISCLOSE, edited, plan_data
from tongli.generation.realiser.shape import ACTS
from tongli.knowledge.needs import STRATEGIES
from tongli.knowledge.schemes import EKMAN6

WORDS = st.lists(st.text(min_size=1, max_size=8), max_size=3).map(tuple)
PLAN = Plan(
    culture=CultureContext(lang="en", locale="en-GB", register="neutral", address="informal"),
    acts=("acknowledge",),
)
PLANS = st.builds(
    Plan,
    culture=st.builds(
        CultureContext,
        lang=st.just("en"),
        locale=st.sampled_from(["en-GB", "en-US"]),
        register=st.sampled_from(["formal", "neutral", "informal"]),
        address=st.sampled_from(["formal", "informal"]),
        salutation=st.text(max_size=8),
    ),
    acts=st.lists(st.sampled_from(ACTS), max_size=4).map(tuple),
    feeling=st.sampled_from([None, *EKMAN6]),
    intensity=st.floats(0, 3),
    strategy=st.sampled_from([*STRATEGIES, SELF_DISCLOSE]),
    keep=WORDS,
    avoid=WORDS,
    notices=WORDS,
    signoff=st.text(max_size=8),
    channel=st.sampled_from(["", *channels()]),
    max_chars=st.integers(1, 9999),
    seed=st.integers(0, 2**32),
)


@given(PLANS)
def test_a_plan_survives_its_data(plan):
    data = json.loads(json.dumps(plan_data(plan, private=True)))
    assert edited(PLAN, data) == plan


@given(PLANS)
def test_private_strings_show_only_on_request(plan):
    assert "avoid" not in plan_data(plan)
    assert plan_data(plan, private=True)["avoid"] == list(plan.avoid)


def test_what_is_left_out_stays():
    assert edited(PLAN, {"max_chars": 99}) == dataclasses.replace(PLAN, max_chars=99)
    assert edited(PLAN, {}) == PLAN


@pytest.mark.parametrize(
    "change",
    [
        {"register": "rude"},
        {"acts": ["dance"]},
        {"acts": "acknowledge"},
        {"feeling": "envy"},
        {"intensity": 4},
        {"strategy": "sell"},
        {"keep": [""]},
        {"avoid": "Secretname"},
        {"channel": "myspace"},
        {"max_chars": 0},
        {"max_chars": True},
        {"seed": -1},
        {"pronouns": "they/them"},
    ],
)
def test_a_wrong_value_is_refused_by_its_kind(change):
    with pytest.raises(InputError) as error:
        edited(PLAN, change)
    assert error.value.code == "plan.value"
    assert "Secretname" not in str(error.value)
