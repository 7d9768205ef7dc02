"""Translation by the engines at hand: BLEU, chrF and ROUGE-L against copying the source; gender; formality.

    python benchmarks/translate.py --data DATA [--engine apertium] [--pairs en-es,fr-es] [--part report]

Needs sacrebleu and rouge-score (extra ``train``); pairs that are not installed (``apt-get install
apertium-eng-spa``) are left out.

* ``ntrex``: the engine's first draft of each news sentence against the professional translation, with
  sacreBLEU's own 95 % bootstrap intervals; ROUGE-L on words of any alphabet. Documents with a SHA-256 that
  begins below 128 were used to set the limits of the checks (``develop``); figures are for the rest
  (``report``). Between two languages that are not English both sides are translations from English.
* ``gender-mtgeneval`` (en to others): share of translations without a word that only the reference of the
  other gender has, over sentences about women and about men, drafted, and after gender forms were settled by
  the source.
* ``formality_mt`` (en to others): share of translations that have a marked word of the wanted register and
  none of the other, drafted, and with the address asked for.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from measurement import arguments, hardware, report, require
from tongli.applications.translate import open_translator, translate_texts
from tongli.core import TongliError, TranslationBrief, Translator
from tongli.empathy.gender.translated import gendered
from tongli.generation.translate.forms import readdressed

PAIRS = "en-es,es-en,fr-es,es-fr,es-pt,pt-es,es-it,it-es"
_NAMES = {"pt": "pt-BR", "zh": "zh-Hans"}
_WORD = re.compile(r"\w+")
Row = dict[str, Any]


class Words:
    """Words of any alphabet, for ROUGE."""

    def tokenize(self, text: str) -> list[str]:
        """Words in small letters."""
        return _WORD.findall(text.lower())


def rows(path: Path) -> list[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def part_of(record: Row) -> str:
    """The side of the split that a document is on."""
    return "develop" if hashlib.sha256(record["doc"].encode()).digest()[0] < 128 else "report"


def quality(told: Sequence[str], references: Sequence[str], *, draws: int = 1000) -> dict[str, list[float]]:
    """Figure, low, high of each metric."""
    from rouge_score.rouge_scorer import RougeScorer
    from sacrebleu.metrics import BLEU, CHRF

    found: dict[str, list[float]] = {}
    for name, metric in (("bleu", BLEU()), ("chrf", CHRF())):
        score = metric.corpus_score(list(told), [list(references)], n_bootstrap=draws)
        mean, half = score._mean, score._ci  # noqa: SLF001 - sacreBLEU tells them in print only
        found[name] = [round(float(value), 2) for value in (score.score, mean - half, mean + half)]
    scorer = RougeScorer(["rougeL"], tokenizer=Words())
    each = [scorer.score(ref, own)["rougeL"].fmeasure for own, ref in zip(told, references, strict=True)]
    found["rougeL"] = [round(100 * value, 2) for value in interval(each, draws=draws)]
    return found


def interval(values: Iterable[float], *, draws: int = 1000) -> list[float]:
    """Mean with its 95 % bootstrap interval."""
    array = np.fromiter(values, float)
    if not len(array):
        return [float("nan")] * 3
    random = np.random.default_rng(0)
    means = [array[random.integers(len(array), size=len(array))].mean() for _ in range(draws)]
    return [float(array.mean()), *map(float, np.percentile(means, (2.5, 97.5)))]


def news(data: Path, engine: Translator, source: str, target: str, *, part: str) -> dict[str, Any]:
    """BLEU, chrF and ROUGE-L of the engine's drafts, and of the source as it is."""
    records = [row for row in rows(data / "ntrex/dev.jsonl.gz") if part_of(row) == part]
    sides = [[text(row, lang) for row in records] for lang in (source, target)]
    told = translate_texts(sides[0], source=source, target=target, engine=engine)
    return {
        "sentences": len(records),
        "engine": quality(told, sides[1]),
        "copied": quality(sides[0], sides[1]),
    }


def text(record: Row, lang: str) -> str:
    return str(record["text"] if lang == "en" else record["translations"][_NAMES.get(lang, lang)])


def gender(data: Path, engine: Translator, target: str) -> dict[str, Any]:
    """Accuracy by MT-GenEval's rule, before and after gender forms are settled by the source."""
    records = rows(data / f"gender-mtgeneval/pairs_{target}.jsonl.gz")
    found: dict[str, list[float]] = {"drafted": [], "settled": []}
    for own, other in (("m", "f"), ("f", "m")):
        sources = [str(row[f"en_{own}"]) for row in records]
        drafts = translate_texts(sources, source="en", target=target, engine=engine)
        for row, source, draft in zip(records, sources, drafts, strict=True):
            wrong = set(Words().tokenize(row[other])) - set(Words().tokenize(row[own]))
            settled = gendered(source, draft, source_lang="en", target_lang=target).text
            for name, told in (("drafted", draft), ("settled", settled)):
                found[name].append(float(wrong.isdisjoint(Words().tokenize(told))))
    return {"sentences": 2 * len(records)} | {
        name: [round(value, 4) for value in interval(values)] for name, values in found.items()
    }


def formality(data: Path, engine: Translator, target: str) -> dict[str, Any]:
    """Share with the wanted register, before and after the address was asked for; undecided ones apart."""
    records = [row for row in rows(data / "formality_mt/train.jsonl.gz") if row["lang"] == target]
    drafts = translate_texts([row["en"] for row in records], source="en", target=target, engine=engine)
    found: dict[str, list[float]] = {}
    for wanted, other in (("formal", "informal"), ("informal", "formal")):
        for row, draft in zip(records, drafts, strict=True):
            asked = readdressed(draft, lang=target, brief=TranslationBrief(address=wanted))
            for name, told in ((f"{wanted}, drafted", draft), (f"{wanted}, asked for", asked)):
                words = set(Words().tokenize(told))
                right, wrong = (marked(row, side) & words for side in (wanted, other))
                if right or wrong:
                    found.setdefault(name, []).append(float(bool(right) and not wrong))
    return {
        name: {"decided": len(values), "share": [round(value, 4) for value in interval(values)]}
        for name, values in found.items()
    }


def marked(row: Row, side: str) -> set[str]:
    """Words of the marked phrases of a register that the other register does not have."""
    own, other = (
        {word for start, end in row[f"{name}_spans"] for word in Words().tokenize(row[name][start:end])}
        for name in (side, "informal" if side == "formal" else "formal")
    )
    return own - other


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--engine", default="apertium", help="as tongli translate --engine")
    parser.add_argument("--pairs", default=PAIRS)
    parser.add_argument("--part", choices=("develop", "report"), default="report")
    options = parser.parse_args()
    require("sacrebleu", "rouge_score")
    machine = hardware("sacrebleu", "rouge_score")
    print(machine, flush=True)
    result: dict[str, Any] = {}
    for pair in options.pairs.split(","):
        source, target = pair.split("-")
        try:
            engine = open_translator(options.engine, source=source, target=target)
            result[pair] = {"news": news(options.data, engine, source, target, part=options.part)}
        except TongliError as missing:
            print(f"{pair}: left out [{missing.code}]", flush=True)
            continue
        if source == "en" and (options.data / f"gender-mtgeneval/pairs_{target}.jsonl.gz").exists():
            result[pair]["gender"] = gender(options.data, engine, target)
            result[pair]["formality"] = formality(options.data, engine, target)
        print(f"{pair}: {json.dumps(result[pair], ensure_ascii=False)}", flush=True)
    report({"hardware": machine, "part": options.part, **result}, targets=[], path=options.json)


if __name__ == "__main__":
    main()
