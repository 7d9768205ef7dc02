"""What a search needs beyond training."""

from __future__ import annotations

from importlib.util import find_spec

from tongli.core import ConfigError


def require_optuna() -> None:
    """Raise ``ConfigError`` (``search.extra``) when Optuna is not installed."""
    if find_spec("optuna") is None:
        raise ConfigError(
            "search.extra",
            received="an installation without optuna",
            allowed="tongli with its extra train",
            fix="Install it: pip install 'tongli[train]'.",
        )
