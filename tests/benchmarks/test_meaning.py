"""How pairs are judged, limits are set and weights are written."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

pytest.importorskip("torch")

from tongli.core import Tokens
from tongli.core.pairs import load_pairs, save_pairs
from tongli.learning.meaning.examples import Example, Told
from tongli.learning.meaning.network import PairNetwork
from tongli.learning.meaning.parallel import Group

FOLDER = Path(__file__).parents[2] / "benchmarks"
HIDDEN = 384


@pytest.fixture(scope="module")
def script() -> Iterator[ModuleType]:
    sys.path.insert(0, str(FOLDER))
    yield importlib.import_module("meaning")
    sys.path.remove(str(FOLDER))


class Reader:
    """A state a character, drawn by its code."""

    def tokens(self, texts):
        return [
            Tokens(
                spans=tuple((at, at + 1) for at in range(len(text))),
                states=np.stack(
                    [np.random.default_rng(ord(char)).normal(size=HIDDEN) for char in text]
                ).astype(np.float32),
                encoder="toy",
            )
            for text in texts
        ]


def example(one, two, kind="", langs=("en", "es")):
    return Example(first=Told(text=one, lang=langs[0]), second=Told(text=two, lang=langs[1]), kind=kind)


def test_a_limit_is_the_higher_of_all_languages_and_its_own(script):
    pairs = (
        [example("a", "b")] * 60 + [example("a", "b", langs=("en", "fr"))] * 60 + [example("c", "d", "time")]
    )
    odds = np.concatenate([np.linspace(-4, 0, 60), np.linspace(-1, 3, 60), [9.0]])
    judged = script.Read(pairs=pairs, odds=odds)
    known = script.limits(judged, script.Read(pairs=pairs[:-1], odds=odds[:-1]))
    assert set(known) == {"en", "es", "fr"}
    assert known["fr"] > known["en"] >= known["es"]
    held = script.stopped(judged, known)
    assert held[-1]
    assert held[:-1].mean() < 0.05


def test_a_language_without_a_limit_is_not_judged(script):
    judged = script.Read(pairs=[example("a", "b", "time", langs=("en", "yo"))], odds=np.array([9.0]))
    assert not script.stopped(judged, {"en": 1.0}).any()


def test_lists_of_negations(script):
    assert script.denied(example("He did not come.", "Vino ayer."))
    assert not script.denied(example("He did not come.", "No vino."))
    assert not script.denied(example("He did not come.", "Wá.", langs=("en", "yo")))


def test_pairs_of_a_part_with_opposites_that_were_not_learnt(script):
    group = Group(
        source="ntrex",
        part="report",
        texts={
            "en": ("The guilty man left.",),
            "es": ("El culpable se fue.",),
            "fr": ("Le coupable est parti.",),
        },
    )
    found = script.pairs([group, group], "report")
    assert {each.kind for each in found} >= {"", script.UNLISTED}
    assert "The innocent man left." in {each.first.text for each in found}
    assert script.pairs([group], "limits") == []


def test_good_pairs_of_every_language_alike(script):
    texts = {"en": ("One.",), "es": ("Uno.",), "fr": ("Un.",), "de": ("x" * 400,)}
    groups = [Group(source="ntrex", part="limits", texts=texts) for _ in range(script.EACH + 5)]
    found = script.evenly([*groups, Group(source="ntrex", part="report", texts=texts)], "limits")
    assert len(found) == 3 * script.EACH
    assert {each.kind for each in found} == {""}
    assert {(each.first.lang, each.second.lang) for each in found} <= {
        (one, other) for one in ("en", "es", "fr") for other in ("en", "es", "fr") if one != other
    }


def test_limits_are_written_and_judged_by(script, tmp_path, monkeypatch):
    monkeypatch.setattr(script, "TARGET", tmp_path / "same.safetensors")
    about = {"kinds": script.KINDS, "encoder": "toy", "limits": {}}
    save_pairs(script.TARGET, PairNetwork(HIDDEN).arrays(), about=about)
    groups = [
        Group(source="xsid", part="limits", texts={"en": (f"text number {at}",), "es": (f"texto {at}",)})
        for at in range(30)
    ]
    script.set_limits(groups, Reader())
    reader = load_pairs(script.TARGET)
    assert set(reader.limits) == {"en", "es"}
    good = script.read(reader, script.evenly(groups, "limits"), Reader())
    told = script.alarms(good, reader.limits)
    assert {lang: own["pairs"] for lang, own in told.items()} == {"en": 60, "es": 60}
    assert all(own["held back"] <= 0.1 for own in told.values())
    judged = script.read(reader, [*good.pairs, example("text", "yet more", "other")], Reader())
    assert script.shares(judged, reader.limits).keys() == {"good", "other"}
