"""What is to be written, for whom, and within which limits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tongli.core import InputError, shorten
from tongli.generation.adapt import Audience
from tongli.generation.channels import Channel, channel
from tongli.generation.house_style import HouseStyle
from tongli.generation.tasks import TASKS, TONES, Sheet
from tongli.knowledge import tags

MAX_CHARS = 3000
"""Longest text where nothing else is said, in code points."""

MOST = 20
"""Variants of one text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What to write.

    Attributes:
        task: one of :data:`TASKS`.
        tone: one of :data:`TONES`.
        channel: where it is published; ``None`` for no limits of that kind.
        max_chars: longest text, in code points.
        variants: how many.
        label: whether the text says that a machine wrote it.
        style: of the house; ``None`` for none.
        seed: of the choice among wordings.
    """

    task: str
    tone: str = "plain"
    channel: Channel | None = None
    max_chars: int = MAX_CHARS
    variants: int = 3
    label: bool = True
    style: HouseStyle | None = None
    seed: int = 0

    @property
    def avoid(self) -> tuple[str, ...]:
        """Strings that no text may hold."""
        return self.style.avoid if self.style else ()


def make_brief(
    task: str,
    *,
    tone: str = "plain",
    where: str | None = None,
    max_chars: int | None = None,
    variants: int = 3,
    label: bool = True,
    style: HouseStyle | None = None,
    seed: int = 0,
) -> Brief:
    """A brief from what somebody asks for; a house style gives what they leave open.

    Raises:
        InputError: ``write.task``, ``write.tone``, ``write.variants``.
        ConfigError: ``channel.unknown``.
    """
    if task not in TASKS:
        raise _choice("write.task", task, TASKS)
    if tone not in TONES:
        raise _choice("write.tone", tone, TONES)
    if not 1 <= variants <= MOST:
        raise InputError(
            "write.variants",
            received=f"{variants} variants",
            allowed=f"1 to {MOST}",
            fix="Ask for a number of variants within these.",
        )
    named = where or (style.channel if style else "")
    limits = [limit for limit in (max_chars, style.max_chars if style else None) if limit]
    return Brief(
        task=task,
        tone=tone,
        channel=channel(named) if named else None,
        max_chars=min(limits, default=MAX_CHARS),
        variants=variants,
        label=label,
        style=style,
        seed=seed,
    )


def read_audiences(told: Sequence[str], sheet: Sheet) -> list[Audience]:
    """Audiences of words such as ``en-GB,ja-JP:register=keigo``; without any, those of the sheet's language.

    Raises:
        InputError: ``adapt.audience``, ``adapt.setting``.
    """
    names = [name for item in told for name in _names(item)]
    return [Audience.parse(name) for name in names or [tags.with_region(sheet.lang)]]


def _names(told: str) -> list[str]:
    """Audiences set apart by commas, of which some belong to settings."""
    names: list[str] = []
    for part in filter(None, map(str.strip, told.split(","))):
        if names and "=" in part and ":" not in part:
            names[-1] += f",{part}"
        else:
            names.append(part)
    return names


def _choice(code: str, received: str, allowed: Iterable[str]) -> InputError:
    return InputError(
        code, received=shorten(received), allowed=", ".join(allowed), fix="Choose one of these."
    )
