"""Idioms and figurative language: spans, literal or idiomatic, readings, glosses; with simple baselines.

    python benchmarks/idioms.py --data DATA [--json out.json]

Four development sets: ``id10m`` (spans of idioms), ``semeval2022_idiomaticity`` (expressions in context),
``mabl_figqa`` (a figurative phrase and two readings) and ``petci`` (glosses of Chinese idioms). They are for
measuring only: nothing is fitted on them. Of semeval2022 the expressions whose hash is odd are judged, so
that no expression is on both sides of the split; of id10m the records whose hash is odd, as the others were
looked at while claims were written.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from measurement import Target, arguments, at_least_one, hardware, report
from tongli import Tongli
from tongli.core import InputError, Span
from tongli.empathy.figurative import Figurative, Place
from tongli.empathy.simile import Embed, choose
from tongli.knowledge.claim import Claim
from tongli.knowledge.claim_matcher import Match, Matcher, matcher
from tongli.knowledge.claim_streams import is_spaced
from tongli.knowledge.gloss import gloss

Row = dict[str, Any]
SIMILES = Path(__file__).parent / "figurative" / "similes.txt"
SPAN_LIMITS = {"en": 0.68, "de": 0.68, "it": 0.48, "es": 0.48}
WRONG_BELOW = 20.0
"""chrF under which a gloss is counted as wrong: it shares next to nothing with any reference."""
_EXPRESSIONS = frozenset({"idiom", "proverb"})


def rows(data: Path, name: str) -> list[Row]:
    """Records of a gzip JSONL file of a data set."""
    with gzip.open(data / name, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


# Spans


@dataclass(slots=True)
class Counts:
    """Found, missed and invented."""

    right: int = 0
    missed: int = 0
    invented: int = 0

    def add(self, found: set[Span], truth: set[Span]) -> None:
        """Count one text, exact spans only."""
        self.right += len(found & truth)
        self.missed += len(truth - found)
        self.invented += len(found - truth)

    @property
    def f1(self) -> float:
        """0 where there is nothing to find and nothing found."""
        return 2 * self.right / max(1, 2 * self.right + self.missed + self.invented)

    def to_dict(self) -> dict[str, float]:
        """F1, precision and recall."""
        found, truth = self.right + self.invented, self.right + self.missed
        return {
            "f1": round(self.f1, 4),
            "precision": round(self.right / max(1, found), 4),
            "recall": round(self.right / max(1, truth), 4),
        }


def tagged(tags: Sequence[str]) -> set[Span]:
    """Ranges of tokens marked B- and I-."""
    starts = [index for index, tag in enumerate(tags) if tag.startswith("B")]
    ends = []
    for start in starts:
        end = start + 1
        while end < len(tags) and tags[end].startswith("I"):
            end += 1
        ends.append(end)
    return set(zip(starts, ends, strict=True))


def joined(tokens: Sequence[str], lang: str) -> tuple[str, list[Span]]:
    """Text of the tokens, and where each stands in it."""
    glue = " " if is_spaced(lang) else ""
    places, at = [], 0
    for token in tokens:
        places.append((at, at + len(token)))
        at += len(token) + len(glue)
    return glue.join(tokens), places


def in_tokens(spans: Iterable[Span], places: Sequence[Span]) -> set[Span]:
    """Ranges of tokens that spans of the text touch."""
    found = set()
    for start, end in spans:
        touched = [index for index, (left, right) in enumerate(places) if left < end and right > start]
        if touched:
            found.add((touched[0], touched[-1] + 1))
    return found


def known(lang: str) -> Matcher | None:
    """The matcher of a language, if it has claims."""
    try:
        return matcher(lang)
    except InputError:
        return None


def spans(records: Sequence[Row], figurative: Figurative) -> dict[str, Any]:
    """Span F1 by language: every match of the dictionary, and only those not read as literal."""
    found: dict[str, dict[str, Counts]] = {}
    for record in records:
        lang = record["lang"]
        counts = found.setdefault(lang, {"dictionary": Counts(), "in_context": Counts()})
        text, places = joined(record["tokens"], lang)
        dictionary = known(lang)
        matches = list(filter(_is_told, dictionary.find(text))) if dictionary else []
        decided = figurative.judge(matches, text, lang=lang)
        kept = [match for match, decision in zip(matches, decided, strict=True) if decision.use != "literal"]
        truth = tagged(record["tags"])
        counts["dictionary"].add(in_tokens((match.span for match in matches), places), truth)
        counts["in_context"].add(in_tokens((match.span for match in kept), places), truth)
    return {
        lang: {name: item.to_dict() for name, item in counts.items()}
        for lang, counts in sorted(found.items())
    }


def _is_told(match: Match) -> bool:
    return match.claim.kind in _EXPRESSIONS and match.claim.action.detect != "silent"


# Idiomatic or literal


def on_our_side(name: str) -> bool:
    """Whether an expression or record is judged here; the other half is for whoever wants to train."""
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 1


def located(record: Row) -> Span | None:
    """Where the expression stands, whatever its endings."""
    stems = [re.escape(word[: max(3, len(word) - 1)]) + r"\w{0,3}" for word in record["mwe"].split()]
    match = re.search(r"[\W_]*".join(stems), record["target"], re.IGNORECASE)
    return match.span() if match else None


def macro_f1(chosen: Sequence[bool], truth: Sequence[bool]) -> float:
    """Mean F1 of the two classes."""
    scores = []
    for label in (True, False):
        hits = sum(a == b == label for a, b in zip(chosen, truth, strict=True))
        total = sum(item == label for item in chosen) + sum(item == label for item in truth)
        scores.append(2 * hits / total if total else 0.0)
    return mean(scores)


def placed(record: Row) -> Place:
    """The expression in its sentence."""
    span, lang, text = located(record), record["lang"], record["target"]
    if span is None:
        return Place(text=f"{record['mwe']}: {text}", span=(0, len(record["mwe"])), lang=lang)
    return Place(text=text, span=span, lang=lang)


def uses(records: Sequence[Row], figurative: Figurative) -> dict[str, Any]:
    """Macro-F1 by language: always idiomatic, names as literal, forced choice, and where it is sure."""
    kept = [record for record in records if on_our_side(record["mwe"])]
    places = [placed(record) for record in kept]
    decided = figurative.decide(places)
    truth = [bool(record["idiomatic"]) for record in kept]
    systems = {
        "always_idiomatic": [True] * len(kept),
        "names_are_literal": [not item.text[slice(*item.span)].split()[-1][:1].isupper() for item in places],
        "figurative": [item.score >= 0.5 for item in decided],
    }
    found: dict[str, Any] = {}
    for lang in ("en", "pt", "all"):
        chosen = [index for index, record in enumerate(kept) if lang in {record["lang"], "all"}]
        sure = [index for index in chosen if decided[index].use is not None]
        found[lang] = {
            "sentences": len(chosen),
            "expressions": len({kept[index]["mwe"] for index in chosen}),
            **{
                name: round(macro_f1([system[i] for i in chosen], [truth[i] for i in chosen]), 4)
                for name, system in systems.items()
            },
            "decided": round(len(sure) / len(chosen), 4),
            "decided_macro_f1": round(
                macro_f1([decided[i].use == "idiomatic" for i in sure], [truth[i] for i in sure]), 4
            ),
        }
    return found


# Readings


def similes() -> list[Row]:
    """Our own: two opposite readings, who they are about, and what is like the first or like the second."""
    found = []
    for line in SIMILES.read_text(encoding="utf-8").splitlines():
        first, second, who, *likes = line.split("|")
        for label, images in enumerate(likes):
            endings = {"ending1": f"{who} is {first}.", "ending2": f"{who} is {second}."}
            found += [
                {"lang": "own, en", "phrase": f"{who} is like {image}.", **endings, "label": label}
                for image in images.split(";")
            ]
    return found


def readings(records: Sequence[Row], embed: Embed) -> dict[str, Any]:
    """Accuracy by language of the nearer reading, and of those that are sure."""
    found: dict[str, list[tuple[bool, bool]]] = {}
    for record in records:
        told = choose(record["phrase"], (record["ending1"], record["ending2"]), embed=embed)
        right = int(told.scores[1] > told.scores[0]) == record["label"]
        found.setdefault(record["lang"], []).append((right, told.index is not None))
    return {
        lang: {
            "n": len(rows),
            "accuracy": round(mean(right for right, _ in rows), 4),
            "decided": round(mean(sure for _, sure in rows), 4),
            "accuracy_decided": round(mean([right for right, sure in rows if sure] or [0]), 4),
        }
        for lang, rows in sorted(found.items())
    }


# Glosses


def chrf(text: str, references: Sequence[str], *, order: int = 6, beta: float = 2.0) -> float:
    """Character F-score against the best reference, 0..100.

    References:
        Popović (2015), "chrF: character n-gram F-score for automatic MT evaluation", WMT.
    """
    return max((_chrf(text, reference, order=order, beta=beta) for reference in references), default=0.0)


def _chrf(text: str, reference: str, *, order: int, beta: float) -> float:
    precisions, recalls = [], []
    for size in range(1, order + 1):
        ours, theirs = _grams(text, size), _grams(reference, size)
        if not ours or not theirs:
            continue
        shared = sum((ours & theirs).values())
        precisions.append(shared / sum(ours.values()))
        recalls.append(shared / sum(theirs.values()))
    if not precisions or not (precision := mean(precisions)) + (recall := mean(recalls)):
        return 0.0
    return 100 * (1 + beta**2) * precision * recall / (beta**2 * precision + recall)


def _grams(text: str, size: int) -> Counter[str]:
    plain = re.sub(r"\s", "", text.lower())
    return Counter(plain[index : index + size] for index in range(len(plain) - size + 1))


def glossers() -> Iterator[tuple[str, Callable[[Row], str | None]]]:
    """What may be said of an idiom: the sense of its claim, an English equivalent, machines of 2022."""
    yield "gloss", lambda record: gloss(record["idiom"], "zh").text
    yield "equivalent", lambda record: _equivalent(gloss(record["idiom"], "zh").claim)
    yield "sense", lambda record: _sense(gloss(record["idiom"], "zh").claim)
    yield "google_2022", lambda record: next(iter(record["google"]), None)
    yield "deepl_2022", lambda record: next(iter(record["deepl"]), None)


def _equivalent(claim: Claim | None) -> str | None:
    found = claim.meaning.equivalents_in("en") if claim and claim.meaning else ()
    return found[0].form if found else None


def _sense(claim: Claim | None) -> str | None:
    return claim.meaning.sense if claim and claim.meaning else None


def glosses(records: Sequence[Row]) -> dict[str, Any]:
    """Of each glosser: mean chrF of what it answers, shares wrong (of all idioms) and abstained."""
    covered = {record["id"] for record in records if not gloss(record["idiom"], "zh").abstained}
    found: dict[str, Any] = {}
    for name, say in glossers():
        scores = {
            record["id"]: chrf(told, record["human"])
            for record in records
            if (told := say(record)) is not None
        }
        shared = [score for key, score in scores.items() if key in covered]
        wrong = sum(score < WRONG_BELOW for score in scores.values())
        found[name] = {
            "chrf": round(mean(scores.values()), 2) if scores else 0.0,
            "chrf_where_glossed": round(mean(shared), 2) if shared else 0.0,
            "wrong": round(wrong / len(records), 4),
            "wrong_of_answered": round(wrong / max(1, len(scores)), 4),
            "abstained": round(1 - len(scores) / len(records), 4),
        }
    return found


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument(
        "--limit", type=at_least_one, help="records of each set, evenly spaced, for a quick look"
    )
    options = parser.parse_args()
    machine = hardware("pyahocorasick")
    print(machine, flush=True)

    def some(name: str) -> list[Row]:
        found = rows(options.data, name)
        return found[:: -(-len(found) // options.limit)] if options.limit else found

    tongli = Tongli().load()
    figurative = Figurative(tongli.encoder.tokens)
    result = {
        "id10m": spans([row for row in some("id10m/dev.jsonl.gz") if on_our_side(row["id"])], figurative),
        "semeval2022": uses(some("semeval2022_idiomaticity/train.jsonl.gz"), figurative),
        "mabl_figqa": readings(some("mabl_figqa/dev.jsonl.gz"), tongli.sentences),
        "similes": readings(similes(), tongli.sentences),
        "petci": glosses(some("petci/dev.jsonl.gz")),
    }
    for name, parts in result.items():
        print(f"\n{name}")
        for part, figures in parts.items():
            print(f"  {part:12} {json.dumps(figures)}")
    report({"hardware": machine, **result}, targets=targets(result), path=options.json)


def targets(result: dict[str, Any]) -> list[Target]:
    """What the project wants to reach."""
    span = [
        Target(name=f"id10m, span F1, {lang}", value=result["id10m"][lang]["in_context"]["f1"], limit=limit)
        for lang, limit in SPAN_LIMITS.items()
        if lang in result["id10m"]
    ]
    worst = min(figures["accuracy"] for figures in result["mabl_figqa"].values())
    said = result["petci"]["gloss"]
    return [
        *span,
        Target(name="semeval2022, macro-F1", value=result["semeval2022"]["all"]["figurative"], limit=0.72),
        Target(name="mabl_figqa, accuracy, worst language", value=worst, limit=0.62),
        Target(name="petci, chrF of glosses", value=said["chrf"], limit=38),
        Target(
            name="petci, share wrong of glosses", value=said["wrong_of_answered"], limit=0.15, better="lower"
        ),
    ]


if __name__ == "__main__":
    main()
