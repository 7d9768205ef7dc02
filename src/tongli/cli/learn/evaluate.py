"""``tongli learn evaluate``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongli.cli.learn.label_options import Declared, known_schemes
from tongli.cli.options import AsJson, Heads, Model, Seed, split_names, wanted_heads

if TYPE_CHECKING:
    from tongli.core.protocols import Reader
    from tongli.learning.evaluate.run import Job, Progress


def evaluate(
    data: Annotated[Path, typer.Argument(metavar="DATA", help="Labelled records, as JSON lines.")],
    folder: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where report.html and report.json go.")
    ],
    *,
    predictions: Annotated[
        Path | None,
        typer.Option(
            "--predictions",
            metavar="FILE",
            help="What `tongli annotate` wrote for DATA; the model reads it otherwise.",
        ),
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option("--against", metavar="FILE", help="The same of another model, to compare with."),
    ] = None,
    texts: Annotated[
        Path | None,
        typer.Option(
            "--texts", metavar="FILE", help="Generated texts to measure: text, and maybe reference and lang."
        ),
    ] = None,
    heads: Heads = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="A,B",
            help="Fields to group by.",
            show_default="lang,source,culture,gender_expression",
        ),
    ] = None,
    fairness: Annotated[
        bool, typer.Option("--fairness", help="Swap names and pronouns in the built-in sentences.")
    ] = False,
    robustness: Annotated[bool, typer.Option("--robustness", help="Attack the texts of DATA.")] = False,
    attacks: Annotated[
        str | None,
        typer.Option(
            "--attacks",
            metavar="A,B",
            help="For --robustness.",
            show_default="typos,casing,punctuation,diacritics,homoglyphs",
        ),
    ] = None,
    sample: Annotated[
        int, typer.Option("--sample", metavar="N", min=1, help="Attack at most N texts, drawn at random.")
    ] = 1000,
    draws: Annotated[
        int, typer.Option("--draws", metavar="N", min=1, help="Draws of the bootstrap and of the tests.")
    ] = 1000,
    schemes: Declared = None,
    seed: Seed = 0,
    model: Model = "embedded",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a report that is there.")] = False,
    as_json: AsJson = False,
) -> None:
    """Measure a model on labelled records, and write a report.

    Every figure comes with an interval, per language and group; with --against, with the significance of the
    difference.
    """
    from tongli.cli.learn.evaluate_view import bar, show
    from tongli.cli.terminal import dump
    from tongli.learning.evaluate.report import write_report
    from tongli.learning.evaluate.resample import Resampling
    from tongli.learning.evaluate.robustness import DEFAULT_ATTACKS
    from tongli.learning.evaluate.run import DEFAULT_FIELDS, Job, check
    from tongli.learning.evaluate.run import evaluate as run

    job = Job(
        data=data,
        predictions=predictions,
        against=against,
        texts=texts,
        heads=wanted_heads(heads),
        by=split_names(by) or DEFAULT_FIELDS,
        fairness=fairness,
        robustness=robustness,
        attacks=split_names(attacks) or DEFAULT_ATTACKS,
        sample=sample,
        how=Resampling(draws=draws, seed=seed),
        schemes=known_schemes(schemes, model=None if predictions and model == "embedded" else model),
    )
    check(job)
    _require_free(folder, overwrite=overwrite)
    with bar() as progress:
        report = run(job, reader=_reader(job, model, progress), name=f"the model {model}", progress=progress)
    paths = write_report(report, folder)
    if as_json:
        dump(report.to_dict())
    else:
        show(report, paths)


def _reader(job: Job, model: str, progress: Progress) -> Reader | None:
    """The pipeline, unless predictions are given: then no model is needed."""
    if job.predictions is not None:
        return None
    from tongli import Tongli

    progress("Loading the model", 0, 1)
    return Tongli(model=model, heads=job.heads).load()


def _require_free(folder: Path, *, overwrite: bool) -> None:
    """Raise ``ConfigError`` (``output.exists``), or ``StorageError`` (``evaluate.unwritable``).

    Before anything is measured, which may take long.
    """
    import os

    from tongli.core import ConfigError, StorageError

    if not overwrite and (folder / "report.json").exists():
        raise ConfigError(
            "output.exists",
            received=f"{folder.name}, which holds a report",
            allowed="a folder without a report",
            fix="Add --overwrite, or name another folder.",
        )
    place = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    if not (place.is_dir() and os.access(place, os.W_OK)):
        raise StorageError(
            "evaluate.unwritable",
            received=f"{folder.name} in {place}, which is a file or may not be written",
            allowed="a writable folder",
            fix="Choose another folder.",
        )
