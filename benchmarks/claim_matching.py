"""How fast claims are loaded and found: words per second, cost against the size of the knowledge base.

    python benchmarks/claim_matching.py [--words 100000] [--repeats 5] [--json out.json]

Texts are synthetic: common words with one expression in about a hundred words, and, as the worst case,
nothing but words that forms are made of. In languages without blanks two characters count as a word. The
knowledge base is then made twenty times as large with invented expressions. One thread; processor time, so
that other work on the machine counts little. Cold loads run in processes of their own.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

import regex

from measurement import Spread, Target, arguments, at_least_one, hardware, report, run, spread, tell
from texts import WORDS
from tongli.knowledge.claim import Claim, Trigger
from tongli.knowledge.claim_files import SHIPPED, claims
from tongli.knowledge.claim_matcher import Matcher, matcher
from tongli.knowledge.claim_patterns import parse_form
from tongli.knowledge.claim_streams import is_spaced

LARGER = 20
CHARACTERS_A_WORD = 2
COLD = (
    "import time\n"
    "start = time.perf_counter()\n"
    "from tongli.knowledge.claim_files import claims\n"
    "imported = time.perf_counter()\n"
    "found = claims({tag!r})\n"
    "loaded = time.perf_counter()\n"
    "from tongli.knowledge.claim_matcher import Matcher\n"
    "between = time.perf_counter()\n"
    "Matcher(found.members(), lang={tag!r})\n"
    "print([imported - start, loaded - imported, time.perf_counter() - between])\n"
)


def surfaces(found: Iterable[Claim], lang: str) -> list[str]:
    """One text for every form."""
    return [next(parse_form(form, lang).examples()) for claim in found for form in claim.forms]


def usual(lang: str, count: int, *, rng: random.Random) -> str:
    """Common words with an expression in a hundred."""
    glue, expressions = _glue(lang), surfaces(claims(lang).values(), lang)
    common = WORDS.get(lang, "").split() or glue.join(expressions).split()
    parts = (rng.choice(expressions if rng.random() < 0.01 else common) for _ in range(count))
    return glue.join(parts)


def worst(lang: str, count: int, *, rng: random.Random) -> str:
    """Nothing but words of forms, shuffled."""
    return _glue(lang).join(rng.choices(_parts(lang), k=count))


def enlarged(lang: str, *, rng: random.Random) -> list[Claim]:
    """The claims of a language, and many more whose forms hold two known words and an invented one."""
    own, glue, known = list(claims(lang).values()), _glue(lang), _parts(lang)
    invented = []
    for number in range((LARGER - 1) * len(own)):
        # Whole characters: an Indic vowel sign begins no word.
        letters = regex.findall(r"\X", "".join(rng.choices(known, k=2 if glue else 4)))
        form = glue.join([*rng.choices(known, k=2), "".join(rng.sample(letters, k=len(letters)))])
        trigger = Trigger(forms=(form,))
        invented.append(replace(own[number % len(own)], id=f"{lang}.idiom.n{number}", trigger=trigger))
    return own + invented


def rates(
    contenders: dict[str, tuple[Callable[[str], Sequence[Any]], str]], *, lang: str, repeats: int
) -> dict[str, list[float]]:
    """Words per second of processor time, contenders in turns; a finder and its text each."""
    found: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(repeats + 1):
        for name, (find, text) in contenders.items():
            start = time.process_time()
            find(text)
            seconds = time.process_time() - start
            if turn:  # the first compiles what the text needs
                found[name].append(count_words(text, lang) / seconds)
    return found


def count_words(text: str, lang: str) -> float:
    return len(text.split()) if is_spaced(lang) else len(text) / CHARACTERS_A_WORD


def measure(lang: str, *, words: int, repeats: int) -> dict[str, Any]:
    rng = random.Random(0)
    text, hard = usual(lang, words, rng=rng), worst(lang, words, rng=rng)
    small, large = matcher(lang), Matcher(enlarged(lang, rng=rng), lang=lang)
    contenders = {
        "usual": (small.find, text),
        "worst": (small.find, hard),
        "larger": (large.find, text),
        "tenth": (small.find, text[: len(text) // 10]),
    }
    found = rates(contenders, lang=lang, repeats=repeats)
    kept = spread([many / few for many, few in zip(found["larger"], found["usual"], strict=True)])
    spreads = {name: spread(values) for name, values in found.items()}
    tell(f"{lang}: {spreads['usual']} words per second")
    return {"claims": len(claims(lang)), "matches": len(small.find(text)), "kept": kept, **spreads}


def cold(tag: str, *, repeats: int) -> dict[str, Spread]:
    """Milliseconds in a new process: imports, claims, and the matcher over them."""
    runs = [json.loads(run([sys.executable, "-c", COLD.format(tag=tag)]).output) for _ in range(repeats)]
    names = ("import", "load", "compile")
    return {
        name: spread([1000 * value for value in values])
        for name, values in zip(names, zip(*runs, strict=True), strict=True)
    }


def _parts(lang: str) -> list[str]:
    """Words, or characters, that the forms of a language are made of."""
    known = _glue(lang).join(surfaces(claims(lang).values(), lang))
    return known.split() if _glue(lang) else list(known)


def _glue(lang: str) -> str:
    return " " if is_spaced(lang) else ""


def show(found: dict[str, dict[str, Any]], starts: dict[str, dict[str, Spread]]) -> None:
    headings = ("claims", "usual", "worst", "20x claims", "1/10 text")
    print("\n      " + "".join(f"{name:>12}" for name in headings) + "   words per second")
    for lang, figures in found.items():
        rates = (figures[name].median for name in ("usual", "worst", "larger", "tenth"))
        print(f"{lang:6}" + "".join(f"{cell:12,.0f}" for cell in (figures["claims"], *rates)))
    print("\n      " + "".join(f"{name:>12}" for name in ("import", "load", "compile")) + "   ms, cold")
    for tag, parts in starts.items():
        print(f"{tag:6}" + "".join(f"{part.median:12.1f}" for part in parts.values()))


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--words", type=at_least_one, default=100_000, help="of each text")
    parser.add_argument("--repeats", type=at_least_one, default=5)
    chosen = parser.parse_args()
    machine = hardware("pyahocorasick")
    print(machine)
    found = {lang: measure(lang, words=chosen.words, repeats=chosen.repeats) for lang in SHIPPED.languages}
    starts = {tag: cold(tag, repeats=chosen.repeats) for tag in SHIPPED.audiences}
    show(found, starts)
    kept = min(item["kept"].median for item in found.values())
    slowest = {name: min(item[name].median for item in found.values()) for name in ("usual", "worst")}
    load = max(item["load"].median for item in starts.values())
    targets = [
        Target(name="words per second, slowest language", value=slowest["usual"], limit=20_000),
        Target(name="the same, worst case", value=slowest["worst"], limit=20_000),
        Target(name="speed kept with 20 times the claims", value=kept, limit=0.7),
        Target(name="cold load of an audience, ms", value=load, limit=100, better="lower"),
    ]
    result = {"hardware": asdict(machine), "languages": found, "cold": starts}
    report(result, targets=targets, path=chosen.json)


if __name__ == "__main__":
    main()
