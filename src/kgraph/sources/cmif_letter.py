"""One ``correspDesc`` on its way to a record: actions, notes, context, and what cannot be right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kgraph import nameless
from kgraph.model import (
    Date,
    Leg,
    Mention,
    MentionType,
    Party,
    PartyKind,
    Place,
    Printing,
    Record,
    Relation,
    Remark,
    Unparsed,
)
from kgraph.sources import encoded_date
from kgraph.sources.cmif_values import (
    LANG,
    MENTIONS,
    NO_PLACE,
    ORGANISATIONS,
    PERSONS,
    PLACES,
    RELATIONS,
    UNKNOWN_REF,
    certainty_of,
    evidence_of,
    identifier,
    in_full,
    inside,
    is_family,
    local_name,
    may_be_one,
    name_type,
    replace,
    unbracketed,
    words_of,
)
from kgraph.sources.regest import Words

if TYPE_CHECKING:
    from kgraph.sources.cmif import File

SENT = frozenset(
    {
        "sent",
        "written",
        "composed",
        "sending",
        "wrote",
        "writing",
        "drafted",
        "gesendet",
        "absender",
        "envoyé",
        "expédié",
    }
)
RECEIVED = frozenset(
    {"received", "addressed", "receiving", "receipt", "to", "empfangen", "empfänger", "reçu"}
)
"""Other words, also those of other languages, for the two types of action that every letter has."""
_WIDE = frozenset(
    f"cmif.{label}-{kind}" for label in ("sent", "received") for kind in ("country", "region")
)


class Action:
    """Who, where and when of one ``correspAction``; several of one type are one."""

    def __init__(self) -> None:
        self.parties: list[Party] = []
        self.places: list[Place] = []
        self.dates: list[Date] = []

    def place(self, remarks: list[Remark], label: str) -> Place | None:
        """The place, the narrowest first ("Lindt" before "Norvik"); others go to `remarks`."""
        if not self.places:
            return None
        first, *others = sorted(self.places, key=lambda p: p.rule in _WIDE)
        remarks.extend(
            Remark(property=f"{label} place", value=p.name, start=p.start, end=p.end, rule=p.rule)
            for p in others
            if p.name != first.name
        )
        return first


class Letter:
    """One ``correspDesc`` on its way to a record."""

    def __init__(self, file: File, element: Any) -> None:
        self.file = file
        self.element = element
        self.where = f"{file.path}:{element.sourceline}" if element.sourceline else str(file.path)
        self.words = Words()
        self.remarks: list[Remark] = []
        self.unparsed: list[Unparsed] = []

    def warn(self, code: str, message: str, hint: str | None = None) -> None:
        self.file.report.warning(code, self.where, message, hint)

    def record(self) -> Record:
        new, key = self.file.new_id(self.element)
        sent, received = Action(), Action()
        others: list[tuple[str, Action, bool]] = []
        has_sent = has_received = False
        for child in self.element:
            if isinstance(child.tag, str) and local_name(child) in ("p", "ab", "desc"):
                self.prose(child)
            if not isinstance(child.tag, str) or local_name(child) != "correspAction":
                continue
            kind = (child.get("type") or "").strip().lower()
            if kind in SENT:
                has_sent = True
                self.read_action(child, sent, "sent")
            elif kind in RECEIVED:
                has_received = True
                self.read_action(child, received, "received")
            else:
                action = Action()
                self.read_action(child, action, kind or "action")
                others.append((kind or "action", action, has_received))
        if not (has_sent and has_received) and not self.file.broken():
            missing = "sent" if not has_sent else "received"
            self.warn("action-missing", f"{new} has no correspAction of type {missing!r}")
        self.check(new, sent, received)
        mentions, relations, language = self.notes()
        legs = self.legs(sent, received, others)
        source = (self.element.get("source") or "").strip()
        url = in_full((self.element.get("ref") or "").strip(), self.element) or None
        text = self.words.text
        date = sent.dates[0] if sent.dates else None
        if date is not None and date.edtf and re.fullmatch(r"\d{4}-\d\d-\d\d", date.edtf):
            self.file.days += 1
            self.file.first_days += date.edtf.endswith("-01-01") and date.text == date.edtf
        return Record(
            id=new,
            source=self.file.path.name,
            form="letter",
            number=key,
            senders=tuple(sent.parties),
            addressees=tuple(received.parties),
            date=date,
            other_dates=tuple(sent.dates[1:]),
            received=received.dates[0] if received.dates else None,
            place=sent.place(self.remarks, "sent"),
            place_to=received.place(self.remarks, "received"),
            language=language or self.element.get(LANG),
            legs=legs,
            printed_in=self.printed_in(source),
            relations=relations,
            mentions=mentions,
            remarks=tuple(self.remarks),
            unparsed=tuple(self.unparsed),
            url=url if url and "://" in url else None,
            locator=f"correspDesc {self.file.count}",
            text_length=len(text),
            text=text,
        )

    def printed_in(self, source: str) -> tuple[Printing, ...]:
        if not source:
            return ()
        found: list[Printing] = []
        for one in source.split():
            known = self.file.bibls.get(one.rpartition("#")[2])
            if known is None and "://" in one:
                known = Printing(publication=one, rule="cmif.source")
            if known is None:
                self.warn("source-unknown", f"source {one.lstrip('#')!r} is no bibl of this file")
            else:
                found.append(known)
        return tuple(found)

    def prose(self, element: Any) -> None:
        """Keep a description in sentences, which no rule reads."""
        if text := words_of(element):
            start, end = self.words.add("description", text)
            self.unparsed.append(Unparsed(where="heading", text=text, start=start, end=end))

    def read_action(self, element: Any, action: Action, label: str) -> None:
        self.stray_words(element, label)
        for child in element.iter("{*}*"):
            kind = local_name(child)
            if kind in ("name", "rs") and name_type(child) in ("place", "settlement"):
                kind = "placeName"
            if kind in PERSONS and not inside(child, element, PERSONS):
                party = self.party(child, kind, label)
                again = party is not None and any(
                    party.ref is not None and party.ref == one.ref
                    and (child.get(LANG) or may_be_one(party.name, one.name))
                    for one in action.parties
                )  # fmt: skip  # one name in two languages, or in full and in short
                if party is not None and not again:
                    action.parties.append(party)
            elif kind in PLACES and not inside(child, element, PLACES | PERSONS.keys()):
                place = self.place(child, label)
                if place is not None:
                    action.places.append(place)
            elif kind == "date":
                date = self.date(child, label)
                if date is not None:
                    action.dates.append(date)
            elif kind == "note" and (text := words_of(child)):
                start, end = self.words.add(f"{label} note", text)
                self.remarks.append(
                    Remark(property=label, value=text, start=start, end=end, rule="cmif.note")
                )

    def stray_words(self, element: Any, label: str) -> None:
        """Keep words that stand beside the elements of an action, where none belong."""
        for words in (element.text, *(child.tail for child in element)):
            if words and (bare := " ".join(words.split()).strip(" ,;.:")):
                start, end = self.words.add(f"{label} besides", bare)
                self.unparsed.append(Unparsed(where="heading", text=bare, start=start, end=end))

    def party(self, element: Any, kind: str, label: str) -> Party | None:
        name, ref = self.file.known.told(words_of(element), identifier(element))
        typed = name_type(element)
        if kind in ("name", "rs") and typed in ("date", "work", "event", "object"):
            return None
        what = "body" if typed in ORGANISATIONS else PERSONS[kind]
        bare, editorial = unbracketed(name)
        unnamed = not bare or nameless.UNKNOWN.match(bare) is not None
        if ref and UNKNOWN_REF.search(ref):
            if not unnamed:
                self.warn("unknown-as-person", f"{bare!r} bears the address of the unknown "
                          f"({ref}); the address was left out",
                          "give the person an identifier of its own, or none")  # fmt: skip
            ref = None
        if not bare and ref is None:
            return None
        if not bare:
            self.warn("name-missing", f"{label}: only an identifier and no name ({ref})")
        start, end = self.words.add(label, name or str(ref))
        shift = (name or str(ref)).find(bare) if bare else 0
        shown = bare or "unknown"
        return Party(
            name=shown,
            kind="unknown" if unnamed else _kind_of(bare, what),
            ref=ref,
            start=start + shift,
            end=start + shift + len(bare) if bare else end,
            certainty=certainty_of(element, editorial),
            rule=f"cmif.{label}",
            note=evidence_of(element),
        )

    def place(self, element: Any, label: str) -> Place | None:
        within = element.find("{*}settlement")
        if within is not None and not (element.text or "").strip() and words_of(within):
            ref = element.get("ref")
            element = within
            if ref and not within.get("ref"):
                element.set("ref", ref)
        name, ref = self.file.known.told(words_of(element), identifier(element))
        wide = local_name(element) if local_name(element) in ("country", "region") else None
        bare, editorial = unbracketed(name)
        if ref and UNKNOWN_REF.search(ref):
            ref = None
        if not bare and ref is not None and "://" in ref:
            bare = name = ref  # a place told by its address alone
        if not bare or nameless.UNKNOWN.match(bare) or NO_PLACE.match(bare):
            return None
        start, _ = self.words.add(f"{label} at", name)
        start += name.find(bare)
        return Place(
            name=bare,
            ref=ref,
            start=start,
            end=start + len(bare),
            certainty=certainty_of(element, editorial),
            rule=f"cmif.{label}-{wide or 'place'}",
            note=evidence_of(element),
        )

    def date(self, element: Any, label: str) -> Date | None:
        told = {
            name: element.get(name)
            or element.get(f"{name}-iso")
            or element.get(f"{name}-custom")
            or ""
            for name in encoded_date.TOLD
        }
        certainty = certainty_of(element, False)
        dating = encoded_date.read(
            told,
            words_of(element),
            certainty,
            uncertain=certainty == "conjectural",
            rule=f"cmif.{label}-date",
        )
        for code, message in dating.faults:
            self.warn(code, f"{label}: {message}", "encode dates as YYYY-MM-DD, YYYY-MM or YYYY")
        date = dating.date
        if date is None:
            return None
        if "julian" in (element.get("calendar") or "").lower():
            date = replace(date, calendar="julian")
        start, end = self.words.add(f"{label} on", date.text)
        return replace(date, start=start, end=end, note=date.note or evidence_of(element))

    def check(self, new: str, sent: Action, received: Action) -> None:
        """Report what cannot be right between sending and receiving."""
        for number, sender in enumerate(sent.parties):
            for other, addressee in enumerate(received.parties):
                if not sender.ref or sender.ref != addressee.ref:
                    continue
                if sender.name == addressee.name:
                    self.warn("sender-is-addressee", f"{new}: {sender.name!r} writes to himself or "
                              "herself", "check the addressee")  # fmt: skip
                    continue
                self.warn("one-id-for-two", f"{new}: sender {sender.name!r} and addressee "
                          f"{addressee.name!r} have one identifier ({sender.ref}); it was kept for "
                          "neither", "give each their own identifier")  # fmt: skip
                note = f"the source gives {sender.ref} to sender and addressee alike"
                sent.parties[number] = replace(sender, ref=None, note=note)
                received.parties[other] = replace(addressee, ref=None, note=note)
        first = sent.dates[0].earliest if sent.dates else None
        last = received.dates[0].latest if received.dates else None
        if first and last and last < first and not first.startswith("-"):
            self.warn("received-before-sent", f"{new}: received {received.dates[0].edtf}, before it "
                      f"was sent {sent.dates[0].edtf}", "one of the two dates is wrong")  # fmt: skip
            received.dates[0] = replace(
                received.dates[0], certainty="conjectural",
                note="earlier than the date of sending; one of the two is wrong",
            )  # fmt: skip

    def legs(
        self, sent: Action, received: Action, others: list[tuple[str, Action, bool]]
    ) -> tuple[Leg, ...]:
        """A hop for every action beside sending and receiving, in the source's order.

        The source names who acted, so the name goes to `by`; before the letter was
        received it went from the sender to the addressee, afterwards onward.
        """
        legs = []
        for index, (kind, action, after) in enumerate(others, 1):
            holders = received.parties if after else sent.parties
            takers = [] if after else received.parties
            legs.append(
                Leg(
                    index=index,
                    from_=holders[0] if holders else None,
                    also_from=tuple(holders[1:]),
                    by=action.parties[0] if action.parties else None,
                    also_by=tuple(action.parties[1:]),
                    to=takers[0] if takers else None,
                    also_to=tuple(takers[1:]),
                    mode="not stated",
                    mode_text=kind,
                    place=action.places[0] if action.places else None,
                    place_to=action.places[1] if len(action.places) > 1 else None,
                    date=action.dates[0] if action.dates else None,
                    rule=f"cmif.{kind}",
                )
            )
        return tuple(legs)

    def notes(self) -> tuple[tuple[Mention, ...], tuple[Relation, ...], str | None]:
        """What CMIF 2 says in ``note`` and TEI in ``correspContext``: typed references."""
        mentions: list[Mention] = []
        relations: list[Relation] = []
        language = None
        for ref in self.element.iter("{*}ref", "{*}ptr"):
            raw = (ref.get("type") or "").strip()
            kind = re.sub(r"^.*[:#/]", "", raw).lower()
            target, text = identifier(ref) or "", words_of(ref)
            if kind in MENTIONS:
                start, end = self.words.add(raw, text or target)
                mentions.append(
                    Mention(start=start, end=end, text=text or target, type=MENTIONS[kind],
                            ref=target or None, rule="cmif.mentions")
                )  # fmt: skip
            elif kind == "haslanguage":
                language = target.rpartition("/")[2].rpartition("#")[2] or text or None
            elif kind in RELATIONS and (target or text):
                start, end = self.words.add(raw, text or target)
                relations.append(
                    Relation(type=RELATIONS[kind], target=target or text, text=text or None,
                             start=start, end=end, rule="cmif.relation")
                )  # fmt: skip
            elif kind in ("prev", "next", "replyfrom", "answeredby") and (target or text):
                relations.append(
                    Relation(type="related", target=target or text, text=text or None,
                             rule="cmif.context", note=f"{kind} in the correspondence")
                )  # fmt: skip
            elif target and _in_context(ref):
                told = " ".join(filter(None, (raw, (ref.get("subtype") or "").strip())))
                relations.append(
                    Relation(type="related", target=target, text=text or None, rule="cmif.context",
                             note=f"{told} in the correspondence" if told else None)
                )  # fmt: skip
            elif raw and (target or text):
                start, end = self.words.add(raw, text or target)
                self.remarks.append(
                    Remark(property=raw, value=target or text, kind="annotation", start=start,
                           end=end, rule="cmif.note")
                )  # fmt: skip
        for note in self.element.iter("{*}note"):
            action = note.getparent()
            if action is self.element and name_type(note) in ("mentions", "mentioned", "mention"):
                mentions.extend(self.named_in(note))
            plain = " ".join((note.text or "").split())
            if plain and action is self.element:
                start, end = self.words.add("note", plain)
                self.remarks.append(
                    Remark(property="note", value=plain, kind="annotation", start=start, end=end,
                           rule="cmif.note")
                )  # fmt: skip
        return tuple(mentions), tuple(relations), language

    def named_in(self, note: Any) -> Iterator[Mention]:
        """Persons, bodies and places that a note of mentions names by elements of names."""
        for element in note.iter("{*}*"):
            kind = local_name(element)
            what = _NAMED.get(kind) or (
                _NAMED.get(name_type(element)) if kind in ("name", "rs") else None
            )
            text = words_of(element)
            if what is None or not text or inside(element, note, _NAMED):
                continue
            if any(
                isinstance(c.tag, str) and local_name(c) in ("ref", "rs") and c.get("type")
                for c in element.iterancestors()
            ):
                continue  # a typed reference of the second version, read as such
            start, end = self.words.add("mentions", text)
            yield Mention(
                start=start, end=end, text=text, type=what, ref=self.file.known.told(text, identifier(element))[1],
                rule="cmif.mentions",
            )  # fmt: skip


_NAMED: dict[str, MentionType] = {
    "persName": "person", "person": "person", "orgName": "organisation", "org": "organisation", "organisation": "organisation",
    "placeName": "place", "place": "place", "settlement": "place",
}  # fmt: skip


def _kind_of(name: str, what: str) -> PartyKind:
    if what == "group" or (what == "person" and is_family(name)):
        return "group"
    return "person" if what == "person" else "body"


def _in_context(ref: Any) -> bool:
    parent = ref.getparent()
    return parent is not None and local_name(parent) == "correspContext"
