"""Weights of the evidence that a form addresses, fitted to marked texts and to informal ones.

    python scripts/register_evidence.py --data DATA [--out src/tongli/knowledge/register]

Two sources for Spanish, Italian and Portuguese, of which one weight a feature is kept (word forms and what
stands beside them), never a sentence:

* ``formality_mt`` (CoCoA-MT, CDLA-Sharing-1.0): marked phrases of formal texts, only those of the side
  ``develop`` (see ``benchmarks/formality_rewrite.py``), so that the other side stays unseen;
* ``xed`` (XED, CC BY 4.0): lines that address somebody informally, made formal by the rules: what the rules
  changed addresses, what they did not change does not.

The weights of an encoder's states (``address.npz``) are fitted beside: to the state of each form and to the
log odds that weights fitted without its text give it. Needs scikit-learn and the embedded model.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from tongli.core import FloatArray, Span, Tokens
from tongli.core.edit import apply_edits
from tongli.encoders.text import TextEncoder
from tongli.generation.adapt.register import shift
from tongli.generation.adapt.register.draft import Draft
from tongli.generation.adapt.register.evidence import BIAS, CLEAR
from tongli.generation.adapt.register.romance import candidates, described
from tongli.knowledge.register import words

MODULES = {"es": "spanish", "it": "italian", "pt": "portuguese"}
SMALLEST = 0.02
"""Weights nearer to zero than this are left out."""
FEWEST = 2
"""Features seen less often are left out: they would remember single texts."""
SILVER = 0.3
"""Weight of a form that the rules marked, beside one that a person marked."""
OTHERS = {
    "es": frozenset({"usted", "ustedes", "señor", "señora", "vosotros", "os"}),
    "it": frozenset({"lei", "voi", "vi", "signore", "signora", "loro"}),
    "pt": frozenset({"você", "vocês", "senhor", "senhora", "vós"}),
}
"""Words of lines that may already be formal, or speak to several people."""


BATCH = 256
FOLDS = 5
SCALE = 0.1
"""Of standardised states beside the other evidence: how much a state may weigh."""


@dataclass(frozen=True, slots=True)
class Example:
    """A form with its kind and features, whether it addresses, whether a person said so, and where it is."""

    lang: str
    kind: str
    features: list[str]
    marked: bool
    gold: bool
    text: str
    index: int
    group: str

    @property
    def fold(self) -> int:
        """Part of the examples that it belongs to, all of one source together."""
        return hashlib.sha256(self.group.encode()).digest()[1] % FOLDS


def records(path: Path) -> Iterator[dict[str, Any]]:
    """Records of a gzip JSONL file in our languages."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from (row for row in map(json.loads, file) if row["lang"] in MODULES)


def modules() -> dict[str, ModuleType]:
    """Rules of every language."""
    return {lang: import_module(f"tongli.generation.adapt.register.{name}") for lang, name in MODULES.items()}


def examples(
    text: str, *, lang: str, module: ModuleType, marks: list[Span], source: str = ""
) -> Iterator[Example]:
    """Every uncertain form of a formal text; ``source``: of a text that a person marked."""
    draft = Draft(text)
    found = list(candidates(draft, module.candidate))
    seen: list[bool] = []
    for place, (index, candidate) in enumerate(found):
        word = draft.words[index]
        marked = any(start < word.end and word.start < end for start, end in marks)
        if not candidate.certain:
            shown = described(draft, found, place, seen=seen, words=words(lang))
            yield Example(lang, candidate.kind, shown, marked, bool(source), text, index, source or text)
        seen.append(marked or candidate.certain)


def gold(data: Path) -> Iterator[Example]:
    """Forms that people marked, on the side that may be learnt from."""
    rules = modules()
    for row in records(data / "formality_mt" / "train.jsonl.gz"):
        if hashlib.sha256(row["en"].encode()).digest()[0] < 128:
            lang, marks = row["lang"], [tuple(span) for span in row["formal_spans"]]
            yield from examples(row["formal"], lang=lang, module=rules[lang], marks=marks, source=row["en"])


def silver(data: Path) -> Iterator[Example]:
    """Forms of informal lines that the rules made formal."""
    rules = modules()
    for part in ("train", "dev"):
        for row in records(data / "xed" / f"{part}.jsonl.gz"):
            lang, text = row["lang"], row["text"]
            words = {word.low for word in Draft(text).words}
            edits = shift(text, lang=lang, to="formal").edits
            if len(words) < 2 or words & OTHERS[lang] or (not edits and "?" in text):
                continue
            marks, moved = [], 0
            for edit in edits:
                start = edit.span[0] + moved
                marks.append((start, start + len(edit.after)))
                moved += len(edit.after) - len(edit.before)
            formal = apply_edits(text, edits)
            yield from examples(formal, lang=lang, module=rules[lang], marks=marks)


def fit(found: list[Example], *, strength: float) -> dict[str, dict[str, float]]:
    """Language → feature → weight, of one logistic regression with an L2 penalty.

    Every feature counts once for all, once for its language and once for what people marked, so that what
    they share is learnt from all of them. ``strength`` is the inverse of the penalty.

    References:
        Daumé III (2007), "Frustratingly Easy Domain Adaptation", ACL.
    """
    counts = Counter((example.lang, feature) for example in found for feature in set(example.features))
    rows = []
    for example in found:
        lang = example.lang
        kept = [BIAS, *(feature for feature in example.features if counts[lang, feature] >= FEWEST)]
        views = ("", f"{lang}|", "gold|", f"gold|{lang}|") if example.gold else ("", f"{lang}|")
        rows.append({view + feature: 1 for feature in kept for view in views})
    vectors = DictVectorizer()
    model = LogisticRegression(C=strength, max_iter=1000, fit_intercept=False)
    weights = [1.0 if example.gold else SILVER for example in found]
    model.fit(vectors.fit_transform(rows), [example.marked for example in found], sample_weight=weights)
    learnt = dict(zip(vectors.get_feature_names_out(), map(float, model.coef_[0]), strict=True))
    known = {lang: [BIAS, *(name for of, name in counts if of == lang)] for lang in MODULES}
    return {
        lang: {
            name: sum(learnt.get(view + name, 0.0) for view in ("", f"{lang}|", "gold|", f"gold|{lang}|"))
            for name in known[lang]
        }
        for lang in MODULES
    }


def held_out(found: list[Example], *, strength: float) -> FloatArray:
    """Log odds of every example by weights that were fitted without its part, ``(examples,)``."""
    odds = np.zeros(len(found))
    for fold in range(FOLDS):
        learnt = fit([example for example in found if example.fold != fold], strength=strength)
        for place, example in enumerate(found):
            if example.fold == fold:
                known = learnt[example.lang]
                odds[place] = known[BIAS] + sum(known.get(name, 0.0) for name in example.features)
    return np.clip(odds, -CLEAR, CLEAR)


def states(found: list[Example], encoder: TextEncoder) -> FloatArray:
    """The encoder's state of every form, ``(examples, hidden)``; zeros where it has none."""
    places: dict[str, list[int]] = {}
    for place, example in enumerate(found):
        places.setdefault(example.text, []).append(place)
    texts = list(places)
    rows = np.zeros((len(found), encoder.tokens(["x"])[0].states.shape[1]), np.float32)
    for start in range(0, len(texts), BATCH):
        batch = texts[start : start + BATCH]
        for text, tokens in zip(batch, encoder.tokens(batch), strict=True):
            draft = Draft(text, tokens=partial(same_tokens, tokens))
            for place in places[text]:
                state = draft.state(found[place].index)
                rows[place] = 0 if state is None else state
    return rows


def same_tokens(tokens: Tokens, _: Sequence[str]) -> list[Tokens]:
    """The states of one text, whatever is asked for: with ``functools.partial`` what a draft reads."""
    return [tokens]


def fit_states(
    found: list[Example], odds: FloatArray, seen: FloatArray, *, strength: float
) -> dict[str, Any]:
    """Weights of states and of the other log odds, of one logistic regression, as :func:`fit` else."""
    mean, spread = seen.mean(axis=0), seen.std(axis=0) + 1e-6
    rows = np.column_stack([odds, np.ones(len(found)), (seen - mean) / spread * SCALE])
    gold = np.array([[example.gold] for example in found])
    model = LogisticRegression(C=strength, max_iter=1000, fit_intercept=False)
    weights = np.where(gold[:, 0], 1.0, SILVER)
    model.fit(np.hstack([rows, rows * gold]), [example.marked for example in found], sample_weight=weights)
    scale, offset, *vector = model.coef_[0].reshape(2, -1).sum(axis=0)
    vector = np.asarray(vector) * SCALE / spread
    return {"vector": vector.astype(np.float32), "scale": scale, "offset": offset - float(mean @ vector)}


def main() -> None:
    """Fit, and write one table a language."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--out", type=Path, default=Path("src/tongli/knowledge/register"))
    parser.add_argument("--strength", type=float, default=0.3)
    chosen = parser.parse_args()
    found = [*gold(chosen.data), *silver(chosen.data)]
    head = (
        "# Log odds that a form addresses, by feature; counted by scripts/register_evidence.py in CoCoA-MT "
        "(CDLA-Sharing-1.0) and XED (CC BY 4.0)."
    )
    for lang, weights in fit(found, strength=chosen.strength).items():
        lines = [
            f"{name}\t{weight:.2f}" for name, weight in sorted(weights.items()) if abs(weight) >= SMALLEST
        ]
        (chosen.out / f"evidence_{lang}.tsv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    encoder = TextEncoder()
    odds = held_out(found, strength=chosen.strength)
    learnt = fit_states(found, odds, states(found, encoder), strength=chosen.strength)
    np.savez(chosen.out / "address.npz", encoder=encoder.tokens(["x"])[0].encoder, **learnt)


if __name__ == "__main__":
    main()
