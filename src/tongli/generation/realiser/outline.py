"""From a plan to slots: which part of the reply, in which order, with which wordings to choose from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tongli.core import EngineError, Plan, shorten
from tongli.generation.realiser.phrasebook import Phrasebook
from tongli.generation.realiser.shape import ACTS, pool_of
from tongli.generation.realiser.wording import fill
from tongli.knowledge.schemes import EKMAN6

_LINK = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.)\S+", re.IGNORECASE)
_NUMBER = re.compile(r"(?=.*\d)[#№]?[^\W_][\w-]{2,}")
_DATE = re.compile(r"\d{1,4}-\d{1,2}-\d{1,4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One part of a reply.

    Attributes:
        role: an act, ``greeting``, ``reference``, ``notices`` or ``signoff``.
        options: wordings to choose from, in the right form of address; slots still open.
    """

    role: str
    options: tuple[str, ...]


def values_of(plan: Plan, book: Phrasebook) -> dict[str, str]:
    """What the slots of a wording stand for. Kept strings come links last, so that words follow a link."""
    keep = sorted(_kept(plan), key=lambda item: _LINK.fullmatch(item) is not None)
    listed = book.last_separator.join(part for part in (book.separator.join(keep[:-1]), *keep[-1:]) if part)
    notices = "\n".join(dict.fromkeys(plan.notices))
    return {"name": plan.culture.salutation, "keep": listed, "notices": notices, "signoff": plan.signoff}


def outline(plan: Plan, book: Phrasebook) -> list[Slot]:
    """The slots of a plan, in order. A slot whose every wording is to be avoided is left out.

    Raises:
        EngineError: ``engine.plan`` for an unknown act or feeling, ``engine.avoid`` when the plan forbids
            what it wants kept.
    """
    _check(plan)
    acts = [act for act in dict.fromkeys(plan.acts) if act != "name_feeling" or plan.feeling is not None]
    acts = acts or ["acknowledge"]
    pools = {act: pool_of(act, plan) for act in ("greeting", *acts)}
    if "close" in acts:
        pools["signoff"] = pool_of("signoff", plan)
    roles = list(pools)
    if kept := _kept(plan):
        pools["reference"] = f"reference.{_kind(kept)}"
        roles.insert(_place(roles), "reference")
    slots = (Slot(role=role, options=_options(pools[role], plan, book)) for role in roles)
    found = [_house(slot, plan) for slot in slots if slot.options]
    if plan.notices:
        place = len(found) - (found[-1].role == "signoff")
        found.insert(place, Slot(role="notices", options=("{notices}",)))
    left = {slot.role for slot in found}
    if not left - {"greeting", "notices", "signoff"} or (kept and "reference" not in left):
        _refuse("engine.avoid", "strings to avoid that every wording has", "fewer of them", "Remove some.")
    return found


def _place(roles: list[str]) -> int:
    """Where the kept strings are told: after acknowledging or thanking, before what follows."""
    for act in ("acknowledge", "thank"):
        if act in roles:
            return roles.index(act) + 1
    return min(roles.index(act) for act in ("next_step", "ask", "close", roles[-1]) if act in roles)


def forbidden(text: str, plan: Plan) -> bool:
    """The text holds a string that the plan wants avoided, in whatever case."""
    folded = text.casefold()
    return any(item and item.casefold() in folded for item in plan.avoid)


def _house(slot: Slot, plan: Plan) -> Slot:
    """The slot, with the sign-off of the house in place of the usual ones."""
    return Slot(role="signoff", options=("{signoff}",)) if slot.role == "signoff" and plan.signoff else slot


def _options(pool: str, plan: Plan, book: Phrasebook) -> tuple[str, ...]:
    values = values_of(plan, book)
    texts = (wording.render(address=plan.culture.address) for wording in book.pools[pool])
    return tuple(text for text in texts if not forbidden(fill(text, values), plan))


def _kept(plan: Plan) -> list[str]:
    items = [item for item in dict.fromkeys(plan.keep) if item]
    return [item for item in items if not any(item != other and item in other for other in items)]


def _kind(kept: list[str]) -> str:
    if len(kept) == 1 and _LINK.fullmatch(kept[0]):
        return "link"
    if len(kept) == 1 and _NUMBER.fullmatch(kept[0]) and not _DATE.fullmatch(kept[0]):
        return "number"
    return "details"


def _check(plan: Plan) -> None:
    for act in plan.acts:
        if act not in ACTS:
            _refuse("engine.plan", f"the act {shorten(act)}", ", ".join(ACTS), "Use acts of this list.")
    if plan.feeling is not None and plan.feeling not in EKMAN6:
        allowed = f"{', '.join(EKMAN6)} or none"
        _refuse("engine.plan", f"the feeling {shorten(plan.feeling)}", allowed, "Use one of these.")
    if any(forbidden(item, plan) for item in (*plan.keep, *plan.notices, plan.signoff)):
        allowed = "kept strings, notices and a sign-off free of avoided ones"
        _refuse("engine.avoid", "a string both kept and avoided", allowed, "Remove it from one list.")


def _refuse(code: str, received: str, allowed: str, fix: str) -> None:
    raise EngineError(code, received=received, allowed=allowed, fix=fix)
