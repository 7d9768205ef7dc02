"""Findings as JSON and as SARIF, with lines and columns from 1, columns in code points.

References:
    OASIS (2020), "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from tongli import __version__
from tongli.applications.jsonl import STANDARD
from tongli.applications.lint.check import Checked
from tongli.applications.lint.files import Document
from tongli.applications.lint.rules import Finding
from tongli.knowledge.claim import Claim

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_json(checked: Sequence[Checked], *, audiences: Sequence[str]) -> dict[str, Any]:
    """Everything as plain data: ``audiences``, ``files`` with their ``findings``, and counts."""
    findings = [finding for item in checked for finding in item.findings]
    return {
        "audiences": list(audiences),
        "warnings": sum(finding.severity == "warning" for finding in findings),
        "notes": sum(finding.severity == "note" for finding in findings),
        "files": [_file(item) for item in checked],
    }


def as_sarif(checked: Sequence[Checked]) -> dict[str, Any]:
    """A SARIF 2.1.0 log with one run; a rule for every claim that was found."""
    claims = {finding.claim.id: finding.claim for item in checked for finding in item.findings}
    places = {name: number for number, name in enumerate(claims)}
    driver = {
        "name": "tongli",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(claim) for claim in claims.values()],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [_notification(item) for item in checked if item.skipped],
            }
        ],
        "results": [
            _result(item.document, finding, places[finding.claim.id])
            for item in checked
            for finding in item.findings
        ],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _file(item: Checked) -> dict[str, Any]:
    return {
        "path": item.document.name,
        "language": {
            "tag": item.language.tag,
            "score": item.language.score,
            "declared": item.language.declared,
            "abstained": item.language.abstained,
        },
        "skipped": item.skipped,
        "hidden": item.hidden,
        "findings": [_finding(item.document, finding) for finding in item.findings],
    }


def _finding(document: Document, finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.claim.id,
        "kind": finding.claim.kind,
        "severity": finding.severity,
        "audience": finding.audience,
        "span": list(finding.span),
        **_region(document, finding),
        "text": document.text[slice(*finding.span)],
        "message": finding.message,
        "suggestion": finding.suggestion,
        "replacement": finding.replacement,
        "source": list(finding.sources),
        "counter": list(finding.counter),
        "status": finding.claim.status,
    }


def _region(document: Document, finding: Finding) -> dict[str, int]:
    start, end = finding.span
    line, column = document.place(start)
    last, stop = document.place(end)
    return {"line": line, "column": column, "end_line": last, "end_column": stop}


def _rule(claim: Claim) -> dict[str, Any]:
    told = [f"Source: {'; '.join(item.source for item in claim.evidence)}."]
    told += [f"But: {item.text}" for item in claim.counter]
    return {
        "id": claim.id,
        "name": claim.kind,
        "shortDescription": {"text": claim.statement},
        "fullDescription": {"text": claim.meaning.sense if claim.meaning is not None else claim.statement},
        "help": {"text": "\n".join(told)},
        "properties": {
            "tags": ["culture", claim.kind],
            "strength": claim.strength.level,
            "confidence": claim.strength.confidence,
            "status": claim.status,
        },
    }


def _result(document: Document, finding: Finding, rule: int) -> dict[str, Any]:
    region = _region(document, finding)
    whom = f"For {finding.audience}: " if finding.audience is not None else ""
    return {
        "ruleId": finding.claim.id,
        "ruleIndex": rule,
        "level": finding.severity,
        "message": {"text": f"{whom}{finding.message}. {finding.suggestion}".replace("..", ".")},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(document.name)},
                    "region": {
                        "startLine": region["line"],
                        "startColumn": region["column"],
                        "endLine": region["end_line"],
                        "endColumn": region["end_column"],
                        "charOffset": finding.span[0],
                        "charLength": finding.span[1] - finding.span[0],
                        "snippet": {"text": document.text[slice(*finding.span)]},
                    },
                }
            }
        ],
        "properties": {
            "audience": finding.audience,
            "suggestion": finding.suggestion,
            "replacement": finding.replacement,
            "source": list(finding.sources),
            "counter": list(finding.counter),
        },
    }


def _notification(item: Checked) -> dict[str, Any]:
    return {
        "level": "warning",
        "message": {"text": f"{item.document.name} was not looked at: {item.skipped}."},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(item.document.name)}}}],
    }


def _uri(name: str) -> str:
    """Of a file, relative as it was named; standard input has none, so it gets a name."""
    path = PurePath(name)
    if name == STANDARD:
        return "stdin"
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
