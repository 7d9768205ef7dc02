from __future__ import annotations

import json

import numpy as np
import pytest

from tongli import Tongli
from tongli.core import Claim, InputError, Language, Message, Reading
from tongli.emotion.head import load_head
from tongli.emotion.words import grams
from tongli.knowledge.schemes import SCHEMES
from tongli.learning.annotate.labelstudio import read_annotations, to_task, write_tasks
from tongli.learning.annotate.queue import queue
from tongli.learning.annotate.survey import suggested, survey
from tongli.learning.data.record import Record

RECORDS = [
    Record(id="a", text="I am so happy that you came!", lang="en"),
    Record(id="b", text="Me da miedo abrir esa puerta.", lang="es"),
    Record(id="c", text="This makes me furious, every single day."),
]


@pytest.fixture(scope="module")
def tongli(tiny_model, tiny_settings):
    return Tongli(model=str(tiny_model), settings=tiny_settings)


def test_what_a_survey_holds(tongli):
    told = []
    seen = survey(RECORDS, tongli=tongli, progress=told.append)
    assert told == [3]
    assert seen.features.shape == (3, len(tongli.encode([Message("x")])[0].features))
    assert seen.encoder == tongli.encoder.id
    assert seen.languages[:2] == ("en", "es")
    assert seen.languages[2] == seen.readings[2].language.tag != "und"
    head = load_head(tongli.heads.folder, "ekman6")
    values = head.values(seen.features, grams(seen.pieces), languages=seen.languages)
    np.testing.assert_allclose(seen.values("ekman6"), values, atol=1e-4)
    assert seen.values("politeness").shape == (3, 1)


@pytest.mark.parametrize(
    ("records", "code"), [([], "annotate.none"), ([Record(id="s", audio="s.wav")], "annotate.text")]
)
def test_what_cannot_be_read(tongli, records, code):
    with pytest.raises(InputError) as caught:
        survey(records, tongli=tongli)
    assert caught.value.code == code


def reading(scores, *claims):
    return Reading(message=Message("x"), language=Language(tag="en", score=1.0), claims=claims, scores=scores)


def claim(head, label, *, abstained=False):
    return Claim(dimension="x", label=label, score=0.5, abstained=abstained, source=f"head:{head}")


def test_suggestions_are_decisions():
    emotions = dict.fromkeys(("anger", "disgust", "fear", "joy", "sadness", "surprise"), 0.4)
    found = suggested(reading({"ekman6": emotions}, claim("ekman6", "joy")), SCHEMES["ekman6"])
    assert found == {**dict.fromkeys(emotions, 0.0), "joy": 1.0}
    assert suggested(reading({"ekman6": emotions}), SCHEMES["ekman6"]) == dict.fromkeys(emotions, 0.0)
    assert (
        suggested(reading({"ekman6": emotions}, claim("ekman6", None, abstained=True)), SCHEMES["ekman6"])
        is None
    )
    assert suggested(
        reading({"politeness": 0.1}, claim("politeness", "impolite")), SCHEMES["politeness"]
    ) == {"polite": 0}
    assert suggested(reading({"distress": 3.2}, claim("distress", "distress")), SCHEMES["distress"]) == {
        "distress": 3.2
    }


def test_suggestions_can_be_accepted_as_they_are(tongli, tmp_path):
    """What Label Studio stores when an annotator submits a prediction comes back as the model's decision."""
    seen = survey(RECORDS, tongli=tongli)
    tasks = [to_task(record, suggestion=seen.suggestion(row)) for row, record in enumerate(RECORDS)]
    for task in tasks:
        (prediction,) = task.get("predictions", [{"result": []}])
        task["annotations"] = [{"completed_by": 1, "result": prediction["result"]}]
    write_tasks(tmp_path / "export.json", tasks)
    items = read_annotations(tmp_path / "export.json").items
    for row, item in enumerate(items):
        wanted = seen.suggestion(row).values
        for head in ("ekman6", "sentiment", "politeness"):
            assert item.judgements[0].values.get(head) == wanted.get(head)
        assert 0 <= seen.suggestion(row).confidence <= 1


@pytest.mark.models
def test_the_shipped_model_suggests_and_asks():
    """Plain feelings are suggested; the queue prefers what is mixed to what is plain."""
    plain = [
        Record(id="joy", text="Thank you, I am so happy, this is wonderful news!", lang="en"),
        Record(id="alegría", text="¡Qué alegría, todo salió perfecto, gracias!", lang="es"),
    ]
    mixed = [
        Record(id="mixed", text="Well, that was unexpected. I do not know what to say about it.", lang="en")
    ]
    tongli = Tongli(heads=["ekman6"]).load()
    seen = survey([*plain, *mixed], tongli=tongli)
    assert seen.suggestion(0).values["ekman6"]["joy"] == 1
    assert seen.suggestion(1).values["ekman6"]["joy"] == 1
    json.dumps(to_task(plain[0], suggestion=seen.suggestion(0)))
    heads = [load_head(tongli.heads.folder, "ekman6")]
    for strategy in ("uncertainty", "bald"):
        (first, *_rest) = queue(seen, heads=heads, strategy=strategy, count=3)
        assert first.record.id == "mixed", strategy
        assert first.score > 0
