"""What would one say there? Known equivalents of an expression first, then those alike, then the nearest.

Known are those that a claim names, on either side. Alike are those whose gloss says the same in the same
words (:mod:`tongli.applications.same_gloss`). Nearest are other idioms, proverbs and slang of the target
language, ordered by what their glosses say and by where they stand in the knowledge graph; each comes with
its grounds. The chance that a candidate is an equivalent was fitted on links that had been hidden
(``benchmarks/equivalents.py``); below :attr:`Fit.LOOSELY` nothing is offered.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from pathlib import Path

from tongli.applications.equivalent_evidence import Explainer, Grounds
from tongli.applications.equivalent_fit import Curve, Fit, Wording
from tongli.applications.kept_graph import kept_graph
from tongli.applications.same_gloss import Alike, SameGloss
from tongli.applications.sense_space import (
    Compared,
    Encode,
    Glosses,
    SenseSpace,
    cached_glosses,
    cached_space,
    make_space,
)
from tongli.core import InputError, shorten
from tongli.knowledge import tags
from tongli.knowledge.claim import FIGURATIVE, Claim, Closeness
from tongli.knowledge.claim_files import KNOWN, ClaimFiles
from tongli.knowledge.graph import EQUIVALENCES, Graph
from tongli.knowledge.graph_build import (
    CLOSENESS,
    Resolver,
    build,
    expression_id,
    figurative_claims,
    linked_graph,
    sense_id,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An equivalent that a claim names.

    Attributes:
        form: the words.
        match: how close, as the claim has it.
        claim: the claim that says so, with its sources.
        about: id of the claim about the words themselves, if there is one.
    """

    form: str
    match: Closeness
    claim: Claim
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """An expression whose sense is near.

    Attributes:
        form: the words.
        claim: about them, with its sources.
        wording: how sure it is.
        chance: 0..1, that the knowledge base would name it as an equivalent.
        sentence: how much nearer its gloss is than those of all candidates, in standard deviations.
        graph: the same in the graph; 0 where only a gloss was compared.
        grounds: what speaks for it.
    """

    form: str
    claim: Claim
    wording: Wording
    chance: float
    sentence: float
    graph: float
    grounds: Grounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is said in a language or audience."""

    lang: str
    known: tuple[Known, ...]
    alike: tuple[Alike, ...] = ()
    near: tuple[Near, ...] = ()

    @property
    def abstained(self) -> bool:
        """Whether nothing is known, and nothing near enough."""
        return not self.known and not self.alike and not self.near


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """An expression looked up.

    Attributes:
        claims: whose sense it has, the closest first.
        own: whether the first is about the expression itself; else each names it as an equivalent.
        expressions: ids of its nodes.
    """

    claims: tuple[Claim, ...]
    own: bool
    expressions: frozenset[str]


class Equivalents:
    """Equivalents of expressions.

    Args:
        encode: texts → unit vectors.
        encoder: its id.
        cache: folder to keep vectors in; ``None`` keeps nothing.
        files: the claims.
        fit: how scores become chances; ``None`` takes the one that ships.
    """

    def __init__(
        self,
        encode: Encode,
        *,
        encoder: str,
        cache: Path | None = None,
        files: ClaimFiles = KNOWN,
        fit: Fit | None = None,
    ) -> None:
        self._encode, self._encoder, self._cache, self._files = encode, encoder, cache, files
        self.fit = fit or Fit.shipped()
        self._linked = files.without_tables()
        self._claims = figurative_claims(self._linked)
        self._resolver = Resolver(self._linked)
        self._same_gloss = SameGloss(files)
        self._told: dict[str, Glosses] = {}

    @property
    def calibrated(self) -> bool:
        """Whether the fit was made with this encoder."""
        return self.fit.encoder == self._encoder

    @cached_property
    def graph(self) -> Graph:
        """The knowledge graph of claims that have links."""
        make = linked_graph if self._files is KNOWN else lambda: build(self._linked)
        return kept_graph(self._linked, make, cache=self._cache)

    @cached_property
    def space(self) -> SenseSpace:
        """Vectors of all senses; made at the first use."""
        senses = figurative_senses(self.graph)
        if self._cache is None:
            return make_space(self.graph, senses, self._encode)
        return cached_space(self.graph, senses, self._encode, encoder=self._encoder, cache=self._cache)

    def look_up(self, text: str, *, lang: str | None = None) -> Query:
        """The claims that an expression, or the id of a claim, stands for.

        Raises:
            InputError: ``equivalent.unknown``, ``locale.tag``.
        """
        if text in self._claims:
            return self._own(self._claims[text][0])
        spoken = self._files.languages if lang is None else (tags.primary(lang),)
        nodes = [name for item in spoken if (name := expression_id(text, item)) in self.graph.nodes]
        own = self._figurative(claim for node in nodes for claim in self.graph.objects(node, "formOf"))
        resolved = own or [found for item in spoken if (found := self._resolver.resolve(text, item))]
        if resolved:
            return self._own(resolved[0])
        senses = (sense for how in EQUIVALENCES for node in nodes for sense in self.graph.subjects(node, how))
        naming = self._figurative(_claim_of(sense) for sense in senses)
        told = None if naming else self._of_table(text, spoken)
        if told is not None:
            return Query(claims=(told,), own=True, expressions=frozenset())
        if not naming:
            raise InputError(
                "equivalent.unknown",
                received=f"the expression {shorten(text)}",
                allowed="an idiom, a proverb or slang of the knowledge base, or what one of them names",
                fix="Look it up with tongli culture search, or tell its meaning in English with --sense.",
            )
        return Query(claims=naming, own=False, expressions=frozenset(nodes))

    def into(self, query: Query, lang: str, *, limit: int = 3) -> Answer:
        """Equivalents in a language or audience; of those alike and of the nearest at most ``limit`` each.

        Raises:
            InputError: ``locale.tag``, ``claims.audience``.
        """
        self._files.claims(lang)  # raises for what nothing is known about
        known = self._known(query, lang)
        first = query.claims[0]
        told = {item.about for item in known} | {claim.id for claim in query.claims}
        gloss = first.meaning.sense if first.meaning else ""
        root = sense_id(first.id)
        if root not in self.graph.nodes:  # of a table: its gloss is all there is
            answer = self._by_gloss(gloss, lang, but=told, like=first, limit=limit)
            return replace(answer, known=known)
        alike = self._alike(gloss, lang, but=told, like=first, limit=limit)
        candidates = self._candidates(lang, but=told)
        if not candidates or limit < 1:
            return Answer(lang=lang, known=known, alike=alike)
        near = self._near(
            self.space.compare(root, candidates),
            candidates,
            but=alike,
            curve=self.fit.both,
            grounds=lambda sense: self._explainer.senses(root, sense),
        )
        return Answer(lang=lang, known=known, alike=alike, near=tuple(islice(near, limit)))

    def of_sense(self, gloss: str, lang: str, *, limit: int = 3) -> Answer:
        """Expressions for a meaning told in English; raises like :meth:`into`."""
        self._files.claims(lang)
        return self._by_gloss(gloss, lang, but=set(), like=None, limit=limit)

    def _by_gloss(self, gloss: str, lang: str, *, but: set[str], like: Claim | None, limit: int) -> Answer:
        alike = self._alike(gloss, lang, but=but, like=like, limit=limit)
        near = self.nearest(gloss, lang, limit=limit, but=but, alike=alike)
        return Answer(lang=lang, known=(), alike=alike, near=near)

    def nearest(
        self,
        gloss: str,
        lang: str,
        *,
        limit: int,
        but: Collection[str] = (),
        alike: Collection[Alike] = (),
    ) -> tuple[Near, ...]:
        """The nearest by gloss alone, for which no table is read.

        Args:
            gloss: in English.
            lang: language or audience.
            limit: how many at most.
            but: ids of claims that are no candidates.
            alike: what is told already; it is compared, and left out.
        """
        candidates = self._candidates(lang, but=but)
        if not candidates or limit < 1:
            return ()
        near = self._near(
            self._glosses(lang).compare(self._encode([gloss])[0], candidates),
            candidates,
            but=alike,
            curve=self.fit.gloss,
            grounds=lambda sense: self._explainer.gloss(gloss, sense),
        )
        return tuple(islice(near, limit))

    def _alike(
        self, gloss: str, lang: str, *, but: set[str], like: Claim | None, limit: int
    ) -> tuple[Alike, ...]:
        found = (item for item in self._same_gloss(gloss, lang, like=like) if item[0].id not in but)
        return tuple(
            Alike(form=self._every.label(claim, lang), claim=claim, said=said)
            for claim, said in islice(found, limit)
        )

    def _glosses(self, lang: str) -> Glosses:
        """Those of a language alone, which are made much sooner than the space of all."""
        if lang not in self._told:
            every = self._candidates(lang)
            self._told[lang] = cached_glosses(
                self.graph, every, self._encode, encoder=self._encoder, cache=self._cache
            )
        return self._told[lang]

    @cached_property
    def _explainer(self) -> Explainer:
        return Explainer(self.graph, self._label)

    def _label(self, name: str) -> str | None:
        """How the expression of a claim is written, with its tag; ``None`` for other claims."""
        if name not in self._claims:
            return None
        claim, tag = self._claims[name]
        return f"{self._resolver.label(claim, tag)} ({tag})"

    def _of_table(self, text: str, spoken: Sequence[str]) -> Claim | None:
        """The claim of a table with this id, or that an expression is a form of."""
        tag = text.partition(".")[0]
        if tag in self._files.languages and text in (own := self._files.own(tag)):
            return own[text]
        return next(filter(None, (self._every.resolve(text, item) for item in spoken)), None)

    @cached_property
    def _every(self) -> Resolver:
        """Knows the claims of tables too."""
        return Resolver(self._files)

    def _own(self, claim: Claim) -> Query:
        forms = self.graph.subjects(f"claim:{claim.id}", "formOf")
        return Query(claims=(claim,), own=True, expressions=frozenset(forms))

    def _figurative(self, nodes: Iterator[str]) -> tuple[Claim, ...]:
        names = dict.fromkeys(node.removeprefix("claim:") for node in nodes)
        return tuple(self._claims[name][0] for name in names if name in self._claims)

    def _candidates(self, lang: str, *, but: Collection[str] = ()) -> list[str]:
        places = set(self._files.lineage(lang))
        known = sorted(self._claims.items())
        return [sense_id(name) for name, (_, tag) in known if tag in places and name not in but]

    def _known(self, query: Query, lang: str) -> tuple[Known, ...]:
        found: dict[str, Known] = {}
        order = list(CLOSENESS)
        named = sorted(
            (*self._named(query, lang), *self._naming(query, lang)),
            key=lambda item: order.index(item.match),
        )
        for item in named:
            found.setdefault(item.about or expression_id(item.form, lang), item)
        return tuple(found.values())

    def _named(self, query: Query, lang: str) -> Iterator[Known]:
        """What the claims name."""
        for claim in query.claims:
            for item in claim.meaning.equivalents_in(lang) if claim.meaning else ():
                about = self._resolver.resolve(item.form, item.lang)
                if expression_id(item.form, item.lang) not in query.expressions:
                    yield Known(
                        form=item.form, match=item.match, claim=claim, about=about.id if about else ""
                    )

    def _naming(self, query: Query, lang: str) -> Iterator[Known]:
        """Claims of the language that name the expression."""
        places = set(self._files.lineage(lang))
        for predicate in EQUIVALENCES:
            senses = (s for node in sorted(query.expressions) for s in self.graph.subjects(node, predicate))
            for name in dict.fromkeys(sense.removeprefix("sense:") for sense in senses):
                claim, tag = self._claims.get(name, (None, ""))
                if claim is not None and tag in places:
                    match = next(how for how, named in CLOSENESS.items() if named == predicate)
                    yield Known(form=self._resolver.label(claim, tag), match=match, claim=claim, about=name)

    def _near(
        self,
        compared: Compared,
        candidates: Sequence[str],
        *,
        but: Collection[Alike],
        curve: Curve,
        grounds: Callable[[str], Grounds],
    ) -> Iterator[Near]:
        scores = compared.total(self.fit.weight)
        told = {item.claim.id for item in but}
        for place in (-scores).argsort(kind="stable"):
            chance = self.fit.chance(float(scores[place]), curve)
            wording = self.fit.wording(chance)
            if wording is None:
                return
            claim, tag = self._claims[candidates[place].removeprefix("sense:")]
            if claim.id in told:
                continue
            yield Near(
                form=self._resolver.label(claim, tag),
                claim=claim,
                wording=wording,
                chance=chance,
                sentence=float(compared.sentence[place]),
                graph=float(compared.graph[place]),
                grounds=grounds(candidates[place]),
            )


def figurative_senses(graph: Graph) -> tuple[str, ...]:
    """Senses of idioms, proverbs and slang, in order: those that are compared."""
    kinds = {f"kind:{kind}" for kind in FIGURATIVE}
    return tuple(
        name
        for name, node in graph.nodes.items()
        if node.type == "sense" and kinds & set(graph.objects(_claim_of(name), "ofKind"))
    )


def _claim_of(sense: str) -> str:
    return sense.replace("sense:", "claim:", 1)
