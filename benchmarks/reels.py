"""Subtitles from recordings: how near cues are to the speech, what is lost, what breaks rules, how fast.

    python benchmarks/reels.py --data DATA [--reels 20] [--split dev] [--json out.json]

Reels of about a minute are joined from clips of one language (``ravdess`` en, ``emodb4`` de, ``nemo`` pl,
each with the clip of ``asr_smoke``), cut to where their sound rises 28 dB below its peak (breaths and clicks
fall away), put between known gaps of 0.4 to 3 s, over pink noise 15 to 30 dB below the speech. So it is known
when each clip starts and ends, but not when each word does. A start is that of the cue, or the word, which is
nearest to the start of a clip; ends likewise. The target is on starts of cues and on ends of speech (the last
words): ends of cues are told too, but cues stay longer than the speech to give time to read. Words lost are
those of the transcript that are in no cue. The interval is a bootstrap over reels. Everything was set on
``--split train``; speakers of ``dev`` are others.
"""

from __future__ import annotations

import random
import tempfile
import time
import wave
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from asr import edits, read_rows, units
from measurement import Target, arguments, at_least_one, hardware, percentile, report, tell
from tongli.applications.recordings.texts import timed_words
from tongli.applications.recordings.transcript import transcript_of
from tongli.applications.subtitles.check import check
from tongli.applications.subtitles.limits import limits
from tongli.applications.subtitles.make import timed
from tongli.applications.subtitles.markup import plain
from tongli.core import FloatArray, Times, Waveform
from tongli.encoders.audio import Voice, Whisper, read_audio

RATE = 16_000
LENGTH = 60.0
SETS = {"en": "ravdess", "de": "emodb4", "pl": "nemo"}
FAST = 20.0
SAMPLES = 1000
Row = dict[str, Any]


class Timed(Whisper):
    """Whisper that counts the time it takes, so that the rest can be told apart."""

    taken = 0.0

    @property
    def backend(self) -> Any:
        """The model, wrapped."""
        return _Clock(super().backend, self)


class _Clock:
    def __init__(self, model: Any, owner: Timed) -> None:
        self._model, self._owner = model, owner

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._model, name)
        return self._wrapped(found) if name in {"transcribe", "detect_language"} else found

    def _wrapped(self, call: Any) -> Any:
        def run(*args: Any, **options: Any) -> Any:
            began = time.process_time()
            made = call(*args, **options)
            if call.__name__ == "transcribe":
                made = (list(made[0]), made[1])
            self._owner.taken += time.process_time() - began
            return made

        return run


def trimmed(samples: FloatArray) -> FloatArray:
    """A clip from where its speech starts to where it ends: 28 dB below its peak, lone clicks left out."""
    frames = samples[: len(samples) // 160 * 160].reshape(-1, 160)
    level = np.sqrt(np.mean(frames**2, axis=1))
    loud = np.flatnonzero(level >= level.max() * 10 ** (-28 / 20))
    runs = np.split(loud, np.flatnonzero(np.diff(loud) > 15) + 1)
    spoken = [run for run in runs if len(run) >= 10] or runs
    return samples[spoken[0][0] * 160 : (spoken[-1][-1] + 1) * 160]


def pink(count: int, rng: np.random.Generator) -> FloatArray:
    """Pink noise of power 1."""
    spectrum = np.fft.rfft(rng.normal(size=count))
    spectrum /= np.sqrt(np.maximum(np.arange(len(spectrum)), 1))
    noise = np.fft.irfft(spectrum, n=count)
    return (noise / np.std(noise)).astype(np.float32)


def reel(rows: Sequence[Row], *, seed: int) -> tuple[FloatArray, list[tuple[Times, str]]]:
    """The sound, and when each clip is heard with what it says."""
    chance, rng = random.Random(seed), np.random.default_rng(seed)
    parts: list[FloatArray] = [np.zeros(int(RATE * chance.uniform(0.5, 2)), np.float32)]
    said: list[tuple[Times, str]] = []
    for row in chance.sample(list(rows), len(rows)):
        clip = trimmed(read_audio(row["path"]).samples)
        clip = clip / max(float(np.abs(clip).max()), 1e-6) * chance.uniform(0.2, 0.8)
        start = sum(map(len, parts)) / RATE
        said.append(((start, start + len(clip) / RATE), row["text"]))
        parts += [clip, np.zeros(int(RATE * chance.uniform(0.4, 3.0)), np.float32)]
        if sum(map(len, parts)) >= LENGTH * RATE:
            break
    sound = np.concatenate(parts)
    speech = np.sqrt(np.mean(sound[np.abs(sound) > 0] ** 2))
    noisy = sound + pink(len(sound), rng) * speech * 10 ** (-chance.uniform(15, 30) / 20)
    return np.clip(noisy, -1, 1).astype(np.float32), said


def save(sound: FloatArray, path: Path) -> None:
    """A 16-bit WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes((sound * 32767).astype("<i2").tobytes())


def nearest(at: float, times: Sequence[float], *, within: float = 1.5) -> float | None:
    """How far the nearest time is; ``None`` when none is near, as where two clips share a cue."""
    off = min((abs(at - time_) for time_ in times), default=within)
    return off if off < within else None


def measured(path: Path, said: Sequence[tuple[Times, str]], lang: str, whisper: Timed, voice: Voice) -> Row:
    """Everything about one reel."""
    whisper.taken, began = 0.0, time.process_time()
    transcript = transcript_of(path, whisper=whisper, voice=voice, lang=lang)
    allowed = limits(lang)
    track = timed(timed_words(transcript), allowed)
    taken = time.process_time() - began
    words, cues = transcript.words, track.cues
    starts = [nearest(a, [cue.start / 1000 for cue in cues]) for (a, _), _ in said]
    ends = [nearest(b, [cue.end / 1000 for cue in cues]) for (_, b), _ in said]
    reference = units(" ".join(text for _, text in said), lang)
    shown = "".join("".join(plain(cue.text).split()) for cue in cues).replace("-", "")
    heard = "".join(transcript.text.split()).replace("-", "")
    rules = [item.rule for item in check(track, allowed) if item.severity == "error"]
    return {
        "seconds": transcript.seconds,
        "clips": len(said),
        "heard": sum(any(w.times[0] < b and w.times[1] > a for w in words) for (a, b), _ in said),
        "cue_starts": [off for off in starts if off is not None],
        "cue_ends": [off for off in ends if off is not None],
        "word_starts": [
            o for (a, _), _ in said if (o := nearest(a, [w.times[0] for w in words])) is not None
        ],
        "word_ends": [o for (_, b), _ in said if (o := nearest(b, [w.times[1] for w in words])) is not None],
        "cues": len(cues),
        "broken": sum(rule != "subtitle.speed" for rule in rules),
        "fast": sum(allowed.speed(plain(cue.text), cue.duration) > FAST for cue in cues),
        "lost": int(shown != heard),
        "edits": edits(reference, units(transcript.text, lang)),
        "units": len(reference),
        "asr": whisper.taken,
        "rest": taken - whisper.taken,
    }


def pooled(rows: Sequence[Row], name: str) -> list[float]:
    """Values of all reels."""
    return [value for row in rows for value in row[name]]


def told(rows: Sequence[Row], name: str) -> str:
    """Median and 95th percentile in milliseconds, with 95 % of the bootstrap over reels."""
    rng = random.Random(0)
    drawn = [pooled(rng.choices(rows, k=len(rows)), name) for _ in range(SAMPLES)]
    parts = []
    for value in (median, lambda values: percentile(values, 0.95)):
        ranked = sorted(value(values) for values in drawn)
        low, high = ranked[int(0.025 * SAMPLES)], ranked[int(0.975 * SAMPLES) - 1]
        parts.append(f"{1000 * value(pooled(rows, name)):.0f} ms ({1000 * low:.0f}..{1000 * high:.0f})")
    return f"median {parts[0]}, 95 % within {parts[1]}"


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the development data folder")
    parser.add_argument("--reels", type=at_least_one, default=20)
    parser.add_argument("--split", choices=("train", "dev"), default="dev")
    options = parser.parse_args()
    machine = hardware("faster-whisper", "ctranslate2")
    print(f"Reels of the split {options.split}; {machine}")
    whisper, voice = Timed(), Voice()
    voice.speech_times(Waveform(samples=np.zeros(RATE, np.float32)))
    whisper.load()
    smoke = {row["lang"]: row for row in read_rows(options.data / "asr_smoke") if row["text"]}
    clips = {
        lang: [row for row in read_rows(options.data / name) if row["split"] == options.split]
        + ([smoke[lang]] if lang in smoke and options.split == "dev" else [])
        for lang, name in SETS.items()
    }
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.reels):
            lang = list(SETS)[number % len(SETS)]
            sound, said = reel(clips[lang], seed=number)
            path = Path(folder) / f"{number}.wav"
            save(sound, path)
            rows.append(measured(path, said, lang, whisper, voice) | {"lang": lang})
            tell(f"  reel {number}: {lang}, {rows[-1]['heard']} of {rows[-1]['clips']} clips heard")
    show(rows)
    report({"hardware": machine, "reels": rows}, targets=targets(rows), path=options.json)


def show(rows: Sequence[Row]) -> None:
    """Every figure, on standard output."""
    for name in ("cue_starts", "cue_ends", "word_starts", "word_ends"):
        print(f"{name.replace('_', ' '):<12} {told(rows, name)}; {len(pooled(rows, name))} of them")
    clips, heard = sum(row["clips"] for row in rows), sum(row["heard"] for row in rows)
    seconds = sum(row["seconds"] for row in rows)
    print(f"clips with words {heard} of {clips}; cues {sum(row['cues'] for row in rows)}")
    for lang in SETS:
        own = [row for row in rows if row["lang"] == lang]
        if own:
            print(f"  {lang}: word errors {sum(r['edits'] for r in own) / sum(r['units'] for r in own):.3f}")
    for name in ("asr", "rest"):
        print(f"processor time, {name}: {sum(row[name] for row in rows) / seconds:.3f} of real time")


def targets(rows: Sequence[Row]) -> list[Target]:
    """The figures that must be reached."""
    cues = sum(row["cues"] for row in rows)
    both = [*pooled(rows, "cue_starts"), *pooled(rows, "word_ends")]
    rest = sum(row["rest"] for row in rows) / sum(row["seconds"] for row in rows)
    less = {"better": "lower"}
    return [
        Target(name="median error of starts and ends, ms", value=1000 * median(both), limit=100, **less),
        Target(name="95 % of them, ms", value=1000 * percentile(both, 0.95), limit=250, **less),
        Target(name="hard rules broken", value=sum(r["broken"] for r in rows), limit=0, **less),
        Target(name="cues over 20 cps", value=sum(r["fast"] for r in rows) / cues, limit=0.02, **less),
        Target(name="reels with words lost", value=sum(r["lost"] for r in rows), limit=0, **less),
        Target(name="pipeline without ASR, of real time", value=rest, limit=1, **less),
    ]


if __name__ == "__main__":
    main()
