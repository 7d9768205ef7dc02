"""Messages of every combination of words, sound, picture and video."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tongli.channels import Channels
from tongli.channels.heard import NOTE, NOTHING, UNSURE
from tongli.core import Audio, Image, InputError, Message, Video


@pytest.fixture
def channels(read_words: Any, readers: Any, settings: Any) -> Channels:
    return Channels(read_words, settings=settings, readers=readers)


def one(channels: Channels, text: str = "", *media: Any, **more: Any) -> Any:
    (found,) = channels.read([Message(text, media=media, **more)])
    return found


@pytest.mark.parametrize(
    ("text", "audio", "image", "video"),
    [parts for parts in product(["", "joy at last"], *[[False, True]] * 3) if any(parts[1:])],
)
def test_every_combination(channels: Channels, text: str, audio: bool, image: bool, video: bool) -> None:
    media = (
        [Audio(Path("joy.wav"))] * audio + [Image(Path("joy.png"))] * image + [Video(Path("joy.mp4"))] * video
    )
    found = one(channels, text, *media)
    sound = audio or video
    wanted = {"text": bool(text) or sound, "speech": sound, "face": image or video, "scene": image}
    assert [each.channel for each in found.channels] == [name for name, there in wanted.items() if there]
    assert sum(found.scores["fused"].values()) == pytest.approx(1, abs=1e-3)
    (claim,) = [claim for claim in found.claims if claim.scheme == "fused"]
    assert claim.label == "joy"
    assert (NOTE in found.notes) == (sound and not text)


def test_words_alone_wake_no_model_of_media(read_words: Any, settings: Any, monkeypatch: Any) -> None:
    monkeypatch.setitem(__import__("sys").modules, "tongli.channels.embedded", None)
    messages = [Message("joy"), Message("anger", lang="en")]
    assert Channels(read_words, settings=settings).read(messages) == read_words(messages)


@pytest.mark.parametrize("given", ["a text", None, 5, b"bytes", ["a text"]])
def test_what_is_no_message_is_refused_and_not_repeated(channels: Channels, given: Any) -> None:
    with pytest.raises(InputError, match=r"input\.message") as caught:
        channels.read([Message("joy"), given])
    assert "a text" not in str(caught.value)


def test_messages_keep_their_order(channels: Channels) -> None:
    messages = [
        Message("joy", id=0),
        Message(media=(Audio(Path("anger.wav")),), id=1),
        Message("sadness", id=2),
        Message(media=(Image(Path("wall.png")),), id=3),
    ]
    found = channels.read(messages)
    assert [reading.message.id for reading in found] == [0, 1, 2, 3]
    assert [bool(reading.channels) for reading in found] == [False, True, False, True]


def test_heard_words_are_the_text_that_offsets_count_in(channels: Channels) -> None:
    found = one(channels, " ", Audio(Path("anger-joy.wav")))
    assert found.message.text == "that is joy\ngoodbye"
    assert found.language.tag == "de"
    text = found.channels[0]
    assert text.label == "joy"
    assert text.reliability == 0.9
    assert text.details["from"] == "speech recognition"
    assert (text.details["text"], text.details["confidence"]) == (found.message.text, 0.9)
    assert [(moment.times, moment.label) for moment in text.moments] == [((0, 1), "joy"), ((1, 2), None)]
    (claim,) = found.decided("conflict")
    assert claim.label == "text:joy speech:anger"


def test_a_declared_language_is_kept(channels: Channels) -> None:
    assert one(channels, "", Audio(Path("joy.wav")), lang="en").language.tag == "en"
    heard = one(channels, "", Audio(Path("joy.wav"))).language
    assert (heard.tag, heard.score, heard.declared) == ("de", 0.9, False)


def test_words_that_were_misheard_decide_nothing_but_a_risk(channels: Channels) -> None:
    found = one(channels, "", Audio(Path("anger-mumble die joy.wav")))
    assert "joy" in found.message.text
    assert {claim.dimension for claim in found.claims if not claim.abstained} == {"emotion", "risk"}
    (fused,) = found.decided("emotion")
    assert (fused.scheme, fused.label) == ("fused", "anger")
    text = found.channels[0]
    assert (text.abstained, text.reason, dict(text.scores), text.moments) == (True, UNSURE, {}, ())


def test_given_words_are_not_heard_again(channels: Channels, readers: Any) -> None:
    found = one(channels, "joy", Audio(Path("anger.wav")))
    assert (found.message.text, readers.heard) == ("joy", [])
    assert "from" not in found.channels[0].details


def test_sound_without_words(channels: Channels) -> None:
    found = one(channels, "", Audio(Path("sadness-mute.wav")))
    assert [each.channel for each in found.channels] == ["speech"]
    assert NOTHING in found.notes
    assert (found.message.text, found.language.tag) == ("", "und")
    assert next(found.decided("emotion")).label == "sadness"


def test_a_video_without_sound_is_seen(channels: Channels, readers: Any) -> None:
    found = one(channels, "", Video(Path("joy-silent.mp4")))
    speech, face = found.channels
    assert (speech.reason, face.label) == ("the video has no sound", "joy")
    assert readers.heard == []
    with pytest.raises(InputError) as caught:
        one(channels, "", Audio(Path("joy-silent.wav")))
    assert caught.value.code == "audio.none"


def test_a_picture_of_a_wall(channels: Channels) -> None:
    found = one(channels, "", Image(Path("wall.png")))
    assert [each.reason for each in found.channels] == ["no face was found", "no image encoder is installed"]
    assert "fused" not in found.scores
    assert not list(found.decided("emotion"))


def test_sound_comes_first_from_the_sound_file_and_faces_from_the_video(channels: Channels) -> None:
    media = (Audio(Path("anger.wav")), Image(Path("sadness.png")), Video(Path("joy.mp4")))
    text, speech, face, scene = one(channels, "", *media).channels
    assert (text.label, speech.label, face.label, scene.channel) == ("anger", "angry", "joy", "scene")


def test_broken_and_several_files(channels: Channels) -> None:
    with pytest.raises(InputError) as caught:
        one(channels, "joy", Audio(Path("broken.wav")))
    assert caught.value.code == "audio.format"
    with pytest.raises(InputError) as caught:
        one(channels, "joy", Image(Path("joy.png")), Image(Path("joy.png")))
    assert caught.value.code == "media.several"


def test_a_message_of_nothing_is_still_refused(channels: Channels) -> None:
    with pytest.raises(InputError) as caught:
        channels.read([Message(""), Message(media=(Image(Path("joy.png")),))])
    assert caught.value.code == "input.empty"
