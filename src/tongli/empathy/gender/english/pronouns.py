"""English third-person pronouns: where they are, which slot they fill, what another set puts there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from tongli.core import Edit, PronounSet, Span
from tongli.empathy.gender.english.clause import Agreement, agreement
from tongli.empathy.gender.english.sentence import Sentence, sentence
from tongli.empathy.gender.english.slot import (
    SLOTS,
    Slot,
    determiner_or_possessive,
    object_or_determiner,
    subject_or_object,
)
from tongli.empathy.gender.english.tokens import Token, sentences, tokenise
from tongli.empathy.gender.english.verbs import to_plural, to_singular
from tongli.empathy.gender.forms import like, table
from tongli.knowledge.pronouns import known_sets

SOURCE = "gender rules of en"
_STAND_IN = {
    "subject": "she",
    "object": "her",
    "determiner": "her",
    "possessive": "hers",
    "reflexive": "herself",
}
_BINARY = ("he", "she")
_ALSO = {"himself": "hisself", "themself": "themselves"}


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun of a person.

    ``pronouns`` is the set that it belongs to. ``last`` is the place of its last token: "he or she" is one
    pronoun. ``at`` and ``last`` are places in the sentence.
    """

    sentence: Sentence
    at: int
    last: int
    slot: Slot
    pronouns: PronounSet

    @property
    def span(self) -> Span:
        """Code points of the text."""
        return (self.sentence.tokens[self.at].start, self.sentence.tokens[self.last].end)


def find_pronouns(text: str, *, sets: Sequence[PronounSet] = (), doublets: bool = False) -> list[Pronoun]:
    """Pronouns of *he*, *she* and the unmistakable neopronouns, in order.

    Args:
        text: in English.
        sets: further sets whose forms count, ambiguous ones too.
        doublets: take "he or she" as one pronoun.
    """
    forms = _forms(tuple(sets))
    tokens = tokenise(text)
    if not any(token.word in forms for token in tokens):
        return []
    return [
        found
        for run in sentences(text, tokens)
        if any(token.word in forms for token in run)
        for found in _in_sentence(run, forms, doublets=doublets)
    ]


def binary_sets() -> tuple[PronounSet, ...]:
    """*he* and *she*."""
    return tuple(each for each in known_sets() if each.subject in _BINARY)


@cache
def _forms(sets: tuple[PronounSet, ...]) -> Mapping[str, tuple[PronounSet, tuple[Slot, ...]]]:
    """Word → the first set that has it, and the slots it may fill there."""
    usual = [each for each in known_sets() if each.subject not in ("they", "it", "one")]
    usual.sort(key=lambda each: each.subject not in _BINARY)
    anyway = frozenset(table("en", "words")["anyway"])
    found: dict[str, tuple[PronounSet, tuple[Slot, ...]]] = {}
    for each, named in [*((one, True) for one in sets), *((one, False) for one in usual)]:
        words: dict[str, list[Slot]] = {}
        for slot in SLOTS:
            form = getattr(each, slot).casefold()
            for word in filter(None, (form, _ALSO.get(form))):
                words.setdefault(word, []).append(slot)
        for word, slots in words.items():
            if named or word not in anyway:
                found.setdefault(word, (each, tuple(slots)))
    return found


def _in_sentence(
    run: Sequence[Token], forms: Mapping[str, tuple[PronounSet, tuple[Slot, ...]]], *, doublets: bool
) -> Iterator[Pronoun]:
    tagged = sentence(_plain(run, forms))
    whole = Sentence(run, tagged.tags)
    end = -1
    for at, token in enumerate(run):
        if at <= end or token.word not in forms:
            continue
        pronouns, slots = forms[token.word]
        if whole.word(at + 1) in _offices() and run[at + 1].text[:1].isupper():
            continue
        last = _doublet(run, at, forms) if doublets else at
        slot = _slot(tagged, last, slots)
        yield Pronoun(whole, at, last, slot, pronouns)
        end = last


def _slot(view: Sentence, at: int, slots: tuple[Slot, ...]) -> Slot:
    if len(slots) == 1:
        return slots[0]
    if "subject" in slots and "object" in slots:
        found = subject_or_object(view, at)
        if found == "object" and "determiner" in slots:
            return object_or_determiner(view, at)
        return found
    if "object" in slots:
        return object_or_determiner(view, at)
    if "determiner" in slots:
        return determiner_or_possessive(view, at)
    return slots[0]


def _plain(run: Sequence[Token], forms: Mapping[str, tuple[PronounSet, tuple[Slot, ...]]]) -> list[Token]:
    """Tokens as the tagger knows them: neopronouns as *she* forms, SHOUTING in lower case."""
    shouted = sum(token.text.isupper() for token in run) * 2 > sum(token.is_word for token in run)
    plain = []
    for token in run:
        known = forms.get(token.word)
        if known is not None and known[0].subject not in (*_BINARY, "they", "it"):
            plain.append(token._replace(text=_STAND_IN[known[1][0]]))
        else:
            plain.append(token._replace(text=token.text.lower()) if shouted else token)
    return plain


def _doublet(run: Sequence[Token], at: int, forms: Mapping[str, tuple[PronounSet, tuple[Slot, ...]]]) -> int:
    """The last token of "he or she", "his/her", and so on; ``at`` for anything else."""
    if at + 2 >= len(run) or run[at + 1].word not in ("or", "/") or run[at + 2].word not in forms:
        return at
    one, other = forms[run[at].word], forms[run[at + 2].word]
    return at + 2 if one[0] != other[0] and set(one[1]) & set(other[1]) else at


@cache
def _offices() -> frozenset[str]:
    return frozenset(table("en", "words")["offices"])


def change(pronoun: Pronoun, to: PronounSet, *, reason: str) -> list[Edit]:
    """Edits that put another set's form there, and make verbs agree where the number differs."""
    form = getattr(to, pronoun.slot)
    text_before = _written(pronoun)
    edits = (
        []
        if form == text_before
        else [
            Edit(
                span=pronoun.span,
                before=text_before,
                after=like(_first_word(pronoun), form),
                kind="pronoun",
                reason=reason,
                source=SOURCE,
            )
        ]
    )
    plural = pronoun.pronouns.plural_verb
    if pronoun.slot == "subject" and plural is not to.plural_verb:
        edits += verb_edits(
            pronoun.sentence,
            agreement(pronoun.sentence, pronoun.last, plural=plural),
            plural=plural,
            reason=reason,
        )
    return edits


def _written(pronoun: Pronoun) -> str:
    tokens = pronoun.sentence.tokens[pronoun.at : pronoun.last + 1]
    start = tokens[0].start
    written = [" "] * (tokens[-1].end - start)
    for token in tokens:
        written[token.start - start : token.end - start] = token.text
    return "".join(written)


def _first_word(pronoun: Pronoun) -> str:
    return pronoun.sentence.tokens[pronoun.at].text


def verb_edits(whole: Sentence, found: Agreement, *, plural: bool, reason: str) -> list[Edit]:
    """The verbs in the other number."""
    edits = []
    for at in found.verbs:
        token = whole.tokens[at]
        after = like(token.text, (to_singular if plural else to_plural)(token.word))
        edits.append(_verb(token, after, reason))
    if found.clitic is not None:
        edits.append(_clitic(whole, *found.clitic, plural=plural, reason=reason))
    return edits


def _clitic(whole: Sentence, at: int, verb: str, *, plural: bool, reason: str) -> Edit:
    """'s as 're or 've; after question words the verb is written out ("where's she" → "where are they")."""
    token = whole.tokens[at]
    mark, shouting = token.text[0], token.text[1:].isupper()
    if plural:
        return _verb(token, mark + ("S" if shouting else "s"), reason)
    if whole.word(at - 1) in ("where", "what", "who", "how", "when", "why", "here", "there"):
        word = "are" if verb == "is" else "have"
        space = "" if whole.tokens[at - 1].end < token.start else " "
        return _verb(token, space + (word.upper() if shouting else word), reason)
    short = "re" if verb == "is" else "ve"
    return _verb(token, mark + (short.upper() if shouting else short), reason)


def _verb(token: Token, after: str, reason: str) -> Edit:
    return Edit(
        span=(token.start, token.end),
        before=token.text,
        after=after,
        kind="agreement",
        reason=reason,
        source=SOURCE,
    )


def singular_they(style: str) -> PronounSet:
    """*they* with the reflexive of a style: ``themself`` or ``themselves``."""
    they = next(each for each in known_sets() if each.subject == "they")
    return replace(they, reflexive=style)
