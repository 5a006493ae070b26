"""OpenAPI 3.1 description of what answers in JSON, at ``/openapi.json``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kgraph import __version__
from kgraph.server.describe import CC0

Schema = dict[str, Any]
TERM: Schema = {
    "type": "object",
    "required": ["type", "value"],
    "properties": {
        "type": {"enum": ["uri", "literal", "bnode", "typed-literal", "triple"]},
        "value": {},
        "datatype": {"type": "string"},
        "xml:lang": {"type": "string"},
    },
}
RESULTS: Schema = {
    "type": "object",
    "required": ["head"],
    "properties": {
        "head": {"type": "object"},
        "boolean": {"type": "boolean"},
        "results": {
            "type": "object",
            "required": ["bindings"],
            "properties": {
                "bindings": {
                    "type": "array",
                    "items": {"type": "object", "additionalProperties": TERM},
                }
            },
        },
    },
}
LINKSET: Schema = {
    "type": "object",
    "required": ["linkset"],
    "properties": {
        "linkset": {"type": "array", "items": {"type": "object", "required": ["anchor"]}}
    },
}
NETWORK: Schema = {
    "type": "object",
    "required": ["nodes", "channels", "letters", "of"],
    "properties": {
        "nodes": {
            "type": "array",
            "items": {"type": "object", "required": ["label", "path", "x", "y"]},
        },
        "channels": {"type": "array", "items": {"type": "object", "required": ["label"]}},
        "letters": {
            "type": "array",
            "items": {"type": "array", "minItems": 5, "maxItems": 5},
            "description": "from, to (numbers of nodes), first day, last day (0: the same), "
            "number of the channel",
        },
        "of": {
            "type": "object",
            "description": "how many nodes there are in all, and pairs (null: all are here)",
        },
    },
}
JSON_LD: Schema = {"type": ["object", "array"]}
PLAIN = {"text/plain": {"schema": {"type": "string"}}}


def _answer(meaning: str, media_type: str, schema: Schema) -> dict[str, Any]:
    return {"description": meaning, "content": {media_type: {"schema": schema}}}


def _text(meaning: str) -> dict[str, Any]:
    return {"description": meaning, "content": PLAIN}


def _parameter(name: str, place: str, meaning: str, schema: Schema, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": place, "description": meaning, "schema": schema,
            "required": place == "path", **more}  # fmt: skip


def description(root: str) -> dict[str, Any]:
    """The description, for a server at `root`."""
    asked = {
        "query": _parameter("query", "query", "a SPARQL 1.1 query", {"type": "string"}),
        "timeout": _parameter(
            "timeout", "query", "seconds", {"type": "number", "minimum": 5, "maximum": 60}
        ),
    }
    answers = {
        "200": {
            "description": "SPARQL results, or the service description without a query",
            "content": {
                "application/sparql-results+json": {"schema": RESULTS},
                "application/ld+json": {"schema": JSON_LD},
                "text/turtle": {"schema": {"type": "string"}},
                **PLAIN,
            },
        },
        "400": _text("the query cannot be read, and where"),
        "406": _text("no such format"),
        "500": _text("the query failed"),
        "503": _text("the query took too long"),
    }
    path = _parameter("path", "path", "a local id with its kind, e.g. document/frus/21",
                      {"type": "string", "minLength": 1}, example="document/frus/21")  # fmt: skip
    missing = _text("nothing is known of it")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "kgraph",
            "version": __version__,
            "summary": "A knowledge graph of diplomatic correspondence",
            "license": {"name": "CC0 1.0 for the data", "url": CC0},
        },
        "servers": [{"url": root.rstrip("/")}],
        "paths": {
            "/sparql": {
                "get": {
                    "operationId": "query",
                    "summary": "Ask in SPARQL",
                    "parameters": [{**asked["query"], "example": "ASK { ?s ?p ?o }"},
                                   asked["timeout"]],
                    "responses": answers,
                }
            },
            "/doc/{path}.jsonld": {
                "get": {
                    "operationId": "describe",
                    "summary": "Everything about one thing, as JSON-LD",
                    "parameters": [path],
                    "responses": {
                        "200": _answer("its description", "application/ld+json", JSON_LD),
                        "301": {"description": "the thing is known by another id"},
                        "404": missing,
                        "410": _text("the id was given up"),
                    },
                }
            },
            "/linkset/doc/{path}": {
                "get": {
                    "operationId": "links",
                    "summary": "Typed links of a page (RFC 9264)",
                    "parameters": [path],
                    "responses": {
                        "200": {
                            "description": "the links",
                            "content": {
                                "application/linkset+json": {"schema": LINKSET},
                                "application/linkset": {"schema": {"type": "string"}},
                            },
                        },
                        "404": missing,
                    },
                }
            },
            "/network.json": {
                "get": {
                    "operationId": "network",
                    "summary": "The network of letters, laid out; of a large one the chief pairs",
                    "parameters": [
                        _parameter("person", "query", "around whom, such as person/bolshakov",
                                   {"type": "string"})
                    ],
                    "responses": {
                        "200": _answer("nodes and letters", "application/json", NETWORK),
                        "404": missing,
                    },
                }
            },
            "/catalogue": {
                "get": {
                    "operationId": "catalogue",
                    "summary": "VoID and DCAT",
                    "parameters": [
                        _parameter("Accept", "header", "an RDF media type",
                                   {"const": "application/ld+json"})
                    ],
                    "responses": {
                        "200": {
                            "description": "the catalogue",
                            "content": {
                                "application/ld+json": {"schema": JSON_LD},
                                "text/turtle": {"schema": {"type": "string"}},
                            },
                        }
                    },
                }
            },
            "/openapi.json": {
                "get": {
                    "operationId": "openapi",
                    "summary": "This description",
                    "responses": {"200": _answer("it", "application/json", {"type": "object"})},
                }
            },
        },
    }  # fmt: skip


@dataclass
class Description:
    """``/openapi.json``"""

    async def answer(self, request: Request) -> Response:
        return JSONResponse(description(str(request.base_url)))
