"""One entry of a data file, from plain YAML values to a value of the model.

Short forms are spelt out field by field along the model's own types; then msgspec
checks the types. What does not fit is reported with its line and left out, as
little of it as possible: one date, one leg, and only at worst the whole entry.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from kgraph import dating, model, vocab
from kgraph.model import Item
from kgraph.report import Report
from kgraph.sources import shortforms
from kgraph.sources.markedyaml import Marked
from kgraph.sources.shortforms import Known

LISTS: dict[str, type[Any]] = {
    "records": model.Record,
    "events": model.Event,
    "persons": model.Person,
    "bodies": model.Body,
    "places": model.PlaceEntry,
    "archives": model.Archive,
    "publications": model.Publication,
    "conflicts": model.Conflict,
    "identities": model.Identity,
    "redirects": model.Redirect,
    "abbreviations": model.Abbreviation,
}
AUTHORITIES = frozenset({"person", "body", "place", "event", "archive", "publication"})
REFERENCES: dict[type, tuple[str, ...]] = {
    model.Party: ("id",),
    model.Place: ("id",),
    model.Holding: ("id", "witness_of"),
    model.Printing: ("id",),
    model.Relation: ("target",),
    model.Mention: ("id",),
    model.Record: ("document", "part_of", "contains"),
    model.Event: ("part_of", "reported_in"),
    model.Statement: ("about",),
    model.Conflict: ("subject", "subjects"),
    model.Claim: ("record",),
    model.Identity: ("document", "records"),
    model.Body: ("within", "place"),
    model.PlaceEntry: ("within",),
    model.Archive: ("within", "holder"),
    model.Publication: ("within",),
    model.Office: ("body",),
}
SOURCED = frozenset(
    {model.Record, model.Event, model.Conflict, model.Claim, model.Identity, model.Abbreviation}
)
STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]|\[\.\.\.\]")
MISSING = re.compile(r"missing required field `(\w+)`")
EXPECTED = re.compile(r"Expected `([^`]+)`, got `([^`]+)`")


@dataclass
class Reading:
    """What is known while data files are read: names, ids, and the report."""

    report: Report
    names: dict[str, Known]
    ids: set[str]
    sources: set[str]
    seen: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Shape:
    """The fields of a struct as they are written: nested structs, lists, choices."""

    names: frozenset[str]
    nested: dict[str, tuple[type[Any], bool]]
    lists: frozenset[str]
    choices: dict[str, tuple[str, ...]]


_SHAPES: dict[type[Any], Shape] = {}


def shape(cls: type[Any]) -> Shape:
    """How `cls` is written."""
    if cls not in _SHAPES:
        _SHAPES[cls] = _shape(cls)
    return _SHAPES[cls]


def _shape(cls: type[Any]) -> Shape:
    hints = get_type_hints(cls)
    nested: dict[str, tuple[type[Any], bool]] = {}
    lists: set[str] = set()
    choices: dict[str, tuple[str, ...]] = {}
    names: set[str] = set()
    for f in msgspec.structs.fields(cls):
        written = f.encode_name
        names.add(written)
        for hint in _parts(hints[f.name]):
            if get_origin(hint) is tuple:
                lists.add(written)
                inner = get_args(hint)[0]
                if _is_struct(inner):
                    nested[written] = (inner, True)
            elif get_origin(hint) is Literal:
                choices[written] = get_args(hint)
            elif _is_struct(hint):
                nested[written] = (hint, False)
    return Shape(frozenset(names), nested, frozenset(lists), choices)


def _parts(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) in {Union, types.UnionType} else (hint,)


def _is_struct(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, msgspec.Struct)


@dataclass
class Entry:
    """One entry while it is read: where it stands and what its file says for all."""

    reading: Reading
    shown: str
    marked: Marked | None
    place: tuple[str, int]
    source: str | None
    text: str | None

    def read(self, value: Any, cls: type[Any]) -> Item | None:
        """The entry as an item, or None where nothing of it can be kept."""
        if not isinstance(value, dict):
            self.problem(
                "bad-value", (), f"expected fields such as `id:`, found {self.found(value)}"
            )
            return None
        if self.source and "source" in shape(cls).names:
            value = {"source": self.source, **value}
        plain = self.spell_out(value, cls, ())
        item: Item | None = self.convert(plain, cls)
        if item is None or not self.is_new(getattr(item, "id", None)):
            return None
        if isinstance(item, model.Record):
            self.check_legs(item.legs)
        return item

    @staticmethod
    def found(value: Any) -> str:
        """A value named briefly, for the end of a message."""
        if value is None:
            return "nothing"
        if isinstance(value, dict):
            return "fields: " + ", ".join(list(value)[:3])
        return "a list" if isinstance(value, list) else repr(value[:60])

    def problem(
        self, code: str, path: tuple[str | int, ...], message: str,
        hint: str | None = None, warning: bool = False,
    ) -> None:  # fmt: skip
        line = self.marked.line((*self.place, *path)) if self.marked else 1
        name = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in path).lstrip(".")
        where = f"{self.shown}:{line}" + (f":{name}" if name else "")
        say = self.reading.report.warning if warning else self.reading.report.error
        say(code, where, message, hint)

    def spell_out(self, value: Any, cls: type[Any], path: tuple[str | int, ...]) -> Any:
        """`value` without short forms, unknown fields reported and left out."""
        short = shortforms.SHORT.get(cls)
        if short is not None:
            value = short(value, self.reading.names)
        if not isinstance(value, dict):
            return value
        if "at" in value:
            value = shortforms.at(value, self.text)
        form = shape(cls)
        full: dict[str, Any] = {}
        for key, inner in value.items():
            if inner is None:
                continue
            here = (*path, key)
            if key not in form.names:
                self.unknown_field(key, form.names, here)
                continue
            if key in shortforms.WHOLE:
                inner = shortforms.WHOLE[key](inner)
            if key in form.lists and not isinstance(inner, list):
                inner = [inner]
            if key in form.nested:
                nested, many = form.nested[key]
                if many and isinstance(inner, list):
                    inner = [self.spell_out(v, nested, (*here, i)) for i, v in enumerate(inner)]
                else:
                    inner = self.spell_out(inner, nested, here)
            full[key] = inner
        return self.checked(full, cls, path)

    def checked(
        self, full: dict[str, Any], cls: type[Any], path: tuple[str | int, ...]
    ) -> dict[str, Any]:
        """References, dates, notations and default indexes of one mapping."""
        for key in REFERENCES.get(cls, ()):
            values = full.get(key)
            for i, one in enumerate(values if isinstance(values, list) else [values]):
                if isinstance(one, str):
                    at = (*path, key, i) if isinstance(values, list) else (*path, key)
                    self.check_reference(one, at)
        if cls is model.Date:
            return self.dated(full, path)
        if cls is model.Leg:
            for key in ("mode", "channel"):
                given = full.get(key)
                if isinstance(given, str) and given not in vocab.channels():
                    self.problem(f"unknown-{key}", (*path, key), f"expected a notation of "
                                 f"ontology/channels.ttl, found {given!r}",
                                 self.near(given, vocab.channels()))  # fmt: skip
                    del full[key]
        elif cls in {model.Record, model.Event} and isinstance(full.get("legs"), list):
            counted: dict[str, int] = {}
            for leg in full["legs"]:
                if isinstance(leg, dict):
                    series = str(leg.get("series", "way"))
                    counted[series] = counted.get(series, 0) + 1
                    leg.setdefault("index", str(counted[series]))
        if cls in SOURCED and isinstance(full.get("source"), str):
            self.check_source(full["source"], (*path, "source"))
        return full

    def check_source(self, given: str, path: tuple[str | int, ...]) -> None:
        if self.reading.sources and given not in self.reading.sources:
            self.problem("unknown-source", path, f"expected a source of sources.toml, found {given!r}",
                         self.near(given, self.reading.sources), warning=True)  # fmt: skip

    def dated(self, full: dict[str, Any], path: tuple[str | int, ...]) -> dict[str, Any]:
        edtf = full.get("edtf")
        if not isinstance(edtf, str):
            return full
        try:
            bounds = dating.bounds(edtf)
            readable = dating.from_edtf(edtf, str(full.get("text", edtf))).edtf is not None
        except ValueError:
            bounds, readable = (None, None), False
        if not readable:
            self.problem("bad-date", (*path, "edtf") if path else path,
                         f"expected an EDTF date such as 1963-11-23 or 1961-02-22?, found {edtf!r}",
                         "see https://www.loc.gov/standards/datetime/")  # fmt: skip
            return {k: v for k, v in full.items() if k != "edtf"}
        for key, bound in zip(("earliest", "latest"), bounds, strict=True):
            if bound is not None:
                full.setdefault(key, bound)
        return full

    def unknown_field(self, key: str, names: Iterable[str], path: tuple[str | int, ...]) -> None:
        if key == "at":
            self.problem("bad-value", path, "expected a span such as 26-51 of a thing that has "
                         "a place in the text, found `at`")  # fmt: skip
            return
        hint = self.near(key, names) or f"fields here: {', '.join(sorted(names))}"
        self.problem("unknown-field", path, f"expected a field of the model, found {key!r}", hint)

    @staticmethod
    def near(word: str, words: Iterable[str]) -> str | None:
        found = get_close_matches(word, list(words), 1, 0.6)
        return f"did you mean {found[0]!r}?" if found else None

    def check_reference(self, given: str, path: tuple[str | int, ...]) -> None:
        if given in self.reading.ids:
            return
        prefix, slash, _ = given.partition("/")
        if not slash or " " in given:
            return
        if prefix in AUTHORITIES:
            same = [known for known in self.reading.ids if known.startswith(prefix + "/")]
            self.problem("unknown-id", path, f"expected the id of a {prefix} in data/authorities, "
                         f"found {given!r}", self.near(given, same))  # fmt: skip
        else:
            self.problem("unknown-document", path, f"expected the id of a record, found {given!r}",
                         self.near(given, self.reading.ids), warning=True)  # fmt: skip

    def is_new(self, given: str | None) -> bool:
        """Whether no entry before had this id; a second one is reported and left out."""
        if given is None:
            return True
        line = self.marked.line((*self.place, "id")) if self.marked else 1
        before = self.reading.seen.setdefault(given, f"{self.shown}:{line}")
        if before == f"{self.shown}:{line}":
            return True
        self.problem("duplicate-id", ("id",), f"expected an id used once, found {given!r} again",
                     f"it stands first at {before}")  # fmt: skip
        return False

    def check_legs(self, legs: tuple[model.Leg, ...]) -> None:
        """Legs count from 1 without gaps, and none arrives before an earlier one leaves."""
        for series in dict.fromkeys(leg.series for leg in legs):
            chain = [(i, leg) for i, leg in enumerate(legs) if leg.series == series]
            numbers = sorted({leg.index for _, leg in chain})
            if numbers != list(range(1, len(numbers) + 1)):
                self.problem("leg-order", ("legs", chain[0][0]), f"expected legs 1 to {len(numbers)} "
                             f"of series {series!r}, found {numbers}")  # fmt: skip
            last: tuple[int, str] | None = None
            for i, leg in sorted(chain, key=lambda pair: pair[1].index):
                date = leg.date
                if date is None or date.earliest is None or date.latest is None:
                    continue
                if last is not None and leg.index > last[0] and date.latest < last[1]:
                    self.problem("leg-order", ("legs", i, "date"), f"expected a date not before that "
                                 f"of leg {last[0]}, found {date.text!r}",
                                 "check the dates, or the order of the legs")  # fmt: skip
                last = (leg.index, max(date.earliest, last[1] if last else ""))

    def convert(self, plain: dict[str, Any], cls: type[Any]) -> Any:
        """The struct made of `plain`; parts that do not fit are reported and removed."""
        for _ in range(200):
            try:
                return msgspec.convert(plain, cls, strict=False)
            except msgspec.ValidationError as error:
                if not self.remove(plain, cls, str(error)):
                    return None
        return None

    def remove(self, plain: dict[str, Any], cls: type[Any], error: str) -> bool:
        """Report `error` and take the faulty part out; False where that is all of it."""
        message, _, where = error.partition(" - at `$")
        steps = (m.groups() for m in STEP.finditer(where.rstrip("`")))
        path: list[str | int] = [int(i) if i else name for name, i in steps if name or i]
        missing = MISSING.search(message)
        parents: list[Any] = [plain]
        for step in path:
            parents.append(parents[-1][step])
        wrong = parents[-1]
        if missing:
            self.problem("missing-field", tuple(path), f"expected a field {missing[1]!r}, "
                         f"found {self.found(wrong)}")  # fmt: skip
        else:
            self.problem("bad-value", tuple(path), f"expected {self.expected(cls, path, message)}, "
                         f"found {self.found(wrong)}", self.choice(cls, path, wrong))  # fmt: skip
        if not path:
            return False
        # the smallest optional part: the value itself, or the list item that holds it
        while path:
            holder = parents[len(path) - 1]
            del holder[path[-1]]
            if isinstance(holder, list):
                return True
            owner = self.struct_at(cls, path[:-1])
            if owner is None or path[-1] not in self.required(owner):
                return True
            path.pop()
        return False

    @staticmethod
    def struct_at(cls: type[Any], path: list[str | int]) -> type[Any] | None:
        current: type[Any] | None = cls
        for step in path:
            if isinstance(step, int):
                continue
            nested = shape(current).nested.get(step) if current else None
            current = nested[0] if nested else None
        return current

    @staticmethod
    def required(cls: type[Any]) -> set[str]:
        return {f.encode_name for f in msgspec.structs.fields(cls) if f.required}

    def expected(self, cls: type[Any], path: list[str | int], message: str) -> str:
        owner = self.struct_at(cls, path[:-1]) if path else cls
        if owner is not None and path and path[-1] in shape(owner).choices:
            return "one of " + ", ".join(shape(owner).choices[str(path[-1])])
        match = EXPECTED.search(message)
        words = {"str": "text", "int": "a whole number", "float": "a number", "array": "a list",
                 "object": "fields", "bool": "true or false", "null": "nothing"}  # fmt: skip
        if match is None:
            return message[:1].lower() + message[1:]
        return " or ".join(
            words.get(w.strip(), w.strip()) for w in match[1].split("|") if w.strip() != "null"
        )

    def choice(self, cls: type[Any], path: list[str | int], wrong: Any) -> str | None:
        owner = self.struct_at(cls, path[:-1]) if path else None
        if owner is not None and path[-1] in shape(owner).choices and isinstance(wrong, str):
            return self.near(wrong, shape(owner).choices[str(path[-1])])
        return None
