"""Things in the words of schema.org, which search engines read: in pages, and by negotiation."""

from __future__ import annotations

import json
from typing import Any

from kgraph.server.negotiation import SCHEMA_ORG
from kgraph.server.pages import path_of

CONTENT_TYPE = f'application/ld+json; profile="{SCHEMA_ORG}"'

TYPES = {
    "person": "Person", "body": "Organization", "group": "Organization", "place": "Place",
    "event": "Event", "archive": "ArchiveComponent", "publication": "CreativeWork",
    "source": "CreativeWork", "channel": "DefinedTerm",
}  # fmt: skip
INSIDE = {"lies in": "containedInPlace", "is part of": "isPartOf", "is held by": "holdingArchive",
          "belongs to": "parentOrganization", "is married to": "spouse",
          "is a sibling of": "sibling", "is a child of": "parent"}  # fmt: skip
"""Properties by the words that pages have for them."""
FITTING = {
    "containedInPlace": ("Place",), "isPartOf": ("CreativeWork", "ArchiveComponent"),
    "holdingArchive": ("ArchiveComponent",), "parentOrganization": ("Organization",),
    "spouse": ("Person",), "sibling": ("Person",), "parent": ("Person",),
}  # fmt: skip
"""What each of them may be said of."""


def sure(date: str) -> bool:
    """Whether an EDTF date is one day, month or year, without doubt."""
    return bool(date) and not set(date) & set("X?~%/[{")


def in_script(data: dict[str, Any]) -> str:
    """JSON-LD, safe inside a script element."""
    return json.dumps(data, ensure_ascii=False).replace("</", "<\\/")


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value}


def of_thing(about: dict[str, Any], root: str) -> dict[str, Any]:
    """What the page of anything else says, of `about` as it is gathered for the page at `root`."""
    kind = TYPES.get(about["kind"], "Thing")
    told, event = about["about"], about["event"]
    data: dict[str, Any] = {
        "@context": SCHEMA_ORG,
        "@type": kind,
        "@id": about["iri"],
        "name": about["title"],
        "url": root + path_of(about["iri"]).removeprefix("/"),
        "description": told.get("definition") or told.get("note"),
        "alternateName": [form for form, _ in about["names"] if form != about["title"]][:50],
        "sameAs": about["same"],
    }
    if kind == "Person":
        for name, date in (("birthDate", told.get("born")), ("deathDate", told.get("died"))):
            if date and sure(date):
                data[name] = date
        data["jobTitle"] = list(dict.fromkeys(row["title"] for row in about["offices"]))
    if kind == "Place" and told.get("lat"):
        data["geo"] = {"@type": "GeoCoordinates", "latitude": float(told["lat"]),
                       "longitude": float(told["long"])}  # fmt: skip
    if kind == "Event":
        if sure(event.get("date", "")):
            data["startDate"] = event["date"]
        if event.get("place"):
            data["location"] = {"@type": "Place", "@id": event["place"],
                                "name": event["place_label"]}  # fmt: skip
        data["attendee"] = [
            {"@id": row["agent"], "name": row["label"]} for row in about["taking_part"]
        ]
    for row in about["inside"]:
        name = INSIDE.get(row["how"], "")
        if kind in FITTING.get(name, ()):
            data.setdefault(name, []).append({"@id": row["other"], "name": row["label"]})
    return _filled(data)


def of_letter(letter: dict[str, Any]) -> dict[str, Any]:
    """What a document's page says, of `letter` as it is gathered for the page."""

    def agents(role: str) -> list[dict[str, str]]:
        return [
            {
                "@type": "Person" if "/id/person/" in row["agent"] else "Organization",
                "@id": row["agent"],
                "name": row["label"],
            }
            for row in letter["people"].get(role, ())
        ]

    facts = letter["facts"]
    data: dict[str, Any] = {
        "@context": SCHEMA_ORG,
        "@type": "Message",
        "@id": letter["iri"],
        "name": letter["title"],
        "sender": agents("Sender"),
        "toRecipient": agents("Addressee"),
        "ccRecipient": agents("Copy recipient"),
        "license": "https://creativecommons.org/publicdomain/zero/1.0/",
    }
    if facts.get("regest"):
        data["abstract"] = facts["regest"]
    date = facts.get("date") or ""
    if sure(date):
        data["dateSent"] = date
    data["mentions"] = [{"@id": row["thing"], "name": row["label"]} for row in letter["mentions"]]
    return _filled(data)
