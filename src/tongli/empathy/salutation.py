"""How to name the reader, from declared parts only.

No title is ever added, and no part is cut out of a whole name: without declared parts it stays whole.
"""

from __future__ import annotations

from tongli.core import Person, Register
from tongli.knowledge.language import LanguageProfile, NamePart


def salutation(person: Person, *, profile: LanguageProfile, register: Register, name_lang: str) -> str:
    """``Frau Weber``, ``田中様``, ``Ana Souza``; empty when nothing usable is declared.

    Args:
        person: whose declared title, given name, family name and whole name are used as written.
        profile: conventions of the answer's language.
        register: register of the answer.
        name_lang: language of the name's order: the declared locale's, else the answer's.
    """
    parts = _parts(person, profile=profile, name_lang=name_lang)
    title = _one_line(person.title)
    if not parts["full"]:
        return ""
    if title:
        return _titled(title, parts, profile=profile)
    suffix = profile.suffix.get(register, "")
    # A bare family name is curt; with an honorific it is a usual form.
    if parts["full"] == parts["family"] and not person.name and not suffix:
        return ""
    return f"{parts[profile.untitled[register]] or parts['full']}{suffix}"


def _parts(person: Person, *, profile: LanguageProfile, name_lang: str) -> dict[NamePart, str]:
    given, family, name = _one_line(person.given), _one_line(person.family), _one_line(person.name)
    ordered = (family, given) if name_lang in profile.family_first else (given, family)
    joiner = " " if (given + family).isascii() else profile.joiner
    return {"given": given, "family": family, "full": name or joiner.join(filter(None, ordered))}


def _titled(title: str, parts: dict[NamePart, str], *, profile: LanguageProfile) -> str:
    titles = profile.titles
    if title in titles.after:
        return f"{parts[titles.after_name] or parts['full']} {title}"
    name = parts[titles.name] or parts["full"]
    # "Dr" and other titles in Latin letters stand before the name even where native titles follow it.
    if titles.position == "after" and not title.isascii():
        return f"{name}{titles.joiner}{title}"
    return f"{title} {name}"


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())
