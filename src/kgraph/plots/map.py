"""Letters on a map: places as marks, ways between them as great circles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl
from matplotlib import patheffects
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

from kgraph.network.network import Network
from kgraph.plots import keys
from kgraph.plots.frame import amount, extent, sheet
from kgraph.plots.labels import Wish, place
from kgraph.plots.marks import arrow
from kgraph.plots.style import (
    INK,
    PAPER,
    SOFT,
    SOLID,
    Look,
    SideLook,
    style_named,
)

Points = NDArray[np.float64]

_STATED = Look("#0072B2", SOLID, "place of arrival stated")
_USUAL = Look("#B5462A", (0, (4, 1.6)), "to the addressee's usual place of writing")

BOW, BESIDE = 0.05, 0.025
"""How far a way is bowed, in shares of its length: off the way back, and off another one there."""
NEAR = 5
"""In so many rings around its mark a name may stand (see `labels.candidates`); beyond them it would
stand beside other places."""
MOST = 40
"""So many ways are drawn, the busiest."""


def ways_between(data: Network) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """Ways between places, the places, and how many documents have no place.

    Ways: from_place, to_place, stated (or the place that the addressee most often
    writes from), documents. Places: id, label, lat, lon, sent.
    """
    raw = data.letters.select("document", "source", "target", "place", "place_to").unique()
    usual = (
        raw.filter(pl.col("place").is_not_null())
        .group_by("source")
        .agg(pl.col("place").mode().sort().first().alias("usual"))
    )
    found = raw.join(usual.rename({"source": "target"}), on="target", how="left").with_columns(
        to=pl.coalesce("place_to", "usual"), stated=pl.col("place_to").is_not_null()
    )
    known = data.places.filter(pl.col("lat").is_not_null() & pl.col("lon").is_not_null())
    keys_of = known.select(pl.col("id").alias("key"), "id")
    names = known.select(pl.col("label").alias("key"), "id")
    lookup = pl.concat([keys_of, names]).unique("key", keep="first")
    placed = (
        found.join(lookup.rename({"key": "place", "id": "from_place"}), on="place", how="left")
        .join(lookup.rename({"key": "to", "id": "to_place"}), on="to", how="left")
    )  # fmt: skip
    ways = (
        placed.filter(
            pl.col("from_place").is_not_null()
            & pl.col("to_place").is_not_null()
            & (pl.col("from_place") != pl.col("to_place"))
        )
        .group_by("from_place", "to_place", "stated")
        .agg(pl.col("document").n_unique().alias("documents"))
        .sort(
            "documents", "from_place", "to_place", "stated", descending=[True, False, False, True]
        )
    )
    sent = (
        placed.filter(pl.col("from_place").is_not_null())
        .group_by("from_place").agg(pl.col("document").n_unique().alias("sent"))
    )  # fmt: skip
    used = pl.concat([sent["from_place"], ways["to_place"]]).unique()
    places = (
        known.filter(pl.col("id").is_in(used.implode()))
        .join(sent.rename({"from_place": "id"}), on="id", how="left")
        .with_columns(pl.col("sent").fill_null(0))
        .select("id", "label", "lat", "lon", "sent")
        .sort("sent", "id", descending=[True, False])
    )
    with_place = placed.filter(pl.col("from_place").is_not_null())["document"].n_unique()
    return ways, places, raw["document"].n_unique() - with_place


def equal_earth(lon: Points, lat: Points, centre: float) -> Points:
    """Degrees to the plane, areas kept: Savric, Patterson and Jenny 2018
    (https://doi.org/10.1080/13658816.2018.1504949), `centre` the middle meridian."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    shifted = (np.asarray(lon) - centre + 180) % 360 - 180
    t = np.arcsin(np.sqrt(3) / 2 * np.sin(np.radians(lat)))
    slope = 9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1
    x = 2 * np.sqrt(3) * np.radians(shifted) * np.cos(t) / (3 * slope)
    y = a4 * t**9 + a3 * t**7 + a2 * t**3 + a1 * t
    return np.column_stack([x, y])


def great_circle(a: tuple[float, float], b: tuple[float, float], steps: int = 80) -> Points:
    """Points (lon, lat) of the shortest way on the globe from `a` to `b` (lat, lon)."""

    def unit(p: tuple[float, float]) -> Points:
        lat, lon = np.radians(p[0]), np.radians(p[1])
        return np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])

    u, v = unit(a), unit(b)
    angle = float(np.arccos(np.clip(u @ v, -1, 1)))
    if angle < 1e-9 or angle > np.pi - 1e-9:
        return np.array([[a[1], a[0]], [b[1], b[0]]])
    t = np.linspace(0, 1, steps)[:, None]
    w = (np.sin((1 - t) * angle) * u + np.sin(t * angle) * v) / np.sin(angle)
    return np.column_stack(
        [np.degrees(np.arctan2(w[:, 1], w[:, 0])), np.degrees(np.arcsin(np.clip(w[:, 2], -1, 1)))]
    )


def map(
    data: Network,
    *,
    title: str = "From where to where",
    subtitle: str = "",
    source: str = "",
    style: str = "print",
    coast: Sequence[Points] = (),
    only: str | None = None,
) -> Figure:
    """Places sized by letters sent, great-circle arrows as wide as the letters they stand for.

    `coast` are outlines of land, rows of (lon, lat) (see `kgraph.plots.coast`); `only` is the id
    of a place, to show the ways from and to it alone.
    """
    look = style_named(style)
    ways, places, without = ways_between(data)
    if only is not None:
        ways = ways.filter((pl.col("from_place") == only) | (pl.col("to_place") == only))
        ends = pl.concat([ways["from_place"], ways["to_place"]]).unique()
        places, without = places.filter(pl.col("id").is_in(ends.implode())), 0
    note = f"{amount(without, 'document')} without a known place left out. " if without else ""
    if ways.height > MOST:
        kept, total = (int(x["documents"].sum()) for x in (ways.head(MOST), ways))
        share = f"{100 * kept / total:.0f} % of the letters"
        note += f"The {MOST} busiest of {ways.height} ways, with {share}. "
        ways = ways.head(MOST)
    kinds = [x for x in (_STATED, _USUAL) if (x is _STATED) in ways["stated"].to_list()]
    sections = [
        keys.Section("Ways", [keys.line_entry(x, look) for x in kinds]),
        keys.Section("Letters", _widths(ways, places, look)),
    ]
    key_height, draw_key = keys.measured(sections, look, look.width * 72 - 3.2 * look.text)
    if not places.height:
        made = sheet(look, title, subtitle, note + source, key_height, draw_key)
        made.area.text(made.width / 2, made.height / 2, "no document has a place with coordinates",
                       ha="center", color=SOFT, size=look.text)  # fmt: skip
        return made.figure
    lat, lon = places["lat"].to_numpy(), places["lon"].to_numpy()
    at = {row["id"]: (row["lat"], row["lon"]) for row in places.iter_rows(named=True)}
    circles = [
        great_circle(at[a], at[b]) for a, b in ways.select("from_place", "to_place").iter_rows()
    ]
    centre = middle_meridian(lon, circles, ways["documents"].to_list())
    spots = equal_earth(lon, lat, centre)
    paths = _drawn_ways(circles, centre)
    every = np.vstack([spots, *(piece for pieces in paths for piece in pieces)])
    low, high = every.min(0), every.max(0)
    span = np.maximum(high - low, [0.9, 0.3])
    middle = (low + high) / 2
    # as wide as the page, and as high as what lies on it needs
    shape = float(np.clip(span[1] * 1.45 / (span[0] * 1.3), 0.36, 0.66))
    words = key_height + 3 * look.title + 4 * look.text
    page = (look.width, look.width * shape + words / 72)
    made = sheet(look, title, subtitle, note + source, key_height, draw_key, size=page)
    axes = made.area
    scale = float(min(made.width / (span[0] * 1.3), made.height / (span[1] * 1.45)))
    half = np.array([made.width, made.height]) / 2
    pole = float(equal_earth(np.zeros(1), np.array([90.0]), 0.0)[0, 1])
    middle[1] = np.clip(
        middle[1], min(0.0, half[1] / scale - pole), max(0.0, pole - half[1] / scale)
    )

    def put(points: Points) -> Points:
        return np.asarray((points - middle) * scale + half)

    _ground(axes, coast, centre, put, (made.width, made.height))
    most = max([1, *ways["documents"].to_list()])
    radius = _radii(places["sent"].to_numpy(), look.line)
    points = put(spots)
    number = {key: i for i, key in enumerate(places["id"].to_list())}
    drawn = []
    for k, row in enumerate(ways.iter_rows(named=True)):
        a, b = row["from_place"], row["to_place"]
        width = (0.6 + 2.6 * np.sqrt(row["documents"] / most)) * look.line
        kind = _STATED if row["stated"] else _USUAL
        pieces = [put(piece) for piece in paths[k]]
        parts: list[object] = []
        for n, piece in enumerate(pieces):
            last = n == len(pieces) - 1
            clear = np.hypot(*(piece - piece[0]).T) > (radius[number[a]] if n == 0 else -1)
            clear &= np.hypot(*(piece - piece[-1]).T) > (radius[number[b]] if last else -1)
            if clear.sum() < 4:
                continue
            head = (4.0 + 1.5 * width) * look.line if last else 0.0
            parts += arrow(axes, piece[clear], kind, width, head, 3)
            drawn.append(piece)
        for p, part in enumerate(parts):
            made.name(part, f"way-{k}-{p}", f"{a} to {b}: {row['documents']}")
    _places(made, places, points, radius, drawn)
    return made.figure


def middle_meridian(lon: Points, circles: Sequence[Points], documents: Sequence[int]) -> float:
    """The meridian in the middle of the map, in degrees: one whose map's edge the fewest letters
    cross, and of these the one nearest to the places."""
    angle = np.radians(lon)
    mean = float(np.degrees(np.arctan2(np.sin(angle).mean(), np.cos(angle).mean())))

    def cost(centre: float) -> tuple[int, float]:
        crossing = sum(
            n
            for circle, n in zip(circles, documents, strict=True)
            if len(pieces_of(circle, centre)) > 1
        )
        return crossing, abs(centre - mean)

    return min((mean + turn for turn in range(-180, 180, 10)), key=cost)


def pieces_of(circle: Points, centre: float) -> list[Points]:
    """The parts of a way (lon, lat) on a map around `centre`, cut at its edges, where a way that
    leaves the map on one side comes in again on the other."""
    shifted = (circle[:, 0] - centre + 180) % 360 - 180
    jumps = np.flatnonzero(np.abs(np.diff(shifted)) > 180) + 1
    return [np.asarray(piece) for piece in np.split(circle, jumps) if len(piece)]


def _drawn_ways(circles: Sequence[Points], centre: float) -> list[list[Points]]:
    """The parts of each way in the plane; those in one part are bowed to lie apart."""
    parts = [
        [_projected(piece, centre) for piece in pieces_of(circle, centre)] for circle in circles
    ]
    whole = [pieces[0] for pieces in parts if len(pieces) == 1]
    bowed = iter(side_by_side(whole))
    return [[next(bowed)] if len(pieces) == 1 else pieces for pieces in parts]


def _projected(degrees: Points, centre: float) -> Points:
    return equal_earth(degrees[:, 0], degrees[:, 1], centre)


def _radii(sent: Points, line: float) -> Points:
    return np.asarray((2.2 + 5.5 * np.sqrt(sent / max(float(sent.max()), 1.0))) * line)


def side_by_side(paths: Sequence[Points]) -> list[Points]:
    """Paths bowed to their left so that ways there and back, and several between the same ends
    (a house and its town are one), lie apart; the first way of a pair is bowed least."""
    ends = [(tuple(path[0].round(3)), tuple(path[-1].round(3))) for path in paths]
    before = Counter[tuple[object, object]]()
    made = []
    for path, (a, b) in zip(paths, ends, strict=True):
        way = path[-1] - path[0]
        t = np.linspace(0, 1, len(path))[:, None]
        share = BOW * ((b, a) in ends) + BESIDE * before[a, b]
        made.append(np.asarray(path + share * 4 * t * (1 - t) * np.array([-way[1], way[0]])))
        before[a, b] += 1
    return made


def _widths(ways: pl.DataFrame, places: pl.DataFrame, look):  # type: ignore[no-untyped-def]
    entries = []
    plain = Look(SOFT, SOLID, "")
    most = int(ways["documents"].max()) if ways.height else 0  # type: ignore[arg-type]
    for n in keys.round_steps(most) if most else []:
        width = (0.6 + 2.6 * np.sqrt(n / most)) * look.line
        entries.append(keys.stroke_entry(plain, look, f"{n}", float(width)))
    top = int(places["sent"].max()) if places.height else 0  # type: ignore[arg-type]
    for n in keys.round_steps(top, 2) if top else []:
        r = (2.2 + 5.5 * np.sqrt(n / top)) * look.line
        mark = SideLook("circle", "#f4c7a0", INK, "")
        entries.append(keys.mark_entry(mark, look, f"{n} sent", float(r)))
    return entries


def _ground(axes, coast, centre, put, size) -> None:  # type: ignore[no-untyped-def]
    """Sea, land and the net of meridians and parallels."""
    axes.set_facecolor("#f6f9fb")
    axes.patch.set_visible(True)
    edge = np.linspace(-90, 90, 91)
    lines = [put(equal_earth(np.full(91, x), edge, centre)) for x in range(-180, 180, 15)]
    across = np.linspace(centre - 179.9, centre + 179.9, 181)
    lines += [put(equal_earth(across, np.full(181, float(y)), centre)) for y in range(-75, 90, 15)]
    shapes = []
    for outline in coast:
        for part in _within_the_map(outline, centre):
            shapes.append(put(equal_earth(part[:, 0] + centre, part[:, 1], centre)))
    if shapes:
        axes.add_collection(PolyCollection(shapes, facecolor="#ebe7de", edgecolor="#b8b1a2",
                                           linewidth=0.4, zorder=1))  # fmt: skip
    axes.add_collection(LineCollection(lines, colors="#dfe6ea", linewidths=0.5, zorder=0.5))
    axes.set_xlim(0, size[0])
    axes.set_ylim(0, size[1])
    axes.axis("on")
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_color("#b9c3c9")
        spine.set_linewidth(0.6)


def _within_the_map(outline: Points, centre: float) -> Iterator[Points]:
    """The parts of a ring on a map around `centre`, cut at its edges; degrees from the centre."""
    around = np.rad2deg(np.unwrap(np.deg2rad(outline[:, 0] - centre)))
    frame = Bbox([[-179.9, -90.0], [179.9, 90.0]])
    for turn in (-360.0, 0.0, 360.0):
        ring = Path(np.column_stack([around + turn, outline[:, 1]]), closed=True)
        if not ring.get_extents().overlaps(frame):
            continue
        cut = np.asarray(ring.clip_to_bbox(frame, inside=True).vertices)
        if len(cut) > 3:
            yield cut


def _places(made, places, points, radius, drawn) -> None:  # type: ignore[no-untyped-def]
    style = made.style
    wishes = []
    names = places["label"].to_list()
    for i, name in enumerate(names):
        w, h = extent(name, style.text, style)
        wishes.append(Wish(points[i][0], points[i][1], radius[i], w, h, places["sent"][i]))
        circle = made.area.scatter(
            *points[i], s=(2 * radius[i]) ** 2, facecolor="#f4c7a0", edgecolor=INK,
            linewidth=0.7 * style.line, zorder=5,
        )  # fmt: skip
        made.name(circle, f"place-{i}", f"{name}: {places['sent'][i]} sent")
    marks = np.column_stack([points, radius])
    along = np.vstack(drawn) if drawn else np.zeros((0, 2))
    spots = place(wishes, marks, along, (0, 0, made.width, made.height), rings=NEAR)
    for i, where in enumerate(spots):
        if where is None:
            continue
        if where.far:
            end = np.clip(points[i], where.box[:2], where.box[2:])
            made.area.plot(*np.column_stack([points[i], end]), color=INK, linewidth=0.5 * style.line,
                           zorder=4.5)  # fmt: skip
        made.area.text(
            *where.centre, names[i], size=style.text, color=INK, ha="center", va="center",
            family=list(style.family), zorder=8,
            path_effects=[patheffects.withStroke(linewidth=2.2, foreground=PAPER)],
        ).set_gid(f"kg-label-{i}")  # fmt: skip
