"""Measures of generated texts: overlap with references, and variety.

References:
    Papineni et al. (2002), BLEU; Popović (2015), chrF.
    Post (2018), "A call for clarity in reporting BLEU scores", WMT.
    Lin (2004), ROUGE.
    Li et al. (2016), "A diversity-promoting objective function for neural conversation models", NAACL.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from itertools import chain
from typing import Any

import numpy as np
import regex

from tongli.core import InputError
from tongli.learning.extra import require

_TOKEN = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]\p{M}*|[\p{L}\p{N}\p{M}]+|\p{S}"
)
"""Words; in scripts without spaces characters."""

_BLEU_TOKENS = {"zh": "zh", "ja": "char", "th": "char", "lo": "char", "km": "char", "my": "char"}
_ROUGE = ("rouge1", "rouge2", "rougeL")


def bleu(texts: Sequence[str], references: Sequence[str], *, lang: str = "und") -> float:
    """Corpus BLEU in 0..100 by sacreBLEU; by characters where a script has no spaces.

    Raises:
        ConfigError: ``extra.missing`` when sacrebleu is not installed.
        InputError: ``evaluate.references``.
    """
    _check(texts, references)
    tokens = _BLEU_TOKENS.get(lang.partition("-")[0], "13a")
    return float(_optional("sacrebleu").corpus_bleu(list(texts), [list(references)], tokenize=tokens).score)


def chrf(texts: Sequence[str], references: Sequence[str]) -> float:
    """Corpus chrF2 in 0..100 by sacreBLEU; errors as :func:`bleu`."""
    _check(texts, references)
    return float(_optional("sacrebleu").corpus_chrf(list(texts), [list(references)]).score)


def rouge(texts: Sequence[str], references: Sequence[str]) -> dict[str, float]:
    """Mean F of ROUGE-1, ROUGE-2 and ROUGE-L in 0..1, words in any script; errors as :func:`bleu`."""
    _check(texts, references)
    scorer = _optional("rouge_score.rouge_scorer").RougeScorer(list(_ROUGE), tokenizer=_Tokenizer())
    found = [scorer.score(reference, text) for text, reference in zip(texts, references, strict=True)]
    return {name: float(np.mean([row[name].fmeasure for row in found])) for name in _ROUGE}


def distinct(texts: Sequence[str], *, n: int) -> float:
    """Dist-n: distinct n-grams to all n-grams of all texts, 0..1; nan when there is none."""
    grams = list(chain.from_iterable(_grams(tokens(text), n) for text in texts))
    return len(set(grams)) / len(grams) if grams else np.nan


def measure_texts(texts: Sequence[str], references: Sequence[str] | None, *, lang: str) -> dict[str, float]:
    """Every measure of generated texts by name; without references only variety."""
    found = {f"dist_{n}": distinct(texts, n=n) for n in (1, 2)}
    if references is None:
        return found
    overlap = {"bleu": bleu(texts, references, lang=lang), "chrf": chrf(texts, references)}
    return {**overlap, **rouge(texts, references), **found}


def tokens(text: str) -> list[str]:
    """Lower-case words and symbols; characters in scripts without spaces."""
    return _TOKEN.findall(text.lower())


class _Tokenizer:
    """In the form that rouge-score asks for; its own one drops every letter outside a–z."""

    def tokenize(self, text: str) -> list[str]:
        return tokens(text)


def _grams(words: list[str], n: int) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + n]) for at in range(len(words) - n + 1)]


def _optional(module: str) -> Any:
    require("a measure of texts", module.partition(".")[0])
    return import_module(module)


def _check(texts: Sequence[str], references: Sequence[str]) -> None:
    if not texts or len(texts) != len(references):
        raise InputError(
            "evaluate.references",
            received=f"{len(texts)} texts and {len(references)} references",
            allowed="at least one text, and one reference a text",
            fix="Give every text its reference.",
        )
