"""Persons in running text: told by title, initials, given name, company, office or kinship."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterator, Mapping
from functools import lru_cache

import ahocorasick_rs

from kgraph.extract import gazetteer
from kgraph.extract.mention_forms import (
    ACTS,
    AFTER_TITLE,
    CAPITAL_NEXT,
    CIVIL,
    COMMON,
    DETERMINER,
    HINT,
    INITIAL,
    INITIALS,
    KIN,
    LAST_IN_LIST,
    NEXT_IN_LIST,
    NO_SURNAME,
    NOT_AFTER,
    NOT_NAMES,
    OFFICES,
    PLAIN,
    TITLE_LEFT,
)
from kgraph.model import MentionType

Entry = tuple[str, MentionType | None, str | None, str | None]
"""What a form is ("known", "surname", "title" ...), the type, id and ref of what it names."""
Hit = tuple[int, int, MentionType, str | None, str | None, str, tuple[int, int] | None]
"""Start, end, type, id, ref, rule, and the span of the name without titles."""

_OFFICE_WORDS = frozenset(
    (*OFFICES.split(), "Prime", "Foreign", "Vice", "Under", "Deputy", "Acting", "Attorney")
)
_NEEDY = frozenset(
    ["member", "head", "leaders", "assistant", "representative", "representatives", "director", "advisers", "adviser", "advisor", "aide", "delegate", "translator", "secretary", "governor", "members", "heads", "assistants", "interpreter", "editor"]
)  # fmt: skip
"""Offices that name somebody only with a complement or an owner."""
_SENT = frozenset(
    ["ambassador", "minister", "chargé", "charge", "envoy", "consul", "general", "representative", "delegate", "adviser", "advisor", "counselor", "counsellor", "observer", "commissioner", "affairs", "assistant", "emissary", "ministers", "ambassadors", "representatives"]
)  # fmt: skip
_BESIDE_NAME = frozenset(["assistant", "interpreter", "aide", "translator", "member", "editor"])
_ADDRESS = frozenset(["excellency", "majesty", "highness", "lordship"])
_IN_A_TITLE = re.compile(r"\s(?:To|Of|In|And|The|For|On|Is|Was)\s[A-Z]")
_TELEGRAPHIC = frozenset(("FonMin", "PriMin", "ForMin", "DefMin"))
_LIKE_WORDS = re.compile(r"(?:ly|ings?|ship|ness|ers)$")
_OF_AN_OFFICE = frozenset(
    [
        "Office",
        "Department",
        "General",
        "Files",
        "Library",
        "Committee",
        "Correspondence",
        "Staff",
        "Bureau",
        "Plan",
        "Papers",
    ]
)
_GOVERNS = re.compile(r"\s(?P<word>of|to|in|at|for)\s(?P<the>the\s)?")
_CAPITALS = re.compile(
    r"(?:U\.S\.|[A-Z][\w’-]*\w)(?:(?: of(?: the)?| for| and)? (?:U\.S\.|[A-Z][\w’-]*\w)){0,4}"
)
_STARTS_OFFICE = frozenset(["State", "War", "Defense", "Foreign", "Treasury", "Navy", "Army", "General", "Soviet", "Council", "Supreme", "Presidium", "Republic", "Western", "Eastern", "Economic", "Political", "Atomic", "United", "Near", "Far", "Middle", "African", "European"])  # fmt: skip
_SUPPLIED = re.compile(r"\[(?P<in>[^\]\[\d]{2,60})\]")
_NAMES = re.compile(rf"{PLAIN}(?:\s{PLAIN}){{0,2}}")
_NOT_SUPPLIED = re.compile(r"declassified|omitted|follows|illegible|\b(?:sic|page|Here|text|paragraph|Note|note|handwritten|and|was|is)\b")  # fmt: skip
_ROLE = re.compile(
    r"\b(?:ambassador|secretary|minister|president|chairman|adviser|advisor|director)\b", re.I
)
_TITLE_BEFORE_BRACKET = re.compile(
    r"(?:\[[\w. ]{1,20}\]\s)?(?:[Cc]omrade|Mr\.|Mrs\.|Dr\.|Ambassador|President|Minister|Secretary|Chairman|Premier|General|Senator)\s$"
)
_GIVEN_LEFT = re.compile(
    rf"(?<![\w.])(?:(?:{INITIAL}[ \u00a0]?)+|(?P<g>{PLAIN})[ \u00a0](?:{INITIAL}[ \u00a0]?)*)$"
)
_PLAIN = re.compile(PLAIN)
_INNER_CAPITAL = re.compile(
    r"^[A-Z]{2,}[a-z]|^(?!Mc|Mac|De|La|Le|Fitz|Van|Von|Di|Du|El|Al)[A-Z][a-z]+[A-Z]"
)
"""Abbreviations such as "SovGov" and "SSBNs", but not "McNair"."""
_INITIAL = re.compile(INITIAL)
_NEXT_WORD = re.compile(r"\s(\w+)")
_FOLLOWING = re.compile(r"[\s-]([A-Z]\w+)")
_COUNTS = re.compile(r"(?:^|[\n.:;”\"]\s*|\n\s+)$")
_OPENING = re.compile(r"(?:^|[.?!:”\"]\s+|\n\s*)$")
_THREE = re.compile(rf"{PLAIN},\s(?:and\s)?{PLAIN},?\s(?:and\s)?[A-Z]")
_FROM_TO = re.compile(rf"\sto\s(?P<name>{PLAIN})(?=[\s,.;)]|$)(?!\s[A-Z])")
_IN_ROW = re.compile(PLAIN)
_ROW = re.compile(
    rf"(?:\s(?:were|was|by|are|to))?:?\s(?P<row>{PLAIN}(?:,\s{PLAIN})+(?:,?\sand\s{PLAIN})?)(?=[,.;\n]|$|\sand\s)"
)
_BESIDE = re.compile(rf"(?:\sto\s[\w ]{{3,20}})?,\s(?P<name>{PLAIN}\s{PLAIN}),")
_SHORT = 20_000  # characters up to which a text is searched anew for each word


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


_TITLE_ENDS = frozenset(
    ["Acting", "Deputy", "Vice", "Former", "former", "Under", "Assistant", "Associate", "First", "Rear", "Lieutenant", "Major", "Brigadier", "Foreign", "Prime", "Special", "Major-", "Lt.", "Maj.", "Brig.", "Attorney", "Crown", "Queen", "Mr.", "Madam", "Excellency", "Field", "Air", "Consul", "Naval", "President", "Secretary"]
)  # fmt: skip
"""Last words of what `TITLE_LEFT` matches."""


def _titles_before(text: str, at: int) -> re.Match[str] | None:
    """Titles that end right before `at`: "Acting Deputy " before "Secretary"."""
    if at < 2 or text[at - 1] not in " \u00a0":
        return None
    token = text[text.rfind(" ", max(0, at - 20), at - 1) + 1 : at - 1]
    if token.rpartition("\n")[2].lstrip('([“"') not in _TITLE_ENDS:
        return None
    return TITLE_LEFT.search(text, max(0, at - 40), at)


def _opens_sentence(before: str) -> bool:
    """Whether a sentence or line begins behind `before`."""
    tail = before.rstrip()
    gap = before[len(tail) :]
    return not tail or "\n" in gap or (bool(gap) and tail[-1] in '.?!:”"')


@lru_cache(maxsize=1 << 14)
def _has_form_of_surname(word: str) -> bool:
    """Whether a word may be a surname by its form alone: no common word, place or people."""
    if (
        word in NOT_NAMES
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


class PersonReader:
    """Reads names and descriptions of persons; `table` holds the forms known beforehand."""

    def __init__(self, table: dict[str, Entry]) -> None:
        self.table = table
        self._split: tuple[str, frozenset[str]] = ("", frozenset())

    def trim(self, text: str, stop: int) -> int:
        """A name's end, without the possessive and what follows it."""
        if text[stop - 2 : stop] in ("’s", "'s"):
            return stop - 2
        return stop

    def known(
        self, text: str, start: int, end: int, what: str, id_: str | None, ref: str | None
    ) -> Hit | None:
        a, b = start, end
        after = text[end : end + 16]
        if after[:1] == " " and after[1:2].isupper():
            word = _NEXT_WORD.match(after)
            if word and word[1] in NOT_AFTER:
                return None
        if after.startswith(", Jr."):
            b = end + 5
        before = text[max(0, start - 40) : start]
        if what == "surname":
            sentence_start = _opens_sentence(before)
            if text[start:end].lower() in COMMON and sentence_start and not ACTS.match(text, end):
                return None
            word_before = before[before.rfind(" ", 0, -1) + 1 :].rpartition("\n")[2]
            if word_before[:1].isupper() and (
                before[-2:-1].isalnum() or before.endswith((". ", "."))
            ):
                left = _GIVEN_LEFT.search(before)
                if (left is not None and not sentence_start) or (
                    left is not None and "." in left.group() and left["g"] is None
                ):
                    first = (left["g"] or "").split()
                    if left["g"] is None or (
                        first and self.table.get(first[0], ("",))[0] == "given"
                    ):
                        a = start - len(left.group())
                        known = self.table.get(text[a:b])
                        id_, ref = (known[2], known[3]) if known else (None, None)
        title = _titles_before(text, a)
        if title is not None:
            return (a - len(title.group()), b, "person", id_, ref, "name", (a, b))
        return (a, b, "person", id_, ref, "name", None)

    def titled(self, text: str, start: int, end: int, what: str) -> Hit | None:
        """A name after a title or an office, or the office or kinsman alone."""
        m = AFTER_TITLE.match(text, end)
        civil = text[start:end] in CIVIL
        word = text[start:end]
        low = word.lower()
        needy = word[0].islower() and low in _NEEDY
        if (
            m is not None
            and not (needy and low in _BESIDE_NAME)
            and low not in _ADDRESS
            and (
                word[0].isupper()
                or _INITIAL.match(m["name"])
                or word in ("president", "premier", "ambassador")
            )
        ):
            name = m["name"]
            words = name.split()
            keep = len(words)
            for i, w in enumerate(words):
                bare = w.rstrip(".,")
                unlikely = bare in NOT_NAMES and not (civil and not i and bare not in _OFFICE_WORDS)
                if unlikely or (i and gazetteer.is_place(w)) or (i and bare in NOT_AFTER):
                    keep = i
                    break
            if keep == 1 and not civil and (NO_SURNAME.search(words[0]) or "-" in words[0]):
                acts = ACTS.match(text, m.start("name") + len(words[0]))
                if acts is None or "-" in words[0] or not _LIKE_WORDS.search(words[0]):
                    keep = 0
            if keep and not (keep == 1 and _INITIAL.fullmatch(words[0])):
                stop_name = m.start("name") + len(" ".join(words[:keep]))
                first = " ".join(words[:keep])
                archive = keep < len(words) and words[keep] in (
                    "Library",
                    "Papers",
                    "Correspondence",
                )
                in_title = _IN_A_TITLE.match(text, stop_name) is not None
                if not archive and not in_title and (civil or not gazetteer.is_place(first)):
                    stop = self.trim(text, stop_name)
                    t = _titles_before(text, start)
                    a = start - len(t.group()) if t else start
                    return (a, stop, "person", None, None, "title", (m.start("name"), stop))
        if what == "title":
            return None
        left = text[max(0, start - 44) : start]
        d = DETERMINER.search(left) if left[-1:].isspace() else None
        if d is None:
            return self._apposed(text, start, end)
        if d.group().lower().startswith(("a ", "an ")) and word[0].isupper():
            return None
        a = start - len(left) + d.start()
        if text[a] in "’'":
            a += 3
        nxt = text[end : end + 2]
        if nxt[:1] == "-" or (nxt[:1] == " " and nxt[1:2].isupper()):
            following = _FOLLOWING.match(text, end, end + 24)
            if nxt[:1] == "-" or (following and following[1] in _OF_AN_OFFICE):
                return None
        rule = "kin" if low in KIN else "needy" if needy else "office"
        return (a, end, "person", None, None, rule, None)

    def _apposed(self, text: str, start: int, end: int) -> Hit | None:
        """An office without article after a comma or a line's end: "A. Quibble, Minister of War".

        To be kept only where a name ends before it (`follows_name`).
        """
        if not text[start].isupper():
            return None
        if text[start:end] in _TELEGRAPHIC:
            return (start, end, "person", None, None, "office", None)
        prefix = _titles_before(text, start)
        a = prefix.start() if prefix else start
        if text[a - 2 : a] != ", " and text[a - 1 : a] != "\n":
            return None
        return (a, end, "person", None, None, "apposed", None)

    @staticmethod
    def follows_name(start: int, owners: Mapping[int, int]) -> bool:
        """Whether a name ends right before an office in apposition."""
        return (start - 1) in owners or (start - 2) in owners

    def governed(
        self, text: str, hit: Hit, ends: Mapping[int, int], people: Container[int]
    ) -> tuple[int, int] | None:
        """The whole of a description: with its owner before and what it governs after it.

        `ends` maps the beginnings of mentions to their ends, `people` are the beginnings of
        persons. None for a word such as
        "member" or "head" that says nobody without a complement.
        """
        a, b = hit[0], hit[1]
        last = text[a:b].split()[-1].lower()
        missions = last in _SENT
        for _ in range(3):
            found = _GOVERNS.match(text, b)
            if found is None or (found["word"] in ("to", "in", "at") and not missions):
                break
            if found["word"] == "for" and (
                not text[found.end()].isupper() or found.end() in people
            ):
                break
            stop = ends.get(found.end())
            if stop is None and found["the"]:
                stop = ends.get(found.start("the"))
            if stop is None:
                named = _CAPITALS.match(text, found.end())
                if named is None or named.group().split()[0] in NOT_NAMES - _STARTS_OFFICE:
                    break
                stop = self.trim(text, named.end())
            if text[stop : stop + 2] in ("’s", "'s") and found["word"] != "of":
                break
            b = stop
        if hit[5] == "needy" and b == hit[1]:
            return None
        return a, b

    def family(self, text: str, start: int, end: int) -> bool:
        """Whether a surname with "s" names a family: "the Quibbles"."""
        following = text[end + 1 : end + 2]
        return text[start - 4 : start] in ("the ", "The ") and not following.isalnum()

    def bracketed(self, text: str, found: list[Hit], local: dict[str, str | None]) -> None:
        """Names of which an editor supplied a part: "[William C.] Ozark", "Nina [Ozark]"."""
        persons = {h[0]: h for h in found if h[2] == "person"}
        stops = {h[1]: h for h in persons.values()}
        made: list[Hit] = []
        for m in _SUPPLIED.finditer(text):
            words = m["in"]
            name = _NAMES.fullmatch(words) is not None
            kin = words.split(" ")[0].lower() in KIN
            role = words.startswith(("to ", "of ")) or _ROLE.search(words) is not None
            if not (name or kin or role) or _NOT_SUPPLIED.search(words):
                continue
            hit = None
            if text[m.end() : m.end() + 1] == " ":
                hit = self._after_bracket(text, m.end() + 1, persons)
            named = stops.get(m.start() - 1)
            first = ""
            if m.start() and text[m.start() - 1] == " ":
                first = text[max(0, m.start() - 24) : m.start() - 1].rpartition(" ")[2]
            if hit is not None and name and first[:1].isupper() and first.isalpha() and first not in NOT_NAMES:  # fmt: skip
                start = m.start() - 1 - len(first)  # "Lee [Harvey] Ozark"
                made.append((start, hit[1], "person", hit[3], hit[4], "bracketed", None))
            elif hit is not None and (name or role):
                before = _TITLE_BEFORE_BRACKET.search(text, max(0, m.start() - 44), m.start())
                start = before.start() if before else m.start()
                made.append((start, hit[1], "person", hit[3], hit[4], "bracketed", None))
            elif named is not None and (name or kin):
                made.append((named[0], m.end(), "person", None, None, "bracketed", None))
            elif (name or kin) and self.table.get(first, ("",))[0] == "given":
                start = m.start() - 1 - len(first)  # "Nina [Ozarkina]"
                made.append((start, m.end(), "person", None, None, "bracketed", None))
        for new in made:
            local.setdefault(text[new[0] : new[1]].split()[-1].strip("[]"), None)
            found[:] = [h for h in found if h[1] <= new[0] or h[0] >= new[1]]
            found.append(new)

    def _after_bracket(self, text: str, at: int, persons: Mapping[int, Hit]) -> Hit | None:
        """The person named right after a bracket, by a known form or a capitalised word."""
        if at in persons:
            return persons[at]
        word = _PLAIN.match(text, at)
        if word is None or not self.may_be_surname(text, word.group()):
            return None
        return (at, word.end(), "person", None, None, "bracketed", None)

    def initials(self, text: str, found: list[Hit], local: dict[str, str | None]) -> None:
        ends = {hit[1] for hit in found}
        for m in INITIALS.finditer(text):
            a, b = m.span()
            words = m.group().split()
            last = words[-1].rstrip(".,")
            if (
                last in NOT_NAMES
                or last in NOT_AFTER
                or m.group().startswith(
                    ("U.S", "U. S", "U.N", "U.K", "D.C", "P.M", "A.M", "S.S", "U.A")
                )
                or gazetteer.is_place(last)
            ):
                continue
            if b in ends:
                continue
            if (
                m.group().count(".") == 1
                and " " in m.group()
                and _COUNTS.search(text[max(0, a - 4) : a])
                and last not in local
                and text[b:].strip()
            ):
                continue  # "A. Strategic forces" counts paragraphs
            if not last.isupper() or len(last) > 3:
                b = self.trim(text, b)
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
            space = text.rfind(" ", max(0, start - 30), start)
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
        for m in HINT.finditer(text):
            word = m["name"]
            if (
                word not in local
                and self.may_be_surname(text, word)
                and not CAPITAL_NEXT.match(text, m.end("name"))
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
            return f" {low} " not in text and f" {low}s " not in text
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
        people = sorted([hit[:2] for hit in found if hit[2] == "person"])
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
            m = _FROM_TO.match(text, b) if text[max(0, a - 5) : a] == "from " else None
            if m and m.start("name") not in taken and self.may_be_surname(text, m["name"]):
                enter(*m.span("name"))
            at = a
            if text[a - 1 : a] != " " or not text[max(0, a - 5) : a].endswith((", ", " and ")):
                continue
            while m := LAST_IN_LIST.search(text, max(0, at - 40), at):
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
        covered = sorted([hit[:2] for hit in found])
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

    def named_after_office(self, text: str, found: list[Hit]) -> None:
        """ "the Polish ambassador, Tadeusz Gedek, said": who stands beside an office."""
        taken = {h[0] for h in found}
        for hit in [h for h in found if h[5] in ("office", "kin")]:
            m = _BESIDE.match(text, hit[1])
            if m is None or m.start("name") in taken:
                continue
            if set(m["name"].split()) & NOT_NAMES or gazetteer.is_place(m["name"].split()[-1]):
                continue
            found.append((m.start("name"), m.end("name"), "person", None, None, "beside", None))
