"""Runs of WordprocessingML that look alike and follow one another, joined: Word splits words at will.

A word that was typed in two sittings, or once looked at by the spelling checker, stands in two runs. No
engine can translate half a word, so such runs are one stretch; their translation takes the place of all.

Reference: ECMA-376, part 1, 17.3.2 "Run".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tongli.applications.documents.document import Paragraph, Run

_LOOK = r"(?P<look><w:rPr>(?:(?!</w:rPr>).)*+</w:rPr>)?+"
_HEAD = rf"<w:r(?:\s[^<>]*)?>\s*{_LOOK}\s*<w:t(?:\s[^<>]*)?>"
_OPENED = re.compile(rf"{_HEAD}\Z", re.DOTALL)
_BETWEEN = re.compile(rf"</w:t>\s*</w:r>\s*(?:<w:proofErr\s[^<>]*/>\s*)*{_HEAD}", re.DOTALL)
_UNSEEN = re.compile(r"<w:(?:lang|noProof|rsid)\b[^<>]*/>|</?w:rPr>|\s+(?=[</])")
_FARTHEST = 4096
"""Code points before a run in which its properties are looked for."""


def joined(paragraph: Paragraph, source: str) -> Paragraph:
    """The paragraph with runs that differ in nothing that is seen as one run."""
    return replace(paragraph, runs=tuple(_joined(paragraph.runs, source)))


def _joined(runs: tuple[Run, ...], source: str) -> Iterator[Run]:
    last, look = None, ""
    for run in runs:
        between = source[last.source[1] : run.source[0]] if last is not None else ""
        found = _BETWEEN.fullmatch(between) if between else None
        alike = found is not None and _seen(found) == look
        if last is not None and alike and not (last.locked or run.locked):
            last = last._replace(end=run.end, source=(last.source[0], run.source[1]))
            continue
        if last is not None:
            yield last
        if between or last is None:  # otherwise still in the same run
            start = max(0, run.source[0] - _FARTHEST)
            opened = [*re.finditer(r"<w:r[\s>]", source[start : run.source[0]])]
            found = _OPENED.match(source[start + opened[-1].start() : run.source[0]]) if opened else None
            look = "?" if found is None else _seen(found)
        last = run
    if last is not None:
        yield last


def _seen(found: re.Match[str]) -> str:
    """What a reader sees of a run's properties."""
    return _UNSEEN.sub("", found["look"] or "")
