"""What mapping must know beyond the one item at hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kgraph import iris
from kgraph.mapping.statements import Statements
from kgraph.model import Identity, Item, Party
from kgraph.nameless import completed, node_of, withheld

COMPARED = "matching"
"""Source of the identities that comparing records found, not a person."""

CLASS_OF_KIND = {
    "person": "rico:Person",
    "office": "rico:Position",
    "body": "rico:CorporateBody",
    "group": "rico:Group",
    "unknown": "rico:Agent",
}


class Context:
    """Which records describe one document, and which agents the authority knows.

    `canonical` maps a document id to the id of the document that it was found to
    be; `shared` holds the canonical ids that several records describe, whose
    preferred values are chosen after all records are mapped. `known` are the
    local ids that the authority labels. One context serves one process.
    """

    def __init__(
        self,
        canonical: Mapping[str, str] | None = None,
        shared: Iterable[str] = (),
        known: Iterable[str] = (),
    ) -> None:
        self.canonical = dict(canonical or {})
        self.shared = frozenset(shared)
        self.known = set(known)
        self.agents = Statements(iris.AUTHORITIES)

    @classmethod
    def of(cls, items: Iterable[Item]) -> Context:
        """The context that identities and authority entries among `items` make."""
        identities: list[Identity] = []
        known: set[str] = set()
        for item in items:
            if isinstance(item, Identity):
                identities.append(item)
            elif hasattr(item, "id") and hasattr(item, "label"):
                known.add(item.id)
        canonical = canonical_ids(identities)
        return cls(canonical, set(canonical.values()), known)

    def document(self, document_id: str) -> str:
        """IRI of the document that an id, canonical or not, stands for."""
        return iris.document(self.canonical.get(document_id, document_id))

    def thing(self, local_id: str) -> str:
        """IRI of a document, event or any other thing by its local id."""
        return iris.thing(self.canonical.get(local_id, local_id))

    def agent(self, party: Party, source: str, record: str) -> str:
        """IRI of a party. One that nobody has identified gets a node of its own:
        persons within their source, offices and bodies by their name, who is not named within
        his `record`."""
        local_id = node_of(party, source, record)
        iri = iris.thing(local_id)
        if local_id not in self.known:
            self.known.add(local_id)
            self.agents.kind(iri, CLASS_OF_KIND[party.kind])
            self.agents.text(
                iri, "rdfs:label", _label(local_id) if party.id else completed(party.name)
            )
            self.agents.text(iri, "kg:localId", local_id)
        return iri

    def place(self, name: str, local_id: str | None, record: str) -> str:
        """IRI of a place, by id or else by its name; one whose name is withheld is that of its `record`."""
        given = local_id
        if local_id is None:
            within = f"{iris.slug(record)}-" if withheld(name) else ""
            local_id = f"place/{within}{iris.slug(name)}"
        iri = iris.thing(local_id)
        if local_id not in self.known:
            self.known.add(local_id)
            self.agents.kind(iri, "rico:Place")
            self.agents.text(iri, "rdfs:label", _label(local_id) if given else name)
            self.agents.text(iri, "kg:localId", local_id)
        return iri

    def take_agents(self) -> list[str]:
        """Lines about agents and places met since the last call."""
        lines, self.agents.lines = self.agents.lines, []
        return lines


def canonical_ids(identities: Iterable[Identity]) -> dict[str, str]:
    """Which document each id stands for, where that is another one.

    Identities that share a record are one group. It is known by the document that
    the first hand-made identity of the group names, or else by that of the first one
    that comparing found, so that a published id does not change when comparing finds more.
    """
    parent: dict[str, str] = {}

    def root(one: str) -> str:
        while parent.setdefault(one, one) != one:
            parent[one] = one = parent[parent[one]]
        return one

    ordered = sorted(identities, key=lambda identity: identity.source == COMPARED)
    for identity in ordered:
        for record in identity.records:
            ours, theirs = root(identity.document), root(record)
            if ours != theirs:
                parent[theirs] = ours
    chosen: dict[str, str] = {}
    for identity in ordered:
        chosen.setdefault(root(identity.document), identity.document)
    return {one: chosen[root(one)] for one in sorted(parent) if chosen[root(one)] != one}


def _label(local_id: str) -> str:
    """A label for an id that no authority entry explains: one, whatever the names given."""
    return local_id.rpartition("/")[2].replace("-", " ").title()
