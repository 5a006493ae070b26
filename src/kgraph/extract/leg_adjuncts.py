"""What stands around a verb of carrying: receiver, carrier, means, place, time."""

from __future__ import annotations

import re

import msgspec

from kgraph.extract import gazetteer, timewords
from kgraph.extract.carriage_words import AND_TRIGGER, NOUN, ORDERS, TRIGGER
from kgraph.extract.leg_frames import Frame
from kgraph.extract.leg_onward import ONWARD
from kgraph.extract.means_of_carriage import means_at
from kgraph.extract.office_words import PRONOUN
from kgraph.extract.passages import Passage
from kgraph.model import Party

_FILLER = re.compile(
    r"\s*(?:,\s*)?(?:personally|orally|immediately|simultaneously|directly|yesterday|also|in person|in confidence|informally|formally|officially|privately|secretly|as soon as possible|for (?:delivery|transmission|translation|information|approval)|on behalf of (?:the )?[A-Z][\w]+(?:\s[A-Z]\w+)?|who said[^.;]*|who (?:was|were|is) (?:then |staying |visiting )?[^,.;]{2,50}(?=,)|when (?:he|she|they|the latter) (?:called|came|visited|met)\b[^.;,]{0,60}?(?=\son\s)|EST|EDT|local time|Moscow time|Washington time|for (?:\w+\s){0,2}?(?:consideration|approval|signature|review|comments?|study|use|information|action|clearance|discussion)(?: (?:by|of) (?:the )?[A-Z][\w’]*(?:\s(?:of\s)?[A-Z]\w+)*)?|it|this (?:letter|message|note)|editor of [^,.;]+|the (?:letter|message|note|text))\b"
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

_WORD = re.compile(r"[^\s,;.]+|.")
_TO = re.compile(r"(?:to|and to)\s+(?=\S)")
_POST_NAMED = re.compile(r"(?:the\s+)?(?P<n>[A-Z][\w-]+(?:\s[A-Z]\w+)?)")
_PREPOSITION = re.compile(
    r"(?:by|via|through|over|on|in|as|under|with)\s+(?:(?:an?|the|his|their|its)\s+)*(?=\S)"
)
_COVER = re.compile(
    r"(?:as\s+(?:an?\s+)?(?:[Ee]nclosure|[Aa]ttachment)(?:\s\d+)?\s+(?:to|in)|under\s+(?:cover\s+of|(?:an?|his)\s+(?:attached\s+)?(?:\w+\s\d{1,2}\s+)?covering)|with\s+(?:an?\s+)?covering)\s+(?P<what>(?:an?\s+|the\s+|his\s+)?[^.;,]{3,80}(?:,\s+"
    + timewords.DATE
    + r",?\s+from\s+[^.;,]{3,60})?)"
)
_FROM_WHOM = re.compile(r"from\s+(?=\S)")
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
        while at < b and text[at] in " ,\n\t(":
            at += 1
        if at >= b:
            break
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
                    re.match(
                        rf"(?:who|which|that|but|when|because|where|and|after|before|following(?!\s+(?:\w+\s+){{0,4}}{NOUN})|informing|stating)\b",
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


def adjunct(passage: Passage, frame: Frame, at: int, b: int) -> int | None:
    """Read one adjunct at `at` into the frame; where it ends, or None where none stands."""
    text = passage.text
    first = (
        not frame.receiver and not frame.carrier and frame.date is None and frame.mode_text is None
    )
    if m := _TO.match(text, at, b):
        if frame.receiver:
            again = passage.party(m.end(), b)
            last_end = (frame.receiver[-1].end or 0) - passage.offset
            if again is None or len(frame.receiver) > 1 or text[last_end:at].strip():
                return None
            frame.receiver.clear()  # "a message to A to B": B gets it
            return passage.several(frame.receiver, again, b)
        if got := passage.party(m.end(), b):
            return passage.several(frame.receiver, got, b)
        if (m2 := _POST_NAMED.match(text, m.end(), b)) and gazetteer.is_place(m2["n"]):
            frame.receiver.append(
                Party(
                    name=m2["n"],
                    kind="body",
                    start=passage.offset + m2.start("n"),
                    end=passage.offset + m2.end("n"),
                )
            )
            return m2.end()
        return None
    if m := _PREPOSITION.match(text, at, b):
        prep = m.group().split()[0].lower()
        if prep == "with" and frame.verb == "left" and not frame.receiver:
            keeper = passage.party(m.end(), b)
            return passage.several(frame.receiver, keeper, b) if keeper else None
        wire = _AS_TELEGRAM.match(text, at, b)
        if wire is not None:
            frame.mode = frame.mode or "telegram"
            frame.mode_text = frame.mode_text or " ".join(wire.group().split())
            return wire.end()
        if prep in ("as", "under", "with") or (
            prep == "in" and re.match(r"a\s+letter", text[m.end() - 2 : b])
        ):
            e = _COVER.match(text, at, b)
            if e is None:
                return None
            frame.enclosure = True
            dated = timewords.DATE_RE.search(text, e.start(), e.end())
            if dated is not None and frame.date is None:
                frame.date = passage.date_at(*dated.span())
            w = e.start("what")
            stop = e.end()
            got_mode = means_at(passage.text, w, e.end())
            frame.mode_text = frame.mode_text or " ".join(e.group().split())[:90]
            if got_mode:
                frame.mode = got_mode[0]
                stop = means_tail(passage, frame, got_mode[1], b)
            else:
                frame.mode = frame.mode or "enclosure"
                stop = w
                ft = _FROM_WHOM.search(text, w, e.end())
                cover_from = passage.party(ft.end(), b) if ft and not frame.giver else None
                if cover_from is not None:
                    frame.giver.append(cover_from[0])
                    stop = cover_from[1]
                    t = _TO_WHOM.match(text, stop, b)
                    cover_to = passage.party(t.end(), b) if t else None
                    if cover_to is not None:
                        office = not frame.receiver or frame.receiver[0].kind == "body"
                        if (
                            office and cover_to[0].kind != "body"
                        ) or not frame.receiver:  # to the house, and to whom in it
                            frame.receiver.append(cover_to[0])
                        stop = cover_to[1]
            return stop
        if prep == "by" and (hand := _HANDS_OF.match(text, m.end(), b)):
            bearer = passage.party(hand.end(), b)
            if bearer is not None:
                frame.mode = frame.mode or "hand delivery"
                frame.mode_text = frame.mode_text or "by the hand of"
                return passage.several(frame.carrier, bearer, b)
        station = _STATION.match(text, m.end(), b) is not None
        got_mode = None if station else means_at(passage.text, m.end(), b)
        if (
            got_mode
            and not (prep == "on" and got_mode[0] not in ("hot line", "telephone"))
            and not (prep == "in" and got_mode[0] in ("hand delivery", "mail", "radio"))
        ):
            frame.mode = frame.mode or got_mode[0]
            frame.mode_text = frame.mode_text or " ".join(text[m.end() : got_mode[1]].split())
            owner_of_channel(passage, frame, m.end(), b)
            return means_tail(passage, frame, got_mode[1], b)
        served = _SERVICES.match(text, m.end(), b) if prep in ("through", "via", "by") else None
        if served is not None and served.end() > m.end():
            got = passage.party(served.end(), b)
            if got is not None:
                return passage.several(frame.carrier, got, b)
        way = _VIA_PLACE.match(text, at, b)
        if way is not None and gazetteer.is_place(way["name"]):
            return way.end()
        got = None
        if prep in ("by", "through", "via"):
            got = passage.party(at + len(prep) + 1, b) or passage.party(m.end(), b)
        if got is not None:
            if prep == "by" and frame.passive:
                return passage.several(frame.giver, got, b)
            return passage.several(frame.carrier, got, b)
    if (
        first
        and (m := PRONOUN.match(text, at, b))
        and m["name"] in ("me", "him", "us", "her", "you", "them")
    ):
        party = passage.pronoun(m)
        if party is not None:
            frame.receiver.append(party)
        return m.end()
    if (
        first
        and frame.verb in ("handed", "gave", "slipped", "sent", "given", "hand")
        and not text[frame.verb_end : at].strip()
        and (got := passage.party(at, b))
        and got[0].kind != "unknown"
    ):
        return passage.several(frame.receiver, got, b)
    if frame.date is None and (m := timewords.WHEN_RE.match(text, at, b)) and m.group().strip():
        stop = m.end()
        if t := _AND_WHEN.match(text, stop, b):
            stop = t.end()
        frame.date = passage.date_at(at, stop)
        return stop
    if m := _FROM.match(text, at, b):
        got = passage.party(m.end(), b)
        if got is not None and frame.verb in ORDERS:
            return got[1]  # whose message is to be delivered
        if got is not None and not frame.giver and not gazetteer.is_place(got[0].name):
            return passage.several(frame.giver, got, b)
    before_when = _AT_WHEN.match(text, at, b)
    hour = timewords.WHEN_RE.match(text, before_when.end(), b) if before_when else None
    if hour is not None and frame.date is None:
        frame.date = passage.date_at(hour.start(), hour.end())
        return hour.end()
    if not frame.receiver and frame.verb in _LEFT and text.startswith("at ", at):
        house = passage.party(at + 3, b)
        if house is not None and house[0].kind == "body":
            frame.receiver.append(house[0])  # "left at the Department"
            return house[1]
    if (m := _PLACE.match(text, at, b)) and frame.place is None:
        if (
            text[at : at + 4] == "from"
            and re.match(r"from\s", text[at:b])
            and (
                (got := passage.party(at + 5, b))
                and not gazetteer.is_place(m["name"])
                and got[0].kind != "unknown"
            )
        ):
            return passage.several(frame.giver, got, b)
        if re.match(r"(?:English|Russian|French|German|Chinese|Spanish|Full|Part)\b", m["name"]):
            return m.end()
        frame.place = passage.place_at(*m.span("name"))
        return m.end()
    return None


def means_tail(passage: Passage, frame: Frame, at: int, b: int) -> int:
    """ "... 2562 from Moscow, April 11", "... from Gromyko to me"."""
    m = _TAIL.match(passage.text, at, b)
    if m is None:
        return at
    if m["dir"] == "from" and m["place"]:
        words = m["place"].removeprefix("the ")
        named = passage.party(m.start("place"), b)
        if named is not None and named[0].kind in ("office", "person") and not frame.giver and not gazetteer.is_place(words):  # fmt: skip
            return passage.several(frame.giver, named, b)
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
