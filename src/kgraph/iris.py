"""Every IRI that kgraph mints, and the way back from an IRI to the local id.

Local ids are what people type: ``person/kohler``, ``frus/21``. A document's
local id has no kind before it; its IRI has: ``…/id/document/frus/21``. All
IRIs stand under one base, `BASE`, that the environment variable KGRAPH_BASE
changes.
"""

from __future__ import annotations

import os
import re
import unicodedata
from functools import lru_cache

DEFAULT_BASE = "https://w3id.org/kgraph/"
BASE = os.environ.get("KGRAPH_BASE", DEFAULT_BASE).rstrip("/#") + "/"
TERMS = f"{BASE}ontology#"
THINGS = f"{BASE}id/"
CHANNELS = f"{BASE}channel/"
PART = "/-/"
"""Stands in the IRI of a part, between that of the whole and the steps to the part."""
DERIVED = f"{THINGS}graph/derived"
AUTHORITIES = f"{THINGS}graph/authorities"
ONTOLOGY_GRAPH = f"{THINGS}graph/ontology"

KINDS = (
    "person", "body", "group", "place", "event", "archive", "publication", "position",
    "channel", "source", "conflict", "record", "graph", "document", "same", "abbreviation",
)  # fmt: skip
"""First segments of local ids that are not documents."""

_NONCHARACTERS = "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(1, 15))
_UNSAFE = re.compile(
    r"[\x00-\x20<>\"{}|\\^`%\x7f-\x9f?#\[\]\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\uffff"
    r"\U000e0000-\U000e0fff\U000f0000-\U0010ffff" + _NONCHARACTERS + "]"
)
_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


def _encode(text: str) -> str:
    """Percent-encode what RFC 3987 does not allow in a path; letters of any script stay."""
    return _UNSAFE.sub(_percent, text)


def from_path(path: str) -> str:
    """IRI of ours for the path of an address, percent-decoded as servers give it."""
    return BASE + _encode(path.lstrip("/"))


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "surrogatepass"))


def _decode(text: str) -> str:
    return _ESCAPED.sub(
        lambda m: bytes.fromhex(m[0].replace("%", "")).decode("utf-8", "surrogatepass"), text
    )


@lru_cache(maxsize=200_000)
def thing(local_id: str) -> str:
    """IRI of a local id: ``person/kohler`` or a document's id such as ``frus/21``."""
    kind, _, rest = local_id.partition("/")
    if kind == "channel" and rest:
        return channel(rest)
    if kind in KINDS and rest:
        return THINGS + _encode(local_id)
    return f"{THINGS}document/{_encode(local_id)}"


def document(local_id: str) -> str:
    """IRI of a document."""
    return f"{THINGS}document/{_encode(local_id)}"


def record(record_id: str) -> str:
    """IRI of a source record and of the named graph that holds its statements."""
    return f"{THINGS}record/{_encode(record_id)}"


def source(source_id: str) -> str:
    return f"{THINGS}source/{_encode(source_id)}"


@lru_cache(maxsize=1000)
def channel(notation: str) -> str:
    """IRI of a channel or mode by its notation ("hand delivery") or slug ("hand-delivery")."""
    return CHANNELS + slug(notation)


def part(owner_iri: str, *steps: object) -> str:
    """IRI of a part of a thing: a leg, a copy, a span; `steps` make its path."""
    return owner_iri + PART + "/".join(_encode(str(s)) for s in steps)


def term(name: str) -> str:
    """IRI of a term of ours: ``hasLeg``."""
    return TERMS + name


def local(iri: str) -> str:
    """The local id of one of our IRIs; any other IRI comes back unchanged."""
    if iri.startswith(THINGS):
        rest = _decode(iri[len(THINGS) :])
        return rest[len("document/") :] if rest.startswith("document/") else rest
    if iri.startswith(CHANNELS):
        return "channel/" + _decode(iri[len(CHANNELS) :])
    return iri


_NOT_WORD = re.compile(r"[^\w]+")


@lru_cache(maxsize=200_000)
def slug(text: str) -> str:
    """A readable path segment: lower case, accents dropped, words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return _NOT_WORD.sub("-", plain.casefold()).strip("-_") or "unnamed"


def unresolved(name: str, kind: str, source: str) -> str:
    """Local id of a party that no authority entry was found for.

    Offices and bodies of one name are one thing; persons are told apart by source.
    """
    if kind in ("office", "body"):
        return f"body/{slug(name)}"
    if kind == "group":
        return f"group/{slug(name)}"
    return f"person/{slug(source)}/{slug(name)}"


def rebase(text: str) -> str:
    """`text` (an ontology, a query) with the default base replaced by the one in force."""
    return text if BASE == DEFAULT_BASE else text.replace(DEFAULT_BASE, BASE)
