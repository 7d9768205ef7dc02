"""Adaptation: a text made to land with another audience, in its own language, by reversible edits.

=================  ==================================================================================
``audience``       for whom, and what the writer wishes
``source``         the text, and what several finders need of it; the protocol of a finder
``protected``      what no edit may touch
``plan``           from proposals to edits that do not overlap and leave nothing more to do
``compose``        edits after edits, as edits of the first text
``register``       forms of address
``wordings``       what to say instead of an expression, or beside it
others             one finder a module: ``finders`` lists them
=================  ==================================================================================
"""

from __future__ import annotations

from collections.abc import Collection

from tongli.core import ConfigError, InputError, shorten
from tongli.generation.adapt.adaptation import Adaptation
from tongli.generation.adapt.audience import Audience
from tongli.generation.adapt.finders import KINDS
from tongli.generation.adapt.notes import with_notes
from tongli.generation.adapt.plan import settle
from tongli.generation.adapt.register import ReadTokens
from tongli.generation.adapt.source import Judge, Source
from tongli.generation.adapt.wordings import Wording, Wordings

__all__ = ["KINDS", "Adaptation", "Audience", "Wording", "Wordings", "adapt"]


def adapt(
    text: str,
    *,
    to: str | Audience,
    lang: str,
    kinds: Collection[str] = KINDS,
    judge: Judge | None = None,
    wordings: Wordings | None = None,
    tokens: ReadTokens | None = None,
    original: str | None = None,
) -> Adaptation:
    """A text in its own language, made to land with an audience; doing so again changes nothing more.

    Args:
        text: any string.
        to: the audience, such as ``ja-JP`` or ``de-DE:register=formal,medium=email``.
        lang: language of the text (BCP-47); with a region, that of its writer.
        kinds: what to look for, of ``KINDS``.
        judge: tells literal from idiomatic use; without it the writer is asked about open expressions.
        wordings: for expressions, before those that claims offer beside them.
        tokens: states of an encoder: in Spanish, Italian and Portuguese they help to tell who is addressed.
        original: the English text that this one translates, which helps to tell the same.

    Raises:
        InputError: ``adapt.audience``, ``adapt.setting``, ``adapt.language``.
        ConfigError: ``adapt.kind``; as :mod:`tongli.knowledge.claim_files` for damaged claims.

    >>> told = adapt("It was a piece of cake. See you on 25 December 2025!", to="en-US", lang="en-GB")
    >>> [(edit.before, edit.after) for edit in told.edits]
    [('25 December 2025', 'December 25, 2025')]
    """
    unknown = sorted(set(kinds) - set(KINDS))
    if unknown:
        raise ConfigError(
            "adapt.kind",
            received=shorten(unknown[0]),
            allowed=", ".join(KINDS),
            fix="Name kinds of changes, with commas between them.",
        )
    if lang == "und":
        raise InputError(
            "adapt.language",
            received="a text whose language is not clear",
            allowed="a text in a language that can be told, or its tag",
            fix="Name the language of the text: --from en-US, or lang=….",
        )
    audience = to if isinstance(to, Audience) else Audience.parse(to)
    return with_notes(settle(Source(text, lang, audience, judge, wordings, tokens, original), kinds=kinds))
