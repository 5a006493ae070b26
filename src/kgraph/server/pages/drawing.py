"""Small drawings made of the page's own elements: they follow its colours, dark or light.

Each is an ``<svg role="img">`` with a name, whose figures stand on the page in words too.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from kgraph.server.pages.words import MONTHS, day

WIDTH, HEIGHT, FOOT = 720, 132, 20
MOST_MONTHS = 72
GAP = 4
_MONTH = re.compile(r"(\d{4})(?:-(\d\d))?")

Dated = tuple[str, str]
"""An EDTF date and the series it counts in."""
Month = tuple[int, int | None]


def month_of(edtf: str) -> Month | None:
    """Year and month in which an EDTF date begins; None where it has no year."""
    found = _MONTH.match(edtf.partition("/")[0].lstrip("[{.")) if edtf else None
    if found is None:
        return None
    month = int(found[2]) if found[2] and 1 <= int(found[2]) <= 12 else None
    return int(found[1]), month


def in_time(dated: Iterable[Dated], series: Sequence[str], title: str) -> Markup:
    """Bars of dates, see `bars`."""
    places = Counter((month_of(edtf), name) for edtf, name in dated)
    return bars({(m, name): n for (m, name), n in places.items() if m}, series, title)


def bars(months: Mapping[tuple[Month, str], int], series: Sequence[str], title: str) -> Markup:
    """Bars by month, or by year over more than `MOST_MONTHS` months: the first series
    upward, the second downward. `months` counts by month and series. Nothing for fewer
    than three."""
    known = {one: count for one, count in months.items() if one[1] in series}
    if sum(known.values()) < 3:
        return Markup("")
    years: Counter[int] = Counter()
    for ((year, _), _), count in known.items():
        years[year] += count
    first, last = _chief_years(years)
    monthly = (last - first + 1) * 12 <= MOST_MONTHS
    counts: dict[str, Counter[int]] = {name: Counter() for name in series}
    for ((year, month), name), count in known.items():
        if not first <= year <= last or (monthly and month is None):
            continue
        slot = (year - first) * 12 + (month or 1) - 1 if monthly else year - first
        counts[name][slot] += count
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
        if at + 30 > WIDTH:
            break
        parts.append(Markup('<text x="{:.1f}" y="{}">{}</text>').format(at + 2, HEIGHT - 4, year))
    before = sum(n for year, n in years.items() if year < first)
    after = sum(n for year, n in years.items() if year > last)
    if before:
        parts.append(Markup('<text x="2" y="11">← {} earlier</text>').format(before))
    if after:
        parts.append(
            Markup('<text x="{}" y="11" text-anchor="end">{} later →</text>').format(
                WIDTH - 2, after
            )
        )
    parts.append(Markup("</svg>"))
    return Markup("").join(parts)


def _chief_years(years: Mapping[int, int]) -> tuple[int, int]:
    """First and last of the years that are drawn: those in which the dates are, without ones
    that a gap of more than `GAP` years sets apart and that are less than a twentieth."""
    groups: list[list[int]] = []
    for year in sorted(years):
        if groups and year - groups[-1][-1] <= GAP:
            groups[-1].append(year)
        else:
            groups.append([year])
    size = {id(one): sum(years[year] for year in one) for one in groups}
    few = sum(years.values()) / 20
    chief = [one for one in groups if size[id(one)] >= few] or [
        max(groups, key=lambda one: size[id(one)])
    ]
    return chief[0][0], chief[-1][-1]


def _slot_name(first: int, slot: int, monthly: bool) -> str:
    return f"{MONTHS[slot % 12]} {first + slot // 12}" if monthly else day(str(first + slot))


def share(count: str | int, most: int) -> Markup:
    """A number with a bar beside it, `most` being the longest."""
    number = int(count or 0)
    if not number:
        return Markup('<span class="soft many">0</span>')
    return Markup(
        '<span class="share"><i style="width:{:.1f}%"></i></span><span class="many">{}</span>'
    ).format(100 * number / max(most, 1), f"{number:,}")


MOST_BARS = 40
MOST_TIED = 36
TIED_WIDTH = 900


def by_name(rows: Sequence[tuple[str, float]], title: str) -> Markup:
    """One horizontal bar a row, its words before it and its number after it."""
    shown = rows[:MOST_BARS]
    most = max((value for _, value in shown), default=0)
    if len(shown) < 2 or most <= 0 or min(value for _, value in shown) < 0:
        return Markup("")
    step, begin = 22, 260
    parts = [
        Markup('<svg class="bars named" role="img" viewBox="0 0 {} {}" aria-label="{}">').format(
            WIDTH, step * len(shown), title
        )
    ]
    for number, (words, value) in enumerate(shown):
        y, wide = number * step, (WIDTH - begin - 60) * value / most
        short = _shortened(words, 38)
        parts.append(
            Markup(
                '<text x="{}" y="{}" text-anchor="end">{}</text><rect x="{}" y="{}" width="{:.1f}" '
                'height="14"><title>{}: {:g}</title></rect><text x="{:.1f}" y="{}">{:g}</text>'
            ).format(
                begin - 8, y + 15, short, begin, y + 4, wide, words, value,
                begin + wide + 6, y + 15, value,
            )
        )  # fmt: skip
    parts.append(Markup("</svg>"))
    return Markup("").join(parts)


def _shortened(words: str, most: int) -> str:
    """Words without some of their middle: names of posts differ at their ends."""
    if len(words) <= most:
        return words
    return words[: most // 3].rstrip() + " … " + words[-(most - most // 3 - 3) :].lstrip()


def tied(pairs: Iterable[tuple[str, str, str, str]], title: str) -> Markup:
    """Things on a circle with a line for each (from, its label, to, its label): those with the
    most lines, the thickness by how often a pair stands."""
    listed = [pair for pair in pairs if pair[0] != pair[2]]
    labels = {one: words for a, x, b, y in listed for one, words in ((a, x), (b, y))}
    counted = Counter(one for a, _, b, _ in listed for one in (a, b))
    chosen = [one for one, _ in counted.most_common(MOST_TIED)]
    if len(chosen) < 2:
        return Markup("")
    chosen.sort(key=lambda one: labels[one])
    place = {}
    for number, one in enumerate(chosen):
        # evenly one below the other, so that no name covers another
        half = -(-len(chosen) // 2)
        right, rank = number < half, number if number < half else len(chosen) - 1 - number
        y = 10 + 400 * (rank + 0.5) / half
        away = 170 * math.sqrt(max(0.0, 1 - ((y - 210) / 205) ** 2))
        place[one] = (TIED_WIDTH / 2 + (away if right else -away), y, right)
    lines = Counter((a, b) for a, _, b, _ in listed if a in place and b in place)
    parts = [
        Markup('<svg class="ties" role="img" viewBox="0 0 {} 420" aria-label="{}">').format(
            TIED_WIDTH, title
        )
    ]
    for (a, b), count in lines.items():
        (x, y, _), (u, v, _) = place[a], place[b]
        parts.append(
            Markup('<path d="M{:.0f} {:.0f}Q{} 210 {:.0f} {:.0f}" stroke-width="{:.1f}"><title>'
                   "{} → {}: {}</title></path>").format(
                x, y, TIED_WIDTH // 2, u, v, min(1 + math.log2(count), 7), labels[a], labels[b], count
            )
        )  # fmt: skip
    for one, (x, y, right) in place.items():
        words = _shortened(labels[one], 40)
        parts.append(
            Markup('<circle cx="{:.0f}" cy="{:.0f}" r="4"/><text x="{:.0f}" y="{:.0f}" '
                   'text-anchor="{}">{}</text>').format(
                x, y, x + (9 if right else -9), y + 4,
                "start" if right else "end", words
            )
        )  # fmt: skip
    parts.append(Markup("</svg>"))
    return Markup("").join(parts)
