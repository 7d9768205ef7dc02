"""Speech emotion on speakers that were not learnt from: recall by set, by language, and what leaks; speed.

    python benchmarks/speech_emotion.py --data DATA [--cache DIR] [--json out.json]

Sets: ``ravdess``, ``emodb4``, ``emodb7_2s``, ``nemo``, ``turev`` (train speakers → dev speakers) and ``urdu``
(four folds: random, and of speakers, whose gap is what knowing the speaker is worth). Heads are fitted here
as ``tongli learn speech`` does, options chosen on train speakers left out; none of them is kept. *Adapted*:
features relative to the mean of all the speaker's own clips, which uses the dev speakers' clips without
their labels. *Pooled*: the train speakers of ravdess and emodb7_2s
beside the set's own. Leave one language out: four labels, heads of the other languages' train speakers.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from measurement import Target, arguments, hardware, report, tell
from tongli.core import FloatArray, Settings
from tongli.emotion.speech import SpeechEmotion
from tongli.emotion.speech.linear import Linear
from tongli.encoders.audio import read_audio
from tongli.encoders.audio.voice_encoder import VoiceEncoder
from tongli.knowledge.speech_labels import speech_label
from tongli.learning.evaluate.resample import Resampling, estimate
from tongli.learning.speech.clips import Clip, read_clips
from tongli.learning.speech.features import clip_features
from tongli.learning.speech.fit import Indices, Options, fit, relative
from tongli.learning.speech.held_out import Sample, chosen, unweighted_recall

COPIES = {"emodb4": 2, "emodb7_2s": 2, "nemo": 1}
"""Made-up recordings of each train clip; the others have none, for time."""

REACH = {"ravdess": 0.60, "emodb4": 0.85, "emodb7_2s": 0.78, "nemo": 0.50, "nemo adapted": 0.75}
LANGUAGES = ("emodb4", "ravdess", "nemo", "turev", "urdu")
FOUR = ("angry", "happy", "neutral", "sad")
TIMED = 40

Heard = Callable[[str, str], "Part"]


@dataclass(frozen=True, slots=True)
class Part:
    """Clips of one split of one set: features ``(clips, 1 + copies, features)``, emotions, speakers."""

    features: FloatArray
    names: Sequence[str]
    speakers: Sequence[str]

    def take(self, rows: Sequence[int]) -> Part:
        """Some of the clips."""
        return Part(
            self.features[rows], [self.names[row] for row in rows], [self.speakers[row] for row in rows]
        )

    def adapted(self) -> Part:
        """Relative to each speaker's own mean."""
        copies = [relative(self.features[:, copy], self.speakers) for copy in range(self.features.shape[1])]
        return Part(np.stack(copies, axis=1), self.names, self.speakers)

    def sample(self, labels: Sequence[str]) -> Sample:
        """To learn from, with labels in this order."""
        truth = np.array([labels.index(name) for name in self.names])
        return Sample(features=self.features, labels=truth, speakers=self.speakers, count=len(labels))


def heard(set_: str, split: str, *, data: Path, cache: Path, encoder: VoiceEncoder) -> Part:
    """A split as the encoder hears it; computed once."""
    clips = read_clips(data / set_ / "manifest.jsonl.gz", splits=[split])
    features = clip_features(
        clips,
        encoder=encoder,
        folder=cache,
        copies=COPIES.get(set_, 0) if split == "train" else 0,
        tell=lambda what, done: tell(f"{set_} {split}: {done:,} {what}") if done % 100 == 0 else None,
    )
    return Part(features, [clip.emotion for clip in clips], [clip.speaker for clip in clips])


def recall(answers: Indices, truth: Indices) -> dict[str, Any]:
    """Unweighted average recall with its interval over clips."""
    found = estimate(lambda rows: unweighted_recall(answers[rows], truth[rows]), len(truth), how=Resampling())
    return {
        "clips": len(truth),
        "uar": round(found.value, 4),
        "interval_95": [round(found.low, 4), round(found.high, 4)],
    }


def unseen_speakers(train: Part, dev: Part) -> dict[str, Any]:
    """A head of the train speakers on the dev speakers."""
    labels = sorted(set(train.names))
    sample = train.sample(labels)
    options, left_out = chosen(sample)
    head = sample.fit(np.arange(len(train.names)), options)
    truth = np.array([labels.index(name) for name in dev.names])
    return {
        "labels": len(labels),
        **recall(answers_of(head, dev.features[:, 0]), truth),
        "train_speakers_left_out": round(left_out.uar, 4),
        "options": asdict(options),
    }


def pooled(train: Part, dev: Part, others: Sequence[Part]) -> dict[str, Any]:
    """The same with the clips of other sets' train speakers that have one of the labels."""
    labels = sorted(set(train.names))
    parts = [
        train,
        *(part.take([row for row, name in enumerate(part.names) if name in labels]) for part in others),
    ]
    features = np.concatenate([part.features.reshape(-1, part.features.shape[2]) for part in parts])
    truth = np.concatenate(
        [np.repeat([labels.index(name) for name in part.names], part.features.shape[1]) for part in parts]
    )
    head = fit(features, truth, count=len(labels), options=Options())
    return recall(answers_of(head, dev.features[:, 0]), np.array([labels.index(name) for name in dev.names]))


def answers_of(head: Linear, features: FloatArray) -> Indices:
    """The likeliest label of each clip."""
    return head.logits(features).argmax(axis=1)


def four_labels(part: Part) -> Part:
    """Clips with one of the four labels that every language has; calm counts as neutral."""
    names = [speech_label(name) or "" for name in part.names]
    names = ["neutral" if name == "calm" else name for name in names]
    kept = [row for row, name in enumerate(names) if name in FOUR]
    return Part(part.features, names, part.speakers).take(kept)


def leave_one_language_out(hear: Heard) -> dict[str, Any]:
    """UAR in each language by a head of the others; of urdu, without a dev part, its train part."""
    trains = {name: four_labels(hear(name, "train")) for name in LANGUAGES}
    found: dict[str, Any] = {}
    for left_out in LANGUAGES:
        others = [trains[name] for name in LANGUAGES if name != left_out]
        features = np.concatenate([part.features[:, :1] for part in others])
        names = [name for part in others for name in part.names]
        together = Part(features, names, [""] * len(names)).sample(FOUR)
        head = together.fit(np.arange(len(names)), Options())
        own = trains[left_out] if left_out == "urdu" else four_labels(hear(left_out, "dev"))
        present = [FOUR.index(name) for name in sorted(set(own.names), key=FOUR.index)]
        truth = np.array([FOUR.index(name) for name in own.names])
        answers = np.array(present)[head.logits(own.features[:, 0])[:, present].argmax(axis=1)]
        found[left_out] = recall(answers, truth)
    found["mean"] = round(float(np.mean([found[name]["uar"] for name in LANGUAGES])), 4)
    return found


def leakage(part: Part, *, folds: int = 4) -> dict[str, Any]:
    """The same head with speakers on both sides of a random split, and with speakers kept apart."""
    labels = sorted(set(part.names))
    sample = part.sample(labels)
    order = np.random.default_rng(0).permutation(len(part.names))
    speakers = sorted(set(part.speakers))
    group = {name: at % folds for at, name in enumerate(speakers)}
    places = {
        "random": np.argsort(order) % folds,
        "speakers_apart": np.array([group[name] for name in part.speakers]),
    }
    found = {
        name: recall(_folded(sample, place, folds=folds), sample.labels) for name, place in places.items()
    }
    return {**found, "gap": round(found["random"]["uar"] - found["speakers_apart"]["uar"], 4)}


def _folded(sample: Sample, place: Indices, *, folds: int) -> Indices:
    answers = np.zeros(len(place), np.intp)
    for fold in range(folds):
        rows, others = np.flatnonzero(place == fold), np.flatnonzero(place != fold)
        answers[rows] = answers_of(sample.fit(others, Options()), sample.features[rows, 0])
    return answers


def speed(clips: Sequence[Clip], encoder: VoiceEncoder) -> dict[str, float]:
    """Seconds of sound a second, from file to reading, and what the reading decided."""
    emotion = SpeechEmotion()
    emotion.read(encoder.encode(read_audio(clips[0].path)))
    start, used, seconds, decided = time.perf_counter(), time.process_time(), 0.0, 0
    for clip in clips:
        reading = emotion.read(encoder.encode(read_audio(clip.path)))
        seconds += float(reading.details["seconds"])
        decided += not reading.abstained
    return {
        "seconds": round(seconds, 1),
        "times_real_time": round(seconds / (time.perf_counter() - start), 1),
        "seconds_a_cpu_second": round(seconds / (time.process_time() - used), 1),
        "decided": decided / len(clips),
    }


def targets(figures: Mapping[str, Any]) -> list[Target]:
    """The issue's limits."""
    found = [
        Target(name=f"UAR {name}", value=figures[name]["uar"], limit=limit) for name, limit in REACH.items()
    ]
    mean = figures["leave_one_language_out"]["mean"]
    found.append(Target(name="leave one language out, mean UAR of 4 labels", value=mean, limit=0.45))
    ratio = figures["speed"]["times_real_time"]
    return [*found, Target(name="speed, times real time", value=ratio, limit=20)]


def measured(hear: Heard) -> dict[str, Any]:
    """Every figure but speed."""
    figures: dict[str, Any] = {}
    for name in ("ravdess", "emodb4", "emodb7_2s", "nemo", "turev"):
        train, dev = hear(name, "train"), hear(name, "dev")
        figures[name] = unseen_speakers(train, dev)
        figures[f"{name} adapted"] = unseen_speakers(train.adapted(), dev.adapted())
    for name in ("nemo", "turev"):
        others = [hear(other, "train") for other in ("ravdess", "emodb7_2s")]
        figures[f"{name} pooled"] = pooled(hear(name, "train"), hear(name, "dev"), others)
    figures["leave_one_language_out"] = leave_one_language_out(hear)
    figures["urdu"] = leakage(hear("urdu", "train"))
    return figures


def show(figures: Mapping[str, Any]) -> None:
    for name, found in figures.items():
        if "uar" in found:
            low, high = found["interval_95"]
            left_out = found.get("train_speakers_left_out")
            told = f"; train speakers left out {left_out:.1%}" if left_out else ""
            print(f"{name:18} UAR {found['uar']:.1%} [{low:.1%}, {high:.1%}], {found['clips']:,} clips{told}")
    for name in ("leave_one_language_out", "urdu"):
        print(f"\n{name}")
        for key, found in figures[name].items():
            print(f"  {key:16} {found['uar'] if isinstance(found, dict) else found:.1%}")


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--cache", type=Path, help="folder that keeps the features between runs")
    options = parser.parse_args()
    machine = hardware("av")
    print(machine, flush=True)
    settings = Settings.from_env()
    encoder = VoiceEncoder(settings=settings)
    cache = options.cache or settings.cache / "voices"
    figures = measured(partial(heard, data=options.data, cache=cache, encoder=encoder))
    clips = read_clips(options.data / "emodb4" / "manifest.jsonl.gz", splits=["dev"])
    figures["speed"] = speed(clips[:TIMED], encoder)
    show(figures)
    print(f"\nspeed {figures['speed']}")
    report({"hardware": asdict(machine), "figures": figures}, targets=targets(figures), path=options.json)


if __name__ == "__main__":
    main()
