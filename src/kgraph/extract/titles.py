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
from kgraph.extract.title_forms import QUOTE, form_of
from kgraph.model import Form, Party

RULE = "title"

_TAIL = re.compile(
    r"\s+(?:regarding|about|concerning|with|on\s+(?:the|draft|transfer"
    r"|measures|behalf|conversation|meeting|a|an|his|her|their|response|request|[A-Z]|\w+ing\b|\w+)"
    r"|in\s+(?:connection|response|reply|relation)|expressing|requesting|containing|conveying"
    r"|relating|re:|for\s+(?:the\s+)?(?:transfer|\w+ing\b|acceptance|information)|from\s+\w+\s+\d"
    r"|during|dated|transmitting|via|through|enclosing|thanking|proposing|asking|,\s+expressing"
    r"|at\s+(?:the|a)\s+(?:[\w’'-]+\s+){0,5}?(?:congress|meeting|session|conference|plenum|ceremony|dinner|assembly|rally)"
    r"|before\s+the|for\s+\d|of\s+\d|entitled|titled)\b",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b[Ff]rom\s+(?:the\s+)?(?=\S)")
_TAKEN_FROM = re.compile(
    r"(?:an?\s+|the\s+)?(?:[Jj]ournal|[Dd]iary|[Rr]ecord|[Pp]rotocol|[Mm]inutes|[Tt]ranscript|(?:[\w-]+\s+)?"
    r"(?:[Ll]etter|[Tt]elegram|[Cc]able|[Rr]eport|[Nn]ote|[Mm]essage|[Mm]emorandum|[Ss]peech))s?\s+"
    r"(?:from|of|by|to|No)\b"
)
"""What something is an excerpt from, not whom it is from."""
_NUMBERED = r"(?P<number>\s+(?:[Nn]o\.?|№|[Nn]r\.?|#)\s?[\w/-]+)?"
_ISSUED = re.compile(
    r".*\b(?:letter|telegram|cable|message|note|cryptogram|despatch|dispatch)s?$",
    re.IGNORECASE | re.DOTALL,
)
_NO_NAME = re.compile(
    r"(?:Regarding|Concerning|Related|Relating|Attached|Pertaining|Addressed|Aid|Assistance|Visits?|Response|Reply"
    r"|Answer|Reaction|Request|About|Notice|Information|Instructions?|Materials?|Meeting|Situation|Relations?)\b"
)
_DATE_TAIL = re.compile(
    r",?\s+(?:(?:\d{1,2}\s+[A-Z][a-z]+|[A-Z][a-z]+\s+\d{1,2},?)\s*\d{4}|dated\b.*|\d{1,2}\s+[A-Z][a-z]+)\s*$"
)


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
    if kind == "journal":
        keeper = _keeper(title, offset)
        if keeper is not None:
            return msgspec.structs.replace(
                base, senders=(keeper,), tail=_after_party(title, keeper, offset)
            )
    if kind in ("minutes", "extract from minutes"):
        quote = QUOTE.search(title)
        between = re.search(
            r"\b(?:[Bb]etween|[Ww]ith)\b", title[: quote.start()] if quote else title
        )
        if between is None:
            return msgspec.structs.replace(
                base, subject=_quoted(title), tail=_after(title, span[1] if span else 0, offset)
            )
    if kind == "extract":
        issuer = _extract_issuer(title, offset)
        if issuer is not None:
            return msgspec.structs.replace(
                base, senders=(issuer,), tail=_after_party(title, issuer, offset)
            )
    found = (
        _to_from(title, offset, span)
        or _from_to(title, offset)
        or _stated(title, offset, span)
        or _only_to(title, offset, span)
    )
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
    quote = QUOTE.search(title)
    start = next(
        (one for one in _FROM.finditer(title) if _TAKEN_FROM.match(title, one.end()) is None), None
    )
    if start is None:
        return None
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


def _only_to(
    title: str, offset: int, span: tuple[int, int] | None
) -> tuple[tuple[Party, ...], tuple[Party, ...], tuple[int, int]] | None:
    only_to = re.search(r"^[^\"“]{0,40}?\b(?:to|To)\s+(?:the\s+)?", title)
    if only_to is None or re.search(r"['’]s\s", title[: only_to.end()]):
        return None
    if _TAIL.search(title[: only_to.end()]) is not None:
        return None
    end = _party_end(title, only_to.end())
    addressees = naming.parties(title[only_to.end() : end], offset + only_to.end(), RULE)
    named = tuple(p for p in addressees if p.kind != "unknown" and not naming.is_place(p.name))
    if not named or title[only_to.end() : only_to.end() + 1].islower():
        return None
    before = title[: span[0]].rstrip() if span is not None else ""
    senders = naming.parties(before, offset, RULE) if naming.is_body(before) else ()
    return senders, named, (offset + end, offset + len(title))


def _to_from(
    title: str, offset: int, span: tuple[int, int] | None
) -> tuple[tuple[Party, ...], tuple[Party, ...], tuple[int, int]] | None:
    """ "Letter to Kast from Chairman Lorin", "Report to the Central Committee by D. Volkin"."""
    if span is None or re.search(r"['’]s\s", title[: span[0]]):
        return None
    to = re.compile(
        rf"{_NUMBERED},?\s+(?:addressed\s+|sent\s+)?(?:to|for)\s+(?:the\s+)?", re.IGNORECASE
    ).match(title, span[1])
    if to is None:
        return None
    end = _party_end(title, to.end())
    for source in re.finditer(r",?\s+(?:from|by|From|By)\s+(?:the\s+)?(?=[A-ZÀ-Þ])", title[:end]):
        left = title[to.end() : source.start()]
        if source.start() <= to.end():
            continue
        addressees = naming.parties(left, offset + to.end(), RULE)
        senders = naming.parties(title[source.end() : end], offset + source.end(), RULE)
        if addressees and senders and any(one.kind != "unknown" for one in senders):
            return senders, addressees, (offset + end, offset + len(title))
    return None


def _stated(
    title: str, offset: int, span: tuple[int, int] | None
) -> tuple[tuple[Party, ...], tuple[Party, ...], tuple[int, int]] | None:
    """Parties set beside the form by a comma, by "by" or by nothing: "Letter, Anna Berg to
    Olaf Holm", "Note by M. Tarel", "Polish Embassy in Havana (Wolny), Ciphered Telegram"."""
    if span is None:
        return None
    quote = _long_quote(title, span[1])
    by = re.compile(
        rf"{_NUMBERED},?\s+(?:(?:written|sent|prepared|compiled|issued|delivered)\s+)?by\s+(?:the\s+)?(?=[A-ZÀ-Þ])",
        re.IGNORECASE,
    ).match(title, span[1])
    beside = re.compile(rf"{_NUMBERED}\s*(?P<mark>[,:]?)\s+(?:the\s+)?(?=[A-ZÀ-Þ])").match(
        title, span[1]
    )
    begin = by or beside
    if begin is not None and begin.end() < quote:
        got = _sides(title, begin.end(), offset)
        if got is not None and (by is not None or _plausible(title, span, beside, got)):
            return got
    before = re.compile(r"(?P<who>[A-ZÀ-Þ][^\"“:]{2,90}?),\s+").match(title)
    if (
        before is not None
        and before.end() <= span[0]
        and not title[before.end() : span[0]].strip(" ,")
    ):
        senders = naming.parties(before["who"], offset, RULE)
        if senders and all(one.kind != "unknown" for one in senders):
            return senders, (), (offset + span[1], offset + len(title))
    return None


def _sides(
    title: str, begin: int, offset: int
) -> tuple[tuple[Party, ...], tuple[Party, ...], tuple[int, int]] | None:
    """The parties of "X to Y" or "X" that begin at `begin`."""
    end = _party_end(title, begin)
    for to in re.finditer(r",?\s+(?:to|To)\s+(?:the\s+)?(?=\S)", title[:end]):
        left = title[begin : to.start()]
        if to.start() <= begin or not _can_end(left):
            continue
        tail = _TAIL.search(left)
        if tail is not None and _can_end(left[: tail.start()]):
            break
        senders = naming.parties(left, offset + begin, RULE)
        addressees = naming.parties(title[to.end() : end], offset + to.end(), RULE)
        if senders and addressees:
            return senders, addressees, (offset + end, offset + len(title))
    senders = naming.parties(title[begin:end], offset + begin, RULE)
    return (senders, (), (offset + end, offset + len(title))) if senders else None


def _plausible(
    title: str,
    span: tuple[int, int],
    beside: re.Match[str] | None,
    got: tuple[tuple[Party, ...], tuple[Party, ...], tuple[int, int]],
) -> bool:
    """Whether what stands beside a form is who sent it to whom, not what it is about."""
    senders, addressees, _ = got
    if any(one.kind == "unknown" or naming.is_place(one.name) for one in senders):
        return False
    marked = beside is not None and bool(beside["mark"])
    if _NO_NAME.match(senders[0].name):
        return False
    if any(naming.is_place(one.name) for one in addressees) and not marked:
        return False
    if not addressees:
        sure = any(one.role or one.kind == "body" or "." in one.name for one in senders)
        return sure and (marked or (beside is not None and bool(beside["number"])))
    if marked:
        return True
    return _ISSUED.match(title[slice(*span)]) is not None and all(
        one.kind != "unknown" for one in addressees
    )


def _keeper(title: str, offset: int) -> Party | None:
    """Who kept the journal that a title names."""
    of = re.search(r"\b(?:[Jj]ournal|[Dd]iary)\s+of\s+(?:the\s+)?", title)
    if of is None:
        return None
    end = min(_party_end(title, of.end()), len(title))
    stop = re.search(r"[:,;]|\s+for\b", title[of.end() : end])
    if stop is not None:
        end = of.end() + stop.start()
    return naming.party(title[of.end() : end], offset + of.end(), RULE)


def _long_quote(title: str, start: int) -> int:
    """Where a quoted title begins behind `start` (a name in quotes is none), or the end."""
    for quote in QUOTE.finditer(title, start):
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
    other = re.search(
        r"[;:]|,\s+(?=\d|[A-Z][a-z]+\s+\d)|\s*\((?:and|with|excerpts?|drafts?|copy|in)\b",
        title[start:],
        re.IGNORECASE,
    )
    if other is not None:
        ends.append(start + other.start())
    end = min(ends)
    date = _DATE_TAIL.search(title[start:end])
    if date is not None:
        end = start + date.start()
    return end


def _conversation(title: str, offset: int, base: Title) -> Title:
    base_end = base.form_span[1] - offset if base.form_span else 0
    between = re.search(r"\b(?:between|Between|BETWEEN|among|Among)\s+(?:the\s+)?", title)
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
        opened = re.compile(r"\s*:\s+(?:the\s+)?(?=[A-ZÀ-Þ])").match(head, base_end)
        if with_ is not None and opened is not None and QUOTE.match(head, opened.end()) is None:
            one = naming.parties(head[opened.end() :], offset + opened.end(), RULE)
            if one and all(p.kind != "unknown" for p in one):
                participants = one + participants
        of = re.search(
            r"\b(?:[Cc]onversations?|[Tt]alks?|[Mm]eetings?)\s+of\s+(?:the\s+)?(?=[A-ZÀ-Þ])", head
        )
        if of is not None:
            participants = naming.parties(head[of.end() :], offset + of.end(), RULE) + participants
        beside = re.compile(r"\s*[:,]\s+(?:the\s+)?(?=[A-ZÀ-Þ])").match(title, base_end)
        if (
            with_ is None
            and of is None
            and beside is not None
            and QUOTE.match(title, beside.end()) is None
        ):
            end = _party_end(title, beside.end())
            several = naming.parties(title[beside.end() : end], offset + beside.end(), RULE)
            if len(several) > 1 and all(one.kind == "person" for one in several):
                participants = several
        owner = re.search(
            r"(?:^.*\bof\s+(?:an?\s+|the\s+)?|^)(?P<who>[^\"“]{2,70}?)['’]s?\s+"
            r"(?:\w+\s+){0,2}(?:[Cc]onversations?|[Tt]alks?|[Mm]eetings?)",
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
    quote = QUOTE.search(title)
    head = title[: quote.start()] if quote else title
    cut = _TAIL.search(head)
    head = head[: cut.start()] if cut else head
    of = re.search(rf"\b{noun}\s+(?:of|by|from)\s+(?:the\s+)?(?=[A-Z])", head, re.IGNORECASE)
    if of is not None:
        words = head[of.end() :].rstrip(" ,:")
        if naming.trailing_name(words) is not None or "," in words:
            one = naming.party(words, offset + of.end(), RULE)
            if one is not None and one.kind == "person":
                return one
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
