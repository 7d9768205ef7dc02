from __future__ import annotations

import numpy as np
import pytest

from tongli.applications.faces import FaceReader
from tongli.core import InputError, Settings
from tongli.encoders.image.faces import FACE_ENCODER
from tongli.encoders.image.picture import read_image


@pytest.fixture(scope="module")
def reader():
    made = FaceReader(settings=Settings.from_env())
    made.load()
    return made


@pytest.fixture
def video(tmp_path, portrait_file):
    av = pytest.importorskip("av")
    pixels = np.ascontiguousarray(read_image(portrait_file)[:256, 100:356])
    path = tmp_path / "video.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 256, 256, "yuv420p"
        for _ in range(20):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        container.mux(stream.encode())
    return path


@pytest.mark.models
def test_a_picture_by_its_path_or_its_pixels(reader, portrait_file):
    found = reader.read_image(portrait_file)
    assert (found.channel, found.label, found.source) == ("face", "joy", FACE_ENCODER)
    assert reader.read_image(str(portrait_file)) == found
    assert reader.read_image(read_image(portrait_file)) == found


@pytest.mark.models
def test_a_video(reader, video):
    found = reader.read_video(video)
    assert found.label == "joy"
    assert [moment.label for moment in found.moments] == ["joy", "joy"]
    assert found.details["frames"] == 8


@pytest.mark.models
def test_a_picture_is_not_a_video_nor_a_text(reader, tmp_path):
    (tmp_path / "a.txt").write_text("hello")
    for read in (reader.read_image, reader.read_video):
        with pytest.raises(InputError):
            read(tmp_path / "a.txt")
