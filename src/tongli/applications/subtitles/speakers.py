"""Who speaks, as subtitles for the deaf and hard of hearing write it before the words: ``ANNA: Come in!``"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tongli.applications.subtitles.markup import plain
from tongli.applications.subtitles.words import TimedWord

_NAME = re.compile(r"(?:[-–—‐]\s?)?(?P<name>[^\W\d_][^\[\]():!?,]{0,40}):")
_LONGEST = 5
"""Words of a label, with its dash."""
_LEAST = 2
"""Labels of a file from which on they are taken for names: a lone ``WARNING:`` is none."""


def with_speakers(words: Sequence[TimedWord]) -> list[TimedWord]:
    """Words whose speakers are known from labels in the text, each label moved to :attr:`TimedWord.label`.

    A label is a name in capitals with a colon, at the start of a line. It holds until the next one, or until
    a turn begins without one. Words that name a speaker already are left as they are.
    """
    labels = {at: label for at in range(len(words)) if (label := _label(words, at)) is not None}
    if len(labels) < _LEAST:
        return list(words)
    told: list[TimedWord] = []
    speaker, after = None, 0
    for at, word in enumerate(words):
        if at in labels:
            name, count = labels[at]
            after = at + count
            turn, speaker = word.turn or name != speaker, name
            told.append(_spoken(words[after], word, name=name, turn=turn))
        elif at > after or not told:
            speaker = None if word.turn and (word.home or word.fresh_line) else speaker
            told.append(replace(word, speaker=word.speaker or speaker))
    return told


def _label(words: Sequence[TimedWord], at: int) -> tuple[str, int] | None:
    """The name that stands at a word, and of how many words it is; ``None`` for no name."""
    if not (words[at].home or words[at].fresh_line):
        return None
    text = ""
    for count, word in enumerate(words[at : at + _LONGEST], 1):
        text = f"{text} {plain(word.text)}".strip()
        if not text.endswith(":"):
            continue
        found = _NAME.fullmatch(text)
        followed = at + count < len(words) and not words[at + count].home
        return (found["name"], count) if found and found["name"].isupper() and followed else None
    return None


def _spoken(word: TimedWord, label: TimedWord, *, name: str, turn: bool) -> TimedWord:
    """The first word after a label, in its place."""
    return replace(
        word,
        speaker=word.speaker or name,
        label=f"{name}:",
        start=label.start,
        glue=label.glue,
        turn=turn,
        home=label.home,
        fresh_line=label.fresh_line,
    )
