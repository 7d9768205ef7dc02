"""Who is let in: everybody with the address of this start, or everybody with an account."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tongli.applications.studio import LOCAL, AccessError, Actor
from tongli.applications.studio.sessions import Sessions


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who a browser belongs to.

    Args:
        token: the secret that it came with.
        door: what knows whose it is.
    """

    token: str
    door: Door

    def actor(self) -> Actor:
        """Who it is, asked anew each time, so that a logout ends open pages too; waits for the disk.

        Raises:
            AccessError: ``access.ended`` once the session has.
            StorageError: ``studio.database``.
        """
        found = self.door.actor(self.token)
        if found is None:
            raise AccessError(
                "access.ended",
                received="a request of a session that has ended",
                allowed="a session that goes on",
                fix="Log in again; what was saved is kept.",
            )
        return found


class Door(Protocol):
    """Knows whose a secret is."""

    accounts: bool
    """Whether people log in; else a secret in the address lets them in."""

    def actor(self, token: str) -> Actor | None:
        """Who has this secret; ``None`` for nobody."""


class LocalDoor:
    """One user, with a secret that is made at each start and stands in the address that is printed.

    It keeps other users of the machine out, and every web page: neither knows the secret.

    Args:
        make: gives the secret.
    """

    accounts = False

    def __init__(self, *, make: Callable[[], str] = secrets.token_urlsafe) -> None:
        self.token = make()

    def actor(self, token: str) -> Actor | None:
        """The local user, for the secret of this start."""
        known, given = self.token.encode(), token.encode("utf-8", "surrogatepass")
        return LOCAL if secrets.compare_digest(known, given) else None


class AccountsDoor:
    """Everybody with an account, once they have logged in.

    Args:
        sessions: who is logged in.
    """

    accounts = True

    def __init__(self, sessions: Sessions) -> None:
        self.sessions = sessions

    def actor(self, token: str) -> Actor | None:
        """Whose session it is; raises ``StorageError``."""
        return self.sessions.actor(token)
