"""What is told beside a reply."""

from __future__ import annotations

import pytest

from tongli.cli.response_view import feeling
from tongli.core import CultureContext, Plan

CULTURE = CultureContext(lang="en", locale="en-US", register="neutral", address="informal")


@pytest.mark.parametrize(
    ("planned", "told"), [(("anger", 2.0), "anger 2.0/3"), ((None, 0.0), "none to name")]
)
def test_the_feeling_that_is_told_is_the_one_that_the_reply_answers(planned, told):
    plan = Plan(culture=CULTURE, acts=("thank",), feeling=planned[0], intensity=planned[1])
    assert feeling(plan).plain == told
