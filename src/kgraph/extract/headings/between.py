"""The "to" of a heading: where it parts sender from addressee, and where it belongs to an office."""

from __future__ import annotations

import re

from kgraph.alternatives import by_letter
from kgraph.extract import offices
from kgraph.extract.gazetteer import is_country
from kgraph.extract.headings import parties as who
from kgraph.model import Party

TO = re.compile(r"(?<=[\s)\]])(?:[Tt]o|TO)\s+(?!be\b|discuss|consider|review|[Bb]e\b)")
_TAKES_TO = re.compile(
    r"(?:\b(?:"
    + by_letter(
        r"ambassadors?|representatives?|envoys?|delegates?|ministers?|observers?|consuls?|missions?|delegations?|embassy|legation|attach[ée]s?"
        r"|advisers?|advisors?|consultants?|assistants?|secretary|representation|aide|liaison|counsel(?:l?or)?|deputy|accredited|high commissioners?|commissioners?|commissions?|committee|conference|chargé|chief of staff|(?<!chiefs of )staff|clerk|office|agent"
        r"|relating|pursuant|according|respect|regard|reference|related|response|reply|answer|addressed|opposed|approach"
    )
    + r")"
    r"(?:\s+(?:extraordinary|plenipotentiary|general|officer|designate|elect))?)\s*$",
    re.IGNORECASE,
)
_HELD = re.compile(r"\([^()]+\)(?:,\s+[^()]{3,40})?,?\s*$")
_COUNTRY_HELD = re.compile(
    r"(?:the\s+)?(?!(?:Mr|Mrs|Dr|Sir|Lord|Count|Baron|Prince)\b)[A-Z][\w’'-]+(?:\s(?:and\s)?[A-Z][\w’'-]+){0,3}\s+\((?!Telegram|Extract)[A-Z][^()]+\)\s*$"
)
_BODY_LAST = re.compile(
    r"\b(?:Staff|Committee|Board|Council|Group|Office|Division|Department|Commission|Delegation|Mission|Agency|Administration|Section|Bureau|Embassy|Legation)$"
)
_GOES = re.compile(  # "Log of the President’s Trip to Africa": no sender
    r"(?i)\b(?:"
    + by_letter(
        r"trip|visit|journey|voyage|tour|mission of \w+|return|travels?|flight|aid|assistance|sales?|shipments?|approach|access|threats?|reaction|invitation|withdrawal|transfer|reported|presented|submitted|handed|given|read|delivered"
    )
    + r")$|^(?:log|record|list|history|chronology)\b"
)


def plausible(left: str, right: str) -> bool:
    """Whether both sides of an unlabelled "to" look like parties ("Mr. Adams to Mr. Seward")."""
    left, right = left.strip(" ,"), right.strip(" ,")
    if not left or not right or len(left) > 330:
        return False
    one = who.parties(left, 0, "")
    if not one or (left[0].islower() and not left.startswith(("the ", "d’", "de "))):
        return False
    two = who.parties(right, 0, "")
    if not two or _GOES.search(left):
        return False
    if all(p.kind == "unknown" for p in one) and all(p.kind == "unknown" for p in two):
        return False
    if not _stand_alone(left, one) and re.search(
        r"\b(?:Proposal|Proposed|Report|Paper|Policy|Study|Position|Approach|Comments|Text|Agreement|Amendments?|Response|Objectives|Plan|Draft|Program|Views|Annex|Summary|List|Procedure)s?\b",
        left,
    ):
        return False
    return not re.match(r"(?:be|discuss|consider|[a-z]+\s)", right) or right.startswith(
        (
            "the ",
            "certain ",
            "all ",
            "diplomatic ",
            "consular ",
            "his excellency ",
            "their excellencies ",
        )
    )


def _stand_alone(left: str, one: tuple[Party, ...]) -> bool:
    """Whether the sender is an office with its holder, or an office or body with its article:
    "the Director of the Policy Planning Staff (Bell)", "The Policy Planning Staff"."""
    if left.endswith(")"):
        return all(party.kind == "person" and party.role for party in one)
    return (
        left.startswith(("The ", "the "))
        and len(one) == 1
        and (one[0].kind == "office" or _BODY_LAST.search(left) is not None)
    )


_SERVES = re.compile(
    r"(?i)\b(?:assistant|adviser|advisor|aide|counsell?or|consultant|clerk|liaison(?: officer)?)$"
)
_APPOSED = re.compile(rf"(?:Mr\.\s+|Dr\.\s+)?(?P<name>{offices.NAME}),\s+[^(),]*[a-z]\s$")
_AT_THE_UN = re.compile(r"\b(?:Mission|Delegation|Representative|Ambassador)$")
_ONE_HELD = re.compile(r"(?:the\s+)?[^(),]{3,110}\((?!Telegram|Extract)[A-Z][^()]+\)\s*")


def cut(text: str, begin: int, end: int) -> re.Match[str] | None:
    """The "to" that parts sender from addressee."""
    found = [to for to in TO.finditer(text, begin, end) if _depth(text, begin, to.start()) == 0]
    if len(found) > 1:  # an office that bears a "to" ends with its holder's name in parentheses
        for to in found[1:]:
            if _HELD.search(text, begin, to.start()) and offices.has_office(
                text[begin : found[0].start()]
            ):
                return to
    for index, to in enumerate(found):
        left = text[begin : to.start()].rstrip(" ,")
        if not left:
            continue
        if _TAKES_TO.search(left):
            if index + 1 < len(found):
                continue
            country = text[to.end() : end].partition("(")[0]
            if (
                _COUNTRY_HELD.match(text, to.end(), end)
                and not offices.has_office(country)
                and (
                    not offices.has_body(country)
                    or "United" in country
                    or is_country(country.strip())
                )
            ):
                return None  # "by the Ambassador to Ruritania (Bell)"
            if _AT_THE_UN.search(left) and country.strip() == "the United Nations":
                return None  # "issued by the Mission to the United Nations"
            if _SERVES.search(left) and _APPOSED.match(text, begin, to.start()):
                return None  # "by John Bell, Special Assistant to the Secretary of State"
            if _SERVES.search(left) and _ONE_HELD.fullmatch(text, to.end(), end):
                return None  # "by the Special Assistant to the Secretary of State (Bell)"
        return to
    return None


def _depth(text: str, begin: int, at: int) -> int:
    part = text[begin:at]
    return part.count("(") - part.count(")") + part.count("[") - part.count("]")
