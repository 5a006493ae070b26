"""Titles that an editor gave to a document: form, parties, what it is about.

"Coded telegram from Soviet Representative to UN L.M. Orlin to the ministry on
..."; "Record of conversation between ..."; "Resolution of the Presidium of CC
CPSU '...'"; "L.H. Oswald's petition to the Supreme Soviet". The hard case is the
"to": an ambassador *to* a country is no addressee, so the sender's phrase must
be able to end (in a name, a body or an office) where the addressee's begins.
"""

from __future__ import annotations

import re

import msgspec

from kgraph.extract import naming
from kgraph.model import Form, Party

RULE = "title"

_FORMS: tuple[tuple[str, Form, str], ...] = (
    (r"(?:coded|ciphered|cipher|encrypted|encoded|enciphered|code)\s+(?:telegram|cable|message)"
     r"|cryptogram|cipher-telegram", "cipher-telegram", "cipher telegram"),
    (r"(?:from\s+the\s+)?(?:soviet\s+|us\s+|american\s+)?(?:journal|diary)\b.*?record\s+of\s+(?:an?\s+)?"
     r"(?:conversation|talk|meeting)", "memorandum-of-conversation", "record of conversation"),
    (r"(?:from\s+(?:the\s+)?)?(?:\w+\s+)?(?:record|memorandum|memorand[ua]ms?|memo|notes?|minutes"
     r"|transcript|stenographic\s+record|summary|report)\s+(?:of|on)\s+(?:an?\s+|the\s+)?[^\"“]{0,60}?"
     r"(?:conversations?|talks?|meeting|discussion|dinner\s+conversation)\b",
     "memorandum-of-conversation", "record of conversation"),
    (r"(?:from\s+)?(?:the\s+)?record\s+of\s+[^\"“]{1,60}(?:'s|’s)\s+(?:conversation|talk|meeting)",
     "memorandum-of-conversation", "record of conversation"),
    (r"conversation\s+between|conversation\s+with", "memorandum-of-conversation", "conversation"),
    (r"airgram", "telegram", "airgram"),
    (r"(?:circular\s+)?(?:telegrams?|cables?|wires?)", "telegram", "telegram"),
    (r"despatch|dispatch", "despatch", "despatch"),
    (r"press\s+release|communiqu[eé]|(?:TASS|tass)\s+(?:reports?|statement|communiqu[eé]|announcement)",
     "press-release", "press report"),
    (r"(?:resolution|decree|decision)s?\b|[^\"“]{0,60}\b(?:resolution|decree)\b(?=\s*[\"“])",
     "resolution", "resolution"),
    (r"extract\s+from\s+(?:the\s+)?(?:protocol|minutes)", "minutes", "extract from minutes"),
    (r"(?:protocol|minutes|stenogram|transcript)\b", "minutes", "minutes"),
    (r"(?:cover(?:ing)?|forwarding|transmittal)\s+(?:note|letter)", "note", "cover note"),
    (r"note\s+verbale|diplomatic\s+note|verbal\s+note", "note", "diplomatic note"),
    (r"(?:brief\s+)?(?:memorand[ua]ms?|memos?|aide[- ]m[eé]moire)\b", "memorandum", "memorandum"),
    (r"note\b", "note", "note"),
    (r"(?:oral\s+|confidential\s+|personal\s+)*messages?\b", "message", "message"),
    (r"(?:draft\s+|personal\s+|open\s+)*letters?\b", "letter", "letter"),
    (r"petition|appeal|request", "letter", "petition"),
    (r"(?:brief\s+)?reports?\b|reference\b|information\b", "memorandum", "report"),
    (r"extract\s+from", "other", "extract"),
    (r"application\s+form|questionnaire|application", "other", "application"),
    (r"statement|speech|address|interview|article", "other", "statement"),
    (r"materials?\b|list\b|inventory|plan\b|instructions?\b", "other", "materials"),
)  # fmt: skip
_ISSUED = "note|telegram|cipher-telegram|letter|message|memorandum|despatch|other|resolution"
_ADJECTIVES = re.compile(
    r"(?:(?:top|secret|very|urgent|strictly|confidential|personal|classified|excerpts?|draft|from|the"
    r"|an?|of|copy|translation|soviet|american|chinese|cuban|polish|hungarian|bulgarian|czechoslovak"
    r"|romanian|albanian|yugoslav|mongolian|east|west|german|north|korean|vietnamese|indian|brief"
    r"|handwritten|official|special|final|first|second)\s+)*",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s+(?:regarding|about|concerning|with|on\s+(?:the|draft|transfer"
    r"|measures|behalf|conversation|meeting|a|an|his|her|their|response|request|[A-Z]|\w+ing\b|\w+)"
    r"|in\s+(?:connection|response|reply|relation)|expressing|requesting|containing|conveying"
    r"|relating|re:|for\s+(?:the\s+)?(?:transfer|\w+ing\b|acceptance|information)|from\s+\w+\s+\d"
    r"|during|dated|transmitting|via|through|enclosing|thanking|proposing|asking|,\s+expressing)\b",
    re.IGNORECASE,
)
_DATE_TAIL = re.compile(
    r",?\s+(?:(?:\d{1,2}\s+[A-Z][a-z]+|[A-Z][a-z]+\s+\d{1,2},?)\s*\d{4}|dated\b.*|\d{1,2}\s+[A-Z][a-z]+)\s*$"
)
_QUOTE = re.compile(r"[\"“«]|(?<=[\s,])[‘'](?=[A-Z])")


class Title(msgspec.Struct, frozen=True, kw_only=True):
    """What a title says. Spans count in the text that the title stands in."""

    form: Form = "other"
    kind: str | None = None
    form_span: tuple[int, int] | None = None
    senders: tuple[Party, ...] = ()
    addressees: tuple[Party, ...] = ()
    participants: tuple[Party, ...] = ()
    subject: str | None = None
    tail: tuple[int, int] | None = None  # where the words behind the parties stand
    rest: tuple[int, int] | None = None  # words that no rule understood


def read(title: str, offset: int = 0) -> Title:
    """Form and parties of a title that begins at `offset`.

    >>> t = read("Coded telegram from Soviet Envoy to Chile L.M. Orlin to USSR MFA about grain")
    >>> t.form, t.senders[0].name, t.addressees[0].name
    ('cipher-telegram', 'L.M. Orlin', 'USSR MFA')
    """
    if title.isupper():
        title = _lowered(title)
    form, kind, span = form_of(title)
    form_span = (offset + span[0], offset + span[1]) if span else None
    base = Title(form=form, kind=kind, form_span=form_span)
    if form == "memorandum-of-conversation":
        return _conversation(title, offset, base)
    if form == "press-release":
        agency = re.search(r"\bTASS\b|\bTass\b", title)
        if agency is not None:
            who = _named(title, agency.start(), agency.end(), offset, "body")
            return msgspec.structs.replace(
                base,
                senders=(who,),
                subject=_quoted(title),
                tail=_after(title, agency.end(), offset),
            )
    if form == "resolution":
        issuer = _issuer(title, offset, r"(?:resolution|decree|decision)s?")
        if issuer is not None:
            return msgspec.structs.replace(
                base,
                senders=(issuer,),
                subject=_quoted(title),
                tail=_after_party(title, issuer, offset),
            )
    if kind == "extract":
        issuer = _extract_issuer(title, offset)
        if issuer is not None:
            return msgspec.structs.replace(
                base, senders=(issuer,), tail=_after_party(title, issuer, offset)
            )
    found = _from_to(title, offset)
    if found is not None:
        senders, addressees, tail = found
        return msgspec.structs.replace(
            base,
            senders=senders,
            addressees=addressees,
            subject=_subject(title, tail, offset),
            tail=tail,
        )
    owner = _possessive(title, offset)
    if owner is not None:
        senders, addressees, tail = owner
        return msgspec.structs.replace(
            base,
            senders=senders,
            addressees=addressees,
            subject=_subject(title, tail, offset),
            tail=tail,
        )
    words = r"(?:report|memo|memorandum|reference|note|statement|information)s?"
    issuer = _issuer(title, offset, words)
    if issuer is not None and issuer.kind != "unknown":
        return msgspec.structs.replace(
            base,
            senders=(issuer,),
            subject=_quoted(title),
            tail=_after_party(title, issuer, offset),
        )
    start = span[1] if span else 0
    rest = (offset + start, offset + len(title)) if start < len(title) else None
    return msgspec.structs.replace(base, subject=_quoted(title), rest=rest)


def _lowered(title: str) -> str:
    """A title in capitals with only its names, bodies and offices capital, same length."""
    small = {"FROM", "TO", "THE", "OF", "AND", "ON", "IN", "WITH", "ABOUT", "FOR", "BETWEEN", "BY"}
    short = {"CC", "MFA", "USSR", "USA", "US", "UN", "KGB", "CPSU", "GDR", "FRG", "PRC", "DPRK",
             "DRV", "UK", "NATO", "CCP", "TASS", "CIA", "GRU", "SED", "PUWP", "CPC"}  # fmt: skip

    def one(found: re.Match[str]) -> str:
        word = found[0]
        if word in small:
            return word.lower()
        return word if word in short or "." in word else word.capitalize()

    lowered = re.sub(r"[^\W\d_][\w.’']*", one, title)
    return lowered if len(lowered) == len(title) else title


def form_of(title: str) -> tuple[Form, str | None, tuple[int, int] | None]:
    """The documentary form that a title opens with, its finer word and its span."""
    lead = _ADJECTIVES.match(title)
    at = lead.end() if lead else 0
    for start in dict.fromkeys((0, at)):
        for pattern, form, kind in _FORMS:
            found = re.compile(rf"(?:{pattern})", re.IGNORECASE | re.DOTALL).match(title, start)
            if found is not None:
                return form, kind, (found.start(), found.end())
    best: tuple[int, Form, str, int] | None = None
    limit = _QUOTE.search(title)
    for pattern, form, kind in _FORMS:
        found = re.compile(rf"\b(?:{pattern})", re.IGNORECASE).search(
            title, 0, limit.start() if limit else len(title)
        )
        if found is not None and (best is None or found.start() < best[0]):
            best = (found.start(), form, kind, found.end())
    if best is not None:
        return best[1], best[2], (best[0], best[3])
    return "other", None, None


def letter_inside(
    words: str, offset: int
) -> tuple[str, tuple[Party, ...], tuple[Party, ...]] | None:
    """A document that words speak of: "message from US President L. Johnson to N.S.
    Khrushchev", "L.H. Oswald's last letter to Soviet embassy".

    Returns its noun, senders and addressees; either may be empty, not both.
    """
    noun = r"(?P<noun>letter|message|note|telegram|memorandum|statement|petition)"
    for found in re.finditer(
        rf"\b{noun}\s+(?:of\s+[\w ]{{1,30}}?\s+)?from\s+", words, re.IGNORECASE
    ):
        got = _from_to(words[found.start() :], offset + found.start())
        if got is not None:
            return found["noun"].lower(), got[0], got[1]
    for found in re.finditer(rf"['’]s?\s+(?:\w+\s+){{0,2}}{noun}\b", words):
        begin = max(0, found.start() - 60)
        left = words[begin : found.start()]
        at = naming.trailing_name(left)
        if at is None:
            continue
        sender = naming.party(left[at[0] : at[1]], offset + begin + at[0], "letter-in-title")
        if sender is None or sender.kind != "person":
            continue
        return found["noun"].lower(), (sender,), _addressed_to(words, found.end(), offset)
    for found in re.finditer(
        rf"\b(?:an?|her|his|the|this)\s+(?:\w+\s+){{0,2}}{noun}(?=\s+to\b)", words
    ):
        addressees = _addressed_to(words, found.end(), offset)
        if any(one.kind == "person" for one in addressees):
            return found["noun"].lower(), (), addressees
    return None


def _addressed_to(words: str, at: int, offset: int) -> tuple[Party, ...]:
    to = re.compile(r"\s+to\s+(?:the\s+)?").match(words, at)
    if to is None:
        return ()
    end = _party_end(words, to.end())
    return naming.parties(words[to.end() : end], offset + to.end(), "letter-in-title")


def _from_to(
    title: str, offset: int
) -> tuple[tuple[Party, ...], tuple[Party, ...], tuple[int, int]] | None:
    quote = _QUOTE.search(title)
    start = re.search(r"\b[Ff]rom\s+(?:the\s+)?(?=\S)", title)
    if start is None:
        only_to = re.search(r"^[^\"“]{0,40}?\b(?:to|To)\s+", title)
        if only_to is None or re.search(r"['’]s\s", title[: only_to.start()]):
            return None
        end = _party_end(title, only_to.end())
        addressees = naming.parties(title[only_to.end() : end], offset + only_to.end(), RULE)
        named = tuple(p for p in addressees if p.kind != "unknown")
        if not named or title[only_to.end() : only_to.end() + 1].islower():
            return None
        return (), named, (offset + end, offset + len(title))
    if quote is not None and quote.start() < start.start():
        return None
    begin = start.end()
    limit = _long_quote(title, begin)
    for to in re.finditer(r"\s+(?:to|To)\s+(?:the\s+)?", title[:limit]):
        if to.start() < begin:
            continue
        left = title[begin : to.start()]
        tail = _TAIL.search(left)
        if tail is not None and tail.start() > 2 and _can_end(left[: tail.start()]):
            break
        if not _can_end(left):
            continue
        end = _party_end(title, to.end())
        senders = naming.parties(left, offset + begin, RULE)
        addressees = naming.parties(title[to.end() : end], offset + to.end(), RULE)
        if senders and addressees:
            return senders, addressees, (offset + end, offset + len(title))
    end = _party_end(title, begin)
    senders = naming.parties(title[begin:end], offset + begin, RULE)
    if not senders or all(p.kind == "unknown" for p in senders):
        return None
    return senders, (), (offset + end, offset + len(title))


def _long_quote(title: str, start: int) -> int:
    """Where a quoted title begins behind `start` (a name in quotes is none), or the end."""
    for quote in _QUOTE.finditer(title, start):
        if (
            re.compile(r"[\"“«][^\"”»]{1,30}[\"”»]\s+\w|[\"”»](?:\s|$)").match(title, quote.start())
            is None
        ):
            return quote.start()
    return len(title)


_TAKES_TO = re.compile(
    r"(?:ambassadors?|representatives?|envoys?|delegates?|minister|observer|consul|mission|delegation"
    r"|embassy|attach[ée]s?|advisers?|advisors?|assistant|secretary|representation|aide)\s*$",
    re.IGNORECASE,
)


def _can_end(left: str) -> bool:
    """Whether a sender's phrase may end here, before a "to"."""
    if naming.trailing_name(left) is not None:
        return True
    return _TAKES_TO.search(left) is None


def _party_end(title: str, start: int) -> int:
    """Where the addressee's phrase ends: at its name, or where another matter begins."""
    ends = [len(title)]
    ends.append(_long_quote(title, start))
    for tail in _TAIL.finditer(title, start):
        words = title[start : tail.start()]
        if words.strip():
            ends.append(tail.start())
            break
    other = re.search(r"[;:]|,\s+(?=\d|[A-Z][a-z]+\s+\d)", title[start:])
    if other is not None:
        ends.append(start + other.start())
    end = min(ends)
    date = _DATE_TAIL.search(title[start:end])
    if date is not None:
        end = start + date.start()
    return end


def _conversation(title: str, offset: int, base: Title) -> Title:
    between = re.search(r"\b(?:between|Between|BETWEEN)\s+(?:the\s+)?", title)
    participants: tuple[Party, ...] = ()
    drafter: tuple[Party, ...] = ()
    end = len(title)
    if between is not None:
        end = _party_end(title, between.end())
        participants = naming.parties(title[between.end() : end], offset + between.end(), RULE)
    else:
        with_ = re.search(r"\b[Ww]ith\s+(?:the\s+)?", title)
        if with_ is not None:
            end = _party_end(title, with_.end())
            participants = naming.parties(title[with_.end() : end], offset + with_.end(), RULE)
        head = title[: with_.start()] if with_ else title
        owner = re.search(
            r"(?:^.*\bof\s+(?:an?\s+|the\s+)?|^)(?P<who>[^\"“]{2,70}?)['’]s?\s+"
            r"(?:\w+\s+){0,2}(?:conversations?|talks?|meetings?)",
            head,
            re.DOTALL,
        )
        if owner is not None:
            participants = (
                naming.parties(owner["who"], offset + owner.start("who"), RULE) + participants
            )
        diary = re.match(
            r"(?:From\s+the\s+)?(?:Journal|Diary)\s+of\s+(?P<who>[^:]+?)(?:,\s+Record|:|\s+Record)",
            title,
        )
        if diary is not None:
            drafter = naming.parties(
                re.sub(r",$", "", diary["who"]), offset + diary.start("who"), RULE
            )[:1]
            participants = drafter + participants
    return msgspec.structs.replace(
        base,
        participants=participants,
        senders=drafter,
        subject=_subject(title, (offset + end, 0), offset),
        tail=(offset + end, offset + len(title)),
        rest=None if participants else (offset, offset + len(title)),
    )


def _issuer(title: str, offset: int, noun: str) -> Party | None:
    quote = _QUOTE.search(title)
    head = title[: quote.start()] if quote else title
    cut = _TAIL.search(head)
    head = head[: cut.start()] if cut else head
    of = re.search(rf"\b{noun}\s+(?:of|by|from)\s+(?:the\s+)?(?=[A-Z])", head, re.IGNORECASE)
    if of is not None:
        words = head[of.end() :].rstrip(" ,:")
        if naming.is_body(words) or naming.is_office(words):
            return _named(title, of.end(), of.end() + len(words), offset, "body")
        return naming.party(words, offset + of.end(), RULE)
    before = re.match(rf"(?:the\s+)?(?P<who>[A-Z][^\"“]*?)\s+{noun}\b", head, re.IGNORECASE)
    if before is not None and naming.is_body(before["who"]):
        return _named(title, before.start("who"), before.end("who"), offset, "body")
    return None


def _extract_issuer(title: str, offset: int) -> Party | None:
    found = re.search(
        r"(?:order|protocol|decree|book|register|minutes)\b(?:\s+(?:No\.|№|N)\s?[\w/-]+)?\s+(?:for|of)\s+"
        r"(?:the\s+)?(?=[A-Z])",
        title,
        re.IGNORECASE,
    )
    if found is None:
        return None
    end = _party_end(title, found.end())
    words = re.split(r"\s+(?:of|for)\s+", title[found.end() : end])[0].rstrip(" ,")
    if not naming.is_body(words) or not words[0].isupper():
        return None
    return _named(title, found.end(), found.end() + len(words), offset, "body")


def _possessive(
    title: str, offset: int
) -> tuple[tuple[Party, ...], tuple[Party, ...], tuple[int, int]] | None:
    owner = re.match(r"(?P<who>[^\"“]{2,70}?)['’]s?\s+(?=[A-Za-z])", title)
    if owner is None:
        return None
    senders = naming.parties(owner["who"], offset, RULE)
    if not senders or senders[0].kind != "person":
        return None
    to = re.search(r"\s+to\s+(?:the\s+)?(?=[A-Z])", title[owner.end() :])
    tail = _TAIL.search(title, owner.end())
    if to is not None and (tail is None or owner.end() + to.start() <= tail.start()):
        begin = owner.end() + to.end()
        end = _party_end(title, begin)
        addressees = naming.parties(title[begin:end], offset + begin, RULE)
        addressees = tuple(p for p in addressees if not naming.is_place(p.name))
        return senders, addressees, (offset + end, offset + len(title))
    return senders, (), (offset + owner.end(), offset + len(title))


def _subject(title: str, tail: tuple[int, int], offset: int) -> str | None:
    words = " ".join(title[tail[0] - offset :].split()).strip(" ,.")
    words = re.sub(r"^(?:regarding|about|concerning|on)\s+", "", words)
    return words or None


def _quoted(title: str) -> str | None:
    found = re.search(r"[\"“«](.+)[\"”»]", title, re.DOTALL)
    return " ".join(found[1].split()) if found else None


def _after(title: str, at: int, offset: int) -> tuple[int, int]:
    return offset + at, offset + len(title)


def _after_party(title: str, one: Party, offset: int) -> tuple[int, int]:
    return (one.end or offset), offset + len(title)


def _named(title: str, start: int, end: int, offset: int, kind: str) -> Party:
    words = title[start:end]
    return Party(
        name=" ".join(words.split()),
        kind="office" if naming.is_office(words) and not naming.is_body(words) else "body",
        start=offset + start,
        end=offset + end,
        rule=RULE,
    )
