"""tongli (同理): understand what people mean and feel, and help to answer so that the words land well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tongli.core import Message, Person, PronounSet, Reading, Response, TongliError
    from tongli.pipeline import Tongli

__version__ = "0.1.0"

__all__ = ["Message", "Person", "PronounSet", "Reading", "Response", "Tongli", "TongliError", "__version__"]


def __getattr__(name: str) -> Any:
    """Import public names on first use, so that ``tongli --help`` stays fast (PEP 562)."""
    if name == "Tongli":
        from tongli.pipeline import Tongli

        return Tongli
    if name in __all__:
        import tongli.core

        return getattr(tongli.core, name)
    raise AttributeError(f"module 'tongli' has no attribute {name!r}")
