"""Kinds of risk that a message may hold, the labels of claims ``risk``."""

from __future__ import annotations

from typing import Final

from tongli.core import Reading

SELF_HARM: Final = "self_harm"
"""Talk of ending or harming one's own life."""
THREAT: Final = "threat"
"""A threat of violence to somebody, or somebody's report of one."""

DANGER: Final = "danger"
"""Somebody who is hurt, in danger, or was wronged as a person."""


def at_risk(reading: Reading, label: str) -> bool:
    """Whether the reading holds this risk."""
    return any(claim.label == label for claim in reading.decided("risk"))
