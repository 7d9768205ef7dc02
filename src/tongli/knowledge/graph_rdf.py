"""The graph as RDF: Turtle, JSON-LD or N-Triples, in terms of SKOS and OntoLex-Lemon where they fit.

An expression is an ``ontolex:LexicalEntry``, a sense an ``ontolex:LexicalConcept`` (which is a
``skos:Concept``) with its gloss as ``skos:definition``; kinds, emotions and registers are concepts too. What
those vocabularies have no term for is in our own namespace. Triples go to the file one by
one, by pyoxigraph, which comes with the extra ``tongli[culture]``.

References:
    Cimiano, McCrae & Buitelaar (2016), "Lexicon Model for Ontologies", W3C Community Group Report.
    Miles & Bechhofer (2009), "SKOS Reference", W3C Recommendation.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from tongli.core import ConfigError, StorageError
from tongli.core.whole_file import whole_file
from tongli.knowledge.graph import Graph, Node, NodeType, Predicate, Triple

if TYPE_CHECKING:
    import pyoxigraph

Format = Literal["TURTLE", "JSON_LD", "N_TRIPLES"]
FORMATS: dict[str, Format] = {".ttl": "TURTLE", ".jsonld": "JSON_LD", ".nt": "N_TRIPLES"}
"""By the ending of a file's name; as pyoxigraph calls them."""
Statement = tuple[str, str, str | tuple[str, str]]
"""IRIs of subject and predicate; the object is an IRI, or words with their language."""

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

NS = "https://tongli.dev/ns#"
BASE = "https://tongli.dev/id/"
_PREFIXES = {
    "tongli": NS,
    "dcterms": "http://purl.org/dc/terms/",
    "ontolex": "http://www.w3.org/ns/lemon/ontolex#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
_CLASSES: dict[NodeType, tuple[str, ...]] = {
    "claim": ("tongli:Claim",),
    "sense": ("ontolex:LexicalConcept", "skos:Concept"),
    "expression": ("ontolex:LexicalEntry",),
    "language": ("tongli:Language", "dcterms:LinguisticSystem"),
    "audience": ("tongli:Audience",),
    "kind": ("tongli:Kind", "skos:Concept"),
    "emotion": ("tongli:Emotion", "skos:Concept"),
    "register": ("tongli:Register", "skos:Concept"),
    "source": ("tongli:Source",),
}
_TERMS: dict[Predicate, str] = {
    "hasSource": "dcterms:source",
    "inLanguage": "dcterms:language",
    "equivalentTo": "skos:closeMatch",
}


def iri(node: str) -> str:
    """The IRI of a node by its id.

    >>> iri("expression:en:see red")
    'https://tongli.dev/id/expression/en/see%20red'
    """
    kind, _, rest = node.partition(":")
    return f"{BASE}{kind}/" + "/".join(quote(part, safe=".-_~") for part in rest.split(":", 1))


def term(name: str) -> str:
    """The IRI of a prefixed name; a bare one is our own.

    >>> term("skos:definition"), term("means")
    ('http://www.w3.org/2004/02/skos/core#definition', 'https://tongli.dev/ns#means')
    """
    prefix, _, local = name.rpartition(":")
    return _PREFIXES[prefix or "tongli"] + local


def statements(graph: Graph) -> Iterator[pyoxigraph.Triple]:
    """The triples of RDF, each once and in order: equal graphs give equal files.

    Raises:
        ConfigError: ``graph.package``.
    """
    require_package()
    from pyoxigraph import Literal, NamedNode, Triple

    for name in sorted({*graph.nodes, *(triple.subject for triple in graph.triples)}):
        told = {triple for leaving in graph.leaving(name) for triple in _told(leaving, graph)}
        if name in graph.nodes:
            told.update(_described(graph.nodes[name]))
        for subject, predicate, value in sorted(told, key=str):
            made = NamedNode(value) if isinstance(value, str) else Literal(value[0], language=value[1])
            yield Triple(NamedNode(subject), NamedNode(predicate), made)


def write_rdf(graph: Graph, path: Path) -> int:
    """Write a file in the format of its ending, whole or not at all; return the number of RDF triples.

    Raises:
        ConfigError: ``graph.format`` for another ending, ``graph.package``.
        StorageError: ``graph.write``.
    """
    name = format_of(path)
    require_package()
    from pyoxigraph import RdfFormat, serialize

    number = count()  # zip takes one for each triple, so the next one is how many there were
    try:
        with whole_file(path) as file:
            told = (triple for triple, _ in zip(statements(graph), number, strict=False))
            serialize(told, file, format=getattr(RdfFormat, name), prefixes=_PREFIXES)
    except OSError as error:
        raise StorageError(
            "graph.write",
            received=f"{path}: {error.strerror or type(error).__name__}",
            allowed="a file that can be written",
            fix="Check the folder and its free space, or choose another path.",
        ) from None
    return next(number)


def format_of(path: Path) -> Format:
    """The format by a file's ending; raises ``ConfigError`` (``graph.format``)."""
    found = FORMATS.get(path.suffix.lower())
    if found is None:
        raise ConfigError(
            "graph.format",
            received=f"the name {path.name}",
            allowed=", ".join(FORMATS),
            fix="Let the name of the file end in one of these.",
        )
    return found


def _described(node: Node) -> Iterator[Statement]:
    """Class and label of a node, and the form of an expression."""
    here, words = iri(node.id), (node.label, node.lang)
    for name in _CLASSES[node.type]:
        yield here, TYPE, term(name)
    if node.type == "sense":
        yield here, term("skos:definition"), words
    elif node.type == "claim":
        yield here, term("dcterms:description"), words
    elif node.type == "expression":
        form = f"{here}#form"
        yield here, term("rdfs:label"), words
        yield here, term("ontolex:canonicalForm"), form
        yield form, TYPE, term("ontolex:Form")
        yield form, term("ontolex:writtenRep"), words
    else:
        yield here, term("skos:prefLabel" if "skos:Concept" in _CLASSES[node.type] else "rdfs:label"), words


def _told(triple: Triple, graph: Graph) -> Iterator[Statement]:
    subject, object_ = iri(triple.subject), iri(triple.object)
    yield subject, term(_TERMS.get(triple.predicate, triple.predicate)), object_
    if triple.predicate == "formOf":
        for sense in graph.objects(triple.object, "means"):
            yield subject, term("ontolex:evokes"), iri(sense)


def require_package() -> None:
    """See that an export can be made; raises ``ConfigError`` (``graph.package``)."""
    if importlib.util.find_spec("pyoxigraph") is None:
        raise ConfigError(
            "graph.package",
            received="no pyoxigraph",
            allowed='pip install "tongli[culture]"',
            fix="Install the extra culture, or leave --output out.",
        )
