from __future__ import annotations

import shutil
import stat

import pytest

from tongli.core import EngineError, Translator
from tongli.generation.engines.apertium import Apertium
from tongli.testing import check_translator


def program(folder, body):
    path = folder / "apertium"
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return Apertium(command=str(path))


def texts(found):
    """The one draft of each text, ``None`` for none."""
    return [drafts[0].text if drafts else None for drafts in found]


ECHO = 'if [ "$1" = -l ]; then echo "  eng-spa"; echo "  spa-eng"; echo "  spa-eng_US"; else cat; fi'


@pytest.mark.parametrize(
    "text",
    ["plain.", r"a [b\] ^c$ {d} <e> \f @ /", "see https://x.org/[1] @ann 5\nnew line", "[]", "ünï 你好"],
)
def test_any_text_survives_the_stream_format(tmp_path, text):
    translator = program(tmp_path, ECHO)
    assert translator.pairs() == {("en", "es"), ("es", "en")}
    assert texts(translator.translate([text, "next"], source="en", target="es")) == [text, "next"]
    assert isinstance(translator, Translator)


def test_it_keeps_the_contract(tmp_path):
    check_translator(program(tmp_path, ECHO), source="en", target="es", texts=["One.", "Two of them.", "3"])


def test_errors_say_what_to_install(tmp_path):
    with pytest.raises(EngineError, match=r"translate\.apertium.*apt-get install apertium"):
        Apertium(command="no-such-apertium").pairs()
    with pytest.raises(EngineError, match=r"translate\.apertium.*without a language pair"):
        program(tmp_path, "true").pairs()
    with pytest.raises(EngineError, match=r"translate\.pair.*en-es.*mt, gguf"):
        program(tmp_path, ECHO).translate(["x"], source="en", target="ja")


def test_a_missing_part_of_a_pair_is_named(tmp_path):
    body = "cat; echo '/dev/fd/63: line 1: cg-proc: command not found' >&2"
    with pytest.raises(EngineError, match=r"translate\.failed.*cg-proc is not installed.*cg3"):
        program(tmp_path, ECHO.replace("cat", body)).translate(["One."], source="en", target="es")


@pytest.mark.parametrize("body", ["exit 3", "head -c 0"])
def test_a_failing_program_does_not_echo_the_text(tmp_path, body):
    translator = program(tmp_path, ECHO.replace("cat", body))
    with pytest.raises(EngineError, match=r"translate\.failed") as caught:
        translator.translate(["secret words", "more"], source="en", target="es")
    assert "secret" not in str(caught.value)


def test_stray_spaces_of_the_program_go_and_those_of_the_text_stay(tmp_path):
    loose = 'if [ "$1" = -l ]; then echo eng-spa; else sed "s/cake/  cake /"; fi'
    found = program(tmp_path, loose).translate(["a cake.", "a  cake ."], source="en", target="es")
    assert texts(found) == ["a cake.", "a    cake  ."]


def test_a_missing_pair_names_its_package(tmp_path):
    with pytest.raises(EngineError, match=r"translate\.pair.*apt-get install apertium-fr-es"):
        program(tmp_path, ECHO).translate(["x"], source="fr", target="es")


def test_a_very_long_text_has_no_draft(tmp_path):
    long = "word " * 3000
    assert texts(program(tmp_path, ECHO).translate([long, "x"], source="en", target="es")) == [None, "x"]


def test_marks_of_unknown_words_go_and_stars_of_the_text_stay(tmp_path):
    marks = 'if [ "$1" = -l ]; then echo eng-spa; else sed "s/blorf/*blorf/; s/zub/@zub/"; fi'
    [[draft]] = program(tmp_path, marks).translate(["a *bold* blorf, # zub"], source="en", target="es")
    assert draft.text == "a *bold* blorf, # zub"
    assert draft.unknown == ("blorf", "zub")


@pytest.mark.skipif(shutil.which("apertium") is None, reason="Apertium is not installed")
def test_the_real_program():
    translator = Apertium()
    if ("en", "es") not in translator.pairs():
        pytest.skip("apertium-eng-spa is not installed")
    found = translator.translate(
        ["The cat is black, @ann_1.", "A *blorf* is <1>red</1>."], source="en", target="es"
    )
    assert texts(found) == ["El gato es negro, @ann_1.", "Un *blorf* es <1>rojo</1>."]
    assert found[1][0].unknown == ("blorf",)
