"""Drafts without what they may differ in."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import regex

from tongli.core.phrases import Phrases
from tongli.empathy.gender.rules import languages, rules
from tongli.knowledge.tags import primary

_UNSPACED = regex.compile(r"[\p{Han}\p{Katakana}]")
_SCRIPTS = ("Latin", "Cyrillic", "Devanagari", "Arabic")


def with_name(text: str, name: str, *, instead: str) -> str:
    """The text with another name; what goes on in the script of the name is another word.

    >>> with_name("Hi Inti, we intimate: Inti's parcel, Intimo.", "Inti", instead="Amina")
    "Hi Amina, we intimate: Amina's parcel, Intimo."
    """
    if _UNSPACED.search(name):
        return text.replace(name, instead)
    if not name:
        return text
    script = next((each for each in _SCRIPTS if regex.match(rf"\p{{{each}}}", name)), "L")
    return regex.sub(rf"(?<!\w){regex.escape(name)}(?![\p{{{script}}}\p{{M}}])", lambda _: instead, text)


def neutral(text: str, *, lang: str) -> str:
    """The text with gendered forms made neutral, those that agree with its reader too.

    It serves to compare texts, not to be read: a word that only looks like such a form changes as well, in
    every text alike.
    """
    lang = primary(lang)
    found = rules(lang).neutral(text).text if lang in languages() else text
    forms = _reader_forms(lang)
    for start, end in reversed(Phrases.literal(forms).find(found)):
        word = found[start:end]
        after = forms.get(unicodedata.normalize("NFKC", word).casefold(), word)
        found = found[:start] + (after.capitalize() if word[:1].isupper() else after) + found[end:]
    return found


@cache
def _reader_forms(lang: str) -> Mapping[str, str]:
    """Form → neutral form."""
    table = files("tongli.knowledge").joinpath("gender", "reader_forms.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line.startswith(f"{lang}\t")]
    return {form: neutral for _, feminine, masculine, neutral in rows for form in (feminine, masculine)}
