from __future__ import annotations

from rich.console import Console

from tongli.cli.timeline_view import timeline_view
from tongli.core import ChannelReading, Moment

LABELS = ("anger", "disgust", "fear", "joy", "sadness", "surprise", "neutral")


def moment(start, label, *, track=0, strength=0.6) -> Moment:
    rest = (1 - strength) / (len(LABELS) - 1)
    scores = {name: strength if name == label else rest for name in LABELS}
    return Moment(
        times=(start, start + 1.0), scores=scores, label=label if strength > 0.4 else None, track=track
    )


def shown(*moments, columns=10) -> list[str]:
    console = Console(width=100, color_system=None)
    with console.capture() as capture:
        console.print(timeline_view(ChannelReading(channel="face", moments=moments), columns=columns))
    return [line.rstrip() for line in capture.get().splitlines()]


def test_what_is_decided_and_how_strongly():
    lines = shown(moment(0, "sadness"), moment(1, "surprise"))
    assert lines[0].split() == ["face", "1", "sssssuuuuu"]
    row = next(line for line in lines if "s sadness" in line)
    assert row.endswith("█████▁▁▁▁▁")
    assert any("u surprise" in line for line in lines)
    assert lines[-1] == "full block: 0.60"


def test_abstentions_and_absences():
    lines = shown(moment(0, "joy", strength=0.3), moment(3, "joy"), columns=4)
    assert lines[0].endswith("·  j")


def test_many_faces():
    lines = shown(*(moment(0, "joy", track=track) for track in range(30)))
    assert sum(line.startswith("face") for line in lines) == 6
    assert lines[-1] == "and 24 shorter ones"


def test_a_picture_has_no_time_line():
    assert timeline_view(ChannelReading(channel="face")) is None
