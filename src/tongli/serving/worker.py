"""Model calls in a few threads, so that the event loop always answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from tongli.core import TongliError
from tongli.serving.limits import Limits
from tongli.serving.problems import ServingError, internal

_Result = TypeVar("_Result")


class Worker:
    """Runs model calls, at most ``limits.concurrency`` at a time.

    Args:
        load: reads the weights; called once, by :meth:`start`.
        limits: concurrency, queue and time.
        begin: called by each thread before its first call.
    """

    def __init__(
        self, load: Callable[[], object], *, limits: Limits, begin: Callable[[], None] | None = None
    ) -> None:
        self._load = load
        self._limits = limits
        self._pool = ThreadPoolExecutor(
            limits.concurrency, thread_name_prefix="tongli-model", initializer=begin
        )
        self._pending = 0
        self._loading: asyncio.Task[None] | None = None
        self.ready = False
        self.failure: TongliError | None = None

    def start(self) -> None:
        """Begin to load; :attr:`ready` turns true, or :attr:`failure` says why not."""
        self._loading = asyncio.create_task(self._warm())

    def stop(self) -> None:
        """Drop what waits; what runs is left to end."""
        if self._loading is not None:
            self._loading.cancel()
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def run(self, call: Callable[[], _Result]) -> _Result:
        """The result of ``call``.

        Raises:
            ServingError: ``serve.loading``, ``serve.busy`` or ``serve.timeout``, all with status 503.
        """
        if self.failure is not None:
            raise self.failure
        if not self.ready:
            raise _unavailable("loading", "a request before the models were loaded", "Try again soon.")
        if self._pending >= self._limits.concurrency + self._limits.waiting:
            raise _unavailable("busy", "more requests than can wait", "Try again soon, or send batches.")
        # Counted until the thread is really free: a call that timed out still occupies one.
        future = self._pool.submit(call)
        self._pending += 1
        loop = asyncio.get_running_loop()
        future.add_done_callback(lambda _: self._release_soon(loop))
        try:
            async with asyncio.timeout(self._limits.seconds) as clock:
                return await asyncio.wrap_future(future)
        except TimeoutError:
            if not clock.expired():
                raise
            took = f"a request that takes longer than {self._limits.seconds:g} s"
            raise _unavailable("timeout", took, "Send shorter texts or smaller batches.") from None

    def _release_soon(self, loop: asyncio.AbstractEventLoop) -> None:
        with suppress(RuntimeError):  # the loop may be closed when the last call ends
            loop.call_soon_threadsafe(self._release)

    def _release(self) -> None:
        self._pending -= 1

    async def _warm(self) -> None:
        try:
            await asyncio.wrap_future(self._pool.submit(self._load))
        except TongliError as error:
            self.failure = error
        except Exception as error:  # noqa: BLE001 - shown at /healthz and to every request
            self.failure = internal(error)
        else:
            self.ready = True


def _unavailable(code: str, received: str, fix: str) -> ServingError:
    return ServingError(
        f"serve.{code}", status=503, received=received, allowed="what the server can do in time", fix=fix
    )
