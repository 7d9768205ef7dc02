"""Chosen slots written back into a text: spelling before the next word, elision, contraction, capitals."""

from __future__ import annotations

from collections.abc import Mapping

from tongli.core import Edit
from tongli.empathy.gender.romance.lexicon import Lexicon
from tongli.empathy.gender.romance.words import Word, cased

_UNELIDED = frozenset(["lo", "la"])
"""Object pronouns that a writer may leave whole before a vowel (``lo hanno visto``), and then wants whole."""


def edits_of(
    text: str, words: list[Word], slots: Mapping[int, str], lexicon: Lexicon, *, reason: str, source: str
) -> tuple[Edit, ...]:
    """Edits that write ``slots`` (place → slot) into the text, with the small words before them.

    Words whose spelling depends on the next word are spelled again when that word changed.
    """
    new = _spelled(words, slots, lexicon)
    spans = _merged(words, new, lexicon)
    found = []
    for (first, last), written in sorted(spans.items()):
        start, end, after = _placed(text, words, first, last, written)
        if text[start:end] != after:
            before = text[start:end]
            found.append(
                Edit(
                    span=(start, end),
                    before=before,
                    after=after,
                    kind="agreement",
                    reason=reason,
                    source=source,
                )
            )
    return tuple(found)


def _spelled(words: list[Word], slots: Mapping[int, str], lexicon: Lexicon) -> dict[int, str]:
    """Place → new spelling, from the end on, since spelling looks at the word after."""
    elidable = {form: slot for slot in lexicon.data["elide"] for form in slot.split("|")}
    new: dict[int, str] = {}
    for at in range(len(words) - 1, -1, -1):
        low = words[at].low
        after = new.get(at + 1, words[at + 1].low if at + 1 < len(words) else "")
        if at in slots:
            full = low in _UNELIDED and lexicon.vowel.match(words[at + 1].low if at + 1 < len(words) else "")
            new[at] = slots[at].split("|")[0] if full else lexicon.spelling(slots[at], after.lower())
            if at + 1 < len(words) and words[at + 1].text[0].isupper():
                new[at] = lexicon.data["before_name"].get(new[at], new[at])
        elif at + 1 in new and low in elidable and (words[at].elided or lexicon.lang == "fr"):
            new[at] = lexicon.spelling(elidable[low], after.lower())
        elif at + 1 in new and low in {"s'", "si"} and lexicon.lang == "fr":
            new[at] = "s'" if after.lower() in {"il", "ils"} else "si"
    return {at: spelled for at, spelled in new.items() if spelled != words[at].low}


def _merged(words: list[Word], new: dict[int, str], lexicon: Lexicon) -> dict[tuple[int, int], str]:
    """(first, last) word → what they become; "de" + "el" is one word."""
    spans: dict[tuple[int, int], str] = {}
    merge = lexicon.data["merge"]
    for at, written in new.items():
        joined = merge.get(f"{words[at - 1].low} {written}") if at and words[at].low != "él" else None
        if joined is not None and at - 1 not in new:
            spans[at - 1, at] = cased(joined, words[at - 1].text)
        else:
            spans[at, at] = cased(written, words[at].text)
    return spans


def _placed(text: str, words: list[Word], first: int, last: int, written: str) -> tuple[int, int, str]:
    """Where the edit goes; a blank comes or goes with an elision."""
    start, end = words[first].start, words[last].end
    if "’" in words[first].text or ("’" in text and "'" not in text):
        written = written.replace("'", "’")
    elided = written.endswith(("'", "’"))
    if elided and not words[last].elided and text[end : end + 1] == " ":
        end += 1
    elif words[last].elided and not elided and last + 1 < len(words) and words[last + 1].start == end:
        written += " "
    return start, end, written
