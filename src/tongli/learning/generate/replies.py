"""Replies of a model, or of tongli itself, to dialogues: to measure them, or to show them to people."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch

from tongli.core import InputError, Message, Settings
from tongli.core.whole_file import write_whole
from tongli.learning.generate.base import open_base
from tongli.learning.generate.batch import Encoder
from tongli.learning.generate.dialogues import Dialogue
from tongli.pipeline import Tongli

REALISER = "realiser"

Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How replies are drawn.

    Attributes:
        max_tokens: of a reply.
        room: tokens of a prompt; older turns are cut first.
        temperature: 0 takes the likeliest token each time.
        top_p: share of the probability that tokens are drawn from.
        batch: prompts at once.
        seed: of the draws.
    """

    max_tokens: int = 64
    room: int = 256
    temperature: float = 0.0
    top_p: float = 0.9
    batch: int = 8
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A line of replies, as ``tongli learn evaluate --texts`` takes it too.

    Attributes:
        id: of the dialogue.
        lang: BCP-47 tag.
        message: what is answered.
        text: the reply; empty where none was found.
        reference: what a person answered.
        model: ``name@digest``.
    """

    id: str
    lang: str
    message: str
    text: str
    reference: str
    model: str


def write_replies(
    dialogues: Sequence[Dialogue], *, model: str, how: Sampling, settings: Settings, tell: Tell
) -> list[Reply]:
    """A reply to each dialogue, in order.

    Args:
        dialogues: with what a person answered.
        model: ``realiser`` (tongli's own engine, which sees the last turn), or as for
            :func:`tongli.learning.generate.base.open_base`.
        how: replies are drawn.
        settings: cache, threads.
        tell: told how many are done.

    Raises:
        TongliError: the model cannot be had or read.
    """
    if model == REALISER:
        source, texts = REALISER, _realised(dialogues, settings=settings)
    else:
        source, texts = _generated(dialogues, model=model, how=how, settings=settings)
    found = []
    for item, text in zip(dialogues, texts, strict=True):
        found.append(
            Reply(
                id=item.id,
                lang=item.lang,
                message=item.message,
                text=text,
                reference=item.reply,
                model=source,
            )
        )
        tell(len(found))
    return found


def save_replies(path: Path, replies: Sequence[Reply]) -> None:
    """Write them as JSON lines, whole or not at all; raises ``OSError``."""
    write_whole(path, "".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in replies).encode())


def read_replies(path: Path) -> list[Reply]:
    """What :func:`save_replies` wrote.

    Raises:
        InputError: ``generate.replies``.
    """
    try:
        with path.open(encoding="utf-8") as file:
            found = [Reply(**json.loads(line)) for line in file if line.strip()]
        good = all(isinstance(value, str) for one in found for value in asdict(one).values())
    except (OSError, ValueError, TypeError) as broken:
        raise _bad(path, type(broken).__name__) from broken
    if not good or not found:
        raise _bad(path, "no lines of replies")
    return found


def _realised(dialogues: Sequence[Dialogue], *, settings: Settings) -> Iterator[str]:
    tongli = Tongli(settings=settings)
    for item in dialogues:
        message = Message(item.message, lang=None if item.lang == "und" else item.lang)
        yield tongli.respond(message, evidence=False).text


def _generated(
    dialogues: Sequence[Dialogue], *, model: str, how: Sampling, settings: Settings
) -> tuple[str, Iterator[str]]:
    base = open_base(model, settings)
    encoder = Encoder(base.tokenizer, max_tokens=how.room)
    prompts = [encoder.prompt(item.turns, room=how.room) for item in dialogues]
    writer: Any = base.model
    drawn = {"temperature": how.temperature, "top_p": how.top_p} if how.temperature else {}

    @torch.no_grad()
    def texts() -> Iterator[str]:
        torch.manual_seed(how.seed)
        for start in range(0, len(prompts), how.batch):
            rows = [list(ids) for ids in prompts[start : start + how.batch]]
            padded = base.tokenizer.pad({"input_ids": rows}, return_tensors="pt")
            generated = writer.generate(
                input_ids=padded["input_ids"],
                attention_mask=padded["attention_mask"],
                max_new_tokens=how.max_tokens,
                do_sample=bool(how.temperature),
                eos_token_id=base.tokenizer.eos_token_id,
                pad_token_id=base.tokenizer.pad_token_id,
                **drawn,
            )
            written = generated[:, padded["input_ids"].shape[1] :]
            yield from (
                text.strip() for text in base.tokenizer.batch_decode(written, skip_special_tokens=True)
            )

    return base.source, texts()


def _bad(path: Path, received: str) -> InputError:
    return InputError(
        "generate.replies",
        received=f"{path.name}: {received}",
        allowed="a file that `tongli learn generate write` wrote, with at least one reply",
        fix="Write the replies again.",
    )
