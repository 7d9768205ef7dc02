"""People kept on this machine: one file, readable by its owner only, encrypted where there is a key."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock
from platformdirs import user_data_path

from tongli.applications.people.cipher import Cipher, cipher, unseal
from tongli.applications.people.declared import key_of, people_from
from tongli.applications.people.files import read_people
from tongli.applications.people.plain import plain
from tongli.applications.private_file import private_file
from tongli.core import ConfigError, InputError, Person, StorageError

PATH = "TONGLI_PEOPLE"
"""The variable that names another file."""


class PeopleStore:
    """Declared people by name, in any case of letters.

    Args:
        path: the file; it need not exist.
        key: encrypts what is written; a plain file becomes an encrypted one with the next change.
    """

    def __init__(self, path: Path, *, key: Cipher | None = None) -> None:
        self.path = path
        self._key = key

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> PeopleStore:
        """The store of this user; raises like :func:`tongli.applications.people.cipher.cipher`."""
        env = os.environ if env is None else env
        named = env.get(PATH)
        path = Path(named).expanduser() if named else user_data_path("tongli") / "people.json"
        return cls(path, key=cipher(env))

    def all(self) -> tuple[Person, ...]:
        """Everybody, in the order of their names.

        Raises:
            StorageError: ``people.locked``, ``people.store`` for a file that is none, ``input.unreadable``.
        """
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise _unreadable(self.path) from error
        try:
            data = json.loads(unseal(raw, self._key))
            return people_from(data["people"])
        except (ValueError, KeyError, TypeError, ConfigError, InputError):
            raise StorageError(
                "people.store",
                received=f"{self.path}, which does not hold people",
                allowed="a file that tongli wrote",
                fix="Restore it from an export, or move it away and import people again.",
            ) from None

    def get(self, name: str) -> Person:
        """One person; raises ``ConfigError`` (``people.unknown``), and as :meth:`all`."""
        found = next((each for each in self.all() if key_of(each) == key_of(name)), None)
        if found is None:
            raise _unknown()
        return found

    def put(self, people: Iterable[Person]) -> tuple[int, int]:
        """Add people; who has the name of one already there takes their place. Raises as :meth:`all`.

        Returns:
            How many are new, and how many took the place of somebody.
        """
        added = {key_of(person): person for person in people}
        with self._change() as kept:
            replaced = len(kept.keys() & added.keys())
            kept.update(added)
        return len(added) - replaced, replaced

    def remove(self, name: str) -> None:
        """Delete a person for good; raises as :meth:`get`."""
        with self._change() as kept:
            if kept.pop(key_of(name), None) is None:
                raise _unknown()

    @contextmanager
    def _change(self) -> Iterator[dict[str, Person]]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(self.path.with_name(f"{self.path.name}.lock")):
            kept = {key_of(person): person for person in self.all()}
            yield kept
            people = [plain(kept[name]) for name in sorted(kept)]
            data = json.dumps({"people": people}, ensure_ascii=False).encode()
            self._write(data if self._key is None else self._key.encrypt(data))

    def _write(self, data: bytes) -> None:
        """Replace the file whole, then blank what the old one held."""
        draft = self.path.with_name(f"{self.path.name}.new")
        try:
            draft.unlink(missing_ok=True)
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            with _blanked(self.path):
                draft.replace(self.path)
        except OSError as error:
            raise _unwritable(self.path, error) from error


def known_people(path: str | None, *, lang: str | None) -> tuple[Person, ...]:
    """The people of a file, or else of the user's own store.

    Args:
        path: as :func:`tongli.applications.people.files.read_people` takes it; ``None`` for the store.
        lang: language of the text that the people appear in.

    Raises:
        TongliError: as ``read_people`` and :meth:`PeopleStore.all`.
    """
    return PeopleStore.from_env().all() if path is None else read_people(path, lang=lang)


def exported(store: PeopleStore, *, to: str | None = None) -> str:
    """Everything that a store keeps, as JSON; also written to a new file that only its owner may read.

    Raises:
        ConfigError: ``output.exists``.
        StorageError: as :meth:`PeopleStore.all`; ``storage.write``.
    """
    text = json.dumps({"people": [plain(person) for person in store.all()]}, ensure_ascii=False, indent=2)
    if to is not None:
        with private_file(to) as file:
            file.write(text.encode() + b"\n")
    return text


@contextmanager
def _blanked(path: Path) -> Iterator[None]:
    """Overwrite what a file held once it has been replaced; a journaling disk may still keep a copy."""
    if not path.exists():
        yield
        return
    with path.open("r+b") as old:
        size = os.fstat(old.fileno()).st_size
        yield
        old.write(b"\0" * size)
        old.flush()
        os.fsync(old.fileno())


def _unknown() -> ConfigError:
    return ConfigError(
        "people.unknown",
        received="a name that nobody in the store has",
        allowed="a name that tongli people list shows",
        fix="Check how it is written.",
    )


def _unwritable(path: Path, error: OSError) -> StorageError:
    return StorageError(
        "storage.write",
        received=f"{path}, which cannot be written ({os.strerror(error.errno or 0)})",
        allowed="a writable file in a folder of yours",
        fix=f"Check the folder, or name another file; {PATH} moves the store.",
    )


def _unreadable(path: Path) -> StorageError:
    return StorageError(
        "input.unreadable",
        received=f"{path}, which cannot be read",
        allowed="a readable file",
        fix="Check its permissions and the disk.",
    )
