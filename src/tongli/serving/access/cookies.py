"""The cookie that says who a browser belongs to."""

from __future__ import annotations

from datetime import datetime

from starlette.responses import Response
from starlette.types import Scope


def cookie_name(scope: Scope) -> str:
    """One for each port, as browsers keep the cookies of all ports of a machine together."""
    _, port = scope.get("server") or ("", None)
    return f"tongli_{port or 0}"


def set_cookie(answer: Response, scope: Scope, token: str, *, expires: datetime | None = None) -> None:
    """Give a browser its secret, which no script can read and no other site can send along.

    Args:
        answer: the response.
        scope: of the request; over HTTPS the cookie never goes out in the clear.
        token: the secret.
        expires: in UTC; ``None`` for when the browser is closed.
    """
    answer.set_cookie(
        cookie_name(scope),
        token,
        expires=expires,
        httponly=True,
        samesite="lax",
        secure=_secure(scope),
    )


def drop_cookie(answer: Response, scope: Scope) -> None:
    """Take it away."""
    answer.delete_cookie(cookie_name(scope), httponly=True, samesite="lax", secure=_secure(scope))


def _secure(scope: Scope) -> bool:
    return scope["scheme"] in {"https", "wss"}
