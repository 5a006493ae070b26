"""The search page: words, facets that narrow the answer, and help when nothing fits."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup, escape

from kgraph.server.pages import View, labels_of
from kgraph.server.pages.finding import FACETS, Found, Index
from kgraph.server.pages.words import side

PER_PAGE = 50
FEW = 8
"""Values of a facet that are shown at once; more stand folded below them."""
MANY_YEARS = 12
TITLES = {
    "kind": "Kind", "person": "Who wrote, received or took part", "decade": "Decade",
    "year": "Year", "channel": "Channel", "archive": "Held by", "side": "Side",
}  # fmt: skip


def index_of(view: View) -> Index:
    """The index of the edition, made when first needed."""
    with view.edition.memo.setdefault("search lock", _lock()):
        index: Index | None = view.edition.memo.get("search")
        if index is None:
            index = view.edition.memo["search"] = Index.of(view)
        return index


def _lock() -> Any:
    import threading

    return threading.Lock()


def search(view: View) -> dict[str, Any]:
    """What the search page shows."""
    asked = view.request.query_params
    words = asked.get("q", "").strip()[:500]
    chosen = {name: asked[name] for name in FACETS if asked.get(name)}
    page = int(asked["page"]) if re.fullmatch(r"[1-9]\d{0,2}", asked.get("page", "")) else 1
    index = index_of(view)
    found = index.find(words, chosen, PER_PAGE, (page - 1) * PER_PAGE)
    values: dict[str, Any] = {
        "title": f"Search: {words}" if words else "Search",
        "words": words,
        "chosen": chosen,
        "count": found.count,
        "results": [{**row, "regest": marked(row["regest"], words)} for row in found.results],
        "facets": _facets(view, words, chosen, found),
        "removals": _removals(view, words, chosen),
        "page": page,
        "pages": max(1, -(-found.count // PER_PAGE)),
        "address": lambda number: _address(words, {**chosen, "page": str(number)}),
        "suggestions": [],
    }
    if not found.count:
        values["suggestions"] = _suggestions(index, words, chosen)
    return values


def _address(words: str, chosen: dict[str, str]) -> str:
    return "/search?" + urlencode({"q": words, **chosen})


def _facets(
    view: View, words: str, chosen: dict[str, str], found: Found
) -> list[dict[str, Any]]:  # fmt: skip
    """Facets with links that narrow the answer; years where they are few, else decades."""
    counts = dict(found.counts)
    if len(counts["year"]) > MANY_YEARS:
        del counts["year"]
    else:
        del counts["decade"]
    keys = [key for facet in ("person", "channel", "archive") for key, _ in counts[facet]]
    labels = labels_of(view, keys) | {key: side(key) for key, _ in counts["side"]}
    listed = []
    for name, buckets in counts.items():
        if name in chosen or not buckets:
            continue
        if name in ("decade", "year"):
            buckets = sorted(buckets)
        rows = [
            {"label": labels.get(key, key), "count": count,
             "address": _address(words, {**chosen, name: key})}
            for key, count in buckets
        ]  # fmt: skip
        listed.append({"name": name, "title": TITLES[name], "first": rows[:FEW],
                       "rest": rows[FEW:]})  # fmt: skip
    return listed


def _removals(view: View, words: str, chosen: dict[str, str]) -> list[dict[str, str]]:
    """The chosen facets, each with the address without it."""
    labels = labels_of(view, list(chosen.values())) | {
        "": "",
        chosen.get("side", ""): side(chosen.get("side", "")),
    }
    return [
        {"title": TITLES[name], "label": labels.get(value, value),
         "address": _address(words, {k: v for k, v in chosen.items() if k != name})}
        for name, value in chosen.items()
    ]  # fmt: skip


def _suggestions(index: Index, words: str, chosen: dict[str, str]) -> list[tuple[str, str]]:
    """What to try next: (words, address)."""
    tries = []
    if chosen and words:
        count = index.find(words, {}, 1).count
        if count:
            tries.append((f"“{words}” without the chosen limits ({count})", _address(words, {})))
    respelled = index.respelled(words)
    if respelled:
        tries.append((f"Did you mean “{respelled}”?", _address(respelled, {})))
    parts = re.findall(r"\w+", words)
    if len(parts) > 1:
        for part in parts[:6]:
            count = index.find(part, {}, 1).count
            if count:
                tries.append((f"“{part}” alone ({count})", _address(part, {})))
    return tries


def marked(text: str, words: str, most: int = 300) -> Markup:
    """`text`, shortened around the first of the words, with the words marked."""
    forms = [re.escape(w) for w in re.findall(r"\w{3,}", words)]
    pattern = re.compile(r"\b(?:" + "|".join(forms) + r")\w*", re.IGNORECASE) if forms else None
    if len(text) > most:
        hit = pattern.search(text) if pattern else None
        start = max(0, min((hit.start() if hit else 0) - most // 3, len(text) - most))
        cut = text[start : start + most]
        text = ("… " if start else "") + cut.partition(" ")[2 if start else 0] + " …" if (
            start) else cut.rpartition(" ")[0] + " …"  # fmt: skip
    if pattern is None:
        return escape(text)
    out, last = Markup(""), 0
    for hit in pattern.finditer(text):
        out += escape(text[last : hit.start()]) + Markup("<mark>{}</mark>").format(hit.group())
        last = hit.end()
    return out + escape(text[last:])
