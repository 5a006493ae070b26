"""What list, footnotes, endnotes and facsimiles of a book add to a document's record."""

from __future__ import annotations

import re

import msgspec

from kgraph import dating
from kgraph.extract import naming, titles
from kgraph.extract.papers import assembly, quoted
from kgraph.extract.titles import forms as title_forms
from kgraph.model import Party, Record, Relation, Remark
from kgraph.sources import book_lists, book_notes

_STAMP = re.compile(
    r"\b(?:stamp(?:ed)?)\b[^\n\"“]{0,30}[\"“](?P<words>[^\"”\n]+)[\"”]?", re.IGNORECASE
)
_PRINTED_ADDRESS = re.compile(
    r"(?:is|was)?\s*printed:?\s*[\"“](?P<words>.+?)[\"”]\.?\s*(?:\n|$)", re.DOTALL | re.IGNORECASE
)
_BY_CONTENT = re.compile(r"\b[Dd]at(?:ed|ing)\b[^.\n]{0,30}\b(?:content|according to)")
_SEE_DOC = re.compile(
    r"\b[Ss]ee (?:doc(?:ument)?s?\.?) (?:No\.|№)\s?(?P<numbers>\d+(?:(?:,| and|, and)\s?\d+)*)"
)


def add_list(draft: assembly.Draft, entry: book_lists.Entry | None) -> None:
    """What the list of documents says: fills what the heading lacks, else stands beside it."""
    if entry is None:
        return
    listed = titles.read(entry.title)

    def moved(found: tuple[Party, ...]) -> tuple[Party, ...]:
        return tuple(
            msgspec.structs.replace(
                p,
                start=None,
                end=None,
                rule="list-of-documents",
                locator=entry.locator,
                words=entry.title[p.start : p.end] if p.start is not None else None,
            )
            for p in found
        )

    title = draft.title
    if not title.senders and listed.senders and title.form != "memorandum-of-conversation":
        title = msgspec.structs.replace(title, senders=moved(listed.senders))
    if not title.participants and listed.participants:
        title = msgspec.structs.replace(title, participants=moved(listed.participants))
    if not title.addressees and listed.addressees:
        title = msgspec.structs.replace(title, addressees=moved(listed.addressees))
    if title.form == "other" and listed.form != "other":
        title = msgspec.structs.replace(title, form=listed.form, kind=listed.kind)
    for name, here, there in (
        ("senders", title.senders, listed.senders),
        ("addressees", title.addressees, listed.addressees),
    ):
        keys = [_loose(p) for p in here]
        for one in moved(there):
            if here and not any(_near(_loose(one), k) for k in keys):
                draft.remarks.append(
                    Remark(
                        property=name,
                        value=one.name,
                        kind="conflict",
                        rule="list-of-documents",
                        locator=entry.locator,
                        note="so the list of documents; the heading differs",
                    )
                )
    draft.title = title
    if entry.date is not None:
        dates = draft.cover.dates
        if not dates:
            draft.extra["date"] = entry.date
            if draft.cover.signed_dates:
                draft.extra["date"] = None
                draft.other_dates.append(entry.date)
        elif dates[0].edtf != entry.date.edtf:
            draft.other_dates.append(
                msgspec.structs.replace(
                    entry.date, note="so the list of documents; the heading differs"
                )
            )


def add_page_notes(draft: assembly.Draft, inner: tuple[quoted.Inner, ...], own_length: int) -> None:
    """What footnotes tell of the copy: stamps, an address printed on it, how it was dated."""
    text = draft.text
    for found in _STAMP.finditer(text, own_length):
        draft.remarks.append(
            Remark(
                property="copies_to",
                value=found["words"].strip(),
                kind="annotation",
                start=found.start(),
                end=found.end(),
                rule="stamp-on-the-copy",
                note="a stamp on the copy",
            )
        )
    if _BY_CONTENT.search(text, own_length) and draft.cover.dates:
        draft.cover.dates[0] = msgspec.structs.replace(
            draft.cover.dates[0],
            certainty="inferred",
            note="dated by the editors from its content",
        )
    for found in _PRINTED_ADDRESS.finditer(text, own_length):
        who = _address_block(found["words"], found.start("words"))
        if not who:
            continue
        if inner:
            draft.extra.setdefault("_printed_address", []).extend(who)
        elif not draft.title.addressees:
            draft.cover.late_addressees.extend(who)
    given = draft.extra.pop("_printed_address", None)
    if given:
        draft.extra["_hint_addressees"] = tuple(given)


def add_endnotes(draft: assembly.Draft, notes: list[book_notes.Note], prefix: str) -> None:
    """What endnotes tell: receipt, copies, other documents."""
    for note in notes:
        got = book_notes.receipt(note)
        if got is not None:
            if draft.cover.received is None:
                draft.cover.received = got.date
            draft.cover.copies_to.extend(
                p for p in got.copies_to if all(p.name != q.name for q in draft.cover.copies_to)
            )
            if got.where is not None:
                draft.cover.receiver = draft.cover.receiver or got.where
                draft.remarks.append(
                    Remark(
                        property="received",
                        value=got.where.name,
                        kind="received-by",
                        rule="endnote-receipt",
                        locator=f"note {note.number}",
                    )
                )
            continue
        sent = book_notes.copies(note)
        if sent:
            draft.cover.copies_to.extend(
                p for p in sent if all(p.name != q.name for q in draft.cover.copies_to)
            )
        for see in _SEE_DOC.finditer(note.text):
            for number in re.findall(r"\d+", see["numbers"]):
                draft.relations.append(
                    Relation(
                        type="related",
                        target=f"{prefix}/{number}",
                        rule="endnote-reference",
                        locator=f"note {note.number}",
                        words=see[0],
                    )
                )


def add_facsimiles(
    draft: assembly.Draft, entry: book_lists.Entry | None, facsimiles: list[book_lists.Entry]
) -> None:
    """A facsimile in the appendix shows a copy: its reference, where it differs."""
    if entry is None:
        return
    for one in facsimiles:
        if one.date is None or entry.date is None or one.date.edtf != entry.date.edtf:
            continue
        a, b = (set(re.findall(r"\w{4,}", t.lower())) for t in (one.title, entry.title))
        if not a or len(a & b) / len(a | b) < 0.6:
            continue
        known = {digits(h.shelfmark) for h in draft.holdings}
        for held in one.holdings:
            if held.shelfmark and digits(held.shelfmark) not in known:
                draft.holdings = (
                    *draft.holdings,
                    msgspec.structs.replace(
                        held, start=None, end=None, copy="another copy", rule="list-of-facsimiles",
                        locator=one.locator, note="shown in facsimile in the appendix",
                    ),
                )  # fmt: skip


def _address_block(words: str, offset: int) -> tuple[Party, ...]:
    """Addressees of a printed address: "To His Excellency / Mr. John F. Kennedy, / President ..."."""
    out: list[Party] = []
    for block in re.finditer(
        r"(?:TO|To)?\s*(?:HIS|His|HER|Her) (?:EXCELLENCY|Excellency)\s*,?\s*|(?:TO|To)\s+(?=M)",
        words,
    ):
        rest = words[block.end() :]
        name = re.match(
            r"(?:Mr|Mrs|Comrade)?\.?\s*(?P<name>[A-Z][^,\n]{2,50}?)\s*,\s*(?P<role>[^()\n]+(?:\n(?!\()[A-Z][A-Za-z ,]+)?)",
            rest,
        )
        if name is None:
            continue
        one = naming.party(
            name["name"], offset + block.end() + name.start("name"), "printed-address"
        )
        if one is not None:
            role = re.split(r",?\s*(?:\n|,\s)(?=Washington|London|Moscow|White)", name["role"])[0]
            out.append(
                msgspec.structs.replace(one, role=" ".join(role.split()).strip(' ,."') or None)
            )
    return tuple(out)


def year_against_text(draft: assembly.Draft) -> list[Remark]:
    """A year that the text itself contradicts: it tells of "this year" what its title
    dates in another year. The date stays as printed; the other reading is kept."""
    dates = draft.cover.dates
    if not dates or dates[0].earliest is None or draft.title_span is None:
        return []
    year = int(dates[0].earliest[:4])
    title = draft.text[slice(*draft.title_span)]
    spoken = set(
        re.findall(
            r"([A-Z][a-z]+ \d{1,2})(?:-\d{1,2})?,? of this year", draft.text[draft.title_span[1] :]
        )
    )
    for found in re.finditer(
        r"([A-Z][a-z]+ \d{1,2})(?:\s?[-–]\s?\d{1,2})?, ((?:1[5-9]|20)\d\d)", title
    ):
        other = int(found[2])
        if found[1] in spoken and other != year and dates[0].edtf:
            draft.other_dates.append(
                msgspec.structs.replace(
                    dates[0], edtf=dates[0].edtf.replace(str(year), str(other), 1),
                    earliest=(dates[0].earliest or "").replace(str(year), str(other), 1),
                    latest=(dates[0].latest or "").replace(str(year), str(other), 1),
                    certainty="conjectural", rule="year-by-the-text",
                    note=f"the text calls {found[1]} a day of this year, and the title gives {other}",
                )
            )  # fmt: skip
            return [
                Remark(property="date", value=str(other), kind="doubt", rule="year-by-the-text",
                       start=draft.title_span[0] + found.start(), end=draft.title_span[0] + found.end(),
                       note=f"printed {year}; the text itself points to {other}")
            ]  # fmt: skip
    return []


def called(records: list[Record], names: tuple[str, ...]) -> list[Record]:
    """Enclosures with the titles that the list of documents gives them, where they match in number."""
    enclosed = [
        at for at, r in enumerate(records) if any(x.type == "enclosed-in" for x in r.relations)
    ]
    if len(enclosed) != len(names):
        return records
    out = list(records)
    for at, name in zip(enclosed, names, strict=True):
        form = out[at].form
        if form == "enclosure":
            read_form = title_forms.form_of(name)[0]
            form = read_form if read_form != "other" else form
        out[at] = msgspec.structs.replace(out[at], title=out[at].title or name, form=form)
    return out


def _loose(one: Party) -> set[str]:
    words = set(re.findall(r"[a-z]{3,}", one.name.lower())) - {"the", "ussr", "members", "comrade"}
    if {"central", "committee"} <= words:
        words = (words - {"central", "committee"}) | {"cpsu"}
    if {"foreign", "affairs"} <= words:
        words = (words - {"foreign", "affairs", "ministry"}) | {"mfa"}
    return words


def _near(one: set[str], other: set[str]) -> bool:
    if not one or not other or one & other:
        return True
    return any(a[:4] == b[:4] for a in one for b in other)


def digits(words: str | None) -> str:
    return "".join(re.findall(r"\d+|;", words or ""))


_TOWN_TOLD = re.compile(  # where a mission is, or before the date of a letter
    r"\b(?:Embassy|Legation|Consulate(?: General)?|Mission)\b(?:\s(?:of|to)\s(?:the\s)?[A-Z]\w+)?\s(?:in|at)\s(?P<town>[A-ZÀ-Þ][\w’'-]+)\b"
    rf"|^(?P<dated>[A-ZÀ-Þ][\w’'-]+),\s+(?:(?:{'|'.join(dating.MONTHS)})\s+\d{{1,2}},\s+\d{{4}}|\d{{1,2}}\s+(?:{'|'.join(dating.MONTHS)})\s+\d{{4}})\s*$",
    re.MULTILINE,
)


def towns_told(text: str) -> frozenset[str]:
    """Towns that a book names as such beside its index of places, in lower case."""
    found = (m["town"] or m["dated"] for m in _TOWN_TOLD.finditer(text))
    return frozenset(one.casefold() for one in found if not naming.is_office(one))
