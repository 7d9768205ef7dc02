"""A claim to fill in, for those who know a language or practice better than we do."""

from __future__ import annotations

from typing import Any

from tongli.knowledge.claim import FIGURATIVE, Kind

_MONTHS = {"slang": 11}
_USUAL_MONTHS = 24
_ADAPT = {"culture-item": "gloss", "address": "ask"}


def template(kind: Kind, lang: str, *, month: str) -> dict[str, Any]:
    """The JSON object of a claim; what is to be filled in stands in angle brackets, which the checks refuse.

    Args:
        kind: of claim.
        lang: language or audience that it holds for.
        month: year and month of today, ``2026-11``.
    """
    figurative = kind in FIGURATIVE
    scope: dict[str, Any] = {"register": ["casual"]}
    if kind == "slang":
        scope |= {"generation": ["<generation>"], "period": {"from": int(month[:4])}}
    claim: dict[str, Any] = {
        "id": f"{lang.lower()}.{kind}.slug",
        "kind": kind,
        "statement": "<one sentence about the expression, form or practice, never about people>",
        "trigger": {"forms": ["<the form as it is written>"]},
    }
    if figurative or kind == "culture-item":
        claim["meaning"] = {
            "literal": "<word for word>",
            "sense": "<what it means>",
            "literal_use_possible": True,
            "equivalents": [{"lang": "en", "form": "<what one would say there>", "match": "same-sense"}],
        }
    return claim | {
        "scope": scope,
        "strength": {"level": "common", "confidence": "medium"},
        "evidence": [{"source": "<who says so>", "type": "insider-report", "date": month}],
        "counter": [] if figurative else [{"text": "<where it does not hold>", "when": "<when>"}],
        "action": {"detect": "flag", "adapt": "substitute" if figurative else _ADAPT.get(kind, "rephrase")},
        "status": "draft",
        "review_by": _later(month, _MONTHS.get(kind, _USUAL_MONTHS)),
    }


def is_blank(text: str) -> bool:
    """Whether a text is a part of the template that was not filled in."""
    return text.startswith("<") and text.endswith(">")


def _later(month: str, months: int) -> str:
    years, rest = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 + months, 12)
    return f"{years:04}-{rest + 1:02}"
