"""Narrowing a list by facets and by time: what is chosen, and the addresses of other choices.

Everything is a link or a plain form, so that it works without scripts.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from kgraph.server.pages import View, labels_of
from kgraph.server.pages.filling import FACETS, FILTERS
from kgraph.server.pages.finding import Asked, Counts
from kgraph.server.pages.words import day, side

FEW = 8
"""Values of a facet that are shown at once; more stand folded below them."""
MANY_YEARS = 12
TITLES = {
    "kind": "Kind", "person": "Who wrote, received or took part", "decade": "Decade",
    "year": "Year", "channel": "Channel", "archive": "Held by", "side": "Side",
    "named": "Named in it", "place": "Sent from or to",
}  # fmt: skip
SEVERAL = ("person", "channel", "archive", "side")
"""Facets of which several values may be chosen: a letter has two persons."""
_SPAN = re.compile(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?")


@dataclass(frozen=True)
class Narrowed:
    """What a reader chose at `path`: words, values of facets, a span of time, an order."""

    path: str
    words: str = ""
    values: tuple[tuple[str, str], ...] = ()
    first: str = ""
    last: str = ""
    order: str = ""
    fixed: tuple[tuple[str, str], ...] = ()  # values that are always chosen, and not told
    unread: tuple[str, ...] = ()  # times that are none

    @classmethod
    def read(cls, path: str, asked: QueryParams, fixed: Iterable[tuple[str, str]] = ()) -> Narrowed:
        fixed = tuple(fixed)
        told = {name for name, _ in fixed}
        values = [(name, value) for name in FILTERS if name not in told
                  for value in asked.getlist(name) if value]  # fmt: skip
        first, last = (asked.get(name, "").strip()[:10] for name in ("from", "to"))
        return cls(
            path,
            asked.get("q", "").strip()[:500],
            tuple(dict.fromkeys(values)),
            first if days(first) else "",
            last if days(last) else "",
            asked.get("sort", ""),
            fixed,
            tuple(time for time in (first, last) if time and not days(time)),
        )

    @property
    def asked(self) -> Asked:
        """The same as the index understands it."""
        first, last = days(self.first), days(self.last)
        return Asked(
            self.words,
            (*self.fixed, *self.values),
            first[0] if first else None,
            last[1] if last else None,
        )

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What a form that asks for words and times must carry along."""
        return [*self.values, *([("sort", self.order)] if self.order else [])]

    @property
    def narrower(self) -> bool:
        """Whether anything but words was chosen."""
        return bool(self.values or self.first or self.last)

    def address(self, page: int = 1) -> str:
        """Where this choice is answered."""
        pairs = [("q", self.words), ("from", self.first), ("to", self.last), *self.fields]
        pairs = [(name, value) for name, value in pairs if value]
        if page > 1:
            pairs.append(("page", str(page)))
        return self.path + ("?" + urlencode(pairs) if pairs else "")

    def without(self, name: str, value: str) -> Narrowed:
        return replace(self, values=tuple(one for one in self.values if one != (name, value)))

    def sorted_by(self, order: str) -> str:
        return replace(self, order=order).address()

    def facets(self, view: View, counts: Counts) -> list[dict[str, Any]]:
        """Facets with links that narrow the answer; years where they are few, else decades."""
        counts = {name: counts[name] for name in FACETS}
        chosen = {*self.values, *self.fixed}
        del counts["year" if len(counts["year"]) > MANY_YEARS else "decade"]
        keys = [key for name in ("person", "channel", "archive") for key, _ in counts[name]]
        labels = labels_of(view, keys) | {key: side(key) for key, _ in counts["side"]}
        listed = []
        for name, buckets in counts.items():
            if name not in SEVERAL and any(name == one for one, _ in chosen):
                continue
            if name in ("decade", "year"):
                buckets = sorted(buckets)
            rows = [
                {"label": labels.get(key, key), "count": f"{count:,}",
                 "address": replace(self, values=(*self.values, (name, key))).address()}
                for key, count in buckets if (name, key) not in chosen
            ]  # fmt: skip
            if rows:
                listed.append({"name": name, "title": TITLES[name], "first": rows[:FEW],
                               "rest": rows[FEW:]})  # fmt: skip
        return listed

    def removals(self, view: View) -> list[dict[str, str]]:
        """What is chosen, each with the address without it."""
        labels = labels_of(view, [value for _, value in self.values])
        labels |= {value: side(value) for name, value in self.values if name == "side"}
        told = [
            {"title": TITLES[name], "label": labels.get(value, value),
             "address": self.without(name, value).address()}
            for name, value in self.values
        ]  # fmt: skip
        if self.first or self.last:
            span = " to ".join((day(self.first) or "the beginning", day(self.last) or "the end"))
            rest = replace(self, first="", last="")
            told.append({"title": "Time", "label": span, "address": rest.address()})
        return told


def days(text: str) -> tuple[int, int] | None:
    """First and last day of a year, a month or a day, as numbers; None for anything else.

    >>> days("1961"), days("1961-02"), days("1961-2-3"), days("spring")
    ((19610101, 19611231), (19610201, 19610228), (19610203, 19610203), None)
    """
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    year, month, on = (int(part) if part else None for part in found.groups())
    assert year is not None
    if month is not None and not 1 <= month <= 12:
        return None
    end = calendar.monthrange(max(year, 1), month or 12)[1]
    if on is not None and not 1 <= on <= end:
        return None
    begin = year * 10000 + (month or 1) * 100 + (on or 1)
    return begin, year * 10000 + (month or 12) * 100 + (on or end)
