"""Small videos that the tests write with PyAV."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest


@pytest.fixture
def write_video(tmp_path):
    """Write frames, ``(height, width, 3)`` each, as H.264; optionally with sound, or to be shown turned."""
    av = pytest.importorskip("av")

    def make(frames, *, name="video.mp4", rate=10, quarter_turns=0, sound=False) -> Path:
        path = tmp_path / name
        with av.open(str(path), "w") as container:
            if frames:
                height, width = frames[0].shape[:2]
                picture = container.add_stream("libx264", rate=rate)
                picture.width, picture.height, picture.pix_fmt = width, height, "yuv420p"
                for frame in frames:
                    container.mux(
                        picture.encode(
                            av.VideoFrame.from_ndarray(np.ascontiguousarray(frame), format="rgb24")
                        )
                    )
                container.mux(picture.encode())
            if sound:
                track = container.add_stream("aac", rate=16_000, layout="mono")
                tone = np.sin(np.arange(16_000, dtype=np.float32) / 9)[None]
                frame = av.AudioFrame.from_ndarray(tone, format="fltp", layout="mono")
                frame.sample_rate = 16_000
                container.mux(track.encode(frame))
                container.mux(track.encode())
        if quarter_turns:
            note_rotation(path, quarter_turns)
        return path

    return make


def note_rotation(path: Path, quarter_turns: int) -> None:
    """Write into an MP4 that a player must turn the picture by quarter turns, as phones do."""
    cosine, sine = ((1, 0), (0, 1), (-1, 0), (0, -1))[quarter_turns % 4]
    data = bytearray(path.read_bytes())
    matrix = data.index(b"tkhd") + 44  # 4 of the name, 4 of version and flags, 36 to the matrix
    one = 1 << 16
    data[matrix : matrix + 36] = struct.pack(
        ">9i", cosine * one, sine * one, 0, -sine * one, cosine * one, 0, 0, 0, 1 << 30
    )
    path.write_bytes(data)
