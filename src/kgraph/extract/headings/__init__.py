"""Headings of documents in editions of diplomatic papers: form, parties, date, place.

"3. Letter From Chairman Khrushchev to President Kennedy"; "The Ambassador in Italy
(Page) to the Secretary of State"; "Mr. Adams to Mr. Seward."; "Memorandum of
Conversation, by Mr. Ross"; "Memorandum of a Conversation Between ..., Washington,
May 14, 1956"; "Telegram 391 to San Salvador, April 15, 1961. ..."; "Editorial Note".

The hard word is "to": an ambassador *to* a country is no addressee. A sender's phrase
may end before a "to" where it is whole without it (a name, a body), and does not end
behind a word that takes "to" while another "to" follows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kgraph.extract.datelines import RECEIVED, is_house
from kgraph.extract.headings import parties as who
from kgraph.extract.headings.between import TO, cut, plausible
from kgraph.extract.headings.forms import form_named
from kgraph.extract.headings.joined_names import talked, talkers
from kgraph.extract.headings.own_papers import body_ahead
from kgraph.extract.headings.tails import HELD_ON, held, tail_of
from kgraph.extract.headings.topics import topic_of
from kgraph.model import Date, Form, Party

_NUMBER = re.compile(
    r"\s*(?:\[(?:Document\s+|No\.\s?)?(?P<bracket>\d{1,4})\.?\]|(?P<number>\d{1,4}(?:[A-Za-z](?=\.))?)\.(?!\d)|No\.\s?(?P<no>\d{1,5})\.(?=[\s—–-]+\S|[A-Z][a-z]))[\s—–-]*"
)
_LABEL = re.compile(
    r"(?P<noun>(?:[A-Z][\w’'–-]*\s+|[a-z]+\s+){0,5}?(?:[Tt]elegram|[Ll]etter|[Mm]essage|[Mm]emorand(?:um|a)|[Nn]otes?(?:\s[Vv]erbales?)?|[Aa]irgram|[Dd]espatch|[Dd]ispatch|[Cc]able|[Cc]ablegram"
    r"|[Ii]nstructions?|[Aa]ide[- ][Mm][ée]moire|[Pp]ro [Mm]emoria|[Pp]aper|[Rr]eport|[Ss]tatements?|[Pp]ress [Rr]elease|[Ss]ketch|[Cc]ommunication|[Mm]inute|[Bb]riefing|[Ss]tudy|[Dd]ocument|[Pp]roposal|TELEGRAM|LETTER|MEMORANDUM|[Ee]stimate|Radiogram|Note [Vv]erbale|Circular(?!\s+(?:[Tt]elegram|[Ii]nstruction|[Ll]etter|[Nn]ote|[Dd]e?i?spatch|[Aa]irgram|[Mm]essage|[Mm]emorand))|Reply|Appeal|Address))"
    r"(?P<number>\s+(?:No\.\s?)?[A-Z]{0,8}[- ]?\d[\w/–-]*(?:,?\s+(?:and\s+)?(?:No\.\s?)?[A-Z]{0,8}[- ]?\d[\w/–-]*)*)?"
)
_FROM = re.compile(
    r"\s*,?\s*(?:\([^)]*\)\s*)?(?:[Ff]rom|FROM|(?:(?:[Pp]repared|[Dd]rafted|[Ww]ritten|[Ss]ubmitted|[Hh]anded|[Gg]iven|[Pp]resented|[Mm]ade)\s+)?[Bb]y(?!\s+the\s+way)|BY|[Pp]repared\s+(?:in|at))\s+"
)
_BY = re.compile(r"(?i)\bby\b|\bprepared\b")
_PREPARED = re.compile(
    r"(?:[^,()]*?\b(?:[Mm]emorand(?:um|a)|[Pp]aper|[Rr]eport|[Nn]otes?|[Ss]tudy|[Ee]stimate|[Ss]tatement|[Dd]raft\b[^,]*?|[Aa]ssessment|[Aa]nalysis)\b[^,]*?,?\s+(?:[Pp]repared\s+)?[Bb]y"
    r"|[^,()]{3,60}?,?\s+[Pp]repared\s+(?:[Bb]y|in|at))\s+(?:the\s+)?"
)
_GENERIC = re.compile(
    r"[^()]{0,120}?\b(?:[Tt]elegram|[Ll]etter|[Mm]essage|[Mm]emorandum|[Nn]ote|[Aa]irgram|[Dd]espatch|[Cc]able)\b[^()]{0,50}?\s(?:[Ff]rom)\s+"
)
_REMARK_AHEAD = re.compile(  # "[Translation.]" above the parties
    r"[\[(](?:Translation|(?P<wire>Telegram|Cable)|Extracts?|Circular|Confidential|Private|Paraphrase|Copy|Unofficial)[^\])]{0,40}[\])]\.?\s*(?=[A-Z])"
    r"|(?:Translation|Extracts?|Circular|Confidential|Private)\.[\s—–-]*(?=(?:The|Mr|M|Mrs|Messrs|Sir|Lord|Earl|Count|Baron|Señor|General|Prince)\b)"
)
_OF_A_POST = re.compile(  # "Memorandum of the Imperial Embassy"
    r"\s+of\s+(?=(?:the\s+)?(?:[A-Z][\w’-]*\s+){1,5}(?:[Ee]mbassy|[Ll]egation|[Ff]oreign [Oo]ffice)$)"
)
_OF_WHOM = re.compile(  # "Message of the President to the Senate"
    r"\s+of\s+(?=(?:the\s|Mr\.|M\.|President|King|Queen|Emperor|Prince|General|Lord|Señor)|[A-Z][a-z]+ [A-Z])"
)
_ABOUT = re.compile(r"\s(?:on|concerning|regarding|respecting|about|upon)\s")
_GOES_TO = re.compile(
    r"\s*,?\s*(?:(?:[Hh]anded|[Gg]iven|[Rr]ead|[Pp]resented|[Dd]elivered|[Ss]ent)\s+)?(?:[Tt]o|TO)\s+"
)
_WRITTEN_BY = re.compile(
    r",?\s+(?:(?:(?:[Pp]repared|[Pp]roposed|[Ss]uggested|[Dd]rafted|[Ss]ubmitted)\s+)?[Bb]y|[Ff]rom)\s+(?:the\s+)?(?=[A-Z])"
)
_NOBODY = re.compile(r"(?:the\s+)?(?:[Rr]ecord|[Ff]iles?|[Pp]ress|RECORD)\b")
_FOR_A_THING = re.compile(r"an?\s+(?:\w+\s+)?[A-Z]?[a-z]+(?!\s+(?:of|in|for)\b[^,]*\()")
_SAME_SIDE = re.compile(r"(?:the\s+)?same", re.IGNORECASE)
_FROM_ALONE = re.compile(r"From\s+(?=(?:Mr|Mrs|Messrs|Lord|Sir|Earl|General|Admiral|The|M|Dr)\b)")
_COPIED = re.compile(  # "Extract from a despatch of Mr. Pell to Mr. Orde"
    r"(?:Extracts?|Copy|Translation|Substance|Paraphrase)\s+(?:of|from)\s+(?:an?\s+|the\s+)?(?:[a-z]+\s+)?(?:despatch|dispatch|letter|note|telegram|instruction|communication)\s+(?:of|from|by)\s+"
)
_MADE_IN = re.compile(r"(?i)prepared (?:in|at)\s+(?:the\s+)?$")
_FOR_READER = re.compile(r"\s+for\s+(?:the\s+)?(?=[A-Z])")
_OF_CONVERSATION = re.compile(
    r",?\s+[Oo][fn]\s+(?:an?\s+|his\s+|the\s+)?(?:[Tt]elephone\s+)?(?:[Cc]onversations?|[Cc]onference|[Ii]nterview|[Mm]eeting|[Tt]alk)\s+(?:[Ww]ith|[Bb]etween|[Aa]mong)\s+"
)
_FOR = re.compile(r"\s*,?\s*(?:[Ff]or|FOR)\s+")
_MEETING = re.compile(r"\b(?:[Bb]etween|[Aa]mong|BETWEEN|[Ww]ith)\s+")
_EXTRA = re.compile(
    r"(?=[\s\[(—–,.-])"
    r"(?:\s*(?:[\[(](?:Extract|Extracts|Excerpt|Excerpts|Telegram|Translation|Paraphrase|Memorandum|Substance|Circular|Confidential|Note|Private|Copy|Untitled|Personal|Draft|Telegraphic|Résumé)s?[^\])]*[\])]\.?)"
    r"|[—–-]+\s*\(?(?:Extracts?|Telegram|Circular|Translation)\)?\.?$"
    r"|(?:(?<=[a-z])\.(?:[—–-]+)?|[—–-]+)\s*(?:\([^()]{3,120}\)|\[[^\[\]]{3,120}\])\.?$"
    r"|,\s+No\.\s?\d{1,5}\.?$"
    r"|,?\s+\(?(?:and|with)\s+(?:(?:an?|its|his|the|two|three|four|five|six|several|accompanying|\d+)\s+){0,2}(?:in|en)closures?\)?\.?$"
    r"|,?\s+\(?and\s+(?:his|her|the|its)\s+(?:answer|reply|response)\)?\.?$"
    r"|,?\s+and\s+(?:certain\s+)?(?:others|another|other\s+persons)\.?$)",
    re.IGNORECASE,
)
_NAMED_LAST = re.compile(
    r"(?<=[a-z)])\s*\.\s+(?P<kind>Aide[- ]M[ée]moire|Note Verbale|Memorandum|Pro Memoria)\.?$",
    re.IGNORECASE,
)
_EXTRA_ENDS = (
    "extract", "extracts", "telegram", "circular", "translation", "closure", "closures", "answer",
    "reply", "response", "others", "another", "persons",
)  # fmt: skip
"""The last letters of what `_EXTRA` can end with, where it is no bracket or number."""
_NAMED_ENDS = ("moire", "verbale", "memorandum", "memoria")
_SAME = re.compile(r"^(?:the\s+)?same to (?:the\s+)?same\.?$", re.IGNORECASE)


@dataclass(slots=True)
class Heading:
    """What a heading says. Spans count in the text that `offset` belongs to."""

    text: str
    start: int
    end: int
    number: str | None = None
    title: str = ""  # without its number
    form: Form = "other"
    kind: str | None = None  # the heading's own word: "Airgram", "Memorandum for the Record"
    form_span: tuple[int, int] | None = None
    senders: tuple[Party, ...] = ()
    addressees: tuple[Party, ...] = ()
    participants: tuple[Party, ...] = ()
    drafters: tuple[Party, ...] = ()
    date: Date | None = None
    place: tuple[str, int, int] | None = None
    documents: list[tuple[str, int, int]] = field(default_factory=list)  # numbers of its own
    received: tuple[int, int] | None = None  # "—(Received June 3.)" behind the parties
    same: bool = False  # "Same to same"
    same_sender: bool = False  # "The same to Mr. Pell"
    same_addressee: bool = False  # "Mr. Pell to the same"
    rest: tuple[int, int] | None = None
    rule: str = "heading"


def read_heading(text: str, offset: int = 0) -> Heading:
    """Read one heading, without its note marks; `offset` is its place in the record's text.

    >>> h = read_heading("Telegram From the Ambassador to Japan (Grew) to the Secretary of State")
    >>> [p.name for p in h.senders], [p.name for p in h.addressees]
    (['Grew'], ['Secretary of State'])
    """
    heading = Heading(text=text, start=offset, end=offset + len(text))
    number = _NUMBER.match(text)
    begin = 0
    if number is not None and number.end() < len(text):
        heading.number = number["number"] or number["bracket"] or number["no"]
        begin = number.end()
    remark = _REMARK_AHEAD.match(text, begin)
    if remark is not None:
        begin = remark.end()
    heading.title = text[begin:].strip()
    if not heading.title:
        return heading
    receipt = RECEIVED.search(text, begin + 3)
    if receipt is not None and len(text) - receipt.end() < 3:
        heading.received = (offset + receipt.start("what"), offset + receipt.end("what"))
        text = text[: receipt.start()].rstrip(" —–-")
    end = len(text)
    named = None
    if text.rstrip(".\n").lower().endswith(_NAMED_ENDS):
        named = _NAMED_LAST.search(text, begin)
    if named is not None:
        text = text[: named.start()]
    last = text.rstrip()
    extra = None
    bare = last.rstrip(".)").lower()
    numbered = bare[-1:].isdigit() and "no." in bare
    if numbered or ")" in last[-3:] or "]" in last[-3:] or bare.endswith(_EXTRA_ENDS):
        extra = _EXTRA.search(text, begin)
    if extra is not None and extra.start() > begin + 3 and extra.end() >= len(last) - 1:
        end = extra.start()
    end = begin + len(text[begin:end].rstrip(" .;,"))
    form, kind, span = form_named(text[begin:end])
    if remark is not None and remark["wire"] and form == "other":
        form = "telegram"
        span = (remark.start("wire") - begin, remark.end("wire") - begin)
    if named is not None and form == "other":
        form, kind, _ = form_named(named["kind"])
        span = (named.start("kind") - begin, named.end("kind") - begin)
    if form == "other" and talked(text, begin, end):
        form, kind = "memorandum-of-conversation", None
    heading.form, heading.kind = form, kind
    end = topic_of(text, begin, end)
    heading.form_span = (offset + begin + span[0], offset + begin + span[1]) if span else None
    if form == "editorial-note":
        return heading
    if _SAME.match(heading.title):
        heading.same = True
        heading.form = "letter"
        return heading
    stop = tail_of(heading, text, begin, end, offset)
    if heading.form in ("memorandum-of-conversation", "minutes"):
        _conversation(heading, text, begin, stop, offset)
        heading.participants = heading.participants or talkers(text, begin, stop, offset)
        if heading.place is None and heading.form == "minutes":
            held(heading, text, begin, end, offset)
        if heading.place is None and (there := HELD_ON.search(text, begin, end)) is not None:
            a, b = there.span("place")
            if not is_house(there["place"]):
                heading.place = (there["place"], offset + a, offset + b)
        return heading
    _from_to(heading, text, begin, stop, offset)
    if any(_SAME_SIDE.fullmatch(one.name) for one in heading.senders):
        heading.senders, heading.same_sender = (), True
    if any(_SAME_SIDE.fullmatch(one.name) for one in heading.addressees):
        heading.addressees, heading.same_addressee = (), True
    if heading.form in _BY_WIRE:
        heading.senders = who.posts(heading.senders)
        heading.addressees = who.posts(heading.addressees)
    return heading


_BY_WIRE = frozenset(("telegram", "despatch", "airgram"))


_SOMEBODY = re.compile(r"(?:The|Mr\.)\s")


def _from_to(heading: Heading, text: str, begin: int, end: int, offset: int) -> None:
    own = body_ahead(text, begin, end)
    if own is not None:
        heading.drafters = _read(text, *own, offset)
        return
    label = _LABEL.match(text, begin, end)
    at = begin
    labelled = False
    if label is not None and not _SOMEBODY.match(label[0]):
        after = label.end()
        if (
            _FROM.match(text, after)
            or TO.match(text, after + 1)
            or _GOES_TO.match(text, after)
            or _FOR.match(text, after)
            or _OF_WHOM.match(text, after)
            or _OF_A_POST.match(text, after, end)
            or text[after:end].strip(" ,:") == ""
        ):
            labelled = True
            at = after
            if label["number"]:
                words = label["number"].strip()
                heading.documents.append(
                    (words, offset + label.start("number") + 1, offset + label.end("number"))
                )
    if not labelled:
        alone = _FROM_ALONE.match(text, begin) or _COPIED.match(text, begin)
        if alone is not None:
            _split(heading, text, alone.end(), end, offset)
            if heading.form == "other":
                heading.form = "letter"
            return
        prepared = _PREPARED.match(text, begin, end)
        if prepared is not None:
            _authors(heading, text, prepared.end(), end, offset)
            return
        generic = _GENERIC.match(text, begin, end)
        if generic is not None:
            _split(heading, text, generic.end(), end, offset)
            return
        if heading.form in ("other", "letter", "note", "telegram", "message") or label is None:
            _split(heading, text, begin, end, offset, bare=True)
            if heading.form == "other" and heading.senders and heading.addressees:
                heading.form = "letter"
        return
    of = _OF_WHOM.match(text, at) if label is not None else None
    to = cut(text, of.end(), end) if of is not None else None
    if of is not None and to is not None and not _ABOUT.search(text, of.end(), to.start()):
        _split(heading, text, of.end(), end, offset, bare=True)
        return
    from_ = _FROM.match(text, at) or (_OF_A_POST.match(text, at, end) if label else None)
    if from_ is not None:
        if _RECORDS.match(text, from_.end(), end):
            return  # "Notes taken from transcripts of the meeting"
        if _BY.search(from_[0]):
            _authors(heading, text, from_.end(), end, offset)
        else:
            _split(heading, text, from_.end(), end, offset)
        return
    to = _GOES_TO.match(text, at) or _FOR.match(text, at)
    if to is None or _FOR_A_THING.match(text, to.end(), end):
        return
    stop = _WRITTEN_BY.search(text, to.end(), end)
    if _NOBODY.match(text, to.end(), end):
        if stop is not None:
            _authors(heading, text, stop.end(), end, offset)
        return
    last = stop.start() if stop else end
    heading.addressees = _wires(heading, text, to.end(), last, offset) or _read(
        text, to.end(), last, offset
    )
    if stop is not None:
        heading.senders = _read(text, stop.end(), end, offset)


_AND_A_NUMBER = re.compile(r"(?:[,;]\s+(?:and\s+)?|\s+and\s+)(?P<number>\d[\d/–-]*)\s+to\s+")


def _wires(
    heading: Heading, text: str, begin: int, end: int, offset: int
) -> tuple[Party, ...] | None:
    """The posts of one telegram that went to each under a number of its own: "84 to Zenda, 134 to
    Strelsau". The numbers are added to the heading's."""
    others = list(_AND_A_NUMBER.finditer(text, begin, end))
    if not others or heading.form not in ("telegram", "despatch"):
        return None
    for other in others:
        heading.documents.append(
            (other["number"], offset + other.start("number"), offset + other.end("number"))
        )
    starts = [begin, *(other.end() for other in others)]
    ends = [*(other.start() for other in others), end]
    return tuple(p for a, b in zip(starts, ends, strict=True) for p in _read(text, a, b, offset))


_RECORDS = re.compile(r"(?:the\s+)?(?:transcripts?|records?|minutes|notes|tapes?|recordings?)\b")


def _authors(heading: Heading, text: str, begin: int, end: int, offset: int) -> None:
    """ "by X (to Y)": the writer of a paper; a sender only where an addressee is named."""
    of = _OF_CONVERSATION.search(text, begin, end)
    if of is not None:
        heading.drafters = _read(text, begin, of.start(), offset)
        stop = _end_of_people(text, of.end(), end)
        heading.participants = heading.drafters + _read(text, of.end(), stop, offset)
        return
    if _MADE_IN.search(text[:begin]):
        reader = _FOR_READER.search(text, begin, end)
        end = reader.start() if reader else end
    of = _OF_A_MEETING.search(text, begin, end) or _MADE_KNOWN.search(text, begin, end)
    end = of.start() if of else end
    to = cut(text, begin, end) or _FOR_THE_HEAD.search(text, begin, end)
    stop = to.start() if to else end
    found = _read(text, begin, stop, offset)
    if to is not None:
        heading.senders = found
        heading.addressees = _read(text, to.end(), end, offset)
    else:
        heading.drafters = found


_OF_A_MEETING = re.compile(
    r",?\s+[Oo]f\s+(?:an?|his|the)\s+(?:\w+\s+)?(?:[Mm]eeting|[Cc]onversation|[Cc]onference|[Ii]nterview)\b"
)
_MADE_KNOWN = re.compile(  # "by Mr. Pell as Published in the Evening Star", "of a Note to Ruritania"
    r",?\s+[Aa]s\s+(?:[Pp]ublished|[Pp]rinted|[Dd]elivered|[Rr]eleased|[Gg]iven|[Bb]roadcast)\b|\s+of\s+an?\s+(?:Note|Letter|Message|Reply)\b"
)
_FOR_THE_HEAD = re.compile(  # "by the Chiefs of Staff for the President"
    r"(?:(?<=\))|(?<=[a-z])),?\s+(?:for|For)\s+(?=(?:the\s+)?(?:President\b|Prime Minister\b|Secretary(?:\s+of\s+(?:State|War|Defense|the Navy|the Treasury))?(?:$|\s+\(|[’'])|Secretary of State [A-Z]))"
)
_FOR_SOMEBODY = re.compile(
    r"\)?\s+(?:for|For)\s+(?=(?:the\s+)?(?:President|Secretary|Director)|[A-Z])"
)
_THROUGH = re.compile(r",?\s+(?:[Tt]hrough|[Vv]ia)\s+")
_CHANNELS = re.compile(  # "..., via Navy Channels, to ..."
    r",?\s+(?:[Tt]hrough|[Vv]ia)\s+(?:the\s+)?(?:[A-Z][\w.’'-]*\s+(?:of\s+)?){1,6}?[Cc]hannels?\b,?\s*$"
)
_FOR_BEHIND_BRACKET = re.compile(r"(?:(?<=\)),?|,)\s+(?:for|For)\s+(?=(?:the\s+)?[A-Z])")


def _split(
    heading: Heading, text: str, begin: int, end: int, offset: int, *, bare: bool = False
) -> None:
    """ "A to B" within [begin, end)."""
    to = cut(text, begin, end)
    if to is None:
        for_ = _FOR_SOMEBODY.search(text, begin, end)
        if (
            not bare
            and for_ is not None
            and who.party(text[begin : for_.start() + 1], 0, "") is not None
            and text[for_.start()] == ")"
        ):
            heading.senders = _read(text, begin, for_.start() + 1, offset)
            heading.addressees = _read(text, for_.end(), end, offset)
            return
        if not bare:
            heading.senders = _read(text, begin, end, offset)
        return
    left, right = text[begin : to.start()], text[to.end() : end]
    if bare and not plausible(left, right):
        return
    by_way = _CHANNELS.search(text, begin, to.start())
    heading.senders = _read(text, begin, by_way.start() if by_way else to.start(), offset)
    through = _THROUGH.search(text, to.end(), end)
    stop = through.start() if through else end
    for_ = _FOR_BEHIND_BRACKET.search(text, to.end(), stop)
    heading.addressees = _read(text, to.end(), for_.start() if for_ else stop, offset)
    if for_ is not None:
        heading.addressees += _read(text, for_.end(), stop, offset)


def _read(text: str, begin: int, end: int, offset: int) -> tuple[Party, ...]:
    return who.parties(text[begin:end], offset + begin, "heading")


_WHOSE_MEETING = re.compile(  # "Notes of President Quibble’s Meeting With ..."
    r"\b(?:of|on|at|from)\s+(?P<who>(?:the\s+)?[A-Z][\w.-]*(?:\s[A-Z][\w.-]*)*)[’']s?\s+(?:[\w-]+\s+){0,2}(?:[Mm]eetings?|[Cc]onversations?|[Tt]alks?|[Dd]iscussions?|[Ll]unch(?:eon)?|[Dd]inner)\s*$"
)
_WHOSE_NOTES = re.compile(  # "President Quibble’s Handwritten Notes of a Conversation With ..."
    r"(?P<who>(?:the\s+)?[A-Z][\w.-]*(?:\s[A-Z][\w.-]*)*)[’']s?\s+(?:[\w-]+\s+){0,2}(?:[Nn]otes|[Mm]emorandum|[Rr]ecord|[Aa]ccount|[Ss]ummary|[Rr]eport)\s+(?:of|on)\s"
)
_THEN_BETWEEN = re.compile(r"(?<=\d,)\s+(?:between|among)\s+")
_RECORDED_BY = re.compile(
    r"(?<!Action)(?<!Decision)[\s,]+(?:[Pp]repared\s+)?[Bb]y\s+(?P<who>.+?)(?=\s+[Oo]f\s+(?:an?\s+|his\s+|the\s+)?(?:[Tt]elephone\s+)?(?:[Cc]onversation|[Mm]eeting|[Ii]nterview)|$)"
)


def _conversation(heading: Heading, text: str, begin: int, end: int, offset: int) -> None:
    by = _RECORDED_BY.search(text, begin, end)
    stop = end
    if by is not None and not re.search(
        r"\b(?:[Bb]etween|[Aa]mong|[Ww]ith)\b", text[begin : by.start()]
    ):
        writer = text[by.start("who") : by.end("who")]
        heading.drafters = _read(text, by.start("who"), by.start("who") + len(writer), offset)
        if by.end() >= end:
            return
    meeting = _MEETING.search(text, begin, stop)
    if meeting is None:
        stop = len(text)
        meeting = _THEN_BETWEEN.search(text, end, stop)
    if meeting is None:
        return
    last = _end_of_people(text, meeting.end(), stop)
    found = _read(text, meeting.end(), last, offset)
    if len(found) == 1 and meeting[0].strip().lower() == "among":  # a list without an "and"
        cuts = [m.span() for m in re.finditer(r",\s+|$", text[meeting.end() : last])]
        starts = [0, *(after for _, after in cuts)]
        found = tuple(
            one
            for begins, (ends, _) in zip(starts, cuts, strict=False)
            for one in _read(text, meeting.end() + begins, meeting.end() + ends, offset)
        )
    if meeting[0].strip().lower() == "with":
        host = _WHOSE_MEETING.search(text, begin, meeting.start())
        whose = _WHOSE_NOTES.match(text, begin, meeting.start())
        if heading.drafters:
            found = heading.drafters + found
        elif whose is not None:
            found = _read(text, *whose.span("who"), offset) + found
        elif host is not None:
            found = _read(text, *host.span("who"), offset) + found
    heading.participants = tuple(p for p in found if p.kind != "unknown" or len(p.name.split()) < 5)


def _end_of_people(text: str, begin: int, end: int) -> int:
    stop = re.compile(
        r",\s+(?:via|in|at|on|held|aboard|concerning|regarding|during)\s|(?<!\bMr)(?<!\bMrs)(?<!\bMessrs)(?<!\bMM)(?<!\bDr)(?<!\bHon)(?<!\bSt)(?<!\bGen)(?<!\bAdm)(?<!\bCol)(?<!\bCapt)(?<!\b[A-Z])\.\s+(?=[A-Z])|\s+(?:[Cc]oncerning|[Rr]egarding|[Oo]n [A-Z][a-z]+ \d|at the(?! United Nations| Embassy| Legation| Vatican| Holy See)|[Dd]uring|[Hh]eld)\b|,\s+[A-Z][\w. ]+,\s+[A-Z][\w. ]+$"
    ).search(text, begin, end)
    return stop.start() if stop else end
