"""The causal model that a fine-tuning starts from, and what was fine-tuned, read again."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer, PreTrainedModel, PreTrainedTokenizerFast
from transformers.utils import logging as transformers_logging

from tongli.core import ModelError, Settings, shorten
from tongli.encoders.manifest import file_sha256
from tongli.generation.engines.gguf import DEFAULT_MODEL, find_model
from tongli.learning.extra import require
from tongli.learning.generate.card import CARD, Card

EMBEDDED = "embedded"
ADAPTER = "adapter_model.safetensors"
MERGED = "merged"
"""Folder of the whole model, within that of the adapter."""

_WEIGHTS = ("*.safetensors", "*.bin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A causal model with its tokenizer.

    Attributes:
        model: in evaluation mode, float32.
        tokenizer: a fast one with a chat template and a padding token, padding on the left.
        source: ``name@digest``.
        licence: SPDX identifier, ``unknown`` where only its makers know.
        card: of the fine-tuning that it comes from; ``None`` when we did not tune it.
    """

    model: PreTrainedModel
    tokenizer: PreTrainedTokenizerFast
    source: str
    licence: str = "unknown"
    card: Card | None = None


def open_base(name: str, settings: Settings) -> Base:
    """Read a model, with the adapter merged into it where ``tongli learn generate`` wrote one.

    Args:
        name: ``embedded``, a GGUF file, a folder, or ``hf:NAME``.
        settings: cache, and whether anything may be fetched.

    Raises:
        ConfigError: ``extra.missing`` for a GGUF file without the package gguf.
        EngineError: ``engine.no-model`` when the embedded model is not prepared.
        ModelError: ``generate.base``, ``generate.template``, ``generate.card``.
    """
    folder = Path(name).expanduser()
    card = Card.read(folder) if (folder / CARD).is_file() else None
    if card is not None and (folder / ADAPTER).is_file():
        return _tuned(folder, card, settings)
    if name == EMBEDDED or folder.suffix == ".gguf":
        return _gguf(find_model(None if name == EMBEDDED else folder, settings), embedded=name == EMBEDDED)
    if name.startswith("hf:"):
        return _read(name[3:], settings)
    if not (folder / "config.json").is_file():
        raise _no_base(name, "no such model")
    base = _read(str(folder), settings, digest=_digest(folder), label=folder.name)
    return base if card is None else replace(base, card=card, licence=card.base_licence)


def _tuned(folder: Path, card: Card, settings: Settings) -> Base:
    digest = file_sha256(folder / ADAPTER)[:12]
    if digest != card.digest:
        raise _no_base(folder.name, "an adapter that is not the one of its card")
    base = open_base(card.start, settings)
    if base.source != card.base:
        raise _no_base(folder.name, f"its base is now {base.source}, and was {card.base}")
    with quiet():
        tuned: Any = PeftModel.from_pretrained(base.model, str(folder))
        model = tuned.merge_and_unload().eval()
    return replace(base, model=model, source=f"{folder.name}@{digest}", card=card)


def _gguf(path: Path, *, embedded: bool) -> Base:
    require("a GGUF file", "gguf")
    base = _read(
        str(path.parent),
        None,
        digest=file_sha256(path)[:12],
        label=EMBEDDED if embedded else path.name,
        gguf_file=path.name,
    )
    return replace(base, licence=DEFAULT_MODEL.licence) if embedded else base


def _read(place: str, settings: Settings | None, *, digest: str = "", label: str = "", **how: Any) -> Base:
    """Through transformers; without a digest, that of the hub's commit."""
    how["local_files_only"] = settings is None or settings.offline or bool(digest)
    try:
        with quiet():
            tokenizer: Any = AutoTokenizer.from_pretrained(place, **how)
            model: Any = AutoModelForCausalLM.from_pretrained(place, dtype=torch.float32, **how)
    # A folder may hold anything, and so may what transformers raises on it.
    except Exception as broken:
        raise _no_base(label or place, type(broken).__name__) from broken
    if not tokenizer.chat_template or not tokenizer.is_fast or tokenizer.eos_token_id is None:
        raise ModelError(
            "generate.template",
            received=f"{label or place}, without a chat template, an end token or a fast tokenizer",
            allowed="a model that was made for chat",
            fix="Start from an instruct or chat model.",
        )
    if tokenizer.pad_token_id is None:
        tokenizer.pad_token = tokenizer.eos_token
    tokenizer.padding_side = "left"
    digest = digest or str(getattr(model.config, "_commit_hash", None) or "unknown")[:12]
    return Base(model=model.eval(), tokenizer=tokenizer, source=f"{label or place}@{digest}")


def _digest(folder: Path) -> str:
    """Of all weights of a folder."""
    files = sorted(path for pattern in _WEIGHTS for path in folder.glob(pattern))
    return "-".join(file_sha256(path)[:12] for path in files) or "unknown"


def _no_base(name: str, received: str) -> ModelError:
    return ModelError(
        "generate.base",
        received=f"{shorten(name)}: {received}",
        allowed="embedded, a GGUF file, a folder of a causal model, or hf:NAME",
        fix="Correct model, or fetch the model again.",
    )


@contextmanager
def quiet() -> Iterator[None]:
    """Without the bars and remarks of transformers, which go to standard error."""
    level = transformers_logging.get_verbosity()
    bars = transformers_logging.is_progress_bar_enabled()
    transformers_logging.set_verbosity(logging.CRITICAL)
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        # The bar over the tensors of a GGUF file cannot be turned off.
        with warnings.catch_warnings(), redirect_stderr(io.StringIO()):
            # peft 0.21 still asks transformers by the old name.
            warnings.filterwarnings("ignore", message="`is_gradient_checkpointing`", category=FutureWarning)
            yield
    finally:
        transformers_logging.set_verbosity(level)
        if bars:
            transformers_logging.enable_progress_bar()  # type: ignore[no-untyped-call]
