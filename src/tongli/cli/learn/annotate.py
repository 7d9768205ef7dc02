"""``tongli learn annotate``."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongli.cli.learn.label_options import Declared, chosen_schemes, known_schemes
from tongli.cli.options import AsJson, Model, Overwrite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tongli import Tongli
    from tongli.knowledge.schemes import Scheme
    from tongli.learning.annotate.survey import Survey
    from tongli.learning.data.record import Record

annotate = typer.Typer(
    no_args_is_help=True, help="Label with Label Studio: what next, by whom, how well, what is wrong."
)

Records = Annotated[Path, typer.Argument(metavar="IN", help="Records, as `tongli learn import` writes them.")]
Export = Annotated[Path, typer.Argument(metavar="JSON", help="A Label Studio export in the format JSON.")]
Target = Annotated[Path, typer.Option("--output", "-o", metavar="OUT", help="Where the result goes.")]
Heads = Annotated[str, typer.Option("--heads", metavar="A,B", help="Heads to label.")]


class Strategy(StrEnum):
    """What makes a record worth a label."""

    UNCERTAINTY = "uncertainty"
    MARGIN = "margin"
    BALD = "bald"
    CORESET = "coreset"
    HYBRID = "hybrid"


@annotate.command()
def export(
    source: Records,
    target: Target,
    *,
    heads: Heads = "ekman6",
    blind: Annotated[
        bool,
        typer.Option("--blind", help="Without the model's suggestions, which annotators tend to follow."),
    ] = False,
    schemes: Declared = None,
    model: Model = "embedded",
    overwrite: Overwrite = False,
    as_json: AsJson = False,
) -> None:
    """Write tasks for Label Studio, and beside them its labelling configuration (.xml).

    A task carries what the current model would answer, but for the heads that abstain.
    """
    from tongli.cli.terminal import dump, stdout_console
    from tongli.learning.annotate.controls import config_xml
    from tongli.learning.annotate.labelstudio import part_of, to_task, write_file, write_tasks
    from tongli.learning.data.record import read_distinct

    config = target.with_suffix(".xml")
    _require_free(source, target, config, overwrite=overwrite)
    known = known_schemes(schemes, model=None if blind else model)
    wanted = chosen_schemes(heads, known)
    records = read_distinct(source, schemes=known)
    part = part_of(records)
    seen = None if blind else _survey(records, _tongli(model, wanted))
    tasks = [
        to_task(record, part=part, suggestion=seen.suggestion(row) if seen else None, schemes=known)
        for row, record in enumerate(records)
    ]
    write_tasks(target, tasks)
    write_file(config, config_xml(wanted, part=part))
    suggested = sum("predictions" in task for task in tasks)
    if as_json:
        dump({"tasks": len(tasks), "suggested": suggested, "config": str(config)})
    else:
        stdout_console().print(
            f"{len(tasks)} tasks, {suggested} with suggestions: {target}\n"
            f"labelling configuration: {config}\n"
            "In Label Studio: make a project, paste the configuration, import the tasks.",
            soft_wrap=True,
        )


@annotate.command("import")
def import_(
    source: Export,
    target: Target,
    *,
    least: Annotated[
        int, typer.Option("--least", metavar="N", min=1, help="Leave out records with fewer annotators.")
    ] = 1,
    schemes: Declared = None,
    overwrite: Overwrite = False,
    as_json: AsJson = False,
) -> None:
    """Turn annotations into records with soft labels: the share of annotators who chose a label.

    Names and addresses of annotators are not kept. Skipped tasks count for nothing.
    """
    from tongli.cli.terminal import dump, stdout_console
    from tongli.learning.annotate.labelstudio import read_annotations
    from tongli.learning.annotate.soft import labelled
    from tongli.learning.data.record import write_records

    _require_free(source, target, overwrite=overwrite)
    found = read_annotations(source, schemes=known_schemes(schemes))
    written = write_records(target, labelled(found.items, least=least))
    if as_json:
        dump(
            {
                "tasks": len(found.items),
                "written": written,
                "annotators": found.annotators,
                "skipped": found.skipped,
                "unused": dict(found.unused),
            }
        )
        return
    console = stdout_console()
    console.print(
        f"{written} of {len(found.items)} records labelled by {found.annotators} annotators: {target}",
        soft_wrap=True,
    )
    if found.skipped:
        console.print(f"{found.skipped} skipped annotations left out")
    for name, times in found.unused.items():
        console.print(
            f"{times} answers to {name} not used: no head has this name, or the answer contradicts itself"
        )


@annotate.command()
def agreement(
    source: Export,
    *,
    by_lang: Annotated[bool, typer.Option("--by-lang", help="Each language too.")] = False,
    top: Annotated[
        int, typer.Option("--top", metavar="N", min=0, help="Show the N most disputed items.")
    ] = 10,
    schemes: Declared = None,
    as_json: AsJson = False,
) -> None:
    """Measure agreement: Krippendorff's alpha of each label, and the items that divide annotators most."""
    from tongli.cli.learn.annotate_view import show_agreement
    from tongli.learning.annotate.agreement import agreements, disputes
    from tongli.learning.annotate.labelstudio import read_annotations

    known = known_schemes(schemes)
    items = read_annotations(source, schemes=known).items
    rows = agreements(items, by_language=by_lang, schemes=known)
    show_agreement(rows, disputes(items, count=top, schemes=known), as_json=as_json)


@annotate.command()
def queue(
    source: Records,
    target: Target,
    *,
    heads: Heads = "ekman6",
    strategy: Annotated[
        Strategy, typer.Option("--strategy", help="hybrid: a diverse choice of the most uncertain.")
    ] = Strategy.HYBRID,
    count: Annotated[int, typer.Option("--count", "-n", metavar="N", help="How many records.")] = 100,
    balance: Annotated[
        bool, typer.Option("--balance", help="The same number of each language, as far as there are enough.")
    ] = False,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="Of the dropout of bald.")] = 0,
    schemes: Declared = None,
    model: Model = "embedded",
    overwrite: Overwrite = False,
    as_json: AsJson = False,
) -> None:
    """Choose the records whose labels would teach the model most, best first.

    Records that have labels of all the heads count as labelled and are not chosen again. A head that the
    model does not have yet takes --strategy coreset.
    """
    from tongli.cli.learn.annotate_view import show_queue
    from tongli.emotion.head import load_head
    from tongli.learning.annotate.queue import queue as choose
    from tongli.learning.data.record import read_distinct, write_records

    _require_free(source, target, overwrite=overwrite)
    known = known_schemes(schemes, model=model)
    wanted = chosen_schemes(heads, known)
    records = read_distinct(source, schemes=known)
    asked = strategy is not Strategy.CORESET
    tongli = _tongli(model, wanted if asked else ())
    seen = _survey(records, tongli, read=asked)
    chosen = choose(
        seen,
        labels=[scheme.name for scheme in wanted],
        heads=[load_head(tongli.heads.folder, scheme.name) for scheme in wanted] if asked else (),
        strategy=strategy.value,
        count=count,
        balance=balance,
        seed=seed,
    )
    write_records(target, (item.record for item in chosen))
    show_queue(chosen, Counter(item.lang for item in chosen), target=target, as_json=as_json)


@annotate.command()
def errors(
    source: Records,
    *,
    heads: Heads = "ekman6",
    folds: Annotated[
        int,
        typer.Option(
            "--folds",
            metavar="N",
            help="Judge by N-fold regressions on the encoder's features, not by the current model; for "
            "data that the model learnt from.",
        ),
    ] = 0,
    top: Annotated[
        int, typer.Option("--top", metavar="N", min=0, help="Show the N most suspicious labels.")
    ] = 20,
    target: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="OUT", help="Write the records in question, to label again."),
    ] = None,
    schemes: Declared = None,
    model: Model = "embedded",
    overwrite: Overwrite = False,
    as_json: AsJson = False,
) -> None:
    """Find labels that are probably wrong, the most suspicious first (confident learning)."""
    from tongli.cli.learn.annotate_view import show_errors
    from tongli.learning.annotate.folds import out_of_fold
    from tongli.learning.annotate.label_errors import label_errors
    from tongli.learning.data.record import read_distinct, write_records

    if target is not None:
        _require_free(source, target, overwrite=overwrite)
    known = known_schemes(schemes, model=model)
    wanted = chosen_schemes(heads, known)
    records = read_distinct(source, schemes=known)
    seen = _survey(records, _tongli(model, () if folds else wanted), read=not folds)
    predicted = {
        scheme.name: out_of_fold(records, seen.features, scheme=scheme, folds=folds)
        if folds
        else seen.values(scheme.name)
        for scheme in wanted
    }
    suspects = label_errors(records, predicted, schemes=known)
    if target is not None:
        write_records(target, (records[row] for row in dict.fromkeys(item.row for item in suspects)))
    show_errors(suspects, top=top, as_json=as_json)


def _tongli(model: str, schemes: Sequence[Scheme]) -> Tongli:
    """The model with these heads; without any, its encoder alone is read.

    Raises:
        ConfigError: ``annotate.unlearnt`` for heads that are declared and not there yet.
    """
    from tongli import Tongli
    from tongli.cli.terminal import working
    from tongli.core import ConfigError

    with working("Preparing the models"):
        tongli = Tongli(model=model)
        names = [scheme.name for scheme in schemes]
        if absent := sorted(set(names) - set(tongli.heads.names)):
            raise ConfigError(
                "annotate.unlearnt",
                received=f"{', '.join(absent)}, of which the model {model} has no head yet",
                allowed=", ".join(tongli.heads.names),
                fix="Without a head: queue --strategy coreset, export --blind, errors --folds 5.",
            )
        if not names:
            return tongli
        return Tongli(model=model, heads=names).load()


def _survey(records: Sequence[Record], tongli: Tongli, *, read: bool = True) -> Survey:
    from tongli.cli.learn.annotate_view import counting
    from tongli.learning.annotate.survey import survey

    with counting("records", len(records)) as progress:
        return survey(records, tongli=tongli, read=read, progress=progress)


def _require_free(source: Path, *targets: Path, overwrite: bool) -> None:
    from tongli.learning.data.outputs import require_free

    for target in targets:
        require_free(target, inputs=[source], overwrite=overwrite)
