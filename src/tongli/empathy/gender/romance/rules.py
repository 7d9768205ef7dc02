"""Rules for Spanish, French, Italian and Portuguese: what is rewritten, made neutral, offered and checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from tongli.core import Claim, Edit, Evidence, Person, Span
from tongli.core.edit import apply_edits
from tongli.empathy.gender.forms import outside_of, protected
from tongli.empathy.gender.names import former_name_edits
from tongli.empathy.gender.romance.lexicon import Form, Gender, Lexicon, lexicon
from tongli.empathy.gender.romance.links import mentions
from tongli.empathy.gender.romance.mention import Mention
from tongli.empathy.gender.romance.of_things import of_things
from tongli.empathy.gender.romance.people import elliptic, loose_forms, rivals, undeclared, unknown_agreement
from tongli.empathy.gender.romance.phrases import Sentence
from tongli.empathy.gender.romance.render import edits_of
from tongli.empathy.gender.romance.resolve import Declared, declared, of_person
from tongli.empathy.gender.romance.styles import DOUBLET, doublets, known_style, neutral_slot, reason_of
from tongli.empathy.gender.romance.titles import title_edits
from tongli.empathy.gender.rules import Abstention, Alternatives, Rewrite

DIMENSION = "gender-form"
_DECLARED = "as the person declared"
_LABELS: Mapping[str, tuple[str, float]] = MappingProxyType(
    {"title": ("title", 0.9), "name": ("former-name", 0.95), "agreement": ("agreement", 0.9)}
)
"""Kind of an edit → label of its claim and score; estimates."""
_GENDERS: tuple[tuple[str, Gender], ...] = (("feminine", "f"), ("masculine", "m"))


class Romance:
    """Rules of one language; subclasses name it."""

    lang: str

    def rewrite(self, text: str, *, people: Sequence[Person]) -> Rewrite:
        """See :class:`tongli.empathy.gender.rules.Rules`."""
        found = _Text(text, self._lexicon())
        slots: dict[int, str] = {}
        abstained: list[Abstention] = []
        for person, wish in self._wishes(people):
            chosen = of_person(found.sentence, found.mentions, person, alone=len(people) == 1)
            for mention in chosen:
                abstained += found.write(mention, wish, slots)
        source = f"gender.{self.lang}"
        agreed = found.result(slots, abstained, reason=_DECLARED, source=source)
        beside = [
            *title_edits(text, people, found.areas, found.lexicon, reason=_DECLARED, source=source),
            *former_name_edits(text, people, found.areas, lang=self.lang, reason=_DECLARED, source=source),
        ]
        return _beside(agreed, beside, text) if beside else agreed

    def neutral(self, text: str, *, style: str | None = None) -> Rewrite:
        """See :class:`tongli.empathy.gender.rules.Rules`."""
        chosen = known_style(self._lexicon(), style)
        found = _Text(text, self._lexicon())
        slots: dict[int, str] = {}
        abstained: list[Abstention] = []
        for group in undeclared(found.mentions):
            abstained += found.write_all(group, Declared(gender="neutral", style=chosen), slots)
        reason = f"neutral for people of undeclared gender: {reason_of(found.lexicon, chosen)}"
        return found.result(slots, abstained, reason=reason, source=f"gender.{self.lang}.{chosen}")

    def alternatives(self, text: str) -> Alternatives:
        """See :class:`tongli.empathy.gender.rules.Rules`; abstains when more than one person may be meant."""
        found = _Text(text, self._lexicon())
        groups = undeclared(found.mentions)
        if not groups:
            return Alternatives(texts=MappingProxyType({}))
        why = found.doubt(groups)
        if why is not None:
            span = found.span(groups[0][0])
            return Alternatives(texts=MappingProxyType({}), abstained=(Abstention(span=span, reason=why),))
        texts = {}
        for name, gender in _GENDERS:
            slots = {at: form.slot(gender) for mention in groups[0] for at, form in mention.parts.items()}
            texts[name] = found.result(slots, [], reason=name, source=f"gender.{self.lang}").text
        if texts["feminine"] == texts["masculine"]:
            return Alternatives(texts=MappingProxyType({}))
        neutral = self.neutral(text)
        if neutral.edits and not neutral.abstained:
            texts["neutral"] = neutral.text
        return Alternatives(texts=MappingProxyType(texts))

    def check(self, text: str, *, people: Sequence[Person]) -> tuple[Claim, ...]:
        """See :class:`tongli.empathy.gender.rules.Rules`."""
        rewritten = self.rewrite(text, people=people)
        claims = [_claim(edit, *_LABELS[edit.kind], f"gender.{self.lang}") for edit in rewritten.edits]
        done = [edit.span for edit in rewritten.edits]
        found = _Text(text, self._lexicon())
        free = outside_of(done)
        spans = [found.span(mention) for mention in found.mentions if found.generic(mention)]
        claims += [_inclusive(span, self.lang) for span in spans if free(span)]
        return tuple(claims)

    def not_theirs(self, text: str, *, people: Sequence[Person] = ()) -> frozenset[Span]:  # noqa: ARG002
        """Places of pronouns, and of what agrees with them, that may mean a thing."""
        found = _Text(text, self._lexicon())
        words = found.sentence.words
        of_thing = of_things(found.sentence, found.mentions)
        return frozenset((words[at].start, words[at].end) for mention in of_thing for at in mention.parts)

    def _lexicon(self) -> Lexicon:
        return lexicon(self.lang)

    def _wishes(self, people: Sequence[Person]) -> Iterable[tuple[Person, Declared]]:
        for person in people:
            wish = declared(person, self._lexicon())
            if wish is not None:
                yield person, wish


class _Text:
    """A text, what was read in it, and what may not be touched."""

    def __init__(self, text: str, known: Lexicon) -> None:
        self.text = text
        self.lexicon = known
        self.sentence = Sentence(text, known)
        self.mentions = mentions(self.sentence)
        self.areas = protected(text)
        self._outside = outside_of(self.areas)

    def span(self, mention: Mention) -> tuple[int, int]:
        """Code points from the first to the last form of a mention that has some."""
        places = sorted(mention.parts)
        return self.sentence.words[places[0]].start, self.sentence.words[places[-1]].end

    def free(self, mention: Mention) -> bool:
        """Whether no form of a mention stands in a quotation, code or an address."""
        return all(self.is_free(at) for at in mention.parts)

    def generic(self, mention: Mention) -> bool:
        """Whether a masculine plural may stand for a group of anybody."""
        plural = (mention.gender, mention.number) == ("m", "p")
        return plural and mention.what == "noun" and bool(mention.parts) and self.free(mention)

    def is_free(self, at: int) -> bool:
        """Whether a word may be changed."""
        word = self.sentence.words[at]
        return self._outside((word.start, word.end))

    def write_all(self, group: Iterable[Mention], wish: Declared, slots: dict[int, str]) -> list[Abstention]:
        """The forms of several mentions, or of none of them when a style has no form for one."""
        trial: dict[int, str] = {}
        abstained = [item for mention in group for item in self.write(mention, wish, trial)]
        if not abstained:
            slots.update(trial)
        return abstained

    def write(self, mention: Mention, wish: Declared, slots: dict[int, str]) -> list[Abstention]:
        """Put the forms that a person wants into ``slots``; what has no such form is left and told."""
        forms = {at: form for at, form in sorted(mention.parts.items()) if self.is_free(at)}
        if wish.style == DOUBLET:
            slots.update(doublets(self.lexicon, forms))
            return []
        found = {at: self._slot(form, wish) for at, form in forms.items()}
        if any(slot is None for slot in found.values()):
            return [Abstention(span=self.span(mention), reason=f"no {wish.name} form of this is known")]
        slots.update({at: slot for at, slot in found.items() if slot is not None})
        return []

    def _slot(self, form: Form, wish: Declared) -> str | None:
        if wish.pronoun is not None and form.kind == "pron" and form.number == "s":
            return wish.pronoun
        if wish.style is not None:
            return neutral_slot(self.lexicon, form, wish.style)
        return form.feminine if wish.gender == "feminine" else form.masculine

    def doubt(self, groups: Sequence[Sequence[Mention]]) -> str | None:
        """Why nobody should trust alternatives here; ``None`` when there is one clear person or group."""
        group = groups[0]
        genders = {mention.gender for mention in group} - {"c"}
        numbers = {mention.number for mention in group}
        doubts = {
            "several people of undeclared gender: each may be either": len(groups) > 1,
            "nothing written here tells the forms apart": len(genders) != 1,
            "the forms stand in a quotation": not all(self.free(mention) for mention in group),
            "another person agrees with these forms": rivals(self.mentions, group),
            "a phrase without a noun may mean the same person": elliptic(self.sentence, self.mentions, group),
            "a word that may agree is unknown": unknown_agreement(self.sentence, group),
            "a form that agrees was left without a person": any(
                loose_forms(self.sentence, gender, number) for gender in genders for number in numbers
            ),
        }
        return next((reason for reason, holds in doubts.items() if holds), None)

    def result(
        self, slots: Mapping[int, str], abstained: Sequence[Abstention], *, reason: str, source: str
    ) -> Rewrite:
        """The text with the slots written."""
        edits = edits_of(self.text, self.sentence.words, slots, self.lexicon, reason=reason, source=source)
        return Rewrite(text=apply_edits(self.text, edits), edits=edits, abstained=tuple(abstained))


def _beside(agreed: Rewrite, edits: Sequence[Edit], text: str) -> Rewrite:
    """A rewrite with edits of titles and names, which replace what overlaps them."""
    free = outside_of(edit.span for edit in edits)
    made = sorted((*edits, *(edit for edit in agreed.edits if free(edit.span))), key=lambda edit: edit.span)
    return Rewrite(text=apply_edits(text, made), edits=tuple(made), abstained=agreed.abstained)


def _claim(edit: Edit, label: str, score: float, source: str) -> Claim:
    evidence = (Evidence(span=edit.span, weight=1.0),)
    reason = f"the person's declaration asks for: {edit.after.strip()}"
    return Claim(
        dimension=DIMENSION, label=label, score=score, evidence=evidence, reason=reason, source=source
    )


def _inclusive(span: tuple[int, int], lang: str) -> Claim:
    return Claim(
        dimension=DIMENSION,
        label="inclusive",
        score=0.3,
        evidence=(Evidence(span=span, weight=0.3),),
        reason="a masculine plural for a group: readers may or may not feel meant",
        source=f"gender.{lang}",
    )


class Spanish(Romance):
    """Spanish."""

    lang = "es"


class French(Romance):
    """French."""

    lang = "fr"


class Italian(Romance):
    """Italian."""

    lang = "it"


class Portuguese(Romance):
    """Portuguese."""

    lang = "pt"
