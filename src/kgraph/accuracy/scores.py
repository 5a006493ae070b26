"""Counting hits and misses: precision, recall, F1 and how sure they are.

precision = true positives / all found, recall = true positives / all wanted, F1
their harmonic mean; each is None where its denominator is zero. The intervals of
precision and recall are Wilson's at 95 % (E. B. Wilson, JASA 22, 1927); that of F1
is the harmonic mean of their lower and of their upper bounds, which is wider than
it need be.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

import msgspec

Z = 1.959964  # of the normal distribution, two-sided 95 %


def wilson(hits: int, trials: int) -> tuple[float, float] | None:
    """Wilson's interval of a proportion; None where there was no trial.

    >>> low, high = wilson(9, 10)
    >>> round(low, 3), round(high, 3)
    (0.596, 0.982)
    """
    if trials == 0:
        return None
    p, n = hits / trials, trials
    middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    return max(0.0, min(p, middle - half)), min(1.0, max(p, middle + half))  # whatever rounding did


def harmonic(a: float | None, b: float | None) -> float | None:
    """Harmonic mean; None where one is missing, 0 where both are 0."""
    if a is None or b is None:
        return None
    return 2 * a * b / (a + b) if a + b else 0.0


class Miss(msgspec.Struct, frozen=True):
    """`kind` is "missed" (wanted, not found) or "wrong" (found, not wanted)."""

    relation: str
    document: str
    kind: str
    value: str
    beside: tuple[str, ...] = ()  # what stood on the other side, unmatched


class Score(msgspec.Struct):
    """Counts of one relation. `documents` is the number of gold rows that were compared."""

    relation: str
    documents: int = 0
    hits: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        found = self.hits + self.wrong
        return self.hits / found if found else None

    @property
    def recall(self) -> float | None:
        wanted = self.hits + self.missed
        return self.hits / wanted if wanted else None

    @property
    def f1(self) -> float | None:
        return harmonic(self.precision, self.recall)

    @property
    def interval(self) -> tuple[float, float] | None:
        """Bounds of F1 at 95 %."""
        p = wilson(self.hits, self.hits + self.wrong)
        r = wilson(self.hits, self.hits + self.missed)
        if p is None or r is None:
            return None
        return harmonic(p[0], r[0]) or 0.0, harmonic(p[1], r[1]) or 0.0

    def plain(self) -> dict[str, object]:
        """For JSON: the counts and all that follows from them."""
        return {
            **msgspec.to_builtins(self),
            "precision": self.precision,
            "precision_interval": wilson(self.hits, self.hits + self.wrong),
            "recall": self.recall,
            "recall_interval": wilson(self.hits, self.hits + self.missed),
            "f1": self.f1,
            "f1_interval": self.interval,
        }


Same = Callable[[str, str], bool]


class Tally:
    """The scores of all relations, the misses, and confusion tables."""

    def __init__(self) -> None:
        self.scores: dict[str, Score] = {}
        self.misses: list[Miss] = []
        self.confusions: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)

    def compare(
        self,
        relation: str,
        document: str,
        wanted: Sequence[str],
        found: Sequence[str],
        same: Same,
        *,
        complete: bool = True,
    ) -> None:
        """Count what of `wanted` was found. Each value answers for one other at most.

        With `complete` false the gold row does not claim to list everything: what
        was found beyond it is not counted as wrong.
        """
        score = self.scores.setdefault(relation, Score(relation))
        score.documents += 1
        left = list(found)
        missed = []
        for value in wanted:
            match = next((one for one in left if one == value), None)
            if match is None:
                match = next((one for one in left if same(value, one)), None)
            if match is None:
                missed.append(value)
            else:
                left.remove(match)
                score.hits += 1
        score.missed += len(missed)
        for value in missed:
            self.misses.append(Miss(relation, document, "missed", value, tuple(left)))
        if complete:
            score.wrong += len(left)
            for value in left:
                self.misses.append(Miss(relation, document, "wrong", value, tuple(missed)))

    def confuse(self, table: str, wanted: str, found: str) -> None:
        """Count one pair of a confusion table, such as the one of forms."""
        self.confusions[table][wanted, found] += 1
