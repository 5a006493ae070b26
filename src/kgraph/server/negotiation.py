"""Which representation a client gets: content negotiation after RFC 9110, section 12.

To add a representation, add a line to `RDF` or `RESULTS`: its suffix, its media
types (the first is the one that is sent) and pyoxigraph's format.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox


@dataclass(frozen=True)
class Representation:
    """One way to write a resource. `suffix` is what an address may end with."""

    suffix: str
    media_types: tuple[str, ...]
    rdf: ox.RdfFormat | None = None
    results: ox.QueryResultsFormat | None = None
    label: str = ""

    @cached_property
    def media_type(self) -> str:
        return self.media_types[0]

    @cached_property
    def content_type(self) -> str:
        """The media type with its charset, where it is text."""
        main = self.media_type
        return f"{main}; charset=utf-8" if main.startswith("text/") else main


HTML = Representation("html", ("text/html", "application/xhtml+xml"), label="HTML page")
RDF = (
    Representation("ttl", ("text/turtle", "application/x-turtle"), ox.RdfFormat.TURTLE, None, "Turtle"),
    Representation("jsonld", ("application/ld+json",), ox.RdfFormat.JSON_LD, None, "JSON-LD"),
    Representation("trig", ("application/trig",), ox.RdfFormat.TRIG, None, "TriG"),
    Representation("nt", ("application/n-triples", "text/plain"), ox.RdfFormat.N_TRIPLES, None, "N-Triples"),
    Representation("nq", ("application/n-quads",), ox.RdfFormat.N_QUADS, None, "N-Quads"),
    Representation("rdf", ("application/rdf+xml", "application/xml", "text/xml"), ox.RdfFormat.RDF_XML, None, "RDF/XML"),
)  # fmt: skip
RESULTS = (
    Representation("srj", ("application/sparql-results+json", "application/json"), None, ox.QueryResultsFormat.JSON, "JSON"),
    Representation("srx", ("application/sparql-results+xml", "application/xml", "text/xml"), None, ox.QueryResultsFormat.XML, "XML"),
    Representation("csv", ("text/csv",), None, ox.QueryResultsFormat.CSV, "CSV"),
    Representation("tsv", ("text/tab-separated-values",), None, ox.QueryResultsFormat.TSV, "TSV"),
)  # fmt: skip

SCHEMA_ORG = "https://schema.org/"
"""Profile (RFC 6906) by which JSON-LD in the words of schema.org is asked for."""
_PROFILE = re.compile(r'profile\s*=\s*"?https?://schema\.org/?(?=["\s,;]|$)', re.IGNORECASE)
_PARAMETER = re.compile(r'\s*;\s*([\w!#$%&\'*+.^`|~-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;,\s]*)')


@dataclass(frozen=True)
class Range:
    """One media range of an Accept header."""

    type: str
    subtype: str
    q: float
    parameters: int = 0

    def matches(self, media_type: str) -> int:
        """How specifically the range names a media type: 0 not at all, 3 exactly."""
        main, _, sub = media_type.partition("/")
        if self.type == "*":
            return 1
        if self.type != main:
            return 0
        if self.subtype == "*":
            return 2
        return 3 + self.parameters if self.subtype == sub else 0


def parse_accept(header: str | None) -> list[Range]:
    """The media ranges of an Accept header; an empty header accepts everything.

    Ranges that cannot be read are passed over, as RFC 9110 lets a server do.
    """
    if header is None or not header.strip():
        return [Range("*", "*", 1.0)]
    ranges = []
    for item in _split(header):
        name, _, _ = item.partition(";")
        main, slash, sub = name.strip().lower().partition("/")
        if main == "*" and not slash:  # Java's URLConnection sends a bare "*"
            sub, slash = "*", "/"
        if not slash or not main or not sub:
            continue
        q, parameters = 1.0, 0
        for key, value in _PARAMETER.findall(item[len(name) :]):
            if key.lower() == "q":
                q = _quality(value)
                break
            parameters += key.lower() != "charset"
        ranges.append(Range(main, sub, q, parameters))
    return ranges or [Range("*", "*", 1.0)]


def _split(header: str) -> list[str]:
    """Items of a list header; commas inside quoted strings do not part them."""
    return [item for item in re.split(r',(?=(?:[^"]*"[^"]*")*[^"]*$)', header) if item.strip()]


def _quality(value: str) -> float:
    try:
        return min(max(float(value.strip('"')), 0.0), 1.0)
    except ValueError:
        return 0.0


def choose(accept: str | None, offered: Sequence[Representation]) -> Representation | None:
    """The offered representation that the client likes best; None where it likes none.

    Among equals the more specific range wins, then the server's order. A range with
    an asterisk means the media type that is sent; its other names must be asked for.
    """
    ranges = parse_accept(accept)
    best: tuple[float, int, int] | None = None
    chosen: Representation | None = None
    for place, representation in enumerate(offered):
        for media_type in representation.media_types:
            specific, q = 0, 0.0
            for r in ranges:
                matched = r.matches(media_type)
                if matched > specific:
                    specific, q = matched, r.q
            alias = media_type != representation.media_type
            if q <= 0 or (alias and specific < 3):
                continue
            rank = (q, min(specific, 3), -place)
            if best is None or rank > best:
                best, chosen = rank, representation
    return chosen


def asks_for_schema_org(accept: str | None) -> bool:
    """Whether an Accept header names the profile of schema.org.

    >>> asks_for_schema_org('application/ld+json;profile="https://schema.org/"')
    True
    """
    return bool(_PROFILE.search(accept or ""))


def by_suffix(path: str, offered: Sequence[Representation]) -> tuple[str, Representation | None]:
    """`path` without a known suffix, and the representation that the suffix asks for."""
    stem, dot, suffix = path.rpartition(".")
    for representation in offered:
        if dot and suffix == representation.suffix:
            return stem, representation
    return path, None
