"""Numbers of a run are where they should be: TensorBoard's files, an offline run of Weights & Biases."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec

import pytest
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from tongli.core import ConfigError
from tongli.learning.train.recipe import Recipe
from tongli.learning.train.tracking import tracking

NUMBERS = [(50, {"loss": 0.5, "loss/ekman6": 0.25}), (100, {"held-out/ekman6": 0.75})]

# No socket but loopback and files of the machine: what tries to leave it fails the run.
OFFLINE = """
import json, socket, sys
from pathlib import Path

connect = socket.socket.connect

def guarded(self, address):
    if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
        Path(sys.argv[1], "left").write_text(str(address))
        raise OSError("no network")
    return connect(self, address)

socket.socket.connect = guarded

from tongli.learning.train.recipe import Recipe
from tongli.learning.train.tracking import tracking

with tracking(Path(sys.argv[1]), recipe=Recipe(batch=48731), wandb="tongli-test") as log:
    for step, found in json.loads(sys.argv[2]):
        log(step, found)
"""


def test_tensorboard_files_have_every_number_and_a_resumed_run_appends(tmp_path):
    for step, found in NUMBERS:
        with tracking(tmp_path, recipe=Recipe()) as log:
            log(step, found)
    events = EventAccumulator(str(tmp_path)).Reload()
    for step, found in NUMBERS:
        for name, value in found.items():
            (event,) = events.Scalars(name)
            assert (event.step, event.value) == (step, value)


def test_without_a_folder_nothing_is_recorded(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with tracking(None, recipe=Recipe()) as log:
        log(*NUMBERS[0])
    assert list(tmp_path.iterdir()) == []


def test_wandb_that_is_not_installed_is_a_coded_error(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "wandb", None)
    with pytest.raises(ConfigError) as caught, tracking(tmp_path, recipe=Recipe(), wandb="tongli-test"):
        pass
    assert caught.value.code == "extra.missing"


@pytest.mark.slow
@pytest.mark.skipif(find_spec("wandb") is None, reason="wandb is not installed: pip install 'tongli[wandb]'")
def test_wandb_offline_keeps_the_numbers_in_a_folder(tmp_path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WANDB_")}
    env = {**kept, "WANDB_MODE": "offline", "WANDB_SILENT": "true", "HOME": str(tmp_path / "home")}
    command = [sys.executable, "-c", OFFLINE, str(tmp_path), json.dumps(NUMBERS)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "left").exists()
    (run,) = (tmp_path / "wandb").glob("offline-run-*/run-*.wandb")
    raw = run.read_bytes()  # records of protobuf, whose keys and JSON values stand there as they are
    for _, found in NUMBERS:
        for name, value in found.items():
            assert name.encode() in raw
            assert str(value).encode() in raw
    assert b"batch" in raw
    assert b"48731" in raw
