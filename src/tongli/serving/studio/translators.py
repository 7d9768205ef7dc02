"""Translators of this server: found for a pair of languages, and kept once they are open."""

from __future__ import annotations

import threading

from tongli.applications.translate import open_translator
from tongli.core import Translator
from tongli.knowledge.tags import primary


class Translators:
    """Opens the translator of a pair; one that was opened stays, so that its weights are read once.

    Only engines of this machine are taken. A pair that none has is looked for again each time, as somebody
    may have installed it.
    """

    def __init__(self) -> None:
        self._open: dict[str, Translator] = {}
        self._lock = threading.Lock()

    def of(self, source: str, target: str) -> Translator:
        """The translator of a pair of BCP-47 tags; may take long the first time.

        Raises:
            TongliError: as :func:`tongli.applications.translate.open_translator` without a name.
        """
        pair = primary(source), primary(target)
        with self._lock:
            for each in self._open.values():
                pairs = each.pairs()
                if pair[0] != pair[1] and (pairs is None or pair in pairs):
                    return each
            found = open_translator(None, source=source, target=target)
            self._open[found.name] = found
            return found
