"""Folders of models on a hub, fetched once into its client's cache."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tongli.core.errors import ModelError


def hub_folder(name: str, files: Sequence[str], *, offline: bool, allowed: str) -> Path:
    """The folder with some files of a model.

    Args:
        name: as the hub knows it, without ``hf:``.
        files: their names, or patterns.
        offline: only what is in the cache.
        allowed: what kind of model is wanted, for the error.

    Raises:
        ModelError: ``model.hub`` when the hub does not answer or does not have it.
    """
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, allow_patterns=list(files), local_files_only=offline))
    except (OSError, HfHubHTTPError, HFValidationError, LocalEntryNotFoundError) as failed:
        raise ModelError(
            "model.hub",
            received=f"hf:{name}: {type(failed).__name__}",
            allowed=f"{allowed} that the hub client can reach or has cached",
            fix="Check the name and the network, or give a local folder.",
        ) from failed
