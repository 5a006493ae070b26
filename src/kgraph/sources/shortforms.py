"""The short forms of our own data files: what a historian may write for a longer thing.

============== ===================================== ==================================
where          short                                 means
============== ===================================== ==================================
party, place   ``person/kohler``                     that person, under his own name
party, place   ``F.D. Kohler <person/kohler>``       that person, as the source names him
party          ``the Ministry``                      somebody who is in no authority
date           ``1963-11-23``                        an EDTF date
number         ``{copy: 12, special: [2000, 2001]}`` three numbers
holding        ``archive/dos-lot66d204``             the source text lies there
printing       ``publication/claflin, pp. 50-51``    printed there, on these pages
relation       ``reply-to: frus/1``                  type and target
participant    ``victim: person/oswald``             role and party, or parties
mention        ``26-51 person/x | words | role``     span, thing, words, role, form, core
from, by, to   a list of parties                     the first, and ``also_...`` the rest
anything       ``at: 26-51``                         its span and locator in the file
============== ===================================== ==================================

Each function takes a value that YAML gave and returns the mapping that the model's
struct of that name is made of; it leaves alone what it does not understand, so
that the check of types names it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, get_args

import msgspec

from kgraph import model

RELATIONS = frozenset({
    "reply-to", "encloses", "enclosed-in", "quotes", "quoted-in", "cites", "cited-in", "cover-of",
    "covered-by", "draft-of", "version-of", "translation-of", "part-of", "attached-to", "proposes",
    "reports", "thanks-for", "records", "repeats", "amends", "related", "spouse-of", "sibling-of",
    "child-of", "parent-of", "same-as", "replaces", "follows",
})  # fmt: skip
MENTION_TYPES: dict[str, str] = {
    "person": "person",
    "body": "organisation",
    "place": "place",
    "event": "event",
}
NAMED = re.compile(r"(?s)(.*?)\s*<([^<>\s]+/[^<>\s]+)>\s*")
LOCAL_ID = re.compile(r"[a-z][\w.-]*/\S+")
SPAN = re.compile(r"(\d+)(?:-(\d+))?")
KINDS = frozenset(get_args(model.PartyKind))

Names = Mapping[str, "Known"]


class Known(msgspec.Struct, frozen=True):
    """What the authorities say of an id: its label and what kind of thing it is."""

    label: str
    kind: str = "unknown"
    shelfmark: str | None = None
    holder: str | None = None


def split_name(text: str) -> tuple[str | None, str | None]:
    """Name and id of ``Name <id>``, ``id`` or ``Name``."""
    if (match := NAMED.fullmatch(text)) is not None:
        return match.group(1) or None, match.group(2)
    return (None, text) if LOCAL_ID.fullmatch(text) else (text, None)


def _named(value: Any, names: Names) -> Any:
    if isinstance(value, str):
        value = {"name": value}
    if not isinstance(value, dict):
        return value
    value = dict(value)
    if isinstance(value.get("name"), str):
        name, known = split_name(value.pop("name"))
        if name is not None:
            value["name"] = name
        if known is not None:
            value.setdefault("id", known)
    if "name" not in value and isinstance(value.get("id"), str):
        found = names.get(value["id"])
        value["name"] = found.label if found else value["id"]
    return value


def place(value: Any, names: Names) -> Any:
    return _named(value, names)


def party(value: Any, names: Names) -> Any:
    value = _named(value, names)
    if isinstance(value, dict) and "kind" not in value and isinstance(value.get("id"), str):
        found = names.get(value["id"])
        if found is not None and found.kind in KINDS:
            value["kind"] = found.kind
        elif value["id"].startswith("person/"):
            value["kind"] = "person"
    return value


def date(value: Any, names: Names) -> Any:
    if isinstance(value, str):
        return {"text": value, "edtf": value}
    if isinstance(value, dict) and "text" not in value and "edtf" in value:
        return {**value, "text": value["edtf"]}
    return value


def number(value: Any, names: Names) -> Any:
    if isinstance(value, str):
        kind, _, rest = value.partition(" ")
        return {"kind": kind, "value": rest} if rest else {"kind": "document", "value": value}
    return value


def holding(value: Any, names: Names) -> Any:
    if isinstance(value, str):
        value = {"id": value} if LOCAL_ID.fullmatch(value) else {"holder": value}
    if isinstance(value, dict) and isinstance(value.get("id"), str):
        found = names.get(value["id"])
        if found is not None:
            value = dict(value)
            holder = names.get(found.holder) if found.holder else None
            value.setdefault("holder", holder.label if holder else found.label)
            if found.shelfmark:
                value.setdefault("shelfmark", found.shelfmark)
    return value


def printing(value: Any, names: Names) -> Any:
    if isinstance(value, str):
        head, _, pages = value.partition(", ")
        value = {"id" if LOCAL_ID.fullmatch(head) else "publication": head}
        if pages:
            value["pages"] = re.sub(r"^pp?\. ?", "", pages)
    if isinstance(value, dict) and "publication" not in value and isinstance(value.get("id"), str):
        found = names.get(value["id"])
        return {**value, "publication": found.label if found else value["id"]}
    return value


def relation(value: Any, names: Names) -> Any:
    if isinstance(value, dict) and "type" not in value:
        types = [key for key in value if key in RELATIONS]
        if len(types) == 1:
            rest = {k: v for k, v in value.items() if k != types[0]}
            return {"type": types[0], "target": value[types[0]], **rest}
    return value


def mention(value: Any, names: Names) -> Any:
    if isinstance(value, str):
        cells = [cell.strip() for cell in value.split(" | ")]
        head = cells[0].split()
        if len(head) == 2 and len(cells) > 1 and (span := SPAN.fullmatch(head[0])):
            value = {"start": span.group(1), "end": span.group(2), "id": head[1], "text": cells[1]}
            for name, cell in zip(("role", "form", "core"), cells[2:], strict=False):
                if cell:
                    value[name] = cell
    if isinstance(value, dict) and "type" not in value and isinstance(value.get("id"), str):
        prefix = value["id"].partition("/")[0]
        return {**value, "type": MENTION_TYPES.get(prefix, "document")}
    return value


def participants(value: Any) -> Any:
    """``{victim: person/x, guest: [person/y, person/z]}`` as a list of participants."""
    if not isinstance(value, dict) or "party" in value:
        return value
    return [
        {"party": party, "role": role}
        for role, parties in value.items()
        for party in (parties if isinstance(parties, list) else [parties])
    ]


def numbers(value: Any) -> Any:
    """``{copy: 12, special: [2000, 2001]}`` as a list of numbers."""
    if not isinstance(value, dict) or "kind" in value:
        return value
    return [
        {"kind": kind, "value": one}
        for kind, many in value.items()
        for one in (many if isinstance(many, list) else [many])
    ]


def leg(value: Any, names: Names) -> Any:
    """A leg whose sides are single parties, the rest of each in ``also_...``."""
    if not isinstance(value, dict):
        return value
    for side in ("from", "by", "to"):
        parties = value.get(side)
        if isinstance(parties, list):
            value = dict(value)
            value[side] = parties[0] if parties else None
            value[f"also_{side}"] = parties[1:]
    return value


def at(value: dict[str, Any], file: str | None) -> dict[str, Any]:
    """The mapping with ``at: 26-51`` spelt out as start, end and locator.

    A locator names the file and, after RFC 5147, the characters in it.
    """
    match = SPAN.fullmatch(value["at"]) if isinstance(value["at"], str) else None
    if match is None:
        return value
    value = dict(value)
    del value["at"]
    start, end = match.group(1), match.group(2)
    value["start"] = start
    if end:
        value["end"] = end
    chars = f"char={start},{end}" if end else f"char={start}"
    value.setdefault("locator", f"{file}#{chars}" if file else f"#{chars}")
    return value


SHORT: dict[type, Callable[[Any, Names], Any]] = {
    model.Date: date,
    model.Holding: holding,
    model.Leg: leg,
    model.Mention: mention,
    model.Number: number,
    model.Party: party,
    model.Place: place,
    model.Printing: printing,
    model.Relation: relation,
}
WHOLE: dict[str, Callable[[Any], Any]] = {"participants": participants, "numbers": numbers}
"""Short forms of whole lists, by field."""
