"""Translation by Apertium, a rule-based system, where it is installed: a program of its own, not a part.

Apertium and its language pairs are free software under the GPL. Nothing of them is part of tongli, linked to
it or shipped with it.

References:
    Forcada et al. (2011), "Apertium: a free/open-source platform for rule-based machine translation".
    Apertium wiki, "Apertium stream format": what is escaped, and superblanks, which pass untouched.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from functools import cached_property

from tongli.core import EngineError, shorten
from tongli.knowledge.tags import primary
from tongli.learning.augment.protected import pieces

_RESERVED = re.compile(r"[\[\]{}^$/\\@<>]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_MARKED = re.compile(r"\\(?P<char>.)|\[(?P<blank>(?:\\.|[^\]\\])*)\]", re.DOTALL)
_PAIR = re.compile(r"([a-z]{2,3})-([a-z]{2,3})")
_SECONDS_A_BATCH = 120
_BATCH = 200
_LONGEST = 10_000


class Apertium:
    """Apertium by its command line.

    Args:
        command: name or path of the program.
    """

    name = "apertium"

    def __init__(self, *, command: str = "apertium") -> None:
        self.command = command

    def pairs(self) -> frozenset[tuple[str, str]]:
        """Installed pairs as language subtags: ``("en", "es")`` for the mode ``eng-spa``.

        Raises:
            EngineError: ``augment.apertium`` when the program or every pair is missing.
        """
        return frozenset(self._modes)

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        """Translate; numbers, links, user names and placeholders pass as they are.

        Unknown words stay as they are. A text of more than 10,000 characters is returned untranslated.

        Raises:
            EngineError: ``augment.pair`` for a pair that is not installed, ``augment.translate`` when the
                program fails, ``augment.apertium`` when it is missing.
        """
        mode = self._modes.get((source, target))
        if mode is None:
            raise EngineError(
                "augment.pair",
                received=f"{source}-{target}",
                allowed=", ".join("-".join(pair) for pair in sorted(self._modes)),
                fix="Install the pair; on Debian they are named as apertium-eng-spa.",
            )
        found: list[str] = []
        for start in range(0, len(texts), _BATCH):
            found += self._translate(texts[start : start + _BATCH], mode=mode)
        return found

    @cached_property
    def _modes(self) -> dict[tuple[str, str], str]:
        listed = self._run(["-l"], "").split()
        modes: dict[tuple[str, str], str] = {}
        for mode in sorted(listed):
            if match := _PAIR.fullmatch(mode):
                modes.setdefault((primary(match[1]), primary(match[2])), mode)
        if not modes:
            raise _missing("apertium without a language pair")
        return modes

    def _translate(self, texts: Sequence[str], *, mode: str) -> list[str]:
        # A final full stop is dropped unless something follows it.
        stream = "".join(f"{_to_stream(text)}\n\0" if len(text) <= _LONGEST else "\n\0" for text in texts)
        answers = self._run(["-z", "-u", "-f", "none", mode], stream).split("\0")
        if len(answers) <= len(texts):
            raise _failed(f"{len(answers) - 1} answers to {len(texts)} texts")
        pairs = zip(texts, answers, strict=False)
        return [_from_stream(answer) if len(text) <= _LONGEST else text for text, answer in pairs]

    def _run(self, arguments: list[str], given: str) -> str:
        path = shutil.which(self.command)
        if path is None:
            raise _missing(f"no program {self.command}")
        try:
            done = subprocess.run(  # noqa: S603 - a fixed program, no shell
                [path, *arguments],
                input=given.encode("utf-8", "replace"),
                capture_output=True,
                timeout=_SECONDS_A_BATCH,
                check=True,
            )
        except (OSError, subprocess.SubprocessError) as failed:
            raise _failed(type(failed).__name__) from failed
        return done.stdout.decode("utf-8", "replace")


def _to_stream(text: str) -> str:
    """Escaped, with what is protected as superblanks."""
    text = text.replace("\0", " ")
    escaped = ((_RESERVED.sub(r"\\\g<0>", piece), protected) for piece, protected in pieces(text))
    return "".join(f"[{piece}]" if protected else piece for piece, protected in escaped)


def _from_stream(stream: str) -> str:
    return _MARKED.sub(lambda found: found["char"] or _ESCAPED.sub(r"\1", found["blank"]), stream).strip()


def _missing(received: str) -> EngineError:
    return EngineError(
        "augment.apertium",
        received=received,
        allowed="Apertium with at least one language pair",
        fix="Install it, on Debian or Ubuntu: apt-get install apertium apertium-eng-spa.",
    )


def _failed(received: str) -> EngineError:
    return EngineError(
        "augment.translate",
        received=shorten(received),
        allowed="one translation for each text",
        fix="Check that the pair works: echo hello | apertium eng-spa.",
    )
