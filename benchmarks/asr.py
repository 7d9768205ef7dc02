"""Speech recognition: errors per clip in nine languages, language found, turns of speakers, times real time.

    python benchmarks/asr.py --data DATA [--model MODEL] [--json out.json]

Eight clips of ``asr_smoke``, 46 s in all: a smoke test, not a benchmark of languages. Words are compared
in lower case without punctuation; Japanese, Chinese and Korean by characters (CER). Turns are those of a
conversation of 30 s between two people: a turn found within half a second of one in the reference counts.
Nothing is fitted on these clips. ``--polish N`` adds N emotional clips of ``nemo`` (development speakers).
"""

from __future__ import annotations

import gzip
import json
import time
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from measurement import Target, arguments, hardware, report, tell
from tongli.applications.recordings.transcript import transcript_of
from tongli.core import Transcript
from tongli.encoders.audio import Voice, Whisper

Row = dict[str, Any]
BY_CHARACTER = {"ja", "zh", "ko", "th"}
NEAR = 0.5
"""Seconds by which a turn may be off."""
SAMPLES = 2000


def units(text: str, lang: str) -> list[str]:
    """Words, or characters where words are not parted the same way everywhere; without marks and case."""
    kept = "".join(
        char if char.isalnum() or char.isspace() or unicodedata.category(char)[0] == "M" else " "
        for char in unicodedata.normalize("NFC", text.casefold())
    )
    return list("".join(kept.split())) if lang in BY_CHARACTER else kept.split()


def edits(said: Sequence[str], heard: Sequence[str]) -> int:
    """Substitutions, deletions and insertions (Levenshtein)."""
    row = list(range(len(heard) + 1))
    for at, unit in enumerate(said, 1):
        last, row[0] = row[0], at
        for to, other in enumerate(heard, 1):
            last, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, last + (unit != other))
    return row[-1]


def read_rows(folder: Path) -> list[Row]:
    """The manifest of a data set, with absolute paths."""
    packed = folder / "manifest.jsonl.gz"
    data = (
        gzip.decompress(packed.read_bytes()) if packed.is_file() else (folder / "manifest.jsonl").read_bytes()
    )
    return [{**row, "path": folder / row["path"]} for row in map(json.loads, data.splitlines())]


def turns_in(row: Row) -> list[float]:
    """Seconds at which another speaker starts."""
    found, speaker = [], None
    for name, start, _ in sorted(row["turns"], key=lambda turn: turn[1]):
        if speaker is not None and name != speaker:
            found.append(float(start))
        speaker = name
    return found


def matched(wanted: Sequence[float], found: Sequence[float]) -> int:
    """Turns of the reference that have one of their own near them."""
    left = sorted(found)
    count = 0
    for turn in sorted(wanted):
        near = next((other for other in left if abs(other - turn) <= NEAR), None)
        if near is not None:
            left.remove(near)
            count += 1
    return count


def judged(row: Row, transcript: Transcript, seconds: float) -> Row:
    """Errors of one clip."""
    said, heard = units(row["text"], row["lang"]), units(transcript.text, row["lang"])
    return {
        "id": row["id"],
        "lang": row["lang"],
        "heard_lang": transcript.language.tag,
        "score": transcript.language.score,
        "edits": edits(said, heard),
        "units": len(said),
        "seconds": transcript.seconds,
        "taken": seconds,
    }


def rate(rows: Iterable[Row]) -> float:
    """Errors of all clips against the units of all."""
    rows = list(rows)
    return sum(row["edits"] for row in rows) / sum(row["units"] for row in rows)


def interval(rows: Sequence[Row]) -> tuple[float, float]:
    """95 % of a bootstrap over clips."""
    rng = np.random.default_rng(0)
    drawn = [rate(rows[at] for at in rng.integers(len(rows), size=len(rows))) for _ in range(SAMPLES)]
    return float(np.quantile(drawn, 0.025)), float(np.quantile(drawn, 0.975))


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the development data folder")
    parser.add_argument("--model", default="embedded", help="as of tongli transcribe")
    parser.add_argument("--polish", type=int, default=0, metavar="N", help="clips of nemo")
    options = parser.parse_args()
    machine = hardware("faster-whisper", "ctranslate2")
    print(f"Speech recognition; {machine}")
    whisper, voice = Whisper(options.model), Voice()
    whisper.load()
    rows = read_rows(options.data / "asr_smoke")
    if options.polish:
        rows += [row for row in read_rows(options.data / "nemo") if row["split"] == "dev"][: options.polish]
    found, turns = [], (0, 0, 0)
    for row in rows:
        began = time.process_time()
        transcript = transcript_of(row["path"], whisper=whisper, voice=voice)
        taken = time.process_time() - began
        if row["text"] is None:
            heard = [item.times[0] for item in transcript.segments if item.turn]
            wanted = turns_in(row)
            turns = (matched(wanted, heard), len(heard), len(wanted))
            continue
        found.append(judged(row, transcript, taken))
        tell(f"  {row['id']}: {transcript.text}")
    show(found)
    hits, heard_turns, wanted_turns = turns
    f1 = 2 * hits / max(1, heard_turns + wanted_turns)
    print(f"turns: {hits} of {wanted_turns} found, {heard_turns} told, F1 {f1:.2f}")
    smoke = [row for row in found if str(row["id"]).startswith("leopard")]
    targets = [
        Target(name="languages found", value=sum(r["lang"] == r["heard_lang"] for r in smoke), limit=8),
        Target(name="errors of all clips", value=rate(smoke), limit=0.25, better="lower"),
    ]
    report({"hardware": machine, "clips": found, "turns_f1": f1}, targets=targets, path=options.json)


def show(found: Sequence[Row]) -> None:
    """A line a clip, and one for all."""
    for row in found if len(found) <= 20 else []:
        kind = "CER" if row["lang"] in BY_CHARACTER else "WER"
        print(
            f"  {row['id']:<18} {kind} {row['edits'] / row['units']:.3f}  heard {row['heard_lang']} "
            f"({row['score']:.2f}), {row['taken'] / row['seconds']:.2f} of its time"
        )
    low, high = interval(found)
    taken = sum(row["taken"] for row in found) / sum(row["seconds"] for row in found)
    print(
        f"all: error rate {rate(found):.3f} ({low:.3f}..{high:.3f}); processor time {taken:.2f} of real time"
    )


if __name__ == "__main__":
    main()
