"""Build the list of names that a text is freed of before the heads read it.

    pip install faker==40.54.0
    python scripts/name_list.py --data DATA src/tongli/encoders/impersonal/names.txt.gz

Names come from Faker (MIT), and from ``name_list.toml`` and ``names.toml`` (ours); all of one spelling are
one entry, so that no name keeps a gender, a language or a rank. What is an ordinary word is told by counting
words in the training texts that may ship, which ``DATA`` holds, and places, languages, months and days come
from CLDR. The rules:

1. A name has three letters or more (given) or four (family), in one word; two in Han, Kana and Hangul.
2. In scripts with capitals a word is ordinary in a language when its texts write it small, or in German
   after an article, twice or more and more often than half the times that they write it with a capital
   inside a sentence. Each country of Faker that lists it as a given name counts like one such time.
3. A given name that is ordinary in one to six languages is kept with them, unless one writes it small more
   than five times as often; a family name is left out. So are genitives of given names.
4. In scripts without capitals a name is left out when the texts hold it three times or more as a word, but
   for the names of our own lists, which may be there up to a hundred times, those of ``names.toml`` a dozen.
5. Names of territories are left out, but for a given name of three countries or more in languages that call
   no territory so; so are the ``not_persons`` of our list, and names of cities, languages, months and days,
   unless eight countries or more list them as given names, be it in another script.
6. Certain given names are spelled in other scripts by the tables of our list, those of two countries or fewer
   in scripts without capitals only; spellings are left out when they are ordinary, or too short, and those of
   few countries when the filter of ``unlisted_names.py`` holds them, which knows the encoder's vocabulary.

No list of names for measuring was used.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import math
import pkgutil
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers

from tongli.encoders.impersonal.lists import PLACE, has_capitals, script_of
from tongli.encoders.impersonal.rewriting import NEW_SENTENCE, titled
from tongli.encoders.impersonal.spelling import WORD, fold, split
from tongli.encoders.impersonal.unlisted import UNCASED, unlisted
from tongli.learning.tasks import TASKS, load

OURS = Path(__file__).with_suffix(".toml")
CULTURES = Path(__file__).with_name("names.toml")
PRONOUNS = Path(__file__).parents[1] / "src/tongli/encoders/impersonal/pronouns.toml"
AFTER_ARTICLE = 5
"""How often a noun is counted as written small where it follows an article: few do."""
MEMBERS = {"nb": "no", "bs": "hr", "sr": "hr"}
"""Language → the one that the pronoun tables have for it in Latin script."""
SHORTEST = {"Hans": 2, "Hang": 2, "Kana": 2}
"""Script with fewer letters in a name → the fewest."""
FOREIGN = {"Cyrl": 4, "Deva": 3, "Arab": 4}
"""Script that Latin names are spelled in → fewest letters of a spelling."""
SPELLED_ALWAYS = {"en_KE", "en_NG", "en_IN", "en_PK", "yo_NG", "ig_NG", "ha_NG", "tw_GH", "zu_ZA", "sw"}
"""Countries whose names no other country lists."""
SHORTEST_RARE = 5
"""Letters of a name of two countries or fewer that is spelled in scripts without capitals."""
MOST_SPELLINGS = 10
SHORTEST_UNCOUNTED = 5
"""Letters of a name in a script of which there are too few texts to count."""
ENOUGH_TEXTS = 300
MOST_LANGUAGES = 6
MOST_ORDINARY = 5
"""Small letters a capital from which on a given name is an ordinary word only."""
TOO_OFTEN = 100
"""Times from which on a name of our own list in a script without capitals is something else."""
OFTEN = 12
"""The same for our lists of many cultures."""
SHORTEST_OURS = 3
"""Letters of a name of these lists."""
GENITIVE = 5
"""So many times more countries must list a name without its s than with it, for it to be a genitive."""
OURS_COUNTS = 2
"""Countries that a Latin name of our own list counts for."""
MOST_CALLED = 15
"""Languages that call a territory by a given name, up to which it is a name in the others."""
WELL_KNOWN = 8
"""Countries that make a given name of a city's name, or a month's."""
_LETTERS = dict(zip("ािुेो", "आइउएओ", strict=True))
"""Vowel sign of Devanagari → the letter."""
_VOWELS = {*_LETTERS, *_LETTERS.values(), "अ"}


@dataclass
class Counts:
    """How often words are written how in the texts; words are folded."""

    articles: Container[str]
    small: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    capital: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    uncased: Counter[str] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    unspaced: list[str] = field(default_factory=list)

    def add(self, text: str, tag: str) -> None:
        """Count the words of a text."""
        lang = MEMBERS.get(tag, tag)
        parts, folded = WORD.split(text), split(text)[1]
        self.languages[tag] += 1
        for script in {script_of(word) for word in parts[1::2]}:
            self.texts[script] += 1
        if lang in {"zh", "ja", "th"}:
            self.unspaced.append(text)
            return
        headline = titled(parts[1::2])
        for place in range(1, len(parts), 2):
            word, name = parts[place], folded[place]
            if not has_capitals(word):
                self.uncased.update({name, name[:2], name[:3]} if script_of(word) == "Hang" else {name})
            elif lang == "de" and place > 1 and parts[place - 2].lower() in self.articles:
                self.small[lang][name] += AFTER_ARTICLE
            elif word[0].islower():
                self.small[lang][name] += 1
            elif place > 1 and not headline and not NEW_SENTENCE.search(parts[place - 1]):
                self.capital[lang][name] += 1

    def ordinary_in(self, name: str, *, countries: int) -> set[str]:
        """Rule 2: languages in which a folded word is an ordinary one."""
        return {
            lang
            for lang, times in self._small_somewhere.get(name, ())
            if times * 2 > self.capital[lang][name] + countries
        }

    def often(self, name: str) -> bool:
        """Rule 4: whether a word without capitals is an ordinary one."""
        return self.times(name) >= 3

    def times(self, name: str) -> int:
        """How often the texts hold a word of a script without capitals."""
        if script_of(name) in {"Hans", "Kana", "Thai"}:
            return self._joined.count(name)
        return self.uncased[name]

    def mostly_ordinary(self, name: str, *, countries: int) -> bool:
        """Rule 3: whether a folded word is hardly ever a name in some language."""
        return any(
            times > MOST_ORDINARY * (self.capital[lang][name] + countries)
            for lang, times in self._small_somewhere.get(name, ())
        )

    @cached_property
    def _small_somewhere(self) -> Mapping[str, list[tuple[str, int]]]:
        found: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for lang, words in self.small.items():
            for word, times in words.items():
                if times >= 2:
                    found[word].append((lang, times))
        return found

    @cached_property
    def _joined(self) -> str:
        return "\n".join(self.unspaced)


@dataclass
class Names:
    """Folded names: given ones with how many countries list them, and family names."""

    given: Counter[str] = field(default_factory=Counter)
    family: set[str] = field(default_factory=set)
    spelled: set[str] = field(default_factory=set)
    spelled_uncased: set[str] = field(default_factory=set)


def of_faker() -> Names:
    """Rule 1: all names of Faker's persons."""
    from faker.providers import person

    found = Names()
    for module in pkgutil.iter_modules(person.__path__):
        lists = vars(importlib.import_module(f"{person.__name__}.{module.name}").Provider)
        given = set(_of(lists, ("first", "middle"), shortest=3))
        found.given.update(given)
        found.family |= set(_of(lists, ("last",), shortest=4))
        found.spelled |= given if module.name in SPELLED_ALWAYS else set()
    found.spelled |= {name for name, countries in found.given.items() if countries > 2}
    found.spelled_uncased |= {name for name in found.given if len(name) >= SHORTEST_RARE}
    return found


def of_cultures() -> set[str]:
    """Rule 1: folded names of our lists of many cultures, each half of a name with a hyphen by itself."""
    return {
        fold(part)
        for tables in _toml(CULTURES).values()
        for names in tables.values()
        for part in WORD.split(names)[1::2]
        if len(part) >= SHORTEST.get(script_of(part), SHORTEST_OURS)
    }


def _of(lists: Mapping[str, Any], kinds: Iterable[str], *, shortest: int) -> Iterator[str]:
    for key, names in lists.items():
        if (
            any(kind in key for kind in kinds)
            and "format" not in key
            and isinstance(names, (tuple, list, dict))
        ):
            for name in names:
                for part in name if isinstance(name, tuple | list) else (name,):
                    words = WORD.split(str(part).strip())[1::2]
                    if len(words) == 1 and len(words[0]) >= SHORTEST.get(script_of(words[0]), shortest):
                        yield fold(words[0])


def count(data: Path) -> Counts:
    """Words of the training texts of all heads."""
    texts = {
        (example.text, example.lang) for task in TASKS.values() for example in load(task.train, data=data)
    }
    tables = _toml(PRONOUNS)
    found = Counts(tables["de"]["articles"].split())
    for text, tag in sorted(texts):
        found.add(text, tag.partition("-")[0])
    for lang, entry in tables.items():
        for word in entry.get("words", "").split():
            found.small[lang][fold(word)] += 1000
    return found


def of_cldr(languages: Container[str]) -> tuple[set[str], set[str], set[str]]:
    """Rule 5: folded names of territories; of languages, cities, months and days; of places in Han."""
    territories: set[str] = set()
    others: set[str] = set()
    places: set[str] = set()
    for identifier in locale_identifiers():
        try:
            locale = Locale.parse(identifier)
        except UnknownLocaleError:
            continue
        if locale.language not in languages:
            continue
        for kind in (locale.months, locale.days):
            for context in kind.values():
                others.update(context.get("wide", {}).values())
        cities = {str(zone["city"]) for zone in locale.time_zones.values() if "city" in zone}
        others |= {*cities, *locale.languages.values()}
        territories |= set(locale.territories.values())
        places |= {name for name in cities | set(locale.territories.values()) if locale.language == "zh"}
    return _single(territories), _single(others), {name for name in _single(places) if len(name) > 1}


def of_territories(languages: Container[str]) -> dict[str, set[str]]:
    """Folded name of a territory → languages in which it is called so."""
    found: dict[str, set[str]] = defaultdict(set)
    for identifier in locale_identifiers():
        try:
            locale = Locale.parse(identifier)
        except UnknownLocaleError:
            continue
        if locale.language in languages:
            for name in _single(locale.territories.values()):
                found[name].add(MEMBERS.get(locale.language, locale.language))
    return found


def _single(names: Iterable[str]) -> set[str]:
    """Those of one word, folded."""
    return {fold(str(name)) for name in names if len(WORD.split(str(name))) == 3}


def spellings(name: str, table: Mapping[str, str]) -> Iterator[str]:
    """How a folded Latin name may be written in another script; nothing when a letter is not in the table."""
    parts: list[list[str]] = []
    at = 0
    while at < len(name):
        if parts and name[at] == name[at - 1] and name[at] not in "aeiou":
            parts.append(["", parts[-1][0]])  # doubled
            at += 1
            continue
        for length in (4, 3, 2, 1):
            piece = name[at : at + length]
            ends = f"{piece}$" if at + length >= len(name) else piece
            starts = f"^{piece}" if at == 0 else piece
            key = next((key for key in (starts, ends, piece) if key in table), None)
            if key is not None and len(piece) == length:
                parts.append([form.replace("_", "") for form in table[key].split()])
                at += length
                break
        else:
            return
    while math.prod(map(len, parts)) > MOST_SPELLINGS:  # give up the rarest choices first
        longest = max(parts, key=len)
        longest.pop()
    for forms in product(*parts):
        yield fold(_independent("".join(forms)))


def _independent(word: str) -> str:
    """Vowel signs of Devanagari that follow no consonant, as letters."""
    return "".join(
        _LETTERS.get(char, char) if at == 0 or word[at - 1] in _VOWELS else char
        for at, char in enumerate(word)
    )


def in_cases(name: str, endings: Mapping[str, str]) -> Iterator[str]:
    """The other cases of a name in Cyrillic script."""
    stem, forms = (name[:-1], endings[name[-1]]) if name[-1] in endings else (name, endings["*"])
    if name[-1] in endings or name[-1] not in "еиоуюыэі":
        yield from (fold(stem + form.replace("_", "")) for form in forms.split())


def build(data: Path) -> bytes:
    """The list, compressed; the same input gives the same bytes."""
    ours, names, counts = _toml(OURS), of_faker(), count(data)
    barred, others, places = of_cldr(set(counts.languages))
    famous = {name for name, countries in names.given.items() if countries >= WELL_KNOWN}
    famous |= foreign(famous, ours["spellings"], counts=counts)
    no_persons = {fold(word) for word in ours["not_persons"].split()}
    barred |= no_persons
    more = of_cultures()
    latin = {fold(word) for word in ours["own"].pop("Latn").split()}
    names.given.update(dict.fromkeys(latin | set(filter(has_capitals, more)), OURS_COUNTS))
    names.spelled |= latin
    names.spelled_uncased |= {name for name in more if len(name) >= SHORTEST_RARE}
    own = {fold(word) for words in ours["own"].values() for word in words.split()} - barred
    countries = {
        name: {f"{PLACE}{lang}" for lang in languages}
        for name, languages in of_territories(set(counts.languages)).items()
        if names.given[name] > OURS_COUNTS and len(languages) <= MOST_CALLED and name not in no_persons
    }
    barred = (barred | (others - famous)) - set(
        countries
    )  # cities; but in scripts without capitals our own lists know better
    own -= {name for name in own if counts.uncased[name] >= TOO_OFTEN}
    own |= {name for name in more if not has_capitals(name) and counts.times(name) < OFTEN} - barred
    certain, ambiguous = set(own), dict[str, set[str]]()
    for row in ours["syllables"].values():
        names.given.update(first + second for first in row.split() for second in row.split())
    for name in (set(names.given) | names.family) - barred - own:
        if not has_capitals(name):
            if not counts.often(name) and _long_enough(name, counts):
                certain.add(name)
            continue
        if name[-1] == "s" and names.given[name[:-1]] > GENITIVE * names.given[name]:
            continue
        languages = counts.ordinary_in(name, countries=names.given[name]) | countries.get(name, set())
        if not languages:
            certain.add(name)
        elif name in names.given and not (
            sum(lang[0] != PLACE for lang in languages) > MOST_LANGUAGES
            or counts.mostly_ordinary(name, countries=names.given[name])
        ):
            ambiguous[name] = languages
    known = barred | set(ambiguous)
    listed, tables = (certain | set(ambiguous)) - set(countries), ours["spellings"]
    uncased = {script: tables[script] for script in FOREIGN if script in UNCASED}
    certain |= foreign(names.spelled & listed, tables, counts=counts) - known
    rare = foreign((names.spelled_uncased - names.spelled) & listed, uncased, counts=counts) - known
    certain |= {name for name in rare if not unlisted().is_ordinary(name)}
    for name in [name for name in certain if script_of(name) == "Cyrl" and len(name) > 3]:
        forms = set(in_cases(name, ours["cases"]["Cyrl"])) - known
        certain |= {form for form in forms if not counts.ordinary_in(form, countries=0)}
    lines = (
        "\n".join(sorted(certain)),
        "\n".join(f"{name} {' '.join(sorted(ambiguous[name]))}" for name in sorted(ambiguous)),
    )
    text = "\n\n".join((*lines, "\n".join(sorted(places))))
    return gzip.compress(text.encode(), 9, mtime=0)


def foreign(names: Iterable[str], tables: Mapping[str, Mapping[str, str]], *, counts: Counts) -> set[str]:
    """Rule 6: spellings of Latin names in other scripts."""
    found: set[str] = set()
    for name in names:
        if script_of(name) != "Latn" or len(name) < 4:
            continue
        for script in tables:
            shortest = FOREIGN[script]
            for form in spellings(name, tables[script]):
                ordinary = counts.ordinary_in(form, countries=0) if script == "Cyrl" else counts.uncased[form]
                if len(form) >= shortest and not ordinary:
                    found.add(form)
    return found


def _long_enough(name: str, counts: Counts) -> bool:
    counted = counts.texts[script_of(name)] >= ENOUGH_TEXTS
    return counted or len(name) >= SHORTEST_UNCOUNTED


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def main() -> None:
    """Read the sources, write the list."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("target", type=Path, help="where the list goes")
    options = parser.parse_args()
    data = build(options.data)
    options.target.write_bytes(data)
    sys.stdout.write(f"{options.target}: {len(data):,} bytes\n")


if __name__ == "__main__":
    main()
