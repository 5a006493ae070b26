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
from kgraph.extract.titles.conversations import conversation
from kgraph.extract.titles.forms import QUOTE, form_of
from kgraph.extract.titles.sides import (
    RULE,
    TAIL,
    bare,
    from_to,
    only_to,
    party_end,
    possessive,
    stated,
    to_from,
)
from kgraph.model import Form, Party

_ASIDE = re.compile(
    r"\s*[\[(](?:excerpts?|extracts?|fragments?|abridged|(?:\w+ )?draft|copy|translation|incomplete|partial|summary"
    r"|part (?:\d+|[IVX]+)|unsent|not sent|\d)[\])]\s*$",
    re.IGNORECASE,
)
"""What archives add to a title of how much of a document they show."""
MARKS = re.compile(
    r"(?:,\s+(?:(?:(?:[Tt]elegram|[Cc]able)\s)?(?:[Nn]o|[Nn]r)\.?\s?\d[\w./-]*|(?:(?:[Tt]op|TOP|[Ss]trictly|STRICTLY|[Vv]ery|VERY|[Mm]ost|[Ee]xtremely)\s)?(?:[Ss]ecret|SECRET|[Uu]rgent|URGENT|[Cc]onfidential|CONFIDENTIAL)"
    r"|[Ff]lash|FLASH|[Ii]mmediate|IMMEDIATE|[Pp]riority|PRIORITY))+\s*$"
)
"""Number, urgency and marking that end a telegram's title: ", No. 75.037, Urgent, SECRET"."""
_NUMBER_BETWEEN = re.compile(
    r"(?<=[\w)]),\s+(?:[Nn]o|[Nn]r)\.?\s?\d[\w./-]*,?(?=\s+(?:to|from|by)\s)"
)
"""A telegram's number between its parties: "from the Embassy, Nr. 12.345, to the Ministry"."""
_TWICE_NAMED = re.compile(
    r"^(?:Memorandum|Note|Report),\s+(?=(?:Information|Note|Memorandum|Report|Letter)\s+(?:for|to)\s)"
)
"""A form before the form: "Memorandum, Information for the President"."""
_SUBMITTED = re.compile(
    r",?\s+(?:[Ss]ubmitted|[Pp]resented|[Aa]ddressed|[Ss]ent)\s+to\s+(?:the\s+)?(?P<who>[A-ZÀ-Þ][^\"“‘:;()]{2,80})$"
)
"""Whom a report went to, behind its matter."""
_SPOKEN = re.compile(  # "Lin Dao, 'Speech at the Conference'"
    r"(?P<who>[A-ZÀ-Þ][^\"“‘',]*\s[^\"“‘',]+),\s+[\"“‘']"
)


_IN_BRACKETS = re.compile(r"(?<=\w )\[(?P<who>[A-ZÀ-Þ][^\[\]]{2,60})\]")


def _named_in_brackets(found: re.Match[str]) -> str:
    """ "Envoy in Bern [Anna Berg]" as "Envoy in Bern (Anna Berg)", of the same length."""
    return f"({found['who']})" if naming.trailing_name(found["who"]) else found[0]


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


_DAY_LAST = re.compile(
    r"(?<=[\w)'’\"”»]),?\s+(?:\d{1,2} [A-Z][a-z]{2,8},?|[A-Z][a-z]{2,8} \d{1,2},) \d{4}\s*$"
)
"""The day behind a title that is quoted, or a party's name."""


def core(title: str) -> str:
    """A title without what archives add of how much they show, and without the day that ends it.

    >>> core("Letter from Orlin to Kast (2), 5 May 1960 (Excerpt)")
    'Letter from Orlin to Kast'
    """
    before = ""
    while before != title:
        before = title
        title = _ASIDE.sub("", title)
        day = _DAY_LAST.search(title)
        if day is not None and title[: day.start()].rstrip().count(" ") > 2 and "," in day[0][:1]:
            title = title[: day.start()]
    return title


def read(title: str, offset: int = 0) -> Title:
    """Form and parties of a title that begins at `offset`.

    >>> t = read("Coded telegram from Soviet Envoy to Chile L.M. Orlin to USSR MFA about grain")
    >>> t.form, t.senders[0].name, t.addressees[0].name
    ('cipher-telegram', 'L.M. Orlin', 'USSR MFA')
    """
    title = MARKS.sub("", core(title))
    title = re.sub(r"\[(between\s[^\[\]]+)\]", r" \1 ", title)  # the same length
    title = _IN_BRACKETS.sub(_named_in_brackets, title)
    if title.isupper():
        title = _lowered(title)
    submitted = _SUBMITTED.search(title)
    if submitted is not None and submitted.start() > 20:
        got = read(title[: submitted.start()], offset)
        sent_to = naming.parties(submitted["who"], offset + submitted.start("who"), RULE)
        if got.senders and not got.addressees and all(one.kind != "unknown" for one in sent_to):
            return msgspec.structs.replace(got, addressees=sent_to)
    title = _NUMBER_BETWEEN.sub(lambda m: " " * len(m[0]), title)
    title = _TWICE_NAMED.sub(lambda m: " " * len(m[0]), title)
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
        to_from(title, offset, span)
        or from_to(title, offset)
        or stated(title, offset, span)
        or (bare(title, offset) if span is None else None)
        or only_to(title, offset, span)
    )
    if found is not None:
        senders, addressees, tail = found
        made = _MADE_BY.search(title) if not senders else None
        if made is not None:
            senders = naming.parties(made["who"], offset + made.start("who"), RULE)
        return msgspec.structs.replace(
            base,
            senders=senders,
            addressees=addressees,
            subject=_subject(title, tail, offset),
            tail=tail,
        )
    owner = possessive(title, offset)
    if owner is not None:
        senders, addressees, tail = owner
        return msgspec.structs.replace(
            base,
            senders=senders,
            addressees=addressees,
            subject=_subject(title, tail, offset),
            tail=tail,
        )
    words = (
        r"(?:report|memo|memorandum|reference|note|statement|information|certificate|inquiry|order|directive"
        r"|questions?|theses|proposals?)s?"
    )
    issuer = _issuer(title, offset, words)
    if issuer is not None and issuer.kind != "unknown":
        return msgspec.structs.replace(
            base,
            senders=(issuer,),
            subject=_quoted(title),
            tail=_after_party(title, issuer, offset),
        )
    made = _MADE_BY.search(title)
    if made is not None:
        by, _, to = made["who"].partition(" to ")
        makers = naming.parties(by, offset + made.start("who"), RULE)
        addressed = naming.parties(to, offset + made.end() - len(to), RULE) if to else ()
        if makers and all(one.kind in ("person", "body", "office") for one in makers):
            return msgspec.structs.replace(
                base,
                senders=makers,
                addressees=addressed,
                subject=_quoted(title),
                tail=_after(title, made.start(), offset),
            )
    behind = _papers_title(title, offset) if form == "other" else None
    if behind is not None:
        return behind
    named = _SPOKEN.match(title) if span is None or form == "other" else None
    if named is not None:
        speakers = naming.parties(named["who"], offset, RULE)
        if speakers and all(one.kind in ("person", "body") for one in speakers):
            return msgspec.structs.replace(
                base,
                senders=speakers,
                subject=_quoted(title),
                tail=_after(title, named.end("who"), offset),
            )
    before = title[: span[0]].rstrip(" ,") if span else ""
    if before and naming.is_body(before):  # "Embassy Bern Cable 2356"
        return msgspec.structs.replace(
            base, senders=naming.parties(before, offset, RULE), subject=_quoted(title),
            tail=_after(title, span[1] if span else 0, offset),
        )  # fmt: skip
    start = span[1] if span else 0
    rest = (offset + start, offset + len(title)) if start < len(title) else None
    return msgspec.structs.replace(base, subject=_quoted(title), rest=rest)


_A_PERSON = re.compile(r"(?:[A-ZÀ-Þ][\w’.-]*\s){1,3}[A-ZÀ-Þ][\w’-]+")


def _papers_title(title: str, offset: int) -> Title | None:
    """A body and the title of its paper: "Embassy in Zenda, 'Report on the Harvest'"."""
    body = re.match(
        r"(?P<who>[A-ZÀ-Þ][^\"“‘',:]{4,90})(?:, [A-ZÀ-Þ][\w’-]+)?,\s+(?=[\"“‘'])", title
    )
    if body is None or not (naming.is_body(body["who"]) or _A_PERSON.fullmatch(body["who"])):
        return None
    inner = title[body.end() + 1 :]
    form, kind, span = form_of(inner)
    if form == "other" or span is None or span[0] > 30:
        return None
    at = offset + body.end() + 1
    base = Title(form=form, kind=kind, form_span=(at + span[0], at + span[1]))
    if form == "memorandum-of-conversation":
        base = _conversation(inner.rstrip("'\"’”"), at, base)
    return msgspec.structs.replace(
        base, senders=naming.parties(body["who"], offset, RULE), subject=_quoted(title),
        tail=_after(title, body.end("who"), offset),
    )  # fmt: skip


def _lowered(title: str) -> str:
    """A title in capitals with only its names, bodies and offices capital, same length."""
    small = {
        "FROM",
        "TO",
        "THE",
        "OF",
        "AND",
        "ON",
        "IN",
        "WITH",
        "ABOUT",
        "FOR",
        "BETWEEN",
        "BY",
        "A",
        "AN",
        "AT",
        "HIS",
        "HER",
        "THEIR",
        "AS",
        "REGARDING",
        "CONCERNING",
        "DURING",
        "BEFORE",
    }
    short = {"CC", "MFA", "USSR", "USA", "US", "UN", "KGB", "CPSU", "GDR", "FRG", "PRC", "DPRK",
             "DRV", "UK", "NATO", "CCP", "TASS", "CIA", "GRU", "SED", "PUWP", "CPC"}  # fmt: skip

    def one(found: re.Match[str]) -> str:
        word = found[0]
        if word in small and title[found.start() - 1 : found.start()] not in tuple("'‘\"“«"):
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
        got = from_to(words[found.start() :], offset + found.start())
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
    end = party_end(words, to.end())
    return naming.parties(words[to.end() : end], offset + to.end(), "letter-in-title")


def _keeper(title: str, offset: int) -> Party | None:
    """Who kept the journal that a title names."""
    of = re.search(r"\b(?:[Jj]ournal|[Dd]iary)\s+of\s+(?:the\s+)?", title)
    if of is None:
        return None
    end = min(party_end(title, of.end()), len(title))
    stop = re.search(r"[:,;]|\s+for\b", title[of.end() : end])
    if stop is not None:
        end = of.end() + stop.start()
    return naming.party(title[of.end() : end], offset + of.end(), RULE)


def _conversation(title: str, offset: int, base: Title) -> Title:
    if QUOTE.search(title) is not None and re.search(r"\w[’'\"”»]\s*$", title):
        title = title.rstrip()[:-1]  # "From the Diary of Orlin, 'Record of a Talk with Kast'"
    base_end = base.form_span[1] - offset if base.form_span else 0
    participants, drafter, end = conversation(title, offset, base_end)
    return msgspec.structs.replace(
        base,
        participants=participants,
        senders=drafter,
        subject=_subject(title, (offset + end, 0), offset),
        tail=(offset + end, offset + len(title)),
        rest=None if participants else (offset, offset + len(title)),
    )


_EXCERPTED = re.compile(r"(?i)(?:minutes|protocol|records?|transcript|meeting|session)\b")
"""What notes are taken from, and no issuer."""


_MADE_BY = re.compile(  # "Report on the Harvest by the Embassy in Bern", "Theses Prepared by A. Orlin"
    r"\s+(?:(?:[Pp]repared|[Ww]ritten|[Dd]rafted|[Cc]ompiled|[Ss]ubmitted)\s+)?[Bb]y\s+(?:the\s+)?(?P<who>[A-ZÀ-Þ][^\"“‘:;()]{3,90})$"
)
_ITS_NUMBER = re.compile(r",?\s+(?:[Nn]o\.?|№|[Nn]r\.?)\s?[\w/-]+$")


def _issuer(title: str, offset: int, noun: str) -> Party | None:
    quote = QUOTE.search(title)
    head = title[: quote.start()] if quote else title
    cut = TAIL.search(head)
    head = head[: cut.start()] if cut else head
    of = re.search(
        rf"\b{noun}(?:\s+(?:No\.?|№)\s?[\w/-]+)?\s+(?:of|by|from)\s+(?:the\s+)?(?=[A-Z])",
        head,
        re.IGNORECASE,
    )
    if of is not None and _EXCERPTED.match(head, of.end()):
        return None
    if of is not None:
        words = _ITS_NUMBER.sub("", head[of.end() :].rstrip(" ,:"))
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
    end = party_end(title, found.end())
    words = re.split(r"\s+(?:of|for)\s+", title[found.end() : end])[0].rstrip(" ,")
    if not naming.is_body(words) or not words[0].isupper():
        return None
    return _named(title, found.end(), found.end() + len(words), offset, "body")


_DATED = re.compile(
    r"^(?:on\s+)?(?:\d{1,2} [A-Z][a-z]+,? \d{4}|[A-Z][a-z]+ \d{1,2}, \d{4}|[A-Z][a-z]+ \d{4})\b[.,;:]?\s*"
)
"""The day behind the parties of a title, which is no matter: "Report, 5 May 1981. Subject: Rice"."""


def _subject(title: str, tail: tuple[int, int], offset: int) -> str | None:
    words = " ".join(title[tail[0] - offset :].split()).strip(" ,.")
    words = _DATED.sub("", words)
    words = re.sub(r"^(?:regarding|about|concerning|on|[Ss]ubject:)\s+", "", words)
    inside = _IN_QUOTES.fullmatch(words)
    return (inside["words"].rstrip(" ,.") if inside is not None else words) or None


_IN_QUOTES = re.compile(r"[\"“«‘'](?P<words>(?:(?![\"“”«»‘]|[’'][,;\s]).)+)[\"”»’']", re.DOTALL)
"""Words that are a quoted title and no more."""


def _quoted(title: str) -> str | None:
    found = re.search(r"[\"“«](.+)[\"”»]|(?<=[\s,])[‘'](?=[A-ZÀ-Þ])(.+)[’']\s*$", title, re.DOTALL)
    if found is not None and found[1] is None:
        return " ".join(found[2].split())
    return " ".join(found[1].split()) if found else None


def _after(title: str, at: int, offset: int) -> tuple[int, int]:
    return offset + at, offset + len(title)


def _after_party(title: str, one: Party, offset: int) -> tuple[int, int]:
    return (one.end or offset), offset + len(title)


def _named(title: str, start: int, end: int, offset: int, kind: str) -> Party:
    words = title[start:end]
    return Party(
        name=" ".join(words.split()),
        kind="person"
        if kind == "person"
        else "office"
        if naming.is_office(words) and not naming.is_body(words)
        else "body",
        start=offset + start,
        end=offset + end,
        rule=RULE,
    )
