from __future__ import annotations

import asyncio

import pytest

pytest.importorskip("nicegui", reason="the extra studio is not installed")

from tongli.applications.studio import LOCAL
from tongli.core import InputError, Message, TongliError
from tongli.serving.studio.visit import Visit
from tongli.serving.studio.words import TAGS, words

WRONG = InputError("input.empty", received="nothing", allowed="a text", fix="Write one.")


class Parts:
    """Work and readings of a Studio, whose calls are run as they are."""

    def __init__(self) -> None:
        self.work = self.reads = self

    async def now(self, call):
        return call()

    later = now

    async def read(self, message):
        raise KeyError(message.text)

    def actor(self):
        return LOCAL


def fail(error):
    def call():
        raise error

    return call


@pytest.fixture
def visit():
    parts = Parts()
    return Visit(studio=parts, words=words("en"), visitor=parts, query={})


@pytest.mark.parametrize("way", ["keep", "now", "later"])
def test_a_bug_becomes_an_error_that_a_page_can_tell(visit, way, caplog):
    run = getattr(visit, way)
    with pytest.raises(TongliError, match=r"serve\.internal") as told:
        asyncio.run(run(fail(KeyError("my secret text"))))
    assert "my secret text" not in str(told.value) + caplog.text
    assert "KeyError" in caplog.text
    with pytest.raises(InputError) as known:
        asyncio.run(run(fail(WRONG)))
    assert known.value is WRONG
    assert asyncio.run(run(lambda: 7)) == 7


def test_a_reading_that_breaks_is_told_as_well(visit):
    with pytest.raises(TongliError, match=r"serve\.internal"):
        asyncio.run(visit.read(Message("hello")))


@pytest.mark.parametrize("lang", TAGS)
def test_it_is_told_in_the_language_of_the_page(lang):
    assert words(lang).entries["error.serve.internal"]
