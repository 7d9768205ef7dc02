"""``tongli learn generate tune``: a recipe → an adapter in a folder, with its card."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, PeftModel, TaskType, get_peft_model

from tongli.core import ConfigError, InputError, Settings
from tongli.core.writing import GOES_ON, writing
from tongli.encoders.manifest import file_sha256
from tongli.learning.data.licences import Verdict, require_releasable
from tongli.learning.data.outputs import require_free
from tongli.learning.generate.base import ADAPTER, EMBEDDED, MERGED, Base, open_base, quiet
from tongli.learning.generate.batch import Encoder, Example
from tongli.learning.generate.card import CARD, Card
from tongli.learning.generate.dialogues import Dialogue, read_dialogues, read_pairs, verdict_on
from tongli.learning.generate.ethics import Lexicon
from tongli.learning.generate.judging import judge_reply
from tongli.learning.generate.loop import Log, Task, Tell, Tuner
from tongli.learning.generate.objective import Dpo, Objective, Sft
from tongli.learning.generate.recipe import GenerateRecipe
from tongli.learning.pretrain.card import joined
from tongli.learning.provenance import made_by
from tongli.learning.train.batch import choose_device
from tongli.learning.train.checkpoint import LAST
from tongli.pipeline import Tongli

RUN = "run"
"""Folder of checkpoints and logs, within that of the adapter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """All that a run learns from and starts with.

    Attributes:
        base: the model.
        dialogues: to learn from and to measure on.
        examples: the tokens of each reply.
        others: of the replies that were not preferred; empty for ``sft``.
        verdict: what the licences allow.
    """

    base: Base
    dialogues: Sequence[Dialogue]
    examples: Sequence[Example]
    others: Sequence[Example]
    verdict: Verdict


def prepare(
    recipe: GenerateRecipe,
    *,
    out: Path,
    settings: Settings,
    research_only: bool,
    tell: Tell,
    tongli: Tongli | None = None,
) -> Prepared:
    """Read the data and the model.

    Args:
        recipe: of the run.
        out: folder for the adapter, made when missing.
        settings: cache, and whether anything may be fetched.
        research_only: learn from data that may not be released; the card then says so.
        tell: told about long steps.
        tongli: judges replies where the recipe weighs those that fail; made when needed and not given.

    Raises:
        ConfigError: ``licence.not-free``, ``output.exists``, ``extra.missing``.
        InputError: ``train.empty``, and those of the readers.
        ModelError, EngineError: the model cannot be had or read.
    """
    require_free(out / CARD, overwrite=(out / RUN / LAST).exists())
    read = read_pairs if recipe.objective == "dpo" else read_dialogues
    dialogues = read([Path(name) for name in recipe.data], licence=recipe.licence)
    verdict = verdict_on(dialogues, research_only=research_only)
    require_releasable(verdict)  # before a large model is read
    base = open_base(recipe.model, settings)
    verdict = joined(verdict, base.card.verdict if base.card else None)
    require_releasable(verdict)
    weights = _weights(recipe, dialogues, tongli=tongli, settings=settings, tell=tell)
    dialogues = [item for item, weight in zip(dialogues, weights, strict=True) if weight]
    weights = [weight for weight in weights if weight]
    lexicon = Lexicon(recipe.lists, recipe.phrases) if recipe.unlikelihood else Lexicon()
    encoder = Encoder(base.tokenizer, max_tokens=recipe.max_tokens, lexicon=lexicon)
    examples = [
        encoder.example(item.turns, item.reply, lang=item.lang, weight=weight)
        for item, weight in zip(dialogues, weights, strict=True)
    ]
    others = [
        encoder.example(item.turns, item.rejected, lang=item.lang) for item in dialogues if item.rejected
    ]
    tell(f"{len(examples):,} replies of {sum(len(one.reply) for one in examples):,} tokens")
    return Prepared(base=base, dialogues=dialogues, examples=examples, others=others, verdict=verdict)


def new_tuner(recipe: GenerateRecipe, prepared: Prepared, *, out: Path, tell: Tell, log: Log) -> Tuner:
    """A run, not yet begun.

    Raises:
        ConfigError: ``train.device``, ``generate.adapter``.
        InputError: ``train.empty`` when everything is held out, or left out by its weight.
    """
    shares = [item.share for item in prepared.dialogues]
    fit = [row for row, share in enumerate(shares) if share >= recipe.held_out]
    if not fit:
        raise InputError(
            "train.empty",
            received=f"{len(shares)} dialogues, all of them held out or left out",
            allowed="at least one to learn from",
            fix="Give more of them, or correct held_out and unverified in the recipe.",
        )
    task = Task(
        objective=_objective(recipe, prepared),
        fit=fit,
        held_out=[row for row, share in enumerate(shares) if share < recipe.held_out],
        identity=_identity(recipe, prepared),
    )
    model = _with_adapter(recipe, prepared.base)
    return Tuner(model, task=task, recipe=recipe, folder=out / RUN, tell=tell, log=log)


def tune(recipe: GenerateRecipe, prepared: Prepared, *, out: Path, tell: Tell, log: Log) -> Card:
    """Train and write; killed and started again, it goes on.

    Args:
        recipe: of the run.
        prepared: by :func:`prepare`.
        out: folder for the adapter in peft's format, its tokenizer and the card ``generate.json``.
        tell: told what a person would like to know.
        log: given the step and named numbers to plot.

    Raises:
        TongliError: as :meth:`Tuner.run` and :func:`new_tuner` do, and ``generate.unwritable``.
    """
    tuner = new_tuner(recipe, prepared, out=out, tell=tell, log=log)
    model = tuner.run()
    start = _start(recipe)
    with writing("generate.unwritable", out, fix=GOES_ON):
        with quiet():
            model.peft_config["default"].base_model_name_or_path = start
            model.save_pretrained(str(out), save_embedding_layers=False)
            prepared.base.tokenizer.save_pretrained(str(out))
            card = _card(recipe, prepared, tuner=tuner, start=start, digest=file_sha256(out / ADAPTER)[:12])
            if recipe.merge:
                model.merge_and_unload().save_pretrained(str(out / MERGED))
                prepared.base.tokenizer.save_pretrained(str(out / MERGED))
                card.save(out / MERGED)
        card.save(out)
    return card


def _start(recipe: GenerateRecipe) -> str:
    """The model as it can be opened from anywhere."""
    path = Path(recipe.model).expanduser()
    return str(path.resolve()) if recipe.model != EMBEDDED and path.exists() else recipe.model


def _weights(
    recipe: GenerateRecipe,
    dialogues: Sequence[Dialogue],
    *,
    tongli: Tongli | None,
    settings: Settings,
    tell: Tell,
) -> list[float]:
    """1, or ``unverified`` for a reply that fails a check."""
    if recipe.unverified == 1:
        return [1.0] * len(dialogues)
    judge, wanted, found = tongli or Tongli(settings=settings), set(recipe.checks), []
    for item in dialogues:
        verdict = judge_reply(item.message, item.reply, lang=item.lang, tongli=judge)
        failed = wanted.intersection(check.name for check in verdict.failed)
        found.append(recipe.unverified if failed else 1.0)
    tell(
        f"{sum(weight < 1 for weight in found):,} of {len(found):,} replies fail {', '.join(sorted(wanted))}"
    )
    return found


def _objective(recipe: GenerateRecipe, prepared: Prepared) -> Objective:
    pad = int(prepared.base.tokenizer.pad_token_id)
    if recipe.objective == "sft":
        return Sft(prepared.examples, pad=pad, unlikelihood=recipe.unlikelihood)
    pairs = list(zip(prepared.examples, prepared.others, strict=True))
    return Dpo(pairs, pad=pad, beta=recipe.beta, unlikelihood=recipe.unlikelihood)


def _with_adapter(recipe: GenerateRecipe, base: Base) -> PeftModel:
    torch.manual_seed(recipe.seed)
    config = LoraConfig(
        r=recipe.rank,
        lora_alpha=recipe.alpha,
        lora_dropout=recipe.dropout,
        target_modules="all-linear",
        task_type=TaskType.CAUSAL_LM,
    )
    try:
        with quiet():
            model: Any = get_peft_model(base.model, config)
    except ValueError as refused:
        raise ConfigError(
            "generate.adapter",
            received=f"{base.source}, into which no LoRA fits",
            allowed="a causal model with linear layers",
            fix="Start from another model.",
        ) from refused
    tuned: PeftModel = model.to(choose_device(recipe.device, processes=1))
    return tuned


def _card(recipe: GenerateRecipe, prepared: Prepared, *, tuner: Tuner, start: str, digest: str) -> Card:
    learnt = [prepared.dialogues[row] for row in tuner.task.fit]
    looks = tuner.progress.looks
    kept = [look for look in looks if look["step"] == tuner.progress.kept]
    return Card(
        start=start,
        base=prepared.base.source,
        base_licence=prepared.base.licence,
        digest=digest,
        objective=recipe.objective,
        data=prepared.verdict.to_dict(),
        languages=dict(sorted(Counter(item.lang for item in learnt).items())),
        steps=tuner.progress.kept,
        ethics=_ethics(recipe, prepared),
        looks={"start": looks[0], "end": kept[-1]} if kept else {},
        recipe={
            **asdict(recipe),
            "lists": list(recipe.lists),
            "checks": list(recipe.checks),
            "data": [Path(name).name for name in recipe.data],
            "model": prepared.base.source.split("@", maxsplit=1)[0],
            "phrases": len(recipe.phrases),  # nobody's list of slurs is published with a card
        },
        made_by=made_by(
            recipe=repr(recipe),
            texts=(text for item in learnt for text in (item.message, item.reply, item.rejected)),
        ),
    )


def _ethics(recipe: GenerateRecipe, prepared: Prepared) -> dict[str, Any]:
    every = (*prepared.examples, *prepared.others)
    return {
        "unlikelihood": recipe.unlikelihood,
        "replies_with_listed_words": sum(bool(one.listed) for one in every),
        "unverified": recipe.unverified,
        "replies_that_fail": sum(one.weight < 1 for one in prepared.examples),
    }


def _identity(recipe: GenerateRecipe, prepared: Prepared) -> str:
    """A digest of the recipe, the model and the tokens; files may have moved."""
    plain = replace(recipe, data=(), model="", merge=False, device="auto")
    digest = hashlib.sha256(repr((plain, prepared.base.source)).encode())
    for one in (*prepared.examples, *prepared.others):
        digest.update(repr((one.prompt, one.reply, one.weight)).encode())
    return digest.hexdigest()
