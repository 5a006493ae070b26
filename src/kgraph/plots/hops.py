"""The hops of one document: who handed it to whom, told once, and where each hand stands."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from kgraph.network.selection import label_of
from kgraph.plots.dates import as_written

FEW = 5
"""A hop to more hands than this is drawn to one mark that stands for all."""


@dataclass
class Hand:
    """Someone on the way: `depth` hops from the first, in a `column`."""

    id: str
    label: str
    side: str | None
    depth: int = 0
    column: float = 0.0
    x: float = 0.0
    y: float = 0.0
    many: list[str] = field(default_factory=list)


def legs_of(edges: pl.DataFrame, nodes: pl.DataFrame, document: str) -> pl.DataFrame:
    """The hops of one document, in order: the rows behind the picture.

    Columns: leg, source, target, labels, sides, mode, channel, place (label), edtf,
    date_earliest, status, certainty, record.
    """
    sides = nodes.select("id", "side")
    places = nodes.filter(pl.col("kind") == "place").select(
        pl.col("id").alias("place"), pl.col("label").alias("_place")
    )
    return (
        edges.filter((pl.col("layer") == "handed-to") & (pl.col("document") == document))
        .join(sides.rename({"id": "source", "side": "source_side"}), on="source", how="left",
              maintain_order="left")
        .join(sides.rename({"id": "target", "side": "target_side"}), on="target", how="left",
              maintain_order="left")
        .join(places, on="place", how="left", maintain_order="left")
        .with_columns(place=pl.coalesce("_place", "place"))
        .sort("leg", maintain_order=True)
        .select(
            "leg", "source", "target", "source_label", "target_label", "source_side",
            "target_side", "mode", "channel", "place", "edtf", "date_earliest", "status",
            "certainty", "record",
        )
    )  # fmt: skip


def between(legs: pl.DataFrame) -> str:
    """Who sent a paper to whom, by the ends of its way: "A to B"; "From hand to hand" where it
    has several."""
    starts = legs.filter(~pl.col("source").is_in(legs["target"].implode()))["source_label"]
    ends = legs.filter(~pl.col("target").is_in(legs["source"].implode()))["target_label"]
    if starts.n_unique() == 1 and ends.n_unique() == 1:
        return f"{starts[0]} to {ends[0]}"
    return "From hand to hand"


def kind_of(row: dict[str, object]) -> str:
    if row["status"] in ("intended", "proposed"):
        return "intended"
    if row["status"] == "implied" or row["certainty"] != "stated":
        return "implied"
    return "stated"


def way_of(row: dict[str, object]) -> str:
    return str(row["channel"] or row["mode"] or "not stated")


def _agreed(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Rows in which a hop that several sources tell alike stands once, with the fullest date and
    ``told``, the number of records that tell it."""
    made: list[dict[str, object]] = []
    for row in rows:
        for other in made:
            alike = all(
                row[key] == other[key]
                for key in ("source", "target", "mode", "channel", "place", "status")
            )
            apart = row["record"] and other["record"] and row["record"] not in other["records"]  # type: ignore[operator]
            if alike and apart and _one_date(str(row["edtf"] or ""), str(other["edtf"] or "")):
                fuller = min(row, other, key=lambda r: str(r["edtf"] or "X" * 20).count("X"))
                other |= {key: fuller[key] for key in ("edtf", "date_earliest")}
                other["records"] = [*other["records"], row["record"]]  # type: ignore[misc]
                break
        else:
            made.append({**row, "records": [row["record"]]})
    return made


def _one_date(a: str, b: str) -> bool:
    """Whether two dates can be one: equal, or one leaves open what the other states."""
    if not a or not b or a == b:
        return True
    return len(a) == len(b) and all(x == y or "X" in (x, y) for x, y in zip(a, b, strict=True))


def gathered(legs: pl.DataFrame) -> list[dict[str, object]]:
    """Hops as dictionaries; one hop to many hands becomes one to a mark for all of them."""
    rows = _agreed(legs.to_dicts())
    counts: dict[tuple[object, ...], list[dict[str, object]]] = {}
    for row in rows:
        counts.setdefault((row["leg"], row["source"], row["mode"]), []).append(row)
    made: list[dict[str, object]] = []
    for (leg, source, _), group in counts.items():
        if len(group) <= FEW:
            made.extend(group)
            continue
        names = [str(r["target_label"]) for r in group]
        sides = {r["target_side"] for r in group}
        made.append({
            **group[0],
            "target": f"many/{leg}/{source}",
            "target_label": f"{len(group)} persons",
            "target_side": sides.pop() if len(sides) == 1 else None,
            "names": names,
        })  # fmt: skip
    return made


def hands_of(hops: list[dict[str, object]]) -> dict[str, Hand]:
    hands: dict[str, Hand] = {}
    for row in hops:
        for end in ("source", "target"):
            key = str(row[end])
            side = row[f"{end}_side"]
            if key not in hands:
                hands[key] = Hand(key, str(row[f"{end}_label"]), str(side) if side else None)
        if "names" in row:
            hands[str(row["target"])].many = list(row["names"])  # type: ignore[call-overload]
    for _ in range(len(hands)):
        changed = False
        for row in hops:
            a, b = hands[str(row["source"])], hands[str(row["target"])]
            if a is not b and b.depth < a.depth + 1 and not _leads(hops, b.id, a.id):
                b.depth = a.depth + 1
                changed = True
        if not changed:
            break
    return hands


def _leads(hops: list[dict[str, object]], start: str, end: str) -> bool:
    """Whether earlier hops lead from `start` to `end` (then a hop back makes no depth)."""
    seen, todo = {start}, [start]
    while todo:
        here = todo.pop()
        for row in hops:
            if row["source"] == here and str(row["target"]) not in seen:
                seen.add(str(row["target"]))
                todo.append(str(row["target"]))
    return end in seen


def put_in_columns(hands: dict[str, Hand], hops: list[dict[str, object]]) -> None:
    """Branches side by side: the first way straight down, each further one in a new column."""
    taken: dict[int, set[float]] = {}
    done: set[str] = set()

    def put(hand: Hand, wish: float) -> None:
        column = wish
        while column in taken.setdefault(hand.depth, set()):
            column += 1
        hand.column = column
        taken[hand.depth].add(column)
        done.add(hand.id)
        for row in hops:
            other = str(row["target"])
            if row["source"] == hand.id and other not in done:
                put(hands[other], column)

    for row in hops:
        if str(row["source"]) not in done:
            known = [hands[str(r["target"])].column for r in hops
                     if r["source"] == row["source"] and str(r["target"]) in done]  # fmt: skip
            put(hands[str(row["source"])], known[0] + 1 if known else _next(taken))


def _next(taken: dict[int, set[float]]) -> float:
    return max((max(c, default=-1) for c in taken.values()), default=-1) + 1


def both_ways(hops: list[dict[str, object]], a: str, b: str) -> list[dict[str, object]]:
    return [row for row in hops if {str(row["source"]), str(row["target"])} == {a, b}]


def past_others(a: Hand, b: Hand, hands: dict[str, Hand]) -> bool:
    """Whether the straight line between two hands of a column passes over a third."""
    low, high = sorted((a.depth, b.depth))
    return a.column == b.column and any(
        h.column == a.column and low < h.depth < high for h in hands.values()
    )


def words_of(row: dict[str, object]) -> list[str]:
    """What is known of a hop: its way; its place and time."""
    way = label_of(way_of(row))
    mode = row["mode"]
    if row["channel"] and mode and mode != row["channel"] and mode != "not stated":
        way += f", {label_of(str(mode)).lower()}"
    if row["status"] in ("intended", "proposed"):
        way += f" ({row['status']})"
    when = as_written(str(row["edtf"] or ""))
    moment = row["date_earliest"]
    if when and moment is not None and getattr(moment, "hour", 0) + getattr(moment, "minute", 0):
        when += f" {moment:%H:%M}"
    told = len(row.get("records") or ())  # type: ignore[arg-type]
    known = ", ".join(str(x) for x in (row["place"], when) if x)
    return [way, f"{known} ({told} sources)".lstrip() if told > 1 else known]
