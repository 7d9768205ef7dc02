"""A sentence with its tags, and the small questions that rules ask of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tongli.empathy.gender.english.tagger import model
from tongli.empathy.gender.english.tokens import Token

NOUN = frozenset(("NN", "NNS", "NNP", "NNPS"))
BEFORE_NOUN = frozenset(
    (
        "JJ",
        "JJR",
        "JJS",
        "VBN",
        "VBG",
        "CD",
        "NN",
        "NNS",
        "NNP",
        "NNPS",
        "POS",
        "HYPH",
        "``",
        "''",
        "FW",
        "AFX",
        "PDT",
    )
)
SUBJECTS = frozenset(
    ("i", "you", "he", "she", "it", "we", "they", "who", "one", "there", "this", "that", "these", "those")
)
FINITE = frozenset(("VBZ", "VBP", "VBD", "MD"))


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens and a tag for each; positions outside give an empty word and tag."""

    tokens: Sequence[Token]
    tags: Sequence[str]

    def word(self, at: int) -> str:
        """A word in lower case."""
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""

    def tag(self, at: int) -> str:
        """A Penn Treebank tag."""
        return self.tags[at] if 0 <= at < len(self.tags) else ""

    def __len__(self) -> int:
        return len(self.tokens)

    def noun_ahead(self, at: int) -> int | None:
        """Where the noun stands that a determiner at ``at`` would belong to."""
        place = at + 1
        while place < len(self):
            tag, word = self.tag(place), self.word(place)
            if tag in NOUN and not word.startswith("'"):
                return place
            adverb = tag in ("RB", "RBR", "RBS") and self.tag(place + 1) in BEFORE_NOUN | {"CC"}
            linked = (
                word in (",", "and", "or", "but", "-", "/", "then")
                and place > at + 1
                and self.tag(place + 1) in BEFORE_NOUN
                and not (word == "," and self.tag(place + 1).startswith("NNP"))
            )
            if not (tag in BEFORE_NOUN or adverb or linked or word in ("own", '"', "“", "'", "‘", "-")):
                return None
            place += 1
        return None


def sentence(tokens: Sequence[Token]) -> Sentence:
    """A sentence with the tags of our own tagger."""
    return Sentence(tokens, model().tag([token.text for token in tokens]))
