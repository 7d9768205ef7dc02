"""Which translator a run uses, and what to say when there is none."""

from __future__ import annotations

from tongli.core import EngineError, InputError, TongliError, Translator, shorten
from tongli.core.registry import make
from tongli.generation.engines.apertium import package_of
from tongli.knowledge.tags import primary

GROUP = "tongli.translators"
LOCAL = ("mt", "apertium")
"""Tried in this order when none is named; the others run only when asked for by name."""


def open_translator(name: str | None, *, source: str, target: str) -> Translator:
    """A translator for a pair of languages.

    Args:
        name: a registered name, with a checkpoint after a colon for ``mt`` (``mt:FOLDER``); ``None`` takes
            the first of ``LOCAL`` that can translate the pair.
        source, target: BCP-47 tags.

    Raises:
        InputError: ``translate.same-language``, ``locale.tag``.
        ConfigError: ``plugin.unknown``, ``plugin.extra``.
        EngineError: ``translate.no-engine`` when none is named and none can; those of the engine.
    """
    check_pair(source, target)
    if name is not None:
        named: Translator = make(GROUP, name)
        return named
    why: list[str] = []
    for each in LOCAL:
        try:
            translator: Translator = make(GROUP, each)
            pairs = translator.pairs()
        except TongliError as error:
            why.append(f"{each}: {error.code}")
            continue
        if pairs is None or (primary(source), primary(target)) in pairs:
            return translator
        why.append(f"{each}: no such pair")
    raise EngineError(
        "translate.no-engine",
        received=f"{primary(source)}-{primary(target)} ({'; '.join(why)})",
        allowed="an engine that translates this pair",
        fix=f"Install one: {_apertium(source, target)}"
        'mt (free, 75 MB to 3 GB a checkpoint: pip install "tongli[mt]" and set TONGLI_MT '
        "to a CTranslate2 folder or hf:NAME); or choose --engine gguf (a local language model) or "
        "--engine openai (any OpenAI-compatible endpoint; texts leave for it, and its owner may charge).",
    )


def _apertium(source: str, target: str) -> str:
    package = package_of(primary(source), primary(target))
    return (
        f"apertium (free, a few MB a pair, the gist: apt-get install apertium {package}); " if package else ""
    )


def check_pair(source: str, target: str) -> None:
    """Two different languages, or two regions of one; raises like :func:`open_translator`."""
    if source == target or (primary(source) == primary(target) and "-" not in source + target):
        raise InputError(
            "translate.same-language",
            received=f"{shorten(source)} to {shorten(target)}",
            allowed="two different languages",
            fix="Correct --from or --to; within one language, use tongli adapt.",
        )
