"""What ``tongli gender check`` reports.

=============  ===========================================================================================
option         what it is
=============  ===========================================================================================
``style``      which English wordings matter
``select``     labels, rules and starts of rules to report; everything if left out
``ignore``     the same, to leave out
``severity``   the same → ``warning``, ``note`` or ``off``; the longest name that fits counts
``words``      language → words of one's own → what may stand there instead
``languages``  language → ``select`` and ``ignore`` for its texts
=============  ===========================================================================================

:mod:`tongli.applications.gender.check_config_file` reads them from a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, get_args

from tongli.applications.lint.config import FailOn
from tongli.core import ConfigError, InputError, shorten
from tongli.empathy.gender.check import Finding
from tongli.empathy.gender.check.check import STYLE
from tongli.empathy.gender.check.finding import Label
from tongli.empathy.gender.check.lists import table
from tongli.empathy.gender.check.wording import CATEGORIES, OWN, Entry, known_rules
from tongli.empathy.gender.rules import languages as with_rules
from tongli.knowledge import tags

Severity = Literal["warning", "note", "off"]

_SURE = 0.5
"""Score from which on a finding is a warning, and no note."""
_FORMS = ("gender", "gender.pronoun", "gender.form", "gender.former-name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Labels, rules and starts of rules: those to report (everything if ``None``), and those to leave out."""

    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()

    def wants(self, names: frozenset[str]) -> bool:
        """Whether a finding of these names is reported."""
        return (self.select is None or bool(names & self.select)) and not names & self.ignore


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckConfig:
    """Options of a run.

    Attributes:
        style: which English wordings matter.
        select: labels, rules and starts of rules to report; everything if ``None``.
        ignore: the same, to leave out.
        severity: the same, with what their findings count as.
        words: by language, words of one's own to look at.
        languages: by language, what else its texts report and leave out.
        fail_on: from which severity on findings make the run fail.
        lang: language of the texts; identified if ``None``.
        everyone: whether forms of people who are not listed are assumptions.
    """

    style: str = STYLE
    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()
    severity: Mapping[str, Severity] = field(default_factory=lambda: MappingProxyType({}))
    words: Mapping[str, Sequence[Entry]] = field(default_factory=lambda: MappingProxyType({}))
    languages: Mapping[str, Choice] = field(default_factory=lambda: MappingProxyType({}))
    fail_on: FailOn = "warning"
    lang: str | None = None
    everyone: bool = False

    def wants(self, found: Finding, *, lang: str) -> bool:
        """Whether a finding in a text of a language is reported."""
        names = names_of(found)
        of_language = self.languages.get(tags.primary(lang), Choice())
        own = Choice(select=self.select, ignore=self.ignore)
        return own.wants(names) and of_language.wants(names) and self.weight(found) != "off"

    def weight(self, found: Finding) -> Severity:
        """What a finding counts as."""
        named = sorted(names_of(found) & self.severity.keys(), key=len)
        return self.severity[named[-1]] if named else severity(found)

    def own_words(self, lang: str) -> Sequence[Entry]:
        """Words of one's own to look at in texts of a language."""
        return self.words.get(tags.primary(lang), ())

    def fails(self, found: Iterable[Finding]) -> bool:
        """Whether findings make the run fail."""
        if self.fail_on == "never":
            return False
        return any(self.fail_on == "note" or self.weight(item) == "warning" for item in found)


def severity(found: Finding) -> Literal["warning", "note"]:
    """``warning`` or ``note``, where no configuration says otherwise."""
    return "warning" if found.claim.score >= _SURE else "note"


def names_of(found: Finding) -> frozenset[str]:
    """The label of a finding, its rule, and every start of the rule."""
    parts = found.claim.source.split(".")
    starts = (".".join(parts[:end]) for end in range(1, len(parts) + 1))
    return frozenset((*starts, found.claim.label or ""))


def rule_names(names: Iterable[str]) -> frozenset[str]:
    """Labels, rules and starts of rules.

    Raises:
        ConfigError: ``gender.config`` for a name that no finding ever has.
    """
    chosen = frozenset(names)
    if wrong := sorted(name for name in chosen if not _is_known(name)):
        raise ConfigError(
            "gender.config",
            received=f"the unknown rule {shorten(wrong[0])}",
            allowed=", ".join(
                (*get_args(Label), *_FORMS[1:], *(f"inclusive.{name}" for name in _categories()))
            ),
            fix="Take a label, a rule as it stands in brackets after a finding, or the start of one.",
        )
    return chosen


def require_style(style: object) -> str:
    """The style, if there is one of this name; raises ``InputError`` (``gender.guide``)."""
    known = [name for name in table("styles") if name != "source"]
    if isinstance(style, str) and style in known:
        return style
    raise InputError(
        "gender.guide",
        received=shorten(style),
        allowed=", ".join(known),
        fix="Choose one of these style guides, and leave out single rules with ignore.",
    )


def _categories() -> tuple[str, ...]:
    return (*CATEGORIES, OWN)


def _is_known(name: str) -> bool:
    parts = name.split(".")
    if name in get_args(Label) or name in _FORMS or name in known_rules():
        return True
    if parts[0] == "gender":
        return parts[1] in with_rules()
    return parts[0] == "inclusive" and (
        (len(parts) == 2 and parts[1] in _categories()) or parts[1:2] == [OWN]
    )
