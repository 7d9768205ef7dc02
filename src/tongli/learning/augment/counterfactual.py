"""Counterfactual swaps of names and of gendered forms: the labels must not depend on either.

In English the pronouns are swapped, in other languages all that agrees, by their rules.

References:
    Lu et al. (2020), "Gender bias in neural natural language processing" (counterfactual data augmentation).
    Maudslay et al. (2019), "It's all in the name: mitigating gender bias with name-based CDA", EMNLP.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import get_args

from tongli.core import Agreement
from tongli.empathy.gender.rules import languages
from tongli.empathy.gender.swap import swap
from tongli.learning.augment.chance import generator
from tongli.learning.augment.languages import language_of
from tongli.learning.augment.method import Proposal
from tongli.learning.augment.names import name_swaps
from tongli.learning.augment.pronouns import EXPRESSIONS, pronoun_swap
from tongli.learning.data.record import Record


class Counterfactual:
    """Swaps names and pronouns, each option as often as the others.

    The counts are kept from one call to the next, so that the whole run is balanced.
    """

    def __init__(self) -> None:
        self._used: Counter[tuple[str, str]] = Counter()

    def propose(self, records: Sequence[Record], *, count: int, seed: int) -> list[list[Proposal]]:
        """The least used swaps first."""
        return [self._of(record, count=count, seed=seed) for record in records]

    def _of(self, record: Record, *, count: int, seed: int) -> list[Proposal]:
        source = generator(seed, "counterfactual", record.id)
        options = list(_swaps(record))
        source.shuffle(options)
        options.sort(key=lambda option: self._used[option[0]])
        chosen = options[:count]
        for kind, _ in chosen:
            self._used[kind] += 1
        return [proposal for _, proposal in chosen]


def _swaps(record: Record) -> Iterable[tuple[tuple[str, str], Proposal]]:
    """What each swap puts in, and the proposal."""
    lang = language_of(record.lang)
    if lang == "en":
        for target, expression in EXPRESSIONS.items():
            swapped = pronoun_swap(record.text, target)
            if swapped is not None:
                proposal = Proposal(text=swapped, detail=target, gender_expression=expression)
                yield ("pronouns", target), proposal
    elif lang in languages():
        versions = swap(record.text, lang=lang).versions
        for form in get_args(Agreement):
            if form in versions:
                proposal = Proposal(text=versions[form].text, detail=form, gender_expression=form)
                yield ("forms", form), proposal
    for name, text in name_swaps(record.text):
        yield ("name", name), Proposal(text=text, detail="name")
