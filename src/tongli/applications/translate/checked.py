"""A document translated with every check, and a report of what a person must look at."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tongli.applications.documents.change import replaced
from tongli.applications.job import Job, check
from tongli.applications.translate.document import texts_of, translate_document
from tongli.applications.translate.session import Session
from tongli.core import InputError, Message
from tongli.generation.translate import Translation

_BATCH = 32
"""Units translated together; after each, the memory holds them."""
_LONGEST = 20_000
"""Code points of a unit; a longer one stays untranslated, for a person."""
_IDENTIFIED = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What became of a document.

    Attributes:
        target: where the translation is.
        units: how many there are.
        person: numbers (line, paragraph or cue) of units that a person must look at.
        open: numbers of units with alternatives to choose from.
        apart: units translated stretch by stretch, since their formatting was lost in the whole.
    """

    target: str
    units: int
    person: tuple[int, ...]
    open: tuple[int, ...]
    apart: int

    def summary(self) -> str:
        """One line for people."""
        parts = [f"{self.target}: {self.units:,} units translated"]
        parts += (
            [f"{len(self.person):,} for a person to look at ({_listed(self.person)})"] if self.person else []
        )
        parts += [f"{len(self.open):,} with a choice ({_listed(self.open)})"] if self.open else []
        return "; ".join(parts)


def translate_checked(
    path: Path,
    target: str,
    *,
    session: Session,
    source: str | None,
    target_lang: str,
    report: str | None = None,
    overwrite: bool = False,
    progress: Callable[[str], None] | None = None,
) -> Checked:
    """Translate a document.

    Args:
        path: what to translate; it is never changed.
        target: where the translation goes, whole or not at all.
        session: translates.
        source: language of the document; ``None`` identifies it once, from its beginning.
        target_lang: BCP-47 tag.
        report: file for one line of JSON a unit.
        overwrite: replace a translation that is there.
        progress: told how far the run is.

    Raises:
        ConfigError: ``output.exists``, ``output.same-file``.
        InputError: those of the format, ``translate.language``.
        TongliError: those of the engine and the storage.
    """
    check(Job(source=str(path), target=target, errors=report, overwrite=overwrite))
    units = texts_of(path)
    source = source or _identified([unit.text for unit in units], session)
    found: dict[str, Translation] = {}

    def translate(texts: Sequence[str]) -> list[str]:
        wanted = [text for text in dict.fromkeys(texts) if text not in found and len(text) <= _LONGEST]
        for start in range(0, len(wanted), _BATCH):
            batch = [Message(text, lang=source) for text in wanted[start : start + _BATCH]]
            made = session.translate(batch, target=target_lang)
            found.update(zip(wanted[start : start + _BATCH], made, strict=True))
            if progress is not None:
                progress(f"{min(start + _BATCH, len(wanted)):,} of {len(wanted):,} units")
        return [found[text].text or text if text in found else text for text in texts]

    done = translate_document(path, Path(target), translate)
    if report is not None:
        lines = [_line(unit.number, unit.note, found.get(unit.text)) for unit in units]
        replaced(Path(report), lambda file: file.write("".join(lines).encode()))
    told = [(unit.number, found.get(unit.text)) for unit in units]
    return Checked(
        target=target,
        units=done.units,
        person=tuple(number for number, each in told if each is None or each.needs_person),
        open=tuple(number for number, each in told if each is not None and each.alternatives),
        apart=done.apart,
    )


def _identified(texts: Sequence[str], session: Session) -> str:
    beginning = "\n".join(texts)[:_IDENTIFIED]
    if not beginning.strip():
        return "und"
    tag = session.tongli.encode([Message(beginning)])[0].language.tag
    if tag == "und":
        raise InputError(
            "translate.language",
            received="a document whose language cannot be told",
            allowed="a document in a language that can be told, or its tag",
            fix="Name it with --from.",
        )
    return tag


def _line(number: int, note: str, found: Translation | None) -> str:
    data = {} if found is None else found.to_dict() | {"source": found.source.message.text}
    head = {"id": number, "note": note, "needs_person": True}
    return json.dumps(head | data | {"id": number}, ensure_ascii=False) + "\n"


def _listed(numbers: Sequence[int], *, most: int = 8) -> str:
    return ", ".join(map(str, numbers[:most])) + (", …" if len(numbers) > most else "")
