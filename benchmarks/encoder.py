"""Texts per second of the embedded encoder alone: tokenizer, graph at several batch sizes, both together.

    python benchmarks/encoder.py [texts.jsonl] [--budgets 320 640 1280] [--json out.json]

A budget is the number of padded tokens a batch; ``tongli.encoders.batches`` keeps the best one. The graph
runs as in tongli: one batch a thread, longest first.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from measurement import Hardware, Spread, arguments, at_least_one, cores, hardware, report, spread
from texts import embedded_tokenizer, read_texts, write
from tongli.core import Settings
from tongli.encoders.batches import TOKENS_A_BATCH, by_length, pad
from tongli.encoders.forked import Forked
from tongli.encoders.store import prepare
from tongli.encoders.text import TextEncoder

CHUNK = 1024
"""Texts encoded together, as many as annotate reads at once."""


def timed(work: Callable[[], object], *, texts: int) -> float:
    """Texts per second."""
    start = time.perf_counter()
    work()
    return texts / (time.perf_counter() - start)


def tokenise(texts: Sequence[str], *, prefix: str) -> Callable[[], list[list[int]]]:
    """Work that turns texts into token ids."""
    tokenizer = embedded_tokenizer()
    prefixed = [prefix + text for text in texts]
    return lambda: [item.ids for item in tokenizer.encode_batch_fast(prefixed)]


def graph(rows: Sequence[Sequence[int]], *, budgets: Sequence[int]) -> dict[int, Callable[[], None]]:
    """Budget → work that runs the graph over all rows in batches of so many padded tokens."""
    prepared = prepare("embedded", Settings.from_env())
    graphs = Forked.open(prepared.folder)

    def run(batch: list[list[int]]) -> None:
        ids, mask = pad(batch, pad_id=prepared.manifest.pad_id)
        graphs.features({"ids": ids, "mask": mask})

    def work(budget: int) -> Callable[[], None]:
        batches = [[list(rows[index]) for index in part] for part in by_length(rows, tokens=budget)]

        def all_batches() -> None:
            with ThreadPoolExecutor(cores()) as pool:
                list(pool.map(run, reversed(batches)))

        return all_batches

    return {budget: work(budget) for budget in budgets}


def measure(texts: Sequence[str], *, budgets: Sequence[int], repeats: int) -> dict[str, Spread]:
    """Spreads of texts per second, a name each; everything is repeated in turn after a warm-up."""
    encoder = TextEncoder()
    encoder.load()
    to_ids = tokenise(texts, prefix=prepare("embedded", Settings.from_env()).manifest.prefix)
    graphs = graph(to_ids(), budgets=budgets)
    chunks = [texts[start : start + CHUNK] for start in range(0, len(texts), CHUNK)]
    works: dict[str, Callable[[], object]] = {
        "tokenizer": to_ids,
        **{f"graph_{budget}": work for budget, work in graphs.items()},
        "encoder": lambda: [encoder.features(chunk) for chunk in chunks],
    }
    encoder.features(chunks[0])
    rates: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(repeats):
        for name, work in works.items():
            rates[name].append(timed(work, texts=len(texts)))
    return {name: spread(found) for name, found in rates.items()}


def show(machine: Hardware, rates: dict[str, Spread]) -> None:
    print(machine, flush=True)
    base = rates[f"graph_{TOKENS_A_BATCH}"].median if f"graph_{TOKENS_A_BATCH}" in rates else None
    for name, found in rates.items():
        ratio = f", {found.median / base:.2f}× of graph_{TOKENS_A_BATCH}" if base else ""
        print(f"{name:14} {found} texts/s{ratio}")


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("texts", type=Path, nargs="?", help="JSON lines; 4,000 synthetic ones by default")
    parser.add_argument("--budgets", type=at_least_one, nargs="+", default=[320, 640, 1280, 2560])
    parser.add_argument("--repeats", type=at_least_one, default=3)
    options = parser.parse_args()
    if options.texts is None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "texts.jsonl"
            write(path, count=4000, tokens=20, jitter=4, seed=0)
            texts = read_texts(path)
    else:
        texts = read_texts(options.texts)
    machine = hardware()
    rates = measure(texts, budgets=options.budgets, repeats=options.repeats)
    show(machine, rates)
    report({"hardware": machine, "texts_per_s": rates}, targets=[], path=options.json)


if __name__ == "__main__":
    main()
