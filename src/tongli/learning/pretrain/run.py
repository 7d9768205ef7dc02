"""``tongli learn pretrain``: a recipe → an encoder in a folder, which every command takes as a model."""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tongli import __version__
from tongli.core import InputError, Settings
from tongli.encoders.manifest import file_sha256
from tongli.encoders.sources import find_source
from tongli.encoders.weights import BertWeights
from tongli.learning.data.licences import require_releasable
from tongli.learning.data.outputs import require_free
from tongli.learning.pretrain.card import CARD, Card, inherited, joined
from tongli.learning.pretrain.checkpoint import (
    CONFIG,
    TOKENIZER,
    WEIGHTS,
    checkpoint_folder,
    read_predictor,
    write_checkpoint,
)
from tongli.learning.pretrain.corpus import Corpus, gather
from tongli.learning.pretrain.loop import Log, Pretrainer, Task, Tell, sampling
from tongli.learning.pretrain.masking import Masker
from tongli.learning.pretrain.network import MaskedLM, Predictor, new_predictor
from tongli.learning.pretrain.perplexity import make_ruler
from tongli.learning.pretrain.recipe import PretrainRecipe
from tongli.learning.pretrain.vocabulary import Vocabulary, with_mask
from tongli.learning.pretrain.windows import Windows, tokenise
from tongli.learning.train.checkpoint import LAST

RUN = "run"
"""Folder of checkpoints and logs, within that of the weights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """All that a run learns from and starts with.

    Attributes:
        base: the encoder's source, ``name@digest``.
        weights: of the encoder.
        vocabulary: its tokenizer.
        predictor: the prediction head to start from.
        kept: whether the base brought that head.
        corpus, windows: texts, and their tokens.
        prefix: put before every text.
    """

    base: str
    weights: BertWeights
    vocabulary: Vocabulary
    predictor: Predictor
    kept: bool
    corpus: Corpus
    windows: Windows
    prefix: str

    @property
    def held_out(self) -> NDArray[np.bool_]:
        """Of every window."""
        return self.corpus.held_out[self.windows.texts]

    @property
    def langs(self) -> list[str]:
        """Of every window."""
        return [self.corpus.langs[text] for text in self.windows.texts]


def prepare(
    recipe: PretrainRecipe, *, out: Path, settings: Settings, research_only: bool, tell: Tell
) -> Prepared:
    """Read the texts and the encoder.

    Args:
        recipe: of the run.
        out: folder for the encoder, made when missing.
        settings: for the encoder's source.
        research_only: learn from data that may not be released; the card then says so.
        tell: told about long steps.

    Raises:
        ConfigError: ``licence.not-free``, ``output.same-file`` or ``output.exists``, ``model.name``.
        InputError: ``train.empty``, and those of the readers.
        ModelError: the encoder cannot be had or read.
    """
    folder = checkpoint_folder(recipe.model)
    require_free(
        out.resolve() / WEIGHTS,
        inputs=[] if folder is None else [folder.resolve() / WEIGHTS],
        overwrite=(out / CARD).exists() or (out / RUN / LAST).exists(),
    )
    corpus = gather(
        recipe.texts, exclude=recipe.exclude, held_out=recipe.held_out, research_only=research_only
    )
    verdict = joined(corpus.verdict, inherited(recipe.model))
    require_releasable(verdict)
    source = find_source(recipe.model, settings)
    with tempfile.TemporaryDirectory() as scratch:
        weights, vocabulary = with_mask(*source.read(Path(scratch), settings.offline))
    out.mkdir(parents=True, exist_ok=True)
    prefix = find_source(str(out), settings).prefix  # what will be put before texts that it reads
    if prefix != source.prefix:
        tell(f"texts get the prefix {prefix!r}, by the name of {out.name}; the base has {source.prefix!r}")
    windows = tokenise(
        corpus.texts,
        tokenizer=vocabulary.tokenizer,
        prefix=prefix,
        max_tokens=min(recipe.max_tokens, weights.max_tokens),
        keep=(vocabulary.mask_id, vocabulary.pad_id),
    )
    tell(
        f"{len(corpus.texts):,} texts, {int(corpus.held_out.sum()):,} of them held out; "
        f"{len(windows.ids):,} tokens, {len(windows.vocabulary):,} different ones"
    )
    predictor = _fitting(read_predictor(recipe.model), weights)
    return Prepared(
        base=f"{source.name}@{source.digest}",
        weights=weights,
        vocabulary=vocabulary,
        predictor=predictor or _new(recipe, weights=weights, windows=windows),
        kept=predictor is not None,
        corpus=replace(corpus, verdict=verdict),
        windows=windows,
        prefix=prefix,
    )


def new_network(recipe: PretrainRecipe, prepared: Prepared) -> MaskedLM:
    """A network as a run starts with."""
    depth = len(prepared.weights.layers)
    return MaskedLM(
        prepared.weights,
        vocabulary=prepared.windows.vocabulary,
        predictor=prepared.predictor,
        layers=min(recipe.layers or depth, depth),
        embeddings=recipe.embeddings,
        dropout=recipe.dropout,
    )


def new_trainer(recipe: PretrainRecipe, prepared: Prepared, *, out: Path, tell: Tell, log: Log) -> Pretrainer:
    """A run, not yet begun.

    Raises:
        InputError: ``train.empty`` when the texts to learn from have no token that can be masked.
    """
    windows, held_out, langs = prepared.windows, prepared.held_out, prepared.langs
    rows = np.flatnonzero(~held_out)
    if not len(rows):
        raise InputError(
            "train.empty",
            received="texts without a token that could be masked",
            allowed="texts with words",
            fix="Check the files that the recipe names in texts.",
        )
    masker = Masker(
        share=recipe.mask,
        whole_words=recipe.whole_words,
        mask_id=windows.place(prepared.vocabulary.mask_id),
        pad_id=windows.place(prepared.vocabulary.pad_id),
        others=np.flatnonzero(windows.counts),
    )
    ruler = make_ruler(
        windows,
        np.flatnonzero(held_out),
        langs=prepared.corpus.langs,
        masker=masker,
        tokens=recipe.batch_tokens,
        seed=recipe.seed,
    )
    task = Task(
        windows=windows,
        rows=rows,
        weights=sampling([langs[row] for row in rows], power=recipe.power),
        masker=masker,
        ruler=ruler if ruler.batches else None,
        head_steps=0 if prepared.kept else recipe.head_steps,
        identity=_identity(recipe, prepared),
    )
    return Pretrainer(
        new_network(recipe, prepared), task=task, recipe=recipe, folder=out / RUN, tell=tell, log=log
    )


def pretrain(
    recipe: PretrainRecipe, prepared: Prepared, *, out: Path, settings: Settings, tell: Tell, log: Log
) -> Card:
    """Train and write; killed and started again, it goes on.

    Args:
        recipe: of the run.
        prepared: by :func:`prepare`.
        out: folder for the encoder, in Hugging Face format, with the card ``pretrain.json``.
        settings: for the written encoder's source.
        tell: told what a person would like to know.
        log: given the step and named numbers to plot.

    Raises:
        TongliError: as :meth:`Pretrainer.run` and :func:`write_checkpoint` do.
    """
    trainer = new_trainer(recipe, prepared, out=out, tell=tell, log=log)
    network = trainer.run()
    write_checkpoint(
        out,
        weights=network.encoder(prepared.weights),
        predictor=network.predictor(prepared.predictor),
        tokenizer=prepared.vocabulary.content,
        special=prepared.vocabulary.special,
    )
    card = _card(recipe, prepared, trainer=trainer, digest=find_source(str(out), settings).digest, out=out)
    card.save(out)
    return card


def _card(recipe: PretrainRecipe, prepared: Prepared, *, trainer: Pretrainer, digest: str, out: Path) -> Card:
    corpus = prepared.corpus
    looks = trainer.looks()
    head = trainer.task.head_steps
    figures = {}
    if looks:
        joins = [look for look in looks if look.step == head]
        figures = {"start": looks[0], "head": joins[0], "end": min(looks, key=lambda look: look.overall)}
    learnt = [lang for lang, aside in zip(corpus.langs, corpus.held_out, strict=True) if not aside]
    return Card(
        base=prepared.base,
        digest=digest,
        files={name: file_sha256(out / name) for name in (CONFIG, WEIGHTS, TOKENIZER)},
        data=corpus.verdict.to_dict(),
        texts=dict(sorted(Counter(learnt).items())),
        prefix=prepared.prefix,
        head="kept" if prepared.kept else "new",
        vocabulary=len(prepared.windows.vocabulary),
        windows=int((~prepared.held_out).sum()),
        steps=figures["end"].step if looks else trainer.progress.step,
        perplexity={name: look.to_dict() for name, look in figures.items()},
        recipe={**asdict(recipe), **_names(recipe), "model": prepared.base.split("@")[0]},
        tongli=__version__,
    )


def _names(recipe: PretrainRecipe) -> dict[str, list[str]]:
    """Files without their folders, which are nobody's business."""
    return {key: [Path(name).name for name in getattr(recipe, key)] for key in ("texts", "exclude")}


def _fitting(predictor: Predictor | None, weights: BertWeights) -> Predictor | None:
    """The head, with a bias for every token: a mask that was added has none yet."""
    if predictor is None or predictor.dense.shape != (weights.hidden, weights.hidden):
        return None
    missing = len(weights.words) - len(predictor.bias)
    bias = np.pad(predictor.bias, (0, max(0, missing)), constant_values=predictor.bias.min())
    return replace(predictor, bias=bias) if missing >= 0 else None


def _new(recipe: PretrainRecipe, *, weights: BertWeights, windows: Windows) -> Predictor:
    counts = np.zeros(len(weights.words), np.int64)
    counts[windows.vocabulary] = windows.counts
    return new_predictor(weights.hidden, counts=counts, seed=recipe.seed)


def _identity(recipe: PretrainRecipe, prepared: Prepared) -> str:
    """A digest of the recipe, the encoder and the tokens; files may have moved."""
    digest = hashlib.sha256(repr((replace(recipe, texts=(), exclude=(), model=""), prepared.base)).encode())
    for array in (prepared.windows.ids, prepared.windows.starts, prepared.windows.vocabulary):
        digest.update(np.ascontiguousarray(array).tobytes())
    digest.update(" ".join(prepared.corpus.langs).encode())
    digest.update(prepared.held_out.tobytes())
    return digest.hexdigest()
