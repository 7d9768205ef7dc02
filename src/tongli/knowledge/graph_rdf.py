"""The graph as RDF: Turtle, JSON-LD or N-Triples, in terms of SKOS and OntoLex-Lemon where they fit.

An expression is an ``ontolex:LexicalEntry``, a sense an ``ontolex:LexicalConcept`` (which is a
``skos:Concept``) with its gloss as ``skos:definition``; kinds, emotions and registers are concepts too. What
those vocabularies have no term for is in our own namespace. rdflib comes with the extra ``tongli[culture]``.

References:
    Cimiano, McCrae & Buitelaar (2016), "Lexicon Model for Ontologies", W3C Community Group Report.
    Miles & Bechhofer (2009), "SKOS Reference", W3C Recommendation.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from tongli.core import ConfigError, StorageError
from tongli.knowledge.graph import Graph, Node, NodeType, Predicate, Triple

if TYPE_CHECKING:
    import rdflib

Format = Literal["turtle", "json-ld", "nt"]
FORMATS: dict[str, Format] = {".ttl": "turtle", ".jsonld": "json-ld", ".nt": "nt"}
"""By the ending of a file's name."""

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


def to_rdf(graph: Graph) -> rdflib.Graph:
    """The graph in rdflib; raises ``ConfigError`` (``graph.rdflib``)."""
    require_rdflib()
    import rdflib

    found = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in _PREFIXES.items():
        found.bind(prefix, namespace)
    for node in graph.nodes.values():
        for name, value in _described(node):
            made = rdflib.URIRef(value) if isinstance(value, str) else rdflib.Literal(value[0], lang=value[1])
            found.add((rdflib.URIRef(iri(node.id)), rdflib.URIRef(name), made))
        if node.type == "expression":
            form = rdflib.URIRef(f"{iri(node.id)}#form")
            found.add((form, rdflib.RDF.type, rdflib.URIRef(term("ontolex:Form"))))
            written = rdflib.Literal(node.label, lang=node.lang)
            found.add((form, rdflib.URIRef(term("ontolex:writtenRep")), written))
    for triple in graph.triples:
        for subject, name, object_ in _told(triple, graph):
            found.add((rdflib.URIRef(subject), rdflib.URIRef(name), rdflib.URIRef(object_)))
    return found


def write_rdf(graph: Graph, path: Path) -> int:
    """Write a file in the format of its ending, and return the number of RDF triples.

    Raises:
        ConfigError: ``graph.format`` for another ending, ``graph.rdflib``.
        StorageError: ``graph.write``.
    """
    form = format_of(path)
    found = to_rdf(graph)
    data = found.serialize(format=form, encoding="utf-8")
    if form == "nt":  # in no order by itself, and equal graphs should give equal files
        data = b"".join(sorted(data.splitlines(keepends=True)))
    try:
        path.write_bytes(data)
    except OSError as error:
        raise StorageError(
            "graph.write",
            received=f"{path}: {error.strerror or type(error).__name__}",
            allowed="a file that can be written",
            fix="Check the folder and its free space, or choose another path.",
        ) from None
    return len(found)


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


def _described(node: Node) -> Iterator[tuple[str, str | tuple[str, str]]]:
    """Class and label of a node; a literal comes with its language."""
    for name in _CLASSES[node.type]:
        yield "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", term(name)
    text = (node.label, node.lang)
    if node.type == "sense":
        yield term("skos:definition"), text
    elif node.type == "expression":
        yield term("rdfs:label"), text
        yield term("ontolex:canonicalForm"), f"{iri(node.id)}#form"
    elif node.type == "claim":
        yield term("dcterms:description"), text
    else:
        yield term("skos:prefLabel" if "skos:Concept" in _CLASSES[node.type] else "rdfs:label"), text


def _told(triple: Triple, graph: Graph) -> Iterator[tuple[str, str, str]]:
    subject, object_ = iri(triple.subject), iri(triple.object)
    yield subject, term(_TERMS.get(triple.predicate, triple.predicate)), object_
    if triple.predicate == "formOf":
        for sense in graph.objects(triple.object, "means"):
            yield subject, term("ontolex:evokes"), iri(sense)


def require_rdflib() -> None:
    """See that an export can be made; raises ``ConfigError`` (``graph.rdflib``)."""
    if importlib.util.find_spec("rdflib") is None:
        raise ConfigError(
            "graph.rdflib",
            received="no rdflib",
            allowed='pip install "tongli[culture]"',
            fix="Install the extra culture, or leave --output out.",
        )
