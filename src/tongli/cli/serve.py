"""``tongli serve``."""

from __future__ import annotations

from typing import Annotated

import typer


def serve(
    host: Annotated[str, typer.Option("--host", metavar="HOST", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", metavar="PORT", min=0, max=65535, help="Port; 0 takes a free one.")
    ] = 8000,
    studio: Annotated[
        bool,
        typer.Option("--studio", help="Serve the Studio too, at /studio; every request needs its secret."),
    ] = False,
) -> None:
    """Serve the HTTP API: /v1/read, /v1/respond, /healthz."""
    from tongli import serving
    from tongli.core import Settings

    if not studio:
        serving.run(host, port, Settings.from_env())
        return
    from tongli.cli.studio.start import run_studio

    run_studio(
        host, port, auth=False, database=None, started=lambda address: typer.echo(f"Studio: {address}")
    )
