import dataclasses

import pytest

from tongli.core import Language
from tongli.generation.verify import language


@pytest.mark.parametrize(
    ("planned", "found", "passed"),
    [
        ("en", Language(tag="en", score=0.9), True),
        ("pt-BR", Language(tag="pt", score=0.9), True),
        ("zh-Hant", Language(tag="zh", score=0.9), True),
        ("de", Language(tag="en", score=0.9), False),
        ("en", Language(tag="en", score=0.4, abstained=True), None),
        ("en", Language(tag="und", score=0.0, abstained=True), None),
        ("id", Language(tag="ms", score=0.9), None),
        ("en", Language(tag="en", score=0.9, others=(("fr", 0.4),)), False),
        ("en", Language(tag="en", score=0.9, others=(("fr", 0.1),)), True),
        ("en", Language(tag="fr", score=0.6, others=(("en", 0.4),)), False),
    ],
)
def test_language(subject, reader, planned, found, passed):
    made = subject("Whatever is written here.", lang=planned)
    reader.language = dataclasses.replace(found)
    assert language.check(made).passed is passed
