from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.learning.augment.pronouns import pronoun_swap


@pytest.mark.parametrize(
    ("text", "target", "swapped"),
    [
        ("He isn't here, I saw him with his dog.", "she", "She isn't here, I saw her with her dog."),
        ("He isn't here, I saw him with his dog.", "they", "They aren't here, I saw them with their dog."),
        ("I met her yesterday and the book is hers.", "he", "I met him yesterday and the book is his."),
        ("The book is his.", "they", "The book is theirs."),
        ("The book is his.", "she", "The book is hers."),
        ("Her cat hid behind her.", "he", "His cat hid behind him."),
        ("She hurt herself", "they", "They hurt themself"),
        ("Why was she crying?", "they", "Why were they crying?"),
        ("She’s so tired, she'll sleep", "they", "They're so tired, they'll sleep"),
        ("He's been ill", "they", "They've been ill"),
        ("HE WAS FURIOUS", "she", "SHE WAS FURIOUS"),
        ("He walks home", "she", "She walks home"),
    ],
)
def test_case_and_agreement_follow(text, target, swapped):
    assert pronoun_swap(text, target) == swapped


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("I saw her duck", "he"),  # her duck, or her, ducking
        ("They made her laugh", "he"),
        ("I gave her flowers", "they"),
        ("Her husband is ill", "he"),  # the gender is named in other words too
        ("He told her everything", "they"),  # two people
        ("He walks home", "they"),  # the verb would have to change
        ("He came home and wants dinner", "they"),
        ("He's gone", "they"),  # is gone, or has gone
        ("The trouble is he never called", "they"),
        ("They like him", "they"),  # the two would fall together
        ("I hold her tightly", "he"),
        ("He left", "he"),
        ("We left", "she"),
        ("", "she"),
    ],
)
def test_what_is_not_certain_is_given_up(text, target):
    assert pronoun_swap(text, target) is None


@given(st.text(alphabet="he sirmlf'.,Hwas", max_size=60), st.sampled_from(["she", "he", "they"]))
def test_no_text_breaks_it(text, target):
    swapped = pronoun_swap(text, target)
    assert swapped is None or swapped != text
