import json
from types import SimpleNamespace

import numpy as np
import pytest

from tongli.applications.people import person_from
from tongli.applications.write.voice import NOTHING_NOTE, give_voice
from tongli.core import Draft, EngineError, InputError, Language, Provenance, Reading

PEOPLE = (
    person_from({"name": "Ira", "pronouns": "they/them", "former_names": [{"name": "Oldname"}]}),
    person_from({"name": "Bo", "pronouns": "he/him"}),
)
PASSAGE = "Ira opened the door. They had counted 12 steps."


class Engine:
    name = "openai"

    def __init__(self, *texts):
        self.texts = list(texts)
        self.asked = []

    def complete(self, turns, *, prompt, lang, max_chars, seed, n=1):
        self.asked.append((prompt, turns))
        return [Draft(text=self.texts.pop(0), lang=lang, provenance=Provenance(engine=self.name))]


class FakeTongli:
    """Reads nothing into a text but English."""

    def __init__(self, engine):
        self.engines = (engine,)

    def read_many(self, messages):
        return [Reading(message=each, language=Language(tag="en", score=0.9)) for each in messages]

    def sentences(self, texts):
        return np.ones((len(texts), 4), np.float32) / 2


@pytest.fixture
def voiced():
    def run(*texts, task="rephrase", character="Ira", engine=None):
        engine = engine or Engine(*texts)
        reader = FakeTongli(engine)
        found = give_voice(
            PASSAGE, task=task, character=character, people=PEOPLE, notes="dry", tongli=reader, lang="en", n=1
        )
        return found, engine

    return run


def test_declared_forms_pass(voiced):
    found, engine = voiced("Twelve steps? No: 12. Ira had counted, as they always did, and the door gave in.")
    assert not found.needs_person
    request = json.loads(engine.asked[0][1][1]["content"])
    assert request["voice"] == "dry"
    assert "they" in json.dumps(request["character"])
    assert "Oldname" not in str(engine.asked)


def test_another_pronoun_is_told_and_repaired_once(voiced):
    found, engine = voiced(
        "Ira opened the door. She had counted 12 steps.", "Ira opened it. They counted 12 steps."
    )
    assert [prompt for prompt, _ in engine.asked] == ["voice.v1", "repair.v1"]
    assert [verdict.passed for verdict in found.verdicts] == [True, False]
    assert "consistency" in [check.name for check in found.verdicts[1].failed]


def test_a_changed_number_fails_a_rephrasing(voiced):
    found, _ = voiced("Ira opened the door after 15 steps.", "Ira opened the door after 15 steps.")
    assert found.needs_person
    assert "facts" in [check.name for check in found.verdicts[0].failed]


def test_an_unknown_character_is_refused_without_a_name(voiced):
    with pytest.raises(InputError) as error:
        voiced("x", character="Zed")
    assert error.value.code == "voice.character"
    assert "Zed" not in str(error.value)


def test_an_engine_that_only_words_plans_is_told_so(voiced):
    with pytest.raises(EngineError) as error:
        voiced(engine=SimpleNamespace(name="realiser"))
    assert error.value.code == "engine.no-writer"


def test_talk_about_the_task_is_no_rephrasing(voiced):
    found, _ = voiced(
        "Ira opened the door {quietly} after 12 steps.", "Ira opened the door {quietly} after 12 steps."
    )
    assert found.needs_person
    assert found.notes[-1] == NOTHING_NOTE
    assert "artefact" in [check.name for check in found.verdicts[0].failed]
