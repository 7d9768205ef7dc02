"""Fusion of words, voice and face, paired by label, with any channel missing; plain words said with feeling.

    python benchmarks/fusion.py --data DATA [--json out.json]

Texts are the half of the development files of goemotions and brighter that the fusion did not learn from.
Voices are the development speakers of emodb7_2s, read by a head of all its training speakers, through
the very recipe of the one that ships. A message is a text and a voice
that show the same label; every voice meets ``--repeats`` texts drawn by chance, without regard to how they
are read. Intervals are a bootstrap over the voices. Faces are simulated (there is no data to be had), so
figures with a face say how the network behaves, not how well faces are read. Surprise is left out: no
voice shows it.

Plain words: the texts of ravdess and nemo, which are the same in every emotion; the text channel should
abstain. The even half of nemo's sentences is reported; the threshold was chosen on the odd half and emodb.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from measurement import Target, arguments, at_least_one, hardware, report, tell
from quality import interval
from tongli import Message
from tongli.core import ChannelReading, Language, Reading, Settings
from tongli.emotion.fusion import CHANNELS, LABELS, Fusion, conflicts
from tongli.emotion.fusion.signals import Signals, in_labels
from tongli.emotion.heads import Heads
from tongli.encoders.audio.voice_encoder import VoiceEncoder
from tongli.encoders.text import TextEncoder
from tongli.learning.fusion.faces import simulated_faces
from tongli.learning.fusion.measure import (
    calibration_error,
    combinations_of,
    recall,
    top_calibration_error,
)
from tongli.learning.fusion.run import readings_of
from tongli.learning.fusion.tables import Table, table
from tongli.learning.fusion.texts import labelled_texts, read_values
from tongli.learning.fusion.voices import development_voices

Indices = NDArray[np.intp]
SURPRISE = LABELS.index("surprise")
_FACES = 300
_PAIRED = 100
"""Texts of a label that meet every voice, to count conflicts."""


@dataclass(frozen=True, slots=True)
class Messages:
    """Messages put together.

    Attributes:
        signals: of their channels.
        truth: ``(n,)``, what each shows.
        readings: ``(n, channels)``, which reading of each channel it has.
    """

    signals: Signals
    truth: Indices
    readings: Indices

    @property
    def voices(self) -> Indices:
        """Which voice each has."""
        return self.readings[:, CHANNELS.index("speech")]


def paired(text: Table, voice: Table, face: Table, *, repeats: int, rng: np.random.Generator) -> Messages:
    """Every voice with texts and faces that show the same."""
    rows = np.repeat(np.arange(len(voice.truth)), repeats)
    truth = voice.truth[rows]
    shape = (len(rows), len(CHANNELS))
    evidence = np.zeros((*shape, len(LABELS)), np.float32)
    reliability, sureness = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    readings = np.zeros(shape, np.intp)
    for part in (text, voice, face):
        chosen = rows if part is voice else same_label(part, truth, rng)
        readings[:, part.at] = chosen
        evidence[:, part.at] = part.evidence[chosen]
        reliability[:, part.at], sureness[:, part.at] = part.reliability[chosen], part.sureness[chosen]
    present = np.ones(shape, np.float32)
    found = Signals(evidence=evidence, reliability=reliability, sureness=sureness, present=present)
    return Messages(found, truth, readings)


def same_label(part: Table, truth: Indices, rng: np.random.Generator) -> Indices:
    """A reading of the same label for each message."""
    return np.array([rng.choice(np.flatnonzero(part.truth == label)) for label in truth], np.intp)


def first_labels(readings: Sequence[ChannelReading]) -> Indices:
    """The label that each reading by itself finds most probable, surprise left out: no message shows it."""
    chosen = []
    for reading in readings:
        own = {name: score for name, score in reading.scores.items() if "surprise" not in name}
        best = max(own, key=lambda name: own[name])
        chosen.append(LABELS.index(next(iter(in_labels({best: 1.0})))))
    return np.array(chosen, np.intp)


def recall_of(chosen: Indices, truth: Indices) -> float:
    """Unweighted average recall of decisions."""
    return float(np.mean([(chosen[truth == label] == label).mean() for label in np.unique(truth)]))


def resampled(messages: Messages, chosen: Indices, *, samples: int, seed: int) -> list[float]:
    """Recall on voices drawn with replacement."""
    rng = np.random.default_rng(seed)
    rows_of = [np.flatnonzero(messages.voices == voice) for voice in np.unique(messages.voices)]
    drawn = []
    for _ in range(samples):
        rows = np.concatenate([rows_of[at] for at in rng.integers(len(rows_of), size=len(rows_of))])
        drawn.append(recall_of(chosen[rows], messages.truth[rows]))
    return drawn


def measure(
    fusion: Fusion, messages: Messages, own: Sequence[Indices], *, samples: int, seed: int
) -> dict[str, Any]:
    """Each channel by itself (``own``: what each of its readings says), and each combination joined."""
    single = {
        name: recall_of(own[at][messages.readings[:, at]], messages.truth) for at, name in enumerate(CHANNELS)
    }
    joined: dict[str, Any] = {}
    for kept, names in combinations_of(messages.signals):
        chances = fusion.weights.network.probabilities(messages.signals.keeping(kept))
        without = chances.copy()
        without[:, SURPRISE] = 0
        chosen = np.asarray(without.argmax(axis=1))
        uar = recall(without, messages.truth)
        drawn = np.array(resampled(messages, chosen, samples=samples, seed=seed), np.float32)
        joined["+".join(names)] = {
            "uar": round(uar, 4),
            "interval_95": interval(drawn, figure=uar),
            "best_single": round(max(single[name] for name in names), 4),
            "ece": round(calibration_error(chances, messages.truth), 4),
            "ece_top": round(top_calibration_error(chances, messages.truth), 4),
        }
    return {"single": {name: round(value, 4) for name, value in single.items()}, "joined": joined}


def plain_words(data: Path, *, fusion: Fusion, encoder: TextEncoder, heads: Heads) -> dict[str, Any]:
    """Share of clips whose words the text channel abstains on, by set; nemo's even sentences."""
    found = {}
    for name in ("ravdess", "nemo"):
        with gzip.open(data / name / "manifest.jsonl.gz", "rt", encoding="utf-8") as file:
            rows = [json.loads(line) for line in file]
        texts = sorted({row["text"] for row in rows})
        kept = texts[1::2] if name == "nemo" else texts
        readings = heads.read(encoder.encode([Message(text, lang=rows[0]["lang"]) for text in kept]))
        silent = {text: fusion.text(reading).abstained for text, reading in zip(kept, readings, strict=True)}
        told = [silent[row["text"]] for row in rows if row["text"] in silent]
        found[name] = {"sentences": len(kept), "clips": len(told), "abstains": round(float(np.mean(told)), 4)}
    return found


def conflict(
    texts: Sequence[ChannelReading],
    said: Sequence[str],
    voices: Sequence[ChannelReading],
    shown: Sequence[str],
) -> dict[str, float]:
    """How often a conflict is claimed: for joyful words in an angry voice, and where both agree."""
    nothing = Reading(message=Message(""), language=Language(tag="en", score=1.0))

    def claimed(wanted: Sequence[tuple[str, str]]) -> float:
        pairs = [
            bool(conflicts(nothing, (text, voice)))
            for one, other in wanted
            for text in [each for each, label in zip(texts, said, strict=True) if label == one][:_PAIRED]
            for voice in [each for each, label in zip(voices, shown, strict=True) if label == other]
        ]
        return round(float(np.mean(pairs)), 4)

    labels = sorted(set(shown) & set(said))
    return {
        "joy_in_anger": claimed([("joy", "anger")]),
        "agreeing": claimed([(label, label) for label in labels]),
    }


def decided(reading: ChannelReading, fusion: Fusion) -> ChannelReading:
    """The reading of a text with the feeling that is probable enough."""
    felt = {label: score for label, score in reading.scores.items() if label != "neutral"}
    best = max(felt, key=lambda label: felt[label])
    sure = felt[best] >= fusion.weights.card.text_threshold
    return replace(reading, label=best if sure else None)


def targets(figures: Mapping[str, Any]) -> list[Target]:
    """The issue's limits."""
    joined, plain = figures["messages"]["joined"], figures["plain_words"]
    both = joined["text+speech"]
    found = [
        Target(name="text+speech, points above the best channel", value=gain(both), limit=0.02),
        Target(name="text+speech, calibration error", value=both["ece"], limit=0.05, better="lower"),
    ]
    found += [
        Target(name=f"only {name}, points above that channel", value=gain(joined[name]), limit=-0.01)
        for name in CHANNELS
    ]
    return found + [
        Target(name=f"{name}, words abstain", value=part["abstains"], limit=0.9)
        for name, part in plain.items()
    ]


def gain(part: Mapping[str, Any]) -> float:
    """Recall above that of the best channel by itself."""
    return round(part["uar"] - part["best_single"], 4)


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--cache", type=Path, help="folder that keeps features of voices")
    parser.add_argument("--repeats", type=at_least_one, default=20, help="texts a voice")
    parser.add_argument("--samples", type=at_least_one, default=1000, help="bootstrap samples")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    machine, settings = hardware(), Settings.from_env()
    print(machine, flush=True)
    fusion, encoder, heads = Fusion(), TextEncoder(settings=settings), Heads(folder=settings.heads)
    texts = [item for item in labelled_texts(options.data) if not item.learnt]
    tell(f"{len(texts):,} texts")
    values = read_values(texts, encoder=encoder, heads=heads)
    read = readings_of(fusion.weights.words, values)
    text = table(read, [item.label for item in texts])
    heard, shown = development_voices(
        options.data,
        encoder=VoiceEncoder(settings=settings),
        cache=options.cache or settings.cache / "learn",
        tell=lambda what, done: tell(f"{done} {what}") if done % 50 == 0 else None,
    )
    rng = np.random.default_rng(options.seed)
    seen, shown_by_faces = simulated_faces(rng, a_label=_FACES)
    tables = text, table(heard, shown), table(seen, shown_by_faces)
    messages = paired(*tables, repeats=options.repeats, rng=rng)
    own = [first_labels(readings) for readings in (read, heard, seen)]
    figures = {
        "texts": len(texts),
        "voices": len(heard),
        "messages": measure(fusion, messages, own, samples=options.samples, seed=options.seed),
        "conflicts": conflict(
            [decided(reading, fusion) for reading in read], [item.label for item in texts], heard, shown
        ),
        "plain_words": plain_words(options.data, fusion=fusion, encoder=encoder, heads=heads),
    }
    show(figures)
    report({"hardware": asdict(machine), "figures": figures}, targets=targets(figures), path=options.json)


def show(figures: Mapping[str, Any]) -> None:
    """One line a combination, then the plain words."""
    print(f"\n{figures['texts']:,} texts, {figures['voices']} voices; faces simulated")
    for name, value in figures["messages"]["single"].items():
        print(f"  {name:18} by itself {value:.3f}")
    for name, part in figures["messages"]["joined"].items():
        low, high = part["interval_95"]
        print(
            f"  {name:18} UAR {part['uar']:.3f} [{low}, {high}], best channel by itself "
            f"{part['best_single']:.3f}, ECE {part['ece']:.3f}, of the first label {part['ece_top']:.3f}"
        )
    told = figures["conflicts"]
    print(
        f"  conflict claimed on {told['joy_in_anger']:.1%} of joyful words in an angry voice, "
        f"{told['agreeing']:.1%} where both agree"
    )
    for name, part in figures["plain_words"].items():
        print(
            f"  {name:18} words abstain on {part['abstains']:.1%} of {part['clips']:,} clips "
            f"({part['sentences']} sentences)"
        )


if __name__ == "__main__":
    main()
