"""``tongli serve``: the application in a uvicorn server."""

from __future__ import annotations

import copy
import ipaddress
import logging
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import uvicorn
from uvicorn.config import LOGGING_CONFIG

from tongli.core import ConfigError, Settings
from tongli.pipeline import Tongli
from tongli.serving.app import Pipeline, create_app
from tongli.serving.limits import Limits
from tongli.serving.studio import StudioOptions

logger = logging.getLogger("tongli.serving")


def run(
    host: str = "127.0.0.1",
    port: int = 8000,
    settings: Settings | None = None,
    *,
    pipeline: Pipeline | None = None,
    studio: StudioOptions | None = None,
    started: Callable[[str], None] | None = None,
) -> None:
    """Serve until interrupted. Without the Studio nobody logs in: keep it on the loopback interface.

    Args:
        host: address to listen on.
        port: port; 0 takes a free one, which the log names.
        settings: cache, threads, limits; ``None`` reads the environment.
        pipeline: what reads and responds; ``None`` takes ``Tongli`` with the embedded models.
        studio: serve its pages too; then every request needs a visitor that is known.
        started: called with the address for people once the port is taken.

    Raises:
        ConfigError: ``serve.address`` when the address cannot be listened on.
    """
    settings = settings or Settings.from_env()
    local = is_loopback(host)
    hosts = ("localhost", "127.0.0.1", "[::1]", host) if local else ()
    limits = Limits(concurrency=settings.threads, hosts=hosts)
    if studio is not None:
        limits = replace(limits, body_bytes=studio.body_bytes)
    tongli = Tongli(settings=settings)
    app = create_app(pipeline or tongli, settings, heads=tongli.heads.names, limits=limits)
    first = "/" if studio is None else studio.attach(app, tongli, settings, hosts=hosts)
    config = uvicorn.Config(
        app,
        access_log=False,  # it would write query strings
        log_config=_log_config(),
        server_header=False,
        timeout_graceful_shutdown=round(limits.seconds),
        lifespan="on",
    )
    with _listen(host, port) as listener:
        address = f"[{host}]" if ":" in host else host
        logger.info("Listening on http://%s:%d", address, listener.getsockname()[1])
        if started is not None:
            started(f"http://{address}:{listener.getsockname()[1]}{first}")
        if not local and studio is None:
            logger.warning(
                "Anyone who can reach this address can use the server: there is no authentication yet. "
                "Put a proxy in front that knows its callers, or listen on 127.0.0.1."
            )
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise ConfigError(
            "serve.address",
            received=f"host {host!r}, port {port}: {error.strerror or type(error).__name__}",
            allowed="an address of this machine and a free port",
            fix="Choose another --host or --port; port 0 takes a free one.",
        ) from error


class _NoRequests(logging.Filter):
    """Drops what uvicorn tells of each WebSocket: its client, and the address with the query string."""

    def filter(self, record: logging.LogRecord) -> bool:
        return '"WebSocket ' not in str(record.msg)


def _log_config() -> dict[str, object]:
    config = copy.deepcopy(LOGGING_CONFIG)
    config["filters"] = {"requests": {"()": _NoRequests}}
    config["loggers"]["uvicorn.error"]["filters"] = ["requests"]
    config["loggers"]["tongli.serving"] = {"handlers": ["default"], "level": "INFO", "propagate": False}
    return config
