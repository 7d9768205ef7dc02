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
from safetensors.numpy import save_file
from torch import nn

from gender_reference import Row, curve, f1, places, rows
from measurement import arguments, hardware
from tongli.core import FloatArray, Tokens
from tongli.empathy.gender.reference.canonical import canonical
from tongli.empathy.gender.reference.coreference import near_mention, state_at
from tongli.empathy.gender.reference.mentions import find_mentions
from tongli.empathy.gender.reference.network import Network
from tongli.empathy.gender.reference.surface import surface
from tongli.encoders.text import TextEncoder

TARGET = Path(__file__).parents[1] / "src/tongli/knowledge/gender/reference"
NETWORKS = {"surface": 5, "states": 5}
DROPOUT = {"surface": 0.2, "states": 0.3}
EPOCHS = 12
BATCH = 64
UNITS = 48
JOINT = 32
FOLDS = 5
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

    def forward(self, features: torch.Tensor, asked: torch.Tensor, named: torch.Tensor) -> torch.Tensor:
        """``(batch, candidates, …)`` → scores ``(batch, candidates + 1)``, nobody's last."""
        parts = [torch.relu(self.surface(self.drop(features)))]
        if self.pronoun is not None and self.candidate is not None:
            one = torch.tanh(self.pronoun(self.drop(asked))).unsqueeze(1)
            each = torch.tanh(self.candidate(self.drop(named)))
            parts = [one * each, one.expand_as(each), each, *parts]
        joint = torch.relu(self.joint(self.drop(torch.cat(parts, dim=-1))))
        scores = self.out(self.drop(joint)).squeeze(-1)
        return torch.cat([scores, torch.zeros(len(scores), 1)], dim=1)


def prepare(records: Sequence[Row], encoder: TextEncoder) -> dict[str, Any]:
    """Features ``(n, 2, f)``, states ``(n, h)`` and ``(n, 2, h)``, answers ``(n,)``."""
    found = []
    for record in records:
        mention, candidates = places(record)
        mentions = [
            item
            for item in find_mentions(record["text"], candidates)
            if item.end <= mention[0] or mention[1] <= item.start
        ]
        found.append(canonical(record["text"], mention=mention, mentions=mentions))
    tokens: list[Tokens] = []
    for start in range(0, len(found), BATCH):
        tokens += encoder.tokens([item.text for item in found[start : start + BATCH]])
    answers = [0 if record["a_coref"] else 1 if record["b_coref"] else 2 for record in records]
    return {
        "features": np.array([[surface(item)[who] for who in (0, 1)] for item in found], np.float32),
        "asked": np.array([state_at(t, item.pronoun) for t, item in zip(tokens, found, strict=True)]),
        "named": np.array(
            [
                [state_at(t, near_mention(item, who).start) for who in (0, 1)]
                for t, item in zip(tokens, found, strict=True)
            ]
        ),
        "answers": np.array(answers),
        "encoder": tokens[0].encoder,
    }


def train(data: dict[str, Any], chosen: Sequence[int], *, kind: str) -> dict[str, FloatArray]:
    """Arrays of some networks, fitted on chosen records."""
    rows_ = np.asarray(chosen)
    features, asked, named = (data[name][rows_] for name in ("features", "asked", "named"))
    arrays = {
        "mean": features.mean(axis=(0, 1)),
        "scale": features.std(axis=(0, 1)) + 1e-6,
        "state_mean": np.stack([asked.mean(axis=0), named.mean(axis=(0, 1))]),
        "state_scale": np.stack([asked.std(axis=0), named.std(axis=(0, 1))]) + 1e-6,
    }
    inputs = [
        torch.tensor(value, dtype=torch.float32)
        for value in (
            (features - arrays["mean"]) / arrays["scale"],
            (asked - arrays["state_mean"][0]) / arrays["state_scale"][0],
            (named - arrays["state_mean"][1]) / arrays["state_scale"][1],
        )
    ]
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
            loss = nn.functional.cross_entropy(shape(*(value[batch] for value in inputs)), answers[batch])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return shape


def chances(network: Network, data: dict[str, Any], chosen: Sequence[int], *, kind: str) -> FloatArray:
    """Probabilities ``(chosen, 3)``."""
    return np.array(
        [
            network.probabilities(
                data["features"][row], pronoun=data["asked"][row], candidates=data["named"][row]
            )
            if kind == "states"
            else network.probabilities(data["features"][row])
            for row in chosen
        ]
    )


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
