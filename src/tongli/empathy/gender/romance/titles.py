"""Titles right before the name of a declared person: ``la Sra. Lena``, ``Monsieur Lena``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tongli.core import Agreement, Edit, Person, Span
from tongli.empathy.gender.forms import outside_of
from tongli.empathy.gender.romance.lexicon import Lexicon
from tongli.empathy.gender.romance.resolve import declared, names_in
from tongli.empathy.gender.romance.words import cased
from tongli.empathy.reply import declared_for


def title_edits(
    text: str, people: Sequence[Person], areas: Sequence[Span], lexicon: Lexicon, *, reason: str, source: str
) -> Iterator[Edit]:
    """Edits of titles, with their articles, that differ from the declared title or agreement.

    An empty declared title goes, with the article before it; one after ``del`` or ``della`` stays.
    """
    free = outside_of(areas)
    for person in people:
        for match in _titled(text, person, lexicon):
            span, after = _change(match, person, lexicon)
            before = text[slice(*span)]
            if after is not None and after != before and free(span):
                yield Edit(span=span, before=before, after=after, kind="title", reason=reason, source=source)


def _titled(text: str, person: Person, lexicon: Lexicon) -> Iterator[re.Match[str]]:
    """Titles of a person, with an article before and a blank behind."""
    names = "|".join(re.escape(name) for name in names_in(person))
    if not names:
        return iter(())
    titles = "|".join(re.escape(word) for word in sorted(_pairs(lexicon), key=len, reverse=True))
    articles = "|".join(word for word, forms in lexicon.forms.items() if any(f.kind == "det" for f in forms))
    pattern = rf"(?<!\w)(?:(?P<article>{articles})\s+)?(?P<title>{titles})\s+(?=(?:{names})(?!\w))"
    return re.finditer(pattern, text, re.IGNORECASE)


def _change(match: re.Match[str], person: Person, lexicon: Lexicon) -> tuple[Span, str | None]:
    """Where a title stands and what it becomes; ``None`` where nothing is declared for it.

    The article comes along where it goes too, or where its gender is declared.
    """
    article = match["article"] or ""
    wish = declared(person, lexicon)
    gender = None if wish is None or wish.gender == "neutral" else wish.gender
    wanted = _wanted(match["title"], person, lexicon, gender)
    if wanted == "":
        droppable = not article or article.lower() in lexicon.sets["articles"]
        return match.span(), "" if droppable else None
    if wanted is None or not article or gender is None:
        return match.span("title"), wanted
    form = next(form for form in lexicon.read(article.lower()) if form.kind == "det")
    slot = form.feminine if gender == "feminine" else form.masculine
    agreed = cased(lexicon.spelling(slot, wanted.lower()), article)
    return (match.start(), match.end("title")), f"{agreed} {wanted}"


def _wanted(title: str, person: Person, lexicon: Lexicon, gender: Agreement | None) -> str | None:
    own = declared_for(lexicon.lang, person.titles)
    own = person.title if own is None else own
    if own is not None:
        return cased(own, title) if own.islower() else own
    pair = _pairs(lexicon)[title.lower()]
    return None if gender is None else cased(pair[gender == "feminine"], title)


def _pairs(lexicon: Lexicon) -> dict[str, tuple[str, str]]:
    """Title in lower case → masculine and feminine."""
    rows = [(row.split("/")[0], row.split("/")[1]) for row in lexicon.data["titles"]]
    return {word.lower(): row for row in reversed(rows) for word in row}
