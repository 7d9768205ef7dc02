"""Messages that tell of something nobody wishes for, where joy may be irony ("Great, another delay").

An authored list per language (``knowledge/mishaps.toml``) of what goes wrong, unless the message says that it
is over or never was. It does not tell whether somebody is ironic: it says only that cheering would be risky.
Silence of this list proves nothing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from tongli.core import Reading
from tongli.core.phrases import Phrases
from tongli.knowledge.tags import primary


def tells_of_a_mishap(reading: Reading) -> bool:
    """Whether the message names something that went wrong and does not say that it is over."""
    lists = _all().get(primary(reading.language.tag))
    text = reading.message.text
    return lists is not None and bool(lists["mishap"].find(text)) and not lists["solved"].find(text)


@cache
def _all() -> Mapping[str, Mapping[str, Phrases]]:
    text = (files("tongli.knowledge") / "mishaps.toml").read_text(encoding="utf-8")
    return {
        lang: {name: Phrases(patterns) for name, patterns in lists.items()}
        for lang, lists in tomllib.loads(text).items()
    }
