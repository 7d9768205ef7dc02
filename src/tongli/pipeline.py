"""The equation: y = G(E(x), C(S(E(x)))).

G is imported where it is asked for: who only reads does not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, reduce
from typing import TYPE_CHECKING, Any

from tongli.channels import Channels, Suspicions, Words
from tongli.core import (
    Encoding,
    Engine,
    FloatArray,
    Message,
    Perspective,
    Plan,
    Reading,
    Response,
    Settings,
    Tokens,
)
from tongli.core.protocols import Translator
from tongli.core.registry import resolve
from tongli.emotion.heads import Heads
from tongli.empathy.culture.readings import CultureReader
from tongli.empathy.figurative import Figurative
from tongli.encoders.installed import chosen
from tongli.encoders.language import identify
from tongli.encoders.segment import sentences
from tongli.encoders.text import TextEncoder

if TYPE_CHECKING:
    from tongli.generation.adapt import Adaptation, Audience
    from tongli.generation.translate import Translation


class Tongli:
    """Understands messages and helps to answer them. Cheap to make: weights load at the first use.

    Args:
        model: ``embedded``, an installed model, a folder or ``hf:NAME``; ``None`` takes that of the settings.
        engine: name of the generation engine; the realiser stands in when it fails.
        heads: heads to run; ``None`` runs all that the model has.
        suspect: say too where an expression may stand that no claim knows (English; often wrong).
        settings: cache, threads, limits; ``None`` reads the environment.
    """

    def __init__(
        self,
        *,
        model: str | None = None,
        engine: str = "realiser",
        heads: Sequence[str] | None = None,
        suspect: bool = False,
        settings: Settings | None = None,
    ) -> None:
        self.settings = settings or Settings.from_env()
        model, heads, folder = chosen(model, heads, self.settings)
        self.encoder = TextEncoder(model=model, settings=self.settings)
        self.heads = Heads(names=heads, folder=folder)
        self.figurative = Figurative(self.encoder.tokens)
        self.culture = CultureReader(self.sentences, tokens=self.tokens, figurative=self.figurative)
        unknown = Suspicions(self.encoder) if suspect else None
        self.words = Words(self.encoder, self.heads, self.culture, unknown)
        self.channels = Channels(self.words, settings=self.settings)
        self.engine = engine

    def load(self) -> Tongli:
        """Read the weights now; raises ``ModelError``."""
        self.encoder.load()
        self.heads.load()
        return self

    def encode(self, messages: Sequence[Message]) -> list[Encoding]:
        """E(x): arrays and language of each message's words."""
        return self.encoder.encode(messages)

    def sentences(self, texts: Sequence[str]) -> FloatArray:
        """Sentence vectors ``(texts, hidden)`` of unit length, to compare meanings by."""
        return self.encoder.sentences(texts)

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """States of every token, with its place: to compare texts word by word."""
        return self.encoder.tokens(texts)

    def read_many(self, messages: Sequence[Message], *, evidence: bool = False) -> list[Reading]:
        """S(E(x)) of each message, in order: words, voice and faces, each read by itself, then joined."""
        return self.channels.read(messages, evidence=evidence)

    def read(
        self, message: Message | str, *, evidence: bool = True, reply_lang: str | None = None
    ) -> Reading:
        """C(S(E(x))) of one message, for a reply in ``reply_lang`` or else in its own language."""
        message = Message(message) if isinstance(message, str) else message
        reading = replace(self.read_many([message], evidence=evidence)[0], reply_lang=reply_lang)
        return reduce(lambda seen, perspective: perspective.see(seen), self.perspectives, reading)

    def plan(self, reading: Reading) -> Plan:
        """What an answer to this reading must do; edit it and hand it to :meth:`respond`."""
        from tongli.generation.plan import make_plan

        return make_plan(reading)

    def respond(
        self,
        message: Message | str,
        *,
        reply_lang: str | None = None,
        plan: Plan | Callable[[Reading], Plan] | None = None,
        evidence: bool = True,
    ) -> Response:
        """Answer, y = G(E(x), C(S(E(x)))): the best draft that passes every check, or a call for a person."""
        from tongli.generation.respond import respond

        reading = self.read(message, evidence=evidence, reply_lang=reply_lang)
        plan = plan(reading) if callable(plan) else plan or self.plan(reading)
        return respond(reading, plan=plan, engines=self.engines, reader=self)

    def adapt(self, text: str, *, to: str | Audience, lang: str | None = None, **how: Any) -> Adaptation:
        """The text in its own language, made to land with an audience; ``how`` as for its ``adapt``."""
        from tongli.generation.adapt import adapt

        lang = identify(text, declared=lang).tag
        return adapt(text, to=to, lang=lang, judge=self.figurative.judge, tokens=self.encoder.tokens, **how)

    def translate(self, texts: Sequence[Message], to: str, by: Translator, **how: Any) -> list[Translation]:
        """Messages of one language in another, checked and compared; ``how`` as for its ``translate``."""
        from tongli.empathy.gender.translated import gendered
        from tongli.generation.translate import Tools, translate

        return translate(self.read_many(texts), target=to, tools=Tools(by, self, sentences, gendered), **how)

    @cached_property
    def perspectives(self) -> tuple[Perspective, ...]:
        """The parts of C, in the order of c = [gender, culture, emotion]."""
        return tuple(resolve("tongli.perspectives", name)() for name in ("gender", "culture", "feeling"))

    @cached_property
    def engines(self) -> tuple[Engine, ...]:
        """The chosen engine, then the realiser to fall back on."""
        return tuple(resolve("tongli.engines", name)() for name in dict.fromkeys((self.engine, "realiser")))
