"""Gender forms across languages: what a source says of its people, and what a translation says of them.

A translation often has to choose a form where its source has none ("I am tired" → «cansado» or «cansada»).
Then every version is offered. Where the source does say a form, the translation must say the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tongli.core import Agreement, InputError, Person, Span
from tongli.empathy.gender.by_forms import BOTH
from tongli.empathy.gender.romance.contrary import ROMANCE, contrary
from tongli.empathy.gender.rules import Rules, rules
from tongli.empathy.gender.swap import swap
from tongli.knowledge.tags import primary

_IT = re.compile(r"\b(?:it|its|itself)\b", re.IGNORECASE)
_PERSON = re.compile(
    r"\b(?:she|he|him|hers|herself|himself|her(?=\s*(?:[.,;:!?)]|$|(?:at|on|in|to|for|and|by|with|from|if|when)\b)))\b",
    re.IGNORECASE,
)

_NOBODY = "\ufdd0"
"""A name that no text has, for an author whose forms bind to the first person only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gendered:
    """A translation with its gender forms settled as far as its source settles them.

    Attributes:
        text: the translation, its forms those of the source or of the author's declaration where these tell.
        said: the form of the source's people, ``feminine``, ``masculine`` or ``neutral``; ``None``: open.
        form: the form that the translation has; ``None`` when nothing varies, or nobody should trust a rule.
        versions: form → text, with the one it has; empty unless the choice is open.
        changed: whether the text was mended.
        doubt: why no rule was trusted although something varies; empty when none was needed.
        against: where the translation says another form of the one person whom the source is about, and no
            rule was trusted to mend it.
    """

    text: str
    said: str | None = None
    form: str | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    changed: bool = False
    doubt: str = ""
    against: tuple[Span, ...] = ()


def gendered(
    source: str, text: str, *, source_lang: str, target_lang: str, author: Agreement | None = None
) -> Gendered:
    """Compare the gender forms of a translation with its source's, and mend or offer what differs.

    Args:
        source: what was translated.
        text: its translation.
        source_lang, target_lang: BCP-47 tags.
        author: agreement that the author declared, for forms of the first person.
    """
    own = _rules(target_lang)
    if own is None:
        return Gendered(text=text)
    if author is not None and len({text, *(_of_author(text, own, target_lang, each) for each in BOTH)}) > 1:
        mended = _of_author(text, own, target_lang, author)
        return Gendered(text=mended, said=author, form=author, changed=mended != text)
    there, here = swap(text, lang=target_lang), _said(source, source_lang)
    against: tuple[Span, ...] = ()
    if here in BOTH and _of_one(source, source_lang):
        other, nouns = BOTH[here == BOTH[0]], primary(source_lang) != "en"
        against = contrary(text, lang=target_lang, other=other, nouns=nouns)
    if there.form is None or not there.versions:
        doubt = there.abstained[0].reason if there.abstained else ""
        return Gendered(text=text, said=here, doubt=doubt, against=against)
    versions = {there.form: text} | {name: made.text for name, made in there.versions.items()}
    if here is None:
        return Gendered(text=text, form=there.form, versions=versions)
    settled = versions.get(here, text) if against or primary(target_lang) not in ROMANCE else text
    form = here if settled != text else there.form
    return Gendered(text=settled, said=here, form=form, changed=settled != text)


def _of_one(source: str, lang: str) -> bool:
    """Whether an English source speaks of a person by more than "his" or "her", and of no thing as "it"."""
    return primary(lang) != "en" or (_PERSON.search(source) is not None and not _IT.search(source))


def _of_author(text: str, own: Rules, lang: str, agreement: Agreement) -> str:
    """The text with forms of the first person as its author declares them."""
    forms = {lang: agreement}
    return own.rewrite(text, people=(Person(name=_NOBODY, first_person=forms, agreement=forms),)).text


def _said(source: str, lang: str) -> str | None:
    return None if _rules(lang) is None else swap(source, lang=lang).form


def _rules(lang: str) -> Rules | None:
    try:
        return rules(lang)
    except InputError:
        return None
