"""The knowledge base's own checks: what no parser can see and no reviewer should have to.

The form of a claim is checked by JSON Schema (``claims/schema.json``; needs the package jsonschema), its
content by the rules below. An error makes a claim unfit to ship; a warning is for a person to look at.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources.abc import Traversable
from typing import Any, Literal

from babel.localedata import locale_identifiers

from tongli.core import ConfigError, InputError, TongliError, shorten
from tongli.core.collection import collection_paused
from tongli.knowledge import tags
from tongli.knowledge.claim import FIGURATIVE, Claim, parse_claim
from tongli.knowledge.claim_files import ROOT, Broken, ClaimFiles, records
from tongli.knowledge.claim_matcher import Matcher
from tongli.knowledge.claim_patterns import Form, parse_form
from tongli.knowledge.claim_people import about_people, country_dimension
from tongli.knowledge.claim_streams import is_spaced
from tongli.knowledge.claim_table import OWN, Row, Table
from tongli.knowledge.claim_template import is_blank
from tongli.knowledge.locales import babel_locale
from tongli.knowledge.schema_check import Check, compiled

Rule = Literal[
    "json",
    "schema",
    "id",
    "double",
    "expired",
    "counter",
    "slang",
    "reviewed",
    "figurative",
    "agreement",
    "template",
    "people",
    "dimension",
    "tag",
    "pattern",
    "self-match",
    "nationality",
    "shared-form",
    "broad-form",
    "optional-choice",
]
Severity = Literal["error", "warning"]

_WARNINGS: frozenset[Rule] = frozenset({"shared-form", "broad-form", "optional-choice"})
_NEED_COUNTER = frozenset({"norm", "directness", "taboo", "politeness"})
_WEAK = frozenset({"llm-generated", "outsider-report"})
_ASKED = frozenset({"annotator-votes", "survey", "corpus-count", "standard", "dictionary"})
_CHAPTER = 50_000
_APART, _FAR = " . . . . . . ", "\ue000" * 30
"""Between examples of languages with and without blanks: no form reaches over so many stops or characters."""
_OPTIONAL = re.compile(r"(?<!\S)\([^()]*\)(?!\S)")
_CHOICE = re.compile(r"(?<!\S)\([^()|]*\|[^()]*\)(?!\S)")
"""In languages with blanks: what may be left out; several words of which one or none stands."""
_SHORT = 3
"""Letters of a word that is likely to be a common one; those of a Hangul syllable count singly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A problem: where it is, the rule it breaks and what is wrong."""

    file: str
    line: int
    id: str
    rule: Rule
    message: str

    @property
    def severity(self) -> Severity:
        """Whether it makes the claim unfit, or is to be looked at."""
        return "warning" if self.rule in _WARNINGS else "error"


@dataclass(frozen=True, slots=True)
class _Row:
    """A claim with its place; ``folder`` is empty for a file outside of a knowledge base.

    ``fields``: those to look at, all if ``None``. What all rows of a table share is judged with the first.
    """

    file: str
    line: int
    folder: str
    claim: Claim
    fields: tuple[str, ...] | None = None

    def finding(self, rule: Rule, message: str) -> Finding:
        return Finding(file=self.file, line=self.line, id=self.claim.id, rule=rule, message=message)


def lint(root: Traversable = ROOT, *, month: str) -> list[Finding]:
    """Check every claim of a knowledge base.

    Args:
        root: folder with ``languages`` and ``cultures``.
        month: year and month to judge ``review_by`` by, ``2026-11``.

    Raises:
        ConfigError: ``claims.jsonschema`` when jsonschema is not installed.
    """
    return _lint(ClaimFiles(root).files(), month=month)


def lint_file(file: Traversable, *, month: str) -> list[Finding]:
    """Check a file of claims that is not part of a knowledge base yet; raises like :func:`lint`."""
    return _lint([(file, "")], month=month)


def _lint(places: Iterable[tuple[Traversable, str]], *, month: str) -> list[Finding]:
    with collection_paused():
        return _findings(places, month=month)


def _findings(places: Iterable[tuple[Traversable, str]], *, month: str) -> list[Finding]:
    findings: list[Finding] = []
    rows: list[_Row] = []
    for file, folder in places:
        for row in _read(file, folder):
            if isinstance(row, Finding):
                findings.append(row)
            else:
                rows.append(row)
                findings += _content(row, month=month)
    findings += _doubles(rows)
    findings += _forms(rows)
    return sorted(findings, key=lambda item: (item.file, item.line, item.rule))


def _read(file: Traversable, folder: str) -> Iterator[_Row | Finding]:
    """Claims of a file; a line that is none is a finding."""
    name = f"{folder}/{file.name}" if folder else file.name
    _validator()
    try:
        read = list(records(file))
    except ConfigError as error:
        yield Finding(file=name, line=0, id="", rule="json", message=error.received)
        return
    tables: set[Table] = set()
    for number, data in read:
        if isinstance(data, Broken):
            yield Finding(file=name, line=number, id="", rule="json", message=data.reason)
        elif isinstance(data, Row):
            yield from _read_row(data, name, number, folder, first=data.table not in tables)
            tables.add(data.table)
        else:
            yield from _read_claim(data, name, number, folder)


def _read_row(row: Row, file: str, number: int, folder: str, *, first: bool) -> Iterator[_Row | Finding]:
    """The claim of a row; of all rows but the first only what is their own is judged."""
    try:
        claim = row.claim
    except ConfigError as error:
        yield Finding(file=file, line=number, id="", rule="json", message=error.received)
        return
    if first or not _fits(OWN)(claim.to_dict(only=OWN)):
        yield from _read_claim(claim.to_dict(), file, number, folder)
    else:
        yield _Row(file, number, folder, claim, OWN)


def _read_claim(data: object, file: str, number: int, folder: str) -> Iterator[_Row | Finding]:
    told = data.get("id", "") if isinstance(data, dict) else ""
    wrong = () if _fits()(data) else _validator().iter_errors(data)
    errors = [(error.json_path, error.message) for error in wrong]
    for path, message in errors:
        text = f"{path}: {shorten(message, limit=200)}"
        yield Finding(file=file, line=number, id=str(told), rule="schema", message=text)
    try:
        yield _Row(file, number, folder, parse_claim(data))
    except (ValueError, TypeError, KeyError) as error:
        if not errors:
            text = f"{type(error).__name__}: {error}"
            yield Finding(file=file, line=number, id=str(told), rule="schema", message=text)


@cache
def _validator() -> Any:
    """Tells what is wrong with a claim."""
    try:
        from jsonschema import Draft202012Validator
    except ImportError:
        raise ConfigError(
            "claims.jsonschema",
            received="an installation without jsonschema",
            allowed="tongli with its extra culture",
            fix="Install it: pip install 'tongli[culture]'.",
        ) from None
    return Draft202012Validator(_schema())


@cache
def _fits(only: tuple[str, ...] = ()) -> Check:
    """Of a whole claim, or of some of its fields without what the schema says of several together."""
    schema = _schema()
    if only:
        schema = {"required": only, "properties": {name: schema["properties"][name] for name in only}}
    return compiled(schema)


def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((ROOT / "schema.json").read_text(encoding="utf-8"))
    return schema


def _content(row: _Row, *, month: str) -> Iterator[Finding]:
    """Rules about one claim."""
    claim = row.claim
    owner, _, rest = claim.id.partition(".")
    if not rest.startswith(f"{claim.kind}."):
        yield row.finding("id", f"the id of a {claim.kind} is LANGUAGE.{claim.kind}.SLUG")
    if row.folder and not _belongs(owner, row.folder):
        yield row.finding("id", f"{owner} does not belong into the folder {row.folder}")
    if row.fields is None:
        yield from _shared(row, month=month)
    told = list(_strings(claim.to_dict(only=row.fields)))
    if blanks := sum(map(is_blank, told)):
        yield row.finding("template", f"{blanks} parts of the template are not filled in")
    for text in (claim.statement, claim.meaning.sense if claim.meaning else ""):
        if words := about_people(text):
            yield row.finding("people", f"speaks of people, not of language or practice: {words!r}")
    if words := country_dimension("\n".join(told)):
        yield row.finding("dimension", f"draws on scores of countries: {words!r}")
    for equivalent in claim.meaning.equivalents if claim.meaning else ():
        yield from _tagged(row, equivalent.lang)


def _shared(row: _Row, *, month: str) -> Iterator[Finding]:
    """Rules about what all rows of a table have in common."""
    if row.claim.review_by < month:
        yield row.finding("expired", f"was to be reviewed by {row.claim.review_by}")
    yield from _grounds(row)
    for tag in row.claim.scope.region:
        yield from _tagged(row, tag)


def _tagged(row: _Row, tag: str) -> Iterator[Finding]:
    if not _is_language(tag):
        yield row.finding("tag", f"{shorten(tag)} is no known language or audience")


def _grounds(row: _Row) -> Iterator[Finding]:
    """Rules about what a claim of its kind and status must bring."""
    claim = row.claim
    types = {item.type for item in claim.evidence}
    if claim.kind in _NEED_COUNTER and claim.strength.level != "obligatory-grammar" and not claim.counter:
        yield row.finding("counter", f"a {claim.kind} that is not grammar needs a counter-example")
    if claim.kind == "slang" and not (claim.scope.generation and claim.scope.period):
        yield row.finding("slang", "slang needs scope.generation and scope.period")
    if claim.status == "reviewed" and (types <= _WEAK or not claim.reviewed_by):
        yield row.finding(
            "reviewed", "needs a reviewer and evidence that is not only a machine's or an outsider's"
        )
    if claim.kind in FIGURATIVE and not (claim.forms and claim.meaning):
        yield row.finding("figurative", f"a {claim.kind} needs trigger.forms and meaning")
    if claim.strength.agreement is not None and not types & _ASKED:
        yield row.finding("agreement", "a share of agreement needs evidence that counts")


def _doubles(rows: Iterable[_Row]) -> Iterator[Finding]:
    """An id may come again only where a culture replaces a claim of its language."""
    seen: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        others = seen[row.claim.id]
        for other in others:
            if row.folder == other.folder or not _inherits(row.folder, other.folder):
                yield row.finding("double", f"also in {other.file}, line {other.line}")
        others.append(row)


def _forms(rows: Iterable[_Row]) -> Iterator[Finding]:
    """Rules about forms, which are looked at together with all others of the language or culture."""
    places: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        tag = row.folder or row.claim.id.partition(".")[0]
        problems = list(_broken(row, tag))
        yield from problems
        if not problems and row.claim.forms:
            places[tag].append(row)
    for tag, group in places.items():
        matcher = Matcher((row.claim for row in group), lang=tag, parse=_understood)
        yield from _matched(group, tag, matcher)
        yield from _nationalities(group, tag, matcher)


def _broken(row: _Row, tag: str) -> Iterator[Finding]:
    for form in row.claim.forms:
        try:
            _understood(form, tag)
        except TongliError as error:
            yield row.finding("pattern", error.received)


def _matched(group: Iterable[_Row], tag: str, matcher: Matcher) -> Iterator[Finding]:
    """Every form must find what it stands for; what another claim also finds is told."""
    for rows in _batches(group, tag):
        examples = [(row, form, example) for row in rows for form, example in _examples(row, tag)]
        found = _find_each([example for _, _, example in examples], tag, matcher)
        shared: dict[str, set[str]] = defaultdict(set)
        for (row, form, example), (ids, whole) in zip(examples, found, strict=True):
            if row.claim.id not in ids:
                yield row.finding("self-match", f"{shorten(form)} does not find {shorten(example)}")
            shared[row.claim.id] |= whole if row.claim.kind in FIGURATIVE else set()
        for row in rows:
            yield from _narrow(row, tag)
            for other in sorted(shared[row.claim.id] - {row.claim.id}):
                yield row.finding("shared-form", f"the same words find {other}")


def _narrow(row: _Row, tag: str) -> Iterator[Finding]:
    for form in row.claim.forms if row.claim.kind in {"idiom", "proverb"} else ():
        if _is_broad(_understood(form, tag)):
            yield row.finding("broad-form", f"{shorten(form)} may be a single common word")
        elif is_spaced(tag) and _CHOICE.search(form) and len(_OPTIONAL.sub("", form).split()) == 1:
            told = "is one word without the choice in parentheses, of which none need be there"
            yield row.finding("optional-choice", f"{shorten(form)} {told}")


def _batches(group: Iterable[_Row], tag: str) -> Iterator[list[_Row]]:
    """So many rows that their examples are about as long as a chapter."""
    batch: list[_Row] = []
    size = 0
    for row in group:
        batch.append(row)
        size += sum(len(form) for form, _ in _examples(row, tag))
        if size > _CHAPTER:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _examples(row: _Row, tag: str) -> Iterator[tuple[str, str]]:
    return ((form, example) for form in row.claim.forms for example in _understood(form, tag).examples())


def _find_each(
    examples: Sequence[str], tag: str, matcher: Matcher
) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Ids of the claims found in each text, and of those that match the whole of it.

    All are read as one text, with more between them than any form reaches over.
    """
    between = _APART if is_spaced(tag) else _FAR
    starts: list[int] = []
    length = 0
    for example in examples:
        starts.append(length)
        length += len(example) + len(between)
    ids: list[set[str]] = [set() for _ in examples]
    whole: list[set[str]] = [set() for _ in examples]
    for match in matcher.candidates(between.join(examples)):
        at = bisect_right(starts, match.span[0]) - 1
        ids[at].add(match.claim.id)
        if match.span == (starts[at], starts[at] + len(examples[at])):
            whole[at].add(match.claim.id)
    return zip(map(frozenset, ids), map(frozenset, whole), strict=True)


_understood = lru_cache(maxsize=1 << 17)(parse_form)
"""A form is read when it is checked and again when it is to find itself."""


def _is_broad(form: Form) -> bool:
    shortest = min(form.examples(), key=len)
    return form.spaced and " " not in shortest and len(unicodedata.normalize("NFD", shortest)) <= _SHORT


def _nationalities(group: Iterable[_Row], tag: str, matcher: Matcher) -> Iterator[Finding]:
    """No form may be found by the bare name of a country or language (CLDR's names)."""
    rows = {row.claim.id: row for row in group}
    locale = babel_locale(tag)
    spoken = {name for code, name in locale.languages.items() if code in _spoken()}
    for name in sorted({*locale.territories.values(), *spoken}):
        for match in matcher.candidates(name):
            if match.span == (0, len(name)) and match.claim.kind != "culture-item":
                yield rows[match.claim.id].finding(
                    "nationality", f"{shorten(match.form)} finds {shorten(name)}"
                )


def _strings(value: Any) -> Iterator[str]:
    """Every string in plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)


@cache
def _spoken() -> frozenset[str]:
    """Languages that CLDR has a locale for: the others are names that hardly a text holds."""
    return frozenset(locale_identifiers())


def _belongs(owner: str, folder: str) -> bool:
    """Whether an id starts with its folder's tag, or with one that it inherits from."""
    return _inherits(folder, owner) or owner.lower() == folder.lower()


def _inherits(child: str, parent: str) -> bool:
    return child.lower() != parent.lower() and child.lower().startswith(f"{parent.lower()}-")


@lru_cache(maxsize=256)
def _is_language(tag: str) -> bool:
    try:
        return tags.primary(tag) in babel_locale("en").languages
    except InputError:
        return False
