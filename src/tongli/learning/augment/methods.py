"""The methods by name, and what each needs to be made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

from tongli.core import ConfigError, Translator, shorten
from tongli.generation.engines.apertium import Apertium
from tongli.learning.augment.code_switching import CodeSwitching
from tongli.learning.augment.counterfactual import Counterfactual
from tongli.learning.augment.method import Method, Sentences
from tongli.learning.augment.noise import Noise
from tongli.learning.augment.synonyms import Synonyms
from tongli.learning.augment.translation import BackTranslation
from tongli.learning.augment.wordnet import wordnet_folder
from tongli.learning.data.record import Record

_T = TypeVar("_T")

TRANSLATORS: Mapping[str, Callable[[], Translator]] = MappingProxyType({"apertium": Apertium})
"""Translators by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What methods are made from.

    Attributes:
        records: the whole set.
        sentences: unit vectors of texts.
        translator: key of :data:`TRANSLATORS`.
        through: languages to translate through or to switch into; empty for all there are.
    """

    records: Sequence[Record]
    sentences: Sentences
    translator: str = "apertium"
    through: tuple[str, ...] = ()


def _back_translation(setting: Setting) -> Method:
    translator = _known(setting.translator, TRANSLATORS, code="augment.translator")()
    return BackTranslation(translator, pivots=setting.through)


def _synonyms(setting: Setting) -> Method:
    return Synonyms(setting.records, sentences=setting.sentences, wordnet=wordnet_folder())


METHODS: Mapping[str, Callable[[Setting], Method]] = MappingProxyType(
    {
        "back-translation": _back_translation,
        "synonyms": _synonyms,
        "code-switching": lambda setting: CodeSwitching(languages=setting.through),
        "noise": lambda _setting: Noise(),
        "counterfactual": lambda _setting: Counterfactual(),
    }
)
"""Method name → how it is made."""


def make_methods(names: Sequence[str], setting: Setting) -> dict[str, Method]:
    """Methods by name, in the order given.

    Raises:
        ConfigError: ``augment.method`` or ``augment.translator`` for an unknown name, ``augment.pivot``.
        EngineError: ``translate.apertium``.
    """
    return {name: _known(name, METHODS, code="augment.method")(setting) for name in names}


def _known(name: str, table: Mapping[str, _T], *, code: str) -> _T:
    if name not in table:
        raise ConfigError(
            code, received=shorten(name), allowed=", ".join(table), fix="Choose one of these names."
        )
    return table[name]
