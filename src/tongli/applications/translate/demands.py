"""What a run asks for, from words to things, each checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, cast

from tongli.applications.translate.glossary import Glossary, read_glossary
from tongli.applications.translate.memory import Memory
from tongli.applications.translate.session import Session
from tongli.core import Agreement, ConfigError, Settings, TranslationBrief, shorten
from tongli.pipeline import Tongli

_ADDRESSES = ("formal", "informal")
_AGREEMENTS = ("feminine", "masculine", "neutral")


def brief_of(*, address: str | None = None, agreement: str | None = None) -> TranslationBrief:
    """Wishes by their names; raises ``ConfigError`` (``translate.wish``)."""
    for value, allowed in ((address, _ADDRESSES), (agreement, _AGREEMENTS)):
        if value is not None and value not in allowed:
            raise ConfigError(
                "translate.wish",
                received=shorten(value),
                allowed=", ".join(allowed),
                fix="Name one of these.",
            )
    return TranslationBrief(
        address=cast('Literal["formal", "informal"] | None', address),
        agreement=cast("Agreement | None", agreement),
    )


def need_targets(targets: tuple[str, ...]) -> None:
    """At least one language; raises ``ConfigError`` (``translate.target``)."""
    if not targets:
        raise ConfigError(
            "translate.target",
            received="no language to translate into",
            allowed="BCP-47 tags such as es or es,fr",
            fix="Name it with --to.",
        )


def need_outputs(out: str | None, targets: tuple[str, ...]) -> list[str]:
    """A file for each language; raises ``ConfigError`` (``translate.output``)."""
    outputs = [(out or "").replace("{to}", target) for target in targets]
    if not out or len(set(outputs)) < len(outputs):
        raise ConfigError(
            "translate.output",
            received="no output" if not out else "one output for several languages",
            allowed="a file for each language",
            fix="Name it with -o; {to} in it stands for the language, as in -o page.{to}.html.",
        )
    return outputs


def session_of(
    *,
    model: str,
    engine: str | None,
    brief: TranslationBrief,
    glossary: str | None = None,
    memory: Path | None = None,
    settings: Settings,
    **how: Any,
) -> Session:
    """A session; files are read at once, weights at the first use.

    Raises:
        TongliError: of the glossary and the memory.
    """
    return Session(
        tongli=Tongli(model=model, settings=settings),
        engine=engine,
        brief=brief,
        glossary=Glossary() if glossary is None else read_glossary(glossary),
        memory=None if memory is None else Memory(memory),
        **how,
    )
