"""The first step of G in y = G(E(x), C(S(E(x)))): a plan, from c = [c_gender, c_culture, c_emotion].

A plan is data that a person can read and change before anything is written. c_emotion gives the acts and
their order, c_culture the register and address, c_gender the declared forms; the message x gives what must be
repeated word for word. The same reading always gives the same plan.

References:
    Hill (2020), "Helping Skills": reflection before action.
    Liu et al. (2021), "Towards Emotional Support Dialog Systems", ACL: exploration, comforting, action.
    Smith, Bolton & Wagner (1999), "A model of customer satisfaction with service encounters involving failure
    and recovery", JMR: acknowledging and taking responsibility before the remedy.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from tongli.core import CultureContext, FeelingContext, GenderContext, Message, Plan, Reading
from tongli.generation.facts import extract_facts
from tongli.generation.verify.lexicon import phrases
from tongli.knowledge.courtesies import gives_thanks
from tongli.knowledge.locales import profile
from tongli.knowledge.needs import CONDOLENCE
from tongli.knowledge.risks import SELF_HARM, at_risk
from tongli.knowledge.secrets import secrets_in
from tongli.knowledge.tags import primary

ACTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "anger": ("acknowledge", "name_feeling", "take_responsibility", "next_step", "close"),
        "disgust": ("acknowledge", "name_feeling", "take_responsibility", "next_step", "close"),
        "fear": ("acknowledge", "name_feeling", "comfort", "next_step", "close"),
        "joy": ("celebrate", "thank", "close"),
        "sadness": ("acknowledge", "name_feeling", "comfort", "next_step", "close"),
        "surprise": ("acknowledge", "name_feeling", "next_step", "close"),
    }
)
"""Feeling → acts in order."""

BEREAVED = ("condole", "comfort", "next_step", "close")
"""Acts when somebody close to the person has died: nobody is told that a death has "reached us"."""

THANKED = ("welcome", "close")
"""Acts when somebody is glad and says thanks: help that was given is nothing to celebrate."""

IN_DISTRESS = ("name_feeling", "comfort", "next_step")
"""Acts when somebody talks of harming themselves; a person looks at the draft before anything is sent."""

WITHOUT_FEELING: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "inform": ("thank", "next_step", "close"),
        "question": ("acknowledge", "ask", "close"),
        "restate": ("acknowledge", "next_step", "close"),
    }
)
"""Strategy → acts in order, when no feeling is named."""

ACT_OF: Mapping[str, str] = MappingProxyType(
    {
        "question": "ask",
        "restate": "acknowledge",
        "reflect": "name_feeling",
        "affirm": "comfort",
        "suggest": "next_step",
        "inform": "next_step",
    }
)
"""Strategy → the act that carries it."""

MAX_KEPT = 3
_QUESTION_MARKS = "?？؟"
_KEPT_KINDS = ("reference", "url")


def make_plan(reading: Reading, *, max_chars: int = 600) -> Plan:
    """Plan the answer to a reading.

    Args:
        reading: with ``empathy`` filled by C; a missing part counts as unknown.
        max_chars: longest answer allowed, in code points.

    Raises:
        InputError: ``locale.tag`` when the culture is missing and the answer's language is not a BCP-47 tag.
    """
    feeling = _sober(reading.empathy.feeling or FeelingContext(), reading)
    gender = reading.empathy.gender or GenderContext()
    secrets = secrets_in(reading.message.text)
    return Plan(
        culture=reading.empathy.culture or _default_culture(reading),
        acts=_acts(feeling, reading),
        feeling=feeling.feeling,
        intensity=feeling.intensity,
        strategy="inform" if feeling.feeling == "joy" and _to_do(reading.message) else feeling.strategy,
        pronouns=gender.pronouns,
        agreement=gender.agreement,
        keep=_keep(reading.message.text, limit=max_chars // 3, unlike=(*secrets, *_advertised(reading))),
        avoid=secrets,
        max_chars=max_chars,
        seed=_seed(reading.message),
    )


def with_strategy(plan: Plan, strategy: str) -> Plan:
    """The plan with another strategy, and with the act that carries it where the plan lacks it.

    A question takes the place of the next step; good news is affirmed by celebrating it.
    """
    act = ACT_OF.get(strategy)
    if act == "comfort" and plan.feeling == "joy":
        act = "celebrate"
    acts = [item for item in plan.acts if strategy != "question" or item != "next_step"]
    if act is not None and act not in acts:
        acts.insert(_place(act, acts), act)
    return replace(plan, strategy=strategy, acts=tuple(acts))


def _sober(feeling: FeelingContext, reading: Reading) -> FeelingContext:
    """Without a joy that comes with insults or with a link and no thanks.

    Laughing at somebody is nothing to share, and who cheers and wants a link opened may be selling something.
    """
    if feeling.feeling != "joy" or not (_insults(reading) or _advertised(reading)):
        return feeling
    return replace(feeling, feeling=None, intensity=0.0, strategy="restate")


def _advertised(reading: Reading) -> list[str]:
    """Links of a glad message that thanks for nothing: no reply repeats them."""
    felt = reading.empathy.feeling
    text = reading.message.text
    if felt is None or felt.feeling != "joy" or gives_thanks(text, lang=reading.language.tag):
        return []
    return [fact.text for fact in extract_facts(text) if fact.kind == "url"]


def _insults(reading: Reading) -> bool:
    lists = (phrases("insults", lang, "words") for lang in ("any", primary(reading.language.tag)))
    return any(own.find(reading.message.text) for own in lists if own)


def _place(act: str, acts: Sequence[str]) -> int:
    if act == "acknowledge":
        return 0
    if act == "name_feeling":
        return 1 if acts[:1] == ["acknowledge"] else 0
    return len(acts) - (acts[-1:] == ["close"])


def _acts(feeling: FeelingContext, reading: Reading) -> tuple[str, ...]:
    if CONDOLENCE in feeling.needs:
        return BEREAVED
    if feeling.feeling is None:
        return WITHOUT_FEELING.get(feeling.strategy, WITHOUT_FEELING["inform"])
    if at_risk(reading, SELF_HARM):
        return IN_DISTRESS
    return _felt(feeling, ACTS[feeling.feeling], reading.message, lang=reading.language.tag)


def _felt(feeling: FeelingContext, acts: tuple[str, ...], message: Message, *, lang: str) -> tuple[str, ...]:
    """The usual acts of a feeling, as they suit the message."""
    asked = _asked(message)
    if feeling.feeling == "joy":
        acts = THANKED if gives_thanks(message.text, lang=lang) else acts
        return (*acts[:-1], "next_step", acts[-1]) if _to_do(message) else acts
    if feeling.strategy == "suggest":  # something went wrong: comfort alone would leave that unsaid
        return _with(acts, "take_responsibility", instead="comfort")
    # Nothing to act on: an invitation to say more supports better than advice (Hill: exploration first).
    bare = feeling.feeling == "sadness" and not asked and not _keep(message.text, limit=len(message.text))
    return _with(acts, "ask", instead="next_step") if bare else acts


def _with(acts: Sequence[str], act: str, *, instead: str) -> tuple[str, ...]:
    return tuple(act if each == instead else each for each in acts)


def _asked(message: Message) -> bool:
    return any(mark in message.text for mark in _QUESTION_MARKS)


def _to_do(message: Message) -> bool:
    """Whether a glad message also has something to look into: a question, or the number of a matter."""
    return _asked(message) or bool(_keep(message.text, limit=len(message.text)))


def _keep(text: str, *, limit: int, unlike: Sequence[str] = ()) -> tuple[str, ...]:
    """References and links, each once, as written; at most ``MAX_KEPT``, ``limit`` code points in all.

    Nothing that is one of ``unlike``, or a part of it, or holds it.
    """
    kept: dict[str, str] = {}
    room = limit
    for fact in extract_facts(text):
        if len(kept) == MAX_KEPT:
            break
        if any(item in fact.text or fact.text in item for item in unlike):
            continue
        if fact.kind in _KEPT_KINDS and fact.value not in kept and len(fact.text) <= room:
            kept[fact.value] = fact.text
            room -= len(fact.text)
    return tuple(kept.values())


def _default_culture(reading: Reading) -> CultureContext:
    known = profile(reading.reply_lang or reading.language.tag)
    return CultureContext(lang=known.tag, locale=known.locale, register=known.register, address=known.address)


def _seed(message: Message) -> int:
    """32 bits that depend on the text and the id alone, the same in every process."""
    key = f"{message.id!r}\0{message.text}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.sha256(key).digest()[:4], "big")
