"""All readings of culture, over a batch of messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from tongli.core import Reading
from tongli.empathy.culture.expressions import expressions
from tongli.empathy.culture.found import find
from tongli.empathy.culture.honorific import honorifics
from tongli.empathy.culture.items import culture_items
from tongli.empathy.culture.norm import Norms, Tokenise, norm_claims
from tongli.empathy.figurative import Figurative
from tongli.empathy.simile import Embed


class CultureReader:
    """Adds the claims ``idiom``, ``slang``, ``figurative``, ``honorific``, ``culture-item`` and ``norm``.

    Args:
        embed: sentence vectors; called only where a norm is given.
        tokens: states of tokens; called only where a norm is given.
        figurative: decides where words have two readings.
    """

    def __init__(self, embed: Embed, *, tokens: Tokenise, figurative: Figurative) -> None:
        self._embed = embed
        self._tokens = tokens
        self._figurative = figurative

    def read(self, readings: Sequence[Reading]) -> list[Reading]:
        """The readings with these claims, in order; only claims of the languages met are loaded.

        Raises:
            ConfigError: for damaged claims.
        """
        found = [find(reading) for reading in readings]
        told = expressions(readings, found, self._figurative)
        norms = norm_claims(readings, lambda: self._norms)
        return [
            replace(
                reading,
                claims=(
                    *reading.claims,
                    *own,
                    *honorifics(reading, matches),
                    *culture_items(matches),
                    *judged,
                ),
            )
            for reading, matches, own, judged in zip(readings, found, told, norms, strict=True)
        ]

    @cached_property
    def _norms(self) -> Norms:
        return Norms(self._embed, tokens=self._tokens)
