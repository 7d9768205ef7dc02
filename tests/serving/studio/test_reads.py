from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence

import pytest

pytest.importorskip("nicegui", reason="the extra studio is not installed")

from tongli.core import InputError, Language, Message, Reading
from tongli.serving.studio.reads import Reads

WRONG = InputError("input.empty", received="nothing", allowed="a text", fix="Write one.")


class Reader:
    """Notes its passes; texts that say so cannot be read."""

    perspectives = ()

    def __init__(self) -> None:
        self.passes: list[list[str]] = []
        self.go = threading.Event()

    def read_many(self, messages: Sequence[Message]) -> list[Reading]:
        self.go.wait(5)
        self.passes.append([message.text for message in messages])
        if any(message.text == "wrong" for message in messages):
            raise WRONG
        language = Language(tag="en", score=1.0)
        return [Reading(message=message, language=language) for message in messages]


class Work:
    async def now(self, call):
        return await asyncio.to_thread(call)


@pytest.fixture
def reader():
    return Reader()


async def ask(reader, *texts):
    reads = Reads(reader, Work())
    asked = [asyncio.create_task(reads.read(Message(text))) for text in texts]
    await asyncio.sleep(0.05)
    return asked


def test_those_who_ask_together_are_read_together(reader):
    async def run():
        reader.go.set()
        return await asyncio.gather(*await ask(reader, *"abcdefghij"))

    found = asyncio.run(run())
    assert [reading.message.text for reading in found] == list("abcdefghij")
    assert sorted(map(len, reader.passes)) == [2, 8]


def test_a_text_that_cannot_be_read_fails_alone(reader):
    async def run():
        reader.go.set()
        return await asyncio.gather(*await ask(reader, "a", "wrong", "b"), return_exceptions=True)

    first, error, last = asyncio.run(run())
    assert (first.message.text, error, last.message.text) == ("a", WRONG, "b")


def test_who_stops_waiting_is_not_read(reader):
    async def run():
        asked = await ask(reader, *(str(number) for number in range(18)))
        asked[-1].cancel()
        reader.go.set()
        return await asyncio.gather(*asked, return_exceptions=True)

    found = asyncio.run(run())
    assert isinstance(found[-1], asyncio.CancelledError)
    read = [text for texts in reader.passes for text in texts]
    assert "17" not in read
    assert len(read) == 17
