"""Our own data files: YAML that a historian edits, one record a document.

A file has ``source:`` (an id of ``sources.toml``), perhaps ``file:`` (the text that
``at:`` counts in) and one or more lists: records, events, persons, bodies, places,
archives, publications, conflicts, identities, redirects, abbreviations. The entries have the
fields of `kgraph.model` and the short forms of `kgraph.sources.shortforms`.
``data/record.schema.json`` describes the same for editors that check while typing.

Whatever is wrong becomes one finding with file, line, field, what was expected and
what was found; the smallest faulty part is left out and reading goes on.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import yaml

from kgraph import model, shipped
from kgraph.model import Item
from kgraph.report import Report
from kgraph.sources import markedyaml
from kgraph.sources.entries import LISTS, Entry, Reading
from kgraph.sources.shortforms import Known

NAME = "calendar"
SOURCES_FILE = "sources.toml"
HEADER = frozenset({"source", "file", "note"})
TOP = re.compile(rb"(?m)^(?:" + "|".join(LISTS).encode() + rb"):[ \t]*(?:#.*)?\r?$")
SOURCE = re.compile(rb"(?m)^source:")
ENTRY = re.compile(rb"(?m)^ *- \{?id:")
IDS = re.compile(r"^ *-? id: *[\"']?([^\s\"'#]+)", re.MULTILINE)
SKIPPED = frozenset({"mappings", "gazetteer", "routes", "decisions"})


def sniff(head: bytes, name: str) -> bool:
    """Whether this is a data file of ours: YAML with one of our lists, or sources.toml."""
    if name == SOURCES_FILE:
        return True
    if not name.endswith((".yaml", ".yml")):
        return False
    return TOP.search(head) is not None or bool(SOURCE.search(head) and ENTRY.search(head))


def read(path: Path, report: Report) -> Iterator[Item]:
    """All entries of a file, or of a folder: sources and authorities first, then the rest.

    Names and references in a single file are looked up in the data folder that it
    lies in, or else in the one that ships with kgraph.
    """
    paths = _files(path) if path.is_dir() else [path]
    files = [file for file in (_load(p, path, report) for p in paths) if file is not None]
    reading = Reading(report=report, names={}, ids=set(), sources=set())
    root = path if path.is_dir() else _data_root(path)
    loaded = {file.path.resolve() for file in files}
    for other in _files(root) if path.is_file() and root is not None else []:
        if other.resolve() not in loaded:
            _learn_from_text(other, reading)
    for file in files:
        _learn(file, reading)
    for file in files:
        yield from _entries(file, reading)


@dataclass(frozen=True)
class _File:
    path: Path
    shown: str
    marked: markedyaml.Marked | None
    lists: dict[str, list[Any]] = field(default_factory=dict)
    source: str | None = None
    text: str | None = None
    toml: dict[str, Any] = field(default_factory=dict)


def _files(folder: Path) -> list[Path]:
    """The data files of a folder, sources and authorities before what refers to them."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.suffix not in {".yaml", ".yml"} and path.name != SOURCES_FILE:
            continue
        if SKIPPED.isdisjoint(path.relative_to(folder).parts):
            with path.open("rb") as file:
                if sniff(file.read(65536), path.name):
                    found.append(path)
    return sorted(found, key=lambda p: (p.name != SOURCES_FILE, "authorities" not in p.parts, p))


def _data_root(path: Path) -> Path | None:
    for folder in path.resolve().parents[:3]:
        if (folder / SOURCES_FILE).is_file():
            return folder
    return shipped.folder("data")


def _load(path: Path, asked: Path, report: Report) -> _File | None:
    shown = str(path)
    try:
        if path.suffix == ".toml":
            return _File(path, shown, None, toml=tomllib.loads(path.read_text("utf-8")))
        marked = markedyaml.load(path)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"{shown}:{mark.line + 1}" if mark else shown
        column = f" at column {mark.column + 1}" if mark else ""
        report.error("yaml-broken", where, f"this is no YAML: {error.problem}{column}",
                     "look for a missing quote, a tab or a wrong indent just before")  # fmt: skip
        return None
    except yaml.reader.ReaderError as error:
        report.error("yaml-broken", shown, f"expected text, found the character "
                     f"#x{error.character:04x} at {error.position}", "remove it")  # fmt: skip
        return None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        report.error("toml-broken", f"{shown}:{line[1]}" if line else shown, str(error))
        return None
    except UnicodeDecodeError as error:
        report.error("not-utf8", shown, f"expected UTF-8 text, found byte {error.object[error.start]:#04x}"
                     f" at {error.start}", "save the file as UTF-8")  # fmt: skip
        return None
    except OSError as error:
        report.error("unreadable", shown, f"cannot be read: {error.strerror}")
        return None
    return _sorted_out(path, shown, marked, report)


def _sorted_out(path: Path, shown: str, marked: markedyaml.Marked, report: Report) -> _File | None:
    for line, key in marked.repeated:
        report.error("repeated-field", f"{shown}:{line}:{key}",
                     f"expected each field once, found a second {key!r}", "keep one of the two")  # fmt: skip
    top = marked.value
    if not isinstance(top, dict):
        report.error("bad-value", f"{shown}:1", "expected `source:` and a list such as `records:`, "
                     f"found {Entry.found(top)}")  # fmt: skip
        return None
    lists: dict[str, list[Any]] = {}
    for key, value in top.items():
        if key in HEADER:
            continue
        where = f"{shown}:{marked.line([key])}:{key}"
        if key not in LISTS:
            near = get_close_matches(key, [*LISTS, *HEADER], 1, 0.5)
            report.error("unknown-field", where, f"expected one of {', '.join(LISTS)}, found {key!r}",
                         f"did you mean {near[0]!r}?" if near else None)  # fmt: skip
        elif not isinstance(value, list):
            report.error("bad-value", where, f"expected a list, each entry beginning with `- `, "
                         f"found {Entry.found(value)}")  # fmt: skip
        else:
            lists[key] = value
    return _File(path, shown, marked, lists, top.get("source"), top.get("file"))


def _learn(file: _File, reading: Reading) -> None:
    """Take note of the ids and labels that a file brings."""
    for entry in file.toml.get("sources", []):
        reading.sources.add(str(entry.get("id")))
    for key, entries in file.lists.items():
        for entry in entries:
            if isinstance(entry, dict) and isinstance(entry.get("id"), str):
                reading.ids.add(entry["id"])
                if isinstance(entry.get("label"), str):
                    kind = (
                        "person" if key == "persons" else "body" if key == "bodies" else "unknown"
                    )
                    own = entry.get("kind")
                    reading.names[entry["id"]] = Known(
                        entry["label"],
                        own if own in {"group", "office", "body"} else kind,
                        entry.get("shelfmark"),
                        entry.get("holder"),
                    )


def _learn_from_text(path: Path, reading: Reading) -> None:
    """Like `_learn`; calendars are only searched for ids, which is much faster."""
    stat = path.stat()
    known = _learnt(path, stat.st_mtime_ns, stat.st_size)
    reading.names.update(known.names)
    reading.ids.update(known.ids)
    reading.sources.update(known.sources)


@lru_cache(maxsize=64)
def _learnt(path: Path, changed: int, size: int) -> Reading:
    """What a file teaches the others of its folder; read once while it does not change."""
    reading = Reading(report=Report(), names={}, ids=set(), sources=set())
    if path.suffix == ".toml" or "authorities" in path.parts:
        file = _load(path, path, Report())
        if file is not None:
            _learn(file, reading)
    else:
        reading.ids.update(IDS.findall(path.read_text("utf-8", "replace")))
    return reading


def _entries(file: _File, reading: Reading) -> Iterator[Item]:
    for number, value in enumerate(file.toml.get("sources", [])):
        try:
            yield msgspec.convert(value, model.SourceEntry)
        except msgspec.ValidationError as error:
            reading.report.error("bad-value", f"{file.shown}:sources[{number}]", str(error))
    for key, entries in file.lists.items():
        for number, value in enumerate(entries):
            entry = Entry(reading, file.shown, file.marked, (key, number), file.source, file.text)
            item = entry.read(value, LISTS[key])
            if item is not None:
                yield item
