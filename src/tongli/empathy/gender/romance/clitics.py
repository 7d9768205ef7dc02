"""Object pronouns before a verb or written onto it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tongli.empathy.gender.romance.lexicon import Form
from tongli.empathy.gender.romance.mention import Mention
from tongli.empathy.gender.romance.phrases import Sentence

_HAVING = re.compile(r"av(?:er|endo)(?:me|te|se|ce|ve|glie)?l[oaie]$")


def clitics(sentence: Sentence, found: list[Mention]) -> Iterator[Mention]:
    """Object pronouns before a verb or written onto it, where their owner can be a person."""
    pattern = sentence.lexicon.data.get("enclitic")
    for at, word in enumerate(sentence.words):
        if at in sentence.taken or not word.is_word:
            continue
        if sentence.is_clitic(at):
            form = next(form for form in sentence.readings[at] if form.kind == "clitic")
            verb = sentence.low(at - 2) if sentence.low(at - 1) == "-" else sentence.low(at + 1)
        elif (
            pattern
            and not sentence.readings[at]
            and not sentence.is_in("never", at)
            and (match := re.match(pattern, word.low))
        ):
            form, verb = _enclitic(match[3], word.low, dative=_dative(sentence, at, match)), match[1]
        else:
            continue
        if _owned_by_person(sentence, found, at, form=form, verb=verb):
            mention = Mention(
                what="clitic", gender=form.gender, number=form.number, start=at, end=at + 1, parts={at: form}
            )
            _participle(sentence, at, mention)
            sentence.taken[at] = mention
            yield mention


def _dative(sentence: Sentence, at: int, match: re.Match[str]) -> bool:
    """Whether Italian ``le`` on a verb is "to her" (``parlarle``, ``mostrarle la casa``) and not "them"."""
    if match[3] == "gli":
        return True
    if match[3] != "le" or match[2]:
        return False
    sets = sentence.lexicon.sets
    told = any(match[1].startswith(stem) for stem in sets["dative"])
    object_follows = any(form.kind == "det" for form in sentence.reading(at + 1))
    after = at + 1 if _HAVING.match(match[0]) else None
    if after is not None:
        return any(sentence.low(after).startswith(stem) for stem in sets["dative"])
    return told or (object_follows and any(match[1].startswith(stem) for stem in sets["giving"]))


def _enclitic(ending: str, low: str, *, dative: bool) -> Form:
    pairs = {"lo": ("lo", "la"), "la": ("lo", "la"), "los": ("los", "las"), "las": ("los", "las")}
    pairs |= {"li": ("li", "le"), "le": ("gli", "le") if dative else ("li", "le"), "gli": ("gli", "le")}
    masculine, feminine = pairs[ending]
    stem = low.removesuffix(ending)
    return Form(
        kind="clitic",
        gender="m" if ending == masculine else "f",
        number="s" if dative or ending in {"lo", "la"} else "p",
        masculine=stem + masculine,
        feminine=stem + feminine,
    )


def _participle(sentence: Sentence, at: int, mention: Mention) -> None:
    """``l'a élue``, ``la ha vista``: the participle agrees with the object before it."""
    dative = mention.parts[at].masculine.endswith("gli")
    if dative or sentence.lexicon.lang not in {"fr", "it"} or sentence.low(at - 1) == "-":
        return
    place = at + 1 if _HAVING.match(sentence.low(at)) else at + 2
    while sentence.is_in("adverbs", place):
        place += 1
    form = sentence.pick(place, ("adj",), mention.gender, mention.number)
    active = place == at + 1 or sentence.is_in("have", at + 1)
    if form is not None and place not in sentence.taken and (active or not sentence.is_in("never", place)):
        mention.parts[place] = form
        sentence.taken[place] = mention
        if mention.gender == "c":
            mention.gender = form.gender
        _found_so(sentence, place + 1, mention)


def _found_so(sentence: Sentence, at: int, mention: Mention) -> None:
    """``avendola vista [stanca]``, ``l'ha trovato [morto]``: what the object was found to be."""
    while sentence.is_in("adverbs", at):
        at += 1
    form = sentence.pick(at, ("adj",), mention.gender, mention.number)
    ends = not sentence.low(at + 1)[:1].isalnum() or sentence.is_in("prepositions", at + 1)
    if form is not None and ends and at not in sentence.taken and not sentence.is_in("never", at):
        mention.parts[at] = form
        sentence.taken[at] = mention


def _owned_by_person(sentence: Sentence, found: list[Mention], at: int, *, form: Form, verb: str) -> bool:
    lexicon = sentence.lexicon
    if form.masculine.endswith("gli"):
        return True
    if sentence.is_in("relative", at + 1):
        return False
    neuter = lexicon.is_in("neuter_verbs", sentence.low(at + 1)) or lexicon.is_in("neuter_verbs", verb)
    made = re.search(r"[aei]re?$", sentence.low(at + 2)) or sentence.pick(at + 2, ("adj",), "c", form.number)
    if neuter and form.gender == "m" and not made:
        return False
    if sentence.is_in("have", at + 1):
        verb = sentence.low(at + 2)
    elif _HAVING.match(sentence.low(at)):  # "averlo ostacolato"
        verb = sentence.low(at + 1)
    likened = sentence.taken.get(_likened(sentence, at))
    if likened is not None and likened.is_person and likened.agrees(form):
        return True
    start = sentence.sentence_start(at)
    if any(verb.startswith(stem) for stem in lexicon.sets["person_verbs"]):
        either = any(verb.startswith(stem) for stem in lexicon.sets["things_too"])
        return not (either and _taken_up(sentence, found, range(start, at), form))
    agree = [
        mention
        for mention in found
        if start <= mention.start
        and mention.end <= at
        and mention.agrees(form)
        and not (mention.end == at and mention.what == "thing" and not mention.governed)  # the subject
    ]
    # What is plural and has nothing to stand for is no one person: ``per vederle bisogna salire``.
    return any(mention.is_person for mention in agree) if agree else form.number == "s"


def _likened(sentence: Sentence, at: int) -> int:
    """Where the person is that an object is said to be: ``interpretarlo come [un re]``; -1 without one."""
    as_ = at + 1 if len(sentence.low(at)) > 3 else at + 2
    return as_ + 1 if sentence.low(as_) in {"come", "como", "comme"} else -1


def _taken_up(sentence: Sentence, found: list[Mention], before: range, form: Form) -> bool:
    """Whether a thing that is an object is taken up again: ``ha [una bici] rossa e la lascia in cortile``."""
    inside = [m for m in found if m.start > before.start and m.end <= before.stop and m.agrees(form)]
    if not inside or inside[-1].is_person or inside[-1].governed:
        return False
    cuts = range(inside[-1].end, before.stop)
    opens = sentence.low(inside[-1].start - 1) in {",", ";"} or sentence.is_in("clause", inside[-1].start - 1)
    return not opens and any(sentence.is_in("conjunctions", at) or sentence.low(at) == "," for at in cuts)
