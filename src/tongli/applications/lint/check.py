"""One text through the linter."""

from __future__ import annotations

from dataclasses import dataclass

from tongli.applications.lint.config import LintConfig
from tongli.applications.lint.files import Document
from tongli.applications.lint.mixing import find_mix
from tongli.applications.lint.rules import Finding, linter
from tongli.core import Language
from tongli.encoders.language import identify
from tongli.knowledge import tags
from tongli.knowledge.catalogue import has_claims


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A document with its findings.

    Attributes:
        language: declared or identified.
        skipped: why it was not looked at; empty if it was.
        hidden: findings that comments in the text leave out.
    """

    document: Document
    language: Language
    findings: tuple[Finding, ...] = ()
    skipped: str = ""
    hidden: int = 0


def check(document: Document, config: LintConfig) -> Checked:
    """What the audiences of a configuration may stumble over in a document.

    Raises:
        InputError: ``input.lang``, ``locale.tag``; ``claims.audience`` for an audience without claims.
        ConfigError: for damaged claims.
    """
    if not document.prose.strip(" .\t\r\n"):
        return Checked(document=document, language=Language(tag="und", score=0.0))
    language = identify(document.prose, declared=config.lang)
    if not has_claims(language.tag):
        why = "unknown" if language.tag == "und" else f"{language.tag}, of which nothing is known"
        return Checked(document=document, language=language, skipped=f"its language is {why}")
    tag = tags.macrolanguage(language.tag) or language.tag
    found = [*linter(tag, config.audiences).find(document.prose), *find_mix(document.prose, tag)]
    wanted = sorted(
        (item for item in found if config.wants(item.claim)),
        key=lambda item: (item.span, item.claim.id, item.severity),
    )
    shown = tuple(
        item for item in wanted if not document.told.hide(document.place(item.span[0])[0], item.claim)
    )
    return Checked(document=document, language=language, findings=shown, hidden=len(wanted) - len(shown))
