"""The sheet: a figure with a title that says what is shown, a field in points, a key, a source.

The field's coordinates are points (1/72 inch), so that marks, lines and the measured
extents of words share one unit.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from weakref import WeakKeyDictionary

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

from kgraph.plots.style import INK, PAPER, SOFT, Style

_TITLES: WeakKeyDictionary[Figure, dict[str, str]] = WeakKeyDictionary()


def titles(figure: Figure) -> dict[str, str]:
    """What the elements of a picture say when pointed at: group id -> words (for SVG)."""
    return _TITLES.setdefault(figure, {})


@cache
def _measure(text: str, size: float, weight: str, family: tuple[str, ...]) -> tuple[float, float]:
    font = FontProperties(family=list(family), size=size, weight=weight)
    made = TextToPath()
    width = height = 0.0
    for line in text.split("\n"):
        w, h, d = made.get_text_width_height_descent(line or " ", font, ismath=False)
        width = max(width, w)
        height += max(h + d, size * 1.17)
    return width, height


def extent(text: str, size: float, style: Style, weight: str = "normal") -> tuple[float, float]:
    """Width and height of some words in points."""
    return _measure(text, size, weight, style.family)


@dataclass
class Sheet:
    """A figure being made. `area` is the axes, `width` x `height` points, y upward."""

    figure: Figure
    area: Axes
    width: float
    height: float
    style: Style

    def name(self, artist: object, key: str, words: str) -> None:
        """Have an element say `words` when pointed at in an SVG."""
        gid = f"kg-{key}"
        artist.set_gid(gid)  # type: ignore[attr-defined]
        titles(self.figure)[gid] = words


def sheet(
    style: Style,
    title: str,
    subtitle: str = "",
    source: str = "",
    key_height: float = 0.0,
    draw_key: Callable[[Axes, float, float], None] | None = None,
    size: tuple[float, float] | None = None,
    margins: tuple[float, float] = (0.0, 0.0),
) -> Sheet:
    """A new sheet with its words set.

    `key_height` points at the foot are for a key, drawn by `draw_key(axes, width,
    height)` in points; `margins` are points left of and below the field, for axes.
    """
    width, height = size or (style.width, style.height)
    figure = Figure(figsize=(width, height), dpi=style.dpi, facecolor=PAPER)
    FigureCanvasAgg(figure)
    w, h = width * 72, height * 72
    edge = style.text * 1.6
    inside = w - 2 * edge
    top = h - edge
    family = list(style.family)
    for words, size_, colour, weight, gap in (
        (title, style.title, INK, "bold", 0.45),
        (subtitle, style.text, SOFT, "normal", 0.5),
    ):
        if not words:
            continue
        wrapped = wrap_to(words, inside, size_, style, weight)
        figure.text(
            edge / w, top / h, wrapped, size=size_, color=colour, weight=weight, va="top",
            ha="left", family=family, linespacing=1.2,
        )  # fmt: skip
        top -= extent(wrapped, size_, style, weight)[1] * 1.06 + gap * style.text
    bottom = edge
    if source:
        wrapped = wrap_to(source, inside, style.small, style)
        figure.text(
            edge / w, edge / h, wrapped, size=style.small, color=SOFT, va="bottom", ha="left",
            family=family, linespacing=1.2,
        )  # fmt: skip
        bottom += extent(wrapped, style.small, style)[1] * 1.06 + style.text * 0.6
    if key_height and draw_key is not None:
        key = figure.add_axes((edge / w, bottom / h, inside / w, key_height / h))
        key.set_xlim(0, inside)
        key.set_ylim(0, key_height)
        key.axis("off")
        draw_key(key, inside, key_height)
        bottom += key_height + style.text * 0.6
    left, below = margins
    top -= style.text * 0.3
    fw, fh = inside - left, top - bottom - below
    axes = figure.add_axes(((edge + left) / w, (bottom + below) / h, fw / w, fh / h))
    if left == below == 0:
        axes.set_xlim(0, fw)
        axes.set_ylim(0, fh)
        axes.axis("off")
    return Sheet(figure, axes, fw, fh, style)


HINTED = 1.04
"""How much wider a drawn line is at most than the outlines of its letters: they are set on pixels."""


def wrap_to(text: str, width: float, size: float, style: Style, weight: str = "normal") -> str:
    """`text` broken into lines that fit `width` points."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            tried = f"{line} {word}".strip()
            if line and HINTED * extent(tried, size, style, weight)[0] > width:
                lines.append(line)
                line = word
            else:
                line = tried
        lines.append(line)
    return "\n".join(lines)


def balanced(label: str, letters: int = 18) -> str:
    """A label in lines of about `letters` letters, of like length, broken at spaces."""
    label = " ".join(label.split())
    if len(label) <= letters:
        return label
    lines = min(3, -(-len(label) // letters))
    for width in range(max(6, len(label) // lines), len(label) + 1):
        wrapped = textwrap.wrap(label, width, break_long_words=False, break_on_hyphens=False)
        if len(wrapped) <= lines:
            return "\n".join(wrapped)
    return label


def amount(n: int, noun: str) -> str:
    """A number with its noun.

    >>> amount(1, "letter"), amount(12, "letter")
    ('1 letter', '12 letters')
    """
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
