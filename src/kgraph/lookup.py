"""From what a user types to things in the graph: ids that moved on, and ids nearly right."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode
from rapidfuzz import fuzz, utils

from kgraph import iris
from kgraph.store import Store

NEAR = 80.0  # of 100: names less alike are no misspelling of each other
AGENTS = ("person/", "body/", "place/")


def term(typed: str) -> NamedNode:
    """The IRI for a local id (``person/kohler``) or an IRI. ValueError for neither."""
    text = typed.strip()
    scheme, colon, _ = text.partition(":")
    is_iri = bool(colon) and "/" not in scheme
    return NamedNode(text if is_iri else iris.thing(text))


def known(store: Store, thing: NamedNode) -> bool:
    """Whether the graph says anything of `thing`, or names it anywhere."""
    return store.ask("ASK { { ?thing ?p ?o } UNION { ?s ?q ?thing } }", {"thing": thing})


def follow(store: Store, thing: NamedNode) -> NamedNode:
    """What `thing` was merged into; itself where it was not, or was split into several."""
    rows = store.select(
        "SELECT DISTINCT ?into { ?thing dcterms:isReplacedBy ?into }", {"thing": thing}
    )
    found = [into for (into,) in rows if isinstance(into, NamedNode)]
    return found[0] if len(found) == 1 else thing


def titles_of_sources(store: Store) -> dict[str, str]:
    """The title of each source by the last part of its id ("dossier"), without a subtitle."""
    rows = store.select("SELECT ?source ?title { ?source a kg:Source ; rdfs:label ?title }")
    return {
        iris.local(source.value).removeprefix("source/"): title.value.partition(": ")[0]
        for source, title in rows
        if isinstance(source, NamedNode) and isinstance(title, Literal)
    }


def near(store: Store, typed: str, most: int = 3) -> list[str]:
    """Local ids that `typed` may have meant, the likeliest first.

    Each word typed is compared (`rapidfuzz.fuzz.ratio`) with the words of an id and, for all
    but documents and sources, of its label. Among equals agents and places come first, then
    what the graph speaks of most: a bare surname leads to the person, not to a namesake.
    """
    kind, _, name = typed.strip().rpartition("/")
    words = _words(name)
    rows = store.select(
        "SELECT DISTINCT ?id ?label { ?thing kg:localId ?id OPTIONAL { ?thing rdfs:label ?label "
        "FILTER NOT EXISTS { ?thing a ?kind FILTER(?kind IN (kg:Document, kg:Source)) } } }"
    )
    best: dict[str, float] = {}
    for local, label in rows:
        id = local.value if isinstance(local, Literal) else ""
        above, _, tail = id.rpartition("/")
        named = _words(tail) | (_words(label.value) if isinstance(label, Literal) else set())
        score = _likeness(words, named) - (5.0 if kind and kind != above else 0.0)
        if score >= NEAR and score > best.get(id, 0.0):
            best[id] = score
    likely = sorted(best, key=lambda id: (-best[id], not id.startswith(AGENTS), id))[:40]
    told = {id: _times_told(store, id) for id in likely}
    return sorted(
        likely, key=lambda id: (-round(best[id] / 5), not id.startswith(AGENTS), -told[id], id)
    )[:most]


def _words(text: str) -> set[str]:
    return set(utils.default_process(text).split())


def _likeness(typed: set[str], named: set[str]) -> float:
    """Mean, over the words typed, of the best likeness to a word of the name; 0 to 100.

    Numbers are alike only where they are equal.
    """
    if not typed or not named:
        return 0.0
    numbers = {word for word in typed if any(c.isdigit() for c in word)}
    if not numbers <= named:
        return 0.0
    return sum(max(fuzz.ratio(word, other) for other in named) for word in typed) / len(typed)


def _times_told(store: Store, id: str) -> int:
    rows = store.select(
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?thing }", {"thing": NamedNode(iris.thing(id))}
    )
    return next((int(n.value) for (n,) in rows if isinstance(n, Literal)), 0)


def did_you_mean(store: Store, typed: str) -> str | None:
    """ "did you mean person/kohler?", or None where nothing is near."""
    found = near(store, typed)
    return f"did you mean {' or '.join(found)}?" if found else None
