from __future__ import annotations

import json
import subprocess
import sys

import pytest


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "tongli", "translate", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("Hello", "--from", "en", "--to", "en"), "translate.same-language"),
        (("Hello", "--from", "en"), "translate.target"),
        (("text", "Hello", "--to", "es", "--engine", "babelfish", "--from", "en"), "plugin.unknown"),
        (("Hello", "--to", "es", "--address", "royal"), "translate.wish"),
        ((__file__, "--to", "es"), "translate.output"),
        ((__file__, "--to", "es,fr", "-o", "one.py"), "translate.output"),
        (("Hello", "--to", "es", "--glossary", "/no/such.csv"), "input.missing"),
    ],
)
def test_bad_requests_are_coded(arguments, code):
    done = run(*arguments)
    assert f"error[{code}]" in done.stderr
    assert done.returncode == 2


def test_a_memory_in_and_out(tmp_path):
    (tmp_path / "in.tmx").write_text(
        '<tmx version="1.4"><body><tu><tuv xml:lang="en"><seg>The boat waits.</seg></tuv>'
        '<tuv xml:lang="es"><seg>El barco espera.</seg></tuv></tu></body></tmx>',
        encoding="utf-8",
    )
    base = ("--memory", tmp_path / "m.db")
    assert "1 units stored" in run("memory", "import", tmp_path / "in.tmx", *base).stdout
    done = run("memory", "search", "The boats wait.", "--from", "en", "--to", "es", "--json", *base)
    [match] = json.loads(done.stdout)["matches"]
    assert match["target"] == "El barco espera."
    assert 0.8 < match["score"] < 1
    assert run("memory", "export", "-o", tmp_path / "out.xlf", *base).returncode == 0
    assert "<target>El barco espera.</target>" in (tmp_path / "out.xlf").read_text(encoding="utf-8")
    assert "output.exists" in run("memory", "export", "-o", tmp_path / "out.xlf", *base).stderr
