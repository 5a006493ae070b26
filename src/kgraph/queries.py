"""Named questions: find one in ``queries/``, bind its parameters, run it.

A question is a file of SPARQL whose comment header speaks of it::

    # title: How documents travelled
    # summary: Every leg of a document's way, in order.
    # param document (optional): id - a document, e.g. frus/21
    # columns: document, leg, from, by, to, mode, channel, place, date

Its file name is its name on the command line. A parameter is the variable of
its name in the query: a value given for it is joined into the query's outermost
group (`kgraph.store.sparql.with_bindings`), never written into the text by hand.
"""

from __future__ import annotations

import calendar
import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal as Choice
from typing import cast, get_args

import msgspec
from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
)

from kgraph import iris, lookup
from kgraph.report import KgraphError
from kgraph.shipped import folder
from kgraph.store import Rows, Store, Term
from kgraph.store.sparql import as_rows

Type = Choice["id", "text", "word", "date", "integer"]
XSD = "http://www.w3.org/2001/XMLSchema#"

_HEADER = re.compile(r"#\s*(title|summary|columns|param\s+(\w+)\s*(\(optional\))?)\s*:\s*(.*)")
_FURTHER = re.compile(r"#\s{2,}(\S.*)")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """A value that a question takes. `default` is in the words a user would type."""

    name: str
    type: Type
    meaning: str
    optional: bool = False
    default: str | None = None

    def value(self, given: str) -> NamedNode | Literal:
        """The RDF term for what a user typed; `KgraphError` where it is of another type."""
        if self.type == "id":
            return _id_term(given, self.name)
        if self.type == "integer":
            if not re.fullmatch(r"[+-]?\d+", given.strip()):
                raise self._wrong(given, "a whole number, e.g. 5")
            return Literal(int(given))
        if self.type == "date":
            return self._instant(given)
        return Literal(given)

    def _instant(self, given: str) -> Literal:
        found = _DATE.fullmatch(given.strip())
        month, day = (int(found[i] or 0) for i in (2, 3)) if found else (0, 0)
        last = self.name in ("to", "until")
        if found:
            year = int(found[1])
            month = month or (12 if last else 1)
            if year >= 1 and 1 <= month <= 12:
                days = calendar.monthrange(year, month)[1]
                day = day or (days if last else 1)
                if 1 <= day <= days:
                    clock = "23:59:59" if last else "00:00:00"
                    instant = f"{year:04d}-{month:02d}-{day:02d}T{clock}"
                    return Literal(instant, datatype=NamedNode(f"{XSD}dateTime"))
        raise self._wrong(given, "a date as 1961, 1961-09 or 1961-09-29")

    def _wrong(self, given: str, wanted: str) -> KgraphError:
        return KgraphError(
            f"parameter {self.name}: {given!r} is not {wanted.split(',')[0]}",
            hint=f"give {self.name} as {wanted}",
        )


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """One question. `columns` is empty where the header does not list them."""

    name: str
    text: str
    title: str
    summary: str = ""
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[str, ...] = ()
    shipped: bool = False  # one of the named questions, which answer with local ids

    def bindings(self, given: Mapping[str, str]) -> dict[str, NamedNode | Literal]:
        """The terms to bind for the parameters as typed, defaults filled in.

        Raises `KgraphError` for a name that the question does not have, for a
        value of the wrong type and for a needed one that is missing.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in given:
            if name not in known:
                raise KgraphError(
                    f"the query {self.name} has no parameter {name!r}"
                    + (f"; it has {', '.join(known)}" if known else "; it takes none"),
                    hint=did_you_mean(name, known) or f"see: kgraph queries {self.name}",
                )
        bound: dict[str, NamedNode | Literal] = {}
        for name, parameter in known.items():
            typed = given.get(name, parameter.default)
            if typed is not None:
                bound[name] = parameter.value(typed)
            elif not parameter.optional:
                raise KgraphError(
                    f"the query {self.name} needs the parameter {name}: {parameter.meaning}",
                    hint=f"kgraph query {self.name} -p {name}=...",
                )
        return bound

    def ids(self, bound: Mapping[str, NamedNode | Literal]) -> list[str]:
        """Names of the parameters among `bound` that are ids of things."""
        return [p.name for p in self.parameters if p.type == "id" and p.name in bound]


def did_you_mean(word: str, known: Mapping[str, object] | list[str]) -> str | None:
    """ "did you mean X?" for the nearest known words, or None."""
    near = difflib.get_close_matches(word, list(known), n=3, cutoff=0.5)
    return f"did you mean {' or '.join(near)}?" if near else None


def parse(text: str, name: str) -> Query:
    """The question in `text`; its header is the block of comments at its top."""
    fields: dict[str, str] = {}
    parameters: list[Parameter] = []
    last = ""
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if found := _HEADER.match(line):
            last = found[1]
            if found[2]:
                parameters.append(_parameter(found[2], bool(found[3]), found[4], name))
                last = ""
            else:
                fields[last] = found[4].strip()
        elif (further := _FURTHER.match(line)) and last:
            fields[last] += " " + further[1].strip()
    columns = tuple(c.strip() for c in fields.get("columns", "").split(",") if c.strip())
    return Query(
        name=name,
        text=text,
        title=fields.get("title", name),
        summary=fields.get("summary", ""),
        parameters=tuple(parameters),
        columns=columns,
    )


def _parameter(name: str, optional: bool, rest: str, query: str) -> Parameter:
    kind, _, meaning = (part.strip() for part in rest.partition(" - "))
    if kind not in get_args(Type):
        raise KgraphError(
            f"query {query}: parameter {name} has the unknown type {kind!r}",
            hint=f"write '# param {name}: TYPE - meaning', TYPE one of {', '.join(get_args(Type))}",
        )
    meaning, _, default = (part.strip() for part in meaning.partition(" = "))
    return Parameter(
        name=name,
        type=cast(Type, kind),
        meaning=meaning,
        optional=optional,
        default=default or None,
    )


def named() -> dict[str, Query]:
    """All questions that come with kgraph, by name."""
    return {path.stem: load(path) for path in sorted(folder("queries").glob("*.rq"))}


def load(path: Path, shipped: bool = True) -> Query:
    """The question in a file."""
    try:
        query = parse(iris.rebase(path.read_text("utf-8")), path.stem)
        return msgspec.structs.replace(query, shipped=shipped)
    except UnicodeDecodeError as error:
        raise KgraphError(f"{path} is not UTF-8 text", hint="save the query as UTF-8") from error


def find(name: str) -> Query:
    """The question called `name` in ``queries/``, or in the file of that name."""
    shipped = folder("queries") / f"{name}.rq"
    if re.fullmatch(r"[\w-]+", name) and shipped.is_file():
        return load(shipped)
    path = Path(name)
    if path.is_file():
        return load(path, shipped=False)
    if path.suffix in (".rq", ".sparql") or path.parent != Path():
        raise KgraphError(
            f"there is no query file {name}", hint="kgraph queries lists the named ones"
        )
    known = [file.stem for file in folder("queries").glob("*.rq")]
    raise KgraphError(
        f"there is no query called {name!r}",
        hint=did_you_mean(name, sorted(known)) or "kgraph queries lists them all",
    )


def run(
    store: Store, query: Query, given: Mapping[str, str] | None = None
) -> QuerySolutions | QueryBoolean | QueryTriples:
    """The answer to `query` with the parameters as typed; ids that were merged are followed."""
    bound = query.bindings(given or {})
    for name in query.ids(bound):
        bound[name] = lookup.follow(store, cast(NamedNode, bound[name]))
    return store.query(query.text, bound)


def unknown(store: Store, query: Query, given: Mapping[str, str]) -> list[str]:
    """Ids as typed that the graph says nothing of: why an answer may be empty."""
    bound = query.bindings(given)
    return [
        given[name]
        for name in query.ids(bound)
        if name in given and not lookup.known(store, cast(NamedNode, bound[name]))
    ]


def local_ids(rows: Rows) -> Rows:
    """`rows` with every IRI of ours as its local id (a plain literal): ``person/kohler``."""
    return Rows(rows.columns, (tuple(_localise(cell) for cell in row) for row in rows))


def select(
    store: Store, name: str, given: Mapping[str, str] | None = None
) -> list[dict[str, str | None]]:
    """The answer to a named question as dictionaries, ids in their local form.

    >>> select(store, "legs", {"document": "frus/21"})[0]["by"]  # doctest: +SKIP
    'person/bolshakov'
    """
    rows = local_ids(as_rows(run(store, find(name), given)))
    return [dict(zip(rows.columns, map(plain, row), strict=True)) for row in rows]


def plain(term: Term | None) -> str | None:
    """The value of a term as text; None stays None."""
    if term is None or isinstance(term, (NamedNode, Literal)):
        return None if term is None else term.value
    return str(term)


def _localise(term: Term | None) -> Term | None:
    if isinstance(term, NamedNode):
        local = iris.local(term.value)
        if local != term.value:
            return Literal(local)
    return term


def _id_term(given: str, name: str) -> NamedNode:
    try:
        return lookup.term(given)
    except ValueError as error:
        raise KgraphError(
            f"parameter {name}: {given!r} is no id", hint="an id looks like person/kohler, frus/21"
        ) from error
