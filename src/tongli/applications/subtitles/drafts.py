"""Drafts of a translation, kept on disk while they are made, so that a killed run goes on where it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tongli.applications.journal import Journal
from tongli.applications.subtitles.address import Engine
from tongli.core import TranslationBrief

_FORMAT = 1
_AT_ONCE = 16
"""Sentences of which none is lost when a run is killed, but those that are being translated."""

_Asked = tuple[str | None, str | None, str]
"""Form of address, feeling and sentence."""


@contextmanager
def resumable(
    engine: Engine,
    *,
    journal: Path,
    source: str,
    target: str,
    name: str | None,
    progress: Callable[[int], None],
) -> Iterator[Engine]:
    """The engine, which is asked for each sentence once, also over several runs.

    Args:
        engine: who translates.
        journal: where its drafts are kept; the caller removes it when what it made of them is safe.
        source, target: BCP-47 tags.
        name: of the engine; drafts of another one do not count.
        progress: called with how many sentences are done.

    Raises:
        StorageError: the journal cannot be read or written.
    """
    head = {"format": _FORMAT, "source": source, "target": target, "engine": name}
    kept = Journal(journal, head, told=list, read=_read)
    known = {(address, feeling, text): draft for address, feeling, text, draft in kept.open()}
    done = 0

    def ask(texts: Sequence[str], brief: TranslationBrief) -> list[str]:
        nonlocal done
        for start in range(0, len(texts), _AT_ONCE):
            part = texts[start : start + _AT_ONCE]
            new = [text for text in dict.fromkeys(part) if _asked(text, brief) not in known]
            for text, draft in zip(new, engine(new, brief) if new else (), strict=True):
                known[_asked(text, brief)] = draft
                kept.add((*_asked(text, brief), draft))
            done += len(part)
            progress(done)
        return [known[_asked(text, brief)] for text in texts]

    try:
        yield ask
    finally:
        kept.close()
        if not known:
            journal.unlink(missing_ok=True)


def _asked(text: str, brief: TranslationBrief) -> _Asked:
    return brief.address, brief.feeling, text


def _read(data: Any) -> tuple[str | None, str | None, str, str]:
    address, feeling, text, draft = data
    if not (isinstance(text, str) and isinstance(draft, str)):
        raise TypeError(type(draft))
    return address, feeling, text, draft
