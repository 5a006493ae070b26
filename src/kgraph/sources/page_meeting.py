"""Who met on an archive page's record of a talk or meeting, where, and who kept the record."""

from __future__ import annotations

import re

import msgspec

from kgraph.extract import covers as cover
from kgraph.extract import listed_present, naming, titles
from kgraph.extract.covers.lines import is_town
from kgraph.extract.papers import assembly
from kgraph.extract.present import present_in_lines
from kgraph.model import Place
from kgraph.sources.page_layout import Page

_HEAD = 1500
_TOWN = r"(?P<town>[A-ZÀ-Þ][\w’-]+(?: [A-ZÀ-Þ][\w’-]+)?)"
_BEHIND_A_DATE = re.compile(rf",?\s+(?:in|at|IN)\s+{_TOWN}\s*$")
_BEFORE_A_DATE = re.compile(rf"(?:^|,\s|\b(?:in|IN)\s){_TOWN},?\s+(?:on\s+|ON\s+)?$")
_HELD_IN = re.compile(r"(?:,|\sin)\s+(?P<town>[A-ZÀ-Þ][\w’-]+(?: [A-ZÀ-Þ][\w’-]+)?)\s*$")


def those_present(text: str, page: Page, draft: assembly.Draft) -> None:
    """Adds those whom lines of the text list as present, and who kept the record. `text` is the page's
    without marks of hands and of bold words."""
    listed = listed_present.read(text, *page.body)
    a, b = page.body[0], min(page.body[1], page.body[0] + 1200)
    there = listed.there or list(present_in_lines(text, a, b))
    if draft.title.form == "minutes" or there is listed.there or not draft.title.participants:
        draft.title = msgspec.structs.replace(
            draft.title, participants=listed_present.merged(draft.title.participants, there)
        )
    if not draft.cover.recorders:
        draft.cover.recorders.extend(listed.recorders)


def place_of(page: Page, draft: assembly.Draft) -> None:
    """Where it was held, by the end of the title or a heading that tells the day too."""
    if draft.cover.place is not None or page.title is None:
        return
    held = _HELD_IN.search(titles.core(page.text[slice(*page.title)]))
    if held is not None and naming.is_town(held["town"]):
        _held(draft, held["town"], page.title[0] + held.start("town"), "title")
        return
    for a, b in cover.lines(page.text, page.body[0], min(page.body[1], page.body[0] + _HEAD)):
        if page.text[b - 1] in ".?!" or b - a > 400:
            continue
        for day in cover.DATE.finditer(page.text, a, b):
            after = _BEHIND_A_DATE.match(page.text[day.end() : b])
            before = _BEFORE_A_DATE.search(page.text[a : day.start()])
            for found, at in ((after, day.end()), (before, a)):
                if found is not None and is_town(found["town"], frozenset()):
                    _held(draft, found["town"], at + found.start("town"), "meeting-line")
                    return


def _held(draft: assembly.Draft, town: str, at: int, rule: str) -> None:
    draft.cover.place = Place(
        name=town.title() if town.isupper() else town, start=at, end=at + len(town), rule=rule
    )
