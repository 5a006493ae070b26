"""The JSON Schema of our data files, made from the model and its short forms.

``python -m kgraph.sources.dataschema > data/record.schema.json`` writes the file
that ships; editors that know JSON Schema check a calendar while it is typed.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from kgraph import model, vocab
from kgraph.sources import shortforms
from kgraph.sources.entries import LISTS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ID = "https://w3id.org/kgraph/record.schema.json"
TEXT = {"type": ["string", "number"]}
SHORT: dict[type[Any], str] = {
    model.Date: "an EDTF date",
    model.Holding: "an id of an archive, or the name of a holder",
    model.Mention: "span id | words | role | form | name alone",
    model.Number: "kind value",
    model.Party: "id, Name <id>, or a name",
    model.Place: "id, Name <id>, or a name",
    model.Printing: "id of a publication, pages",
}
FILLED: dict[type[Any], set[str]] = {
    model.Date: {"text"},
    model.Holding: {"holder"},
    model.Leg: {"index"},
    model.Mention: {"type", "start", "end"},
    model.Party: {"name"},
    model.Place: {"name"},
    model.Printing: {"publication"},
    model.Relation: {"type", "target"},
}
"""Required fields of the model that the reader fills in where they are not written."""


def schema() -> dict[str, Any]:
    """The schema of one data file."""
    _, components = msgspec.json.schema_components(LISTS.values(), ref_template="#/$defs/{name}")
    definitions = {name: _written(name, one) for name, one in sorted(components.items())}
    properties: dict[str, Any] = {
        "source": {**TEXT, "description": "id in sources.toml, for all entries of the file"},
        "file": {**TEXT, "description": "name of the text that `at:` counts characters in"},
        "note": TEXT,
    }
    for name, cls in LISTS.items():
        properties[name] = {"type": "array", "items": {"$ref": f"#/$defs/{cls.__name__}"}}
    return {
        "$schema": DIALECT,
        "$id": ID,
        "title": "A data file of kgraph",
        "description": "YAML with a source and lists of entries; see data/README.md.",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "$defs": definitions,
    }


def _written(name: str, given: dict[str, Any]) -> dict[str, Any]:
    """The definition of one struct as a historian may write it."""
    cls: type[Any] = getattr(model, name)
    properties = {key: _field(cls, key, value) for key, value in given["properties"].items()}
    if {"locator"} <= properties.keys() or cls is model.Claim:
        properties["at"] = {"type": ["string", "integer"], "description": "characters, as 26-51"}
    full: dict[str, Any] = {"type": "object", "properties": properties}
    if cls is model.Relation:
        for kind in sorted(shortforms.RELATIONS):
            properties[kind] = {"type": "string", "description": "the target of this relation"}
    required = [
        key for key in given.get("required", []) if key not in FILLED.get(cls, set()) | {"source"}
    ]
    if required:
        full["required"] = required
    full["additionalProperties"] = False
    if "description" in given:
        full["description"] = " ".join(given["description"].split())
    if cls in SHORT:
        return {"anyOf": [{**TEXT, "description": SHORT[cls]}, full]}
    return full


def _field(cls: type[Any], key: str, value: dict[str, Any]) -> dict[str, Any]:
    if cls is model.Leg and key in {"mode", "channel"}:
        return {"enum": sorted(vocab.channels())}
    if cls is model.Leg and key in {"from", "by", "to"}:
        one = {"$ref": "#/$defs/Party"}
        return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}
    loose: dict[str, Any] = _loosened(value)
    if key == "participants" and cls is model.Event:
        party = {"$ref": "#/$defs/Party"}
        parties = {"anyOf": [party, {"type": "array", "items": party}]}
        return {"anyOf": [{"type": "object", "additionalProperties": parties}, loose]}
    if key == "numbers":
        many = {"anyOf": [TEXT, {"type": "array", "items": TEXT}]}
        return {"anyOf": [{"type": "object", "additionalProperties": many}, loose]}
    return loose


def _loosened(value: Any) -> Any:
    """Without defaults; text may look like a number; a list of one may stand bare."""
    if not isinstance(value, dict):
        return value
    if value.get("type") == "string" and "enum" not in value:
        return TEXT
    if value.get("type") == "array" and "items" in value:
        item = _loosened(value["items"])
        return {"anyOf": [item, {"type": "array", "items": item}]}
    if "anyOf" in value:
        kept = [_loosened(v) for v in value["anyOf"] if v.get("type") != "null"]
        kept = [one for i, one in enumerate(kept) if one not in kept[:i]]
        return kept[0] if len(kept) == 1 else {"anyOf": kept}
    if "enum" in value:
        return {"enum": [v for v in value["enum"] if v is not None]}
    if value.get("type") == "object" and "additionalProperties" in value:
        return {"type": "object", "additionalProperties": _loosened(value["additionalProperties"])}
    return {k: v for k, v in value.items() if k != "default"}


def text() -> str:
    """The schema as the shipped file has it."""
    return json.dumps(schema(), indent=1, ensure_ascii=False, sort_keys=False) + "\n"


if __name__ == "__main__":
    print(text(), end="")
