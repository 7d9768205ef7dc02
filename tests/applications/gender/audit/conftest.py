"""Audits of engines that are registered for a test, on a tiny model."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from importlib.metadata import EntryPoint, EntryPoints
from importlib.metadata import entry_points as installed
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tongli import Tongli
from tongli.applications import Job
from tongli.applications.gender.audit import Report, audit_lines
from tongli.core import Draft, EngineError, Plan, Provenance, Reading, Settings
from tongli.core.registry import GROUPS
from tongli.generation.plan import ACTS


class Fake:
    """An engine that writes what ``wording`` makes of a plan and a reading."""

    name = "fake"

    def __init__(self, wording: Callable[[Plan, Reading], str | None]) -> None:
        self.wording = wording
        self.seeds: list[int] = []

    def languages(self) -> None:
        return None

    def draft(self, plan: Plan, reading: Reading, *, n: int = 1) -> list[Draft]:
        self.seeds.append(plan.seed)
        text = self.wording(plan, reading)
        if text is None:
            raise EngineError("engine.fake", received="an author", allowed="others", fix="None.")
        return [Draft(text=text, lang=plan.culture.lang, provenance=Provenance(engine="fake"))][:n]


@pytest.fixture
def make_engine() -> type[Fake]:
    """The class of engines to register."""
    return Fake


@pytest.fixture
def register(monkeypatch) -> Callable[[Fake], None]:
    """Register an engine by the name ``fake``, as an installed plug-in would be."""

    def run(engine: Fake) -> None:
        module = ModuleType("fake_engine_module")
        module.make = lambda: engine  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, module.__name__, module)
        point = EntryPoint(name="fake", value="fake_engine_module:make", group=GROUPS[3])

        def found(*, group: str) -> EntryPoints:
            return EntryPoints([*installed(group=group), *([point] if group == GROUPS[3] else [])])

        monkeypatch.setattr("tongli.core.registry.entry_points", found)

    return run


class Feeling(Tongli):
    """Plans for the feeling that a message is marked with, which random heads would not find."""

    def plan(self, reading: Reading) -> Plan:
        feeling = str(reading.message.id).partition(".")[2]
        plan = super().plan(reading)
        return replace(plan, feeling=feeling, intensity=3.0, acts=ACTS[feeling]) if feeling in ACTS else plan


@pytest.fixture
def audit(
    tmp_path: Path, tiny_model: Path, tiny_settings: Settings
) -> Callable[..., tuple[Report, list[dict[str, Any]]]]:
    """Audit an engine on some lines: the report, and the lines of the output."""

    def run(
        lines: Iterable[Mapping[str, Any]], *, engine: str = "fake", **options: Any
    ) -> tuple[Report, list[dict[str, Any]]]:
        source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        source.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        tongli = Feeling(model=str(tiny_model), engine=engine, settings=tiny_settings)
        job = Job(source=str(source), target=str(target), overwrite=True)
        report = audit_lines(job, tongli=tongli, **options)
        return report, [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]

    return run
