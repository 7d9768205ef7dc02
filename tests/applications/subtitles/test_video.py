"""Subtitles in videos: as tracks, and drawn into the picture."""

from __future__ import annotations

import numpy as np
import pytest

from tongli.applications.subtitles.burn import burn_in
from tongli.applications.subtitles.cue import Cue, Track
from tongli.applications.subtitles.drawn import Drawing
from tongli.applications.subtitles.mux import mux_tracks
from tongli.core import ConfigError, InputError

av = pytest.importorskip("av")
TRACK = Track(
    cues=(
        Cue(start=200, end=900, text="Good evening,\n<i>everybody</i>"),
        Cue(start=1200, end=1900, text="مرحبا"),
    )
)


@pytest.fixture
def video(tmp_path):
    """Two seconds of dark grey with silence."""
    path = tmp_path / "film.mp4"
    with av.open(str(path), "w") as made:
        picture = made.add_stream("mpeg4", rate=10, width=320, height=240, pix_fmt="yuv420p")
        sound = made.add_stream("aac", rate=16_000, layout="mono")
        for _ in range(20):
            frame = av.VideoFrame.from_ndarray(np.full((240, 320, 3), 40, np.uint8), format="rgb24")
            made.mux(picture.encode(frame))
        made.mux(picture.encode(None))
        for start in range(0, 32_000, 1024):
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
            frame.sample_rate, frame.pts = 16_000, start
            made.mux(sound.encode(frame))
        made.mux(sound.encode(None))
    return path


@pytest.mark.parametrize("suffix", [".mp4", ".mov", ".mkv"])
def test_tracks_are_added_and_the_rest_is_copied(video, tmp_path, suffix):
    target = tmp_path / f"out{suffix}"
    mux_tracks(video, target, [("en", TRACK), ("de-AT", Track(cues=(Cue(start=0, end=900, text="Abend"),)))])
    with av.open(str(target)) as made:
        assert [stream.type for stream in made.streams] == ["video", "audio", "subtitle", "subtitle"]
        if suffix != ".mov":  # it has codes of its own, which do not come back
            assert [stream.metadata["language"] for stream in made.streams.subtitles] == ["eng", "deu"]
        packets = [bytes(packet) for packet in made.demux(made.streams.subtitles[0]) if packet.size > 2]
        assert b"Good evening,\n<i>everybody</i>" in packets[0]
        assert "مرحبا".encode() in packets[1]
    assert not list(tmp_path.glob("*.part*"))


def test_what_cannot_be_written(video, tmp_path):
    for target, code in ((tmp_path / "a.avi", "subtitles.container"), (video, "subtitles.same-file")):
        with pytest.raises(ConfigError) as caught:
            mux_tracks(video, target, [("en", TRACK)])
        assert caught.value.code == code
    text = tmp_path / "text.mp4"
    text.write_text("no video")
    with pytest.raises(InputError) as broken:
        mux_tracks(text, tmp_path / "a.mkv", [("en", TRACK)])
    assert broken.value.code == "audio.format"
    assert not (tmp_path / "a.mkv").exists()


class Bars(Drawing):
    """White bars instead of letters, so that no font is needed."""

    def require(self, texts):
        """Any letter is a bar."""

    def image(self, text, *, height, width):
        return np.full((20 * text.count("\n") + 20, 100, 4), 255, np.uint8)


def test_cues_are_in_the_picture_at_their_times(video, tmp_path):
    target, told = tmp_path / "burnt.mp4", []
    burn_in(video, target, TRACK, Bars(), progress=lambda done, total: told.append(done))
    with av.open(str(target)) as made:
        assert [stream.type for stream in made.streams] == ["video", "audio"]
        bright = {
            round(frame.time, 2): frame.to_ndarray(format="rgb24")[180:].max() > 200
            for frame in made.decode(video=0)
        }
    assert [bright[at] for at in (0.0, 0.5, 1.0, 1.5, 1.9)] == [False, True, False, True, False]
    assert told[-1] == pytest.approx(1.9)


def test_cues_of_the_same_time_are_all_in_the_picture(video, tmp_path):
    cues = (
        Cue(start=0, end=1900, text="long"),
        Cue(start=400, end=800, text="above the long one"),
        Cue(start=1200, end=1500, text="at the top", position=8),
    )
    burn_in(video, tmp_path / "burnt.mp4", Track(cues=cues), Bars())
    with av.open(str(tmp_path / "burnt.mp4")) as made:
        frames = {round(frame.time, 1): frame.to_ndarray(format="rgb24") for frame in made.decode(video=0)}
    bright = {
        at: [int(row) for row in range(5, 240, 10) if frames[at][row, 160].min() > 200] for at in frames
    }
    assert bright[0.2] == bright[1.0]
    assert len(bright[0.6]) == 2 * len(bright[0.2]) > 0
    assert [min(bright[1.3]) < 60, max(bright[1.3]) > 180] == [True, True]


def test_a_recording_without_a_picture(tmp_path):
    import wave

    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(bytes(32_000))
    with pytest.raises(InputError) as caught:
        burn_in(tmp_path / "a.wav", tmp_path / "b.mp4", TRACK, Bars())
    assert caught.value.code == "subtitles.no-picture"


def test_a_font_must_have_the_letters(tmp_path):
    pytest.importorskip("PIL")
    (tmp_path / "no.ttf").write_bytes(b"no font")
    with pytest.raises(ConfigError) as caught:
        Drawing(font=tmp_path / "no.ttf").require(["abc"])
    assert caught.value.code == "subtitles.font"


def test_a_long_line_is_whole_in_an_upright_picture():
    pytest.importorskip("PIL")
    drawing, line = Drawing(), "and we are glad to welcome you to the show"
    try:
        drawing.require([line])
    except ConfigError:
        pytest.skip("no font is installed (Debian: fonts-dejavu-core)")
    wide, upright = (
        drawing.image(line, height=height, width=width) for height, width in ((720, 1280), (1280, 720))
    )
    assert len(wide) > 20
    assert upright.shape[1] < 0.95 * 720
    assert not upright[:, [0, -1], :].any()
    assert 0.5 < (upright.shape[1] / len(upright)) / (wide.shape[1] / len(wide)) < 2


def test_letters_are_white_with_a_dark_edge():
    pytest.importorskip("PIL")
    drawing = Drawing()
    try:
        drawing.require(["Hello"])
    except ConfigError:
        pytest.skip("no font is installed (Debian: fonts-dejavu-core)")
    drawn = drawing.image("Hello\nyou", height=480, width=640)
    assert drawn.shape[2] == 4
    assert drawn.shape[0] > 40
    solid = drawn[drawn[..., 3] == 255]
    assert solid.max() == 255
    assert solid[:, :3].min() == 0
