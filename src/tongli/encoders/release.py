"""A release: one folder with all that reading needs, described and hashed by its ``release.json``.

It holds a prepared encoder (its graphs, tokenizer and ``manifest.json``), heads with their cards, and a model
card for people. Only files that are listed count, and only of kinds that can run no code when read.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from tongli.core import ConfigError, ModelError, shorten
from tongli.encoders.manifest import file_sha256

FORMAT = 2
RELEASE, README, FP32 = "release.json", "README.md", "model-fp32.onnx"

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_RESERVED = "embedded"
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
_KINDS = (".json", ".md", ".onnx", ".safetensors")


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What a release says about itself.

    Attributes:
        name: what ``--model`` calls it once it is installed.
        encoder: id of its encoder, which its heads are tied to.
        heads: names, in the order of the schemes.
        languages: tags that at least one head was trained on.
        licence: of the weights, as whoever exported them states it.
        releasable: whether the licences of the data let others have the weights.
        tongli: version that made it.
        parity: drift between the network that was trained and the graphs; see ``learning.export.parity``.
        files: file name → SHA-256, of every file but ``release.json``.
        format: of ``release.json``.
    """

    name: str
    encoder: str
    heads: tuple[str, ...]
    languages: tuple[str, ...]
    licence: str
    releasable: bool
    tongli: str
    parity: Mapping[str, Any]
    files: Mapping[str, str]
    format: int = FORMAT

    @property
    def digest(self) -> str:
        """SHA-256 of all the attributes, hence of every file."""
        canonical = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    def save(self, folder: Path) -> None:
        """Write ``release.json``."""
        text = json.dumps({**asdict(self), "sha256": self.digest}, ensure_ascii=False, indent=1)
        (folder / RELEASE).write_text(text + "\n", encoding="utf-8")


def read_release(folder: Path) -> Release:
    """Read ``release.json`` and check it, but not yet the files that it lists.

    Raises:
        ConfigError: ``release.name``.
        ModelError: ``release.missing``, ``release.format``, ``release.file`` or ``release.damaged``.
    """
    path = folder / RELEASE
    if not path.is_file():
        raise ModelError(
            "release.missing",
            received=f"{folder.name or folder} without {RELEASE}",
            allowed="a folder that `tongli learn export` wrote",
            fix="Check the path, or export the weights first.",
        )
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        digest, found = data.pop("sha256"), data.get("format")
        tuples = {name: tuple(map(str, data[name])) for name in ("heads", "languages")}
        release = Release(**{**data, **tuples}) if found == FORMAT else None
        whole = release is None or release.digest == digest
        names = list(release.files) if release else []
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as broken:
        raise damaged(folder, [RELEASE]) from broken
    if release is None:
        raise ModelError(
            "release.format",
            received=f"a release of format {shorten(found)}",
            allowed=f"format {FORMAT}",
            fix="Install the version of tongli that wrote it, or export the weights again.",
        )
    if not whole:
        raise damaged(folder, [RELEASE])
    _require_safe(names)
    check_name(release.name)
    return release


def require_whole(folder: Path, release: Release, *, but: Collection[str] = ()) -> None:
    """Check every file against its SHA-256, except for some.

    Raises:
        ModelError: ``release.damaged``.
    """
    wrong = changed(folder, release, but=but)
    if wrong:
        raise damaged(folder, wrong)


def changed(folder: Path, release: Release, *, but: Collection[str] = ()) -> list[str]:
    """Files that are missing, or not as they were exported, except for some."""
    return [
        name
        for name, expected in release.files.items()
        if name not in but and not ((folder / name).is_file() and file_sha256(folder / name) == expected)
    ]


def damaged(folder: Path, names: Collection[str]) -> ModelError:
    """The error of files that are not as they were exported."""
    return ModelError(
        "release.damaged",
        received=f"{folder.name or folder}, in which these are missing or changed: {', '.join(names)}",
        allowed="a release whose files match their SHA-256",
        fix="Copy or export it again, then install it again.",
    )


def check_name(name: str) -> str:
    """The name; raises ``ConfigError`` (``release.name``) unless it can be told from a path."""
    if not _NAME.fullmatch(name) or name == _RESERVED:
        raise ConfigError(
            "release.name",
            received=shorten(name),
            allowed=f"a-z, 0-9, - and _, at most 64, and not {_RESERVED}",
            fix="Give another one with --name.",
        )
    return name


def is_name(name: str) -> bool:
    """Whether a release may be called so."""
    return bool(_NAME.fullmatch(name)) and name != _RESERVED


def _require_safe(names: Collection[str]) -> None:
    for name in names:
        if not _FILE.fullmatch(name) or PurePosixPath(name).suffix not in _KINDS or name == RELEASE:
            raise ModelError(
                "release.file",
                received=shorten(name),
                allowed=f"plain file names that end in {', '.join(_KINDS)}",
                fix="Do not use this release: tongli did not write it.",
            )
