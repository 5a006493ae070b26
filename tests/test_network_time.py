"""Answers, bursts, ways in time, the loss of a channel, ranges."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.model import Holding, Relation
from kgraph.network import (
    EdgeTables,
    Network,
    Selection,
    from_records,
    load_network,
    network_of,
    paths,
    rhythm,
)
from kgraph.network import centrality as c
from kgraph.network.brokerage import brokered
from kgraph.network.changes import _segmented, change_points
from kgraph.network.channels import carriers, channel_table, overlap
from kgraph.network.cohesion import components
from kgraph.network.doubt import ranges, robustness
from kgraph.network.loss import without
from kgraph.network.network import tables_of
from kgraph.network.reach import reach, sampled_reach
from kgraph.network.replies import delays, kaplan_meier, reply_times
from kgraph.network.resampling import FIGURES, Sampling, coded
from kgraph.network.tables import EDGES, conform
from networks import authority, grove, hop, letter, on

ASH, BIRCH, CEDAR, ELM = "person/ash", "person/birch", "person/cedar", "person/elm"


def made(*records: object, **choices: object) -> Network:
    tables = from_records([*authority(), *records])  # type: ignore[list-item]
    return network_of(tables, Selection(**choices))  # type: ignore[arg-type]


def test_turns_are_answered_by_the_next_letter_the_other_way() -> None:
    network = made(
        letter(1, ASH, CEDAR, on("1961-01-01")),
        letter(2, ASH, CEDAR, on("1961-01-05")),  # still the same turn
        letter(3, CEDAR, ASH, on("1961-01-11")),
        letter(4, ASH, CEDAR, on("1961-02-10")),
        letter(5, ELM, BIRCH, on("1961-03-01")),
    )
    times = reply_times(network)
    rows = {r["document"]: r for r in times.iter_rows(named=True)}
    assert set(rows) == {"grove/1", "grove/3", "grove/4", "grove/5"}
    assert (rows["grove/1"]["days"], rows["grove/1"]["answered_by"]) == (10, "grove/3")
    assert (rows["grove/3"]["days"], rows["grove/3"]["basis"]) == (30, "inferred")
    assert not rows["grove/4"]["answered"]
    assert rows["grove/4"]["days"] == pytest.approx(19.5, abs=0.01)  # to the end of 1 March


def test_a_stated_answer_counts_before_the_order_of_letters() -> None:
    network = made(
        letter(1, ASH, CEDAR, on("1961-01-01")),
        letter(2, CEDAR, ASH, on("1961-01-03")),
        letter(3, CEDAR, ASH, on("1961-01-21"),
               relations=(Relation(type="reply-to", target="grove/1"),)),
    )  # fmt: skip
    row = reply_times(network).filter(document="grove/1").to_dicts()
    assert [(r["answered_by"], r["days"], r["basis"]) for r in row] == [("grove/3", 20, "stated")]


def test_uncertain_dates_give_bounds() -> None:
    network = made(
        letter(1, ASH, CEDAR, on("1961-01-01", "1961-01-05")),
        letter(2, CEDAR, ASH, on("1961-01-10")),
    )
    row = reply_times(network).filter(document="grove/1").to_dicts()[0]
    assert row["least"] == pytest.approx(4, abs=0.01)
    assert row["most"] == pytest.approx(10, abs=0.01)
    assert row["least"] < row["days"] < row["most"]


def test_kaplan_meier_as_in_the_textbook() -> None:
    """The 6-MP arm of Freireich et al. 1963: 21 patients, 9 relapses (weeks of remission)."""
    weeks = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    relapse = [True] * 9 + [False] * 12
    found = kaplan_meier(weeks, relapse)
    curve = dict(found.curve.select("days", "waiting").iter_rows())
    assert curve[6] == pytest.approx(0.857, abs=5e-4)
    assert curve[10] == pytest.approx(0.753, abs=5e-4)
    assert curve[23] == pytest.approx(0.448, abs=5e-4)
    assert found.median == 23
    assert (found.letters, found.answered) == (21, 9)


def test_when_fewer_than_half_are_answered_there_is_no_median() -> None:
    assert kaplan_meier([1, 2, 3], [True, False, False]).median is None
    assert kaplan_meier([], []).curve.height == 0


def test_delays_by_pair_and_channel() -> None:
    network = network_of(from_records(grove()))
    by_pair = delays(network)
    row = by_pair.filter(source=ASH, target=CEDAR).to_dicts()[0]
    assert (row["letters"], row["answered"], row["stated"], row["median"]) == (2, 1, 1, 8)
    assert set(delays(network, "channel")["channel"]) <= {"bolshakov", "telegram", "not stated"}


def test_bursts_of_a_clock_and_of_a_flood() -> None:
    clock = made(*(letter(i, ASH, CEDAR, on(f"1961-01-{i:02d}")) for i in range(1, 29, 3)))
    assert rhythm.bursts(clock).burstiness == pytest.approx(-1)
    days = ["1961-01-01", "1961-01-02", "1961-01-03", "1961-01-04", "1962-01-01", "1962-01-02"]
    flood = made(*(letter(i, ASH, CEDAR, on(day)) for i, day in enumerate(days)))
    found = rhythm.bursts(flood)
    assert found.burstiness is not None
    assert found.burstiness > 0.3
    assert rhythm.bursts(made(letter(1, ASH, CEDAR, on("1961-01-01")))).burstiness is None


def test_windows_cover_every_letter_and_hold_doubtful_ones_more_than_once() -> None:
    network = network_of(from_records(grove()))
    windows = list(rhythm.rolling(network, 30))
    held = [set(w.letters["document"]) for _, _, w in windows]
    assert set().union(*held) == {"grove/1", "grove/2", "grove/3", "grove/5"}
    assert sum("grove/3" in h for h in held) == 2
    table = rhythm.over_time(network, c.strength, 30)
    assert table["value"].null_count() > 0
    assert table.filter(id=ASH)["value"].max() == 2


QUIET = [letter(f"q{i}", ASH, CEDAR, on(f"19{60 + i // 12}-{1 + i % 12:02d}-01"))
         for i in range(60)]  # fmt: skip


def test_a_crisis_begins_and_ends() -> None:
    storm = [letter(f"s{i}", ASH, CEDAR, on(f"1962-10-{2 + i // 2:02d}")) for i in range(16)]
    network = made(*QUIET, *storm)
    found = change_points(network)
    assert [f"{x:%Y-%m-%d}" for x in found["date"]] == ["1962-10-01", "1962-10-10"]
    assert found["until"][0] == found["date"][1]
    assert found["documents"][0] == 17  # with the first of October
    assert found["after"][0] > 10 > 1 > found["before"][0]
    assert found["p"].max() <= 0.01  # type: ignore[operator]
    turn = rhythm.around(network, datetime(1962, 10, 1), days=21)
    assert turn.after > 10 * max(turn.before, 1)
    assert turn.p < 0.001


def test_what_changed_for_good_is_one_change() -> None:
    later = [letter(f"l{i}", ASH, CEDAR, on(f"19{63 + i // 96}-{1 + i // 8 % 12:02d}-{3 + 3 * (i % 8):02d}"))
             for i in range(192)]  # fmt: skip
    found = change_points(made(*QUIET, *later))
    assert found.height == 1
    assert abs((found["date"][0] - datetime(1963, 1, 1)).days) <= 7


def test_no_change_is_found_where_there_is_none() -> None:
    assert change_points(made(*QUIET)).height == 0
    random = np.random.default_rng(5)
    found = 0
    for _ in range(20):  # some days with many letters, most without any, in no order
        counts = random.negative_binomial(0.3, 0.5, 700)
        found += bool(_segmented(counts, 0.05, 99, random))
    assert found <= 3


def test_letters_of_which_only_the_year_is_known_make_no_burst() -> None:
    vague = [letter(f"v{i}", ASH, CEDAR, on("1962-01-01", "1962-12-31")) for i in range(30)]
    assert change_points(made(*QUIET, *vague)).height == 0


def test_the_two_crises_of_the_shipped_letters_stand_out(shipped_store: Path) -> None:
    found = change_points(load_network(shipped_store))
    days = {f"{date:%Y-%m-%d}": pace for date, pace in found.select("date", "after").iter_rows()}
    assert days["1962-10-22"] > 10 > days["1962-10-29"]
    assert days["1963-11-22"] > 10 > days["1963-12-05"]


def test_october_1962_stands_out_of_other_volumes(shared: Path) -> None:
    volume = shared / "sources" / "frus-tei" / "frus1961-63v10-12mSupp.xml"
    found = change_points(load_network(volume))
    busiest = found.sort("after").row(-1, named=True)
    assert datetime(1962, 10, 20) <= busiest["date"] <= datetime(1962, 10, 23)
    assert datetime(1962, 10, 28) <= busiest["until"] <= datetime(1962, 11, 20)


def test_nothing_is_passed_on_before_it_arrived() -> None:
    network = made(
        letter(1, ASH, BIRCH, on("1961-01-10")), letter(2, BIRCH, CEDAR, on("1961-01-05"))
    )
    assert paths.earliest(network, ASH, CEDAR) is None
    assert paths.shortest(network, ASH, CEDAR) is not None
    reached = dict(zip(network.ids, reach(network), strict=True))
    assert reached == {ASH: 1, BIRCH: 1, CEDAR: 0}


def test_the_fastest_way_is_not_always_the_first_to_arrive() -> None:
    network = made(
        letter(1, ASH, CEDAR, on("1961-01-20")),
        letter(2, ASH, BIRCH, on("1961-01-01")),
        letter(3, BIRCH, CEDAR, on("1961-01-12")),
    )
    first = paths.earliest(network, ASH, CEDAR)
    fast = paths.fastest(network, ASH, CEDAR)
    assert first is not None
    assert fast is not None
    assert first.hops["document"].to_list() == ["grove/2", "grove/3"]
    assert first.days == 11
    assert fast.hops["document"].to_list() == ["grove/1"]
    assert fast.days == 0


def test_hands_of_one_day_keep_their_order() -> None:
    record = letter(1, ASH, ELM, on("1961-01-01"), legs=(
        hop(1, ASH, BIRCH, mode="courier"), hop(2, BIRCH, CEDAR, mode="courier"),
        hop(3, CEDAR, ELM, mode="courier"),
    ))  # fmt: skip
    network = made(record, layers=("handed-to",))
    way = paths.earliest(network, ASH, ELM)
    assert way is not None
    assert way.hops["target"].to_list() == [BIRCH, CEDAR, ELM]
    assert paths.earliest(network, ELM, ASH) is None


SIX = [ASH, BIRCH, CEDAR, ELM, "person/dogwood", "person/fir"]
contacts_of_six = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(1, 9)), max_size=15
)


def of_six(contacts: list[tuple[int, int, int]]) -> Network:
    return made(*(
        letter(i, SIX[a], SIX[b], on(f"1961-01-{d:02d}"))
        for i, (a, b, d) in enumerate(contacts) if a != b
    ))  # fmt: skip


def every_way(
    contacts: list[tuple[int, int, int]], here: int, goal: int, now: int = 0
) -> Iterator[list[int]]:
    """The days of every way, each hop on a later day than the one before."""
    for a, b, day in contacts:
        if a == here and b != a and day > now:
            if b == goal:
                yield [day]
            yield from ([day, *rest] for rest in every_way(contacts, b, goal, day))


@settings(max_examples=60)
@given(contacts_of_six)
def test_reach_and_ways_are_those_of_trying_everything(
    contacts: list[tuple[int, int, int]],
) -> None:
    network = of_six(contacts)
    counted = dict(zip(network.ids, reach(network).tolist(), strict=True))
    for i, here in enumerate(SIX):
        goals = {b for b in range(6) if b != i and any(every_way(contacts, i, b))}
        assert counted.get(here, 0) == len(goals)
    for i, goal in enumerate(SIX[1:], 1):
        found = sorted(every_way(contacts, 0, i))
        if {ASH, goal} - set(network.ids):
            continue
        first, fast = paths.earliest(network, ASH, goal), paths.fastest(network, ASH, goal)
        if not found:
            assert first is fast is None
            continue
        assert first is not None
        assert fast is not None
        arrival, hops = min((way[-1], len(way)) for way in found)
        assert (first.hops["when"][-1].day, first.hops.height) == (arrival, hops)
        assert (fast.days, fast.hops.height) == min((w[-1] - w[0], len(w)) for w in found)


def test_a_letter_is_not_answered_before_it_was_read() -> None:
    """What is written on the day on which something arrives does not pass it on, whatever the
    ids of the letters; hops of one document do."""
    for ids in ((1, 2), (2, 1)):
        network = made(
            letter(ids[0], ASH, BIRCH, on("1961-01-05")),
            letter(ids[1], BIRCH, CEDAR, on("1961-01-05")),
        )
        assert paths.earliest(network, ASH, CEDAR) is None
        assert dict(zip(network.ids, reach(network).tolist(), strict=True))[ASH] == 1
    day = on("1961-01-05")
    handed = letter(1, ASH, ELM, day, legs=tuple(
        hop(i, a, b, mode="courier", date=day)
        for i, (a, b) in enumerate([(ASH, BIRCH), (BIRCH, CEDAR), (CEDAR, ELM)], 1)
    ))  # fmt: skip
    network = made(handed, layers=("handed-to",))
    reached = dict(zip(network.ids, reach(network).tolist(), strict=True))
    assert reached == {ASH: 3, BIRCH: 2, CEDAR: 1, ELM: 0}


@settings(max_examples=30)
@given(contacts_of_six)
def test_contacts_followed_together_reach_as_many_as_one_by_one(
    contacts: list[tuple[int, int, int]],
) -> None:
    network = made(*(
        letter(i, SIX[a], SIX[b], on(f"1961-01-{d:02d}"))
        for i, (a, b, d) in enumerate(contacts) if a != b
    ))  # fmt: skip
    found = []
    for crowd in (0, 1000):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("kgraph.network.reach._CROWD", crowd)
            found.append(reach(network).tolist())
    assert found[0] == found[1]


def test_reach_from_a_sample_stays_within_its_bound() -> None:
    random = np.random.default_rng(4)
    s, t = random.integers(0, 300, (2, 1500))
    days = random.integers(1, 29, 1500)
    edges = pl.DataFrame({
        "source": [f"person/{i}" for i in s], "target": [f"person/{i}" for i in t],
        "document": [f"d/{i}" for i in range(1500)],
        "date_earliest": [datetime(1961, 1, d) for d in days.tolist()],
    })  # fmt: skip
    edges = edges.with_columns(
        layer=pl.lit("wrote-to"), status=pl.lit("extant"), date_latest="date_earliest",
        weight=pl.lit(1.0),
    )  # fmt: skip
    network = network_of(EdgeTables(edges=conform(edges, EDGES)))
    exact = reach(network)
    found = sampled_reach(network, 200, seed=1)
    assert np.abs(found.values - exact).max() <= found.bound
    assert found.bound < network.size
    near = np.abs(found.values - exact) <= 2 * found.error
    assert near.mean() > 0.85
    whole = sampled_reach(network, network.size)
    assert (whole.values == exact).all()
    assert whole.bound == 0


@settings(max_examples=25)
@given(contacts_of_six, st.sets(st.integers(0, 14)))
def test_figures_of_some_documents_are_those_of_a_network_of_them(
    contacts: list[tuple[int, int, int]], some: set[int]
) -> None:
    records = [
        letter(i, SIX[a], SIX[b], on(f"1961-01-{d:02d}"), relations=(
            Relation(type="reply-to", target=f"grove/{i - 2}"),) if i % 3 == 0 else ())
        for i, (a, b, d) in enumerate(contacts) if a != b
    ]  # fmt: skip
    network = made(*records)
    documents = network.letters["document"].unique().sort()
    drawn = np.array([int(x.split("/")[1]) in some for x in documents.to_list()], bool)
    there = documents.filter(pl.Series(drawn)).to_list()
    part = network.part(network.letters.filter(pl.col("document").is_in(there)))
    sampling = Sampling(coded(network)[0], np.arange(network.size))
    found = {name: figure(sampling, drawn) for name, figure in FIGURES.items()}
    wait = delays(part, "all")["median"].to_list()
    assert found == {
        "documents": len(there),
        "ties": len(part.ends[0]),
        "pairs in reach": pytest.approx(reach(part).sum()),
        "largest component": max(components(part).weak_sizes, default=0),
        "brokered ways": brokered(part).sum(),
        "days until an answer": wait[0] if wait else None,
    }


@pytest.fixture(scope="module")
def tables() -> EdgeTables:
    return from_records(grove())


def test_carriers_and_the_table_of_channels(tables: EdgeTables) -> None:
    hands = carriers(tables)
    assert hands.select("channel", "id", "documents", "across").rows() == [
        ("bolshakov", BIRCH, 1, 1)
    ]
    table = channel_table(tables)
    row = table.filter(channel="bolshakov").to_dicts()[0]
    assert (row["documents"], row["sides"], row["out"], row["back"]) == (1, "soviet / us", 0, 1)
    assert row["carriers"] == "Ben Birch (1)"
    assert table.filter(channel="not stated")["secret"].to_list() == [1.0]


def test_what_is_lost_without_a_channel(tables: EdgeTables) -> None:
    choice = Selection(layers=("handed-to",))
    loss = without(tables, ("bolshakov",), choice, rounds=40)
    figures = {r["figure"]: r for r in loss.figures.iter_rows(named=True)}
    assert (figures["documents"]["with"], figures["documents"]["without"]) == (2, 2)
    assert figures["ties"]["difference"] == -1
    assert figures["ties"]["low"] <= -1 <= figures["ties"]["high"]
    assert figures["pairs in reach"]["difference"] < 0
    assert BIRCH in loss.persons["id"].to_list()
    assert loss.cut_off["id"].to_list() == []  # Ash still hands on to Birch


def test_the_interval_of_a_loss_surrounds_it(shipped_store: Path) -> None:
    loss = without(tables_of(shipped_store, ("wrote-to",)), ("embassy cable",), rounds=60)
    for row in loss.figures.filter(pl.col("figure").is_in(["documents", "ties"])).to_dicts():
        assert row["difference"] < 0
        assert row["low"] <= row["difference"] <= row["high"] <= 0, row


def test_ties_of_many_letters_hang_less_on_a_channel_than_thin_resamples_have_it() -> None:
    random = np.random.default_rng(5)
    s, t = random.integers(0, 60, (2, 300))
    letters = np.repeat(np.arange(300), 3)  # three of each tie, of which one in five is sent apart
    edges = pl.DataFrame({
        "source": [f"person/{s[i]}" for i in letters], "target": [f"person/{t[i]}" for i in letters],
        "document": [f"d/{i}" for i in range(len(letters))],
        "channel": np.where(random.random(len(letters)) < 0.2, "bolshakov", "mail").tolist(),
        "date_earliest": [datetime(1961, 1, d) for d in random.integers(1, 29, 900).tolist()],
    }).with_columns(
        layer=pl.lit("wrote-to"), status=pl.lit("extant"), date_latest="date_earliest",
        weight=pl.lit(1.0),
    )  # fmt: skip
    loss = without(EdgeTables(edges=conform(edges, EDGES)), ("bolshakov",), rounds=80)
    for row in loss.figures.to_dicts():
        if row["difference"] is not None:
            assert row["low"] <= row["difference"] <= row["high"], row


def test_layers_overlap_by_their_pairs(tables: EdgeTables) -> None:
    (row,) = overlap(tables, ("wrote-to", "handed-to")).to_dicts()
    assert row["shared"] == 1  # Cedar to Ash, by telegram
    assert row["jaccard"] == pytest.approx(1 / (row["ties"] + row["other_ties"] - 1))


def test_ranges_widen_with_doubt(tables: EdgeTables) -> None:
    choice = Selection(start=datetime(1961, 1, 1), end=datetime(1961, 4, 20))
    table = ranges(tables, lambda n: c.strength(n), choice, rounds=60)
    ash = table.filter(id=ASH).to_dicts()[0]
    assert (ash["low"], ash["value"], ash["high"]) == (2, 3, 3)  # letter 3 may be of May
    certain = ranges(tables, lambda n: c.strength(n), Selection(), rounds=20)
    assert (certain["low"] == certain["high"]).all()


def test_conjectures_are_taken_as_often_as_they_are_trusted() -> None:
    from kgraph.model import Party

    records = [
        letter(i, ASH, CEDAR).__class__(
            id=f"g/{i}", source="g",
            senders=(Party(name="Ash", id=ASH, certainty="conjectural"),),
            addressees=(Party(name="Cedar", id=CEDAR),),
        )
        for i in range(200)
    ]  # fmt: skip
    table = ranges(from_records(records), lambda n: c.strength(n), rounds=50)
    assert table["median"][0] == pytest.approx(100, abs=12)


def test_of_records_that_disagree_one_is_drawn() -> None:
    a = letter("a", ASH, CEDAR, document="grove/x")
    b = letter("b", BIRCH, CEDAR, document="grove/x")
    table = ranges(from_records([a, b]), lambda n: c.strength(n, "in"), rounds=80)
    assert table.filter(id=CEDAR)["high"][0] == 1
    either = ranges(from_records([a, b]), lambda n: c.strength(n, "out"), rounds=80)
    assert either.filter(id=ASH)["low"][0] == 0
    assert either.filter(id=ASH)["high"][0] == 1


@pytest.mark.parametrize("by", ["letter", "archive", "person", "source"])
def test_rankings_suffer_more_the_more_is_lost(by: str) -> None:
    random = np.random.default_rng(3)
    names = [ASH, BIRCH, CEDAR, ELM, "person/dogwood", "person/fir"]
    records = [
        letter(i, names[a], names[b], holdings=(Holding(holder=f"archive/{i % 12}"),))
        for i, (a, b) in enumerate(
            random.choice(6, 2, replace=False, p=np.arange(1, 7) / 21) for _ in range(150)
        )
    ]
    table = robustness(made(*records), lambda n: c.strength(n), by, shares=(0.1, 0.9), rounds=20)
    small, large = table["correlation"].to_list()
    if by == "source":  # all from one source, so it is lost whole
        assert (small, large) == (None, None)
    else:
        assert small > large
    assert (table["removed"] >= table["share"] - 0.01).all()
