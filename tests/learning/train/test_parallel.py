"""Two real processes end with the weights of one."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import numpy as np
import pytest
import torch
from torch import nn

from tongli.core import ConfigError
from tongli.learning.train.parallel import ALONE, Parallel, joined

pytest.importorskip("accelerate", reason="accelerate is not installed")

# The launcher calls every distributed start multi-GPU; without a GPU the processes are joined by gloo.
LAUNCH = [sys.executable, "-m", "accelerate.commands.launch", "--multi_gpu", "--num_machines", "1"]


def train(folder, *, out, processes, cache):
    command = [sys.executable, "-m", "tongli"]
    if processes > 1:
        port = ["--main_process_port", str(free_port()), "--mixed_precision", "no", "--dynamo_backend", "no"]
        command = [*LAUNCH, "--num_processes", str(processes), *port, "-m", "tongli"]
    done = subprocess.run(
        [*command, "learn", "train", str(folder / "short.toml"), "-o", str(out), "--threads", "1"],
        env={**os.environ, "OMP_NUM_THREADS": "1", "TONGLI_CACHE": str(cache), "TONGLI_OFFLINE": "1"},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done, torch.load(out / "run" / "last.pt", weights_only=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.slow
def test_two_processes_end_with_the_weights_of_one(folder, tmp_path):
    text = (folder / "recipe.toml").read_text("utf-8")
    # Batches of 15 cannot be halved, and one text in five has no intensity: shares differ in every way.
    short = text.replace("examples = 1600", "examples = 450").replace("batch = 16", "batch = 15")
    (folder / "short.toml").write_text(short, encoding="utf-8")
    _, alone = train(folder, out=tmp_path / "one", processes=1, cache=tmp_path / "cache-1")
    done, joint = train(folder, out=tmp_path / "two", processes=2, cache=tmp_path / "cache-2")
    assert joint["progress"]["step"] == alone["progress"]["step"] == 30
    assert joint["progress"]["best"] == pytest.approx(alone["progress"]["best"], abs=0.02)
    for name, value in alone["network"].items():
        # Attention does not depend on the bias of its keys: their gradient is rounding, which Adam scales up.
        if not name.endswith("key.bias"):
            torch.testing.assert_close(joint["network"][name], value, rtol=1e-4, atol=1e-5)
    assert done.stdout.count("written to") == 1
    assert done.stderr.count("held-out 0.") == 2  # only the first process speaks, at steps 20 and 30
    assert len(list((tmp_path / "two" / "run" / "log").iterdir())) == 1


def test_shares_are_a_partition():
    rows = np.arange(7)
    shares = [Parallel(rank, 3).share(rows) for rank in range(3)]
    assert sorted(np.concatenate(shares)) == rows.tolist()
    assert len(Parallel(2, 3).share(rows[:2])) == 0


def test_alone_nothing_is_exchanged():
    layer = nn.Linear(2, 1)
    loss = layer(torch.ones(1, 2)).sum()
    loss.backward()
    before = [item.grad.clone() for item in layer.parameters()]
    assert ALONE.total(loss, layer.parameters()) == loss.item()
    assert all(item.grad.equal(kept) for item, kept in zip(layer.parameters(), before, strict=True))
    assert ALONE.agree(0.1) == 0.1
    with joined() as found, found.first_goes_first():
        assert found is ALONE


def test_several_processes_need_accelerate(monkeypatch):
    monkeypatch.setenv("WORLD_SIZE", "2")
    monkeypatch.setitem(sys.modules, "accelerate", None)
    with pytest.raises(ConfigError) as caught, joined():
        pass
    assert caught.value.code == "extra.missing"
