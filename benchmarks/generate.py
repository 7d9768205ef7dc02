"""Replies of the embedded model before and after a short fine-tuning on dialogues, beside tongli's own.

    python benchmarks/generate.py --data DATA [--set empathetic_dialogues] [--steps 200] [--limit 100]

``DATA`` holds ``empathetic_dialogues`` or ``esconv`` (CC BY-NC: what is tuned here is for research only and
is thrown away) and ``epitome``. Learnt from: the first answers of the training conversations. Measured: the
first answers of the first half of the development conversations, on which nothing is chosen. Figures are
those of ``tongli learn generate evaluate``, with 95 % bootstrap intervals, and the mean level (0..2) of each
mechanism of empathy (Sharma et al. 2020) as a small classifier hears it: logistic regression on sentence
vectors of message and reply, trained here on ``epitome`` and never kept. Its own macro F1 on epitome's
development part is told.
"""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from measurement import arguments, at_least_one, hardware, report, tell
from tongli import Tongli
from tongli.core import FloatArray, Settings
from tongli.learning.evaluate.resample import Resampling, estimate
from tongli.learning.generate.dialogues import Dialogue, read_dialogues
from tongli.learning.generate.figures import measure_replies
from tongli.learning.generate.recipe import GenerateRecipe
from tongli.learning.generate.replies import REALISER, Reply, Sampling, write_replies
from tongli.learning.generate.run import prepare, tune
from tongli.learning.train.run import use_threads

SETS = {"empathetic_dialogues": "listener", "esconv": "supporter"}
"""Set → who answers in it."""
MECHANISMS = ("emotional_reactions", "interpretations", "explorations")
LICENCE = "CC-BY-NC-4.0"

Row = dict[str, Any]


def rows(path: Path) -> Iterator[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def first_answer(record: Row, *, answers: str, source: str) -> Row | None:
    """What was said up to the first answer, as one message, and that answer; ``None`` without both."""
    said: list[str] = []
    for turn in record["dialog"]:
        if turn["speaker"] == answers and said:
            return {
                "id": record["id"],
                "lang": record["lang"],
                "context": " ".join(said),
                "reply": turn["text"],
                "source": source,
                "licence": LICENCE,
            }
        if turn["speaker"] != answers:
            said.append(turn["text"])
    return None


def dialogues(data: Path, name: str, split: str) -> list[Row]:
    """First answers of a split; of the development part, those of its first half."""
    records = list(rows(data / name / f"{split}.jsonl.gz"))
    chosen = records if split == "train" else records[: len(records) // 2]
    found = (first_answer(record, answers=SETS[name], source=name) for record in chosen)
    return [line for line in found if line is not None]


class Mechanisms:
    """How strongly a reply reacts, interprets and explores, each 0..2, as a small classifier hears it."""

    def __init__(self, data: Path, tongli: Tongli, *, limit: int | None = None) -> None:
        self._tongli = tongli
        train = list(islice(rows(data / "epitome" / "train.jsonl.gz"), limit))
        dev = list(islice(rows(data / "epitome" / "dev.jsonl.gz"), limit))
        seen, unseen = (self._features(_texts(part)) for part in (train, dev))
        self._models, self.macro_f1 = {}, {}
        for name in MECHANISMS:
            goals, truth = ([record["levels"][name] for record in part] for part in (train, dev))
            model = LogisticRegression(C=0.1, max_iter=500, class_weight="balanced").fit(seen, goals)
            self._models[name] = model
            self.macro_f1[name] = round(float(f1_score(truth, model.predict(unseen), average="macro")), 4)

    def levels(self, replies: Sequence[Reply], *, how: Resampling) -> dict[str, list[float]]:
        """Mean level of each mechanism with its interval."""
        features = self._features([(one.message, one.text or " ") for one in replies])
        found = {}
        for name, model in self._models.items():
            level = np.asarray(model.predict(features), np.float64)
            bounds = estimate(lambda chosen, level=level: float(level[chosen].mean()), len(level), how=how)
            found[name] = [round(value, 4) for value in (bounds.value, bounds.low, bounds.high)]
        return found

    def _features(self, texts: Sequence[tuple[str, str]]) -> FloatArray:
        """Vectors of message and reply, and where they agree, in units of their spread."""
        asked, answered = (self._tongli.sentences([pair[side] for pair in texts]) for side in (0, 1))
        return np.asarray(
            np.hstack([asked, answered, asked * answered]) * np.sqrt(asked.shape[1]), np.float32
        )


def _texts(records: Sequence[Row]) -> list[tuple[str, str]]:
    return [(record["seeker"] or " ", record["text"] or " ") for record in records]


def tuned(
    lines: Sequence[Row], *, recipe: GenerateRecipe, folder: Path, settings: Settings
) -> dict[str, Any]:
    """Fine-tune into a folder; the figures on held-out prompts."""
    path = folder / "dialogues.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    plan, out = replace(recipe, data=(str(path),)), folder / "tuned"
    prepared = prepare(plan, out=out, settings=settings, research_only=True, tell=tell)
    return dict(tune(plan, prepared, out=out, tell=tell, log=lambda *_: None).looks)


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--set", choices=tuple(SETS), default="empathetic_dialogues")
    parser.add_argument("--steps", type=at_least_one, default=200)
    parser.add_argument("--batch", type=at_least_one, default=4)
    parser.add_argument("--limit", type=at_least_one, default=100, help="replies that are measured")
    parser.add_argument("--train-limit", type=at_least_one, help="dialogues learnt from, for a quick look")
    parser.add_argument("--epitome-limit", type=at_least_one, help="records of epitome, for a quick look")
    options = parser.parse_args()
    machine = hardware("torch", "transformers", "peft")
    print(machine, flush=True)
    settings, how = Settings.from_env(), Resampling()
    use_threads(settings.threads)
    tongli = Tongli(settings=settings).load()
    mechanisms = Mechanisms(options.data, tongli, limit=options.epitome_limit)
    print("mechanisms, macro F1 on epitome dev", json.dumps(mechanisms.macro_f1), flush=True)
    recipe = GenerateRecipe(
        steps=options.steps,
        batch=options.batch,
        max_tokens=128,
        held_out=0.01,
        evaluate_every=max(1, options.steps // 2),
        unlikelihood=0.5,
    )
    result: dict[str, Any] = {"hardware": machine, "epitome_macro_f1": mechanisms.macro_f1}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        measured = folder / "measured.jsonl"
        lines = dialogues(options.data, options.set, "dev")[: options.limit]
        measured.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        told: list[Dialogue] = read_dialogues([measured])
        learnt = dialogues(options.data, options.set, "train")[: options.train_limit]
        result["held_out"] = tuned(learnt, recipe=recipe, folder=folder, settings=settings)
        print("held out", json.dumps(result["held_out"]), flush=True)
        for name, model in {REALISER: REALISER, "before": "embedded", "after": str(folder / "tuned")}.items():
            replies = write_replies(
                told, model=model, how=Sampling(max_tokens=40), settings=settings, tell=lambda _: None
            )
            figures = measure_replies(replies, tongli=tongli, how=how)
            result[name] = {**figures, "mechanisms": mechanisms.levels(replies, how=how)}
            print(f"{name:9} {json.dumps(result[name])}", flush=True)
    report(result, targets=[], path=options.json)


if __name__ == "__main__":
    main()
