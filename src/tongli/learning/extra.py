"""The extra that training needs."""

from __future__ import annotations

from importlib.util import find_spec

from tongli.core import ConfigError

_NEEDED = ("peft", "tensorboard", "torch", "transformers")


def require_torch() -> None:
    """Raise ``ConfigError`` (``train.extra``) when what training needs is not installed."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise ConfigError(
            "train.extra",
            received=f"an installation without {', '.join(missing)}",
            allowed="tongli with its extra train",
            fix="Install it: pip install 'tongli[train]'.",
        )
