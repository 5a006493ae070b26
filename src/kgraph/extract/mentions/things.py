"""Bodies, events, places and documents told by a noun and what stands around it.

A noun is tried only where one of the words of `mention_nouns` stands; what it governs may
be a mention found before, so that names inside remain mentions of their own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping

from kgraph.extract import gazetteer
from kgraph.extract.mentions import bodies as mention_bodies
from kgraph.extract.mentions import documents as mention_documents
from kgraph.extract.mentions import events as mention_events
from kgraph.extract.mentions.bodies import desk, widened
from kgraph.extract.mentions.context import Around
from kgraph.extract.mentions.documents import IN_VOLUME, publication
from kgraph.extract.mentions.forms import Hit
from kgraph.extract.mentions.nouns import Thing
from kgraph.extract.mentions.persons import PersonReader

READERS: dict[str, Callable[[Around, int, int], Thing | None]] = {
    "government": mention_bodies.government,
    "public": mention_bodies.public,
    "body": mention_bodies.body,
    "magazine": mention_bodies.magazine,
    "wing": mention_bodies.wing,
    "courtesy": mention_bodies.lender,
    "mission": mention_bodies.mission,
    "site": mention_bodies.site,
    "dwelling": mention_bodies.dwelling,
    "country": mention_bodies.country,
    "strong": mention_events.strong,
    "weak": mention_events.weak,
    "letter": mention_documents.letter,
    "paper": mention_documents.paper,
    "text": mention_documents.wording,
    "deed": mention_events.deed,
    "title": mention_documents.titled,
    "book": mention_documents.book,
    "volume": mention_documents.volume,
    "symbol": mention_documents.symbol,
    "owner": mention_documents.owned_number,
}
"""What reads a noun of each kind; to add a kind, name its words in `mention_nouns.KINDS`."""

FIRST = frozenset(
    (
        "government",
        "public",
        "body",
        "magazine",
        "wing",
        "courtesy",
        "mission",
        "site",
        "dwelling",
        "country",
    )
)
"""Kinds that are read first, since others govern what they find."""
_COUNTRY = re.compile(r"([A-Z]\w+)\s[A-Z]")
_ADJECTIVAL = re.compile(r"(?:^|\b(?:of|in|to|at|the|from|with|for|and|on|between|by)\s)$", re.I)


def things(
    text: str,
    flat: list[Hit],
    nouns: list[tuple[int, int, str]],
    persons: PersonReader,
    inside: Mapping[str, int],
) -> list[Thing]:
    """Descriptions and what nouns govern; takes the descriptions out of `flat`, and what a
    wider mention makes superfluous."""
    starts = [h[0] for h in flat]
    stops = [h[1] for h in flat]
    ends = dict(zip(starts, stops, strict=True))
    owners = dict(zip(stops, starts, strict=True))
    spans = set(zip(starts, stops, strict=True))
    around = Around(text, ends, owners)
    things: list[Thing] = []

    def enter(thing: Thing) -> None:
        a, b = thing.start, thing.end
        i = bisect_right(starts, a) - 1
        if i >= 0 and starts[i] < a < stops[i]:
            return  # begins inside a name
        j = bisect_left(starts, b) - 1
        if j >= 0 and stops[j] > b and starts[j] > a:
            b = stops[j]  # a name is never cut
        if (a, b) in spans:
            return
        spans.add((a, b))
        things.append(thing if b == thing.end else Thing(a, b, thing.type, thing.rule))
        ends[a] = max(b, ends.get(a, 0))
        owners[b] = min(a, owners.get(b, a))

    for start, end, kind in nouns:
        if kind in FIRST:
            thing = READERS[kind](around, start, end)
            if thing is not None:
                enter(thing)
    people = {h[0] for h in flat if h[2] == "person"}
    within: list[Thing] = []  # names inside names
    for hit in flat:
        if hit[2] == "place":
            continue
        at = inside.get(text[hit[0] : hit[1]]) if hit[2] == "organisation" else None
        if at is not None:
            within.append(Thing(hit[0] + at, hit[1], "organisation", "body"))
        if hit[2] == "event" and (named := _COUNTRY.match(text, hit[0])) and gazetteer.is_country(named[1]):  # fmt: skip
            within.append(Thing(*named.span(1), "place", "named-after"))
        if hit[2] == "document":
            enter(Thing(hit[0], publication(text, hit[1]), "document", "publication"))
        if hit[2] == "person" and text[hit[1] : hit[1] + 2] == " (":
            symbol = desk(text, hit[1] + 2)
            if symbol is not None:
                enter(symbol)
        elif hit[2] == "organisation" and (wide := widened(text, hit[0], hit[1])):
            enter(wide)
    titled: dict[int, int] = {}
    described = [h for h in flat if h[5] in ("office", "kin", "needy", "apposed")]
    for hit in reversed(described):
        del owners[hit[1]]
        if hit[5] == "apposed" and not persons.follows_name(hit[0], owners):
            del ends[hit[0]]
            continue
        whole = persons.governed(text, hit, ends, people)
        if text[hit[0] - 3 : hit[0]] in ("’s ", "'s ") and (hit[0] - 3) in owners:
            whole = (owners[hit[0] - 3], whole[1] if whole else hit[1])
        if whole is None:
            del ends[hit[0]]
        else:
            ends[whole[0]] = max(whole[1], ends.get(whole[0], 0))
            owners[whole[1]] = min(whole[0], owners.get(whole[1], whole[0]))
            spans.add(whole)
            after = whole[1] + 1
            if (
                whole[1] > hit[1]
                and after in people
                and text[whole[1]] == " "
                and hit[5] != "kin"
                and text[after] != "["
            ):
                i = bisect_left(starts, after)
                titled[i] = whole[0]  # "President of the United States J. Quibble"
            else:
                things.append(Thing(*whole, "person", "kin" if hit[5] == "kin" else "office"))
    for start, end, kind in reversed(nouns):
        if kind == "numbered":
            if not IN_VOLUME.search(text, max(0, start - 24), start):
                things.append(Thing(start, end, "document", "citation"))
        elif kind not in FIRST and kind != "row":
            thing = READERS[kind](around, start, end)
            if thing is not None:
                enter(thing)
    for i, start in titled.items():
        name = flat[i]
        flat[i] = (start, name[1], "person", name[3], name[4], "title", name[6] or name[:2])
    drop = {(h[0], h[1]) for h in described} | {(h[0], h[1]) for h in flat if h[2] == "document"}
    for thing in things:
        if thing.type == "organisation":
            a, b = thing.start, thing.end
            for i in range(bisect_left(starts, a), len(starts)):
                if starts[i] >= b:
                    break
                left = text[max(0, starts[i] - 8) : starts[i]]
                same = flat[i][2] == "organisation" and stops[i] == b
                if (flat[i][2] == "place" or same) and (starts[i] == a or not _ADJECTIVAL.search(left)):  # fmt: skip
                    drop.add((starts[i], stops[i]))
    flat[:] = [h for h in flat if (h[0], h[1]) not in drop]
    return things + within
