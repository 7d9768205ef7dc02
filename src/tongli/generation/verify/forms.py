"""The reader is addressed, and agreed with, as they declared; undeclared, no form shows a gender.

The check abstains when none of its three parts can judge the language. What agrees with the *writer* of the
reply ("obrigada", "рад") is out of scope: the writer answers for their own forms.
"""

from __future__ import annotations

from collections.abc import Callable

from tongli.core import Check, Span
from tongli.generation.verify.lexicon import phrases, table
from tongli.generation.verify.pronouns import wrong_pronouns
from tongli.generation.verify.subject import Subject, quote
from tongli.knowledge.address import find_address
from tongli.knowledge.locales import knows, profile

Found = list[Span] | None
"""Wrong forms; ``None`` when the part cannot judge the language."""


def check(subject: Subject) -> Check:
    """Fail on a wrong form of address, a gendered form that was not declared, a wrong pronoun."""
    parts: dict[str, Callable[[Subject], Found]] = {
        "form of address": wrong_address,
        "agreement": wrong_agreement,
        "pronoun": wrong_pronouns,
    }
    found = {name: part(subject) for name, part in parts.items()}
    wrong = {name: spans for name, spans in found.items() if spans}
    if wrong:
        detail = "; ".join(f"wrong {name}: {quote(subject.text, spans)}" for name, spans in wrong.items())
        spans = sorted({span for spans in wrong.values() for span in spans})
        return Check(name="forms", passed=False, detail=detail, evidence=tuple(spans))
    judged = [name for name, spans in found.items() if spans is not None]
    if not judged:
        return Check(name="forms", passed=None, detail=f"no rules for {subject.lang}")
    return Check(name="forms", passed=True, detail=f"nothing wrong in {', '.join(judged)}")


def wrong_address(subject: Subject) -> Found:
    """Markers of the form of address that the plan does not ask for."""
    wanted, lang = subject.plan.culture.address, subject.lang
    own = table("address").get(lang, {})
    known = profile(subject.plan.culture.lang) if knows(subject.plan.culture.lang) else None
    if known is None or not (known.markers or own):
        return None
    if wanted == "informal" and own.get("polite_is_fine", False):
        return []
    text = subject.own_words
    if neither := phrases("address", lang, "neither"):
        for start, end in neither.find(text):
            text = text[:start] + " " * (end - start) + text[end:]
    used = find_address(text, known)
    spans = used.informal if wanted == "formal" else used.formal
    more = phrases("address", lang, "informal" if wanted == "formal" else "formal")
    return sorted({*spans, *(more.find(text) if more else [])})


def wrong_agreement(subject: Subject) -> Found:
    """Gendered forms other than the declared ones; all of them where none or a neutral one is declared."""
    if subject.lang not in table("agreement"):
        return None
    wrong = {"masculine", "feminine"} - {subject.plan.agreement}
    lists = [phrases("agreement", subject.lang, gender) for gender in sorted(wrong)]
    return sorted({span for found in lists if found for span in found.find(subject.own_words)})
