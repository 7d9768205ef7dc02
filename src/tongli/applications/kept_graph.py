"""The knowledge graph, kept in the user's cache: reading it takes seconds less than building it.

The name of what is kept is made of the claims' bytes and the version, so that other claims never meet an old
graph; a change of the code that makes graphs needs another ``_FORMAT``. Without a cache, or where it is
damaged or cannot be written, the graph is built.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from tongli import __version__
from tongli.core.collection import collection_paused
from tongli.core.whole_file import write_whole
from tongli.knowledge.claim_files import ClaimFiles
from tongli.knowledge.graph import NODE_TYPES, PREDICATES, Graph, Node, Triple

_FORMAT = 1
_LEVEL = 3
"""Of compression: higher ones save little and take longer."""


def kept_graph(files: ClaimFiles, build: Callable[[], Graph], *, cache: Path | None) -> Graph:
    """The graph of the claims in ``files``, from the cache where it is there and whole.

    Args:
        files: what the graph is made of.
        build: makes it.
        cache: folder to keep it in; ``None`` keeps nothing.
    """
    if cache is None:
        return build()
    path = cache / "graphs" / f"{_key(files)}.json.gz"
    with suppress(OSError, EOFError, ValueError, TypeError, KeyError, IndexError), collection_paused():
        return _parsed(json.loads(gzip.decompress(path.read_bytes())))
    graph = build()
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, gzip.compress(_text(graph).encode(), _LEVEL, mtime=0))
    return graph


def _key(files: ClaimFiles) -> str:
    digest = hashlib.sha256(f"{_FORMAT}\n{__version__}\n".encode())
    for file, tag in files.files():
        digest.update(f"{tag}/{file.name}\n".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:32]


def _text(graph: Graph) -> str:
    place = {name: index for index, name in enumerate(graph.nodes)}
    nodes = [(node.id, NODE_TYPES.index(node.type), node.label, node.lang) for node in graph.nodes.values()]
    triples = [
        (place[item.subject], PREDICATES.index(item.predicate), place[item.object]) for item in graph.triples
    ]
    return json.dumps({"nodes": nodes, "triples": triples}, ensure_ascii=False, separators=(",", ":"))


def _parsed(data: Any) -> Graph:
    nodes = [Node(name, NODE_TYPES[kind], label, lang) for name, kind, label, lang in data["nodes"]]
    triples = tuple(
        Triple(nodes[subject].id, PREDICATES[predicate], nodes[object_].id)
        for subject, predicate, object_ in data["triples"]
    )
    return Graph({node.id: node for node in nodes}, triples)
