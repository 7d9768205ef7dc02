"""Whether the check ``same`` tells free rephrasings from changed ones, within one language.

    python benchmarks/rephrasings.py [--json out.json]

Thirty passages of ours (``planted/rephrasings.toml``) in six languages: each said again in other words, and
once more with one thing changed. Good ones held back and changed ones caught, at the limits of translations
and above them. It says why ``write rephrase`` does not use the check.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np

from measurement import Target, arguments, hardware, report
from tongli import Tongli
from tongli.generation.translate.same import shipped

PASSAGES = Path(__file__).parent / "planted" / "rephrasings.toml"
ABOVE = (0, 1, 2, 3)
"""Log-odds above a language's limit from which a text is said to differ."""


def passages() -> list[dict[str, str]]:
    """Each with ``lang``, ``text``, ``again`` and ``changed``."""
    found: list[dict[str, str]] = tomllib.loads(PASSAGES.read_text(encoding="utf-8"))["passage"]
    return found


def odds(tongli: Tongli, told: str) -> np.ndarray:
    """Log-odds above the limit that the passages and their rephrasings ``told`` differ, ``(passages,)``."""
    reader = shipped()
    found = []
    for each in passages():
        text, other = tongli.tokens([each["text"], each[told]])
        found.append(reader.read(text, other).fault - reader.limits[each["lang"]])
    return np.array(found)


def main() -> None:
    """Measure and print."""
    chosen = arguments(__doc__).parse_args()
    machine = hardware()
    print(machine)
    tongli = Tongli().load()
    good, changed = odds(tongli, "again"), odds(tongli, "changed")
    result = {
        str(above): {"held back": float((good > above).mean()), "caught": float((changed > above).mean())}
        for above in ABOVE
    }
    for above, shares in result.items():
        print(f"{above} above the limit, {len(good)} each: {shares}")
    targets = [Target(name="good held back", value=result["0"]["held back"], limit=0.03, better="lower")]
    report({"hardware": machine, **result}, targets=targets, path=chosen.json)


if __name__ == "__main__":
    main()
