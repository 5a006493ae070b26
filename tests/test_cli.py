"""The command line: exit status, where things are printed, messages for bad use."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from kgraph import cli, iris
from kgraph.cli import VERBS
from kgraph.export import FORMATS


class Answer(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Answer]


@pytest.fixture
def run(shipped_store: Path, tmp_path: Path) -> Run:
    """Runs ``kgraph`` with arguments in an empty folder; the store is that of the shipped data."""

    def call(*arguments: str, store: str | None = str(shipped_store), stdin: str = "") -> Answer:
        environment = os.environ | {"PYTHONPATH": str(Path(cli.__file__).parents[2])}
        environment.pop("KGRAPH_STORE", None)
        if store:
            environment["KGRAPH_STORE"] = store
        done = subprocess.run(
            [sys.executable, "-m", "kgraph", *arguments],
            capture_output=True, text=True, input=stdin, cwd=tmp_path, env=environment,
            timeout=120, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        return Answer(done.returncode, done.stdout, done.stderr)

    return call


ASK_LEGS = ("query", "legs", "-p", "document=frus/21")


# bad use: one message, a hint, status 2, nothing on stdout


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["query", "who-wrote-to-who"], "no query called 'who-wrote-to-who'", "who-wrote-to-whom"),
        (["query", "nowhere.rq"], "no query file nowhere.rq", "kgraph queries"),
        (["query", "legs", "-p", "documnet=frus/21"], "no parameter 'documnet'", "document"),
        (["query", "legs", "-p", "document"], "no value", "-p document=value"),
        (["query", "evidence"], "needs the parameter document", "-p document=..."),
        (["query", "in-period", "-p", "from=yesterday", "-p", "to=1963"], "'yesterday'", "1961-09"),
        (["query", "in-period", "-p", "from=1963-02-30", "-p", "to=1963"], "1963-02-30", "from"),
        (["query", "legs", "--format", "cvs"], "no format 'cvs'", "csv"),
        (["query", "legs", "--format", "ttl"], "ttl holds triples", "CONSTRUCT"),
        (["query", "legs", "--ids", "short"], "--ids", "--ids local"),
        (["show", "person/khruschev-nikita"], "nothing is known", "person/khrushchev-nikita"),
        (["show", "frus/21", "--format", "pdf"], "no format 'pdf'", "table"),
        (["export", "nquads"], "no format 'nquads'", "nq"),
        (["build", "nowhere.xml", "--store", "s"], "nowhere.xml", "spelling"),
        (["build", "--engine", "abacus", "--store", "s"], "no engine 'abacus'", "local"),
        (["build", "--store", "http://localhost/sparql"], "endpoint", "--store PATH"),
        (["check", "--format", "pdf"], "no format 'pdf'", "json"),
        (["export", "nq", "-o", "."], "is a folder", "graph.nq"),
        (["read", "-"], "'-'", "save it as a file"),
        (["reconcile", "nowhere.csv", "-c", "name"], "nowhere.csv", "spelling"),
    ],
)
def test_bad_use_is_one_message_with_a_hint(
    run: Run, arguments: list[str], message: str, hint: str
) -> None:
    answer = run(*arguments)
    assert answer.status == 2
    assert answer.out == ""
    lines = answer.err.splitlines()
    assert lines[0].startswith("error: ")
    assert message in lines[0]
    assert len([line for line in lines if line.startswith("error: ")]) == 1
    assert lines[-1].startswith("hint: ")
    assert hint in lines[-1]


@pytest.mark.parametrize(
    "arguments", [ASK_LEGS, ("show", "frus/21"), ("check",), ("export", "nq")], ids=lambda a: a[0]
)
def test_a_missing_store_says_how_to_make_one(run: Run, arguments: tuple[str, ...]) -> None:
    answer = run(*arguments, store=None)
    assert answer.status == 2
    assert "there is no store in .kgraph" in answer.err
    assert "kgraph build" in answer.err.splitlines()[-1]


def test_a_syntax_error_shows_its_line_and_place(run: Run) -> None:
    answer = run("query", "-", stdin="SELECT ?s WHERE {\n  ?s rdfs:label ?? .\n}\n")
    assert answer.status == 2
    lines = answer.err.splitlines()
    assert "line 2" in lines[0]
    assert lines[1] == "    ?s rdfs:label ?? ."
    assert lines[2].strip() == "^"
    assert 15 <= lines[2].index("^") - 2 <= 18


@pytest.mark.parametrize("arguments", [["bild"], ["build", "--jbos", "3"], ["query"]])
def test_what_is_not_a_command_ends_with_status_2(run: Run, arguments: list[str]) -> None:
    answer = run(*arguments)
    assert answer.status == 2
    assert answer.err


def test_a_broken_data_file_is_named_with_its_line_and_field(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "source: kgraph-editors\n\nrecords:\n  - id: my/1\n    form: letter\n    status: xtant\n"
        "  - id: my/2\n    form: letter\n    date: '1961-09-28'\n"
    )
    answer = run("build", "mine.yaml", "--store", "s")
    assert answer.status == 1
    (line,) = (line for line in answer.err.splitlines() if line.startswith("error:"))
    assert "mine.yaml:6" in line
    assert "status" in line
    assert "'xtant'" in line
    assert "extant" in line.replace("'xtant'", ""), "what was expected is named"
    assert run("show", "my/2", "--store", "s").status == 0, "the sound record is in the graph"


def test_check_says_no_with_status_1(run: Run, tmp_path: Path) -> None:
    good = run("check")
    assert good.status == 0, good.out
    (tmp_path / "mine.yaml").write_text(
        "source: kgraph-editors\n\nrecords:\n"
        "  - {id: my/1, form: letter, legs: [{index: 0, mode: mail}]}\n"
    )
    assert run("build", "mine.yaml", "--store", "s").status == 1
    bad = run("check", "--store", "s", "--format", "json")
    assert bad.status == 1
    assert any(finding["code"].startswith("shape-") for finding in json.loads(bad.out))


# good use


def test_data_on_stdout_the_rest_on_stderr(run: Run) -> None:
    answer = run(*ASK_LEGS, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(answer.out)))
    assert answer.err == ""
    assert [row["to"] for row in rows][:2] == ["person/bolshakov", "person/salinger"]
    assert {row["document"] for row in rows} == {"frus/21"}


@pytest.mark.parametrize("ids", ["local", "iri"])
def test_every_format_holds_the_same_rows(run: Run, ids: str) -> None:
    def ask(format: str) -> str:
        return run(*ASK_LEGS, "--format", format, "--ids", ids).out

    as_csv = [row["to"] for row in csv.DictReader(io.StringIO(ask("csv")))]
    assert any(as_csv)
    assert as_csv[0].startswith("http") == (ids == "iri")
    found = json.loads(ask("json"))
    assert [row.get("to", {}).get("value", "") for row in found["results"]["bindings"]] == as_csv
    assert len(ask("tsv").splitlines()) == len(as_csv) + 1
    xml = ElementTree.fromstring(ask("xml"))
    assert len(xml.findall(".//{*}result")) == len(as_csv)
    assert len(ask("markdown").splitlines()) == len(as_csv) + 2
    assert ask("html").count("<tr>") == len(as_csv) + 1


def test_sparql_of_ones_own_answers_with_iris(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("SELECT ?d { ?d kg:localId 'frus/21' ; a kg:Document }")
    answer = run("query", "mine.rq", "--format", "csv")
    assert answer.out.split() == ["d", iris.document("frus/21")]
    assert run("query", "mine.rq", "--format", "csv", "--ids", "local").out.split() == [
        "d",
        "frus/21",
    ]


def test_construct_and_ask(run: Run) -> None:
    text = "CONSTRUCT { ?d rdfs:label ?l } WHERE { ?d a kg:Document ; kg:localId 'frus/21' ; rdfs:label ?l }"
    for format, kind in (("ttl", ox.RdfFormat.TURTLE), ("jsonld", ox.RdfFormat.JSON_LD)):
        quads = list(ox.parse(run("query", "-", "--format", format, stdin=text).out, kind))
        assert {quad.subject.value for quad in quads} == {iris.document("frus/21")}  # type: ignore[union-attr]
    assert run("query", "-", stdin="ASK { ?s ?p 'no such words' }").out == "false\n"
    yes = run("query", "-", "--format", "json", stdin="ASK { ?s ?p ?o }").out
    assert json.loads(yes)["boolean"] is True


def test_a_table_shows_labels_instead_of_iris(run: Run) -> None:
    table = run(*ASK_LEGS).out
    assert "http" not in table
    assert "Salinger" in table
    assert "person/salinger" not in table
    assert "frus/21" in table


def test_show_tells_sources_words_and_legs(run: Run) -> None:
    shown = json.loads(run("show", "frus/21", "--format", "json").out)
    assert shown["id"] == "frus/21"
    assert "person/salinger" in {leg["to"] for leg in shown["legs"]}
    assert any(account["source"] == "source/frus-notes-v06" for account in shown["accounts"])
    text = json.dumps(shown)
    assert '"words"' in text
    assert '"start"' in text
    table = run("show", "frus/21").out
    told = table[table.index("From hand to hand") :].split("\n")
    assert told[2].strip() == (
        "2. Georgi N. Bolshakov -> Pierre Salinger, Hand delivery, channel Bolshakov route, "
        "at Carlyle Hotel, XXXX-09-30, stated"
    )
    ways = [line for line in table.split("\n") if line.startswith("From hand to hand, as ")]
    assert len(ways) == len(set(ways)) == 2, "each source's way under its name"
    account = table[table.index("According to Kennedy-Khrushchev Exchanges: headings") :]
    account = account[account.index("(frus/21,") :]
    assert "sender: Nikita S. Khrushchev [person/khrushchev-nikita], as “Khrushchev”, Chairman  (8820-8830)" in account  # fmt: skip
    assert account.index("sender:") < account.index("date written:") < account.index("leg 1:")
    triples = run("show", "frus/21", "--format", "ttl").out
    assert len(list(ox.parse(triples, ox.RdfFormat.TURTLE))) > 20


def test_show_of_a_carrier_names_what_went_through_his_hands(run: Run) -> None:
    told = run("show", "person/salinger").out
    gave = told[told.index("gave on 2") :].split("\n")
    assert [line.split()[0] for line in gave[1:3]] == ["frus/21", "frus/23"]
    assert "was given 3" in told
    assert told.index("gave on 2") < told.index("named in ")


def test_show_of_an_alias_shows_what_it_stands_for(run: Run) -> None:
    shown = json.loads(run("show", "wc/117349", "--format", "json").out)
    assert shown["id"] == "th/N6"
    assert "wc/117349" in shown["aliases"]


def test_the_help_of_export_names_every_format(run: Run) -> None:
    words = set(re.findall(r"[a-z-]+", run("export", "--help").out))
    assert set(FORMATS) <= words


@pytest.mark.parametrize("format", ["nq", "trig", "jsonld", "ttl", "nt"])
def test_exports_can_be_read_again(run: Run, tmp_path: Path, format: str) -> None:
    answer = run("export", format, "-o", f"out/graph.{format}")
    assert answer.status == 0
    kind = ox.RdfFormat.from_extension(format)
    assert kind is not None
    store = ox.Store()
    store.bulk_load(path=str(tmp_path / "out" / f"graph.{format}"), format=kind)
    assert len(store) > 1000
    assert ("named graphs" in answer.err) == (format in ("ttl", "nt")), "what is lost is told"
    assert [path.name for path in (tmp_path / "out").iterdir()] == [f"graph.{format}"]


def test_edges_as_csv(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("export", "csv").out)))
    assert {"wrote-to", "handed-to"} <= {row["layer"] for row in rows}


def test_an_export_into_nowhere(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    answer = run("export", "nq", "-o", "file/graph.nq")
    assert answer.status == 2
    assert "cannot be written" in answer.err


def in_a_shell(command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command.replace("kgraph", f"{sys.executable} -m kgraph", 1)],
        capture_output=True, text=True, check=False, timeout=60,
        env=os.environ | {"PYTHONPATH": str(Path(cli.__file__).parents[2])},
    )  # fmt: skip


@pytest.mark.parametrize("format", ["nq", "csv", "graphml"])
def test_the_reader_of_a_pipe_may_go_away(shipped_store: Path, format: str) -> None:
    done = in_a_shell(f"kgraph export {format} --store {shipped_store} | head -n 1")
    assert len(done.stdout.splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert done.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="no device that is always full")
@pytest.mark.parametrize(
    "arguments", ["export csv", "show frus/21", "query legs -f csv", "queries"]
)
def test_a_full_disk_is_told_and_shows_in_the_status(shipped_store: Path, arguments: str) -> None:
    store = "" if arguments == "queries" else f"--store {shipped_store}"
    done = in_a_shell(f"kgraph {arguments} {store} > /dev/full")
    assert done.returncode == 2
    assert "error: No space left on device" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="no folder that nobody may write")
def test_a_store_in_a_folder_that_cannot_be_written(run: Run) -> None:
    answer = run("build", "--store", "/proc/nowhere")
    assert answer.status == 2
    assert "error: /proc/nowhere cannot be written" in answer.err
    assert "hint: name another --store" in answer.err


def test_an_export_goes_into_a_device_as_it_stands(run: Run) -> None:
    assert run("export", "nq", "-o", "/dev/null").status == 0
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize("verb", ["conflicts", "missing", "network", "review"])
def test_errors_of_sources_are_told_and_show_in_the_status(
    run: Run, tmp_path: Path, verb: str
) -> None:
    path = tmp_path / "letters.csv"
    path.write_text("Colour,Weight\nred,3\n", "utf-8")
    answer = run(verb, *(["--list"] if verb == "review" else []), str(path), store=None)
    assert answer.status == 1
    assert "no column tells who wrote or to whom" in answer.err


def test_a_kind_or_document_that_no_conflict_has_is_told(run: Run) -> None:
    answer = run("conflicts", "--kind", "colour")
    assert (answer.status, answer.out) == (0, "")
    assert "no conflict of kind 'colour'" in answer.err
    assert "date" in answer.err
    assert "nothing is known of frus/2100" in run("conflicts", "--document", "frus/2100").err


def test_names_of_a_table_with_semicolons_and_broken_lines(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text('n;name\n1;"Foy D.\nKohler"\n2;Nobody Ever\n', "utf-8")
    rows = list(
        csv.DictReader(io.StringIO(run("reconcile", str(path), "-c", "name", store=None).out))
    )
    assert [row["name_id"] for row in rows if row["name_match"]] == ["person/kohler"]


def test_queries_lists_what_can_be_asked(run: Run) -> None:
    listed = json.loads(run("queries", "--format", "json").out)
    assert len(listed) >= 30
    assert all(query["title"] and query["columns"] for query in listed)
    assert "document" in run("queries").out
    assert "SELECT" in run("queries", "legs").out


def test_version_and_help(run: Run) -> None:
    assert run("--version").out.startswith("kgraph 0.")
    top = run("--help")
    assert top.status == 0
    for verb in VERBS:
        if (Path(cli.__file__).parent / f"{verb}.py").exists():
            assert verb in top.out
            words = " ".join(run(verb, "--help").out.split())
            example = words.rpartition("Example: ")[2]
            assert example.startswith(f"kgraph {verb}"), f"{verb} --help ends with {words[-80:]}"
            assert len(example) < 120, "something stands after the example"


def test_a_limit_shortens_long_tables_and_no_figures(run: Run) -> None:
    done = run("network", "--limit", "1")
    assert "assortativity" in done.out
    assert "more rows" in done.err


EXTRAS = (
    "starlette uvicorn jinja2 brotli tantivy zstandard openpyxl odf igraph networkit splink pyspark"
)


def without_extras(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs ``kgraph`` as where nothing but its own requirements is installed."""
    begin = f"import sys; sys.modules |= dict.fromkeys({EXTRAS!r}.split()); from kgraph.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", begin, *arguments], capture_output=True, text=True, check=False,
        timeout=60, env=os.environ | {"PYTHONPATH": str(Path(cli.__file__).parents[2])},
    )  # fmt: skip


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], *([v, "--help"] for v in VERBS)])
def test_help_needs_no_further_package(arguments: list[str]) -> None:
    done = without_extras(*arguments)
    assert (done.returncode, done.stderr) == (0, "")


def test_verbs_that_need_a_further_package_say_which(shipped_store: Path, tmp_path: Path) -> None:
    done = without_extras("serve", "--store", str(shipped_store))
    assert done.returncode == 2
    assert "hint: install it with: pip install 'kgraph[serve]'" in done.stderr
    with zipfile.ZipFile(tmp_path / "letters.xlsx", "w") as packed:
        packed.writestr("[Content_Types].xml", "<x/>")
        packed.writestr("xl/workbook.xml", "<x/>")
    done = without_extras("read", str(tmp_path / "letters.xlsx"))
    assert done.returncode == 1
    assert "pip install 'kgraph[tables]'" in done.stderr
