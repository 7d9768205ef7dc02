import dataclasses
from hashlib import sha256

import pytest

from tongli.generation.engines import prompts

RELEASED = {
    "chat.v1": "ad509cc2e6aea439",
    "small.v1": "66c47b4888d3bc7a",
}


@pytest.mark.parametrize("name", sorted(RELEASED))
def test_a_released_prompt_never_changes(name):
    assert sha256(prompts.load(name).encode()).hexdigest()[:16] == RELEASED[name]


def test_chat_names_every_field_it_explains(plan):
    system, user = prompts.chat(plan, "Hello")
    for field in (
        "lang",
        "locale",
        "register",
        "address",
        "salutation",
        "acts",
        "feeling",
        "strategy",
        "keep",
    ):
        assert f"plan.{field}" in system["content"]
        assert f'"{field}"' in user["content"]


@pytest.mark.parametrize("feeling", ["anger", "disgust", "fear", "joy", "sadness", "surprise", None])
def test_small_shows_examples_and_then_the_message(plan, feeling):
    turns = prompts.small(dataclasses.replace(plan, feeling=feeling), "Where\nis it?")
    assert [turn["role"] for turn in turns] == ["system", *["user", "assistant"] * 2, "user"]
    assert turns[-1]["content"] == "Where is it?"
    assert all(turn["content"].strip() == turn["content"] for turn in turns)


def test_examples_end_as_sentences():
    endings = {line[-1] for line in prompts.sentences() if line.count(" ") > 12}
    assert endings <= set(".!?:;}")
