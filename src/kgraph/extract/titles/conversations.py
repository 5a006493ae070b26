"""Who met whom, as the title of a record of conversation says it."""

from __future__ import annotations

import re

from kgraph.extract import naming
from kgraph.extract.titles.forms import QUOTE
from kgraph.extract.titles.sides import RULE, meeting_end, party_end
from kgraph.model import Party

_RECORDED_BY = re.compile(  # "Notes Taken by Anders Holm of a Meeting with ..."
    r"(?:\w+\s+){1,4}?[Bb]y\s+(?:the\s+)?(?P<who>[^\"“]{2,70}?)\s+(?:of|on|about|at)\s+(?:an?|the|his|her|their)\s+"
    r"(?:[Cc]onversations?|[Tt]alks?|[Mm]eetings?|[Dd]iscussions?)\b"
)

_AUTHOR = re.compile(
    r"(?P<who>[A-ZÀ-Þ][^\"“:,]{3,90}?),\s+[\"“‘']?(?:Report|Memorandum|Record|Notes?|Minutes|Account|Summary)\s+(?:of|on|about|from)\b"
)
_RECEPTION = re.compile(
    r"[:,]\s+(?:(?:Reception|Visit|Meeting|Call)\s+(?:of|by|from)|(?:Conversation|Talk|Meeting)\s+with)\s+(?:the\s+)?(?=[A-ZÀ-Þ])"
)

_PAIRED = re.compile(  # "Transcript of Lorin-Kast Summit"
    r"\b(?:of|from)\s+(?:the\s+)?(?P<one>[A-ZÀ-Þ][\w’']+)[-–—](?P<other>[A-ZÀ-Þ][\w’']+)\s+"
    r"(?:\w+\s+)?(?:Summit|Meeting|Talks?|Conversations?)\b"
)


NATION = re.compile(
    r"Soviet|Russian|American|British|French|German|Chinese|Sino|Anglo|Franco|Indo|Indian|Pakistani|Polish|Czech|Czechoslovak|Slovak|Hungarian"
    r"|Romanian|Rumanian|Bulgarian|Yugoslav|Albanian|Greek|Turkish|Iranian|Iraqi|Syrian|Egyptian|Israeli|Arab|Cuban|Mexican|Brazilian"
    r"|Argentine|Chilean|Vietnamese|Korean|Japanese|Mongolian|Afghan|Burmese|Indonesian|Cambodian|Lao|Laotian|Thai|Italian|Spanish|Portuguese"
    r"|Swedish|Norwegian|Danish|Finnish|Dutch|Belgian|Austrian|Swiss|Canadian|Australian|Congolese|Ethiopian|Somali|Libyan|Algerian|US|GDR|PRC"
)
"""What pairs of states are named by, not of men: "Polish-Cuban Meeting"."""


def conversation(
    title: str, offset: int, base_end: int
) -> tuple[tuple[Party, ...], tuple[Party, ...], int]:
    """Those who met, who kept the journal that the record is from, and where the words about them end.

    The words that name the form end at `base_end`.
    """
    between = re.search(r"\b(?:between|Between|BETWEEN|among|Among)\s+(?:the\s+)?", title)
    participants: tuple[Party, ...] = ()
    drafter: tuple[Party, ...] = ()
    end = len(title)
    if between is not None:
        end = meeting_end(title, between.end())
        participants = naming.parties(title[between.end() : end], offset + between.end(), RULE)
    else:
        with_ = re.search(r"\b[Ww]ith\s+(?:the\s+)?", title)
        if with_ is not None:
            end = meeting_end(title, with_.end())
            participants = naming.parties(title[with_.end() : end], offset + with_.end(), RULE)
        head = title[: with_.start()] if with_ else title
        opened = re.compile(r"\s*[:,]\s+(?:the\s+)?(?=[A-ZÀ-Þ])").match(head, base_end)
        if with_ is not None and opened is not None and QUOTE.match(head, opened.end()) is None:
            one = naming.parties(head[opened.end() :], offset + opened.end(), RULE)
            known = one and all(p.kind != "unknown" for p in one)
            if known or (one and head[opened.start() : opened.end()].strip() == ","):
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
            end = party_end(title, beside.end())
            several = naming.parties(title[beside.end() : end], offset + beside.end(), RULE)
            if len(several) > 1 and all(one.kind == "person" for one in several):
                participants = several
        author = _AUTHOR.match(head)
        if (
            author is not None and base_end > author.end()
        ):  # "Ambassador A. Orlin, Report on Meetings with ..."
            own = naming.parties(author["who"], offset + author.start("who"), RULE)
            if own and all(one.kind == "person" for one in own):
                participants = own + participants
        by = _RECORDED_BY.match(head)
        if by is not None:
            participants = naming.parties(by["who"], offset + by.start("who"), RULE) + participants
        plain_owner = re.compile(
            r"\s*of\s+(?:the\s+)?(?P<who>[A-ZÀ-Þ][^\"“:,]{2,60}?)(?:\s+(?:from|on|of)\s+(?:an?|the|his|her))?\s+(?:[Cc]onversation|[Tt]alk|[Mm]eeting)s?\s*$"
        ).search(head)
        if of is None and plain_owner is not None and not re.search(r"['’]s?$", plain_owner["who"]):
            participants = (
                naming.parties(plain_owner["who"], offset + plain_owner.start("who"), RULE)
                + participants
            )
        paired = _PAIRED.search(head)
        if paired is not None and not participants and not NATION.fullmatch(paired["one"]):
            participants = tuple(
                Party(
                    name=paired[side],
                    kind="person",
                    start=offset + paired.start(side),
                    end=offset + paired.end(side),
                    rule=RULE,
                )
                for side in ("one", "other")
            )
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
            r"(?:(?:Excerpts?\s+|Extracts?\s+|Entry\s+|Entries\s+)?[Ff]rom\s+the\s+)?(?:Journal|Diary)\s+of\s+(?:the\s+)?(?P<who>[^:\"“‘]+?)(?:,?\s+[\"“‘']?(?:Record|Notes?|Memorandum|Minutes)\b|:|,\s+(?=Conversation|Talk|Meeting|Reception))",
            title,
        )
        if diary is not None:
            drafter = naming.parties(
                re.sub(r",$", "", diary["who"]), offset + diary.start("who"), RULE
            )[:1]
            received = _RECEPTION.search(title)
            if received is not None and not participants:
                end = party_end(title, received.end())
                participants = naming.parties(
                    title[received.end() : end], offset + received.end(), RULE
                )
            participants = drafter + participants
    participants = tuple(each for one in participants for each in _and_its_head(one))
    met = {(one.start, one.end): one for one in participants}
    return tuple(met.values()), drafter, end


_LED = re.compile(r"(?P<body>.{4,}?),?\s+(?:[Ll]ed|[Hh]eaded|[Cc]haired)\s+by\s+(?P<who>\S.+)")


def _and_its_head(one: Party) -> tuple[Party, ...]:
    """A delegation, and who led it: "Cuban Delegation Led by A. Orlin" are two."""
    led = _LED.fullmatch(one.name)
    if led is None or one.start is None:
        return (one,)
    head = naming.parties(led["who"], one.start + led.start("who"), RULE)
    whole = Party(
        name=led["body"], kind="body", start=one.start, end=one.start + led.end("body"), rule=RULE
    )
    return (whole, *head)
