"""OAI-PMH 2.0: answers that validate, lists that are whole, deletions that last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from starlette.testclient import TestClient

from kgraph.build import build
from kgraph.server.application import Settings, application

from .conftest import Running
from .editing import calendar

NS = {"o": "http://www.openarchives.org/OAI/2.0/", "dc": "http://purl.org/dc/elements/1.1/",
      "tei": "http://www.tei-c.org/ns/1.0"}  # fmt: skip
FRUS21 = "https://w3id.org/kgraph/id/document/frus/21"


@pytest.fixture(scope="module")
def schema(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> etree.XMLSchema:
    """The protocol's XSD together with that of oai_dc."""
    folder = shared / "suites" / "oai-pmh"
    if not folder.is_dir():
        pytest.skip(f"the OAI-PMH schemas are not at {folder}")
    made = tmp_path_factory.mktemp("xsd")
    for name in ("OAI-PMH.xsd", "oai_dc.xsd", "simpledc20021212.xsd"):
        text = (folder / name).read_text()
        text = re.sub(r'schemaLocation="[^"]*/([^"/]+\.xsd)"', r'schemaLocation="\1"', text)
        (made / name).write_text(text)
    (made / "xml.xsd").write_text(
        '<schema xmlns="http://www.w3.org/2001/XMLSchema" '
        'targetNamespace="http://www.w3.org/XML/1998/namespace">'
        '<attribute name="lang" type="language"/></schema>'
    )
    (made / "all.xsd").write_text(
        '<schema xmlns="http://www.w3.org/2001/XMLSchema">'
        f'<import namespace="{NS["o"]}" schemaLocation="OAI-PMH.xsd"/>'
        '<import namespace="http://www.openarchives.org/OAI/2.0/oai_dc/" '
        'schemaLocation="oai_dc.xsd"/></schema>'
    )
    return etree.XMLSchema(etree.parse(str(made / "all.xsd")))


def ask(client: TestClient, **arguments: str) -> etree._Element:
    named = {name.rstrip("_"): value for name, value in arguments.items()}
    return etree.fromstring(client.get("/oai", params=named).content)


def records(client: TestClient, verb: str, **arguments: str) -> Iterator[etree._Element]:
    """All records or headers of a list, token by token."""
    while True:
        answer = ask(client, verb=verb, **arguments)
        assert not answer.xpath("//o:error", namespaces=NS), etree.tostring(answer)
        yield from answer.xpath("//o:header", namespaces=NS)
        token = answer.findtext(".//o:resumptionToken", namespaces=NS)
        if not token:
            return
        arguments = {"resumptionToken": token}


@pytest.mark.shared
@pytest.mark.parametrize("query", [
    "verb=Identify", "verb=ListSets", "verb=ListMetadataFormats",
    "verb=ListIdentifiers&metadataPrefix=oai_dc", "verb=ListRecords&metadataPrefix=oai_dc",
    f"verb=GetRecord&metadataPrefix=oai_dc&identifier={FRUS21}",
    "verb=ListRecords", "verb=Nothing", "", "verb=ListRecords&metadataPrefix=marc",
    "verb=Identify&verb=ListSets", "verb=ListRecords&metadataPrefix=oai_dc&from=yesterday",
    "verb=GetRecord&metadataPrefix=oai_dc&identifier=nothing",
])  # fmt: skip
def test_answers_validate(client: TestClient, schema: etree.XMLSchema, query: str) -> None:
    answer = client.get("/oai?" + query)
    assert answer.headers["content-type"].startswith("text/xml")
    assert schema.validate(etree.fromstring(answer.content)), schema.error_log


@pytest.mark.parametrize(("query", "code"), [
    ("verb=Nothing", "badVerb"), ("", "badVerb"), ("verb=ListRecords", "badArgument"),
    ("verb=Identify&set=x", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&from=2020-01-01&until=2020-01-01T00:00:00Z", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&until=1990-01-01", "noRecordsMatch"),
    ("verb=ListRecords&metadataPrefix=oai_dc&set=none", "noRecordsMatch"),
    ("verb=ListRecords&resumptionToken=xyz", "badResumptionToken"),
    ("verb=ListRecords&metadataPrefix=marc", "cannotDisseminateFormat"),
    ("verb=GetRecord&metadataPrefix=oai_dc&identifier=nothing", "idDoesNotExist"),
])  # fmt: skip
def test_errors_have_their_codes(client: TestClient, query: str, code: str) -> None:
    answer = etree.fromstring(client.get("/oai?" + query).content)
    assert answer.find("o:error", NS).get("code") == code  # type: ignore[union-attr]


def test_post_is_answered_like_get(client: TestClient) -> None:
    posted = etree.fromstring(client.post("/oai", data={"verb": "Identify"}).content)
    assert posted.findtext(".//o:deletedRecord", namespaces=NS) == "persistent"


def test_a_list_is_whole_and_without_repetition(client: TestClient) -> None:
    found = [
        h.findtext("o:identifier", namespaces=NS)
        for h in records(client, "ListIdentifiers", metadataPrefix="oai_dc")
    ]
    assert len(found) == len(set(found)) > 300
    assert FRUS21 in found


def test_sets_part_the_list(client: TestClient) -> None:
    everything = sum(1 for _ in records(client, "ListIdentifiers", metadataPrefix="oai_dc"))
    one = [
        [s.text for s in h.findall("o:setSpec", NS)]
        for h in records(
            client, "ListIdentifiers", metadataPrefix="oai_dc", set="channel:bolshakov"
        )
    ]
    assert 0 < len(one) < everything
    assert all("channel:bolshakov" in specs for specs in one)


@pytest.mark.parametrize("more", [{}, {"set": "status:extant"}, {"set": "source"}])
@pytest.mark.parametrize("prefix", ["oai_dc", "cmif"])
def test_a_list_in_pages_is_whole(client: TestClient, prefix: str, more: dict[str, str]) -> None:
    asked = {"verb": "ListIdentifiers", "metadataPrefix": prefix, **more}
    found: list[str] = []
    sizes: set[str] = set()
    while True:
        tree = etree.fromstring(client.get("/oai", params=asked).content)
        token = tree.find(".//{*}resumptionToken")
        if token is not None:
            assert token.get("cursor") == str(len(found))
            sizes.add(token.get("completeListSize"))
        found += [e.text for e in tree.iterfind(".//{*}identifier")]
        if token is None or not token.text:
            break
        asked = {"verb": "ListIdentifiers", "resumptionToken": token.text}
    assert len(found) == len(set(found)) > 100
    assert sizes == {str(len(found))}


def test_dublin_core_says_who_wrote_when(client: TestClient) -> None:
    record = ask(client, verb="GetRecord", metadataPrefix="oai_dc", identifier=FRUS21)
    assert "Khrushchev" in (record.findtext(".//dc:creator", namespaces=NS) or "")
    assert record.findtext(".//dc:date", namespaces=NS) == "1961-09-29"


@pytest.mark.shared
def test_every_cmif_record_is_valid_cmif(client: TestClient, shared: Path) -> None:
    path = shared / "suites" / "cmif" / "schema" / "cmi-customization.rng"
    schema = etree.RelaxNG(etree.parse(str(path)))
    answer = ask(client, verb="ListRecords", metadataPrefix="cmif", set="source:dossier")
    letters = answer.findall(".//tei:TEI", NS)
    assert len(letters) > 50
    for letter in letters:
        assert schema.validate(etree.ElementTree(letter)), schema.error_log


def test_a_document_that_is_no_letter_has_no_cmif(client: TestClient) -> None:
    letters = {
        h.findtext("o:identifier", namespaces=NS)
        for h in records(client, "ListIdentifiers", metadataPrefix="cmif")
    }
    other = next(
        h.findtext("o:identifier", namespaces=NS)
        for h in records(client, "ListIdentifiers", metadataPrefix="oai_dc")
        if h.findtext("o:identifier", namespaces=NS) not in letters
    )
    answer = ask(client, verb="GetRecord", metadataPrefix="cmif", identifier=str(other))
    assert answer.find("o:error", NS).get("code") == "cannotDisseminateFormat"  # type: ignore[union-attr]


def test_deletions_last(tmp_path: Path) -> None:
    home, source = tmp_path / "store", tmp_path / "letters.yaml"
    source.write_text(calendar(("a/1", "First letter"), ("a/2", "Second letter")))
    build([source], home, jobs=1)
    with TestClient(application(Settings(home, workers=1))) as client:
        assert len(list(records(client, "ListIdentifiers", metadataPrefix="oai_dc"))) == 2
        source.write_text(calendar(("a/1", "First letter")))
        build([source], home, jobs=1)
        source.write_text(calendar(("a/1", "First letter, corrected")))
    build([source], home, jobs=1)
    with TestClient(application(Settings(home, workers=1))) as client:  # a new process' view
        headers = {
            str(h.findtext("o:identifier", namespaces=NS)).rpartition("document/")[2]: h
            for h in records(client, "ListIdentifiers", metadataPrefix="oai_dc")
        }
        assert headers["a/2"].get("status") == "deleted"
        assert headers["a/1"].get("status") is None
        stamp = headers["a/1"].findtext("o:datestamp", namespaces=NS)
        changed = list(
            records(client, "ListIdentifiers", metadataPrefix="oai_dc", **{"from": str(stamp)})
        )
        assert len(changed) >= 1


def test_sickle_harvests_everything(running: Running) -> None:
    sickle = pytest.importorskip("sickle", reason="the harvester sickle is not installed")
    harvester = sickle.Sickle(running.url + "/oai")
    assert harvester.Identify().deletedRecord == "persistent"
    found = list(harvester.ListRecords(metadataPrefix="oai_dc"))
    assert len(found) > 300
    assert any("Khrushchev" in " ".join(r.metadata.get("creator", [])) for r in found)
    assert {f.metadataPrefix for f in harvester.ListMetadataFormats()} == {"oai_dc", "cmif"}
