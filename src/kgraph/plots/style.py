"""How pictures look: sizes for print, screen and slides; channels and sides told apart.

Colours are Okabe and Ito's (2008) or close to them, chosen so that neighbours in a
legend differ in lightness too; every channel has its own dash and every side its own
shape, so that a picture printed in grey says the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from kgraph import vocab
from kgraph.network.grouping import side_name
from kgraph.network.selection import label_of
from kgraph.report import KgraphError

StyleName = Literal["print", "screen", "slides"]
Dash = tuple[float, tuple[float, ...]]

INK = "#1a1a1a"
SOFT = "#5c5c5c"
FAINT = "#c9c9c9"
PAPER = "#ffffff"


@dataclass(frozen=True)
class Style:
    """Sizes in points; `width` and `height` of the whole picture in inches."""

    name: str
    width: float
    height: float
    text: float
    dpi: int
    family: tuple[str, ...] = ("DejaVu Sans",)

    @property
    def small(self) -> float:
        return self.text * 0.84

    @property
    def title(self) -> float:
        return self.text * 1.5

    @property
    def line(self) -> float:
        """Factor for widths of lines and sizes of marks."""
        return self.text / 8.0


STYLES: dict[str, Style] = {
    "print": Style("print", 7.2, 6.6, 7.6, 300),
    "screen": Style("screen", 11.0, 8.4, 9.4, 130),
    "slides": Style("slides", 13.33, 7.5, 12.5, 150),
}


def style_named(name: str) -> Style:
    """The style of a name; unknown: `KgraphError`."""
    if name not in STYLES:
        raise KgraphError(f"there is no style {name!r}", hint=f"one of: {', '.join(STYLES)}")
    return STYLES[name]


def readable(colour: str) -> str:
    """The colour, darkened until words in it can be read on white (contrast 4.5, WCAG 2)."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    while True:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        if 1.05 / (light + 0.05) >= 4.5:
            return "#" + "".join(f"{round(c * 255):02x}" for c in parts)
        parts = [c * 0.94 for c in parts]


@dataclass(frozen=True)
class Look:
    """A line: its colour, its dash (matplotlib's (offset, lengths)), its name in a legend."""

    colour: str
    dash: Dash
    label: str


SOLID: Dash = (0, ())
DASHED: Dash = (0, (5, 1.8))
DOTTED: Dash = (0, (1.2, 1.2))
DASHDOT: Dash = (0, (6, 1.5, 1.2, 1.5))
LONG: Dash = (0, (9, 2))
TWODOT: Dash = (0, (6, 1.3, 1.2, 1.3, 1.2, 1.3))
SHORT: Dash = (0, (2.6, 1.4))

FAMILIES: dict[str, tuple[str, Dash]] = {
    "telegram": ("#0072B2", SOLID),
    "written carriage": ("#00805d", DASHED),
    "back channel": ("#D55E00", LONG),
    "oral": ("#8a3f86", DOTTED),
    "publication": ("#b27d00", DASHDOT),
    "official": ("#1f3d5c", TWODOT),
    "processing": ("#7b5b3a", SHORT),
    "custody": ("#6b6b3a", SHORT),
    "other": ("#566b94", (0, (7, 1.4, 2.6, 1.4))),
    "not stated": ("#8c8c8c", (0, (3.2, 1.6))),
}
"""The broad ways, each with a colour and a dash."""

_SHADES: dict[str, tuple[str, ...]] = {
    "telegram": ("#0072B2", "#56B4E9", "#08306b", "#3d7ea6", "#7fa8c9"),
    "written carriage": ("#00805d", "#5fbf9f", "#0b4f3c", "#7a9a3a", "#3fa08a"),
    "back channel": ("#D55E00", "#f0975a", "#8a2d00", "#b5462a", "#e8b08c"),
    "oral": ("#8a3f86", "#cc79a7"),
    "publication": ("#b27d00", "#e0b84a", "#7d5a10"),
}
_DASHES = (SOLID, DASHED, DOTTED, DASHDOT, LONG, TWODOT, SHORT)


def family(channel: str) -> str:
    """The broad way that a channel or mode belongs to: "bolshakov" -> "back channel".

    A word that the scheme of channels has not, as tables bring them, is "other".
    """
    known = vocab.channels()
    if channel not in known:
        return "other"
    for name in (channel, *vocab.broader(channel)):
        if name in FAMILIES:
            return name
    return "not stated"


def channel_looks(channels: Iterable[str], most: int = 8) -> tuple[dict[str, Look], bool]:
    """A look for every channel, and whether they were merged into their families.

    Up to `most` channels keep their own look (hue of the family, shade and dash of
    their own); more than that are shown by family, so that the legend stays readable.
    """
    names = sorted(set(channels))
    if len(names) > most:
        found = {name: Look(*FAMILIES[family(name)], label_of(family(name))) for name in names}
        return found, True
    taken: dict[str, int] = {}
    used: list[Dash] = []
    looks: dict[str, Look] = {}
    for name in sorted(names, key=lambda x: (x not in FAMILIES, x)):
        kin = family(name)
        rank = taken.get(kin, 0)
        taken[kin] = rank + 1
        colour, dash = FAMILIES[kin]
        if len(names) == 1:
            dash = SOLID  # nothing to be told apart from
        shades = _SHADES.get(kin, (colour,))
        colour = shades[min(rank, len(shades) - 1)]
        if dash in used:
            dash = next((d for d in _DASHES if d not in used), dash)
        used.append(dash)
        looks[name] = Look(colour, dash, label_of(name))
    return looks, False


@dataclass(frozen=True)
class SideLook:
    """A mark: shape ("circle", "square", "diamond", "hexagon", "triangle", "wedge"), fill, outline."""

    shape: str
    fill: str
    edge: str
    label: str


_SIDES = {
    "us": SideLook("circle", "#b9d3ea", "#1f4e79", "United States"),
    "soviet": SideLook("square", "#f0a08c", "#7d2416", "Soviet Union"),
}
_OTHERS = (
    ("diamond", "#efe2a8", "#6b5d14"),
    ("hexagon", "#c9e3c0", "#2f5d2a"),
    ("triangle", "#dccbe6", "#55316b"),
    ("pentagon", "#f3cfe0", "#84285a"),
)
UNKNOWN = SideLook("circle", "#ffffff", "#4d4d4d", "side not known")
"""Where no side is known at all; beside known ones a wedge, since circles have a side."""
OTHER = SideLook("triangle", "#e3e3e3", "#3d3d3d", "other sides")


def side_looks(sides: Iterable[str | None]) -> dict[str | None, SideLook]:
    """A look for every side; beyond the six most frequent, "other sides" share one."""
    counted: dict[str | None, int] = {}
    for side in sides:
        counted[side] = counted.get(side, 0) + 1
    looks: dict[str | None, SideLook] = {}
    spare = iter(_OTHERS)
    for side in sorted(counted, key=lambda x: (-counted[x], x or "")):
        if side is None:
            looks[side] = UNKNOWN if len(counted) == 1 else replace(UNKNOWN, shape="wedge")
        elif side in _SIDES:
            looks[side] = _SIDES[side]
        else:
            shape = next(spare, None)
            looks[side] = SideLook(*shape, side_name(side)) if shape else OTHER
    return looks
