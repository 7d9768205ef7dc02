"""Penn Treebank tags of English words, by an averaged perceptron of our own.

References:
    Collins (2002), "Discriminative Training Methods for Hidden Markov Models", EMNLP: averaged perceptron.
    Marcus, Santorini & Marcinkiewicz (1993), "Building a Large Annotated Corpus of English": the tags.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Weights of features by tag, and words that need none because their tag is always the same."""

    weights: Mapping[str, Mapping[str, float]]
    usual: Mapping[str, str]

    def tag(self, words: Sequence[str]) -> list[str]:
        """A tag for every word of one sentence, as it is written."""
        context = framed(words)
        before = last = ""
        tags: list[str] = []
        for at, word in enumerate(words):
            found = self.usual.get(context[at + 2]) or self.best(
                features(at + 2, word, context, last, before)
            )
            tags.append(found)
            before, last = last, found
        return tags

    def best(self, seen: Iterable[str]) -> str:
        """The tag with the highest sum of weights; a noun where nothing is known."""
        scores: dict[str, float] = {}
        for feature in seen:
            for name, weight in self.weights.get(feature, {}).items():
                scores[name] = scores.get(name, 0.0) + weight
        return max(scores, key=lambda name: (scores[name], name), default="NN")


def normal(word: str) -> str:
    """A word as the features see it: lower case, numbers alike."""
    if word.isdigit():
        return "!year" if len(word) == 4 else "!digits"
    return word.lower().replace("’", "'")


def framed(words: Sequence[str]) -> list[str]:
    """Normal words with two marks on each side."""
    return ["-2", "-1", *map(normal, words), "+1", "+2"]


def features(at: int, word: str, context: Sequence[str], last: str, before: str) -> Iterator[str]:
    """What the tag of ``context[at]`` rests on; ``last`` and ``before`` are the two tags before it."""
    here, previous, following = context[at], context[at - 1], context[at + 1]
    yield f"w {here}"
    yield f"s {here[-3:]}"
    yield f"S {here[-2:]}"
    yield f"c {word[:1].isupper()} {at == 2}"
    yield f"t {last}"
    yield f"tt {last} {before}"
    yield f"tw {last} {here}"
    yield f"ts {last} {here[-3:]}"
    yield f"pw {previous}"
    yield f"pp {context[at - 2]}"
    yield f"nw {following}"
    yield f"ns {following[-3:]}"
    yield f"nn {context[at + 2]}"
    yield f"b {here} {following}"


@cache
def model() -> Model:
    """The model that ships, trained by ``scripts/english_tagger.py``."""
    raw = (files("tongli.knowledge") / "gender" / "en" / "tagger.json.gz").read_bytes()
    return Model(**json.loads(gzip.decompress(raw)))
