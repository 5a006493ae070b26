"""Whatever a user points at is read, or costs one finding that says what to do."""

from __future__ import annotations

import http.server
import json
import os
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kgraph import sources
from kgraph.cli import main
from kgraph.model import Record
from kgraph.report import KgraphError, Report
from kgraph.sources import download, guard

CMIF = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><profileDesc>
{letters}
</profileDesc></teiHeader></TEI>
"""
LETTER = """<correspDesc key="{key}"><correspAction type="sent"><persName>Ada Größe</persName>
<placeName>Wien</placeName><date when="1899-03-0{key}"/></correspAction>
<correspAction type="received"><persName>Bo Lund</persName></correspAction></correspDesc>"""


def catalogue(count: int = 2) -> str:
    return CMIF.format(letters="\n".join(LETTER.format(key=n) for n in range(1, count + 1)))


def read(*given: str | Path, jobs: int = 1) -> tuple[list[Record], Report]:
    report = Report()
    found = [i for i in sources.items(given, report, jobs) if isinstance(i, Record)]
    return found, report


def zipped(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("letters.xml", catalogue())


BOMB = (
    '<?xml version="1.0"?>\n<!DOCTYPE TEI [\n<!ENTITY a "aaaaaaaaaa">\n'
    + "".join(f'<!ENTITY {b} "{("&" + a + ";") * 10}">\n' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + ']>\n<TEI xmlns="http://www.tei-c.org/ns/1.0"><correspDesc>&i;</correspDesc></TEI>'
)  # fmt: skip
OUTSIDE = (
    '<?xml version="1.0"?>\n<!DOCTYPE TEI [\n<!ENTITY secret SYSTEM "file:///etc/hostname">\n]>\n'
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><correspDesc key="1">'
    '<correspAction type="sent"><persName>&secret;</persName></correspAction></correspDesc></TEI>'
)
QUADRATIC = (
    f'<?xml version="1.0"?>\n<!DOCTYPE TEI [<!ENTITY a "{"a" * 50_000}">]>\n'
    f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><correspDesc>{"&a;" * 50_000}</correspDesc></TEI>'
)
BAD = {
    "empty.xml": (b"", "empty-file", None),
    "zeros.xml": (bytes(5000), "binary-file", None),
    "noise.xml": (bytes(range(256)) * 40, "binary-file", None),
    "picture.xml": (b"\x89PNG\r\n\x1a\n" + bytes(400), "binary-file", None),
    "letters.gz": (b"\x1f\x8b\x08" + bytes(60), "archive-file", None),
    "bomb.xml": (BOMB.encode(), "xml-entity", 4),
    "outside.xml": (OUTSIDE.encode(), "xml-entity", 3),
    "quadratic.xml": (QUADRATIC.encode(), "xml-entity", 2),
    "wide-bomb.xml": (BOMB.encode("utf-16"), "xml-entity", 4),
    "prose.txt": (b"Nothing here has a known shape.\n" * 20, "unknown-format", 1),
    "truncated.xml": (catalogue(9)[:-400].encode(), "xml-broken", None),
    "unclosed.csv": (
        b'sender,addressee,senderDate\nAda,"Bo,1899\n' + b"x," * 600_000,
        "table-broken",
        2,
    ),
    "columns.csv": (b"colour,weight\nred,3\n", "columns-unknown", 1),
    "broken.xlsx": (b"PK\x03\x04" + b"[Content_Types].xml xl/" + bytes(90), "table-broken", None),
}


@pytest.mark.parametrize("name", BAD)
def test_each_bad_file_costs_one_finding_and_the_others_are_read(tmp_path: Path, name: str) -> None:
    content, code, line = BAD[name]
    (tmp_path / name).write_bytes(content)
    (tmp_path / "zz-good.xml").write_text(catalogue(), "utf-8")
    found, report = read(tmp_path)
    (finding,) = report.findings
    assert finding.code == code
    assert finding.severity == "error"
    assert finding.where.startswith(str(tmp_path / name))
    if line is not None:
        assert finding.where == f"{tmp_path / name}:{line}"
    assert finding.hint
    good = [record for record in found if record.source == "zz-good.xml"]
    assert [record.number for record in good] == ["1", "2"]


def test_a_zip_is_one_finding_that_says_to_unpack(tmp_path: Path) -> None:
    zipped(tmp_path / "letters.zip")
    found, report = read(tmp_path / "letters.zip")
    (finding,) = report.findings
    assert (found, finding.code) == ([], "archive-file")
    assert "unpack" in (finding.hint or "")


@pytest.mark.parametrize(
    ("inside", "what"),
    [("word/document.xml", "a Word document"), ("content.xml", "a zip archive"),
     ("mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument text")],
)  # fmt: skip
def test_documents_of_a_word_processor_are_told_from_archives(
    tmp_path: Path, inside: str, what: str
) -> None:
    path = tmp_path / "letters.docx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(inside, "x")
    (finding,) = read(path)[1]
    assert what in finding.message
    assert (finding.hint or "").startswith("unpack" if "archive" in what else "give its text")


def test_a_workbook_without_sheets_is_one_finding_that_says_what_to_do(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl", reason="spreadsheets need openpyxl")
    path = tmp_path / "letters.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("[Content_Types].xml", "<x/>")
        packed.writestr("xl/workbook.xml", "<x/>")
    (finding,) = read(path)[1]
    assert (finding.code, finding.hint) == ("table-broken", "save it again, or export it as CSV")


def test_a_name_that_is_not_utf8_costs_one_finding_and_the_others_are_read(tmp_path: Path) -> None:
    for name in (b"a\xff.csv", "Brüder & Söhne.csv".encode()):
        (tmp_path / os.fsdecode(name)).write_text("Sender,Recipient\nAda Marl,Bo Lund\n")
    records, findings = read(tmp_path)
    assert [record.source for record in records] == ["Brüder & Söhne.csv"]
    assert [f.code for f in findings if f.severity == "error"] == ["file-name"]


def test_two_gigabytes_are_refused_at_once(tmp_path: Path) -> None:
    huge = tmp_path / "huge.xml"
    with huge.open("wb") as file:
        file.write(b'<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0">')
        file.truncate(2 << 30)
    found, report = read(huge)
    (finding,) = report.findings
    assert (found, finding.code) == ([], "too-large")
    assert "split" in (finding.hint or "")


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("utf-16", []),
        ("utf-16-le", ["not-utf8"]),
        ("cp1252", ["not-utf8"]),
    ],
)
def test_encodings_that_the_file_does_not_declare(
    tmp_path: Path, encoding: str, told: list[str]
) -> None:
    path = tmp_path / "letters.xml"
    path.write_bytes(catalogue().encode(encoding))
    found, report = read(path)
    assert [f.code for f in report.findings] == told
    assert found[0].senders[0].name == "Ada Größe"
    assert found[0].id == f"{tmp_path.name}-letters/1"
    for finding in report:
        assert finding.where.startswith(str(path))


def test_a_declared_encoding_is_believed(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.xml"
    text = catalogue().replace('encoding="UTF-8"', 'encoding="ISO-8859-1"')
    path.write_bytes(text.encode("latin-1"))
    found, report = read(path)
    assert len(report) == 0
    assert found[1].senders[0].name == "Ada Größe"


def test_findings_name_the_file_the_user_gave_and_not_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "letters.csv"
    path.write_bytes("sender,addressee,date\nAda Größe,Bo,gestern\n".encode("cp1252"))
    _, report = read(path)
    assert {f.code for f in report} >= {"not-utf8", "date-unreadable"}
    assert all(f.where.startswith(str(path)) for f in report)


def test_short_entities_are_let_pass(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.xml"
    path.write_text(
        catalogue().replace("<TEI ", '<!DOCTYPE TEI [<!ENTITY ouml "&#246;">]>\n<TEI '), "utf-8"
    )
    found, report = read(path)
    assert (len(found), len(report)) == (2, 0)


def test_reading_with_processes_gives_the_same_in_the_same_order(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"catalogue-{number}.xml").write_text(catalogue(number % 3 + 1), "utf-8")
    (tmp_path / "catalogue-2b.xml").write_text("", "utf-8")
    alone, report_alone = read(tmp_path)
    both, report_both = read(tmp_path, jobs=2)
    assert both == alone
    assert len(both) == 9
    assert report_both.findings == report_alone.findings


class _Endless:
    NAME = "endless"
    PAGED = False

    @staticmethod
    def sniff(head: bytes, name: str) -> bool:
        return name == "endless.txt"

    @staticmethod
    def read(path: Path, report: Report) -> Iterator[Record]:
        yield Record(id="x/1", source=path.name)
        while True:
            pass


class _Repeating(_Endless):
    NAME = "repeating"

    @staticmethod
    def read(path: Path, report: Report) -> Iterator[Record]:
        for _ in range(3):
            yield Record(id="x/1", source=path.name)


def test_records_of_a_file_never_share_an_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "SOURCES", (_Repeating,))
    (tmp_path / "endless.txt").write_text("x", "utf-8")
    found, report = read(tmp_path / "endless.txt")
    assert [r.id for r in found] == ["x/1", "x/1-2", "x/1-3"]
    assert [f.code for f in report] == ["same-id", "same-id"]


def test_ids_that_two_files_share_are_told_once(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "catalogue.xml").write_text(catalogue(), "utf-8")
    found, report = read(tmp_path)
    assert len(found) == 4
    assert [f.code for f in report] == ["same-id"]


class _Failing(_Endless):
    NAME = "failing"

    @staticmethod
    def read(path: Path, report: Report) -> Iterator[Record]:
        yield Record(id="x/1", source=path.name)
        raise ZeroDivisionError("by nought")


@pytest.mark.parametrize(
    ("reader", "code"), [(_Endless, "time-limit"), (_Failing, "reader-failed")]
)
def test_a_reader_that_hangs_or_fails_costs_one_finding_and_keeps_what_it_gave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: type, code: str
) -> None:
    monkeypatch.setattr(sources, "SOURCES", (reader, *sources.SOURCES))
    monkeypatch.setattr(guard, "SECONDS", 0.2)
    (tmp_path / "endless.txt").write_text("on and on", "utf-8")
    (tmp_path / "good.xml").write_text(catalogue(), "utf-8")
    found, report = read(tmp_path)
    assert [f.code for f in report] == [code]
    assert [r.id for r in found] == ["x/1", "good/1", "good/2"]


def test_what_is_not_there_is_bad_use(tmp_path: Path) -> None:
    with pytest.raises(KgraphError, match="no file, folder or http"):
        read(tmp_path / "absent.xml")


def test_folders_pass_over_what_is_no_source(tmp_path: Path) -> None:
    for name in ("README.md", "LICENSE", ".hidden", "schema.rng", "photo.jpg", "letters.toml"):
        (tmp_path / name).write_text("not a source", "utf-8")
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "catalogue.xml").write_text(catalogue(), "utf-8")
    (tmp_path / "deeper" / "round").symlink_to(tmp_path)
    found, report = read(tmp_path)
    assert (len(found), len(report)) == (2, 0)


def test_a_folder_of_numbered_pages_is_one_book(tmp_path: Path) -> None:
    for number in (1, 2, 4, 5):
        (tmp_path / f"page_{number:03}.txt").write_text("A page.\n", "utf-8")
    (tmp_path / "note.txt").write_text("all", "utf-8")
    assert list(sources.expand(tmp_path, Report())) == [tmp_path]


def test_pages_named_by_catalogue_numbers_are_files(tmp_path: Path) -> None:
    for number in (111625, 117349, 120001):
        (tmp_path / f"{number}.txt").write_text("A page.\n", "utf-8")
    assert len(list(sources.expand(tmp_path, Report()))) == 3


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    folder = tmp_path / "served"
    folder.mkdir()

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=str(folder))  # type: ignore[arg-type]

        def log_message(self, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            if self.path == "/away":
                self.send_response(302)
                self.send_header("Location", "file:///etc/hostname")
                self.end_headers()
            elif self.path == "/short":
                self.send_response(200)
                self.send_header("Content-Length", "1000")
                self.end_headers()
                self.wfile.write(b"sender,addressee\n")
            else:
                super().do_GET()

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}", folder
        running.shutdown()


def test_an_address_is_fetched_and_read(server: tuple[str, Path]) -> None:
    address, folder = server
    (folder / "catalogue.xml").write_text(catalogue(), "utf-8")
    found, report = read(f"{address}/catalogue.xml")
    assert [r.id for r in found] == ["catalogue/1", "catalogue/2"]
    assert len(report) == 0


@pytest.mark.parametrize(
    ("path", "code"), [("/absent.xml", "http-error"), ("/away", "http-error"), ("/short", "cut-short")]
)  # fmt: skip
def test_what_cannot_be_fetched_is_one_finding(
    server: tuple[str, Path], path: str, code: str
) -> None:
    found, report = read(server[0] + path)
    (finding,) = report.findings
    assert (found, finding.code, finding.where) == ([], code, server[0] + path)
    assert finding.hint


def test_an_answer_that_is_too_large_is_not_kept(
    server: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, folder = server
    (folder / "catalogue.xml").write_text(catalogue(), "utf-8")
    monkeypatch.setattr(download, "LIMIT", 100)
    found, report = read(f"{address}/catalogue.xml")
    assert ([f.code for f in report], found) == (["too-large"], [])


def test_no_server_is_one_finding() -> None:
    found, report = read("http://127.0.0.1:9/letters.xml")
    assert ([f.code for f in report], found) == (["no-connection"], [])


def kgraph_read(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["read", *arguments])
    return int(ended.value.code or 0)


def test_the_command_prints_records_as_json_lines(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "catalogue.xml").write_text(catalogue(), "utf-8")
    assert kgraph_read(str(tmp_path / "catalogue.xml")) == 0
    printed = capfdbinary.readouterr()
    lines = [json.loads(line) for line in printed.out.splitlines()]
    assert [line["id"] for line in lines] == ["catalogue/1", "catalogue/2"]
    assert lines[0].keys() >= {
        "id", "source", "form", "title", "senders", "on_behalf_of", "participants", "addressees",
        "copies_to", "date", "received", "place", "place_to", "classification", "handling", "numbers",
        "language", "translators", "legs", "holdings", "printed_in", "drafters", "clearers", "signed",
        "part_of", "contains", "relations", "mentions", "text_length",
    }  # fmt: skip
    assert "text" not in lines[0]
    assert lines[0]["date"]["earliest"] == "1899-03-01T00:00:00"


def test_the_text_that_spans_count_in_is_printed_when_asked(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "catalogue.xml").write_text(catalogue(1), "utf-8")
    assert kgraph_read(str(tmp_path / "catalogue.xml"), "--text") == 0
    line = json.loads(capfdbinary.readouterr().out)
    sender = line["senders"][0]
    assert line["text"][sender["start"] : sender["end"]] == sender["name"] == "Ada Größe"
    assert line["text_length"] == len(line["text"])


def test_findings_go_to_stderr_and_errors_to_the_status(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "empty.xml").write_bytes(b"")
    (tmp_path / "catalogue.xml").write_text(catalogue(), "utf-8")
    assert kgraph_read(str(tmp_path), "--jobs", "2") == 1
    printed = capfdbinary.readouterr()
    assert len(printed.out.splitlines()) == 2
    assert b"[empty-file]" in printed.err
    assert b"hint:" in printed.err


def test_other_items_are_printed_when_asked(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "p.csv").write_text("name,born\nAda Marl,1871\n", "utf-8")
    assert kgraph_read(str(tmp_path / "p.csv")) == 0
    assert capfdbinary.readouterr().out == b""
    assert kgraph_read(str(tmp_path / "p.csv"), "--all") == 0
    assert json.loads(capfdbinary.readouterr().out)["item"] == "Person"


@pytest.mark.parametrize("arguments", [["absent.xml"], ["x.xml", "--format", "yaml"]])
def test_bad_use_is_status_2(arguments: list[str]) -> None:
    assert kgraph_read(*arguments) == 2


@pytest.mark.parametrize("claimed", ["UTF-16", "utf-32", "klingon"])
def test_an_encoding_that_the_file_does_not_have(tmp_path: Path, claimed: str) -> None:
    path = tmp_path / "letters.xml"
    sample = Path(__file__).parent / "fuzz" / "samples" / "cmif" / "clocks.xml"
    body = sample.read_text("utf-8").partition("?>")[2] or sample.read_text("utf-8")
    path.write_text(f'<?xml version="1.0" encoding="{claimed}"?>{body}', "utf-8")
    report = Report()
    assert len([i for i in sources.read(path, report) if isinstance(i, Record)]) == 2
    assert [f.code for f in report] == ["encoding-wrong"]


def test_blanks_only_are_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "blank.txt"
    path.write_text(" \n\t\n", "utf-8")
    report = Report()
    assert list(sources.read(path, report)) == []
    assert [f.code for f in report] == ["empty-file"]


def test_an_unclosed_quotation_mark_is_told(tmp_path: Path) -> None:
    path = tmp_path / "letters.csv"
    path.write_text('sender,recipient\n"Ada,Bo\n' + "Bo,Ada\n" * 2000, "utf-8")
    report = Report()
    list(sources.read(path, report))
    assert [(f.code, f.where.rpartition(":")[2]) for f in report if f.severity == "warning"] == [
        ("cell-too-long", "2")
    ]
