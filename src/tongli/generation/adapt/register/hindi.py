"""Hindi: आप and तुम, with the verbs that agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from tongli.generation.adapt.register.draft import Draft
from tongli.knowledge.register import table, words

_PARTICIPLE = ("ते", "ती", "रहे", "रही")


@dataclass(frozen=True, slots=True)
class _Forms:
    """Pronouns and verbs one way, and the words that decide."""

    pronouns: Mapping[str, str]
    possessives: Mapping[str, str]
    verbs: Mapping[str, str]
    imperatives: Mapping[str, str]


def to_informal(draft: Draft) -> None:
    """आप becomes तुम."""
    _rewrite(draft, _forms(formal=False), future=_future_informal, command=_command_informal)


def to_formal(draft: Draft) -> None:
    """तुम becomes आप, and so does तू in its pronouns."""
    _rewrite(draft, _forms(formal=True), future=_future_formal, command=_command_formal)


def _rewrite(
    draft: Draft, forms: _Forms, *, future: Callable[[str], str], command: Callable[[str], str]
) -> None:
    for index, word in draft:
        if word.low in forms.possessives:
            draft.put(index, forms.possessives[word.low], kind="possessive")
        elif word.low in forms.pronouns and draft.low(index - 1) not in _words("self"):
            draft.put(index, forms.pronouns[word.low], kind="pronoun")
            if word.low in ("आप", "तुम", "तू"):
                _agree(draft, index, forms, future=future, command=command)
        elif word.low in forms.imperatives:
            draft.put(index, forms.imperatives[word.low], kind="verb")
    for index, word in draft:
        after = forms.verbs.get(word.low) or command(word.low)
        if after and not word.low.startswith("हो") and word.low != "हैं" and _is_command(draft, index):
            draft.put(index, after, kind="verb")


def _agree(
    draft: Draft, subject: int, forms: _Forms, *, future: Callable[[str], str], command: Callable[[str], str]
) -> None:
    for index in range(subject + 1, draft.sentence(subject).stop):
        low = draft.low(index)
        if low in _words("subjects") and low != "लोग":
            return
        if low == "हो" and _is_stem(draft, index):
            continue
        after = forms.verbs.get(low) or future(low) or command(low)
        if after:
            draft.put(index, after, kind="verb")
            _join(draft, index, forms)
            return
        if low in _words("finite"):
            return


def _join(draft: Draft, verb: int, forms: _Forms) -> None:
    """Further verbs of the same subject: "… करते हैं और … सुनते हैं"."""
    for index in range(verb + 1, draft.sentence(verb).stop):
        low = draft.low(index)
        if low in _words("subjects") or low in _words("finite") or low in forms.pronouns:
            return
        if low in ("हैं", "हो") and low in forms.verbs and draft.low(index - 1).endswith(_PARTICIPLE):
            draft.put(index, forms.verbs[low], kind="verb")


def _is_stem(draft: Draft, index: int) -> bool:
    """Whether हो is "become", followed by its auxiliary."""
    return not draft.opens_clause(index + 1) and draft.low(index + 1) in _words("stem_after")


def _is_command(draft: Draft, index: int) -> bool:
    """Whether a verb ends its sentence with no other subject in it."""
    sentence = draft.sentence(index)
    return (
        (draft.opens_clause(index + 1) or draft.low(index + 1) in _words("links"))
        and "?" not in draft.gap(sentence.stop)
        and not any(draft.low(other) in _words("subjects") for other in range(sentence.start, index))
    )


def _future_informal(low: str) -> str:
    for ending, after in (
        ("एँगे", "ओगे"),
        ("एंगे", "ओगे"),
        ("ेंगे", "ोगे"),
        ("एँगी", "ओगी"),
        ("एंगी", "ओगी"),
        ("ेंगी", "ोगी"),
    ):
        if low.endswith(ending):
            return low.removesuffix(ending) + after
    return ""


def _future_formal(low: str) -> str:
    for ending, after in (("ओगे", "एँगे"), ("ोगे", "ेंगे"), ("ओगी", "एँगी"), ("ोगी", "ेंगी")):
        if low.endswith(ending) and low not in ("होगे", "होगी"):
            return low.removesuffix(ending) + after
    return ""


def _command_informal(low: str) -> str:
    for ending in ("िए", "िये"):
        if low != "चाहिए" and low.endswith(ending) and low.removesuffix(ending) in _words("stems"):
            return low.removesuffix(ending) + "ो"
    for ending in ("ाइए", "ाइये", "ाएँ", "ाएं"):
        if low.endswith(ending):
            return low.removesuffix(ending) + "ाओ"
    if low.endswith("ें") and low.removesuffix("ें") in _words("stems"):
        return low.removesuffix("ें") + "ो"
    return ""


def _command_formal(low: str) -> str:
    if low.endswith("ाओ"):
        return low.removesuffix("ओ") + "एँ"
    if low.endswith("ो") and low.removesuffix("ो") in _words("stems"):
        return low.removesuffix("ो") + "ें"
    return ""


@cache
def _forms(*, formal: bool) -> _Forms:
    data = table("hi")
    if not formal:
        return _Forms(data["pronouns"], data["possessives"], data["verbs"], data["imperatives"])
    back = {
        name: {after: before for before, after in reversed(data[name].items())}
        for name in data
        if name[0] in "pv"
    }
    return _Forms({**back["pronouns"], **data["only_to_formal"]}, back["possessives"], back["verbs"], {})


def _words(name: str) -> frozenset[str]:
    return words("hi")[name]
