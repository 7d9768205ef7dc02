"""Texts per second of ``tongli annotate``, end to end, beside a Hugging Face pipeline in the same run.

    python benchmarks/throughput.py [--lines 4000] [--repeats 3] [--json out.json]
    python benchmarks/throughput.py --million

Every contender is a process of its own, on all usable cores. A round runs annotate with all heads over
synthetic texts of about 20 tokens, the pipeline (RoBERTa-base size, fp32, random weights) over the first of
the same texts at each batch size, and the encoder alone; rounds alternate the order. Rates of annotate:
``total`` from the start of the process to its end, ``steady`` without the time of a job of one line. The
pipeline's rate never includes loading, so the ratio of ``total`` to its best batch size favours it.

``--million`` runs annotate once over 1,000,000 short lines and reports its peak memory: slow.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from measurement import (
    Finished,
    Spread,
    Target,
    arguments,
    at_least_one,
    hardware,
    report,
    require,
    run,
    spread,
    tell,
)

BATCH_SIZES = (1, 8, 32)
MILLION = 1_000_000
_HERE = Path(__file__).parent
_MEMORY_LIMIT_MB = 1536
_BYTES_A_LINE = 4000


@dataclass(slots=True)
class Rounds:
    """Rates and peak memory of every round, by contender."""

    rates: dict[str, list[float]] = field(default_factory=dict)
    peaks: dict[str, list[float]] = field(default_factory=dict)

    def add(self, name: str, *, rate: float, peak_mb: float) -> None:
        """Note one measurement."""
        self.rates.setdefault(name, []).append(rate)
        self.peaks.setdefault(name, []).append(peak_mb)


def annotate(source: Path, target: Path) -> Finished:
    """``tongli annotate`` with all heads, as a user starts it."""
    options = ["-o", str(target), "--overwrite", "--quiet"]
    return run([sys.executable, "-m", "tongli", "annotate", str(source), *options])


def annotate_rates(
    folder: Path, *, lines: int, make: Callable[[Path, Path], Finished] = annotate
) -> tuple[dict[str, float], float]:
    """Rates ``total`` and ``steady`` and seconds of ``start``; and the peak memory in MB."""
    first = make(folder / "one.jsonl", folder / "one.out.jsonl")
    whole = make(folder / "texts.jsonl", folder / "out.jsonl")
    with (folder / "out.jsonl").open("rb") as written:
        count = sum(1 for _ in written)
    if count != lines:
        raise RuntimeError(f"annotate wrote {count} of {lines} lines")
    return rates(lines, total=whole.seconds, start=first.seconds), whole.peak_mb


def rates(lines: int, *, total: float, start: float) -> dict[str, float]:
    """Texts per second with and without the seconds that a job of one line takes."""
    return {"total": lines / total, "steady": (lines - 1) / max(total - start, 1e-9), "start_s": start}


def run_round(folder: Path, rounds: Rounds, *, lines: int, pipeline_lines: int, backwards: bool) -> None:
    """Every contender once."""

    def ours() -> None:
        found, peak = annotate_rates(folder, lines=lines)
        for name, value in found.items():
            rounds.add(f"annotate {name}", rate=value, peak_mb=peak)

    def pipeline(batch_size: int) -> None:
        texts, script = folder / "texts.jsonl", _HERE / "transformers_pipeline.py"
        options = ["--batch-size", str(batch_size), "--count", str(pipeline_lines)]
        done = run([sys.executable, script, texts, *options])
        rate = json.loads(done.output)["texts_per_s"]
        rounds.add(f"pipeline {batch_size}", rate=rate, peak_mb=done.peak_mb)

    def encoder() -> None:
        out = folder / "encoder.json"
        script = _HERE / "encoder.py"
        options = ["--repeats", "1", "--budgets", "640", "--json", str(out)]
        done = run([sys.executable, script, folder / "texts.jsonl", *options])
        rate = json.loads(out.read_text(encoding="utf-8"))["texts_per_s"]["encoder"]["median"]
        rounds.add("encoder", rate=rate, peak_mb=done.peak_mb)

    works: list[Callable[[], None]] = [ours]
    if pipeline_lines:
        works += [lambda size=size: pipeline(size) for size in BATCH_SIZES]  # type: ignore[misc]
    works.append(encoder)
    for work in reversed(works) if backwards else works:
        work()


def summarise(rounds: Rounds) -> dict[str, Any]:
    """Spreads, and ratios taken within each round."""
    found = {name: spread(values) for name, values in rounds.rates.items()}
    result: dict[str, Any] = {
        "texts_per_s": {name: value for name, value in found.items() if name != "annotate start_s"},
        "start_s": found["annotate start_s"],
        "peak_mb": {name: spread(values) for name, values in rounds.peaks.items()},
    }
    ratios = {}
    best = best_pipeline(found)
    if best is not None:
        for name in ("total", "steady"):
            ratios[f"{name} : {best}"] = _ratio(rounds.rates[f"annotate {name}"], rounds.rates[best])
        memory = _ratio(rounds.peaks["annotate total"], rounds.peaks[best])
        ratios[f"memory : {best}"] = memory
    share = [
        1 - steady / alone
        for steady, alone in zip(rounds.rates["annotate steady"], rounds.rates["encoder"], strict=True)
    ]
    return {**result, "ratios": ratios, "best_pipeline": best, "outside_encoder": spread(share)}


def best_pipeline(found: Mapping[str, Spread]) -> str | None:
    """The batch size with the highest median."""
    names = [name for name in found if name.startswith("pipeline ")]
    return max(names, key=lambda name: found[name].median, default=None)


def targets(summary: Mapping[str, Any]) -> list[Target]:
    """The issue's limits; the whole process counts, start included."""
    rate = summary["texts_per_s"]["annotate total"].median
    found = [Target(name="annotate, texts/s from start to end", value=rate, limit=400)]
    best = summary["best_pipeline"]
    if best is not None:
        ratio = summary["ratios"][f"total : {best}"].median
        found.append(Target(name=f"annotate : {best}, times", value=ratio, limit=5))
    return found


def show(summary: Mapping[str, Any]) -> None:
    for name, value in summary["texts_per_s"].items():
        peak = summary["peak_mb"][name]
        print(f"{name:16} {value} texts/s, peak {peak.median:,.0f} MB")
    print(f"{'start':16} {summary['start_s']} s for a job of one line")
    for name, value in summary["ratios"].items():
        print(f"{name:22} {value}")
    print(f"share of the time outside the encoder {summary['outside_encoder']}")


def compare(options: Any, folder: Path) -> tuple[dict[str, Any], list[Target]]:
    """All rounds."""
    lengths = json.loads(_texts(folder / "texts.jsonl", count=options.lines))
    with (folder / "texts.jsonl").open(encoding="utf-8") as lines:
        (folder / "one.jsonl").write_text(next(lines), encoding="utf-8")
    print(f"{lengths['texts']:,} texts of {lengths['tokens_mean']} tokens ", end="")
    print(f"({lengths['shortest']} to {lengths['longest']}), without special tokens and prefix")
    rounds = Rounds()
    for turn in range(options.repeats):
        tell(f"Round {turn + 1} of {options.repeats}")
        run_round(
            folder,
            rounds,
            lines=options.lines,
            pipeline_lines=0 if options.no_pipeline else min(options.pipeline_lines, options.lines),
            backwards=turn % 2 == 1,
        )
    summary = summarise(rounds)
    show(summary)
    return {"lengths": lengths, **summary}, targets(summary)


def million(lines: int, folder: Path) -> tuple[dict[str, Any], list[Target]]:
    """One job of very many short lines."""
    if shutil.disk_usage(folder).free < lines * _BYTES_A_LINE:
        raise SystemExit(f"{folder} needs {lines * _BYTES_A_LINE / 2**30:.1f} GB free; set TMPDIR")
    lengths = json.loads(_texts(folder / "texts.jsonl", count=lines, tokens=6, jitter=3))
    tell(f"{lines:,} lines of {lengths['tokens_mean']} tokens")
    done = annotate(folder / "texts.jsonl", folder / "out.jsonl")
    rate = lines / done.seconds
    print(f"{lines:,} lines in {done.seconds:,.0f} s, {rate:,.0f} texts/s, peak {done.peak_mb:,.0f} MB")
    limit = Target(
        name=f"annotate, peak MB over {lines:,} lines",
        value=done.peak_mb,
        limit=_MEMORY_LIMIT_MB,
        better="lower",
    )
    result = {"lengths": lengths, "seconds": done.seconds, "texts_per_s": rate, "peak_mb": done.peak_mb}
    return {"million": result}, [limit]


def _texts(path: Path, *, count: int, tokens: int = 20, jitter: int = 4) -> str:
    """Written by a process of its own: the tokenizer would make this one, and so its children, larger."""
    options = ["--tokens", str(tokens), "--jitter", str(jitter)]
    return run([sys.executable, _HERE / "texts.py", str(count), "-o", path, *options]).output


def _ratio(over: Sequence[float], under: Sequence[float]) -> Spread:
    return spread([a / b for a, b in zip(over, under, strict=True)])


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--lines", type=at_least_one, default=4000, help="texts that annotate reads")
    parser.add_argument(
        "--pipeline-lines", type=at_least_one, default=1000, help="how many of them the pipeline reads"
    )
    parser.add_argument("--no-pipeline", action="store_true", help="leave the comparison out")
    parser.add_argument("--repeats", type=at_least_one, default=3)
    parser.add_argument(
        "--million",
        type=at_least_one,
        nargs="?",
        const=MILLION,
        metavar="LINES",
        help="only measure memory over so many short lines (slow)",
    )
    options = parser.parse_args()
    compared = options.million is None and not options.no_pipeline
    if compared:
        require("torch", "transformers")
    machine = hardware(*(("torch", "transformers") if compared else ()))
    print(machine, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        if options.million is not None:
            result, limits = million(options.million, Path(folder))
        else:
            result, limits = compare(options, Path(folder))
    report({"hardware": machine, **result}, targets=limits, path=options.json)


if __name__ == "__main__":
    main()
