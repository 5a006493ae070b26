"""Who is to hand a paper on, where a clause orders or asks it."""

from __future__ import annotations

import re

from kgraph.extract.legs.clauses import Clause
from kgraph.extract.legs.passages import Passage
from kgraph.model import Party

_TOLD_TO = re.compile(
    r"\s(?:was|were|is|had been|has been)\s+(?:instructed|asked|requested|directed|told|authorized)\s+to\s+(?:\w+ly\s+)?$"
)
_ASKING = re.compile(
    r"\b(?:am|are|have|is)\s+(?:asking|asked|requesting|requested|instructing|instructed)\s+(?=(?:the\s+)?[A-Z][^.;,]{2,60}\s+to\s+(?:\w+ly\s+)?$)"
)
_FOR = re.compile(r"\bfor\s+(?=(?:the\s+)?[A-Z][^.;,]{2,60}\s+to\s+(?:\w+ly\s+)?$)")
_WITH_ORDERS = re.compile(
    r"\bwith\s+(?:the\s+|an?\s+)?(?:\w+\s+)?(?:instructions?|request|orders?)\s+to\s+(?:\w+ly\s+)?$"
)
_ORDERED_THAT = re.compile(  # "with instructions that Roe deliver it"
    r"\bwith\s+(?:the\s+|an?\s+)?(?:\w+\s+)?(?:instructions?|request|orders?)\s+that\s+(?=(?:the\s+)?[A-Z][^.;,]{2,60}$)"
)
_SHOULD = re.compile(r"\s(?:should|shall|will|would|may|is\s+to|was\s+to)\s+(?:\w+ly\s+)?$")
_HAVE = re.compile(r"\b[Hh]ave\s+(?=(?:the\s+)?[A-Z][\w. ]{2,50}$)")
_TO_DO = re.compile(r"\s+to\s+(?:\w+ly\s+)?")


def told_to(passage: Passage, clause: Clause, a: int, at: int) -> Party | None:
    """Who is to deliver: "Roe was instructed to", "for Roe to", "I am asking Roe to"."""
    told = _TOLD_TO.search(clause.left)
    if told is not None:
        agent = passage.party_before(a, a + told.start())
        return agent or passage.post_before(a, a + told.start())
    with_orders = _WITH_ORDERS.search(clause.left)
    if with_orders is not None and passage.last is not None and passage.last.receiver:
        return passage.last.receiver[0]
    ordered = _ORDERED_THAT.search(clause.left)
    if ordered is not None:
        return passage.party_before(a + ordered.end(), at)
    must = _SHOULD.search(clause.left)
    if must is not None:
        agent = passage.party_before(a, a + must.start())
        return agent if agent is not None and agent.kind in ("person", "office", "body") else None
    have = _HAVE.search(clause.left)
    if have is not None:
        return passage.party_before(a + have.end(), at)
    asked = _FOR.search(clause.left) or _ASKING.search(clause.left)
    if asked is None:
        return None
    bearer = passage.party(a + asked.end(), at)
    if bearer is None or not _TO_DO.fullmatch(passage.text, bearer[1], at):
        return None
    return bearer[0]
