"""Model calls for pages: never in the event loop, and one long piece of work a page at a time."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from typing import TypeVar

from tongli.serving.limits import Limits
from tongli.serving.worker import Worker

_Result = TypeVar("_Result")
_PATIENCE = 120.0
_LOOK = 0.05
_MODEST = 10


class Work:
    """Where pages have their calls run.

    What people wait for goes through the server's own worker. What may come later, such as the words behind
    a reading, has a thread of its own, so that it never stands in front of somebody's first answer.

    Args:
        worker: the worker of the server; it may still be loading.
    """

    def __init__(self, worker: Callable[[], Worker]) -> None:
        self._worker = worker
        limits = Limits(concurrency=1, seconds=_PATIENCE, waiting=256)
        self._later = Worker(lambda: None, limits=limits, begin=_give_way)
        self._later.ready = True
        self._waiting = 0

    def stop(self) -> None:
        """Drop what waits."""
        self._later.stop()

    @property
    def ready(self) -> bool:
        """Whether the models are loaded."""
        return self._worker().ready

    async def loaded(self) -> None:
        """Wait for the models; what is wrong with them is told by the first call."""
        worker = self._worker()
        while not worker.ready and worker.failure is None:
            await asyncio.sleep(_LOOK)

    async def now(self, call: Callable[[], _Result]) -> _Result:
        """The result of a call that somebody waits for; raises as :meth:`Worker.run`."""
        await self.loaded()
        self._waiting += 1
        try:
            return await self._worker().run(call)
        finally:
            self._waiting -= 1

    async def later(self, call: Callable[[], _Result]) -> _Result:
        """The result of a call that gives way to what somebody waits for; raises as :meth:`Worker.run`."""
        await self.loaded()
        while self._waiting:
            await asyncio.sleep(_LOOK)
        return await self._later.run(call)


def _give_way() -> None:
    """Lower the priority of this thread, where threads have one of their own."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _MODEST)
