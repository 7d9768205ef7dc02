"""Words of a text with their readings: what each may be, before any phrase is made of them."""

from __future__ import annotations

import re

from tongli.empathy.gender.romance.lexicon import Form, Gender, Kind, Lexicon, Number
from tongli.empathy.gender.romance.words import Word, words_of

_ENDS = frozenset(".?!…;:")
_WE = re.compile(r"(?:[aei]mos|iamo)$")
_TIMES = frozenset(["vez", "veces", "vezes", "volte", "fois"])
_OFTEN = frozenset(
    ["cada", "più", "molte", "tante", "diverse", "varie", "muchas", "varias", "muitas", "várias", "plusieurs"]
)

_FRENCH_SUBJECTS = frozenset(
    ["il", "elle", "ils", "elles", "on", "ne", "je", "qui", "nous", "vous"],
)


class Readings:
    """Words of a text and their readings."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        whole = frozenset(word for word in lexicon.forms if "-" in word)
        self.text = text
        self.lexicon = lexicon
        self.words: list[Word] = words_of(text, whole=whole)
        self.readings = [self._read(at) for at in range(len(self.words))]

    def _read(self, at: int) -> tuple[Form, ...]:
        """The readings of a word; none inside a set phrase (``junto con``, ``ogni tanto``)."""
        word, sets = self.words[at], self.lexicon.sets
        opens = f"{word.low}_{self.low(at + 1)}" in sets["phrases"]
        if not word.is_word or opens or f"{self.low(at - 1)}_{word.low}" in sets["closed"]:
            return ()
        return self.lexicon.read(word.low)

    def low(self, at: int) -> str:
        """The word at a place in lower case; empty outside the text."""
        return self.words[at].low if 0 <= at < len(self.words) else ""

    def reading(self, at: int) -> tuple[Form, ...]:
        """The readings of a place; none outside the text."""
        return self.readings[at] if 0 <= at < len(self.words) else ()

    def is_in(self, name: str, at: int) -> bool:
        """Whether the word at a place has a use; *la prima* is no adverb."""
        if not (0 <= at < len(self.words) and self.lexicon.is_in(name, self.words[at].low)):
            return False
        ordinal = name == "adverbs" and self.low(at) == "prima" and at > 0
        return not (ordinal and any(form.kind == "det" for form in self.readings[at - 1]))

    def ends(self, at: int) -> bool:
        """Whether a mark at a place ends a sentence; stops of abbreviations and initials do not."""
        if self.low(at) != ".":
            return self.low(at) in _ENDS
        before = self.words[at - 1].text if at else ""
        initial = len(before) == 1 or (len(before) == 2 and before[0].isupper())
        return not (initial or self.is_in("abbreviations", at - 1))

    def capital(self, at: int) -> bool:
        """Whether a word is written like a name: capital, unknown to the lexicon, not opening a sentence."""
        if not 0 <= at < len(self.words) or not self.words[at].text[0].isupper() or self._shouted(at):
            return False
        return self.capital_inside(at) or not (self.readings[at] or self._function(at))

    def _shouted(self, at: int) -> bool:
        """Whether a known word is written all in capitals."""
        text = self.words[at].text
        return len(text) > 2 and text.isupper() and bool(self.readings[at])

    def _function(self, at: int) -> bool:
        uses = ("prepositions", "clause", "conjunctions", "adverbs", "possessives", "copula_s", "copula_p")
        return any(self.is_in(name, at) for name in uses)

    def pick(self, at: int, kinds: tuple[Kind, ...], gender: Gender, number: Number) -> Form | None:
        """The first reading of these kinds that agrees."""
        if not 0 <= at < len(self.words):
            return None
        for form in self.readings[at]:
            agrees = "c" in {form.gender, gender} or form.gender == gender
            if form.kind in kinds and form.number == number and agrees:
                return form
        return None

    def capital_inside(self, at: int) -> bool:
        """Whether a word does not open a sentence or a quotation."""
        return (
            at > 0 and not self.ends(at - 1) and self.low(at - 1) not in {'"', "«", "“", "¿", "¡", "(", "-"}
        )

    def apposed(self, at: int) -> bool:
        """Whether what is said of people only follows its person, with a complement: ``, ferito a morte``."""
        after = at + 1
        while self.is_in("adverbs", after):
            after += 1
        said = self.is_in("prepositions", after) or self.low(after) in {",", ")"}
        return self.personal(at) and said

    def personal(self, at: int) -> bool:
        """Whether a word is said of people only (arrested, born)."""
        return any(form.masculine in self.lexicon.sets["personal"] for form in self.reading(at))

    def invariable(self, at: int) -> bool:
        """Whether an unknown word ends as adjectives do that are the same for both genders."""
        known = self.reading(at) or self.capital(at) or self._function(at)
        return not known and bool(re.search(self.lexicon.data["invariable"], self.low(at)))

    def _noun(self, at: int) -> bool:
        return any(form.kind in {"noun", "kin"} for form in self.readings[at])

    def measured(self, at: int) -> int:
        """How many words of a degree or a count begin: ``cada vez``, ``de plus en plus``, ``tres veces``."""
        if self.low(at + 1) in _TIMES and (self.low(at) in _OFTEN or self.is_in("numerals", at)):
            return 2
        if self.low(at) in {"un", "um"} and self.low(at + 1) in {"po'", "poco", "peu", "pouco", "po"}:
            return 2
        if f"{self.low(at)}_{self.low(at + 1)}" in self.lexicon.sets["adverbials"]:
            return 2
        degree = [self.low(at + step) for step in range(4)]
        return 4 if degree[0::2] == ["de", "en"] and degree[1] == degree[3] else 0

    def once(self, at: int) -> bool:
        """Whether ``una volta``, ``une fois`` ends here: the participle after it is somebody's."""
        return self.low(at) in {"volta", "vez", "fois"} and self.low(at - 1) in {"una", "une", "uma"}

    def is_clitic(self, at: int) -> bool:
        """Whether an object pronoun is written here, and not an article."""
        if not any(form.kind == "clitic" for form in self.readings[at]):
            return False
        if self.low(at - 1) == "-":
            return True
        after = self.low(at + 1)
        if self.low(at) == "a" and after.endswith(("ar", "er", "ir")):
            return False
        if not after or self._noun(at + 1) or any(form.kind == "det" for form in self.readings[at + 1]):
            return False
        stems = self.lexicon.sets["person_verbs"]
        if self._clitic_place(at, after) or self._verb_after(at, after):
            return True
        singular = any(form.kind == "clitic" and form.number == "s" for form in self.readings[at])
        verb = (
            re.match(self.lexicon.data["finite"], after)
            or (singular and _WE.search(after))
            or (
                re.search(self.lexicon.data["person_verb_end"], after)
                and any(after.startswith(stem) and len(after) <= len(stem) + 5 for stem in stems)
                and not self.readings[at + 1]
            )
        )
        return bool(verb) or (self.lexicon.lang == "es" and self.low(at) == "lo")

    def _verb_after(self, at: int, after: str) -> bool:
        """Italian ``la ritengono``, ``la si vede``: what follows is no feminine noun."""
        ending: str = self.lexicon.data.get("verb_after_la", "")
        plain = bool(ending) and self.low(at) == "la" and not self.capital(at + 1)
        return plain and not self.reading(at + 1) and re.search(ending, after) is not None

    def _clitic_place(self, at: int, after: str) -> bool:
        """Where no article can stand: after French subject pronouns, before infinitives or consonants."""
        if self.lexicon.lang == "fr":
            before = self.low(at - 1)
            fused = before in {"de", "à"} and self.low(at) in {"le", "les"}
            infinitive = after.endswith(("er", "ir", "oir")) and before in {"de", "à", "pour", "sans"}
            infinitive = infinitive or (fused and after.endswith("re"))
            stressed = self.is_in("copula_s", at - 2)
            return infinitive or (before in _FRENCH_SUBJECTS and not stressed)
        impure = self.lexicon.impure
        return bool(
            impure
            and self.low(at) in {"lo", "gli"}
            and not impure.match(after)
            and not self.lexicon.vowel.match(after)
        )

    def sentence_start(self, at: int) -> int:
        """Where the sentence of a word starts."""
        while at > 0 and not self.ends(at - 1):
            at -= 1
        return at
