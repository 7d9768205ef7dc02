"""What each channel of a message shows, for people to look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tongli.cli.bars import bar
from tongli.cli.timeline_view import timeline_view
from tongli.core import ChannelReading, Reading
from tongli.knowledge.colours import colour

_NAMES: Mapping[str, str] = {"text": "words", "speech": "voice", "face": "faces", "scene": "scene"}
_ALSO = 2
"""Labels told beside the strongest one."""


def channels_view(reading: Reading) -> RenderableType:
    """A line a channel, all of them joined, where they contradict each other, and how they change."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for channel in reading.channels:
        table.add_row(_NAMES[channel.channel], *_shown(channel))
    joined = reading.scores.get("fused")
    if isinstance(joined, Mapping):
        label = next((claim.label for claim in reading.decided("emotion", scheme="fused")), None)
        table.add_row("together", *_scores(joined, label, reason="not sure enough"))
    for claim in reading.decided("conflict"):
        table.add_row(
            Text("conflict", "yellow"), bar(claim.score, "yellow"), f"{claim.score:.2f}  {claim.reason}"
        )
    return Group(table, *_timelines(reading))


def _shown(channel: ChannelReading) -> tuple[Text, Text]:
    if not channel.scores:
        return Text(), Text(channel.reason or "not read", "dim")
    shares, told = _scores(channel.scores, channel.label, reason=channel.reason or "not sure")
    return shares, told.append(f"  reliability {channel.reliability:.2f}", "dim")


def _scores(scores: Mapping[str, float], label: str | None, *, reason: str) -> tuple[Text, Text]:
    """The decided label with its score, or why there is none; then what else is probable."""
    ranked = sorted(scores, key=lambda name: -scores[name])
    first = label or ranked[0]
    style = colour(first, "terminal") if label else "dim"
    told = Text(f"{scores[first]:.2f}  ").append(first, style)
    if label is None:
        told.append(f"?  {reason}", "dim")
    others = [name for name in ranked if name != first][:_ALSO]
    told.append("".join(f"  {name} {scores[name]:.2f}" for name in others), "dim")
    return bar(scores[first], style), told


def _timelines(reading: Reading) -> Iterator[RenderableType]:
    for channel in reading.channels:
        timeline = timeline_view(channel)
        if timeline is not None:
            yield Text(f"\n{_NAMES[channel.channel]} over time", "dim")
            yield timeline
