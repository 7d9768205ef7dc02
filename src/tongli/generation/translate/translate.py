"""From a reading to its translation: draft, judge, mend once, and offer what is open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from tongli.core import Check, Draft, Question, Reader, Reading, TranslationBrief, Translator, Verdict
from tongli.generation.protected import pieces
from tongli.generation.translate.checks import judge
from tongli.generation.translate.compare import compared
from tongli.generation.translate.drafting import Split, candidates
from tongli.generation.translate.forms import (
    Settle,
    Settled,
    alternatives,
    idiom_questions,
    questions,
    readdressed,
)
from tongli.generation.translate.kept import uses
from tongli.generation.translate.pair import Pair
from tongli.generation.translate.sense import expressions
from tongli.generation.translate.translation import Translation

PERSON = "no draft passed every check: a person must look"
_SURFACE = frozenset(("markup", "facts"))


@dataclass(frozen=True, slots=True)
class Tools:
    """What translating needs from the other stages.

    Attributes:
        translator: the engine.
        reader: the models that the checks use.
        split: finds sentences.
        settle: compares and settles gender forms.
    """

    translator: Translator
    reader: Reader
    split: Split
    settle: Settle


def translate(
    readings: Sequence[Reading],
    *,
    target: str,
    tools: Tools,
    briefs: Sequence[TranslationBrief] | None = None,
    n: int = 4,
    mbr: bool = False,
) -> list[Translation]:
    """Translate messages of one language, in order.

    The engine's drafts are judged in its order, or by least expected risk; the first that passes every check
    is taken. If none does, an engine that follows briefs is told what failed and asked once more, and a text
    whose marks or numbers were lost is translated around them. If none passes still, the best is given for a
    person to look at.

    Args:
        readings: sources, all in the language of the first.
        target: BCP-47 tag.
        tools: engine, models, rules.
        briefs: wishes for each; ``None`` for none.
        n: drafts asked for.
        mbr: minimum-Bayes-risk order instead of the engine's.

    Raises:
        EngineError: those of the engine.
    """
    if not readings:
        return []
    briefs = briefs or [TranslationBrief()] * len(readings)
    found: list[Translation | None] = [None] * len(readings)
    for brief in dict.fromkeys(briefs):
        rows = [row for row, own in enumerate(briefs) if own == brief]
        drafts = candidates(
            [readings[row].message.text for row in rows],
            translator=tools.translator,
            source=readings[0].language.tag,
            target=target,
            split=tools.split,
            n=n,
            brief=brief,
            mbr=mbr,
        )
        for row, own in zip(rows, drafts, strict=True):
            found[row] = _One(readings[row], target=target, brief=brief, tools=tools).best(own)
    return [each for each in found if each is not None]


@dataclass(slots=True)
class _One:
    """One message on its way."""

    source: Reading
    target: str
    brief: TranslationBrief
    tools: Tools

    def best(self, drafts: Sequence[Draft]) -> Translation:
        """The first draft that passes, now or after one repair; else the one with fewest faults."""
        judged: list[Pair] = []
        verdicts: list[Verdict] = []
        notes: list[str] = []
        for draft in self._attempts(drafts, verdicts):
            pair, verdict, mended = self._judged(draft)
            judged.append(pair)
            verdicts.append(verdict)
            if verdict.passed:
                notes += ["gender forms as the source has them"] if mended else []
                return self._told(judged, verdicts, len(verdicts) - 1, notes)
        if not verdicts:
            notes.append(f"{self.tools.translator.name}: no draft")
        fewest = min(range(len(verdicts)), key=lambda row: len(failures(verdicts[row])), default=None)
        return self._told(judged, verdicts, fewest, [*notes, PERSON])

    def _attempts(self, drafts: Sequence[Draft], verdicts: Sequence[Verdict]) -> Iterator[Draft]:
        """Drafts to judge, each made only when none before it passed; ``verdicts`` grows meanwhile."""
        yield from drafts
        yield from self._repaired(verdicts)
        yield from self._termed(verdicts)
        yield from self._around(verdicts)

    def _judged(self, draft: Draft) -> tuple[Pair, Verdict, bool]:
        """A draft with its forms settled, its verdict, and whether gender forms were mended."""
        text = readdressed(draft.text, lang=self.target, brief=self.brief)
        settled = self._settled(text)
        pair = replace(self._pair(replace(draft, text=settled.text)), contrary=settled.against)
        return pair, judge(pair), settled.changed

    def _pair(self, draft: Draft) -> Pair:
        return Pair(
            source=self.source,
            draft=draft,
            target=self.target,
            brief=self.brief,
            reader=self.tools.reader,
        )

    def _repaired(self, verdicts: Sequence[Verdict]) -> list[Draft]:
        """One draft more from an engine that is told what failed."""
        if not verdicts or not self.tools.translator.follows:
            return []
        failed = tuple(f"{check.name}: {check.detail}" for check in failures(verdicts[0]))
        return self._asked([self.source.message.text], brief=replace(self.brief, failed=failed))[0]

    def _termed(self, verdicts: Sequence[Verdict]) -> list[Draft]:
        """The first draft with terms in place of what an engine that follows no wishes makes of them."""
        if self.tools.translator.follows or not _failed(verdicts[:1], {"terms"}):
            return []
        draft = verdicts[0].draft
        wanted = [(source, term) for source, term in self.brief.terms if not uses(draft.text, term)]
        text = draft.text
        for own, (_, term) in zip(self._asked([source for source, _ in wanted]), wanted, strict=True):
            for said in own[:1]:
                text = term.join(re.split(rf"(?i)(?<!\w){re.escape(said.text)}(?!\w)", text))
        return [replace(draft, text=text)] if text != draft.text else []

    def _around(self, verdicts: Sequence[Verdict]) -> list[Draft]:
        """A draft made around what must stay, where that was lost."""
        if not _failed(verdicts, _SURFACE):
            return []
        parts = pieces(self.source.message.text)
        spoken = [row for row, (text, kept) in enumerate(parts) if not kept and any(map(str.isalpha, text))]
        made = self._asked([parts[row][0] for row in spoken])
        if not spoken or not all(made):
            return []
        texts = [text for text, _ in parts]
        for row, own in zip(spoken, made, strict=True):
            texts[row] = _spaced(own[0].text, like=texts[row])
        unknown = tuple(word for own in made for word in own[0].unknown)
        return [replace(made[0][0], text="".join(texts), score=None, unknown=unknown)]

    def _asked(self, texts: Sequence[str], *, brief: TranslationBrief | None = None) -> list[list[Draft]]:
        """One draft a text."""
        return candidates(
            texts,
            translator=self.tools.translator,
            source=self.source.language.tag,
            target=self.target,
            split=self.tools.split,
            brief=brief or self.brief,
        )

    def _told(
        self, judged: Sequence[Pair], verdicts: Sequence[Verdict], chosen: int | None, notes: Iterable[str]
    ) -> Translation:
        if chosen is None:
            return Translation(
                text="",
                lang=self.target,
                source=self.source,
                verdict=None,
                needs_person=True,
                notes=tuple(notes),
            )
        pair = judged[chosen]
        settled = self._settled(pair.after)
        found = alternatives(
            pair.before,
            settled,
            source_lang=self.source.language.tag,
            target_lang=self.target,
            brief=self.brief,
        )
        return Translation(
            text=pair.after,
            lang=self.target,
            source=self.source,
            verdict=verdicts[chosen],
            compared=compared(self.source, pair.reading),
            alternatives=found,
            questions=(
                *questions(pair.before, found, target_lang=self.target),
                *self._about_idioms(pair),
            ),
            candidates=tuple(verdict for row, verdict in enumerate(verdicts) if row != chosen),
            needs_person=not verdicts[chosen].passed,
            notes=tuple(notes),
        )

    def _about_idioms(self, pair: Pair) -> tuple[Question, ...]:
        """Nothing to ask where the translation reads as an idiom too."""
        return () if expressions(pair.reading) else idiom_questions(self.source, target_lang=self.target)

    def _settled(self, text: str) -> Settled:
        return self.tools.settle(
            self.source.message.text,
            text,
            source_lang=self.source.language.tag,
            target_lang=self.target,
            author=self.brief.agreement,
        )


def _failed(verdicts: Sequence[Verdict], names: AbstractSet[str]) -> bool:
    return any(check.name in names for verdict in verdicts for check in failures(verdict))


def failures(verdict: Verdict) -> list[Check]:
    """Checks that said no."""
    return [check for check in verdict.checks if check.passed is False]


def _spaced(text: str, *, like: str) -> str:
    """A text with the white space around another one."""
    core = like.strip()
    start = like.find(core)
    return like[:start] + text.strip() + like[start + len(core) :]
