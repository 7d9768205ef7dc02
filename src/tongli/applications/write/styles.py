"""House styles kept on this machine: a TOML file each, readable by its owner only."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_data_path

from tongli.applications.data_file import to_toml
from tongli.core import ConfigError, StorageError, shorten
from tongli.generation.house_style import HouseStyle, parse_style, style_data

FOLDER = "TONGLI_STYLES"
"""The variable that names another folder."""

_NAME = re.compile(r"[\w-]{1,60}")


class StyleStore:
    """House styles by name.

    Args:
        folder: of the files; it need not exist.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> StyleStore:
        """The store of this user."""
        named = (os.environ if env is None else env).get(FOLDER)
        return cls(Path(named).expanduser() if named else user_data_path("tongli") / "styles")

    def names(self) -> tuple[str, ...]:
        """Names, sorted."""
        if not self.folder.is_dir():
            return ()
        return tuple(sorted(path.stem for path in self.folder.glob("*.toml") if _NAME.fullmatch(path.stem)))

    def get(self, name: str) -> HouseStyle:
        """A style.

        Raises:
            ConfigError: ``style.unknown``; as :func:`parse_style`.
            StorageError: ``style.damaged``.
        """
        path = self._path(name)
        try:
            return parse_style(tomllib.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            raise self._unknown(name) from None
        except (OSError, ValueError):
            raise StorageError(
                "style.damaged",
                received=f"{path}, which cannot be read as TOML",
                allowed="a file that tongli write style save wrote",
                fix="Save the style again.",
            ) from None

    def save(self, name: str, style: HouseStyle) -> Path:
        """Keep a style, in place of one of that name.

        Raises:
            ConfigError: ``style.name``.
            StorageError: ``storage.write``.
        """
        path = self._path(name)
        draft = path.with_suffix(".new")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            draft.unlink(missing_ok=True)
            with os.fdopen(
                os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
            ) as file:
                file.write(to_toml(style_data(style)))
            draft.replace(path)
        except OSError as error:
            raise _unwritable(path, error) from error
        return path

    def remove(self, name: str) -> None:
        """Delete a style; raises as :meth:`get` and :meth:`save`."""
        path = self._path(name)
        try:
            path.unlink()
        except FileNotFoundError:
            raise self._unknown(name) from None
        except OSError as error:
            raise _unwritable(path, error) from error

    def _path(self, name: str) -> Path:
        if _NAME.fullmatch(name):
            return self.folder / f"{name}.toml"
        raise ConfigError(
            "style.name",
            received=shorten(name),
            allowed="1 to 60 letters, digits, - and _",
            fix="Give the style another name.",
        )

    def _unknown(self, name: str) -> ConfigError:
        return ConfigError(
            "style.unknown",
            received=shorten(name),
            allowed=", ".join(self.names()) or "no style is saved yet",
            fix="Save one with tongli write style save NAME FILE.",
        )


def _unwritable(path: Path, error: OSError) -> StorageError:
    return StorageError(
        "storage.write",
        received=f"{path}, which cannot be written ({os.strerror(error.errno or 0)})",
        allowed="a writable file in a folder of yours",
        fix=f"Check the folder; {FOLDER} names another.",
    )
