"""Whether probabilities of links say what they mean: expected beside observed shares."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from kgraph.authorities.persons.calibration import Bin
from kgraph.plots.frame import sheet
from kgraph.plots.style import FAINT, INK, SOFT, style_named

Z = 1.959964  # of the normal distribution, two-sided 95 %


def reliability(
    series: Sequence[tuple[str, Sequence[Bin]]],
    *,
    title: str = "Are probable links right as often as they say?",
    subtitle: str = "",
    source: str = "",
    style: str = "print",
) -> Figure:
    """Observed share of right links over the expected one, a point a bin of probability.

    Above the diagonal links are right more often than they say. Bars are Wilson's
    intervals at 95 %; the number of links stands beside each point. Raises `ValueError`
    for more than two series.
    """
    if len(series) > 2:
        raise ValueError("a reliability plot shows one or two series")
    look = style_named(style)
    made = sheet(look, title, subtitle, source, margins=(44.0 * look.line, 36.0 * look.line))
    axes = made.area
    family = list(look.family)
    axes.set_xlim(-0.02, 1.06)
    axes.set_ylim(-0.02, 1.06)
    axes.plot((0, 1), (0, 1), color=FAINT, lw=1.2 * look.line, zorder=1)
    for (name, bins), (fill, shift) in zip(series, ((INK, 0.0), (None, 0.008)), strict=False):
        points = [(b.expected + shift, b.observed, b) for b in bins if b.links]
        for x, y, b in points:
            low, high = _wilson(b.observed, b.links)
            axes.plot((x, x), (low, high), color=SOFT, lw=0.8 * look.line, zorder=2)
            axes.plot(
                x, y, marker="o", ms=5.5 * look.line, mfc=fill or "white", mec=INK,
                mew=1.0 * look.line, zorder=3,
            )  # fmt: skip
            if fill is None:
                axes.annotate(
                    str(b.links), (x, y), xytext=(7 * look.line, 0), textcoords="offset points",
                    size=look.small, color=SOFT, va="center", family=family,
                )  # fmt: skip
        axes.plot(
            [], [], marker="o", ls="none", ms=5.5 * look.line, mfc=fill or "white", mec=INK, label=name
        )  # fmt: skip
    axes.set_xlabel("probability that the link is right", size=look.text, color=INK, family=family)
    axes.set_ylabel("share of right links", size=look.text, color=INK, family=family)
    axes.tick_params(labelsize=look.small, colors=SOFT, length=3 * look.line)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(FAINT)
    axes.legend(
        loc="lower right", frameon=False, prop={"family": family, "size": look.text}, labelcolor=INK
    )  # fmt: skip
    return made.figure


def _wilson(share: float, n: int) -> tuple[float, float]:
    """Wilson's interval of a share of n at 95 %."""
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * ((share * (1 - share) / n + Z * Z / (4 * n * n)) ** 0.5) / (1 + Z * Z / n)
    return max(0.0, middle - half), min(1.0, middle + half)
