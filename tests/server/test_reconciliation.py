"""The reconciliation service as OpenRefine asks it; answers against the schemas of API 0.2."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7
from starlette.testclient import TestClient


def check(shared: Path, name: str, found: Any) -> None:
    folder = shared / "suites" / "reconciliation-0.2" / "schemas"
    if not folder.is_dir():
        pytest.skip(f"the schemas of the API are not at {folder}")

    def retrieve(uri: str) -> Resource[Any]:
        """The schema of that name, from the folder instead of the web."""
        name = uri.rpartition("/")[2]
        return DRAFT7.create_resource(json.loads((folder / name).read_text()))

    schema = json.loads((folder / name).read_text())
    kind = jsonschema.validators.validator_for(schema)
    kind(schema, registry=Registry(retrieve=retrieve)).validate(found)


@pytest.mark.shared
@pytest.mark.parametrize(("address", "schema"), [
    ("/reconcile/suggest/entity?prefix=khru", "suggest-entities-response.json"),
    ("/reconcile/suggest/type?prefix=per", "suggest-types-response.json"),
    ("/reconcile/suggest/property?prefix=bir", "suggest-properties-response.json"),
    ("/reconcile/properties?type=person", "data-extension-property-proposal.json"),
])  # fmt: skip
def test_answers_follow_the_schemas(
    client: TestClient, shared: Path, address: str, schema: str
) -> None:
    check(shared, schema, client.get(address).json())


def test_the_manifest_leads_to_its_own_server(client: TestClient) -> None:
    manifest = client.get("/reconcile").json()
    assert "0.2" in manifest["versions"]
    assert manifest["suggest"]["entity"]["service_url"] == "http://testserver/reconcile"


@pytest.mark.shared
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_name_finds_its_person(client: TestClient, shared: Path, method: str) -> None:
    batch = json.dumps({"q0": {"query": "Khrushchev, Nikita", "type": "person"}})
    if method == "get":
        found = client.get("/reconcile", params={"queries": batch}).json()
    else:
        found = client.post("/reconcile", data={"queries": batch}).json()
    assert found["q0"]["result"][0]["id"] == "person/khrushchev-nikita"
    check(shared, "reconciliation-result-batch.json", found)


def test_what_cannot_be_read_is_refused(client: TestClient) -> None:
    assert client.get("/reconcile", params={"queries": "no json"}).status_code == 400
    assert client.get("/reconcile/preview?id=person/nobody").status_code == 404


def test_places_and_bodies_of_the_gazetteer_can_be_reconciled(client: TestClient) -> None:
    batch = json.dumps(
        {"q0": {"query": "Tokyo", "type": "place"}, "q1": {"query": "NATO", "type": "body"}}
    )
    found = client.get("/reconcile", params={"queries": batch}).json()
    assert [found[q]["result"][0]["id"] for q in ("q0", "q1")] == [
        "place/tokyo", "body/north-atlantic-treaty-organization",
    ]  # fmt: skip
    assert found["q0"]["result"][0]["match"] is True
    assert "Tokyo" in client.get("/reconcile/preview?id=place/tokyo").text


# What OpenRefine sends, in the order in which its dialogues send it.


@pytest.mark.parametrize("path", ["", "/suggest/entity", "/suggest/property", "/properties"])
def test_older_clients_ask_for_a_script(client: TestClient, path: str) -> None:
    asked = {"callback": "jQuery19_1.f$", "prefix": "khru", "type": "person", "_": "1400000000"}
    found = client.get(f"/reconcile{path}", params=asked)
    assert found.headers["content-type"].startswith("application/javascript")
    assert found.headers["x-content-type-options"] == "nosniff"
    body = found.text.removeprefix("/**/jQuery19_1.f$(").removesuffix(");")
    asked.pop("callback")
    assert json.loads(body) == client.get(f"/reconcile{path}", params=asked).json()


@pytest.mark.parametrize("name", ["alert(1)//", "a b", "<script>", "a" * 101])
def test_a_callback_that_is_no_name_is_refused(client: TestClient, name: str) -> None:
    assert client.get("/reconcile", params={"callback": name}).status_code == 400


def test_types_are_guessed_from_a_sample_without_types(client: TestClient) -> None:
    names = ["Foy Kohler", "Khrushchev", "Anatoly Dobrynin", "Kennedy, Robert", "Dean Rusk",
             "Mikoyan", "Gromyko", "Llewellyn Thompson", "Bundy", "Nobody Atall"]  # fmt: skip
    batch = {f"q{n}": {"query": name, "limit": 3} for n, name in enumerate(names)}
    found = client.post("/reconcile", data={"queries": json.dumps(batch)}).json()
    assert set(found) == set(batch)
    types = [r["result"][0]["type"][0]["id"] for r in found.values() if r["result"]]
    assert types.count("person") >= 8
    assert all(len(r["result"]) <= 3 for r in found.values())


def test_a_batch_with_columns_as_properties(client: TestClient) -> None:
    batch = {
        "q0": {"query": "Kennedy", "type": "person", "type_strict": "should", "limit": 5,
               "properties": [{"pid": "birth", "v": "1925"}, {"p": "Office", "pid": "office", "v": {"id": "x", "name": "Attorney General"}}]},
        "q1": {"query": "", "type": "person", "type_strict": "should"},
    }  # fmt: skip
    found = client.post("/reconcile", data={"queries": json.dumps(batch)}).json()
    assert found["q0"]["result"][0]["id"] == "person/kennedy-robert"
    assert found["q1"]["result"] == []


def test_a_cell_is_searched_previewed_and_extended(client: TestClient) -> None:
    manifest = client.get("/reconcile").json()
    suggest = manifest["suggest"]["entity"]
    address = (suggest["service_url"] + suggest["service_path"]).removeprefix("http://testserver")
    chosen = client.get(address, params={"prefix": "kohl"}).json()["result"][0]
    assert chosen["id"] == "person/kohler"
    preview = manifest["preview"]["url"].replace("{{id}}", chosen["id"])
    page = client.get(preview.removeprefix("http://testserver"))
    assert page.headers["content-type"].startswith("text/html")
    proposed = client.get("/reconcile/properties", params={"type": "person", "limit": 3}).json()
    assert len(proposed["properties"]) == 3
    asked = {"ids": [chosen["id"]], "properties": [{"id": p["id"]} for p in proposed["properties"]]}
    extended = client.post("/reconcile", data={"extend": json.dumps(asked)}).json()
    assert [m["id"] for m in extended["meta"]] == [p["id"] for p in proposed["properties"]]
    assert set(extended["rows"][chosen["id"]]) == {p["id"] for p in proposed["properties"]}
