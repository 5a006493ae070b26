"""At most so many rows: the limit of an endpoint, and how one sees that it was reached.

The limit is written into the query, so that the store stops there. Whether an answer that
has as many rows as the limit was cut is found out by asking for one row more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import msgspec

from kgraph.server.endpoint.update import TOKEN

HEADER = "X-SPARQL-MaxRows"
"""Header field that says to how many rows an answer was cut, as Virtuoso names it."""
_NUMBER = re.compile(r"\s+(\d+)")
_QUOTED = re.compile(rb'"[^"]*"')


class _Results(msgspec.Struct):
    bindings: list[msgspec.Raw]


class _Answer(msgspec.Struct):
    results: _Results


@dataclass(frozen=True, slots=True)
class Limited:
    """A query that stops after the limit, and one for the row that would come next."""

    text: str
    next_row: str


def limited(text: str, rows: int) -> Limited | None:
    """The query with a limit of `rows`; None where it sets itself one that is not higher.

    >>> limited("SELECT * { ?s ?p ?o } LIMIT 5", 10)
    >>> found = limited("SELECT * { ?s ?p ?o } OFFSET 5", 10)
    >>> found.text.split("} ")[1], found.next_row.split("} ")[1]
    ('LIMIT 10 OFFSET 5 ', 'LIMIT 1 OFFSET 15 ')
    """
    limit, offset, spans, end = None, 0, [], len(text)
    depth = 0
    for token in TOKEN.finditer(text):
        if token["brace"]:
            depth += 1 if token["brace"] == "{" else -1
        word = (token["word"] or "").upper() if depth == 0 else ""
        if word == "VALUES":
            end = token.start()
            break
        if word in ("LIMIT", "OFFSET") and (number := _NUMBER.match(text, token.end())):
            if word == "LIMIT":
                limit = int(number[1])
            else:
                offset = int(number[1])
            spans.append((token.start(), number.end()))
    if limit is not None and limit <= rows:
        return None
    pieces, last = [], 0
    for start, stop in spans:
        pieces.append(text[last:start])
        last = stop
    head = "".join(pieces) + text[last:end]
    if "#" in head.rpartition("\n")[2]:  # a comment that has not ended
        head += "\n"
    tail = text[end:]

    def written(size: int, start: int) -> str:
        return f"{head.rstrip(' ')} LIMIT {size} OFFSET {start} {tail}"

    return Limited(written(rows, offset), written(1, offset + rows))


def count(body: bytes, media_type: str) -> int:
    """Number of rows in an answer that the store wrote."""
    if "json" in media_type:
        return len(msgspec.json.decode(body, type=_Answer).results.bindings)
    if "xml" in media_type:
        return body.count(b"<result>") + body.count(b"<result/>")
    if "csv" in media_type:
        body = _QUOTED.sub(b"", body)
    return max(body.count(b"\n") - 1, 0)
