"""``tongli studio`` without a subcommand: the pages themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from tongli.cli.studio.options import Database

if TYPE_CHECKING:
    from tongli.core import ConfigError

Host = Annotated[str, typer.Option("--host", metavar="HOST", help="Address to listen on.")]
Port = Annotated[
    int, typer.Option("--port", metavar="PORT", min=0, max=65535, help="Port; 0 takes a free one.")
]
Auth = Annotated[
    bool,
    typer.Option("--auth", help="People log in to accounts; else there is one user, with a secret address."),
]


def start(
    context: typer.Context,
    *,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    auth: Auth = False,
    database: Database = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the address.")] = False,
) -> None:
    """Studio: pages in the browser to read, write, translate and review. Without a command, it starts."""
    if context.invoked_subcommand is not None:
        return

    def started(address: str) -> None:
        typer.echo(f"Studio: {address}")
        if not no_browser:
            _show(address)

    run_studio(host, port, auth=auth, database=database, started=started)


def run_studio(
    host: str, port: int, *, auth: bool, database: str | None, started: Callable[[str], None]
) -> None:
    """Serve the API and the pages until interrupted; raises as :func:`tongli.serving.run`."""
    from tongli import serving
    from tongli.applications.studio import LOCAL, open_store
    from tongli.core import Settings
    from tongli.serving.studio import StudioOptions

    settings = Settings.from_env()
    with open_store(database) as store:
        if auth and not store.accounts.list(by=LOCAL):
            raise _nobody()
        options = StudioOptions(store=store, auth=auth)
        serving.run(host, port, settings, studio=options, started=started)


def _nobody() -> ConfigError:
    from tongli.core import ConfigError

    return ConfigError(
        "access.no-accounts",
        received="--auth, and no account to log in to",
        allowed="at least one account",
        fix="Add one: tongli studio user add NAME --role admin.",
    )


def _show(address: str) -> None:
    """Open the browser beside the server, which may wait for it."""
    import threading
    import webbrowser

    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
