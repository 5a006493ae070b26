"""Who drafted, cleared, approved, signed; to whom copies went.

"Drafted by A (EUR) on May 7; cleared in draft by B and with C, Deputy Director of
D, and in substance by E; and approved in S." Each verb opens a list; a list ends at
the next verb, at a semicolon or at words that name nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import msgspec

from kgraph.alternatives import by_letter, by_letter_as_written
from kgraph.extract import names, timewords
from kgraph.model import Date, Party

_VERBS = {
    "drafter": "drafted|redrafted|prepared|written|wrote|dictated|revised|composed|originated",
    "clearer": "cleared|concurred in|concurred|coordinated|reviewed|clearance",
    "approver": "approved|authorized|released",
    "signer": "signed",
    "other": "initialed|initialled|transcribed|typed|retyped|certified|authenticated|recorded|edited|submitted|transmitted",
}
_ROLE_OF = {verb: role for role, verbs in _VERBS.items() for verb in verbs.split("|")}
_ANY = "|".join(sorted(_ROLE_OF, key=len, reverse=True))
_EITHER_CASE = by_letter(_ANY)
_TOLD = re.compile(rf"\b(?:{by_letter_as_written(f'{_ANY}|drafting of')})")
_QUALIFIER = r"(?:(?:in\s+(?:draft|substance|part|final\s+form|an\s+earlier\s+draft)(?:\s+form)?|for\s+transmission|by\s+(?:tele)?phone|for\s+dispatch|informally|personally|orally|individually|presumably|initially|jointly|also|\(in draft\)|\(draft\)|\(substance\))[\s,]*(?:and\s+(?=in\s))?)"
_WHEN = rf"(?:(?:on|at|about)?\s*(?:{timewords.DATE}|{timewords.CLOCK}(?:\s+on\s+{timewords.DATE})?)(?:,?\s+(?:at\s+)?{timewords.CLOCK})?[\s,]*)"
_HEAD = re.compile(
    rf"\b(?P<verbs>(?:{_EITHER_CASE})(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|/)(?:{_EITHER_CASE}))*)(?:\s+(?:the|this)\s+\w+|\s+for\s+(?:the\s+)?[A-Z][\w.]+(?:\s[A-Z]\w+)?(?=\s+by\b))?[\s,]+"
    rf"(?P<q>(?:{_QUALIFIER}|{_WHEN}|{_QUALIFIER})*)(?P<prep>by|with|in|at|for|through|from)\s+",
    re.I,
)
_ACTIVE = re.compile(
    rf"^(?:[^.;]{{0,120}}?\b(?:indicates?|states?|shows?|notes?)\s+(?:that\s+)?)?(?P<name>{names.TITLED}{names.NAME})\s+(?:also\s+)?(?P<verbs>(?:{_ANY})(?:\s+and\s+(?:{_ANY}))*)\s+"
    r"(?P<object>it\b|(?:the|this)\s+(?:source text|memorandum|telegram|letter|paper|message|report|airgram|original|record|summary|minutes|conversation|document|draft|cable|despatch|text)\b)"
)
_SEP = re.compile(
    rf"[\s,;]*(?:(?:and|or|&|as\s+well\s+as|then)\b[\s,]*)?(?:also\s+)?(?P<q>(?:{_QUALIFIER})*)(?:(?:and\s+)?(?:by|with|in|from|among)\s+)?(?:both\s+)?(?P<q2>(?:{_QUALIFIER})*)(?:by\s+)?"
)
_TRAIL = re.compile(
    r"\s*,?\s*(?:\()?(?P<q>in\s+(?:draft|substance|part)|(?<=\()(?:draft|substance|info|telephone|phone)|for\s+\w+|by\s+(?:tele)?phone)(?:\))?(?=[,;.\s)]|$)(?!\s+(?:by|with)\b)"
)
_DATE_AFTER = re.compile(
    rf"\s*,?\s*(?:on\s+|at\s+)?(?P<d>{timewords.DATE}(?:,?\s+(?:at\s+)?{timewords.CLOCK})?|{timewords.CLOCK},?\s+(?:on\s+)?{timewords.DATE})"
)
_OFFICE_BY = re.compile(
    rf"(?P<office>{names.SYMBOL}|(?:the\s+)?[A-Z][\w ]{{2,40}}?)\s+by\s+(?=[A-Z\[])"
)
_LEAD_IN = re.compile(
    r"^(?:(?:Presumably|Apparently|Probably)\s+|(?:It|This|The|A|An)\s+(?:[\w’'-]+\s+){0,8}?(?:was|were|is|had been|has been)\s+|According to (?:another|the|a) [^,]{3,90},\s+(?:(?:it|this \w+|the \w+) was\s+)?|[^.;]{0,120}?\b(?:indicates?|states?|shows?|reads?|notes?|suggests?)\s+(?:that\s+)?(?:it|this \w+|the \w+)\s+(?:was|were|had been)\s+|[^.;]{0,120}?,?\s\b(?:but|although|and|however,?)\s+(?:it|this \w+|the \w+)\s+(?:was|were|had been)\s+)?(?:[Aa]lso\s+)?$"
)


@dataclass(slots=True)
class Drafting:
    """People found in one sentence, by what they did; spans that were understood."""

    drafters: list[Party] = field(default_factory=list)
    clearers: list[Party] = field(default_factory=list)
    approvers: list[Party] = field(default_factory=list)
    signers: list[Party] = field(default_factory=list)
    others: list[tuple[str, Party]] = field(default_factory=list)
    understood: list[tuple[int, int]] = field(default_factory=list)
    drafted: Date | None = None


_ALONE = re.compile(
    rf"(?:Drafted|Prepared|Revised|Dictated|Typed|Approved|Cleared)(?:\s+and\s+\w+ed)?\s+(?:on\s+)?(?P<d>{timewords.DATE})\.?"
)
_CONCURRED = re.compile(
    r"(?P<list>[A-Z][^.;]{2,220}?(?:\.[^.;]{2,80}?)?)\s+(?:also\s+)?concurred\b"
)


def read_drafting(
    text: str, start: int, end: int, offset: int = 0, *, year: int | None = None
) -> Drafting:
    """Drafters, clearers, approvers and signers that text[start:end] names."""
    found = Drafting()
    if not _TOLD.search(text[start:end].lower()):
        return found
    meeting = _AT_A_MEETING.search(text, start, end)
    if meeting is not None:
        _read_present(found, text, meeting.end(), end, offset)
        found.understood.append((start, meeting.end()))
        return found
    heads = [m for m in _HEAD.finditer(text, start, end) if _opens(text, start, m, end)]
    if not heads:
        alone = _ALONE.match(text, start, end)
        if alone:
            found.drafted = timewords.read_date(text, *alone.span("d"), offset, year=year)
            found.understood.append(alone.span())
        concurred = _CONCURRED.match(text, start, end) if "concurred" in text else None
        if concurred:
            at = start
            while at < concurred.end("list") and (
                got := names.read_party(text, at, concurred.end("list"), offset)
            ):
                found.clearers.append(msgspec.structs.replace(got[0], rule="drafting-concurred"))
                sep = _SEP.match(text, got[1], concurred.end("list"))
                if sep is None or not sep.group().strip():
                    break
                at = sep.end()
            found.understood.append((start, concurred.end()))
            return found
        active = _ACTIVE.match(text[start:end])
        if active and (
            got := names.read_party(
                text, start + active.start("name"), start + active.end("name"), offset
            )
        ):
            party = msgspec.structs.replace(got[0], rule="drafting-active")
            _add(found, active["verbs"], party)
            found.understood.append((start, start + active.end()))
        return found
    lead = text[start : heads[0].start()]
    if _LEAD_IN.match(lead):
        found.understood.append((start, heads[0].start()))
    for i, head in enumerate(heads):
        stop = heads[i + 1].start() if i + 1 < len(heads) else end
        _read_list(found, text, head, stop, offset, year)
    return found


_AT_A_MEETING = re.compile(
    r"\b[Dd]rafting of (?:this|the)\s+\w+\s+(?:was|were)\s+(?:done|completed|carried out)\s+(?:at|in|during)\s+[^.;]*?\b(?:attended by|among)\s+"
)


def _read_present(found: Drafting, text: str, at: int, end: int, offset: int) -> None:
    """Those present at the meeting that drafted a paper."""
    while got := names.read_party(text, at, end, offset):
        found.drafters.append(
            msgspec.structs.replace(
                got[0], rule="drafting-meeting", note="at a meeting that drafted it"
            )
        )
        sep = _SEP.match(text, got[1], end)
        if sep is None or not sep.group().strip():
            break
        at = sep.end()


def _opens(text: str, start: int, head: re.Match[str], stop: int) -> bool:
    """Whether a verb governs a list of persons here, and not a clause of the narrative."""
    before = text[start : head.start()].rstrip()
    verbs = head["verbs"].lower()
    if head["prep"].lower() in ("for", "from", "through", "at") and not (
        verbs.startswith(("drafted", "prepared")) and head["prep"].lower() == "at"
    ):
        return False
    if (
        verbs in ("transmitted", "submitted", "released", "recorded", "written", "prepared")
        and before
        and not re.search(r"(?:was|were)$", before)
    ):
        return verbs in ("prepared", "written") and before.endswith((";", ",", "and"))
    if (
        verbs in ("submitted", "transmitted", "reviewed", "certified")
        and head["prep"].lower() != "by"
    ):
        return False
    if head["prep"].lower() == "in" and _OFFICE_BY.match(text, head.end(), stop):
        return not before or before.endswith((",", ";", "and"))
    if head["prep"].lower() == "in" and not re.match(
        rf"(?:the\s+)?(?:{names.SYMBOL}|White House|Department|Embassy|Office|Bureau)",
        text[head.end() : stop],
    ):
        return (
            verbs.startswith(("drafted", "prepared", "approved", "cleared"))
            and not before
            and text[head.end() : stop][:5].lstrip("the ")[:1].isupper()
        )
    if not before:
        return True
    if before.endswith((",", ";", ")")) or re.search(r"\b(?:and|but|then)$", before):
        return (
            len(_HEAD.findall(text[start : head.start()])) > 0
            or re.match(r"Drafted|Prepared|Approved|Cleared", before) is not None
            or _LEAD_IN.match(before + " ") is not None
        )
    return _LEAD_IN.match(before + " ") is not None


def _roles(verbs: str) -> list[tuple[str, str]]:
    seen: list[tuple[str, str]] = []
    for verb in re.findall(_ANY, verbs.lower()):
        seen.append((verb, _ROLE_OF[verb]))
    return seen


def _add(found: Drafting, verbs: str, party: Party) -> None:
    for verb, role in _roles(verbs):
        if role == "drafter":
            found.drafters.append(party)
        elif role == "clearer":
            found.clearers.append(party)
        elif role == "approver":
            found.approvers.append(party)
        elif role == "signer":
            found.signers.append(party)
        else:
            found.others.append((verb, party))


_OFFICE_NAMED = re.compile(
    r"(?:the\s+)?(?P<name>[A-Z][\w.&/-]*(?:\s+(?:of\s+(?:the\s+)?)?[A-Z][\w.&/-]*)*)"
)


def _office_at(text: str, at: int, stop: int, offset: int) -> tuple[Party, int] | None:
    """The office that a paper was drafted in ("in the Berlin Task Force")."""
    m = _OFFICE_NAMED.match(text, at, stop)
    if m is None:
        return None
    name = m["name"].rstrip(".")
    begin = m.start("name")
    return Party(
        name=" ".join(name.split()),
        kind="office",
        start=offset + begin,
        end=offset + begin + len(name),
    ), begin + len(name)


_AT_HOUSE = re.compile(
    r"\s+(?:at|in)\s+(?:the\s+)?(?P<house>(?:Department\s+of\s+(?:the\s+)?[A-Z]\w+|State|Defense|Treasury|Commerce|Agriculture|Justice|Labor|Interior|(?:Central Intelligence )?Agency|Pentagon|White House)(?:\s+Department)?)\b"
)
_FOR_ANOTHER = re.compile(  # "approved by Roe who signed for the Secretary"
    rf"\s*,?\s*(?:who|and)\s+(?:also\s+)?(?P<did>signed|initialed|initialled)\s+for\s+(?P<whom>(?:the\s+)?{names.TITLED}(?:{names.NAME}|Secretary|President))"
)
_DIVISION = re.compile(r"\b(?:Division|Office|Bureau|Branch|Section|Staff|Desk|Embassy|Mission)\b")


def _is_division(
    party: Party, before: list[Party], head: re.Match[str], behind: str, between: str
) -> bool:
    """Whether a body at a list's end is where the one drafter named before it works."""
    return (
        party.kind in ("body", "office")
        and len(before) == 1
        and before[0].kind == "person"
        and before[0].office is None
        and head["verbs"].lower().startswith(("drafted", "prepared"))
        and between.startswith(", ")
        and not between.startswith((", and ", ", with "))
        and _DIVISION.search(party.name) is not None
        and re.match(r"\s*(?:of\b[^;.]*)?(?:[.;]|$)", behind) is not None
    )


def _read_list(
    found: Drafting, text: str, head: re.Match[str], stop: int, offset: int, year: int | None
) -> None:
    at = head.end()
    qualifier = head["q"].strip(" ,") or None
    when: Date | None = None
    if qualifier and (d := timewords.DATE_RE.search(text, head.start("q"), head.end("q"))):
        when = timewords.read_date(text, d.start(), d.end(), offset, year=year)
        qualifier = None
    parties: list[Party] = []
    done = at
    in_office = head["prep"].lower() == "in"
    if in_office and (o := _OFFICE_BY.match(text, at, stop)):
        at, in_office = o.end(), False
        qualifier = f"in {o['office']}"
    while at < stop:
        got = names.read_party(text, at, stop, offset)
        if (got is None or got[0].kind == "person") and in_office and not parties:
            got = _office_at(text, at, stop, offset) or got
        if got is None:
            break
        party, at = got
        if re.match(
            r"\s*(?:was|were|had|has|is|saw|made|said|told|noted|indicated|stated|wrote|sent|asked)\b",
            text[at:stop],
        ):
            break
        if _is_division(party, parties, head, text[at:stop], text[done:at]):
            parties[-1] = msgspec.structs.replace(parties[-1], office=party.name)
            done = at
            break
        note = qualifier
        while True:
            if t := _TRAIL.match(text, at, stop):
                note, at = t["q"], t.end()
            elif d := _DATE_AFTER.match(text, at, stop):
                when = timewords.read_date(text, *d.span("d"), offset, year=year)
                party = msgspec.structs.replace(party, date=when)
                at = d.end()
            else:
                break
        at_house = _AT_HOUSE.match(text, at, stop)
        if at_house is not None:  # "Roe, Doe, and Poe at the Department of Defense"
            at = at_house.end()
            house = at_house["house"]
            for back in range(len(parties) - 1, -1, -1):
                if parties[back].office is not None or parties[back].kind != "person":
                    break
                parties[back] = msgspec.structs.replace(parties[back], office=house)
            if party.office is None and party.kind == "person":
                party = msgspec.structs.replace(party, office=house)
        clean = (
            None
            if note is None
            else re.sub(r"^\(|[,)\s]+$|\b(?:also|presumably|initially|jointly)\b", "", note).strip()
            or None
        )
        parties.append(msgspec.structs.replace(party, note=clean, rule="drafting-list"))
        done = at
        sep = _SEP.match(text, at, stop)
        if sep is None or not sep.group().strip():
            break
        if q := (sep["q"] or sep["q2"] or "").strip(" ,"):
            qualifier = q
        at = sep.end()
    if not parties:
        return
    shared = parties[-1].date if parties[-1].date is not None else when
    for party in parties:
        if party.date is None and shared is not None:
            party = msgspec.structs.replace(party, date=shared)
        _add(found, head["verbs"], party)
    if shared is not None and found.drafted is None and "draft" in head["verbs"].lower():
        found.drafted = shared
    deputed = _FOR_ANOTHER.match(text, done, stop)
    if deputed is not None:
        signer = msgspec.structs.replace(
            parties[-1], note=f"{deputed['did']} for {deputed['whom']}", rule="signed-for"
        )
        if deputed["did"] == "signed":
            found.signers.append(signer)
        else:
            found.others.append((deputed["did"], signer))
        done = deputed.end()
    rest = re.compile(r"[\s,;.)\]]*(?:and|and was|was|it was|and were)?\s*$").match(
        text, done, stop
    )
    found.understood.append((head.start(), rest.end() if rest else done))
