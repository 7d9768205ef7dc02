from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tongli.applications.checkup import examine
from tongli.core import Settings


def test_what_is_missing_is_said_with_the_fix(real: Any, tmp_path: Path) -> None:
    done = real("doctor", TONGLI_CACHE=str(tmp_path / "cache"))
    shown = " ".join(done.stdout.decode().split())
    assert done.returncode == 1
    for part in (
        "✓ python",
        "✓ packages",
        "numpy",
        "✓ cache",
        "✗ model",
        "tongli models pull",
        "Something is missing",
    ):
        assert part in shown
    assert not (tmp_path / "cache").exists()


def test_json(real: Any, tmp_path: Path) -> None:
    done = real(
        "doctor", "--json", TONGLI_CACHE=str(tmp_path), TONGLI_OPENAI_BASE_URL="", TONGLI_OPENAI_MODEL="m"
    )
    data = json.loads(done.stdout)
    assert data["ok"] is False
    found = {finding["name"]: finding for finding in data["findings"]}
    assert found["engine realiser"]["ok"] is True
    assert found["engine openai"]["ok"] is None
    assert found["engine openai"]["fix"] == "Set TONGLI_OPENAI_BASE_URL."


def test_a_cache_that_cannot_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "file" / "cache"
    (tmp_path / "file").touch()
    found = {each.name: each for each in examine(Settings(cache=blocked, threads=1))}
    assert found["cache"].ok is False
    assert "TONGLI_CACHE" in found["cache"].fix
