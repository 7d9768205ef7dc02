"""What a reply had better not say: spans of insults and of gendered wording, and the tokens that end phrases.

References:
    Welleck, Kulikov, Roller, Dinan, Cho and Weston (2020), "Neural text generation with unlikelihood
    training", ICLR.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tongli.core import InputError, Span
from tongli.core.phrases import Phrases
from tongli.empathy.gender.check import check
from tongli.generation.verify.lexicon import phrases

LISTS = ("insults", "gender")
"""``insults``: of the check of toxicity. ``gender``: assumptions, and words that leave people out."""

_ASSUMED, _STYLE = frozenset({"assumption"}), frozenset({"inclusive"})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Lists to look replies up in.

    Attributes:
        lists: of :data:`LISTS`.
        own: further phrases, letter for letter, whatever the case.
    """

    lists: tuple[str, ...] = ()
    own: tuple[str, ...] = ()

    def spans(self, text: str, *, lang: str, context: str = "") -> list[Span]:
        """Code points of the text that a list holds, in order.

        Args:
            text: a reply.
            lang: its language.
            context: what it answers; where that has gendered forms, those of the reply are no assumption.
        """
        found = set(Phrases.literal(self.own).find(text))
        base = lang.partition("-")[0].lower()
        if "insults" in self.lists:
            known = (phrases("insults", key, "words") for key in ("any", base))
            found |= {span for one in known if one for span in one.find(text)}
        if "gender" in self.lists:
            found |= set(_gendered(text, lang=lang, context=context))
        return sorted(found)


def endings(reply: Sequence[int], phrases_: Iterable[Sequence[int]]) -> Iterator[tuple[int, int]]:
    """(place, token) wherever a token would complete a phrase: the candidates of unlikelihood.

    A phrase of one token is a candidate at every place; of a longer one only the last token is, after the
    others: its beginning may begin many things.

    Args:
        reply: tokens.
        phrases_: the tokens of each phrase.
    """
    for phrase in phrases_:
        *head, last = phrase
        for place in range(len(head), len(reply)):
            if list(reply[place - len(head) : place]) == head:
                yield place, last


def _gendered(text: str, *, lang: str, context: str) -> Iterator[Span]:
    try:
        # Whoever spoke of a mother may be answered with "she".
        given = any(_counted(context, lang=lang, wanted=_ASSUMED))
        yield from _counted(text, lang=lang, wanted=_STYLE if given else _ASSUMED | _STYLE)
    except InputError:  # a language without word lists
        return


def _counted(text: str, *, lang: str, wanted: frozenset[str]) -> Iterator[Span]:
    found = check(text, lang=lang, everyone=True)
    return (item.span for item in found if item.claim.label in wanted and not item.claim.abstained)
