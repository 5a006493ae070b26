"""CMIF, the exchange format of letter catalogues (TEI ``correspDesc``), versions 1 and 2.

Every ``correspDesc`` becomes a record; its text is a list of its statements, one a
line. Files that are not well formed are read as far as they make sense, with one
finding. What cannot be right (one identifier for sender and addressee, a letter
that arrives before it is sent) is reported and left as the source has it, as far as
it can be kept. The format: https://github.com/TEI-Correspondence-SIG/CMIF
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from lxml import etree

from kgraph.model import (
    Certainty,
    Date,
    Item,
    Leg,
    Mention,
    MentionType,
    Party,
    Place,
    Printing,
    Record,
    Relation,
    Remark,
)  # fmt: skip
from kgraph.report import Report
from kgraph.sources import encoded_date
from kgraph.sources.regest import Words, slug, stem

T = TypeVar("T", bound=msgspec.Struct)
NAME = "cmif"
LIMIT = 1 << 30

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PERSONS = {"persName": "person", "orgName": "body", "name": "person", "rs": "person"}
PLACES = frozenset({"placeName", "settlement", "geogName", "country", "region", "location"})
ORGANISATIONS = frozenset({"org", "organisation", "organization", "corporateBody"})
UNKNOWN_REF = re.compile(r"(?i)correspsearch\.net/(?:index/)?unknown|^#?(?:unknown|unbekannt)$")
UNKNOWN_NAME = re.compile(
    r"(?i)^\W*(?:ein(?:e|en|er)? )?(?:unknown|unbekannt(?:e[rn]?)?|anonym(?:ous|us)?|inconnue?|"
    r"sconosciut[oa]|n\. ?n\.|neizvestn\w+|неизвестн\w+|not known|unidentified)(?: (?:person|sender|"
    r"recipient|addressee|absender|empfänger)(?:in)?)?\W*$"
)
DOUBT: dict[str, Certainty] = {"low": "conjectural", "medium": "inferred", "unknown": "inferred"}
MENTIONS: dict[str, MentionType] = {
    "mentionsperson": "person",
    "mentionsplace": "place",
    "mentionsorg": "organisation",
    "mentionsorganisation": "organisation",
    "mentionsbibl": "document",
    "mentionsletter": "document",
    "mentionswork": "document",
    "mentionsobject": "document",
    "mentionsevent": "event",
}
RELATIONS = {
    "isreplyto": "reply-to", "repliesto": "reply-to", "replyto": "reply-to", "reply": "reply-to",
    "encloses": "encloses", "hasenclosure": "encloses", "isenclosureof": "enclosed-in",
    "isenclosedin": "enclosed-in", "istranslationof": "translation-of", "isdraftof": "draft-of",
    "ispartof": "part-of",
}  # fmt: skip


def sniff(head: bytes, name: str) -> bool:
    """Whether this is TEI with descriptions of letters and not a volume of letters."""
    if b"correspDesc" in head:
        return not re.search(
            rb"<(?:\w+:)?(?:html|grammar|schema|schemaSpec|xsl:stylesheet)\b", head[:2000]
        )
    text = head[:2000]
    is_tei = b"<TEI" in text or b"www.tei-c.org/ns/1.0" in text
    return is_tei and b"sourceDesc" in head and b"<text" not in head and b"profileDesc" in head


def read(path: Path, report: Report) -> Iterator[Item]:
    """The records of a file, one a ``correspDesc``, in its order; streaming."""
    reading = _File(path, report)
    try:
        events = etree.iterparse(
            str(path), events=("end",), recover=True, huge_tree=True, resolve_entities=False,
            no_network=True, load_dtd=False, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        reading.broken = lambda: len(events.error_log.filter_from_fatals()) > 0
        for _, element in events:
            if not isinstance(element.tag, str):
                continue
            kind = _local(element)
            if kind == "bibl" or kind == "biblFull":
                reading.take_bibl(element)
            elif kind == "correspDesc":
                record = reading.record(element)
                if record is not None:
                    yield record
                _forget(element)
    except etree.XMLSyntaxError as error:
        report.error("xml-broken", f"{path}:{error.lineno or 1}", f"the XML ends here: {error.msg}",
                     f"{reading.count} letters were read; mend the file and read it again")  # fmt: skip
        return
    faults = events.error_log.filter_from_fatals()
    if len(faults):
        first = faults[0]
        report.error("xml-broken", f"{path}:{first.line}", f"the XML is not well formed: "
                     f"{first.message} ({len(faults)} such places)",
                     f"{reading.count} letters were read all the same; mend the file and "
                     "compare")  # fmt: skip
    if reading.first_days >= 3 and reading.first_days > reading.days * 0.02:
        report.warning("many-first-days", str(path), f"{reading.first_days} of {reading.days} letters "
                       "are dated 1 January; many may be dated by their year alone",
                       "look at those letters, and encode a year as a year")  # fmt: skip


def _forget(element: Any) -> None:
    """Free what was read: the element's content and its earlier siblings."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _local(element: Any) -> str:
    tag: str = element.tag
    return tag.rpartition("}")[2]


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


class _File:
    """What is known of a file while it is read."""

    def __init__(self, path: Path, report: Report) -> None:
        self.path = path
        self.report = report
        self.stem = stem(path)
        self.count = 0
        self.days = 0
        self.first_days = 0
        self.bibls: dict[str, Printing] = {}
        self.ids: set[str] = set()
        self.again: Counter[str] = Counter()
        self.broken: Callable[[], bool] = lambda: False  # whether the XML broke off before here

    def take_bibl(self, element: Any) -> None:
        """Keep an edition named in the header, to which letters refer."""
        key = element.get(XML_ID)
        if key and (text := _text(element)):
            self.bibls[key] = Printing(
                publication=text, rule="cmif.source", note=element.get("type")
            )

    def record(self, element: Any) -> Record | None:
        self.count += 1
        return _Letter(self, element).record()

    def new_id(self, element: Any) -> tuple[str, str | None]:
        """A record's id that no other of the file has, and the source's own number."""
        ref = (element.get("ref") or "").strip()
        key = (element.get("key") or "").strip() or None
        own = (
            key
            or element.get(XML_ID)
            or re.sub(r"[?#].*|\.\w{2,5}$|/$", "", ref).rpartition("/")[2]
        )
        base = f"{self.stem}/{slug(own) or self.count}"
        new = base
        while new in self.ids:
            self.again[base] += 1
            new = f"{base}-{self.again[base] + 1}"
        self.ids.add(new)
        return new, key


class _Letter:
    """One ``correspDesc`` on its way to a record."""

    def __init__(self, file: _File, element: Any) -> None:
        self.file = file
        self.element = element
        self.where = f"{file.path}:{element.sourceline}" if element.sourceline else str(file.path)
        self.words = Words()
        self.remarks: list[Remark] = []

    def warn(self, code: str, message: str, hint: str | None = None) -> None:
        self.file.report.warning(code, self.where, message, hint)

    def record(self) -> Record:
        new, key = self.file.new_id(self.element)
        sent, received = _Action(), _Action()
        others: list[tuple[str, _Action, bool]] = []
        has_sent = has_received = False
        for child in self.element:
            if not isinstance(child.tag, str) or _local(child) != "correspAction":
                continue
            kind = (child.get("type") or "").strip().lower()
            if kind in ("sent", "written"):
                has_sent = True
                self.read_action(child, sent, "sent")
            elif kind == "received":
                has_received = True
                self.read_action(child, received, "received")
            else:
                action = _Action()
                self.read_action(child, action, kind or "action")
                others.append((kind or "action", action, has_received))
        if not (has_sent and has_received) and not self.file.broken():
            missing = "sent" if not has_sent else "received"
            self.warn("action-missing", f"{new} has no correspAction of type {missing!r}")
        self.check(new, sent, received)
        mentions, relations, language = self.notes()
        legs = self.legs(sent, received, others)
        source = (self.element.get("source") or "").strip().lstrip("#")
        url = (self.element.get("ref") or "").strip() or None
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
            place=sent.places[0] if sent.places else None,
            place_to=received.places[0] if received.places else None,
            language=language or self.element.get(LANG),
            legs=legs,
            printed_in=self.printed_in(source),
            relations=relations,
            mentions=mentions,
            remarks=tuple(self.remarks),
            url=url if url and "://" in url else None,
            locator=f"correspDesc {self.file.count}",
            text_length=len(text),
            text=text,
        )

    def printed_in(self, source: str) -> tuple[Printing, ...]:
        if not source:
            return ()
        known = self.file.bibls.get(source)
        if known is None:
            self.warn("source-unknown", f"source {source!r} is no bibl of this file")
            return ()
        return (known,)

    def read_action(self, element: Any, action: _Action, label: str) -> None:
        for child in element.iter("{*}*"):
            kind = _local(child)
            if kind in PERSONS and not _inside(child, element, PERSONS):
                party = self.party(child, kind, label)
                if party is not None:
                    action.parties.append(party)
            elif kind in PLACES and not _inside(child, element, PLACES | PERSONS.keys()):
                place = self.place(child, label)
                if place is not None:
                    action.places.append(place)
            elif kind == "date":
                date = self.date(child, label)
                if date is not None:
                    action.dates.append(date)
            elif kind == "note" and (text := _text(child)):
                start, end = self.words.add(f"{label} note", text)
                self.remarks.append(
                    Remark(property=label, value=text, start=start, end=end, rule="cmif.note")
                )

    def party(self, element: Any, kind: str, label: str) -> Party | None:
        name, ref = _text(element), (element.get("ref") or "").strip() or None
        typed = (element.get("type") or "").strip()
        if kind in ("name", "rs") and typed in ("place", "date"):
            return None
        what = "body" if typed in ORGANISATIONS else PERSONS[kind]
        bare, editorial = _unbracketed(name)
        unnamed = not bare or UNKNOWN_NAME.match(bare) is not None
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
            kind="unknown" if unnamed else "person" if what == "person" else "body",
            ref=ref,
            start=start + shift,
            end=start + shift + len(bare) if bare else end,
            certainty=_certainty(element, editorial),
            rule=f"cmif.{label}",
            note=_evidence(element),
        )

    def place(self, element: Any, label: str) -> Place | None:
        name, ref = _text(element), (element.get("ref") or "").strip() or None
        bare, editorial = _unbracketed(name)
        if ref and UNKNOWN_REF.search(ref):
            ref = None
        if not bare or UNKNOWN_NAME.match(bare):
            return None
        start, _ = self.words.add(f"{label} at", name)
        start += name.find(bare)
        return Place(
            name=bare,
            ref=ref,
            start=start,
            end=start + len(bare),
            certainty=_certainty(element, editorial),
            rule=f"cmif.{label}-place",
            note=_evidence(element),
        )

    def date(self, element: Any, label: str) -> Date | None:
        told = {name: element.get(name) or "" for name in encoded_date.TOLD}
        certainty = _certainty(element, False)
        dating = encoded_date.read(
            told,
            _text(element),
            certainty,
            uncertain=certainty == "conjectural",
            rule=f"cmif.{label}-date",
        )
        for code, message in dating.faults:
            self.warn(code, f"{label}: {message}", "encode dates as YYYY-MM-DD, YYYY-MM or YYYY")
        date = dating.date
        if date is None:
            return None
        start, end = self.words.add(f"{label} on", date.text)
        return _replace(date, start=start, end=end, note=date.note or _evidence(element))

    def check(self, new: str, sent: _Action, received: _Action) -> None:
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
                sent.parties[number] = _replace(sender, ref=None, note=note)
                received.parties[other] = _replace(addressee, ref=None, note=note)
        first = sent.dates[0].earliest if sent.dates else None
        last = received.dates[0].latest if received.dates else None
        if first and last and last < first and not first.startswith("-"):
            self.warn("received-before-sent", f"{new}: received {received.dates[0].edtf}, before it "
                      f"was sent {sent.dates[0].edtf}", "one of the two dates is wrong")  # fmt: skip
            received.dates[0] = _replace(
                received.dates[0], certainty="conjectural",
                note="earlier than the date of sending; one of the two is wrong",
            )  # fmt: skip

    def legs(
        self, sent: _Action, received: _Action, others: list[tuple[str, _Action, bool]]
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
            target, text = (ref.get("target") or "").strip(), _text(ref)
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
            elif kind in ("prev", "next") and (target or text):
                relations.append(
                    Relation(type="related", target=target or text, text=text or None,
                             rule="cmif.context", note=f"{kind} in the correspondence")
                )  # fmt: skip
            elif raw and (target or text):
                start, end = self.words.add(raw, text or target)
                self.remarks.append(
                    Remark(property=raw, value=target or text, kind="annotation", start=start,
                           end=end, rule="cmif.note")
                )  # fmt: skip
        for note in self.element.iter("{*}note"):
            action = note.getparent()
            plain = " ".join((note.text or "").split())
            if plain and action is self.element:
                start, end = self.words.add("note", plain)
                self.remarks.append(
                    Remark(property="note", value=plain, kind="annotation", start=start, end=end,
                           rule="cmif.note")
                )  # fmt: skip
        return tuple(mentions), tuple(relations), language


class _Action:
    """Who, where and when of one ``correspAction``; several of one type are one."""

    def __init__(self) -> None:
        self.parties: list[Party] = []
        self.places: list[Place] = []
        self.dates: list[Date] = []


def _inside(element: Any, top: Any, kinds: Any) -> bool:
    parent = element.getparent()
    while parent is not None and parent is not top:
        if isinstance(parent.tag, str) and _local(parent) in kinds:
            return True
        parent = parent.getparent()
    return False


def _unbracketed(name: str) -> tuple[str, bool]:
    """A name without an editor's brackets or question mark, and whether it had any."""
    match = re.fullmatch(r"[\[(⟨<]\s*(.*?)\s*[\])⟩>]", name) or re.fullmatch(
        r"(.*?)\s*[\[(]?\?[\])]?", name
    )
    return (match[1].strip(" ?"), True) if match and match[1].strip(" ?") else (name, False)


def _certainty(element: Any, editorial: bool) -> Certainty:
    cert = (element.get("cert") or "").strip().lower()
    evidence = (element.get("evidence") or "").strip().lower()
    if evidence == "conjecture" or cert == "low":
        return "conjectural"
    if cert in DOUBT:
        return DOUBT[cert]
    return "inferred" if editorial or evidence else "stated"


def _evidence(element: Any) -> str | None:
    told = [f"{name}: {value}" for name in ("cert", "evidence") if (value := element.get(name))]
    return "; ".join(told) or None


def _replace(value: T, **changes: Any) -> T:
    return msgspec.structs.replace(value, **changes)
