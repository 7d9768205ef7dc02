"""Dialogues as tokens: a prompt in the model's own chat template, and the reply that is learnt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor
from transformers import PreTrainedTokenizerFast

from tongli.learning.generate.dialogues import Turn
from tongli.learning.generate.ethics import Lexicon, endings

_SHORTEST_REPLY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One reply after its prompt.

    Attributes:
        prompt, reply: tokens; the reply ends with the end token unless it was cut.
        listed: places of the reply that belong to a span of the lexicon.
        candidates: (place, token) that had better not follow there, those of ``listed`` included.
        weight: in the loss.
    """

    prompt: tuple[int, ...]
    reply: tuple[int, ...]
    listed: frozenset[int] = frozenset()
    candidates: tuple[tuple[int, int], ...] = ()
    weight: float = 1.0


class Batch(NamedTuple):
    """Examples, padded on the left, so that their replies end together.

    Attributes:
        ids, mask: ``(batch, tokens)``; the mask is 1 for real tokens.
        reply: bool ``(batch, longest reply)``, real tokens of the reply among the last ones.
        likely: the same without what the lexicon holds: the tokens to make likely.
        candidates: ``(n, 3)``: row, place among the last tokens, token to make unlikely.
        weights: ``(batch,)``.
    """

    ids: Tensor
    mask: Tensor
    reply: Tensor
    likely: Tensor
    candidates: Tensor
    weights: Tensor


class Encoder:
    """Turns dialogues into examples.

    Args:
        tokenizer: with a chat template.
        max_tokens: of prompt and reply together.
        lexicon: what replies had better not say.
    """

    def __init__(
        self, tokenizer: PreTrainedTokenizerFast, *, max_tokens: int, lexicon: Lexicon | None = None
    ) -> None:
        self._tokenizer = tokenizer
        self._max_tokens = max_tokens
        self._lexicon = lexicon or Lexicon()
        # A word has other tokens after a space than at the start of a text.
        forms = [form for own in self._lexicon.own for form in (own, f" {own}")]
        self._phrases = sorted({tuple(self._ids(form)) for form in forms} - {()})

    def prompt(self, turns: Sequence[Turn], *, room: int) -> tuple[int, ...]:
        """Tokens of the turns up to where the reply begins; the oldest turns go first, then the start."""
        kept = list(turns)
        while True:
            text = self._tokenizer.apply_chat_template(kept, tokenize=False, add_generation_prompt=True)
            ids = self._ids(str(text))
            if len(ids) <= room or len(kept) == 1:
                return tuple(ids[-room:])
            # A system turn stays; a reply of ours must not come first.
            first = kept[0]["role"] == "system"
            kept = kept[:first] + kept[first + 1 :] if len(kept) > first + 1 else kept[1:]

    def example(
        self, turns: Sequence[Turn], reply: str, *, lang: str = "und", weight: float = 1.0
    ) -> Example:
        """The tokens of a dialogue, with what the lexicon says of its reply."""
        found = self._tokenizer(reply, add_special_tokens=False, return_offsets_mapping=True)
        end = self._tokenizer.eos_token_id
        ids = [*found["input_ids"], end]
        longest = max(_SHORTEST_REPLY, self._max_tokens // 2)
        prompt = self.prompt(turns, room=max(1, self._max_tokens - min(len(ids), longest)))
        ids = ids[: self._max_tokens - len(prompt)]
        spans = self._lexicon.spans(reply, lang=lang, context=turns[-1]["content"])
        offsets = found["offset_mapping"][: len(ids)]
        listed = frozenset(
            place
            for place, (start, stop) in enumerate(offsets)
            if any(start < last and first < stop for first, last in spans)
        )
        candidates = {(place, ids[place]) for place in listed} | set(endings(ids, self._phrases))
        return Example(
            prompt=prompt,
            reply=tuple(ids),
            listed=listed,
            candidates=tuple(sorted(candidates)),
            weight=weight,
        )

    def _ids(self, text: str) -> list[int]:
        return list(self._tokenizer(text, add_special_tokens=False)["input_ids"])


def collate(examples: Sequence[Example], *, pad: int, device: torch.device) -> Batch:
    """Examples as tensors."""
    width = max(len(one.prompt) + len(one.reply) for one in examples)
    tail = max(len(one.reply) for one in examples)
    ids = torch.full((len(examples), width), pad)
    mask = torch.zeros((len(examples), width), dtype=torch.long)
    reply = torch.zeros((len(examples), tail), dtype=torch.bool)
    likely = torch.zeros((len(examples), tail), dtype=torch.bool)
    candidates = []
    for row, one in enumerate(examples):
        size, first = len(one.prompt) + len(one.reply), tail - len(one.reply)
        ids[row, width - size :] = torch.tensor([*one.prompt, *one.reply])
        mask[row, width - size :] = 1
        reply[row, first:] = True
        likely[row, first:] = torch.tensor([place not in one.listed for place in range(len(one.reply))])
        candidates += [(row, first + place, token) for place, token in one.candidates]
    listed = torch.tensor(candidates, dtype=torch.long).reshape(-1, 3)
    weights = torch.tensor([one.weight for one in examples])
    return Batch(*(part.to(device) for part in (ids, mask, reply, likely, listed, weights)))
