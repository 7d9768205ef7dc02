"""For whom a text is adapted: a place, and what the writer wishes."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from tongli.core import Address, InputError, Person, Register, TongliError, shorten
from tongli.knowledge import tags
from tongli.knowledge.claim_files import KNOWN
from tongli.knowledge.locales import profile

Medium = Literal["email", "letter", "chat"]
SETTINGS = ("register", "medium")


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Readers of a text.

    Attributes:
        tag: language and region (BCP-47), ``ja-JP``.
        register: wished for; ``None`` leaves forms of address as they are.
        medium: where they read it; ``None`` leaves greeting and closing as they are.
        people: whom the text names, as they declare themselves.
    """

    tag: str
    register: Register | None = None
    medium: Medium | None = None
    people: tuple[Person, ...] = ()

    @classmethod
    def parse(cls, told: str, *, people: tuple[Person, ...] = ()) -> Audience:
        """The audience of words such as ``ja-JP:register=keigo,medium=email``.

        Raises:
            InputError: ``adapt.audience``, ``adapt.setting``.
        """
        name, _, rest = told.partition(":")
        tag = _tag(name)
        given = dict(_setting(item, tag) for item in rest.split(",") if item.strip())
        return cls(tag=tag, people=people, **given)  # type: ignore[arg-type]

    @property
    def region(self) -> str:
        """ISO 3166 code of where they are."""
        return str(tags.maximal(self.tag)[2])

    def address(self, lang: str) -> Address | None:
        """The form of address that is wished for in a language; neutral is what is usual there."""
        if self.register is None:
            return None
        return profile(lang).address if self.register == "neutral" else self.register

    def __str__(self) -> str:
        given = ",".join(f"{name}={getattr(self, name)}" for name in SETTINGS if getattr(self, name))
        return f"{self.tag}:{given}" if given else self.tag


def registers(tag: str) -> Mapping[str, Register]:
    """What may be said of the register: the three names, and what a language calls them."""
    own = _aliases().get(tags.primary(tag), {})
    return {**{name: name for name in get_args(Register)}, **own}


def told_choices() -> str:
    """Audiences and settings, for people who look for them."""
    register, medium = ("|".join(get_args(choice)) for choice in (Register, Medium))
    return (
        f"an audience ({', '.join(KNOWN.audiences)}, another region of {', '.join(KNOWN.languages)}), "
        f"then after a colon register=({register}) and medium=({medium})"
    )


def _tag(name: str) -> str:
    try:
        tag = tags.with_region(name)
        known = bool(KNOWN.lineage(tag))
    except TongliError:
        known = False
    if not known:
        raise InputError(
            "adapt.audience",
            received=shorten(name),
            allowed=told_choices(),
            fix="For example ja-JP, or ja-JP:register=keigo,medium=email.",
        )
    return tag


def _setting(item: str, tag: str) -> tuple[str, str]:
    name, _, value = (part.strip() for part in item.partition("="))
    choices: Mapping[str, Mapping[str, str]] = {
        "register": registers(tag),
        "medium": {name: name for name in get_args(Medium)} | {"e-mail": "email"},
    }
    found = choices.get(name, {}).get(value.casefold())
    if found is None:
        raise InputError(
            "adapt.setting",
            received=shorten(item.strip()),
            allowed=" or ".join(f"{key}=({'|'.join(values)})" for key, values in choices.items()),
            fix="Write settings after a colon with commas between them: de-DE:register=Sie,medium=letter.",
        )
    return name, found


@cache
def _aliases() -> Mapping[str, Mapping[str, Register]]:
    """Language → what it calls a register, in small letters → the register."""
    data = tomllib.loads((files("tongli.knowledge") / "adapt" / "registers.toml").read_text("utf-8"))
    return {
        lang: {word.casefold(): register for register, words in named.items() for word in words}
        for lang, named in data.items()
    }
