"""Messages in many languages, translated with memory and glossary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tongli.applications.translate.engine import check_pair, open_translator
from tongli.applications.translate.glossary import Glossary
from tongli.applications.translate.memory import Memory, Stored
from tongli.core import Draft, InputError, Message, Provenance, TranslationBrief, Translator
from tongli.encoders.language import identify
from tongli.generation.translate import Translation
from tongli.pipeline import Tongli

_NEAR = 0.85
"""Score of the memory from which a note tells of a unit that is nearly the text."""


@dataclass(slots=True, kw_only=True)
class Session:
    """What translations of one run share.

    Attributes:
        tongli: reads and checks.
        engine: name, or a translator; ``None`` takes the first local engine that has the pair.
        brief: wishes for every text.
        glossary: terms that must be translated one way.
        memory: what was translated before; grows by what passes every check.
        n: drafts asked for.
        mbr: minimum-Bayes-risk order instead of the engine's.
    """

    tongli: Tongli
    engine: str | Translator | None = None
    brief: TranslationBrief = field(default_factory=TranslationBrief)
    glossary: Glossary = field(default_factory=Glossary)
    memory: Memory | None = None
    n: int = 4
    mbr: bool = False
    _open: dict[tuple[str | None, str, str], Translator] = field(default_factory=dict)

    @property
    def translators(self) -> tuple[Translator, ...]:
        """Those that were opened by name so far."""
        return tuple(dict.fromkeys(self._open.values()))

    def translate(
        self, messages: Sequence[Message], *, target: str, engine: str | None = None
    ) -> list[Translation]:
        """Each message in another language, in order.

        Args:
            messages: in any language; one that is not declared is identified.
            target: BCP-47 tag.
            engine: instead of the session's.

        Raises:
            InputError: ``translate.language`` for a text whose language cannot be told,
                ``translate.same-language``, and what the models cannot read.
            TongliError: those of the engine and of the memory.
        """
        told = [replace(message, lang=_lang(message)) for message in messages]
        found: dict[int, Translation] = {}
        for source in dict.fromkeys(message.lang for message in told):
            rows = [row for row, message in enumerate(told) if message.lang == source]
            made = self._of(
                [told[row] for row in rows], source=str(source), target=target, engine=engine or self.engine
            )
            found |= zip(rows, made, strict=True)
        return [found[row] for row in range(len(told))]

    def _of(
        self, messages: Sequence[Message], *, source: str, target: str, engine: str | Translator | None
    ) -> list[Translation]:
        """Messages of one language: from the memory where it has the very text, else from the engine."""
        check_pair(source, target)
        known = {
            text: unit.target
            for text in {m.text for m in messages}
            if (unit := self._exact(text, source, target))
        }
        rows = [row for row, message in enumerate(messages) if message.text not in known]
        old = [row for row, message in enumerate(messages) if message.text in known]
        found = dict(
            zip(old, self._by(_Recalled(known), [messages[row] for row in old], target), strict=True)
        )
        if rows:
            by = self._translator(engine, source, target)
            new = self._by(by, [messages[row] for row in rows], target)
            self._remember(new, source=source)
            found |= zip(rows, (self._noted(each, source) for each in new), strict=True)
        return [found[row] for row in range(len(messages))]

    def _by(self, by: Translator, messages: Sequence[Message], target: str) -> list[Translation]:
        if not messages:
            return []
        briefs = [
            replace(
                self.brief, terms=self.glossary.terms(message.text, source=str(message.lang), target=target)
            )
            for message in messages
        ]
        return self.tongli.translate(messages, target, by, briefs=briefs, n=self.n, mbr=self.mbr)

    def _translator(self, engine: str | Translator | None, source: str, target: str) -> Translator:
        if engine is not None and not isinstance(engine, str):
            return engine
        key = engine, source, target
        if key not in self._open:
            same = next((own for own in self._open if engine is not None and own[0] == engine), None)
            self._open[key] = (
                self._open[same] if same else open_translator(engine, source=source, target=target)
            )
        return self._open[key]

    def _exact(self, text: str, source: str, target: str) -> Stored | None:
        return None if self.memory is None else self.memory.exact(text, source=source, target=target)

    def _remember(self, found: Sequence[Translation], *, source: str) -> None:
        if self.memory is None:
            return
        self.memory.add(
            Stored(
                source=each.source.message.text,
                target=each.text,
                source_lang=source,
                target_lang=each.lang,
                origin=each.verdict.draft.provenance.engine,
            )
            for each in found
            if each.verdict is not None and not each.needs_person and not each.alternatives
        )

    def _noted(self, found: Translation, source: str) -> Translation:
        """With a note on what the memory has for a text that is nearly this one."""
        if self.memory is None:
            return found
        text = found.source.message.text
        near = self.memory.search(text, source=source, target=found.lang, least=_NEAR, most=2)
        others = [match for match in near if match.unit.source != text]
        notes = [
            f"memory, {match.score:.2f}: “{match.unit.source}” → “{match.unit.target}”" for match in others
        ]
        return replace(found, notes=(*found.notes, *notes[:1]))


class _Recalled:
    """What the memory has, as a translator: it is judged like any other."""

    name = "memory"
    follows = True  # so that it is asked for whole texts

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = {text.strip(): told.strip() for text, told in known.items()}

    def pairs(self) -> frozenset[tuple[str, str]] | None:
        return None

    def translate(
        self,
        texts: Sequence[str],
        *,
        source: str,  # noqa: ARG002 - the memory was asked for the pair
        target: str,
        n: int = 1,  # noqa: ARG002 - there is one
        brief: TranslationBrief | None = None,
    ) -> list[list[Draft]]:
        if brief is not None and brief.failed:
            return [[] for _ in texts]
        made = Provenance(engine=self.name)
        found = [self._known.get(text) for text in texts]
        return [[] if told is None else [Draft(text=told, lang=target, provenance=made)] for told in found]


def _lang(message: Message) -> str:
    """The declared or identified language of a message."""
    found = identify(message.text, declared=message.lang)
    if found.tag == "und" or found.abstained:
        raise InputError(
            "translate.language",
            received="a text whose language cannot be told",
            allowed="a text in a language that can be told, or its tag",
            fix="Name it with --from.",
        )
    return message.lang or found.tag
