"""Messages that name the writer's own feeling and nothing else."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.knowledge.named_feelings import feeling_named_in, named_feeling
from tongli.knowledge.schemes import SCHEMES

TABLES = tomllib.loads((files("tongli.knowledge") / "named_feelings.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "I am furious.", "anger"),
        ("en", "I'm so very happy today!!", "joy"),
        ("en", "This makes me really angry.", "anger"),
        ("en", "We are heartbroken. I am so sad.", "sadness"),
        ("de", "Ich habe schreckliche Angst.", "fear"),
        ("es", "Estoy furiosa.", "anger"),
        ("es", "Hoy estoy muy triste.", "sadness"),
        ("fr", "Je suis très en colère contre vous !", "anger"),
        ("it", "Sono davvero felice!", "joy"),
        ("pt", "Tenho medo.", "fear"),
        ("zh", "我气死了！", "anger"),
        ("zh", "我今天真的很难过。", "sadness"),
        ("ja", "とても嬉しいです。", "joy"),
    ],
)
def test_what_is_named_is_told(lang: str, text: str, expected: str) -> None:
    assert named_feeling(text, lang=lang) == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "I am not furious."),
        ("en", "Are you furious?"),
        ("en", "She is furious."),
        ("en", "I am happy. I am sad."),
        ("en", "I am furious. The parcel is late."),
        ("en", "I am happy to help."),
        ("de", "Ich bin nicht traurig."),
        ("es", "No estoy triste."),
        ("fr", "Je ne suis pas content."),
        ("zh", "我不高兴。"),
        ("ja", "怖くないです。"),
        ("fi", "Olen vihainen."),
        ("en", ""),
        ("en", "..."),
    ],
)
def test_anything_else_is_left_to_the_head(lang: str, text: str) -> None:
    assert named_feeling(text, lang=lang) is None


@pytest.mark.parametrize("lang", TABLES)
def test_every_pattern_of_a_table_matches_something_it_names(lang: str) -> None:
    feelings = TABLES[lang]["feelings"]
    assert set(feelings) == set(SCHEMES["ekman6"].labels)
    for label, words in feelings.items():
        for word in words:
            plain = re.sub(r"\(\?:([^|()]*)[^()]*\)\??|\[(.)[^\]]*\]", r"\1\2", word).replace("?", "")
            opening = "我" if lang == "zh" else "" if lang == "ja" else f"{TABLES[lang]['i'][0]} "
            opening = re.sub(r"\(\?:[^()]*\)\??", "", opening)
            assert named_feeling(f"{opening}{plain}.", lang=lang) == label, (word, plain)


@given(st.text(max_size=80), st.sampled_from(sorted(TABLES)))
def test_any_text_is_read(text: str, lang: str) -> None:
    assert named_feeling(text, lang=lang) in {None, *SCHEMES["ekman6"].labels}


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "My order KX-20417 never came and I am furious. I paid 49.90 EUR on 3 March.", "anger"),
        ("en", "Where is it? I'm really angry.", "anger"),
        ("ru", "Мне прислали не тот размер уже второй раз. Я в ярости.", "anger"),
        ("de", "Das Paket ist weg und ich bin stinksauer!", "anger"),
        ("fr", "Rien ne marche et je suis furieux.", "anger"),
        ("es", "Llegó roto y estoy muy enfadada.", "anger"),
        ("pl", "To już trzeci raz, jestem wściekła.", "anger"),
        ("nl", "Het is weer kapot en ik ben woedend.", "anger"),
        ("zh", "快递丢了，所以我真的很生气！", "anger"),
        ("ja", "届きません。本当に腹が立ちます。", "anger"),
        ("en", "Are you angry?", None),
        ("en", "I am not angry, I just want my parcel.", None),
        ("en", "She says he is furious, and that is all.", None),
        ("en", "I am sad, and I am angry.", None),
        ("fi", "Olen vihainen, koska se myöhästyi.", None),
    ],
)
def test_a_clause_may_name_it(lang: str, text: str, expected: str | None) -> None:
    assert feeling_named_in(text, lang=lang) == expected
