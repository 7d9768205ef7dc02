"""Devices: chosen, refused with a code, and the only place that data go."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from tongli.core import ConfigError
from tongli.learning.states import States
from tongli.learning.train.batch import choose_device, read_goals, read_inputs
from tongli.learning.train.pool import Labelled, Pool

CPU = torch.device("cpu")


@pytest.fixture
def no_accelerator(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)


@pytest.mark.usefixtures("no_accelerator")
def test_auto_is_the_cpu_without_an_accelerator():
    assert choose_device("auto", processes=1) == choose_device("cpu", processes=2) == CPU


@pytest.mark.parametrize(("module", "name"), [(torch.cuda, "cuda"), (torch.backends.mps, "mps")])
@pytest.mark.usefixtures("no_accelerator")
def test_auto_takes_what_torch_finds_but_not_for_several_processes(monkeypatch, module, name):
    monkeypatch.setattr(module, "is_available", lambda: True)
    tried = []
    monkeypatch.setattr(torch, "ones", lambda size, *, device: tried.append(device) or torch.zeros(size))
    assert choose_device("auto", processes=1) == torch.device(name)
    assert choose_device("auto", processes=2) == CPU
    assert [device.type for device in tried] == [name, "cpu"]


@pytest.mark.parametrize("name", ["", "gpu", "meta", "cpu:x", "cuda:99", "vulkan"])
def test_a_device_that_cannot_be_used_has_a_code(name):
    with pytest.raises(ConfigError) as caught:
        choose_device(name, processes=1)
    assert caught.value.code == "train.device"


def test_several_processes_train_on_processors(monkeypatch):
    monkeypatch.setattr(torch, "ones", lambda size, *, device: torch.zeros(size) if device else None)
    with pytest.raises(ConfigError) as caught:
        choose_device("cuda", processes=2)
    assert caught.value.code == "train.device"


@pytest.mark.parametrize("device", [CPU, torch.device("meta")])
def test_everything_read_is_on_the_device(device):
    states = States(
        tokens=np.arange(10, dtype=np.float16).reshape(5, 2),
        starts=np.array([0, 2, 5]),
        pooled=np.ones((2, 4), np.float16),
    )
    items = (Labelled("a"), Labelled("b", targets={"politeness": np.array([1.0], np.float32)}))
    pool = Pool(items=items, fit=np.arange(2), held_out=np.arange(0))
    inputs = read_inputs(states, np.array([1, 0]), device=device)
    goals = read_goals(pool, np.array([1, 0]), heads=("politeness", "formality"), device=device)
    assert [tuple(part.shape) for part in inputs] == [(2, 3, 2), (2, 3), (2, 4)]
    assert {part.device for part in (*inputs, *goals["politeness"])} == {device}
    assert set(goals) == {"politeness"}
    if device == CPU:
        assert inputs.states[1].tolist() == [[0, 1], [2, 3], [0, 0]]
        assert inputs.mask.tolist() == [[1, 1, 1], [1, 1, 0]]
        assert goals["politeness"].places.tolist() == [0]
