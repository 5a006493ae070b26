"""Letter tables: CSV, TSV, XLSX and ODS, one letter a row (or an edge of an edge list).

Which column means what is said by a mapping file (`kgraph.sources.columns`). The
record's text is a list of the row's used cells, one a line.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from email.utils import getaddresses
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from kgraph import nameless, vocab
from kgraph.model import (
    Certainty,
    Date,
    Holding,
    Item,
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
)
from kgraph.report import Report
from kgraph.sources import (
    columns,
    directions,
    encoded_date,
    name_cells,
    people,
    table_dates,
    tables,
)
from kgraph.sources.cmif_values import NO_PLACE, UNKNOWN_REF, unbracketed
from kgraph.sources.columns import Mapping
from kgraph.sources.regest import Words, slug, stem
from kgraph.sources.tables import Row

NAME = "letter-table"
LIMIT = 1 << 30
TRUE = frozenset({"1", "true", "yes", "y", "x", "?", "uncertain", "ja", "oui"})
MENTIONED: dict[str, MentionType] = {
    "mentioned_persons": "person", "mentioned_places": "place", "mentioned_bodies": "organisation",
}  # fmt: skip


def sniff(head: bytes, name: str) -> bool:
    """Whether this is a spreadsheet or a table; in other files, one that names letter columns."""
    if tables.is_spreadsheet(head):
        return True
    found = tables.header(head, name)
    if found is None:
        return False
    return name.lower().endswith((".csv", ".tsv", ".tab")) or columns.is_letters(found[0])


def read(path: Path, report: Report) -> Iterator[Item]:
    """A record a row. A spreadsheet of persons or places goes to the reader of those."""
    names = tables.columns(path, report)
    if not names:
        if not report.has_errors:
            report.error("table-head", f"{path}:1", "the first row names no columns")
        return
    line = "\t".join(names).encode()
    if path.suffix.lower() not in (".csv", ".tsv", ".tab") and people.sniff(line, "table.tsv"):
        yield from people.read(path, report)
        return
    mapping = columns.choose(path, names, report, lambda: directions.column(path, names))
    if mapping is None:
        return
    habits = _Habits(table_dates.day_first(path, mapping), _alone(path, mapping))
    ids: set[str] = set()
    nameless: list[int] = []
    for row in tables.rows(path, report):
        filled = [value for value in row.cells.values() if value]
        if len(filled) == 1 and _SUM.match(filled[0]):
            report.info(
                "row-counts", f"{path}:{row.line}", f"{filled[0][:40]!r} only counts; left out"
            )
            continue
        record = _Letter(path, row, mapping, report, habits).record(ids)
        if record is None:
            nameless.append(row.line)
        else:
            yield record
    if nameless:
        several = f"{len(nameless)} rows, this the first, name" if nameless[1:] else "the row names"
        report.warning("rows-nameless", f"{path}:{nameless[0]}", f"{several} neither sender nor "
                       "addressee; left out", "fill in one of them")  # fmt: skip


class _Habits(NamedTuple):
    """What one row of a table does not tell, and all together do."""

    day_first: bool | None  # in dates such as "03/04/1875"; None: cannot be told
    alone: frozenset[str]  # names that fill a cell


def _alone(path: Path, mapping: Mapping) -> frozenset[str]:
    if not mapping.joined:
        return frozenset()
    sides = [c for c, field in mapping.columns.items() if field in ("senders", "addressees")]
    looked_at = islice(tables.rows(path, Report()), table_dates.LOOKED_AT)
    return name_cells.alone(row.cells.get(side, "") for row in looked_at for side in sides)


class _Letter:
    """One row on its way to a record."""

    def __init__(
        self, path: Path, row: Row, mapping: Mapping, report: Report, habits: _Habits
    ) -> None:
        self.habits = habits
        self.path = path
        self.row = row
        self.mapping = mapping
        self.report = report
        self.where = f"{path}:{row.line}"
        self.words = Words()
        self.cells: dict[str, list[tuple[str, str]]] = {}
        for column, value in row.cells.items():
            field = mapping.columns.get(column)
            if field and field != "ignore" and value and not _NOTHING.fullmatch(value):
                value = " ".join(html.unescape(value).split())
                self.cells.setdefault(field, []).append((column, value))

    def one(self, field: str) -> str | None:
        found = self.cells.get(field)
        return found[0][1] if found else None

    def record(self, ids: set[str]) -> Record | None:
        self.join_names()
        senders = self.parties("senders", "sender_refs", "person") + self.parties(
            "sender_bodies", None, "body"
        )
        addressees = self.parties("addressees", "addressee_refs", "person") + self.parties(
            "addressee_bodies", None, "body"
        )
        senders = senders or _fixed(self.mapping.senders)
        addressees = addressees or _fixed(self.mapping.addressees)
        if not senders and not addressees:
            return None
        date = self.date()
        if "received" not in self.cells:
            parts = (self.one(f"received_{part}") for part in ("year", "month", "day"))
            joined = table_dates.joined(*parts)
            if joined is not None:
                self.cells["received"] = [("received", joined)]
        received = self.told({"when": "received"}, "received_text", "received")
        place, place_to = self.place("place", "place_ref"), self.place("place_to", "place_to_ref")
        self.check(senders, addressees)
        mentions = self.mentions()
        remarks = [
            Remark(property=field, value=value, kind="annotation", start=start, end=end,
                   rule=f"table.{field}")
            for field in ("note", "weight", "calendar", *self.homeless())
            for value, start, end in self.values(field)
        ]  # fmt: skip
        relations = tuple(
            Relation(type="reply-to", target=value, start=start, end=end, rule="table.reply_to")
            for value, start, end in self.values("reply_to")
        )
        copies = self.parties("copies_to", None, "person")
        held = [
            Holding(holder=holder, shelfmark=self.one("shelfmark"), copy="source text", start=start,
                    end=end, rule="table.holder")
            for holder, start, end in self.values("holder")
        ]  # fmt: skip
        printed = [
            Printing(publication=value, pages=self.one("pages"), start=start, end=end,
                     rule="table.edition")
            for value, start, end in self.values("edition")
        ]  # fmt: skip
        legs = self.legs(senders, addressees)
        key = self.one("id")
        text = self.words.text
        return Record(
            id=self.new_id(key, ids),
            source=self.path.name,
            form=directions.form_of(self.one("kind")) or self.mapping.form,
            kind=self.one("kind"),
            title=self.one("title"),
            number=key,
            senders=tuple(senders),
            addressees=tuple(addressees),
            copies_to=tuple(copies),
            date=date,
            received=received,
            place=place,
            place_to=place_to,
            subject=self.one("subject"),
            classification=_grade(self.one("classification")),
            language=self.one("language"),
            legs=legs,
            holdings=tuple(held),
            printed_in=tuple(printed),
            relations=relations,
            mentions=mentions,
            remarks=tuple(remarks),
            url=self.one("url"),
            locator=f"line {self.row.line}",
            text_length=len(text),
            text=text,
        )

    def new_id(self, key: str | None, ids: set[str]) -> str:
        base = f"{stem(self.path)}/{slug(key or '') or self.row.line}"
        new = base if base not in ids else f"{base}-{self.row.line}"
        ids.add(new)
        return new

    def values(self, field: str) -> Iterator[tuple[str, int, int]]:
        """The cells of a field, each with its place in the record's text."""
        for column, value in self.cells.get(field, ()):
            start, end = self.words.add(column, value)
            yield value, start, end

    def parties(self, field: str, refs: str | None, kind: PartyKind) -> list[Party]:
        given = [
            ref for _, cell in self.cells.get(refs or "", ()) for ref in self.parted(cell, False)
        ]
        doubted = self.flagged(f"{field.removesuffix('s')}_uncertain")
        found: list[Party] = []
        for cell, start, _ in self.values(field):
            at = 0
            for name, ref, parted in self.names(cell):
                at = max(cell.find(name, at), 0)
                if ref is None and len(found) < len(given):
                    ref = given[len(found)] or None
                unnamed = nameless.UNKNOWN.match(name) is not None
                if ref and UNKNOWN_REF.search(ref):
                    ref = None
                bare, marked, years = name_cells.bare(name)
                shift = at + name.find(bare)
                notes = ["one of several names in the cell"] if parted else []
                if years:
                    notes.append(f"with the years {years}")
                found.append(
                    Party(name=bare, kind="unknown" if unnamed else kind, ref=ref,
                          start=start + shift, end=start + shift + len(bare),
                          certainty="inferred" if marked or parted or doubted else "stated",
                          note="; ".join(notes) or None,
                          rule=f"table.{field}")
                )  # fmt: skip
                at += len(name)
        return found

    def homeless(self) -> list[str]:
        """Shelfmarks where no column names the archive, pages where none names the edition."""
        within = {"shelfmark": "holder", "pages": "edition"}
        return [field for field, whose in within.items() if whose not in self.cells]

    def flagged(self, field: str) -> bool:
        """Whether any of the columns that tell of a doubt says so."""
        return any(value.lower() in TRUE for _, value in self.cells.get(field, ()))

    def join_names(self) -> None:
        """Given and family names in two columns are one name; "A to B" in one column are two."""
        both = directions.parted(self.one("direction") or "")
        if both is not None:
            self.cells.setdefault("senders", [("senders", both.sender)])
            self.cells.setdefault("addressees", [("addressees", both.addressee)])
            self.cells.setdefault("title", self.cells["direction"])
            if both.kind:
                self.cells.setdefault("kind", [("kind", both.kind)])
        for side in ("sender", "addressee"):
            given, family = self.one(f"{side}_given"), self.one(f"{side}_family")
            whole = self.one(f"{side}s")
            if given and whole and not family and "," not in whole and given not in whole:
                family = whole  # "Name" beside "Vorname"
                del self.cells[f"{side}s"]
            name = " ".join(part for part in (given, family) if part)
            if name and f"{side}s" not in self.cells:
                self.cells[f"{side}s"] = [(side, name)]

    def names(self, cell: str) -> Iterator[tuple[str, str | None, bool]]:
        """Names with their mail address, and whether a word or comma parts them from others."""
        if not self.mapping.addresses or "@" not in cell:
            for part in self.parted(cell):
                joined = self.mapping.joined
                several = name_cells.people(part, self.habits.alone) if joined else [part]
                for name in filter(None, several):
                    yield name, None, len(several) > 1
            return
        for name, address in getaddresses([cell]):
            shown = name if name and name in cell else address
            if shown:
                yield shown, f"mailto:{address}" if "@" in address else None, False

    def parted(self, cell: str, slashes: bool = True) -> list[str]:
        """The several values of a cell; in tables for which nobody wrote a mapping, bars part them
        too, and slashes with room around them."""
        if not self.mapping.guessed or (self.mapping.separator or ";") in cell:
            return _split(cell, self.mapping.separator)
        return re.split(r"\s*\|\s*|\s+/\s+" if slashes else r"\s*\|\s*", cell.strip())

    def date(self) -> Date | None:
        if "date" not in self.cells:
            joined = table_dates.joined(self.one("year"), self.one("month"), self.one("day"))
            if joined is not None:
                self.cells["date"] = [("date", joined)]
        time = self.one("time")
        if time and "date" in self.cells:
            column, day = self.cells["date"][0]
            first = table_dates.ordered(day, self.habits.day_first)
            unsure = first is None and table_dates.either_first(day)
            timed = None if unsure else table_dates.timed(first or day, time)
            if timed is not None:
                self.cells["date"] = [(column, timed)]
        told = {"when": "date", "from": "date_from", "to": "date_to", "notBefore": "not_before",
                "notAfter": "not_after"}  # fmt: skip
        return self.told(told, "date_text", "date")

    def told(self, fields: dict[str, str], text: str, rule: str) -> Date | None:
        values = {name: self.one(field) or "" for name, field in fields.items()}
        printed = self.one(text) or ""
        if not any(values.values()) and not printed:
            return None
        doubt = (self.one("date_cert") or "").lower() == "low" or (
            (self.one("date_evidence") or "").lower() == "conjecture"
            or self.flagged("date_uncertain")
            or self.flagged("date_about")
        )
        certainty: Certainty = "conjectural" if doubt and rule == "date" else "stated"
        values, mailed = table_dates.mailed(table_dates.over_days(values))
        counted = values
        values, serial = table_dates.serials(values)
        if serial:
            printed = printed or " ".join(v for v in counted.values() if v)
            certainty = "inferred" if certainty == "stated" else certainty
        values = {n: table_dates.ordered(v, self.habits.day_first) or v for n, v in values.items()}
        if table_dates.either_first(values.get("when", "")):
            self.ambiguous(values["when"])
            printed = printed or values["when"]
            values = {"when": re.findall(r"\d{4}", values["when"])[0]}
        if values.get("when") and encoded_date.point(values["when"]) is None:
            other = table_dates.otherwise(values["when"])
            if other is not None:
                start, end = self.words.add(rule, printed or values["when"])
                edtf = other.edtf
                if certainty == "conjectural" and edtf and not re.search(r"[?~/\[{T]", edtf):
                    edtf += "?"
                return _replace(other, text=printed or values["when"], edtf=edtf, start=start, end=end,
                                rule=f"table.{rule}",
                                certainty=max(certainty, other.certainty, key=_DOUBTS.index))  # fmt: skip
        read = encoded_date.read(
            values, mailed or printed, certainty, uncertain=certainty == "conjectural",
            rule=f"table.{rule}",
        )  # fmt: skip
        for code, message in read.faults:
            if code == "date-untidy" and table_dates.written(message):
                continue
            self.report.warning(code, self.where, message, "write dates as YYYY-MM-DD")
        if read.date is None:
            return None
        start, end = self.words.add(rule, read.date.text)
        note = "day number of a spreadsheet" if serial else read.date.note
        return _replace(read.date, start=start, end=end, note=note)

    def ambiguous(self, cell: str) -> None:
        """Say once a table that day and month cannot be told apart."""
        if any(f.code == "date-ambiguous" for f in self.report):
            return
        self.report.warning(
            "date-ambiguous", self.where, f"dates such as {cell!r} may begin with the day or the month, "
            "and no date of the table tells which; their year was kept", "write dates as YYYY-MM-DD",
        )  # fmt: skip

    def place(self, field: str, ref: str) -> Place | None:
        for value, start, end in self.values(field):
            bare = value.strip("[]? ")
            bare = unbracketed(bare)[0]
            if not bare or nameless.UNKNOWN.match(bare) or NO_PLACE.match(value):
                continue
            start += value.find(bare)
            doubted = bare != value or self.flagged(f"{field}_uncertain")
            return Place(name=bare, ref=self.one(ref), start=start, end=min(end, start + len(bare)),
                         certainty="inferred" if doubted else "stated",
                         rule=f"table.{field}")  # fmt: skip
        return None

    def legs(self, senders: list[Party], addressees: list[Party]) -> tuple[Leg, ...]:
        """The letter's way as one hop, where a column tells channel or carrier.

        A route below "back channel" is a channel, any other concept is a mode too. Words
        that the scheme of channels does not have stay as the mode's words, with a finding.
        """
        carriers = self.parties("carrier", None, "person")
        told = next(self.values("channel"), None)
        if told is None and not carriers:
            return ()
        words, start, end = told or ("", carriers[0].start, carriers[0].end)
        concept = vocab.channel_named(_BY.sub("", words)) if words else None
        if words and concept is None:
            self.report.warning(
                "channel-unknown", self.where, f"{words!r} is no channel of ontology/channels.ttl",
                f"write one of its notations, such as {', '.join(list(vocab.channels())[1:7])}",
            )  # fmt: skip
        secret = concept is not None and "back channel" in (concept, *vocab.broader(concept))
        return (
            Leg(index=1, from_=next(iter(senders), None), also_from=tuple(senders[1:]),
                by=next(iter(carriers), None), also_by=tuple(carriers[1:]),
                to=next(iter(addressees), None), also_to=tuple(addressees[1:]),
                mode=None if secret else concept, mode_text=words or None, channel=concept,
                start=start, end=end, rule="table.channel" if words else "table.carrier"),
        )  # fmt: skip

    def mentions(self) -> tuple[Mention, ...]:
        found = []
        for field, kind in MENTIONED.items():
            for cell, start, _ in self.values(field):
                at = 0
                for name in _split(cell, self.mapping.separator or ";"):
                    if not name:
                        continue
                    at = cell.find(name, at)
                    found.append(Mention(start=start + at, end=start + at + len(name), text=name,
                                         type=kind, rule=f"table.{field}"))  # fmt: skip
                    at += len(name)
        return tuple(found)

    def check(self, senders: list[Party], addressees: list[Party]) -> None:
        for sender in senders:
            for addressee in addressees:
                if sender.ref and sender.ref == addressee.ref and sender.name != addressee.name:
                    self.report.warning("one-id-for-two", self.where, f"{sender.name!r} and "
                                        f"{addressee.name!r} have one identifier, {sender.ref}",
                                        "give each their own")  # fmt: skip


def _grade(words: str | None) -> str | None:
    """A classification as other sources write it: "TOP SECRET" is "Top Secret"."""
    return words.title() if words and words.isupper() else words


def _fixed(names: tuple[str, ...]) -> list[Party]:
    return [
        Party(name=name, kind="person", certainty="inferred", rule="table.mapping",
              note="named in the mapping for every letter of the table")
        for name in names
    ]  # fmt: skip


_DOUBTS: tuple[Certainty, ...] = ("stated", "inferred", "conjectural")
_NOTHING = re.compile(r"(?i)null|none|n/a|nan|#n/a|\\n|[-–—]+")
"""What programs and people write into a cell that has nothing to say."""
_BY = re.compile(r"(?i)^(?:by|per|via|through|durch|mit|par|con)\s+(?:the\s+|an?\s+)?")
_SUM = re.compile(r"(?i)(?:grand )?(?:total|sum|count|summe|anzahl|gesamt|insgesamt|итого)\b")
"""How the last row of a table begins that only counts."""


def _split(cell: str, separator: str | None) -> list[str]:
    if not separator:
        return [cell.strip()]
    return [part.strip() for part in cell.split(separator)]


def _replace(date: Date, **changes: Any) -> Date:
    return msgspec.structs.replace(date, **changes)
