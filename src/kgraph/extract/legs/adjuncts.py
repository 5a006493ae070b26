"""What stands around a verb of carrying: receiver, carrier, means, place, time."""

from __future__ import annotations

import re

import msgspec

from kgraph.extract import gazetteer, timewords
from kgraph.extract.legs.carriage_words import AND_TRIGGER, NOUN, ORDERS, TRIGGER
from kgraph.extract.legs.frames import Frame
from kgraph.extract.legs.means import means_at
from kgraph.extract.legs.onward import ONWARD
from kgraph.extract.legs.passages import Passage
from kgraph.extract.office_words import PRONOUN
from kgraph.model import Party

_FILLER = re.compile(
    r"\s*(?:,\s*)?(?:personally|orally|immediately|simultaneously|directly|yesterday|also|in person|in confidence|informally|formally|officially|privately|secretly|as soon as possible|for (?:delivery|transmission|translation|information|approval)|on behalf of (?:the )?[A-Z][\w]+(?:\s[A-Z]\w+)?|who said[^.;]*|who (?:was|were|is) (?:then |staying |visiting )?[^,.;]{2,90}(?=,)|when (?:he|she|they|the latter) (?:called|came|visited|met)\b[^.;,]{0,60}?(?=\son\s)|EST|EDT|local time|Moscow time|Washington time|for (?:\w+\s){0,2}?(?:consideration|approval|signature|review|comments?|study|use|information|action|clearance|discussion)(?: (?:by|of) (?:the )?[A-Z][\w’]*(?:\s(?:of\s)?[A-Z]\w+)*)?|it|this (?:letter|message|note)|editor of [^,.;]+|the (?:letter|message|note|text))\b"
)  # fmt: skip
_AS_TELEGRAM = re.compile(
    r"as\s+(?:telegram\s+|cable\s+|No\.\s+)+(?:[A-Z][\w–-]*(?:\s+\d[\w–-]*)?|\d[\w–-]*)"
)
_LEFT = frozenset(("left", "delivered", "deliver", "handed"))
_SERVICES = re.compile(
    r"(?:(?:good\s+offices|intermediary|intermediation|medium|facilities|courtesy|kindness|services|hands|office)\s+of\s+)?(?:the\s+)?"
)
_VIA_PLACE = re.compile(r"(?:via|by way of)\s+(?P<name>[A-Z]\w+(?:\s[A-Z]\w+)?)")
_PLACE = re.compile(
    r"(?:in|at|from|aboard)\s+(?P<name>(?:the\s+)?(?:(?:Soviet|American|British|French|U\.S\.)\s+)?(?:[A-Z][\w.’-]*|his (?:office|residence|apartment|dacha))(?:\s+(?:of\s+(?:the\s+)?)?(?!on\b)[A-Z][\w.’-]*){0,4}(?:\s+(?:in|,)\s+[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)?)"
)

_NEXT_CLAUSE = re.compile(
    rf"(?:who|which|that|but|when|because|where|and|after|before|upon|as\s+an?\s+(?:follow-?up|result|reply|response|supplement|basis)|following(?!\s+(?:\w+\s+){{0,4}}{NOUN})|informing|stating)\b"
)
_INSTRUCTED = re.compile(
    r"(?:up)?on\s+(?:\w+\s+)?(?:instructions?|orders?|directions?)\s+(?:from|of)\s+(?:the\s+)?[A-Z][\w.’-]*(?:\s[A-Z][\w.’-]*){0,3}(?:\s+to\s+(?:the\s+)?[A-Z][\w.’-]*(?:\s[A-Z][\w.’-]*){0,3})?(?:\s+contained\s+in\b)?"
)
"""Who ordered it, who neither gives nor gets it."""
_WORD = re.compile(r"[^\s,;.]+|.")
_TO = re.compile(r"(?:to|and to)\s+(?=\S)")
_POST_NAMED = re.compile(r"(?:the\s+)?(?P<n>[A-Z][\w-]+(?:\s[A-Z]\w+)?)")
_AND_POST = re.compile(r"(?:,\s+and|,|\s+and)\s+(?=[A-Z])")
_PAPER_OF = re.compile(r"\s*(?:(?:[’']s?)?\s*(?:letter|message|note|memorandum|telegram)\s*)?")
"""What may stand between him whose paper is answered and him who gets the answer."""
_PREPOSITION = re.compile(
    r"(?:by|via|through|over|on|in|as|under|with)\s+(?:(?:an?|the|his|their|its)\s+)*(?=\S)"
)
_COVER = re.compile(
    r"(?:as\s+(?:an?\s+)?(?:[Ee]nclosure|[Aa]ttachment)(?:\s\d+)?\s+(?:to|in)|under\s+(?:cover\s+of|(?:an?|his)\s+(?:attached\s+)?(?:\w+\s\d{1,2}\s+)?covering)|with\s+(?:an?\s+)?covering)\s+(?P<what>(?:an?\s+|the\s+|his\s+)?[^.;,]{3,80}(?:,\s+"
    + timewords.DATE
    + r",?\s+from\s+[^.;,]{3,60})?)"
)
_FROM_WHOM = re.compile(r"from\s+(?=\S)")
_TO_B_FROM_A = re.compile(
    r"(?P<lead>(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,4}?(?:memorandum|note|letter)\s+to\s+)[^,.;]{3,60}?(?P<from>\s+from\s)"
)
_OWNER = re.compile(
    r"(?:the\s+|an?\s+)?(?P<name>[A-Z][\w.-]*(?:\s[A-Z][\w.-]*){0,2})(?:[’']s|(?<=s)[’'])\s"
)
_TO_WHOM = re.compile(r"\s+to\s+")
_HANDS_OF = re.compile(r"(?:own )?hands?\s+of\s+(?=[A-Z])")
_STATION = re.compile(r"Radio\s+[A-Z]")
_AND_WHEN = re.compile(
    rf"(?:,?\s*(?:Moscow|local|Washington)\s+time)?,?\s*(?:on\s+)?{timewords.WHEN}"
)
_FROM = re.compile(r"from\s+(?=(?:the\s+)?[A-Z])")
_AT_WHEN = re.compile(rf"(?:on|at|about|at about)\s+(?={timewords.WHEN})")
_TAIL = re.compile(
    rf"\s*(?:between\s+(?:the\s+)?[A-Z]\w+(?:\s[A-Z]\w+)?\s+and\s+(?:the\s+)?[A-Z]\w+(?:\s[A-Z]\w+)?)?\s*(?:(?:Nos?\.\s*)?\d[\d/-]*(?![:.\d]|\s?[ap]\.\s?m)\s*)?(?:(?P<dir>from|to)\s+(?P<place>(?:the\s+)?[A-Z][\w.’-]*(?:\s(?!on\b)[A-Z][\w.’-]*)?))?(?:\s+to\s+(?P<to>(?:the\s+)?[A-Z][\w.’-]*(?:\s[A-Z][\w.’-]*)*|me))?(?:,?\s*(?:of|on|dated)?\s*(?P<when>{timewords.DATE}))?"
)


def read_adjuncts(passage: Passage, frame: Frame, at: int, b: int) -> None:
    """Receiver, carrier, means, place, time, in any order, from `at` on."""
    text = passage.text
    end = at
    skipped = 0
    while at < b:
        while at < b and text[at] in " ,\n\t(—":
            at += 1
        if at >= b:
            break
        if (told := _INSTRUCTED.match(text, at, b)) is not None:
            at = told.end()
            continue
        nxt = adjunct(passage, frame, at, b)
        if nxt is None:
            if (more := ONWARD.match(text, at, b)) and frame.onward is None:
                frame.onward = at
                whom = passage.party(more.end(), b)
                means = whom and re.match(r"\s+(?:in|by)\s", text[whom[1] : b])
                if whom is None or not means:
                    break
                at = whom[1]
                continue
            if frame.receiver and re.match(r"and\s+(?:then\s+)?by\s", text[at : at + 14]):
                break
            if TRIGGER.match(text, at, b) or AND_TRIGGER.match(text, at, b):
                break
            if m := _FILLER.match(text, at, b):
                at = m.end()
                continue
            # the thing carried stands between the verb and its receiver
            word = _WORD.match(text, at, b)
            skipped += 1
            if (
                word is None
                or skipped > 14
                or text[at] in ".;:)"
                or (
                    _NEXT_CLAUSE.match(text[at:b])
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


def adjunct(passage: Passage, frame: Frame, at: int, b: int) -> int | None:
    """Read one adjunct at `at` into the frame; where it ends, or None where none stands."""
    text = passage.text
    if (m := _TO.match(text, at, b)) is not None:
        return _to(passage, frame, at, m.end(), b)
    if (m := _PREPOSITION.match(text, at, b)) is not None:
        prep, goal = m.group().split()[0].lower(), m.end()
        if prep == "with" and frame.verb == "left" and not frame.receiver:
            keeper = passage.party(goal, b)
            return passage.several(frame.receiver, keeper, b) if keeper else None
        if (wire := _AS_TELEGRAM.match(text, at, b)) is not None:
            frame.mode = frame.mode or "telegram"
            frame.mode_text = frame.mode_text or " ".join(wire.group().split())
            return wire.end()
        if prep in ("as", "under", "with") or (
            prep == "in" and re.match(r"a\s+letter", text[goal - 2 : b])
        ):
            cover = _COVER.match(text, at, b)
            return _under_cover(passage, frame, cover, b) if cover is not None else None
        for carried in (_by_hands, _by_means, _by_carrier):
            if (end := carried(passage, frame, prep, at, goal, b)) is not None:
                return end
    for read in (_receiver_named_first, _day, _giver, _hour, _house, _place):
        if (end := read(passage, frame, at, b)) is not None:
            return end
    return None


def _nothing_read(frame: Frame) -> bool:
    return not (frame.receiver or frame.carrier or frame.date or frame.mode_text is not None)


def _to(passage: Passage, frame: Frame, at: int, goal: int, b: int) -> int | None:
    """ "to Mr. Roe", "to Legation Paris"."""
    text = passage.text
    got = passage.party(goal, b)
    if frame.receiver:
        last_end = (frame.receiver[-1].end or 0) - passage.offset
        if got is None or len(frame.receiver) > 1 or not _PAPER_OF.fullmatch(text, last_end, at):
            return None
        frame.receiver.clear()  # "a message to A to B": B gets it
    if got is not None:
        return passage.several(frame.receiver, got, b)
    post = _POST_NAMED.match(text, goal, b)
    if post is None or not gazetteer.is_place(post["n"]):
        return None
    stop = goal
    while post is not None and gazetteer.is_place(post["n"]):
        start, end = (passage.offset + x for x in post.span("n"))
        frame.receiver.append(Party(name=post["n"], kind="body", start=start, end=end))
        stop = post.end()
        more = _AND_POST.match(text, stop, b) if frame.verb in ORDERS else None
        post = _POST_NAMED.match(text, more.end(), b) if more is not None else None
    return stop


def _under_cover(passage: Passage, frame: Frame, cover: re.Match[str], b: int) -> int:
    """ "as an enclosure to despatch 12", "under a covering letter of May 3 from A to B"."""
    text = passage.text
    frame.enclosure = True
    dated = timewords.DATE_RE.search(text, *cover.span())
    if dated is not None and frame.date is None:
        frame.date = passage.date_at(*dated.span())
    what = cover.start("what")
    means = means_at(text, what, cover.end())
    frame.mode_text = frame.mode_text or " ".join(cover.group().split())[:90]
    if means:
        frame.mode = means[0]
        return means_tail(passage, frame, means[1], b)
    frame.mode = frame.mode or "enclosure"
    whose = _FROM_WHOM.search(text, what, cover.end())
    goal = _TO_B_FROM_A.match(text, what, cover.end()) if whose is not None else None
    reader = passage.party(goal.end("lead"), goal.start("from")) if goal is not None else None
    if reader is not None and not frame.receiver:
        frame.receiver.append(reader[0])
    owner = _OWNER.match(text, what, cover.end()) if whose is None and not frame.giver else None
    if owner is not None:
        frame.giver.append(passage.make(owner, "person"))
        return owner.end()
    giver = passage.party(whose.end(), b) if whose and not frame.giver else None
    if giver is None:
        return what
    frame.giver.append(giver[0])
    to = _TO_WHOM.match(text, giver[1], b)
    getter = passage.party(to.end(), b) if to else None
    if getter is None:
        return giver[1]
    # to the house, and to whom in it
    if not frame.receiver or (frame.receiver[0].kind == "body" and getter[0].kind != "body"):
        frame.receiver.append(getter[0])
    return getter[1]


def _by_hands(passage: Passage, frame: Frame, prep: str, at: int, goal: int, b: int) -> int | None:
    """ "by the hands of Captain Doe"."""
    hand = _HANDS_OF.match(passage.text, goal, b) if prep == "by" else None
    bearer = passage.party(hand.end(), b) if hand is not None else None
    if bearer is None:
        return None
    frame.mode = frame.mode or "hand delivery"
    frame.mode_text = frame.mode_text or "by the hand of"
    return passage.several(frame.carrier, bearer, b)


def _by_means(passage: Passage, frame: Frame, prep: str, at: int, goal: int, b: int) -> int | None:
    """ "by telegram 2562 from Moscow", "through the Roe channel"."""
    text = passage.text
    means = None if _STATION.match(text, goal, b) else means_at(text, goal, b)
    if (
        means is None
        or (prep == "on" and means[0] not in ("hot line", "telephone"))
        or (prep == "in" and means[0] in ("hand delivery", "mail", "radio"))
    ):
        return None
    frame.mode = frame.mode or means[0]
    frame.mode_text = frame.mode_text or " ".join(text[goal : means[1]].split())
    owner_of_channel(passage, frame, goal, b)
    return means_tail(passage, frame, means[1], b)


def _by_carrier(
    passage: Passage, frame: Frame, prep: str, at: int, goal: int, b: int
) -> int | None:
    """ "through the good offices of Mr. Roe", "via London", "by Mr. Doe"."""
    text = passage.text
    through = prep in ("by", "through", "via")
    served = _SERVICES.match(text, goal, b) if through else None
    if served is not None and served.end() > goal:
        agent = passage.party(served.end(), b)
        if agent is not None:
            return passage.several(frame.carrier, agent, b)
    way = _VIA_PLACE.match(text, at, b)
    if way is not None and gazetteer.is_place(way["name"]):
        return way.end()
    if not through:
        return None
    got = passage.party(at + len(prep) + 1, b) or passage.party(goal, b)
    if got is None:
        return None
    actor = prep == "by" and frame.passive
    return passage.several(frame.giver if actor else frame.carrier, got, b)


def _receiver_named_first(passage: Passage, frame: Frame, at: int, b: int) -> int | None:
    """ "handed me", "gave Mr. Roe": who got it stands behind the verb without a preposition."""
    if not _nothing_read(frame):
        return None
    m = PRONOUN.match(passage.text, at, b)
    if m is not None and m["name"] in ("me", "him", "us", "her", "you", "them"):
        party = passage.pronoun(m)
        if party is not None:
            frame.receiver.append(party)
        return m.end()
    if frame.verb not in _GIVING or passage.text[frame.verb_end : at].strip():
        return None
    got = passage.party(at, b)
    if got is None or got[0].kind == "unknown":
        return None
    return passage.several(frame.receiver, got, b)


def _day(passage: Passage, frame: Frame, at: int, b: int) -> int | None:
    """ "on May 3", "at 6 p.m. on May 3"."""
    m = timewords.WHEN_RE.match(passage.text, at, b) if frame.date is None else None
    if m is None or not m.group().strip():
        return None
    stop = m.end()
    if more := _AND_WHEN.match(passage.text, stop, b):
        stop = more.end()
    frame.date = passage.date_at(at, stop)
    return stop


def _hour(passage: Passage, frame: Frame, at: int, b: int) -> int | None:
    """ "about 6 p.m.", "at about noon"."""
    before = _AT_WHEN.match(passage.text, at, b) if frame.date is None else None
    hour = timewords.WHEN_RE.match(passage.text, before.end(), b) if before else None
    if hour is None:
        return None
    frame.date = passage.date_at(*hour.span())
    return hour.end()


def _giver(passage: Passage, frame: Frame, at: int, b: int) -> int | None:
    """ "from Mr. Doe"."""
    m = _FROM.match(passage.text, at, b)
    got = passage.party(m.end(), b) if m is not None else None
    if got is None:
        return None
    if frame.verb in ORDERS:
        return got[1]  # whose message is to be delivered
    if frame.giver or gazetteer.is_place(got[0].name):
        return None
    return passage.several(frame.giver, got, b)


def _house(passage: Passage, frame: Frame, at: int, b: int) -> int | None:
    """ "left at the Department"."""
    if frame.receiver or frame.verb not in _LEFT or not passage.text.startswith("at ", at):
        return None
    house = passage.party(at + 3, b)
    if house is None or house[0].kind != "body":
        return None
    frame.receiver.append(house[0])
    return house[1]


def _place(passage: Passage, frame: Frame, at: int, b: int) -> int | None:
    """ "in Geneva", "from Moscow"; "from the Roes" too, which is no place."""
    m = _PLACE.match(passage.text, at, b) if frame.place is None else None
    if m is None:
        return None
    if frame.verb in ("circulated", "distributed") and not gazetteer.is_place(m["name"]):
        house = passage.party(m.start("name"), b)
        return passage.several(frame.receiver, house, b) if house is not None else m.end()
    if re.match(r"from\s", passage.text[at:b]) and not gazetteer.is_place(m["name"]):
        got = passage.party(at + 5, b)
        if got is not None and got[0].kind != "unknown":
            return passage.several(frame.giver, got, b)
    behind = _TAKEN_FROM_PLACE.match(passage.text, m.end(), b)
    if behind is not None and behind["no"]:
        return m.end()
    if not _NO_PLACE.match(m["name"]):
        room = (
            behind is not None and behind["room"] and m["name"].removeprefix("the ")[:1].isupper()
        )
        end = behind.end("room") if behind is not None and room else m.end("name")
        frame.place = passage.place_at(m.start("name"), end)
        return max(end, m.end())
    return m.end()


def means_tail(passage: Passage, frame: Frame, at: int, b: int) -> int:
    """ "... 2562 from Moscow, April 11", "... from Gromyko to me"."""
    envoy = _POSTED.match(passage.text, at, b) if not frame.giver else None
    if envoy is not None:
        frame.giver.append(passage.make(envoy, "person", role=" ".join(envoy["role"].split())))
        return envoy.end()
    m = _TAIL.match(passage.text, at, b)
    if m is None:
        return at
    if m["dir"] == "from" and m["place"]:
        words = m["place"].removeprefix("the ")
        named = passage.party(m.start("place"), b)
        if named is not None and named[0].kind in ("office", "person") and not frame.giver and not gazetteer.is_place(words):  # fmt: skip
            return passage.several(frame.giver, named, b)
        if named is not None and named[0].kind == "body" and not frame.giver and _HOUSE_OF.search(named[0].name):  # fmt: skip
            frame.giver.append(named[0])
            return named[1]
        if gazetteer.is_place(words) or frame.mode in (
            "telegram",
            "despatch",
            "airgram",
            "cipher telegram",
            "embassy cable",
        ):
            frame.place = frame.place or passage.place_at(*m.span("place"))
        else:
            return m.start("dir")
    elif m["dir"] == "to" and m["place"] and not frame.receiver:
        named = passage.party(m.start("place"), b)
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
                    start=passage.offset + begin,
                    end=passage.offset + begin + len(name),
                )
            )
    if m["when"] and frame.date is None:
        frame.date = passage.date_at(*m.span("when"))
    return m.end()


_POSTED = re.compile(
    r"\s*(?:Nos?\.\s*)?(?:\d[\d/-]*\s*)?from\s+(?:the\s+)?(?P<role>(?:Acting\s+)?(?:Ambassador|Minister|Chargé(?:\s+d[’']Affaires)?|Envoy|Representative|Consul(?:[-\s]General)?)\s+(?:to|in|at|near)\s+[^().;:,]{3,70}?)\s*\((?P<name>[A-Z][\w.’ -]{2,40})\)"
)
"""An envoy named behind where he is: "from the Minister to the Government in exile (Roe)"."""
_HOUSE_OF = re.compile(r"Department|Ministry|Office|Staff|Room|House")
_TAKEN_FROM_PLACE = re.compile(
    r"(?P<own>[’']\s?s?)?\s+(?:(?P<room>office|residence|home|house|apartment|villa|suite|farm|ranch|estate)\b|(?P<no>absence|name|presence|behalf|series|edition|form|hands?|handwriting)\b)"
)
_GIVING = frozenset(("handed", "gave", "slipped", "sent", "given", "hand"))
_NO_PLACE = re.compile(r"(?:English|Russian|French|German|Chinese|Spanish|Full|Part)\b")
_CHANNEL_OF = re.compile(r"(?:the\s+)?(?P<name>[A-Z][a-z]\w+)\s+channel\b")
_NO_PERSON = frozenset(
    ("Navy", "Army", "Embassy", "State", "Department", "White", "Pentagon", "Defense", "Back")
)


def owner_of_channel(passage: Passage, frame: Frame, at: int, b: int) -> None:
    """ "through the Roe channel": who carried on it, where one person gives it its name."""
    m = _CHANNEL_OF.match(passage.text, at, b)
    if m is None or frame.carrier or m["name"] in _NO_PERSON or gazetteer.is_place(m["name"]):
        return
    owner = passage.party(m.start("name"), m.end("name"))
    if owner is not None and owner[0].kind == "person":
        told = "whose channel it is"
        frame.carrier.append(msgspec.structs.replace(owner[0], certainty="inferred", note=told))
