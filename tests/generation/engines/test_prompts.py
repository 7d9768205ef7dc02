import dataclasses
import json
from hashlib import sha256

import pytest

from tongli.core import Check, Draft, Provenance, Verdict
from tongli.generation.engines import prompts
from tongli.generation.verify import CHECKS

RELEASED = {
    "chat.v1": "ad509cc2e6aea439",
    "small.v1": "66c47b4888d3bc7a",
    "repair.v1": "76954e6b46c41530",
    "small_repair.v1": "8eb1ccf3064cae3f",
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


@pytest.fixture
def failed():
    provenance = Provenance(engine="m")
    checks = (
        Check(name="length", passed=True, detail="fine"),
        Check(name="facts", passed=False, detail="not in the message: “99”"),
        Check(name="avoid", passed=False, detail="1 forbidden string(s)"),
    )
    return Verdict(draft=Draft(text="It costs 99.", lang="en", provenance=provenance), checks=checks)


def test_a_repair_tells_the_draft_and_what_failed(plan, failed):
    private = dataclasses.replace(plan, avoid=("Aloysius",))
    turns = prompts.repair(prompts.chat(private, "Hello"), failed)
    assert [turn["role"] for turn in turns] == ["system", "user", "assistant", "user"]
    assert json.loads(turns[2]["content"]) == {"reply": "It costs 99."}
    told = json.loads(turns[3]["content"].splitlines()[-1])
    assert [item["check"] for item in told["failed"]] == ["facts", "avoid"]
    assert set(told["checks"]) == {"facts", "avoid"}
    assert "Aloysius" not in str(turns)


def test_a_small_model_is_told_one_thing(plan, failed):
    turns = prompts.small_repair(prompts.small(plan, "Hello"), failed)
    assert turns[-2]["content"] == "It costs 99."
    assert "add no number" in turns[-1]["content"]


def test_every_check_has_its_demand(failed):
    for name in CHECKS:
        told = prompts.repair(
            [], dataclasses.replace(failed, checks=(Check(name=name, passed=False, detail=""),))
        )
        assert "Correct what the check found" not in told[-1]["content"]


@pytest.mark.parametrize(
    ("content", "reply"),
    [
        ("Plain.", "Plain."),
        ('{"reply": " Hi. "}', "Hi."),
        ('<think>hm</think>```json\n{"reply": "Hi."}\n```', "Hi."),
        ('{"other": 1}', ""),
        ('Here is the JSON:\n\n{\n  "reply": "Hi {name}."\n}\nI hope it helps.', "Hi {name}."),
        ('Broken: {"reply": "Hi.', 'Broken: {"reply": "Hi.'),
    ],
)
def test_the_reply_comes_out_of_its_wrapper(content, reply):
    assert prompts.reply_of(content) == reply
