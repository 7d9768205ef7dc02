"""The script that builds the table of person-name patterns, over a package that the test writes."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tongli.knowledge.person_name_table import expand

SCRIPT = Path(__file__).parents[2] / "scripts" / "person_name_table.py"
STYLE = "givenFirst/long/referring/formal"


def locale(initial: str, *patterns: str) -> dict[str, Any]:
    formal = {"formal" if not place else f"formal-alt-{place}": text for place, text in enumerate(patterns)}
    return {
        "givenFirst": ["und"],
        "surnameFirst": ["ja"],
        "formality": "formal",
        "length": "medium",
        "nativeSpaceReplacement": " ",
        "foreignSpaceReplacement": " ",
        "initial": initial,
        "initialSequence": "{0} {1}",
        "personName": {"givenFirst": {"long": {"referring": formal}}},
        "sampleName": {"nativeG": {"given": "Nobody"}},
    }


def build(folder: Path, locales: dict[str, Any]) -> dict[str, Any]:
    for tag, names in locales.items():
        file = folder / "main" / tag / "personNames.json"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps({"main": {tag: {"personNames": names}}}), encoding="utf-8")
    about = {"name": "names", "version": "1.2", "license": "Unicode-3.0"}
    (folder / "package.json").write_text(json.dumps(about), encoding="utf-8")
    target = folder / "table.json.gz"
    subprocess.run([sys.executable, SCRIPT, folder, target], check=True, capture_output=True)
    found: dict[str, Any] = json.loads(gzip.decompress(target.read_bytes()))
    return found


def test_only_differences_are_kept(tmp_path: Path) -> None:
    root, spanish = locale("{0}.", "{given}"), locale("{0}.", "{given} {surname}", "{surname}")
    table = build(
        tmp_path,
        {"und": root, "de": root, "es": spanish, "es-419": spanish, "es-MX": spanish | {"initial": "{0}"}},
    )
    assert set(table["locales"]) == {"und", "es", "es-MX"}
    assert table["locales"]["es-MX"] == {"initial": "{0}"}
    assert table["source"] == "names@1.2"
    whole = expand(table["locales"], "es-MX")
    assert [table["texts"][place] for place in whole["patterns"][STYLE]] == ["{given} {surname}", "{surname}"]
    assert "Nobody" not in json.dumps(table)


def test_the_same_package_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        build(tmp_path / name, {"und": locale("{0}.", "{given}"), "fr": locale("{0}", "{surname}")})
    assert (tmp_path / "a/table.json.gz").read_bytes() == (tmp_path / "b/table.json.gz").read_bytes()
