"""Letters, people and places as schema.org JSON-LD, for search engines and simple programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import IO, Any

from kgraph.export.cmif import Index, Letter, letters
from kgraph.store import Store

CONTEXT = "https://schema.org/"
LOSES = (
    "which source says what, conflicting claims and the words that they rest on",
    "the ways of letters from hand to hand, their channels and copies",
    "dates that are doubtful, approximate or without a year",
)
_KINDS = {"Person": "Person", "CorporateBody": "Organization", "Group": "Organization",
          "Position": "Organization", "Place": "Place",
          "BibliographicResource": "CreativeWork"}  # fmt: skip
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d)?)?)?")


def write(store: Store, output: IO[bytes]) -> tuple[str, ...]:
    """Write all letters of a store as one JSON-LD graph; returns what was lost."""
    index = Index.of(store)
    output.write(f'{{"@context": "{CONTEXT}", "@graph": [\n'.encode())
    separator = b""
    for node in _nodes(letters(store), index):
        output.write(separator + json.dumps(node, ensure_ascii=False).encode())
        separator = b",\n"
    output.write(b"\n]}\n")
    return LOSES


def _nodes(found: list[Letter], index: Index) -> Iterator[dict[str, Any]]:
    things: dict[str, dict[str, Any]] = {}
    for letter in found:
        yield message(letter, things)
    for iri, node in sorted(things.items()):
        if index.ref(iri) != iri:
            node["sameAs"] = index.ref(iri)
        yield node


def message(letter: Letter, things: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """A letter as a schema.org Message; what it points to is put into `things`."""

    def point(iri: str, label: str, kind: str) -> dict[str, str]:
        node = {
            "@id": iri,
            "@type": _KINDS.get(re.split(r"[/#]", kind)[-1], "Thing"),
            "name": label,
        }
        things.setdefault(iri, node)
        return {"@id": iri}

    def parties(role: str) -> list[dict[str, str]]:
        rows = {row["agent"]: row for row in letter.parties if row["role"] == role}
        return [point(iri, row["label"], row["class"]) for iri, row in rows.items()]

    node: dict[str, Any] = {
        "@id": letter.iri,
        "@type": "Message",
        "name": letter.facts.get("title", ""),
        "sender": parties("sent"),
        "toRecipient": parties("received"),
        "locationCreated": [
            point(row["place"], row["label"], "Place")
            for row in letter.places
            if row["role"] == "sent"
        ],
        "inLanguage": letter.languages,
        "mentions": [point(r["thing"], r["label"], r["class"]) for r in letter.mentions],
    }
    for name, fact in (("dateSent", "date"), ("dateReceived", "received")):
        if _DATE.fullmatch(letter.facts.get(fact, "")):
            node[name] = letter.facts[fact]
    return {name: value for name, value in node.items() if value}
