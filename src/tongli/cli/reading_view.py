"""A reading, for people to look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tongli.channels.suspicion import WHY as UNKNOWN
from tongli.cli.bars import bar
from tongli.cli.channels_view import channels_view
from tongli.cli.terminal import language_name
from tongli.core import Claim, Reading
from tongli.core.text import clean
from tongli.empathy.culture.expressions import PHRASE
from tongli.knowledge.schemes import EKMAN6, SCHEMES

COLOURS: Mapping[str, str] = {
    "anger": "red",
    "disgust": "green",
    "fear": "magenta",
    "joy": "yellow",
    "sadness": "blue",
    "surprise": "cyan",
    "negative": "red",
    "positive": "green",
}
_CULTURE = ("idiom", "slang", "figurative", "honorific", "culture-item", "norm")
_SHOWN_CHARS = 800
_WORDS = 3
_EVIDENCE_CHARS = 60
_LOW, _HIGH = 0.4, 0.6


Row = tuple[str, Text, Text]
"""Name, bar, words."""


def reading_view(reading: Reading, *, practices: bool = False) -> RenderableType:
    """The text with its evidence, then everything that was read, one line each.

    Args:
        reading: of one message.
        practices: show all that an answer must respect, not only what the message touches.
    """
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for row in _measured(reading):
        table.add_row(*row)
    found = Table.grid(padding=(0, 2))
    found.add_column(style="dim", no_wrap=True)
    found.add_column(overflow="fold")
    for name, line in (*_culture(reading), *_practices(reading, whole=practices), *_told(reading)):
        found.add_row(name, line)
    shown = ("", channels_view(reading)) if reading.channels else ()
    parts = (marked_text(reading), "", _language(reading), *shown, "", table, "", found)
    return Padding.indent(Group("", *parts), 2)


def marked_text(reading: Reading) -> Text:
    """The message, its start if it is long, with evidence of emotions coloured and underlined."""
    source = clean(reading.message.text)[0]
    text = Text(source[:_SHOWN_CHARS])
    for claim in (*reversed(list(reading.decided("emotion"))), *reading.decided("risk")):
        colour = COLOURS.get(claim.label or "", "white") if claim.dimension == "emotion" else "bold red"
        for start, end in (item.span for item in claim.evidence if item.weight > 0):
            text.stylize(f"underline {colour}", start, end)
    if len(source) > _SHOWN_CHARS:
        text.append(f" … ({len(source) - _SHOWN_CHARS:,} more)", "dim")
    return text


def _measured(reading: Reading) -> Iterable[Row]:
    """Everything that is a number, as a bar."""
    yield from _emotions(reading)
    sentiment = _part(reading, "sentiment")
    if sentiment:
        label = max(sentiment, key=lambda name: sentiment[name])
        told = _told_value(reading, "sentiment", sentiment[label], label)
        yield "sentiment", bar(sentiment[label], COLOURS.get(label, "")), told
    for name, low, high in (("politeness", "impolite", "polite"), ("formality", "informal", "formal")):
        value = reading.scores.get(name)
        if isinstance(value, (int, float)):
            word = low if value < _LOW else high if value > _HIGH else "in between"
            yield name, bar(value), _told_value(reading, name, value, word)
    for name in ("empathy", "distress"):
        value = reading.scores.get(name)
        if isinstance(value, (int, float)):
            scheme = SCHEMES[name]
            yield (
                name,
                bar((value - scheme.low) / (scheme.high - scheme.low)),
                Text(f"{value:.1f} of {scheme.high:.0f}"),
            )
    yield from _own(reading)


def _own(reading: Reading) -> Iterable[Row]:
    """Heads of one's own: the highest value, and what is decided."""
    for name, score in reading.scores.items():
        if name not in SCHEMES:
            highest = max(score.values()) if isinstance(score, Mapping) else score
            decided = ", ".join(claim.label or "" for claim in reading.decided(name))
            told = Text(f"{highest:.2f}  {decided}") if decided else Text(f"{highest:.2f}  not sure", "dim")
            yield name, bar(highest), told


def _emotions(reading: Reading) -> Iterable[Row]:
    """One bar an ekman6 emotion, strongest first; the decided ones in colour, with their words."""
    scores = _part(reading, "ekman6")
    decided = {claim.label: claim for claim in reading.decided("emotion", scheme="ekman6")}
    for label in sorted((label for label in EKMAN6 if label in scores), key=lambda name: -scores[name]):
        claim = decided.get(label)
        if claim is None:
            yield label, bar(scores[label], "dim"), Text(f"{scores[label]:.2f}", "dim")
            continue
        strength = _part(reading, "intensity").get(label)
        told = Text(f"{scores[label]:.2f}")
        told.append("" if strength is None else f"  strength {strength:.1f} of 3")
        yield label, bar(scores[label], COLOURS[label]), told.append(_words(reading, claim), "dim")


def _words(reading: Reading, claim: Claim) -> str:
    source = clean(reading.message.text)[0]
    spans = [item.span for item in claim.evidence if item.weight > 0][:_WORDS]
    return "".join(f"  “{_short(source[start:end])}”" for start, end in spans)


def _short(words: str) -> str:
    """Words on one line; of many, the start and the end: evidence in a long text may be the whole of it."""
    told = " ".join(words.split())
    return (
        told
        if len(told) <= _EVIDENCE_CHARS
        else f"{told[: _EVIDENCE_CHARS // 2]} … {told[-_EVIDENCE_CHARS // 2 :]}"
    )


def _told_value(reading: Reading, dimension: str, value: float, word: str) -> Text:
    claim = next((claim for claim in reading.claims if claim.dimension == dimension), None)
    if claim is not None and claim.abstained:
        return Text(f"{value:.2f}").append("  not sure", "dim")
    told = Text(f"{value:.2f}  {word if claim is None else claim.label}")
    return told if claim is None else told.append(_words(reading, claim), "dim")


def _language(reading: Reading) -> Text:
    language = reading.language
    text = Text(language_name(language.tag), "bold")
    text.append("  declared" if language.declared else f"  {language.score:.2f}", "dim")
    text.append(", not sure" if language.abstained else "", "dim")
    for tag, share in language.others:
        text.append(f"  with {language_name(tag)} {share:.0%}", "dim")
    return text


def _culture(reading: Reading) -> Iterable[tuple[str, Text]]:
    """What is culture-bound in the text, each with its claim."""
    for claim in reading.claims:
        if claim.dimension in _CULTURE and not claim.abstained and claim.label not in {"idiomatic", PHRASE}:
            told = Text(_words(reading, claim).strip()).append(f"  {claim.label}  {claim.score:.2f}", "dim")
            told.append(f"  {claim.gloss or claim.reason or ''}".rstrip())
            yield (
                claim.dimension,
                told.append("" if claim.claim_id is None else f"  ({claim.claim_id})", "dim"),
            )
        elif claim.reason == UNKNOWN:
            yield "suspected", Text(_words(reading, claim).strip(), "dim").append(f"  {claim.score:.2f}")
    phrases = [_words(reading, claim).strip() for claim in reading.claims if claim.label == PHRASE]
    if phrases:
        yield "set phrases", Text(", ".join(dict.fromkeys(phrases)), "dim")


def _practices(reading: Reading, *, whole: bool) -> Iterable[tuple[str, Text]]:
    """What an answer must respect, with its source; what the message does not touch is only counted."""
    culture = reading.empathy.culture
    known = () if culture is None else culture.practices
    shown = [each for each in known if whole or each.spans or each.contested]
    for practice in shown:
        told = Text(practice.statement).append("  contested: ask" if practice.contested else "", "yellow")
        sources = "; ".join(practice.sources)
        yield f"respect: {practice.kind}", told.append(f"  ({practice.claim_id}; {sources})", "dim")
    if left := [each for each in known if each not in shown]:
        kinds = ", ".join(dict.fromkeys(each.kind for each in left))
        more = "more " if shown else ""
        yield "respect", Text(f"{len(left)} {more}practices in an answer: {kinds} (--practices)", "dim")


def _told(reading: Reading) -> Iterable[tuple[str, Text]]:
    """Everything that is words: finer emotions, abstentions grouped by reason, notes."""
    for scheme in ("plutchik8", "goemotions28"):
        also = [f"{claim.label} {claim.score:.2f}" for claim in reading.decided("emotion", scheme=scheme)]
        if also:
            yield scheme, Text(", ".join(also))
    reasons: dict[str, dict[str, None]] = {}
    for claim in reading.claims:
        if claim.abstained and claim.reason != UNKNOWN:
            name = claim.scheme or claim.dimension
            told = f"{claim.label} ({name})" if claim.label else name
            reasons.setdefault(claim.reason or "not sure enough", {})[told] = None
    for reason, names in reasons.items():
        yield "not decided", Text(f"{', '.join(names)}: {reason}", "dim")
    urgent = next(reading.decided("risk"), None) is not None
    for note in reading.notes:
        yield "note", Text(note, "bold red" if urgent else "yellow")


def _part(reading: Reading, head: str) -> Mapping[str, float]:
    found = reading.scores.get(head)
    return found if isinstance(found, Mapping) else {}
