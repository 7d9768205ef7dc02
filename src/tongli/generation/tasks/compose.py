"""The embedded writer: wordings of a language arranged around the facts of a sheet.

Nothing is stated but the sheet's facts. A text that is too long for its channel loses parts by
:data:`DROP_ORDER`; what the sheet says it must have is never lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from types import MappingProxyType

from tongli.core import Address, EngineError
from tongli.generation.realiser.choice import combinations
from tongli.generation.realiser.wording import capitalise
from tongli.generation.tasks.book import Words, fill, languages, slots_in, words
from tongli.generation.tasks.sheet import Sheet
from tongli.generation.tasks.values import plural, point_slot, values_of

__all__ = ["DROP_ORDER", "TASKS", "TONES", "compose", "languages"]

TONES = ("plain", "warm", "excited", "serious")

_SHORT = ("short.who", "short.when", "short.where", "short.price", "short.places", "short.until")
_PROSE = ("prose.when", "prose.where", "prose.who")
_TERMS = ("prose.price", "prose.places", "prose.until")
_SENTENCES, _LINES, _BULLETS = "sentences", "lines", "bullets"

Paragraph = tuple[str, tuple[str, ...]]
"""How the parts of a paragraph are set, and the pools that word them, in order."""


def _sentences(*pools: str) -> Paragraph:
    return _SENTENCES, pools


_FACTS, _POINTS = (_LINES, _SHORT), (_BULLETS, ("points",))
_QUOTE, _LINK, _TAGS = _sentences("quote"), _sentences("link"), _sentences("hashtags")
_TOLD = (_sentences(*_PROSE), _sentences("points"), _QUOTE, _sentences(*_TERMS))

TASKS: Mapping[str, tuple[Paragraph, ...]] = MappingProxyType(
    {
        "post": (_sentences("opening"), _sentences("what"), _FACTS, _POINTS, _QUOTE, _LINK, _TAGS),
        "ad": (_sentences("hook"), _sentences("what"), _POINTS, _FACTS, _QUOTE, _LINK, _TAGS),
        "news": (_sentences("headline"), _sentences("what"), *_TOLD, _LINK, _TAGS),
        "story": (_sentences("story"), _sentences("what"), *_TOLD, _sentences("end"), _LINK, _TAGS),
        "reply": (_sentences("thanks"), _sentences("what"), _FACTS, _POINTS, _LINK, _sentences("close")),
    }
)
"""Task → paragraphs, in order."""

DROP_ORDER = (
    "end", "close", "quote", "points", "places", "who", "hashtags", "until", "what", "thanks", "price",
    "where", "when", "link",
)  # fmt: skip
"""What a text loses first when it is too long."""

_TONED = ("opening", "hook", "thanks", "story")
_TITLED = ("opening", "hook", "headline", "story")
_TRIES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A part of a text: what it is about, the paragraph it stands in, its wordings with slots open."""

    about: str
    paragraph: int
    options: tuple[str, ...]


def compose(
    task: str,
    sheet: Sheet,
    *,
    locale: str,
    address: Address,
    tone: str = "plain",
    fits: Callable[[str], bool] = lambda _: True,
    seed: int = 0,
    n: int = 1,
) -> list[str]:
    """At most ``n`` different texts, equally good; the same arguments give the same texts.

    Args:
        task: one of :data:`TASKS`.
        sheet: facts in the language of ``locale``.
        locale: whose formats dates, numbers and amounts have.
        address: formal or informal.
        tone: one of :data:`TONES`.
        fits: whether a text is short enough.
        seed: of the choice among wordings.
        n: how many.

    Raises:
        EngineError: ``engine.language``; ``engine.task`` for a task that the language has no wordings of;
            ``engine.too-short-limit`` when not even what must be said fits.
    """
    book = words(locale)
    values = values_of(sheet, locale)
    pieces = list(_pieces(task, sheet, book=book, values=values, address=address, tone=tone))
    if not any(piece.about in ("title", "thanks") for piece in pieces):
        raise EngineError(
            "engine.task",
            received=f"{task} in {book.tag}",
            allowed="a task that the language has wordings of",
            fix="Choose another task, language or engine.",
        )
    must = {*sheet.must, "title"}
    walk = combinations([len(piece.options) for piece in pieces], seed=seed)
    texts = (
        _fitted(pieces, picks, task=task, gap=book.gap, values=values, must=must, fits=fits)
        for picks in islice(walk, _TRIES * n)
    )
    found = list(islice(dict.fromkeys(text for text in texts if text is not None), n))
    if not found and n:
        raise EngineError(
            "engine.too-short-limit",
            received=f"a limit that {', '.join(sorted(must))} do not fit",
            allowed="a limit that holds what must be said",
            fix="Choose another channel, shorten the facts, or take keys out of must.",
        )
    return found


def _pieces(
    task: str, sheet: Sheet, *, book: Words, values: Mapping[str, str], address: Address, tone: str
) -> Iterator[_Piece]:
    for place, (_, pools) in enumerate(TASKS[task]):
        for pool in pools:
            if pool == "points":
                for at in range(len(sheet.points)):
                    yield _Piece(about=pool, paragraph=place, options=(f"{{{point_slot(at)}}}",))
                continue
            about = "title" if pool in _TITLED else pool.rpartition(".")[2]
            if pool == "thanks" and "title" in sheet.must:
                about, options = "title", _naming(book, tone=tone, address=address)
            else:
                named = _named(pool, sheet, values=values, locale=book.tag, tone=tone)
                options = book.options(named, address=address)
            stated = tuple(text for text in options if set(slots_in(text)) <= values.keys())
            if stated:
                yield _Piece(about=about, paragraph=place, options=stated)


def _naming(book: Words, *, tone: str, address: Address) -> tuple[str, ...]:
    """Thanks that name the title: of the tone, or else the plain ones."""
    wanted = (book.options(f"thanks.{each}", address=address) for each in (tone, "plain"))
    return next(
        filter(None, (tuple(text for text in pool if "title" in slots_in(text)) for pool in wanted)), ()
    )


def _named(pool: str, sheet: Sheet, *, values: Mapping[str, str], locale: str, tone: str) -> str:
    """The pool of a book that words a pool of a task for this sheet."""
    if pool in _TONED:
        return f"{pool}.{tone}"
    if pool.endswith(".places"):
        return f"{pool}.{plural(sheet, locale)}"
    if pool.endswith(".price") and "free" in values:
        return pool.replace("price", "free")
    if pool == "link" and "call" in values:
        return "call_link" if "link" in values else "call"
    return pool


def _fitted(
    pieces: Sequence[_Piece],
    picks: Sequence[int],
    *,
    task: str,
    gap: str,
    values: Mapping[str, str],
    must: set[str],
    fits: Callable[[str], bool],
) -> str | None:
    setting = partial(_set, task=task, gap=gap, values=values)
    parts = [(piece, piece.options[pick]) for piece, pick in zip(pieces, picks, strict=True)]
    for about in ("", *DROP_ORDER):
        if about not in must:
            parts = [part for part in parts if part[0].about != about] or parts
        text = setting(parts)
        if fits(text):
            return text
    bare = [(piece, "{title}" if piece.about == "title" else text) for piece, text in parts]
    text = setting(bare)
    return text if fits(text) else None


def _set(parts: Sequence[tuple[_Piece, str]], *, task: str, gap: str, values: Mapping[str, str]) -> str:
    paragraphs: dict[int, list[str]] = {}
    for piece, text in parts:
        paragraphs.setdefault(piece.paragraph, []).append(capitalise(fill(text, values)))
    return "\n\n".join(_joined(TASKS[task][place][0], texts, gap) for place, texts in paragraphs.items())


def _joined(how: str, texts: Sequence[str], gap: str) -> str:
    if how == _SENTENCES:
        return gap.join(texts)
    return "\n".join(f"• {text}" if how == _BULLETS and len(texts) > 1 else text for text in texts)
