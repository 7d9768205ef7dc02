"""Counterfactual versions of a text: its undeclared people in feminine, masculine and neutral forms.

Whatever does not depend on gender (an emotion, a rating) must stay the same from one version to another, so
versions make training data balanced and show what a model leans on.

References:
    Lu et al. (2020), "Gender bias in neural natural language processing" (counterfactual data augmentation).
    Zmigrod et al. (2019), "Counterfactual data augmentation for mitigating gender stereotypes in languages
    with rich morphology", ACL: what agrees must change with the word it agrees with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

import regex

from tongli.core import Edit, Person
from tongli.empathy.gender.rules import Abstention, Rewrite, Rules, rules

_TOKEN = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]|[\w\p{M}]+|[^\w\p{M}]")
_SENTENCE = regex.compile(r"[^.!?。！？।؟\n]+[.!?。！？।؟\n\s]*|[.!?。！？।؟\n\s]+")
_LEFT = frozenset({"title", "noun"})
"""Kinds of forms that must not stay in the old gender beside pronouns in the new one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """A text's other versions.

    Attributes:
        form: what the text is, ``feminine``, ``masculine`` or ``neutral``; ``None`` without versions.
        versions: the others, by form; empty when nothing varies, or when the rules abstain.
        abstained: why there are none, although something varies.
    """

    form: str | None = None
    versions: Mapping[str, Rewrite] = field(default_factory=dict)
    abstained: tuple[Abstention, ...] = ()


def swap(text: str, *, lang: str, people: Sequence[Person] = ()) -> Swap:
    """The other versions of a text.

    A text in which people have different forms is abstained from, since one form for all would make two
    people one; so is a text about somebody who declared forms, and one whose title or noun would stay behind.

    Args:
        text: in one language.
        lang: BCP-47 tag.
        people: who the text is about, as they declare themselves.

    Raises:
        InputError: ``gender.language`` for a language without rules.

    >>> found = swap("She lost her key.", lang="en")
    >>> found.form, found.versions["masculine"].text, found.versions["neutral"].text
    ('feminine', 'He lost his key.', 'They lost their key.')
    """
    language = rules(lang)
    found = language.alternatives(text)
    if not found.texts:
        return Swap(abstained=found.abstained)
    form = next((name for name, version in found.texts.items() if version == text), None)
    versions = {
        name: Rewrite(text=version, edits=_edits(text, version, reason=f"the {name} version", lang=lang))
        for name, version in found.texts.items()
        if version != text
    }
    why = _doubt(text, form, versions=versions, language=language, people=people)
    if why is None:
        return Swap(form=form, versions=versions, abstained=found.abstained)
    spans = [edit.span for version in versions.values() for edit in version.edits] or [(0, len(text))]
    span = (min(start for start, _ in spans), max(end for _, end in spans))
    return Swap(abstained=(*found.abstained, Abstention(span=span, reason=why)))


def _doubt(
    text: str,
    form: str | None,
    *,
    versions: Mapping[str, Rewrite],
    language: Rules,
    people: Sequence[Person],
) -> str | None:
    """Why nobody should use the versions."""
    if any(person.pronouns or person.agreement or person.titles for person in people):
        return "somebody of this text declared their forms"
    if form is None:
        return "people of different forms: one form for all would make them one"
    if _left_behind(text, versions, language):
        return "a title or a noun would stay in the old form"
    return None


def _left_behind(text: str, versions: Mapping[str, Rewrite], language: Rules) -> bool:
    changed = [edit.span for name, item in versions.items() if name != "neutral" for edit in item.edits]
    return any(
        not any(start < edit.span[1] and edit.span[0] < end for start, end in changed)
        for edit in language.neutral(text).edits
        if edit.kind in _LEFT
    )


def _edits(before: str, after: str, *, reason: str, lang: str) -> tuple[Edit, ...]:
    return tuple(
        Edit(
            span=span,
            before=before[slice(*span)],
            after=put,
            kind="gender",
            reason=reason,
            source=f"gender.{lang}",
        )
        for span, put in _changes(before, after)
    )


def _changes(before: str, after: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Changed words: where in ``before``, and what stands there in ``after``; sentence by sentence."""
    old, new = _SENTENCE.findall(before), _SENTENCE.findall(after)
    if len(old) != len(new):
        old, new = [before], [after]
    start = 0
    for one, other in zip(old, new, strict=True):
        if one != other:
            yield from _changed_words(one, other, start=start)
        start += len(one)


def _changed_words(before: str, after: str, *, start: int) -> Iterator[tuple[tuple[int, int], str]]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    starts = [start]
    for token in old:
        starts.append(starts[-1] + len(token))
    for tag, first, last, into, until in SequenceMatcher(None, old, new).get_opcodes():
        if tag != "equal":
            yield (starts[first], starts[last]), "".join(new[into:until])
