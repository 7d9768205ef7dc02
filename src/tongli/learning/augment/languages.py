"""Language of a tag, for tags of any quality."""

from __future__ import annotations

from tongli.core import TongliError
from tongli.knowledge.tags import primary


def language_of(tag: str) -> str:
    """The primary subtag in its current form; a tag that is not BCP-47 comes back as it is."""
    try:
        return primary(tag)
    except TongliError:
        return tag
