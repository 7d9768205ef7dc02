"""x: a message, and the context that people declared about it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tongli.core.person import Person


@dataclass(frozen=True, slots=True)
class Audio:
    """A sound file."""

    path: Path


@dataclass(frozen=True, slots=True)
class Image:
    """A picture file."""

    path: Path


@dataclass(frozen=True, slots=True)
class Video:
    """A video file."""

    path: Path


Media = Audio | Image | Video


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody wrote, said or showed, to whom, after what.

    Attributes:
        text: the words, as written; offsets everywhere in tongli are code points of this string.
        media: audio, picture and video parts.
        lang: declared BCP-47 language of the text; ``None`` lets E identify it.
        author: who it is from.
        audience: who it is for.
        mentioned: people it talks about.
        history: earlier turns, oldest first.
        id: the caller's own identifier, returned untouched.
        norm: a norm to judge the text by, in words.
    """

    text: str = ""
    media: tuple[Media, ...] = ()
    lang: str | None = None
    author: Person = Person()  # noqa: RUF009 - frozen, so sharing the empty person is safe
    audience: Person = Person()  # noqa: RUF009
    mentioned: tuple[Person, ...] = ()
    history: tuple[str, ...] = ()
    id: str | int | None = None
    norm: str | None = None
