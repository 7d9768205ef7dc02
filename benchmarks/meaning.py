"""Fit what tells whether two texts say the same, and measure it on documents kept aside.

    python benchmarks/meaning.py --data DATA [--write] [--limits] [--checkpoint FILE] [--json out.json]

Texts of four sets that say the same in several languages (NTREX-128, CoCoA-MT, MT-GenEval, xSID), and
sentences of our own. A sixth of the documents, by hash, sets the limits of each language; another sixth is
reported: good pairs held back, and what is caught of changes made to one text by rule, by kind and by
language, beside the check ``negation``. Two languages (pl, th) are not learnt from at all. Opposites of
``planted_opposites.py`` stand in no list that was learnt from. ``--write`` learns first, and writes the
weights and limits that ship; ``--limits`` sets the limits of these weights anew.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from measurement import Target, arguments, hardware, report, tell
from planted_opposites import unlisted
from tongli import Tongli
from tongli.core import Tokens
from tongli.core.pairs import PairReader, load_pairs, save_limits, save_pairs
from tongli.generation.translate import same
from tongli.knowledge.negation import negation
from tongli.learning.meaning.examples import LONGEST, Example, Told, examples
from tongli.learning.meaning.faults import KINDS
from tongli.learning.meaning.parallel import Group, Part, groups
from tongli.learning.meaning.run import CARD, learn, material

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
TARGET = Path(same.__file__).with_suffix(".safetensors")
ALARMS = 0.03
"""Share of good pairs that the limits let fail where they are set."""
FEW = 5
"""Good pairs below which a language gets no limit, so that the check abstains."""
MANY = 60
"""Good pairs from which a language may have a limit of its own."""
MOST = 800
"""Pairs with and without faults that the limit of all languages is set by, and that are reported."""
EACH = 60
"""Good pairs of a language in each set, beside these: they set its own limit, and report its alarms."""
UNLISTED = "opposite, not learnt"


def pairs(found: Sequence[Group], part: Part, *, most: int = MOST, seed: int = 7) -> list[Example]:
    """Good and faulty pairs of a part, drawn group by group until there are enough."""
    own = [group for group in found if group.part == part]
    random.Random(seed).shuffle(own)
    made = list(examples(own, seed=seed, every=0.4))[:most]
    return [*made, *_unlisted(made)]


def evenly(found: Sequence[Group], part: Part, *, seed: int = 7) -> list[Example]:
    """Good pairs of a part: as many of each language, with English or another one, as there are, up to 60."""
    own = [group for group in found if group.part == part]
    draw = random.Random(seed)
    draw.shuffle(own)
    counts: Counter[tuple[str, str]] = Counter()
    made = []
    for group in own:
        texts = {lang: told[0] for lang, told in group.texts.items() if len(told[0]) <= LONGEST}
        for lang in sorted(texts):
            others = sorted(texts.keys() - {lang})
            if not others or counts[group.source, lang] == EACH:
                continue
            counts[group.source, lang] += 1
            other = "en" if "en" in others and draw.random() < 0.6 else draw.choice(others)
            one, two = (Told(text=texts[tag], lang=tag) for tag in (lang, other))
            made.append(Example(first=one, second=two, source=group.source))
    return made


def _unlisted(made: Sequence[Example]) -> list[Example]:
    """English texts of good pairs with a word turned into its opposite."""
    found = []
    for each in made:
        for one, other in ((each.first, each.second), (each.second, each.first)):
            if not each.kind and one.lang == "en" and (text := unlisted(one.text)):
                turned = Told(text=text, lang="en")
                found.append(Example(first=turned, second=other, kind=UNLISTED, source=each.source))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Pairs with their log-odds of a fault, ``(pairs,)``, and whether they are long enough to be judged."""

    pairs: Sequence[Example]
    odds: Floats

    @property
    def kinds(self) -> npt.NDArray[np.str_]:
        """The fault of each pair, empty for none."""
        return np.array([each.kind for each in self.pairs])

    def of(self, lang: str) -> Bools:
        """Pairs with a text of the language."""
        return np.array([lang in (each.first.lang, each.second.lang) for each in self.pairs])


def read(reader: PairReader, chosen: Sequence[Example], tongli: Tongli) -> Read:
    """Judge all pairs that are neither too short nor too long."""
    texts = list(dict.fromkeys(told.text for each in chosen for told in (each.first, each.second)))
    tokens: dict[str, Tokens] = {}
    for start in range(0, len(texts), 400):
        tokens |= zip(texts[start : start + 400], tongli.tokens(texts[start : start + 400]), strict=True)
        tell(f"{len(tokens)} of {len(texts)} texts")
    kept = [
        each
        for each in chosen
        if all(same.LEAST <= len(tokens[told.text].spans) <= same.MOST for told in (each.first, each.second))
    ]
    odds = [reader.read(tokens[each.first.text], tokens[each.second.text]).fault for each in kept]
    return Read(pairs=kept, odds=np.array(odds))


def limits(judged: Read, good: Read) -> dict[str, float]:
    """Language → log-odds that few good pairs exceed: of all languages, or its own if that is higher.

    Args:
        judged: pairs as they come; they say which languages are judged at all, and what is usual.
        good: good pairs of every language alike, which set its own limit.
    """
    fine = judged.kinds == ""
    usual = float(np.quantile(judged.odds[fine], 1 - ALARMS))
    return {
        lang: round(_limit(good.odds[good.of(lang)], usual=usual), 3)
        for lang in sorted({told.lang for each in judged.pairs for told in (each.first, each.second)})
        if (judged.of(lang) & fine).sum() >= FEW
    }


def _limit(odds: Floats, *, usual: float) -> float:
    """What few good pairs of a language exceed, where there are enough to say so."""
    return usual if len(odds) < MANY else max(usual, float(np.quantile(odds, 1 - ALARMS)))


def alarms(good: Read, known: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """Language → how many good pairs of it there are, and which share is held back."""
    held = stopped(good, known)
    return {
        lang: {"pairs": int(own.sum()), "held back": round(float(held[own].mean()), 3)}
        for lang in known
        if (own := good.of(lang)).any()
    }


def stopped(judged: Read, known: Mapping[str, float]) -> Bools:
    """Pairs above the limits of both languages; none where a language has no limit."""
    over = [
        max(known.get(each.first.lang, np.inf), known.get(each.second.lang, np.inf)) for each in judged.pairs
    ]
    return judged.odds > np.array(over)


def denied(each: Example) -> bool:
    """Whether only one of the texts negates, by the lists of the check ``negation``."""
    told = each.first, each.second
    lists = [(negation(one.lang, "strong"), negation(one.lang, "weak")) for one in told]
    strong = [bool(own and own.find(one.text)) for (own, _), one in zip(lists, told, strict=True)]
    weak = [bool(own and own.find(one.text)) for (_, own), one in zip(lists, told, strict=True)]
    listed = all(all(own) for own in lists)
    return listed and any(strong[i] and not strong[1 - i] and not weak[1 - i] for i in (0, 1))


def shares(judged: Read, known: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """By kind and by language: what is stopped, what the lists of negations stop, and either."""
    held = stopped(judged, known)
    lists = np.array([denied(each) for each in judged.pairs])
    good = judged.kinds == ""
    strict = judged.odds > np.quantile(judged.odds[good], 0.97)
    result: dict[str, dict[str, float]] = {}
    for kind in ("", *KINDS, UNLISTED):
        own = judged.kinds == kind
        if own.any():
            result[kind or "good"] = {
                "pairs": int(own.sum()),
                **{
                    name: round(float(found[own].mean()), 3)
                    for name, found in (
                        ("same", held),
                        ("negation", lists),
                        ("either", held | lists),
                        ("at 3 %", strict),
                    )
                },
            }
    return result


def main() -> None:
    """Fit, measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the development data folder")
    parser.add_argument("--write", action="store_true", help="learn, and replace the weights that ship")
    parser.add_argument("--checkpoint", type=Path, default=Path("meaning.pt"), help="weights while it learns")
    parser.add_argument("--limits", action="store_true", help="set the limits of the weights anew")
    options = parser.parse_args()
    machine = hardware("torch")
    print(machine)
    tongli = Tongli().load()
    found = list(groups(options.data))
    if options.write:
        network = learn(material(found), encode=tongli.tokens, checkpoint=options.checkpoint, tell=tell)
        encoder = tongli.tokens(["."])[0].encoder
        about: dict[str, object] = {"kinds": KINDS, "encoder": encoder, "limits": {}, "card": CARD}
        save_pairs(TARGET, network.arrays(), about=about)
    if options.write or options.limits:
        set_limits(found, tongli)
    reader = load_pairs(TARGET)
    result = shares(read(reader, pairs(found, "report"), tongli), reader.limits)
    by_lang = alarms(read(reader, evenly(found, "report"), tongli), reader.limits)
    for name, own in {**result, **by_lang}.items():
        print(f"{name:22} {own}")
    targets = [
        Target(name="good pairs held back", value=result["good"]["same"], limit=0.03, better="lower"),
        Target(name="of the worst language", value=_worst(by_lang), limit=0.04, better="lower"),
        Target(name="denied or affirmed, caught", value=result["negation"]["same"], limit=0.3),
    ]
    report({"hardware": machine, **result, "alarms": by_lang}, targets=targets, path=options.json)


def _worst(by_lang: Mapping[str, Mapping[str, float]]) -> float:
    return max(own["held back"] for own in by_lang.values() if own["pairs"] >= MANY)


def set_limits(found: Sequence[Group], tongli: Tongli) -> None:
    """Write limits of the part that sets them into the weights that ship."""
    reader = load_pairs(TARGET)
    chosen = (read(reader, own, tongli) for own in (pairs(found, "limits"), evenly(found, "limits")))
    save_limits(TARGET, limits(*chosen))


if __name__ == "__main__":
    main()
