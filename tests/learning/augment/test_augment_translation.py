from __future__ import annotations

import shutil
import stat

import pytest

from tongli.core import ConfigError, EngineError
from tongli.learning.augment.apertium import Apertium
from tongli.learning.augment.translation import BackTranslation
from tongli.learning.data.record import Record


class Upside:
    """A translator that marks the way."""

    name = "upside"

    def pairs(self):
        return frozenset({("en", "es"), ("es", "en"), ("en", "fr"), ("fr", "en"), ("en", "ca")})

    def translate(self, texts, *, source, target):
        return [f"{text} {source}>{target}" for text in texts]


def test_there_and_back_for_each_language_that_has_a_way():
    records = [
        Record(id=str(n), text=f"t{n}", lang=lang) for n, lang in enumerate(["en-GB", "ja", "es", "en"])
    ]
    found = BackTranslation(Upside()).propose(records, count=5, seed=0)
    assert [[item.text for item in row] for row in found] == [
        ["t0 en>es es>en", "t0 en>fr fr>en"],
        [],
        ["t2 es>en en>es"],
        ["t3 en>es es>en", "t3 en>fr fr>en"],
    ]
    assert found[0][0].detail == "upside:en-es"


def test_pivots_are_taken_in_the_order_given():
    method = BackTranslation(Upside(), pivots=["fr", "es"])
    (found,) = method.propose([Record(id="1", text="t", lang="en")], count=1, seed=0)
    assert [item.text for item in found] == ["t en>fr fr>en"]


def test_a_pivot_without_a_way_back_is_refused():
    with pytest.raises(ConfigError, match=r"augment\.pivot.*en, es, fr"):
        BackTranslation(Upside(), pivots=["ca"])


def program(folder, body):
    path = folder / "apertium"
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return Apertium(command=str(path))


ECHO = 'if [ "$1" = -l ]; then echo "  eng-spa"; echo "  spa-eng"; echo "  spa-eng_US"; else cat; fi'


@pytest.mark.parametrize(
    "text",
    ["plain.", r"a [b\] ^c$ {d} <e> \f @ /", "see https://x.org/[1] @ann 5\nnew line", "[]", "ünï 你好"],
)
def test_any_text_survives_the_stream_format(tmp_path, text):
    translator = program(tmp_path, ECHO)
    assert translator.pairs() == {("en", "es"), ("es", "en")}
    assert translator.translate([text, "next"], source="en", target="es") == [text, "next"]


def test_errors_say_what_to_install(tmp_path):
    with pytest.raises(EngineError, match=r"augment\.apertium.*apt-get install apertium"):
        Apertium(command="no-such-apertium").pairs()
    with pytest.raises(EngineError, match=r"augment\.apertium.*without a language pair"):
        program(tmp_path, "true").pairs()
    with pytest.raises(EngineError, match=r"augment\.pair.*en-es"):
        program(tmp_path, ECHO).translate(["x"], source="en", target="ja")


@pytest.mark.parametrize("body", ["exit 3", "head -c 0"])
def test_a_failing_program_does_not_echo_the_text(tmp_path, body):
    translator = program(tmp_path, ECHO.replace("cat", body))
    with pytest.raises(EngineError, match=r"augment\.translate") as caught:
        translator.translate(["secret words", "more"], source="en", target="es")
    assert "secret" not in str(caught.value)


def test_a_very_long_text_is_left_alone(tmp_path):
    long = "word " * 3000
    assert program(tmp_path, ECHO).translate([long, "x"], source="en", target="es") == [long, "x"]


@pytest.mark.skipif(shutil.which("apertium") is None, reason="Apertium is not installed")
def test_the_real_program():
    translator = Apertium()
    if ("en", "es") not in translator.pairs():
        pytest.skip("apertium-eng-spa is not installed")
    found = translator.translate(["The cat is black, @ann_1.", "Good night."], source="en", target="es")
    assert found[0] == "El gato es negro, @ann_1."
    assert len(found) == 2
