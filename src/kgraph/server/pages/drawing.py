"""Small drawings made of the page's own elements: they follow its colours, dark or light.

Each is an ``<svg role="img">`` with a name, whose figures stand on the page in words too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from kgraph.server.pages import MONTHS, day

WIDTH, HEIGHT, FOOT = 720, 132, 20
MOST_MONTHS = 72
_MONTH = re.compile(r"(\d{4})(?:-(\d\d))?")

Dated = tuple[str, str]
"""An EDTF date and the series it counts in."""


def month_of(edtf: str) -> tuple[int, int | None] | None:
    """Year and month in which an EDTF date begins; None where it has no year."""
    found = _MONTH.match(edtf.partition("/")[0].lstrip("[{.")) if edtf else None
    if found is None:
        return None
    month = int(found[2]) if found[2] and 1 <= int(found[2]) <= 12 else None
    return int(found[1]), month


def in_time(dated: Iterable[Dated], series: Sequence[str], title: str) -> Markup:
    """Bars by month, or by year over more than `MOST_MONTHS` months: the first series
    upward, the second downward. Nothing for fewer than three dates."""
    places = [(month_of(edtf), name) for edtf, name in dated]
    known = [(place, name) for place, name in places if place and name in series]
    if len(known) < 3:
        return Markup("")
    years = [place[0] for place, _ in known]
    first, last = min(years), max(years)
    monthly = (last - first + 1) * 12 <= MOST_MONTHS
    counts: dict[str, Counter[int]] = {name: Counter() for name in series}
    for (year, month), name in known:
        if monthly and month is None:
            continue
        counts[name][(year - first) * 12 + (month or 1) - 1 if monthly else year - first] += 1
    slots = (last - first + 1) * (12 if monthly else 1)
    most = [max(counts[name].values(), default=0) for name in series]
    tall = (HEIGHT - FOOT - 18) / max(sum(most), 1)
    base = 14 + tall * most[0]
    step = WIDTH / slots
    parts = [
        Markup('<svg class="bars" role="img" viewBox="0 0 {} {}" aria-label="{}">').format(
            WIDTH, HEIGHT, title
        )
    ]
    for number, name in enumerate(series):
        for slot, count in sorted(counts[name].items()):
            high = tall * count
            top = base + 1 if number else base - high
            when = _slot_name(first, slot, monthly)
            parts.append(
                Markup(
                    '<rect class="series{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}">'
                    "<title>{}: {} {}</title></rect>"
                ).format(number, slot * step + step * 0.1, top, step * 0.8, high, when, count, name)
            )
    parts.append(
        Markup('<line class="axis" x1="0" x2="{}" y1="{:.1f}" y2="{:.1f}"/>').format(
            WIDTH, base + 0.5, base + 0.5
        )
    )
    apart = max(1, -(-(last - first + 1) // 12))
    for year in range(first, last + 1, apart):
        at = (year - first) * (12 if monthly else 1) * step
        parts.append(Markup('<text x="{:.1f}" y="{}">{}</text>').format(at + 2, HEIGHT - 4, year))
    parts.append(Markup("</svg>"))
    return Markup("").join(parts)


def _slot_name(first: int, slot: int, monthly: bool) -> str:
    return f"{MONTHS[slot % 12]} {first + slot // 12}" if monthly else day(str(first + slot))


def share(count: str | int, most: int) -> Markup:
    """A number with a bar beside it, `most` being the longest."""
    number = int(count or 0)
    if not number:
        return Markup('<span class="soft">0</span>')
    return Markup('<span class="share"><i style="width:{:.1f}%"></i></span> {}').format(
        100 * number / max(most, 1), f"{number:,}"
    )
