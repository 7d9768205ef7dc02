"""Subtitles from timed words: broken rules, reading speed, and time taken, in eight scripts.

    python benchmarks/subtitles.py [--talks 10] [--minutes 10] [--pace 1.3] [--data DATA] [--json out.json]

Talks are synthetic: words of random letters, as long as those of the language usually are, at its usual
rate of speech (characters a second while somebody speaks; every sentence has a rate of its own, spread by
18 %), with pauses between sentences, commas, and one to three speakers. Counted are broken hard rules (all
but the reading speed), cues over the reading speed that is an error, starts further than 3 frames from their
speech, and letters lost. The interval is a bootstrap over talks. Speed is processor time against the time
of the talk. With ``--data`` the timed subtitles of two open films go through ``--fix``: hard rules broken
before and after; nothing is fitted on them.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from measurement import Target, arguments, at_least_one, hardware, report
from tongli.applications.subtitles.check import check
from tongli.applications.subtitles.cue import Cue, Track
from tongli.applications.subtitles.files import read
from tongli.applications.subtitles.limits import Limits, limits, limits_for
from tongli.applications.subtitles.make import fixed
from tongli.applications.subtitles.markup import plain
from tongli.applications.subtitles.solve import solve
from tongli.applications.subtitles.units import units
from tongli.applications.subtitles.words import TimedWord

FPS = 24.0
SAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Speech:
    """How a language is spoken: its letters, characters of a word, and characters a second while speaking."""

    letters: str
    shortest: int
    longest: int
    rate: float
    comma: str
    stop: str


SPEECHES = {
    "en": Speech("etaoinshrdlu", 1, 9, 14.5, ",", "."),
    "ru": Speech("оеаинтсрвлкм", 1, 11, 14.5, ",", "."),
    "ar": Speech("اليمنورتبهعس", 2, 8, 13.0, "،", "."),
    "hi": Speech("करनतसमहलपयवद", 1, 6, 12.5, ",", "।"),
    "th": Speech("กนรอางยมลวสท", 2, 6, 12.5, "", ""),
    "ko": Speech("이다는고가에을를서하지도", 1, 5, 6.5, ",", "."),
    "zh": Speech("的一是不了人我在有他这中", 1, 3, 5.0, "，", "。"),
    "ja": Speech("のにはをたがでてとし学生", 1, 4, 6.0, "、", "。"),
}


def talk(lang: str, *, minutes: float, pace: float, rng: random.Random) -> list[TimedWord]:
    """A talk of sentences of 2 to 18 words."""
    speech, spaced = SPEECHES[lang], limits(lang).spaced
    words: list[TimedWord] = []
    now, speakers = 0.0, rng.choice(["A", "AB", "ABC"])
    while now < minutes * 60:
        rate = pace * speech.rate * rng.lognormvariate(0, 0.18)
        speaker, count = rng.choice(speakers), rng.randint(2, 18)
        for at in range(count):
            size = rng.randint(speech.shortest, speech.longest)
            text = "".join(rng.choices(speech.letters, k=size))
            text += speech.stop if at == count - 1 else speech.comma if rng.random() < 0.1 else ""
            lasting = (len(text) + spaced) / rate
            words.append(TimedWord(text=text, start=ms(now), end=ms(now + 0.95 * lasting), speaker=speaker))
            now += lasting
        now += rng.choice([0.1, 0.3, 0.6, 1.2, 4.0])
    return words


def ms(seconds: float) -> int:
    return round(1000 * seconds)


def letters(texts: Iterator[str]) -> str:
    """Without white space, direction marks and dashes."""
    return "".join("".join(text.split()) for text in texts).replace("\u200f", "").replace("-", "")


def judged(words: Sequence[TimedWord], allowed: Limits) -> dict[str, Any]:
    """What is wrong with the cues of a talk, and how many times faster than it they were made."""
    began = time.process_time()
    cues = solve(words, allowed)
    taken = time.process_time() - began
    rules = Counter(item.rule for item in check(Track(cues=tuple(cues)), allowed) if item.severity == "error")
    said = letters(word.text for word in words)
    return {
        "cues": len(cues),
        "hard": sum(count for rule, count in rules.items() if rule != "subtitle.speed"),
        "fast": rules["subtitle.speed"],
        "late": late(cues, words, allowed),
        "lost": int(letters(cue.text for cue in cues) != said),
        "times_real": words[-1].end / 1000 / taken,
    }


def late(cues: Sequence[Cue], words: Sequence[TimedWord], allowed: Limits) -> int:
    """Cues that start further from their first word than the limit."""
    begun = [unit.start for unit in units(words, allowed) for _ in letters(iter([unit.text]))]
    at = count = 0
    for cue in cues:
        count += abs(begun[at] - cue.start) > allowed.sync_ms
        at += len(letters(iter([cue.text])))
    return count


def share(rows: Sequence[dict[str, Any]], name: str, *, rng: random.Random) -> dict[str, float]:
    """Of all cues, with 95 % of the bootstrap over talks."""

    def of(chosen: Sequence[dict[str, Any]]) -> float:
        return sum(row[name] for row in chosen) / sum(row["cues"] for row in chosen)

    drawn = sorted(of(rng.choices(rows, k=len(rows))) for _ in range(SAMPLES))
    return {"value": of(rows), "low": drawn[int(0.025 * SAMPLES)], "high": drawn[int(0.975 * SAMPLES) - 1]}


def percent(found: dict[str, float]) -> str:
    return "{value:.2%} ({low:.2%}..{high:.2%})".format(**found)


def measured(lang: str, *, talks: int, minutes: float, pace: float) -> dict[str, Any]:
    """All talks of a language."""
    rng = random.Random(lang)
    allowed = limits(lang, fps=FPS)
    rows = [judged(talk(lang, minutes=minutes, pace=pace, rng=rng), allowed) for _ in range(talks)]
    return {
        "cues": sum(row["cues"] for row in rows),
        "hard": sum(row["hard"] for row in rows),
        "lost": sum(row["lost"] for row in rows),
        "fast": share(rows, "fast", rng=rng),
        "late": share(rows, "late", rng=rng),
        "times_real": mean(row["times_real"] for row in rows),
    }


def films(folder: Path) -> dict[str, Any]:
    """Hard rules broken in real subtitles, as they are and after ``--fix``."""
    found = {}
    for path in sorted(folder.glob("*.vtt")):
        track = read(str(path))
        allowed = limits_for((cue.text for cue in track.cues), fps=FPS)
        made = fixed(track, allowed)
        found[path.stem] = {
            "cues": [len(track.cues), len(made.cues)],
            "errors": [errors(track, allowed), errors(made, allowed)],
            "kept": shown(track) == shown(made),
        }
    return found


def errors(track: Track, allowed: Limits) -> int:
    return sum(item.severity == "error" for item in check(track, allowed))


def shown(track: Track) -> str:
    """Letters in the order of the cues' starts."""
    return letters(plain(cue.text) for cue in sorted(track.cues, key=lambda cue: cue.start))


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--talks", type=at_least_one, default=10, help="talks a language")
    parser.add_argument("--minutes", type=at_least_one, default=10, help="of each talk")
    parser.add_argument("--pace", type=float, default=1.0, help="of speech, against the usual one")
    parser.add_argument("--data", type=Path, help="folder of the data sets")
    options = parser.parse_args()
    machine = hardware()
    print(machine, flush=True)
    result = {}
    for lang in SPEECHES:
        row = result[lang] = measured(lang, talks=options.talks, minutes=options.minutes, pace=options.pace)
        told = ", ".join(f"{name} {percent(row[name])}" for name in ("fast", "late"))
        print(
            f"  {lang}: {row['cues']:,} cues, {row['hard']} hard, {row['lost']} talks with lost letters, "
            f"{told}, {row['times_real']:,.0f} × real time",
            flush=True,
        )
    real = films(options.data / "subtitles_open_films" / "vtt") if options.data else {}
    for name, figures in real.items():
        print(f"  {name}: {figures}")
    report({"hardware": machine, "talks": result, "films": real}, targets=targets(result), path=options.json)


def targets(result: dict[str, Any]) -> list[Target]:
    """What the project wants to reach, in the worst language."""
    rows = result.values()
    return [
        Target(name="hard rules broken", value=sum(row["hard"] for row in rows), limit=0, better="lower"),
        Target(
            name="talks with lost letters", value=sum(row["lost"] for row in rows), limit=0, better="lower"
        ),
        Target(
            name="share of cues too fast, worst language",
            value=max(row["fast"]["value"] for row in rows),
            limit=0.02,
            better="lower",
        ),
        Target(
            name="share of cues late, worst language",
            value=max(row["late"]["value"] for row in rows),
            limit=0.01,
            better="lower",
        ),
        Target(
            name="times real time, worst language",
            value=min(row["times_real"] for row in rows),
            limit=100,
        ),
    ]


if __name__ == "__main__":
    main()
