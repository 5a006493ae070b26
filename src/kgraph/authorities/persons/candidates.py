"""A question for a person, and the persons that it may mean, with their probabilities."""

from __future__ import annotations

import math
from collections.abc import Iterable

import msgspec

from kgraph.authorities.persons.calibration import calibrated
from kgraph.authorities.persons.known import Known

SOMEBODY_ELSE = 4.0
"""Score of the reading that the name is of nobody in the authority."""

AS_PRINTED = "the form as printed is in the authority"
"""The reason of a match whose form, order and all, the authority has."""


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """A name to be matched, and what the source says beside it.

    `first` and `last` are the years in which the source places the person (a
    document's year twice, or a volume's span); `about` is a description or
    office in words; `company` are ids of persons named close by.
    """

    name: str
    first: int | None = None
    last: int | None = None
    about: str | None = None
    side: str | None = None
    female: bool | None = None
    company: tuple[str, ...] = ()


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One person that a name may stand for: score in log-odds, calibrated probability."""

    id: str
    score: float
    probability: float
    reasons: tuple[str, ...] = ()


Scored = tuple[str, float, tuple[str, ...]]
"""A person's id, score in log-odds, and the reasons."""


def decide(scored: Iterable[Scored], somebody_else: float = SOMEBODY_ELSE) -> list[Candidate]:
    """Candidates best first, with calibrated probabilities that share one whole.

    `somebody_else` is the score of the reading that it is none of them.
    """
    ranked = sorted(scored, key=lambda s: (-s[1], s[0]))
    if not ranked:
        return []
    top = ranked[0][1]
    total = math.exp(somebody_else - top) + sum(math.exp(score - top) for _, score, _ in ranked)
    return [
        Candidate(
            id=id,
            score=round(score, 3),
            probability=calibrated(math.exp(score - top) / total),
            reasons=reasons,
        )
        for id, score, reasons in ranked
    ]


def in_years(query: Query, known: Known, reasons: list[str]) -> float:
    """Log-odds from the years in which the source places a person and those in which he or she
    is known; a reason is added to `reasons`."""
    if query.first is None or query.last is None:
        return 0.0
    if known.born and known.born > query.last - 10:
        reasons.append(f"born in {known.born}, after")
        return -8.0
    if known.died and known.died < query.first - 30:
        reasons.append(f"died in {known.died}, long before")
        return -1.5
    if known.first is None or known.last is None:
        return 0.0
    gap = max(known.first - query.last, query.first - known.last, 0)
    if gap == 0:
        reasons.append("in office at the time")
        return 1.5
    if gap <= 10:
        return 0.7
    if gap <= 25:
        return -0.5
    reasons.append(f"known {gap} years apart")
    return -3.0 if gap <= 45 else -6.0
