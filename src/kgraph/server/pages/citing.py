"""How to cite a document."""

from __future__ import annotations

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


def _names(letter: dict[str, Any], role: str) -> list[str]:
    return [row["label"] for row in letter["people"].get(role, ())]
