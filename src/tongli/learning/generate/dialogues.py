"""Dialogues to learn replies from, and pairs of replies of which people preferred one, as JSON lines."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from tongli.core import InputError
from tongli.core.text import clean
from tongli.learning.data.licences import Verdict, judge
from tongli.learning.data.lines import read_objects
from tongli.learning.data.normal import normal_form
from tongli.learning.data.record import Record

Turn = dict[str, str]
"""``{"role": …, "content": …}``."""

_ROLES = ("system", "user", "assistant")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """Turns, and the reply that follows them.

    Attributes:
        id: as the file has it, or its name and line.
        lang: BCP-47 tag, ``und`` when unknown.
        turns: at least one; the last is the user's.
        reply: what was answered; in a pair, what was preferred.
        rejected: what was not; empty outside pairs.
        source, licence: of the data.
    """

    id: str
    lang: str
    turns: tuple[Turn, ...]
    reply: str
    rejected: str = ""
    source: str = "own"
    licence: str = "unknown"

    @property
    def message(self) -> str:
        """What is answered: the last turn."""
        return self.turns[-1]["content"]

    @property
    def share(self) -> float:
        """In 0..1, by the hash of what is answered: a prompt never changes sides."""
        digest = hashlib.sha256(f"held-out {normal_form(self.message)}".encode()).digest()
        return int.from_bytes(digest[:8], "big") / 2**64


def read_dialogues(files: Iterable[Path], *, licence: str = "unknown") -> list[Dialogue]:
    """Lines with ``messages`` of which the last is the assistant's, or with ``context`` and ``reply``.

    ``context`` is one text, or texts of which the last is the user's and every other one the assistant's.
    ``id``, ``lang``, ``source`` and ``licence`` may stand beside; other fields are left alone.

    Args:
        files: JSON lines, plain or gzip.
        licence: of lines that name none.

    Raises:
        InputError: ``record.json``, ``record.object`` or ``dialogue.line``, naming file and line;
            ``train.empty``.
        StorageError: ``record.unreadable``.
    """
    found = []
    for place, line in chain.from_iterable(map(read_objects, files)):
        turns = _turns(line, place)
        if "messages" in line:
            *turns, last = turns
            reply = last["content"] if last["role"] == "assistant" else ""
        else:
            reply = _text(line.get("reply"))
        if not reply or not turns or turns[-1]["role"] != "user":
            raise _bad(place, "messages that end with user and assistant, or context and reply")
        found.append(_dialogue(line, place, turns=turns, reply=reply, licence=licence))
    return _some(found, "a dialogue")


def read_pairs(files: Iterable[Path], *, licence: str = "unknown") -> list[Dialogue]:
    """Lines with ``prompt``, ``chosen`` and ``rejected``, as ``tongli studio edits`` writes them.

    Lines with an empty text, or with twice the same one, teach nothing and are left out.

    Args:
        files: JSON lines, plain or gzip.
        licence: of lines that name none.

    Raises:
        InputError: ``record.json``, ``record.object`` or ``dialogue.line``; ``train.empty`` without a pair.
        StorageError: ``record.unreadable``.
    """
    found = []
    for place, line in chain.from_iterable(map(read_objects, files)):
        if any(not isinstance(line.get(key), str) for key in ("prompt", "chosen", "rejected")):
            raise _bad(place, "prompt, chosen and rejected")
        prompt, chosen, rejected = (_text(line[key]) for key in ("prompt", "chosen", "rejected"))
        if prompt and chosen and rejected and chosen != rejected:
            turns = [{"role": "user", "content": prompt}]
            found.append(
                _dialogue(line, place, turns=turns, reply=chosen, rejected=rejected, licence=licence)
            )
    return _some(found, "a pair of two different replies")


def verdict_on(dialogues: Iterable[Dialogue], *, research_only: bool) -> Verdict:
    """What the licences of some dialogues allow."""
    records = (
        Record(id=item.id, text=item.reply, source=item.source, licence=item.licence) for item in dialogues
    )
    return judge(records, research_only=research_only)


def _dialogue(
    line: Mapping[str, Any], place: str, *, turns: list[Turn], reply: str, rejected: str = "", licence: str
) -> Dialogue:
    told = {key: line.get(key) for key in ("id", "lang", "source", "licence")}
    if any(value is not None and not isinstance(value, (str, int)) for value in told.values()):
        raise _bad(place, "strings in id, lang, source and licence")
    return Dialogue(
        id=str(told["id"] or place),
        lang=str(told["lang"] or "und"),
        turns=tuple(turns),
        reply=reply,
        rejected=rejected,
        source=str(told["source"] or "own"),
        licence=str(told["licence"] or licence),
    )


def _turns(line: Mapping[str, Any], place: str) -> list[Turn]:
    if "messages" in line:
        found = line["messages"]
        if not isinstance(found, list) or not all(_is_turn(turn) for turn in found) or not found:
            raise _bad(place, f"messages with role ({', '.join(_ROLES)}) and content")
        return [{"role": turn["role"], "content": _text(turn["content"])} for turn in found]
    context = line.get("context")
    texts = [context] if isinstance(context, str) else context
    if not isinstance(texts, list) or not texts or not all(_text(text) for text in texts):
        raise _bad(place, "context, one text or a list of texts")
    behind = len(texts) - 1
    return [
        {"role": ("user", "assistant")[(behind - at) % 2], "content": _text(text)}
        for at, text in enumerate(texts)
    ]


def _is_turn(turn: object) -> bool:
    return isinstance(turn, dict) and turn.get("role") in _ROLES and bool(_text(turn.get("content")))


def _text(value: object) -> str:
    """Safe to tokenise; empty for anything but a string."""
    return clean(value)[0].strip() if isinstance(value, str) else ""


def _bad(place: str, allowed: str) -> InputError:
    return InputError(
        "dialogue.line",
        received=f"{place}: a line of another form",
        allowed=allowed,
        fix="Correct it and run again.",
    )


def _some(found: list[Dialogue], what: str) -> list[Dialogue]:
    if not found:
        raise InputError(
            "train.empty",
            received=f"files without {what}",
            allowed=f"at least {what}",
            fix="Check the files that the recipe names in data.",
        )
    return found
