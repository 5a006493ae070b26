"""What the network explorer is given: everything, or the chief ties of a large network."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from starlette.testclient import TestClient

from kgraph.network import load_network
from kgraph.server.pages.explorer import of_network, strongest


def test_of_many_ties_those_with_most_letters_stay(shipped_store: Path) -> None:
    whole = load_network(shipped_store)
    assert strongest(whole, whole.ties.height) is whole
    part = strongest(whole, 10)
    counts = sorted(whole.ties["letters"].to_list(), reverse=True)
    assert sorted(part.ties["letters"].to_list(), reverse=True) == counts[:10]
    assert part.letters.height == sum(counts[:10])
    assert set(part.nodes["id"]) == {*part.letters["source"], *part.letters["target"]}
    one = whole.number("person/dobrynin")
    near = strongest(whole, 10, one).letters
    mine = (whole.ties["s"] == one) | (whole.ties["t"] == one)
    ends = [{*pair} for pair in near.select("source", "target").unique().iter_rows()]
    assert len(ends) == 10
    assert sum("person/dobrynin" in pair for pair in ends) == mine.sum()


def test_every_letter_is_given_where_there_is_room(shipped_store: Path) -> None:
    whole = load_network(shipped_store)
    told = json.loads(of_network(whole))
    assert told["of"] == {"nodes": whole.size, "ties": None}
    given = Counter(
        (told["nodes"][a]["path"], told["nodes"][b]["path"]) for a, b, *_ in told["letters"]
    )
    assert given["/doc/person/khrushchev-nikita", "/doc/person/kennedy-john-f"] == 59
    assert sum(given.values()) == whole.letters.height


def test_letters_around_a_person(site: TestClient) -> None:
    page = site.get("/network?person=person/dobrynin", headers={"Accept": "text/html"})
    assert "<h1>Letters around Anatoly F. Dobrynin</h1>" in page.text
    assert 'data-from="/network.json?person=person/dobrynin"' in page.text
    told = site.get("/network.json?person=person/dobrynin").json()
    paths = [node["path"] for node in told["nodes"]]
    me = paths.index("/doc/person/dobrynin")
    others = set(range(len(paths))) - {me}
    assert others
    assert others == {b if a == me else a for a, b, *_ in told["letters"] if me in (a, b)}
    assert told["of"]["nodes"] == len(paths)


def test_nobody_has_no_letters(site: TestClient) -> None:
    assert site.get("/network.json?person=person/nobody").status_code == 404
    page = site.get("/network?person=person/nobody", headers={"Accept": "text/html"})
    assert "<h1>Network of correspondents</h1>" in page.text
