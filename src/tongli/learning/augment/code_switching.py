"""Code-switching: some words in another language, as bilingual people write.

The lexicon was written for this project: everyday words of English with Spanish, Hindi, Indonesian and
Chinese, without words that are as common as another part of speech, and without forms that agree in gender
with people. It is used from English, and into English where a word has one translation only; not from
Chinese, where a word cannot be told from a part of another without a segmenter.

References:
    Qin et al. (2020), "CoSDA-ML: multi-lingual code-switching data augmentation", IJCAI.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from tongli.core import Span
from tongli.core.phrases import Phrases, fold
from tongli.learning.augment.chance import generator
from tongli.learning.augment.languages import language_of
from tongli.learning.augment.method import Proposal
from tongli.learning.augment.words import chosen, free, replaced
from tongli.learning.data.record import Record

_SHARE = 0.5
_MAX_WORDS = 40
_UNSPACED = {"zh"}


class CodeSwitching:
    """Replaces words by their translations.

    Args:
        languages: languages to switch into; empty for all of the lexicon.
    """

    def __init__(self, *, languages: Sequence[str] = ()) -> None:
        self.languages = tuple(languages)

    def propose(self, records: Sequence[Record], *, count: int, seed: int) -> list[list[Proposal]]:
        """One language a proposal, in an order that depends on the record."""
        return [self._of(record, count=count, seed=seed) for record in records]

    def _of(self, record: Record, *, count: int, seed: int) -> list[Proposal]:
        lang = language_of(record.lang)
        source = generator(seed, "code-switching", record.id)
        targets = [other for other in targets_of(lang) if not self.languages or other in self.languages]
        source.shuffle(targets)
        found: list[Proposal] = []
        for target in targets:
            spans = _known_words(record.text, lang, target)
            if spans and len(found) < count:
                words = lexicon(lang, target)
                picked = chosen(spans[:_MAX_WORDS], share=_SHARE, source=source)
                changes = {span: words[fold(record.text[slice(*span)]).text] for span in picked}
                found.append(Proposal(text=replaced(record.text, changes), detail=target))
        return found


def targets_of(lang: str) -> list[str]:
    """Languages that a language can be switched into."""
    others = [name for name in _columns() if name != "en"]
    return others if lang == "en" else ["en"] if lang in set(others) - _UNSPACED else []


@cache
def lexicon(lang: str, target: str) -> Mapping[str, str]:
    """Word → translation, in lower case; a word with several translations is left out, but for English."""
    columns = _columns()
    found: dict[str, set[str]] = {}
    for word, translation in zip(columns[lang], columns[target], strict=True):
        if word != translation:
            found.setdefault(fold(word).text, set()).add(translation)
    return {word: next(iter(options)) for word, options in found.items() if len(options) == 1}


def _known_words(text: str, lang: str, target: str) -> list[Span]:
    return free(_patterns(lang, target).find(text), text)


@cache
def _patterns(lang: str, target: str) -> Phrases:
    words = sorted(lexicon(lang, target), key=len, reverse=True)
    return Phrases(words)


@cache
def _columns() -> dict[str, tuple[str, ...]]:
    lines = (files(__package__) / "lexicon.tsv").read_text(encoding="utf-8").splitlines()
    names, *rows = (line.split("\t") for line in lines)
    return {name: tuple(row[place] for row in rows) for place, name in enumerate(names)}
