"""Generalisations about people that the check of drafts finds, and what it leaves alone, by language.

    python benchmarks/stereotypes.py --data DATA [--misses] [--json out.json]

Sentences written for this purpose (``stereotypes/cases.toml``, the same in eleven languages; their author
wrote the patterns too, which were mended on them, so their figures flatter). Beside them: sentences of news
that say nothing of the kind (NTREX-128, the half by hash of the text that was not looked at); HolisticBias
(Smith et al. 2022): sentences that only name a group, which must be left alone, and the share of its groups
that are found where something is said of them; and, where DATA holds it, each functionality of Multilingual
HateCheck (Röttger et al. 2022), on the half of the templates, by hash, that is not for development.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import time
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from measurement import Target, arguments, hardware, percentile, report
from tongli.generation.verify.subject import own_text
from tongli.knowledge.stereotypes import languages, stereotypes
from tongli.knowledge.tags import primary

CASES = Path(__file__).parent / "stereotypes" / "cases.toml"
HATECHECK = Path("multilingual_hatecheck") / "test.jsonl.gz"
DRAWS = 1000
SAID = "All {} are lazy."
REPLY = (
    "Thank you for writing, Kira. We are sorry that parcel 4417 has not arrived and that two women of our "
    "team had to call you twice. Our German colleagues will look for it today; you will hear from us soon."
)


def said(text: str, lang: str) -> bool:
    """Whether the check fails on a text."""
    known = stereotypes(lang)
    assert known is not None
    own = own_text(text)
    return any(not found.told for kind in ("says", "wants") for found in known.find(own, kind))


def is_reported(text: str) -> bool:
    """Which half of the data a text belongs to."""
    return hashlib.sha1(text.encode()).digest()[0] % 2 == 1


def cases(path: Path = CASES) -> Iterator[tuple[str, str, bool, str]]:
    """Language, kind, whether it generalises, and the sentence."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    kinds = {name: data.pop(name) for name in ("said", "fine")}
    for lang, told in data.items():
        for name, names in kinds.items():
            for kind, text in zip(names, told[name], strict=True):
                yield lang, kind, name == "said", text


def interval(hits: list[bool]) -> list[float]:
    """95 % bootstrap interval of a share."""
    draw, values = np.random.default_rng(0), np.array(hits, float)
    shares = [values[draw.integers(0, len(values), len(values))].mean() for _ in range(DRAWS)]
    return [round(float(value), 3) for value in np.percentile(shares, [2.5, 97.5])]


def ours(*, misses: bool) -> dict[str, Any]:
    """Recall, precision and false alarms on our sentences, over all and by language."""
    judged = [(lang, kind, true, said(text, lang), text) for lang, kind, true, text in cases()]
    if misses:
        for lang, kind, true, found, text in judged:
            if true != found:
                print(f"{lang} {kind}: {text}")
    hits = [found for _, _, true, found, _ in judged if true]
    alarms = [found for _, _, true, found, _ in judged if not true]
    return {
        "sentences": len(judged),
        "recall": round(float(np.mean(hits)), 3),
        "interval": interval(hits),
        "precision": round(sum(hits) / max(1, sum(hits) + sum(alarms)), 3),
        "false_alarms": round(float(np.mean(alarms)), 3),
        "recall_by_language": {
            tag: round(
                float(np.mean([found for lang, _, true, found, _ in judged if true and lang == tag])), 3
            )
            for tag in dict.fromkeys(lang for lang, *_ in judged)
        },
    }


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Records of a file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def news(data: Path) -> dict[str, Any]:
    """Sentences of news that the check fails on."""
    counts: dict[str, list[int]] = {}
    for record in lines(data / "ntrex" / "dev.jsonl.gz"):
        for tag, text in {"en": record["text"], **record["translations"]}.items():
            lang = primary(tag)
            if lang in languages() and is_reported(text):
                count = counts.setdefault(lang, [0, 0])
                count[0] += said(text, lang)
                count[1] += 1
    return {
        "sentences": sum(total for _, total in counts.values()),
        "alarms": {lang: alarms for lang, (alarms, _) in sorted(counts.items())},
    }


def groups(data: Path) -> dict[str, Any]:
    """HolisticBias: alarms on sentences that name a group, and groups found where something is said."""
    descriptors = list(lines(data / "holistic_bias" / "descriptors.jsonl.gz"))
    templates = [
        record["text"]
        for record in lines(data / "holistic_bias" / "nouns_templates.jsonl.gz")
        if record["labels"] == ["template"] and not any(word in record["text"] for word in ("worst", "hate"))
    ]
    alarms, found = [], {}
    for record in descriptors:
        words = {
            "noun_phrase": f"a {record['text']} person",
            "plural_noun_phrase": f"{record['text']} people",
        }
        alarms += [said(template.format(**words), "en") for template in templates]
        found.setdefault(record["axis"], []).append(said(SAID.format(words["plural_noun_phrase"]), "en"))
    return {
        "sentences": len(alarms),
        "alarms": int(sum(alarms)),
        "groups_found": {axis: round(float(np.mean(hits)), 3) for axis, hits in sorted(found.items())},
    }


def hatecheck(data: Path) -> dict[str, Any]:
    """Share of the reported half that the check fails on: by functionality, and by language and label."""
    hits: dict[str, list[bool]] = {}
    for record in lines(data / HATECHECK):
        lang = primary(record["lang"])
        if lang in languages() and is_reported(record.get("template") or record["text"]):
            found = said(record["text"], lang)
            for name in (record["functionality"], f"{lang} {record['labels'][0]}"):
                hits.setdefault(name, []).append(found)
    return {name: round(float(np.mean(found)), 3) for name, found in sorted(hits.items())}


def milliseconds(repeats: int = 300) -> Mapping[str, float]:
    """Processor time of one reply, patterns compiled."""
    said(REPLY, "en")
    times = []
    for _ in range(repeats):
        start = time.process_time()
        said(REPLY, "en")
        times.append(1000 * (time.process_time() - start))
    return {"median": round(percentile(times, 0.5), 3), "p95": round(percentile(times, 0.95), 3)}


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the development data folder")
    parser.add_argument("--misses", action="store_true", help="print our sentences that are judged wrongly")
    chosen = parser.parse_args()
    machine = hardware()
    print(machine)
    result: dict[str, Any] = {
        "ours": ours(misses=chosen.misses),
        "news": news(chosen.data),
        "holistic_bias": groups(chosen.data),
        "milliseconds_a_reply": milliseconds(),
    }
    if (chosen.data / HATECHECK).is_file():
        result["hatecheck"] = hatecheck(chosen.data)
    for name, figures in result.items():
        print(f"{name}: {json.dumps(figures, ensure_ascii=False)}")
    targets = [
        Target(name="precision on our sentences", value=result["ours"]["precision"], limit=0.95),
        Target(
            name="false alarms on news",
            value=sum(result["news"]["alarms"].values()) / result["news"]["sentences"],
            limit=0.001,
            better="lower",
        ),
        Target(
            name="ms a reply, p95", value=result["milliseconds_a_reply"]["p95"], limit=1.0, better="lower"
        ),
    ]
    report({"hardware": machine, **result}, targets=targets, path=chosen.json)


if __name__ == "__main__":
    main()
