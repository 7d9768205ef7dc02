"""Forms of one gender in a text whose person has the other: what a translation got wrong."""

from __future__ import annotations

from tongli.core import Agreement, Span
from tongli.empathy.gender.forms import outside_of, protected
from tongli.empathy.gender.romance.lexicon import lexicon
from tongli.empathy.gender.romance.links import mentions
from tongli.empathy.gender.romance.mention import Mention
from tongli.empathy.gender.romance.phrases import Sentence
from tongli.knowledge.tags import primary

ROMANCE = frozenset({"es", "fr", "it", "pt"})


def contrary(text: str, *, lang: str, other: Agreement, nouns: bool = False) -> tuple[Span, ...]:
    """Where a text about one person says the form that the person does not have.

    Nouns count only where a name is beside them or they say what a name is: any other may be of somebody
    else. Where a form of the person's own gender stands too, there may be two people, and nothing is told.

    Args:
        text: a translation.
        lang: BCP-47 tag; other languages than es, fr, it, pt give nothing.
        other: the agreement that the person does not have.
        nouns: whether a noun that something is said of is the person too (*mi amigo está cansado*).

    Returns:
        Code points from the first to the last form of each mention.
    """
    if primary(lang) not in ROMANCE:
        return ()
    sentence = Sentence(text, lexicon(primary(lang)))
    people = [each for each in mentions(sentence) if each.is_person and each.speaker == "third"]
    single = [each for each in people if each.number == "s" and each.gender != "c"]
    if any(each.gender != other[0] and each.what != "clitic" for each in single):
        return ()
    found = [each for each in single if each.parts and _of_person(sentence, each, nouns=nouns)]
    spans = [_span(sentence, each) for each in found]
    return tuple(sorted(set(filter(outside_of(protected(text)), spans))))


def _of_person(sentence: Sentence, mention: Mention, *, nouns: bool) -> bool:
    """Whether a mention is of the person whom the text is about, and not of just anybody."""
    if mention.what in {"pronoun", "unsaid", "name"}:
        return not mention.governed and not _only(sentence, mention)
    named = any(other.what in {"name", "pronoun"} for other in mention.same) or sentence.capital(mention.end)
    said = sentence.is_in("copula_s", mention.start - 1)
    told = nouns and not mention.governed and max(mention.parts) >= mention.end
    return mention.what == "noun" and (named or said or told)


def _only(sentence: Sentence, mention: Mention) -> bool:
    """Whether a form may be the adverb "only", or a thing follows that it may be said of."""
    last = max(mention.parts)
    after = sentence.taken.get(last + 1)
    thing = after is not None and after.what == "thing" and not after.governed
    return mention.what == "unsaid" and (thing or all(sentence.low(at) == "solo" for at in mention.parts))


def _span(sentence: Sentence, mention: Mention) -> Span:
    places = sorted(mention.parts)
    return sentence.words[places[0]].start, sentence.words[places[-1]].end
