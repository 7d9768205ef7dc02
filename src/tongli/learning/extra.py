"""Packages that come with an extra: one check, one message."""

from __future__ import annotations

from importlib.util import find_spec

from tongli.core import ConfigError


def require(what: str, *modules: str, extra: str = "train") -> None:
    """Raise ``ConfigError`` (``extra.missing``) when a package is not installed.

    Args:
        what: needs them, for the message.
        modules: top-level modules.
        extra: of tongli that installs them.
    """
    missing = [name for name in modules if find_spec(name) is None]
    if missing:
        raise ConfigError(
            "extra.missing",
            received=f"{what}, in an installation without {', '.join(missing)}",
            allowed=f"tongli with its extra {extra}",
            fix=f'Install it: pip install "tongli[{extra}]".',
        )


def require_torch() -> None:
    """Raise ``ConfigError`` (``extra.missing``) when what training needs is not installed."""
    require("training", "peft", "tensorboard", "torch", "transformers")
