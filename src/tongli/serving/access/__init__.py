"""Who may use a server that has pages: the gate in front of it, logins, limits, and what browsers may run.

=============  ====================================================================================
``gate``       middleware: host, origin, rate and visitor of every request
``doors``      one user with the address of this start, or accounts
``login``      the pages in front of the gate
``cookies``    the one cookie
``rate``       how often somebody may ask
``policy``     content security policy of the toolkit's pages
``contents``   whether a file is what its name says
=============  ====================================================================================
"""

from __future__ import annotations

from fastapi import FastAPI

from tongli.applications.studio.sessions import Sessions
from tongli.core import ConfigError
from tongli.serving.access.doors import AccountsDoor, Door, LocalDoor, Visitor
from tongli.serving.access.gate import Gate, visitor_of
from tongli.serving.access.login import LOGIN, LOGOUT, Entrance, missing_page
from tongli.serving.access.policy import PagePolicy
from tongli.serving.access.rate import Rate

__all__ = [
    "LOGIN",
    "LOGOUT",
    "AccountsDoor",
    "Door",
    "Gate",
    "LocalDoor",
    "PagePolicy",
    "Rate",
    "Visitor",
    "add_gate",
    "missing_page",
    "visitor_of",
]


def add_gate(
    app: FastAPI, *, sessions: Sessions | None = None, hosts: tuple[str, ...] = (), first: str = "/"
) -> Door:
    """Put the gate in front of an application, before it starts.

    Args:
        app: what it guards.
        sessions: who is logged in; ``None`` for one user with the address of this start.
        hosts: names that the ``Host`` header may carry; empty allows any.
        first: where a login leads.

    Returns:
        The door; the ``token`` of a :class:`LocalDoor` belongs into the address that is printed.

    Raises:
        ConfigError: ``access.public`` for one user on an address that other machines reach.
    """
    if sessions is None and not hosts:
        raise ConfigError(
            "access.public",
            received="an address that other machines reach, without accounts",
            allowed="the loopback interface, or accounts",
            fix="Add accounts with tongli studio user add, then start with --auth.",
        )
    door: Door = LocalDoor() if sessions is None else AccountsDoor(sessions)
    if sessions is not None:
        app.router.routes[:0] = Entrance(sessions, first=first).routes()
    app.add_middleware(Gate, door=door, hosts=hosts)
    return door
