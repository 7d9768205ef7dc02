"""``tongli serve``."""

from __future__ import annotations

from typing import Annotated

import typer


def serve(
    host: Annotated[str, typer.Option("--host", metavar="HOST", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", metavar="PORT", min=0, max=65535, help="Port; 0 takes a free one.")
    ] = 8000,
) -> None:
    """Serve the HTTP API: /v1/read, /v1/respond, /healthz."""
    from tongli import serving
    from tongli.core import Settings

    serving.run(host, port, Settings.from_env())
