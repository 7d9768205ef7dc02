"""The equation: y = G(E(x), C(S(E(x))))."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from tongli.core import Encoding, Message, Reading, Response, Settings
from tongli.core.protocols import Emotion, Encoder, Engine, Perspective


class Tongli:
    """Understands messages and helps to answer them.

    Args:
        model: ``embedded``, a folder, or ``hf:NAME``: the text encoder.
        engine: name of the generation engine.
        heads: heads to run; ``None`` runs all.
        settings: cache, threads, limits; ``None`` reads the environment.

    The constructor is cheap; weights load at the first use or by :meth:`load`.
    """

    def __init__(
        self,
        *,
        model: str = "embedded",
        engine: str = "realiser",
        heads: Sequence[str] | None = None,
        settings: Settings | None = None,
    ) -> None:
        self.model = model
        self.engine = engine
        self.heads = heads
        self.settings = settings or Settings.from_env()

    def load(self) -> Tongli:
        """Read the weights now; raises ``ModelError``."""
        raise NotImplementedError

    def encode(self, messages: Sequence[Message]) -> list[Encoding]:
        """E."""
        raise NotImplementedError

    def read_many(self, messages: Sequence[Message], *, evidence: bool = False) -> list[Reading]:
        """C(S(E(x))) for each message, in order."""
        raise NotImplementedError

    def read(
        self, message: Message | str, *, evidence: bool = True, reply_lang: str | None = None
    ) -> Reading:
        """One message; with evidence spans unless told otherwise."""
        raise NotImplementedError

    def respond(self, message: Message | str, *, reply_lang: str | None = None) -> Response:
        """y."""
        raise NotImplementedError
