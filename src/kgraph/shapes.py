"""SHACL shapes as SPARQL, so that a large store is checked where it lies.

Reads a standard shapes graph (https://www.w3.org/TR/shacl/) and turns every
constraint of SHACL Core that is listed in `CONSTRAINTS`, and SHACL-SPARQL's
``sh:sparql``, into one SELECT over the targets. Each shape becomes an expression
that is true of a node which violates it, so that ``sh:or``, ``sh:not`` and
``sh:node`` nest. A constraint that is not known here is an error, never passed
over. Tests compare the results with pyshacl's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

import msgspec
import pyoxigraph as ox

from kgraph.report import KgraphError, Severity

SH = "http://www.w3.org/ns/shacl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_TYPE = f"<{RDF}type>"
_SUBCLASS = f"<{RDFS}subClassOf>"

Node = ox.NamedNode | ox.BlankNode
Value = Node | ox.Literal

_SEVERITIES: dict[str, Severity] = {
    "Violation": "error",
    "Warning": "warning",
    "Info": "info",
}
_PASSED = {
    "targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "path", "property",
    "message", "severity", "name", "description", "order", "group", "defaultValue",
    "deactivated", "flags", "ignoredProperties", "qualifiedMinCount", "qualifiedMaxCount",
}  # fmt: skip


class Test(msgspec.Struct, frozen=True, kw_only=True):
    """One constraint as a query that selects ?this and ?value of what violates it."""

    shape: str
    component: str  # "minCount", "datatype" ...
    path: str | None
    message: str
    severity: Severity
    query: str


class Shapes:
    """A shapes graph. `tests()` gives its queries."""

    def __init__(self, turtle: str) -> None:
        self._graph = ox.Store()
        self._graph.load(turtle, ox.RdfFormat.TURTLE)
        self._variables = 0

    def tests(self) -> Iterator[Test]:
        """One test for every constraint of every shape that has a target."""
        for shape in self._targeted():
            for target in self._targets(shape):
                yield from self._tests(shape, shape, target, "?this", None)

    # what the shapes graph says

    def _values(self, node: Value, name: str) -> list[Value]:
        found = self._graph.quads_for_pattern(node, ox.NamedNode(SH + name), None)  # type: ignore[arg-type]
        return [quad.object for quad in found]  # type: ignore[misc]

    def _one(self, node: Value, name: str) -> Value | None:
        return next(iter(self._values(node, name)), None)

    def _list(self, head: Value) -> list[Value]:
        members: list[Value] = []
        while isinstance(head, (ox.NamedNode, ox.BlankNode)) and head.value != f"{RDF}nil":
            first = self._graph.quads_for_pattern(head, ox.NamedNode(f"{RDF}first"), None)
            members.extend(quad.object for quad in first)  # type: ignore[misc]
            rest = list(self._graph.quads_for_pattern(head, ox.NamedNode(f"{RDF}rest"), None))
            if not rest:
                break
            head = rest[0].object  # type: ignore[assignment]
        return members

    def _targeted(self) -> list[Node]:
        found: dict[Node, None] = {}
        for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"):
            for quad in self._graph.quads_for_pattern(None, ox.NamedNode(SH + name), None):
                found[quad.subject] = None  # type: ignore[index]
        implicit = self._graph.query(f"SELECT ?s {{ ?s a <{RDFS}Class>, <{SH}NodeShape> }}")
        for row in implicit:  # type: ignore[union-attr]
            found[row["s"]] = None
        return sorted(found, key=str)

    def _targets(self, shape: Node) -> Iterator[str]:
        """Patterns that select the focus nodes as ?this."""
        classes = self._values(shape, "targetClass")
        if isinstance(shape, ox.NamedNode) and self._graph.query(
            f"ASK {{ {_text(shape)} a <{RDFS}Class> }}"
        ):
            classes.append(shape)
        for one in classes:
            yield f"?this {_TYPE}/{_SUBCLASS}* {_text(one)} ."
        for one in self._values(shape, "targetNode"):
            yield f"VALUES ?this {{ {_text(one)} }}"
        for one in self._values(shape, "targetSubjectsOf"):
            yield f"?this {_text(one)} [] ."
        for one in self._values(shape, "targetObjectsOf"):
            yield f"[] {_text(one)} ?this ."

    def _names(self, shape: Node) -> list[str]:
        """Local names of the SHACL properties that a shape has, each once, in order."""
        quads = self._graph.quads_for_pattern(shape, None, None)
        return sorted(
            {q.predicate.value[len(SH) :] for q in quads if q.predicate.value.startswith(SH)}
        )

    def _path(self, path: Value) -> str:
        """A SHACL path as a SPARQL path."""
        if isinstance(path, ox.NamedNode) and path.value != f"{RDF}nil":
            return _text(path)
        for name, before, after in (
            ("inversePath", "^", ""),
            ("zeroOrMorePath", "", "*"),
            ("oneOrMorePath", "", "+"),
            ("zeroOrOnePath", "", "?"),
        ):
            inner = self._one(path, name)
            if inner is not None:
                return f"({before}{self._path(inner)}{after})"
        several = self._one(path, "alternativePath")
        if several is not None:
            return "(" + "|".join(self._path(one) for one in self._list(several)) + ")"
        return "(" + "/".join(self._path(one) for one in self._list(path)) + ")"

    # constraints as queries

    def _tests(
        self, root: Node, shape: Node, target: str, focus: str, above: str | None
    ) -> Iterator[Test]:
        """Tests of `shape` for the nodes that `target` selects as `focus`."""
        if self._deactivated(shape):
            return
        path = self._one(shape, "path")
        steps = self._path(path) if path is not None else None
        value = self._new() if steps else focus
        reach = f"{target} {focus} {steps} {value} ." if steps else target
        for component in self._names(shape):
            if component == "property":
                for inner in self._values(shape, component):
                    yield from self._tests(root, inner, reach, value, steps)  # type: ignore[arg-type]
            elif component == "sparql":
                for constraint in self._values(shape, component):
                    yield self._sparql(root, shape, constraint, target, steps)
            elif component not in _PASSED:
                for parameter in self._values(shape, component):
                    failing = self._fails(shape, component, parameter, focus, value, steps)
                    per_focus = component in _OF_FOCUS and steps is not None
                    pattern = target if per_focus else reach
                    shown = "" if per_focus else f" ({value} AS ?value)"
                    query = f"SELECT DISTINCT ?this{shown} WHERE {{ {pattern} FILTER({failing}) }}"
                    yield self._test(root, shape, component, steps or above, query, parameter)

    def _test(
        self,
        root: Node,
        shape: Node,
        component: str,
        path: str | None,
        query: str,
        parameter: Value,
    ) -> Test:
        severity = self._one(shape, "severity") or self._one(root, "severity")
        name = severity.value[len(SH) :] if isinstance(severity, ox.NamedNode) else "Violation"
        said = self._one(shape, "message") or self._one(root, "message")
        what = parameter.value if isinstance(parameter, (ox.Literal, ox.NamedNode)) else ""
        default = f"sh:{component} {what}".strip()
        return Test(
            shape=root.value,
            component=component,
            path=path,
            message=said.value if isinstance(said, ox.Literal) else default,
            severity=_SEVERITIES.get(name, "error"),
            query=query,
        )

    def _sparql(
        self, root: Node, shape: Node, constraint: Value, target: str, steps: str | None
    ) -> Test:
        from kgraph.store.sparql import outermost_group

        select = self._one(constraint, "select")
        if not isinstance(select, ox.Literal):
            raise KgraphError(f"the sh:sparql of {root} has no sh:select")
        text = select.value.replace("$this", "?this").replace("$PATH", steps or "")
        group = outermost_group(text)
        if group is None:
            raise KgraphError(f"the sh:select of {root} has no WHERE clause")
        query = f"{text[: group.start]} {target} {text[group.start :]}"
        made = self._test(root, shape, "sparql", steps, query, select)
        said = self._one(constraint, "message")
        if isinstance(said, ox.Literal):
            made = msgspec.structs.replace(made, message=said.value)
        return made

    def _deactivated(self, shape: Node) -> bool:
        value = self._one(shape, "deactivated")
        return isinstance(value, ox.Literal) and value.value in ("true", "1")

    def _new(self) -> str:
        self._variables += 1
        return f"?v{self._variables}"

    def _shape_fails(self, shape: Value, node: str) -> str:
        """Expression: `node` violates `shape`."""
        if self._deactivated(shape):  # type: ignore[arg-type]
            return "false"
        path = self._one(shape, "path")
        steps = self._path(path) if path is not None else None
        value = self._new() if steps else node
        failures: list[str] = []
        for component in self._names(shape):  # type: ignore[arg-type]
            if component in _PASSED and component != "property":
                continue
            for parameter in self._values(shape, component):
                if component == "property":
                    failing = self._shape_fails(parameter, value)
                else:
                    failing = self._fails(shape, component, parameter, node, value, steps)  # type: ignore[arg-type]
                if steps and component not in _OF_FOCUS:
                    failing = f"EXISTS {{ {node} {steps} {value} FILTER({failing}) }}"
                failures.append(f"({failing})")
        return " || ".join(failures) or "false"

    def _fails(
        self,
        shape: Node,
        component: str,
        parameter: Value,
        focus: str,
        value: str,
        steps: str | None,
    ) -> str:
        """Expression that is true where one constraint is violated."""
        if component in _OF_FOCUS and steps is None and component != "closed":
            raise KgraphError(f"sh:{component} needs sh:path in the shape {shape}")
        simple = CONSTRAINTS.get(component)
        if simple:
            return simple(_text(parameter), value)
        if component == "pattern":
            flags = self._one(shape, "flags")
            more = f", {_text(flags)}" if flags else ""
            return f"isBlank({value}) || !REGEX(STR({value}), {_text(parameter)}{more})"
        if component == "in":
            unlike = (f"!sameTerm({value}, {_text(one)})" for one in self._list(parameter))
            return " && ".join(unlike) or "true"
        if component == "languageIn":
            ranges = (f"LANGMATCHES(LANG({value}), {_text(one)})" for one in self._list(parameter))
            wanted = " || ".join(ranges)
            return f"!isLiteral({value}) || !({wanted})"
        if component == "node":
            return self._shape_fails(parameter, value)
        if component == "not":
            return f"!({self._shape_fails(parameter, value)})"
        if component in ("or", "and", "xone"):
            each = [f"({self._shape_fails(one, value)})" for one in self._list(parameter)]
            if component == "or":
                return " && ".join(each)
            if component == "and":
                return " || ".join(each)
            return f"({' + '.join(f'IF({one}, 0, 1)' for one in each)}) != 1"
        if component == "qualifiedValueShape":
            return self._qualified(shape, parameter, focus, steps or "")
        counting = _COUNTS.get(component)
        if counting:
            return counting(self, parameter, focus, steps or "")
        if component == "closed":
            return self._closed(shape, parameter, focus)
        raise KgraphError(
            f"the shape {shape} uses sh:{component}, which is not checked here",
            hint="say it with other constraints or with sh:sparql",
        )

    def _several(self, focus: str, steps: str, count: int, extra: str = "") -> str:
        """Pattern: `focus` has `count` different values."""
        names = [self._new() for _ in range(count)]
        reach = " ".join(f"{focus} {steps} {name} ." for name in names)
        apart = " && ".join(f"!sameTerm({a}, {b})" for a, b in combinations(names, 2))
        more = "".join(f" FILTER({extra.replace('?_', name)})" for name in names) if extra else ""
        return f"EXISTS {{ {reach}{more}" + (f" FILTER({apart})" if apart else "") + " }"

    def _min_count(self, parameter: Value, focus: str, steps: str) -> str:
        count = _number(parameter)
        return f"!{self._several(focus, steps, count)}" if count else "false"

    def _max_count(self, parameter: Value, focus: str, steps: str) -> str:
        return self._several(focus, steps, _number(parameter) + 1)

    def _qualified(self, shape: Node, inner: Value, focus: str, steps: str) -> str:
        failures = []
        least, most = self._one(shape, "qualifiedMinCount"), self._one(shape, "qualifiedMaxCount")
        good = f"!({self._shape_fails(inner, '?_')})"
        if least is not None and _number(least):
            failures.append(f"!{self._several(focus, steps, _number(least), good)}")
        if most is not None:
            failures.append(self._several(focus, steps, _number(most) + 1, good))
        return " || ".join(failures) or "false"

    def _unique_lang(self, parameter: Value, focus: str, steps: str) -> str:
        if not (isinstance(parameter, ox.Literal) and parameter.value in ("true", "1")):
            return "false"
        a, b = self._new(), self._new()
        return (
            f"EXISTS {{ {focus} {steps} {a} . {focus} {steps} {b} . FILTER(!sameTerm({a}, {b}) "
            f'&& LANG({a}) != "" && LCASE(LANG({a})) = LCASE(LANG({b}))) }}'
        )

    def _less_than(self, sign: str) -> Callable[[Value, str, str], str]:
        def expression(parameter: Value, focus: str, steps: str) -> str:
            a, b = self._new(), self._new()
            return (
                f"EXISTS {{ {focus} {steps} {a} . {focus} {_text(parameter)} {b} . "
                f"FILTER(!COALESCE({a} {sign} {b}, false)) }}"
            )

        return expression

    def _disjoint(self, parameter: Value, focus: str, steps: str) -> str:
        a = self._new()
        return f"EXISTS {{ {focus} {steps} {a} . {focus} {_text(parameter)} {a} }}"

    def _equals(self, parameter: Value, focus: str, steps: str) -> str:
        a, b = self._new(), self._new()
        other = _text(parameter)
        return (
            f"EXISTS {{ {focus} {steps} {a} FILTER NOT EXISTS {{ {focus} {other} {a} }} }} || "
            f"EXISTS {{ {focus} {other} {b} FILTER NOT EXISTS {{ {focus} {steps} {b} }} }}"
        )

    def _has_value(self, parameter: Value, focus: str, steps: str) -> str:
        return f"NOT EXISTS {{ {focus} {steps} {_text(parameter)} }}"

    def _closed(self, shape: Node, parameter: Value, focus: str) -> str:
        if not (isinstance(parameter, ox.Literal) and parameter.value in ("true", "1")):
            return "false"
        paths = [self._one(inner, "path") for inner in self._values(shape, "property")]
        ignored = self._one(shape, "ignoredProperties")
        allowed = [one for one in paths if isinstance(one, ox.NamedNode)]
        allowed += self._list(ignored) if ignored is not None else []  # type: ignore[arg-type]
        p, o = self._new(), self._new()
        listed = ", ".join(_text(one) for one in allowed)
        return f"EXISTS {{ {focus} {p} {o} FILTER({p} NOT IN ({listed})) }}"


def _text(term: Value) -> str:
    return str(term)


def _number(value: Value) -> int:
    return int(value.value)


def _kind(parameter: str, value: str) -> str:
    name = parameter.strip("<>").removeprefix(SH)
    tests = {"IRI": "isIRI", "BlankNode": "isBlank", "Literal": "isLiteral"}
    parts = [f"{test}({value})" for kind, test in tests.items() if kind in name]
    return f"!({' || '.join(parts)})"


def _datatype(parameter: str, value: str) -> str:
    wrong = f"!isLiteral({value}) || DATATYPE({value}) != {parameter}"
    constructors = ("integer", "decimal", "double", "float", "boolean", "dateTime")
    name = parameter.strip("<>").rpartition("#")[2]
    if "XMLSchema#" in parameter and name in constructors:  # an ill-formed literal has no value
        wrong += f" || !COALESCE(BOUND({value}) && DATATYPE({parameter}(STR({value}))) = {parameter}, false)"
    return wrong


def _compare(sign: str) -> Callable[[str, str], str]:
    return lambda parameter, value: f"!COALESCE({value} {sign} {parameter}, false)"


CONSTRAINTS: dict[str, Callable[[str, str], str]] = {
    "datatype": _datatype,
    "nodeKind": _kind,
    "class": lambda p, v: f"NOT EXISTS {{ {v} {_TYPE}/{_SUBCLASS}* {p} }}",
    "minInclusive": _compare(">="),
    "maxInclusive": _compare("<="),
    "minExclusive": _compare(">"),
    "maxExclusive": _compare("<"),
    "minLength": lambda p, v: f"isBlank({v}) || STRLEN(STR({v})) < {p}",
    "maxLength": lambda p, v: f"isBlank({v}) || STRLEN(STR({v})) > {p}",
}
"""Constraints on one value: parameter and variable -> expression of violation."""

_COUNTS: dict[str, Callable[[Shapes, Value, str, str], str]] = {
    "minCount": Shapes._min_count,
    "maxCount": Shapes._max_count,
    "uniqueLang": Shapes._unique_lang,
    "lessThan": lambda shapes, p, f, s: shapes._less_than("<")(p, f, s),
    "lessThanOrEquals": lambda shapes, p, f, s: shapes._less_than("<=")(p, f, s),
    "disjoint": Shapes._disjoint,
    "equals": Shapes._equals,
    "hasValue": Shapes._has_value,
}
_OF_FOCUS = {*_COUNTS, "closed", "qualifiedValueShape"}
"""Constraints on all values of a focus node together."""


def sorted_tests(turtles: Iterable[str]) -> list[Test]:
    """The tests of several shapes graphs."""
    return [test for turtle in turtles for test in Shapes(turtle).tests()]
