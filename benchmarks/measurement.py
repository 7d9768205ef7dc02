"""What every benchmark shares: the machine, spreads, targets, measured processes, output."""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.util
import json
import math
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

_PACKAGES = ("tongli", "numpy", "onnxruntime", "tokenizers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hardware:
    """Where a figure was measured.

    Attributes:
        cores: usable ones, after affinity.
        cpu: model name.
        memory_gb: of the machine.
        load: average of the last minute at the start; a figure taken on a busy machine says little.
        python: version.
        packages: name → version.
    """

    cores: int
    cpu: str
    memory_gb: float
    load: float
    python: str
    packages: Mapping[str, str]

    def __str__(self) -> str:
        versions = ", ".join(f"{name} {version}" for name, version in self.packages.items())
        return (
            f"{self.cores} cores of {self.cpu}, {self.memory_gb:.0f} GB, load {self.load:.2f}; "
            f"Python {self.python}, {versions}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Repeated measurements: the median and the extremes."""

    median: float
    low: float
    high: float
    runs: int

    def __str__(self) -> str:
        return f"{_short(self.median)} ({_short(self.low)}..{_short(self.high)}, {self.runs} runs)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A figure beside the value it has to reach."""

    name: str
    value: float
    limit: float
    better: Literal["higher", "lower"] = "higher"

    @property
    def reached(self) -> bool:
        """Whether the limit is met."""
        return self.value >= self.limit if self.better == "higher" else self.value <= self.limit

    @property
    def margin(self) -> float:
        """Ratio to the limit, above 1 on the good side whatever the direction."""
        good, bad = (self.value, self.limit) if self.better == "higher" else (self.limit, self.value)
        return good / bad if bad > 0 else float("inf")

    def __str__(self) -> str:
        sign, verdict = ("≥" if self.better == "higher" else "≤"), ("reached" if self.reached else "MISSED")
        return (
            f"{verdict:8} {self.name}: {_short(self.value)} {sign} {_short(self.limit)} ({self.margin:.2f}×)"
        )

    def to_dict(self) -> dict[str, Any]:
        """The target as plain data."""
        return {**asdict(self), "reached": self.reached, "margin": round(min(self.margin, 1e9), 4)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A process that ended well: wall seconds, peak resident memory in MB, standard output."""

    seconds: float
    peak_mb: float
    output: str


def arguments(doc: str) -> argparse.ArgumentParser:
    """A parser that shows the first line of a script's docstring and takes ``--json``."""
    parser = argparse.ArgumentParser(description=doc.splitlines()[0])
    parser.add_argument("--json", type=Path, metavar="PATH", help="also write everything measured to PATH")
    return parser


def at_least_one(text: str) -> int:
    """Argument type of counts."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 1")
    return int(text)


def hardware(*packages: str) -> Hardware:
    """The machine and its load, with the versions of tongli, its runtime and ``packages``."""
    return Hardware(
        cores=cores(),
        cpu=_cpu(),
        memory_gb=round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        load=round(os.getloadavg()[0], 2),
        python=platform.python_version(),
        packages={name: importlib.metadata.version(name) for name in (*_PACKAGES, *packages)},
    )


def cores() -> int:
    """Usable cores, as tongli counts them."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def spread(values: Sequence[float]) -> Spread:
    """Median and extremes of at least one value."""
    return Spread(median=statistics.median(values), low=min(values), high=max(values), runs=len(values))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` (0..1) of the values do not exceed (nearest rank)."""
    ranked = sorted(values)
    return ranked[max(0, math.ceil(share * len(ranked)) - 1)]


def require(*modules: str) -> None:
    """Leave with the command that installs what is missing."""
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    if missing:
        raise SystemExit(f"This comparison needs {', '.join(missing)}: pip install -e '.[bench]'")


def run(command: Sequence[str | Path], *, allowed: Sequence[int] = (0,)) -> Finished:
    """Run a command to its end; its memory is its own, not that of other children.

    On Linux a child's peak starts from its parent's, so callers keep themselves small.

    Raises:
        RuntimeError: for an exit status that is not ``allowed``, with the end of standard error.
    """
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, stderr=errors)
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.stdout.close()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in allowed:
            errors.seek(0)
            told = errors.read().decode(errors="replace")[-2000:]
            raise RuntimeError(f"{Path(str(command[0])).name} ended with {process.returncode}: {told}")
    return Finished(seconds=seconds, peak_mb=megabytes(usage), output=output.decode())


def megabytes(usage: resource.struct_rusage) -> float:
    """Peak resident set in MB; Linux counts KB, macOS bytes."""
    return usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def report(result: Mapping[str, Any], *, targets: Sequence[Target], path: Path | None) -> None:
    """Print the targets and write everything as JSON when asked to."""
    if targets:
        print("\nTargets")
    for target in targets:
        print(f"  {target}")
    if path is not None:
        data = {**result, "targets": [target.to_dict() for target in targets]}
        text = json.dumps(data, indent=1, ensure_ascii=False, default=asdict)
        path.write_text(f"{text}\n", encoding="utf-8")


def tell(line: str) -> None:
    """Progress, on standard error."""
    print(line, file=sys.stderr, flush=True)


def _cpu() -> str:
    try:
        found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    except OSError:
        found = None
    return found[1] if found else platform.processor() or platform.machine()


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.4g}"
