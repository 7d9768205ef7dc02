"""Where claims are kept: in ``languages/<L>`` and ``cultures/<A>``; read when asked, and once.

A file is JSON lines with a claim on each (``.jsonl``), or a table (``.tsv``, see
:mod:`tongli.knowledge.claim_table`).

An audience inherits: ``es-MX`` has the claims of the language es and those of the culture es-MX, where a
claim with the same id replaces the parent's. A folder of the user's own (``TONGLI_CLAIMS``) lies above those
that ship, and replaces claims in the same way.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from tongli.core import ConfigError, InputError, Settings
from tongli.core.collection import collection_paused
from tongli.knowledge import tags
from tongli.knowledge.claim import Claim, parse_claim
from tongli.knowledge.claim_set import ClaimSet, Member
from tongli.knowledge.claim_table import Row, Table

TABLE = ".tsv"
ROOT: Traversable = files(__package__) / "claims"
"""The claims that ship, with their ``schema.json``."""


class ClaimFiles:
    """The claims in a folder with ``languages`` and ``cultures``, or in two.

    Args:
        root: the folder; ``None`` takes those that ship, and above them the folder of the settings.
        tables: read tables too, whose claims have no links to others.
    """

    def __init__(self, root: Traversable | None = ROOT, *, tables: bool = True) -> None:
        self._root, self._tables = root, tables
        self._read: dict[tuple[str, str], _Folder] = {}
        self._claims: dict[str, ClaimSet] = {}
        self._own: dict[str, ClaimSet] = {}

    @cached_property
    def _roots(self) -> tuple[Traversable, ...]:
        """The folders, of which a later one replaces claims of an earlier one."""
        if self._root is not None:
            return (self._root,)
        own = Settings.from_env().claims
        return (ROOT,) if own is None else (ROOT, _own_folder(own))

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Tags of the languages with claims, sorted."""
        return self._folders("languages")

    @cached_property
    def audiences(self) -> tuple[str, ...]:
        """Tags of the audiences with claims of their own, sorted."""
        return self._folders("cultures")

    def lineage(self, tag: str) -> tuple[str, ...]:
        """Languages and audiences whose claims hold for a tag, the widest first; none where nothing is known.

        A member of a macrolanguage inherits from it, as ``arz-EG`` does from ar.

        Raises:
            InputError: ``locale.tag``.
        """
        return tuple(name for _, name in self._lineage(tag))

    def claims(self, tag: str) -> ClaimSet:
        """Id → claim, for a language or an audience.

        Raises:
            InputError: ``locale.tag`` for what is not BCP-47, ``claims.audience`` where there are none.
            ConfigError: ``claims.line`` or ``claims.double`` for a damaged file.
        """
        if tag not in self._claims:
            places = self._lineage(tag)
            if not places:
                raise self._unknown(tag)
            self._claims[tag] = self._set(places)
        return self._claims[tag]

    def members(
        self, tag: str, *, wanted: Callable[[Claim], bool], abroad: Callable[[Claim], bool]
    ) -> Iterator[Member]:
        """Claims and rows that may matter in a text of a language or audience, those that are ``wanted``.

        A text of a bare language may have been written anywhere: ``abroad`` tells which of its audiences' own
        claims are wanted too. They come first, so that of two for the same words that of the language counts.

        Raises:
            InputError, ConfigError: like :meth:`claims`.
        """
        known = self.claims(tag).where(wanted)
        if not set(self.lineage(tag)) & set(self.audiences):
            for audience in self.audiences:
                if tags.same_language(audience, tag):
                    yield from self.own(audience).where(abroad).members()
        yield from known.members()

    def own(self, name: str) -> ClaimSet:
        """Id → claim, of a language or audience alone; raises ``ConfigError`` like :meth:`claims`."""
        if name not in self._own:
            self._own[name] = self._set([place for place in self._lineage(name) if place[1] == name])
        return self._own[name]

    def files(self) -> Iterator[tuple[Traversable, str]]:
        """Every file that is read, with the tag of its folder."""
        for kind, names in (("languages", self.languages), ("cultures", self.audiences)):
            for name in names:
                for folder in self._places(kind, name):
                    for file in files_in(folder):
                        if self._tables or not file.name.endswith(TABLE):
                            yield file, name

    def without_tables(self) -> ClaimFiles:
        """The same folder without its tables."""
        return ClaimFiles(self._root, tables=False)

    def _lineage(self, tag: str) -> tuple[tuple[str, str], ...]:
        chain = [item for item in tags.fallbacks(tag) if tags.same_language(item, tag)]
        macro = tags.macrolanguage(tag)
        names = [*([macro] if macro and macro not in chain else []), *reversed(chain)]
        known = {"languages": self.languages, "cultures": self.audiences}
        return tuple((kind, name) for name in names for kind, have in known.items() if name in have)

    def _set(self, places: Iterable[tuple[str, str]]) -> ClaimSet:
        folders = [self._folder(place) for place in places]
        written = {name: claim for folder in folders for name, claim in folder.written.items()}
        return ClaimSet(written, [row for folder in folders for row in folder.rows])

    def _folder(self, place: tuple[str, str]) -> _Folder:
        if place not in self._read:
            with collection_paused():
                read = [_read_folder(folder, tables=self._tables) for folder in self._places(*place)]
            written = {name: claim for folder in read for name, claim in folder.written.items()}
            self._read[place] = _Folder(written, [row for folder in read for row in folder.rows])
        return self._read[place]

    def _places(self, kind: str, name: str) -> Iterator[Traversable]:
        """Where the claims of a language or an audience lie."""
        for root in self._roots:
            if (folder := root / kind / name).is_dir():
                yield folder

    def _folders(self, kind: str) -> tuple[str, ...]:
        parents = (root / kind for root in self._roots)
        found = (item for parent in parents if parent.is_dir() for item in parent.iterdir())
        return tuple(sorted({item.name for item in found if item.is_dir() and files_in(item)}))

    def _unknown(self, tag: str) -> InputError:
        return InputError(
            "claims.audience",
            received=f"{tag}, which has no claims",
            allowed=", ".join((*self.languages, *self.audiences)) or "none, as no claims are installed",
            fix="Name one of these, or write its first claim: tongli culture contribute.",
        )


SHIPPED = ClaimFiles()
"""The claims that ship, alone."""

KNOWN = ClaimFiles(None)
"""Those and the user's own: what every reading goes by."""


def claims(tag: str) -> ClaimSet:
    """The claims known for a language or audience; raises like :meth:`ClaimFiles.claims`."""
    return KNOWN.claims(tag)


def _own_folder(path: Path) -> Path:
    if any((path / kind).is_dir() for kind in ("languages", "cultures")):
        return path
    raise ConfigError(
        "claims.folder",
        received=f"TONGLI_CLAIMS={path}, which is no folder with languages or cultures",
        allowed="a folder with files such as languages/nl/idioms.jsonl or cultures/nl-NL/norms.jsonl",
        fix="Correct or unset TONGLI_CLAIMS; tongli culture lint FOLDER checks what is in it.",
    )


def files_in(folder: Traversable) -> tuple[Traversable, ...]:
    """Files of claims directly in a folder, by name."""
    found = (file for file in folder.iterdir() if file.name.endswith((".jsonl", TABLE)))
    return tuple(sorted(found, key=lambda file: file.name))


@dataclass(frozen=True, slots=True)
class _Folder:
    """What the files of one folder hold: id → claim, and rows."""

    written: Mapping[str, Claim]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Broken:
    """A line of a file that holds no claim, and why."""

    reason: str


def records(file: Traversable) -> Iterator[tuple[int, object]]:
    """Number of each line of a file that is to hold a claim; its row, its JSON object or ``Broken``.

    Raises:
        ConfigError: ``claims.line`` when the file is not UTF-8.
    """
    numbered = lines(file)
    read: Callable[[str], object] = json.loads
    if file.name.endswith(TABLE):
        try:
            read = Table(json.loads(next(numbered, (1, ""))[1])).row
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            yield 1, Broken(f"{type(error).__name__}: {error}")
            return
    for number, line in numbered:
        try:
            yield number, read(line)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            yield number, Broken(f"{type(error).__name__}: {error}")


def lines(file: Traversable) -> Iterator[tuple[int, str]]:
    """Number and text of each line of a file of claims.

    Raises:
        ConfigError: ``claims.line`` when the file is not UTF-8.
    """
    data = file.read_bytes()
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        number = 1 + data[: error.start].count(b"\n")
        raise _damaged(file, number, "bytes that are not UTF-8") from None
    # Not splitlines(), which also splits at the line separators that JSON strings may hold.
    return enumerate(text.removesuffix("\n").split("\n") if text else (), start=1)


def _read_folder(folder: Traversable, *, tables: bool) -> _Folder:
    written: dict[str, Claim] = {}
    rows: list[Row] = []
    for file in files_in(folder):
        if file.name.endswith(TABLE) and not tables:
            continue
        for number, data in records(file):
            if isinstance(data, Row):
                rows.append(data)
                continue
            claim = _claim(data, file, number)
            if claim.id in written:
                raise ConfigError(
                    "claims.double",
                    received=f"{file.name}, line {number}: {claim.id} for the second time",
                    allowed="an id once in a language or culture",
                    fix="Rename or remove one of the two.",
                )
            written[claim.id] = claim
    return _Folder(written, rows)


def _claim(data: object, file: Traversable, number: int) -> Claim:
    if isinstance(data, Broken):
        raise _damaged(file, number, data.reason)
    try:
        return parse_claim(data)
    except (ValueError, TypeError, KeyError) as error:
        raise _damaged(file, number, f"{type(error).__name__}: {error}") from None


def _damaged(file: Traversable, line: int, what: str) -> ConfigError:
    place = "/".join(str(file).replace("\\", "/").rsplit("/", 2)[-2:])
    return ConfigError(
        "claims.line",
        received=f"{place}, line {line}, with {what}",
        allowed="one claim a line, as in claims/schema.json, in UTF-8",
        fix="Correct the line (tongli culture lint tells more), or install the package again.",
    )
