"""A BERT-family checkpoint of a few kilobytes and heads for it: random weights, real file formats."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

from tongli.core import FloatArray
from tongli.emotion.card import Calibration, Card, Source, Thresholds
from tongli.emotion.head import Arrays
from tongli.encoders.calibration import calibration_texts
from tongli.knowledge.schemes import SCHEMES

_HIDDEN, _INNER, _HEADS, _LAYERS, _VOCABULARY, _POSITIONS = 32, 64, 4, 3, 1500, 64
_SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]


def tiny_checkpoint(folder: Path, *, kind: str = "bert", seed: int = 0, prefix: str = "") -> Path:
    """Write ``config.json``, ``model.safetensors`` and ``tokenizer.json``; returns the folder.

    Args:
        folder: created when missing.
        kind: ``bert``, ``roberta``, ``xlm-roberta`` or ``camembert``; decides position offsets.
        seed: of the random weights.
        prefix: of the tensor names, as in ``"roberta."``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = _tokenizer()
    tokenizer.save(str(folder / "tokenizer.json"))
    pad_id = _SPECIAL.index("<pad>")
    offset = 0 if kind == "bert" else pad_id + 1
    config: Mapping[str, Any] = {
        "model_type": kind,
        "hidden_size": _HIDDEN,
        "intermediate_size": _INNER,
        "num_attention_heads": _HEADS,
        "num_hidden_layers": _LAYERS,
        "vocab_size": tokenizer.get_vocab_size(),
        "max_position_embeddings": _POSITIONS + offset,
        "type_vocab_size": 2,
        "layer_norm_eps": 1e-12,
        "hidden_act": "gelu",
        "pad_token_id": pad_id,
    }
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    tensors = _tensors(tokenizer.get_vocab_size(), positions=_POSITIONS + offset, seed=seed)
    save_file({prefix + name: value for name, value in tensors.items()}, folder / "model.safetensors")
    return folder


def tiny_heads(folder: Path, *, encoder: str, width: int, seed: int = 0) -> Path:
    """Write every head of the schemes with random weights for features of ``width``; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(seed)
    for name, scheme in SCHEMES.items():
        labels = len(scheme.labels)
        middle = (scheme.low + scheme.high) / 2 if scheme.kind in {"ordinal", "regression"} else 0.0
        Arrays(
            mean=np.zeros(width, np.float32),
            scale=np.ones(width, np.float32),
            up=random.normal(0, 0.2, (width, 8)).astype(np.float32),
            up_bias=np.zeros(8, np.float32),
            down=random.normal(0, 0.5, (8, labels)).astype(np.float32),
            bias=np.full(labels, middle, np.float32),
        ).save(folder / f"{name}.safetensors")
        Card(
            head=name,
            encoder=encoder,
            labels=scheme.labels,
            data=(Source(name="random", licence="CC0-1.0", examples=0),),
            languages=("en", "es"),
            calibration=Calibration(slope=(1.0,) * labels, offset=(0.0,) * labels),
            thresholds=Thresholds(default=(0.5,) * labels),
            doubt=0.05,
            metrics={},
            seed=seed,
        ).save(folder / f"{name}.json")
    return folder


def _tokenizer() -> Tokenizer:
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    trainer = trainers.UnigramTrainer(
        vocab_size=_VOCABULARY,
        special_tokens=_SPECIAL,
        unk_token="<unk>",  # noqa: S106 - a token of the vocabulary, not a secret
        show_progress=False,
    )
    tokenizer.train_from_iterator(calibration_texts(), trainer)
    tokenizer.model = _settled(tokenizer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return tokenizer


def _settled(tokenizer: Tokenizer) -> models.Unigram:
    """The trained model with coarse scores and its pieces in a fixed order.

    Training sums in any order, and gives characters that occur once a rank among themselves at random.
    """
    trained = json.loads(tokenizer.to_str())["model"]
    special, pieces = trained["vocab"][: len(_SPECIAL)], trained["vocab"][len(_SPECIAL) :]
    coarse = [(piece, round(score, 1)) for piece, score in pieces]
    ranked = sorted(coarse, key=lambda item: (-item[1], item[0]))
    return models.Unigram([*map(tuple, special), *ranked], unk_id=trained["unk_id"], byte_fallback=False)


def _tensors(vocabulary: int, *, positions: int, seed: int) -> dict[str, FloatArray]:
    random = np.random.default_rng(seed)

    def normal(*shape: int) -> FloatArray:
        return random.normal(0, 0.2, shape).astype(np.float32)

    tensors = {
        "embeddings.word_embeddings.weight": normal(vocabulary, _HIDDEN),
        "embeddings.position_embeddings.weight": normal(positions, _HIDDEN),
        "embeddings.token_type_embeddings.weight": normal(2, _HIDDEN),
    }

    def norm(name: str) -> None:
        tensors[f"{name}.weight"] = 1 + normal(_HIDDEN)
        tensors[f"{name}.bias"] = normal(_HIDDEN)

    norm("embeddings.LayerNorm")
    for layer in range(_LAYERS):
        root = f"encoder.layer.{layer}"
        shapes = {
            "attention.self.query": (_HIDDEN, _HIDDEN),
            "attention.self.key": (_HIDDEN, _HIDDEN),
            "attention.self.value": (_HIDDEN, _HIDDEN),
            "attention.output.dense": (_HIDDEN, _HIDDEN),
            "intermediate.dense": (_INNER, _HIDDEN),
            "output.dense": (_HIDDEN, _INNER),
        }
        for name, shape in shapes.items():
            tensors[f"{root}.{name}.weight"] = normal(*shape)
            tensors[f"{root}.{name}.bias"] = normal(shape[0])
        norm(f"{root}.attention.output.LayerNorm")
        norm(f"{root}.output.LayerNorm")
    return tensors
