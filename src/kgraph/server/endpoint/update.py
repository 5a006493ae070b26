"""Updates with a dataset of their own: ``using-graph-uri`` of the protocol, section 2.2.3.

The store knows the dataset of an update only from USING clauses in its text, so
the graphs that a request names are written into the text as such clauses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kgraph.server.endpoint.protocol import BadRequest

TOKEN = re.compile(
    r"""\#[^\n]*
       |(?P<iri><[^<>"{}|^`\\\s]*>)
       |\"\"\"(?:(?:\"|\"\")?(?:[^\"\\]|\\.))*\"\"\"
       |'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''
       |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'
       |(?P<brace>[{}])
       |(?P<word>[?$@]?[\w:.\-]+)""",
    re.VERBOSE | re.DOTALL,
)
"""What is passed over in a query or update (comments, IRIs, strings), its braces and words."""
_IRI = re.compile(r"[^\x00-\x20<>\"{}|\\^`]+")


def with_dataset(text: str, using: Sequence[str], using_named: Sequence[str]) -> str:
    """`text` with the graphs as USING and USING NAMED clauses of each of its operations.

    Raises `BadRequest` (400) when the text has USING, USING NAMED or WITH of its
    own, as the protocol demands, or when a graph is no IRI.

    >>> with_dataset("DELETE WHERE { ?s ?p ?o }", ["http://example.org/g"], [])
    'DELETE { ?s ?p ?o } USING <http://example.org/g> WHERE { ?s ?p ?o }'
    """
    if not using and not using_named:
        return text
    for graph in (*using, *using_named):
        if not _IRI.fullmatch(graph):
            raise BadRequest(400, f"not an IRI: {graph!r}")
    clauses = " ".join(
        [f"USING <{g}>" for g in using] + [f"USING NAMED <{g}>" for g in using_named]
    )
    pieces: list[str] = []
    last = 0
    depth = 0
    previous = ""
    shorthand = -1  # where the group of a DELETE WHERE began
    for token in TOKEN.finditer(text):
        word = (token["word"] or "").upper()
        if token["brace"] == "{":
            if depth == 0 and previous == "DELETE WHERE":
                shorthand = token.start()
            depth += 1
        elif token["brace"] == "}":
            depth -= 1
            if depth == 0 and shorthand >= 0:
                group = text[shorthand : token.end()]
                pieces.append(f"{group} {clauses} WHERE {group}")
                last, shorthand = token.end(), -1
        elif depth == 0 and word in ("USING", "WITH"):
            raise BadRequest(400, f"the request names graphs, and so does the update ({word})")
        elif depth == 0 and word == "WHERE":
            if previous == "DELETE":
                pieces.append(text[last : token.start()])
                last = (
                    token.end() + 1 if text[token.end() : token.end() + 1] == " " else token.end()
                )
                word = "DELETE WHERE"
            else:
                pieces.append(f"{text[last : token.start()]}{clauses} ")
                last = token.start()
        if word or token["brace"]:
            previous = word or token["brace"]
    return "".join(pieces) + text[last:]
