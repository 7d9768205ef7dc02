"""``tongli learn speech``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tongli.cli.learn.training_options import ResearchOnly
from tongli.cli.options import AsJson, Seed, split_names


def speech(
    manifests: Annotated[
        list[Path],
        typer.Argument(metavar="MANIFEST", help="JSON lines with path, speaker and emotion; .gz too."),
    ],
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder for the head.")],
    licence: Annotated[
        str, typer.Option("--licence", metavar="SPDX", help="Of clips whose line does not name one.")
    ] = "unknown",
    split: Annotated[
        str | None, typer.Option("--split", metavar="A,B", help="Learn from these splits only.")
    ] = None,
    test: Annotated[
        list[Path] | None,
        typer.Option("--test", metavar="MANIFEST", help="Another set to measure on; it is not learnt from."),
    ] = None,
    copies: Annotated[
        int,
        typer.Option(
            "--copies",
            metavar="N",
            min=0,
            max=20,
            help="Made-up recordings of each clip (other rooms, lines, speeds) to learn from beside it.",
        ),
    ] = 2,
    cache: Annotated[
        Path | None,
        typer.Option("--cache", metavar="DIR", help="Folder that keeps the features between runs."),
    ] = None,
    seed: Seed = 0,
    research_only: ResearchOnly = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a head that is there.")] = False,
    as_json: AsJson = False,
) -> None:
    """Train a head for the voice: how something is said, on clips of several speakers.

    Needs tongli[audio]; no torch. Options and calibration are chosen on speakers left out.
    """
    from tongli.cli.learn.counter import counter
    from tongli.cli.learn.speech_view import show
    from tongli.cli.terminal import dump
    from tongli.core import Settings
    from tongli.encoders.audio.voice_encoder import VoiceEncoder
    from tongli.learning.data.outputs import require_free
    from tongli.learning.speech.clips import read_clips
    from tongli.learning.speech.run import Job, train

    settings = Settings.from_env()
    require_free(out / "speech.json", inputs=manifests, overwrite=overwrite)
    splits = split_names(split)
    clips = [clip for path in manifests for clip in read_clips(path, splits=splits, licence=licence)]
    tests = [read_clips(path) for path in test or ()]
    job = Job(cache=cache or settings.cache / "voices", copies=copies, seed=seed, research_only=research_only)
    with counter() as tell:
        head = train(clips, tests=tests, job=job, encoder=VoiceEncoder(settings=settings), tell=tell)
    head.save(out)
    if as_json:
        dump({"labels": head.card.labels, "releasable": head.card.releasable, **head.card.metrics})
    else:
        show(head.card, out=out)
