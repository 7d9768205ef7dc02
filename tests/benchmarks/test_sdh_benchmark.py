"""How tags are counted."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tongli.applications.subtitles.cue import Tag
from tongli.core import TranscriptSegment, TranscriptWord

pytest.importorskip("av")
FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def sdh() -> Iterator[ModuleType]:
    sys.path.insert(0, str(FOLDER))
    yield importlib.import_module("sdh")
    sys.path.remove(str(FOLDER))


def segment(start, end):
    return TranscriptSegment(words=(TranscriptWord(text=" so", times=(start, end), confidence=0.9),))


def test_tags_are_counted_by_the_clip_they_share_most_time_with(sdh):
    said = [((0.0, 2.0), "anger"), ((3.0, 5.0), "boredom"), ((6.0, 8.0), "neutral"), ((9.0, 11.0), "sadness")]
    segments = [segment(0.1, 2.0), segment(1.9, 5.0), segment(6.0, 8.0), segment(9.0, 11.0)]
    tags = [Tag("angry", 0.9), Tag("sad", 0.9), None, Tag("sad", 0.7)]
    found = sdh.counted(said, segments, tags, confidence=0.8)
    assert found == sdh.Counts(tags=2, right=1, felt=3, told=2)
    assert sdh.share([found], "right", "tags") == 0.5
    assert sdh.interval([found], "told", "felt") == pytest.approx((2 / 3, 2 / 3))


def test_train_speakers_are_left_out_two_at_a_time(sdh):
    rows = [{"speaker": name, "split": "train"} for name in "abcd"] + [{"speaker": "e", "split": "dev"}]
    assert [[row["speaker"] for row in part] for part in sdh.groups(rows, "train")] == [
        ["a", "b"],
        ["c", "d"],
    ]
    assert [[row["speaker"] for row in part] for part in sdh.groups(rows, "dev")] == [["e"]]
