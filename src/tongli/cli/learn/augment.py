"""``tongli learn augment``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongli.cli.learn.label_options import Declared, chosen_schemes, known_schemes
from tongli.cli.options import AsJson, Model, Overwrite, Seed, split_names

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tongli import Tongli
    from tongli.knowledge.schemes import Scheme
    from tongli.learning.augment.gain import Gain
    from tongli.learning.augment.run import Augmented, Limits
    from tongli.learning.data.record import Record
    from tongli.learning.evaluate.run import Progress


class Way(StrEnum):
    """What is changed."""

    BACK_TRANSLATION = "back-translation"
    SYNONYMS = "synonyms"
    CODE_SWITCHING = "code-switching"
    NOISE = "noise"
    COUNTERFACTUAL = "counterfactual"


def augment(
    source: Annotated[
        Path, typer.Argument(metavar="IN", help="Records, as `tongli learn import` writes them.")
    ],
    target: Annotated[Path, typer.Option("--output", "-o", metavar="OUT", help="Where the new records go.")],
    *,
    methods: Annotated[
        list[Way], typer.Option("--method", help="What to change; repeat it for several methods.")
    ],
    per_record: Annotated[
        int, typer.Option("--per-record", metavar="N", min=1, help="Of each method, from one record.")
    ] = 1,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="Make at most N records.")
    ] = None,
    balance: Annotated[
        bool,
        typer.Option(
            "--balance",
            help="Smallest languages first; without --limit until all are as large as the largest.",
        ),
    ] = False,
    through: Annotated[
        str | None,
        typer.Option("--through", metavar="A,B", help="Languages to translate through or to switch into."),
    ] = None,
    translator: Annotated[
        str,
        typer.Option(
            "--translator",
            metavar="NAME",
            help="For back-translation: apertium, mt, gguf or openai; mt:FOLDER, gguf:FILE name a model.",
        ),
    ] = "apertium",
    against: Annotated[
        list[Path] | None,
        typer.Option("--against", metavar="FILE", help="Held-out records that nothing may repeat."),
    ] = None,
    least: Annotated[
        float,
        typer.Option("--least", metavar="SHARE", min=0, max=1, help="Nearness in meaning that is needed."),
    ] = 0.6,
    measure: Annotated[
        Path | None,
        typer.Option(
            "--measure",
            metavar="DEV",
            help="Train a small head with and without, and compare on DEV (needs tongli[train]).",
        ),
    ] = None,
    heads: Annotated[str, typer.Option("--heads", metavar="A,B", help="Heads for --measure.")] = "ekman6",
    schemes: Declared = None,
    seed: Seed = 0,
    model: Model = "embedded",
    overwrite: Overwrite = False,
    as_json: AsJson = False,
) -> None:
    """Make new records from labelled ones, each checked and with its origin; OUT holds the new ones only.

    A new text keeps the labels, source, licence and consent of its original. It is kept if it is near in
    meaning, holds the same numbers, links and names, and repeats no text that is there.
    """
    from tongli import Tongli
    from tongli.cli.learn.augment_view import show
    from tongli.cli.learn.evaluate_view import bar
    from tongli.cli.terminal import dump
    from tongli.learning.augment.run import Limits
    from tongli.learning.data.outputs import require_free
    from tongli.learning.data.record import read_distinct, read_records, write_records
    from tongli.learning.extra import require

    held_out = [*(against or []), *([measure] if measure else [])]
    require_free(target, inputs=[source, *held_out], overwrite=overwrite)
    known = known_schemes(schemes, model=model)
    wanted = chosen_schemes(heads, known) if measure else ()
    if wanted:
        require("--measure", "torch")
    records = read_distinct(source, schemes=known)
    others = [record for path in held_out for record in read_records(path, schemes=known)]
    tongli = Tongli(model=model)
    limits = Limits(per_record=per_record, limit=limit, balance=balance, seed=seed)
    with bar() as progress:
        made = _make(
            records,
            tongli=tongli,
            methods=[way.value for way in methods],
            translator=translator,
            through=split_names(through),
            held_out=others,
            least=least,
            limits=limits,
            progress=lambda done, total: progress("Augmenting", done, total),
        )
        written = write_records(target, made.records)
        dev = list(read_records(measure, schemes=known)) if measure else []
        gains = [
            _gain(records, made, dev, scheme=scheme, tongli=tongli, seed=seed, progress=progress)
            for scheme in wanted
        ]
    if as_json:
        gain = [item.to_dict() for item in gains] or "not measured"
        dump({"written": written, "methods": made.tally.to_dict(), "gain": gain})
    else:
        show(made.tally, gains, written=written, target=target)


def _make(
    records: Sequence[Record],
    *,
    tongli: Tongli,
    methods: Sequence[str],
    translator: str,
    through: tuple[str, ...],
    held_out: Sequence[Record],
    least: float,
    limits: Limits,
    progress: Callable[[int, int], None],
) -> Augmented:
    from tongli.learning.augment.checks import Checks
    from tongli.learning.augment.methods import Setting, make_methods
    from tongli.learning.augment.run import augment as run

    setting = Setting(records=records, sentences=tongli.sentences, translator=translator, through=through)
    return run(
        records,
        methods=make_methods(methods, setting),
        checks=Checks(
            sentences=tongli.sentences,
            known=[record.text for record in records],
            held_out=[record.text for record in held_out],
            least=least,
        ),
        limits=limits,
        progress=progress,
    )


def _gain(
    records: Sequence[Record],
    made: Augmented,
    dev: Sequence[Record],
    *,
    scheme: Scheme,
    tongli: Tongli,
    seed: int,
    progress: Progress,
) -> Gain:
    from tongli.learning.augment.gain import measure_gain
    from tongli.learning.evaluate.resample import Resampling

    return measure_gain(
        records,
        made.records,
        dev,
        scheme=scheme,
        features=tongli.encoder.features,
        how=Resampling(seed=seed),
        progress=lambda done, total: progress(f"Measuring the gain for {scheme.name}", done, total),
    )
