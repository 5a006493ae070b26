"""Terms by their prefixed names. The terms themselves live in ``ontology/`` alone.

``iri("kg:hasLeg")`` fails at once when kgraph.ttl has no such term, so that a
misspelt term never reaches the graph.
"""

from __future__ import annotations

import json
from functools import cache

import pyoxigraph as ox

from kgraph import iris
from kgraph.report import KgraphError
from kgraph.shipped import folder

_SKOS = "http://www.w3.org/2004/02/skos/core#"


@cache
def prefixes() -> dict[str, str]:
    """Prefix -> namespace, from ``ontology/context.jsonld``."""
    text = iris.rebase((folder("ontology") / "context.jsonld").read_text("utf-8"))
    context: dict[str, object] = json.loads(text)["@context"]
    return {
        k: v
        for k, v in context.items()
        if isinstance(v, str) and v[-1:] in "/#" and v.startswith("http")
    }


@cache
def _ontology() -> ox.Store:
    store = ox.Store()
    for name in ("kgraph.ttl", "channels.ttl"):
        text = iris.rebase((folder("ontology") / name).read_text("utf-8"))
        store.load(input=text, format=ox.RdfFormat.TURTLE)
    return store


@cache
def terms() -> frozenset[str]:
    """IRIs of all terms that kgraph.ttl defines."""
    return frozenset(
        q.subject.value
        for q in _ontology().quads_for_pattern(
            None, ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#isDefinedBy"), None
        )
        if isinstance(q.subject, ox.NamedNode)
    )


@cache
def iri(curie: str) -> str:
    """Full IRI of a prefixed name; ours must exist in the ontology."""
    prefix, _, name = curie.partition(":")
    if prefix not in prefixes():
        raise KgraphError(f"unknown prefix {prefix!r} in {curie!r}", "see ontology/context.jsonld")
    full = prefixes()[prefix] + name
    if prefix == "kg" and full not in terms():
        raise KgraphError(f"no term {curie!r} in ontology/kgraph.ttl", "define it there first")
    return full


def node(curie: str) -> str:
    """The term as it stands in N-Quads: ``<https://…#hasLeg>``."""
    return f"<{iri(curie)}>"


def shrink(full: str) -> str:
    """An IRI as a prefixed name where a prefix fits, else unchanged."""
    best = ""
    for prefix, namespace in prefixes().items():
        if full.startswith(namespace) and len(namespace) > len(prefixes().get(best, "")):
            best = prefix
    if not best:
        return full
    name = full[len(prefixes()[best]) :]
    return full if "/" in name or "#" in name else f"{best}:{name}"


@cache
def channels() -> dict[str, str]:
    """Notation -> label of every concept of the channel scheme, in the scheme's order."""
    store = _ontology()
    found: dict[str, str] = {}
    scheme = ox.NamedNode(iris.BASE + "channel")
    for quad in store.quads_for_pattern(None, ox.NamedNode(_SKOS + "inScheme"), scheme):
        notation = _value(store, quad.subject, "notation")
        found[notation] = _value(store, quad.subject, "prefLabel")
    return dict(sorted(found.items()))


@cache
def _channel_names() -> dict[str, str]:
    store = _ontology()
    scheme = ox.NamedNode(iris.BASE + "channel")
    found: dict[str, str] = {}
    for name in ("altLabel", "prefLabel", "notation"):  # the last said counts
        for quad in store.quads_for_pattern(None, ox.NamedNode(_SKOS + "inScheme"), scheme):
            notation = _value(store, quad.subject, "notation")
            for label in store.quads_for_pattern(quad.subject, ox.NamedNode(_SKOS + name), None):
                if isinstance(label.object, ox.Literal):
                    found[label.object.value.casefold()] = notation
    return found


def channel_named(words: str) -> str | None:
    """Notation of the concept with this notation or label, in any case; None for none.

    >>> channel_named("Diplomatic telegram")
    'embassy cable'
    """
    return _channel_names().get(" ".join(words.casefold().replace("_", " ").split()))


@cache
def broader(notation: str) -> tuple[str, ...]:
    """Notations above a channel, nearest first: bolshakov -> (pen pal, special emissary, ...)."""
    store = _ontology()
    above: list[str] = []
    concept: object = ox.NamedNode(iris.channel(notation))
    while True:
        found = list(store.quads_for_pattern(concept, ox.NamedNode(_SKOS + "broader"), None))  # type: ignore[arg-type]
        if not found:
            return tuple(above)
        concept = found[0].object
        above.append(_value(store, concept, "notation"))


def _value(store: ox.Store, subject: object, name: str) -> str:
    quads = store.quads_for_pattern(subject, ox.NamedNode(_SKOS + name), None)  # type: ignore[arg-type]
    for quad in quads:
        if isinstance(quad.object, ox.Literal):
            return quad.object.value
    return ""
