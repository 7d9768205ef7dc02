"""Tables of claims: one expression a row, and what all rows share once, at the top.

``NAME.tsv`` holds, on its first line, the fields that its claims share, as one JSON object in the form of
``claims/schema.json`` with the language in ``lang``. Each further line is an expression, its sense and, where
it is not the words themselves, its literal gloss, in columns between tabs; ``both`` in a fourth column says
that ordinary text may mean the words literally. Expressions are patterns of
:mod:`tongli.knowledge.claim_patterns` in the shorthand of :mod:`tongli.knowledge.claim_shorthand`::

    {kick} the bucket	die	to strike a pail	both

``columns`` on the first line names further columns, which every row then has (an empty one says nothing):
``reading``, another way of writing the expression that tells how it is read, and an equivalent by its
language and closeness, such as ``zh plain``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, get_args

from tongli.core import ConfigError, shorten
from tongli.knowledge.claim import Claim, Closeness, Equivalent, Meaning, Trigger, parse_claim
from tongli.knowledge.claim_shorthand import citation, spelled_out, writings

OWN = ("id", "statement", "trigger", "meaning")
"""Fields that each row's claim has for itself; the others are those of the first line."""

_COLUMNS = 4
_TAB = "\t"
_LITERAL = "both"
_READING = "reading"
_NO_SLUG = re.compile(r"[^a-z0-9]+")


class Table:
    """Makes claims of the rows of a table.

    Args:
        shared: the first line: what all claims of the table share, with ``lang`` and ``kind``.

    Attributes:
        lang: language of the expressions.
        prefix: how the ids of the claims begin.
        shared: a claim with what all rows share, and without an id.

    Raises:
        ValueError, TypeError, KeyError: for anything else.
    """

    def __init__(self, shared: Mapping[str, Any]) -> None:
        self.lang = str(shared["lang"])
        given = {key: value for key, value in shared.items() if key not in ("lang", "columns")}
        self._named = _columns(shared.get("columns", ()))
        empty = parse_claim({"id": "", "statement": "", **given})
        self.prefix = f"{self.lang}.{empty.kind}."
        self.shared = empty
        self._fields = {
            each.name: getattr(empty, each.name) for each in fields(empty) if each.name not in OWN
        }

    def row(self, text: str) -> Row:
        """A row, not yet a claim; raises ``ValueError`` for another number of columns than a row has."""
        columns = text.count("\t") + 1
        if self._named:
            self._check(text.split("\t"))
        elif not 2 <= columns <= _COLUMNS or (columns == _COLUMNS and not text.endswith(f"\t{_LITERAL}")):
            raise ValueError(f"a row has two to four columns, of which the fourth is: {_LITERAL}")
        return Row(self, text)

    def id(self, row: str) -> str:
        """The id of a row's claim."""
        return f"{self.prefix}{_slug(citation(row.partition(_TAB)[0]))}"

    def claim(self, row: str) -> Claim:
        """The claim of a row that :meth:`row` takes; raises ``ValueError`` for what is no shorthand."""
        columns = row.split("\t")
        words, sense = citation(columns[0]), columns[1]
        reading = self.reading(row)
        said = f" ({reading})" if reading else ""
        forms = (form for written in self.written(row) for form in spelled_out(written, self.lang))
        return Claim(
            **self._fields,
            id=self.id(row),
            statement=f"The {self.shared.kind} “{words}”{said} means “{sense}”.",
            trigger=Trigger(forms=tuple(forms)),
            meaning=Meaning(
                literal=(columns[2:3] or [""])[0] or words,
                sense=sense,
                literal_use_possible=columns[3:_COLUMNS] == [_LITERAL],
                equivalents=self._equivalents(columns[_COLUMNS:]),
            ),
        )

    def written(self, row: str) -> tuple[str, ...]:
        """The ways of writing the expression of a row, its reading last."""
        known, reading = writings(row.partition("\t")[0]), self.reading(row)
        return (*known, reading) if reading else known

    def reading(self, row: str) -> str:
        """How the expression of a row is read; empty where its table does not tell."""
        if _READING not in self._named:
            return ""
        return row.split("\t")[_COLUMNS + self._named.index(_READING)]

    def _equivalents(self, cells: Sequence[str]) -> tuple[Equivalent, ...]:
        """What the named columns say, in their order."""
        found = []
        for name, form in zip(self._named, cells, strict=True):
            lang, _, match = name.partition(" ")
            found += [Equivalent(lang=lang, form=form, match=how) for how in _CLOSE if form and how == match]
        return tuple(found)

    def _check(self, columns: Sequence[str]) -> None:
        wanted = _COLUMNS + len(self._named)
        if len(columns) != wanted or columns[_COLUMNS - 1] not in ("", _LITERAL):
            raise ValueError(f"a row has {wanted} columns here, of which the fourth is empty or: {_LITERAL}")


class Row:
    """A row of a table, which becomes a claim when somebody asks: most rows of a large table never do."""

    __slots__ = ("_claim", "table", "text")

    def __init__(self, table: Table, text: str) -> None:
        self.table, self.text = table, text
        self._claim: Claim | None = None

    @property
    def id(self) -> str:
        """The id of the claim, for which the row need not become one."""
        return self.table.id(self.text)

    @property
    def claim(self) -> Claim:
        """What the row says.

        Raises:
            ConfigError: ``claims.line`` for a row with what is no shorthand.
        """
        if self._claim is None:
            try:
                self._claim = self.table.claim(self.text)
            except ValueError as error:
                raise self._damaged(error) from None
        return self._claim

    @property
    def citation(self) -> str:
        """The expression as a dictionary has it."""
        return citation(self.text.partition("\t")[0])

    @property
    def writings(self) -> tuple[str, ...]:
        """The ways of writing the expression, in shorthand."""
        return self.table.written(self.text)

    def forms(self, writing: str) -> tuple[str, ...]:
        """The patterns behind one way of writing; raises like :attr:`claim`."""
        try:
            return spelled_out(writing, self.table.lang)
        except ValueError as error:
            raise self._damaged(error) from None

    def _damaged(self, error: ValueError) -> ConfigError:
        return ConfigError(
            "claims.line",
            received=f"a row of {self.table.lang} with {shorten(self.text)}: {error}",
            allowed="expressions in the shorthand of docs/culture.md",
            fix="Correct the row; tongli culture lint names its line.",
        )


_CLOSE: tuple[Closeness, ...] = get_args(Closeness)


def _columns(named: Sequence[str]) -> tuple[str, ...]:
    """Names of further columns; raises ``ValueError`` for what they cannot be."""
    known = {_READING, *(f"{lang} {how}" for name in named for lang in name.split()[:1] for how in _CLOSE)}
    if unknown := set(named) - known:
        raise ValueError(f"a column is {_READING}, or a language and a closeness; not {min(unknown)}")
    return tuple(named)


def _slug(words: str) -> str:
    """Letters and digits of the words without their marks; of other scripts the code points."""
    plain = words.lower()
    if words.isascii():
        split = plain.split()
        if "".join(split).isalpha():
            return "-".join(split)
    else:
        plain = unicodedata.normalize("NFKD", words.casefold().replace("ß", "ss"))
        plain = re.sub(r"[’\u0300-\u036f]", "", plain)
        plain = re.sub(r"[^\x00-\x7f]", lambda found: f"{ord(found[0]):x}-", plain)
    return _NO_SLUG.sub("-", plain.replace("'", "")).strip("-")
