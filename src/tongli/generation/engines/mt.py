"""Engine ``mt``: neural translation by CTranslate2, from a Marian (OPUS), NLLB or M2M checkpoint.

The checkpoint is a folder in CTranslate2's format with the tokenizer files of the model it was made from, or
``hf:NAME`` of a hub repository with the same. Nothing is fetched unless such a name is given, and nothing at
all with ``TONGLI_OFFLINE=1``.

References:
    Klein et al. (2020), "The OpenNMT neural machine translation toolkit" (CTranslate2).
    Junczys-Dowmunt et al. (2018), "Marian"; Tiedemann & Thottingal (2020), "OPUS-MT".
    Fan et al. (2021), "Beyond English-centric multilingual machine translation" (M2M-100).
    NLLB Team (2022), "No language left behind".
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from tongli.core import Draft, EngineError, ModelError, Provenance, Settings, TranslationBrief, shorten
from tongli.core.hub import hub_folder
from tongli.generation.engines.mt_pieces import Pieces, library, open_pieces
from tongli.knowledge.tags import primary

_BEAM = 4
_TOKENS_A_BATCH = 2048
_MOST_TOKENS = 400
"""Pieces of one text; the models were trained on sentences."""
_FILES = ("*.bin", "*.json", "*.txt", "*.spm", "*.model")


class Mt:
    """Translates with a CTranslate2 checkpoint.

    Args:
        checkpoint: a folder, or ``hf:NAME``; ``None`` takes ``TONGLI_MT``.
        settings: threads and offline; ``None`` reads the environment.

    The constructor is cheap; the weights load at the first translation.
    """

    name = "mt"
    follows = False

    def __init__(self, checkpoint: str | None = None, *, settings: Settings | None = None) -> None:
        self.checkpoint = checkpoint or os.environ.get("TONGLI_MT", "")
        self.settings = settings or Settings.from_env()
        self._loaded: tuple[Any, Pieces] | None = None
        self._lock = Lock()

    def pairs(self) -> frozenset[tuple[str, str]] | None:
        """The pairs that the checkpoint's files name; ``None`` where they do not say.

        Raises:
            EngineError: as :meth:`load`.
        """
        return self.load()[1].pairs

    def load(self) -> tuple[Any, Pieces]:
        """Read the weights and the tokenizer; may be called twice.

        Raises:
            EngineError: ``engine.extra`` without ctranslate2 or sentencepiece, ``engine.no-model`` without
                a checkpoint, ``engine.load`` for one that is damaged or of another format.
        """
        with self._lock:
            if self._loaded is None:
                folder = self._folder()
                self._loaded = self._opened(folder), open_pieces(folder, name=self.checkpoint)
            return self._loaded

    def translate(
        self,
        texts: Sequence[str],
        *,
        source: str,
        target: str,
        n: int = 1,
        brief: TranslationBrief | None = None,  # noqa: ARG002 - the models follow no wishes
    ) -> list[list[Draft]]:
        """At most ``n`` drafts a text by beam search, best first; none over 400 pieces.

        Raises:
            EngineError: ``translate.pair`` for languages that the checkpoint does not have,
                ``translate.failed`` when CTranslate2 does; those of :meth:`load`.
        """
        model, pieces = self.load()
        if pieces.pairs is not None and (primary(source), primary(target)) not in pieces.pairs:
            raise pieces.no_pair(source, target)
        cut = [pieces.cut(text, source=source, target=target) for text in texts]
        rows = [row for row, (tokens, _) in enumerate(cut) if len(tokens) <= _MOST_TOKENS]
        found: list[list[Draft]] = [[] for _ in texts]
        for row, result in zip(rows, self._search(model, [cut[row] for row in rows], n=n), strict=True):
            drafts: dict[str, Draft] = {}
            for tokens, score in zip(result.hypotheses, result.scores, strict=True):
                text = pieces.joined(tokens[len(cut[row][1]) :])
                made = Draft(text=text, lang=target, provenance=self._made, score=float(score))
                drafts.setdefault(text, made)
            found[row] = [draft for text, draft in drafts.items() if text]
        return found

    def _search(self, model: Any, cut: Sequence[tuple[list[str], list[str]]], *, n: int) -> list[Any]:
        """Beam search over texts and the starts of their translations; batches are made by length."""
        if not cut:
            return []
        starts = [start for _, start in cut]
        try:
            results: list[Any] = model.translate_batch(
                [tokens for tokens, _ in cut],
                target_prefix=starts if any(starts) else None,
                beam_size=max(_BEAM, n),
                num_hypotheses=n,
                max_batch_size=_TOKENS_A_BATCH,
                batch_type="tokens",
                max_decoding_length=2 * _MOST_TOKENS,
                disable_unk=True,
                return_scores=True,
            )
        except (RuntimeError, ValueError) as failed:
            raise EngineError(
                "translate.failed",
                received=type(failed).__name__,
                allowed="one translation for each text",
                fix="Convert the checkpoint again with the installed CTranslate2.",
            ) from failed
        return results

    @property
    def _made(self) -> Provenance:
        return Provenance(engine=self.name, model=self.checkpoint.rstrip("/").rpartition("/")[2])

    def _opened(self, folder: Path) -> Any:
        if not (folder / "model.bin").is_file():
            raise _unusable(
                "a folder without model.bin",
                f"Convert it: ct2-transformers-converter --model {self.checkpoint.removeprefix('hf:')} "
                "--output_dir FOLDER --quantization int8 --copy_files source.spm target.spm "
                '(needs pip install "tongli[train]").',
            )
        ctranslate2 = library("ctranslate2")
        try:
            return ctranslate2.Translator(str(folder), device="cpu", intra_threads=self.settings.threads)
        except (RuntimeError, ValueError, OSError) as failed:
            raise _unusable(
                f"a model that CTranslate2 refuses ({type(failed).__name__})",
                "Convert the checkpoint again with the installed CTranslate2.",
            ) from failed

    def _folder(self) -> Path:
        if self.checkpoint.startswith("hf:"):
            return self._fetched(self.checkpoint[3:])
        folder = Path(self.checkpoint).expanduser()
        if not self.checkpoint or not folder.is_dir():
            raise EngineError(
                "engine.no-model",
                received="no checkpoint" if not self.checkpoint else f"no folder {shorten(str(folder))}",
                allowed="a folder in CTranslate2's format with its tokenizer, or hf:NAME",
                fix="Set TONGLI_MT to one, or name it: --engine mt:FOLDER.",
            )
        return folder

    def _fetched(self, name: str) -> Path:
        try:
            return hub_folder(name, _FILES, offline=self.settings.offline, allowed="a repository")
        except ModelError as failed:
            raise EngineError(
                "engine.no-model",
                received=shorten(failed.received),
                allowed=failed.allowed,
                fix=failed.fix,
            ) from failed


def _unusable(received: str, fix: str) -> EngineError:
    return EngineError(
        "engine.load", received=received, allowed="a checkpoint in CTranslate2's format", fix=fix
    )
