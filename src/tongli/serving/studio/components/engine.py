"""Which engine translates a pair of languages, and what to install where none does."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from tongli.generation.engines.apertium import package_of
from tongli.knowledge.tags import primary
from tongli.serving.studio.components.controls import joined
from tongli.serving.studio.words import Words


def engine_note(name: str, words: Words) -> Markup:
    """One line with the name of an engine of this server."""
    return Markup('<p class="quiet">{}</p>').format(words("translate.engine", engine=name))


def engine_missing(source: str, target: str, words: Words, *, names: Mapping[str, str]) -> Markup:
    """What whoever runs the server can install, with the commands.

    Args:
        source, target: BCP-47 tags.
        words: the interface's language.
        names: BCP-47 tag → what the visitor calls it.
    """
    package = package_of(primary(source), primary(target))
    commands = [
        ("translate.by_rules", (f"apt-get install apertium {package}",) if package else ()),
        ("translate.by_model", ('pip install "tongli[mt]"', "TONGLI_MT=hf:NAME tongli studio")),
    ]
    items = [
        Markup("<li><span>{}</span>{}</li>").format(
            words(key), joined([Markup("<pre><code>{}</code></pre>").format(line) for line in lines])
        )
        for key, lines in commands
        if lines
    ]
    told = words("translate.missing", source=names.get(source, source), target=names.get(target, target))
    return Markup('<div class="note"><p>{}</p><ul class="plain-list">{}</ul></div>').format(
        told, joined(items)
    )
