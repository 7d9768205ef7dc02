"""Heads as Label Studio controls: the labelling configuration, and values to and from results.

A control that was left empty says nothing, so every answer can be given on purpose: multi-label heads have a
choice for "none of these", and ratings start at one star for the lowest value.

References:
    Label Studio documentation: "Label Studio JSON format of annotated tasks", tags Choices and Rating.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal
from xml.etree import ElementTree as ET  # only written, never parsed

from tongli.core import InputError, shorten
from tongli.knowledge.schemes import SCHEMES, Scheme, Schemes

Part = Literal["text", "audio", "image"]
Values = Mapping[str, float]

NONE = "none of these"
"""Choice of a multi-label head that denies every label."""


def config_xml(schemes: Iterable[Scheme], *, part: Part = "text") -> str:
    """The labelling configuration of a project, one block of controls a head.

    Args:
        schemes: of the heads to label.
        part: of the message that is shown and labelled.
    """
    view = ET.Element("View")
    ET.SubElement(view, part.capitalize(), name=part, value=f"${part}")
    for scheme in schemes:
        ET.SubElement(view, "Header", value=_question(scheme))
        for name, label in _controls(scheme):
            _add_control(view, scheme, name=name, label=label, part=part)
    ET.indent(view)
    return ET.tostring(view, encoding="unicode") + "\n"


def encode(scheme: Scheme, values: Values, *, part: Part = "text") -> list[dict[str, Any]]:
    """Hard values of one head → Label Studio results.

    Args:
        scheme: of the head.
        values: label → 0 or 1, or a number in the scheme's range, which is rounded to whole stars.
        part: of the message that the controls belong to.
    """
    if scheme.kind in {"ordinal", "regression"}:
        return [
            _result(f"{scheme.name}-{label}", "rating", round(value - scheme.low) + 1, part=part)
            for label, value in values.items()
        ]
    chosen = [label for label in scheme.labels if values[label] >= 0.5]
    chosen = chosen or [NONE if scheme.kind == "multilabel" else f"not {scheme.labels[0]}"]
    return [_result(scheme.name, "choices", chosen, part=part)]


def decode(
    results: Iterable[Mapping[str, Any]], *, place: str, schemes: Schemes = SCHEMES
) -> tuple[dict[str, Values], list[str]]:
    """One annotator's results → head → label → value.

    Args:
        results: ``result`` of an annotation.
        place: of the annotation, for messages.
        schemes: of the heads that answers may be of.

    Returns:
        The values, and the names of controls that were not used: those of no head, and contradictions (a
        label and "none of these" at once).

    Raises:
        InputError: ``labelstudio.result``, ``labelstudio.label`` or ``labelstudio.value``.
    """
    found: dict[str, dict[str, float]] = {}
    unused: list[str] = []
    for result in results:
        name, answer = _answer(result, place=place, schemes=schemes)
        head, _, label = name.partition("-")
        scheme = schemes.get(head)
        if scheme is None:
            unused.append(name)
        elif not answer:
            continue
        elif isinstance(answer, list):
            values = _chosen(scheme, answer, place=place)
            found |= {head: values} if values else {}
            unused += [] if values else [name]
        else:
            found.setdefault(head, {})[label] = _rated(scheme, label, answer, place=place)
    return dict(found), unused


def _question(scheme: Scheme) -> str:
    if scheme.kind == "multilabel":
        return f"{scheme.name}: choose everything that the message expresses"
    if scheme.kind in {"multiclass", "binary"}:
        return f"{scheme.name}: choose one"
    return f"{scheme.name}: one star is {scheme.low:g}, {_stars(scheme)} stars are {scheme.high:g}"


def _controls(scheme: Scheme) -> list[tuple[str, str]]:
    """(name of the control, label it belongs to)."""
    if scheme.kind in {"ordinal", "regression"}:
        return [(f"{scheme.name}-{label}", label) for label in scheme.labels]
    return [(scheme.name, "")]


def _add_control(view: ET.Element, scheme: Scheme, *, name: str, label: str, part: Part) -> None:
    if scheme.kind in {"ordinal", "regression"}:
        ET.SubElement(view, "Header", value=label, size="5")
        ET.SubElement(view, "Rating", name=name, toName=part, maxRating=str(_stars(scheme)))
        return
    many = "multiple" if scheme.kind == "multilabel" else "single"
    control = ET.SubElement(view, "Choices", name=name, toName=part, choice=many, required="true")
    for value in _choices(scheme):
        ET.SubElement(control, "Choice", value=value)


def _choices(scheme: Scheme) -> tuple[str, ...]:
    if scheme.kind == "multilabel":
        return tuple(dict.fromkeys((*scheme.labels, NONE)))  # a scheme may have that label itself
    if scheme.kind == "binary":
        return (scheme.labels[0], f"not {scheme.labels[0]}")
    return scheme.labels


def _stars(scheme: Scheme) -> int:
    return round(scheme.high - scheme.low) + 1


def _result(name: str, kind: str, answer: object, *, part: Part) -> dict[str, Any]:
    return {"id": name, "from_name": name, "to_name": part, "type": kind, "value": {kind: answer}}


def _answer(result: Mapping[str, Any], *, place: str, schemes: Schemes) -> tuple[str, list[str] | int | None]:
    """Name of the control and its answer, which says nothing for a control of no head or one left empty."""
    name, kind, value = (result.get(key) for key in ("from_name", "type", "value"))
    if not isinstance(name, str) or not isinstance(value, dict):
        raise _bad("labelstudio.result", f"{place}: a result without from_name and value", "both")
    answer = value.get(str(kind))
    if name.partition("-")[0] not in schemes or not answer:
        return name, None
    choices = isinstance(answer, list) and all(isinstance(choice, str) for choice in answer)
    if (kind == "choices" and choices) or (kind == "rating" and type(answer) is int):
        return name, answer
    raise _bad(
        "labelstudio.result", f"{place}: {shorten(name)} of type {shorten(kind)}", "choices, or whole stars"
    )


def _chosen(scheme: Scheme, answer: Sequence[str], *, place: str) -> dict[str, float]:
    """Label → 0 or 1; empty for a contradiction."""
    choices = _choices(scheme)
    where = f"{place}: {scheme.name}"
    if scheme.kind in {"ordinal", "regression"}:
        raise _bad("labelstudio.result", f"{where} with choices", "stars")
    if unknown := [choice for choice in answer if choice not in choices]:
        raise _bad("labelstudio.label", f"{where} {shorten(unknown[0])}", ", ".join(choices))
    if len(answer) > 1 and scheme.kind != "multilabel":
        raise _bad("labelstudio.value", f"{where} with {len(answer)} choices", "one choice")
    if len(answer) > 1 and NONE in answer:
        return {}
    return {label: float(label in answer) for label in scheme.labels}


def _rated(scheme: Scheme, label: str, stars: int, *, place: str) -> float:
    where = f"{place}: {scheme.name} {shorten(label)}"
    if label not in scheme.labels or scheme.kind not in {"ordinal", "regression"}:
        raise _bad("labelstudio.label", where, f"a rating of {', '.join(scheme.labels)}")
    if not 1 <= stars <= _stars(scheme):
        raise _bad("labelstudio.value", f"{where} with {stars} stars", f"1 to {_stars(scheme)} stars")
    return scheme.low + stars - 1


def _bad(code: str, received: str, allowed: str) -> InputError:
    return InputError(
        code, received=received, allowed=allowed, fix="Use the configuration that `export` writes."
    )
