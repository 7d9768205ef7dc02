"""Nothing that learns from or reads a voice can say who speaks, or what kind of person: no code does it.

What the packages of media may not hold is scanned in tests/test_never_from_media.py; this is about the rest.
"""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from pathlib import Path

import pytest

import tongli
from tongli.core.voice import VoiceEncoding, VoiceWindow
from tongli.knowledge.speech_labels import SPEECH_LABELS

SOURCES = Path(tongli.__file__).parent
PATHS = sorted(
    path
    for pattern in (
        "core/voice.py",
        "knowledge/speech_labels.*",
        "learning/speech/*.py",
        "cli/learn/speech*.py",
    )
    for path in SOURCES.glob(pattern)
)
FORBIDDEN = re.compile(
    r"gender|(?<![a-z])(?:fe)?male(?![a-z])|(?<![a-z])(?:sex|age|ages|race|accent)(?![a-z])|ethnic|"
    r"speaker_?(?:id|embedding|recognition|verification)|x_?vector|ecapa|voice_?print",
    re.IGNORECASE,
)


def words(path):
    """Names and strings of a module but its documentation; every word of a table."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return [text]
    nodes = list(ast.walk(ast.parse(text)))
    told = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    strings = [node.value for node in nodes if isinstance(node, ast.Constant) and id(node) not in told]
    names = [getattr(node, part, None) for node in nodes for part in ("id", "attr", "name", "arg")]
    return [word for word in (*strings, *names) if isinstance(word, str)]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: str(path.relative_to(SOURCES)))
def test_no_code_path(path):
    assert [word for word in words(path) if FORBIDDEN.search(word)] == []


def test_the_scan_would_notice(tmp_path):
    path = tmp_path / "x.py"
    path.write_text('"""About gender."""\nspeaker_id = 1\n')
    assert [word for word in words(path) if FORBIDDEN.search(word)] == ["speaker_id"]
    assert len(PATHS) > 8


def test_encodings_and_labels_have_no_place_for_it():
    names = {field.name for kind in (VoiceEncoding, VoiceWindow) for field in fields(kind)}
    assert names == {
        "seconds", "speech", "features", "states", "windows", "level", "snr", "clipped", "encoder", "times",
    }  # fmt: skip
    assert SPEECH_LABELS == ("angry", "happy", "neutral", "sad", "fearful", "disgusted", "surprised", "calm")
