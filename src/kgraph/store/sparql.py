"""SPARQL text: values joined into a query, and messages that show where one is wrong."""

from __future__ import annotations

import re
from difflib import get_close_matches

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

from kgraph.report import KgraphError
from kgraph.store import Bindings, QueryError, Rows

_TOKEN = re.compile(
    r"""(?P<skip>\#[^\n]*                       # a comment
        |<[^<>"{}|^`\\\s]*>                     # an IRI
        |\"\"\"(?:(?:\"|\"\")?(?:[^\"\\]|\\.))*\"\"\"
        |'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''
        |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
       |(?P<brace>[{}])
       |(?P<word>[?$]?[\w:.\-]+)""",
    re.VERBOSE | re.DOTALL,
)
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


def outermost_group(text: str) -> int | None:
    """Index after the ``{`` that opens the query's WHERE clause; None where there is none."""
    depth = 0
    form = ""
    where = False
    for token in _TOKEN.finditer(text):
        if token["word"] and depth == 0:
            word = token["word"].upper()
            if word in FORMS:
                form = word
            where = where or word == "WHERE"
        elif token["brace"] == "{":
            if depth == 0 and (where or form in ("SELECT", "ASK", "DESCRIBE")):
                return token.end()
            depth += 1
        elif token["brace"] == "}":
            depth -= 1
    return None


def with_bindings(text: str, bindings: Bindings | None) -> str:
    """`text` with one VALUES block at the head of its WHERE clause.

    The block joins with everything in the clause, so a bound variable has its
    value there and in the answer, and an unbound parameter is a plain variable.
    Values are written by pyoxigraph as N-Triples terms: no value can end its
    term, whatever characters it holds.
    """
    if not bindings:
        return text
    at = outermost_group(text)
    if at is None:
        raise KgraphError(
            "this query has no WHERE clause, so it cannot take parameters",
            hint="leave the -p options out",
        )
    names = " ".join(f"?{name}" for name in bindings)
    values = " ".join(str(value) for value in bindings.values())
    return f"{text[:at]} VALUES ({names}) {{ ({values}) }} {text[at:]}"


def syntax_error(text: str, error: str, known_prefixes: tuple[str, ...] = ()) -> QueryError:
    """The error with the line it is on and a mark under the place.

    `error` is the parser's message, ``error at LINE:COLUMN: ...``.
    """
    found = _POSITION.search(error)
    if not found:
        return QueryError(f"the SPARQL query cannot be read: {error}", hint=None)
    first = _first_keyword(text)
    if first is not None and first[1].upper() not in FORMS:
        return _pointing(
            text,
            text.count("\n", 0, first[0]) + 1,
            first[0] - text.rfind("\n", 0, first[0]),
            f"a query begins with {', '.join(FORMS)}, not with {first[1]}",
            "the graph is changed by building it, not by SPARQL Update"
            if first[1].upper() in _UPDATES
            else f"did you mean {near[0]}?"
            if (near := get_close_matches(first[1].upper(), FORMS, 1))
            else None,
        )
    line, column = int(found[1]), int(found[2])
    lines = text.split("\n")
    hint: str | None = "the mark shows where the reading stopped; the fault is there or just before"
    if "Prefix not found" in found[3]:
        what = "a prefix is used that is not declared"
        hint = "add a PREFIX line"
        if known_prefixes:
            hint += f"; without one these are known: {', '.join(known_prefixes)}"
    else:
        tokens = re.findall(r"(?:one of |, | or |^expected )([A-Z]{2,}|\"[^\"]+\")", found[3])
        wanted = [token.strip('"') for token in dict.fromkeys(tokens)]
        what = "the query is not SPARQL here"
        if 0 < len(wanted) <= 12:
            what += f" (expected {', '.join(wanted)} or the like)"
        elif line >= len(lines) and column > len(lines[-1]):
            what = "the query ends too early"
    return _pointing(text, line, column, what, hint)


def _first_keyword(text: str) -> tuple[int, str] | None:
    """Where the first word after the prologue stands, and the word."""
    body = re.compile(r"(?:\s+|#[^\n]*|(?:PREFIX\s+\S*:|BASE)\s*<[^>]*>)*", re.IGNORECASE)
    start = body.match(text)
    word = re.compile(r"\w+").match(text, start.end() if start else 0)
    return (word.start(), word[0]) if word else None


def _pointing(text: str, line: int, column: int, what: str, hint: str | None) -> QueryError:
    lines = text.split("\n")
    shown = lines[line - 1] if 0 < line <= len(lines) else ""
    mark = "".join("\t" if c == "\t" else " " for c in shown[: column - 1]) + "^"
    return QueryError(
        f"SPARQL syntax error at line {line}, column {column}: {what}\n  {shown}\n  {mark}",
        hint,
        line,
        column,
    )


def as_rows(answer: QuerySolutions | QueryBoolean | QueryTriples) -> Rows:
    """The rows of a SELECT's answer; `KgraphError` for another query form."""
    if not isinstance(answer, QuerySolutions):
        raise KgraphError("a SELECT query is needed here", hint="begin the query with SELECT")
    columns = tuple(variable.value for variable in answer.variables)
    count = range(len(columns))
    return Rows(columns, (tuple(solution[i] for i in count) for solution in answer))
