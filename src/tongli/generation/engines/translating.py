"""Language models as translators: the engines ``openai`` and ``gguf`` with a prompt of their own.

What leaves the machine with ``openai``: the text, the two languages and the brief. What stays: who wrote it
and for whom, beyond an agreement that the brief declares.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, cached_property, partial
from typing import Protocol

from babel.localedata import locale_identifiers

from tongli.core import Draft, EngineError, TranslationBrief
from tongli.core.text import clean
from tongli.generation.engines import prompts
from tongli.generation.engines.gguf import Gguf
from tongli.generation.engines.openai import OpenAI

PROMPT = "translate.v2"
_LONGEST = 8_000
_GROWTH, _LEAST = 3, 200
"""A translation has at most so many times the characters of its source, and may have so many anyway."""
_AT_ONCE = 4


class Completes(Protocol):
    """An engine that answers turns of a chat."""

    def complete(
        self, turns: list[prompts.Turn], *, prompt: str, lang: str, max_chars: int, seed: int, n: int = 1
    ) -> list[Draft]:
        """At most ``n`` different answers, with the seeds from ``seed`` on; raises ``EngineError``."""


class PromptTranslator:
    """Translates one text a request, a few requests at a time.

    Args:
        engine: answers the prompt.
        at_once: requests at a time.
    """

    name = "prompt"
    follows = True

    def __init__(self, engine: Completes, *, at_once: int = 1) -> None:
        self._engine = engine
        self._at_once = at_once

    def pairs(self) -> frozenset[tuple[str, str]] | None:
        """``None``: nothing is promised about a model we do not know; the checks decide."""
        return None

    def translate(
        self,
        texts: Sequence[str],
        *,
        source: str,
        target: str,
        n: int = 1,
        brief: TranslationBrief | None = None,
    ) -> list[list[Draft]]:
        """At most ``n`` drafts a text; none over 8,000 characters.

        Raises:
            EngineError: those of the engine.
        """
        ask = partial(self._ask, source=source, target=target, n=n, brief=brief or TranslationBrief())
        with ThreadPoolExecutor(max_workers=self._at_once) as pool:
            return list(pool.map(ask, texts))

    def _ask(self, text: str, *, source: str, target: str, n: int, brief: TranslationBrief) -> list[Draft]:
        if len(text) > _LONGEST:
            return []
        return self._engine.complete(
            turns(text, source=source, target=target, brief=brief),
            prompt=PROMPT,
            lang=target,
            max_chars=max(_LEAST, _GROWTH * len(text)),
            seed=0,
            n=n,
        )


class OpenAITranslator(PromptTranslator):
    """Any OpenAI-compatible endpoint; settings as for the engine ``openai``.

    Args:
        engine: ``None`` reads the environment.
    """

    name = "openai"

    def __init__(self, engine: OpenAI | None = None) -> None:
        self.engine = engine or OpenAI()
        super().__init__(self.engine, at_once=_AT_ONCE)


class GgufTranslator(PromptTranslator):
    """A local model of your own through llama.cpp; the pinned default model writes English only.

    Args:
        model_path: a GGUF file; empty takes ``TONGLI_GGUF``.
    """

    name = "gguf"

    def __init__(self, model_path: str = "") -> None:
        self._model_path = model_path or os.environ.get("TONGLI_GGUF", "")
        super().__init__(self)

    def complete(
        self, turns: list[prompts.Turn], *, prompt: str, lang: str, max_chars: int, seed: int, n: int = 1
    ) -> list[Draft]:
        """As :meth:`tongli.generation.engines.gguf.Gguf.complete`; raises ``engine.no-model`` too."""
        return self._gguf.complete(turns, prompt=prompt, lang=lang, max_chars=max_chars, seed=seed, n=n)

    @cached_property
    def _gguf(self) -> Gguf:
        if not self._model_path:
            raise EngineError(
                "engine.no-model",
                received="no model that translates",
                allowed="a GGUF file of a multilingual chat model",
                fix="Set TONGLI_GGUF to one, or name it: --engine gguf:FILE.",
            )
        return Gguf(model_path=self._model_path, languages=_languages())


def turns(text: str, *, source: str, target: str, brief: TranslationBrief) -> list[prompts.Turn]:
    """The rules, then one JSON object of request and text: nothing in the text can close its string."""
    request = {
        "source": source,
        "target": target,
        "address": brief.address,
        "agreement": brief.agreement,
        "feeling": brief.feeling,
        "terms": [list(term) for term in brief.terms],
        "failed": list(brief.failed),
    }
    asked = {"request": request, "text": clean(text)[0]}
    return [
        {"role": "system", "content": prompts.load(PROMPT)},
        {"role": "user", "content": json.dumps(asked, ensure_ascii=False)},
    ]


@cache
def _languages() -> frozenset[str]:
    """Every language of CLDR: the checks judge what a model makes of it."""
    return frozenset(name.split("_", maxsplit=1)[0] for name in locale_identifiers())
