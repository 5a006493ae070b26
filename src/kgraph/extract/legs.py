"""Transmission legs in running text: who handed what to whom, where, when, how.

Each verb of carrying opens a small frame: the words before it give the thing and,
in the active, the giver; the words behind it are read piece by piece as receiver,
carrier, means, place and time, in any order, until one is none of these. A frame
without a message in it is no leg: speeches, arms and blows are delivered too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

import msgspec
import yaml

from kgraph import shipped
from kgraph.extract import gazetteer, names, timewords
from kgraph.extract.sentences import sentences
from kgraph.model import Date, Leg, LegStatus, Party, PartyKind, Place

_NOUN = (
    r"(?:letters?|messages?|notes?|texts?|memorand(?:um|a)|telegrams?|cables?|repl(?:y|ies)|answers?|communications?|aide[- ]m[ée]moires?|documents?|papers?"
    r"|cop(?:y|ies)|originals?|translations?|invitations?|despatch|drafts?|oral statement|(?:written|prepared|following) statement|correspondence|response|proposals?|condolences|talking points|non-paper|ultimatum|envelope)"
)
_DEIXIS = re.compile(
    rf"\b(?:[Ff]ollowing|[Tt]his|[Tt]hese|[Ff]oregoing|[Aa]bove|[Tt]ext|[Oo]riginal|[Uu]nofficial translation|Embassy translation|Emb translation|translation)\b[^.;]{{0,60}}?|\b{_NOUN} (?:from|of|to|addressed)\b"
)
_NOUN_RE = re.compile(rf"\b{_NOUN}\b", re.I)
_NOT_SELF = re.compile(
    r"\b(?:summary|summaries|(?<!he )(?<!his )reports?|reports? (?:of|on|about)|accounts?|instructions?|speech|address(?!ed)|lecture|weapons?|arms|missiles?|aircraft|planes?|equipment|supplies|means|goods|fallout|recommendations?|memorandum of (?:the|a|his|that) conversation|record of (?:the|a) |minutes|speeches|remarks|testimony|toast|radioactive|jets?|material|materials)\b",
    re.I,
)
_VERBS = (
    r"handed|hand[- ](?:delivered|carried)|delivered|given|gave|transmitted|passed|conveyed|forwarded|sent|presented|returned|relayed|carried|brought|telephoned|cabled|wired|radioed"
    r"|pouched|air[- ]?pouched|couriered|broadcast|published|submitted|left|communicated|read|received|dispatched|despatched|mailed|airmailed|teletyped|telegraphed|transmits|deliver|hand|convey|transmit|pass|being carried|flown|attached|enclosed"
)
_ADVERB = r"(?:(?:also|then|personally|orally|later|recently|formally|immediately|today|informally|simultaneously|first|subsequently|already|now|finally|promptly|himself|directly|officially|privately|secretly|actually|just|has|had|have|thereupon|apparently)\s+)"
_TRIGGER = re.compile(
    rf"\b(?P<be>(?:was|were|been|being|is|are|be|to be|get|got)\s+{_ADVERB}*)?(?P<verb>{_VERBS})\b(?P<back>\s+back)?",
    re.I,
)
_AND_TRIGGER = re.compile(
    rf"and\s+(?:then\s+|released\b|{_TRIGGER.pattern.replace('?P<be>', '?:').replace('?P<verb>', '?:').replace('?P<back>', '?:')})",
    re.I,
)
_NAT = r"(?:(?:Soviet|Russian|British|French|American|U\.S\.|US|German|West German|East German|Chinese|Japanese|Italian|Indian|Israeli|Egyptian|Cuban|Polish|Turkish|Korean|Swiss|Swedish|Dutch|Belgian|Yugoslav|Canadian|Australian|Austrian|Spanish|Mexican|[A-Z][a-z]+(?:ian|ese|ish|ani|can|ean|ssian))\s+)"
_OFFICE = r"(?:(?:Deputy|Acting|Vice|First|Assistant|Under|Minister|Permanent)\s+)*(?:President(?!['’])|Prime Minister|Foreign Minister|Foreign Secretary|Secretary(?:\s+of\s+(?:State|Defense|War|the Treasury))?|Attorney General|Ambassador|Chargé(?:\s+d[’']Affaires)?|Charge(?:\s+d[’']Affaires)?|Minister|Chairman|Premier|Chancellor|King|Queen|Counselor|Consul(?:\s+General)?|Naval Aide|Military Attaché|Acting Secretary|Director|Chief\s+of\s+(?:the\s+)?\w+(?:\s+in\s+[A-Z]\w+)?|Naval\s+Attaché|Press\s+Secretary)"
_BODY = r"(?:Embassy|Embassies|Legation|Department(?:\s+of\s+\w+)?|White House|Foreign (?:Ministry|Office)|Ministry(?:\s+of\s+(?:Foreign\s+Affairs|\w+))?|Mission|Delegation|Consulate(?:\s+General)?|Government|State Department|Kremlin|Pentagon|Security Council|Presidium|Residency|Station|Headquarters|press|media|public|CIA|NSC|UN|United Nations|Congress)"
_AT_PLACE = r"(?:\s+(?:in|at)\s+(?:the\s+)?(?!White)[A-Z][\w.’-]*(?:\s(?!on\b)[A-Z][\w.’-]*){0,2})?"
_OF = rf"(?:\s+(?:of|for|on)\s+(?:the\s+)?(?!{timewords.MONTH})[A-Z][\w-]*(?:(?:\s+and)?\s+(?!{timewords.MONTH})[A-Z][\w-]*){{0,4}})"
_TO_PLACE = rf"(?:\s+(?:in|to)\s+(?:the\s+)?(?!White|{_NAT}?(?:Foreign|{_OFFICE}|{_BODY}))[A-Z][\w.’-]*(?:\s(?!on\b)[A-Z][\w.’-]*){{0,1}})?"
_PERSON_NAME = re.compile(
    rf"(?:the\s+)?(?P<pre>{_NAT}?(?:{names.TITLED}|(?:{_OFFICE}\s+(?:to\s+[A-Z]\w+\s+)?)*))(?P<name>{names.NAME})"
)
_TITLE_PARTY = re.compile(
    rf"(?:[Tt]he\s+|[Hh]is\s+|[Yy]our\s+|[Oo]ur\s+|[Mm]y\s+|[Aa]n?\s+)?(?:(?:President|Secretary)[’']s\s+)?"
    rf"(?P<name>{_NAT}?(?:{_OFFICE}(?:{_OF}|(?<=dor){_TO_PLACE}|(?<=ister){_TO_PLACE})?|(?:Council|Committee|Board|Bureau|Office){_OF}|{_BODY}(?:{_OF})?{_AT_PLACE}))(?!\w)"
)
_KIN = re.compile(
    r"(?P<name>(?:my|his|her|the President[’']s)\s+(?:brother|wife|son|aide|assistant|secretary|emissary|representative))\b"
)
_PRONOUN = re.compile(r"\b(?P<name>me|him|her|us|them|you|I|he|she|we|they)\b")
_NOT_NAMES = frozenset(
    str.split("""Text Following This The Embassy Department Telegram Document Moscow According Another Copy Letter Message Note Source Signed Original Russian English President Secretary Ambassador
    Transmitted Delivered Handed Sent Also Translation Emb Embtel Deptel Soviet Government Confidential Secret In On At By It When After Before Following For His Her Please Begin End Oral
    Although While However Regarding As Under Both Central Files Lot Correspondence Presidential Received Repeated Memorandum Mr""")
)
_MEANS: tuple[tuple[str, str], ...] = (
    (r"commercial (?:telegram|cable|wire)s?", "commercial telegram"),
    (r"(?:cipher(?:ed)?|coded|enciphered) (?:telegram|cable)s?", "cipher telegram"),
    (r"circular (?:telegram|cable)s?", "circular telegram"),
    (r"air[- ]?pouch(?:ed)?", "air pouch"),
    (r"(?:diplomatic |special |next |fast )?(?:pouch(?:ed)?|(?:diplomatic )?bag)", "pouch"),
    (r"(?:special |diplomatic |State Department |military |official |air )?(?:messenger|courier(?:ed)?|safe hand)s?", "courier"),
    (r"special emissar(?:y|ies)|(?:secret|private|personal|confidential) emissar(?:y|ies)", "special emissary"),
    (r"hot ?line|direct (?:communications?|teletype) link|MOLINK|[Ww]ashington-Moscow (?:direct )?(?:line|link)", "hot line"),
    (r"telephone(?:d)?|phoned?", "telephone"),
    (r"teletyp(?:e|ed)(?:writer)?|telecon|telex", "teletype"),
    (r"airgram(?: [A-Z]?[–-]?\d+)?", "airgram"),
    (r"(?:air ?)?mail(?:ed)?|post|registered mail", "mail"),
    (r"press release|release to the press", "press release"),
    (r"radio(?:ed)?|wireless(?: telegraph)?|naval radio", "radio"),
    (r"(?:unnumbered )?(?:despatch|dispatch)(?: (?:No\. )?\d+)?", "despatch"),
    (r"(?:private |special |secret |back |backchannel |CIA |confidential |naval |military )+(?:back ?)?channels?|back ?channel", "not stated"),
    (r"hand|bearer", "hand delivery"),
    (r"(?:[A-Za-z]+ )?(?:telegrams?|cables?|wire)(?: (?:Nos?\. )?\d+)?|(?:Secto|Tosec|Dulte|Tedul|Embtel|Deptel|Topol|Polto|Hakto|Tohak|State|Depcirtel|Unsec|Cahto|Tocah)s? \d+", "telegram"),
)  # fmt: skip
_MEANS_RE = [(re.compile(p, re.I if p[0] != "(" else 0), mode) for p, mode in _MEANS]
_BACK = re.compile(
    r"special emissar|emissaries|private channel|back ?channel|[Pp]en [Pp]al|through my brother|confidential channel|special channel|secret channel|for (?:the )?\w+[’']s eyes only|outside (?:normal|official|regular|diplomatic) channels|“[Cc]hannel”|the Channel\b",
    re.I,
)
_FILLER = re.compile(
    r"\s*(?:,\s*)?(?:personally|orally|immediately|simultaneously|directly|yesterday|also|in person|in confidence|informally|formally|officially|privately|secretly|as soon as possible|for (?:delivery|transmission|translation|information|approval)|on behalf of (?:the )?[A-Z][\w]+(?:\s[A-Z]\w+)?|who said[^.;]*|EST|EDT|local time|Moscow time|Washington time|it|this (?:letter|message|note)|editor of [^,.;]+|the (?:letter|message|note|text))\b"
)  # fmt: skip
_PLACE = re.compile(
    r"(?:in|at|from|aboard)\s+(?P<name>(?:the\s+)?(?:(?:Soviet|American|British|French|U\.S\.)\s+)?(?:[A-Z][\w.’-]*|his (?:office|residence|apartment|dacha))(?:\s+(?:of\s+(?:the\s+)?)?(?!on\b)[A-Z][\w.’-]*){0,4}(?:\s+(?:in|,)\s+[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)?)"
)


_ASKED_TO = re.compile(r"\b(?:to|[Pp]lease|should|shall|may|will|would)\s+(?:\w+ly\s+)?$")


_ORDERS = frozenset(("hand", "deliver", "convey", "transmit", "pass"))


_OTHER_POSTS = frozenset(  # consulates, missions and conferences
    str.split("""Geneva Berlin Jerusalem Istanbul Munich Frankfurt Hamburg Calcutta Bombay Madras Salonika Naples Milan Genoa Trieste Singapore Zagreb
    Shanghai Canton Aleppo Alexandria Dhahran Tabriz Isfahan Lahore Chittagong Dacca Leningrad Kiev Montreal Toronto Johannesburg Algiers Washington USUN""")
) | {"Hong Kong", "New York", "Cape Town", "West Berlin", "the Department"}  # fmt: skip


@dataclass(slots=True)
class _Frame:
    """What one verb gathers."""

    start: int
    end: int
    verb: str
    passive: bool
    giver: list[Party] = field(default_factory=list)
    carrier: list[Party] = field(default_factory=list)
    receiver: list[Party] = field(default_factory=list)
    mode: str | None = None
    mode_text: str | None = None
    place: Place | None = None
    place_to: Place | None = None
    date: Date | None = None
    status: LegStatus = "stated"
    enclosure: bool = False


def find_legs(
    text: str,
    offset: int = 0,
    *,
    sender: Party | None = None,
    addressee: Party | None = None,
    date: Date | None = None,
    writer: Party | None = None,
    where: str = "body",
) -> list[Leg]:
    """Legs that a cover, a body or a note tells of, in the order of the words.

    `text` is a passage of the record's text, beginning there at `offset`. `sender`
    and `addressee` are those of the message that travels; `writer` is who says "I"
    and "me" (the ambassador who reports that a letter was handed him); `date` is
    that of the document, from which "today" counts and which lends its year.
    `where` is "note" for source notes and editors' footnotes, "body" for the words
    of the document itself, which are read more strictly: only what is said of "this"
    or "the following" message counts, not every note that the text speaks of.

    >>> leg, = find_legs("This letter was handed to Doe by Roe at Geneva on May 3.", where="note")
    >>> leg.from_.name, leg.to.name, leg.mode, leg.place.name, leg.date.text
    ('Roe', 'Doe', 'hand delivery', 'Geneva', 'May 3')
    """
    if not _WORTH.search(text):
        return []
    year = (
        int(date.edtf[:4]) if date is not None and date.edtf and date.edtf[:4].isdigit() else None
    )
    reader = _LegReader(text, offset, sender, addressee, date, year, writer, where)
    return reader.read()


_WORTH = re.compile(
    rf"\b(?:{_VERBS}|released|issued|commercial (?:telegram|cable)|emissar\w+|press release|pouch\w*|courier|messenger|hot ?line|telephon\w+|oral statement|(?:send|sending|forwarding) (?:you )?this|enclosure|under cover|channel|delivery|presentation)\b",
    re.I,
)


class _LegReader:
    def __init__(
        self, text: str, offset: int, sender: Party | None, addressee: Party | None,
        date: Date | None, year: int | None, writer: Party | None, where: str,
    ) -> None:  # fmt: skip
        self.text, self.offset, self.where = text, offset, where
        self.sender, self.addressee, self.writer = sender, addressee, writer
        self.date, self.year = date, year
        self.back = bool(_BACK.search(text)) if where == "note" else False
        self.giver: Party | None = None
        self.named: list[Party] = []  # persons named so far in the sentence, for "him"

    def read(self) -> list[Leg]:
        legs: list[Leg] = []
        for a, b in sentences(self.text):
            if self.where == "body" and not self.worth_reading(a, b):
                continue
            self.named = []
            found = self.idioms(a, b)
            phrases = [(leg.start or 0, leg.end or 0) for leg in found]
            for frame in self.frames(a, b):
                if not any(
                    x < frame.end + self.offset and frame.start + self.offset < y
                    for x, y in phrases
                ):
                    found.append(self.leg(frame))
            legs.extend(sorted(found, key=lambda leg: leg.start or 0))
        return [msgspec.structs.replace(leg, index=i) for i, leg in enumerate(legs, 1)]

    def worth_reading(self, a: int, b: int) -> bool:
        piece = self.text[a:b]
        if not _WORTH.search(piece):
            return False
        if _TELEPHONED.search(piece):
            return True
        if a < 800 and re.search(
            rf"\b[Ff]ollowing\s+(?:is\s+|are\s+)?(?:[\w.’']+\s+){{0,6}}?{_NOUN}\b|\b[Hh]erewith\b|\b[Tt]his {_NOUN}\b|translation follows of",
            piece,
        ):
            return True
        if re.match(
            r"(?:Text|Signed original|Original|Russian text|Embassy translation|Emb translation|Unofficial translation)\b(?! of (?:the|his|a)\b)",
            piece,
        ):
            return True
        return (
            a < 300
            and re.match(
                rf"(?:The\s+)?(?:\w+\s+){{0,3}}{_NOUN}\s+(?:from|to|addressed|handed|delivered|transmitted|conveyed)\b",
                piece,
                re.I,
            )
            is not None
        )

    # -- set phrases ---------------------------------------------------------------------

    def idioms(self, a: int, b: int) -> list[Leg]:
        text, found = self.text, []
        note = self.where == "note"
        if note and (m := _TRANSLATION_OF.search(text, a, b)):
            found.append(
                self.simple(
                    m,
                    "commercial telegram" if "commercial" in m["tel"] else "telegram",
                    place=m.span("place") if m["place"] else None,
                    channel="commercial telegram" if "commercial" in m["tel"] else None,
                )
            )
        if note and (m := _TRANSLATED_BY.search(text, a, b)):
            by = Party(
                name=m["body"],
                kind="body",
                start=self.offset + m.start("body"),
                end=self.offset + m.end("body"),
            )
            found.append(
                Leg(
                    index=0,
                    by=by,
                    mode="translation",
                    series="processing",
                    start=self.offset + m.start(),
                    end=self.offset + m.end(),
                    rule="leg-translation",
                )
            )
        if m := _RELEASED.search(text, a, b):
            by_party = self.party(m.start("by"), b) if m["by"] else None
            if by_party is None and (issuer := _RELEASE_OF.search(text, a, m.start())):
                by_party = self.make(issuer, "body"), issuer.end()
            leg = self.simple(
                m, "press release", when=m.span("when") if m["when"] else None, channel="press"
            )
            found.append(
                msgspec.structs.replace(
                    leg,
                    from_=by_party[0] if by_party else leg.from_,
                    to=Party(name="press", kind="group"),
                )
            )
        if m := _ORIGINAL_BY.search(text, a, b):
            mode = self.means(m.start("means"), m.end("means"))
            leg = self.simple(m, mode[0] if mode else "not stated")
            found.append(
                msgspec.structs.replace(
                    leg,
                    mode_text=m["means"],
                    status="intended" if "will" in m.group() or "follow" in m.group() else "stated",
                )
            )
        if note and (m := _LETTER_OF_TRANSMITTAL.search(text, a, b)):
            giver, taker = self.party(m.start("a"), b), self.party(m.start("b"), b)
            leg = self.simple(m, "enclosure")
            found.append(
                msgspec.structs.replace(
                    leg,
                    from_=giver[0] if giver else None,
                    to=taker[0] if taker else None,
                    mode_text=m["how"],
                    note="with a covering paper",
                )
            )
        if note and (m := _UNDER_COVER.search(text, a, b)):
            giver, taker = self.party(m.start("a"), b), self.party(m.start("b"), b)
            leg = self.simple(m, "enclosure")
            found.append(
                msgspec.structs.replace(
                    leg,
                    from_=giver[0] if giver else None,
                    to=taker[0] if taker else None,
                    mode_text="under cover",
                )
            )
        if note and (m := _ELSEWHERE.search(text, a, b)):
            leg = self.simple(m, "not stated")
            found.append(
                msgspec.structs.replace(leg, status="elsewhere", note=" ".join(m["see"].split()))
            )
        if m := _SAID.search(text, a, b):
            taker = self.party(m.end(), b)
            speaker = self.party_before(a, m.start())
            if taker is not None and speaker is not None:
                when = timewords.WHEN_RE.search(text, taker[1], min(b, taker[1] + 40))
                leg = self.simple(m, "oral", when=when.span() if when else None)
                found.append(
                    msgspec.structs.replace(leg, from_=speaker, to=taker[0], mode_text="oral")
                )
        if not note and (m := _BEARER.search(text, a, b)):
            bearer = self.party(m.end(), b)
            if bearer is not None and bearer[0].kind in ("person", "office"):
                leg = self.simple(m, "hand delivery")
                found.append(msgspec.structs.replace(leg, by=bearer[0], mode_text="by the hand of"))
        if not note and (m := _TELEPHONED.search(text, a, b)):
            speaker = self.party_before(a, m.start())
            if speaker is not None:
                leg = self.simple(m, "telephone", place=m.span("place") if m["place"] else None)
                found.append(
                    msgspec.structs.replace(
                        leg, from_=speaker, to=self.writer, mode_text="telephoned", date=self.date
                    )
                )
        if note and (m := _MESSAGE_RECEIVED.search(text, a, b)):
            taker = self.party(m.start("by"), b)
            if taker:
                leg = self.simple(m, "not stated")
                found.append(
                    msgspec.structs.replace(
                        leg, to=taker[0], channel=self.channel([], [taker[0]], leg.channel)
                    )
                )
        return found

    def simple(
        self,
        m: re.Match[str],
        mode: str,
        *,
        place: tuple[int, int] | None = None,
        when: tuple[int, int] | None = None,
        channel: str | None = None,
    ) -> Leg:
        return Leg(
            index=0, from_=self.sender, to=self.addressee, mode=mode, channel=channel,
            place=self.place_at(*place) if place else None,
            date=timewords.read_date(self.text, *when, self.offset, year=self.year, near=self.date) if when else None,
            start=self.offset + m.start(), end=self.offset + m.end(), rule="leg-phrase",
        )  # fmt: skip

    # -- frames --------------------------------------------------------------------------

    def frames(self, a: int, b: int) -> list[_Frame]:
        frames: list[_Frame] = []
        for m in _TRIGGER.finditer(self.text, a, b):
            if frames and m.start() < frames[-1].end:
                continue
            if self.where == "note" and self.text.count("“", 0, m.start()) > self.text.count(
                "”", 0, m.start()
            ):
                continue  # quoted words are another paper's
            frame = self.frame(m, a, b)
            if frame is not None:
                frames.append(frame)
        return frames

    def frame(self, m: re.Match[str], a: int, b: int) -> _Frame | None:
        text = self.text
        verb = m["verb"].lower()
        left = text[a : m.start()]
        right = text[m.end() : b]
        by_next = re.match(r"\s+(?:\w+ly\s+)?by\s+(?!hand\b)", right) is not None
        giver_found: Party | None = None
        after_by = re.match(r"[^.;,]{0,50}?\bby\s", right) is not None
        sentence_first = (
            not left.strip(' (“"')
            or re.fullmatch(r"\s*(?:It|Also|Originally|The source text,)\s*", left) is not None
        )
        after_drafting = (
            re.match(
                r"(?:Drafted|Prepared|Approved|Cleared|Signed|Dictated|Secret|Top Secret|Confidential)\b",
                left,
            )
            is not None
            and re.search(r"(?:\band|[,;])\s*$", left) is not None
        )
        sentence_first = sentence_first or after_drafting
        passive = bool(m["be"]) or sentence_first
        clause_left = re.split(
            r"[;:]|, (?:and|but) |\bthat\b|\bwhen\b|\bafter\b|\bstating\b|, who\b", left
        )[-1]
        if (
            verb in ("hand", "deliver", "convey", "transmit", "pass", "deliver")
            and not _ASKED_TO.search(left)
            and not (self.where == "body" and not left.strip(' (“"'))
            and not m["be"]
        ):
            return None
        if re.search(r"\b(?:no indication|not|never|no record)\b[^.;]{0,60}$", left):
            return None
        if (
            self.where == "note"
            and re.match(
                r"\s*(?:In|According to)\s+(?:telegrams?|airgrams?|despatch|an?\s|his\s)[^.;]*$",
                left,
            )
            and re.match(r"\s*In\s", left)
        ):
            return None  # what another document carried
        if not m["be"] and re.search(rf"\b(?:as|(?:from|in|than|to) the {_NOUN})\s*$", left):
            return None  # "the note as sent", "omitted from the memorandum forwarded to"
        self.named = self.names_in(a, m.start())
        self.giver = None
        infinitive = verb in _ORDERS
        noun_left = _NOUN_RE.search(clause_left) or re.search(
            r"\b(?:[Ii]t|[Tt]his|text)\b"
            if not _NOUN_RE.search(left)
            else r"\b(?:[Ii]t|[Tt]his|which|text)\b",
            clause_left,
        )
        noun_right = _NOUN_RE.search(re.split(r"[.;]|, (?:who|and|which)", right)[0][:90])
        if re.match(r"\s+(?:to|by|in|at|on|from)\s", right):
            noun_right = None  # the thing stands before the verb, or nowhere
        if passive:
            if not (noun_left or sentence_first):
                return None
        elif infinitive:
            if not (noun_left or noun_right):
                return None
        else:
            giver = None if by_next and noun_left else self.party_before(a, m.start())
            it_next = re.match(r"\s+(?:it|them|this|same)\b", right) is not None
            if giver is None and it_next and re.search(r"(?:,|\band|\bthen|\bwho)\s*$", left):
                people = self.names_in(a, m.start())
                giver = people[-1] if people else None
                noun_left = None
            noun_right = noun_right or (re.match(r"\s+it\b", right) if it_next else None)
            reduced = noun_left is not None and (
                giver is None
                or re.search(rf"{_NOUN}[,)”\"]*\s*(?:{_ADVERB})*$", clause_left + " ", re.I)
                is not None
            )
            if giver is None and not reduced:
                # "letter from X to Y delivered to Embassy by messenger"
                if noun_left and (after_by or re.match(r"\s+(?:to|me|by|him|us)\b", right)):
                    reduced = True
                else:
                    return None
            if giver is not None and not reduced:
                if (
                    re.search(
                        rf"{_NOUN}\s+(?:dated\s+{timewords.DATE}\s+)?(?:from|to|of|addressed to)\s+[^.;]{{2,60}}$",
                        clause_left,
                        re.I,
                    )
                    and (re.match(r"\s+(?:to|by|me)\b", right))
                    and not _NOUN_RE.search(right[:60])
                ):
                    reduced, giver = True, None
                elif not noun_right and not (
                    noun_left and re.search(r"\b(?:which|that|and|,)\b", clause_left)
                ):
                    return None
            if giver is None:
                passive = True
            giver_found = giver
        if verb in (
            "attached",
            "enclosed",
            "read",
            "left",
            "published",
            "given",
            "gave",
            "sent",
            "received",
            "submitted",
            "presented",
            "brought",
            "carried",
            "communicated",
            "passed",
            "returned",
            "attached",
        ) and not self.sure(verb, m, left, right):
            return None
        if (
            not passive
            and self.where == "note"
            and re.match(
                r"\s+(?:an?|another)\s+(?!(?:\w+\s+){0,2}(?:cop(?:y|ies)|translation|text|version)\b)",
                right,
            )
        ):
            return None  # another paper than this
        if (
            not passive
            and self.where == "note"
            and re.match(
                r"\s+(?:[A-Z]\w+\s+)?(?:telegrams?|airgrams?|despatch(?:es)?|cables?|[Tt]osec|[Ss]ecto)\s+[\dA-Z]",
                right,
            )
        ):
            return None  # a paper with a number of its own
        if (
            not m["be"]
            and not sentence_first
            and verb in ("sent", "given", "left", "brought", "carried", "passed", "presented")
            and passive
            and not re.search(rf"{_NOUN}(?:\s\w+)?,?\s*$", clause_left, re.I)
        ):
            return None
        if (
            self.where == "body"
            and not passive
            and (
                (giver_found is not None and giver_found.note == "“you”")
                or not re.search(
                    r"\b(?:[Ff]ollowing|[Tt]his|[Hh]erewith)\b|which\s", left[-60:] + right[:60]
                )
            )
        ):
            return None
        if (
            self.where == "note"
            and verb == "sent"
            and re.fullmatch(r"\s*(?:Also)?\s*", left)
            and re.match(r"\s+to\b", right)
            and "cover" not in right
            and "courier" not in right
            and "pouch" not in right
        ):
            return None  # read as copies
        thing = clause_left if passive else right[:80]
        if _NOT_SELF.search(thing) and not re.search(rf"\b(?:this|the source) (?:{_NOUN})", thing):
            return None
        frame = _Frame(
            start=a + len(left) - len(left.lstrip()) if sentence_first else m.start(),
            end=m.end(),
            verb=verb,
            passive=passive,
        )
        self.giver = giver_found
        if not passive and not infinitive:
            giver = giver_found
            if giver is not None:
                frame.giver.append(giver)
                joined = (
                    re.search(
                        r"(?:,?\s+and|,)\s+(?:the\s+)?$", text[a : (giver.start or 0) - self.offset]
                    )
                    if giver.rule == "leg-party"
                    else None
                )
                other = self.party_before(a, a + joined.start()) if joined else None
                if other is not None and other.rule == "leg-party":
                    frame.giver.append(other)
                frame.start = min(frame.start, (giver.start or frame.start) - self.offset)
        told = (
            re.search(
                r"\s(?:was|were|is|had been|has been)\s+(?:instructed|asked|requested|directed|told)\s+to\s+(?:\w+ly\s+)?$",
                left,
            )
            if infinitive
            else None
        )
        if told is not None and (agent := self.party_before(a, a + told.start())) is not None:
            frame.giver.append(agent)
        if infinitive and (
            f := re.search(r"\bfor\s+(?=(?:the\s+)?[A-Z][^.;,]{2,60}\s+to\s+(?:\w+ly\s+)?$)", left)
        ):
            bearer = self.party(a + f.end(), m.start())
            if bearer is not None and re.fullmatch(
                r"\s+to\s+(?:\w+ly\s+)?", text[bearer[1] : m.start()]
            ):
                frame.giver.append(bearer[0])
        if infinitive or re.search(
            r"\b(?:should|to|will|would|was instructed to|instructions? that (?:it|the \w+))\s+(?:be\s+)?$",
            left + (m["be"] or ""),
        ):
            frame.status = "intended"
        self.adjuncts(frame, m.end(), b)
        self.finish(frame, m, left)
        if (
            self.where == "body"
            and frame.mode == "not stated"
            and not (frame.giver and frame.receiver)
        ):
            return None
        if frame.mode == "not stated" and not (
            frame.giver or frame.receiver or frame.carrier or frame.place
        ):
            return None
        if not (
            frame.giver
            or frame.receiver
            or frame.carrier
            or frame.mode_text
            or frame.place
            or (frame.date and self.where == "note")
        ):
            return None
        return frame

    def sure(self, verb: str, m: re.Match[str], left: str, right: str) -> bool:
        """Verbs of many meanings count only where the rest of the frame is clear."""
        if re.match(r"\s+to\s+(?:the\s+)?(?:\w+(?:[’']s)?\s+){0,2}(?:attention|notice)\b", right):
            return False
        if self.where == "body" and verb == "read":
            return False
        if verb in ("attached", "enclosed"):
            return False
        if verb == "received":
            return (
                re.search(r"\b(?:from|through|via)\s+(?:the\s+)?[A-Z]", right[:60]) is not None
                and bool(m["be"])
                and "translation as" not in left
            )
        if verb == "read":
            return (
                re.match(
                    r"\s+(?:it|this|the (?:letter|message|note|text))?\s*(?:to|over the)\s", right
                )
                is not None
                and _NOUN_RE.search(left + right) is not None
            )
        if verb == "published":
            return re.match(r"\s+by\s+[A-Z]", right) is not None
        if verb in ("returned",):
            return (
                re.match(rf"\s+(?:it|them|the {_NOUN}|this {_NOUN})?\s*(?:to\b|by\b|\()", right)
                is not None
            )
        if verb in (
            "sent",
            "given",
            "gave",
            "passed",
            "submitted",
            "presented",
            "brought",
            "carried",
            "communicated",
            "left",
        ):
            to = (
                re.match(r"\s+(?:[\w’'“”]+\s+){0,7}?(?:to|by|through|via|me|him|with)\b", right)
                is not None
            )
            if re.match(
                r"\s+(?:to\s+)?(?:the|my|his|your)?\s*(?:\w+\s+)?(?:attention|notice)|\s+to\s+(?:the|my|his|your)\s+(?:\w+[’']s\s+)?(?:attention|notice)",
                right,
            ):
                return False
            if re.match(r"\s+(?:for\s+(?:action|information)|up|in\s+(?:two|three))", right):
                return False
            return to
        return True

    def adjuncts(self, frame: _Frame, at: int, b: int) -> None:
        """Receiver, carrier, means, place, time, in any order, from `at` on."""
        text = self.text
        end = at
        skipped = 0
        while at < b:
            while at < b and text[at] in " ,\n\t(":
                at += 1
            if at >= b:
                break
            nxt = self.adjunct(frame, at, b)
            if nxt is None:
                if _TRIGGER.match(text, at, b) or _AND_TRIGGER.match(text, at, b):
                    break
                if m := _FILLER.match(text, at, b):
                    at = m.end()
                    continue
                # the thing carried stands between the verb and its receiver
                word = re.compile(r"[^\s,;.]+|.").match(text, at, b)
                skipped += 1
                if (
                    word is None
                    or skipped > 14
                    or text[at] in ".;:)"
                    or (
                        re.match(
                            rf"(?:who|which|that|but|when|because|where|and|after|before|following(?!\s+(?:\w+\s+){{0,4}}{_NOUN})|informing|stating)\b",
                            text[at:b],
                        )
                        and not re.match(
                            r"and (?:to|by|at|on)\b|and was (?:given|handed|delivered)", text[at:b]
                        )
                    )
                ):
                    break
                if frame.receiver and (frame.date or frame.place) and skipped > 3:
                    break
                at = word.end()
                continue
            at = end = nxt
            skipped = max(skipped - 4, 0)
        frame.end = max(end, frame.end)

    def adjunct(self, frame: _Frame, at: int, b: int) -> int | None:
        text = self.text
        first = (
            not frame.receiver
            and not frame.carrier
            and frame.date is None
            and frame.mode_text is None
        )
        if m := re.compile(r"(?:to|and to)\s+(?=\S)").match(text, at, b):
            if frame.receiver:
                again = self.party(m.end(), b)
                last_end = (frame.receiver[-1].end or 0) - self.offset
                if again is None or len(frame.receiver) > 1 or text[last_end:at].strip():
                    return None
                frame.receiver.clear()  # "a message to A to B": B gets it
                return self.several(frame.receiver, again, b)
            if got := self.party(m.end(), b):
                return self.several(frame.receiver, got, b)
            if (
                m2 := re.compile(r"(?:the\s+)?(?P<n>[A-Z][\w-]+(?:\s[A-Z]\w+)?)").match(
                    text, m.end(), b
                )
            ) and gazetteer.is_place(m2["n"]):
                frame.receiver.append(
                    Party(
                        name=m2["n"],
                        kind="body",
                        start=self.offset + m2.start("n"),
                        end=self.offset + m2.end("n"),
                    )
                )
                return m2.end()
            return None
        if m := re.compile(
            r"(?:by|via|through|over|on|in|as|under|with)\s+(?:(?:an?|the|his|their|its)\s+)*(?=\S)"
        ).match(text, at, b):
            prep = m.group().split()[0].lower()
            if prep == "with" and frame.verb == "left" and not frame.receiver:
                keeper = self.party(m.end(), b)
                return self.several(frame.receiver, keeper, b) if keeper else None
            if prep in ("as", "under", "with") or (
                prep == "in" and re.match(r"a\s+letter", text[m.end() - 2 : b])
            ):
                e = re.compile(
                    r"(?:as\s+(?:an?\s+)?(?:[Ee]nclosure|[Aa]ttachment)(?:\s\d+)?\s+(?:to|in)|under\s+(?:cover\s+of|(?:an?|his)\s+(?:attached\s+)?(?:\w+\s\d{1,2}\s+)?covering)|with\s+(?:an?\s+)?covering)\s+(?P<what>(?:an?\s+|the\s+|his\s+)?[^.;,]{3,80})"
                ).match(text, at, b)
                if e is None:
                    return None
                frame.enclosure = True
                w = e.start("what")
                stop = e.end()
                got_mode = self.means(w, e.end())
                frame.mode_text = frame.mode_text or " ".join(e.group().split())[:90]
                if got_mode:
                    frame.mode = got_mode[0]
                    stop = self.means_tail(frame, got_mode[1], b)
                else:
                    frame.mode = frame.mode or "enclosure"
                    stop = w
                    ft = re.compile(r"from\s+(?=\S)").search(text, w, e.end())
                    cover_from = self.party(ft.end(), b) if ft and not frame.giver else None
                    if cover_from is not None:
                        frame.giver.append(cover_from[0])
                        stop = cover_from[1]
                        t = re.compile(r"\s+to\s+").match(text, stop, b)
                        cover_to = self.party(t.end(), b) if t else None
                        if cover_to is not None:
                            if not frame.receiver:
                                frame.receiver.append(cover_to[0])
                            stop = cover_to[1]
                return stop
            if prep == "by" and (
                hand := re.compile(r"(?:own )?hands?\s+of\s+(?=[A-Z])").match(text, m.end(), b)
            ):
                bearer = self.party(hand.end(), b)
                if bearer is not None:
                    frame.mode = frame.mode or "hand delivery"
                    frame.mode_text = frame.mode_text or "by the hand of"
                    return self.several(frame.carrier, bearer, b)
            got_mode = self.means(m.end(), b)
            if (
                got_mode
                and not (prep == "on" and got_mode[0] not in ("hot line", "telephone"))
                and not (prep == "in" and got_mode[0] in ("hand delivery", "mail", "radio"))
            ):
                frame.mode = frame.mode or got_mode[0]
                frame.mode_text = frame.mode_text or " ".join(text[m.end() : got_mode[1]].split())
                return self.means_tail(frame, got_mode[1], b)
            if prep in ("by", "through", "via") and (got := self.party(m.end(), b)):
                if prep == "by" and frame.passive:
                    return self.several(frame.giver, got, b)
                return self.several(frame.carrier, got, b)
        if (
            first
            and (m := _PRONOUN.match(text, at, b))
            and m["name"] in ("me", "him", "us", "her", "you", "them")
        ):
            party = self.pronoun(m)
            if party is not None:
                frame.receiver.append(party)
            return m.end()
        if (
            first
            and frame.verb in ("handed", "gave", "sent", "given", "hand")
            and (got := self.party(at, b))
            and got[0].kind != "unknown"
        ):
            return self.several(frame.receiver, got, b)
        if frame.date is None and (m := timewords.WHEN_RE.match(text, at, b)) and m.group().strip():
            stop = m.end()
            if t := re.compile(
                rf"(?:,?\s*(?:Moscow|local|Washington)\s+time)?,?\s*(?:on\s+)?{timewords.WHEN}"
            ).match(text, stop, b):
                stop = t.end()
            frame.date = timewords.read_date(
                text, at, stop, self.offset, year=self.year, near=self.date
            )
            return stop
        if m := re.compile(r"from\s+(?=(?:the\s+)?[A-Z])").match(text, at, b):
            got = self.party(m.end(), b)
            if got is not None and frame.verb in _ORDERS:
                return got[1]  # whose message is to be delivered
            if got is not None and not frame.giver and not gazetteer.is_place(got[0].name):
                return self.several(frame.giver, got, b)
        before_when = re.compile(rf"(?:on|at|about|at about)\s+(?={timewords.WHEN})").match(
            text, at, b
        )
        hour = timewords.WHEN_RE.match(text, before_when.end(), b) if before_when else None
        if hour is not None and frame.date is None:
            frame.date = timewords.read_date(
                text, hour.start(), hour.end(), self.offset, year=self.year, near=self.date
            )
            return hour.end()
        if (m := _PLACE.match(text, at, b)) and frame.place is None:
            if (
                text[at : at + 4] == "from"
                and re.match(r"from\s", text[at:b])
                and (
                    (got := self.party(at + 5, b))
                    and not gazetteer.is_place(m["name"])
                    and got[0].kind != "unknown"
                )
            ):
                return self.several(frame.giver, got, b)
            if re.match(
                r"(?:English|Russian|French|German|Chinese|Spanish|Full|Part)\b", m["name"]
            ):
                return m.end()
            frame.place = self.place_at(*m.span("name"))
            return m.end()
        return None

    def means_tail(self, frame: _Frame, at: int, b: int) -> int:
        """ "... 2562 from Moscow, April 11", "... from Gromyko to me"."""
        m = re.compile(
            rf"\s*(?:(?:Nos?\.\s*)?\d[\d/-]*(?![:.\d]|\s?[ap]\.\s?m)\s*)?(?:(?P<dir>from|to)\s+(?P<place>(?:the\s+)?[A-Z][\w.’-]*(?:\s(?!on\b)[A-Z][\w.’-]*)?))?(?:\s+to\s+(?P<to>(?:the\s+)?[A-Z][\w.’-]*(?:\s[A-Z][\w.’-]*)*|me))?(?:,?\s*(?:of|on|dated)?\s*(?P<when>{timewords.DATE}))?"
        ).match(self.text, at, b)
        if m is None:
            return at
        if m["dir"] == "from" and m["place"]:
            words = m["place"].removeprefix("the ")
            if gazetteer.is_place(words) or frame.mode in (
                "telegram",
                "despatch",
                "airgram",
                "cipher telegram",
                "embassy cable",
            ):
                frame.place = frame.place or self.place_at(*m.span("place"))
            else:
                return m.start("dir")
        elif m["dir"] == "to" and m["place"] and not frame.receiver:
            named = self.party(m.start("place"), b)
            if named is not None:
                frame.receiver.append(named[0])
                if named[1] > m.end("place"):
                    return named[1]
            else:
                name = m["place"].removeprefix("the ").rstrip(".,")
                begin = m.end("place") - len(m["place"].removeprefix("the "))
                frame.receiver.append(
                    Party(
                        name=name,
                        kind="body",
                        start=self.offset + begin,
                        end=self.offset + begin + len(name),
                    )
                )
        if m["when"] and frame.date is None:
            frame.date = timewords.read_date(
                self.text, *m.span("when"), self.offset, year=self.year
            )
        return m.end()

    def finish(self, frame: _Frame, m: re.Match[str], left: str) -> None:
        verb = frame.verb
        whole = self.text[frame.start : frame.end]
        if m["back"] or verb == "returned":
            frame.mode = "return"
        elif (
            frame.mode == "telegram"
            and frame.mode_text
            and re.search(
                r"\d|Secto|Tosec|Dulte|Tedul|Embtel|Deptel", self.text[m.end() : frame.end]
            )
        ):
            frame.mode = "embassy cable"
        elif frame.mode is None:
            verbs = {
                "telephoned": "telephone", "cabled": "telegram", "wired": "telegram", "telegraphed": "telegram", "radioed": "radio", "pouched": "pouch",
                "couriered": "courier", "broadcast": "broadcast", "mailed": "mail", "airmailed": "mail", "teletyped": "teletype", "read": "oral", "published": "press",
            }  # fmt: skip
            if verb in verbs:
                frame.mode = verbs[verb]
            elif verb.replace("-", "").replace(" ", "").startswith("airpouch"):
                frame.mode = "air pouch"
            elif verb.startswith("hand") or verb in (
                "delivered",
                "deliver",
                "given",
                "gave",
                "presented",
                "passed",
                "pass",
                "left",
                "brought",
                "carried",
                "being carried",
                "flown",
            ):
                frame.mode = "hand delivery"
            elif verb in ("conveyed", "convey", "communicated") and re.search(
                r"\boral", whole + left
            ):
                frame.mode = "oral"
            elif verb == "released":
                frame.mode = "press release"
            elif re.search(r"special emissar", whole):
                frame.mode = "special emissary"
            else:
                frame.mode = "not stated"
        if (
            frame.mode == "not stated"
            and frame.giver
            and frame.receiver
            and re.search(r"Ministry|Department|Foreign Office", frame.giver[0].name)
            and re.search(r"Embassy|Legation|Mission", frame.receiver[0].name)
        ):
            frame.mode = "embassy cable"
        if (frame.date is None or not frame.passive) and (
            lead := re.match(
                rf"(?:At\s+(?:about\s+)?{timewords.CLOCK}\s+)?[Oo]n\s+(?P<d>{timewords.DATE})|At\s+(?P<t>{timewords.CLOCK}(?:,?\s+(?:on\s+)?{timewords.DATE})?)",
                left,
            )
        ):
            group = "d" if lead["d"] else "t"
            base = m.start() - len(left)
            frame.date = timewords.read_date(
                self.text,
                base + lead.start(group),
                base + lead.end(group),
                self.offset,
                year=self.year,
                near=self.date,
            )
        if (
            verb == "passed"
            and frame.mode == "hand delivery"
            and frame.receiver
            and frame.receiver[0].kind == "body"
            and not frame.giver
        ):
            frame.mode = "distribution"
        if (
            frame.mode == "not stated"
            and frame.receiver
            and re.search(r"\b[Cc]op(?:y|ies)\b[^.;]{0,60}$", left)
            and verb in ("sent", "given", "forwarded", "transmitted")
        ):
            frame.mode = "distribution"
        if (
            verb == "pass"
            and frame.mode == "hand delivery"
            and frame.receiver
            and (frame.receiver[0].kind == "body" or frame.receiver[0].name.isupper())
        ):
            frame.mode = "distribution"
        if re.search(r"\borally\b", whole) and frame.mode in ("hand delivery", "not stated"):
            frame.mode = "oral"
        frame.mode_text = frame.mode_text or " ".join(m["verb"].lower().split())

    def leg(self, frame: _Frame) -> Leg:
        if frame.mode == "special emissary":
            frame.giver = []
        giver, taker, carrier = frame.giver, frame.receiver, frame.carrier
        inferred: str | None = None
        start_party = giver[0] if giver else None
        if start_party is None and carrier and self.sender is not None and frame.mode != "return":
            start_party, inferred = self.sender, "giver not named: sender of the document"
        if (
            start_party is None
            and frame.mode in ("commercial telegram", "special emissary")
            and self.sender
        ):
            start_party = self.sender
        end_party = taker[0] if taker else None
        if (
            end_party is None
            and frame.mode in ("commercial telegram", "special emissary")
            and self.addressee
        ):
            end_party = self.addressee
        post = frame.place.name if frame.place else None
        if (
            frame.mode in ("embassy cable", "despatch", "airgram")
            and start_party is None
            and end_party is None
            and frame.place is not None
            and post
        ):
            start_party = Party(
                name=f"Embassy {post}" if self.has_embassy(post) else post,
                kind="body",
                start=frame.place.start,
                end=frame.place.end,
                certainty="inferred",
                rule="leg-post",
                note="the post there",
            )
            end_party = Party(
                name="Department of State",
                kind="body",
                certainty="inferred",
                rule="leg-post",
                note="receives what its posts send",
            )
        elif (
            frame.mode == "embassy cable"
            and start_party is None
            and end_party is not None
            and end_party.kind == "body"
            and self.where == "note"
        ):
            start_party = Party(
                name="Department of State",
                kind="body",
                certainty="inferred",
                rule="leg-post",
                note="sends to its posts",
            )
        elif (
            frame.mode
            in (
                "hot line",
                "pouch",
                "air pouch",
                "courier",
                "mail",
                "telegram",
                "radio",
                "telephone",
                "teletype",
                "airgram",
                "cipher telegram",
                "circular telegram",
            )
            and self.where == "note"
        ):
            if start_party is None and self.sender is not None:
                start_party, inferred = self.sender, "giver not named: sender of the document"
            if end_party is None and self.addressee is not None:
                end_party, inferred = (
                    self.addressee,
                    "receiver not named: addressee of the document",
                )
        channel = self.channel([*giver, *carrier], taker, None)
        if channel is None and frame.mode == "commercial telegram":
            channel = "commercial telegram"
        if channel is None and (self.back or _BACK.search(self.text[frame.start : frame.end])):
            channel = "pen pal" if re.search(r"[Pp]en [Pp]al", self.text) else "back channel"
        return Leg(
            index=0, from_=start_party, by=carrier[0] if carrier else None, to=end_party,
            also_from=tuple(giver[1:]), also_by=tuple(carrier[1:]), also_to=tuple(taker[1:]),
            mode=frame.mode, mode_text=frame.mode_text, channel=channel, place=frame.place, place_to=frame.place_to,
            date=frame.date, status=frame.status, start=self.offset + frame.start, end=self.offset + frame.end,
            rule=f"leg-{'passive' if frame.passive else 'active'}", note=inferred, certainty="inferred" if inferred else "stated",
        )  # fmt: skip

    def has_embassy(self, post: str) -> bool:
        """Whether a town that telegrams come from is taken for the seat of an embassy."""
        return post not in _OTHER_POSTS and (self.year is None or self.year > 1945)

    def channel(self, givers: list[Party], takers: list[Party], other: str | None) -> str | None:
        for route in _routes():
            wanted = [*givers, *(takers if route.receives else [])]
            if any(_is_named(p, route.persons) for p in wanted):
                if (
                    route.company
                    and not re.search("|".join(map(re.escape, route.company)), self.text)
                    and not any(
                        p is not None and _is_named(p, route.company)
                        for p in (self.sender, self.addressee)
                    )
                ):
                    continue
                if route.channel == "kissinger-dobrynin" and not any(
                    _is_named(p, route.company) for p in [*givers, *takers]
                ):
                    continue
                return route.channel
        return other

    # -- parties -------------------------------------------------------------------------

    def several(self, into: list[Party], got: tuple[Party, int], b: int) -> int:
        into.append(got[0])
        at = got[1]
        while m := re.compile(r"(?:,\s+and|,|\s+and)\s+(?:to\s+|by\s+)?(?=(?:the\s+)?[A-Z])").match(
            self.text, at, b
        ):
            more = self.party(m.end(), b)
            if (
                more is None
                or more[0].kind not in ("person", "office")
                or re.match(
                    r"\s+(?:was|were|had|has|is|said|handed|stated|read)\b", self.text[more[1] : b]
                )
            ):
                break
            into.append(more[0])
            at = more[1]
        return at

    def party(self, at: int, b: int) -> tuple[Party, int] | None:
        """The person, office or body named at `at`."""
        text = self.text
        if m := _KIN.match(text, at, b):
            return self.make(m, "person"), m.end()
        if m := _PRONOUN.match(text, at, b):
            party = self.pronoun(m)
            return (party, m.end()) if party is not None else None
        if t := _TITLE_PARTY.match(text, at, b):
            name = t["name"]
            after = re.match(rf"\s+(?P<n>{names.NAME})(?![’']s)", text[t.end() : b])
            titled = re.match(rf"{_NAT}?(?:{_OFFICE})$", name) is not None
            if not (
                titled
                and after
                and after["n"].split()[0] not in _NOT_NAMES
                and not gazetteer.is_place(after["n"])
            ):
                kind: PartyKind = (
                    "office"
                    if re.search(_OFFICE, name)
                    and not re.search(r"Embassy|Ministry|Department|Delegation|Mission", name)
                    else "body"
                )
                if name in ("press", "media", "public"):
                    kind = "group"
                return self.make(t, kind), t.end()
        if m := _PERSON_NAME.match(text, at, b):
            words = m["name"].split()
            while words and words[0] in _NOT_NAMES:
                return None
            if (
                gazetteer.is_place(m["name"])
                or m["name"] in _NOT_NAMES
                or re.search(
                    r"(?:Library|Files|Bulletin|Department|(?:White|Blair|State|Opera|Guest) House|Embassy)$",
                    m["name"],
                )
            ):
                return None
            if re.match(r"[’']s?\b(?!\s*(?:$|,))|[’']s", text[m.end() : b]):
                return None
            return self.make(m, "person", role=(m["pre"] or "").strip() or None), m.end()
        return None

    def make(self, m: re.Match[str], kind: PartyKind, role: str | None = None) -> Party:
        return Party(
            name=" ".join(m["name"].split()), kind=kind, role=role,
            start=self.offset + m.start("name"), end=self.offset + m.end("name"), rule="leg-party",
        )  # fmt: skip

    def pronoun(self, m: re.Match[str]) -> Party | None:
        """Who "me" and "him" are: the writer, or the one named before."""
        who: Party | None
        if m["name"].lower() in ("me", "us", "i", "we"):
            who = self.writer or (self.sender if self.where == "body" else None)
        elif m["name"] == "you":
            who = self.addressee
        else:
            speaker = re.search(
                r"from\s+(\S+)\s+to\s+[^,.;]{3,40}?\s+(?:stating|indicating|informing|reporting|which stated)",
                self.text[: m.start()],
            )
            others = [p for p in self.named if not (self.giver and p.name == self.giver.name)]
            first = [p for p in others if speaker and p.name.endswith(speaker[1])]
            who = first[-1] if first else others[-1] if others else None
        if who is None:
            return Party(
                name=m["name"],
                kind="unknown",
                start=self.offset + m.start("name"),
                end=self.offset + m.end("name"),
                rule="leg-pronoun",
            )
        return msgspec.structs.replace(
            who,
            start=self.offset + m.start("name"),
            end=self.offset + m.end("name"),
            rule="leg-pronoun",
            certainty="inferred",
            note=f"“{m['name']}”",
        )

    def party_before(self, a: int, at: int) -> Party | None:
        """The subject that ends right before the verb."""
        left = self.text[a:at]
        m = re.search(rf"(?:{_ADVERB}|,\s[^,]{{3,60}},\s)*$", left)
        stop = a + (m.start() if m else len(left))
        stretch = self.text[a:stop].rstrip(" ,")
        stop = a + len(stretch)
        for back in range(min(len(stretch), 70), 0, -1):
            i = stop - back
            if i > a and self.text[i - 1] not in ' (“"—':
                continue
            got = self.party(i, stop)
            if got is not None and got[1] == stop and got[0].kind != "unknown":
                return got[0]
        return None

    def names_in(self, a: int, b: int) -> list[Party]:
        found: list[Party] = []
        at = a
        while m := re.compile(r"(?<![\w.])(?=[A-Z])").search(self.text, at, b):
            got = self.party(m.start(), b)
            if got is not None and got[0].kind == "person":
                found.append(got[0])
                at = max(got[1], m.start() + 1)
            else:
                nxt = re.compile(r"\S+").match(self.text, m.start(), b)
                at = nxt.end() if nxt else m.start() + 1
        return found

    def place_at(self, a: int, b: int) -> Place:
        name = self.text[a:b].rstrip(" .,")
        name = re.sub(r"^the\s+", "", name)
        return Place(
            name=" ".join(name.split()),
            start=self.offset + a,
            end=self.offset + b,
            rule="leg-place",
        )

    def means(self, a: int, b: int) -> tuple[str, int] | None:
        lead = re.compile(r"(?:an?\s+|the\s+|his\s+|its\s+)*").match(self.text, a, b)
        at = lead.end() if lead else a
        for pattern, mode in _MEANS_RE:
            if m := pattern.match(self.text, at, b):
                if re.match(r"\w", self.text[m.end() : m.end() + 1]):
                    continue
                return mode, m.end()
        return None


_TRANSLATION_OF = re.compile(
    r"(?:translation|text|copy)\s+of\s+(?:the|a)\s+(?P<tel>commercial\s+(?:telegram|cable)|telegram)\s+(?:sent\s+)?from\s+(?P<place>[A-Z]\w+(?:\s[A-Z]\w+)?)"
)
_TRANSLATED_BY = re.compile(
    r"(?:The|This)\s+source\s+text\s+is\s+an?\s+(?:unofficial\s+|official\s+|informal\s+)?(?P<body>Department of State|Embassy|State Department|Soviet|CIA)\s+translation"
)
_RELEASED = re.compile(
    rf"\b(?:(?:has been|was|is|being)\s+)?(?:released|marked for release|issued)\b"
    rf"(?=\s+(?:to\s+(?:the\s+)?press|publicly|as\s+a\s+(?:White House\s+)?press|by\s+(?:the\s+)?(?:White House|Press|Department|Kremlin|TASS|Tass|Embassy|President)|(?:at\s+)?(?:about\s+)?{timewords.CLOCK}))"
    rf"(?:\s+(?:to\s+(?:the\s+)?press|publicly|as\s+a\s+(?:White House\s+)?press\s+release))*(?:\s+by\s+(?:the\s+)?(?P<by>[A-Z]\w+(?:\s[A-Z]\w+)?))?(?:\s+(?:to\s+(?:the\s+)?press))?(?:\s+(?P<when>{timewords.WHEN}))?"
)
_RELEASE_OF = re.compile(
    r"press release (?:from|by|of|issued by) (?:the )?(?P<name>(?:Office of the )?[A-Z]\w+(?:\s[A-Z]\w+){0,4})"
)
_ORIGINAL_BY = re.compile(
    r"\b[Oo]riginals?\b[^.;]{0,40}?\b(?:being\s+|will\s+be\s+|was\s+|is\s+being\s+|subsequently\s+)?(?:sent|forwarded|transmitted|follow(?:s|ing)?|pouched|carried)?\s*(?:by|via|in|being)?\s*(?P<means>air[- ]?pouch(?:ed)?|pouch(?:ed)?|courier|air ?mail|messenger|mail)\b"
    r"|\b(?P<x>(?:[Aa]ir[- ]?[Pp]ouch(?:ed|ing)|[Pp]ouching))\s+original"
)
_LETTER_OF_TRANSMITTAL = re.compile(
    rf"(?P<how>letter of transmittal|(?:(?<=attached to )|(?<=attached to a )|(?<=attached to an ))(?:an?\s+)?(?:brief\s+)?(?:covering\s+)?(?:note|memorandum|letter))\s+(?:of\s+{timewords.DATE}\s+)?from\s+(?P<a>{names.TITLED}{names.NAME})\s+to\s+(?P<b>(?:the\s+)?{names.TITLED}{names.NAME}|the\s+President)(?=[^.]*(?:stat|transmit|forward|attach|enclos|$))"
)
_ELSEWHERE = re.compile(
    r"(?:Regarding|Concerning|For\s+(?:\w+\s+)?(?:an?\s+)?(?:account|details?)\s+of)\s+(?:the\s+)?(?:delivery|transmission|presentation)\s+of\s+th(?:is|e)\s+\w+[^.;]*?,\s+(?P<see>see\b.*?)(?=\.(?:\s|$)|$)"
)
_UNDER_COVER = re.compile(
    rf"Under\s+cover\s+of\s+(?:an?|his|her)\s+[^,.;]{{0,40}}?\bto\s+(?P<b>(?:the\s+)?{names.TITLED}{names.NAME}|the\s+President),\s+(?P<a>{names.TITLED}{names.NAME})\s+(?:sent|forwarded|transmitted|submitted|passed)"
)
_SAID = re.compile(
    r"\b(?:made|delivered|conveyed|gave|presented)\s+(?:the|this|an)\s+oral\s+(?:statement|message|communication|note|reply)\s+to\s+(?=(?:the\s+)?[A-Z])"
)
_BEARER = re.compile(
    r"\b(?:send|sending|forwarding)\s+(?:to\s+)?(?:you\s+)?this\s+(?:letter|message|note)\s+(?:to\s+you\s+)?(?:by\s+the\s+(?:own\s+)?hands?\s+of|by|through|with)\s+(?=(?:the\s+)?[A-Z])"
)
_TELEPHONED = re.compile(
    r"\btelephoned(?:\s+(?:me|us|to\s+me))?(?:\s+from\s+(?P<place>[A-Z]\w+(?:\s[A-Z]\w+)?))?[^.;]{0,40}?\b(?:asked|requested)\s+(?:me|us|that\s+I)\s+(?:to\s+)?(?:convey|pass|transmit|deliver|give)\b"
)
_MESSAGE_RECEIVED = re.compile(
    r"\b(?:message|letter|note|text)\s+was\s+received\s+by\s+(?P<by>(?:the\s+)?[A-Z])"
)


class _Route(msgspec.Struct, frozen=True):
    channel: str
    persons: tuple[str, ...]
    company: tuple[str, ...] = ()
    receives: bool = False


@cache
def _routes() -> tuple[_Route, ...]:
    """Named routes and their persons, from ``data/authorities/routes.yaml``."""
    path = shipped.folder("data") / "authorities" / "routes.yaml"
    rows = yaml.safe_load(path.read_text("utf-8")) if path.exists() else []
    return tuple(
        _Route(
            row["channel"],
            tuple(row["persons"]),
            tuple(row.get("with", ())),
            bool(row.get("receives")),
        )
        for row in rows
    )


def _is_named(party: Party, persons: tuple[str, ...]) -> bool:
    name = party.name.removeprefix("the ")
    for person in persons:
        known = person.removeprefix("the ")
        if name == known or (" " not in known and name.split()[-1:] == [known]):
            return True
    return False
