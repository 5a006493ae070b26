"""Builds: whole or not at all, the same twice, only what changed, one writer."""

from __future__ import annotations

import hashlib
import io
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pyoxigraph as ox
import pytest

from kgraph import check
from kgraph.build import build
from kgraph.build.loading import quads_hash
from kgraph.report import KgraphError, Report
from kgraph.store.embedded import EmbeddedStore

SOURCES = """\
[[sources]]
id = "letterbook"
title = "A letter book"
kind = "manuscript"
"""
ANN = """\
source: letterbook

records:
  - id: lb/1
    form: letter
    title: Ann to Ben
    senders: [{name: Ann, id: person/ann}]
    addressees: [{name: Ben, id: person/ben}]
    date: "1850-05-01"
    regest: Ann asks Ben for news of the harbour.
    legs:
      - {index: 1, from: {name: Ann, id: person/ann}, to: {name: Ben, id: person/ben}, mode: mail}
  - id: lb/2
    form: letter
    title: Ben to Ann
    senders: [{name: Ben, id: person/ben}]
    addressees: [{name: Ann, id: person/ann}]
    date: "1850-05-09"
    relations: [{type: reply-to, target: lb/1}]
"""
BEN = """\
source: letterbook

records:
  - id: lb/3
    form: letter
    title: Ben to Cas
    senders: [{name: Ben, id: person/ben}]
    addressees: [{name: Cas, id: person/cas}]
    date: "1851"
"""
PERSONS = """\
source: letterbook

persons:
  - {id: person/ann, label: Ann Archer}
  - {id: person/ben, label: Ben Baker}
  - {id: person/cas, label: Cas Cook}
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "authorities").mkdir(parents=True)
    (folder / "sources.toml").write_text(SOURCES)
    (folder / "authorities" / "persons.yaml").write_text(PERSONS)
    (folder / "ann.yaml").write_text(ANN)
    (folder / "ben.yaml").write_text(BEN)
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "store"


def documents(home: Path) -> set[str]:
    rows = EmbeddedStore(home).select("SELECT ?id { ?d a kg:Document ; kg:localId ?id }")
    return {term.value for (term,) in rows if isinstance(term, ox.Literal)}


def pairs(home: Path) -> list[tuple[str, str, str]]:
    edges = EmbeddedStore(home).table("wrote-to").collect()
    return sorted(edges.select("source", "target", "document").rows())


def test_what_is_built_can_be_asked(data: Path, home: Path) -> None:
    summary = build([data], home, jobs=1)
    assert {"lb/1", "lb/2", "lb/3"} <= documents(home)
    assert pairs(home) == [
        ("person/ann", "person/ben", "lb/1"),
        ("person/ben", "person/ann", "lb/2"),
        ("person/ben", "person/cas", "lb/3"),
    ]
    assert summary.records == 3
    assert summary.quads == sum(1 for _ in EmbeddedStore(home).quads())


def test_each_record_stands_in_its_own_graph(data: Path, home: Path) -> None:
    build([data], home, jobs=1)
    store = EmbeddedStore(home)
    rows = store.select(
        "SELECT DISTINCT ?g { GRAPH ?g { ?r kg:describes ?d } ?d kg:localId 'lb/1' }"
    )
    (graph,) = (term.value for (term,) in rows if isinstance(term, ox.NamedNode))
    assert graph.endswith("/id/record/lb/1")


def test_two_builds_of_the_same_data_are_the_same(data: Path, home: Path, tmp_path: Path) -> None:
    first = build([data], home, jobs=1)
    again = build([data], tmp_path / "other", jobs=1)
    assert first.hash == again.hash
    (data / "ben.yaml").write_text(BEN.replace("1851", "1852"))
    assert build([data], home, jobs=1).hash != first.hash


def test_the_hash_is_the_sum_of_the_lines(data: Path, home: Path) -> None:
    summary = build([data], home, jobs=1)
    output = io.BytesIO()
    EmbeddedStore(home).dump(output, ox.RdfFormat.N_QUADS)
    total = sum(
        int.from_bytes(hashlib.sha256(line).digest(), "big")
        for line in set(output.getvalue().splitlines())
    )
    assert summary.hash == f"{total % 2**256:064x}"
    assert quads_hash(EmbeddedStore(home).folder / "oxigraph") == (summary.hash, summary.quads)


def test_unchanged_sources_are_not_converted_again(data: Path, home: Path) -> None:
    first = build([data], home, jobs=1)
    assert first.converted == first.sources
    assert build([data], home, jobs=1).converted == 0
    (data / "ben.yaml").write_text(BEN.replace("1851", "1852"))
    assert build([data], home, jobs=1).converted == 1


def test_where_nothing_changed_the_store_stays(data: Path, home: Path) -> None:
    first = build([data], home, jobs=1)
    generation = EmbeddedStore(home).manifest.generation
    again = build([data], home, jobs=1)
    assert EmbeddedStore(home).manifest.generation == generation
    assert (again.hash, again.quads, again.tables) == (first.hash, first.quads, first.tables)
    (data / "ben.yaml").write_text(BEN.replace("1851", "1852"))
    build([data], home, jobs=1)
    assert EmbeddedStore(home).manifest.generation != generation


def test_a_removed_record_disappears(data: Path, home: Path) -> None:
    build([data], home, jobs=1)
    (data / "ann.yaml").write_text(ANN.partition("  - id: lb/2")[0])
    build([data], home, jobs=1)
    assert "lb/2" not in documents(home)
    (data / "ben.yaml").unlink()
    build([data], home, jobs=1)
    assert "lb/3" not in documents(home)
    assert pairs(home) == [("person/ann", "person/ben", "lb/1")]


def test_several_processes_build_the_same(data: Path, home: Path, tmp_path: Path) -> None:
    code = textwrap.dedent(f"""
        import kgraph.build as b
        from pathlib import Path
        b.ALONE_BELOW = 0
        if __name__ == "__main__":
            print(b.build([{str(data)!r}], Path({str(tmp_path / "many")!r}), jobs=2).hash)
    """)
    script = tmp_path / "many.py"
    script.write_text(code)
    many = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=True, timeout=120
    )
    assert many.stdout.strip() == build([data], home, jobs=1).hash


STEPS = ("reading", "resolving", "comparing", "mapping", "loading", "writing", "checking", "switch")


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_moment_the_old_store_answers(data: Path, home: Path, step: str) -> None:
    before = build([data], home, jobs=1)
    code = textwrap.dedent(f"""
        import os, signal
        from pathlib import Path
        from kgraph.build import build
        def progress(what, done, of):
            if what.startswith({step!r}):
                os.kill(os.getpid(), signal.SIGKILL)
        build([{str(data)!r}], Path({str(home)!r}), jobs=1, progress=progress)
    """)
    (data / "ben.yaml").write_text(BEN.replace("lb/3", "lb/4"))
    killed = subprocess.run([sys.executable, "-c", code], timeout=120, check=False)
    assert killed.returncode == -signal.SIGKILL, "the build was to die at this step"
    store = EmbeddedStore(home)
    assert store.manifest.hash == before.hash
    assert quads_hash(store.folder / "oxigraph")[0] == before.hash
    assert "lb/3" in documents(home)
    assert "lb/4" not in documents(home)
    del store
    build([data], home, jobs=1)
    assert "lb/4" in documents(home)
    assert len(list(home.glob("gen-*"))) == 1, "what the killed build left is swept away"
    assert not list(home.glob("segments/*.part"))


def test_a_broken_file_is_reported_and_the_rest_is_built(data: Path, home: Path) -> None:
    (data / "ben.yaml").write_text("source: letterbook\nrecords:\n  - id: lb/3\n    form: [\n")
    report = Report()
    build([data], home, jobs=1, report=report)
    assert {"lb/1", "lb/2"} <= documents(home)
    (finding,) = (f for f in report if "ben.yaml" in f.where and f.severity == "error")
    assert finding.where.rsplit(":", 1)[-1].isdigit(), "the line is named"
    again = Report()
    build([data], home, jobs=1, report=again)
    assert [str(f) for f in again] == [str(f) for f in report], "findings are told every time"


def test_a_mapping_written_later_is_used(home: Path, tmp_path: Path) -> None:
    """What the message about unknown columns advises leads somewhere."""
    table = tmp_path / "letters.csv"
    table.write_text("A,B\nAda Marl,Bo Lund\n")
    assert build([table], home, jobs=1).records == 0
    table.with_suffix(".toml").write_text('[columns]\nA = "senders"\nB = "addressees"\n')
    assert build([table], home, jobs=1).records == 1
    table.with_suffix(".toml").write_text('[columns]\nA = "ignore"\nB = "ignore"\n')
    assert build([table], home, jobs=1).records == 0


def test_documents_of_sources_that_were_not_built_are_no_faults(home: Path, tmp_path: Path) -> None:
    """The events that come with kgraph are told in documents that one's own letters are without."""
    table = tmp_path / "letters.csv"
    table.write_text("Sender,Recipient\nAda Marl,Bo Lund\n")
    build([table], home, jobs=1)
    found = list(check.dangling(EmbeddedStore(home)))
    assert found
    assert {finding.severity for finding in found} == {"info"}


def test_a_file_that_may_not_be_read_is_reported_and_the_rest_is_built(
    data: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shut = data / "shut.csv"
    shut.write_text("Sender,Recipient\nAda Marl,Bo Lund\n")
    may = os.access
    monkeypatch.setattr(
        os, "access", lambda path, how: Path(path).name != "shut.csv" and may(path, how)
    )
    report = Report()
    assert build([data], home, jobs=1, report=report).documents > 0
    assert [(f.code, Path(f.where).name) for f in report if f.severity == "error"] == [
        ("unreadable", "shut.csv")
    ]


def test_a_source_that_is_not_there(home: Path) -> None:
    with pytest.raises(KgraphError, match="nowhere"):
        build(["nowhere.xml"], home, jobs=1)
    with pytest.raises(KgraphError, match="no store"):
        EmbeddedStore(home)


def test_a_document_of_two_records_is_counted_once(data: Path, home: Path) -> None:
    (data / "twice.yaml").write_text(
        """\
source: letterbook

records:
  - id: copy/1
    form: letter
    senders: [{name: Ann, id: person/ann}]
    addressees: [{name: Ben, id: person/ben}]
    date: "1850-05-02"

identities:
  - {document: lb/1, records: [lb/1, copy/1], reasons: [the same words]}
"""
    )
    build([data], home, jobs=1)
    assert pairs(home).count(("person/ann", "person/ben", "lb/1")) == 1
    store = EmbeddedStore(home)
    dates = store.select(
        "SELECT DISTINCT ?date { ?d kg:localId 'lb/1' ; kg:hasDate/kg:date ?date }"
    )
    assert len(list(dates)) == 2, "both claims stay"
    preferred = store.select(
        "SELECT ?date { ?d a kg:Document ; kg:localId 'lb/1' ; kg:date ?date }"
    )
    assert len(list(preferred)) == 1, "one value is preferred"


def test_the_build_of_what_ships_is_sound(tmp_path: Path) -> None:
    report = Report()
    summary = build([], tmp_path / "store", jobs=1, report=report)
    assert [str(f) for f in report if f.severity == "error"] == []
    assert summary.documents > 100


def test_two_sources_with_records_of_one_id_stand_beside_each_other(
    data: Path, home: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other" / "data"
    (other / "authorities").mkdir(parents=True)
    (other / "sources.toml").write_text(SOURCES.replace("letterbook", "newspaper"))
    (other / "authorities" / "persons.yaml").write_text(PERSONS.replace("letterbook", "newspaper"))
    (other / "ann.yaml").write_text(
        ANN.replace("source: letterbook", "source: newspaper").replace("1850-05-01", "1850-05-02")
    )
    report = Report()
    build([data, other], home, jobs=1, report=report)
    assert not report.has_errors, list(report)
    told = [finding.where for finding in report if finding.code == "ids-in-two-sources"]
    assert [Path(where).parent.parent.name for where in told] == ["other"]
    assert {"lb/1", "lb/2", "lb/3"} <= documents(home)
    rows = EmbeddedStore(home).select(
        "SELECT ?r { GRAPH ?g { ?r kg:describes ?d } ?d kg:localId 'lb/1' }"
    )
    records = {
        term.value.rpartition("/id/record/")[2]
        for (term,) in rows
        if isinstance(term, ox.NamedNode)
    }
    assert records == {"lb/1", "lb/1~newspaper"}
