"""What an inner document is: told by its own lines, and by the words that announce it."""

from __future__ import annotations

import re

import msgspec

from kgraph import dating
from kgraph.extract import covers as cover
from kgraph.extract import naming, titles
from kgraph.extract.papers import quoted
from kgraph.extract.papers.assembly import Draft, key
from kgraph.model import Date, Form, Party

_FORMAL_NOTE = re.compile(
    r"[\s\"“«]*(?P<who>[A-Z][^.\"“]{3,120}?)\s+presents?\s+(?:his|her|its|their)\s+(?:compliments|respects)\s+to\s+(?:the\s+)?"
    r"(?P<to>[A-Z].{3,140}?)(?=\s+and\b|,|\.\s)",
    re.DOTALL,
)
_HEADED = re.compile(
    r"^\s*(?:Answers?|Repl(?:y|ies)|Responses?|Statement|Speech|Address|Report|Information)\s+(?:of|by)\s+(?:the\s+)?"
    r"(?P<who>[A-Z][^:\n]{3,160}?)(?:\s+to\s+(?:the\s+)?(?:questions?\s+(?:from|of)\s+)?(?P<to>[^\n]{4,120}(?:\n[^\n]{4,80})?))?\s*\n",
    re.MULTILINE,
)
_DELIVERED = re.compile(
    r"\b(?:delivered|handed over|handed|transmitted|received)\s+(?:today\s+)?(?:by|from)\s+(?P<who>[A-Z][\w’'-]+)"
)
_VISIT = re.compile(
    r"\b[Vv]isit\s+(?P<who>[A-Z][^.,]{3,70}?)\s+and\s+(?:deliver|hand|give|transmit|convey|pass)"
)


def _formal_parties(
    found: re.Match[str], announced: list[str]
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Parties of a note in the third person; the names of the offices, where the words
    that announce the note tell them ("the note delivered today by Rusk")."""
    senders = naming.parties(found["who"], found.start("who"), "formal-note")
    addressees = naming.parties(" ".join(found["to"].split()), found.start("to"), "formal-note")
    for words in announced:
        by = _DELIVERED.search(words)
        if by is not None and len(senders) == 1 and senders[0].kind != "person":
            senders = (
                msgspec.structs.replace(
                    senders[0], name=by["who"], role=senders[0].name, kind="person", certainty="inferred",
                    note="named by the words that announce the note",
                ),
            )  # fmt: skip
        to = _VISIT.search(words)
        if to is not None and len(addressees) == 1 and addressees[0].kind != "person":
            one = naming.party(to["who"], 0, "announcing-words")
            if one is not None and one.kind == "person":
                addressees = (_announced(one, words),)
    return senders, addressees


def _who_telegraphs(one: Party, holder: Draft) -> Party:
    """The ambassador to whom a note is addressed by his office, where he telegraphs it home."""
    by = holder.title.senders[0] if len(holder.title.senders) == 1 else None
    if (
        by is None
        or by.kind != "person"
        or one.kind == "person"
        or holder.title.form == "resolution"
    ):
        return one
    if not all(re.search(r"\bAmbassador\b", words or "") for words in (one.name, by.role)):
        return one
    state = re.findall(r"[A-Z][a-z]+", one.name.split("Ambassador")[-1])
    initials = "".join(word[0] for word in state)
    own = re.split(r"\bto\b", by.role or "")[0]
    if initials not in own.split() and not any(word[:4] in own for word in state if len(word) > 3):
        return one
    return msgspec.structs.replace(
        one, name=by.name, role=one.name, kind="person", certainty="inferred",
        note="the ambassador who telegraphs the note",
    )  # fmt: skip


def _letterhead(text: str, found: cover.Cover) -> tuple[Party, ...]:
    """A body that heads the paper: a line above the text, or a first line in capitals."""
    rows = [span for span in cover.lines(text, 0, len(text)) if text[span[0]] != "["][:1]
    capitals = [span for span in rows if text[slice(*span)].isupper()]
    for a, b in (*found.unknown[:4], *capitals):
        line = text[a:b]
        if b - a < 70 and naming.is_body(line) and not naming.is_office(line):
            return (
                Party(
                    name=" ".join(line.split()),
                    kind="body",
                    start=a,
                    end=b,
                    rule="letterhead",
                    certainty="inferred",
                ),
            )
    return ()


def _named_only(found: tuple[Party, ...]) -> tuple[Party, ...]:
    return tuple(
        p
        for p in found
        if p.kind != "unknown"
        and not re.fullmatch(r"(?:her|his|him|me|us|he|she|you|it|them)", p.name)
    )


def _announced(one: Party, words: str) -> Party:
    return msgspec.structs.replace(
        one,
        start=None,
        end=None,
        words=" ".join(words.split())[:120],
        certainty="inferred",
        rule="announcing-words",
    )


def same_surname(a: Party, b: Party) -> bool:
    tails = [re.findall(r"[^\W\d_]{2,}", one.name.casefold())[-1:] for one in (a, b)]
    return tails[0] == tails[1] != []


def _issuing(holder: Draft) -> tuple[Party, ...]:
    """The body that gave the instructions a resolution approves."""
    for one in holder.title.senders:
        if one.kind != "person":
            name = re.sub(r"^Presidium of (?:the )?|\s+Presidium$", "", one.name)
            return (
                Party(
                    name=name,
                    kind="body",
                    certainty="inferred",
                    rule="issuer-of-the-cover",
                    note="the instruction is enclosed in this body's resolution",
                ),
            )
    for one in holder.cover.addressees or holder.title.addressees:
        if one.kind == "body":
            return (
                Party(
                    name=one.name,
                    kind="body",
                    certainty="inferred",
                    rule="issuer-of-the-cover",
                    note="draft enclosed in a note to this body",
                ),
            )
    return ()


def inner_title(
    holder: Draft,
    inner: quoted.Inner,
    shift: int,
    draft: Draft,
    hint: str | None,
    issuer: tuple[Party, ...] = (),
    own: titles.Title | None = None,
) -> titles.Title:
    """Form and parties of an inner document, from its `own` title where it has one, and from
    the words that announce it."""
    text, found = draft.text, draft.cover
    form: Form = "enclosure"
    kind: str | None = None
    senders: tuple[Party, ...] = tuple(found.signed)
    addressees: tuple[Party, ...] = tuple(
        p for p in (*found.late_addressees, *found.addressees) if p.name
    )
    announced: list[str] = []
    if inner.cue is not None:
        announced.append(holder.text[inner.cue[0] - shift : inner.cue[1] - shift])
        before = holder.text[
            max(holder.cover.body_start, inner.cue[0] - shift - 1600) : inner.cue[0] - shift
        ]
        announced.extend(
            reversed([one for one in re.split(r"(?<=[a-z”\"])\.\s", before) if one.strip()])
        )
    elif holder.cover.body_start < inner.start - shift:
        body = holder.text[holder.cover.body_start : inner.start - shift]
        announced.extend(
            one for one in re.split(r"(?<=[a-z)”\"])\.\s|\n", body[:3000]) if one.strip()
        )
    if holder.title_span is not None:
        tail = holder.title.tail or holder.title_span
        announced.append(holder.text[slice(*tail)])
    if hint:
        announced.append(hint)
    if inner.held == "quoted":
        form = quoted.form_of(
            text, msgspec.structs.replace(inner, start=0, end=len(text), cue=None)
        )
        if inner.cue is not None:
            form = quoted.form_of(
                holder.text,
                msgspec.structs.replace(
                    inner,
                    start=inner.start - shift,
                    end=inner.end - shift,
                    cue=(inner.cue[0] - shift, inner.cue[1] - shift),
                ),
            )
    elif found.salutation is not None:
        form = "letter"
    elif any(p.rule == "telegraph-address" for p in addressees):
        form, kind = "telegram", "instruction"
        if not senders:
            senders = _issuing(holder) or tuple(
                msgspec.structs.replace(p, certainty="inferred", rule="issuer-of-the-resolution")
                for p in issuer
            )
    elif re.search(r"\bRESOLUTION\b|^\s*Resolution\b", text[:400], re.MULTILINE):
        form = "resolution"
        issued = re.search(r"^\s*(?P<body>[A-Z][A-Z ]{3,40}?) RESOLUTION", text[:400], re.MULTILINE)
        if issued is not None and naming.is_body(issued["body"]):
            senders = (
                Party(
                    name=issued["body"],
                    kind="body",
                    start=issued.start("body"),
                    end=issued.end("body"),
                    rule="heading-in-text",
                ),
            )
    elif re.search(r"^\s*(?:MEMORANDUM|REFERENCE|MEMO)\b", text[:400], re.MULTILINE):
        form, kind = "memorandum", "reference"
    elif re.search(r"\(TASS\)\.?\s*$", text[-400:], re.MULTILINE) and not senders:
        at = text.rindex("(TASS)")
        form = "press-release"
        senders = (Party(name="TASS", kind="body", start=at + 1, end=at + 5, rule="agency-mark"),)
    elif addressees or senders:
        form = (
            "telegram"
            if "telegram" in holder.text[: holder.cover.body_end].lower()
            and holder.title.form == "resolution"
            else "letter"
        )
    if own is not None:
        form, kind = own.form, own.kind
        senders, addressees = own.senders or senders, own.addressees or addressees
    formal = _FORMAL_NOTE.match(text[:600])
    if formal is None and own is None:
        formal = _FORMAL_NOTE.match(text, found.body_start, found.body_start + 600)
    if formal is not None:
        form = "note" if form in ("letter", "enclosure") else form
        senders, addressees = _formal_parties(formal, announced)
        addressees = tuple(_who_telegraphs(one, holder) for one in addressees)
    elif not (senders or addressees) and (spoken_by := _HEADED.search(text[:700])) is not None:
        senders = naming.parties(spoken_by["who"], spoken_by.start("who"), "heading-in-text")
        if spoken_by["to"]:
            addressees = naming.parties(spoken_by["to"], spoken_by.start("to"), "heading-in-text")
    for words in announced:
        if senders and addressees:
            break
        if kind == "instruction":
            break
        if inner.held == "enclosed" and not (senders or addressees or found.salutation):
            break
        spoken = titles.letter_inside(" ".join(words.split()), 0)
        if spoken is None:
            continue
        _, by, to = spoken
        by, to = _named_only(by), _named_only(to)
        own_parties = {key(p) for p in holder.title.senders}
        if inner.held == "enclosed" and by and {key(p) for p in by} == own_parties:
            continue  # the heading of the paper around it
        if (
            senders
            and by
            and not ({key(p) for p in senders} & {key(p) for p in by})
            and not same_surname(senders[0], by[0])
        ):
            continue
        if not senders:
            senders = tuple(_announced(p, words) for p in by)
        if not addressees:
            addressees = tuple(_announced(p, words) for p in to)
    if not senders and inner.held == "enclosed":
        senders = _letterhead(text, found)
    return titles.Title(form=form, kind=kind, senders=senders, addressees=addressees)


def own_title(text: str, inner: quoted.Inner) -> tuple[titles.Title, int] | None:
    """The title that an editor printed below the line "Enclosure", where it names a form and
    whose it is or to whom; and where it ends."""
    if inner.heading is None or inner.held != "enclosed":
        return None
    rows = cover.lines(text, inner.heading[1] - inner.start, len(text))[:4]
    if not rows:
        return None
    split = len(rows) > 1 and re.match(r"(?:of|from|to|by)\s", text[rows[1][0] :])
    if text[slice(*rows[0])].isupper() and not split:
        return None
    a, b = rows[0]
    for x, y in rows[1:]:
        if text[b:x].count("\n") > 1 or cover.DATE.match(text[x:y]):
            break
        b = y
    words = " ".join(text[a:b].split("\n"))
    if split:
        words = re.sub(r"^[A-Z]{3,}", lambda m: m[0].capitalize(), words)
    found = titles.read(words, a)
    opens = found.form_span is not None and found.form_span[0] - a < 25
    named = (*found.senders, *found.addressees)
    return (found, b) if opens and named and b - a < 300 else None


_TOLD = re.compile(
    r"\b(?:letter|message|note|telegram|memorandum)\b[^.\n]{0,60}?\b(?:dated|of|from)\s+(?P<day>[A-Z][a-z]+ \d{1,2}|\d{1,2} [A-Z][a-z]+)"
    r"(?:,?\s+(?P<year>(?:1[5-9]|20)\d\d)|\s+(?P<this>of this year|this year|c\.\s?y\.))"
)


def told_date(holder: Draft, inner: quoted.Inner, shift: int, hint: str | None) -> Date | None:
    """The date that the words around give to a letter that bears none."""
    if inner.held != "quoted":
        return None
    begin = max(0, inner.start - shift - 900)
    found = _TOLD.search(holder.text, begin, inner.start - shift)
    source = holder.text
    if found is None and hint:
        found, source = _TOLD.search(hint), hint
    if found is None:
        return None
    year = found["year"]
    if year is None and holder.cover.dates and holder.cover.dates[0].earliest:
        year = holder.cover.dates[0].earliest[:4]
    if year is None:
        return None
    read = dating.parse(f"{found['day']}, {year}") or dating.parse(f"{found['day']} {year}")
    if read is None:
        return None
    words = source[found.start("day") : found.end()]
    return msgspec.structs.replace(
        read, text=words, start=None, end=None, words=words, certainty="inferred", rule="date-told-around",
        note="told by the text that quotes it" + ("; the year is that text's" if found["year"] is None else ""),
    )  # fmt: skip
