"""No traces of the machinery: placeholders, role markers, talk about being a model, parroting, loops."""

from __future__ import annotations

import re
from collections import Counter

from tongli.core import Check, Span
from tongli.generation.engines import prompts
from tongli.generation.verify.lexicon import phrases
from tongli.generation.verify.subject import Subject, quote

_PLACEHOLDER = re.compile(
    r"\[[^\W\d_][^\[\]\n]{0,40}\]|【[^【】\n]{1,40}】|\{[^{}\n]{0,60}\}|\{\{|\}\}|<[a-z_/|][^<>\n]{0,40}>"
    r"|_{3,}|(?-i:\bX{3,}\b|\bTODO\b)|```|^#{1,6} |^\s*(?:system|user|assistant|draft(?: \d)?|reply)\s*:",
    re.IGNORECASE | re.MULTILINE,
)
_SENTENCE = re.compile(r"[^.!?。！？\n]{12,}[.!?。！？]?")
_PART = re.compile(r"(?<=[.!?。！？؟।])|\n")
_SAID = 12
"""Letters of a draft from which one that only says what the message says is an echo."""
_ECHO = 80
"""Code points of the message in one piece that count as parroting it."""


def check(subject: Subject, *, echo: bool = True) -> Check:
    """Fail on anything that only a template, a prompt or a stuck model leaves behind.

    Args:
        subject: the draft and what it answers.
        echo: whether to repeat a stretch of the message counts, too.
    """
    found = {
        "left over": _left_over(subject),
        "about the machine": _about_machine(subject),
        "from the prompt": _from_prompt(subject.text),
        "repeated": _repeated(subject.text),
        "echo of the message": _echo(subject) if echo else [],
    }
    wrong = {name: spans for name, spans in found.items() if spans}
    detail = "; ".join(f"{name}: {quote(subject.text, spans, limit=3)}" for name, spans in wrong.items())
    evidence = sorted({span for spans in wrong.values() for span in spans})
    return Check(name="artefact", passed=not wrong, detail=detail or "none found", evidence=tuple(evidence))


def _left_over(subject: Subject) -> list[Span]:
    spans = [found.span() for found in _PLACEHOLDER.finditer(subject.text)]
    kept = " ".join(subject.plan.keep)
    return [(start, end) for start, end in spans if subject.text[start:end] not in kept]


def _about_machine(subject: Subject) -> list[Span]:
    lists = (phrases("machine", lang, "phrases") for lang in {subject.lang, "en"})
    return [span for found in lists if found for span in found.find(subject.text)]


def _from_prompt(text: str) -> list[Span]:
    return [
        found.span() for found in _SENTENCE.finditer(text) if found[0].strip().lower() in prompts.sentences()
    ]


def _repeated(text: str) -> list[Span]:
    sentences = [(found[0].strip().lower(), found.span()) for found in _SENTENCE.finditer(text)]
    counts = Counter(words for words, _ in sentences)
    return [span for words, span in sentences if counts[words] > 1]


def _echo(subject: Subject) -> list[Span]:
    text, asked = subject.own_words, subject.reading.message.text
    said = [words for part in _PART.split(text) if (words := _bare(part))]
    bare = _bare(asked)
    if sum(map(len, said)) >= _SAID and all(words in bare for words in said):
        return [(0, len(text))]
    starts = range(0, len(text) - _ECHO + 1, _ECHO // 4)
    return [(start, start + _ECHO) for start in starts if text[start : start + _ECHO] in asked][:1]


def _bare(text: str) -> str:
    """The letters and digits of a text, whatever their case."""
    return "".join(char for char in text.casefold() if char.isalnum())
