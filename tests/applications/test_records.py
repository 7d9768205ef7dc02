from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.applications.records import Failure, parse
from tongli.core import Audio, Image, Message, Video

LIMITS = {"lang": None, "max_chars": 100, "max_bytes": 1000}


def read(record: object, **changes: object) -> Message | Failure:
    raw = record if isinstance(record, bytes) else json.dumps(record).encode()
    return parse(raw, line=7, **{**LIMITS, **changes})  # type: ignore[arg-type]


def test_a_line_becomes_a_message() -> None:
    found = read({"id": 4, "text": "Bom dia", "lang": "pt_BR", "context": ["Olá", "Oi"], "extra": {}})
    assert found == Message(text="Bom dia", lang="pt-BR", history=("Olá", "Oi"), id=4)


def test_context_may_hold_a_norm() -> None:
    found = read({"id": 1, "text": "yes", "context": {"norm": "Greet first.", "history": ["Shall we?"]}})
    assert found == Message(text="yes", history=("Shall we?",), id=1, norm="Greet first.")
    assert read({"id": 1, "text": "yes", "context": {"norm": " "}}) == Message(text="yes", id=1)


def test_context_may_be_one_string() -> None:
    found = read({"id": "a", "text": "yes", "context": "Shall we?"})
    assert isinstance(found, Message)
    assert found.history == ("Shall we?",)


@pytest.mark.parametrize("text", [{}, {"text": None}, {"text": ""}, {"text": " \n"}])
def test_media_may_stand_instead_of_a_text(text: dict[str, str]) -> None:
    found = read({"id": 1, "audio": "a/b.ogg", **text}, folder=Path("in"))
    assert found == Message(media=(Audio(Path("in/a/b.ogg")),), id=1)


def test_media_may_stand_beside_a_text(tmp_path: Path) -> None:
    record = {"id": 1, "text": "hi", "video": str(tmp_path / "v.mp4"), "image": "i.png", "audio": None}
    found = read(record, folder=Path("in"))
    assert found == Message("hi", media=(Image(Path("in/i.png")), Video(tmp_path / "v.mp4")), id=1)


def test_where_only_texts_are_taken_media_are_nothing() -> None:
    assert read({"id": 1, "text": "hi", "audio": 5}) == Message("hi", id=1)
    assert read({"id": 1, "audio": "a.ogg"}).error["code"] == "line.text"  # type: ignore[union-attr]


@pytest.mark.parametrize("path", [5, "", ["a.ogg"], "a\0.ogg", True])
def test_what_is_no_path(path: object) -> None:
    found = read({"id": 1, "text": "hi", "audio": path}, folder=Path())
    assert isinstance(found, Failure)
    assert found.error["code"] == "line.media"


@pytest.mark.parametrize(("given_lang", "expected"), [(None, "de"), ("", "de"), ("und", "de"), ("fr", "fr")])
def test_the_default_language_yields_to_the_line(given_lang: str | None, expected: str) -> None:
    found = read({"id": 1, "text": "x", "lang": given_lang}, lang="de")
    assert isinstance(found, Message)
    assert found.lang == expected


@pytest.mark.parametrize(
    ("record", "code", "identity"),
    [
        (b"", "line.blank", None),
        (b" \t", "line.blank", None),
        (b"\xff\xfe{", "line.encoding", None),
        (b"{'id': 1}", "line.json", None),
        (b'{"id": 1, "text": "cut', "line.json", None),
        (b"[" * 100_000, "line.json", None),
        (b'{"id": ' + b"9" * 5000 + b"}", "line.json", None),
        ([1], "line.object", None),
        (None, "line.object", None),
        ("text", "line.object", None),
        ({"text": "x"}, "line.id", None),
        ({"id": None, "text": "x"}, "line.id", None),
        ({"id": True, "text": "x"}, "line.id", None),
        ({"id": 1.5, "text": "x"}, "line.id", None),
        ({"id": 0}, "line.text", 0),
        ({"id": "", "text": 3}, "input.type", ""),
        ({"id": "a", "text": None}, "input.type", "a"),
        ({"id": "a", "text": ""}, "input.empty", "a"),
        ({"id": "a", "text": " \n\u200b"}, "input.blank", "a"),
        ({"id": "a", "text": "x" * 101}, "input.too-long", "a"),
        ({"id": "a", "text": "x", "lang": 5}, "line.lang", "a"),
        ({"id": "a", "text": "x", "lang": "!!"}, "line.lang", "a"),
        ({"id": "a", "text": "x", "context": {}}, "line.context", "a"),
        ({"id": "a", "text": "x", "context": ["y", 1]}, "line.context", "a"),
        ({"id": "a", "text": "x", "context": {"norm": 3}}, "line.context", "a"),
        ({"id": "a", "text": "x", "context": {"norm": "y", "history": {}}}, "line.context", "a"),
    ],
)
def test_a_broken_line_says_what_is_wrong(record: object, code: str, identity: str | int | None) -> None:
    found = read(record)
    assert isinstance(found, Failure)
    data = found.to_dict()
    assert (data["line"], data["code"], data.get("id")) == (7, code, identity)
    assert all(data[key] for key in ("received", "allowed", "fix"))


def test_a_line_that_was_too_long_to_keep() -> None:
    found = parse(None, line=1, lang=None, max_chars=10, max_bytes=5)
    assert isinstance(found, Failure)
    assert found.error["code"] == "line.too-long"


@pytest.mark.parametrize("text", ["\ud800", "a\x00b", "NaN", "\u202eabc", "👍🏽"])
def test_odd_text_is_still_text(text: str) -> None:
    found = read({"id": 1, "text": text + "!"})
    assert isinstance(found, Message)
    assert found.text == text + "!"


def test_nan_and_duplicate_keys_are_no_fault() -> None:
    found = read(b'{"id": 1, "id": 2, "text": "x", "weight": NaN}')
    assert isinstance(found, Message)
    assert found.id == 2


@given(st.binary(max_size=200))
def test_bytes_never_raise(raw: bytes) -> None:
    read(raw)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["id", "text", "lang", "context"]), inner, max_size=4)
        ),
        max_leaves=6,
    )
)
def test_json_never_raises_and_ids_come_back(record: object) -> None:
    found = read(record)
    if isinstance(found, Message):
        assert isinstance(record, dict)
        assert found.id == record["id"]
        assert found.text == record["text"]


@given(st.text(min_size=5).map(lambda text: f"qzx{text}"))
def test_failures_never_repeat_the_text(text: str) -> None:
    found = read({"id": 1, "text": {text: text}, "lang": text}, max_chars=1)
    assert isinstance(found, Failure)
    assert repr(text)[1:-1] not in json.dumps(found.error) or len(set(text)) < 3
