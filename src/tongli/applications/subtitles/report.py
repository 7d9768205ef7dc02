"""Findings as JSON and as SARIF.

References:
    OASIS (2020), "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from tongli import __version__
from tongli.applications.jsonl import STANDARD
from tongli.applications.subtitles.check import RULES, Finding
from tongli.applications.subtitles.cue import Track
from tongli.applications.subtitles.limits import Limits


def as_json(name: str, track: Track, findings: Sequence[Finding], *, allowed: Limits) -> dict[str, Any]:
    """Everything as plain data: the file, its language, counts, findings."""
    return {
        "path": name,
        "format": track.form,
        "language": allowed.lang,
        "fps": allowed.fps,
        "cues": len(track.cues),
        "errors": sum(finding.severity == "error" for finding in findings),
        "warnings": sum(finding.severity == "warning" for finding in findings),
        "findings": [asdict(finding) for finding in findings],
    }


def as_sarif(name: str, findings: Sequence[Finding]) -> dict[str, Any]:
    """A SARIF 2.1.0 log with one run."""
    places = {rule: number for number, rule in enumerate(RULES)}
    rules = [{"id": rule, "shortDescription": {"text": told}} for rule, told in RULES.items()]
    uri = "stdin" if name == STANDARD else _uri(name)
    return {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "tongli", "version": __version__, "rules": rules}},
                "results": [_result(finding, uri, places[finding.rule]) for finding in findings],
            }
        ],
    }


def _result(finding: Finding, uri: str, place: int) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if finding.line:
        location["region"] = {"startLine": finding.line}
    return {
        "ruleId": finding.rule,
        "ruleIndex": place,
        "level": finding.severity,
        "message": {"text": f"Cue {finding.cue}: {finding.message}."},
        "locations": [{"physicalLocation": location}],
    }


def _uri(name: str) -> str:
    path = PurePath(name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
