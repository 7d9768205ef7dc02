"""First answers: what several people ask at the same moment is read in one pass of the encoder."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial, reduce
from typing import NamedTuple

from tongli.core import Message, Reading, TongliError
from tongli.pipeline import Tongli
from tongli.serving.studio.work import Work

_COLLECT = 0.005
"""Seconds that the first one waits for others."""
_MOST = 8
"""Messages of one pass: the answer to the first must not wait for a whole crowd."""
_PASSES = 2
"""Passes at a time; what is asked meanwhile makes up the next one."""


class _Asked(NamedTuple):
    message: Message
    answer: asyncio.Future[Reading]


class Reads:
    """Reads messages without evidence, a few people's together.

    Args:
        tongli: reads.
        work: runs the passes.
    """

    def __init__(self, tongli: Tongli, work: Work) -> None:
        self._tongli = tongli
        self._work = work
        self._asked: list[_Asked] = []
        self._passes: set[asyncio.Task[None]] = set()

    async def read(self, message: Message) -> Reading:
        """The reading of one message; a call that is cancelled leaves the queue.

        Raises:
            TongliError: as :meth:`tongli.Tongli.read` and :meth:`Work.now`; of this message alone.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Reading] = loop.create_future()
        self._asked.append(_Asked(message, answer))
        if len(self._asked) == 1:
            loop.call_later(_COLLECT, self._start)
        return await answer

    def _start(self) -> None:
        """Begin as many passes as may run; the end of each begins the next."""
        self._asked = [each for each in self._asked if not each.answer.done()]
        while self._asked and len(self._passes) < _PASSES:
            lot, self._asked = self._asked[:_MOST], self._asked[_MOST:]
            task = asyncio.create_task(self._answer(lot))
            self._passes.add(task)
            task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._passes.discard(task)
        self._start()

    async def _answer(self, lot: Sequence[_Asked]) -> None:
        messages = [each.message for each in lot]
        found: Sequence[Reading | Exception]
        try:
            found = await self._work.now(partial(self._pass, messages))
        except Exception as error:  # noqa: BLE001 - told to everybody who asked
            found = [error] * len(lot)
        for each, result in zip(lot, found, strict=True):
            if each.answer.done():
                continue
            if isinstance(result, Exception):
                each.answer.set_exception(result)
            else:
                each.answer.set_result(result)

    def _pass(self, messages: Sequence[Message]) -> list[Reading | TongliError]:
        """As ``Tongli.read`` of each; one that cannot be read does not fail the others."""
        try:
            found = self._tongli.read_many(messages)
            views = self._tongli.perspectives
            return [reduce(lambda seen, view: view.see(seen), views, reading) for reading in found]
        except TongliError as error:
            if len(messages) == 1:
                return [error]
        return [self._pass([message])[0] for message in messages]
