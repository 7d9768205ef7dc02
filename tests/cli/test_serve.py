from __future__ import annotations

import socket
from typing import Any


def test_a_port_that_is_taken(fake: Any) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = fake("serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert b"error[serve.address]" in done.stderr


def test_a_port_that_cannot_be(real: Any) -> None:
    assert real("serve", "--port", "70000").returncode == 2
