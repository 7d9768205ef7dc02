"""Two texts read together, by weights that are drawn at random."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import ModelError, Tokens
from tongli.core.pairs import PairReader, load_pairs, save_limits, save_pairs
from tongli.core.tensors import save_tensors

HIDDEN, WIDTH, KINDS = 12, 8, ("negation", "time")
ABOUT = {"kinds": KINDS, "encoder": "toy", "limits": {"en": 1.5}}


def drawn(seed: int = 3) -> dict[str, np.ndarray]:
    """Weights of a small network."""
    random = np.random.default_rng(seed)

    def linear(name, rows, columns):
        return {
            f"{name}.weight": random.normal(size=(rows, columns)).astype(np.float32) / np.float32(rows**0.5),
            f"{name}.bias": random.normal(size=columns).astype(np.float32) / 8,
        }

    found = {"sharp": np.array([np.log(12.0)], np.float32)}
    found["align.weight"] = random.normal(size=(HIDDEN, WIDTH)).astype(np.float32)
    found |= linear("enter", HIDDEN, WIDTH)
    for name in ("compare", "again"):
        found |= linear(f"{name}.0", 4 * WIDTH, WIDTH) | linear(f"{name}.2", WIDTH, WIDTH)
    for name in ("own", "other"):
        for part in ("query", "key", "value", "out"):
            found |= linear(f"{name}.{part}", WIDTH, WIDTH)
    for at in range(4):
        found[f"norms.{at}.weight"] = np.ones(WIDTH, np.float32)
        found[f"norms.{at}.bias"] = np.zeros(WIDTH, np.float32)
    return found | linear("token", WIDTH, 1) | linear("pair", 2 * WIDTH + 1, 1 + len(KINDS))


def text(size: int, *, seed: int = 0, encoder: str = "toy") -> Tokens:
    states = np.random.default_rng(seed).normal(size=(size, HIDDEN)).astype(np.float32)
    return Tokens(spans=tuple((2 * at, 2 * at + 1) for at in range(size)), states=states, encoder=encoder)


@pytest.fixture(scope="module")
def reader() -> PairReader:
    return PairReader(drawn(), kinds=KINDS, encoder="toy", limits={"en": 1.5})


@given(st.integers(1, 20), st.integers(1, 20), st.integers(0, 9))
def test_the_order_of_the_texts_does_not_matter(reader, one, two, seed):
    first, second = text(one, seed=seed), text(two, seed=seed + 10)
    here, there = reader.read(first, second), reader.read(second, first)
    assert here.fault == pytest.approx(there.fault, abs=1e-4)
    assert [len(odds) for odds in here.tokens] == [one, two]
    assert np.allclose(here.tokens[0], there.tokens[1], atol=1e-4)
    assert sum(here.kinds.values()) == pytest.approx(1)


def test_states_of_another_encoder_are_refused(reader):
    with pytest.raises(ModelError) as raised:
        reader.read(text(3), text(3, encoder="other"))
    assert raised.value.code == "pairs.encoder"


def test_weights_are_read_as_they_were_written(reader, tmp_path):
    save_pairs(tmp_path / "pairs.safetensors", drawn(), about=ABOUT)
    read = load_pairs(tmp_path / "pairs.safetensors")
    assert (read.kinds, read.encoder, dict(read.limits)) == (KINDS, "toy", {"en": 1.5})
    pair = text(7), text(5, seed=1)
    assert read.read(*pair).fault == pytest.approx(reader.read(*pair).fault, abs=0.2)


def changed(name, value):
    def write(path):
        save_pairs(path, drawn() | {name: value}, about=ABOUT)

    return write


def without(name):
    def write(path):
        save_pairs(path, {key: value for key, value in drawn().items() if key != name}, about=ABOUT)

    return write


BROKEN = {
    "missing": lambda path: None,
    "no weights": lambda path: path.write_bytes(b"no weights"),
    "no card": lambda path: save_tensors(drawn(), path),
    "another format": lambda path: save_tensors(
        drawn(), path, metadata={"tongli": json.dumps({"format": 0})}
    ),
    "a matrix is missing": without("own.key.weight"),
    "a matrix of another shape": changed("compare.0.weight", np.ones((3, 3), np.float32)),
    "not a number": changed("token.bias", np.full(1, np.nan, np.float32)),
    "kinds of another number": lambda path: save_pairs(path, drawn(), about=ABOUT | {"kinds": ["one"]}),
}


@pytest.mark.parametrize("how", BROKEN)
def test_bad_weights_are_an_error_with_a_fix(how, tmp_path):
    path = tmp_path / "pairs.safetensors"
    BROKEN[how](path)
    with pytest.raises(ModelError) as raised:
        load_pairs(path)
    assert raised.value.code == "pairs.weights"
    assert raised.value.fix


def test_limits_are_set_anew_and_nothing_else_changes(tmp_path):
    path = tmp_path / "same.safetensors"
    save_pairs(path, drawn(), about=ABOUT)
    before = load_pairs(path)
    save_limits(path, {"fr": 2.5})
    after = load_pairs(path)
    assert (before.limits, after.limits) == ({"en": 1.5}, {"fr": 2.5})
    assert (after.kinds, after.encoder) == (before.kinds, before.encoder)
    assert before.read(text(3), text(4)).fault == after.read(text(3), text(4)).fault
