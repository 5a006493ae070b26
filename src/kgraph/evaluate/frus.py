"""Gold from the markup of FRUS volumes, and by hand from volume VI of 1961-1963."""

from __future__ import annotations

import re
from collections import defaultdict

from kgraph import dating
from kgraph.accuracy.scores import Tally
from kgraph.evaluate.comparing import (
    fold,
    like_name,
    same_body,
    same_day,
    same_name,
    same_number,
    same_place,
    words,
)
from kgraph.evaluate.index import Index, names
from kgraph.model import Leg, Party, Record

Rows = list[dict[str, str]]

FORMS = {
    "telegram": "telegram", "airgram": "telegram", "letter": "letter", "message": "message",
    "memorandum": "memorandum", "memo-record": "memorandum", "memcon": "memorandum-of-conversation",
    "memo-telcon": "memorandum-of-conversation", "minutes": "minutes", "note": "note",
    "despatch": "despatch", "editorial-note": "editorial-note", "aide-memoire": "note",
}  # fmt: skip
FILE_NUMBER = re.compile(r"^\d{2,4}[A-Z]?\.\d[\w./ ½¼¾⅓⅔⅛⅜⅝⅞–-]*$")
MARKING = re.compile(
    r"(?<![A-Za-z])(Top Secret|Secret|Confidential|Limited Official Use|Official Use Only|Unclassified|"
    r"No classification marking|Restricted)(?![A-Za-z])"
)
MODES = {
    "commercial telegram": {"commercial telegram"},
    "diplomatic telegram": {"telegram", "embassy cable", "cipher telegram", "embassy cipher telegram"},
    "handed": {"hand delivery"},
    "by hand": {"hand delivery", "special emissary"},
    "delivered": {"hand delivery"},
    "messenger": {"courier", "hand delivery"},
    "embassy, telegram 1070": {"telegram", "embassy cable"},
    "back channel": {"back channel", "pen pal", "bolshakov", "attorney general",
                     "dobrynin-sorensen"},
    "telephone": {"telephone"},
    "oral": {"oral"},
    "handed and press": {"hand delivery", "press release", "broadcast"},
    "returned": {"return"},
}  # fmt: skip


def documents(rows: Rows, index: Index, tally: Tally) -> None:
    """From, to, date, place, form and signature as the markup gives them.

    A row without a value does not say that there is none, and is not compared;
    rows whose markup is suspect are left out for sender and addressee. A date is
    right where it is that of the markup or that of the printed words.
    """
    for row in rows:
        if row["volume"] not in index.groups:
            continue
        key = f"{row['volume']}/{row['doc_id']}"
        record = index.of(key)
        tally.compare("document", key, [key], [key] if record else [], str.__eq__)
        for relation, person, body in (("sender", "from_person", "from_org"),
                                       ("addressee", "to_person", "to_org")):  # fmt: skip
            wanted = _named(row[person]) + _named(row[body])
            if wanted and not row["tag_suspect"]:
                found = getattr(record, relation + "s") if record else ()
                tally.compare(relation, key, *_aligned(wanted, found), _party)
        if row["date_when"] or row["date_from"]:
            wanted_date = row["date_when"] or f"{row['date_from']}/{row['date_to']}"
            date = record.date.edtf if record and record.date and record.date.edtf else None
            printed = dating.parse(row["date_text"])
            if date and printed and printed.edtf and same_day(printed.edtf, date):
                wanted_date = date  # the markup may err where the print is right
            tally.compare("date", key, [wanted_date], [date] if date else [], same_day)
        if row["place"]:
            place = [record.place.name] if record and record.place else []
            tally.compare("place", key, [row["place"]], place, same_place)
        form = FORMS.get(row["kind"])
        if form and record:
            _form(tally, key, form, record.form)
        if row["signed"] and "not signed" not in row["signed"]:
            signers = names(record.signed) if record else []
            wanted = list(dict.fromkeys(s.strip(" .") for s in row["signed"].split(" ; ")))[:1]
            tally.compare("signed", key, wanted, signers, _signer, complete=False)


def _form(tally: Tally, key: str, wanted: str, found: str) -> None:
    same = lambda a, b: a == b or {a, b} == {"telegram", "cipher-telegram"}  # noqa: E731
    tally.compare("form", key, [wanted], [found], same)
    tally.confuse("form", wanted, found)


def _named(cell: str) -> list[str]:
    return [part.partition("|")[0].strip() for part in cell.split(" ; ") if part.strip()]


def _party(wanted: str, found: str) -> bool:
    return same_name(wanted, found) or same_body(wanted, found)


_A_PAPER = re.compile(
    r"(?:(?:Draft|Proposed|Suggested) )*(?:Telegram|Note|Letter|Memorandum|Instructions?|Statement|Message|Report)s?"
)
_AND = re.compile(r",? and (?:the )?|, (?:the )?")


def _aligned(wanted: list[str], found: tuple[Party, ...]) -> tuple[list[str], list[str]]:
    """The gold's values and the names found, where both name the same in two ways: an office in
    brackets behind its holder, and two parties joined by "and" in one value. A paper that the
    markup takes for a party is not wanted."""
    wanted = [value for value in wanted if not _A_PAPER.fullmatch(value)]
    told = names(found)
    values: list[str] = []
    for value in wanted:
        held = [
            i for i, party in enumerate(found)
            if party.name == told[i] and party.role and words(value) == words(party.role)
        ]  # fmt: skip
        if len(held) == 1 and not any(_party(value, name) for name in told):
            told[held[0]] = value
        parts = [part for part in _AND.split(value) if part]
        apart = len(parts) > 1 and all(any(_party(part, name) for name in told) for part in parts)
        whole = any(_party(value, name) for name in told)
        values += parts if apart and not whole else [value]
    return values, told


def _signer(wanted: str, found: str) -> bool:
    plain = re.sub(r"(?i)^\[?\s*signed\]?:?|\[[^\]]*initial[^\]]*\]|[\[\]]", "", wanted).strip()
    return like_name(plain, found) or fold(found) in fold(plain)


def participants(rows: Rows, index: Index, tally: Tally) -> None:
    """Lists of those present, item by item; titles and offices in the items are let pass.

    An item counts as found where a participant's words all stand in it. Items that
    name nobody (the heading of a delegation: "United States", "French Side") are not
    compared. Nothing counts as wrong that stands beyond the first name in an item of
    several persons, nor who was taken from another list by a reference in brackets
    ("same list as Document 9"), which these rows do not resolve, nor whom the heading names
    beside the "others present" of a list.
    """
    lists: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row["volume"] in index.groups:
            lists[f"{row['volume']}/{row['doc_id']}"][row["list_type"]].append(row["item"])
    for key, kinds in lists.items():
        record = index.of(key)
        for kind, items in kinds.items():
            relation = {"participants": "participant", "from": "listed sender",
                        "to": "listed addressee"}.get(kind)  # fmt: skip
            if relation is None:
                continue
            field = {"participants": "participants", "from": "senders", "to": "addressees"}[kind]
            parties = getattr(record, field) if record else ()
            if kind != "participants":
                inner = [one for one in index.inner(key) if one.part_of == key]
                everyone = [*([record] if record else []), *inner]
                found = [name for one in everyone for name in _listed(one, kind)]
                wanted = [item for item in items if _names_someone(item) and not _dated(item)]
                tally.compare(relation, key, wanted, found, _in_item, complete=False)
                continue
            wanted = [item for item in items if _names_someone(item)]
            found = names(
                party for party in parties
                if party.rule != "same-list"
                and (party.rule != "heading" or any(_in_item(one, party.name) for one in wanted))
            )  # fmt: skip
            rest = [
                item for item in items if not _names_someone(item) and not _A_SENTENCE.search(item)
            ]
            found = [name for name in found if not any(_in_item(item, name) for item in rest)]
            found = _one_of_each(wanted, found)
            tally.compare(relation, key, wanted, found, _in_item, complete=kind == "participants")


def _dated(item: str) -> bool:
    """Whether an item is a date: the markup has a list "DATE:" among those of receivers."""
    return dating.parse(item) is not None and re.search(r"\b(?:1[789]|20)\d\d$", item) is not None


def _listed(record: Record, kind: str) -> list[str]:
    """What may stand in a list of senders or receivers: names, offices, the towns of posts. The
    markup's lists of receivers hold those "for information" too, who are receivers of copies."""
    parties = record.senders if kind == "from" else (*record.addressees, *record.copies_to)
    place = record.place if kind == "from" else record.place_to
    roles = [words for p in parties if p.kind == "person" for words in (p.role, p.office) if words]
    offices = [short for words in roles for short in (words, words.split(" of ")[0])]
    return [*names(parties), *offices, *([place.name] if place else [])]


_A_SIDE = re.compile(
    r"(?i)(?:for )?(?:the )?(?:(?:united states|united kingdom|soviet union|u\.s\.|u\.k\.)[:.]?"
    r"|[\w. ]{2,30} (?:side|delegation|participants|group|party)[:.]?)"
)


_A_SENTENCE = re.compile(
    r"^(?:The |Mr\. |M\. )?\w+ (?:received|expressed|said|stated|called|asked|opened|was|were|had|has)\b"
)


def _names_someone(item: str) -> bool:
    if item.startswith("[") or item.isupper() or _A_SIDE.fullmatch(item.strip()):
        return False
    if _A_SENTENCE.search(item):
        return False
    return len(words(item)) > 1


def _one_of_each(items: list[str], found: list[str]) -> list[str]:
    """The names without those that stand behind a first one in an item of several persons."""
    left = list(found)
    for item in items:
        people = re.split(r"\s*[—–]", item)[0]
        full = {name for name in left if len(words(name)) > 1 and _in_item(item, name)}
        if len(full) < 2 and not re.search(r"\band\b|[,;&]", people):
            continue
        others = [other for other in items if other != item]
        inside = [
            name
            for name in left
            if _in_item(item, name) and not any(_in_item(other, name) for other in others)
        ]
        for name in inside[1:]:
            left.remove(name)
    return left


def _in_item(item: str, name: str) -> bool:
    inside = words(item)
    return bool(words(name)) and all(word in inside for word in words(name))


def attachments(rows: Rows, index: Index, tally: Tally) -> None:
    """Attached and quoted texts as records of their own: found by their first words.

    Most marked quotations are passages of laws, notes and diaries, which are no documents
    of their own; those are compared that begin as letters and telegrams begin.
    """
    inside: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        if row["volume"] in index.groups:
            inside[f"{row['volume']}/{row['doc_id']}"].append(row)
    for key, parts in inside.items():
        records = index.inner(key)
        left = list(records)
        for row in parts:
            if row["element"] != "attachment" and not _OPENS.match(row["first_words"]):
                continue
            relation = "attachment" if row["element"] == "attachment" else "quoted text"
            match = next((r for r in left if _begins(r, row["first_words"], row["head"])), None)
            name = row["head"] or row["first_words"][:60]
            tally.compare(
                relation, f"{key}/{row['i']}", [name], [name] if match else [], str.__eq__
            )
            if match is None:
                continue
            left.remove(match)
            if row["element"] == "attachment" and row["date_when"]:
                date = [match.date.edtf] if match.date and match.date.edtf else []
                tally.compare("attachment date", match.id, [row["date_when"]], date, same_day)


_OPENS = re.compile(
    r"\W*(?:[A-Z][\w. ]{2,30}\b[A-Z][a-z]+ \d{1,2}(?:st|nd|rd|th)?, \d{4}\W+)?(?:(?:my )?dear\b|(?:your|my) (?:\w+ )?(?:telegram|letter|despatch|no\.)"
    r"|(?:thank you for|i have received|i acknowledge|in reply to|referring to|replying to|answering|with reference to|i appreciate receiving) (?:your|my)\b|in (?:your|my) (?:\w+ )?(?:telegram|letter|despatch)\b)",
    re.I,
)


def _begins(record: Record, first_words: str, head: str) -> bool:
    start = fold(re.sub(r"^\s*(?:\[[^\]]*\]\s*)+", "", first_words))[:45]
    if head and record.title and fold(head) == fold(record.title):
        return True
    return bool(start) and start in fold(record.text[: 600 + len(head)])


def source_notes(rows: Rows, index: Index, tally: Tally) -> None:
    """What a source note says, by plain signs: a file number alone, the marking, "Drafted by".

    The signs are read here by three short patterns, so this is a rough measure
    (silver): holdings where a note begins with "Source:", the classification where
    one of the usual words stands in it, drafters where it says "Drafted by NAME".
    """
    for row in rows:
        if row["volume"] not in index.groups:
            continue
        key, note = f"{row['volume']}/{row['doc_id']}", row["note"]
        record = index.of(key)
        if FILE_NUMBER.match(note.strip()):
            shelves = [h.shelfmark or "" for h in record.holdings] if record else []
            numbers = [n.value for n in record.numbers] if record else []
            wanted = note.strip().rstrip(".")
            tally.compare("file number", key, [wanted], shelves + numbers, _ends, complete=False)
            continue
        if note.startswith("Source:"):
            holder = re.split(r"[,.;]", note.removeprefix("Source:"))[0].strip()
            holders = [h.holder for h in record.holdings] if record else []
            tally.compare("holder (silver)", key, [holder], holders, _holder, complete=False)
        if marking := MARKING.search(note):
            found = [record.classification] if record and record.classification else []
            tally.compare("classification (silver)", key, [marking[1]], found, _marking)
        if drafted := re.search(r"Drafted (?:in [^.;]*? )?by ((?:[A-Z][\w.]*[ ,]*){1,4}?)(?=[.;(]| on | and | in )", note):  # fmt: skip
            found = names(record.drafters) if record else []
            tally.compare("drafter (silver)", key, [drafted[1].strip(" ,")], found, like_name,
                          complete=False)  # fmt: skip


def _ends(wanted: str, found: str) -> bool:
    return same_number(wanted, found) or re.sub(r"\W", "", found).endswith(
        re.sub(r"\W", "", wanted)
    )


def _holder(wanted: str, found: str) -> bool:
    return same_body(wanted, found) or fold(wanted).startswith(fold(found)) or (
        fold(found).startswith(fold(wanted))
    )  # fmt: skip


def _marking(wanted: str, found: str) -> bool:
    plain = fold(found)
    return fold(wanted) == plain or (wanted.startswith("No ") and "no classification" in plain)


def persons(rows: Rows, index: Index, tally: Tally) -> None:
    """The volume's own list of persons: its entries as persons."""
    known: dict[str, list[str]] = defaultdict(list)
    for person in index.persons:
        source = (person.source or person.id.partition("/")[2]).removesuffix(".xml")
        known[source.partition("/")[0]] += [person.sort or person.label]
    for row in rows:
        if row["volume"] not in index.groups:
            continue
        listed = next((v for k, v in known.items() if k == row["volume"] or row["volume"] in k), [])
        match = [n for n in listed if same_name(row["name"], n)][:1]
        tally.compare(
            "listed person", f"{row['volume']}/{row['pid']}", [row["name"]], match, same_name
        )


def delivery(rows: Rows, index: Index, tally: Tally) -> None:
    """How letters travelled: the mode of a leg, and who handed to whom."""
    for row in rows:
        if row["volume"] not in index.groups:
            continue
        key = f"{row['volume']}/{row['doc_id']}"
        record = index.of(key)
        inner = index.inner(key)
        legs = [leg for r in ([record] if record else []) + inner for leg in r.legs]
        told = {word for leg in legs for word in (leg.mode, leg.channel) if word}
        for channel in filter(None, re.split(r",\s+(?!telegram)", row["channel"])):
            modes = MODES.get(channel, {channel})
            match = [channel] if told & modes else []
            tally.compare("leg mode", key, [channel], match, str.__eq__)
            tally.confuse("mode", channel, next(iter(sorted(told & modes or told)), "none"))
        first = row["carriers"].split(";")[0]
        if ">" in first:
            giver, taker = (
                re.sub(r"\(.*|\b\d{4}-\d\d-\d\d$", "", p).strip() for p in first.split(">")[:2]
            )
            for label, wanted, role in (
                ("leg from or by", giver, "giver"),
                ("leg to", taker, "taker"),
            ):
                if wanted:
                    found = [n for leg in legs for n in _hands(leg, role, index)]
                    match = (
                        [wanted]
                        if any(_party(wanted, n) or like_name(wanted, n) for n in found)
                        else []
                    )
                    tally.compare(label, key, [wanted], match, str.__eq__)


def _hands(leg: Leg, role: str, index: Index) -> list[str]:
    """The names of one side; of an office, also that of the person known to have held it."""
    sides = (leg.from_, leg.by, *leg.also_from, *leg.also_by) if role == "giver" else (
        leg.to, *leg.also_to)  # fmt: skip
    return [
        name for party in sides if party for name in {party.name, _holder_or_name(party, index)}
    ]


def inner_letters(rows: Rows, index: Index, tally: Tally) -> None:
    """Letters inside telegrams, each a record of its own with sender, addressee and date."""
    for row in rows:
        if row["volume"] not in index.groups:
            continue
        key = f"{row['volume']}/{row['doc_id']}"
        records = index.inner(key)
        tally.compare("quoted letter", key, [key], [key] if records else [], str.__eq__)
        match = records[0] if records else None
        for relation, column in (("senders", "inner_sender"), ("addressees", "inner_recipient")):
            wanted = [name.strip() for name in row[column].split(";")]
            found = [_holder_or_name(p, index) for p in getattr(match, relation)] if match else []
            tally.compare(f"quoted letter {relation[:-1]}", key, wanted, found, like_name)
        date = [match.date.edtf] if match and match.date and match.date.edtf else []
        tally.compare("quoted letter date", key, [row["inner_date"]], date, same_day)


def _holder_or_name(party: Party, index: Index) -> str:
    """A party's name; of an office, that of the person who is known to have held it then."""
    return index.labels.get(party.holder or "") or index.labels.get(party.id or "") or party.name


def undated(rows: Rows, index: Index, tally: Tally) -> None:
    """Undated letters bounded by what else is said of them."""
    for row in rows:
        if row["volume"] not in index.groups:
            continue
        key = f"{row['volume']}/{row['doc_id']}"
        record = index.of(key)
        for relation, column, field in (("undated, not before", "not_before", "earliest"),
                                        ("undated, not after", "not_after", "latest")):  # fmt: skip
            if row[column]:
                bound = getattr(record.date, field) if record and record.date else None
                tally.compare(relation, key, [row[column]], [bound] if bound else [], same_day)
