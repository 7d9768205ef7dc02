"""Memory and glossary: in, out, found again, broken files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.applications.translate.exchange import read_units, write_units
from tongli.applications.translate.glossary import read_glossary
from tongli.applications.translate.memory import Memory, Stored, similarity
from tongli.core import ConfigError, InputError, StorageError


def unit(source, target="x", source_lang="en", target_lang="es"):
    return Stored(
        source=source, target=target, source_lang=source_lang, target_lang=target_lang, origin="test"
    )


@pytest.fixture
def memory(tmp_path):
    found = Memory(tmp_path / "memory.db")
    yield found
    found.close()


def test_exact_and_fuzzy(memory):
    memory.add(
        [
            unit("The red boat waits.", "El barco rojo espera."),
            unit("Something else entirely."),
            unit("Pay 12 now."),
        ]
    )
    assert (
        memory.exact("The red boat waits.", source="en-GB", target="es-MX").target == "El barco rojo espera."
    )
    assert memory.exact("the red boat waits.", source="en", target="es") is None
    [match] = memory.search("The red boats wait.", source="en", target="es")
    assert 0.8 < match.score < 1
    assert memory.search("The red boat waits.", source="en", target="es")[0].score == 1
    assert memory.search("The red boat waits.", source="en", target="fr") == []
    assert memory.search("Pay 13 now.", source="en", target="es")[0].score < 0.9
    assert memory.search("", source="en", target="es") == []
    assert memory.search('"" OR * (', source="en", target="es") == []


def test_a_later_translation_takes_the_place_of_an_earlier_one(memory):
    memory.add([unit("Hello.", "Hola."), unit("Hello.", "Buenas.")])
    assert [each.target for each in memory.units()] == ["Buenas."]


@given(st.text(max_size=40), st.text(max_size=40))
def test_only_the_very_same_is_one(one, other):
    assert 0 <= similarity(one, other) < 1


@pytest.mark.parametrize("ending", [".tmx", ".xlf"])
def test_what_goes_out_comes_in(tmp_path, ending):
    units = [unit('A <b> & "c"', "Á\n<d>"), unit("Two", "Deux", target_lang="fr")]
    assert write_units(tmp_path / f"m{ending}", units) == 2
    found = list(read_units(tmp_path / f"m{ending}"))
    assert [(each.source, each.target, each.target_lang) for each in found] == [
        ('A <b> & "c"', "Á\n<d>", "es"),
        ("Two", "Deux", "fr"),
    ]


def test_inline_elements_are_left_out(tmp_path):
    path = tmp_path / "m.tmx"
    path.write_text(
        '<?xml version="1.0"?><tmx version="1.4"><body><tu>'
        '<tuv xml:lang="en-US"><seg>Hi <bpt i="1"/>Bob</seg></tuv>'
        '<tuv xml:lang="es"><seg>Hola Bob</seg></tuv>'
        '<tuv xml:lang="fr"><seg>Salut Bob</seg></tuv></tu></body></tmx>',
        encoding="utf-8",
    )
    assert [(each.source, each.target) for each in read_units(path)] == [
        ("Hi Bob", "Hola Bob"),
        ("Hi Bob", "Salut Bob"),
    ]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("m.tmx", b"<tmx><body>", "document.damaged"),
        ("m.tmx", b"", "document.damaged"),
        (
            "m.tmx",
            '<?xml version="1.0" encoding="UTF-8"?><tmx>ñ</tmx>'.encode("latin-1"),
            "document.encoding",
        ),
        ("m.tmx", b'<?xml version="1.0" encoding="nonsense"?><tmx></tmx>', "document.encoding"),
    ],
)
def test_broken_files_are_coded(tmp_path, name, data, code):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError) as caught:
        list(read_units(tmp_path / name))
    assert caught.value.code == code


def test_other_endings_and_other_bases(tmp_path):
    with pytest.raises(ConfigError, match=r"memory\.suffix"):
        list(read_units(tmp_path / "m.csv"))
    (tmp_path / "no.db").write_bytes(b"this is no data base at all" * 100)
    with pytest.raises(StorageError, match=r"memory\.unusable"):
        Memory(tmp_path / "no.db")


def test_a_run_that_is_killed_keeps_what_it_stored(tmp_path):
    code = (
        "import os, signal, sys; from pathlib import Path\n"
        "from tongli.applications.translate.memory import Memory, Stored\n"
        "memory = Memory(Path(sys.argv[1]))\n"
        "one = lambda n: Stored(source=str(n), target='x', source_lang='en', target_lang='es')\n"
        "memory.add([one(1), one(2)])\n"
        "def many():\n"
        "    yield one(3)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "memory.add(many())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "m.db")], env=dict(os.environ), check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert [each.source for each in Memory(tmp_path / "m.db").units()] == ["1", "2"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("g.csv", '\ufeffen,es,note\nred boat,lancha roja,\n"boat, small",lancha,x\n,vacío\n'),
        ("g.tsv", "en-GB\tes-MX\nred boat\tlancha roja\nboat\tlancha\n"),
        (
            "g.tbx",
            (
                '<tbx><text><body><conceptEntry id="1">'
                '<langSec xml:lang="en"><termSec><term>red boat</term></termSec></langSec>'
                '<langSec xml:lang="es"><termSec><term>lancha roja</term></termSec></langSec>'
                "</conceptEntry></body></text></tbx>"
            ),
        ),
    ],
)
def test_glossaries(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    terms = read_glossary(str(tmp_path / name)).terms("The red boats wait.", source="en", target="es")
    assert terms[0] == ("red boat", "lancha roja")


@pytest.mark.parametrize(
    ("text", "code"),
    [("word,other\na,b\n", "glossary.columns"), ("", "glossary.columns"), ("en,es\na,b,c\n", "glossary.row")],
)
def test_broken_glossaries(tmp_path, text, code):
    (tmp_path / "g.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_glossary(str(tmp_path / "g.csv"))
    assert caught.value.code == code
