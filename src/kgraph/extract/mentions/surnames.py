"""Surnames that no list tells: after initials, in rows of persons, where somebody acts, said again."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

import ahocorasick_rs

from kgraph.extract import gazetteer
from kgraph.extract.mentions.forms import (
    CAPITAL_NEXT,
    COMMON,
    HINT,
    HINT_IN_BRACKETS,
    INITIALS,
    LAST_IN_LIST,
    NEXT_IN_LIST,
    NO_SURNAME,
    NOT_AFTER,
    NOT_NAMES,
    PLAIN,
    Entry,
    Hit,
)

_INNER_CAPITAL = re.compile(
    r"^[A-Z]{2,}[a-z]|^(?!Mc|Mac|De|La|Le|Fitz|Van|Von|Di|Du|El|Al)[A-Z][a-z]+[A-Z]"
)
_COUNTS = re.compile(r"(?:^|[\n.:;”\"]\s*|\n\s+)$")
_OPENING = re.compile(r"(?:^|[.?!:”\"]\s+|\n\s*)$")
_THREE = re.compile(rf"{PLAIN},\s(?:and\s)?{PLAIN},?\s(?:and\s)?[A-Z]")
_FROM_TO = re.compile(rf"\sto\s(?P<name>{PLAIN})(?=[\s,.;)]|$)(?!\s[A-Z])")
_IN_ROW = re.compile(PLAIN)
_ROW = re.compile(
    rf"(?:\s(?:were|was|by|are|to))?:?\s(?P<row>{PLAIN}(?:,\s{PLAIN})+(?:,?\sand\s{PLAIN})?)(?=[,.;\n]|$|\sand\s)"
)
_NEXT_WORD = re.compile(r"\s(\w+)")
_SHORT = 100_000  # characters up to which a text is searched anew for each word


def _standing(words: list[str], text: str) -> Iterator[tuple[str, int]]:
    """Where each of some words stands, word by word; all at once where there are many."""
    if len(words) * len(text) > 4_000_000:
        automaton = ahocorasick_rs.AhoCorasick(words)
        hits = automaton.find_matches_as_indexes(text, overlapping=True)
        for which, at, _ in sorted(hits):
            yield words[which], at
        return
    for word in words:
        at = text.find(word)
        while at >= 0:
            yield word, at
            at = text.find(word, at + len(word))


@lru_cache(maxsize=1 << 14)
def _has_form_of_surname(word: str) -> bool:
    """Whether a word may be a surname by its form alone: no common word, place or people."""
    if (
        word in NOT_NAMES
        or word == "Gaulle"  # with its particle, which is told elsewhere
        or len(word) < 4
        or (word.isupper() and len(word) < 6)
        or NO_SURNAME.search(word)
        or gazetteer.is_place(word)
        or _INNER_CAPITAL.search(word)
        or word.lower() in COMMON
    ):
        return False
    return "-" not in word or not any(
        part in NOT_NAMES or gazetteer.is_place(part) or not part[:1].isupper() or part == "Sino"
        for part in word.split("-")
    )


def _capitalised_before(text: str, at: int) -> bool:
    """Whether the word before `at` begins with a capital and ends with a letter."""
    last = text[max(0, at - 30) : at].split()[-1:]
    return bool(last) and last[0][0].isupper() and last[0][-1].isalpha()


def _last_word(text: str, at: int) -> int:
    """Where the word begins that ends behind `at`, or a point shortly before."""
    return max(text.rfind(" ", max(0, at - 35), max(0, at)) + 1, at - 35, 0)


def without_possessive(text: str, stop: int) -> int:
    """A name's end, without the possessive and what follows it."""
    if text[stop - 2 : stop] in ("’s", "'s"):
        return stop - 2
    return stop


class SurnameReader:
    """Finds surnames by the company they keep; `table` holds the forms known beforehand."""

    def __init__(self, table: dict[str, Entry]) -> None:
        self.table = table
        self._split: tuple[str, frozenset[str]] = ("", frozenset())

    def initials(self, text: str, found: list[Hit], local: dict[str, str | None]) -> None:
        ends = {hit[1] for hit in found}
        upto = 0
        while m := INITIALS.search(text, upto + 1):
            a, upto = m.start() - 1, m.end()
            b, name = upto, text[a:upto]
            words = name.split()
            last = words[-1].rstrip(".,")
            if (
                last in NOT_NAMES
                or last in NOT_AFTER
                or name.startswith(("U.S", "U. S", "U.N", "U.K", "D.C", "P.M", "A.M", "S.S", "U.A"))
                or gazetteer.is_place(last)
            ):
                continue
            if b in ends:
                continue
            if (
                name.count(".") == 1
                and " " in name
                and _COUNTS.search(text[max(0, a - 4) : a])
                and last not in local
                and text[b:].strip()
            ):
                continue  # "A. Strategic forces" counts paragraphs
            if not last.isupper() or len(last) > 3:
                b = without_possessive(text, b)
                found.append(
                    (
                        a,
                        b,
                        "person",
                        *(self.table.get(text[a:b], ("", None, None, None))[2:4]),
                        "initials",
                        None,
                    )
                )
                local.setdefault(last, None)

    def hinted(self, text: str, acts: list[tuple[int, int]], local: dict[str, str | None]) -> None:
        """Words that act or are acted on as persons are: "told Ozark", "Ozark replied".

        `acts` are the spans of words that say that somebody acts or owns something.
        """
        for start, end in acts:
            space = text.rfind(" ", 0, start)
            word = text[space + 1 : start]
            if "\n" in word:
                space += word.rfind("\n") + 1
                word = text[space + 1 : start]
            if not word[:1].isupper() or word in local or len(word) < 4 or not word.replace("-", "").isalpha():  # fmt: skip
                continue
            if text[end - 1] == " ":
                if not text[end : end + 1].islower():
                    continue
            elif text[end : end + 1].isalnum():
                continue
            before = text[space - 1 : space] if space > 0 else ""
            after_capital = before.isalnum() and text[text.rfind(" ", 0, space) + 1].isupper()
            joined = before in ("’", "'", "-")
            if not after_capital and not joined and self.may_be_surname(text, word):
                local[word] = None
        for m in chain(HINT.finditer(text), HINT_IN_BRACKETS.finditer(text)):
            word = m["name"]
            if (
                word not in local
                and not CAPITAL_NEXT.match(text, m.end("name"))
                and self.may_be_surname(text, word)
            ):
                local[word] = None

    def may_be_surname(self, text: str, word: str) -> bool:
        """Whether a capitalised word that nothing knows may be a person's name here."""
        if not _has_form_of_surname(word):
            return False
        if word in self.table and self.table[word][0] != "given":
            return False
        low = word.lower()
        if " " in low or len(text) < _SHORT:
            return f" {low}" not in text or (f" {low} " not in text and f" {low}s " not in text)
        words = self._words(text)
        return low not in words and f"{low}s" not in words

    def _words(self, text: str) -> frozenset[str]:
        """The words of a text that stand between spaces, made once for each text."""
        if self._split[0] is not text:
            self._split = (text, frozenset(text.split(" ")[1:-1]))
        return self._split[1]

    def in_lists(self, text: str, found: list[Hit]) -> set[str]:
        """ "Brezhnev, Voronov and Kozlov": who stands in a row with persons is one, and so is
        B in "from A to B". Returns the surnames of those found."""
        people = sorted([(hit[0], hit[1]) for hit in found if hit[2] == "person"])
        taken = {hit[0] for hit in found}
        new: set[str] = set()

        def enter(a: int, b: int) -> None:
            found.append((a, b, "person", None, None, "list", None))
            taken.add(a)
            new.add(text[a:b].split()[-1])

        for a, b in people:
            at = b
            while text.startswith((",", " and ", " ("), at) and (m := NEXT_IN_LIST.match(text, at)):
                if m.start("name") in taken or not all(
                    self.may_be_surname(text, word) for word in m["name"].split()
                ):
                    break
                enter(*m.span("name"))
                at = m.end()
            if text.endswith("from ", 0, a):
                m = _FROM_TO.match(text, b)
                if m and m.start("name") not in taken and self.may_be_surname(text, m["name"]):
                    enter(*m.span("name"))
            at = a
            if not text.endswith((", ", " and "), 0, at):
                continue
            while m := LAST_IN_LIST.search(text, _last_word(text, at - len(" and ")), at):
                before = text[max(0, m.start() - 2) : m.start()]
                opens = not before.strip() or before[:1] in ".?!:\n”"
                if (
                    (opens and not _THREE.match(text, m.start()))
                    or m.start("name") in taken
                    or not self.may_be_surname(text, m["name"])
                    or (before[-1:] == " " and _capitalised_before(text, m.start()))
                ):
                    break
                enter(*m.span("name"))
                at = m.start()
        return new

    def repeated(
        self, text: str, found: list[Hit], local: dict[str, str | None], sure: frozenset[str]
    ) -> None:
        """Further places where a surname stands that this document gave with a title."""
        unknown = [
            w
            for w in local
            if len(w) > 2
            and (w not in self.table or self.table[w][0] == "given")
            and (w not in NOT_NAMES or w in sure)
        ]
        if not unknown:
            return
        covered = sorted([(hit[0], hit[1]) for hit in found])
        starts = [a for a, _ in covered]
        for word, at in _standing(unknown, text):
            end = at + len(word)
            if at and (text[at - 1].isalnum() or text[at - 1] == "-"):
                continue
            if end < len(text) and text[end].isalnum():
                continue
            i = bisect_right(starts, at) - 1
            if i >= 0 and covered[i][1] > at:
                continue
            after = _NEXT_WORD.match(text, end)
            common = (
                word.lower() in COMMON and _OPENING.search(text[max(0, at - 3) : at]) is not None
            )
            if not (after and after[1] in NOT_AFTER) and not common:
                found.append((at, end, "person", local[word], None, "repeated", None))

    def enumerated(self, text: str, at: int, found: list[Hit], *, least: int) -> None:
        """ "To Ozark, Bramble, Quibble", "present were Ozark, Bramble and Quibble": persons."""
        row = _ROW.match(text, at)
        if row is None:
            return
        taken = {h[0] for h in found}
        names = list(_IN_ROW.finditer(text, row.start("row"), row.end("row")))
        if len(names) < least or any(
            m.start() not in taken and not self.may_be_surname(text, m.group()) for m in names
        ):
            return
        found.extend(
            (m.start(), m.end(), "person", None, None, "list", None)
            for m in names
            if m.start() not in taken
        )
