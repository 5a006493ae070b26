"""Which verbs of carrying speak of this paper, who gives it, and the frame that each opens."""

from __future__ import annotations

import re

import msgspec

from kgraph.extract import gazetteer, timewords
from kgraph.extract.legs.adjuncts import read_adjuncts
from kgraph.extract.legs.carriage_words import NOUN, NOUN_RE, TRIGGER, has_verb
from kgraph.extract.legs.clauses import Clause
from kgraph.extract.legs.frames import Frame
from kgraph.extract.legs.modes import settle_mode
from kgraph.extract.legs.orders import told_to
from kgraph.extract.legs.passages import Passage
from kgraph.model import Party

_NOTATION = re.compile(
    r"\b(?:note|notation|stamp|endorsement|inscription|minute|marginalia|annotation|comment|memorandum attached|slip)s?\b[^“”.;]{0,100}?(?:\b(?:reads?|reading|states?|stating|says|indicat\w+)\b[^“”.;]{0,40}?|:)[,:]?\s*“$",
    re.I,
)
_INTENDED = re.compile(
    r"\b(?:should|to|will|would|shall|could|can|might|may|must|was instructed to|instructions? that (?:it|the \w+))\s+(?:be\s+)?$"
    r"|\b(?:request|ask|suggest|recommend|direct|order|hope|wish|understanding)\w*\s+(?:\w+\s+)?that\s+[^.;]{2,50}?\s+be\s+$"
)
_REQUESTED = re.compile(
    r"\bwith\s+(?:the|a)\s+(?:\w+\s+)?(?:request|instructions?|understanding|hope)\s+that\b"
)
_DRAFTED = re.compile(r"^(?:Drafted|Prepared|Signed|Dictated)\s+by\s+")
_UNSURE = re.compile(
    r"\b(?:probably|presumably|possibly|apparently|supposedly|evidently|perhaps)\b", re.I
)
_AND_THEN = re.compile(r"\W*(?:\w+\s+){0,2}and\s+(?:then\s+|later\s+|subsequently\s+)?")
_NOW = re.compile(r"\b(?:[Ff]ollowing|[Tt]his|[Hh]erewith)\b|which\s")


def find_frames(passage: Passage, a: int, b: int) -> list[Frame]:
    """The frames of the verbs between `a` and `b`, none inside another."""
    frames: list[Frame] = []
    if not has_verb(passage.text[a:b]):
        return frames
    for m in TRIGGER.finditer(passage.text, a, b):
        if frames and m.start() < frames[-1].end:
            continue
        opened = False
        if passage.where == "note" and _in_quotes(passage.text, m.start()):
            opened = _is_noted(passage.text, a, m.start())
            if not opened and not _REPORTED_IN.fullmatch(passage.text, a, m.start()):
                continue  # quoted words are another paper's
        frame = open_frame(passage, m, a, b, frames[-1] if frames else None, opened=opened)
        if frame is not None and frame.date is not None and frame.date.rule == "date-relative":
            _of_quoted_day(passage, frame, a)
        while frame is not None:
            frames.append(frame)
            frame = _again(passage, frame, b)
    return frames


_AND_BY = re.compile(r",?\s+and\s+(?:then\s+)?by\s+(?=\S)")
_VERBLESS = re.compile(
    r"\s+(?:(?:then\s+)?(?:sent|handed|given|delivered|passed|forwarded|transmitted)\s+(?:on\s+)?)?to\s+(?=\S)"
)


def _again(passage: Passage, frame: Frame, b: int) -> Frame | None:
    """A second hop told without its verb: "given by A to B and by B to C"."""
    m = _AND_BY.match(passage.text, frame.end, b) if frame.passive and frame.receiver else None
    passage.last = frame
    giver = passage.party(m.end(), b) if m is not None else None
    to = _VERBLESS.match(passage.text, giver[1], b) if giver else None
    taker = passage.party(to.end(), b) if to is not None else None
    if m is None or giver is None or taker is None:
        return None
    again = Frame(
        m.start(),
        taker[1],
        frame.verb,
        passive=True,
        verb_end=giver[1],
        mode=frame.mode,
        mode_text=frame.mode_text,
    )
    again.giver.append(giver[0])
    again.receiver.append(taker[0])
    read_adjuncts(passage, again, taker[1], b)
    return again


def _of_quoted_day(passage: Passage, frame: Frame, a: int) -> None:
    """ "today" in quoted words: the day of the paper quoted, where that is told."""
    if passage.where != "note" or not _in_quotes(passage.text, frame.start):
        return
    told = list(
        timewords.DATE_RE.finditer(passage.text, a, passage.text.rfind("“", a, frame.start))
    )
    if told:
        frame.date = passage.date_at(*told[-1].span())


_NOTED_PAPER = re.compile(
    r"(?:As|(?:[A-Z][a-z]+\s\d{1,2}—)?(?:Original|Carbon|Copy|Copies|This|The|It|Text|Telegram|Memo|Letter|Note)\b[^.;:“”]{0,60}?)\s*"
)
_REPORTED_IN = re.compile(r"\s*According\s+to\s+[^“”]{5,90},\s*“[^“”]*")


def _is_noted(text: str, a: int, at: int) -> bool:
    """Whether a notation is quoted that the verb opens, or that begins with the paper's noun:
    "“Handed to Roe", "“Original handed to Roe"."""
    if _NOTATION.search(text, a, at) is not None:
        return True
    quote = text.rfind("“", a, at)
    return (
        quote >= 0
        and _NOTED_PAPER.fullmatch(text, quote + 1, at) is not None
        and _NOTATION.search(text, a, quote + 1) is not None
    )


def _in_quotes(text: str, at: int) -> bool:
    return text.count("“", 0, at) > text.count("”", 0, at)


def open_frame(
    passage: Passage, m: re.Match[str], a: int, b: int, last: Frame | None, *, opened: bool = False
) -> Frame | None:
    """The frame of the verb matched, or None where it does not carry this paper.

    `last` is the frame before it in the sentence; `opened` tells that a notation is
    quoted which begins with the verb.
    """
    text = passage.text
    if (
        m["verb"][0].isupper()
        and not opened
        and text[a : m.start()].strip(' (“"')[-1:] not in ("", ";", ":")
    ):
        return None  # a name: "from Read to Roe"
    clause = Clause(
        verb=m["verb"].lower(), be=m["be"] or "", left=text[a : m.start()], right=text[m.end() : b],
        note=passage.where == "note", opened=opened, follows=last is not None,
    )  # fmt: skip
    if clause.refused or _of_another_day(passage, clause):
        return None
    passage.named = passage.names_in(a, m.start())
    passage.giver = None
    passage.last = last
    found = _subject(passage, clause, a, m.start())
    if found is None:
        return None
    passive, giver = found
    if clause.of_another(passive):
        return None
    if not clause.note and not passive:
        about_this = _NOW.search(clause.left[-60:] + clause.right[:60])
        if not about_this or (giver is not None and giver.note == "“you”"):
            return None
    if _is_copy_list(clause):
        return None
    begin = m.start()
    if clause.first and not opened and not (last is not None and ";" in clause.left):
        begin = a + len(clause.left) - len(clause.left.lstrip())
    frame = Frame(begin, m.end(), clause.verb, passive, verb_end=m.end())
    passage.giver = giver
    if not passive and not clause.order and giver is not None:
        _give(passage, frame, giver, a)
    if clause.first and frame.passive and not opened:
        maker = _DRAFTED.search(clause.left)
        drafter = passage.party(a + maker.end(), m.start()) if maker is not None else None
        if drafter is not None and re.fullmatch(r"\W*and\s*", text[drafter[1] : m.start()]):
            frame.handed_on = drafter[0]
    if clause.order:
        agent = told_to(passage, clause, a, m.start())
        if agent is not None:
            frame.giver.append(agent)
    if clause.order or _INTENDED.search(clause.left + clause.be):
        frame.status = "intended"
    to_whom: Party | None = None
    if frame.status == "intended" and last is not None and last.receiver and _REQUESTED.search(clause.left):  # fmt: skip
        frame.giver.append(last.receiver[0])  # who got it is to hand it on
        if passage.addressee is not None:
            to_whom = msgspec.structs.replace(
                passage.addressee,
                start=None,
                end=None,
                certainty="inferred",
                note="addressee of the document",
            )
    if clause.note and not passive and _whose_else(passage, clause):
        return None
    read_adjuncts(passage, frame, m.end(), b)
    if to_whom is not None and not frame.receiver:
        frame.receiver.append(to_whom)
    settle_mode(passage, frame, clause, m.start(), m.end())
    just_before = " ".join(clause.left.split()[-2:])
    frame.unsure = _UNSURE.search(f"{just_before} {m.group()}") is not None
    _hand_on(frame, clause, last)
    if clause.first and frame.mode in ("embassy cable", "despatch") and maker_named(frame, clause):
        frame.handed_on = None  # who drafted a telegram is not who sends it
    return frame if _tells_enough(passage, frame) else None


def maker_named(frame: Frame, clause: Clause) -> bool:
    """Whether the drafter stands for the giver ("Drafted by Roe and transmitted in telegram 3")."""
    return frame.handed_on is not None and _DRAFTED.search(clause.left) is not None


_WHOSE = re.compile(
    rf"\s+(?:(?:to\s+)?[A-Z][\w.-]*\s+)?(?P<who>[A-Z][\w-]+)(?:[’']s|(?<=s)[’'])\s+(?:\w+\s+)?{NOUN}\b"
)
_AN_OFFICE = frozenset(
    (
        "President",
        "Secretary",
        "Minister",
        "Department",
        "Premier",
        "Chancellor",
        "Chairman",
        "Embassy",
    )
)


def _whose_else(passage: Passage, clause: Clause) -> bool:
    """Whether the paper handed on is told to be somebody else's than this one's sender."""
    m = _WHOSE.match(clause.right)
    if m is None or passage.sender is None or m["who"] in _AN_OFFICE:
        return False
    return m["who"] not in f"{passage.sender.name} {passage.sender.role or ''}"


def _of_another_day(passage: Passage, clause: Clause) -> bool:
    """Whether the paper spoken of bears a date that is not this document's."""
    if not clause.note or passage.date is None or not passage.date.edtf:
        return False
    dated = clause.dated_noun
    if dated is None:
        return False
    day = timewords.read_date(dated["date"], 0, len(dated["date"]), year=passage.year)
    return bool(day.edtf) and len(day.edtf or "") >= 10 and day.edtf != passage.date.edtf[:10]


def _subject(passage: Passage, clause: Clause, a: int, at: int) -> tuple[bool, Party | None] | None:
    """Whether the paper is the verb's subject (passive), and who gives it where it is not;
    None where the clause has no paper in it."""
    left, right = clause.left, clause.right
    before, behind = clause.noun_before, clause.noun_behind
    if clause.be or clause.first:
        return (True, None) if before or clause.first else None
    if clause.order:
        it = re.search(r"\bthat\s+(?:the\s+)?[A-Z][\w. ]+$", left) and re.match(r"\s+it\b", right)
        return (False, None) if before or behind or it else None
    by_next = re.match(r"\s+(?:\w+ly\s+)?by\s+(?!hand\b)", right) is not None
    giver = None if by_next and before else passage.party_before(a, at)
    hop = passage.last
    if giver is None and hop is not None and hop.passive and not by_next and _AND_THEN.fullmatch(passage.text, hop.end, at):  # fmt: skip
        return True, None  # "was given to A and broadcast"
    it_next = re.match(r"\s+(?:it|them|this|same)\b", right) is not None
    if giver is None and it_next and re.search(r"(?:,|\band|\bthen|\bwho)\s*$", left):
        people = passage.names_in(a, at)
        opener = passage.subject(a, at) if re.search(r"\band(?:\s+then)?\s*$", left) else None
        giver = opener or (people[-1] if people else passage.emissary(a, at))
        if passage.last is not None and passage.last.giver and left.rstrip().endswith("and"):
            giver = passage.last.giver[0]
        before = None
    which = re.search(r",?\s+which\s*$", left)
    if giver is None and behind and which is not None:
        giver = passage.party_before(a, a + which.start())
    if giver is None and behind and re.search(r"\band(?:\s+then)?\s*$", left):
        giver = passage.subject(a, at)  # "Roe called on me and handed me this note"
    if it_next:
        behind = behind or re.match(r"\s+it\b", right)
    reduced = before is not None and (giver is None or clause.noun_ends_it)
    if giver is None and not reduced:
        # "letter from X to Y delivered to Embassy by messenger"
        after_by = re.match(r"[^.;,]{0,50}?\bby\s", right) is not None
        if not (before and (after_by or re.match(r"\s+(?:to|me|by|him|us)\b", right))):
            return None
    elif giver is not None and not reduced:
        of_whom = rf"{NOUN}\s+(?:dated\s+{timewords.DATE}\s+)?(?:from|to|of|addressed to)\s+(?:(?!\b(?:which|that)\b)[^.;]){{2,60}}$"
        if (
            re.search(of_whom, clause.near, re.I)
            and re.match(r"\s+(?:to|by|me|(?:the\s+)?[A-Z][\w.’ ]{2,40}?\s+by)\b", right)
            and not NOUN_RE.search(right[:60])
        ):
            giver = None
        elif not behind and not (before and re.search(r"\b(?:which|that|and|,)\b", clause.near)):
            return None
    return giver is None, giver


def _is_copy_list(clause: Clause) -> bool:
    """Whether "Sent to ..." lists receivers of copies, which are read as such."""
    if not clause.note or clause.verb != "sent" or not re.match(r"\s+to\b", clause.right):
        return False
    if re.fullmatch(r"\s*(?:Also)?\s*", clause.left) is None:
        return False
    if re.search(
        r";\s*(?:and\s+)?(?:then\s+)?(?:forwarded|relayed|delivered|handed|passed)\b", clause.right
    ):
        return False  # the first of two hops
    means = r"\bfor\s+(?:\w+\s+)?(?:forwarding|transmittal|transmission|delivery)\b|\bcover|courier|pouch|\bin\s+(?:telegram|[A-Z]\w+\s+\d)|\bchannels?\b|\b(?:via|through|by)\b|\bover\s+the\s+(?:hot|direct)\b"
    return re.search(means, clause.right) is None


def _give(passage: Passage, frame: Frame, giver: Party, a: int) -> None:
    """Put the giver into the frame, and who stands beside him ("A and B handed")."""
    frame.giver.append(giver)
    if giver.rule == "leg-party":
        before = passage.text[a : (giver.start or 0) - passage.offset]
        joined = re.search(r"(?:,?\s+and|,)\s+(?:the\s+)?$", before)
        other = passage.party_before(a, a + joined.start()) if joined else None
        if other is not None and other.rule == "leg-party":
            frame.giver.append(other)
    frame.start = min(frame.start, (giver.start or frame.start) - passage.offset)


def _hand_on(frame: Frame, clause: Clause, last: Frame | None) -> None:
    """A second hop of one sentence ("sent to A and given to B") goes on from the first."""
    if frame.handed_on is not None and frame.giver:
        frame.handed_on = None
    if last is None or frame.giver or frame.carrier or not last.receiver or not frame.passive:
        return
    if (
        last.verb == "sent"
        and gazetteer.is_place(last.receiver[0].name)
        and frame.verb in _WIRED_ON
    ):
        return  # "sent to Bonn, Paris, and Rome; passed to Berlin"
    if not frame.receiver or not re.search(
        r"(?:\b(?:and|then)\s+(?:(?:an?\s+)?\w+\s+)?|;\s*)$", clause.left
    ):
        opened = re.match(
            r"[A-Z]\w+ed\s+to\s[^.;]{3,60},\s+(?:it|(?:the|this)\s+\w+)\s*$", clause.left.lstrip()
        )
        if opened is None:  # "Entrusted to Roe, the letter was delivered to Doe"
            return
    if last.receiver[0].name in [party.name for party in frame.receiver]:
        frame.handed_on = last.giver[0] if last.giver else None  # "and a copy left with him"
    else:
        frame.handed_on = last.receiver[0]


_WIRED_ON = frozenset(("passed", "relayed", "pouched"))
_RECEIVED_AT = re.compile(r"\s+(?:in|at|by)\s+(?=the\s+[A-Z])")


def _tells_enough(passage: Passage, frame: Frame) -> bool:
    note = passage.where == "note"
    if not note and frame.verb == "received" and not frame.receiver and passage.writer is not None:
        frame.receiver.append(
            msgspec.structs.replace(
                passage.writer, certainty="inferred", note="who writes that it was received"
            )
        )
    if note and frame.verb == "received" and not frame.receiver:
        where = _RECEIVED_AT.match(passage.text, frame.verb_end)
        taker = passage.party(where.end(), frame.end) if where is not None else None
        if taker is not None and taker[0].kind != "person":
            frame.receiver.append(taker[0])
    if frame.mode == "not stated" and "channel" not in (frame.mode_text or "").lower():
        told = frame.giver or frame.status == "intended"
        if not note and not (told and frame.receiver):
            return False
        if not (frame.giver or frame.receiver or frame.carrier or frame.place):
            return False
    if frame.verb == "submitted" and frame.mode == "not stated" and not frame.receiver:
        return False  # an estimate has whoever submits it, and goes nowhere
    by_means = frame.mode != "hand delivery" or frame.verb.startswith("hand-")
    return bool(
        frame.giver or frame.receiver or frame.carrier or (frame.mode_text and by_means) or frame.place
        or (frame.date and note) or (not note and frame.status == "intended" and by_means is False)
    )  # fmt: skip
