"""SPARQL text: values joined into a query, and messages that show where one is wrong."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples

from kgraph.report import KgraphError
from kgraph.store import Bindings, QueryError, Rows

_TOKEN = re.compile(
    r"""(?P<skip>\#[^\n]*                       # a comment
        |<[^<>"{}|^`\\\s]*>                     # an IRI
        |\"\"\"(?:(?:\"|\"\")?(?:[^\"\\]|\\.))*\"\"\"
        |'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''
        |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
       |(?P<brace>[{}()])
       |(?P<word>[?$]?[\w:.\-]+)""",
    re.VERBOSE | re.DOTALL,
)
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


class Group(NamedTuple):
    """The WHERE clause of a query: the indexes after its ``{`` and at its ``}``, and the
    variables in its patterns: those that every solution binds or must match (`needed`)
    and those in OPTIONAL groups."""

    start: int
    end: int
    needed: frozenset[str]
    optional: frozenset[str]


def outermost_group(text: str) -> Group | None:
    """The WHERE clause; None where there is none. Variables in brackets (expressions)
    are in no pattern."""
    form = ""
    where = False
    last = ""
    start = -1
    depth = brackets = 0
    options: list[int] = []  # depths of the OPTIONAL groups that are open
    needed: set[str] = set()
    optional: set[str] = set()
    for token in _TOKEN.finditer(text):
        brace, word = token["brace"], (token["word"] or "")
        if brace == "{":
            if start < 0 and depth == 0 and (where or form in ("SELECT", "ASK", "DESCRIBE")):
                start = token.end()
            depth += 1
            if last == "OPTIONAL":
                options.append(depth)
        elif brace == "}":
            if options and options[-1] == depth:
                options.pop()
            depth -= 1
            if depth == 0 and start >= 0:
                return Group(start, token.start(), frozenset(needed), frozenset(optional))
        elif brace:
            brackets += 1 if brace == "(" else -1
        elif depth == 0 and word:
            form = word.upper() if word.upper() in FORMS else form
            where = where or word.upper() == "WHERE"
        elif word[:1] in ("?", "$") and start >= 0 and brackets == 0:
            (optional if options else needed).add(word[1:])
        if not token["skip"]:
            last = word.upper()
    return None


def with_bindings(text: str, bindings: Bindings | None) -> str:
    """`text` with values for variables, so that every solution has them.

    One VALUES block at the head of the WHERE clause joins with the patterns, and
    expressions see it. A variable that only OPTIONAL groups could bind is
    compared by a FILTER at the end of the clause instead: a solution without it
    would join with any value. Values are written by pyoxigraph as N-Triples
    terms: no value can end its term, whatever characters it holds.
    """
    if not bindings:
        return text
    group = outermost_group(text)
    if group is None:
        raise KgraphError(
            "this query has no WHERE clause, so it cannot take parameters",
            hint="leave the -p options out",
        )
    joined = {n: v for n, v in bindings.items() if n in group.needed or n not in group.optional}
    names = " ".join(f"?{name}" for name in joined)
    values = " ".join(str(value) for value in joined.values())
    head = f" VALUES ({names}) {{ ({values}) }} " if joined else ""
    filters = "".join(
        f" FILTER(sameTerm(?{name}, {value}))"
        for name, value in bindings.items()
        if name not in joined
    )
    body = text[group.start : group.end]
    # a newline first: the clause may end in a comment
    return (
        text[: group.start] + head + body + (f"\n{filters} " if filters else "") + text[group.end :]
    )


def with_constants(text: str, bindings: Bindings) -> tuple[str, dict[str, NamedNode | Literal]]:
    """`text` with values in the place of variables, and the bindings that are left.

    For queries about one thing: the store looks a constant up, where it may scan
    everything for a variable that is joined with one value, above all where only OPTIONAL
    groups have it. A variable that must stay one (it is in the answer, is grouped by,
    or is bound in the query) is left for `with_bindings`.
    """
    head = text.partition("{")[0]
    left: dict[str, NamedNode | Literal] = {}
    placed: dict[str, str] = {}
    for name, value in bindings.items():
        kept = rf"(?:\bAS\s+|\bVALUES\b[^{{]*|\bBY\b[^{{}}]*)[?$]{name}\b"
        if (
            re.search(rf"[?$]{name}\b", head)
            or len(re.findall(r"\bSELECT\b", text, re.IGNORECASE)) > 1
            or "*" in head
            or re.search(kept, text, re.IGNORECASE)
        ):
            left[name] = value
        else:
            placed[name] = str(value)

    def constant(token: re.Match[str]) -> str:
        word = token["word"] or ""
        return placed.get(word[1:], word) if word[:1] in ("?", "$") else token[0]

    return (_TOKEN.sub(constant, text) if placed else text), left


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
