"""Who somebody is, and of what kind, is never read off a face, a voice or a scene: no code, no model."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

import tongli
from tongli.applications import model_list
from tongli.core import Settings
from tongli.core.face import Face, FaceEncoding
from tongli.core.pinned import PinnedFile

SOURCES = Path(tongli.__file__).parent
MEDIA = (
    "core/channel.py",
    "core/face.py",
    "core/scene.py",
    "knowledge/scenes.py",
    "emotion/scene.py",
)
FOLDERS = (
    "applications/recordings",
    "channels",
    "emotion/face",
    "emotion/fusion",
    "emotion/speech",
    "encoders/audio",
    "encoders/image",
    "encoders/video",
    "learning/fusion",
    "learning/speech",
)

FORBIDDEN = re.compile(
    r"gender|(?<![a-z])(?:fe)?male(?![a-z])|(?<![a-z])(?:sex|ages?|race|races|skin)(?![a-z])|ethnic|national|"
    r"arcface|facenet|sface|insightface|deepface|recogni[sz]e_?(?:face|person|speaker)|face_?id|"
    r"identif(?:y|ication)_?(?:face|person|speaker)|x_?vector|ecapa",
    re.IGNORECASE,
)
"""What names of code, models and files would say that did it."""


def modules() -> list[Path]:
    found = [SOURCES / name for name in MEDIA]
    for folder in FOLDERS:
        found += sorted((SOURCES / folder).rglob("*.py"))
    return [path for path in found if path.exists()]


def said(tree: ast.AST) -> Iterator[str]:
    """Every name and string of a module but its documentation."""
    documentation = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.value
        for field in ("id", "attr", "name", "arg"):
            if isinstance(value := getattr(node, field, None), str):
                yield value


def test_there_is_something_to_scan():
    assert len(modules()) > 15


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCES)))
def test_no_code_path(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [text for text in said(tree) if FORBIDDEN.search(text)] == []


def test_no_model():
    pinned = [one for one in pinned_files() if FORBIDDEN.search(f"{one.package} {one.member}")]
    assert pinned == []
    names = [model.name for model in model_list.known(Settings.from_env())]
    assert [name for name in names if FORBIDDEN.search(name)] == []


def pinned_files() -> list[PinnedFile]:
    """Files that tongli takes out of packages."""
    found = []
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "PinnedFile":
                given = {item.arg: ast.unparse(item.value).strip("'f\"") for item in node.keywords}
                found.append(PinnedFile(**given))
    assert len(found) > 5
    return found


def test_a_face_has_a_place_and_an_expression_and_nothing_else():
    assert {field.name for field in fields(Face)} == {
        "box",
        "certainty",
        "quality",
        "logits",
        "unfit",
        "time",
        "track",
    }
    assert {field.name for field in fields(FaceEncoding)} == {
        "faces",
        "size",
        "encoder",
        "frames",
        "seconds",
        "step",
    }


@pytest.mark.parametrize(
    "source",
    [
        "def gender_of(face): ...",
        "x = {'female': 1}",
        "age = 3",
        "model = 'arcface_r50.onnx'",
        "def f(*, ethnicity): ...",
        "speaker.identify_person()",
    ],
)
def test_the_scan_finds_what_it_looks_for(source):
    assert any(FORBIDDEN.search(text) for text in said(ast.parse(source)))


@pytest.mark.parametrize("source", ["language = 'pages'", '"""Never gender."""', "image = average(message)"])
def test_the_scan_leaves_other_words_alone(source):
    assert not any(FORBIDDEN.search(text) for text in said(ast.parse(source)))
