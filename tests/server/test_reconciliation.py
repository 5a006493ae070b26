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
