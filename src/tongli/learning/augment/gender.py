"""Whether a change of wording has changed the grammatical gender of the people in a text.

Back-translation through a language that leaves gender open brings back whatever the translator takes to be
usual: "her job" → "su trabajo" → "his job". Such a text is refused.

References:
    Stanovsky, Smith and Zettlemoyer (2019), "Evaluating gender bias in machine translation", ACL.
"""

from __future__ import annotations

from collections import Counter

import regex

from tongli.learning.augment.languages import language_of

_WORD = regex.compile(r"[\p{L}\p{M}]+")
_ENGLISH = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
}
_ENDINGS = {
    **dict.fromkeys(("es", "pt", "it"), (("a", "o"), ("as", "os"), ("ora", "or"))),
    "fr": (("e", ""), ("es", "s"), ("euse", "eux")),
    **dict.fromkeys(("ru", "uk"), (("ла", "л"), ("ая", "ый"), ("на", "ен"))),
    "hi": (("ी", "ा"),),
    "ar": (("ة", ""),),
}
"""Language → pairs of endings that differ in gender."""


def same_gender(original: str, changed: str, *, lang: str) -> bool:
    """False when pronouns of a gender were added (English), or a word changed its gendered ending."""
    language = language_of(lang)
    before, after = (_WORD.findall(text.lower()) for text in (original, changed))
    if language == "en":
        return _pronouns(after) <= _pronouns(before)
    gone, come = set(before) - set(after), set(after) - set(before)
    return not any(
        _with_ending(word, endings) in come
        for word in gone
        for pair in _ENDINGS.get(language, ())
        for endings in (pair, pair[::-1])
        if word.endswith(endings[0])
    )


def _with_ending(word: str, endings: tuple[str, str]) -> str:
    return word.removesuffix(endings[0]) + endings[1]


def _pronouns(words: list[str]) -> Counter[str]:
    return Counter(_ENGLISH[word] for word in words if word in _ENGLISH)
