from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from tongli.core import Waveform

pytest.importorskip("av")
FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def asr() -> Iterator[ModuleType]:
    sys.path.insert(0, str(FOLDER))
    yield importlib.import_module("asr")
    sys.path.remove(str(FOLDER))


@pytest.fixture
def reels(asr) -> ModuleType:
    return importlib.import_module("reels")


@pytest.mark.parametrize(
    ("said", "heard", "expected"),
    [
        ("a b c", "a b c", 0),
        ("a b c", "a c", 1),
        ("a b", "a x b", 1),
        ("a b", "", 2),
        ("", "a", 1),
        ("a", "b", 1),
    ],
)
def test_edits(asr, said, heard, expected):
    assert asr.edits(said.split(), heard.split()) == expected


def test_units_are_words_or_characters(asr):
    assert asr.units("Wie geht's, Frau Müller?", "de") == ["wie", "geht", "s", "frau", "müller"]
    assert asr.units("猫が 好き。", "ja") == list("猫が好き")


def test_turns_are_matched_once(asr):
    row = {"turns": [["a", 0.0, 1.0], ["b", 1.0, 2.0], ["b", 2.1, 3.0], ["a", 3.0, 4.0]]}
    assert asr.turns_in(row) == [1.0, 3.0]
    assert asr.matched([1.0, 3.0], [1.2, 1.3, 9.0]) == 1


@pytest.fixture
def turns(reels) -> ModuleType:
    return importlib.import_module("turns")


def test_talks_say_who_speaks_when(turns, monkeypatch):
    hum = Waveform(samples=np.sin(np.arange(16_000) / 20).astype(np.float32))
    monkeypatch.setattr(turns, "read_audio", lambda _: hum)
    rows = [{"speaker": name, "path": name} for name in "abc"]
    sound, row = turns.talk(rows, seed=1, speakers=2)
    names = [name for name, _, _ in row["turns"]]
    assert len(set(names)) == 2
    assert all(one != other for one, other in pairwise(names))
    assert len(sound) / 16_000 > row["turns"][-1][2]
    assert turns.turns_in(turns.talk(rows, seed=1, speakers=1)[1]) == []


def test_turns_of_all_talks(turns):
    assert turns.figures([(2, 3, 4), (0, 1, 0)]) == (0.5, 0.5, 0.5)
    low, high = turns.interval([(2, 3, 4), (0, 1, 0)])
    assert low <= 0.5 <= high


def test_error_rates_of_all(asr):
    rows = [{"edits": 1, "units": 3}, {"edits": 0, "units": 1}]
    assert asr.rate(rows) == 0.25
    low, high = asr.interval(rows)
    assert low <= 0.25 <= high


def test_a_clip_is_trimmed_to_its_speech(reels):
    at = np.arange(16_000) / 16_000
    tone = 0.5 * np.sin(2 * np.pi * 300 * at)
    click = np.zeros(16_000)
    click[2000:2160] = 0.3
    clip = np.concatenate([click, tone, np.zeros(16_000)]).astype(np.float32)
    assert len(reels.trimmed(clip)) == pytest.approx(16_000, abs=320)


def test_noise_has_power_one_and_more_of_it_is_low(reels):
    noise = reels.pink(32_000, np.random.default_rng(0))
    spectrum = np.abs(np.fft.rfft(noise)) ** 2
    assert np.std(noise) == pytest.approx(1, abs=0.01)
    assert spectrum[100:1000].mean() > 3 * spectrum[5000:].mean()


def test_what_is_near_and_what_is_merged(reels):
    assert reels.nearest(10.0, [1.0, 10.2, 30.0]) == pytest.approx(0.2)
    assert reels.nearest(10.0, [1.0, 30.0]) is None
    assert reels.nearest(10.0, []) is None
