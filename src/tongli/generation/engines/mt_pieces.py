"""Subword pieces and language tokens of translation checkpoints: Marian, NLLB and M2M.

Which kind a folder holds is told by its vocabulary: NLLB has tokens such as ``spa_Latn``, M2M ``__es__``,
multilingual Marian ``>>spa<<``, and a Marian model of one pair none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from tongli.core import EngineError, InputError, shorten
from tongli.knowledge.tags import maximal, primary

_LANGUAGE = re.compile(
    r"(?P<nllb>[a-z]{3}_[A-Z][a-z]{3})|__(?P<m2m>[a-z]{2,3})__|>>(?P<marian>[a-z_A-Z]{2,12})<<"
)
_NAMED = re.compile(r"opus-mt(?:-tc)?(?:-big|-base|-tiny)?-([a-z]{2,3})-([a-z]{2,3})(?![a-z])")
_END = "</s>"
_VOCABULARIES = ("target_vocabulary", "shared_vocabulary")


class Codec(Protocol):
    """Text to pieces and back."""

    def cut(self, text: str) -> list[str]:
        """Pieces of a text in the source language."""

    def joined(self, tokens: Sequence[str]) -> str:
        """The text of pieces in the target language."""


@dataclass(frozen=True, kw_only=True)
class Pieces:
    """How a checkpoint wants its input and gives its output.

    Attributes:
        codec: pieces of texts.
        kind: ``nllb``, ``m2m``, ``marian`` (many targets) or ``pair``.
        tokens: (language, script or ``None``) → the token that stands for it.
        pairs: (source, target) as language subtags; ``None`` when the files do not tell.
    """

    codec: Codec
    kind: str
    tokens: dict[tuple[str, str | None], str]
    pairs: frozenset[tuple[str, str]] | None

    def cut(self, text: str, *, source: str, target: str) -> tuple[list[str], list[str]]:
        """Pieces of a text with what tells the languages, and how the translation must start.

        Raises:
            EngineError: ``translate.pair``.
        """
        pieces = self.codec.cut(text)
        if self.kind == "pair":
            return [*pieces, _END], []
        there = self._token(target, source=source, target=target)
        if self.kind == "marian":
            return [there, *pieces, _END], []
        here = self._token(source, source=source, target=target)
        return [here, *pieces, _END], [there]

    def joined(self, tokens: Sequence[str]) -> str:
        """The text of some pieces."""
        return self.codec.joined([token for token in tokens if token not in self._silent]).strip()

    @cached_property
    def _silent(self) -> frozenset[str]:
        """Tokens that are no text."""
        return frozenset((_END, *self.tokens.values()))

    def no_pair(self, source: str, target: str) -> EngineError:
        """The error for languages that the checkpoint does not have."""
        known = sorted({language for language, _ in self.tokens})
        return EngineError(
            "translate.pair",
            received=f"{shorten(source)} to {shorten(target)}",
            allowed=", ".join("-".join(pair) for pair in sorted(self.pairs or ())[:40])
            or ", ".join(known[:60]),
            fix="Choose a checkpoint for this pair, or another engine.",
        )

    def _token(self, tag: str, *, source: str, target: str) -> str:
        language, script, _ = maximal(tag)
        found = self.tokens.get((language, script)) or self.tokens.get((language, None))
        if found is None:
            raise self.no_pair(source, target)
        return found


def open_pieces(folder: Path, *, name: str) -> Pieces:
    """The pieces of a checkpoint.

    Args:
        folder: in CTranslate2's format, with ``source.spm`` and ``target.spm``, one SentencePiece model, or
            ``tokenizer.json``.
        name: of the checkpoint; OPUS names tell the pair.

    Raises:
        EngineError: ``engine.load``, ``engine.extra``.
    """
    vocabulary = _vocabulary(folder)
    kind, tokens = _languages(vocabulary)
    return Pieces(codec=_codec(folder), kind=kind, tokens=tokens, pairs=_pairs(folder, name, kind, tokens))


def _languages(vocabulary: Sequence[str]) -> tuple[str, dict[tuple[str, str | None], str]]:
    found: dict[str, dict[tuple[str, str | None], str]] = {}
    for token in vocabulary:
        match = _LANGUAGE.fullmatch(token)
        if match is None or match.lastgroup is None:
            continue
        code = match[match.lastgroup].replace("_", "-")
        try:
            language, script, _ = maximal(code)
        except InputError:
            continue
        own = found.setdefault(match.lastgroup, {})
        own.setdefault((language, script), token)
        if match.lastgroup != "nllb":
            own.setdefault((language, None), token)
    kind = max(found, key=lambda each: len(found[each]), default="pair")
    return kind, found.get(kind, {})


def _pairs(
    folder: Path, name: str, kind: str, tokens: dict[tuple[str, str | None], str]
) -> frozenset[tuple[str, str]] | None:
    known = sorted({language for language, _ in tokens})
    if kind in ("nllb", "m2m"):
        return frozenset((one, other) for one in known for other in known if one != other)
    told = _read_json(folder / "tokenizer_config.json")
    told = told if isinstance(told, dict) else {}
    named = _NAMED.search(f"{name} {folder.name}")
    ways = (told.get("source_lang"), told.get("target_lang")) if not named else (named[1], named[2])
    try:
        source, target = (primary(str(way)) for way in ways)
    except InputError:
        return None
    if None in ways:
        return None
    return (
        frozenset((source, other) for other in known) if kind == "marian" else frozenset({(source, target)})
    )


class _SentencePiece:
    """Pieces by SentencePiece, one model a side or one for both."""

    def __init__(self, source: Path, target: Path) -> None:
        spm = library("sentencepiece")
        try:
            self._source = spm.SentencePieceProcessor(model_file=str(source))
            self._target = spm.SentencePieceProcessor(model_file=str(target))
        except (RuntimeError, OSError) as failed:
            raise _damaged(source.name) from failed

    def cut(self, text: str) -> list[str]:
        pieces: list[str] = self._source.encode(text, out_type=str)
        return pieces

    def joined(self, tokens: Sequence[str]) -> str:
        return str(self._target.decode_pieces(list(tokens)))


class _Fast:
    """Pieces by a ``tokenizer.json``."""

    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer

        try:
            self._tokenizer: Any = Tokenizer.from_file(str(path))
        except Exception as failed:
            raise _damaged(path.name) from failed

    def cut(self, text: str) -> list[str]:
        return list(self._tokenizer.encode(text, add_special_tokens=False).tokens)

    def joined(self, tokens: Sequence[str]) -> str:
        ids = [self._tokenizer.token_to_id(token) for token in tokens]
        return str(self._tokenizer.decode([each for each in ids if each is not None]))


def _codec(folder: Path) -> Codec:
    if (folder / "source.spm").is_file() and (folder / "target.spm").is_file():
        return _SentencePiece(folder / "source.spm", folder / "target.spm")
    if (folder / "tokenizer.json").is_file():
        return _Fast(folder / "tokenizer.json")
    if shared := sorted(folder.glob("*.model")):
        return _SentencePiece(shared[0], shared[0])
    raise EngineError(
        "engine.load",
        received="a checkpoint without its tokenizer",
        allowed="source.spm with target.spm, tokenizer.json or sentencepiece.bpe.model beside model.bin",
        fix="Copy it from the model that was converted.",
    )


def _vocabulary(folder: Path) -> list[str]:
    """Tokens of the target language, in which the languages stand."""
    for name in _VOCABULARIES:
        found = _read_json(folder / f"{name}.json")
        if isinstance(found, list):
            return [str(token) for token in found]
        path = folder / f"{name}.txt"
        if path.is_file():
            return path.read_text(encoding="utf-8", errors="replace").split("\n")
    raise _damaged("the vocabulary")


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def library(name: str) -> Any:
    """A module of the extra ``mt``; raises ``EngineError`` (``engine.extra``)."""
    try:
        return import_module(name)
    except ModuleNotFoundError as missing:
        raise EngineError(
            "engine.extra",
            received=f"no module {missing.name!r}",
            allowed="an installation with the extra mt",
            fix='Install it: pip install "tongli[mt]".',
        ) from missing


def _damaged(what: str) -> EngineError:
    return EngineError(
        "engine.load",
        received=f"{what}, which is missing or damaged",
        allowed="a whole checkpoint in CTranslate2's format",
        fix="Fetch or convert the checkpoint again.",
    )
