"""Adjectives and participles that no copula gives to anybody, in a text about one person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tongli.empathy.gender.romance.lexicon import Form
from tongli.empathy.gender.romance.mention import Mention
from tongli.empathy.gender.romance.phrases import Sentence

_STOPS = frozenset([*".,;:!?…)»”", '"', ""])
_NOT = ("never", "things")
_AFTER = ("prepositions", "clause", "conjunctions")
_PAIR = 2
_PARTICIPLES = ("ato", "uto", "ito", "sto", "eso", "ado", "ido")
"""Ends of Italian, Spanish and Portuguese participles."""
_COMPLEMENT = 6
"""Words of a complement that a second form may follow."""
_AS = frozenset(["como", "comme", "come", "da", "desde", "dès", "por", "per", "pour", "de"])


def strays(sentence: Sentence, found: Sequence[Mention], gender: str, number: str) -> Iterator[Mention]:
    """Forms that would be the person's: after a verb, "as" or "and", with no thing near that they agree with.

    ``se puso [negra]``, ``desde muy [pequeña]``, ``atrapada en la máquina y [salpicada] de barro``.
    """
    own: set[int] = {at for mention in found if mention.is_person for at in mention.parts}
    for at in range(len(sentence.words)):
        form = _free(sentence, at, gender, number)
        if form is None or not (_by_oneself(sentence, at) or _closed(sentence, at, gender, number)):
            continue
        if _judged(sentence, at) or not (_said(sentence, at, own) or _depicts(sentence, at, form)):
            continue
        if _of_thing(sentence, found, at, form):
            continue
        own.add(at)
        yield Mention(
            what="noun", gender=form.gender, number=form.number, start=at, end=at + 1, parts={at: form}
        )


def _free(sentence: Sentence, at: int, gender: str, number: str) -> Form | None:
    """The adjective read at a place that nothing has taken."""
    if at in sentence.taken or sentence.capital(at) or any(sentence.is_in(name, at) for name in _NOT):
        return None
    forms = [form for form in sentence.readings[at] if form.kind == "adj"]
    return next((form for form in forms if (form.gender, form.number) == (gender, number)), None)


def _by_oneself(sentence: Sentence, at: int) -> bool:
    """``crebbe da [sola] le figlie``: whatever follows is no noun of it."""
    return sentence.low(at - 1) == "da" and sentence.low(at) in {"solo", "sola"}


def _judged(sentence: Sentence, at: int) -> bool:
    """``non è [vero] che``: what is said of what follows."""
    return sentence.is_in("judged", at) and sentence.low(at + 1) in {"che", "que"}


def _depicts(sentence: Sentence, at: int, form: Form) -> bool:
    """A participle after a verb and what goes with it: ``visse a lungo [nascosta] in …``.

    What stands between must not agree, or it would be its noun.
    """
    if form.masculine[-3:] not in _PARTICIPLES or not sentence.is_in("prepositions", at + 1):
        return False
    for before in range(at - 1, max(-1, at - 1 - _COMPLEMENT), -1):
        other = sentence.taken.get(before)
        if other is not None and other.agrees(form):
            return False
        if not sentence.words[before].is_word or any(
            sentence.is_in(name, before)
            for name in ("conjunctions", "clause", "copula_s", "copula_p", "have")
        ):
            return False
        free = other is None and not sentence.reading(before) and not sentence.capital(before)
        if free and re.match(sentence.lexicon.data["finite"], sentence.low(before)):
            return before < at - 1
    return False


def _closed(sentence: Sentence, at: int, gender: str, number: str) -> bool:
    """Whether no noun follows that the form may belong to; another such form may (``bruciato vivo``)."""
    after = at + 1
    while sentence.is_in("adverbs", after) or (after == at + 1 and _free(sentence, after, gender, number)):
        after += 1
    return sentence.low(after) in _STOPS or any(sentence.is_in(name, after) for name in _AFTER)


def _said(sentence: Sentence, at: int, own: set[int]) -> bool:
    """Whether a verb, "as", or another form of the person leads to a form."""
    before = at - 1
    while sentence.is_in("adverbs", before) or sentence.measured(before - 1) == _PAIR:
        before -= 1 if sentence.is_in("adverbs", before) else _PAIR
    low = sentence.low(before)
    if sentence.is_in("have", before):
        return False
    if before in own and before == at - 1 and before not in sentence.taken:  # "bruciato [vivo]"
        return True
    if low == "," or sentence.is_in("conjunctions", before):
        return before - 1 in own or sentence.personal(at) or _goes_on(sentence, before - 1, own)
    if low in _AS or (sentence.is_in("conditional", before) and sentence.personal(at)):
        return True
    if sentence.is_in("copula_s", before) or sentence.is_in("copula_p", before):
        return bool(sentence.lexicon.data["prodrop"])
    verb = not sentence.reading(before) or sentence.is_in("never", before)  # "[vive] ritirata"
    return verb and re.match(sentence.lexicon.data["finite"], low) is not None


def _goes_on(sentence: Sentence, last: int, own: set[int]) -> bool:
    """Whether what stands before "and" is the complement of a form, or an adjective that never varies.

    ``espulso dall'università e [costretto] a …``, ``abile, ma anche [vanitoso]``, ``né [ricco] né famoso``.
    """
    if sentence.low(last) == ",":
        last -= 1
    if last in own or sentence.is_in("copula_s", last) or _unvaried(sentence, last):
        return True
    for at in range(last, max(-1, last - _COMPLEMENT), -1):
        if at in own:
            return sentence.is_in("prepositions", at + 1) and any(
                form.kind == "adj" for form in sentence.readings[at]
            )
        if sentence.ends(at) or _finite(sentence, at) or sentence.low(at) == ",":
            return False
    return False


def _unvaried(sentence: Sentence, at: int) -> bool:
    """Whether an adjective that is the same for both genders is said of a subject: ``è abile``."""
    forms = sentence.reading(at)
    same = sentence.invariable(at) or any(form.kind == "adj" and form.gender == "c" for form in forms)
    before = at - 1
    while sentence.is_in("adverbs", before):
        before -= 1
    said = sentence.is_in("copula_s", before) or any(
        form.kind == "adj" and before in sentence.taken for form in sentence.reading(before)
    )
    return same and at not in sentence.taken and said


def _finite(sentence: Sentence, at: int) -> bool:
    verb = not sentence.reading(at) and re.match(sentence.lexicon.data["finite"], sentence.low(at))
    return bool(verb) or any(sentence.is_in(name, at) for name in ("clause", "copula_s", "copula_p", "have"))


def _of_thing(sentence: Sentence, found: Sequence[Mention], at: int, form: Form) -> bool:
    """Whether the nearest phrase before it that agrees, in its sentence, is a thing."""
    start = sentence.sentence_start(at)
    before = [m for m in found if start <= m.start and m.end <= at and not m.governed and m.agrees(form)]
    return bool(before) and not before[-1].is_person
