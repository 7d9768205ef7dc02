"""Edits of plain text, made in the source of a document: formatting stays where it is."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, NamedTuple, TypeVar

from tongli.applications.documents.document import Document, Paragraph, Part, Run
from tongli.applications.documents.joined import Joined, joined
from tongli.applications.documents.markup import escaped
from tongli.core import Edit, Span, StorageError
from tongli.empathy.gender.rules import Rewrite

_T = TypeVar("_T")
_WORDS = re.compile(r"\s+")


@dataclass(slots=True)
class Changes:
    """What became of a document so far; forms that no edit could be made for count as left alone."""

    edits: int = 0
    abstained: int = 0


class Splice(NamedTuple):
    """A piece of source and what takes its place."""

    source: Span
    text: str


def rewritten(part: Part, rewrite: Callable[[str], Rewrite], *, changes: Changes) -> str:
    """The source of a part with its text rewritten.

    Args:
        part: what to change.
        rewrite: rewrites some paragraphs, which blank lines part.
        changes: counts to keep up to date.
    """
    splices: list[Splice] = []
    for lot in joined(part.paragraphs):
        found = rewrite(lot.text)
        changes.abstained += len(found.abstained)
        for edit in found.edits:
            made = _made(lot, edit, markup=bool(part.name))
            changes.edits += made is not None
            changes.abstained += made is None
            splices += made or ()
    return spliced(part.source, splices)


def spliced_edit(paragraph: Paragraph, edit: Edit, *, markup: bool) -> list[Splice] | None:
    """An edit of a paragraph's text as changes of its source; ``None`` where it meets what is no text.

    New words take the formatting of the words they replace, one by one where there are as many; of several
    pieces of one word, the first has it all, or the first that is not inserted: a new word is there whether
    the insertion is accepted or rejected.
    """
    found: list[Splice] = []
    for each in _by_word(edit):
        pieces = _pieces(paragraph.runs, each.span)
        if not pieces or any(run.locked for run in pieces):
            return None
        after = escaped(each.after) if markup else each.after
        home = next((run for run in pieces if not run.added and run.start < run.end), pieces[0])
        for run in pieces:
            found.append(Splice(_cut(run, each.span), after if run is home else ""))
            if run.mark is not None:
                found.append(Splice((run.mark[0], run.mark[0]), run.mark[1]))
    return found


def spliced(source: str, splices: Iterable[Splice]) -> str:
    """A source with pieces replaced; of two on one place only the first."""
    parts: list[str] = []
    end = 0
    for (start, stop), text in sorted(set(splices)):
        if start < end:
            continue
        parts += (source[end:start], text)
        end = stop
    return "".join((*parts, source[end:]))


def write(document: Document, target: IO[bytes], rewrite: Callable[[str], Rewrite]) -> Changes:
    """Write a rewritten document; raises as :meth:`tongli.applications.documents.Document.write`."""
    changes = Changes()
    document.write(target, lambda part: rewritten(part, rewrite, changes=changes))
    return changes


def save(
    document: Document, target: Path, rewrite: Callable[[str], Rewrite], *, keep: bool = False
) -> tuple[Path | None, Changes]:
    """Write a rewritten document, whole or not at all.

    Args:
        document: what to rewrite.
        target: where it goes; what is there is replaced.
        rewrite: rewrites some paragraphs.
        keep: leave what is there beside it as a backup, which never replaces an older one.

    Returns:
        The backup, if there is one, and what was changed.

    Raises:
        InputError: as :meth:`tongli.applications.documents.Document.write`; nothing is written then.
        StorageError: ``storage.write``; likewise.
    """
    return replaced(
        target, lambda file: write(document, file, rewrite), keep=keep, same=lambda made: not made.edits
    )


def replaced(
    target: Path,
    write: Callable[[IO[bytes]], _T],
    *,
    keep: bool = False,
    same: Callable[[_T], bool] | None = None,
) -> tuple[Path | None, _T]:
    """Write a file whole or not at all.

    Args:
        target: where it goes; what is there is replaced.
        write: writes it.
        keep: leave what is there beside it as a backup, which never replaces an older one.
        same: whether what was made is what is there; with ``keep``, the file then stays, and needs no backup.

    Returns:
        The backup, if there is one, and what ``write`` returned.

    Raises:
        StorageError: ``storage.write``.
    """
    target = target.resolve()  # a link stays one
    draft, backup = _unused(target, "tmp"), _unused(target, "bak") if keep else None
    try:
        with draft.open("xb") as file:
            if target.exists():  # before anything private stands in it
                shutil.copymode(target, draft)
            made = write(file)
            file.flush()
            os.fsync(file.fileno())
        if keep and same is not None and same(made):
            return None, made
        if backup is not None:
            shutil.copy2(target, backup)
        draft.replace(target)
    except OSError as error:
        raise StorageError(
            "storage.write",
            received=f"{target}, which cannot be written ({os.strerror(error.errno or 0)})",
            allowed="a writable file in a writable folder with free space",
            fix="Write to another file with -o.",
        ) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return backup, made


def _unused(path: Path, ending: str) -> Path:
    names = (f"{path.name}.{ending}{number or ''}" for number in range(10_000))
    return next(found for name in names if not (found := path.with_name(name)).exists())


def _made(lot: Joined, edit: Edit, *, markup: bool) -> list[Splice] | None:
    """An edit of joined paragraphs, if it is an edit of one of them."""
    index = lot.at(edit.span[0])
    start, end = (offset - lot.starts[index] for offset in edit.span)
    paragraph = lot.paragraphs[index]
    if end > len(paragraph.text):
        return None
    return spliced_edit(paragraph, replace(edit, span=(start, end)), markup=markup)


def _by_word(edit: Edit) -> Iterator[Edit]:
    """An edit as one a word, where both sides have as many words; words that stay are left out."""
    before, after = _WORDS.split(edit.before), _WORDS.split(edit.after)
    if len(before) != len(after) or _WORDS.findall(edit.before) != _WORDS.findall(edit.after):
        yield edit
        return
    end = 0
    for old, new in zip(before, after, strict=True):
        start = edit.before.index(old, end)
        end = start + len(old)
        if old != new:
            yield replace(edit, span=(edit.span[0] + start, edit.span[0] + end), before=old, after=new)


def _pieces(runs: Sequence[Run], span: Span) -> list[Run]:
    """Runs that a span touches; of an insertion, the one before it that is text."""
    if span[0] < span[1]:
        return [run for run in runs if run.start < span[1] and span[0] < run.end]
    beside = [run for run in runs if run.start <= span[0] <= run.end and not run.locked]
    return [run for run in beside if _is_literal(run)][:1]


def _cut(run: Run, span: Span) -> Span:
    """What of a run's source a span covers."""
    if not _is_literal(run):
        return run.source
    start, end = max(run.start, span[0]), min(run.end, span[1])
    return run.source[0] + start - run.start, run.source[0] + end - run.start


def _is_literal(run: Run) -> bool:
    return run.source[1] - run.source[0] == run.end - run.start
