"""Fit the networks of ``tongli.empathy.gender.reference`` on GAP development, and cross-validate them.

    python benchmarks/gender_reference_fit.py --data DATA [--write]

Names become placeholders and pronouns one set before anything is learned. ``--write`` replaces the weights
that ship. The validation part of GAP is for ``gender_reference.py``. Needs torch.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file
from torch import nn

from gender_reference import Row, curve, f1, places, rows
from measurement import arguments, hardware
from tongli.core import FloatArray
from tongli.empathy.gender.reference.bystanders import MOST
from tongli.empathy.gender.reference.canonical import Canonical
from tongli.empathy.gender.reference.coreference import near_mention, state_at, with_bystanders
from tongli.empathy.gender.reference.mentions import find_mentions
from tongli.empathy.gender.reference.network import FURTHEST, Network, without
from tongli.empathy.gender.reference.surface import look
from tongli.encoders.text import TextEncoder

TARGET = Path(__file__).parents[1] / "src/tongli/knowledge/gender/reference"
NETWORKS = {"surface": 5, "states": 5}
DROPOUT = {"surface": 0.2, "states": 0.3}
EPOCHS = 12
BATCH = 64
UNITS = 48
JOINT = 32
FOLDS = 5
NAMED = 2
"""Candidates of a record; after them come others who may be meant, where there are any."""
SOURCE = "GAP development (Webster et al. 2018, TACL), Apache-2.0; names and genders removed"


class Shape(nn.Module):
    """One network as it is trained; :class:`Network` is what it computes without dropout."""

    def __init__(self, features: int, hidden: int, *, dropout: float) -> None:
        super().__init__()
        self.drop = nn.Dropout(dropout)
        self.surface = nn.Linear(features, UNITS)
        self.pronoun = nn.Linear(hidden, UNITS) if hidden else None
        self.candidate = nn.Linear(hidden, UNITS) if hidden else None
        self.joint = nn.Linear(UNITS * (4 if hidden else 1), JOINT)
        self.out = nn.Linear(JOINT, 1)

    def forward(
        self, features: torch.Tensor, asked: torch.Tensor, named: torch.Tensor, there: torch.Tensor
    ) -> torch.Tensor:
        """``(batch, people, …)`` → scores ``(batch, people + 1)``, nobody's last; who is not there is out."""
        parts = [torch.relu(self.surface(self.drop(features)))]
        if self.pronoun is not None and self.candidate is not None:
            one = torch.tanh(self.pronoun(self.drop(asked))).unsqueeze(1)
            each = torch.tanh(self.candidate(self.drop(named)))
            parts = [one * each, one.expand_as(each), each, *parts]
        joint = torch.relu(self.joint(self.drop(torch.cat(parts, dim=-1))))
        scores = self.out(self.drop(joint)).squeeze(-1).masked_fill(~there, -1e4)
        return torch.cat([scores, torch.zeros(len(scores), 1)], dim=1)


def prepare(records: Sequence[Row], encoder: TextEncoder) -> dict[str, Any]:
    """Features ``(n, people, f)``, states ``(n, h)`` and ``(n, people, h)``; who is there, who is out."""
    found = []
    for record in records:
        mention, candidates = places(record)
        mentions = tuple(
            item
            for item in find_mentions(record["text"], candidates)
            if item.end <= mention[0] or mention[1] <= item.start
        )
        found.append(with_bystanders(record["text"], mention=mention, mentions=mentions, known=NAMED))
    looked = [look(item) for item in found]
    features = [item for item, _ in looked]
    people = NAMED + MOST
    width = len(features[0][0])
    answers = [0 if record["a_coref"] else 1 if record["b_coref"] else NAMED for record in records]
    data = {
        "features": np.zeros((len(found), people, width), np.float32),
        "there": np.array([[who in each for who in range(people)] for each in features]),
        "out": [out for _, out in looked],
        "answers": np.array(answers),
    }
    for row, each in enumerate(features):
        for who, values in each.items():
            data["features"][row, who] = values
    return data | _states(found, data["there"], encoder)


def _states(found: Sequence[Canonical], there: NDArray[np.bool_], encoder: TextEncoder) -> dict[str, Any]:
    """States of pronouns and people."""
    asked: list[FloatArray] = []
    named = None
    for start in range(0, len(found), BATCH):
        for item, tokens in zip(
            found[start:], encoder.tokens([item.text for item in found[start : start + BATCH]]), strict=False
        ):
            asked.append(state_at(tokens, item.pronoun))
            if named is None:
                named = np.zeros((*there.shape, len(asked[0])), np.float32)
            for who in np.flatnonzero(there[len(asked) - 1]):
                named[len(asked) - 1, who] = state_at(tokens, near_mention(item, who).start)
    return {"asked": np.stack(asked), "named": named, "encoder": tokens.encoder}


def train(data: dict[str, Any], chosen: Sequence[int], *, kind: str) -> dict[str, FloatArray]:
    """Arrays of some networks, fitted on chosen records."""
    rows_ = np.asarray(chosen)
    features, asked, named, there = (data[name][rows_] for name in ("features", "asked", "named", "there"))
    arrays = {
        "mean": features[there].mean(axis=0),
        "scale": features[there].std(axis=0) + 1e-6,
        "state_mean": np.stack([asked.mean(axis=0), named[there].mean(axis=0)]),
        "state_scale": np.stack([asked.std(axis=0), named[there].std(axis=0)]) + 1e-6,
    }
    inputs = [
        torch.tensor(value, dtype=torch.float32)
        for value in (
            np.clip((features - arrays["mean"]) / arrays["scale"], -FURTHEST, FURTHEST),
            (asked - arrays["state_mean"][0]) / arrays["state_scale"][0],
            (named - arrays["state_mean"][1]) / arrays["state_scale"][1],
        )
    ]
    inputs.append(torch.tensor(there))
    answers = torch.tensor(data["answers"][rows_])
    shapes = [_fitted(inputs, answers, kind=kind, seed=seed) for seed in range(NETWORKS[kind])]
    names = (
        ("surface", "pronoun", "candidate", "joint", "out")
        if kind == "states"
        else ("surface", "joint", "out")
    )
    for name in names:
        layers = [getattr(shape, name) for shape in shapes]
        weight = np.stack([layer.weight.detach().numpy().T for layer in layers])
        bias = np.stack([layer.bias.detach().numpy() for layer in layers])
        arrays[name] = weight[..., 0] if name == "out" else weight
        arrays[f"{name}_bias"] = bias[:, 0] if name == "out" else bias
    kept = arrays if kind == "states" else {k: v for k, v in arrays.items() if not k.startswith("state_")}
    return {name: np.asarray(value, np.float32) for name, value in kept.items()}


def _fitted(inputs: Sequence[torch.Tensor], answers: torch.Tensor, *, kind: str, seed: int) -> Shape:
    torch.manual_seed(seed)
    shape = Shape(inputs[0].shape[-1], inputs[1].shape[-1] if kind == "states" else 0, dropout=DROPOUT[kind])
    optimiser = torch.optim.AdamW(shape.parameters(), lr=1e-3, weight_decay=0.1)
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(answers)).split(BATCH):
            loss = _loss(shape(*(value[batch] for value in inputs)), answers[batch])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return shape


def _loss(scores: torch.Tensor, answers: torch.Tensor) -> torch.Tensor:
    """Cross-entropy, where everybody after the candidates counts as one."""
    others = torch.logsumexp(scores[:, NAMED:], dim=1, keepdim=True)
    return nn.functional.cross_entropy(torch.cat([scores[:, :NAMED], others], dim=1), answers)


def chances(network: Network, data: dict[str, Any], chosen: Sequence[int], *, kind: str) -> FloatArray:
    """Probabilities ``(chosen, 3)`` as a resolution weighs them: the third is the likeliest of all others."""
    found = []
    for row in chosen:
        there = np.flatnonzero(data["there"][row])
        states = {"pronoun": data["asked"][row], "candidates": data["named"][row][there]}
        all_of_them = network.probabilities(
            data["features"][row][there], **(states if kind == "states" else {})
        )
        left = without(all_of_them, [place for place, who in enumerate(there) if who in data["out"][row]])
        found.append([*left[:NAMED], max(left[NAMED:].max(), 1e-6)])
    return np.array(found)


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--write", action="store_true", help="replace the weights that ship")
    chosen = parser.parse_args()
    print(hardware("torch"), flush=True)
    data = prepare(rows(chosen.data, "gap_development"), TextEncoder())
    everything = np.random.default_rng(1).permutation(len(data["answers"]))
    for kind in NETWORKS:
        found = np.zeros((len(everything), 3))
        for fold in np.array_split(everything, FOLDS):
            rest = np.setdiff1d(everything, fold)
            found[fold] = chances(Network(train(data, rest, kind=kind)), data, fold, kind=kind)
        print(kind, "cross-validated F1", round(f1(found, data["answers"]), 4), curve(found, data["answers"]))
        if chosen.write:
            arrays = train(data, everything, kind=kind)
            whole = {
                name: np.ascontiguousarray(value, np.float16 if value.ndim > 2 else np.float32)
                for name, value in arrays.items()
            }
            encoder = data["encoder"] if kind == "states" else ""
            save_file(whole, TARGET / f"{kind}.safetensors", metadata={"source": SOURCE, "encoder": encoder})


if __name__ == "__main__":
    main()
