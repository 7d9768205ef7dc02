"""``tongli learn self-train``."""

from __future__ import annotations

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
    from tongli.learning.data.record import Record
    from tongli.learning.label_efficient.labelled import Labelled

_FEWEST = 100
"""Labelled texts below which neither a calibration nor a gain says anything."""


def self_train(
    source: Annotated[Path, typer.Argument(metavar="LABELLED", help="Labelled records, as JSON lines.")],
    unlabelled: Annotated[
        Path, typer.Argument(metavar="UNLABELLED", help="Records whose labels, if any, are not read.")
    ],
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder for the head.")],
    head: Head = "ekman6",
    schemes: Declared = None,
    confidence: Annotated[
        float,
        typer.Option(
            "--confidence", metavar="P", min=0.5, max=1, help="Least probability of a pseudo-label."
        ),
    ] = 0.9,
    rounds: Annotated[int, typer.Option("--rounds", metavar="N", min=1, help="Students at most.")] = 3,
    per_language: Annotated[
        int | None,
        typer.Option(
            "--per-language",
            metavar="N",
            min=1,
            help="Pseudo-labelled texts of a language, at most.",
            show_default="as many as it has labelled",
        ),
    ] = None,
    folds: Annotated[
        int, typer.Option("--folds", metavar="N", min=2, help="Folds that measure the gain.")
    ] = 5,
    networks: Annotated[int, typer.Option("--networks", metavar="N", min=2, help="In each bag.")] = 3,
    epochs: Annotated[
        int | None,
        typer.Option(
            "--epochs", metavar="N", min=1, help="Passes over the texts.", show_default="the head's own"
        ),
    ] = None,
    keep_anyway: Annotated[
        bool, typer.Option("--keep-anyway", help="Write the best student even if it gains nothing.")
    ] = False,
    draws: Draws = 1000,
    seed: Seed = 0,
    research_only: ResearchOnly = False,
    cache: Cache = None,
    threads: Threads = None,
    model: Model = "embedded",
    overwrite: Overwrite = False,
    as_json: AsJson = False,
) -> None:
    """Let a teacher label what it is sure of, and a student learn from both; kept only if that gains.

    The gain is cross-validated on the labelled texts, and its whole interval must lie above zero.
    """
    from dataclasses import replace

    from tongli import Tongli
    from tongli.cli.learn.evaluate_view import bar
    from tongli.cli.learn.self_train_view import show
    from tongli.cli.terminal import dump
    from tongli.learning.data.outputs import require_free

    known = known_schemes(schemes, model=model)
    name = one_head(head, known).name
    require_free(out / f"{name}.json", overwrite=overwrite)
    from tongli.learning.data.licences import check_licences
    from tongli.learning.evaluate.resample import Resampling
    from tongli.learning.label_efficient.reports import self_training_report
    from tongli.learning.label_efficient.self_training import Plan
    from tongli.learning.label_efficient.self_training import self_train as run
    from tongli.learning.label_efficient.write import Origin, require_beside, write_head
    from tongli.learning.tasks import task_of
    from tongli.learning.train.run import use_threads

    labelled, others = _read(source, unlabelled, head=name, schemes=known)
    verdict = check_licences([*labelled.records, *others], research_only=research_only)
    tongli = Tongli(model=model)
    require_beside(out, encoder=tongli.encoder)
    use_threads(threads or tongli.settings.threads)
    task = task_of(name)
    plan = Plan(
        task=replace(task, folds=networks, epochs=epochs or task.epochs),
        confidence=confidence,
        rounds=rounds,
        folds=folds,
        per_language=per_language,
        how=Resampling(draws=draws, seed=seed),
    )
    with bar() as progress:
        features = features_of(labelled.texts, encoder=tongli.encoder, cache=cache, progress=progress)
        more = features_of(
            (record.text for record in others), encoder=tongli.encoder, cache=cache, progress=progress
        )
        found = run(
            labelled,
            features,
            others,
            more,
            plan=plan,
            progress=lambda done, total: progress("Training", done, total),
        )
    report = self_training_report(found, labelled, others)
    written = found.improved or keep_anyway
    if written:
        origin = Origin(verdict=verdict, metrics={"self_training": report}, recipe=repr(plan), seed=seed)
        student = found.student
        write_head(out, student.model, student.card, labelled=labelled, origin=origin, encoder=tongli.encoder)
    if as_json:
        dump({**report, "written": written, "releasable": verdict.releasable})
    else:
        show(report, out=out if written else None, releasable=verdict.releasable)


def _read(source: Path, unlabelled: Path, *, head: str, schemes: Schemes) -> tuple[Labelled, list[Record]]:
    from tongli.learning.data.record import read_records
    from tongli.learning.label_efficient.labelled import gather, require, require_deciding
    from tongli.learning.label_efficient.self_training import distinct

    require_deciding(schemes[head])
    labelled = gather(list(read_records(source, schemes=schemes)), head, schemes=schemes)
    require(labelled, least=_FEWEST)
    return labelled, distinct(list(read_records(unlabelled, schemes=schemes)), labelled)
