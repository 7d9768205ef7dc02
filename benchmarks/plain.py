"""Plain sentences in 26 languages: is the emotion that each of them states among those decided?

    python benchmarks/plain.py [--part report] [--json out.json]

``plain/sentences.tsv`` holds sentences of ours, machine-assisted and not reviewed by native readers, that say
one emotion outright: each meaning in every language, so that languages can be compared. Part ``develop`` was
looked at while heads were pooled, part ``report`` was not. Languages are identified, not declared. A sentence
is right when its emotion is decided; F1 also counts what else is decided against it. Languages that the head
has not learnt are counted apart, and the interval draws sentences with replacement.

``plain/everyday.tsv`` holds 25 everyday texts of ours in each of 45 languages, declared: questions, requests
and facts without a feeling, and others on like topics with one. In how many of the first does a head tell a
feeling all the same, and in how many of the second does it tell any? None of them was learnt from.

``plain/told.tsv`` holds some 20 messages of ours in each of 44 languages, declared: most tell one of six
feelings in a usual way ("There's a hair in my soup"), a few only look like it. None of them was learnt from.

``plain/otherwise.tsv`` holds some 12 messages of ours in each of these languages whose words say otherwise
than their writer feels: a feeling denied, somebody else's or a courtesy, irony, outbursts. They are a fifth
of what was written, by a hash; the others were learnt from, and situations recur across languages.

``plain/statements.tsv`` holds statements of ours that say no emotion ("The shop opens at nine."), and others
that do, in seven languages, which are declared: in how many of the first is one decided all the same, and in
how many of the second the right one.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from measurement import Target, arguments, hardware, report
from quality import Bools, decisions, interval, rows_by_language
from tongli import Message, Tongli
from tongli.core import FloatArray
from tongli.emotion.plain import NO_FEELINGS
from tongli.knowledge.schemes import SCHEMES

SENTENCES = Path(__file__).with_name("plain") / "sentences.tsv"
STATEMENTS = SENTENCES.with_name("statements.tsv")
EVERYDAY = SENTENCES.with_name("everyday.tsv")
TOLD = SENTENCES.with_name("told.tsv")
OTHERWISE = SENTENCES.with_name("otherwise.tsv")
NONE = "none"
HEAD = "ekman6"
HEADS = ("ekman6", "plutchik8", "goemotions28", "sentiment")
SAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, its language and the emotion that it states; empty for none."""

    emotion: str
    lang: str
    text: str


def read(part: str, *, path: Path = SENTENCES) -> list[Sentence]:
    """The sentences of a part."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [Sentence(row["emotion"], row["lang"], row["text"]) for row in rows if row["part"] == part]


def f1(decided: FloatArray, truth: FloatArray) -> float:
    """Micro-F1 of decisions ``(texts, labels)``."""
    hits = float((decided * truth).sum())
    return 2 * hits / max(1.0, float(decided.sum() + truth.sum()))


def figures(decided: FloatArray, truth: FloatArray) -> dict[str, Any]:
    """Share of texts whose emotion is decided, and micro-F1, each with its interval."""
    draws = np.random.default_rng(0).integers(len(truth), size=(SAMPLES, len(truth)))
    right = (decided * truth).sum(axis=1)
    found: dict[str, Any] = {"texts": len(truth)}
    for name, value, samples in (
        ("right", float(right.mean()), right[draws].mean(axis=1)),
        ("f1", f1(decided, truth), np.array([f1(decided[draw], truth[draw]) for draw in draws])),
    ):
        low, high = interval(np.asarray(samples, np.float32), figure=value)
        found[name] = {"value": round(value, 4), "low": round(low, 4), "high": round(high, 4)}
    return found


def measure(sentences: Sequence[Sentence], tongli: Tongli) -> dict[str, Any]:
    """Everything, by group and language."""
    readings = list(tongli.read_many([Message(item.text) for item in sentences], evidence=False))
    decided = decisions(readings, HEAD).astype(np.float32)
    labels = SCHEMES[HEAD].labels
    truth = np.array([[label == item.emotion for label in labels] for item in sentences], np.float32)
    card = tongli.heads.card(HEAD)
    learnt = np.array([card.knows(item.lang) for item in sentences])
    right = (decided * truth).sum(axis=1)
    return {
        "learnt": figures(decided[learnt], truth[learnt]),
        "not learnt": figures(decided[~learnt], truth[~learnt]),
        "by_language": {
            tag: {"right": round(float(right[rows].mean()), 4), "learnt": bool(learnt[rows[0]])}
            for tag, rows in rows_by_language([item.lang for item in sentences]).items()
        },
    }


def stated(sentences: Sequence[Sentence], tongli: Tongli) -> dict[str, Any]:
    """Plain statements in which an emotion is decided, and others in which the right one is, by language."""
    readings = list(
        tongli.read_many([Message(item.text, lang=item.lang) for item in sentences], evidence=False)
    )
    decided, labels = decisions(readings, HEAD), SCHEMES[HEAD].labels
    found: dict[str, Any] = {}
    for tag, rows in rows_by_language([item.lang for item in sentences]).items():
        plain = [row for row in rows if not sentences[row].emotion]
        others = [row for row in rows if sentences[row].emotion]
        found[tag] = {
            "plain": len(plain),
            "plain_decided": int(sum(decided[row].any() for row in plain)),
            "emotional": len(others),
            "right": int(sum(decided[row, labels.index(sentences[row].emotion)] for row in others)),
        }
    return found


def everyday(tongli: Tongli, *, path: Path = EVERYDAY) -> dict[str, Any]:
    """Shares of plain texts and of others in which each head tells a feeling, and its worst language."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    readings = list(
        tongli.read_many([Message(row["text"], lang=row["lang"]) for row in rows], evidence=False)
    )
    plain: Bools = np.array([row["kind"] == "plain" for row in rows], bool)
    found: dict[str, Any] = {}
    for head in HEADS:
        feelings = [label not in NO_FEELINGS for label in SCHEMES[head].labels]
        told: Bools = np.asarray(decisions(readings, head)[:, feelings].any(axis=1))
        worst = {
            tag: float(told[[at for at in group if plain[at]]].mean())
            for tag, group in rows_by_language([row["lang"] for row in rows]).items()
        }
        tag = max(worst, key=worst.__getitem__)
        found[head] = {
            "plain": share(told[plain]),
            "feeling": share(told[~plain]),
            "worst": {"lang": tag, "plain": round(worst[tag], 4)},
        }
    return found


def outright(tongli: Tongli, *, path: Path) -> dict[str, Any]:
    """Share of messages whose first feeling is decided, micro-F1, and how often one is told where none is."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    readings = list(
        tongli.read_many([Message(row["text"], lang=row["lang"]) for row in rows], evidence=False)
    )
    decided, labels = decisions(readings, HEAD), SCHEMES[HEAD].labels
    felt = [at for at, row in enumerate(rows) if row["feeling"] != NONE]
    unfelt = [at for at, row in enumerate(rows) if row["feeling"] == NONE]
    named = [rows[at]["feeling"].split("+") for at in felt]
    right: Bools = np.asarray(decided[felt, [labels.index(names[0]) for names in named]], bool)
    truth = np.array([[label in names for label in labels] for names in named], np.float32)
    by_language = {
        tag: float(right[group].mean())
        for tag, group in rows_by_language([rows[at]["lang"] for at in felt]).items()
    }
    worst = min(by_language, key=by_language.__getitem__)
    return {
        "right": share(right),
        "f1": round(f1(decided[felt].astype(np.float32), truth), 4),
        "worst": {"lang": worst, "right": round(by_language[worst], 4)},
        "none": share(np.asarray(decided[unfelt].any(axis=1), bool)),
    }


def share(told: Bools) -> dict[str, float]:
    """Of texts, with its interval."""
    draws = np.random.default_rng(0).integers(len(told), size=(SAMPLES, len(told)))
    value = float(told.mean())
    low, high = interval(np.asarray(told[draws].mean(axis=1), np.float32), figure=value)
    return {"texts": len(told), "value": round(value, 4), "low": round(low, 4), "high": round(high, 4)}


def shown(found: Mapping[str, Any]) -> None:
    """The figures in lines."""
    for group in ("learnt", "not learnt"):
        part = found[group]
        told = ", ".join(
            f"{name} {part[name]['value']:.3f} [{part[name]['low']:.3f}, {part[name]['high']:.3f}]"
            for name in ("right", "f1")
        )
        print(f"languages {group}: {told}, {part['texts']} sentences")
    ranked = sorted(found["by_language"].items(), key=lambda item: item[1]["right"])
    print("by language: " + ", ".join(f"{tag} {item['right']:.2f}" for tag, item in ranked))
    statements = found["statements"].values()
    plain, others = (sum(item[key] for item in statements) for key in ("plain", "emotional"))
    decided, right = (sum(item[key] for item in statements) for key in ("plain_decided", "right"))
    print(
        f"statements: an emotion decided in {decided} of {plain} plain ones, "
        f"the right one in {right} of {others}"
    )
    for group in ("told", "otherwise"):
        item = found[group]
        print(
            f"{group}: decided in {item['right']['value']:.3f} [{item['right']['low']:.3f}, "
            f"{item['right']['high']:.3f}] of {item['right']['texts']}, f1 {item['f1']:.3f}; worst "
            f"{item['worst']['lang']} {item['worst']['right']:.2f}; a feeling in {item['none']['value']:.2f} "
            f"[{item['none']['low']:.2f}, {item['none']['high']:.2f}] of {item['none']['texts']} without"
        )
    for head, item in found["everyday"].items():
        told = ", ".join(
            f"in {kind} texts {item[kind]['value']:.3f} [{item[kind]['low']:.3f}, {item[kind]['high']:.3f}]"
            for kind in ("plain", "feeling")
        )
        worst = item["worst"]
        print(f"{head}: a feeling told {told}; plain ones of {worst['lang']} {worst['plain']:.2f}")


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--part", choices=("report", "develop"), default="report")
    options = parser.parse_args()
    machine = hardware()
    print(machine, flush=True)
    tongli = Tongli(heads=HEADS)
    statements = stated(read(options.part, path=STATEMENTS), tongli)
    found = {
        **measure(read(options.part), tongli),
        "statements": statements,
        "everyday": everyday(tongli),
        "told": outright(tongli, path=TOLD),
        "otherwise": outright(tongli, path=OTHERWISE),
    }
    shown(found)
    worst = min(item["right"] for item in found["by_language"].values())
    targets = [
        Target(name="right, languages not learnt", value=found["not learnt"]["right"]["value"], limit=0.9),
        Target(name="right, worst language", value=worst, limit=0.5),
        Target(name="feelings told outright", value=found["told"]["right"]["value"], limit=0.75),
        *(
            Target(
                name=f"{head}: a feeling in plain texts",
                value=found["everyday"][head]["plain"]["value"],
                limit=0.2,
                better="lower",
            )
            for head in HEADS
        ),
    ]
    report({"hardware": asdict(machine), "part": options.part, **found}, targets=targets, path=options.json)


if __name__ == "__main__":
    main()
