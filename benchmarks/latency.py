"""Latency of one text: warm calls, by percentile, and cold commands as processes of their own.

    python benchmarks/latency.py [--calls 200] [--starts 7] [--json out.json]

Warm calls take turns, so that all see the same minutes, over texts of about 20 tokens in several languages.
``encode`` is the part of ``read_many`` before the heads. Cold commands take turns with an empty Python
process, whose time is the floor of all of them; a first turn, which fills the page
cache, is not measured.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from typing import Any

from measurement import (
    Spread,
    Target,
    arguments,
    at_least_one,
    hardware,
    percentile,
    report,
    run,
    spread,
)
from tongli import Message, Tongli

Call = Callable[[Message], object]

TEXTS: Mapping[str, str] = {
    "en": "The parcel came two weeks late, the lamp inside was broken, and nobody has answered my letters.",
    "es": "Por fin aprobé el examen de conducir y esta noche lo celebramos todos juntos en casa de mi tía.",
    "fr": "Je n'ose plus sortir le soir depuis que quelqu'un m'a suivie jusqu'à la porte de l'immeuble.",
    "de": "Danke, dass du gestern so lange geblieben bist, ohne dich hätte ich das niemals geschafft.",
    "pt": "Que saudade do meu irmão, faz três anos que ele se mudou e a casa continua vazia sem ele.",
    "ru": "Я не ожидала такого подарка, вы меня очень удивили, спасибо вам всем большое за этот вечер!",
    "hi": "मेरा ऑर्डर अब तक नहीं आया और आपकी टीम हर बार एक नया बहाना बना देती है।",
    "ar": "تعبت من الانتظار، كل يوم تعدونني بالرد ولا يتصل بي أحد منكم.",
    "zh": "昨天的饭菜里有一根头发,看着就恶心,我再也不会去那家店了。",
    "ja": "明日の発表が怖くて、夜も眠れません。うまく話せるか心配です。",
}
"""Language → a text of about 20 tokens, written for this purpose."""

_FLOOR = "python -c pass"


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """Milliseconds of one call."""

    p50: float
    p95: float
    calls: int

    def __str__(self) -> str:
        return f"p50 {self.p50:.1f} ms, p95 {self.p95:.1f} ms, {self.calls} calls"


def calls(tongli: Tongli) -> dict[str, Call]:
    """What is timed, by name."""
    return {
        "encode": lambda message: tongli.encode([message]),
        "read_many": lambda message: tongli.read_many([message]),
        "read": lambda message: tongli.read(message, evidence=False),
        "read with evidence": tongli.read,
        "respond": lambda message: tongli.respond(message, evidence=False),
        "respond with evidence": tongli.respond,
    }


def warm(works: Mapping[str, Call], messages: Sequence[Message], *, count: int) -> dict[str, Latency]:
    """Each call ``count`` times, in turns, after one unmeasured pass over the messages."""
    for message in messages:
        for work in works.values():
            work(message)
    taken: dict[str, list[float]] = {name: [] for name in works}
    for message in islice(cycle(messages), count):
        for name, work in works.items():
            start = time.perf_counter()
            work(message)
            taken[name].append(1000 * (time.perf_counter() - start))
    return {name: latency(found) for name, found in taken.items()}


def latency(milliseconds: Sequence[float]) -> Latency:
    """Percentiles, rounded to microseconds."""
    return Latency(
        p50=round(percentile(milliseconds, 0.5), 3),
        p95=round(percentile(milliseconds, 0.95), 3),
        calls=len(milliseconds),
    )


def commands() -> dict[str, list[str]]:
    """Commands that are started cold, by name."""
    tongli = [sys.executable, "-m", "tongli"]
    return {
        _FLOOR: [sys.executable, "-c", "pass"],
        "tongli --help": [*tongli, "--help"],
        "tongli read": [*tongli, "read", TEXTS["en"]],
        "tongli read --no-evidence": [*tongli, "read", "--no-evidence", TEXTS["en"]],
    }


def cold(started: Mapping[str, Sequence[str]], *, count: int) -> dict[str, Spread]:
    """Seconds of each command, ``count`` times in turns after an unmeasured turn."""
    seconds: dict[str, list[float]] = {name: [] for name in started}
    for turn in range(count + 1):
        for name, command in started.items():
            taken = run(command).seconds
            if turn:
                seconds[name].append(taken)
    return {name: spread(found) for name, found in seconds.items()}


def targets(warmed: Mapping[str, Latency], started: Mapping[str, Spread]) -> list[Target]:
    """The issue's limits."""
    limits = {"tongli --help": 0.4, "tongli read": 2.5}
    one = Target(name="one text warm, p50 in ms", value=warmed["read_many"].p50, limit=15, better="lower")
    return [
        one,
        *(
            Target(name=f"{name}, median in s", value=started[name].median, limit=limit, better="lower")
            for name, limit in limits.items()
        ),
    ]


def ratios(warmed: Mapping[str, Latency], started: Mapping[str, Spread]) -> dict[str, float]:
    """Each warm call against ``encode``, each command against an empty Python process."""
    found = {f"{name} : encode": each.p50 / warmed["encode"].p50 for name, each in warmed.items()}
    found |= {f"{name} : {_FLOOR}": each.median / started[_FLOOR].median for name, each in started.items()}
    return {name: round(value, 2) for name, value in found.items() if value != 1}


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--calls", type=at_least_one, default=200, help="warm calls of each kind")
    parser.add_argument("--starts", type=at_least_one, default=7, help="cold starts of each command")
    options = parser.parse_args()
    machine = hardware()
    print(machine, flush=True)
    started = cold(commands(), count=options.starts)  # before the models make this process large
    for name, seconds in started.items():
        print(f"{name:26} {seconds} s", flush=True)
    messages = [Message(text) for text in TEXTS.values()]
    warmed = warm(calls(Tongli().load()), messages, count=options.calls)
    for name, found in warmed.items():
        print(f"{name:26} {found}")
    compared = ratios(warmed, started)
    print("\nRatios in this run")
    for name, value in compared.items():
        print(f"  {name}: {value:.2f}")
    result: dict[str, Any] = {
        "hardware": asdict(machine),
        "cold_s": started,
        "warm_ms": warmed,
        "ratios": compared,
    }
    report(result, targets=targets(warmed, started), path=options.json)


if __name__ == "__main__":
    main()
