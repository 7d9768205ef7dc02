"""Initials, monograms and capitals of the parts of a name.

References:
    Unicode Standard Annex #29, "Unicode Text Segmentation"; Unicode Technical Standard #35, part 8, "Derive
    initials"; The Unicode Standard, section 5.18, "Case Mappings", and SpecialCasing.txt.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import regex

from tongli.knowledge import tags
from tongli.knowledge.person_name_table import NameRules

_CLUSTER = regex.compile(r"\X")
_WORD = regex.compile(r"([^\p{L}\p{N}]*)([\p{L}\p{N}][^\s\p{Pd}]*)")
_CHARACTER = regex.compile(r"([^\p{L}\p{N}]*)(\p{Han}|[\p{L}\p{N}][^\s\p{Pd}\p{Han}]*)")
_CONSONANT = r"(?<!\u1039)[\u1000-\u102A\u103F](?!\u1037?[\u1039\u103A])"
_SYLLABLE = regex.compile(rf"([^\p{{L}}\p{{N}}]*)([\p{{L}}\p{{N}}](?:(?!{_CONSONANT})[^\s\p{{Pd}}])*)")
_WORDS = {"zh": _CHARACTER, "yue": _CHARACTER, "my": _SYLLABLE}
"""What counts as a word in languages that set no blanks: a character, a syllable; no dictionary is used."""

_DOTTED = frozenset({"tr", "az"})
_ACUTE = "\u0301"


def modified(text: str, modifiers: Sequence[str], *, rules: NameRules, language: str) -> str:
    """A part of a name with the modifiers applied that the name itself did not answer.

    Informal, core and inflected forms cannot be made up: there the text stays as it is.

    Args:
        text: the value of a field.
        modifiers: of :data:`tongli.knowledge.person_names.MODIFIERS`.
        rules: how initials look.
        language: tag of the language whose capitals are used.
    """
    if "monogram" in modifiers:
        text = first_cluster(text)
    elif "initial" in modifiers:
        text = initials(text, rules, retain="retain" in modifiers)
    if "allCaps" in modifiers:
        return upper(text, language)
    return capitalised(text, language) if "initialCap" in modifiers else text


def first_cluster(text: str) -> str:
    """The first letter as readers see it, with all its marks."""
    found = _CLUSTER.match(text)
    return found.group() if found else ""


def initials(text: str, rules: NameRules, *, retain: bool = False) -> str:
    """The initial of each word; ``retain`` keeps hyphens between them: ``A.-M.`` instead of ``A. M.``."""
    result = ""
    for between, word in _WORDS.get(tags.primary(rules.tag), _WORD).findall(text):
        initial = rules.initial.replace("{0}", first_cluster(word))
        kept = between.strip() if retain else ""
        if not result:
            result = initial
        elif kept:
            result += kept + initial
        else:
            result = rules.initial_sequence.replace("{1}", initial).replace("{0}", result)
    return result


def upper(text: str, language: str) -> str:
    """Capitals by the rules of a language: i to İ in Turkish, no accents in Greek."""
    code = tags.primary(language)
    if code in _DOTTED:
        text = text.replace("i", "İ")
    elif code == "el":
        text = _without_accent(text)
    return text.upper()


def capitalised(text: str, language: str) -> str:
    """The first letter as a capital, the rest unchanged; in Dutch ij counts as one letter."""
    head = first_cluster(text)
    if tags.primary(language) == "nl" and text[:2].lower() == "ij":
        head = text[:2]
        return head.upper() + text[2:]
    capital = upper(head, language) if head[:1] == "i" else head[:1].title() + head[1:]
    return capital + text[len(head) :]


def _without_accent(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).replace(_ACUTE, ""))
