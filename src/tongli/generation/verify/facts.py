"""Kept strings are kept; no number, date, amount, link, reference or name is made up."""

from __future__ import annotations

from tongli.core import Check, Person, Span
from tongli.generation.facts import Fact, extract_facts
from tongli.generation.verify.names import has_word, invented_names
from tongli.generation.verify.subject import Subject, quote


def check(subject: Subject) -> Check:
    """Fail when a string to keep or a notice is missing, or a fact comes from nowhere."""
    kept = (*subject.plan.keep, *subject.plan.notices)
    missing = [item for item in kept if item not in subject.text]
    source = _source(subject)
    known = {fact.value for fact in extract_facts(source)}
    facts = [fact for fact in extract_facts(subject.text) if not _sourced(fact, known, source)]
    names = invented_names(subject.own_words, lang=subject.lang, known=source) or []
    spans: list[Span] = sorted({*(fact.span for fact in facts), *names})
    complaints = [f"missing: {', '.join(missing)}"] if missing else []
    complaints += [f"not in the message: {quote(subject.text, spans)}"] if spans else []
    return Check(
        name="facts",
        passed=not complaints,
        detail="; ".join(complaints) or f"{len(kept)} kept, none made up",
        evidence=tuple(spans),
    )


def _sourced(fact: Fact, known: set[str], source: str) -> bool:
    return fact.value in known or has_word(source, fact.text)


def _source(subject: Subject) -> str:
    """All that a fact of the draft may come from."""
    message, plan = subject.reading.message, subject.plan
    people = (message.author, message.audience, *message.mentioned)
    names = (name for person in people for name in _names(person))
    house = (*plan.keep, *plan.notices, plan.signoff, plan.culture.salutation)
    return "\n".join((message.text, *message.history, *house, *names))


def _names(person: Person) -> list[str]:
    return [name for name in (person.name, person.given, person.family, person.title, person.domain) if name]
