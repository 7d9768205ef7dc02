"""Folders in Hugging Face format: reading the prediction head of a checkpoint, and writing one of our own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, from_numpy

from tongli.core import FloatArray
from tongli.core.whole_file import write_whole
from tongli.core.writing import GOES_ON, writing
from tongli.encoders.weights import BertWeights
from tongli.learning.pretrain.network import Predictor
from tongli.learning.train.network import to_tensors

CONFIG, WEIGHTS, TOKENIZER = "config.json", "model.safetensors", "tokenizer.json"

_HEADS = (
    # BERT's names, then those of RoBERTa, XLM-R and CamemBERT
    {
        "dense": "cls.predictions.transform.dense.weight",
        "dense_bias": "cls.predictions.transform.dense.bias",
        "scale": "cls.predictions.transform.LayerNorm.weight",
        "shift": "cls.predictions.transform.LayerNorm.bias",
        "bias": "cls.predictions.bias",
    },
    {
        "dense": "lm_head.dense.weight",
        "dense_bias": "lm_head.dense.bias",
        "scale": "lm_head.layer_norm.weight",
        "shift": "lm_head.layer_norm.bias",
        "bias": "lm_head.bias",
    },
)


def checkpoint_folder(model: str) -> Path | None:
    """The folder behind ``embedded`` (none), a folder, or ``hf:NAME`` that was fetched before."""
    if not model.startswith("hf:"):
        folder = Path(model).expanduser()
        return folder if folder.is_dir() and model != "embedded" else None
    from huggingface_hub import try_to_load_from_cache

    found = try_to_load_from_cache(model[3:], WEIGHTS)
    return Path(found).parent if isinstance(found, str) else None


def read_predictor(model: str) -> Predictor | None:
    """The prediction head of a checkpoint, or ``None`` when it is a plain encoder."""
    folder = checkpoint_folder(model)
    if folder is None:
        return None
    try:
        with safe_open(folder / WEIGHTS, framework="numpy") as file:
            names = set(file.keys())
            for head in _HEADS:
                if names.issuperset(head.values()):
                    found = {
                        part: np.asarray(file.get_tensor(name), np.float32) for part, name in head.items()
                    }
                    return _predictor(found)
    except (OSError, SafetensorError):  # reading the encoder from there tells what is wrong
        return None
    return None


def write_checkpoint(
    folder: Path, *, weights: BertWeights, predictor: Predictor, tokenizer: bytes, special: Mapping[str, str]
) -> None:
    """Write ``config.json``, ``model.safetensors`` and the tokenizer, each whole or not at all.

    Whatever family the encoder is from, it is written as BERT, with positions that count from 0 and the first
    token type added to them.

    Args:
        folder: exists.
        weights: of the encoder.
        predictor: the head, kept so that pre-training can go on from here.
        tokenizer: content of ``tokenizer.json``.
        special: such as ``{"mask_token": "<mask>"}``.

    Raises:
        StorageError: ``pretrain.unwritable``.
    """
    settings = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": weights.max_tokens}
    with writing(
        "pretrain.unwritable",
        folder,
        allowed="a writable folder with space for the whole encoder",
        fix=GOES_ON,
        also=(SafetensorError,),
    ):
        part = folder / f"{WEIGHTS}.part"
        save_file(_tensors(weights, predictor), part, metadata={"format": "pt"})
        part.replace(folder / WEIGHTS)
        write_whole(folder / CONFIG, _json(_config(weights)))
        write_whole(folder / TOKENIZER, tokenizer)
        write_whole(folder / "tokenizer_config.json", _json({**settings, **special}))


def _predictor(found: Mapping[str, FloatArray]) -> Predictor:
    return Predictor(
        dense=found["dense"],
        dense_bias=found["dense_bias"],
        norm=(found["scale"], found["shift"]),
        bias=found["bias"],
    )


def _tensors(weights: BertWeights, predictor: Predictor) -> dict[str, Tensor]:
    """Under the names of ``BertForMaskedLM``; the output matrix is the token embeddings, not repeated."""
    arrays = {
        "bert.embeddings.word_embeddings.weight": weights.words,
        "bert.embeddings.position_embeddings.weight": weights.positions,
        "bert.embeddings.token_type_embeddings.weight": np.zeros((2, weights.hidden), np.float32),
        "bert.embeddings.LayerNorm.weight": weights.embedding_norm[0],
        "bert.embeddings.LayerNorm.bias": weights.embedding_norm[1],
        **dict(
            zip(
                _HEADS[0].values(),
                (predictor.dense, predictor.dense_bias, *predictor.norm, predictor.bias),
                strict=True,
            )
        ),
    }
    tensors = {name: from_numpy(np.array(value, np.float32, order="C")) for name, value in arrays.items()}
    for index, layer in enumerate(weights.layers):
        for name, value in to_tensors(layer).items():
            tensors[f"bert.encoder.layer.{index}.{name}"] = value
    return tensors


def _config(weights: BertWeights) -> dict[str, Any]:
    return {
        "architectures": ["BertForMaskedLM"],
        "model_type": "bert",
        "vocab_size": len(weights.words),
        "hidden_size": weights.hidden,
        "num_hidden_layers": len(weights.layers),
        "num_attention_heads": weights.heads,
        "intermediate_size": weights.layers[0].up.shape[1],
        "hidden_act": "gelu",
        "max_position_embeddings": weights.max_tokens,
        "type_vocab_size": 2,
        "layer_norm_eps": weights.epsilon,
        "pad_token_id": weights.pad_id,
        "tie_word_embeddings": True,
    }


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
