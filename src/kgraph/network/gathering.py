"""Records -> edge tables, in one pass and in columns.

What makes an edge:

- *wrote-to*: every sender to every addressee of a document;
- *copied-to*: every sender to everyone who got a copy;
- *handed-to*: every hop of a document's way, from the hand that gave to the hand
  that got, the carrier in between (giver -> carrier -> receiver). A giver that is
  not named is the last receiver, or the sender of a first hop: *inferred*.
  Translating and the later custody of the archive copy are no hops;
- *spoke-with*: every pair of participants of a conversation or meeting, and every
  speaker to every hearer of a reported saying;
- *mentions*: every sender (drafter, where there is none) to every person, body or
  group that the text names; one edge a document, however often it is named.

Drafts of another document make no edges; versions and translations are marked as
such, and counted with it when records are unified.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from kgraph.model import Body, Date, Event, Item, Leg, Party, Person, Place, PlaceEntry, Record
from kgraph.nameless import completed, node_of
from kgraph.network.tables import (
    DOCUMENTS,
    EDGES,
    NODES,
    OFFICES,
    REPLIES,
    EdgeTables,
    best_nodes,
    frame,
)
from kgraph.titles import title_of

_VERSION = frozenset({"version-of", "translation-of"})
_NO_HOP = frozenset({"translation", "custody", "transfer", "digital publication"})
SPOKEN = frozenset({
    "conversation", "meeting", "telephone", "reception", "summit", "interview", "briefing",
})  # fmt: skip
HAPPENED = frozenset({"occurred", "reported", "ongoing"})
_MENTIONED = {"person": "person", "organisation": "body"}


def from_records(items: Iterable[Item]) -> EdgeTables:
    """The tables of some items (records, events, persons, bodies, places)."""
    gatherer = Gatherer()
    for item in items:
        gatherer.add(item)
    return gatherer.tables()


class Gatherer:
    """Takes items one by one; `tables` gives what was gathered since the last call.

    >>> from kgraph.model import Party, Record
    >>> gatherer = Gatherer()
    >>> gatherer.add(Record(id="a/1", source="a", senders=(Party(name="Ann"),),
    ...                     addressees=(Party(name="Ben"), Party(name="Cas"))))
    >>> gatherer.tables().edges["target_label"].to_list()
    ['Ben', 'Cas']
    """

    def __init__(self) -> None:
        self._source = self._document = ""
        self._edges: list[tuple[object, ...]] = []
        self._nodes: dict[str, tuple[object, ...]] = {}
        self._authority: list[tuple[object, ...]] = []
        self._offices: list[tuple[object, ...]] = []
        self._documents: list[tuple[object, ...]] = []
        self._replies: list[tuple[object, ...]] = []

    def __len__(self) -> int:
        """Edges gathered since the last call of `tables`."""
        return len(self._edges)

    def add(self, item: Item) -> None:
        """Take one item; kinds that make no edge and no node are passed over."""
        if isinstance(item, Record):
            self._record(item)
        elif isinstance(item, Event):
            self._event(item)
        elif isinstance(item, Person):
            self._authority.append(
                (item.id, item.label, "person", item.side, item.born, item.died, None, None)
            )
            self._offices.extend(
                (item.id, o.id, o.title, o.body, o.from_, o.to) for o in item.offices
            )
        elif isinstance(item, Body):
            self._authority.append(
                (item.id, item.label, item.kind, item.side, None, None, None, None)
            )
        elif isinstance(item, PlaceEntry):
            self._authority.append(
                (item.id, item.label, "place", None, None, None, item.lat, item.lon)
            )

    def tables(self) -> EdgeTables:
        """What was gathered since the last call, as columns; the gatherer is empty after."""
        nodes = frame(NODES, [*self._authority, *self._nodes.values()])
        made = EdgeTables(
            edges=frame(EDGES, self._edges),
            nodes=best_nodes(nodes),
            offices=frame(OFFICES, self._offices),
            documents=frame(DOCUMENTS, self._documents),
            replies=frame(REPLIES, self._replies),
        )
        self.__init__()  # type: ignore[misc]
        return made

    def _node(self, party: Party) -> tuple[str, str]:
        """Id and label of a party, whose node is remembered."""
        key = node_of(party, self._source, self._document)
        if key not in self._nodes:
            kind = party.kind
            self._nodes[key] = (key, completed(party.name), kind, None, None, None, None, None)
        return key, completed(party.name)

    def _record(self, r: Record) -> None:
        self._source, self._document = r.source, r.id
        archive = r.holdings[0].holder if r.holdings else None
        when = r.date or r.sent
        edtf, earliest, latest = _when(when)
        about = r.document or r.id
        got = _when(r.received)
        self._documents.append(
            (about, title_of((r,)), r.form, r.status, edtf, earliest, latest, got[1], got[2],
             archive, r.id, r.source)
        )  # fmt: skip
        version: str | None = None
        for relation in r.relations:
            if relation.type == "reply-to":
                self._replies.append((about, relation.target, relation.certainty))
            elif relation.type in _VERSION:
                version = version or relation.target
            elif relation.type == "draft-of":
                return
        channel, mode = _way(r.legs)
        place, goal = _where(r.place), _where(r.place_to)
        senders = [self._node(p) for p in r.senders]
        tail = (r.id, r.source, r.form, r.status, r.classification, archive, None, 1, version)

        def put(
            layer: str,
            pairs: Iterable[tuple[tuple[str, str], tuple[str, str]]],
            share: float,
            certainty: str,
            how: tuple[str | None, str | None],
        ) -> None:
            self._edges.extend(
                (layer, s[0], t[0], s[1], t[1], about, earliest, latest, edtf, how[0], how[1],
                 place, goal, 1.0, share, certainty, *tail)
                for s, t in pairs
            )  # fmt: skip

        if senders and r.addressees:
            targets = [self._node(p) for p in r.addressees]
            doubt = _least([*r.senders, *r.addressees])
            share = 1.0 / (len(senders) * len(targets))
            put("wrote-to", _cross(senders, targets), share, doubt, (channel, mode))
        if senders and r.copies_to:
            copies = [self._node(p) for p in r.copies_to]
            share = 1.0 / (len(senders) * len(copies))
            put("copied-to", _cross(senders, copies), share, "stated", ("distribution", None))
        people = [self._node(p) for p in r.participants]
        if len(people) > 1:
            share = 1.0 / (len(people) - 1)
            put("spoke-with", _pairs(people), share, "stated", ("oral", "oral"))
        if r.mentions:
            named = {m.id: (m.id, m.text) for m in r.mentions if m.id and m.type in _MENTIONED}
            kinds = {m.id: _MENTIONED.get(m.type, "unknown") for m in r.mentions if m.id}
            for key, label in named.values():
                if key not in self._nodes:
                    self._nodes[key] = (key, label, kinds[key], None, None, None, None, None)
            writers = senders or [self._node(p) for p in r.drafters]
            if writers and named:
                share = 1.0 / len(writers)
                pairs = _cross(writers, named.values())
                put("mentions", pairs, share, "stated", (channel, mode))
        if r.legs:
            self._hops(
                r.legs, senders, about, (edtf, earliest, latest),
                (r.id, r.source, r.form), r.classification, archive,
            )  # fmt: skip

    def _hops(
        self,
        legs: tuple[Leg, ...],
        senders: list[tuple[str, str]],
        about: str,
        when: tuple[str | None, str | None, str | None],
        record: tuple[str, str, str],
        classification: str | None,
        archive: str | None,
    ) -> None:
        before = senders
        for leg in sorted((x for x in legs if x.series == "way"), key=lambda x: x.index):
            if leg.mode in _NO_HOP:
                continue
            stated = bool(leg.from_)
            givers = self._side(leg.from_, leg.also_from) or before
            hands = self._side(leg.by, leg.also_by)
            getters = self._side(leg.to, leg.also_to)
            edtf, earliest, latest = _when(leg.date) if leg.date else when
            dated = leg.date is not None or leg.index == 1
            if leg.date is None:  # the document's date bounds the hop, it is not the hop's
                edtf = None
            if not dated:  # a later hop is not earlier than the document
                latest = None
            place, goal = _where(leg.place), _where(leg.place_to)
            chain = [side for side in (givers, hands, getters) if side]
            for step, (left, right) in enumerate(pairwise(chain)):
                certainty = leg.certainty if stated or step else "inferred"
                share = 1.0 / (len(left) * len(right))
                self._edges.extend(
                    ("handed-to", s[0], t[0], s[1], t[1], about, earliest, latest, edtf,
                     leg.channel or leg.mode, leg.mode, place, goal, 1.0, share, certainty,
                     *record, leg.status, classification, archive, leg.index, 1, None)
                    for s, t in _cross(left, right)
                )  # fmt: skip
            before = getters or hands or before

    def _side(self, first: Party | None, rest: tuple[Party, ...]) -> list[tuple[str, str]]:
        return [self._node(p) for p in ((first,) if first else ()) + rest]

    def _event(self, e: Event) -> None:
        if e.status not in HAPPENED:
            return
        self._source, self._document = e.source, e.id
        edtf, earliest, latest = _when(e.date)
        place = _where(e.place)
        tail = (e.id, e.source, e.kind, e.status, None, None, None, 1, None)
        people = [self._node(p.party) for p in e.participants]
        known = e.kind in SPOKEN or any(word in e.kind for word in SPOKEN)
        self._hops(e.legs, [], e.id, (edtf, earliest, latest), (e.id, e.source, e.kind), None, None)
        pairs: dict[tuple[str, str], tuple[object, ...]] = {}
        if known and len(people) > 1:
            share = 1.0 / (len(people) - 1)
            for s, t in _pairs(people):
                pairs[s[0], t[0]] = (s, t, share, "stated")
        for said in e.statements:
            speaker = self._node(said.speaker)
            for t in (self._node(p) for p in said.hearers):
                if speaker[0] != t[0] and (t[0], speaker[0]) not in pairs:
                    share = 1.0 / len(said.hearers)
                    pairs.setdefault((speaker[0], t[0]), (speaker, t, share, said.certainty))
        for s, t, share, certainty in pairs.values():  # type: ignore[assignment]
            self._edges.append(
                ("spoke-with", s[0], t[0], s[1], t[1], e.id, earliest, latest, edtf, "oral",
                 "oral", place, place, 1.0, share, certainty, *tail)
            )  # fmt: skip


def _when(date: Date | None) -> tuple[str | None, str | None, str | None]:
    return (date.edtf, date.earliest, date.latest) if date else (None, None, None)


def _where(place: Place | None) -> str | None:
    return (place.id or place.name) if place else None


def _way(legs: tuple[Leg, ...]) -> tuple[str | None, str | None]:
    """Channel and mode of a document: the route that a hop names, else how the first was done."""
    way = [leg for leg in legs if leg.series == "way" and leg.mode not in _NO_HOP]
    if not way:
        return None, None
    mode = next((leg.mode for leg in way if leg.mode), None)
    return next((leg.channel for leg in way if leg.channel), mode), mode


def _cross(
    left: Iterable[tuple[str, str]], right: Iterable[tuple[str, str]]
) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    others = list(right)
    return ((s, t) for s in left for t in others)


def _pairs(people: list[tuple[str, str]]) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Every pair once, each person once, in the order of ids."""
    once = sorted(dict(people).items())
    return ((s, t) for i, s in enumerate(once) for t in once[i + 1 :])


_RANK = {"stated": 0, "inferred": 1, "conjectural": 2}


def _least(parties: Iterable[Party]) -> str:
    return max((p.certainty for p in parties), key=_RANK.__getitem__)
