"""Build the table of person-name patterns from CLDR's JSON.

    npm pack cldr-person-names-full@48.2.0 && tar xzf cldr-person-names-full-48.2.0.tgz
    python scripts/person_name_table.py package src/tongli/knowledge/person_names.json.gz

A locale keeps only what differs from the locale that it inherits from; the whole table is expanded again and
compared before it is written. Sample names are left out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from pathlib import Path
from typing import Any

from tongli.knowledge.person_name_table import ROOT, expand, parent
from tongli.knowledge.tags import fallbacks

_NAMES = {
    "givenFirst": "given_first",
    "surnameFirst": "surname_first",
    "nativeSpaceReplacement": "native_space",
    "foreignSpaceReplacement": "foreign_space",
    "initial": "initial",
    "initialSequence": "initial_sequence",
    "length": "length",
    "formality": "formality",
}


def read(package: Path) -> dict[str, dict[str, Any]]:
    """Locale → its names and patterns, whole; without variants, which tongli does not tell apart."""
    found = {}
    for file in sorted((package / "main").glob("*/personNames.json")):
        if fallbacks(file.parent.name)[0] != file.parent.name:
            continue
        source = json.loads(file.read_text(encoding="utf-8"))["main"][file.parent.name]["personNames"]
        found[file.parent.name] = {
            **{name: source[key] for key, name in _NAMES.items()},
            "patterns": patterns(source["personName"]),
        }
    return found


def patterns(orders: dict[str, Any]) -> dict[str, list[str]]:
    """``order/length/usage/formality`` → the patterns to choose from."""
    found: dict[str, list[str]] = {}
    for order, lengths in orders.items():
        for length, usages in lengths.items():
            for usage, formalities in usages.items():
                for formality, pattern in formalities.items():
                    key = "/".join((order, length, usage, formality.partition("-")[0]))
                    found.setdefault(key, []).append(pattern)
    return found


def difference(whole: dict[str, Any], inherited: dict[str, Any]) -> dict[str, Any]:
    """What a locale does not inherit."""
    own = {key: value for key, value in whole.items() if value != inherited.get(key) and key != "patterns"}
    known = inherited.get("patterns", {})
    changed = {key: value for key, value in whole["patterns"].items() if value != known.get(key)}
    return {**own, "patterns": changed} if changed else own


def numbered(found: dict[str, dict[str, Any]]) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """Every pattern once, and its numbers instead of it."""
    texts = sorted(
        {text for own in found.values() for group in own.get("patterns", {}).values() for text in group}
    )
    places = {text: place for place, text in enumerate(texts)}
    locales = {
        tag: own
        | (
            {"patterns": {key: [places[text] for text in group] for key, group in own["patterns"].items()}}
            if "patterns" in own
            else {}
        )
        for tag, own in found.items()
    }
    return texts, locales


def build(package: Path) -> bytes:
    """The table, compressed; the same input gives the same bytes."""
    about = json.loads((package / "package.json").read_text(encoding="utf-8"))
    whole = read(package)
    own: dict[str, dict[str, Any]] = {ROOT: whole.pop(ROOT)}
    for tag in sorted(whole, key=lambda tag: len(fallbacks(tag))):
        differs = difference(whole[tag], expand(own, parent(tag, own)))
        if differs:
            own[tag] = differs
    for tag, expected in whole.items():
        if expand(own, tag if tag in own else parent(tag, own)) != expected:
            raise SystemExit(f"{tag} does not come back from the table")
    texts, locales = numbered(own)
    table = {
        "source": f"{about['name']}@{about['version']}",
        "licence": about["license"],
        "texts": texts,
        "locales": dict(sorted(locales.items())),
    }
    data = json.dumps(table, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    return gzip.compress(data, 9, mtime=0)


def main() -> None:
    """Read a package, write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("package", type=Path, help="the unpacked npm package")
    parser.add_argument("target", type=Path, help="where the table goes")
    options = parser.parse_args()
    data = build(options.package)
    options.target.write_bytes(data)
    sys.stdout.write(f"{options.target}: {len(data):,} bytes\n")


if __name__ == "__main__":
    main()
