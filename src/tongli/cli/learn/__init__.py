"""``tongli learn``: one file a command. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import typer

from tongli.cli.learn.annotate import annotate
from tongli.cli.learn.augment import augment
from tongli.cli.learn.check import check
from tongli.cli.learn.continue_ import continue_
from tongli.cli.learn.contrast import contrast
from tongli.cli.learn.evaluate import evaluate
from tongli.cli.learn.export import export
from tongli.cli.learn.few_shot import few_shot
from tongli.cli.learn.fuse import fuse
from tongli.cli.learn.generate import generate
from tongli.cli.learn.import_ import import_
from tongli.cli.learn.pretrain import pretrain
from tongli.cli.learn.search import search
from tongli.cli.learn.self_train import self_train
from tongli.cli.learn.speech import speech
from tongli.cli.learn.split import split
from tongli.cli.learn.tag import tag
from tongli.cli.learn.train import train
from tongli.cli.learn.zero_shot import zero_shot

learn = typer.Typer(
    no_args_is_help=True,
    help="Collect, label, augment, train, measure and export. Training needs the extra tongli[train]; "
    "what else does, says so.",
)
learn.add_typer(annotate, name="annotate")
learn.add_typer(generate, name="generate")
learn.command("import")(import_)
learn.command()(augment)
learn.command()(check)
learn.command("continue")(continue_)
learn.command()(contrast)
learn.command()(evaluate)
learn.command()(export)
learn.command()(fuse)
learn.command()(pretrain)
learn.command()(search)
learn.command()(speech)
learn.command()(split)
learn.command()(tag)
learn.command()(train)
learn.command("few-shot")(few_shot)
learn.command("self-train")(self_train)
learn.command("zero-shot")(zero_shot)
