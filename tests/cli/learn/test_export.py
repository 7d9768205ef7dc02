"""``tongli learn export`` in a real process; the parts are tested in tests/learning/export."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tongli.core import Settings
from tongli.encoders.release import read_release


def test_export(
    real: Any, tmp_path: Path, tiny_model: Path, tiny_settings: Settings, make_release: Any
) -> None:
    """A release holds heads and cards as training writes them, so it can be exported again."""
    folder = make_release()
    words = ["learn", "export", folder, "--model", tiny_model, "-o", tmp_path / "mine"]
    env = {"TONGLI_CACHE": str(tiny_settings.cache), "TONGLI_OFFLINE": "1"}
    done = real(*words, "--json", **env)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["sha256"] == read_release(tmp_path / "mine").digest
    assert set(found["parity"]["int8"]) == {"ekman6", "sentiment"}
    again = real(*words, **env)
    assert (again.returncode, b"error[output.exists]" in again.stderr) == (2, True)
    shown = real(*words, "--overwrite", **env)
    assert b"fp32 largest" in shown.stdout
    assert b"tongli models install" in shown.stdout


def test_what_is_not_there(real: Any, tmp_path: Path) -> None:
    done = real("learn", "export", tmp_path / "nothing", "-o", tmp_path / "out")
    assert (done.returncode, b"error[export.heads]" in done.stderr) == (4, True)
