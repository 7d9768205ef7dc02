"""What an adaptation did not do, told to the writer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tongli.generation.adapt.adaptation import Adaptation
from tongli.generation.adapt.politeness import knows_register
from tongli.knowledge import tags
from tongli.knowledge.catalogue import has_claims
from tongli.knowledge.locales import babel_locale


def with_notes(done: Adaptation) -> Adaptation:
    """The adaptation with its notes."""
    return replace(done, notes=(*_notes(done), *done.notes))


def _notes(done: Adaptation) -> Iterator[str]:
    lang, audience = done.lang, done.audience
    name = babel_locale("en").languages.get(tags.primary(lang), lang)
    if not tags.same_language(tags.macrolanguage(lang) or lang, audience.tag):
        yield f"The text stays in {name}, made clear for {audience.tag}; translation is another command."
    elif tags.maximal(lang)[1] != tags.maximal(audience.tag)[1]:
        yield f"The text stays in its script; readers in {audience.tag} use another one."
    if not has_claims(lang):
        yield f"Nothing is known about expressions of {name}; only figures were looked at."
    if audience.register is not None and not knows_register(lang):
        yield f"No change of register is known for {name}: forms of address stay."
