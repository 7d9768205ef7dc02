"""MELD: the emotion of a line of dialogue, from its words and from the turns before it.

    python benchmarks/meld.py --data DATA [--folds 5] [--json out.json]

MELD may not be shipped, so its classifier is trained here and thrown away: an ensemble of small networks
on what the shipped encoder and heads make of the line, of its previous turn, of the same speaker's previous
turn and of all previous turns (nearer ones weigh more). It learns from the train part and is measured on the
development part by weighted F1, as in the literature, with a bootstrap over dialogues. Its options were
chosen by cross-validation over the dialogues of the train part (``--folds``). ``friends_emotion_network``
is not read: it holds lines of MELD's test part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from measurement import Target, arguments, at_least_one, hardware, report, tell
from quality import interval, weighted_f1
from tongli.core import FloatArray, Settings
from tongli.emotion.heads import Heads
from tongli.encoders.text import TextEncoder
from tongli.learning.tasks import Record, read_set

Indices = NDArray[np.intp]
LIMIT, BASELINE = 0.60, 0.565
"""The reach, and TF-IDF with logistic regression on the test part."""
_BATCH = 512
_FADE = 0.6
"""Weight of a turn against the one after it."""
_SIZE = 256
"""Directions of the encoder's features that turns before are told by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Everything that decides a classifier, but the data."""

    inner: int = 256
    epochs: int = 6
    batch: int = 128
    rate: float = 1e-3
    decay: float = 0.1
    drop_input: float = 0.3
    drop_inner: float = 0.5
    smoothing: float = 0.05
    members: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogues:
    """Lines in the order of their dialogues.

    Attributes:
        rows: of the set.
        before: previous line, and the same speaker's previous line, of each; -1 for none.
        numbers: the dialogue of each line.
    """

    rows: Sequence[Record]
    before: tuple[Indices, Indices] = field(init=False)
    numbers: Indices = field(init=False)

    def __post_init__(self) -> None:
        last, own = (np.full(len(self.rows), -1, np.intp) for _ in range(2))
        heard: dict[tuple[str, int], dict[str, int]] = {}
        for row, record in enumerate(self.rows):
            turns = heard.setdefault((record["split"], record["dialogue"]), {})
            last[row], own[row] = max(turns.values(), default=-1), turns.get(record["speaker"], -1)
            turns[record["speaker"]] = row
        names = {key: number for number, key in enumerate(heard)}
        keys = [names[record["split"], record["dialogue"]] for record in self.rows]
        object.__setattr__(self, "before", (last, own))
        object.__setattr__(self, "numbers", np.array(keys, np.intp))

    def of(self, split: str) -> Indices:
        """Lines of a part."""
        return np.flatnonzero([record["split"] == split for record in self.rows])


def load(data: Path) -> Dialogues:
    """The train and development part, sorted; raises as :func:`read_set`."""
    rows = list(read_set(data / "meld_text" / "manifest.jsonl.gz"))
    return Dialogues(rows=sorted(rows, key=lambda row: (row["split"], row["dialogue"], row["utt"])))


def read(dialogues: Dialogues, *, settings: Settings) -> tuple[FloatArray, FloatArray]:
    """Encoder features with sentence vectors, and values of all heads, of each line."""
    encoder, heads = TextEncoder(settings=settings), Heads(folder=settings.heads)
    texts = [record["text"] or " " for record in dialogues.rows]
    features, values = [], []
    for start in range(0, len(texts), _BATCH):
        part = texts[start : start + _BATCH]
        found, pieces = encoder.read(part)
        told = heads.values(found, pieces, languages=["en"] * len(part))
        features.append(np.concatenate([found, encoder.sentences(part)], axis=1))
        values.append(np.concatenate([log_odds(told[name]) for name in heads.names], axis=1))
        if (start // _BATCH) % 4 == 0:
            tell(f"{start + len(part):,} of {len(texts):,} lines read")
    return np.concatenate(features), np.concatenate(values)


def log_odds(values: FloatArray) -> FloatArray:
    """Probabilities as log-odds; other values as they are."""
    if values.max() > 1 or values.min() < 0:
        return values
    clipped = np.clip(values, 1e-4, 1 - 1e-4)
    return np.asarray(np.log(clipped) - np.log1p(-clipped), np.float32)


def inputs_of(
    features: FloatArray, values: FloatArray, dialogues: Dialogues, learnt: Indices
) -> tuple[FloatArray, FloatArray]:
    """Inputs of the line alone, and of the turns before it; standardised on what is learnt from."""
    line = standard(np.concatenate([features, values], axis=1), learnt)
    _, _, directions = np.linalg.svd(line[learnt[::4], : features.shape[1]], full_matrices=False)
    short = standard(line[:, : features.shape[1]] @ directions[:_SIZE].T, learnt)
    turn = np.concatenate([short, line[:, features.shape[1] :]], axis=1)
    shifted = [np.where(rows[:, None] >= 0, turn[rows], 0) for rows in dialogues.before]
    there = [(rows[:, None] >= 0).astype(np.float32) for rows in dialogues.before]
    return line, np.concatenate([*shifted, faded(turn, dialogues), *there], axis=1).astype(np.float32)


def standard(table: FloatArray, learnt: Indices) -> FloatArray:
    """Mean 0 and deviation 1 on some rows."""
    known = table[learnt]
    return np.asarray((table - known.mean(axis=0)) / (known.std(axis=0) + 1e-6), np.float32)


def faded(turn: FloatArray, dialogues: Dialogues) -> FloatArray:
    """Weighted mean of all turns before each line, nearer ones weighing more."""
    found = np.zeros_like(turn)
    total, weight = np.zeros(turn.shape[1], np.float32), 0.0
    for row, number in enumerate(dialogues.numbers):
        if row and number != dialogues.numbers[row - 1]:
            total, weight = np.zeros_like(total), 0.0
        if weight:
            found[row] = total / weight
        total, weight = total * _FADE + turn[row], weight * _FADE + 1
    return found


def predict(table: FloatArray, truth: Indices, learnt: Indices, *, recipe: Recipe) -> FloatArray:
    """Mean probabilities ``(lines, emotions)`` of an ensemble that learns from some lines."""
    inputs, goal = torch.from_numpy(table), torch.from_numpy(truth.astype(np.int64))
    members = [train(inputs, goal, learnt, recipe=recipe, seed=seed) for seed in range(recipe.members)]
    with torch.no_grad():
        found = [member(inputs).softmax(dim=-1).numpy() for member in members]
    return np.asarray(np.mean(found, axis=0), np.float32)


def train(
    inputs: torch.Tensor, goal: torch.Tensor, learnt: Indices, *, recipe: Recipe, seed: int
) -> nn.Module:
    """One member of the ensemble."""
    torch.manual_seed(seed)
    network = nn.Sequential(
        nn.Dropout(recipe.drop_input),
        nn.Linear(inputs.shape[1], recipe.inner),
        nn.ReLU(),
        nn.Dropout(recipe.drop_inner),
        nn.Linear(recipe.inner, int(goal.max()) + 1),
    )
    steps = recipe.epochs * -(-len(learnt) // recipe.batch)
    optimiser = torch.optim.AdamW(network.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, recipe.rate, total_steps=steps)
    for rows in batches(learnt, recipe):
        logits = network(inputs[rows])
        loss = nn.functional.cross_entropy(logits, goal[rows], label_smoothing=recipe.smoothing)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
    return network.eval()


def batches(learnt: Indices, recipe: Recipe) -> Iterator[torch.Tensor]:
    """Shuffled rows, epoch by epoch."""
    for _ in range(recipe.epochs):
        yield from torch.from_numpy(learnt)[torch.randperm(len(learnt))].split(recipe.batch)


def figures(
    chosen: Sequence[str], truth: Sequence[str], numbers: Indices, *, samples: int, seed: int
) -> dict[str, Any]:
    """Weighted F1, with an interval over dialogues drawn with replacement."""
    rng = np.random.default_rng(seed)
    rows_of = [np.flatnonzero(numbers == number) for number in np.unique(numbers)]
    drawn = []
    for _ in range(samples):
        rows = np.concatenate([rows_of[at] for at in rng.integers(len(rows_of), size=len(rows_of))])
        drawn.append(weighted_f1([chosen[row] for row in rows], [truth[row] for row in rows]))
    value = weighted_f1(chosen, truth)
    return {
        "weighted_f1": round(value, 4),
        "interval_95": interval(np.array(drawn, np.float32), figure=value),
    }


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--folds", type=at_least_one, help="cross-validate on the train part instead")
    parser.add_argument("--samples", type=at_least_one, default=1000, help="bootstrap samples")
    parser.add_argument("--seed", type=int, default=0, help="of the bootstrap and the folds")
    options = parser.parse_args()
    machine, settings, recipe = hardware("torch"), Settings.from_env(), Recipe()
    print(machine, flush=True)
    torch.set_num_threads(settings.threads)
    dialogues = load(options.data)
    names = sorted({record["emotion"] for record in dialogues.rows})
    truth = np.array([names.index(record["emotion"]) for record in dialogues.rows])
    learnt, measured = dialogues.of("train"), dialogues.of("dev")
    features, values = read(dialogues, settings=settings)
    found: dict[str, Any] = {}
    for name, parts in (("words", 1), ("words and turns before", 2)):
        chances = np.zeros((len(truth), len(names)), np.float32)
        for fit, rest in splits(dialogues, learnt, measured, folds=options.folds, seed=options.seed):
            table = np.concatenate(inputs_of(features, values, dialogues, fit)[:parts], axis=1)
            chances[rest] = predict(table, truth, fit, recipe=recipe)[rest]
        rows = learnt if options.folds else measured
        chosen = [names[column] for column in chances[rows].argmax(axis=1)]
        known = [names[label] for label in truth[rows]]
        found[name] = figures(
            chosen, known, dialogues.numbers[rows], samples=options.samples, seed=options.seed
        )
        low, high = found[name]["interval_95"]
        print(f"{name:24} weighted F1 {found[name]['weighted_f1']:.4f} [{low}, {high}], {len(rows):,} lines")
    part = "train, cross-validated" if options.folds else "development part"
    print(f"{part}; TF-IDF with logistic regression reaches {BASELINE} on the test part")
    target = Target(
        name="MELD, weighted F1 with turns before",
        value=found["words and turns before"]["weighted_f1"],
        limit=LIMIT,
    )
    report(
        {"hardware": asdict(machine), "part": part, "recipe": asdict(recipe), "figures": found},
        targets=[target],
        path=options.json,
    )


def splits(
    dialogues: Dialogues, learnt: Indices, measured: Indices, *, folds: int | None, seed: int
) -> Iterator[tuple[Indices, Indices]]:
    """Lines to learn from and to measure on: the parts of the set, or folds of the train part's dialogues."""
    if folds is None:
        yield learnt, measured
        return
    numbers = dialogues.numbers[learnt]
    mixed = np.random.default_rng(seed).permutation(np.unique(numbers))
    for fold in range(folds):
        out = np.isin(numbers, mixed[fold::folds])
        yield learnt[~out], learnt[out]


if __name__ == "__main__":
    main()
