"""Pictures: what they show, that no words overlap, that they are the same every time."""

from __future__ import annotations

import hashlib
import xml.etree.ElementTree as ET
from itertools import permutations
from pathlib import Path

import matplotlib.lines
import matplotlib.text
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.text import Text

from kgraph import plots
from kgraph.authorities.persons.calibration import Bin
from kgraph.cli import main
from kgraph.export.picture import rendered, save
from kgraph.model import Date, Leg, Party, Person, Place, PlaceEntry, Record
from kgraph.network import Network, Selection, from_records, load_network, network_of
from kgraph.plots import frame
from kgraph.plots.boxes import overlaps
from kgraph.plots.labels import Wish, along, place
from kgraph.plots.layout import positions
from kgraph.plots.map import (
    equal_earth,
    great_circle,
    middle_meridian,
    pieces_of,
    side_by_side,
)
from kgraph.plots.style import style_named
from kgraph.report import KgraphError
from networks import authority, grove, hop, letter, on, party


@pytest.fixture(scope="module")
def small() -> Network:
    return network_of(from_records(grove()))


def crowd(people: int, letters: int, seed: int = 1) -> Network:
    """A correspondence of many, some of whom write much."""
    random = np.random.default_rng(seed)
    first = ("Abigail", "Bo", "Christabel", "Dag", "Evangeline", "Fritz", "Giovanna Maria")
    last = ("Alder", "Beech-Hornbeam", "Chestnut", "Dogwood of the Lower Meadow", "Elder", "Yew")
    names = [f"{first[i % 7]} {last[i % 6]} {i}" for i in range(people)]
    rank = 1 / np.arange(1, people + 1)
    rank /= rank.sum()
    records = []
    for k in range(letters):
        s, t = random.choice(people, 2, replace=False, p=rank)
        records.append(
            Record(
                id=f"crowd/{k}", source="crowd",
                senders=(Party(name=names[s], id=f"person/{s}", kind="person"),),
                addressees=(Party(name=names[t], id=f"person/{t}", kind="person"),),
                legs=(hop(1, None, None, mode=("telegram", "mail", "courier")[k % 3]),),
                date=on(f"19{50 + k % 20}-0{1 + k % 9}-1{k % 10}"),
            )
        )  # fmt: skip
    return network_of(from_records(records))


def words_of(figure: Figure) -> list[tuple[str, np.ndarray]]:
    """Every visible text of a picture with its box in pixels as it is drawn."""
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    found = []
    for text in figure.findobj(matplotlib.text.Text):
        if text.get_visible() and text.get_text().strip():
            box = text.get_window_extent(renderer)
            if box.width > 0:
                found.append((text.get_text(), np.array([box.x0, box.y0, box.x1, box.y1])))
    return found


def clashes(figure: Figure) -> list[tuple[str, str]]:
    found = words_of(figure)
    boxes = np.array([box for _, box in found])
    inset = boxes + np.array([0.5, 0.5, -0.5, -0.5])
    return [(found[i][0], found[j][0]) for i, j in overlaps(inset)]


def outside(figure: Figure) -> list[str]:
    width, height = figure.bbox.width, figure.bbox.height
    return [
        words for words, (x0, y0, x1, y1) in words_of(figure)
        if x0 < -0.5 or y0 < -0.5 or x1 > width + 0.5 or y1 > height + 0.5
    ]  # fmt: skip


@pytest.mark.parametrize("style", ["print", "screen", "slides"])
@pytest.mark.parametrize(
    "kind",
    [
        "network", "timeline", "matrix", "channels", "map", "ego", "route", "circles", "flow",
        "standing", "answers", "multiples",
    ],
)  # fmt: skip
def test_no_words_overlap_or_leave_the_page(small: Network, kind: str, style: str) -> None:
    figure = picture(kind, small, style)
    assert clashes(figure) == []
    assert outside(figure) == []


@pytest.mark.parametrize("style", ["print", "screen", "slides"])
@pytest.mark.parametrize("kind", ["matrix", "timeline", "channels", "flow", "standing", "answers"])
def test_no_words_overlap_among_embassies_of_long_names(
    shipped_store: Path, kind: str, style: str
) -> None:
    figure = picture(kind, load_network(shipped_store), style)
    assert clashes(figure) == []
    assert outside(figure) == []


def test_an_unknown_side_does_not_look_like_a_known_one() -> None:
    from kgraph.plots.style import side_looks

    looks = side_looks(["us", "soviet", None])
    assert len({x.shape for x in looks.values()}) == 3
    assert side_looks([None])[None].shape == "circle"  # nothing to be told apart from


def picture(kind: str, data: Network, style: str = "print") -> Figure:
    words = {"style": style, "source": "Source: the grove.", "subtitle": "All of it."}
    if kind == "ego":
        return plots.ego(data, "person/ash", **words)
    if kind == "route":
        tables = from_records(grove())
        return plots.route(plots.legs_of(tables.edges, tables.nodes, "grove/1"), **words)
    return getattr(plots, kind)(data, **words)


@pytest.mark.parametrize(("people", "letters"), [(10, 60), (40, 160), (300, 900)])
def test_names_keep_clear_of_each_other_in_a_crowd(people: int, letters: int) -> None:
    data = crowd(people, letters)
    figure = plots.network(data, source="Source: invented.")
    assert clashes(figure) == []
    assert outside(figure) == []
    shown = {words.replace("\n", " ") for words, _ in words_of(figure)}
    labels = data.nodes["label"].to_list()
    greatest = np.argsort(-plots.letters_of(data))[:6]
    assert {labels[i] for i in greatest} <= shown
    if people <= 40:
        assert set(labels) <= shown


def test_what_is_left_out_is_said() -> None:
    data = crowd(300, 900)
    shown = [words for words, _ in words_of(plots.network(data))]
    names = set(data.nodes["label"])
    drawn = len({words.replace("\n", " ") for words in shown} & names)
    assert any(f"{data.size - drawn} of {data.size} names" in words for words in shown)


@pytest.mark.parametrize(
    "kind",
    ["network", "timeline", "matrix", "channels", "map", "ego", "circles", "flow", "multiples"],
)
def test_the_same_letters_give_the_same_picture(small: Network, kind: str) -> None:
    first, second = (rendered(picture(kind, small), ".svg") for _ in range(2))
    assert hashlib.sha256(first).digest() == hashlib.sha256(second).digest()


def test_ways_with_and_without_a_stated_goal_keep_their_order(shipped_store: Path) -> None:
    data = load_network(shipped_store)
    ways = plots.ways_between(data)[0]
    assert ways.select("from_place", "to_place").is_duplicated().any()
    assert all(plots.ways_between(data)[0].equals(ways) for _ in range(8))


def test_elements_of_an_svg_have_titles(small: Network, tmp_path: Path) -> None:
    save(picture("network", small), tmp_path / "grove.svg")
    root = ET.parse(tmp_path / "grove.svg").getroot()
    titles = {x.text for x in root.iter("{http://www.w3.org/2000/svg}title")}
    assert "Ada Ash (person/ash): sent 2, received 2" in titles
    assert "Cyril Cedar to Ada Ash: 1 (telegram 1)" in titles


@pytest.mark.parametrize(
    ("name", "start"), [("a.png", b"\x89PNG"), ("a.svg", b"<?xml"), ("a.pdf", b"%PDF")]
)
def test_the_ending_of_the_file_names_the_format(
    small: Network, tmp_path: Path, name: str, start: bytes
) -> None:
    save(picture("matrix", small), tmp_path / "new" / name)
    assert (tmp_path / "new" / name).read_bytes().startswith(start)


def test_another_ending_is_refused(small: Network, tmp_path: Path) -> None:
    with pytest.raises(KgraphError, match=r"a\.gif"):
        save(picture("matrix", small), tmp_path / "a.gif")


def test_a_style_that_is_not_there_is_refused(small: Network) -> None:
    with pytest.raises(KgraphError, match="glossy"):
        plots.network(small, style="glossy")


def test_no_two_marks_of_a_network_overlap() -> None:
    data = crowd(120, 400)
    radii = np.full(data.size, 4.0)
    points = positions(data.matrix, radii, 500.0, 400.0)
    gaps = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    np.fill_diagonal(gaps, np.inf)
    assert gaps.min() >= 8.0
    assert (points >= 0).all()
    assert (points <= [500.0, 400.0]).all()


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.floats(0, 300), st.floats(0, 200), st.floats(1, 8), st.floats(5, 90),
            st.floats(5, 20),
        ),
        min_size=1, max_size=40,
    )
)  # fmt: skip
def test_placed_labels_never_overlap(given: list[tuple[float, ...]]) -> None:
    wishes = [Wish(*values) for values in given]
    marks = np.array([[w.x, w.y, w.radius] for w in wishes])
    bounds = (0.0, 0.0, 300.0, 200.0)
    placed = [p for p in place(wishes, marks, np.zeros((0, 2)), bounds) if p]
    boxes = np.array([p.box for p in placed]).reshape(-1, 4)
    assert overlaps(boxes) == []
    for x0, y0, x1, y1 in boxes:
        assert x0 >= 0
        assert x1 <= 300
        assert y0 >= 0
        assert y1 <= 200
        nearest = np.hypot(
            np.clip(marks[:, 0], x0, x1) - marks[:, 0], np.clip(marks[:, 1], y0, y1) - marks[:, 1]
        )
        assert (nearest >= marks[:, 2]).all()


def test_a_name_stands_nearer_to_its_own_mark_than_to_another() -> None:
    """Two marks close together, each with a wide name: neither name lies along the other mark."""
    wishes = [Wish(100, 100, 4, 60, 10), Wish(120, 102, 4, 60, 10)]
    marks = np.array([[100.0, 100, 4], [120, 102, 4]])
    places = place(wishes, marks, np.zeros((0, 2)), (0, 0, 300, 200))
    for own, other, where in ((0, 1, places[0]), (1, 0, places[1])):
        assert where is not None
        x0, y0, x1, y1 = where.box
        far = [
            np.hypot(max(x0 - x, 0, x - x1), max(y0 - y, 0, y - y1)) - r
            for x, y, r in (marks[own], marks[other])
        ]
        assert far[0] < far[1]


def test_every_name_of_a_star_stands_beside_its_mark() -> None:
    """Twenty missions around one ministry: no line has to lead from a mark to a far name."""
    ministry = Party(name="Ministry", id="body/0", kind="body")
    missions = [
        Party(name=f"Mission in the town of number {k}", id=f"body/{k}", kind="body")
        for k in range(1, 21)
    ]
    figure = plots.network(network_of(from_records(
        Record(id=f"m/{k}", source="m", senders=(ministry,), addressees=(mission,))
        for k, mission in enumerate(missions)
    )))  # fmt: skip
    assert sum("Mission" in words for words, _ in words_of(figure)) == 20
    leaders = [line for axes in figure.axes for line in axes.lines if line.get_zorder() == 4.5]
    assert leaders == []


def test_channels_without_known_sides_have_one_bar_each() -> None:
    data = crowd(12, 40)
    figure = plots.channels(data)
    words = [words for words, _ in words_of(figure)]
    assert not any("side" in one or " to " in one for one in words)
    counts = data.letters.group_by("channel").agg(pl.col("document").n_unique())["document"]
    assert {str(n) for n in counts} <= set(words)
    assert clashes(figure) == []


def test_a_hop_that_two_sources_tell_is_drawn_once_and_says_so() -> None:
    ash, birch = party("person/ash"), party("person/birch")
    told = [
        Record(id=f"{source}/1", source=source, senders=(ash,), addressees=(birch,), legs=(
            Leg(index=1, from_=ash, to=birch, mode="hand delivery", date=Date(text="", edtf=edtf)),
        ))
        for source, edtf in (("one", "XXXX-09-30"), ("two", "1961-09-30"), ("three", "1961-10-02"))
    ]  # fmt: skip
    tables = from_records(told)
    edges = tables.edges.with_columns(document=pl.lit("one/1"))  # as when records are merged
    legs = plots.legs_of(edges, tables.nodes, "one/1")
    words = [words for words, _ in words_of(plots.route(legs))]
    assert "30 September 1961 (2 sources)" in words
    assert "2 October 1961" in words


def test_a_branch_of_a_way_passes_the_names() -> None:
    """A paper goes to two: the line to the second does not run through the sender's name."""
    ash, birch, elm = (party(f"person/{name}") for name in ("ash", "birch", "elm"))
    legs = (
        Leg(index=1, from_=ash, to=birch, mode="telegram"),
        Leg(index=1, from_=ash, to=elm, mode="telegram"),
    )
    record = Record(
        id="grove/9", source="grove", senders=(ash,), addressees=(birch, elm), legs=legs
    )
    tables = from_records([record])
    figure = plots.route(plots.legs_of(tables.edges, tables.nodes, "grove/9"))
    boxes = [box for words, box in words_of(figure) if words in ("Ada Ash", "Edgar Elm")]
    lines = [
        axes.transData.transform(line.get_xydata())
        for axes in figure.axes for line in axes.lines if "hop" in (line.get_gid() or "")
    ]  # fmt: skip
    assert len(boxes) == 2
    assert len(lines) == 2
    for x0, y0, x1, y1 in boxes:
        for points in lines:
            assert not ((points > (x0, y0)) & (points < (x1, y1))).all(axis=1).any()


def test_a_letter_without_a_date_is_left_out_of_the_timeline_and_counted(small: Network) -> None:
    rows, undated = plots.letters_by_lane(small)
    assert undated == 1
    assert "grove/4" not in rows["document"].to_list()
    shown = " ".join(words for words, _ in words_of(plots.timeline(small)))
    assert "1 letters without any date" in shown or "1 letter without any date" in shown


def test_a_route_tells_who_gave_it_to_whom_where_and_when() -> None:
    shown = [words.replace("\n", " ") for words, _ in words_of(picture("route", None))]  # type: ignore[arg-type]
    assert [w for w in shown if w in ("Ada Ash", "Ben Birch", "Cyril Cedar")]
    assert "Bolshakov route, hand delivery" in shown
    assert "Oakham, 3 March 1961" in shown


def test_a_copy_to_many_is_one_mark_with_their_names() -> None:
    many = tuple(Party(name=f"Reader {i}", id=f"person/r{i}") for i in range(9))
    record = letter(
        1, "person/ash", "person/cedar",
        legs=(Leg(index=1, from_=Party(name="Ash", id="person/ash"), to=many[0], also_to=many[1:],
                  mode="distribution"),),
    )  # fmt: skip
    tables = from_records([*authority(), record])
    figure = plots.route(plots.legs_of(tables.edges, tables.nodes, "grove/1"))
    shown = " ".join(words.replace("\n", " ") for words, _ in words_of(figure))
    assert "9 persons" in shown
    assert "Reader 8" in shown
    assert clashes(figure) == []


def test_channels_with_more_than_eight_kinds_are_shown_by_family() -> None:
    from kgraph.plots.style import channel_looks

    names = ["bolshakov", "pen pal", "mail", "courier", "pouch", "telegram", "hot line", "radio",
             "telephone"]  # fmt: skip
    looks, merged = channel_looks(names)
    assert merged
    assert looks["bolshakov"].label == looks["pen pal"].label == "Back channel"
    few, merged = channel_looks(names[:8])
    assert not merged
    assert len({(look.colour, look.dash) for look in few.values()}) == 8
    assert len({look.colour for look in few.values()}) == 8


def test_looks_differ_in_grey_by_dash() -> None:
    from kgraph.plots.style import FAMILIES

    dashes = [dash for _, dash in FAMILIES.values()]
    assert len(set(dashes)) >= len(dashes) - 1


def test_great_circles_and_their_plane() -> None:
    points = great_circle((38.9, -77.04), (55.75, 37.62))
    assert points[0] == pytest.approx([-77.04, 38.9])
    assert points[-1] == pytest.approx([37.62, 55.75])
    assert points[:, 1].max() > 60  # the way leads over the north
    corner = equal_earth(np.array([180.0]), np.array([0.0]), 0.0)
    assert abs(corner[0, 0]) == pytest.approx(2.7066, abs=1e-3)  # half width in the paper


def test_ways_on_the_map_say_whether_the_goal_is_stated(small: Network) -> None:
    ways, places, without = plots.ways_between(small)
    assert ways.select("from_place", "to_place", "stated", "documents").rows() == [
        ("place/oakham", "place/pineville", False, 1),
        ("place/pineville", "place/oakham", False, 1),
    ]
    assert places["id"].to_list() == ["place/oakham", "place/pineville"]
    assert without == 3


def test_the_picture_of_one_person_has_only_those_next_to_them(small: Network) -> None:
    part, left = plots.around(small, "person/birch")
    assert part.ids == ["body/office-of-trees", "person/birch"]
    assert left == 0


def test_an_empty_selection_still_gives_a_sheet() -> None:
    nothing = network_of(from_records([]), Selection())
    for kind in ("timeline", "matrix", "network", "map"):
        assert isinstance(getattr(plots, kind)(nothing), Figure)


def test_more_than_four_hundred_are_drawn_as_circles_and_the_rest_is_counted() -> None:
    data = crowd(900, 1500)
    assert data.size > 400
    figure = plots.network(data, source="Source: invented.")
    assert clashes(figure) == []
    group = plots.grouped(data)
    shown = " ".join(words.replace("\n", " ") for words, _ in words_of(figure))
    assert f"{data.size} persons in {group.shown} circles" in shown
    assert sum(group.sizes) + group.left_out == data.size
    if group.left_out:
        assert f"{group.left_out} in smaller circles are left out" in shown


def test_members_of_a_circle_lie_within_it(small: Network) -> None:
    from matplotlib.collections import PathCollection
    from matplotlib.patches import Circle

    figure = plots.circles(small)
    discs = [
        (np.array(p.center), p.radius) for axes in figure.axes for p in axes.patches
        if isinstance(p, Circle) and p.get_alpha()
    ]  # fmt: skip
    (dots,) = [c for axes in figure.axes for c in axes.collections if isinstance(c, PathCollection)]
    for spot, size in zip(dots.get_offsets(), dots.get_sizes(), strict=True):
        radius = np.sqrt(size) / 2
        assert any(np.hypot(*(spot - c)) + radius <= r + 1e-6 for c, r in discs)


def test_words_for_channels_that_the_scheme_has_not_are_no_silence() -> None:
    from kgraph.plots.style import family

    assert family("pigeon") == "other"
    assert family("not stated") == "not stated"
    assert family("bolshakov") == "back channel"


def test_of_too_many_ties_the_backbone_is_drawn_and_said() -> None:
    data = crowd(60, 2500)
    assert data.ties.height > 240
    shown = " ".join(words.replace("\n", " ") for words, _ in words_of(plots.network(data)))
    assert f"of {data.ties.height} ties" in shown


def test_streams_add_up_to_the_documents_of_each_pair_of_sides(small: Network) -> None:
    rows = plots.streams(small)
    assert rows.filter(from_side="us", to_side="us")["documents"].sum() == 1
    assert rows.filter(from_side="soviet", to_side="us")["way"].sort().to_list() == [
        "not stated", "telegram",
    ]  # fmt: skip


def test_years_count_letters_by_their_earliest_date(small: Network) -> None:
    table, undated = plots.by_year(small)
    assert undated == 1
    assert dict(table.group_by("year").agg(pl.col("letters").sum()).iter_rows()) == {
        1961: 4, 1962: 1,
    }  # fmt: skip


def test_any_measure_of_persons_is_drawn_over_time(shipped_store: Path, tmp_path: Path) -> None:
    data = tmp_path / "standing.csv"
    asked = ["plot", "standing", "--measure", "betweenness", "--days", "180", "--data", str(data),
             "-o", str(tmp_path / "standing.png"), "--store", str(shipped_store)]  # fmt: skip
    with pytest.raises(SystemExit, match="0"):
        main(asked)
    values = pl.read_csv(data)["value"].drop_nulls()
    assert 0 < values.max() <= 1  # a share of chains, not a number of letters
    asked[3] = "beauty"
    with pytest.raises(SystemExit, match="2"):
        main(asked)


def test_reliability_shows_each_bin_and_the_line() -> None:
    bins = [Bin(0.5, 0.6, 10, 0.55, 0.5), Bin(0.9, 1.0, 90, 0.98, 0.99)]
    figure = plots.reliability([("one", bins), ("other", bins[:1])], title="Links")
    axes = figure.axes[0]
    points = [
        (round(float(line.get_xdata()[0]), 3), float(line.get_ydata()[0]))
        for line in axes.lines
        if line.get_marker() == "o" and len(line.get_xdata())
    ]
    assert (0.55, 0.5) in points
    assert (0.98, 0.99) in points
    assert [t.get_text() for t in axes.get_legend().get_texts()] == ["one", "other"]
    with pytest.raises(ValueError, match="one or two"):
        plots.reliability([("a", bins)] * 3)


def test_a_letter_table_is_drawn_without_a_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KGRAPH_STORE", str(tmp_path / "none"))
    table = tmp_path / "letters.csv"
    rows = ["id,sender,addressee,date,place", "1,Ada Ash,Ben Birch,1961-03-02,Oakham",
            "2,Ben Birch,Ada Ash,1961,Pineville", "3,Ada Ash,Cyril Cedar,,"]  # fmt: skip
    table.write_text("\n".join(rows) + "\n", "utf-8")
    file, numbers = tmp_path / "drawn.svg", tmp_path / "numbers.csv"
    written = ["-o", str(file), "--data", str(numbers)]

    def drawn(kind: str, *filters: str) -> None:
        with pytest.raises(SystemExit) as left:
            main(["plot", kind, str(table), *filters, *written])
        assert left.value.code == 0, kind

    for kind in ("network", "matrix", "timeline", "years", "flow", "standing", "answers", "map"):
        drawn(kind)
        assert file.read_text("utf-8").count("<svg") == 1
    drawn("network", "--from", "1961-03", "--to", "1961-03", "--surely")
    assert len(numbers.read_text("utf-8").splitlines()) == 2  # the heading, the letter of 2 March


def test_many_ways_and_channels_are_thinned_and_the_note_says_so() -> None:
    cities = {f"place/{i}": (40.0 + i, 3.0 * i) for i in range(8)}
    records: list[Record | Person | PlaceEntry] = [
        PlaceEntry(id=key, label=key, lat=lat, lon=lon) for key, (lat, lon) in cities.items()
    ]
    for k, (a, b) in enumerate(permutations(cities, 2)):
        records.append(
            letter(k, "person/ash", "person/cedar", on("1961-03-01"),
                   place=Place(name=a, id=a), place_to=Place(name=b, id=b))
        )  # fmt: skip
    figure = plots.map(network_of(from_records(records)))
    words = " ".join(x.get_text() for x in figure.findobj(Text))
    assert "The 40 busiest of 56 ways, with 71 % of the letters." in words.replace("\n", " ")


def test_the_map_is_turned_so_that_few_letters_leave_it_on_one_side_and_come_in_on_the_other() -> (
    None
):
    washington, tokyo, moscow = (38.9, -77.0), (35.7, 139.7), (55.8, 37.6)
    circles = [great_circle(washington, tokyo), great_circle(washington, moscow)]
    lon = np.array([-77.0, 139.7, 37.6])
    centre = middle_meridian(lon, circles, [90, 10])
    assert [len(pieces_of(circle, centre)) for circle in circles] == [1, 1]
    west, east = pieces_of(circles[0], -20.0)  # cut at 160° east
    assert west[-1, 0] < -170 or west[-1, 0] > 160
    assert east[0, 0] <= 160
    assert len(west) + len(east) == len(circles[0])


def test_a_name_on_the_map_stands_near_its_place_however_many_are_there() -> None:
    records: list[Record | Person | PlaceEntry] = []
    for k in range(24):
        near = PlaceEntry(id=f"place/t{k}", label=f"Town {k}", lat=48 + k % 5, lon=5 + k // 5)
        records += [near, letter(k, "person/ash", "person/cedar", on("1961-03-01"),
                                 place=Place(name=near.label, id=near.id),
                                 place_to=Place(name="place/far", id="place/far"))]  # fmt: skip
    records.append(PlaceEntry(id="place/far", label="Far", lat=38.9, lon=-77.0))
    figure = plots.map(network_of(from_records(records)))
    names = [x for x in figure.findobj(Text) if (x.get_gid() or "").startswith("kg-label-")]
    marks = {c.get_gid(): c.get_offsets()[0] for c in figure.findobj(PathCollection) if c.get_gid()}
    assert len(names) > 5
    for name in names:
        mark = marks[name.get_gid().replace("label", "place")]
        words = name.get_window_extent().transformed(name.axes.transData.inverted())
        gap = np.maximum([words.x0, words.y0], np.minimum([words.x1, words.y1], mark)) - mark
        assert np.hypot(*gap) < 45


@pytest.mark.parametrize("style", ["print", "screen", "slides"])
def test_the_names_of_circles_lie_on_no_arrow(shipped_store: Path, style: str) -> None:
    figure = plots.circles(load_network(shipped_store), style=style)
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    names = [x.get_window_extent(renderer) for x in figure.findobj(matplotlib.text.Text)
             if str(x.get_gid()).startswith("kg-label-")]  # fmt: skip
    lines = [x for x in figure.findobj(matplotlib.lines.Line2D)
             if str(x.get_gid()).startswith("kg-flow-")]  # fmt: skip
    assert len(names) > 5
    assert len(lines) > 5
    for line in lines:
        along_line = line.get_transform().transform(along([line.get_xydata()]))
        assert not any(box.contains(*point) for box in names for point in along_line)


def test_a_name_goes_where_no_line_passes() -> None:
    marks = np.array([[100.0, 100.0, 5.0], [400.0, 100.0, 5.0]])
    wishes = [Wish(100, 100, 5, 60, 10), Wish(400, 100, 5, 60, 10)]
    lines = along([np.array([[105.0, 100.0], [395.0, 100.0]])])  # of two points only
    left, right = place(wishes, marks, lines, (0, 0, 500, 200))
    assert left is not None
    assert right is not None
    assert left.box[2] <= 100 or not left.box[1] < 100 < left.box[3]
    assert not (right.box[1] < 100 < right.box[3] and right.box[0] < 395)


def test_names_are_written_smaller_where_they_would_fill_the_page(shipped_store: Path) -> None:
    figure = plots.network(load_network(shipped_store), style="slides")
    names = [x for x in figure.findobj(matplotlib.text.Text)
             if str(x.get_gid()).startswith("kg-label-")]  # fmt: skip
    assert len(names) >= 55  # of 57
    assert clashes(figure) == []


def test_a_name_keeps_clear_of_an_arrowhead() -> None:
    """The head of a thick arrow is wider than its line."""
    path = np.array([[100.0, 0.0], [20.0, 0.0]])
    bare, headed = along([path]), along([path], [24.0])
    assert np.abs(bare[:, 1]).max() == 0
    assert np.abs(headed[:, 1]).max() == pytest.approx(0.42 * 24.0)
    wish = Wish(0.0, 0.0, 5.0, 40.0, 8.0)
    marks = np.array([[0.0, 0.0, 5.0]])
    low = along([np.array([[100.0, 9.0], [20.0, 9.0]])], [24.0])
    (spot,) = place([wish], marks, low, (-200, -200, 200, 200))
    assert spot is not None
    inside = (low[:, 0] > spot.box[0]) & (low[:, 0] < spot.box[2])
    inside &= (low[:, 1] > spot.box[1]) & (low[:, 1] < spot.box[3])
    assert not inside.any()


def test_a_name_gives_up_its_place_to_one_that_has_no_other_near() -> None:
    """The heavier name chooses first, but can stand elsewhere as well; the other cannot."""
    heavy = Wish(0.0, 0.0, 3.0, 30.0, 8.0, weight=2.0)
    light = Wish(62.0, 0.0, 3.0, 30.0, 8.0)
    marks = np.array([[0.0, 0.0, 3.0], [62.0, 0.0, 3.0]])
    lines = [(x, y) for x in range(30, 140, 2) for y in range(-60, 61, 2) if x > 62 or abs(y) > 5]
    spots = place([heavy, light], marks, np.array(lines, float), (-90, -60, 140, 60))
    assert spots[0] is not None
    assert spots[1] is not None
    assert spots[1].box[2] < 62, "to the left of its mark, where no line passes"
    assert spots[1].box[1] < 0 < spots[1].box[3]
    assert not overlaps(np.array([spots[0].box, spots[1].box]))


def test_several_ways_between_two_places_lie_apart() -> None:
    there = np.column_stack([np.linspace(0, 100, 21), np.zeros(21)])
    back, alone = there[::-1], there + np.array((0, 50))
    *between, left_alone = side_by_side([there, there, back, back, alone])
    middles = sorted(path[10, 1] for path in between)
    assert np.diff(middles).min() > 2
    assert all(np.allclose(path[[0, -1]], [[0, 0], [100, 0]]) for path in between[:2])
    assert np.allclose(left_alone, alone)


def test_the_map_is_no_higher_than_its_ways_need(small: Network) -> None:
    level = plots.map(small)
    width, height = level.get_size_inches()
    assert height < 0.78 * width
    assert height > 0.36 * width


def test_the_sources_of_a_picture_are_those_of_what_it_shows(
    shipped_store: Path, tmp_path: Path
) -> None:
    file = tmp_path / "ego.svg"
    with pytest.raises(SystemExit):
        main(["plot", "ego", "--focus", "person/macmillan", "--store", str(shipped_store), "-o", str(file)])  # fmt: skip
    whole = tmp_path / "network.svg"
    with pytest.raises(SystemExit):
        main(["plot", "network", "--store", str(shipped_store), "-o", str(whole)])
    assert "Kennedy-Khrushchev Exchanges" in whole.read_text()
    assert (
        "Sources: Foreign Relations of the United States, 1961-1963, Volume VI" in file.read_text()
    )
    assert "Kennedy-Khrushchev Exchanges" not in file.read_text()


def test_rows_of_a_matrix_bear_whole_names_where_the_page_is_wide(shipped_store: Path) -> None:
    figure = plots.matrix(load_network(shipped_store), style="slides")
    rows = {words.get_text() for words in figure.findobj(Text)}
    assert "Embassy of the Soviet Union in the United States" in rows


def test_a_line_of_sources_ends_within_the_sheet() -> None:
    words = "Sources: Foreign Relations of the United States, Volume VI; Russian collection of documents. "
    for long in range(20):
        made = frame.sheet(style_named("print"), "Title", source="m" * long + " " + 3 * words)
        made.figure.set_dpi(300)
        made.figure.canvas.draw()
        right = made.figure.bbox.width
        assert all(t.get_window_extent().x1 < right - 5 for t in made.figure.texts)
