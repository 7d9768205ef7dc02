"""Label Studio's JSON: tasks out, annotations of several people in. Label Studio itself is not needed.

References:
    Label Studio documentation: "Label Studio JSON format of annotated tasks", "Import pre-annotated data".
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from tongli.core import InputError, StorageError
from tongli.core.whole_file import write_whole
from tongli.core.writing import writing
from tongli.knowledge.schemes import SCHEMES, Schemes
from tongli.learning.annotate.controls import Part, Values, decode, encode
from tongli.learning.data.record import Record, parse

_FIELDS = {item.name for item in fields(Record)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What the current model would answer.

    Attributes:
        values: head → label → hard value; heads that abstain are left out.
        model: id of the model.
        confidence: 0..1, or ``None`` when no head says how sure it is.
    """

    values: Mapping[str, Values]
    model: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What one annotator said about one message: head → label → value. ``annotator`` is a made-up id."""

    annotator: str
    values: Mapping[str, Values]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A message and everything that annotators said about it, one judgement an annotator."""

    record: Record
    judgements: tuple[Judgement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotations:
    """A Label Studio export, read.

    Attributes:
        items: one a task, in order.
        annotators: how many people annotated.
        skipped: cancelled annotations, which are not used.
        unused: name of a control → how often its answer was not used, because it belongs to no head or
            contradicts itself.
    """

    items: tuple[Item, ...]
    annotators: int
    skipped: int
    unused: Mapping[str, int]


def to_task(
    record: Record,
    *,
    part: Part = "text",
    suggestion: Suggestion | None = None,
    schemes: Schemes = SCHEMES,
) -> dict[str, Any]:
    """A task to import; its data is the record, so that nothing is lost on the way back."""
    task: dict[str, Any] = {"data": record.to_dict()}
    if suggestion is not None and suggestion.values:
        results = [
            result
            for head, values in suggestion.values.items()
            for result in encode(schemes[head], values, part=part)
        ]
        prediction: dict[str, Any] = {"model_version": suggestion.model, "result": results}
        if suggestion.confidence is not None:
            prediction["score"] = suggestion.confidence
        task["predictions"] = [prediction]
    return task


def part_of(records: Sequence[Record]) -> Part:
    """The part that every record has: text, else audio, else image.

    Raises:
        InputError: ``annotate.none`` without records, ``annotate.parts`` when they share no part.
    """
    if not records:
        raise InputError(
            "annotate.none", received="no record", allowed="at least one", fix="Check the input file."
        )
    parts: tuple[Part, ...] = ("text", "audio", "image")
    for part in parts:
        if all(getattr(record, part) for record in records):
            return part
    raise InputError(
        "annotate.parts",
        received="records that share no part",
        allowed="text, audio or an image in every record",
        fix="Export the records of each kind on their own.",
    )


def write_file(path: Path, text: str) -> None:
    """Whole or not at all; raises ``StorageError`` (``labelstudio.unwritable``)."""
    with writing("labelstudio.unwritable", path):
        write_whole(path, text.encode())


def write_tasks(path: Path, tasks: Iterable[Mapping[str, Any]]) -> None:
    """Write the JSON array that Label Studio imports; raises like :func:`write_file`."""
    write_file(path, json.dumps(list(tasks), ensure_ascii=False, indent=1) + "\n")


def read_annotations(path: Path, *, schemes: Schemes = SCHEMES) -> Annotations:
    """Read an export in the format JSON (not JSON-MIN).

    Annotators become ``a1``, ``a2``, … in order of appearance; names and addresses are dropped. When one
    annotator answered a task twice, the last answer counts.

    Args:
        path: of the file.
        schemes: of the heads that answers and labels may be of.

    Raises:
        InputError: ``labelstudio.json``, ``labelstudio.task``, ``labelstudio.result``,
            ``labelstudio.label``, ``labelstudio.value`` or ``record.*``, naming the task.
        StorageError: ``labelstudio.unreadable``.
    """
    people: dict[str, str] = {}
    unused: Counter[str] = Counter()
    items, skipped = [], 0
    for number, task in enumerate(_tasks(path), start=1):
        place = f"{path.name}: task {number}"
        annotations = _annotations(task, place=place)
        done = [item for item in annotations if not item.get("was_cancelled")]
        skipped += len(annotations) - len(done)
        judgements = {}
        for annotation in done:
            values, left = decode(_results(annotation, place=place), place=place, schemes=schemes)
            unused.update(left)
            if values:
                name = _pseudonym(annotation.get("completed_by"), people)
                judgements[name] = Judgement(annotator=name, values=values)
        record = _record(task, number=number, place=place, schemes=schemes)
        items.append(Item(record=record, judgements=tuple(judgements.values())))
    return Annotations(items=tuple(items), annotators=len(people), skipped=skipped, unused=dict(unused))


def _tasks(path: Path) -> list[Any]:
    try:
        tasks = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as broken:
        raise StorageError(
            "labelstudio.unreadable",
            received=f"{path.name}: {type(broken).__name__}",
            allowed="a readable UTF-8 file",
            fix="Check the path.",
        ) from broken
    except (ValueError, RecursionError) as broken:
        raise _bad("labelstudio.json", f"{path.name}: {type(broken).__name__}", "JSON") from broken
    if not isinstance(tasks, list):
        raise _bad("labelstudio.json", f"{path.name}: {type(tasks).__name__}", "an array of tasks")
    return tasks


def _annotations(task: object, *, place: str) -> list[dict[str, Any]]:
    found = task.get("annotations") if isinstance(task, dict) else None
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise _bad("labelstudio.task", f"{place} without annotations", "data and annotations in each task")
    return found


def _results(annotation: Mapping[str, Any], *, place: str) -> list[dict[str, Any]]:
    results = annotation.get("result")
    if not isinstance(results, list) or not all(isinstance(item, dict) for item in results):
        raise _bad("labelstudio.result", f"{place}: an annotation without result", "a list of results")
    return results


def _record(task: Mapping[str, Any], *, number: int, place: str, schemes: Schemes) -> Record:
    data = task.get("data")
    if not isinstance(data, dict):
        raise _bad("labelstudio.task", f"{place} without data", "data and annotations in each task")
    # A project that was not exported from here has fields of its own, and perhaps no id.
    known = {name: value for name, value in data.items() if name in _FIELDS}
    return parse({"id": str(task.get("id", number)), **known}, place=place, schemes=schemes)


def _pseudonym(who: object, people: dict[str, str]) -> str:
    """``completed_by`` is an id, or an object with an id, a name and an address; or it is missing."""
    key = who.get("id", who.get("email")) if isinstance(who, dict) else who
    unknown = f"unknown {len(people)}"
    return people.setdefault(unknown if key is None else repr(key), f"a{len(people) + 1}")


def _bad(code: str, received: str, allowed: str) -> InputError:
    return InputError(
        code,
        received=received,
        allowed=allowed,
        fix="Export the project from Label Studio in the format JSON and import that file.",
    )
