"""Back-translation: into another language and back, which rephrases.

References:
    Sennrich, Haddow and Birch (2016), "Improving neural machine translation models with
    monolingual data", ACL.
    Xie et al. (2020), "Unsupervised data augmentation for consistency training", NeurIPS.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tongli.core import ConfigError, Translator
from tongli.learning.augment.languages import language_of
from tongli.learning.augment.method import Proposal
from tongli.learning.data.record import Record


class BackTranslation:
    """Translates there and back.

    Args:
        translator: what translates.
        pivots: languages to go through, the first ones first; empty for every one that the translator has,
            which must then say what it has.

    Raises:
        ConfigError: ``augment.pivot`` when no language can go through any of the pivots and back.
        EngineError: those of the translator.
    """

    def __init__(self, translator: Translator, *, pivots: Sequence[str] = ()) -> None:
        self.translator = translator
        self._pivots = tuple(pivots)
        pairs = translator.pairs()
        self._routes = None if pairs is None else _routes(pairs, pivots)
        if not (self._routes or (pairs is None and pivots)):
            raise ConfigError(
                "augment.pivot",
                received=", ".join(pivots) or "no pivot",
                allowed=_both_ways(pairs or ()) or f"a language that {translator.name} translates both ways",
                fix="Name another language with --through, or install the pair.",
            )

    def propose(self, records: Sequence[Record], *, count: int, seed: int) -> list[list[Proposal]]:  # noqa: ARG002 - nothing random
        """One proposal a pivot."""
        found: list[list[Proposal]] = [[] for _ in records]
        for lang in sorted({language_of(record.lang) for record in records}):
            rows = [row for row, record in enumerate(records) if language_of(record.lang) == lang]
            for pivot in self._through(lang)[:count]:
                there = self._translated([records[row].text for row in rows], source=lang, target=pivot)
                back = self._translated(there, source=pivot, target=lang)
                for row, text in zip(rows, back, strict=True):
                    detail = f"{self.translator.name}:{lang}-{pivot}"
                    found[row].append(Proposal(text=text, detail=detail))
        return found

    def _through(self, lang: str) -> list[str]:
        """Pivots of a language; of a translator that makes no promise, all: the checks decide."""
        if self._routes is None:
            return [pivot for pivot in self._pivots if lang not in {pivot, "und"}]
        return self._routes.get(lang, [])

    def _translated(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        """The best draft of each text; the text itself where there is none."""
        drafts = self.translator.translate(texts, source=source, target=target)
        return [own[0].text if own else text for text, own in zip(texts, drafts, strict=True)]


def _routes(pairs: frozenset[tuple[str, str]], pivots: Sequence[str]) -> dict[str, list[str]]:
    """Language → pivots from which there is a way back."""
    routes: dict[str, list[str]] = {}
    for source, target in sorted(pairs):
        if (target, source) in pairs and (not pivots or target in pivots):
            routes.setdefault(source, []).append(target)
    if pivots:
        for found in routes.values():
            found.sort(key=list(pivots).index)
    return routes


def _both_ways(pairs: Collection[tuple[str, str]]) -> str:
    return ", ".join(sorted({target for source, target in pairs if (target, source) in pairs}))
