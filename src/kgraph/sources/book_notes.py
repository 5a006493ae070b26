"""A book's endnotes: their marks in the text, what they say of receipt and copies.

A mark may be a superscript, stand in brackets, or be glued to a word, a date or a
number ("1963181" is 1963 and note 181; "1498159." is telegram 1498 and note 159).
Marks rise through the book, so a digit string is a mark where it carries on the
count. Marks get lost; a note of receipt is then given to the telegram that its
place in the order and its date allow.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

import msgspec

from kgraph.extract import covers as cover
from kgraph.extract import naming
from kgraph.model import Date, Party
from kgraph.sources.book_pages import Stream

_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARK = re.compile(
    r"(?P<sup>[⁰¹²³⁴-⁹]+)"
    r"|\[(?P<bracket>\d{1,3})\]\)?"
    r"|(?P<dated>(?:1[5-9]|20)\d\d)(?P<year_gap>\s?(?:at |№|No\.|\*|\d:)?\s?)(?P<after>\d{1,4})(?=\*?\s*(?:\n|$))"
    r"|(?<![\d.,:/-])(?P<whole>\d{3,5}?)(?P<glued>\d{1,3})(?=[.,;:)\s]|$)"
    r"|(?<=[A-Za-zа-яё\"”’).,;:!?])(?P<word>\d{1,3})(?=[\s.,;:)\]\"”]|$)"
)
_NOT_A_MARK = re.compile(
    r"(?:\b(?:L|F|D|P|Op|O|No|Nos|N|p|pp|St|vol|Vol|ed|ch|Ch|art|R|U)\.|[IVX]{1,4}\.|\d[.,:/-]|№|\b[A-Z]{1,3}-?)$"
)
_WINDOW = 45
"""How far a mark may be ahead of the last one found: so many in a row may have been lost."""
_NOTE_HEAD = re.compile(r"^(?P<number>\d{1,3})\s+(?=[A-ZÀ-Þ\"“«(])", re.MULTILINE)
RECEIPT = re.compile(
    r"(?:(?:cod|cipher|encod|encrypt|encipher)\w*\s+)?(?:telegram|cable|message|letter|note|despatch)\b[^.]{0,40}?"
    r"\b(?:arrived|received|was received|came)\b\s+(?:at|by|in)\s+(?:the\s+)?(?P<where>.+?)\s+on\s+"
    rf"(?P<date>{cover.DATE.pattern.replace('?P<', '?P<r_')})\s*,?\s*(?:at\s+(?P<hour>\d{{1,2}})[:.](?P<minute>\d\d))?",
    re.IGNORECASE,
)
_COPIES = re.compile(
    r"(?:[Cc]opies|[Cc]opy)(?:\s+of\s+(?:the\s+)?[\w ]{3,40}?)?\s+(?:were|was)\s+(?:also\s+)?(?:sent|distributed|forwarded|given)"
    r"\s+to\s+(?P<who>(?:(?<![A-Za-z])[A-Z][a-z]?\.|[^.])+?)(?=\.\s+(?:[A-Z][a-z]|$)|\.?$)"
)
_TO_AGAIN = re.compile(r"((?:^|,|\band)\s+)to\s+(?:the\s+)?(?=[A-Za-z])")
_OWN_PAPER = re.compile(
    r"(?:The )?(?:adopted )?(?P<kind>[Rr]esolution|[Dd]ecision|[Cc]over(?:ing)? note|[Rr]ecord of (?:the )?conversation)\b"
)
"""How a note of distribution calls the document that it is of, at its beginning."""
_WHEN_SENT = re.compile(r",?\s+(?:on\s+[A-Z][a-z]+ \d{1,2}\b|(?:as |under )?No\.).*$")
_SENT_TO = re.compile(
    r"(?i:resolution|decision|note|report|letter|record)s?\b(?:[^.]{0,80}?\b(?:was|were)|[^.]{0,80}?\b(?:was|were)\b[^.]{4,120}?(?:,|\band))"
    r"\s+(?:also\s+)?(?:sent|distributed|forwarded)"
    r"(?:\s+on\s+[A-Z][a-z]+ \d{1,2}, \d{4})?\s+to\s+(?P<who>(?:(?<![A-Za-z])[A-Z][a-z]?\.|[^.])+?)(?=\.\s+(?:[A-Z][a-z]|$)|\.?$)"
)


@dataclass
class Mark:
    """A note's mark: where it stood in the stream with marks cut out, and its number."""

    at: int
    number: int


@dataclass
class Note:
    """One endnote; `number` is printed, `ordinal` counts on where the numbers go back."""

    number: int
    ordinal: int
    text: str
    page: int  # page index


def cut_marks(stream: Stream, numbers: set[int]) -> tuple[Stream, list[Mark]]:
    """The stream without the marks of endnotes, and the marks.

    `numbers` are those of the endnotes that the book has; none: only superscripts
    and bracketed numbers are taken for marks.
    """
    text = stream.text
    spans: list[tuple[int, int]] = []
    marks: list[Mark] = []
    last = 0
    removed = 0
    cited = set(re.findall(r"(?:No\.|№|N)\s?(\d{3,5})\b", text))
    at = 0
    while (found := _MARK.search(text, at)) is not None:
        at = found.end()
        taken: tuple[int, int] | None = None
        number = 0
        if found["sup"]:
            number = int(found["sup"].translate(_SUPERSCRIPT))
            taken = found.span()
            if not last < number <= last + 60:
                spans.append(taken)
                removed += taken[1] - taken[0]
                continue
        elif found["bracket"]:
            number = int(found["bracket"])
            if last < number <= last + _WINDOW and number in numbers:
                taken = found.span()
        elif found["after"]:
            number, begin = _suffix(found, "after", last, numbers)
            if number:
                gap = found.start("year_gap")
                taken = (gap, found.end())
                del begin
            elif not found["year_gap"].strip():
                at = found.start("after")
        elif found["glued"]:
            digits = found["whole"] + found["glued"]
            number = 0
            for size in (3, 2, 1):
                rest, tail = digits[:-size], digits[-size:]
                if len(rest) < 3 or tail.startswith("0"):
                    continue
                k = int(tail)
                if (
                    last < k <= last + _WINDOW
                    and k in numbers
                    and (re.fullmatch(r"1[5-9]\d\d|20[0-4]\d", rest) or rest in cited)
                ):
                    number = k
                    taken = (found.end() - size, found.end())
                    break
        elif found["word"]:
            number = int(found["word"])
            before = text[max(0, found.start() - 6) : found.start()]
            if (
                number in numbers
                and last < number <= last + _WINDOW
                and not _NOT_A_MARK.search(before)
            ):
                taken = found.span()
        if taken is None or not number:
            continue
        spans.append(taken)
        marks.append(Mark(taken[0] - removed, number))
        removed += taken[1] - taken[0]
        last = number
    return stream.without(spans), marks


def _suffix(found: re.Match[str], group: str, last: int, numbers: set[int]) -> tuple[int, int]:
    digits = found[group]
    for size in range(len(digits), 0, -1):
        tail = digits[-size:]
        if tail.startswith("0"):
            continue
        number = int(tail)
        if number in numbers and last < number <= last + _WINDOW:
            return number, found.end() - size
    return 0, found.end()


def read(stream: Stream) -> list[Note]:
    """The endnotes of the stream that holds them, in the order of printing."""
    text = stream.text
    heads: list[tuple[int, int, int]] = []
    printed = 0
    ordinal = 0
    for found in _NOTE_HEAD.finditer(text):
        number = int(found["number"])
        if heads and not (printed - 30 <= number <= printed + 40):
            continue
        if not heads:
            ordinal = number
        elif number > printed and number - printed <= 40:
            back = ordinal - printed
            ordinal = number if number > ordinal else ordinal + max(1, number - printed)
            if back and number <= ordinal - 1:
                ordinal = max(ordinal, number)
        else:
            ordinal += 1
        printed = number
        heads.append((found.start(), number, ordinal))
    out = []
    for index, (start, number, counted) in enumerate(heads):
        end = heads[index + 1][0] if index + 1 < len(heads) else len(text)
        body = re.sub(r"^\d{1,3}\s+", "", text[start:end]).strip()
        out.append(Note(number, counted, " ".join(body.split()), stream.place(start)[0]))
    return out


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What a note tells of a telegram's arrival and of its copies."""

    date: Date | None
    where: Party | None
    copies_to: tuple[Party, ...]


def receipt(note: Note) -> Receipt | None:
    """A note of receipt read, or None where it is another note."""
    words = note.text
    found = RECEIPT.search(words)
    if found is None or found.start() > 60:
        return None
    read = next(cover.dates_in(words, found.start("date"), found.end("date")), None)
    if read is not None and read.edtf is not None and found["hour"]:
        moment = f"{read.edtf}T{int(found['hour']):02d}:{found['minute']}"
        end = found.end()
        read = msgspec.structs.replace(
            read, text=words[found.start("date") : end], edtf=moment + ":00", earliest=moment + ":00",
            latest=moment + ":59",
        )  # fmt: skip
    if read is not None:
        read = msgspec.structs.replace(
            read, start=None, end=None, rule="endnote-receipt", words=words[found.start() : found.end()],
            locator=f"note {note.number}",
        )  # fmt: skip
    where = naming.party(found["where"], 0, "endnote-receipt")
    if where is not None:
        where = msgspec.structs.replace(
            where, start=None, end=None, words=found["where"], locator=f"note {note.number}"
        )
    return Receipt(date=read, where=where, copies_to=copies(note))


def copies(note: Note) -> tuple[Party, ...]:
    """Those to whom, by a note, copies of the document were sent."""
    found = _COPIES.search(note.text) or _SENT_TO.search(note.text)
    if found is None:
        return ()
    return tuple(
        msgspec.structs.replace(
            one, start=None, end=None, words=one.name, locator=f"note {note.number}"
        )
        for one in naming.distribution(
            _TO_AGAIN.sub(r"\1", _WHEN_SENT.sub("", found["who"])), 0, "endnote-copies"
        )
    )


def assign(
    notes: list[Note],
    marks: dict[int, str],
    order: list[str],
    telegrams: dict[str, Date | None],
    *,
    at_head: dict[str, int] | None = None,
    sees: dict[str, set[str]] | None = None,
    to: dict[str, str] | None = None,
    kinds: dict[str, tuple[str, ...]] | None = None,
    prefix: str = "",
) -> dict[str, list[Note]]:
    """Notes by document.

    `marks` gives the document of each mark that was found, `order` the documents of the
    book, `telegrams` those that a note of receipt can be of, with their dates; `at_head`
    the mark that stands at a document's own head, `sees` the documents whose numbers a
    document cites, `to` the addressees' names, `kinds` what documents are. A note without
    mark goes where its neighbours agree; "See document No. 12" goes to the one document
    between its neighbours that cites number 12's telegram, "The adopted resolution was
    sent to ..." to the one resolution between them.
    """
    place = {doc: at for at, doc in enumerate(order)}
    at_head, sees, to = at_head or {}, sees or {}, to or {}
    marked = {n.ordinal: marks[n.ordinal] for n in notes if n.ordinal in marks}
    for number, doc in marks.items():
        marked.setdefault(number, doc)
    bounds = {ordinal: place[doc] for ordinal, doc in marked.items()}

    def between(ordinal: int) -> tuple[int, int]:
        low = max((p for o, p in bounds.items() if o < ordinal), default=0)
        high = min((p for o, p in bounds.items() if o > ordinal), default=len(order) - 1)
        return low, max(low, high)

    for note in notes:
        if note.ordinal in marked:
            continue
        see = re.fullmatch(r"See doc(?:ument)?s?\.? (?:No\.|№)\s?(\d+)\.?", note.text)
        if see is None:
            continue
        low, high = between(note.ordinal)
        if high - low > 10:
            continue
        fits = [d for d in order[low : high + 1] if f"{prefix}/{see[1]}" in sees.get(d, ())]
        if len(fits) == 1:
            bounds[note.ordinal] = place[fits[0]]
            marked[note.ordinal] = fits[0]
    out: dict[str, list[Note]] = {}
    taken: list[int] = []
    for note in notes:
        direct = marked.get(note.ordinal)
        low, high = between(note.ordinal)
        got = receipt(note)
        if got is None:
            if direct is not None:
                out.setdefault(direct, []).append(note)
            elif low == high:
                out.setdefault(order[low], []).append(note)
            elif high - low <= 10 and (
                own := _own_paper(note, order[low : high + 1], out, kinds or {})
            ):
                bounds[note.ordinal] = place[own]
                out.setdefault(own, []).append(note)
            continue
        fits_at = place[direct] if direct in telegrams and direct is not None else None
        if fits_at is None:
            free = [
                at
                for at in range(low, high + 1)
                if order[at] in telegrams
                and at not in taken
                and (not taken or at > max(taken))
                and at_head.get(order[at], note.ordinal) == note.ordinal
                and not any(o < note.ordinal and p == at for o, p in bounds.items())
                and _in_time(got.date, telegrams[order[at]])
            ]
            fits_at = _by_service(got, free, order, to)
        if fits_at is not None:
            taken.append(fits_at)
            bounds[note.ordinal] = fits_at
            out.setdefault(order[fits_at], []).append(note)
    return out


def _own_paper(
    note: Note, between: list[str], given: dict[str, list[Note]], kinds: dict[str, tuple[str, ...]]
) -> str | None:
    """The one document among them that a note of distribution can be of; none has two."""
    called = _OWN_PAPER.match(note.text)
    if called is None or not copies(note):
        return None
    word = called["kind"].lower().replace("covering", "cover").replace("decision", "resolution")
    word = "memorandum-of-conversation" if word.startswith("record") else word
    fits = [
        doc
        for doc in between
        if word in kinds.get(doc, ())
        and not any(_OWN_PAPER.match(one.text) and copies(one) for one in given.get(doc, ()))
    ]
    return fits[0] if len(fits) == 1 else None


def _in_time(arrived: Date | None, sent: Date | None) -> bool:
    one, other = _day(arrived), _day(sent)
    return one is None or other is None or 0 <= one - other <= 3


def _by_service(got: Receipt, free: list[int], order: list[str], to: dict[str, str]) -> int | None:
    """The first telegram to the service that received it, else the first."""
    if not free:
        return None
    service = _folded(got.where.name) if got.where is not None else set()
    same = [at for at in free if service & _folded(to.get(order[at], ""))]
    if same:
        return same[0]
    others = {word for at in free for word in _folded(to.get(order[at], ""))}
    return None if "kgb" in service and "kgb" not in others else free[0]


def _folded(words: str) -> set[str]:
    words = re.sub(r"Ministry of Foreign Affairs|Foreign Ministry", "MFA", words)
    found = {word.lower() for word in re.findall(r"[A-Za-z]{3,}", words)}
    return found - {"ussr", "under", "the", "council", "ministers", "cpsu", "central", "committee"}


def _day(date: Date | None) -> int | None:
    if date is None or date.earliest is None:
        return None
    try:
        return datetime.date.fromisoformat(date.earliest[:10]).toordinal()
    except ValueError:
        return None
