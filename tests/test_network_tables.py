"""From records to edge tables, and which edges count."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import networkx as nx
import polars as pl
import pytest

from kgraph.model import Event, Participant, Party, Record, Relation, Statement
from kgraph.network import EdgeTables, Selection, from_records, load, network_of
from kgraph.network import tables as edge_tables
from kgraph.network.selection import moment
from kgraph.network.tables import unify
from kgraph.report import KgraphError
from networks import ambassadors, authority, grove, hop, letter, on


@pytest.fixture(scope="module")
def tables() -> EdgeTables:
    return from_records(grove())


def pairs(tables: EdgeTables, layer: str) -> set[tuple[str, str, str]]:
    rows = tables.layer(layer).select("source", "target", "document")
    return {(s.split("/")[1], t.split("/")[1], d) for s, t, d in rows.iter_rows()}


def test_every_sender_wrote_to_every_addressee(tables: EdgeTables) -> None:
    wrote = pairs(tables, "wrote-to")
    assert ("ash", "cedar", "grove/3") in wrote
    assert ("elm", "cedar", "grove/3") in wrote
    shares = tables.layer("wrote-to").filter(document="grove/3")["share"].to_list()
    assert shares == [0.5, 0.5]


def test_hops_follow_the_hands_and_the_channel_is_that_of_the_route(tables: EdgeTables) -> None:
    handed = pairs(tables, "handed-to")
    assert {("ash", "birch", "grove/1"), ("birch", "cedar", "grove/1")} <= handed
    first = tables.layer("wrote-to").filter(document="grove/1")
    assert first["channel"].to_list() == ["bolshakov"]
    assert first["mode"].to_list() == ["hand delivery"]


def test_a_carrier_stands_between_giver_and_receiver() -> None:
    carried = letter(1, "person/ash", "person/cedar", legs=(
        hop(1, "person/ash", "person/cedar", mode="courier", by=Party(name="Fir", id="person/fir")),
    ))  # fmt: skip
    assert pairs(from_records([carried]), "handed-to") == {
        ("ash", "fir", "grove/1"), ("fir", "cedar", "grove/1"),
    }  # fmt: skip


def test_a_hop_without_a_giver_goes_on_from_the_last_hand_and_says_so() -> None:
    record = letter(1, "person/ash", "person/cedar", legs=(
        hop(1, None, "person/birch", mode="courier"), hop(2, None, "person/cedar", mode="mail"),
    ))  # fmt: skip
    rows = from_records([record]).layer("handed-to")
    assert rows["source"].to_list() == ["person/ash", "person/birch"]
    assert set(rows["certainty"]) == {"inferred"}


def test_translating_is_no_hop() -> None:
    record = letter(1, "person/ash", "person/cedar", legs=(
        hop(1, "person/ash", "person/birch", mode="translation"),
    ))  # fmt: skip
    assert not from_records([record]).layer("handed-to").height


def test_mentions_copies_and_conversations(tables: EdgeTables) -> None:
    assert pairs(tables, "mentions") == {("dogwood", "elm", "grove/4")}
    assert pairs(tables, "copied-to") == {("office-of-trees", "elm", "grove/5")}
    ash, birch, elm = (Party(name=x, id=f"person/{x}") for x in ("ash", "birch", "elm"))
    talk = Event(
        id="event/walk", label="A walk", source="grove", kind="conversation",
        participants=tuple(Participant(party=p) for p in (ash, birch, elm)),
        statements=(Statement(speaker=elm, hearers=(Party(name="fir", id="person/fir"),),
                              summary="spoke of leaves"),),
    )  # fmt: skip
    spoke = from_records([talk])
    assert pairs(spoke, "spoke-with") == {
        ("ash", "birch", "event/walk"), ("ash", "elm", "event/walk"),
        ("birch", "elm", "event/walk"), ("elm", "fir", "event/walk"),
    }  # fmt: skip
    network = network_of(spoke, Selection(layers=("spoke-with",)))
    assert network.matrix.toarray().tolist() == network.matrix.T.toarray().tolist()


def test_a_planned_meeting_is_not_counted_as_spoken() -> None:
    people = tuple(Participant(party=Party(name=x, id=f"person/{x}")) for x in ("ash", "elm"))
    plan = Event(id="event/tea", label="Tea", source="grove", kind="meeting", status="planned",
                 participants=people)  # fmt: skip
    assert not from_records([plan]).edges.height


def test_two_records_of_one_document_are_one_letter_whose_date_spans_both() -> None:
    a = letter("a", "person/ash", "person/cedar", on("1961-03-01"))
    b = letter("b", "person/ash", "person/cedar", on("1961-03-04"))
    once = unify(from_records([a, b]), {"grove/b": "grove/a"})
    (row,) = once.layer("wrote-to").to_dicts()
    assert (row["document"], row["records"], row["edtf"]) == ("grove/a", 2, "1961-03-01/1961-03-04")
    assert row["date_earliest"] == datetime(1961, 3, 1)
    assert row["date_latest"] == datetime(1961, 3, 4, 23, 59, 59)
    assert once.documents.height == 1


def test_a_vaguer_date_does_not_widen_a_letter_and_every_record_has_its_say() -> None:
    day, year = on("1960-11-09"), on("1960-01-01", "1960-12-31")
    a, b = (letter(x, "person/ash", "person/cedar", d) for x, d in (("a", day), ("b", year)))
    for records in ([a, b], [b, a]):
        once = unify(from_records(records), {"grove/b": "grove/a"})
        (row,) = once.layer("wrote-to").to_dicts()
        assert row["date_earliest"] == datetime(1960, 11, 9)
        assert (row["edtf"], row["records"]) == ("1960-11-09", 2)
    other = letter("c", (), "person/elm", on("1960-11-11"))  # names no sender, yet a day
    once = unify(from_records([a, b, other]), {"grove/b": "grove/a", "grove/c": "grove/a"})
    (row,) = once.layer("wrote-to").to_dicts()
    assert row["edtf"] == "1960-11-09/1960-11-11"
    half, rest = on("1960-11-01", "1960-11-12"), on("1960-11-10", "1960-11-30")
    halves = [letter(x, "person/ash", "person/cedar", d) for x, d in (("a", half), ("b", rest))]
    (row,) = unify(from_records(halves), {"grove/b": "grove/a"}).layer("wrote-to").to_dicts()
    assert row["edtf"] == "1960-11-10/1960-11-12"


def test_a_translation_is_counted_with_its_original_under_the_name_that_a_source_brings() -> None:
    original = letter("ru", "person/cedar", "person/ash", status="cited")
    english = letter("en", "person/cedar", "person/ash",
                     relations=(Relation(type="translation-of", target="grove/ru"),))  # fmt: skip
    rows = unify(from_records([original, english])).layer("wrote-to")
    assert rows.select("document", "status").rows() == [("grove/en", "extant")]


def test_agents_that_were_merged_are_one_node() -> None:
    records = [letter(1, "person/ash", "person/cedar"), letter(2, "person/birch", "person/cedar")]
    once = unify(from_records(records), {}, {"person/birch": "person/ash"})
    assert network_of(once).ids == ["person/ash", "person/cedar"]


def test_tables_come_back_from_their_folder(tables: EdgeTables, tmp_path: Path) -> None:
    tables.write(tmp_path)
    back = edge_tables.read(tmp_path)
    assert back.edges.sort(back.edges.columns[:6]).equals(
        tables.edges.sort(tables.edges.columns[:6])
    )
    assert back.nodes.equals(tables.nodes)
    assert nx.is_isomorphic(load(tmp_path), load(tables))


def test_the_graph_of_letters_keeps_parallel_ones_with_their_dates(tables: EdgeTables) -> None:
    graph = load(tables)
    found = graph.get_edge_data("person/ash", "person/cedar")
    assert len(found) == 2
    assert {d["document"] for d in found.values()} == {"grove/1", "grove/3"}
    assert {d["date_earliest"] for d in found.values()} == {
        "1961-03-01T00:00:00", "1961-04-01T00:00:00",
    }  # fmt: skip
    assert graph.nodes["person/ash"]["side"] == "us"


def documents(tables: EdgeTables, **choices: object) -> set[str]:
    network = network_of(tables, Selection(**choices))  # type: ignore[arg-type]
    return {d.removeprefix("grove/") for d in network.letters["document"]}


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({}, {"1", "2", "3", "4", "5"}),
        ({"known": True}, {"1", "2", "3", "4", "5", "6", "6/en"}),
        ({"channels": ("back channel",)}, {"1"}),
        ({"channels": ("telegram",)}, {"2", "3"}),
        ({"without_channels": ("bolshakov", "telegram")}, {"4", "5"}),
        ({"channels": ("not stated",)}, {"4", "5"}),
        ({"start": datetime(1961, 5, 1), "end": datetime(1961, 5, 31)}, {"3"}),
        (
            {"start": datetime(1961, 4, 1), "end": datetime(1961, 5, 1), "surely": True},
            set(),
        ),
        ({"places": ("Oakham",)}, {"2"}),
        ({"sides": ("british",)}, {"3"}),
        ({"classifications": ("secret",)}, {"4"}),
    ],
)
def test_filters(tables: EdgeTables, choices: dict[str, object], expected: set[str]) -> None:
    assert documents(tables, **choices) == expected


def test_a_joint_letter_counts_full_or_split(tables: EdgeTables) -> None:
    full = network_of(tables, Selection(joint="full"))
    split = network_of(tables, Selection(joint="split"))
    assert full.ties["weight"].sum() == 6
    assert split.ties["weight"].sum() == 5


def test_an_office_survives_its_holders() -> None:
    letters = [
        letter(1, "person/ash", "person/cedar", on("1961-06-30")),
        letter(2, "person/birch", "person/cedar", on("1961-07-01")),
        letter(3, "person/birch", "person/cedar", on("1961-06-01")),
    ]
    tables = from_records([*ambassadors(), *letters])
    found = network_of(tables, Selection(by="office"))
    assert found.ids == ["person/birch", "person/cedar", "position/envoy"]
    ties = {(found.ids[s], w) for s, _, w in found.ties.select("s", "t", "weight").iter_rows()}
    assert ties == {("position/envoy", 2.0), ("person/birch", 1.0)}


def test_governments(tables: EdgeTables) -> None:
    found = network_of(tables, Selection(by="government"))
    assert found.nodes["label"].to_list() == ["Great Britain", "Soviet Union", "United States"]
    assert found.letters.filter(document="grove/5")["source"].to_list() == ["government/us"]


def test_the_authoritys_label_wins_over_the_name_as_written() -> None:
    record = Record(id="x/1", source="x", senders=(Party(name="A. A.", id="person/ash"),),
                    addressees=(Party(name="C.", id="person/cedar"),))  # fmt: skip
    found = network_of(from_records([record, *authority()]))
    assert found.nodes["label"].to_list() == ["Ada Ash", "Cyril Cedar"]


def test_unknown_words_are_refused_with_a_hint() -> None:
    with pytest.raises(KgraphError) as error:
        Selection(channels=("bolshekov",))
    assert error.value.hint == "did you mean bolshakov?"
    with pytest.raises(KgraphError):
        Selection(layers=("wrote",))
    with pytest.raises(KgraphError):
        moment("1961-13")
    with pytest.raises(KgraphError):
        Selection(start=datetime(1963, 1, 1), end=datetime(1962, 1, 1))


def test_a_bound_means_the_whole_of_its_year_month_or_day() -> None:
    assert moment("1961") == datetime(1961, 1, 1)
    assert moment("1961", last=True) == datetime(1961, 12, 31, 23, 59, 59)
    assert moment("1964-02", last=True) == datetime(1964, 2, 29, 23, 59, 59)


def test_no_records_give_empty_tables() -> None:
    empty = from_records([])
    assert empty.edges.schema == pl.Schema(edge_tables.EDGES)
    assert network_of(empty).size == 0


@pytest.mark.parametrize("layer", edge_tables.LAYERS)
def test_sparql_gives_the_same_ties_as_the_columns(shipped_store: Path, layer: str) -> None:
    from kgraph.network.asking import from_endpoint
    from kgraph.network.network import tables_of
    from kgraph.store import open_store

    def ties(tables: EdgeTables) -> dict[tuple[str, str], float]:
        network = network_of(tables, Selection(layers=(layer,)))
        ids = network.ids
        return {(ids[s], ids[t]): w for s, t, w in network.ties.select("s", "t", "weight").rows()}

    asked = ties(from_endpoint(open_store(shipped_store), (layer,)))
    stored = ties(tables_of(shipped_store, (layer,)))
    assert asked
    assert asked == stored


def test_an_endpoint_tells_titles_offices_and_answers_too(shipped_store: Path) -> None:
    from kgraph.network.asking import from_endpoint
    from kgraph.network.network import tables_of
    from kgraph.store import open_store

    asked = from_endpoint(open_store(shipped_store), ("wrote-to",))
    stored = tables_of(shipped_store, ("wrote-to",))
    for name in ("documents", "replies", "offices"):
        assert getattr(asked, name).height == getattr(stored, name).height > 0
    assert asked.documents["title"].null_count() == 0
    by_office = Selection(by="office")
    assert network_of(asked, by_office).ids == network_of(stored, by_office).ids


def test_an_endpoint_tells_the_dates_and_channels_of_the_store(shipped_store: Path) -> None:
    from kgraph.network import load_network
    from kgraph.network.asking import from_endpoint
    from kgraph.store import open_store

    asked = from_endpoint(open_store(shipped_store), ("wrote-to",)).edges
    kept = load_network(shipped_store).letters
    both = kept.join(asked, on=["source", "target", "document"], suffix="_asked")
    assert both.height == kept.height
    for column, most in (("date_earliest", 0.01), ("date_latest", 0.05), ("channel", 0.02)):
        here, there = pl.col(column), pl.col(f"{column}_asked")
        if column == "channel":
            here = here.fill_null("not stated")
            there = there.fill_null("not stated")
        differ = both.filter(here.ne_missing(there))
        # an endpoint has one date where sources disagree, and one channel of several
        assert differ.height <= most * both.height, differ.select("document", here, there)


def test_an_endpoint_tells_a_source_of_every_letter_and_pictures_name_them(
    shipped_store: Path,
) -> None:
    from kgraph.cli.plot import _sources
    from kgraph.lookup import titles_of_sources
    from kgraph.network import load_network
    from kgraph.network.asking import from_endpoint
    from kgraph.store import open_store

    asked = from_endpoint(open_store(shipped_store), ("wrote-to",))
    kept = load_network(shipped_store).letters.select("document", kept="source_id").unique()
    both = asked.edges.select("document", "source_id").unique().join(kept, on="document")
    assert both["source_id"].null_count() == 0
    # of several sources of a document each tells one, not always the same
    assert (both["source_id"] == both["kept"]).mean() > 0.8  # type: ignore[operator]
    titles = titles_of_sources(open_store(shipped_store))
    assert _sources(asked, ("wrote-to",), titles).startswith(
        "Sources: Foreign Relations of the United States, 1961-1963, Volume VI; Russian collection"
    )
    assert "frus1961-63v06; dossier" in _sources(asked, ("wrote-to",), {})
