"""What every reader promises, asked of each reader in SOURCES."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgraph import sources
from kgraph.model import Date, Item, Mention, Party, Place, Record
from kgraph.report import SEVERITIES, Report
from kgraph.sources import guard, intake

READERS = {source.NAME: source for source in sources.SOURCES}
SAMPLES = Path(__file__).parent / "fuzz" / "samples"
CRASHES = Path(__file__).parent / "fuzz" / "crashes"
each_reader = pytest.mark.parametrize("name", READERS)


def samples(name: str) -> list[Path]:
    """The invented inputs of a reader: a file, or a folder where it reads pages."""
    return sorted(path for path in (SAMPLES / name).glob("*") if path.suffix != ".toml")


def spans(thing: Any) -> Iterator[Any]:
    """Every value inside an item that has `start` and `end`."""
    if isinstance(thing, msgspec.Struct):
        if hasattr(thing, "start") and hasattr(thing, "end"):
            yield thing
        for field in thing.__struct_fields__:
            yield from spans(getattr(thing, field))
    elif isinstance(thing, tuple):
        for one in thing:
            yield from spans(one)


def check(found: list[Item], report: Report) -> None:
    """What must hold of all items and findings, whatever was read."""
    ids = [item.id for item in found if isinstance(item, Record)]
    assert len(set(ids)) == len(ids)
    for finding in report:
        assert re.fullmatch(r"[a-z][a-z0-9-]*", finding.code), finding
        assert finding.where
        assert finding.message
        assert finding.severity in SEVERITIES
    for item in found:
        msgspec.json.encode(item)
        if not isinstance(item, Record):
            continue
        assert item.text_length == len(item.text)
        for thing in spans(item):
            if thing.start is None:
                assert thing.end is None, thing
                continue
            if item.text:
                assert 0 <= thing.start <= thing.end <= len(item.text), (item.id, thing)
        if item.text:
            for thing in spans(item):
                if thing.start is not None:
                    said = item.text[thing.start : thing.end]
                    assert agrees(said, thing), (item.id, said, thing)


def agrees(said: str, thing: Any) -> bool:
    """Whether the words of a span are those that the value names."""
    if isinstance(thing, (Party, Place)) and thing.certainty == "stated":
        return _letters(thing.name) <= _letters(said) or thing.name == "unknown"
    if isinstance(thing, (Mention, Date)):
        return _plain(thing.text) == _plain(said)
    return True


def _plain(text: str) -> str:
    return "".join(text.split())


def _letters(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def test_there_is_a_sample_of_every_format_and_the_list_is_whole() -> None:
    folder = Path(sources.__file__).parent
    modules = {p.stem for p in folder.glob("*.py") if "\nNAME = " in p.read_text("utf-8")}
    assert modules == {s.__name__.rpartition(".")[2] for s in sources.SOURCES}  # type: ignore[attr-defined]
    assert [name for name in READERS if not samples(name)] == []


@each_reader
def test_a_reader_has_what_intake_needs(name: str) -> None:
    source = READERS[name]
    assert re.fullmatch(r"[a-z][a-z-]*", source.NAME)
    assert isinstance(getattr(source, "LIMIT", 1), int)
    assert source.__doc__
    assert source.read.__doc__


@each_reader
def test_a_sample_is_told_by_its_content_and_read(name: str) -> None:
    for path in samples(name):
        report = Report()
        found = list(sources.read(path, report))
        assert found, path
        assert not report.has_errors, list(report)
        check(found, report)
        if path.is_file():
            taken = intake.sniff(path.read_bytes()[: intake.HEAD], path.name)
            assert taken is not None
            assert name == taken.NAME


@each_reader
def test_reading_twice_gives_the_same(name: str) -> None:
    for path in samples(name):
        assert list(sources.read(path, Report())) == list(sources.read(path, Report()))


@each_reader
def test_findings_name_the_file(name: str, tmp_path: Path) -> None:
    source = READERS[name]
    path = tmp_path / "some.txt"
    path.write_bytes(b"\x00\xff not what was expected")
    report = Report()
    try:
        list(source.read(path, report))
    except Exception:
        pytest.skip("the reader leaves this to intake")
    for finding in report:
        assert finding.where


@each_reader
@given(head=st.binary(max_size=3000))
@settings(max_examples=60)
def test_sniffing_never_raises(name: str, head: bytes) -> None:
    assert READERS[name].sniff(head, "x") in (True, False)


def through(name: str, content: bytes, ending: str, folder: Path) -> tuple[list[Item], Report]:
    """What a reader gives for any bytes, called as intake calls it."""
    path = folder / f"case{ending}"
    path.write_bytes(content)
    report = Report()
    source = READERS[name]
    clock = guard.Clock(20)
    found = list(guard.guarded(source, path, path, report, clock))
    return found, report


def mutated(content: bytes) -> st.SearchStrategy[bytes]:
    """`content` with a piece cut out, doubled, or replaced by other bytes."""

    def change(where: tuple[int, int], put: bytes) -> bytes:
        start, end = sorted(where)
        return content[:start] + put + content[end:]

    place = st.integers(0, len(content))
    pieces = st.sampled_from(
        [b"", b"<", b">", b"&", b'"', b"\n\n\n", b"[", b"]", b"\xff", b"\x00", b"1", b"undated",
         b"<note>", b"</div>", b"No. ", "—".encode(), b"9999-99-99", b"(", b"Source: "]
    ) | st.binary(max_size=20)  # fmt: skip
    return st.builds(change, st.tuples(place, place), pieces)


@each_reader
@given(data=st.data())
@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip
def test_a_damaged_sample_never_stops_the_reader(
    name: str, data: st.DataObject, tmp_path: Path
) -> None:
    files = [path for path in samples(name) if path.is_file()]
    if not files:
        files = [page for folder in samples(name) for page in sorted(folder.glob("*"))][:3]
    path = data.draw(st.sampled_from(files))
    content = data.draw(mutated(path.read_bytes()))
    found, report = through(name, content, path.suffix, tmp_path)
    assert not [f for f in report if f.code in ("reader-failed", "time-limit")], list(report)
    check(found, report)


@each_reader
@given(content=st.binary(max_size=2000))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_bytes_never_stop_a_reader(name: str, content: bytes, tmp_path: Path) -> None:
    found, report = through(name, content, ".txt", tmp_path)
    assert not [f for f in report if f.code in ("reader-failed", "time-limit")], list(report)
    check(found, report)


@pytest.mark.parametrize(
    "path", sorted(CRASHES.glob("*/*")), ids=lambda p: f"{p.parent.name}-{p.name}"
)
def test_what_once_stopped_a_reader_does_so_no_more(path: Path, tmp_path: Path) -> None:
    found, report = through(path.parent.name, path.read_bytes(), path.suffix, tmp_path)
    assert not [f for f in report if f.code in ("reader-failed", "time-limit")], list(report)
    check(found, report)
