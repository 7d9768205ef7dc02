"""What a check looks at: one draft, its plan, what it answers, and the models, run at the first look."""

from __future__ import annotations

import re
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tongli.core import Draft, FloatArray, Language, Message, Person, Plan, Reader, Reading
from tongli.core.reading import Score, Span
from tongli.generation.verify.lexicon import phrases

_NOT_OWN = re.compile(
    r"“[^“”]{0,500}”|„[^„“”]{0,500}[“”]|«[^«»]{0,500}»|»[^«»]{0,500}«|\"[^\"\n]{0,500}\""
    r"|「[^「」]{0,500}」|『[^『』]{0,500}』|https?://\S+|\bwww\.\S+|[\w.+-]{1,64}@[\w-]+\.[\w.-]+"
)


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One draft under examination.

    Attributes:
        draft: the text to judge.
        plan: what it was meant to do.
        reading: what it answers.
        reader: the models.
        given: further words that are not the draft's own, such as those of a sheet of facts.
        ahead: the draft's sentence vector ``(1, hidden)``, where somebody has begun to compute it.
    """

    draft: Draft
    plan: Plan
    reading: Reading
    reader: Reader
    given: tuple[str, ...] = ()
    ahead: Future[FloatArray] | None = None

    @property
    def text(self) -> str:
        """The draft's text."""
        return self.draft.text

    @property
    def lang(self) -> str:
        """Primary language subtag that the draft must have."""
        return base(self.plan.culture.lang)

    @property
    def to(self) -> Person:
        """Whom the draft speaks to: whoever wrote the message."""
        return self.reading.message.author

    @cached_property
    def own_words(self) -> str:
        """The draft with all that is not its own blanked, offsets unmoved.

        Salutation, kept strings, lines of the house, quotations and links.

        What somebody asked for or said is not the draft's own choice of form.
        """
        plan = self.plan
        text = own_text(self.text)
        for given in (plan.culture.salutation, plan.signoff, *plan.notices, *plan.keep, *self.given):
            if given:
                text = text.replace(given, " " * len(given))
        return text

    @property
    def language(self) -> Language:
        """The language that the draft looks like; raises what the models raise."""
        return self._undeclared.language

    @cached_property
    def own_reading(self) -> Reading:
        """What the draft itself sounds like in the language it must have; raises what the models raise."""
        if base(self.language.tag) == self.lang:
            return self._undeclared
        return self.reader.read_many([Message(self.text, lang=self.plan.culture.lang)])[0]

    @cached_property
    def _undeclared(self) -> Reading:
        return self.reader.read_many([Message(self.text)])[0]

    @cached_property
    def voiced_reading(self) -> Reading:
        """What the draft sounds like without the words that name the reader's feeling."""
        named = phrases("naming", self.lang, "phrases")
        spans = named.find(self.text) if named else []
        if not spans:
            return self.own_reading
        text = self.text
        for start, end in reversed(spans):
            text = text[:start] + text[end:]
        return self.reader.read_many([Message(text, lang=self.plan.culture.lang)])[0]

    @property
    def sentence(self) -> FloatArray:
        """What the draft means, ``(hidden,)`` of unit length; raises what the models raise."""
        found = self.reader.sentences([self.text]) if self.ahead is None else self.ahead.result()
        return np.asarray(found[0], np.float32)

    def score(self, head: str) -> Score | None:
        """A head's value for the draft; ``None`` when the head did not run."""
        return self.own_reading.scores.get(head)

    def voiced(self, head: str) -> dict[str, float]:
        """A head's values by label for what the draft voices; empty when the head did not run."""
        found = self.voiced_reading.scores.get(head)
        return {} if found is None or isinstance(found, float | int) else dict(found)


def own_text(text: str) -> str:
    """A text with its quotations, links and addresses blanked, offsets unmoved."""
    return _NOT_OWN.sub(lambda found: " " * len(found[0]), text)


def base(tag: str) -> str:
    """The primary subtag of a BCP-47 tag, in lower case."""
    return tag.split("-", maxsplit=1)[0].lower()


def quote(text: str, spans: Sequence[Span], *, limit: int = 5) -> str:
    """The words at some spans, for a check's detail."""
    words = dict.fromkeys(text[start:end].strip() for start, end in spans)
    return ", ".join(f"“{word}”" for word in list(words)[:limit])
