"""SARIF against what version 2.1.0 requires; JSON against the text it is about."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from tongli.applications.lint.check import check
from tongli.applications.lint.config import LintConfig
from tongli.applications.lint.files import document
from tongli.applications.lint.report import as_json, as_sarif


def _object(required: str, **properties: Any) -> dict[str, Any]:
    known = {"properties": {"type": "object"}, **properties}
    return {
        "type": "object",
        "required": required.split(),
        "properties": known,
        "additionalProperties": False,
    }


TEXT = {"type": "string"}
MESSAGE = {
    "type": "object",
    "anyOf": [{"required": ["text"]}, {"required": ["id"]}],
    "properties": {"text": TEXT},
}
MULTIFORMAT = _object("text", text=TEXT, markdown=TEXT)
LEVEL = {"enum": ["none", "note", "warning", "error"]}
POSITIVE = {"type": "integer", "minimum": 1}
REGION = _object(
    "",
    startLine=POSITIVE,
    startColumn=POSITIVE,
    endLine=POSITIVE,
    endColumn=POSITIVE,
    charOffset={"type": "integer", "minimum": -1},
    charLength={"type": "integer", "minimum": 0},
    snippet=_object("", text=TEXT),
)
ARTIFACT = _object("", uri={"type": "string", "pattern": r"^[A-Za-z0-9%/._~:-]+$"})
LOCATION = _object("", physicalLocation=_object("artifactLocation", artifactLocation=ARTIFACT, region=REGION))
RULE = _object(
    "id", id=TEXT, name=TEXT, shortDescription=MULTIFORMAT, fullDescription=MULTIFORMAT, help=MULTIFORMAT
)
DRIVER = _object(
    "name",
    name=TEXT,
    version=TEXT,
    semanticVersion=TEXT,
    rules={"type": "array", "uniqueItems": True, "items": RULE},
)
RESULT = _object(
    "message",
    ruleId=TEXT,
    ruleIndex={"type": "integer", "minimum": -1},
    level=LEVEL,
    message=MESSAGE,
    locations={"type": "array", "items": LOCATION},
)
NOTIFICATION = _object(
    "message", message=MESSAGE, level=LEVEL, locations={"type": "array", "items": LOCATION}
)
INVOCATION = _object(
    "executionSuccessful",
    executionSuccessful={"type": "boolean"},
    toolExecutionNotifications={"type": "array", "items": NOTIFICATION},
)
RUN = _object(
    "tool",
    tool=_object("driver", driver=DRIVER),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    invocations={"type": "array", "items": INVOCATION},
    results={"type": ["array", "null"], "items": RESULT},
)
SARIF = _object("version runs", version={"const": "2.1.0"}, runs={"type": ["array", "null"], "items": RUN})
SARIF["properties"]["$schema"] = {"type": "string", "format": "uri"}
"""What the schema of OASIS requires of the parts that we write, and the names that it knows there."""

WRITTEN = {
    "a.md": "😀 We are\nover the\r\nmoon. Break a leg! Leave a tip.\n",
    "b c.txt": "Wir drücken dir die Daumen. Können Sie kommen?",
    "c.txt": "Tämä on suomenkielinen lause, jossa ei ole mitään erityistä.",
    "d.txt": "",
    "-": "Ordinary words.",
}


@pytest.fixture
def checked():
    config = LintConfig(audiences=("ja-JP", "en-GB"))
    return [check(document(name, text, markdown=name == "a.md"), config) for name, text in WRITTEN.items()]


def test_sarif_is_valid(checked):
    log = json.loads(json.dumps(as_sarif(checked)))
    jsonschema.validate(log, SARIF)
    (run,) = log["runs"]
    assert run["results"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    names = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(set(names)) == len(names)
    uris = {item["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for item in run["results"]}
    assert uris == {"a.md", "b%20c.txt"}
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert (
        told["message"]["text"] == "c.txt was not looked at: its language is fi, of which nothing is known."
    )


def test_sarif_without_findings_is_valid():
    jsonschema.validate(as_sarif([]), SARIF)


def test_places_are_those_of_the_text(checked):
    data = as_json(checked, audiences=("ja-JP", "en-GB"))
    assert json.loads(json.dumps(data)) == data
    for file, text in zip(data["files"], WRITTEN.values(), strict=True):
        lines = text.split("\n")
        for item in file["findings"]:
            start, end = item["span"]
            assert text[start:end] == item["text"]
            first = lines[item["line"] - 1][item["column"] - 1 :]
            assert item["text"].startswith(first[: end - start].split("\n")[0])
            assert item["rule"]
            assert item["source"]
    moon = next(item for item in data["files"][0]["findings"] if item["rule"] == "en.idiom.over-the-moon")
    assert [moon[key] for key in ("line", "column", "end_line", "end_column")] == [2, 1, 3, 5]


def test_counts(checked):
    data = as_json(checked, audiences=("ja-JP", "en-GB"))
    findings = [item for file in data["files"] for item in file["findings"]]
    assert data["warnings"] == sum(item["severity"] == "warning" for item in findings) > 0
    assert data["notes"] == sum(item["severity"] == "note" for item in findings)
    assert data["files"][2]["skipped"]
    assert not data["files"][3]["skipped"]
