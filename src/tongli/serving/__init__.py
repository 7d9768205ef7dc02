"""The HTTP API: ``/v1/read``, ``/v1/respond``, ``/healthz``, ``/openapi.json``."""

from tongli.serving.app import Pipeline, create_app
from tongli.serving.limits import Limits
from tongli.serving.server import run

__all__ = ["Limits", "Pipeline", "create_app", "run"]
