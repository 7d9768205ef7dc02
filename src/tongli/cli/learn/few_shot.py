"""``tongli learn few-shot``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongli.cli.learn.label_options import (
    Declared,
    Draws,
    Head,
    Overwrite,
    features_of,
    known_schemes,
    one_head,
)
from tongli.cli.learn.training_options import Cache, ResearchOnly, Threads
from tongli.cli.options import AsJson, Model, Seed

if TYPE_CHECKING:
    from tongli.knowledge.schemes import Schemes
    from tongli.learning.label_efficient.labelled import Labelled


class Way(StrEnum):
    """What is written."""

    CONTRASTIVE = "contrastive"
    LOGISTIC = "logistic"


def few_shot(
    source: Annotated[Path, typer.Argument(metavar="EXAMPLES", help="Labelled records, as JSON lines.")],
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder for the head.")],
    head: Head = "ekman6",
    dev: Annotated[
        Path | None, typer.Option("--dev", metavar="FILE", help="Held-out records to measure on.")
    ] = None,
    shots: Annotated[
        int | None,
        typer.Option(
            "--shots",
            metavar="N",
            min=1,
            help="Learn from N texts a label, drawn from EXAMPLES; without --dev the others are held out.",
            show_default="all",
        ),
    ] = None,
    schemes: Declared = None,
    method: Annotated[
        Way, typer.Option("--method", help="Which head to write; both are measured.")
    ] = Way.CONTRASTIVE,
    engine: Annotated[
        str | None,
        typer.Option(
            "--engine",
            metavar="ENGINE",
            help="Also ask a language model: openai, openai:MODEL, gguf or gguf:FILE.",
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, help="Measure on at most N held-out texts.")
    ] = 1000,
    steps: Annotated[
        int, typer.Option("--steps", metavar="N", min=1, help="Of the contrastive fine-tuning.")
    ] = 200,
    draws: Draws = 1000,
    seed: Seed = 0,
    research_only: ResearchOnly = False,
    cache: Cache = None,
    threads: Threads = None,
    model: Model = "embedded",
    overwrite: Overwrite = False,
    as_json: AsJson = False,
) -> None:
    """Learn a head from a few examples, eight a label or so, and measure how far they lead.

    With --engine, a language model sees the examples in its prompt and labels the same held-out texts; the
    texts are sent to it.
    """
    from tongli import Tongli
    from tongli.cli.learn.evaluate_view import bar
    from tongli.cli.learn.few_shot_view import show
    from tongli.cli.terminal import dump
    from tongli.learning.data.outputs import require_free

    known = known_schemes(schemes, model=model)
    name = one_head(head, known).name
    require_free(out / f"{name}.json", overwrite=overwrite)
    from tongli.learning.data.licences import check_licences
    from tongli.learning.evaluate.resample import Resampling
    from tongli.learning.label_efficient.chats import open_chat
    from tongli.learning.label_efficient.contrastive import Contrast
    from tongli.learning.label_efficient.few_shot import Plan
    from tongli.learning.label_efficient.few_shot import few_shot as run
    from tongli.learning.label_efficient.reports import few_shot_report
    from tongli.learning.label_efficient.write import Origin, require_beside, write_head
    from tongli.learning.train.run import use_threads

    examples, held_out = _read(source, dev, head=name, schemes=known, shots=shots, limit=limit, seed=seed)
    verdict = check_licences(examples.records, research_only=research_only)
    tongli = Tongli(model=model)
    require_beside(out, encoder=tongli.encoder)
    use_threads(threads or tongli.settings.threads)
    plan = Plan(
        contrast=Contrast(steps=steps),
        how=Resampling(draws=draws, seed=seed),
        chat=open_chat(engine, settings=tongli.settings) if engine else None,
    )
    with bar() as progress:
        features = features_of(examples.texts, encoder=tongli.encoder, cache=cache, progress=progress)
        others = (
            features_of(held_out.texts, encoder=tongli.encoder, cache=cache, progress=progress)
            if held_out
            else None
        )
        found = run(examples, features, held_out, others, plan=plan, progress=progress)
    report = few_shot_report(found)
    recipe = f"{method.value} {plan.contrast}"
    origin = Origin(verdict=verdict, metrics={"few_shot": report}, recipe=recipe, seed=seed)
    learnt = found.learnt[method.value]
    write_head(out, learnt.arrays, learnt.card, labelled=examples, origin=origin, encoder=tongli.encoder)
    if as_json:
        dump({**report, "written": method.value, "releasable": verdict.releasable})
    else:
        show(report, written=method.value, out=out, releasable=verdict.releasable)


def _read(
    source: Path, dev: Path | None, *, head: str, schemes: Schemes, shots: int | None, limit: int, seed: int
) -> tuple[Labelled, Labelled | None]:
    """Examples, and held-out texts that share nothing with them, if there are any."""
    from tongli.learning.data.record import read_records
    from tongli.learning.label_efficient.labelled import gather, require, require_deciding
    from tongli.learning.label_efficient.shots import apart, draw_shots, sample

    require_deciding(schemes[head])
    everything = gather(list(read_records(source, schemes=schemes)), head, schemes=schemes)
    rest = everything.take([])
    examples = everything
    if shots is not None:
        examples, rest = draw_shots(everything, shots, seed=seed)
    require(examples, least=_FEWEST)
    if dev is not None:
        rest = apart(gather(list(read_records(dev, schemes=schemes)), head, schemes=schemes), examples)
        require(rest, least=_FEWEST)
    return examples, sample(rest, limit, seed=seed) if len(rest) else None


_FEWEST = 8
"""Different texts below which there is nothing to cross-validate."""
