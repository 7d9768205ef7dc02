"""Fit what tells a translation that adds or leaves out something, and measure it on documents kept aside.

    python benchmarks/aligned_fit.py --data DATA [--write] [--json out.json]

Parallel sentences of NTREX-128's development part (Federmann et al. 2022, CC BY-SA 4.0): each sentence in two
random languages is a good translation; with a clause of another sentence put in, or one of its own taken out,
it is not. A quarter of the documents, by hash, is kept aside and reported: what is caught by kind and by
language, at the false alarms seen there, beside what the checks of negation and meaning catch. Other kinds of
faults (negation, modal verbs, quantities, opposites, names that change places) are planted in the English
sentences of these documents by rule; nothing is fitted on them. ``--write`` fits on all documents.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from measurement import Target, arguments, hardware, report, tell
from planted_pairs import perturbed
from tongli import Tongli
from tongli.core import FloatArray, Tokens
from tongli.generation.translate import aligned
from tongli.generation.translate.aligned import Fitted, centred, expanded, figures, gaps
from tongli.generation.verify.meaning import Sense, nearness
from tongli.knowledge.negation import negation
from tongli.knowledge.tags import primary

Words = npt.NDArray[np.str_]
Bools = npt.NDArray[np.bool_]
TARGET = Path(aligned.__file__).with_suffix(".npz")
STRENGTH = 0.05
"""Inverse penalty of the regression."""
ALARMS = 0.005
"""Share of good sentences of a language that its limit lets fail."""
EVERY = 2
"""Of that many sentences one is read, which is enough for the few weights."""
_CLAUSE = re.compile(r"[^,;:，；：、،؛—.!?。！？؟।]{12,80}")
_MARKS = ",;: ，；：、،؛—"
_ENDS = '.!?。！？؟।"”»」'


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, perhaps with a fault: its row, language, what was done to it, and its words."""

    row: int
    lang: str
    kind: str
    text: str


def rows(data: Path) -> list[dict[str, str]]:
    """Each sentence by language, with its document under ``doc``."""
    found = []
    with gzip.open(data / "ntrex" / "dev.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            found.append({"doc": record["doc"], "en": record["text"], **record["translations"]})
    return found[::EVERY]


def is_aside(doc: str) -> bool:
    """Whether a document is kept for the report."""
    return hashlib.sha256(doc.encode()).digest()[0] % 4 == 0


def added(text: str, other: str, draw: random.Random) -> str | None:
    """The text with a clause of another sentence, behind one of its own or at its end."""
    clauses = [found[0].strip(" " + _ENDS) for found in _CLAUSE.finditer(other)]
    if not clauses:
        return None
    clause, wide = draw.choice(clauses), bool(re.search("[\u3040-\u9fff]", text))
    mark = "，" if wide else ", "
    places = [found.end() for found in _CLAUSE.finditer(text)][:-1]
    end = len(text.rstrip(_ENDS + " "))
    at = draw.choice([*places, end, end])
    return text[:at] + mark + clause + text[at:]


def lost(text: str, draw: random.Random) -> str | None:
    """The text without one of its clauses."""
    clauses = [found.span() for found in _CLAUSE.finditer(text)]
    if len(clauses) < 2:
        return None
    start, end = draw.choice(clauses)
    left = (text[:start].rstrip(_MARKS) + text[end:]).strip(_MARKS)
    return left if len(left) > len(text) / 3 else None


def sentences(found: Sequence[Mapping[str, str]], seed: int = 3) -> Iterator[Sentence]:
    """Every sentence in every language as it is, and with faults."""
    draw = random.Random(seed)
    for at, row in enumerate(found):
        other = draw.choice(found)
        for lang in row:
            if lang == "doc":
                continue
            yield Sentence(at, lang, "", row[lang])
            if draw.random() < 0.3 and (text := added(row[lang], other[lang], draw)):
                yield Sentence(at, lang, "added", text)
            if draw.random() < 0.3 and (text := lost(row[lang], draw)):
                yield Sentence(at, lang, "left out", text)
        if is_aside(row["doc"]):
            for kind, text in perturbed(row["en"], draw).items():
                yield Sentence(at, "en", kind, text)


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two sentences that should say the same; ``kind`` is the fault of the first."""

    kind: str
    first: int
    second: int


def pairings(told: Sequence[Sentence], seed: int = 4) -> list[Pairing]:
    """Each sentence with good ones of two other languages."""
    draw = random.Random(seed)
    good: dict[int, list[int]] = {}
    for at, sentence in enumerate(told):
        if not sentence.kind:
            good.setdefault(sentence.row, []).append(at)
    found = []
    for at, sentence in enumerate(told):
        others = [i for i in good[sentence.row] if told[i].lang != sentence.lang]
        found += [Pairing(sentence.kind, at, other) for other in draw.sample(others, 2)]
    return found


def language_means(told: Sequence[Sentence], tokens: Sequence[Tokens]) -> dict[str, FloatArray]:
    """Mean state by primary subtag, of good sentences."""
    states: dict[str, list[FloatArray]] = {}
    for sentence, text in zip(told, tokens, strict=True):
        if not sentence.kind:
            states.setdefault(primary(sentence.lang), []).append(np.asarray(text.states, np.float32))
    return {lang: np.concatenate(found).mean(axis=0) for lang, found in sorted(states.items())}


def directed(pairs: Sequence[Pairing], units: Sequence[FloatArray]) -> tuple[FloatArray, FloatArray]:
    """Figures of the first against the second, and of the second against the first."""
    one, two = [], []
    for pair in pairs:
        here, there = units[pair.first], units[pair.second]
        own, other = gaps(here, there), gaps(there, here)
        one.append(figures(own, other))
        two.append(figures(other, own))
    return np.stack(one), np.stack(two)


def fit(
    figures_of: FloatArray,
    truth: FloatArray,
    langs: Sequence[str],
    means: Mapping[str, FloatArray],
    encoder: str,
) -> Fitted:
    """The regression, and a limit for each language."""
    center, scale = figures_of.mean(axis=0), figures_of.std(axis=0)
    wide = expanded((figures_of - center) / scale)
    model = LogisticRegression(C=STRENGTH, max_iter=3000, class_weight="balanced").fit(wide, truth)
    weights = np.asarray(model.coef_[0], np.float32)
    logits = wide @ weights + model.intercept_[0]
    tags = np.array(langs)
    usual = float(np.quantile(logits[truth == 0], 1 - ALARMS))
    limits = {
        lang: max(usual, float(np.quantile(logits[(truth == 0) & (tags == lang)], 1 - ALARMS)))
        for lang in means
    }
    return Fitted(
        means=means,
        center=np.asarray(center, np.float32),
        scale=np.asarray(scale, np.float32),
        weights=weights,
        bias=float(model.intercept_[0]),
        limits=limits,
        encoder=encoder,
    )


def write(fitted: Fitted, path: Path = TARGET) -> None:
    """The weights that ship."""
    tags = sorted(fitted.means)
    np.savez_compressed(
        path,
        languages=np.array(tags),
        means=np.stack([fitted.means[tag] for tag in tags]).astype(np.float16),
        limits=np.array([fitted.limits[tag] for tag in tags]),
        center=fitted.center,
        scale=fitted.scale,
        weights=fitted.weights,
        bias=fitted.bias,
        encoder=fitted.encoder,
    )


def current(
    first: Sentence, second: Sentence, vectors: tuple[FloatArray, FloatArray], tongli: Tongli
) -> bool:
    """Whether the checks of negation and meaning stop a pair."""
    langs = primary(first.lang), primary(second.lang)
    senses = [Sense(vector, lang) for vector, lang in zip(vectors, langs, strict=True)]
    if nearness(senses[0], senses[1], tongli) < 3.0:
        return True
    lists = [(negation(lang, "strong"), negation(lang, "weak")) for lang in langs]
    if not all(strong and weak for strong, weak in lists):
        return False
    texts = first.text, second.text
    strong = [bool(pair[0] and pair[0].find(text)) for pair, text in zip(lists, texts, strict=True)]
    weak = [bool(pair[1] and pair[1].find(text)) for pair, text in zip(lists, texts, strict=True)]
    return any(strong[i] and not strong[1 - i] and not weak[1 - i] for i in (0, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Pairs of sentences, in arrays of one length.

    Attributes:
        pairs: of ``told``.
        first, second: figures of each pair's first sentence against its second, and the other way round.
        kinds: the fault of the first sentence, empty for none.
        here, there: languages of first and second.
        aside: whether the document is kept for the report.
        means: mean state by language.
        encoder: whose states these are.
    """

    told: Sequence[Sentence]
    pairs: Sequence[Pairing]
    first: FloatArray
    second: FloatArray
    kinds: Words
    here: Words
    there: Words
    aside: Bools
    means: Mapping[str, FloatArray]
    encoder: str

    def fitted(self, chosen: Bools) -> Fitted:
        """What tells that a text has something which the other has not."""
        good, plus, less = (chosen & (self.kinds == kind) for kind in ("", "added", "left out"))
        table = np.concatenate([self.first[good], self.second[good], self.first[plus], self.second[less]])
        truth = np.concatenate([np.zeros(2 * good.sum()), np.ones(plus.sum() + less.sum())])
        langs = [*self.here[good], *self.there[good], *self.here[plus], *self.there[less]]
        return fit(table, truth, langs, self.means, self.encoder)

    def stopped(self, fitted: Fitted) -> Bools:
        """Pairs in which one text has something that the other has not."""
        over = [
            fitted.score(figures_of) - np.array([fitted.limits[lang] for lang in langs], np.float32)
            for figures_of, langs in ((self.first, self.here), (self.second, self.there))
        ]
        return np.maximum(*over) > 0


def material(data: Path, tongli: Tongli) -> Material:
    """All pairs that are long enough, with their figures."""
    found = rows(data)
    told = list(sentences(found))
    tell(f"{len(told)} sentences")
    tokens = tongli.tokens([sentence.text for sentence in told])
    means = language_means(told, tokens)
    units = [centred(text, means[primary(one.lang)]) for one, text in zip(told, tokens, strict=True)]
    pairs = [
        pair
        for pair in pairings(told)
        if min(len(units[pair.first]), len(units[pair.second])) >= aligned.LEAST
    ]
    first, second = directed(pairs, units)
    return Material(
        told=told,
        pairs=pairs,
        first=first,
        second=second,
        kinds=np.array([pair.kind for pair in pairs]),
        here=np.array([primary(told[pair.first].lang) for pair in pairs]),
        there=np.array([primary(told[pair.second].lang) for pair in pairs]),
        aside=np.array([is_aside(found[told[pair.first].row]["doc"]) for pair in pairs]),
        means=means,
        encoder=tokens[0].encoder,
    )


def stopped_before(given: Material, tongli: Tongli) -> Bools:
    """Pairs kept aside that the checks of negation and meaning stop."""
    chosen = [given.pairs[at] for at in np.flatnonzero(given.aside)]
    texts = sorted({at for pair in chosen for at in (pair.first, pair.second)})
    vectors = dict(zip(texts, tongli.sentences([given.told[at].text for at in texts]), strict=True))
    found = np.zeros(len(given.pairs), bool)
    for at, pair in zip(np.flatnonzero(given.aside), chosen, strict=True):
        one, two = pair.first, pair.second
        found[at] = current(given.told[one], given.told[two], (vectors[one], vectors[two]), tongli)
    return found


def shares(given: Material, stopped: Bools, before: Bools) -> dict[str, dict[str, float]]:
    """What is stopped of the pairs kept aside, by kind and by language."""
    result: dict[str, dict[str, float]] = {}
    for kind in dict.fromkeys(given.kinds.tolist()):
        own = given.aside & (given.kinds == kind)
        both = stopped | before
        result[kind or "good"] = {
            "pairs": int(own.sum()),
            **{
                name: round(float(found[own].mean()), 3)
                for name, found in (("content", stopped), ("negation or meaning", before), ("either", both))
            },
        }
    for lang in sorted(given.means):
        own = given.aside & ((given.here == lang) | (given.there == lang))
        faults = np.isin(given.kinds, ["added", "left out"])
        result[lang] = {
            "alarms": round(float(stopped[own & (given.kinds == "")].mean()), 3),
            "caught": round(float(stopped[own & faults].mean()), 3),
        }
    return result


def main() -> None:
    """Fit, measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the development data folder")
    parser.add_argument("--write", action="store_true", help="replace the weights that ship")
    options = parser.parse_args()
    machine = hardware("scikit-learn")
    print(machine)
    tongli = Tongli().load()
    given = material(options.data, tongli)
    result = shares(given, given.stopped(given.fitted(~given.aside)), stopped_before(given, tongli))
    for name, found in result.items():
        print(f"{name:10} {found}")
    if options.write:
        write(given.fitted(np.ones(len(given.pairs), bool)))
    added_now, added_before = result["added"]["content"], result["added"]["negation or meaning"]
    targets = [
        Target(name="good pairs held back", value=result["good"]["content"], limit=0.03, better="lower"),
        Target(name="additions caught", value=added_now, limit=added_before + 0.3),
    ]
    report({"hardware": machine, **result}, targets=targets, path=options.json)


if __name__ == "__main__":
    main()
