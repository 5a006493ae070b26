"""Pictures on pages are light and say in words what they draw."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from kgraph.export.picture import NEAR, lean

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("name", ["network", "map", "ego/person/khrushchev-nikita"])
def test_names_in_pictures_are_words(site: TestClient, name: str) -> None:
    answer = site.get(f"/pictures/{name}.svg")
    assert answer.status_code == 200
    words = {"".join(t.itertext()) for t in ET.fromstring(answer.content).iter(SVG + "text")}
    assert any("Khrushchev" in w for w in words) or "Moscow" in words
    assert len(answer.content) < 400_000


def test_a_picture_that_is_not_there_is_missing(site: TestClient) -> None:
    assert site.get("/pictures/nothing.svg").status_code == 404
    assert site.get("/pictures/route/none.svg").status_code == 404


@given(st.lists(st.tuples(st.floats(0, 900), st.floats(0, 600)), min_size=2, max_size=40))
def test_lean_lines_begin_and_end_where_they_did(points: list[tuple[float, float]]) -> None:
    d = "M {:.6f} {:.6f} ".format(*points[0]) + "".join(
        f" L {x:.6f} {y:.6f} " for x, y in points[1:]
    )
    shorter = lean(d)
    assert len(shorter) <= len(d)
    kept = [tuple(map(float, one.split())) for one in shorter[1:].split("L")]
    for drawn, meant in ((kept[0], points[0]), (kept[-1], points[-1])):
        assert drawn == pytest.approx(meant, abs=NEAR)
