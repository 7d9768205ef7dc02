"""The methods by name, and what each needs to be made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from tongli.core import ConfigError, shorten
from tongli.core.registry import make
from tongli.learning.augment.code_switching import CodeSwitching
from tongli.learning.augment.counterfactual import Counterfactual
from tongli.learning.augment.method import Method, Sentences
from tongli.learning.augment.noise import Noise
from tongli.learning.augment.synonyms import Synonyms
from tongli.learning.augment.translation import BackTranslation
from tongli.learning.augment.wordnet import wordnet_folder
from tongli.learning.data.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What methods are made from.

    Attributes:
        records: the whole set.
        sentences: unit vectors of texts.
        translator: a registered name, with a checkpoint after a colon where one is needed (``gguf:FILE``).
        through: languages to translate through or to switch into; empty for all there are.
    """

    records: Sequence[Record]
    sentences: Sentences
    translator: str = "apertium"
    through: tuple[str, ...] = ()


def _back_translation(setting: Setting) -> Method:
    return BackTranslation(make("tongli.translators", setting.translator), pivots=setting.through)


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
        ConfigError: ``augment.method`` for an unknown name, ``plugin.*`` for a translator, ``augment.pivot``.
        EngineError: those of the translator.
    """
    if unknown := [name for name in names if name not in METHODS]:
        raise ConfigError(
            "augment.method",
            received=shorten(unknown[0]),
            allowed=", ".join(METHODS),
            fix="Choose one of these names.",
        )
    return {name: METHODS[name](setting) for name in names}
