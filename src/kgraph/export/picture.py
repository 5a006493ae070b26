"""Pictures to files: PNG, SVG whose elements have titles, PDF."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import matplotlib
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patheffects import AbstractPathEffect, withStroke
from matplotlib.text import Text

from kgraph import __version__
from kgraph.plots.frame import titles
from kgraph.report import KgraphError

FORMATS = (".png", ".svg", ".pdf")
_SVG = "http://www.w3.org/2000/svg"


def save(figure: Figure, path: Path) -> None:
    """Write `figure` in the format that the ending of `path` names.

    The same picture gives the same bytes: files bear no date. In an SVG each mark
    and line has a ``<title>``, which browsers show when it is pointed at.
    """
    kind = path.suffix.lower()
    if kind not in FORMATS:
        raise KgraphError(
            f"cannot write a picture to {path.name}", hint=f"end its name in {', '.join(FORMATS)}"
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(rendered(figure, kind))
    except OSError as error:
        raise KgraphError(f"cannot write {path}: {error.strerror}") from error


def rendered(figure: Figure, kind: str) -> bytes:
    """The bytes of a picture as ".png", ".svg" or ".pdf"."""
    output = BytesIO()
    maker = f"kgraph {__version__}"
    options = {
        ".png": {"Software": maker},
        ".svg": {"Date": None, "Creator": maker},
        ".pdf": {"CreationDate": None, "Creator": maker, "Producer": maker},
    }[kind]
    with matplotlib.rc_context(
        {"svg.hashsalt": "kgraph", "svg.fonttype": "none", "pdf.fonttype": 42}
    ):
        if kind == ".svg":
            with _plain_names(figure) as halos:
                figure.savefig(output, format="svg", metadata=options)
            return _with_titles(output.getvalue(), titles(figure), halos)
        figure.savefig(output, format=kind[1:], metadata=options)
    return output.getvalue()


@contextmanager
def _plain_names(figure: Figure) -> Iterator[dict[str, str]]:
    """Words with a stroke around them, which would become outlines, as words: their gid and
    the style that draws the stroke."""
    halos: dict[str, str] = {}
    changed: list[tuple[Text, list[AbstractPathEffect], str | None]] = []
    for number, text in enumerate(figure.findobj(Text)):
        assert isinstance(text, Text)
        effects = text.get_path_effects() or []
        if len(effects) != 1 or not isinstance(effects[0], withStroke):
            continue
        stroke = getattr(effects[0], "_gc", {})
        colour = to_hex(stroke.get("foreground", "white"))
        changed.append((text, list(effects), text.get_gid()))
        gid = text.get_gid() or f"name_{number}"
        halos[gid] = (
            f"; paint-order: stroke; stroke: {colour}; stroke-linejoin: round; "
            f"stroke-width: {stroke.get('linewidth', 2):.2f}"
        )
        text.set_path_effects([])
        text.set_gid(gid)
    try:
        yield halos
    finally:
        for text, effects, old in changed:
            text.set_path_effects(effects)
            text.set_gid(old)


def _with_titles(svg: bytes, words: dict[str, str], halos: dict[str, str]) -> bytes:
    for prefix, space in (
        ("", _SVG), ("xlink", "http://www.w3.org/1999/xlink"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
        ("cc", "http://creativecommons.org/ns#"),
        ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ):  # fmt: skip
        ET.register_namespace(prefix, space)
    root = ET.fromstring(svg)
    for text in root.iter(f"{{{_SVG}}}text"):  # Verdana is as wide, where DejaVu is not
        style = text.get("style", "")
        text.set("style", style.replace("'DejaVu Sans'", "'DejaVu Sans', Verdana, sans-serif"))
    for path in root.iter(f"{{{_SVG}}}path"):
        path.set("d", lean(path.get("d", "")))
    for element in root.iter(f"{{{_SVG}}}g"):
        halo = halos.get(element.get("id", ""))
        for text in element.iter(f"{{{_SVG}}}text") if halo else ():
            text.set("style", text.get("style", "") + str(halo))
        said = words.get(element.get("id", ""))
        if said is not None:
            title = ET.Element(f"{{{_SVG}}}title")
            title.text = said
            element.insert(0, title)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


NEAR = 0.04
"""Points (1/72 inch) by which a drawn line may differ from the one that was computed."""
_NUMBER = re.compile(r"-?\d+\.\d+")
_STRAIGHT = re.compile(r"M (\S+) (\S+) ((?: *L \S+ \S+ *)+)(z?)\s*$")


def lean(d: str) -> str:
    """Path data with two decimals, and lines without the points that lie on them.

    >>> lean("M 0.000001 0  L 1.0 0.001  L 2.0 0  L 3.0 0  L 3.0 4.123456  ")
    'M0 0L3 0L3 4.12'
    """
    found = _STRAIGHT.match(d.strip())
    if found is None:
        return re.sub(r"\s+", " ", _NUMBER.sub(lambda n: _short(float(n[0])), d)).strip()
    numbers = [float(n) for n in re.findall(r"[^\sL]+", found[3])]
    points = [(float(found[1]), float(found[2])), *zip(numbers[::2], numbers[1::2], strict=True)]
    x, y = points[0]
    parts = [f"M{_short(x)} {_short(y)}"]
    parts += [f"L{_short(x)} {_short(y)}" for x, y in _kept(points)[1:]]
    return "".join(parts) + found[4]


def _short(number: float) -> str:
    written = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def _kept(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The points that a line needs (Douglas and Peucker 1973), no other farther than `NEAR`."""
    keep = [False] * len(points)
    keep[0] = keep[-1] = True
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        (ax, ay), (bx, by) = points[first], points[last]
        dx, dy = bx - ax, by - ay
        square = dx * dx + dy * dy
        far, at = NEAR, 0
        for n in range(first + 1, last):
            px, py = points[n][0] - ax, points[n][1] - ay
            along = min(1.0, max(0.0, (px * dx + py * dy) / square)) if square else 0.0
            away = math.hypot(px - along * dx, py - along * dy)
            if away > far:
                far, at = away, n
        if at:
            keep[at] = True
            spans += [(first, at), (at, last)]
    return [point for point, wanted in zip(points, keep, strict=True) if wanted]
