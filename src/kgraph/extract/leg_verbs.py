"""Which verbs of carrying speak of this paper, and in which frame."""

from __future__ import annotations

import re

from kgraph.extract import timewords
from kgraph.extract.carriage_words import ADVERB, ASKED_TO, NOT_SELF, NOUN, NOUN_RE, ORDERS, TRIGGER
from kgraph.extract.leg_adjuncts import read_adjuncts
from kgraph.extract.leg_frames import Frame
from kgraph.extract.leg_modes import settle_mode
from kgraph.extract.passages import Passage
from kgraph.model import Party


def find_frames(passage: Passage, a: int, b: int) -> list[Frame]:
    """The frames of the verbs between `a` and `b`, none inside another."""
    frames: list[Frame] = []
    for m in TRIGGER.finditer(passage.text, a, b):
        if frames and m.start() < frames[-1].end:
            continue
        if passage.where == "note" and passage.text.count("“", 0, m.start()) > passage.text.count(
            "”", 0, m.start()
        ):
            continue  # quoted words are another paper's
        frame = open_frame(passage, m, a, b)
        if frame is not None:
            frames.append(frame)
    return frames


def open_frame(passage: Passage, m: re.Match[str], a: int, b: int) -> Frame | None:
    """The frame of the verb matched, or None where it does not carry this paper."""
    text = passage.text
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
        and not ASKED_TO.search(left)
        and not (passage.where == "body" and not left.strip(' (“"'))
        and not m["be"]
    ):
        return None
    if re.search(r"\b(?:no indication|not|never|no record)\b[^.;]{0,60}$", left):
        return None
    if (
        passage.where == "note"
        and re.match(
            r"\s*(?:In|According to)\s+(?:telegrams?|airgrams?|despatch|an?\s|his\s)[^.;]*$",
            left,
        )
        and re.match(r"\s*In\s", left)
    ):
        return None  # what another document carried
    if not m["be"] and re.search(rf"\b(?:as|(?:from|in|than|to) the {NOUN})\s*$", left):
        return None  # "the note as sent", "omitted from the memorandum forwarded to"
    passage.named = passage.names_in(a, m.start())
    passage.giver = None
    infinitive = verb in ORDERS
    noun_left = NOUN_RE.search(clause_left) or re.search(
        r"\b(?:[Ii]t|[Tt]his|text)\b"
        if not NOUN_RE.search(left)
        else r"\b(?:[Ii]t|[Tt]his|which|text)\b",
        clause_left,
    )
    noun_right = NOUN_RE.search(re.split(r"[.;]|, (?:who|and|which)", right)[0][:90])
    if re.match(r"\s+(?:to|by|in|at|on|from)\s", right):
        noun_right = None  # the thing stands before the verb, or nowhere
    if passive:
        if not (noun_left or sentence_first):
            return None
    elif infinitive:
        if not (noun_left or noun_right):
            return None
    else:
        giver = None if by_next and noun_left else passage.party_before(a, m.start())
        it_next = re.match(r"\s+(?:it|them|this|same)\b", right) is not None
        if giver is None and it_next and re.search(r"(?:,|\band|\bthen|\bwho)\s*$", left):
            people = passage.names_in(a, m.start())
            giver = people[-1] if people else None
            noun_left = None
        noun_right = noun_right or (re.match(r"\s+it\b", right) if it_next else None)
        reduced = noun_left is not None and (
            giver is None
            or re.search(rf"{NOUN}[,)”\"]*\s*(?:{ADVERB})*$", clause_left + " ", re.I) is not None
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
                    rf"{NOUN}\s+(?:dated\s+{timewords.DATE}\s+)?(?:from|to|of|addressed to)\s+[^.;]{{2,60}}$",
                    clause_left,
                    re.I,
                )
                and (re.match(r"\s+(?:to|by|me)\b", right))
                and not NOUN_RE.search(right[:60])
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
    ) and not sure(passage, verb, m, left, right):
        return None
    if (
        not passive
        and passage.where == "note"
        and re.match(
            r"\s+(?:an?|another)\s+(?!(?:\w+\s+){0,2}(?:cop(?:y|ies)|translation|text|version)\b)",
            right,
        )
    ):
        return None  # another paper than this
    if (
        not passive
        and passage.where == "note"
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
        and not re.search(rf"{NOUN}(?:\s\w+)?,?\s*$", clause_left, re.I)
    ):
        return None
    if (
        passage.where == "body"
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
        passage.where == "note"
        and verb == "sent"
        and re.fullmatch(r"\s*(?:Also)?\s*", left)
        and re.match(r"\s+to\b", right)
        and "cover" not in right
        and "courier" not in right
        and "pouch" not in right
    ):
        return None  # read as copies
    thing = clause_left if passive else right[:80]
    if NOT_SELF.search(thing) and not re.search(rf"\b(?:this|the source) (?:{NOUN})", thing):
        return None
    frame = Frame(
        start=a + len(left) - len(left.lstrip()) if sentence_first else m.start(),
        end=m.end(),
        verb=verb,
        passive=passive,
    )
    passage.giver = giver_found
    if not passive and not infinitive:
        giver = giver_found
        if giver is not None:
            frame.giver.append(giver)
            joined = (
                re.search(
                    r"(?:,?\s+and|,)\s+(?:the\s+)?$", text[a : (giver.start or 0) - passage.offset]
                )
                if giver.rule == "leg-party"
                else None
            )
            other = passage.party_before(a, a + joined.start()) if joined else None
            if other is not None and other.rule == "leg-party":
                frame.giver.append(other)
            frame.start = min(frame.start, (giver.start or frame.start) - passage.offset)
    told = (
        re.search(
            r"\s(?:was|were|is|had been|has been)\s+(?:instructed|asked|requested|directed|told)\s+to\s+(?:\w+ly\s+)?$",
            left,
        )
        if infinitive
        else None
    )
    if told is not None and (agent := passage.party_before(a, a + told.start())) is not None:
        frame.giver.append(agent)
    if infinitive and (
        f := re.search(r"\bfor\s+(?=(?:the\s+)?[A-Z][^.;,]{2,60}\s+to\s+(?:\w+ly\s+)?$)", left)
    ):
        bearer = passage.party(a + f.end(), m.start())
        if bearer is not None and re.fullmatch(
            r"\s+to\s+(?:\w+ly\s+)?", text[bearer[1] : m.start()]
        ):
            frame.giver.append(bearer[0])
    if infinitive or re.search(
        r"\b(?:should|to|will|would|was instructed to|instructions? that (?:it|the \w+))\s+(?:be\s+)?$",
        left + (m["be"] or ""),
    ):
        frame.status = "intended"
    read_adjuncts(passage, frame, m.end(), b)
    settle_mode(passage, frame, m, left)
    if (
        passage.where == "body"
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
        or (frame.date and passage.where == "note")
    ):
        return None
    return frame


def sure(passage: Passage, verb: str, m: re.Match[str], left: str, right: str) -> bool:
    """Verbs of many meanings count only where the rest of the frame is clear."""
    if re.match(r"\s+to\s+(?:the\s+)?(?:\w+(?:[’']s)?\s+){0,2}(?:attention|notice)\b", right):
        return False
    if passage.where == "body" and verb == "read":
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
            re.match(r"\s+(?:it|this|the (?:letter|message|note|text))?\s*(?:to|over the)\s", right)
            is not None
            and NOUN_RE.search(left + right) is not None
        )
    if verb == "published":
        return re.match(r"\s+by\s+[A-Z]", right) is not None
    if verb in ("returned",):
        return (
            re.match(rf"\s+(?:it|them|the {NOUN}|this {NOUN})?\s*(?:to\b|by\b|\()", right)
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
