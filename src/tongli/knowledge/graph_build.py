"""The graph of the claims that ship, or of any others; built when it is asked for.

An equivalent that a claim names in another language is often a claim of its own. It is taken for that claim
when one of the claim's forms is found in it and makes up at least half of its characters: "be over the moon"
is the claim of "over the moon". From such links come the triples ``equivalentTo`` between two senses.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from tongli.core.phrases import fold
from tongli.knowledge import tags
from tongli.knowledge.claim import FIGURATIVE, Claim, Closeness, Equivalent
from tongli.knowledge.claim_files import KNOWN, ClaimFiles
from tongli.knowledge.claim_matcher import Match, Matcher
from tongli.knowledge.claim_patterns import parse_form
from tongli.knowledge.claim_set import Member, claim_of
from tongli.knowledge.claim_table import Row
from tongli.knowledge.graph import Graph, Node, Predicate, Triple

CLOSENESS: dict[Closeness, Predicate] = {
    "same-image": "sameImage",
    "same-sense": "sameSense",
    "partial": "partial",
    "plain": "plain",
}
"""How close a claim says an equivalent is → the predicate, the closest first."""
_COVERED = 0.5
_QUOTED = re.compile('[“「『«„‘"](.+?)[”」』»“’"]')
_ENDS = " .,;:!?…。、！？।؟،"


@lru_cache(maxsize=1)
def whole_graph() -> Graph:
    """The graph of all claims that are known; raises ``ConfigError`` for damaged files."""
    return build(KNOWN)


@lru_cache(maxsize=1)
def linked_graph() -> Graph:
    """The graph of those that have links: of all of them but the rows of tables."""
    return build(KNOWN.without_tables())


def build(files: ClaimFiles) -> Graph:
    """The graph of the claims in a folder.

    Raises:
        ConfigError: ``claims.line``, ``claims.double``, ``claims.pattern``.
    """
    return _Builder(files).graph()


def figurative_claims(files: ClaimFiles) -> dict[str, tuple[Claim, str]]:
    """Id → claim and the tag it belongs to, of every idiom, proverb and piece of slang with a meaning."""
    return {
        claim.id: (claim, tag)
        for tag in (*files.languages, *files.audiences)
        for claim in files.own(tag).values()
        if claim.kind in FIGURATIVE and claim.meaning is not None
    }


def sense_id(claim: str) -> str:
    """Id of the node of what a claim means."""
    return f"sense:{claim}"


def expression_id(text: str, lang: str) -> str:
    """Id of the node of an expression: equal for what differs only in case, width, blanks or a final stop."""
    plain = " ".join(fold(text).text.split()).strip(_ENDS)
    plain = plain.removeprefix("to ") if tags.primary(lang) == "en" else plain
    return f"expression:{tags.primary(lang)}:{plain}"


class Resolver:
    """Finds the claim that an expression is a form of, and how a claim's own expression is written."""

    def __init__(self, files: ClaimFiles) -> None:
        self._members: dict[str, list[Member]] = {}
        for tag in (*files.languages, *files.audiences):
            found = files.own(tag).where(lambda claim: claim.kind in FIGURATIVE)
            self._members.setdefault(tags.primary(tag), []).extend(found.members())
        self._matchers: dict[str, Matcher] = {}

    def resolve(self, text: str, lang: str) -> Claim | None:
        """The claim with the longest form in a text, if it makes up half of the text or more."""
        found = self._found(text, tags.primary(lang))
        best = max(found, key=lambda match: (_length(match), match.claim.id), default=None)
        if best is None or _length(best) < _COVERED * len(text.strip()):
            return None
        return best.claim

    def label(self, claim: Claim, tag: str) -> str:
        """How the expression of a claim is written: as its statement has it, else its first form."""
        spelled = next(parse_form(claim.forms[0], tag).examples()) if claim.forms else claim.id
        quoted = [item[1].strip(_ENDS) for item in _QUOTED.finditer(claim.statement)]
        for text in quoted:  # the literal gloss may be quoted as well
            if self._places(claim, text, tag):
                return text
        for match in self._places(claim, claim.statement, tag):
            return claim.statement[slice(*match.span)]
        return next((text for text in quoted if _is_latin(text) == _is_latin(spelled)), spelled)

    def _places(self, claim: Claim, text: str, tag: str) -> list[Match]:
        """Where a claim is found in a text, the longest first."""
        found = (match for match in self._found(text, tags.primary(tag)) if match.claim.id == claim.id)
        return sorted(found, key=_length, reverse=True)

    def _found(self, text: str, lang: str) -> list[Match]:
        if lang not in self._matchers:
            self._matchers[lang] = Matcher(self._members.get(lang, ()), lang=lang)
        return self._matchers[lang].candidates(text)


def _is_latin(text: str) -> bool:
    return any(char.isascii() and char.isalpha() for char in text)


def _length(match: Match) -> int:
    return match.span[1] - match.span[0]


class _Builder:
    def __init__(self, files: ClaimFiles) -> None:
        self._files = files
        self._nodes: list[Node] = []

    @cached_property
    def _resolver(self) -> Resolver:
        return Resolver(self._files)

    def graph(self) -> Graph:
        places = [(tag, "language") for tag in self._files.languages]
        places += [(tag, "audience") for tag in self._files.audiences]
        triples = [triple for tag, _ in places for triple in self._inherited(tag)]
        for tag, _ in places:
            for member in self._files.own(tag).members():
                triples += self._claim(member, tag)
        return Graph.of(self._nodes, triples)

    def _inherited(self, tag: str) -> Iterator[Triple]:
        here = self._place(tag)
        for parent in self._files.lineage(tag):
            if parent != tag:
                yield Triple(here, "inherits", self._place(parent))

    def _claim(self, member: Member, tag: str) -> Iterator[Triple]:
        claim = claim_of(member)
        subject = self._node(Node(f"claim:{claim.id}", "claim", claim.statement))
        yield Triple(subject, "ofKind", self._node(Node(f"kind:{claim.kind}", "kind", claim.kind)))
        yield Triple(subject, "holdsIn", self._place(tag))
        for register in claim.scope.register:
            yield Triple(
                subject, "hasRegister", self._node(Node(f"register:{register}", "register", register))
            )
        for evidence in claim.evidence:
            name = hashlib.sha256(f"{evidence.type}\t{evidence.source}".encode()).hexdigest()[:16]
            label = f"{evidence.source} ({evidence.type})"
            yield Triple(subject, "hasSource", self._node(Node(f"source:{name}", "source", label)))
        if claim.forms:
            label = member.citation if isinstance(member, Row) else self._resolver.label(member, tag)
            yield from self._spoken(label, tag, claim)
        yield from self._meaning(claim, subject)

    def _spoken(self, text: str, tag: str, claim: Claim) -> Iterator[Triple]:
        said = self._expression(text, tag)
        yield Triple(said, "formOf", f"claim:{claim.id}")
        yield Triple(said, "inLanguage", self._place(tag))

    def _meaning(self, claim: Claim, subject: str) -> Iterator[Triple]:
        if claim.meaning is None:
            return
        sense = self._node(Node(sense_id(claim.id), "sense", claim.meaning.sense))
        yield Triple(subject, "means", sense)
        for emotion in claim.meaning.emotions:
            yield Triple(sense, "carries", self._node(Node(f"emotion:{emotion}", "emotion", emotion)))
        for item in claim.meaning.equivalents:
            yield from self._equivalent(claim, item)

    def _equivalent(self, claim: Claim, item: Equivalent) -> Iterator[Triple]:
        said, sense = self._expression(item.form, item.lang), sense_id(claim.id)
        yield Triple(sense, CLOSENESS[item.match], said)
        yield Triple(said, "inLanguage", self._place(item.lang))
        other = self._resolver.resolve(item.form, item.lang) if claim.kind in FIGURATIVE else None
        if other is not None and other.id != claim.id:
            yield Triple(said, "formOf", f"claim:{other.id}")
            yield Triple(sense, "equivalentTo", sense_id(other.id))

    def _expression(self, text: str, lang: str) -> str:
        return self._node(Node(expression_id(text, lang), "expression", text, lang))

    def _place(self, tag: str) -> str:
        if tag in self._files.audiences:
            return self._node(Node(f"audience:{tag}", "audience", tag))
        return self._node(Node(f"language:{tag}", "language", tag))

    def _node(self, node: Node) -> str:
        self._nodes.append(node)
        return node.id
