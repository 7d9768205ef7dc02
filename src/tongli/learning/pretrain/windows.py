"""Texts as windows of tokens, over the vocabulary that occurs in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

Ids = NDArray[np.int64]

_CHUNK = 4096

_LONGEST_WORD = 8
"""Pieces; what is longer is a sentence in a script without spaces, and is masked piece by piece."""

FIXED = -1
"""Word number of a token that is never masked: special tokens and the encoder's prefix."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """Tokens of all windows, one after the other.

    Attributes:
        ids: ``(tokens,)``, places in ``vocabulary``.
        words: ``(tokens,)``, equal for the pieces of one word, or ``FIXED``.
        starts: ``(windows + 1,)``; window ``i`` owns ``starts[i]:starts[i + 1]``.
        texts: ``(windows,)``, index of the text that each is from.
        vocabulary: ascending ids of the tokenizer that occur, and those of the mask and the padding.
        counts: ``(vocabulary,)``, how often each can be masked.
    """

    ids: NDArray[np.int32]
    words: NDArray[np.int32]
    starts: Ids
    texts: Ids
    vocabulary: Ids
    counts: Ids

    @property
    def lengths(self) -> Ids:
        """Tokens of every window."""
        return np.diff(self.starts)

    def place(self, token: int) -> int:
        """Where an id of the tokenizer stands in the vocabulary."""
        return int(np.searchsorted(self.vocabulary, token))

    def window(self, index: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Ids and words of one window."""
        part = slice(self.starts[index], self.starts[index + 1])
        return self.ids[part], self.words[part]


def tokenise(
    texts: Sequence[str], *, tokenizer: Tokenizer, prefix: str, max_tokens: int, keep: Sequence[int]
) -> Windows:
    """Cut texts into windows, each with the prefix and special tokens, as reading does.

    The vocabulary is trimmed to what occurs (Abdaoui et al. 2020, "Load What You Need"): the softmax stays
    exact, and costs as much as the corpus is rich, not as much as the languages that the tokenizer knows.

    Args:
        texts: in the order of ``Windows.texts``.
        tokenizer: of the encoder, which neither truncates nor pads.
        prefix: put before every text; its tokens are never masked.
        max_tokens: of a window.
        keep: ids that the vocabulary has even if no text does.
    """
    ids: list[Ids] = []
    words: list[NDArray[np.int32]] = []
    owners: list[int] = []
    for start in range(0, len(texts), _CHUNK):
        chunk = [prefix + text for text in texts[start : start + _CHUNK]]
        for index, encoded in enumerate(tokenizer.encode_batch(chunk), start=start):
            for window_ids, window_words in _cut(encoded, prefix=len(prefix), size=max_tokens):
                ids.append(window_ids)
                words.append(window_words)
                owners.append(index)
    flat = np.concatenate(ids) if ids else np.zeros(0, np.int64)
    numbers = np.concatenate(words) if words else np.zeros(0, np.int32)
    vocabulary = np.union1d(flat, np.array(keep, np.int64))
    compact = np.searchsorted(vocabulary, flat).astype(np.int32)
    return Windows(
        ids=compact,
        words=numbers,
        starts=np.cumsum([0, *map(len, ids)], dtype=np.int64),
        texts=np.array(owners, np.int64),
        vocabulary=vocabulary,
        counts=np.bincount(compact[numbers != FIXED], minlength=len(vocabulary)).astype(np.int64),
    )


def _cut(encoded: Encoding, *, prefix: int, size: int) -> Iterator[tuple[Ids, NDArray[np.int32]]]:
    """Windows of one text; none when nothing in it can be masked."""
    ids = np.array(encoded.ids, np.int64)
    free = np.array(
        [
            not special and end > prefix
            for special, (_, end) in zip(encoded.special_tokens_mask, encoded.offsets, strict=True)
        ],
        bool,
    )
    if not free.any():
        return
    first, last = int(free.argmax()), len(free) - int(free[::-1].argmax())
    words = np.where(free, _words(encoded.word_ids), FIXED).astype(np.int32)
    step = max(1, size - first - (len(ids) - last))
    for low in range(first, last, step):
        high = min(low + step, last)
        parts = (slice(0, first), slice(low, high), slice(last, None))
        yield (
            np.concatenate([ids[part] for part in parts]),
            np.concatenate([words[part] for part in parts]),
        )


def _words(numbers: Sequence[int | None]) -> Ids:
    """Word numbers; every piece of a very long word counts as a word."""
    words = np.array([FIXED if number is None else number for number in numbers], np.int64)
    sizes = np.bincount(words[words != FIXED])
    alone = len(words) + np.arange(len(words))
    return np.where(sizes[words] > _LONGEST_WORD, alone, words)
