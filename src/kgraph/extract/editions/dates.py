"""Date and place of a document: its dateline, its heading, what the edition encodes."""

from __future__ import annotations

import re

import msgspec

from kgraph import dating
from kgraph.extract.datelines import (
    OF_A_PERIOD,
    RECEIVED,
    Dateline,
    is_house,
    read_dateline,
    receipt,
    sent_on,
)
from kgraph.extract.edition_context import Draft
from kgraph.extract.layout import Block, Layout, Mark
from kgraph.model import Date, Place, Record


def find_dateline(draft: Draft, outer: Record | None) -> Dateline:
    """The place and date of a document, from whichever of its parts gives them."""
    layout, heading = draft.layout, draft.heading
    best: Dateline | None = None
    for block in layout.of("dateline", "opener", "closer", "signed"):
        if block.kind in ("opener", "closer", "signed") and not _has_date_mark(layout, block):
            continue
        if block.quote:
            continue
        line = _read_line(layout, block, draft)
        if best is None:
            best = line
        elif best.date is None and line.date is not None:
            line.place = line.place or best.place
            best = line
        elif best.place is None and line.place is not None and line.date is None:
            best.place = line.place
        if best.date is not None and best.date.edtf is not None and best.place is not None:
            break
    if best is not None and best.received is None:
        for block in layout.of("dateline", "opener"):
            alone = RECEIVED.fullmatch(layout.words(block))  # "[Received March 6.]" on its own line
            if alone is not None and not block.quote:
                day = sent_on(alone["via"], best.date)
                best.received = receipt(
                    alone["what"], block.start + alone.start("what"), day, draft.context.year
                )
    if best is None or (best.date is None and best.received is not None):
        received = best.received if best is not None else None  # "[Not dated; received May 3.]"
        best = Dateline(heading.end, heading.end)
        loose = _loose_date(draft) or _done(layout) or _last_words(layout)
        if loose is not None:
            best = loose
        best.received = best.received or received
    loose_day = best.date is not None and (best.date.edtf or "").startswith("XXXX")
    if (best.date is None or loose_day) and heading.date is not None:
        best.date = heading.date
    if best.received is None and heading.received is not None:
        start, end = heading.received
        words = layout.text[start:end]
        best.received = receipt(words, start, best.date, draft.context.year)
    if best.place is None and heading.place is not None:
        name, start, end = heading.place
        best.place = Place(name=name, start=start, end=end, rule="heading")
    if best.date is None and heading.form not in ("editorial-note",):
        encoded = _encoded(layout)
        if encoded is not None:
            best.date = encoded
        elif outer is not None and _OF_A_NEWSPAPER.match(heading.title):
            issue = dating.parse(heading.text, offset=heading.start)
            if issue is not None and len(issue.edtf or "") >= 10:
                best.date = msgspec.structs.replace(
                    issue, certainty="inferred", note="the day of the newspaper"
                )
        elif heading.rule == "heading" and heading.title and outer is None:
            written = dating.parse(heading.title, default_year=draft.context.year)
            at = layout.text.find(heading.title)
            if (
                written is not None
                and written.edtf
                and written.start is not None
                and at >= 0
                and len(written.edtf) >= 10
            ):
                best.date = dating.parse(heading.title, default_year=draft.context.year, offset=at)
        if best.date is None and heading.form in ("minutes", "memorandum-of-conversation"):
            best.date = _day_above(layout)
    elif best.date is not None and best.date.edtf is None:
        encoded = _encoded(layout)
        if encoded is not None:
            best.date = msgspec.structs.replace(
                best.date, edtf=encoded.edtf, earliest=encoded.earliest, latest=encoded.latest,
                certainty="inferred", note=encoded.note, rule=encoded.rule,
            )  # fmt: skip
    return best


_OF_A_NEWSPAPER = re.compile(  # "[From the Moniteur of November 5, 1863.]"
    r"[\[(]?(?:(?:En|In)closure(?: \d+)?(?: in No\. ?\d+)?[\s.—–-]+)?(?:Extracts?|Translat(?:ed|ion)|Clipping|Cutting)?[\s.—–-]*[Ff]rom\s(?:the\s)?[“\"]?[A-Z]"
)
_HOUR = re.compile(r"(?i)\b(?:noon|midnight|(?:about )?\d{1,2}(?::\d\d)? ?[ap]\. ?m\.?)")


def _day_above(layout: Layout) -> Date | None:
    """The day, and the hour, that the divisions name in which minutes stand."""
    hour = ""
    below = [layout.words(block) for block in layout.first(2, "head", "subhead")[1:]]
    for words in (*below, *layout.above):
        found = dating.parse(words)
        if found is not None and found.edtf and len(found.edtf) >= 10 and found.edtf[:2] != "XX":
            if hour and "T" not in found.edtf:
                found = dating.parse(f"{found.text}, {hour}") or found
            return msgspec.structs.replace(
                found, start=None, end=None, certainty="inferred", rule="division-heading",
                words=words[:120], note="by the heading of the division in which it stands",
            )  # fmt: skip
        named = _HOUR.search(words)
        hour = hour or (named[0] if named is not None else "")
    return None


def _has_date_mark(layout: Layout, block: Block) -> bool:
    return any(
        mark.tag == "date" and block.start <= mark.start < block.end for mark in layout.marks
    )


def _read_line(layout: Layout, block: Block, draft: Draft) -> Dateline:
    marks = [mark for mark in layout.marks if block.start <= mark.start and mark.end <= block.end]
    dates = [mark for mark in marks if mark.tag == "date" and mark.end > mark.start]
    places = [mark for mark in marks if mark.tag == "place" and mark.end > mark.start]
    date = (dates[0].start - block.start, dates[0].end - block.start) if dates else None
    place = None
    if places:
        town = next(
            (one for one in places if not is_house(layout.text[one.start : one.end])), places[0]
        )
        place = (town.start - block.start, town.end - block.start)
    words = layout.words(block)
    line = read_dateline(
        words,
        block.start,
        default_year=draft.context.year if dates else None,
        place=place,
        date=date,
    )
    if dates and dates[0].values:
        _check_encoding(line, dates[0], draft)
    return line


_DONE = re.compile(  # "Done at the city of Zenda this third day of March, 1891"
    r"(?:(?:In\s(?:testimony|witness|faith)\s[^.]{0,400}\.\s+)?[^.]{0,60}\b)?(?:[Dd]one|[Gg]iven|[Ss]igned|[Dd]ated|[Ww]ritten|[Ii]ssued|[Mm]ade)\b[^.]{0,60}?(?:\s|,)(?:at|in)\s+"
    r"(?:(?:the|our|my)\s+(?:city|town|palace|court|castle|port|legation|capital|residence)\s+(?:of|at|in)\s+)?"
    r"(?P<place>[A-ZÀ-Þ][\w’'.-]+(?:\s(?:de|do|da|of)?\s?[A-ZÀ-Þ][\w’'.-]+){0,2}),?\s+(?:in\s(?:duplicate|triplicate|\w+\s(?:copies|originals)),?\s+)?(?:on\s+)?(?:this|the)\s+(?=[\w-]+\s+(?:day\s+)?of\s)"
)


def _done(layout: Layout) -> Dateline | None:
    """Place and date in the words with which a proclamation or a royal letter closes."""
    for block in reversed(layout.of("p", "closer")[-4:]):
        found = None if block.quote else _DONE.match(layout.words(block))
        if found is None:
            continue
        begin = block.start + found.end()
        date = dating.parse(layout.text[begin : begin + 160], offset=begin)
        if date is None or date.edtf is None or date.start is None or date.start > begin + 2:
            continue
        line = Dateline(block.start, block.end)
        a, b = block.start + found.start("place"), block.start + found.end("place")
        line.date = date
        line.place = Place(name=layout.text[a:b], start=a, end=b, rule="closing-words")
        return line
    return None


_DAY_LAST = re.compile(
    rf"(?<=[a-z”][.”])\s+(?:(?:{'|'.join(dating.MONTHS)})\s+\d{{1,2}},\s+\d{{4}}|\d{{1,2}}\s+(?:{'|'.join(dating.MONTHS)}),?\s+\d{{4}})\.?$"
)


_WITH_RESPECT = re.compile(  # "Stated with respect and courtesy, the 24th of June, 1863."
    rf"(?:[Rr]espect|[Cc]ourtesy|[Ee]steem|[Cc]ompliments)(?:,|\.)\s+(?:(?:on\s+)?[Tt]he\s+)\d{{1,2}}(?:st|n?d|rd|th)?\s+(?:day\s+)?(?:of\s+)?(?:{'|'.join(dating.MONTHS)}),?\s+\d{{4}}\.?$"
)


def _last_words(layout: Layout) -> Dateline | None:
    """The day that stands behind the last sentence of a paper."""
    last = [block for block in layout.of("p") if not block.quote][-1:]
    words = layout.words(last[0]) if last else ""
    found = _DAY_LAST.search(words) or _WITH_RESPECT.search(words) if last else None
    if found is None:
        return None
    line = Dateline(last[0].start, last[0].end)
    at = last[0].start + found.start()
    line.date = dating.parse(layout.text[at : last[0].end], offset=at)
    return line if line.date is not None else None


_FRACTION = re.compile(r"(T\d\d:\d\d:\d\d)\.\d+")
_OFFSET = re.compile(r"[+-]\d\d:\d\d$")


def _check_encoding(line: Dateline, mark: Mark, draft: Draft) -> None:
    """An encoded date beside the written one: it completes it, or is a claim against it."""
    values = mark.values
    edtf = values.get("when")
    if edtf is None and values.get("from") and values.get("to"):
        edtf = f"{values['from'][:10]}/{values['to'][:10]}"
    elif edtf is None and (values.get("notBefore") or values.get("notAfter")):
        low, high = values.get("notBefore", "..")[:10], values.get("notAfter", "..")[:10]
        edtf = low if low == high else f"{low}/{high}"
    if edtf is None:
        return
    edtf = _OFFSET.sub("", _FRACTION.sub(r"\1", edtf) if "." in edtf else edtf)
    encoded = dating.from_edtf(edtf, draft.layout.text[mark.start : mark.end])
    if encoded.edtf is None:
        return
    written = line.date
    if written is None or written.edtf is None or "XXXX" in written.edtf:
        line.date = msgspec.structs.replace(
            encoded, start=mark.start, end=mark.end, rule="encoded-date", certainty="inferred",
            note="as the edition encodes it",
        )  # fmt: skip
        return
    if (
        written.earliest
        and encoded.earliest
        and (
            written.earliest[:10] > (encoded.latest or "")[:10]
            or (written.latest or "")[:10] < encoded.earliest[:10]
        )
    ):
        draft.other_dates.append(
            msgspec.structs.replace(
                encoded,
                start=mark.start,
                end=mark.end,
                rule="encoded-date",
                note="encoded otherwise than written",
            )
        )


def _encoded(layout: Layout) -> Date | None:
    """The bounds that the edition encodes for the whole document."""
    low, high = layout.earliest, layout.latest
    if not low or not high:
        return None
    first, last = low[:10], high[:10]
    edtf = first if first == last else f"{first}/{last}"
    found = dating.from_edtf(edtf, edtf)
    if found.edtf is None:
        return None
    return msgspec.structs.replace(
        found,
        rule="encoded-bounds",
        certainty="inferred",
        note="bounds that the edition encodes for the document",
    )


def _loose_date(draft: Draft) -> Dateline | None:
    """A dateline among the first or last paragraphs, where none is marked as one."""
    layout = draft.layout
    body = [block for block in layout.blocks if block.kind == "p" and not block.quote]
    for block in [*body[:3], *body[-3:]]:
        words = layout.words(block)
        if len(words) > 130:
            continue
        line = read_dateline(words, block.start)
        if (
            line.date is not None
            and line.date.edtf
            and (len(line.date.edtf) >= 10 or (block in body[1:][-3:] and len(words) < 40))
            and line.date.end is not None
        ):
            before = words[: (line.date.start or 0) - block.start]
            after = words[line.date.end - block.start :]
            if (
                len(after.strip(" .[]0123456789")) < 3
                and len(before) < 70
                and not re.search(r"\b(?:of|on|dated|the|to|from|by)\s*$", before)
                and not OF_A_PERIOD.search(before)
            ):
                return line
    return None
