"""A house style: how somebody wants every text to be, laid over the plan of each.

A style never changes what a person declared, the feeling that was read, or what must be kept of a message.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any, get_args

from tongli.core import Address, ConfigError, Plan, Register, TongliError, shorten
from tongli.generation.plan import with_strategy
from tongli.generation.plan_data import is_channel, is_size, is_strings, one_of, some_of
from tongli.generation.realiser.shape import ACTS
from tongli.knowledge import tags
from tongli.knowledge.needs import STRATEGIES

ANY = ""
"""The language of what holds in every one."""

ByLanguage = Mapping[str, Any]
"""Language tag, or :data:`ANY`, → a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseStyle:
    """What a house wants; what is ``None`` or empty is left as each plan has it.

    Attributes:
        register, address: of every text, whoever it is for; somebody's own wish comes first.
        max_chars: longest text, in code points; a shorter limit of a plan stays.
        channel: where texts are published.
        keep: lines that every text carries word for word, by language.
        avoid: strings that no text holds; they may be private and never show.
        add, drop: acts, as in a plan.
        strategies: in order of preference; one that is not listed becomes the first.
        signoff: instead of the usual ones, by language.
    """

    register: Register | None = None
    address: Address | None = None
    max_chars: int | None = None
    channel: str = ""
    keep: ByLanguage = field(default_factory=dict)
    avoid: tuple[str, ...] = field(default=(), repr=False)
    add: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    strategies: tuple[str, ...] = ()
    signoff: ByLanguage = field(default_factory=dict)

    def over(self, plan: Plan, *, wishes: tuple[str, ...] = ()) -> Plan:
        """The plan as the house wants it.

        Args:
            plan: made for one answer.
            wishes: ``register`` or ``address`` where a person declared their own.
        """
        lang = plan.culture.lang
        wanted = {"register": self.register, "address": self.address}
        culture = {key: value for key, value in wanted.items() if value and key not in wishes}
        plan = replace(plan, culture=replace(plan.culture, **culture))  # type: ignore[arg-type]
        if self.strategies and plan.strategy not in self.strategies:
            plan = with_strategy(plan, self.strategies[0])
        return replace(
            plan,
            acts=self._acts(plan.acts),
            max_chars=min(plan.max_chars, self.max_chars or plan.max_chars),
            channel=plan.channel or self.channel,
            notices=(*plan.notices, *_of(self.keep, lang, ())),
            avoid=(*plan.avoid, *self.avoid),
            signoff=plan.signoff or _of(self.signoff, lang, ""),
        )

    def _acts(self, acts: tuple[str, ...]) -> tuple[str, ...]:
        added = [act for act in self.add if act not in acts]
        last = acts[-1:] if acts[-1:] == ("close",) else ()
        joined = (*acts[: len(acts) - len(last)], *added, *last)
        return tuple(act for act in joined if act not in self.drop)


def parse_style(data: Mapping[str, Any]) -> HouseStyle:
    """A style from plain data, as a TOML file holds it.

    ``keep`` and ``signoff`` may be tables by language: ``signoff = {en = "Warmly", de = "Herzlich"}``.

    Raises:
        ConfigError: ``style.key``, ``style.value``; neither repeats a value.
    """
    for key, value in data.items():
        if key not in _CHECKS:
            raise ConfigError(
                "style.key", received=shorten(key), allowed=", ".join(_CHECKS), fix="Correct the key."
            )
        if not _CHECKS[key](value):
            raise ConfigError(
                "style.value",
                received=f"a {key} of another kind",
                allowed=_ALLOWED[key],
                fix=f"Correct {key}, or leave it out.",
            )
    return HouseStyle(**{key: _frozen(key, value) for key, value in data.items()})


def style_of(plan: Plan, *, made: Plan) -> HouseStyle:
    """What a person changed in a plan, as a style for every text.

    Not what belongs to one message, such as its feeling, salutation and what it keeps; and not the strings to
    avoid, which may be somebody's own.

    Args:
        plan: as it was changed.
        made: as it was before.
    """
    lang, culture = plan.culture.lang, plan.culture
    notices = tuple(line for line in plan.notices if line not in made.notices)
    return HouseStyle(
        register=culture.register if culture.register != made.culture.register else None,
        address=culture.address if culture.address != made.culture.address else None,
        max_chars=plan.max_chars if plan.max_chars != made.max_chars else None,
        channel=plan.channel if plan.channel != made.channel else "",
        keep={lang: notices} if notices else {},
        add=tuple(act for act in plan.acts if act not in made.acts),
        drop=tuple(act for act in made.acts if act not in plan.acts),
        strategies=(plan.strategy,) if plan.strategy != made.strategy and plan.strategy in STRATEGIES else (),
        signoff={lang: plan.signoff} if plan.signoff != made.signoff and plan.signoff else {},
    )


def style_data(style: HouseStyle) -> dict[str, Any]:
    """A style as plain data, which :func:`parse_style` reads back; what it leaves open is left out."""
    data: dict[str, Any] = {}
    for each in fields(HouseStyle):
        value = getattr(style, each.name)
        if isinstance(value, Mapping):
            table = {lang: list(item) if isinstance(item, tuple) else item for lang, item in value.items()}
            value = table[ANY] if set(table) == {ANY} else table
        elif isinstance(value, tuple):
            value = list(value)
        if value not in (None, "", [], {}):
            data[each.name] = value
    return data


def _of(by_language: ByLanguage, lang: str, default: Any) -> Any:
    found = tags.match(lang, [tag for tag in by_language if tag != ANY])
    return by_language.get(ANY if found is None else found, default)


def _by_language(check: Callable[[object], bool]) -> Callable[[object], bool]:
    """A check of a value, or of a table of such values by language."""

    def checked(value: object) -> bool:
        if not isinstance(value, Mapping):
            return check(value)
        return all(_is_tag(tag) and check(item) for tag, item in value.items())

    return checked


def _is_tag(tag: object) -> bool:
    try:
        return isinstance(tag, str) and bool(tags.primary(tag))
    except TongliError:
        return False


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


_CHECKS: Mapping[str, Callable[[object], bool]] = MappingProxyType(
    {
        "register": one_of(*get_args(Register)),
        "address": one_of(*get_args(Address)),
        "max_chars": is_size,
        "channel": is_channel,
        "keep": _by_language(is_strings),
        "avoid": is_strings,
        "add": some_of(*ACTS),
        "drop": some_of(*ACTS),
        "strategies": some_of(*STRATEGIES),
        "signoff": _by_language(_is_text),
    }
)
_ALLOWED: Mapping[str, str] = MappingProxyType(
    {
        "register": ", ".join(get_args(Register)),
        "address": ", ".join(get_args(Address)),
        "max_chars": "a whole number of at least 1",
        "channel": "a channel that tongli write channels lists",
        "keep": "a list of strings, or a table of such lists by language",
        "avoid": "a list of strings",
        "add": f"a list of acts: {', '.join(ACTS)}",
        "drop": f"a list of acts: {', '.join(ACTS)}",
        "strategies": f"a list of strategies: {', '.join(STRATEGIES)}",
        "signoff": "a text, or a table of texts by language",
    }
)


def _frozen(key: str, value: Any) -> Any:
    if key in ("keep", "signoff"):
        table = dict(value) if isinstance(value, Mapping) else {ANY: value}
        return {lang: tuple(item) if isinstance(item, list) else item for lang, item in table.items()}
    return tuple(value) if isinstance(value, list) else value
