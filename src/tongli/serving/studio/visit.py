"""One visitor on one page."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

from tongli.applications.people import PeopleStore
from tongli.applications.studio.people_of import people_of
from tongli.core import Message, Reading, TongliError
from tongli.serving.access import Visitor
from tongli.serving.guard import log_failure
from tongli.serving.problems import internal
from tongli.serving.studio.studio import Studio
from tongli.serving.studio.words import Words

_Result = TypeVar("_Result")


class Visit:
    """What a page is built from. Each call asks anew who it is, so that a logout ends open pages too.

    A bug in a call is raised as ``serve.internal``, so that a page tells it instead of waiting for ever.

    Args:
        studio: what all visitors share.
        words: the interface in the visitor's language.
        visitor: whom the gate let in.
        query: parameters of the address.

    Attributes:
        actor: who it was at the last call.
    """

    def __init__(self, *, studio: Studio, words: Words, visitor: Visitor, query: Mapping[str, str]) -> None:
        self.studio = studio
        self.words = words
        self.query = query
        self.actor = visitor.actor()
        self._visitor = visitor

    @property
    def people(self) -> PeopleStore:
        """Who declared what, as this account keeps it; raises ``ConfigError`` for a wrong key."""
        return people_of(self.actor.id)

    async def keep(self, call: Callable[[], _Result]) -> _Result:
        """The result of a call that waits for the disk; raises ``AccessError`` first."""
        await self._known()
        return await _told(asyncio.to_thread(call))

    async def now(self, call: Callable[[], _Result]) -> _Result:
        """As :meth:`tongli.serving.studio.work.Work.now`; raises ``AccessError`` first."""
        await self._known()
        return await _told(self.studio.work.now(call))

    async def read(self, message: Message) -> Reading:
        """As :meth:`tongli.serving.studio.reads.Reads.read`; raises ``AccessError`` first."""
        await self._known()
        return await _told(self.studio.reads.read(message))

    async def later(self, call: Callable[[], _Result]) -> _Result:
        """As :meth:`tongli.serving.studio.work.Work.later`; raises ``AccessError`` first."""
        await self._known()
        return await _told(self.studio.work.later(call))

    async def _known(self) -> None:
        self.actor = await asyncio.to_thread(self._visitor.actor)


async def _told(result: Awaitable[_Result]) -> _Result:
    try:
        return await result
    except TongliError:
        raise
    except Exception as error:  # noqa: BLE001 - the last place where a page can be told
        log_failure(error)
        raise internal(error) from None
