"""``tongli learn export``: a folder of trained weights → a release."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from tokenizers import Tokenizer

from tongli import __version__
from tongli.core import ConfigError, FloatArray, ModelError, Settings
from tongli.core.writing import writing
from tongli.emotion import plain, space, told
from tongli.emotion.beside import files_of
from tongli.emotion.card import Card, load_card
from tongli.emotion.head import Head, load_head
from tongli.emotion.heads import heads_in
from tongli.encoders.build import calibration_batches, fork_layer
from tongli.encoders.forked import Forked, Inputs
from tongli.encoders.graph import build
from tongli.encoders.manifest import FORMAT, file_sha256
from tongli.encoders.overlay import apply_overlay
from tongli.encoders.release import FP32, README, RELEASE, Release, check_name
from tongli.encoders.session import open_session
from tongli.encoders.sources import Source, find_source
from tongli.encoders.store import Prepared, prepare
from tongli.encoders.weights import BertWeights
from tongli.learning.export.card import RESEARCH_ONLY, model_card
from tongli.learning.export.parity import (
    Batches,
    Drift,
    drifts,
    onnx_features,
    require_parity,
    torch_features,
)

LIMIT = 1e-3
"""Drift that float32 may have: arithmetic in another order, as a share of a head's range."""

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to export.

    Attributes:
        folder: that ``tongli learn train`` wrote.
        out: folder of the release; must not be there, but for ``overwrite``.
        model: encoder that the weights were trained on.
        name: of the release; that of ``out`` by default.
        licence: that you give the weights, such as an SPDX identifier.
        fp32: whether to add the graph in float32, for other runtimes.
        limit, int8_limit: largest drift of the graphs; ``None`` only reports.
        research_only: export weights that may not be released, and mark them.
        overwrite: replace a release.
    """

    folder: Path
    out: Path
    model: str = "embedded"
    name: str | None = None
    licence: str | None = None
    fp32: bool = False
    limit: float = LIMIT
    int8_limit: float | None = None
    research_only: bool = False
    overwrite: bool = False


def export(job: Job, *, settings: Settings, tell: Tell) -> Release:
    """Write the release, whole or not at all.

    Killed and started again, it takes the graphs that it built before from the cache.

    Args:
        job: what to export.
        settings: cache, offline switch.
        tell: told about long steps.

    Raises:
        ConfigError: ``export.not-releasable``, ``output.exists``, ``release.name``.
        ModelError: ``export.heads``, ``export.encoder``, ``export.drift``; ``heads.*``, ``space.*``,
            ``overlay.*`` and ``model.*``.
        StorageError: ``export.unwritable``, ``storage.cache``.
    """
    name = check_name(job.name or job.out.resolve().name)
    _require_free(job)
    heads = _heads(job.folder)
    cards = [head.card for head in heads.values()]
    found = space.find_space(job.folder, encoder=cards[0].encoder)
    blocked = [card.head for card in cards if not card.releasable]
    blocked += [] if found is None or found.card.releasable else ["the emotion space"]
    releasable = _require_releasable(blocked, research_only=job.research_only)
    beside = replace(settings, heads=job.folder)
    source = find_source(job.model, beside)
    _require_encoder(cards, source=source)
    prepared = prepare(job.model, beside, progress=tell)
    tell("Comparing the graphs with the network")
    graph, parity = _compare(heads, source=source, prepared=prepared, job=job, offline=settings.offline)
    licence = (job.licence or "not stated") if releasable else RESEARCH_ONLY
    release = Release(
        name=name,
        encoder=prepared.manifest.encoder,
        heads=tuple(heads),
        languages=tuple(sorted({tag for card in cards for tag in card.languages})),
        licence=licence,
        releasable=releasable,
        tongli=__version__,
        parity=parity,
        files={},
    )
    page = model_card(
        name,
        cards,
        licence=licence,
        releasable=releasable,
        parity=parity,
        space=found.card if found else None,
    )
    tell("Writing the release")
    return _write(job, release, prepared=prepared, page=page, fp32=graph if job.fp32 else None)


def _require_free(job: Job) -> None:
    """Only a release is ever replaced."""
    taken = job.out.is_dir() and any(job.out.iterdir())
    if job.out.is_file() or (taken and not (job.overwrite and (job.out / RELEASE).is_file())):
        raise ConfigError(
            "output.exists",
            received=f"{job.out.name}, which is there already",
            allowed="a new or empty folder; with --overwrite, a release",
            fix="Name another folder, or add --overwrite to replace a release.",
        )


def _heads(folder: Path) -> dict[str, Head]:
    """The heads that the folder holds, in the order of the schemes, all of one encoder.

    A card that cannot be read is an error: its head would be missing from the release without a word.
    """
    for arrays in sorted(folder.glob("*.safetensors")):
        card = arrays.with_suffix(".json")
        if card.is_file() and not _is_json(card):
            load_card(card)
    found = {name: load_head(folder, name) for name in heads_in(folder)}
    encoders = {head.card.encoder for head in found.values()}
    if len(encoders) != 1:
        raise ModelError(
            "export.heads",
            received=f"{folder.name or folder} with heads of {', '.join(sorted(encoders)) or 'nothing'}",
            allowed="a folder of trained heads that read one encoder",
            fix="Give the folder that `tongli learn train` wrote.",
        )
    return found


def _is_json(path: Path) -> bool:
    try:
        json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return True


def _require_releasable(blocked: Sequence[str], *, research_only: bool) -> bool:
    if blocked and not research_only:
        raise ConfigError(
            "export.not-releasable",
            received=f"weights whose data forbids a release: {', '.join(blocked)}",
            allowed="weights whose licences are free or share-alike",
            fix="Train without that data, or add --research-only: the release is then marked.",
        )
    return not blocked


def _require_encoder(cards: Sequence[Card], *, source: Source) -> None:
    found = f"{source.name}@{source.version}-f{FORMAT}"
    if cards[0].encoder != found:
        raise ModelError(
            "export.encoder",
            received=f"heads of {cards[0].encoder}, and --model with the tuned layers beside them is {found}",
            allowed="the encoder that the heads were trained on",
            fix="Name it with --model, and keep upper.safetensors beside its heads.",
        )


def _compare(
    heads: Mapping[str, Head], *, source: Source, prepared: Prepared, job: Job, offline: bool
) -> tuple[onnx.ModelProto, dict[str, Any]]:
    """The graph in float32, and the drift of it and of the int8 graphs as plain data."""
    weights, batches = _tuned(source, offline=offline)
    layers = prepared.manifest.feature_layers
    reference = torch_features(weights, batches, layers=layers)
    graph = build(weights, feature_layers=layers, fork=fork_layer(len(weights.layers))).model
    limits = {"fp32": job.limit, "int8": job.int8_limit}
    exact = open_session(graph.SerializeToString())
    runs: dict[str, Callable[[Inputs], FloatArray]] = {
        "fp32": lambda inputs: np.asarray(exact.run(["features"], inputs)[0], np.float32),
        "int8": Forked.open(prepared.folder).features,
    }
    parity: dict[str, Any] = {"texts": len(reference)}
    for kind, run in runs.items():
        exported = onnx_features(run, batches)
        found = drifts(heads, reference=reference, exported=exported)
        limit = limits[kind]
        if limit is not None:
            require_parity(found, limit=limit, graph=kind)
        parity[kind] = {name: _plain(drift) for name, drift in found.items()}
    return graph, parity


def _plain(drift: Drift) -> dict[str, float]:
    return {name: float(f"{value:.3g}") for name, value in asdict(drift).items()}


def _tuned(source: Source, *, offline: bool) -> tuple[BertWeights, Batches]:
    """The encoder as it was trained, and token batches of the calibration lines."""
    with tempfile.TemporaryDirectory() as scratch:
        weights, vocabulary = source.read(Path(scratch), offline)
    batches = calibration_batches(Tokenizer.from_buffer(vocabulary), source=source, weights=weights)
    if source.overlay is not None:
        weights = apply_overlay(source.overlay, weights, base_digest=source.digest)
    return weights, batches


def _write(
    job: Job, release: Release, *, prepared: Prepared, page: str, fp32: onnx.ModelProto | None
) -> Release:
    """Everything into a folder beside, which takes its name when it is whole."""
    part = job.out.with_name(f"{job.out.name}.part")
    try:
        with writing("export.unwritable", job.out, allowed="a writable place with room for the model"):
            shutil.rmtree(part, ignore_errors=True)  # left by a killed export
            part.mkdir(parents=True)
            _fill(part, job.folder, release.heads, prepared=prepared)
            (part / README).write_text(page, encoding="utf-8")
            if fp32 is not None:
                (part / FP32).write_bytes(fp32.SerializeToString())
            files = {path.name: file_sha256(path) for path in sorted(part.iterdir())}
            release = replace(release, files=files)
            release.save(part)
            _swap(part, job.out)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return release


def _fill(part: Path, folder: Path, heads: Sequence[str], *, prepared: Prepared) -> None:
    for name in (*prepared.manifest.files, "manifest.json"):
        shutil.copyfile(prepared.folder / name, part / name)
    for head in heads:
        for suffix in (".json", ".safetensors"):
            shutil.copyfile(folder / f"{head}{suffix}", part / f"{head}{suffix}")
    for card, arrays in ((space.CARD, space.ARRAYS), files_of(plain.NAME), files_of(told.NAME)):
        if (folder / card).is_file():
            shutil.copyfile(folder / arrays, part / arrays)
            shutil.copyfile(folder / card, part / card)


def _swap(part: Path, out: Path) -> None:
    """The part takes the place of what is there: nothing, an empty folder, or a release to replace."""
    old = out.with_name(f"{out.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if out.is_dir():
        out.replace(old)
    part.replace(out)
    shutil.rmtree(old, ignore_errors=True)
