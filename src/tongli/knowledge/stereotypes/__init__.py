"""What is said of people as a kind: the group, the generalising construction, and the trait, by language.

``women are bad drivers`` = a group × "are" × a trait; ``as a German you surely …`` = one of a group × a
conclusion from it. A file a language (``en.toml`` …) has words, groups by axis, and patterns made of them. A
group that is only named, one that is pointed at (``the two women are lazy``), a saying that is told of, asked
about or denied, is no generalisation. Patterns and lists were written by the tongli authors; nothing is said
or inferred of anybody's identity.

References:
    Beukeboom & Burgers (2019), "How stereotypes are shared through language: a review and introduction of the
    Social Categories and Stereotypes Communication (SCSC) framework", Review of Communication Research 7.
    Carlson (1977), "A unified analysis of the English bare plural", Linguistics and Philosophy 1 (generics).
    Fiske, Cuddy, Glick & Xu (2002), "A model of (often mixed) stereotype content", JPSP 82 (competence and
    warmth, from which the traits were collected).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal

from tongli.core.phrases import Phrases
from tongli.core.reading import Span

__all__ = ["Generalisation", "Stereotypes", "languages", "stereotypes"]

Kind = Literal["says", "wants"]
"""``says``: what a group is or does; ``wants``: hatred, threats, or wishing it away."""

_SENTENCE = re.compile(r"[^.!?。！？؟।\n]+[.!?。！？؟।]*")
_ASKED = ("?", "？", "؟")
_SLOT = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Generalisation:
    """One place.

    Attributes:
        span: in code points of the text.
        axis: ``gender``, ``origin``, ``religion``, ``age``, ``disability``, ``orientation``, ``status``,
            ``address`` (``you people``), or ``people`` where a form of a word does not tell.
        told: it is denied, reported or asked about, not said.
    """

    span: Span
    axis: str
    told: bool


class Stereotypes:
    """The patterns of a language; compiled when a text first needs them.

    Args:
        data: what the file of the language holds.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data
        self._lists: dict[tuple[str, str], Phrases] = {}

    def find(self, text: str, kind: Kind = "says") -> list[Generalisation]:
        """Where a text generalises about people, in order."""
        if not self._anybody.find(text):
            return []
        found: list[Generalisation] = []
        sentences = list(_SENTENCE.finditer(text))
        for at, sentence in enumerate(sentences):
            behind = sentences[at + 1][0] if at + 1 < len(sentences) else ""
            found += self._in_sentence(sentence[0], sentence.start(), kind=kind, behind=behind)
        return found

    def _in_sentence(self, sentence: str, offset: int, *, kind: Kind, behind: str) -> list[Generalisation]:
        if not self._anybody.find(sentence):
            return []
        spans = [
            span for span in self._list("find", kind).find(sentence) if not self._particular(sentence, span)
        ]
        if not spans:
            return []
        told = self._is_told(sentence, spans[0]) or bool(self._list("unless", "after").find(behind))
        return [
            Generalisation(
                span=(offset + start, offset + end), axis=self._axis(sentence[start:end]), told=told
            )
            for start, end in spans
        ]

    def _particular(self, sentence: str, span: Span) -> bool:
        """Whether the words before point at some people, or make them what something is about."""
        before = sentence[: span[0]].rstrip()
        return any(end == len(before) for _, end in self._list("unless", "particular").find(before))

    def _is_told(self, sentence: str, span: Span) -> bool:
        asked = sentence.rstrip().endswith(_ASKED) and not self._list("unless", "presumes").find(
            sentence[slice(*span)]
        )
        return asked or bool(self._list("unless", "told").find(sentence))

    def _axis(self, words: str) -> str:
        return next((axis for axis, group in self._axes.items() if group.find(words)), "")

    @cached_property
    def _anybody(self) -> Phrases:
        return self._phrases(["{group}", "{one}"])

    @cached_property
    def _axes(self) -> dict[str, Phrases]:
        axes = dict.fromkeys([*self._data["groups"], *self._data["one"]])
        return {
            axis: self._phrases([*self._data["groups"].get(axis, ()), *self._data["one"].get(axis, ())])
            for axis in axes
        }

    def _list(self, table: str, name: str) -> Phrases:
        """A list of patterns of the file, compiled once."""
        if (table, name) not in self._lists:
            self._lists[table, name] = self._phrases(self._data[table][name])
        return self._lists[table, name]

    def _phrases(self, patterns: Sequence[str]) -> Phrases:
        filled = (unicodedata.normalize("NFKC", f"(?:{self._fill(pattern)})") for pattern in patterns)
        return Phrases(pattern.replace(" ?", r"\s*").replace(" ", r"\s+") for pattern in filled)

    def _fill(self, pattern: str) -> str:
        """A pattern with its slots filled, those of what fills them too."""
        while _SLOT.search(pattern):
            pattern = _SLOT.sub(lambda slot: self._slots[slot[1]], pattern)
        return pattern

    @cached_property
    def _slots(self) -> dict[str, str]:
        """Name → alternatives."""
        everybody = {
            slot: _either([item for items in self._data[table].values() for item in items])
            for slot, table in (("group", "groups"), ("one", "one"))
        }
        return everybody | dict(self._data["words"])


@cache
def stereotypes(lang: str) -> Stereotypes | None:
    """Those of a language (primary subtag); ``None`` where nobody has written them."""
    if lang not in languages():
        return None
    text = (files(__package__) / f"{lang}.toml").read_text(encoding="utf-8")
    return Stereotypes(tomllib.loads(text))


@cache
def languages() -> frozenset[str]:
    """Primary subtags that have a file."""
    names = (item.name for item in files(__package__).iterdir())
    return frozenset(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


def _either(patterns: Sequence[str]) -> str:
    return f"(?:{'|'.join(patterns)})"
