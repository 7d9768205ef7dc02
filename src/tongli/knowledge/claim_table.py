"""Tables of claims: one expression a row, and what all rows share once, at the top.

``NAME.tsv`` holds, on its first line, the fields that its claims share, as one JSON object in the form of
``claims/schema.json`` with the language in ``lang``. Each further line is an expression, its sense and, where
it is not the words themselves, its literal gloss, in columns between tabs; ``both`` in a fourth column says
that ordinary text may mean the words literally. Expressions are patterns of
:mod:`tongli.knowledge.claim_patterns` in the shorthand of :mod:`tongli.knowledge.claim_shorthand`::

    {kick} the bucket	die	to strike a pail	both
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from tongli.knowledge.claim import Claim, Meaning, Trigger, parse_claim
from tongli.knowledge.claim_shorthand import citation, spelled_out

_COLUMNS = 4
_LITERAL = "both"
_NO_SLUG = re.compile(r"[^a-z0-9]+")


class Table:
    """Makes claims of the rows of a table.

    Args:
        shared: the first line: what all claims of the table share, with ``lang`` and ``kind``.

    Raises:
        ValueError, TypeError, KeyError: for anything else.
    """

    def __init__(self, shared: Mapping[str, Any]) -> None:
        self._lang = str(shared["lang"])
        given = {key: value for key, value in shared.items() if key != "lang"}
        empty = parse_claim({"id": "", "statement": "", **given})
        own = ("id", "statement", "trigger", "meaning")
        self._kind = empty.kind
        self._shared = {
            each.name: getattr(empty, each.name) for each in fields(empty) if each.name not in own
        }

    def claim(self, row: str) -> Claim:
        """The claim of a row; raises ``ValueError`` for a damaged row."""
        columns = row.split("\t")
        if not 2 <= len(columns) <= _COLUMNS or columns[3:] not in ([], [_LITERAL]):
            raise ValueError(f"a row has two to four columns, of which the fourth is: {_LITERAL}")
        words, sense = citation(columns[0]), columns[1]
        return Claim(
            **self._shared,
            id=f"{self._lang}.{self._kind}.{_slug(words)}",
            statement=f"The {self._kind} “{words}” means “{sense}”.",
            trigger=Trigger(forms=spelled_out(columns[0], self._lang)),
            meaning=Meaning(
                literal=(columns[2:3] or [""])[0] or words,
                sense=sense,
                literal_use_possible=len(columns) == _COLUMNS,
            ),
        )


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
