"""How fast faces are read: pictures and faces per second, and video against its own length.

    python benchmarks/face_speed.py [--seconds 30] [--repeats 5] [--json out.json]

The pictures are a public-domain portrait of 512 × 512 pixels, a group of 30 copies of its face, and noise
of 1,024 × 1,024 without a face, which is searched in four positions. The video has 1,280 × 720 pixels and 25
frames a second: the portrait moves to and fro before noise that does not compress well. Decoding, search,
gates, expressions and tracks are measured together; loading the models is not. Processor time of all
threads, so that other work on the machine counts little.
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from measurement import Spread, Target, arguments, at_least_one, hardware, megabytes, report, spread, tell
from tongli.emotion.face import read_faces
from tongli.encoders.image.faces import FaceEncoder
from tongli.encoders.image.picture import Pixels, read_image
from tongli.encoders.video.faces import encode_video
from tongli.testing import portrait

RATE, HEIGHT, WIDTH = 25, 720, 1280
HEAD = (slice(20, 210), slice(150, 300))


def group(face: Pixels) -> Pixels:
    """Thirty copies of a head."""
    return np.tile(face[HEAD], (5, 6, 1))


def noise(side: int = 1024) -> Pixels:
    """A picture without a face."""
    return np.random.default_rng(0).integers(0, 255, (side, side, 3), np.uint8)


def write_video(path: Path, face: Pixels, *, seconds: int) -> None:
    """The portrait moving to and fro."""
    import av

    behind = np.repeat(np.repeat(noise(160)[:90], 8, axis=0), 8, axis=1)[:HEIGHT, :WIDTH]
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for number in range(seconds * RATE):
            frame = behind.copy()
            left = round(384 + 300 * np.sin(number / 40))
            frame[100 : 100 + face.shape[0], left : left + face.shape[1]] = face
            container.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
        container.mux(stream.encode())


def timed(work: Callable[[], Any], *, repeats: int) -> Spread:
    """Processor seconds of a piece of work, after one that does not count."""
    work()
    found = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return spread(found)


def per_second(seconds: Spread, count: float) -> Spread:
    """How many of something that takes so long."""
    return Spread(
        median=count / seconds.median, low=count / seconds.high, high=count / seconds.low, runs=seconds.runs
    )


def measure(encoder: FaceEncoder, face: Pixels, *, seconds: int, repeats: int) -> dict[str, Any]:
    """Rates by what is read."""
    found: dict[str, Any] = {}
    pictures = {
        "portrait, pictures/s": (face, 1),
        "group, faces/s": (group(face), 30),
        "no face, pictures/s": (noise(), 1),
    }
    for name, (pixels, count) in pictures.items():
        found[name] = per_second(
            timed(lambda p=pixels: read_faces(encoder.encode(p)), repeats=repeats), count
        )
        tell(f"{name}: {found[name]}")
    with tempfile.TemporaryDirectory() as folder:
        for name, length in (("short video", max(1, seconds // 4)), ("video", seconds)):
            path = Path(folder) / f"{length}.mp4"
            write_video(path, face, seconds=length)
            taken = timed(lambda p=path: read_faces(encode_video(p, encoder)), repeats=max(1, repeats // 2))
            found[f"{name}, × real time"] = per_second(taken, length)
            found[f"{name}, peak MB"] = round(megabytes(resource.getrusage(resource.RUSAGE_SELF)))
            tell(f"{name}: {found[f'{name}, × real time']}, {found[f'{name}, peak MB']} MB")
    return found


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--seconds", type=at_least_one, default=30, help="of the video")
    parser.add_argument("--repeats", type=at_least_one, default=5)
    chosen = parser.parse_args()
    machine = hardware("av", "pillow")
    print(machine)
    encoder = FaceEncoder()
    encoder.load()
    found = measure(encoder, read_image(portrait()), seconds=chosen.seconds, repeats=chosen.repeats)
    print()
    for name, figure in found.items():
        print(f"  {name:28} {figure}")
    targets = [
        Target(name="video, × real time", value=found["video, × real time"].median, limit=5),
        Target(
            name="memory, four times the video",
            value=found["video, peak MB"] / found["short video, peak MB"],
            limit=1.1,
            better="lower",
        ),
    ]
    report({"hardware": asdict(machine), "figures": found}, targets=targets, path=chosen.json)


if __name__ == "__main__":
    main()
