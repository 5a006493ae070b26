"""What a channel did: whom it served, how fast, how secretly, through whose hands."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from kgraph.network.network import network_of
from kgraph.network.replies import delays
from kgraph.network.selection import Selection
from kgraph.network.summary import way
from kgraph.network.tables import EdgeTables

SECRET = ("top secret", "secret", "confidential", "совершенно секретно", "секретно")


def channel_table(tables: EdgeTables, selection: Selection | None = None) -> pl.DataFrame:
    """The channels beside each other: what they carried, which way, how secret, how fast, by whom.

    Columns: channel, documents, out and back (documents of the two busiest sides to
    each other, named in `sides`), marked (with any classification), secret (share of
    the marked whose marking says secret or confidential; null where none is marked),
    median_days from date to receipt (null where no receipt is dated) and from how many
    documents, answer_days (median until an answer; `replies.delays`), carriers (who
    handed it on, with how many documents).
    """
    choice = selection or Selection()
    network = network_of(tables, choice)
    letters = network.letters.with_columns(way())
    sides = network.nodes.select("id", "side")
    sided = letters.join(
        sides.rename({"id": "source", "side": "from_side"}), on="source", how="left"
    ).join(sides.rename({"id": "target", "side": "to_side"}), on="target", how="left")
    pair = _busiest(sided)
    received = network.documents.filter(
        pl.col("received_earliest").is_not_null() & pl.col("date_earliest").is_not_null()
    ).select(
        "document",
        days=(pl.col("received_earliest") - pl.col("date_earliest")).dt.total_seconds() / 86_400,
    )
    answer = {r["channel"]: r["median"] for r in delays(network, "channel").iter_rows(named=True)}
    hands = carriers(tables, choice)
    rows = []
    for (name,), part in letters.group_by("channel"):
        ids = part["document"].unique()
        directed = sided.filter(pl.col("channel") == name)
        marked = part.filter(pl.col("classification").is_not_null()).unique("document")
        secret = marked.filter(
            pl.col("classification").str.to_lowercase().str.contains_any(list(SECRET))
        )
        timed = received.filter(pl.col("document").is_in(ids.implode()))
        carried = hands.filter(pl.col("channel") == name)
        rows.append({
            "channel": name,
            "documents": ids.len(),
            "sides": " / ".join(pair) if pair else None,
            "out": _between(directed, pair),
            "back": _between(directed, pair[::-1]),
            "marked": marked.height,
            "secret": secret.height / marked.height if marked.height else None,
            "median_days": timed["days"].median(),
            "received": timed.height,
            "answer_days": answer.get(name),
            "carriers": "; ".join(
                f"{r['label']} ({r['documents']})" for r in carried.head(5).iter_rows(named=True)
            ),
        })  # fmt: skip
    schema = {
        "channel": pl.String(), "documents": pl.Int64(), "sides": pl.String(), "out": pl.Int64(),
        "back": pl.Int64(), "marked": pl.Int64(), "secret": pl.Float64(),
        "median_days": pl.Float64(), "received": pl.Int64(), "answer_days": pl.Float64(),
        "carriers": pl.String(),
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema).sort("documents", "channel", descending=[True, False])


def _busiest(sided: pl.DataFrame) -> tuple[str, ...]:
    counted = (
        sided.filter(pl.col("from_side") != pl.col("to_side"))
        .select(pl.concat_list(pl.col("from_side", "to_side")).list.sort().alias("pair"))
        .group_by("pair").agg(pl.len().alias("n"))
        .with_columns(a=pl.col("pair").list.get(0), b=pl.col("pair").list.get(1))
        .sort("n", "a", "b", descending=[True, False, False])
    )  # fmt: skip
    return (counted["a"][0], counted["b"][0]) if counted.height else ()


def _between(sided: pl.DataFrame, pair: tuple[str, ...]) -> int:
    if not pair:
        return 0
    found = sided.filter((pl.col("from_side") == pair[0]) & (pl.col("to_side") == pair[1]))
    return int(found["document"].n_unique())


def carriers(tables: EdgeTables, selection: Selection | None = None) -> pl.DataFrame:
    """Who got a document and handed it on, by channel: the carriers as brokers.

    Columns: channel, id, label, side, documents, across (documents that came from one
    side and went to another). Hops that were only intended or proposed do not count.
    """
    choice = replace(selection or Selection(), layers=("handed-to",), by="person")
    hops = network_of(tables, choice)
    rows = hops.letters.with_columns(way()).select("document", "channel", "s", "t", "leg")
    side = hops.nodes["side"].to_list()
    got = rows.rename({"s": "giver", "t": "hand", "leg": "first"}).drop("channel")
    gave = rows.rename({"s": "hand", "t": "getter", "leg": "second"})
    both = got.join(gave, on=["document", "hand"]).filter(
        (pl.col("first") <= pl.col("second")) & (pl.col("giver") != pl.col("getter"))
    )
    code = pl.Series("side", side, dtype=pl.String)
    both = both.with_columns(
        a=code.gather(both["giver"]), b=code.gather(both["getter"])
    ).with_columns(over=(pl.col("a") != pl.col("b")).fill_null(False))
    counted = both.group_by("channel", "hand").agg(
        pl.col("document").n_unique().alias("documents"),
        pl.col("document").filter(pl.col("over")).n_unique().alias("across"),
    )
    names = hops.nodes.select("id", "label", "side")
    return (
        counted.with_columns(
            names[column].gather(counted["hand"]).alias(column) for column in names.columns
        )
        .select("channel", "id", "label", "side", "documents", "across")
        .sort("channel", "documents", "id", descending=[False, True, False])
    )


def overlap(
    tables: EdgeTables, layers: tuple[str, ...], selection: Selection | None = None
) -> pl.DataFrame:
    """How far two layers tie the same pairs: ties of each, shared, Jaccard index.

    J = |A and B| / |A or B| over ordered pairs; Bianconi 2013 calls the numerator the
    global overlap (https://doi.org/10.1103/PhysRevE.87.062806). Two empty layers: null.
    """
    choice = selection or Selection()
    ties = {}
    for layer in layers:
        found = network_of(tables, replace(choice, layers=(layer,)))
        ids = found.ids
        s, t, _ = found.ends
        ties[layer] = {(ids[a], ids[b]) for a, b in zip(s, t, strict=True)}
    rows = []
    for i, a in enumerate(layers):
        for b in layers[i + 1 :]:
            shared, either = ties[a] & ties[b], ties[a] | ties[b]
            rows.append((a, b, len(ties[a]), len(ties[b]), len(shared),
                         len(shared) / len(either) if either else None))  # fmt: skip
    schema = {"layer": pl.String(), "other": pl.String(), "ties": pl.Int64(),
              "other_ties": pl.Int64(), "shared": pl.Int64(), "jaccard": pl.Float64()}  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")
