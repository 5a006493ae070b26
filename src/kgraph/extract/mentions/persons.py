"""Persons in running text: told by title, initials, given name, company, office or kinship."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping

from kgraph.extract import gazetteer
from kgraph.extract.mentions.forms import (
    ACTS,
    AFTER_TITLE,
    CIVIL,
    COMMON,
    DETERMINER,
    DETERMINERS,
    INITIAL,
    KIN,
    NO_SURNAME,
    NOT_AFTER,
    NOT_NAMES,
    OFFICES,
    PLAIN,
    QUALIFIERS,
    TITLE_LEFT,
    Entry,
    Hit,
)
from kgraph.extract.mentions.surnames import SurnameReader, without_possessive

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
_SMALL_TITLES = frozenset(
    ("president", "premier", "ambassador", "minister", "chancellor", "chairman", "director", "secretary", "governor")
)  # fmt: skip
"""Offices that stand before a name in small letters too: "director Quibble"."""
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
_DETERMINERS = frozenset(DETERMINERS.split())
_QUALIFIERS = frozenset(QUALIFIERS.split())
_NO_OFFICE = NOT_NAMES - _STARTS_OFFICE
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
"""Abbreviations such as "SovGov" and "SSBNs", but not "McNair"."""
_INITIAL = re.compile(INITIAL)
_NEXT_WORD = re.compile(r"\s(\w+)")
_FOLLOWING = re.compile(r"[\s-]([A-Z]\w+)")
_BESIDE = re.compile(rf"(?:\sto\s[\w ]{{3,20}})?,\s(?P<name>{PLAIN}\s{PLAIN}),")
_TITLE_ENDS = frozenset(
    ["Acting", "Deputy", "Vice", "Former", "former", "Under", "Assistant", "Associate", "First", "Rear", "Lieutenant", "Major", "Brigadier", "Foreign", "Prime", "Special", "Major-", "Lt.", "Maj.", "Brig.", "Attorney", "Crown", "Queen", "Mr.", "Madam", "Excellency", "Field", "Air", "Consul", "Naval", "President", "Secretary"]
)  # fmt: skip
"""Last words of what `TITLE_LEFT` matches."""


def _titles_before(text: str, at: int) -> re.Match[str] | None:
    """Titles that end right before `at`: "Acting Deputy " before "Secretary"."""
    if at < 2 or text[at - 1] not in " \u00a0":
        return None
    token = text[text.rfind(" ", 0, at - 1) + 1 : at - 1]
    if token.rpartition("\n")[2].lstrip('([“"') not in _TITLE_ENDS:
        return None
    return TITLE_LEFT.search(text, max(0, at - 40), at)


def _determined(text: str, at: int) -> int | None:
    """Where the determiner begins that an office at `at` has: "the former Soviet" premier."""
    if not text[at - 1 : at].isspace():
        return None
    begin = text.rfind(" ", 0, at - 1) + 1
    word = text[begin : at - 1]
    if word in _DETERMINERS:  # most are told by the last word alone
        return begin
    if word.isalpha() and word.islower() and word not in _QUALIFIERS:
        return None
    begin = max(0, at - 44)
    found = DETERMINER.search(text[begin:at])
    return begin + found.start() if found is not None else None


def _opens_sentence(before: str) -> bool:
    """Whether a sentence or line begins behind `before`."""
    tail = before.rstrip()
    gap = before[len(tail) :]
    return not tail or "\n" in gap or (bool(gap) and tail[-1] in '.?!:”"')


class PersonReader:
    """Reads names and descriptions of persons; `table` holds the forms known beforehand."""

    def __init__(self, table: dict[str, Entry], surnames: SurnameReader) -> None:
        self.table = table
        self.surnames = surnames

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
        if m is None and what == "title":
            return None
        word = text[start:end]
        civil = word in CIVIL
        low = word.lower()
        needy = word[0].islower() and low in _NEEDY
        if (
            m is not None
            and not (needy and low in _BESIDE_NAME)
            and low not in _ADDRESS
            and (word[0].isupper() or _INITIAL.match(m["name"]) or word in _SMALL_TITLES)
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
                    stop = without_possessive(text, stop_name)
                    t = _titles_before(text, start)
                    a = start - len(t.group()) if t else start
                    return (a, stop, "person", None, None, "title", (m.start("name"), stop))
        if what == "title":
            return None
        begin = _determined(text, start)
        if begin is None:
            return self._apposed(text, start, end)
        if word[0].isupper() and text[begin : begin + 3].lower().startswith(("a ", "an ")):
            return None
        if text[begin] in "’'":
            begin += 3
        nxt = text[end : end + 2]
        if nxt[:1] == "-" or (nxt[:1] == " " and nxt[1:2].isupper()):
            following = _FOLLOWING.match(text, end, end + 24)
            if nxt[:1] == "-" or (following and following[1] in _OF_AN_OFFICE):
                return None
        rule = "kin" if low in KIN else "needy" if needy else "office"
        return (begin, end, "person", None, None, rule, None)

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
                if named is None or named.group().split()[0] in _NO_OFFICE:
                    break
                stop = without_possessive(text, named.end())
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

    def bracketed(
        self, text: str, found: list[Hit], local: dict[str, str | None]
    ) -> list[tuple[int, int]]:
        """Names of which an editor supplied a part: "[William C.] Ozark", "Nina [Ozark]". Gives
        the spans of places within them: "[Ambassador to Rome] Ozark"."""
        persons = {h[0]: h for h in found if h[2] == "person"}
        stops = {h[1]: h for h in persons.values()}
        made: list[Hit] = []
        places: list[tuple[int, int]] = []
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
            places += [h[:2] for h in found if h[2] == "place" and new[0] < h[0] and h[1] < new[1]]
            found[:] = [h for h in found if h[1] <= new[0] or h[0] >= new[1]]
            found.append(new)
        return places

    def _after_bracket(self, text: str, at: int, persons: Mapping[int, Hit]) -> Hit | None:
        """The person named right after a bracket, by a known form or a capitalised word."""
        if at in persons:
            return persons[at]
        word = _PLAIN.match(text, at)
        if word is None or not self.surnames.may_be_surname(text, word.group()):
            return None
        return (at, word.end(), "person", None, None, "bracketed", None)

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
