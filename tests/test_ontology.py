"""The terms: each explained, each used from one place, none misspelt."""

import json
import re

import pyoxigraph as ox
import pytest

from kgraph import vocab
from kgraph.report import KgraphError
from kgraph.shipped import folder

RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"


def _load(*names: str) -> ox.Store:
    store = ox.Store()
    for name in names:
        store.load(path=str(folder("ontology") / name), format=ox.RdfFormat.TURTLE)
    return store


def test_every_term_has_label_and_definition() -> None:
    store = _load("kgraph.ttl")
    for term in vocab.terms():
        found = {q.predicate.value for q in store.quads_for_pattern(ox.NamedNode(term), None, None)}
        assert RDFS + "label" in found, term
        if not term.endswith("-scheme"):
            assert SKOS + "definition" in found, term


def test_every_class_and_property_has_an_example_of_its_own() -> None:
    query = "SELECT ?t WHERE { ?t a ?c FILTER(?c != owl:Ontology) FILTER(STRSTARTS(STR(?c), STR(owl:))) }"
    store = _load("kgraph.ttl")
    shown: dict[str, str] = {}
    for row in store.query(query, prefixes={"owl": "http://www.w3.org/2002/07/owl#"}):  # type: ignore[union-attr]
        texts = [
            q.object.value
            for q in store.quads_for_pattern(row["t"], ox.NamedNode(SKOS + "example"), None)
        ]
        assert texts, row["t"]
        for text in texts:
            assert text not in shown or len(text) < 25, f"{row['t']} and {shown[text]} say the same"
            shown[text] = str(row["t"])


def test_classes_and_properties_say_how_they_relate_to_known_ontologies() -> None:
    known = tuple(vocab.prefixes()[p] for p in ("rico", "crm", "schema", "prov", "oa", "dcterms"))
    query = "SELECT ?t WHERE { ?t a ?c FILTER(?c IN (owl:Class, owl:ObjectProperty)) }"
    store = _load("kgraph.ttl")
    prefixes = {"owl": "http://www.w3.org/2002/07/owl#"}
    for row in store.query(query, prefixes=prefixes):  # type: ignore[union-attr]
        targets = [str(q.object) for q in store.quads_for_pattern(row["t"], None, None)]
        own = vocab.iri("kg:hasLeg").rpartition("#")[0]
        assert any(k in t for t in targets for k in (*known, SKOS, own + "#")), row["t"]


def test_a_misspelt_term_is_refused() -> None:
    with pytest.raises(KgraphError, match="hasLeag"):
        vocab.iri("kg:hasLeag")


def test_channels_form_one_tree_under_one_top() -> None:
    for notation in vocab.channels():
        above = vocab.broader(notation)
        assert notation == "channel" or above[-1] == "channel"
    assert vocab.broader("bolshakov")[:2] == ("pen pal", "special emissary")


def test_queries_and_context_use_only_terms_that_exist() -> None:
    words: set[str] = set()
    for path in folder("queries").glob("*.rq"):
        words |= set(re.findall(r"\bkg:([\w-]+)", path.read_text("utf-8")))
    context = json.loads((folder("ontology") / "context.jsonld").read_text("utf-8"))
    words |= set(re.findall(r"\bkg:([\w-]+)", json.dumps(context)))
    words |= set(re.findall(r"\bkg:([\w-]+)", (folder("ontology") / "shapes.ttl").read_text()))
    assert len(words) > 40
    for word in words:
        vocab.iri(f"kg:{word}")


def test_prefixes_agree_wherever_they_are_declared() -> None:
    for path in [*folder("queries").glob("*.rq"), *folder("ontology").glob("*.ttl")]:
        for prefix, namespace in re.findall(
            r"(?:PREFIX|@prefix)\s+(\w+):\s*<([^>]+)>", path.read_text("utf-8")
        ):
            known = vocab.prefixes().get(prefix)
            assert known in (None, namespace), f"{path.name}: {prefix}"
