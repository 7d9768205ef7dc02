"""Comments that tell the linter what to leave alone.

========================  =============================================================================
``tongli: ignore``        nothing on this line is reported
``tongli: ignore A, B``   nothing with these ids or of these kinds; those of another check hide nothing here
``tongli: off``           nothing from this line …
``tongli: on``            … to this line
========================  =============================================================================

They may stand anywhere on a line, in Markdown best as ``<!-- tongli: ignore -->``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tongli.knowledge.claim import KINDS, Claim

OF_GENDER = ("misgendering", "assumption", "agreement", "title", "former-name")
"""Labels of ``tongli gender check``, beside ``gender`` and ``inclusive`` and the rules under them."""

_ID = r"[a-z]{2,3}(?:-[A-Za-z0-9]+)*\.[a-z-]+\.[a-z0-9-]*[a-z0-9]"
_NAME = (
    rf"(?:{_ID}|(?:gender|inclusive)(?:\.[\w-]+)*(?![\w-])|(?:{'|'.join((*KINDS, *OF_GENDER))})(?![\w.-]))"
)
_NAMES = rf"(?P<names>{_NAME}(?:[ \t]*,[ \t]*{_NAME})*)"
_DIRECTIVE = re.compile(
    rf"(?<!\w)tongli:[ \t]*(?:(?P<switch>off|on)|ignore(?:[ \t:]+{_NAMES})?)(?!\w)",
)


@dataclass(frozen=True, slots=True)
class Suppressions:
    """What the comments of a text say.

    Attributes:
        lines: line from 1 → ids, kinds, labels and rules that are ignored there; ``None`` for everything.
        off: ranges of lines, both ends included, where everything is; the last may be open (``None``).
    """

    lines: dict[int, frozenset[str] | None]
    off: tuple[tuple[int, int | None], ...]

    def hide(self, line: int, claim: Claim) -> bool:
        """Whether a finding that starts on a line is to be left out."""
        if any(first <= line and (last is None or line <= last) for first, last in self.off):
            return True
        if line not in self.lines:
            return False
        names = self.lines[line]
        return names is None or claim.id in names or claim.kind in names


def suppressions(text: str) -> Suppressions:
    """Read the comments of a text; linear in its length."""
    lines: dict[int, frozenset[str] | None] = {}
    off: list[tuple[int, int | None]] = []
    number, seen = 1, 0
    for found in _DIRECTIVE.finditer(text):
        number += text.count("\n", seen, found.start())
        seen = found.start()
        if found["switch"]:
            _switch(off, number, on=found["switch"] == "on")
        else:
            named = frozenset(re.split(r"[ \t]*,[ \t]*", found["names"])) if found["names"] else None
            before = lines.get(number, frozenset())
            lines[number] = None if named is None or before is None else before | named
    return Suppressions(lines, tuple(off))


def blank_comments(text: str) -> str:
    """The text with the comments themselves blanked, no offset moved."""
    return _DIRECTIVE.sub(lambda found: " " * len(found[0]), text)


def _switch(off: list[tuple[int, int | None]], line: int, *, on: bool) -> None:
    is_off = bool(off) and off[-1][1] is None
    if on and is_off:
        off[-1] = (off[-1][0], line)
    elif not on and not is_off:
        off.append((line, None))
