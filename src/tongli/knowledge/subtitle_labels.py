"""What labels of subtitles are called in the language of the subtitles."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from tongli.knowledge import tags


def subtitle_label(label: str, lang: str) -> str:
    """The label in a language; as it is where it is none of tongli's own, or the language is not known.

    Args:
        label: in English, such as ``angry`` or ``noise``.
        lang: BCP-47 tag.

    >>> subtitle_label("angry", "de-AT"), subtitle_label("door slams", "de"), subtitle_label("angry", "und")
    ('wütend', 'door slams', 'angry')
    """
    known = tags.match(lang, _table())
    return _table()[known].get(label, label) if known else label


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(
        files("tongli.knowledge").joinpath("subtitle_labels.toml").read_text(encoding="utf-8")
    )
