"""Who sent what to whom, as an editor's title says it in one of several shapes.

"Letter from A to B", "Letter to B from A", "Letter, A to B", "Note by A", "A's letter to B".
Each function gives senders, addressees, and where the words behind them stand, or None.
"""

from __future__ import annotations

import re

from kgraph.extract import gazetteer, naming
from kgraph.extract.titles.forms import QUOTE
from kgraph.model import Party

RULE = "title"
Sides = tuple[tuple[Party, ...], tuple[Party, ...], tuple[int, int]]

TAIL = re.compile(
    r"\s+(?:regarding|about|concerning|with|on\s+(?:the|draft|transfer"
    r"|measures|behalf|conversation|meeting|a|an|his|her|their|response|request|[A-Z]|\w+ing\b|\w+)"
    r"|in\s+(?:connection|response|reply|relation)|expressing|requesting|containing|conveying"
    r"|relating|re(?::|(?=\s))|(?:prepared|written|drafted|compiled|submitted)\s+by|for\s+(?:the\s+)?(?:transfer|\w+ing\b|acceptance|information)|from\s+\w+\s+\d"
    r"|during|dated|transmitting|via|through|enclosing|thanking|proposing|asking|declaring|announcing|informing|reporting|relaying|describing|confirming|protesting|inviting"
    r"|offering|accepting|rejecting|denying|explaining|demanding|calling|warning|congratulating|,\s+expressing"
    r"|at\s+(?:the|a)\s+(?:[\w’'-]+\s+){0,5}?(?:congress|meeting|session|conference|plenum|ceremony|dinner|assembly|rally|talks?|negotiations|summit|opening|celebration|reception|funeral|anniversary|banquet|forum|briefing)"
    r"|before\s+the|for\s+\d|of\s+\d|entitled|titled)\b",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b[Ff]rom\s+(?:the\s+)?(?=\S)")
_OF = re.compile(  # "Letter of President Lorin to Kast"
    r"(?:[\w-]+\s+){0,3}(?:[Ll]etter|[Tt]elegram|[Cc]able|[Mm]essage|[Nn]ote|[Ss]tatement|[Aa]ppeal|[Rr]eply|[Rr]esponse|[Mm]emorandum|[Rr]eport|[Aa]ide-[Mm][ée]moire|[Dd]espatch|[Dd]ispatch)"
    r"(?:\s+verbale)?(?:\s+(?:[Nn]o\.?|№|#)\s?[\w/-]+)?\s+of\s+(?:the\s+)?(?=[A-ZÀ-Þ])"
)
_TAKEN_FROM = re.compile(
    r"(?:an?\s+|the\s+)?(?:[Jj]ournal|[Dd]iary|[Rr]ecord|[Pp]rotocol|[Mm]inutes|[Tt]ranscript|(?:[\w-]+\s+)?"
    r"(?:[Ll]etter|[Tt]elegram|[Cc]able|[Rr]eport|[Nn]ote|[Mm]essage|[Mm]emorandum|[Ss]peech))s?\s+"
    r"(?:from|of|by|to|No)\b"
)
"""What something is an excerpt from, not whom it is from."""
_NUMBERED = r"(?P<number>\s+(?:[Nn]o\.?|№|[Nn]r\.?|#)\s?[\w/-]+(?:\.\d+)*)?"
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
_TAKES_TO = re.compile(
    r"(?:ambassadors?|representatives?|envoys?|delegates?|minister|observer|consul|mission|delegation"
    r"|embassy|attach[ée]s?|advisers?|advisors?|assistant|secretary|representation|aide)\s*$",
    re.IGNORECASE,
)


def from_to(title: str, offset: int) -> Sides | None:
    quote = QUOTE.search(title)
    start = next(
        (one for one in _FROM.finditer(title) if _TAKEN_FROM.match(title, one.end()) is None), None
    )
    of_ = _OF.match(title)
    if start is not None and of_ is not None and start.start() > of_.end():
        there = title[start.end() :].strip(" ,.")
        if gazetteer.is_place(there):  # "Message of Orlin to Kast from Bern"
            return from_to(title[: start.start()], offset)
    written = start is not None
    start = start or of_
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
        tail = TAIL.search(left)
        if tail is not None and tail.start() > 2:
            ahead = left[: tail.start()]
            if _can_end(ahead) or (of_ is not None and naming.is_body(ahead)):
                break
        if not _can_end(left, title[to.end() :]):
            continue
        end = party_end(title, to.end())
        senders = naming.parties(left, offset + begin, RULE)
        addressees = naming.parties(title[to.end() : end], offset + to.end(), RULE)
        of = _OF.match(title) if naming.is_place(left) else None
        if (
            of is not None and written and of.end() < start.start()
        ):  # "Note of the Embassy from Bern to"
            senders = naming.parties(title[of.end() : start.start()], offset + of.end(), RULE)
        if senders and addressees:
            return senders, addressees, (offset + end, offset + len(title))
    if not written:
        return None
    end = party_end(title, begin)
    senders = naming.parties(title[begin:end], offset + begin, RULE)
    if not senders or all(p.kind == "unknown" or naming.is_place(p.name) for p in senders):
        return None
    return senders, (), (offset + end, offset + len(title))


def only_to(title: str, offset: int, span: tuple[int, int] | None) -> Sides | None:
    only_to = re.search(
        r"^[^\"“]{0,40}?\b(?:to|To)\s+(?:the\s+)?"
        r"|^(?:[\w-]+\s+){0,2}?(?:[Mm]emorandum|[Nn]ote|[Rr]eport|[Ii]nformation|[Qq]uestions?|[Tt]heses|[Mm]aterials?)\s+for\s+(?:the\s+)?(?:(?:[Ii]nformation|[Aa]ttention|[Uu]se)\s+of\s+(?:the\s+)?)?(?=Comrade|Politburo|President|Premier|Prime|Secretary|Chairman|Minister|Central)",
        title,
    )
    if only_to is None or re.search(r"['’]s\s", title[: only_to.end()]):
        return None
    if " for " not in only_to[0] and TAIL.search(title[: only_to.end()]) is not None:
        return None
    end = party_end(title, only_to.end())
    addressees = naming.parties(title[only_to.end() : end], offset + only_to.end(), RULE)
    named = tuple(p for p in addressees if p.kind != "unknown" and not naming.is_place(p.name))
    if not named or title[only_to.end() : only_to.end() + 1].islower():
        return None
    before = title[: span[0]].rstrip() if span is not None else ""
    senders = naming.parties(before, offset, RULE) if naming.is_body(before) else ()
    if re.fullmatch(
        r"(?:[A-ZÀ-Þ][\w’']+[-–]){2,}[A-ZÀ-Þ][\w’']+", before
    ):  # "Orlin-Kast-Berg Report to"
        senders = tuple(
            Party(
                name=m[0], kind="person", start=offset + m.start(), end=offset + m.end(), rule=RULE
            )
            for m in re.finditer(r"[^-–]+", before)
        )
    return senders, named, (offset + end, offset + len(title))


def to_from(title: str, offset: int, span: tuple[int, int] | None) -> Sides | None:
    """ "Letter to Kast from Chairman Lorin", "Report to the Central Committee by D. Volkin"."""
    if span is None or re.search(r"['’]s\s", title[: span[0]]):
        return None
    to = re.compile(
        rf"{_NUMBERED},?\s+(?:addressed\s+|sent\s+)?(?:to|for)\s+(?:the\s+)?", re.IGNORECASE
    ).match(title, span[1])
    if to is None:
        return None
    end = party_end(title, to.end())
    for source in re.finditer(r",?\s+(?:from|by|From|By)\s+(?:the\s+)?(?=[A-ZÀ-Þ])", title[:end]):
        left = title[to.end() : source.start()]
        if source.start() <= to.end():
            continue
        addressees = naming.parties(left, offset + to.end(), RULE)
        stop = min(end, party_end(title, source.end()))
        senders = naming.parties(title[source.end() : stop], offset + source.end(), RULE)
        if addressees and senders and any(one.kind != "unknown" for one in senders):
            return senders, addressees, (offset + stop, offset + len(title))
    return None


def stated(title: str, offset: int, span: tuple[int, int] | None) -> Sides | None:
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
        both = _sides(before["who"], 0, offset)
        if both is not None and both[1] and all(one.kind != "unknown" for one in both[0]):
            return both[0], both[1], (offset + span[1], offset + len(title))
        senders = naming.parties(before["who"], offset, RULE)
        if senders and all(one.kind != "unknown" for one in senders):
            addressees, end = _behind_the_form(title, span[1], offset)
            return senders, addressees, (offset + end, offset + len(title))
    return None


def _behind_the_form(title: str, at: int, offset: int) -> tuple[tuple[Party, ...], int]:
    """Whom a form is to, where its sender stands before it: "Anna Berg, Memorandum to Kast"."""
    to = re.compile(rf"{_NUMBERED},?\s+(?:to|for)\s+(?:the\s+)?(?=[A-ZÀ-Þ])").match(title, at)
    if to is None:
        return (), at
    end = party_end(title, to.end())
    return naming.parties(title[to.end() : end], offset + to.end(), RULE), end


def _sides(title: str, begin: int, offset: int) -> Sides | None:
    """The parties of "X to Y" or "X" that begin at `begin`."""
    end = party_end(title, begin)
    for to in re.finditer(r",?\s+(?:to|To|for)\s+(?:the\s+)?(?=\S)", title[:end]):
        left = title[begin : to.start()]
        if to.start() <= begin or not _can_end(left, title[to.end() :]):
            continue
        if "for" in to[0] and (
            naming.trailing_name(left) is None or not naming.is_body(title[to.end() : end])
        ):
            continue  # only what is written for a body, by somebody named
        tail = TAIL.search(left)
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
    got: Sides,
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


def bare(title: str, offset: int) -> Sides | None:
    """ "Orlin to Kast", "Envoy Orlin to Deputy Minister Kast": two parties and no word of a form."""
    quote = QUOTE.search(title)
    got = _sides(title[: quote.start()] if quote else title, 0, offset)
    if got is None or not got[1]:
        return None
    senders, addressees, _ = got
    if any(one.kind == "unknown" or naming.is_place(one.name) for one in (*senders, *addressees)):
        return None
    if _NO_NAME.match(title):
        return None
    return got


def possessive(title: str, offset: int) -> Sides | None:
    owner = re.match(r"(?P<who>[^\"“]{2,70}?)['’]s?\s+(?=[A-Za-z])", title)
    if owner is None:
        return None
    senders = naming.parties(owner["who"], offset, RULE)
    if not senders or senders[0].kind != "person":
        return None
    to = re.search(r"\s+to\s+(?:the\s+)?(?=[A-Z])", title[owner.end() :])
    tail = TAIL.search(title, owner.end())
    if to is not None and (tail is None or owner.end() + to.start() <= tail.start()):
        begin = owner.end() + to.end()
        end = party_end(title, begin)
        addressees = naming.parties(title[begin:end], offset + begin, RULE)
        addressees = tuple(p for p in addressees if not naming.is_place(p.name))
        return senders, addressees, (offset + end, offset + len(title))
    return senders, (), (offset + owner.end(), offset + len(title))


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


_NO_POST = re.compile(
    r"(?:CC|MFA|Central|Politburo|Presidium|Secretariat|(?:[A-Z]\w+ )?(?:Ministry|Committee)|Foreign Minist|All\b)"
)
"""How a receiver begins who is no country or town that an envoy could be sent to."""


def _can_end(left: str, right: str = "") -> bool:
    """Whether a sender's phrase may end here, before a "to" and the words `right`."""
    if naming.trailing_name(left) is not None or _NO_POST.match(right):
        return True
    return _TAKES_TO.search(left) is None


_THEIR_PAPER = re.compile(
    r"['’]s?\s+(?:[\w-]+\s+){0,2}(?:letter|message|note|telegram|cable|memorandum|proposal|request|statement)s?\b",
    re.IGNORECASE,
)
"""What an answer is made to: "to Premier Lorin's letter"."""
_IN_TOWN = re.compile(r",?\s+(?:in|at)\s+(?:the\s+)?[A-ZÀ-Þ][\w’-]+(?:,?\s[A-ZÀ-Þ][\w’-]+){0,2}$")


_MATTER = re.compile(
    r",\s+(?=[A-ZÀ-Þ][\w’-]+\s(?:(?:and\s)?[\w’-]+\s){0,3}?(?:of|on|in|for|with|between|to)\s)"
)
_FOR_ANOTHER = re.compile(r"\s+for\s+(?=[A-ZÀ-Þ])")


def _before_matter(title: str, start: int, end: int) -> int:
    """Where a party ends before the matter that a comma alone sets apart ("the Council, State of
    the Crops"), or before him to whom an envoy is to hand it ("to Envoy A. Orlin for Kast")."""
    for comma in _MATTER.finditer(title, start, end):
        left, right = title[start : comma.start()], title[comma.end() : end]
        if (
            naming.is_body(left)
            and naming.trailing_name(left) is None
            and not (naming.is_body(right) or naming.is_office(right))
            and naming.trailing_name(right) is None
        ):
            return comma.start()
    last = title.rfind(", ", start, end)
    word = title[last + 2 : end].strip() if last > 0 else ""
    at = naming.trailing_name(title[start:last]) if last > 0 else None
    if (
        at is not None
        and at[0] > 0
        and " " in title[start:last][slice(*at)]
        and re.fullmatch(r"[A-ZÀ-Þ][a-zà-ÿ]{3,}", word)
        and not (naming.is_body(word) or naming.is_office(word) or gazetteer.is_place(word))
    ):
        return last  # "to Minister Ada Marl, Disarmament": no surname alone stands beside such
    for other in _FOR_ANOTHER.finditer(title, start, end):
        left, right = title[start : other.start()], title[other.end() : end].strip(" ,")
        name = naming.trailing_name(left)
        if (
            name is not None
            and (name[0] > 0 or "." in left[slice(*name)])
            and naming.trailing_name(right) == (0, len(right))
        ):
            return other.start()
    return end


def meeting_end(title: str, start: int) -> int:
    """Where the list of those who met ends: before the town too, "between A and B in Varna"."""
    end = party_end(title, start)
    town = _IN_TOWN.search(title[start:end])
    if town is not None and naming.trailing_name(title[start : start + town.start()]) is not None:
        return start + town.start()
    several = town is not None and re.search(r"\sand\s", title[start : start + town.start()])
    if town is not None and several:
        last = title[start + several.end() : start + town.start()]
        if naming.trailing_name(last) is not None and not naming.is_office(last):
            return start + town.start()
    return end


def party_end(title: str, start: int) -> int:
    """Where the addressee's phrase ends: at its name, or where another matter begins."""
    ends = [len(title)]
    ends.append(_long_quote(title, start))
    for tail in TAIL.finditer(title, start):
        words = title[start : tail.start()]
        if words.strip():
            ends.append(tail.start())
            break
    other = re.search(
        r"[;:]|\s\[via\s|,?\s+and\s+others\b|\s\[(?=(?:[A-Z][a-z]+\s)?(?:\d{1,2},?\s)?\d{4}\]|undated)|,?\s+and\s+(?:(?:his|her|its|the|an?)\s+)?(?:response|reply|answer)\b|,?\s+(?=(?:No\.|№)\s?\d)|,\s+(?=\d|[A-Z][a-z]+\s+\d|(?:transmitted|delivered|handed|conveyed|received|forwarded|presented|sent|passed)\s)|\s*\((?:and|with|excerpts?|drafts?|copy|in)\b",
        title[start:],
        re.IGNORECASE,
    )
    if other is not None:
        ends.append(start + other.start())
    paper = _THEIR_PAPER.search(title, start)
    if paper is not None:
        ends.append(paper.start())
    end = _before_matter(title, start, min(ends))
    date = _DATE_TAIL.search(title[start:end])
    if date is not None:
        end = start + date.start()
    return end
