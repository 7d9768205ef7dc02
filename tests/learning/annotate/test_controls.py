from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import InputError
from tongli.knowledge.schemes import SCHEMES
from tongli.learning.annotate.controls import NONE, config_xml, decode, encode


@st.composite
def answers(draw):
    """A head and values that an annotator could give."""
    scheme = SCHEMES[draw(st.sampled_from(sorted(SCHEMES)))]
    if scheme.kind == "multiclass":
        chosen = draw(st.sampled_from(scheme.labels))
        return scheme.name, {label: float(label == chosen) for label in scheme.labels}
    value = (
        st.integers(int(scheme.low), int(scheme.high))
        if scheme.kind in {"ordinal", "regression"}
        else st.integers(0, 1)
    )
    return scheme.name, {label: float(draw(value)) for label in scheme.labels}


@given(answers())
def test_what_is_encoded_is_decoded(answer):
    head, values = answer
    assert decode(encode(SCHEMES[head], values), place="t") == ({head: values}, [])


@pytest.mark.parametrize("part", ["text", "audio", "image"])
def test_every_result_has_a_control_that_takes_it(part):
    view = ET.fromstring(config_xml(SCHEMES.values(), part=part))
    controls = {item.get("name"): item for item in view if item.tag in {"Choices", "Rating"}}
    assert view[0].attrib == {"name": part, "value": f"${part}"}
    for scheme in SCHEMES.values():
        one = {label: float(label == scheme.labels[0]) for label in scheme.labels}
        for value in (scheme.low, scheme.high):
            values = one if scheme.kind == "multiclass" else dict.fromkeys(scheme.labels, value)
            for result in encode(scheme, values, part=part):
                control = controls[result["from_name"]]
                assert control.get("toName") == result["to_name"] == part
                if result["type"] == "rating":
                    assert 1 <= result["value"]["rating"] <= int(control.get("maxRating"))
                else:
                    offered = {choice.get("value") for choice in control}
                    assert set(result["value"]["choices"]) <= offered


def choice(name, *chosen):
    return {"from_name": name, "to_name": "text", "type": "choices", "value": {"choices": list(chosen)}}


def rating(name, stars):
    return {"from_name": name, "to_name": "text", "type": "rating", "value": {"rating": stars}}


def test_none_is_an_answer_and_empty_is_not():
    none, _ = decode([choice("ekman6", NONE)], place="t")
    assert set(none["ekman6"].values()) == {0.0}
    assert decode([choice("ekman6"), rating("intensity-joy", 0)], place="t") == ({}, [])


def test_unrated_labels_stay_unknown():
    values, _ = decode([rating("intensity-joy", 4), rating("intensity-fear", 1)], place="t")
    assert values == {"intensity": {"joy": 3.0, "fear": 0.0}}


def test_contradictions_and_strangers_are_told_and_not_used():
    comment = {"from_name": "comment", "type": "textarea", "value": {"text": ["private"]}}
    values, unused = decode([choice("ekman6", "joy", NONE), comment], place="t")
    assert (values, unused) == ({}, ["ekman6", "comment"])


@pytest.mark.parametrize(
    ("result", "code"),
    [
        ({"from_name": "ekman6"}, "labelstudio.result"),
        ({"from_name": 3, "type": "choices", "value": {}}, "labelstudio.result"),
        ({**choice("ekman6", "joy"), "type": "textarea", "value": {"textarea": "joy"}}, "labelstudio.result"),
        (choice("intensity", "joy"), "labelstudio.result"),
        (rating("intensity-joy", 2.5), "labelstudio.result"),
        (choice("ekman6", "joy", "bliss"), "labelstudio.label"),
        (rating("intensity-bliss", 2), "labelstudio.label"),
        (rating("ekman6-joy", 2), "labelstudio.label"),
        (choice("sentiment", "positive", "negative"), "labelstudio.value"),
        (rating("intensity-joy", 5), "labelstudio.value"),
        (rating("distress-distress", -1), "labelstudio.value"),
    ],
)
def test_bad_results(result, code):
    with pytest.raises(InputError) as caught:
        decode([result], place="file.json: task 7")
    assert caught.value.code == code
    assert "file.json: task 7" in caught.value.received
