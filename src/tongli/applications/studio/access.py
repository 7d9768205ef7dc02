"""Who acts, and what each role may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from tongli.applications.studio.errors import AccessError

Role = Literal["writer", "reviewer", "admin"]
Action = Literal["write", "submit", "review", "accounts", "audit", "export"]

ROLES: tuple[Role, ...] = get_args(Role)

PERMISSIONS: dict[Role, frozenset[Action]] = {
    "writer": frozenset({"write", "submit"}),
    "reviewer": frozenset({"write", "submit", "review"}),
    "admin": frozenset({"write", "submit", "review", "accounts", "audit", "export"}),
}
"""What each role may do. Nobody reads another one's documents, whatever their role."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who does something.

    Attributes:
        id: identifier of the account.
        name: the name that they log in with.
        role: what they may do.
    """

    id: str
    name: str
    role: Role

    def may(self, action: Action) -> bool:
        """Whether the role allows it."""
        return action in PERMISSIONS[self.role]


LOCAL = Actor(id="local", name="local", role="admin")
"""The one user of a Studio without accounts, and who runs the command line."""


def require(actor: Actor, action: Action) -> None:
    """Raise ``AccessError`` (``access.denied``) unless the role of an actor allows an action."""
    if not actor.may(action):
        raise AccessError(
            "access.denied",
            received=f"a request to {action} by a {actor.role}",
            allowed="what the role allows: " + ", ".join(sorted(PERMISSIONS[actor.role])),
            fix="Ask an administrator, or somebody with another role.",
        )
