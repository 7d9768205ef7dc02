"""Expressions whose English glosses say the same in the same words: “buy the farm”, “estirar la pata” (die).

Nothing is weighed: a gloss is equal or it is not. Most of some 60,000 expressions are rows of tables that
link to nothing, and a gloss of one or two words has more expressions than any vector tells apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tongli.knowledge.claim import FIGURATIVE, Claim
from tongli.knowledge.claim_files import ClaimFiles

_APART = re.compile(r";|, (?=to )")
"""Between two ways to say the meaning."""
_WHERE = (
    "american|australian|austrian|berlin|brazil|british|egyptian|latin america|mexico|portugal|spain|swiss"
)
_HOW = (
    "casual|coarse|colloquial|dated|disparaging|humorous|in jest|ironic|jest|joking|mocking|offensive|rude"
    "|slang|vulgar"
)
_LABEL = rf"(?:(?:mildly|mostly|often|very) )?(?:{_WHERE}|{_HOW})"
_ASIDE = re.compile(rf"\({_LABEL}(?:, {_LABEL})*\)", re.IGNORECASE)
"""Says where or how an expression is used; other parentheses, as “(of rain)”, belong to the meaning."""
_LED = re.compile(r"^(?:(?:to|be|being|a|an|the) )+")
_WORD = re.compile(r"[a-z]{3,}")
_ENDS = " .!?…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """An expression with the same gloss.

    Attributes:
        form: the words.
        claim: about them, with its sources.
        said: what both glosses say.
    """

    form: str
    claim: Claim
    said: str


class SameGloss:
    """The idioms, proverbs and slang of a language by their glosses; a language is read at its first use.

    Args:
        files: the claims, with their tables.
    """

    def __init__(self, files: ClaimFiles) -> None:
        self._files = files
        self._known: dict[str, Mapping[str, tuple[Claim, ...]]] = {}

    def __call__(self, gloss: str, lang: str, *, like: Claim | None = None) -> Iterator[tuple[Claim, str]]:
        """Claims of a language or audience and what they say too, the closest first.

        Args:
            gloss: in English; each part between semicolons is a meaning.
            lang: whose expressions.
            like: the claim that is compared; its kind, its register and its image come first.

        Raises:
            InputError: ``locale.tag``, ``claims.audience``.
        """
        asked = meanings(gloss)
        known = self._of(lang)
        found = {claim.id: (claim, said) for said in asked for claim in known.get(said, ())}

        def order(item: tuple[Claim, str]) -> tuple[object, ...]:
            claim, said = item
            whole = len(meanings(_sense(claim))) == len(asked) == 1
            narrowed = bool(_ASIDE.search(_sense(claim)))  # “die (Mexico)”
            sources = -len(claim.evidence)
            if like is None:
                return not whole, asked.index(said), narrowed, sources, claim.id
            strange = not set(claim.scope.register) & set(like.scope.register)
            image = -_same_image(claim, like)
            return not whole, claim.kind != like.kind, strange, image, narrowed, sources, claim.id

        yield from sorted(found.values(), key=order)

    def _of(self, lang: str) -> Mapping[str, tuple[Claim, ...]]:
        if lang not in self._known:
            self._known[lang] = _by_meaning(self._files.claims(lang).values())
        return self._known[lang]


def meanings(gloss: str) -> tuple[str, ...]:
    """The meanings that a gloss tells, without what only makes it a phrase.

    >>> meanings("to be extremely happy; over the moon (casual)")
    ('extremely happy', 'over the moon')
    >>> meanings("heavily (of rain)")
    ('heavily (of rain)',)
    """
    plain = (_ASIDE.sub("", part).casefold() for part in _APART.split(gloss))
    told = (_LED.sub("", " ".join(part.strip(_ENDS).split())) for part in plain)
    return tuple(dict.fromkeys(part for part in told if part))


def _by_meaning(claims: Iterable[Claim]) -> Mapping[str, tuple[Claim, ...]]:
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.kind in FIGURATIVE and claim.action.detect != "silent":
            for said in meanings(_sense(claim)):
                found.setdefault(said, []).append(claim)
    return {said: tuple(several) for said, several in found.items()}


def _sense(claim: Claim) -> str:
    return claim.meaning.sense if claim.meaning else ""


def _same_image(one: Claim, other: Claim) -> int:
    """How many words the two have in common if both are taken word for word."""
    return len(_literal(one) & _literal(other))


def _literal(claim: Claim) -> frozenset[str]:
    told = f"{claim.meaning.literal} {' '.join(claim.forms)}" if claim.meaning else ""
    return frozenset(_WORD.findall(told.casefold()))
