"""Gold for letter catalogues, archive pages and the paged book."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import PurePath

from kgraph.accuracy.scores import Tally
from kgraph.authorities.names.spellings import given_like
from kgraph.evaluate.comparing import (
    like_name,
    same_day,
    same_name,
    same_number,
    same_place,
    same_shelf,
    same_text,
)
from kgraph.evaluate.index import Index, names
from kgraph.model import Record

Rows = list[dict[str, str]]
FORMS = {
    "telegram": {"telegram", "cipher-telegram"},
    "note": {"note", "memorandum", "letter"},
    "resolution": {"resolution"},
    "conversation": {"memorandum-of-conversation", "minutes"},
    "letter": {"letter"},
    "message": {"message", "letter"},
    "memo": {"memorandum", "note"},
    "tass": {"press-release", "message"},
    "instruction": {"telegram", "other", "enclosure", "message"},
    "petition": {"letter", "other"},
    "extract": {"minutes", "other"},
    "materials": {"other", "memorandum"},
}


def cmif(rows: Rows, index: Index, tally: Tally) -> None:
    """One row a ``correspDesc``, in the order of the file."""
    for row in rows:
        records = index.by_file.get(row["file"])
        if not records:
            continue
        place = int(row["n"]) - 1
        record = records[place] if place < len(records) else None
        key = f"{row['file']}/{row['n']}"
        tally.compare("document", key, [key], [key] if record else [], str.__eq__)
        for relation, column, field in (("sender", "senders", "senders"),
                                        ("addressee", "recipients", "addressees")):  # fmt: skip
            parties = getattr(record, field) if record else ()
            tally.compare(relation, key, _parts(row[column]), names(parties), same_name)
            refs = [party.ref or "" for party in parties]
            tally.compare(f"{relation} identifier", key, _parts(row[f"{column}_ref"]),
                          [ref for ref in refs if ref], str.__eq__)  # fmt: skip
        _date(row, key, record, tally)
        received = (
            [record.received.edtf] if record and record.received and record.received.edtf else []
        )
        if row["recv_date"]:
            tally.compare("received", key, [row["recv_date"]], received, same_day)
        for relation, column, field in (("place", "sent_place", "place"),
                                        ("place to", "recv_place", "place_to")):  # fmt: skip
            place_found = getattr(record, field) if record else None
            tally.compare(relation, key, _parts(row[column])[:1],
                          [place_found.name] if place_found else [], same_place)  # fmt: skip
            tally.compare(f"{relation} identifier", key, _parts(row[f"{column}_ref"])[:1],
                          [place_found.ref] if place_found and place_found.ref else [],
                          str.__eq__)  # fmt: skip
        actions = _parts(row["other_actions"])
        legs = [leg.mode_text or "" for leg in record.legs] if record else []
        if actions or legs:
            tally.compare("other action", key, actions, legs, str.__eq__)


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in re.split(r" ; | \| ", cell) if part.strip()]


def _date(row: dict[str, str], key: str, record: Record | None, tally: Tally) -> None:
    low = row["from"] or row["notBefore"]
    high = row["to"] or row["notAfter"]
    wanted = row["when"] or (f"{low or '..'}/{high or '..'}" if low or high else "")
    if wanted and low == high and not row["when"]:
        wanted = low
    if wanted:
        date = [record.date.edtf] if record and record.date and record.date.edtf else []
        tally.compare("date", key, [wanted], date, same_day)


def dossier(rows: Rows, index: Index, tally: Tally) -> None:
    """Documents of the paged book. Conversations have participants and no sender."""
    if "dossier" not in index.groups:
        return
    for row in rows:
        key = f"dossier/{row['number']}"
        record = index.of(key)
        tally.compare("document", key, [key], [key] if record else [], str.__eq__)
        talk = row["type"] == "conversation"
        senders = [re.sub(r"\s*\(.*", "", s) for s in row["sender"].split("; ") if s]
        relation = "participant" if talk else "sender"
        found = (record.participants if talk else record.senders) if record else ()
        if senders:
            tally.compare(relation, key, senders, names(found), like_name)
        if not talk:
            wanted = [s for s in row["recipient"].split("; ") if s]
            tally.compare(
                "addressee", key, wanted, names(record.addressees) if record else [], like_name
            )
        if row["date_iso"]:
            wanted_date = re.sub(r"^/", "../", row["date_iso"])
            date = [record.date.edtf] if record and record.date and record.date.edtf else []
            tally.compare("date", key, [wanted_date], date, same_day)
        for relation, column, value in (
            ("place", "place", [record.place.name] if record and record.place else []),
            ("classification", "classification",
             [record.classification] if record and record.classification else []),
        ):  # fmt: skip
            if row[column]:
                tally.compare(relation, key, [row[column]], value, same_text)
        if row["serial"]:
            numbers = [n.value for n in record.numbers] if record else []
            tally.compare("number", key, [row["serial"]], numbers, same_number, complete=False)
        if re.search(r"\bF\. ?\w", row["archive_ref"]):
            shelves = (
                [f"{h.holder}. {h.shelfmark or ''}" for h in record.holdings] if record else []
            )
            tally.compare(
                "shelfmark", key, [row["archive_ref"]], shelves, same_shelf, complete=False
            )
        _kind(row["type"], key, record, tally)


def _kind(wanted: str, key: str, record: Record | None, tally: Tally) -> None:
    if not record or wanted not in FORMS:
        return
    found = wanted if record.form in FORMS[wanted] else record.form
    tally.compare("form", key, [wanted], [found], str.__eq__)
    tally.confuse("form", wanted, record.form)


def enclosed(rows: Rows, index: Index, tally: Tally) -> None:
    """Documents inside documents of the book; aligned by sender and addressee, then by order."""
    if "dossier" not in index.groups:
        return
    inside: dict[str, Rows] = defaultdict(list)
    for row in rows:
        inside[f"dossier/{row['outer']}"].append(row)
    for key, parts in inside.items():
        left = list(index.inner(key))
        for row in parts:
            match = next((r for r in left if _same_ends(row, r)), left[0] if left else None)
            name = f"{key}/{row['index']}"
            tally.compare("enclosed document", name, [name], [name] if match else [], str.__eq__)
            if match is None:
                continue
            left.remove(match)
            for relation, column in (("senders", "sender"), ("addressees", "recipient")):
                if row[column]:
                    wanted = [n for s in row[column].split("; ") for n in _each(s)]
                    tally.compare(f"enclosed {relation[:-1]}", name, wanted,
                                  names(getattr(match, relation)), like_name)  # fmt: skip
            if row["date_iso"]:
                date = [match.date.edtf] if match.date and match.date.edtf else []
                tally.compare("enclosed date", name, [row["date_iso"]], date, same_day)


def _each(name: str) -> list[str]:
    """ "embassies in Berlin, Havana" as two embassies; a remark in brackets is left out."""
    name = re.sub(r"\s*\(.*", "", name)
    match = re.fullmatch(r"(.*)embassies in (.*)", name)
    return [f"{match[1]}embassy in {place}" for place in match[2].split(", ")] if match else [name]


def _same_ends(row: dict[str, str], record: Record) -> bool:
    wanted = row["sender"].split("; ")[0]
    to = _each(row["recipient"].split("; ")[0])[0]
    return any(like_name(wanted, n) for n in names(record.senders)) and (
        not to or any(like_name(to, n) for n in names(record.addressees))
    )


def receipts(rows: Rows, index: Index, tally: Tally) -> None:
    """When telegrams arrived, to the minute."""
    if "dossier" not in index.groups:
        return
    for row in rows:
        key = f"dossier/{row['doc']}"
        record = index.of(key)
        found = record.received.edtf or "" if record and record.received else ""
        tally.compare("received", key, [row["received"]], [found[:16]] if found else [], str.__eq__)


def canonical_names(rows: Rows, index: Index, tally: Tally) -> None:
    """Entries of the book's index of names by the canonical form that the gold gives them:
    reached where the person whom the entry is linked to, or the entry's own forms where it
    is linked to nobody, bears that name with its first given name in full."""
    if "dossier" not in index.groups:
        return
    entries = {form: p for p in index.persons for form in (p.sort or p.label, *p.variants)}
    for row in rows:
        if not row["canonical"] or row["see"]:
            continue
        entry = f"{row['surname']} {row['given']}".strip()
        own = entries.get(row["entry"]) or entries.get(entry) or entries.get(
            re.sub(r"\s*\([^)]*\)", "", row["entry"]).strip(" ,")
        )  # fmt: skip
        forms = index.forms(own) if own else []
        found = (
            [row["canonical"]] if any(_reaches(row["canonical"], f) for f in forms) else forms[:1]
        )
        tally.compare("canonical name", row["entry"], [row["canonical"]], found, str.__eq__)


def _reaches(wanted: str, form: str) -> bool:
    """Whether a form is the wanted name, its first given name written out.

    >>> _reaches("Herter, Christian A.", "Christian Archibald Herter, Sr.")
    True
    >>> _reaches("Zorin, Valerian A.", "V.A. Zorin")
    False
    """
    given = wanted.partition(", ")[2].split()
    if not like_name(wanted, re.sub(r",?\s(?:Sr|Jr)\.", "", form)):
        return False
    words = re.findall(r"[^\W\d_]+", form.casefold())
    return not given or len(given[0].strip(".")) < 3 or any(
        given_like(given[0].casefold(), w) >= 0.7 for w in words if len(w) > 2
    )  # fmt: skip


def index_names(rows: Rows, index: Index, tally: Tally) -> None:
    """Entries of the book's index of names as persons or as variants of persons."""
    if "dossier" not in index.groups:
        return
    listed = [p for p in index.persons if not p.identifiers]  # not those of an authority file
    known = [n for p in listed for n in (p.sort or p.label, p.label, *p.variants)]
    for row in rows:
        if row["see"]:
            continue
        wanted = f"{row['surname']} {row['given']}".strip()
        match = [wanted] if any(like_name(wanted, n) for n in known) else []
        tally.compare("indexed name", row["entry"], [wanted], match, str.__eq__)


def wilson(rows: Rows, index: Index, tally: Tally) -> None:
    """Openings of archive pages."""
    for row in rows:
        record = _page(row["id"], index)
        if record is None:
            continue
        key = record.id
        talk = row["type"] == "conversation"
        wanted = [s for s in row["sender"].split("; ") if s]
        found = record.participants if talk and record.participants else record.senders
        tally.compare("participant" if talk else "sender", key, wanted, names(found), like_name,
                      complete=not talk)  # fmt: skip
        if not talk:
            to = [s for s in row["recipient"].split("; ") if s]
            tally.compare("addressee", key, to, names(record.addressees), like_name)
        date = [record.date.edtf] if record.date and record.date.edtf else []
        tally.compare("date", key, [row["date_iso"]], date, same_day)
        _kind(row["type"], key, record, tally)


def _page(id: str, index: Index) -> Record | None:
    for record in index.records.values():
        tail = record.id.rpartition("/")[2]
        if id in (tail, PurePath(record.source).stem) or (record.url or "").endswith(f"/{id}"):
            return record
    return None
