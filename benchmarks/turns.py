"""Turns of speakers: conversations joined from clips, with overlaps, quick answers and people who talk alone.

    python benchmarks/turns.py --data DATA [--talks 12] [--split dev] [--json out.json]

Talks of about 40 s in English (``ravdess``), German (``emodb4``) and Polish (``nemo``), of two speakers of
the split, every eighth of one. A third of the clips is cut to at most 1.2 s; answers start 0.15 s after the
last word on average, with a standard deviation of 0.45 s, so many overlap; pink noise is 15 to 30 dB below.
Words come from speech recognition. A turn that is told within half a second of one in the talk counts.
Everything was set on talks of ``--split train``. The interval is a bootstrap over talks.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from asr import Row, matched, read_rows, turns_in
from measurement import Target, arguments, at_least_one, hardware, report, tell
from reels import RATE, pink, trimmed
from tongli.core import FloatArray, Waveform
from tongli.encoders.audio import Voice, Whisper, read_audio
from tongli.encoders.audio.transcribe import transcribe

SETS = {"en": "ravdess", "de": "emodb4", "pl": "nemo"}
LENGTH = 40.0
SAMPLES = 2000
Counts = tuple[int, int, int]
"""Turns found, told, and wanted."""


def talk(rows: Sequence[Row], *, seed: int, speakers: int) -> tuple[FloatArray, Row]:
    """The sound, and ``turns`` as a manifest has them: speaker, start, end."""
    chance, rng = random.Random(seed), np.random.default_rng(seed)
    by: dict[str, list[Row]] = {}
    for row in rows:
        by.setdefault(row["speaker"], []).append(row)
    people = chance.sample(sorted(by), speakers)
    loud = {name: chance.uniform(0.15, 0.6) for name in people}
    sound, turns = np.zeros(round((LENGTH + 20) * RATE), np.float32), []
    at, speaker = chance.uniform(0.3, 1.5), people[0]
    while at < LENGTH:
        start = end = at
        for _ in range(chance.choice((1, 1, 1, 2))):
            clip = _clip(chance.choice(by[speaker]), chance) * loud[speaker]
            first = round(at * RATE)
            sound[first : first + len(clip)] += clip[: len(sound) - first]
            end = at + len(clip) / RATE
            at = end + chance.uniform(0.1, 0.5)
        turns.append((speaker, start, end))
        speaker = chance.choice([name for name in people if name != speaker] or people)
        at = max(end + chance.gauss(0.15, 0.45), start + 0.3)
    sound = sound[: round((max(end for _, _, end in turns) + 0.5) * RATE)]
    level = np.sqrt(np.mean(sound[np.abs(sound) > 0] ** 2)) * 10 ** (-chance.uniform(15, 30) / 20)
    return np.clip(sound + pink(len(sound), rng) * level, -1, 1).astype(np.float32), {"turns": turns}


def _clip(row: Row, chance: random.Random) -> FloatArray:
    clip = trimmed(read_audio(row["path"]).samples)
    if chance.random() < 0.35:
        clip = clip[: round(RATE * chance.uniform(0.4, 1.2))]
    return clip / max(float(np.abs(clip).max()), 1e-6) * np.float32(chance.uniform(0.7, 1.2))


def counted(sound: FloatArray, row: Row, *, lang: str, whisper: Whisper, voice: Voice) -> Counts:
    """What is told of one talk."""
    heard = transcribe([Waveform(samples=sound)], whisper=whisper, voice=voice, lang=lang)
    told = [item.times[0] for window in heard for item in window.segments if item.turn]
    wanted = turns_in(row)
    return matched(wanted, told), len(told), len(wanted)


def figures(counts: Sequence[Counts]) -> tuple[float, float, float]:
    """F1, precision and recall over all turns of some talks."""
    hits, told, wanted = (sum(column) for column in zip(*counts, strict=True))
    return 2 * hits / max(1, told + wanted), hits / max(1, told), hits / max(1, wanted)


def interval(counts: Sequence[Counts]) -> tuple[float, float]:
    """95 % of a bootstrap of F1 over talks."""
    rng = np.random.default_rng(0)
    drawn = [
        figures([counts[at] for at in rng.integers(len(counts), size=len(counts))])[0] for _ in range(SAMPLES)
    ]
    return float(np.quantile(drawn, 0.025)), float(np.quantile(drawn, 0.975))


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the development data folder")
    parser.add_argument("--talks", type=at_least_one, default=12, metavar="N", help="of all languages")
    parser.add_argument("--split", default="dev", help="whose speakers: dev or train")
    options = parser.parse_args()
    machine = hardware("faster-whisper", "ctranslate2")
    print(f"Turns; {machine}")
    whisper, voice = Whisper(), Voice()
    rows = {
        lang: [row for row in read_rows(options.data / name) if row["split"] == options.split]
        for lang, name in SETS.items()
    }
    counts: list[Counts] = []
    for number in range(options.talks):
        lang = list(SETS)[number % len(SETS)]
        speakers = 1 if number % 8 == 7 else 2
        sound, row = talk(rows[lang], seed=1000 * number + 7, speakers=speakers)
        counts.append(counted(sound, row, lang=lang, whisper=whisper, voice=voice))
        tell(f"  {lang}, {speakers}: {counts[-1]}")
    (f1, precision, recall), (low, high) = figures(counts), interval(counts)
    alone = [told for _, told, wanted in counts if not wanted]
    print(f"F1 {f1:.2f} ({low:.2f} to {high:.2f}), precision {precision:.2f}, recall {recall:.2f}")
    print(f"{sum(count[2] for count in counts)} turns in {len(counts)} talks; told where one talks: {alone}")
    found = {"f1": f1, "interval_95": (low, high), "precision": precision, "recall": recall}
    targets = [Target(name="F1 of turns", value=f1, limit=0.5)]
    report({"hardware": machine, "figures": found, "counts": counts}, targets=targets, path=options.json)


if __name__ == "__main__":
    main()
