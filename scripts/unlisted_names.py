"""Build what tells names that are on no list: a filter of ordinary words, and the weights of a linear model.

    pip install "tongli[train]" faker==40.54.0 scikit-learn
    python scripts/unlisted_names.py --data DATA src/tongli/encoders/impersonal

Ordinary words are those that the training texts that may ship, which ``DATA`` holds, write small twice or
more; in scripts without capitals, those they hold three times; German nouns; whole words among the pieces
of the encoder's vocabulary; territories, cities, languages, months and days of CLDR. Listed names are none.

Examples of names are listed names in the texts, and any listed name in the place of another, of a pronoun of
the third person, or of a word for a person; a name is drawn at random, so that none has a context, gender or
rank of its own. Examples of other words are words that the list does not have: at the start of a sentence
those that are written small elsewhere, in German all nouns, in scripts without capitals all. No set for
measuring was used.
"""

from __future__ import annotations

import argparse
import importlib
import json
import random
import sys
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import name_list
import numpy as np

from tongli.core import Settings
from tongli.encoders.impersonal.lists import has_capitals, lists, script_of
from tongli.encoders.impersonal.rewriting import NEW_SENTENCE, titled
from tongli.encoders.impersonal.spelling import WORD, fold, split
from tongli.encoders.impersonal.told import Told
from tongli.encoders.impersonal.unlisted import (
    BUCKETS,
    COUNTED,
    EVERY,
    STEP,
    UNCASED,
    bits,
    bucket,
    entry,
    features,
    features_unspaced,
    stems,
)
from tongli.encoders.store import prepare
from tongli.learning.tasks import TASKS, load

OURS = Path(__file__).with_suffix(".toml")
BITS_A_WORD = 14
TAUGHT = {"Latn", "Cyrl", "Grek", *UNCASED}
TIMES = 2
TIMES_UNCASED = 3
"""So often in the texts, a word is ordinary."""
WELL_TAUGHT = {"en", "es", "de", "fr", "it", "pt", "ru", "tr", "ar", "hi", "ary", "mr", "uk"}
MOST, MOST_ELSEWHERE = 6000, 2500
"""Examples of names of a language and kind."""
MOST_ORDINARY, MOST_STRANGE = 1500, 16000
"""Examples of ordinary words, and of those that the filter does not know."""
MOST_DRAWN = 6
"""Names drawn for one place."""
STRENGTH = 0.1
"""Inverse strength of the penalty on the weights."""

Place = tuple[Sequence[str], int, "str | None"]


@dataclass
class Examples:
    """Buckets of the features of each example, and whether it is a name."""

    rows: list[list[int]] = field(default_factory=list)
    names: list[int] = field(default_factory=list)

    def add(self, found: Sequence[str], *, name: bool) -> None:
        """Features of one."""
        self.rows.append([bucket(feature) for feature in found])
        self.names.append(name)


@dataclass
class Words:
    """Counts of the training texts, the vocabulary of the encoder, and what follows from both."""

    texts: list[tuple[str, str]]
    pieces: list[str]
    counts: name_list.Counts
    places: set[str]

    @cached_property
    def certain(self) -> set[str]:
        """Listed names that are nothing else."""
        return {name for name, languages in lists().names.items() if not languages}

    @cached_property
    def ordinary(self) -> set[str]:
        """Folded ordinary words of all languages."""
        small = {
            word for words in self.counts.small.values() for word, times in words.items() if times >= TIMES
        }
        nouns = {word for word, times in self.counts.capital["de"].items() if times >= TIMES}
        nouns -= set(lists().names)
        uncased = {word for word, times in self.counts.uncased.items() if times >= TIMES_UNCASED}
        whole = {
            fold(piece[1:])
            for piece in self.pieces
            if piece[0] == "▁" and WORD.fullmatch(piece[1:]) and _is_small(piece[1:])
        }
        han = {word for piece in self.pieces if _is_han(word := piece.lstrip("▁")) and len(word) > 1}
        found = small | nouns | {word for word in uncased if script_of(word) in UNCASED} | whole | han
        return (found | self.places) - self.certain

    def of_language(self, lang: str) -> set[str]:
        """Ordinary words that texts of a language write small, be it once; German nouns."""
        found = set(self.counts.small[lang])
        if lang == "de":
            found |= {word for word, times in self.counts.capital["de"].items() if times >= TIMES}
        return found & self.ordinary

    @cached_property
    def of_no_language(self) -> set[str]:
        """Ordinary words that no text tells the language of: pieces of the vocabulary, places."""
        small = {word for words in self.counts.small.values() for word in words}
        return (self.ordinary - small - set(self.counts.capital["de"])) | (self.places & self.ordinary)

    def inflected(self, data: dict[str, str]) -> set[str]:
        """Those whose other forms count as well."""
        small = (self.counts.small[lang] for lang in data["small"].split())
        found = {word for words in small for word, times in words.items() if times >= TIMES}
        found |= {word for word in self.counts.capital["de"] if word not in lists().names}
        scripts = set(data["scripts"].split())
        return {word for word in self.ordinary if word in found or script_of(word) in scripts}


def _is_small(word: str) -> bool:
    return script_of(word) in UNCASED or word[:1].islower()


def _is_han(word: str) -> bool:
    return bool(word) and script_of(word) == "Hans"


def read(data: Path) -> Words:
    """The sources."""
    texts = sorted(
        {(example.text, example.lang) for task in TASKS.values() for example in load(task.train, data=data)}
    )
    folder = prepare("embedded", Settings.from_env()).folder
    vocabulary = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    counts = name_list.count(data)
    territories, others, _ = name_list.of_cldr(set(counts.languages))
    return Words(texts, [piece for piece, _ in vocabulary if len(piece) > 1], counts, territories | others)


def ordinary_filter(words: Words, data: dict[str, str]) -> bytes:
    """The filter of ordinary words and their stems: of all languages, of each, and of none that is known."""
    inflected = words.inflected(data)
    groups: dict[str | None, set[str]] = {None: words.ordinary, EVERY: words.of_no_language}
    groups.update((lang, words.of_language(lang)) for lang in sorted(COUNTED))
    entries = {entry(word, lang=lang) for lang, found in groups.items() for word in found}
    for lang in (None, EVERY, *data["small"].split()):
        found = {stem for word in groups[lang] & inflected for stem in stems(word)}
        entries |= {entry(f"{stem}-", lang=lang) for stem in found}
    size = len(entries) * BITS_A_WORD // 8
    found = bytearray(size)
    for key in entries:
        for bit in bits(key, size=size):
            found[bit >> 3] |= 1 << (bit & 7)
    return bytes(found)


def examples(words: Words, ours: dict[str, Any], draw: random.Random) -> Examples:
    """Words with spaces around them."""
    slots = _slots(ours["slots"])
    names: dict[tuple[str, str, bool], list[Place]] = defaultdict(list)
    others: dict[tuple[str, str, bool], list[Place]] = defaultdict(list)
    for text, tag in words.texts:
        lang = tag.partition("-")[0]
        parts, (lower, folded) = WORD.split(text), split(text)
        if lang in {"zh", "ja", "th", "ko", "und"} or len(parts) < 5 or titled(parts[1::2]):
            continue
        told = Told(parts, lower, folded, lists()).language
        for place in range(1, len(parts), 2):
            script, name = script_of(parts[place]), folded[place]
            if script not in TAUGHT or len(name) < 2:
                continue
            if name in slots[lang]:
                names[lang, script, False].append((_without_brackets(folded, place), place, told))
            elif (is_name := _is_name(words, parts, folded, place, lang=lang)) is not None:
                group = names[lang, script, True] if is_name else others[lang, script, name in words.ordinary]
                group.append((folded, place, told))
    return _sample(words, names, others, draw)


def _sample(
    words: Words,
    names: dict[tuple[str, str, bool], list[Place]],
    others: dict[tuple[str, str, bool], list[Place]],
    draw: random.Random,
) -> Examples:
    listed: dict[str, list[str]] = defaultdict(list)
    for name in sorted(words.certain):
        listed[script_of(name)].append(name)
    found = Examples()
    for (lang, script, as_written), places in names.items():
        most = MOST if lang in WELL_TAUGHT else MOST_ELSEWHERE
        chosen = places if len(places) <= most else draw.sample(places, most)
        for folded, place, told in chosen:
            if as_written:
                found.add(features(folded, place, lang=told), name=True)
            for _ in range(max(1, min(MOST_DRAWN, most // len(chosen)))):
                other = [*folded[:place], draw.choice(listed[script]), *folded[place + 1 :]]
                found.add(features(other, place, lang=told), name=True)
    for (_, _, is_ordinary), places in others.items():
        most = MOST_ORDINARY if is_ordinary else MOST_STRANGE
        for folded, place, told in places if len(places) <= most else draw.sample(places, most):
            found.add(features(folded, place, lang=told), name=False)
    return found


def _slots(ours: dict[str, str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for word, forms in lists().pronouns.items():
        for lang, form in forms.items():
            if form.startswith("@") and "'" not in form and word not in lists().more[lang].get("things", ()):
                found[lang].add(fold(word))
    for lang, text in ours.items():
        found[lang] |= {fold(word) for word in text.split()}
    return found


def _without_brackets(folded: Sequence[str], place: int) -> Sequence[str]:
    """GoEmotions writes names as ``[NAME]``."""
    if not (folded[place - 1].endswith("[") and folded[place + 1].startswith("]")):
        return folded
    left, right = folded[place - 1][:-1], folded[place + 1][1:]
    return [*folded[: place - 1], left, folded[place], right, *folded[place + 2 :]]


def _is_name(words: Words, parts: list[str], folded: list[str], place: int, *, lang: str) -> bool | None:
    """Whether a word is a name, ``None`` where it cannot be told."""
    word, name = parts[place], folded[place]
    if not has_capitals(word):
        return name in words.certain
    if not word[0].isupper() or word.isupper():
        return None
    if name in words.certain:
        return True
    if name in lists().names:
        return None
    inside = place > 1 and not NEW_SENTENCE.search(parts[place - 1])
    small = name in words.ordinary or name in words.counts.small[lang]
    return False if lang == "de" or (small and not inside) else None


def chinese(words: Words, ours: dict[str, str], draw: random.Random, found: Examples) -> None:
    """Characters where a clause begins and behind words that come before persons."""
    unspaced = importlib.import_module("tongli.encoders.impersonal.unspaced")
    alternatives = sorted(ours["slots"].split(), key=len, reverse=True)
    for text, tag in words.texts:
        if not tag.startswith("zh"):
            continue
        for match in unspaced.ZH_SLOT.finditer(text):
            start = match.start()
            slot = next((word for word in alternatives if text.startswith(word, start)), None)
            if slot is None:
                _spans(text, start, 0, found)
                continue
            for _ in range(2):
                name = _chinese_name(unspaced.zh_characters(), ours["given"], draw)
                _spans(text[:start] + name + text[start + len(slot) :], start, len(name), found)


def _spans(text: str, start: int, length: int, found: Examples) -> None:
    for end in range(start + 2, min(start + 5, len(text)) + 1):
        if all(_is_han(char) for char in text[start:end]):
            found.add(features_unspaced(text, start, end), name=end - start == length)


def _chinese_name(characters: dict[str, str], more: str, draw: random.Random) -> str:
    given = characters["given"] + "".join(more.split())

    def some(pool: str, sizes: Sequence[int]) -> str:
        return "".join(draw.choice(pool) for _ in range(draw.choice(sizes)))

    kind = draw.random()
    if kind < 0.4:
        return some(characters["sounds"], (2, 2, 3, 3, 3, 4, 5))
    return some(given, (2,)) if kind < 0.75 else some(characters["surnames"], (1,)) + some(given, (1, 2))


def fit(found: Examples) -> bytes:
    """Weights of a logistic regression, one byte each."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    starts = np.concatenate([[0], np.cumsum([len(row) for row in found.rows])])
    columns = np.concatenate([np.asarray(row, np.int32) for row in found.rows])
    table = csr_matrix((np.ones(len(columns), np.float32), columns, starts), shape=(len(found.rows), BUCKETS))
    table.sum_duplicates()
    model = LogisticRegression(C=STRENGTH, solver="liblinear", fit_intercept=False, random_state=0)
    model.set_params(max_iter=150)
    model.fit(table, np.asarray(found.names))
    rounded = np.clip(np.round(model.coef_[0] / STEP), -127, 127).astype(np.int8)
    return bytes(rounded.tobytes())


def main() -> None:
    """Read the sources, write both files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("target", type=Path, help="folder for the two files")
    options = parser.parse_args()
    ours = tomllib.loads(OURS.read_text(encoding="utf-8"))
    words = read(options.data)
    (options.target / "ordinary.bloom").write_bytes(ordinary_filter(words, ours["inflected"]))
    draw = random.Random(0)  # noqa: S311 - no secret
    found = examples(words, ours, draw)
    chinese(words, ours["chinese"], draw, found)
    (options.target / "unlisted.weights").write_bytes(fit(found))
    sys.stdout.write(f"{len(words.ordinary):,} words, {len(found.rows):,} examples\n")


if __name__ == "__main__":
    main()
