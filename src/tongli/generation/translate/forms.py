"""What the target language must say and the source leaves open: gender, and how the reader is addressed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, Protocol

from tongli.core import Agreement, Check, Question, Reading, Span, TranslationBrief
from tongli.core.edit import apply_edits
from tongli.generation.adapt.register import languages, shift
from tongli.generation.translate.pair import Pair
from tongli.generation.translate.sense import expressions
from tongli.generation.translate.translation import Alternative
from tongli.knowledge.address import find_address
from tongli.knowledge.locales import babel_locale, knows, profile
from tongli.knowledge.tags import primary

_SOURCE = "translation"
_GENDERS = ("feminine", "masculine", "neutral")
_JUDGED = frozenset({"es", "fr", "it", "pt"})
_ADDRESSES: tuple[Literal["formal", "informal"], ...] = ("formal", "informal")


class Settled(Protocol):
    """Gender forms of a translation: :class:`tongli.empathy.gender.translated.Gendered`."""

    @property
    def text(self) -> str:
        """The translation with forms that the source or a declaration tells."""

    @property
    def versions(self) -> Mapping[str, str]:
        """Form → text where the choice is open."""

    @property
    def changed(self) -> bool:
        """Whether the text was mended."""

    @property
    def against(self) -> tuple[Span, ...]:
        """Where another form than the source's was left, since no rule was trusted to mend it."""


class Settle(Protocol):
    """Settles gender forms: :func:`tongli.empathy.gender.translated.gendered`."""

    def __call__(
        self, source: str, text: str, *, source_lang: str, target_lang: str, author: Agreement | None = None
    ) -> Settled:
        """The translation with its forms compared to its source's."""


def check(pair: Pair) -> Check:
    """The one person of the source keeps their gender; as far as the rules of both languages tell.

    They tell it for es, fr, it, pt where the source speaks of one person; other languages are mended where
    their rules are sure (:func:`tongli.empathy.gender.translated.gendered`), and nothing is judged here.
    """
    if pair.langs[1] not in _JUDGED:
        return Check(name="forms", passed=None, detail=f"no rules for {pair.langs[1]}")
    if not pair.contrary:
        return Check(name="forms", passed=True, detail="no form that the source's person does not have")
    said = ", ".join(f"“{pair.after[slice(*span)]}”" for span in pair.contrary)
    detail = f"the source's person has another gender: {said}"
    return Check(name="forms", passed=False, detail=detail, evidence=pair.contrary)


def alternatives(
    source: str, settled: Settled, *, source_lang: str, target_lang: str, brief: TranslationBrief
) -> tuple[Alternative, ...]:
    """Every version where something is open; none where nothing is.

    Args:
        source: what was translated.
        settled: its translation.
        source_lang, target_lang: BCP-47 tags.
        brief: an address that it names is not open.
    """
    genders = settled.versions or {"": settled.text}
    found: dict[str, Alternative] = {}
    for gender in sorted(genders, key=lambda name: _GENDERS.index(name) if name else 0):
        texts = _addressed(genders[gender], source, source_lang=source_lang, lang=target_lang, brief=brief)
        for address, text in texts:
            forms = {name: value for name, value in (("gender", gender), ("address", address)) if value}
            found.setdefault(text, Alternative(text=text, forms=forms, chosen=text == settled.text))
    return tuple(found.values()) if len(found) > 1 else ()


def readdressed(text: str, *, lang: str, brief: TranslationBrief) -> str:
    """The text with the form of address that the brief names, where its rules are known."""
    if brief.address is None or primary(lang) not in languages():
        return text
    return apply_edits(text, shift(text, lang=lang, to=brief.address).edits)


def idiom_questions(source: Reading, *, target_lang: str) -> tuple[Question, ...]:
    """Whether the translation says what each idiom of the source means."""
    name = babel_locale("en").languages.get(primary(target_lang), target_lang)
    return tuple(
        Question(
            span=claim.evidence[0].span,
            text=f"“{source.message.text[slice(*claim.evidence[0].span)]}” may be an idiom"
            f"{f' ({claim.gloss})' if claim.gloss else ''}: does the {name} say what it means?",
            kind="idiom",
            source=claim.claim_id or claim.source,
        )
        for claim in expressions(source)
    )


def questions(source: str, found: tuple[Alternative, ...], *, target_lang: str) -> tuple[Question, ...]:
    """What a person must tell so that one alternative can be chosen; about the whole source."""
    name = babel_locale("en").languages.get(primary(target_lang), target_lang)
    asked = {
        "gender": "which gender do the forms have",
        "address": "how is the reader addressed (one reader is assumed)",
    }
    options = {
        key: tuple(dict.fromkeys(item.forms[key] for item in found if key in item.forms)) for key in asked
    }
    return tuple(
        Question(
            span=(0, len(source)),
            text=f"The {name} needs to know: {asked[key]}?",
            options=choices,
            kind=key,
            source=_SOURCE,
        )
        for key, choices in options.items()
        if len(choices) > 1
    )


def _addressed(
    text: str, source: str, *, source_lang: str, lang: str, brief: TranslationBrief
) -> Iterator[tuple[str, str]]:
    """The text by form of address; once, without a name, where that is not open."""
    if brief.address is not None or primary(lang) not in languages() or _tells(source, source_lang):
        yield "", text
        return
    made = {to: apply_edits(text, shift(text, lang=lang, to=to).edits) for to in _ADDRESSES}
    if len({text, *made.values()}) == 1:
        yield "", text
        return
    yield from made.items()


def _tells(source: str, lang: str) -> bool:
    """Whether the source itself addresses its reader in one form."""
    return knows(lang) and find_address(source, profile(lang)).decided is not None
