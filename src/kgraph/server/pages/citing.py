"""How to cite a document, and what search engines read of it (schema.org)."""

from __future__ import annotations

import json
from typing import Any

from kgraph.server.pages.words import day


def citation(letter: dict[str, Any]) -> str:
    """A citation in words, after the Chicago Manual of Style's notes for manuscripts."""
    parts = [letter["title"]]
    if letter["facts"].get("date"):
        parts.append(day(letter["facts"]["date"]))
    copies = letter["copies"]
    if copies:
        first = copies[0]
        where = ", ".join(w for w in (first["shelfmark"] or first["unit_label"],
                                      first["holder_label"]) if w)  # fmt: skip
        parts.append(where)
    sources = list(dict.fromkeys(row["source_label"] for row in letter["records"]))
    if sources:
        parts.append("after " + "; ".join(sources[:2]))
    return ", ".join(parts) + f", {letter['iri']}."


def bibtex(letter: dict[str, Any]) -> str:
    """The document as a BibTeX entry."""
    key = "".join(c if c.isalnum() else "-" for c in letter["iri"].rpartition("/id/")[2])
    fields = {
        "title": letter["title"],
        "author": " and ".join(_names(letter, "Sender")),
        "date": (letter["facts"].get("date") or "").rstrip("~?%"),
        "note": ("to " + ", ".join(_names(letter, "Addressee")))
        if _names(letter, "Addressee")
        else "",
        "url": letter["iri"],
    }
    lines = [f"  {name} = {{{_tex(value)}}}," for name, value in fields.items() if value]
    return "@misc{" + key + ",\n" + "\n".join(lines) + "\n}\n"


def _tex(text: str) -> str:
    for mark in "\\{}":
        text = text.replace(mark, " ")
    for mark in "&%$#_":
        text = text.replace(mark, "\\" + mark)
    return text


def ris(letter: dict[str, Any]) -> str:
    """The document as a RIS record (type PCOMM, personal communication)."""
    lines = ["TY  - PCOMM"]
    lines += [f"AU  - {name}" for name in _names(letter, "Sender")]
    lines += [f"A2  - {name}" for name in _names(letter, "Addressee")]
    lines.append(f"TI  - {letter['title']}")
    if letter["facts"].get("date"):
        lines.append(f"DA  - {letter['facts']['date'].rstrip('~?%').replace('-', '/')}")
    lines += [f"UR  - {letter['iri']}", "ER  - "]
    return "\r\n".join(lines) + "\r\n"


def schema_org(letter: dict[str, Any]) -> str:
    """schema.org JSON-LD, safe inside a script element."""

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
        "@context": "https://schema.org/",
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
    if date and not set(date) & set("X?~%/[{"):
        data["dateSent"] = date
    data["mentions"] = [{"@id": row["thing"], "name": row["label"]} for row in letter["mentions"]]
    kept = {name: value for name, value in data.items() if value}
    return json.dumps(kept, ensure_ascii=False).replace("</", "<\\/")


def _names(letter: dict[str, Any], role: str) -> list[str]:
    return [row["label"] for row in letter["people"].get(role, ())]
