"""The model card of a release, written from the cards of its heads (Mitchell et al. 2019, FAT*)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tongli.core.text import clean
from tongli.emotion.card import Card
from tongli.emotion.space import SpaceCard

RESEARCH_ONLY = "research only"
"""Licence of weights that may not be given to others."""

_BY_LANGUAGE = "_by_language"
_NOT_RELEASABLE = """> **For research only.** Some of the data may not be used in weights that are given to
> others: see the licences below. Do not redistribute this folder.
"""
_USE = """## Intended use

It estimates what a **text** conveys, to support people who read, sort and answer messages. A score is about
a text, not about a person, and not about what someone truly feels.

Not for decisions about people without a person who checks them; not for diagnosis, hiring, credit, policing,
or watching people at work or school.

## Limits

- Figures hold for data like the data below. Irony, dialect, mixed languages and rare topics are read worse.
- Languages outside the list are read through what the encoder knows of them; heads then abstain more often.
- Labels are majorities of annotators. People and cultures differ in what they read from the same words.
- What the data holds of bias, the weights hold too. Measure it on your own texts, with
  `tongli learn evaluate --fairness`.
"""


def model_card(
    name: str,
    cards: Sequence[Card],
    *,
    licence: str,
    releasable: bool,
    parity: Mapping[str, Any],
    space: SpaceCard | None = None,
) -> str:
    """A Markdown page.

    Args:
        name: of the release.
        cards: of its heads, at least one.
        licence: of the weights, as stated by whoever exports them.
        releasable: whether the licences of the data allow a release.
        parity: as in ``release.json``.
        space: card of the emotion space that goes with them, if one does.
    """
    languages = sorted({tag for card in cards for tag in card.languages})
    parts = [
        _front_matter(languages),
        f"# {name}\n",
        "" if releasable else _NOT_RELEASABLE,
        f"Heads: {', '.join(card.head for card in cards)}. Encoder: `{cards[0].encoder}`.\n",
        f"Licence of the weights: {_cell(licence)}.\n",
        f"Install it with `tongli models install DIR`, then read with `tongli read --model {name}`.\n",
        _USE,
        f"## Languages\n\n{len(languages)} in training: {', '.join(languages) or 'none stated'}.\n",
        _data(cards),
        _figures(cards),
        *(_by_language(cards, split=split) for split in _splits(cards)),
        _calibration(cards),
        _space(space),
        _parity(parity),
        _origin(cards),
    ]
    return "\n".join(part for part in parts if part)


def _front_matter(languages: Iterable[str]) -> str:
    listed = ", ".join(f'"{tag}"' for tag in languages)  # quoted, because no is false in YAML
    return f"---\nlibrary_name: tongli\npipeline_tag: text-classification\nlanguage: [{listed}]\n---\n"


def _data(cards: Sequence[Card]) -> str:
    rows = [
        (card.head, source.name, source.licence, f"{source.examples:,}")
        for card in cards
        for source in card.data
    ]
    return "## Training data\n\n" + _table(("head", "data", "licence", "examples"), rows)


def _figures(cards: Sequence[Card]) -> str:
    """Single numbers of every head and split: the mean over languages, and the worst language beside it."""
    rows = [
        (card.head, split, key, found[key])
        for card in cards
        for split, found in card.metrics.items()
        for key in found
        if not key.endswith(_BY_LANGUAGE)
    ]
    text = "Means count each language once; `worst` names the language that is read worst.\n\n"
    return "## Figures\n\n" + text + _table(("head", "split", "measure", "value"), rows)


def _by_language(cards: Sequence[Card], *, split: str) -> str:
    """One row a language, one column a head, by the first measure that the head has."""
    columns: dict[str, Mapping[str, float]] = {}
    for card in cards:
        found = card.metrics.get(split, {})
        key = next((key for key in found if key.endswith(_BY_LANGUAGE)), None)
        if key is not None:
            measure = key.removesuffix(_BY_LANGUAGE).replace("_", " ")
            columns[f"{card.head} ({measure})"] = found[key]
    tags = sorted({tag for values in columns.values() for tag in values})
    rows = [(tag, *(_figure(values, tag) for values in columns.values())) for tag in tags]
    return f"### By language, {_cell(split)}\n\n" + _table(("language", *columns), rows)


def _figure(values: Mapping[str, float], tag: str) -> str:
    """A figure; the worst of its column in bold."""
    if tag not in values:
        return "–"
    return f"**{values[tag]:.3f}**" if values[tag] == min(values.values()) else f"{values[tag]:.3f}"


def _calibration(cards: Sequence[Card]) -> str:
    rows = [
        (card.head, len(card.calibration.by_language), len(card.thresholds.by_language), f"{card.doubt:g}")
        for card in cards
    ]
    text = (
        "Values are calibrated on texts that were not learnt from: a slope and an offset a label, and\n"
        "offsets of languages shrunk towards 0. `ece` above is the error that is left. Within `doubt` below\n"
        "a threshold, a head that decides nothing abstains.\n\n"
    )
    heading = ("head", "languages with offsets", "languages with thresholds", "doubt")
    return "## Calibration\n\n" + text + _table(heading, rows)


def _space(card: SpaceCard | None) -> str:
    """What the emotion space is, and what it finds."""
    if card is None:
        return ""
    text = (
        f"A projection to {card.size} numbers in which messages that feel alike are near each other,\n"
        f"whatever their language (`space.safetensors`); {len(card.languages)} languages in training.\n"
        "Precision at 10: how many of the ten nearest messages in other languages share an emotion.\n\n"
    )
    rows = [
        ("space", split, f"precision at 10, {kind}", found["precision_at_10"][kind]["space"]["value"])
        for split, found in card.metrics.items()
        for kind in found.get("precision_at_10", {})
    ]
    data = [(source.name, source.licence, f"{source.examples:,}") for source in card.data]
    figures = _table(("what", "split", "measure", "value"), rows) if rows else ""
    return "## Emotion space\n\n" + text + _table(("data", "licence", "examples"), data) + "\n" + figures


def _parity(parity: Mapping[str, Any]) -> str:
    if not parity:
        return ""
    rows = [
        (head, graph, f"{drift['largest']:.2g}", f"{drift['mean']:.2g}")
        for graph in ("fp32", "int8")
        for head, drift in parity[graph].items()
    ]
    text = (
        f"Difference between the network in torch and the exported graphs, on {parity['texts']} texts, as a\n"
        "share of the range of the head. int8 is what is read with.\n\n"
    )
    return "## Export\n\n" + text + _table(("head", "graph", "largest drift", "mean drift"), rows)


def _origin(cards: Sequence[Card]) -> str:
    rows = [
        (card.head, card.seed, *(card.made_by.get(key, "–") for key in ("tongli", "recipe", "texts")))
        for card in cards
    ]
    text = "`recipe` and `texts` are digests: the same ones mean the same run.\n\n"
    return "## How it was made\n\n" + text + _table(("head", "seed", "tongli", "recipe", "texts"), rows)


def _splits(cards: Sequence[Card]) -> list[str]:
    """Splits with figures by language, in the order of the cards."""
    return list(
        dict.fromkeys(
            split
            for card in cards
            for split, found in card.metrics.items()
            if any(key.endswith(_BY_LANGUAGE) for key in found)
        )
    )


def _table(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [heading, ["---"] * len(heading), *rows]
    return "".join("| " + " | ".join(_cell(cell) for cell in line) + " |\n" for line in lines)


def _cell(value: object) -> str:
    """Text that stays in its cell and is no markup: names of data are written by others."""
    text = " ".join(clean(str(value))[0].split())
    return re.sub(r"([|<>\[\]`\\])", r"\\\1", text)
