"""``tongli serve``: the application in a uvicorn server."""

from __future__ import annotations

import copy
import ipaddress
import logging
import socket
from contextlib import suppress

import uvicorn
from uvicorn.config import LOGGING_CONFIG

from tongli.core import ConfigError, Settings
from tongli.pipeline import Tongli
from tongli.serving.app import Pipeline, create_app
from tongli.serving.limits import Limits

logger = logging.getLogger("tongli.serving")


def run(
    host: str = "127.0.0.1",
    port: int = 8000,
    settings: Settings | None = None,
    *,
    pipeline: Pipeline | None = None,
) -> None:
    """Serve until interrupted. There is no authentication: keep it on the loopback interface.

    Args:
        host: address to listen on.
        port: port; 0 takes a free one, which the log names.
        settings: cache, threads, limits; ``None`` reads the environment.
        pipeline: what reads and responds; ``None`` takes ``Tongli`` with the embedded models.

    Raises:
        ConfigError: ``serve.address`` when the address cannot be listened on.
    """
    settings = settings or Settings.from_env()
    local = is_loopback(host)
    limits = Limits(
        concurrency=settings.threads, hosts=("localhost", "127.0.0.1", "[::1]", host) if local else ()
    )
    config = uvicorn.Config(
        create_app(pipeline or Tongli(settings=settings), settings, limits=limits),
        access_log=False,  # it would write query strings
        log_config=_log_config(),
        server_header=False,
        timeout_graceful_shutdown=round(limits.seconds),
        lifespan="on",
    )
    with _listen(host, port) as listener:
        address = f"[{host}]" if ":" in host else host
        logger.info("Listening on http://%s:%d", address, listener.getsockname()[1])
        if not local:
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


def _log_config() -> dict[str, object]:
    config = copy.deepcopy(LOGGING_CONFIG)
    config["loggers"]["tongli.serving"] = {"handlers": ["default"], "level": "INFO", "propagate": False}
    return config
