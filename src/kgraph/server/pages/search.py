"""The search page: words, facets that narrow the answer, and help when nothing fits."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from markupsafe import Markup, escape

from kgraph.server.pages import View
from kgraph.server.pages.facets import Narrowed
from kgraph.server.pages.finding import Asked, Index

PER_PAGE = 50


def page_number(asked: str) -> int:
    """The page that an address names, 1 where it names none."""
    return int(asked) if re.fullmatch(r"[1-9]\d{0,4}", asked) else 1


def search(view: View) -> dict[str, Any]:
    """What the search page shows."""
    chosen = Narrowed.read("/search", view.request.query_params)
    page = page_number(view.request.query_params.get("page", ""))
    index = Index.of(view.edition)
    found = index.find(chosen.asked, PER_PAGE, (page - 1) * PER_PAGE)
    return {
        "title": f"Search: {chosen.words}" if chosen.words else "Search",
        "chosen": chosen,
        "count": found.count,
        "results": [
            {**row, "regest": marked(row["regest"], chosen.words)} for row in found.results
        ],
        "facets": chosen.facets(view, index.counts(chosen.asked)),
        "removals": chosen.removals(view),
        "page": page,
        "pages": max(1, -(-found.count // PER_PAGE)),
        "suggestions": [] if found.count else _suggestions(index, chosen),
    }


def _suggestions(index: Index, chosen: Narrowed) -> list[tuple[str, str]]:
    """What to try next: (words, address)."""
    words, plain = chosen.words, Narrowed(chosen.path)
    tries = []
    if chosen.narrower and words:
        count = index.find(Asked(words), 1).count
        if count:
            wider = replace(plain, words=words).address()
            tries.append((f"“{words}” without the chosen limits ({count})", wider))
    respelled = index.respelled(words)
    if respelled:
        tries.append((f"Did you mean “{respelled}”?", replace(plain, words=respelled).address()))
    parts = re.findall(r"\w+", words)
    if len(parts) > 1:
        for part in parts[:6]:
            count = index.find(Asked(part), 1).count
            if count:
                tries.append((f"“{part}” alone ({count})", replace(plain, words=part).address()))
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
