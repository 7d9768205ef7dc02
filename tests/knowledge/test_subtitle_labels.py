"""Labels of subtitles in languages: complete, and told by script."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import get_args

import pytest

from tongli.core import SoundKind
from tongli.knowledge.speech_labels import SPEECH_LABELS
from tongli.knowledge.subtitle_labels import subtitle_label

TABLE = tomllib.loads((files("tongli.knowledge") / "subtitle_labels.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("lang", TABLE)
def test_every_label_has_a_name_of_its_own(lang):
    names = TABLE[lang]
    assert list(names) == [*SPEECH_LABELS, *get_args(SoundKind)]
    assert len(set(names.values())) == len(names)


def test_languages():
    assert subtitle_label("angry", "zh-TW") == "憤怒"
    assert subtitle_label("angry", "zh-CN") == "愤怒"
    assert subtitle_label("noise", "pt-BR") == "ruído"
    assert subtitle_label("angry", "ka") == "angry"
    assert subtitle_label("wind", "de") == "wind"
