"""How well the nearest equivalent in another language is found: known links are hidden and looked for.

    python benchmarks/equivalents.py [--test 9] [--write] [--json out.json]

A tenth of the links between two idioms, proverbs or pieces of slang that are both claims is hidden, in both
directions, and the graph is embedded without it. Each end of a hidden link then asks for the other among all
claims of that language; other known equivalents are taken out of the ranking. The weight of the graph and
the calibration are fitted on the first tenth, and reported on other tenths (``--test`` of them). For the
calibration every question is asked twice: as it is, and with every known equivalent taken out, so that in
half of the questions nothing is there to be found. ``--write`` keeps the fit for the command
``tongli culture equivalent``.

Intervals: 95 %, bootstrap over links. Sentence vectors are those of the embedded encoder.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from measurement import Target, arguments, at_least_one, hardware, report, tell
from tongli import Tongli
from tongli.applications.equivalent_fit import FIT, Fit
from tongli.applications.equivalents import figurative_senses
from tongli.applications.sense_space import SenseSpace, cached_space, embed, standard
from tongli.knowledge.graph import Graph, sense_language
from tongli.knowledge.graph_build import linked_graph
from tongli.knowledge.graph_links import Link, Neighbours, links, relations

FOLDS = 10
WEIGHTS = (0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0)
DRAWS = 2000
SINGLE = ("random", "sentence vectors", "shared neighbours", "TransE")
SUM, OTHER_SUM = "sentences + TransE", "sentences + neighbours"
SECOND = {SUM: "TransE", OTHER_SUM: "shared neighbours"}
"""What a sum adds to the sentence vectors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One end of a hidden link asks for the other: scores of all candidates by signal."""

    link: int
    sense: str
    wanted: str
    candidates: tuple[str, ...]
    scores: Mapping[str, np.ndarray]
    shares: bool

    def rank(self, scores: np.ndarray) -> float:
        """The place of the right one; ties count half."""
        right = scores[self.candidates.index(self.wanted)]
        return 1 + float((scores > right).sum()) + float((scores == right).sum() - 1) / 2


def questions(
    graph: Graph, space: SenseSpace, known: Sequence[Link], hidden: Sequence[Link], *, seed: int
) -> list[Question]:
    """Both ends of every hidden link, over an embedding that does not know them."""
    senses = space.senses
    blind = SenseSpace(senses, space.glosses, embed(graph, senses, hidden=hidden, seed=seed))
    around = Neighbours(relations(graph, hidden=hidden))
    rng = np.random.default_rng(seed)
    others = together(known)
    found = []
    for number, link in enumerate(hidden):
        ends = sorted(link)
        for sense, wanted in (ends, ends[::-1]):
            spoken = sense_language(wanted)
            candidates = tuple(
                item
                for item in senses
                if sense_language(item) == spoken and (item == wanted or item not in others[sense])
            )
            compared = blind.compare(sense, candidates)
            shared = around.scores(sense, candidates)
            scores = {
                "random": rng.random(len(candidates)),
                "sentence vectors": compared.sentence,
                "shared neighbours": standard(shared),
                "TransE": compared.graph,
            }
            found.append(
                Question(
                    link=number,
                    sense=sense,
                    wanted=wanted,
                    candidates=candidates,
                    scores=scores,
                    shares=bool(shared[candidates.index(wanted)]),
                )
            )
    return found


def together(known: Sequence[Link]) -> dict[str, set[str]]:
    """Sense → its known equivalents."""
    found: dict[str, set[str]] = {}
    for link in known:
        for sense in link:
            found.setdefault(sense, set()).update(link - {sense})
    return found


def total(question: Question, weight: float, *, name: str = SUM) -> np.ndarray:
    return question.scores["sentence vectors"] + weight * question.scores[SECOND[name]]


def measures(ranks: Sequence[float]) -> dict[str, float]:
    """Hits and mean reciprocal rank."""
    found = np.asarray(ranks)
    return {
        "hits@1": float((found < 1.5).mean()),
        "hits@10": float((found <= 10).mean()),
        "mrr": float((1 / found).mean()),
    }


def interval(
    asked: Sequence[Question], measure: Callable[[np.ndarray], np.ndarray], *, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """95 % of the bootstrap over links, whose two questions belong together."""
    groups: dict[tuple[str, str], list[int]] = {}
    for place, item in enumerate(asked):
        groups.setdefault(tuple(sorted((item.sense, item.wanted))), []).append(place)
    rows = [np.array(group) for group in groups.values()]
    rng = np.random.default_rng(seed)
    drawn = [
        measure(np.concatenate([rows[place] for place in rng.integers(len(rows), size=len(rows))]))
        for _ in range(DRAWS)
    ]
    low, high = np.quantile(np.array(drawn), [0.025, 0.975], axis=0)
    return low, high


def best_weight(asked: Sequence[Question], name: str) -> tuple[float, dict[float, float]]:
    """The weight with the highest MRR of a sum, the smallest of equals; and the MRR of each."""
    found = {
        weight: measures([item.rank(total(item, weight, name=name)) for item in asked])["mrr"]
        for weight in WEIGHTS
    }
    return max(found, key=lambda item: (found[item], -item)), found


def table(asked: Sequence[Question], weights: Mapping[str, float]) -> dict[str, Any]:
    """Every signal and sum, with intervals, and what the sum with TransE gains."""
    found: dict[str, Any] = {}
    ranks: dict[str, np.ndarray] = {}
    for name in (*SINGLE, OTHER_SUM, SUM):
        scored = [
            item.scores[name] if name in SINGLE else total(item, weights[name], name=name) for item in asked
        ]
        ranks[name] = np.array([item.rank(scores) for item, scores in zip(asked, scored, strict=True)])
        found[name] = with_interval(asked, ranks[name])
    for other in ("sentence vectors", OTHER_SUM):
        found[f"{SUM}, above {other}"] = gained(asked, ranks[SUM], ranks[other])
    for name, shares in (("with a shared neighbour", True), ("without one", False)):
        rows = [place for place, item in enumerate(asked) if item.shares is shares]
        found[name] = {
            "questions": len(rows),
            **{signal: measures(ranks[signal][rows]) for signal in ("sentence vectors", SUM) if rows},
        }
    return found


def gained(asked: Sequence[Question], ranks: np.ndarray, others: np.ndarray) -> dict[str, list[float]]:
    """Differences of the measures, question by question."""

    def differences(rows: np.ndarray) -> dict[str, float]:
        one, other = measures(ranks[rows]), measures(others[rows])
        return {name: one[name] - other[name] for name in one}

    point = differences(np.arange(len(ranks)))
    low, high = interval(asked, lambda rows: np.array(list(differences(rows).values())))
    return {
        name: [value, float(low[place]), float(high[place])]
        for place, (name, value) in enumerate(point.items())
    }


def with_interval(asked: Sequence[Question], ranks: np.ndarray) -> dict[str, list[float]]:
    point = measures(ranks)
    low, high = interval(asked, lambda rows: np.array(list(measures(ranks[rows]).values())))
    return {
        name: [value, float(low[place]), float(high[place])]
        for place, (name, value) in enumerate(point.items())
    }


def answers(
    asked: Sequence[Question], known: Mapping[str, set[str]], weight: float
) -> tuple[np.ndarray, np.ndarray]:
    """Score of the first candidate and whether it is right, asked with and without the right ones there."""
    tops, right = [], []
    for item in asked:
        scores = total(item, weight)
        best = int(scores.argmax())
        tops.append(scores[best])
        right.append(item.candidates[best] == item.wanted)
        absent = [place for place, name in enumerate(item.candidates) if name not in known[item.sense]]
        tops.append(scores[absent].max())
        right.append(False)
    return np.array(tops), np.array(right)


def logistic(scores: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    """Slope and intercept by Newton's method with a little ridge."""
    design = np.column_stack([scores, np.ones_like(scores)])
    found = np.zeros(2)
    for _ in range(50):
        chance = 1 / (1 + np.exp(-design @ found))
        slope = design.T @ (right - chance) - 1e-3 * found
        bend = (design * (chance * (1 - chance))[:, None]).T @ design + 1e-3 * np.eye(2)
        found = found + np.linalg.solve(bend, slope)
    return float(found[0]), float(found[1])


def checked(scores: np.ndarray, right: np.ndarray, curve: tuple[float, float]) -> dict[str, float]:
    """What the wording promises and what it keeps."""
    chance = 1 / (1 + np.exp(-(curve[0] * scores + curve[1])))
    near = chance >= Fit.NEAR
    loosely = (chance >= Fit.LOOSELY) & ~near
    edges = np.minimum((chance * 10).astype(int), 9)
    error = sum(
        abs(chance[edges == edge].mean() - right[edges == edge].mean()) * (edges == edge).mean()
        for edge in np.unique(edges)
    )
    return {
        "near": float(near.mean()),
        "near, right": float(right[near].mean()) if near.any() else float("nan"),
        "loosely": float(loosely.mean()),
        "loosely, right": float(right[loosely].mean()) if loosely.any() else float("nan"),
        "abstained": float((~near & ~loosely).mean()),
        "abstained though it was first": float(right[~near & ~loosely].sum() / max(1, right.sum())),
        "calibration error": float(error),
    }


def show(name: str, found: Mapping[str, Any]) -> None:
    print(f"\n{name}")
    for signal, figures in found.items():
        if isinstance(figures, dict) and "mrr" in figures:
            cells = "  ".join(
                f"{measure} {value:.3f} ({low:.3f}..{high:.3f})"
                for measure, (value, low, high) in figures.items()
            )
            print(f"  {signal:46}{cells}")
        else:
            print(f"  {signal}: {json.dumps(figures)}")


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--test", type=at_least_one, default=FOLDS - 1, help="tenths to report on")
    parser.add_argument("--write", action="store_true", help="keep the fit in the package")
    chosen = parser.parse_args()
    machine = hardware()
    print(machine)
    graph, tongli = linked_graph(), Tongli()
    encoder = tongli.encoder.id
    space = cached_space(
        graph, figurative_senses(graph), tongli.sentences, encoder=encoder, cache=tongli.settings.cache
    )
    every = links(graph)
    order = np.random.default_rng(0).permutation(len(every))
    folds = [[every[place] for place in order[fold::FOLDS]] for fold in range(FOLDS)]
    tell(f"{len(every)} links between {len(space.senses)} senses; {len(folds[0])} hidden at a time")
    fitted = questions(graph, space, every, folds[0], seed=0)
    known = together(every)
    tuned = {name: best_weight(fitted, name) for name in SECOND}
    weight = tuned[SUM][0]
    curves = {
        "both": logistic(*answers(fitted, known, weight)),
        "gloss": logistic(*answers(fitted, known, 0.0)),
    }
    tested: list[Question] = []
    for fold in range(1, 1 + chosen.test):
        tested += questions(graph, space, every, folds[fold], seed=fold)
        tell(f"{len(tested)} questions asked")
    figures = table(tested, {name: found[0] for name, found in tuned.items()})
    wording = {
        name: checked(*answers(tested, known, weight if name == "both" else 0.0), curve)
        for name, curve in curves.items()
    }
    for name, (chosen_weight, by_weight) in tuned.items():
        print(f"\n{name}: weight {chosen_weight}, of MRR {by_weight}")
    show(f"{len(tested)} questions", figures)
    show("wording, half of the questions without an answer", wording)
    if chosen.write:
        data = {"encoder": encoder, "weight": weight} | {name: list(curve) for name, curve in curves.items()}
        path = Path(str(files("tongli.applications") / FIT))
        path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    targets = [
        Target(
            name="MRR gained over sentence vectors, lower end",
            value=figures[f"{SUM}, above sentence vectors"]["mrr"][1],
            limit=0.0,
        ),
        Target(name="share of “near” that is right", value=wording["both"]["near, right"], limit=Fit.NEAR),
    ]
    result = {
        "hardware": asdict(machine),
        "weights": {name: found[0] for name, found in tuned.items()},
        "figures": figures,
        "wording": wording,
    }
    report(result, targets=targets, path=chosen.json)


if __name__ == "__main__":
    main()
