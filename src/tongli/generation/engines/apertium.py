"""Translation by Apertium, a rule-based system, where it is installed: a program of its own, not a part.

Apertium and its language pairs are free software under the GPL. Nothing of them is part of tongli, linked to
it or shipped with it. One draft a text: there is nothing to choose from, and a brief changes nothing.

References:
    Forcada et al. (2011), "Apertium: a free/open-source platform for rule-based machine translation".
    Apertium wiki, "Apertium stream format": what is escaped, and superblanks, which pass untouched; the
    marks ``*``, ``@`` and ``#`` before words that no dictionary, no transfer rule or no generator knows.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from importlib.resources import files

from tongli.core import Draft, EngineError, Provenance, TranslationBrief, shorten
from tongli.generation.protected import pieces
from tongli.knowledge.tags import primary

_RESERVED = re.compile(r"[\[\]{}^$/\\@<>]")
_MARK_SIGNS = re.compile(r"[*#]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_STREAM = re.compile(r"\\(?P<char>.)|\[(?P<blank>(?:\\.|[^\]\\])*)\]|[*@#](?P<word>\w[\w'’-]*)", re.DOTALL)
_STRAY = re.compile(r" +(?P<mark>(?=[.,;:!?…](?:\s|$)))|  +")
_NO_PART = re.compile(r"(\S+): (?:command )?not found")
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
    follows = False

    def __init__(self, *, command: str = "apertium") -> None:
        self.command = command

    def pairs(self) -> frozenset[tuple[str, str]]:
        """Installed pairs as language subtags: ``("en", "es")`` for the mode ``eng-spa``.

        Raises:
            EngineError: ``translate.apertium`` when the program or every pair is missing.
        """
        return frozenset(self._modes)

    def translate(
        self,
        texts: Sequence[str],
        *,
        source: str,
        target: str,
        n: int = 1,  # noqa: ARG002 - there is one
        brief: TranslationBrief | None = None,  # noqa: ARG002 - rules follow no wishes
    ) -> list[list[Draft]]:
        """One draft a text, none over 10,000 characters; what is protected passes as it is.

        Raises:
            EngineError: ``translate.pair`` for a pair that is not installed, ``translate.failed`` when the
                program fails, ``translate.apertium`` when it is missing.
        """
        mode = self._modes.get((primary(source), primary(target)))
        if mode is None:
            raise self._no_pair(primary(source), primary(target))
        made = Provenance(engine=self.name, model=mode)
        found: list[list[Draft]] = []
        for start in range(0, len(texts), _BATCH):
            batch = texts[start : start + _BATCH]
            for text, (told, unknown) in zip(batch, self._batch(batch, mode=mode), strict=True):
                draft = Draft(text=told, lang=target, provenance=made, unknown=unknown)
                found.append([draft] if len(text) <= _LONGEST else [])
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

    def _batch(self, texts: Sequence[str], *, mode: str) -> list[tuple[str, tuple[str, ...]]]:
        """Translations, each with the words that stayed as they were."""
        # A final full stop is dropped unless something follows it.
        stream = "".join(f"{_to_stream(text)}\n\0" if len(text) <= _LONGEST else "\n\0" for text in texts)
        answers = self._run(["-z", "-f", "none", mode], stream).split("\0")
        if len(answers) <= len(texts):
            raise _failed(f"{len(answers) - 1} answers to {len(texts)} texts")
        return [_from_stream(answer, text) for text, answer in zip(texts, answers, strict=False)]

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
        # A pair whose parts are missing says so, succeeds, and translates nothing.
        if part := _NO_PART.search(done.stderr.decode("utf-8", "replace")):
            raise _failed(f"{part[1]} is not installed")
        return done.stdout.decode("utf-8", "replace")

    def _no_pair(self, source: str, target: str) -> EngineError:
        package = package_of(source, target)
        return EngineError(
            "translate.pair",
            received=f"{source}-{target}",
            allowed=", ".join("-".join(pair) for pair in sorted(self._modes)),
            fix=f"Install the pair, on Debian or Ubuntu: apt-get install {package}."
            if package
            else "Debian has no such pair for Apertium; use the engine mt, gguf or openai.",
        )


def package_of(source: str, target: str) -> str | None:
    """The Debian package of a pair of language subtags."""
    return _packages().get("-".join(sorted((source, target))))


@cache
def _packages() -> Mapping[str, str]:
    """Two subtags in the order of the alphabet, with a hyphen → Debian package."""
    text = (files(__package__) / "apertium.toml").read_text(encoding="utf-8")
    packages: dict[str, str] = tomllib.loads(text)["packages"]
    return packages


def _to_stream(text: str) -> str:
    """Escaped; what is protected, and what would read as a mark, as superblanks."""
    stream = []
    for piece, protected in pieces(text.replace("\0", " ")):
        escaped = _RESERVED.sub(r"\\\g<0>", piece)
        stream.append(f"[{escaped}]" if protected else _MARK_SIGNS.sub(r"[\g<0>]", escaped))
    return "".join(stream)


def _from_stream(stream: str, text: str) -> tuple[str, tuple[str, ...]]:
    """Plain text, and the words that bore a mark; stray spaces go unless the text has such."""
    unknown: list[str] = []

    def read(found: re.Match[str]) -> str:
        if found["word"] is not None:
            unknown.append(found["word"])
            return found["word"]
        return found["char"] or _ESCAPED.sub(r"\1", found["blank"])

    told = _STREAM.sub(read, stream).strip()
    if not _STRAY.search(text):
        told = _STRAY.sub(lambda found: " " if found["mark"] is None else "", told)
    return told, tuple(unknown)


def _missing(received: str) -> EngineError:
    return EngineError(
        "translate.apertium",
        received=received,
        allowed="Apertium with at least one language pair",
        fix="Install it, on Debian or Ubuntu: apt-get install apertium apertium-eng-spa.",
    )


def _failed(received: str) -> EngineError:
    return EngineError(
        "translate.failed",
        received=shorten(received),
        allowed="one translation for each text",
        fix="Check that the pair works: echo hello | apertium eng-spa. Where cg-proc is missing, on Debian "
        "or Ubuntu: apt-get install cg3.",
    )
