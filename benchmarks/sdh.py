"""Emotion tags of subtitles: how many are right, and how many feelings get one, on speakers not learnt from.

    python benchmarks/sdh.py --data DATA [--split dev] [--confidence 0.8] [--json out.json]

Reels of 14 clips of ``emodb7_2s`` with known gaps and noise (see ``reels.py``) are subtitled as ``tongli
subtitle --sdh`` does, with a head of the train speakers; for ``--split train`` with heads of the other train
speakers, two left out at a time. A tag counts as right when it is the emotion of the clip that its segment
shares most time with; bored clips are among them, and no tag is right for those. Coverage: clips that are not
neutral which have a tag, right or wrong. Intervals are a bootstrap over reels. How the voice is heard and the
confidence were chosen on ``--split train``.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from asr import read_rows
from measurement import Target, arguments, hardware, report, tell
from reels import Row, reel, save
from tongli.applications.recordings.feelings import tags_of
from tongli.applications.recordings.transcript import transcript_of
from tongli.applications.subtitles.cue import Tag
from tongli.applications.subtitles.sdh import CONFIDENCE, shown
from tongli.core import Settings, Times, TranscriptSegment
from tongli.emotion.speech import SpeechEmotion
from tongli.encoders.audio import Voice, Whisper, blocks
from tongli.encoders.audio.voice_encoder import VoiceEncoder
from tongli.knowledge.speech_labels import speech_label
from tongli.learning.speech.clips import Clip, read_clips
from tongli.learning.speech.run import Job, train

SET, LICENCE, LANG = "emodb7_2s", "CC-BY-4.0", "de"
CLIPS, LEFT_OUT = 14, 2
SAMPLES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Of one reel: tags shown, right ones, clips with a feeling, and those of them with a tag."""

    tags: int
    right: int
    felt: int
    told: int


def groups(rows: Sequence[Row], split: str) -> Iterator[list[Row]]:
    """Clips of the speakers that one head has not learnt from."""
    own = [row for row in rows if row["split"] == split]
    names = sorted({row["speaker"] for row in own})
    size = len(names) if split == "dev" else LEFT_OUT
    for start in range(0, len(names), size):
        yield [row for row in own if row["speaker"] in names[start : start + size]]


def counted(
    said: Sequence[tuple[Times, str]],
    segments: Sequence[TranscriptSegment],
    tags: Sequence[Tag | None],
    *,
    confidence: float,
) -> Counts:
    """Tags against the emotions of the clips, as the set calls them."""
    named = [
        (tag.label, at)
        for segment, tag in zip(segments, tags, strict=True)
        if tag is not None and shown(tag, confidence=confidence)
        for at in [max(range(len(said)), key=lambda at: shared(segment.times, said[at][0]))]
    ]
    felt = {at for at, (_, emotion) in enumerate(said) if emotion != "neutral"}
    return Counts(
        tags=len(named),
        right=sum(label == speech_label(said[at][1]) for label, at in named),
        felt=len(felt),
        told=len(felt & {at for _, at in named}),
    )


def shared(one: Times, other: Times) -> float:
    """Seconds in both; negative for how far they are apart."""
    return min(one[1], other[1]) - max(one[0], other[0])


def share(counts: Sequence[Counts], part: str, whole: str) -> float:
    """Of all reels."""
    return sum(getattr(each, part) for each in counts) / max(1, sum(getattr(each, whole) for each in counts))


def interval(counts: Sequence[Counts], part: str, whole: str) -> tuple[float, float]:
    """95 % of a bootstrap over reels."""
    rng = random.Random(0)
    drawn = sorted(share(rng.choices(counts, k=len(counts)), part, whole) for _ in range(SAMPLES))
    return drawn[int(0.025 * SAMPLES)], drawn[int(0.975 * SAMPLES) - 1]


@dataclass(frozen=True, slots=True)
class Ears:
    """The models that hear words and voices."""

    whisper: Whisper
    voice: Voice
    voices: VoiceEncoder


def measured(
    own: Sequence[Row], emotion: SpeechEmotion, ears: Ears, *, confidence: float
) -> Iterator[Counts]:
    """Reel by reel, of clips in the order given."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reel.wav"
        for start in range(0, len(own), CLIPS):
            part = [row | {"text": row["emotion"]} for row in own[start : start + CLIPS]]
            sound, said = reel(part, seed=start)
            save(sound, path)
            heard = transcript_of(path, whisper=ears.whisper, voice=ears.voice, lang=LANG).segments
            tags = tags_of(blocks(path), heard, voices=ears.voices, emotion=emotion)
            yield counted(said, heard, tags, confidence=confidence)


def fitted(clips: Sequence[Clip], *, job: Job, voices: VoiceEncoder) -> SpeechEmotion:
    """A head of some clips."""
    head = train(clips, job=job, encoder=voices, tell=lambda what, done: tell(f"  {done} {what}"))
    with tempfile.TemporaryDirectory() as folder:
        head.save(Path(folder))
        emotion = SpeechEmotion(folder=Path(folder))
        emotion.head  # noqa: B018 - read while the folder is there
    return emotion


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the development data folder")
    parser.add_argument("--cache", type=Path, help="folder that keeps the features between runs")
    parser.add_argument("--split", choices=("train", "dev"), default="dev")
    parser.add_argument(
        "--confidence", type=float, default=CONFIDENCE, help="less certain tags are not shown"
    )
    options = parser.parse_args()
    machine, settings = hardware("faster-whisper", "ctranslate2"), Settings.from_env()
    print(f"Tags of the split {options.split}; {machine}", flush=True)
    ears = Ears(Whisper(), Voice(), VoiceEncoder(settings=settings))
    clips = read_clips(options.data / SET / "manifest.jsonl.gz", splits=["train"], licence=LICENCE)
    job = Job(cache=options.cache or settings.cache / "voices")
    counts: list[Counts] = []
    for number, own in enumerate(groups(read_rows(options.data / SET), options.split)):
        away = {row["speaker"] for row in own}
        emotion = fitted([clip for clip in clips if clip.speaker not in away], job=job, voices=ears.voices)
        random.Random(number).shuffle(own)
        for found in measured(own, emotion, ears, confidence=options.confidence):
            counts.append(found)
            tell(f"  {found}")
    for name, pair in (("precision", ("right", "tags")), ("coverage", ("told", "felt"))):
        low, high = interval(counts, *pair)
        print(f"{name} {share(counts, *pair):.3f} [{low:.3f}, {high:.3f}]")
    target = Target(name="precision of emotion tags", value=share(counts, "right", "tags"), limit=0.8)
    report({"hardware": machine, "reels": counts}, targets=[target], path=options.json)


if __name__ == "__main__":
    main()
