"""The network that learns computes what the one in numpy does, and learns."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from tongli.core import Tokens  # noqa: E402
from tongli.core.pairs import PairReader  # noqa: E402
from tongli.learning.meaning.examples import Example, Told  # noqa: E402
from tongli.learning.meaning.faults import KINDS  # noqa: E402
from tongli.learning.meaning.fit import Recipe, fit, goals, marked, read_texts  # noqa: E402
from tongli.learning.meaning.network import PairNetwork  # noqa: E402

HIDDEN = 24


def encode(texts):
    """A state a word, the same wherever it stands."""
    found = []
    for text in texts:
        words = text.split()
        ends = np.cumsum([len(word) + 1 for word in words]).tolist()
        spans = tuple((end - 1 - len(word), end - 1) for word, end in zip(words, ends, strict=True))
        states = np.stack([np.random.default_rng([*word.encode()]).normal(size=HIDDEN) for word in words])
        found.append(Tokens(spans=spans, states=states.astype(np.float32), encoder="toy"))
    return found


def told(text):
    return Told(text=text, lang="en")


EXAMPLES = [
    Example(first=told(one), second=told(two), kind=kind, marks=(marks, marks))
    for one, two, kind, marks in (
        ("we saw the red boat", "the red boat we saw", "", ()),
        ("nobody came", "nobody came", "", ()),
        ("we saw the red boat", "we saw the blue boat", "opposite", None),
        ("nobody came", "somebody came", "negation", ((0, 6),)),
    )
]


def test_numpy_and_torch_agree():
    torch.manual_seed(2)
    network = PairNetwork(HIDDEN)
    reader = PairReader(network.arrays(), kinds=KINDS, encoder="toy", limits={})
    read = read_texts(EXAMPLES, encode, known={})
    with torch.no_grad():
        said = network(goals(EXAMPLES, read).batch)
    for at, example in enumerate(EXAMPLES):
        found = reader.read(*encode([example.first.text, example.second.text]))
        assert found.fault == pytest.approx(float(said.fault[at]), abs=2e-2)
        assert np.allclose(found.tokens[0], said.tokens[0, at, : len(found.tokens[0])].numpy(), atol=2e-2)


def test_it_learns(tmp_path):
    torch.manual_seed(2)
    network = PairNetwork(HIDDEN)
    heard = []
    recipe = Recipe(batch=4, chunk=16, replay=4, after=8)
    fit(
        network, EXAMPLES * 8, encode=encode, recipe=recipe, checkpoint=tmp_path / "net.pt", tell=heard.append
    )
    reader = PairReader(network.arrays(), kinds=KINDS, encoder="toy", limits={})
    faults = [reader.read(*encode([each.first.text, each.second.text])).fault for each in EXAMPLES]
    assert max(faults[:2]) < 0 < min(faults[2:])
    assert (tmp_path / "net.pt").is_file()
    assert heard


def test_marks():
    spans = ((0, 3), (4, 6), (7, 9))
    assert marked(spans, ((5, 8),)).tolist() == [0, 1, 1]
    assert marked(spans, ()).tolist() == [0, 0, 0]
    assert marked(spans, None).tolist() == [-1, -1, -1]
