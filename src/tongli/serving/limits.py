"""What one server may be asked to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of the HTTP API.

    Attributes:
        body_bytes: largest request body, counted as it arrives.
        seconds: longest time for receiving a body, and for answering a request.
        concurrency: model calls at the same time.
        waiting: requests that may wait for a model call; more are turned away.
        hosts: names the ``Host`` header may carry; empty allows any. A server on the loopback interface
            checks it, so that no web page can reach it under a name of its own (DNS rebinding).
    """

    body_bytes: int = 2_000_000
    seconds: float = 30.0
    concurrency: int = 2
    waiting: int = 64
    hosts: tuple[str, ...] = ()
