"""Two translations side by side: which passage of one says what of the other.

Sentences are aligned in order by dynamic programming (Gale and Church 1993) with a
similarity of content instead of lengths alone: names, numbers and the stems of
telling words, which two translators share even where their phrases differ.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from kgraph.authorities.names.spellings import fold, latin_key

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?![\s\n])[^.!?\n]*)*[.!?]?[\"'”’)\]]*", re.S)
_WORD = re.compile(r"[^\W_]+")
_COMMON = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "on",
        "at",
        "and",
        "or",
        "for",
        "with",
        "by",
        "from",
        "that",
        "which",
        "this",
        "these",
        "those",
        "it",
        "its",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "has",
        "have",
        "had",
        "not",
        "as",
        "we",
        "our",
        "you",
        "your",
        "he",
        "his",
        "she",
        "her",
        "they",
        "their",
        "i",
        "my",
        "me",
        "us",
        "will",
        "would",
        "should",
        "could",
        "can",
        "may",
        "but",
        "if",
        "so",
        "than",
        "then",
        "there",
        "also",
        "any",
        "all",
        "no",
        "such",
    ]
)


class Segment(msgspec.Struct, frozen=True):
    """A sentence: its words as they stand, and its characters [start, end)."""

    text: str
    start: int
    end: int


class Passage(msgspec.Struct, frozen=True):
    """Sentences of one text beside those of the other; one side is empty where only
    the other has the passage. `score` is their likeness in [0, 1]."""

    left: tuple[Segment, ...]
    right: tuple[Segment, ...]
    score: float


def segments(text: str) -> list[Segment]:
    """The sentences of `text`, with their offsets."""
    found = []
    for m in _SENTENCE.finditer(text):
        words = m[0].strip()
        if _WORD.search(words):
            start = m.start() + len(m[0]) - len(m[0].lstrip())
            found.append(Segment(" ".join(words.split()), start, start + len(words)))
    return found


def features(text: str) -> Counter[str]:
    """Numbers, stems of telling words and romanisation keys of names in `text`."""
    found: Counter[str] = Counter()
    for m in _WORD.finditer(text):
        word = m[0]
        low = fold(word)
        if low.isdigit():
            found["#" + low] += 2
        elif low not in _COMMON and len(low) > 2:
            found[low[:5]] += 1
            if word[0].isupper():
                found["^" + latin_key(low)] += 1
    return found


def likeness(a: Counter[str], b: Counter[str]) -> float:
    """Cosine of two feature counts."""
    if not a or not b:
        return 0.0
    dot = sum(n * b[k] for k, n in a.items() if k in b)
    return dot / math.sqrt(sum(n * n for n in a.values()) * sum(n * n for n in b.values()))


def align(left: str, right: str, gap: float = 0.12) -> list[Passage]:
    """Passages in order: one, two or three sentences beside as many, or one side alone.

    `gap` is the likeness below which sentences are rather left alone.
    """
    a, b = segments(left), segments(right)
    fa, fb = [features(s.text) for s in a], [features(s.text) for s in b]
    moves = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1))
    best = [[-math.inf] * (len(b) + 1) for _ in range(len(a) + 1)]
    step: list[list[tuple[int, int]]] = [[(0, 0)] * (len(b) + 1) for _ in range(len(a) + 1)]
    best[0][0] = 0.0
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            here = best[i][j]
            if here == -math.inf:
                continue
            if i < len(a) and here > best[i + 1][j]:
                best[i + 1][j], step[i + 1][j] = here, (1, 0)
            if j < len(b) and here > best[i][j + 1]:
                best[i][j + 1], step[i][j + 1] = here, (0, 1)
            for x, y in moves:
                if i + x > len(a) or j + y > len(b):
                    continue
                like = likeness(_sum(fa[i : i + x]), _sum(fb[j : j + y]))
                value = here + (like - gap) * min(x, y) - 0.02 * (x + y - 2)
                if like > gap and value > best[i + x][j + y]:
                    best[i + x][j + y], step[i + x][j + y] = value, (x, y)
    passages: list[Passage] = []
    i, j = len(a), len(b)
    while i or j:
        x, y = step[i][j]
        like = likeness(_sum(fa[i - x : i]), _sum(fb[j - y : j])) if x and y else 0.0
        passages.append(Passage(tuple(a[i - x : i]), tuple(b[j - y : j]), round(like, 3)))
        i, j = i - x, j - y
    return passages[::-1]


def _sum(parts: Sequence[Counter[str]]) -> Counter[str]:
    if len(parts) == 1:
        return parts[0]
    total: Counter[str] = Counter()
    for part in parts:
        total.update(part)
    return total
