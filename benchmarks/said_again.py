"""Sentences that somebody says three to six times in a row: word errors, and how many words are written.

    python benchmarks/said_again.py --data DATA [--talks 12] [--split dev] [--json out.json]

Each talk is one speaker's takes of one sentence in English (``ravdess``), German (``emodb4``) or Polish
(``nemo``), cut to their speech, 0.15 to 0.8 s apart, over pink noise 20 to 30 dB below. Whisper often writes
such a sentence once, or for ever. Limits were set on ``--split train``, in English only. The interval is a
bootstrap over talks.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from asr import Row, edits, read_rows, units
from measurement import Target, arguments, at_least_one, hardware, report, tell
from reels import RATE, SETS, pink, trimmed
from tongli.core import FloatArray, Waveform
from tongli.encoders.audio import Voice, Whisper, read_audio
from tongli.encoders.audio.transcribe import transcribe

SAMPLES = 2000


def talk(rows: Sequence[Row], *, seed: int) -> tuple[FloatArray, str]:
    """The sound, and all that is said in it."""
    chance, rng = random.Random(seed), np.random.default_rng(seed)
    by: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        by.setdefault((row["speaker"], row["text"]), []).append(row)
    takes = chance.choice([found for key, found in sorted(by.items()) if len(found) >= 3])
    chosen = chance.sample(takes, min(len(takes), chance.randint(3, 6)))
    parts = [np.zeros(RATE // 2, np.float32)]
    for row in chosen:
        clip = trimmed(read_audio(row["path"]).samples)
        parts += [clip / max(float(np.abs(clip).max()), 1e-6) * 0.5]
        parts += [np.zeros(round(RATE * chance.uniform(0.15, 0.8)), np.float32)]
    sound = np.concatenate(parts)
    level = np.sqrt(np.mean(sound[np.abs(sound) > 0] ** 2)) * 10 ** (-chance.uniform(20, 30) / 20)
    noisy = np.clip(sound + pink(len(sound), rng) * level, -1, 1).astype(np.float32)
    return noisy, " ".join(row["text"] for row in chosen)


def share(rows: Sequence[Row], name: str) -> float:
    """Of the words that were said."""
    return float(sum(row[name] for row in rows) / sum(row["said"] for row in rows))


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the development data folder")
    parser.add_argument("--talks", type=at_least_one, default=12)
    parser.add_argument("--split", choices=("train", "dev"), default="dev")
    options = parser.parse_args()
    machine = hardware("faster-whisper", "ctranslate2")
    print(f"Said again, split {options.split}; {machine}")
    clips = {
        lang: [row for row in read_rows(options.data / name) if row["split"] == options.split]
        for lang, name in SETS.items()
    }
    whisper, voice, rows = Whisper(), Voice(), []
    for number in range(options.talks):
        lang = list(SETS)[number % len(SETS)]
        sound, text = talk(clips[lang], seed=number)
        found = transcribe([Waveform(samples=sound, rate=RATE)], whisper=whisper, voice=voice, lang=lang)
        heard = units(" ".join(item.text for window in found for item in window.segments), lang)
        said = units(text, lang)
        rows.append({"lang": lang, "said": len(said), "heard": len(heard), "edits": edits(said, heard)})
        tell(f"  talk {number}: {rows[-1]}")
    rng = random.Random(0)
    drawn = [rng.choices(rows, k=len(rows)) for _ in range(SAMPLES)]
    for name, told in (("edits", "word errors"), ("heard", "words written, of those said")):
        ranked = sorted(share(sample, name) for sample in drawn)
        low, high = ranked[int(0.025 * SAMPLES)], ranked[int(0.975 * SAMPLES) - 1]
        print(f"{told}: {share(rows, name):.3f} ({low:.3f}..{high:.3f}), {len(rows)} talks")
    least = Target(name="words written, of those said", value=share(rows, "heard"), limit=0.9)
    report({"hardware": machine, "talks": rows}, targets=[least], path=options.json)


if __name__ == "__main__":
    main()
