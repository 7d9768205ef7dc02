"""Which mentions are whose: a declared person's, one unnamed person's, or an undeclared one's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tongli.empathy.gender.romance.lexicon import Gender, Number
from tongli.empathy.gender.romance.mention import Mention
from tongli.empathy.gender.romance.phrases import Sentence
from tongli.empathy.gender.romance.strays import strays

_FUNCTIONS = (
    "prepositions",
    "clause",
    "conjunctions",
    "adverbs",
    "possessives",
    "numerals",
    "copula_s",
    "copula_p",
)


def one_person(sentence: Sentence, found: Sequence[Mention]) -> list[Mention]:
    """Mentions that a lone, unnamed declaration is about.

    Where the text speaks of one person, masculine plurals keep their forms: they are somebody else, or
    people in general. Where it speaks of groups only, those are meant.
    """
    people = [mention for mention in found if mention.is_person]
    if not any(_single(mention) for mention in people):
        meant = [mention for mention in people if len(mention.parts) > 1 or not _nobody(sentence, mention)]
        return meant + _strays(sentence, found, meant)
    chosen = [
        mention
        for mention in people
        if (mention.what == "kin" or mention.number == "s" or mention.gender == "f")
        and not _nobody(sentence, mention)
    ]
    linked = [other for mention in chosen for other in mention.same if other not in chosen]
    return chosen + linked + _strays(sentence, found, chosen)


def _nobody(sentence: Sentence, mention: Mention) -> bool:
    """Whether a mention is of no one: ``nessuno lo riconobbe``."""
    return sentence.is_in("nobody", mention.start) and mention.end == mention.start + 1


def _single(mention: Mention) -> bool:
    """Whether a mention is of one person: by more than a noun, or by a noun of which something is said."""
    if mention.number != "s" or mention.gender == "c":
        return False
    told = any(not mention.start <= at < mention.end for at in mention.parts)
    said = bool(mention.same) or (len(mention.parts) > 1 and told)
    return mention.what != "noun" or (said and not mention.governed)


def _strays(sentence: Sentence, found: Sequence[Mention], chosen: Sequence[Mention]) -> list[Mention]:
    kinds = dict.fromkeys((mention.gender, mention.number) for mention in chosen if mention.gender != "c")
    return [each for gender, number in kinds for each in strays(sentence, found, gender, number)]


def undeclared(found: Sequence[Mention]) -> list[list[Mention]]:
    """People whose gender the text itself leaves open, each with all that is linked to them.

    Words whose sense is gendered, third-person pronouns and whatever is linked to those say it already.
    Pronouns and unsaid subjects that agree with the only such person are theirs.
    """
    groups: list[list[Mention]] = []
    seen: set[int] = set()
    for mention in found:
        if id(mention) in seen or not mention.is_person:
            continue
        group = list(_linked(mention))
        seen.update(id(item) for item in group)
        if not any(_says(item) for item in group) and any(item.parts for item in group):
            groups.append(sorted(group, key=lambda item: not item.parts))
    if len(groups) == 1:
        first = groups[0][0]
        groups[0] += [
            mention
            for mention in found
            if mention.what in {"pronoun", "unsaid", "clitic"}
            and not any(mention is item for item in groups[0])
            and (mention.gender, mention.number) == (first.gender, first.number)
            and mention.speaker == first.speaker
            and not (mention.what == "pronoun" and first.what == "noun" and mention.start < first.start)
        ]
    return groups


def rivals(found: Sequence[Mention], group: Sequence[Mention]) -> bool:
    """Whether forms of a group may be somebody else's, or somebody else's forms the group's."""
    agree = [
        mention
        for mention in found
        if any((mention.gender, mention.number) == (item.gender, item.number) for item in group)
    ]
    inside = {id(mention) for mention in group}
    for mention in agree:
        if id(mention) in inside:
            if mention.what == "clitic" or (mention.what == "pronoun" and mention.governed):
                return True
        elif mention.what in {"name", "unsaid", "pronoun", "clitic"} or (
            mention.what == "kin" and (mention.number == "p" or len(group) > 1)
        ):
            return True
    return False


def loose_forms(sentence: Sentence, gender: Gender, number: Number) -> bool:
    """Whether an agreeing form stands where nothing was found for it: it may be anybody's."""
    return any(
        form.kind != "fixed" and (form.gender, form.number) == (gender, number)
        for at, readings in enumerate(sentence.readings)
        if at not in sentence.taken and not sentence.capital(at) and not _active(sentence, at)
        for form in readings
    )


def elliptic(sentence: Sentence, found: Sequence[Mention], group: Sequence[Mention]) -> bool:
    """Whether a phrase without a noun agrees with a group: ``quelle provenienti``, ``le stesse che``."""
    forms = {(mention.gender, mention.number) for mention in group}
    return any(
        mention.what == "thing"
        and (mention.gender, mention.number) in forms
        and all(sentence.reading(at) or sentence.invariable(at) for at in range(mention.start, mention.end))
        for mention in found
    )


def _active(sentence: Sentence, at: int) -> bool:
    """Whether a participle follows "have" and so agrees with nobody (``a promis``, ``ha detto``)."""
    before = at - 1
    while sentence.is_in("adverbs", before):
        before -= 1
    return sentence.is_in("have", before)


def unknown_agreement(sentence: Sentence, group: Sequence[Mention]) -> bool:
    """Whether an unknown word stands where an adjective would, and ends as one that agrees would."""
    adjoining = sentence.lexicon.data["adjectives_follow"]
    ends = {mention.end for mention in group if mention.what == "noun"} if adjoining else set()
    for at, word in enumerate(sentence.words):
        if not word.is_word or sentence.readings[at] or sentence.capital(at) or at in sentence.taken:
            continue
        before = at - 1
        while sentence.is_in("adverbs", before):
            before -= 1
        if any(sentence.is_in(name, at) for name in _FUNCTIONS) or not (
            sentence.is_in("copula_s", before) or sentence.is_in("copula_p", before) or at in ends
        ):
            continue
        looks = sentence.lexicon.data["looks"]
        if any(
            re.search(f"{looks[item.gender + item.number]}$", word.low)
            for item in group
            if item.gender != "c"
        ):
            return True
    return False


def _says(mention: Mention) -> bool:
    if not mention.is_person or mention.what in {"kin", "clitic"}:
        return True
    if mention.speaker != "third":
        return False
    return mention.what in {"pronoun", "name", "unsaid"} and not mention.same


def _linked(mention: Mention) -> Iterator[Mention]:
    todo, seen = [mention], {id(mention)}
    while todo:
        item = todo.pop()
        yield item
        todo += [other for other in item.same if id(other) not in seen]
        seen.update(id(other) for other in item.same)
