"""Texts per second of a Hugging Face classifier of RoBERTa-base size in fp32: what annotate is compared with.

    python benchmarks/transformers_pipeline.py texts.jsonl --batch-size 8

The weights are random, on which speed does not depend; the tokenizer is the embedded encoder's, so both
read the same texts in the same pieces. With that vocabulary the model is XLM-RoBERTa-base in size: the
embedding table adds memory but no work. Prints JSON; loading and a warm-up are not part of the rate.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from measurement import at_least_one, cores, require
from texts import embedded_tokenizer, read_texts

Classify = Callable[[Sequence[str]], object]

LABELS = 6
_POSITIONS = 514
_WARM_UP = 64


def classifier(*, batch_size: int, threads: int) -> Classify:
    """The pipeline, on ``threads`` threads; returns every label's score, as annotate does."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    import torch
    from transformers import (
        PreTrainedTokenizerFast,
        RobertaConfig,
        RobertaForSequenceClassification,
        pipeline,
    )

    torch.set_num_threads(threads)
    torch.manual_seed(0)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=embedded_tokenizer(),
        bos_token="<s>",
        cls_token="<s>",
        eos_token="</s>",
        sep_token="</s>",
        unk_token="<unk>",
        pad_token="<pad>",
        model_max_length=_POSITIONS - 2,
    )
    config = RobertaConfig(
        vocab_size=len(tokenizer),
        max_position_embeddings=_POSITIONS,
        type_vocab_size=1,
        num_labels=LABELS,
        pad_token_id=tokenizer.pad_token_id,
    )
    model = RobertaForSequenceClassification(config).eval()
    pipe = pipeline("text-classification", model=model, tokenizer=tokenizer, device="cpu", top_k=None)
    return lambda texts: pipe(list(texts), batch_size=batch_size, function_to_apply="sigmoid")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", type=Path, help="JSON lines with a text each")
    parser.add_argument("--batch-size", type=at_least_one, default=8)
    parser.add_argument("--count", type=at_least_one, help="first texts only")
    parser.add_argument("--threads", type=at_least_one, default=cores())
    options = parser.parse_args()
    require("torch", "transformers")
    texts = read_texts(options.texts)[: options.count]
    start = time.perf_counter()
    classify = classifier(batch_size=options.batch_size, threads=options.threads)
    loading = time.perf_counter() - start
    classify(texts[:_WARM_UP])
    start = time.perf_counter()
    classify(texts)
    seconds = time.perf_counter() - start
    print(json.dumps({"load_s": loading, "seconds": seconds, "texts_per_s": len(texts) / seconds}))


if __name__ == "__main__":
    main()
