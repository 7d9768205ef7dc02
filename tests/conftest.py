"""Shared fixtures: tiny models that the tests make, and the real ones where they are prepared."""

from __future__ import annotations

import os
import shutil
import signal
import socket
from pathlib import Path

import pytest
from hypothesis import settings

from tongli.core import Settings
from tongli.encoders.manifest import file_sha256
from tongli.encoders.release import Release
from tongli.encoders.store import prepare
from tongli.encoders.text import TextEncoder
from tongli.testing import portrait, tiny_checkpoint, tiny_heads

# How long a draw takes depends on what else the machine does; benchmarks/ is where time is measured.
settings.register_profile("tongli", deadline=None)
settings.load_profile("tongli")

# A shell starts what runs beside it with interrupts ignored, and the commands under test would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    """Only loopback may be reached."""
    connect = socket.socket.connect

    def guarded(self, address):
        if isinstance(address, tuple) and address[0] not in _LOOPBACK:
            raise AssertionError(f"a test tried to reach {address[0]}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _nobody_declared(monkeypatch, tmp_path):
    """No test reads the people of whoever runs it."""
    monkeypatch.setenv("TONGLI_PEOPLE", str(tmp_path / "nobody.json"))


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory) -> Path:
    """A folder with a tiny BERT checkpoint."""
    return tiny_checkpoint(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="session")
def tiny_settings(tmp_path_factory, tiny_model) -> Settings:
    """Settings with a private cache and heads that fit the tiny checkpoint."""
    cache = tmp_path_factory.mktemp("cache")
    settings = Settings(cache=cache, threads=2, offline=True)
    encoder = TextEncoder(model=str(tiny_model), settings=settings)
    width = encoder.features(["x"]).shape[1]
    heads = tiny_heads(cache / "heads", encoder=encoder.id, width=width)
    return Settings(cache=cache, threads=2, offline=True, max_chars=50_000, heads=heads)


@pytest.fixture
def make_release(tmp_path, tiny_model, tiny_settings):
    """Write a release of the tiny model with two random heads, which a seed tells apart."""

    def make(name: str = "tiny", *, seed: int = 0) -> Path:
        folder = tmp_path / f"release-{name}-{seed}"
        prepared = prepare(str(tiny_model), tiny_settings)
        width = len(prepared.manifest.feature_layers) * prepared.manifest.hidden
        heads = tiny_heads(folder / "all", encoder=prepared.manifest.encoder, width=width, seed=seed)
        for head in ("ekman6", "sentiment"):
            for suffix in (".json", ".safetensors"):
                (heads / f"{head}{suffix}").rename(folder / f"{head}{suffix}")
        shutil.rmtree(heads)
        for file in (*prepared.manifest.files, "manifest.json"):
            shutil.copyfile(prepared.folder / file, folder / file)
        Release(
            name=name,
            encoder=prepared.manifest.encoder,
            heads=("ekman6", "sentiment"),
            languages=("en", "es"),
            licence="CC0-1.0",
            releasable=True,
            tongli="0",
            parity={},
            files={path.name: file_sha256(path) for path in sorted(folder.iterdir())},
        ).save(folder)
        return folder

    return make


@pytest.fixture(scope="session")
def portrait_file() -> Path:
    """A photograph of one smiling face; tests that use it are marked ``models``."""
    return portrait()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The development data folder, named by TONGLI_DATA."""
    folder = Path(os.environ.get("TONGLI_DATA", "../shared/data"))
    if not folder.is_dir():
        pytest.skip("the development data folder is absent (set TONGLI_DATA)")
    return folder
