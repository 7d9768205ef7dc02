"""Models, checks and settings, as ``tongli models list`` and ``tongli doctor`` tell them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from tongli.applications.checkup import Finding
from tongli.encoders.store import ModelInfo
from tongli.serving.studio.components.table import table
from tongli.serving.studio.words import Words

_STATES = {True: "ok", False: "missing"}


def models(found: Sequence[ModelInfo], words: Words) -> Markup:
    """What is prepared on this machine."""
    rows = [
        (
            item.name,
            f"{item.package} {item.version}",
            item.licence,
            words.name("state", item.state),
            f"{max(item.bytes / 1e6, 0.1):.{0 if item.bytes >= 1e6 else 1}f} MB" if item.bytes else "–",
        )
        for item in found
    ]
    return _table(("model", "from", "licence", "state", "size"), rows, words, caption="models.installed")


def checks(found: Sequence[Finding], words: Words) -> Markup:
    """What was looked at, and what to do about it."""
    rows = [(item.name, words.name("state", _state(item)), item.found, item.fix) for item in found]
    return _table(("check", "state", "found", "fix"), rows, words, caption="models.checks")


def _state(item: Finding) -> str:
    """Something optional that is missing has a fix; what is only told has none."""
    if item.ok is None:
        return "optional" if item.fix else "told"
    return _STATES[item.ok]


def settings(found: Mapping[str, bool], words: Words) -> Markup:
    """Which settings of the environment are on; never what they say."""
    rows = [(name, words("models.on" if on else "models.off")) for name, on in found.items()]
    return _table(("setting", "state"), rows, words, caption="models.settings")


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], words: Words, *, caption: str) -> Markup:
    return table([words(f"models.{name}") for name in heads], rows, name=words(caption))
