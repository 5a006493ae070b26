"""The lines below a text: valediction, signatures and offices, date, address, translator."""

from __future__ import annotations

import itertools
import re

import msgspec

from kgraph.extract import naming
from kgraph.extract.covers import trailing
from kgraph.extract.covers.address import (
    EXCELLENCY,
    continue_address,
    naming_list,
    read_address,
)
from kgraph.extract.covers.foot_words import (
    BARE_INITIALS,
    BODY_IN_TOWN,
    COPIES,
    COPIES_SENT,
    FOR_WHAT,
    INSIDE_ADDRESS,
    LONE_TOWN,
    MARKED,
    NEWSPAPER,
    NOBODY,
    OF_AN_ADDRESS,
    OF_HOUSE,
    OUTGOING,
    RANK,
    RANK_ALONE,
    RECORDER,
    ROLE_BEHIND,
    SIGNED,
    SMALL_WORD,
    TO_EACH,
    TRANSLATOR,
    VALEDICTION,
    below_lists,
    closes,
    first_line,
    follows,
    is_prose,
    mostly_date,
    office_ends,
    only_name,
)
from kgraph.extract.covers.lines import (
    DATE,
    Cover,
    cased,
    date_from,
    is_dateline_place,
    is_town,
    pieces,
)
from kgraph.model import Party, Place


def read_foot(
    cover: Cover, text: str, spans: list[tuple[int, int]], head: int, places: frozenset[str]
) -> None:
    """Reads the lines `spans` from the end up to line `head` into `cover`, and sets where
    the body ends. Offices stand above a name, or below the last one."""
    spans = trailing.cut(cover, text, spans, head)
    foot = _Foot(cover, text, spans, places)
    foot.read(below_lists(text, spans, first_line(text, spans, head)))
    if not cover.signed:
        foot.signed_above(head)


class _Foot:
    """Reads line after line; `first` is where the first understood line begins."""

    def __init__(
        self, cover: Cover, text: str, spans: list[tuple[int, int]], places: frozenset[str]
    ) -> None:
        self.cover = cover
        self.text = text
        self.spans = spans
        self.places = places
        self.index = 0
        self.first: int | None = None
        self.named = False
        self.addressed = False
        self.valediction = False
        self.office: list[str] = []
        self.columns: list[list[str]] = []  # offices side by side, above names side by side

    def read(self, start: int) -> None:
        self.index = start
        while self.index < len(self.spans):
            a, b = self.spans[self.index]
            self.index += 1
            line = self.text[a:b]
            if MARKED.match(line):
                continue
            if NEWSPAPER.match(line):
                continue  # a newspaper's name, not a signature
            lead = re.match(r"[\"“»]+\s*", line)
            a += lead.end() if lead is not None else 0
            if self._line(a, b) and self.first is None:
                self.first = a
        cover = self.cover
        if self.office and cover.signed and cover.signed[-1].role is None:
            cover.signed[-1] = msgspec.structs.replace(
                cover.signed[-1], role=cased(" ".join(" ".join(self.office).split()))
            )
        some = self.named or cover.translators or cover.recorders or cover.late_addressees
        end = self.first if self.first is not None and some else self.spans[-1][1]
        cover.body_end = max(end, cover.body_start)

    def signed_above(self, head: int) -> None:
        """A signature that more words follow: a name alone below a line that takes leave."""
        for (a, b), (x, y) in itertools.pairwise(self.spans[head:]):
            leave = VALEDICTION.fullmatch(self.text[a:b].strip())
            if leave is not None and only_name(self.text[x:y]):
                name = self.text[x:y].strip(' "”.,*:')
                at = self.text.index(name, x)
                self._sign(at, at + len(name))
                return

    def _line(self, a: int, b: int) -> bool:
        """Reads one line; whether it belongs to the foot."""
        line = self.text[a:b]
        return (
            self._translator(a, line)
            or self._distribution(a, line)
            or self._recorder(a, line)
            or self._address(a, b)
            or self._close(a, line)
            or self._outgoing(a, line)
            or (self._by_a_name() and trailing.number(self.cover, self.text, a, b))
            or trailing.passes_over(line)
            or self._dated(a, b)
            or self._town(a, b)
            or self._rank(line)
            or self._signature(a, b)
            or self._house(a, line)
            or self._office(line)
        )

    def _outgoing(self, a: int, line: str) -> bool:
        """ "– 172 – Orlin –": a telegram's number and who signed it."""
        found = trailing.outgoing(line)
        if found is None:
            return False
        lead = len(line) - len(line.lstrip())
        self._sign(a + lead + found.start("name"), a + lead + found.end("name"))
        trailing.number_sent(self.cover, found, a + lead)
        return True

    def _house(self, a: int, line: str) -> bool:
        """A body that signs, above the date: "Foreign Ministry / 21 November 1959"."""
        words = line.strip(" .,")
        rest = [self.text[x:y] for x, y in self.spans[self.index :]]
        if (
            self.cover.signed
            or not rest
            or not all(mostly_date(one) for one in rest)
            or OF_HOUSE.fullmatch(words) is None
            or not naming.is_body(words)
        ):
            return False
        self.named = True
        at = a + line.index(words)
        self.cover.signed.append(
            Party(name=words, kind="body", start=at, end=at + len(words), rule="signature")
        )
        return True

    def _translator(self, a: int, line: str) -> bool:
        who = TRANSLATOR.match(line)
        if who is None or (line.startswith("Interpreter") and self._prose_follows()):
            return False  # an interpreter named above a talk translated no text
        self.cover.translators.extend(
            naming.parties(who["who"].rstrip(" ."), a + who.start("who"), "translator-line")
        )
        if self.index == len(self.spans) - 1:  # a second one on a line of his own
            x, y = self.spans[self.index]
            other = self.text[x:y].strip()
            if y - x < 30 and only_name(other) and naming.INITIALS_NAME.fullmatch(other):
                self.cover.translators.extend(naming.parties(other, x, "translator-line"))
                self.index += 1
        return True

    def _by_a_name(self) -> bool:
        """Whether a signature stands above, or on the next line."""
        below = self.spans[self.index : self.index + 1]
        return self.named or any(only_name(self.text[x:y]) for x, y in below)

    def _prose_below(self) -> bool:
        """Whether a sentence follows on the next line."""
        if self.index >= len(self.spans):
            return False
        return is_prose(self.text[slice(*self.spans[self.index])].rstrip())

    def _prose_follows(self) -> bool:
        rest = (self.text[x:y] for x, y in self.spans[self.index :])
        return any(line.endswith((".", "?", "!")) and ":" in line for line in rest)

    def _distribution(self, a: int, line: str) -> bool:
        """ "Copies to: Orlin, Kast", in brackets or not."""
        listed = COPIES.match(line) or COPIES_SENT.match(line)
        begin = naming_list(line) if listed is None else None
        if listed is None and begin is not None:  # "Copies to Orlin, Kast"
            listed = re.compile(r"(?P<who>.+)").match(line, begin)
        if listed is None:
            return False
        words = FOR_WHAT.sub(lambda found: " " * len(found[0]), listed["who"])
        words = TO_EACH.sub(lambda found: " " * len(found[0]), words)
        copies = naming.distribution(words, a + listed.start("who"), "distribution-list")
        if (
            len(copies) == 2
            and copies[1].kind == "body"
            and re.match(r"(?:Mr|Mrs|Ms|Dr|Sir)\b", words)
        ):
            copies = (msgspec.structs.replace(copies[0], role=copies[1].name),)  # his house
        known = {one.name for one in self.cover.copies_to}
        self.cover.copies_to.extend(
            one for one in copies if one.name not in known and not NOBODY.fullmatch(one.name)
        )
        return True

    def _recorder(self, a: int, line: str) -> bool:
        who = RECORDER.match(line)
        if who is None:
            return False
        if who["who"].strip(" ."):
            self.cover.recorders.extend(
                naming.distribution(who["who"].rstrip(" ."), a + who.start("who"), "recorder-line")
            )
            return True
        while self.index < len(self.spans):
            x, y = self.spans[self.index]
            at = naming.trailing_name(self.text[x:y].strip(" ."))
            if at is None:
                break
            self.cover.recorders.append(
                Party(
                    name=self.text[x + at[0] : x + at[1]],
                    role=self.text[x : x + at[0]].strip() or None,
                    kind="person",
                    start=x + at[0],
                    end=x + at[1],
                    rule="recorder-line",
                )
            )
            self.index += 1
        return True

    def _address(self, a: int, b: int) -> bool:
        line = self.text[a:b]
        opens = EXCELLENCY.match(line) is not None or (
            self.named
            and (
                re.match(r"(?:To|TO) (?:Mr|Mrs|Comrade|the|His|MR|COMRADE)", line) is not None
                or (INSIDE_ADDRESS.match(line) is not None and self._office_next())
            )
        )
        if not opens and not (self.addressed and self.cover.late_addressees):
            return False
        words = line.strip(' ,.:*"”')
        if not opens:
            bare_town = LONE_TOWN.fullmatch(words) and not naming.is_office(words)
            if bare_town and self.cover.late_addressees[-1].role is not None:
                self._goes_to(words, self.text.index(words, a), sure=True)
                return True
            street = re.match(r"\d+ .*(?:Street|Avenue|Plaza)|[A-Z][\w ]+ \d+, [A-Z]", words)
            if street is not None or is_town(words, self.places):
                self._goes_to(words, a)
                return True
        cover = self.cover
        kept, cover.addressees = cover.addressees, cover.late_addressees
        done = (
            read_address(cover, self.text, a, b)
            if opens
            else continue_address(cover, self.text, a, b)
        )
        if opens and not done and (inside := INSIDE_ADDRESS.match(line)) is not None:
            who = re.split(r",", line[inside.end("lead") :])[0].strip(" .")
            one = naming.party(who, a + line.index(who), "address-block")
            cover.addressees.extend([one] if one is not None and one.kind == "person" else [])
        cover.late_addressees, cover.addressees = cover.addressees, kept
        if opens:
            self.addressed = True
            return True
        town = re.search(r"(?P<comma>,)?(?<!of)(?<!the)\s(?P<town>[A-Z][a-z]+)$", words)
        if town is not None:
            sure = town["comma"] is not None and not naming.is_place(town["town"])
            self._goes_to(town["town"], self.text.rindex(town["town"], a, b), sure=sure)
        return done

    def _office_next(self) -> bool:
        if self.index >= len(self.spans):
            return False
        line = self.text[slice(*self.spans[self.index])].strip(" ,.")
        return len(line) < 70 and (naming.is_office(line) or naming.is_body(line))

    def _goes_to(self, words: str, at: int, *, sure: bool = False) -> None:
        if self.cover.place_to is None and (sure or is_town(words, self.places)):
            town = words.split(",")[0]
            self.cover.place_to = Place(
                name=town, start=at, end=at + len(town), rule="address-block"
            )

    def _close(self, a: int, line: str) -> bool:
        close = VALEDICTION.match(line)
        if close is None:
            return False
        self.valediction = True
        rest = line[close.end() :].strip(' ,."”')
        if rest and only_name(rest):
            at = self.text.index(rest, a + close.end())
            self._sign(at, at + len(rest))
        return True

    def _dated(self, a: int, b: int) -> bool:
        here = DATE.search(self.text, a, b)
        if here is None:
            return False
        rest = (self.text[a : here.start()] + self.text[here.end() : b]).strip(' ,."“”')
        at = self.text.find(rest, a) if rest else -1
        housed = BODY_IN_TOWN.fullmatch(rest)
        if housed is not None and at >= 0 and is_town(housed["town"], self.places):
            at, rest = at + housed.start("town"), housed["town"]  # "Foreign Office, London"
        elif b - a - len(here[0]) >= 32:
            return False
        below = self.named and self.text[: here.start()].rstrip().endswith(",")
        if rest and at >= 0 and only_name(rest) and not below and not is_town(rest, self.places):
            self._sign(at, at + len(rest))
        elif rest and at >= 0 and (is_town(rest, self.places) or is_dateline_place(rest)):
            self.cover.signed_place = Place(
                name=cased(rest.split(",")[0]), start=at, end=at + len(rest), rule="dateline-below"
            )
        one = date_from(here, "date-below-signature")
        if one is not None:
            self.cover.signed_dates.append(one)
        return one is not None

    def _town(self, a: int, b: int) -> bool:
        bare = SIGNED.sub("", self.text[a:b]).strip(' "”.,*')
        if not is_town(bare, self.places):
            return False
        if self.named and self.cover.signed_place is None:
            self.cover.signed_place = Place(
                name=bare.split(",")[0], start=a, end=b, rule="dateline-below"
            )
        return self.named

    def _signature(self, a: int, b: int) -> bool:
        """A line of one or more signatures, an office before the name allowed."""
        line = self.text[a:b]
        if OF_AN_ADDRESS.match(line):
            return False
        signed = SIGNED.match(line)
        shift = a + (signed.end() if signed else 0)
        found = False
        spans = [(shift + x, shift + y) for x, y in pieces(self.text[shift:b])]
        if len(spans) > 1 and not all(self._name_at(x, y) for x, y in spans):
            spans = [spans[-1]] if self._name_at(*spans[-1]) else []
        if spans and all(self._name_at(x, y) for x, y in spans):
            self._beside(len(spans))
        for x, y in spans:
            if self.columns and len(spans) == len(self.columns[0]):
                side = spans.index((x, y))
                self.office = [offices[side] for offices in self.columns]
            words = self.text[x:y].strip(' "”.,*()' if self.valediction else ' "”.,*')
            if re.fullmatch(r"\([^()]+\)|/[^/]+/", words) and (
                words.isupper() or self.office or naming.INITIALS_NAME.fullmatch(words[1:-1])
            ):
                words = words[1:-1]
            outgoing = OUTGOING.search(words)
            if outgoing is not None and words[: outgoing.start()].isupper():
                words = words[: outgoing.start()]
            alone = " " not in words and self.text[x:y].rstrip().endswith(".")
            if alone and not (self.valediction or signed or self._is_last()):
                return found  # "QUARANTINE.": a telegram's heading
            loose = BARE_INITIALS.fullmatch(words)
            if loose is not None and (
                self.valediction or self.office or closes(self._rest(), sure=True)
            ):
                self._sign(self.text.index(words, x), self.text.index(words, x) + len(words))
                return True
            at = naming.trailing_name(words)
            if at is None:
                behind = ROLE_BEHIND.match(words) if self.valediction or signed else None
                if behind is not None and only_name(behind["who"]):
                    begin = self.text.index(behind["who"], x)
                    role = behind["role"]
                    self.office.append(role + '"' * (role.count('"') % 2))
                    self._sign(begin, begin + len(behind["who"]))
                    return True
                return found
            name, role = words[at[0] : at[1]], words[: at[0]].strip(" ,")
            sure = (
                signed is not None
                or self.valediction
                or self.named
                or bool(self.office)
                or name.isupper()
                or re.match(r"[A-ZÀ-Þ][a-z]{0,2}\.\s?", name) is not None
                or (self._is_last() and len(words.split()) in (2, 3) and only_name(words))
                or (self._is_last() and only_name(words) and self._headed(words))
                or (
                    len(words.split()) in (2, 3)
                    and only_name(words)
                    and closes(self._rest(), sure=self._headed(words))
                )
                or (" " not in words and only_name(words) and office_ends(self._rest()))
            )
            if not sure or (role and not naming.is_office(role)):
                return found
            heads = not (self.valediction or signed) and self._prose_below()
            if heads or (name.isupper() and SMALL_WORD.search(name)):
                return found  # "TALKS IN BERN" heads what follows
            begin = self.text.index(name, x)
            if role:
                self.office.append(role)
            self._sign(begin, begin + len(name))
            found = True
        return found

    def _beside(self, names: int) -> None:
        """Offices in columns hold for as many names; else they are one man's."""
        if self.columns and names != len(self.columns[0]):
            self.office = [words for offices in self.columns for words in offices] + self.office
            self.columns.clear()

    def _name_at(self, a: int, b: int) -> bool:
        return naming.trailing_name(self.text[a:b].strip(' "”.,*')) is not None

    def _headed(self, name: str) -> bool:
        """Whether the heading above the text has the name too."""
        start = self.spans[0][0]
        return (
            re.search(rf"\b{re.escape(name)}\b", self.text[max(0, start - 400) : start]) is not None
        )

    def _rest(self) -> list[str]:
        return [self.text[x:y] for x, y in self.spans[self.index :]]

    def _is_last(self) -> bool:
        return all(
            follows(line) or (only_name(line) and self._headed(line)) for line in self._rest()
        )

    def _rank(self, line: str) -> bool:
        """ "Major" alone, below the name that it belongs to or above one."""
        if RANK_ALONE.fullmatch(line.strip(" .,")) is None:
            return False
        self.office.append(line.strip(" .,"))
        return True

    def _office(self, line: str) -> bool:
        ended = (".", "!", "?") if line.isupper() else (".", "!", "?", ":")
        sentence = line.endswith(ended) and len(line.split()) > 4
        if sentence or not (naming.is_office(line) or re.match(r"(?:of|OF|under|for)\s", line)):
            return False
        sides = [line[x:y] for x, y in pieces(line)]
        if (
            len(sides) == 2
            and not self.office
            and all(naming.is_office(side) or self.columns for side in sides)
        ):
            self.columns.append(sides)
            return True
        self.office.append(line.rstrip("."))
        return True

    def _sign(self, a: int, b: int) -> None:
        rank = RANK.match(self.text, a, b)
        if rank is not None:
            a = rank.end()
            self.office.append(rank[0].strip())
        name = " ".join(self.text[a:b].split())
        self.named = True
        before = self.cover.signed[-1] if self.cover.signed else None
        if before is not None and before.end is not None and "." not in before.name:
            between = self.text[before.end : a]
            two = self._headed(before.name) and self._headed(name)
            if a - before.end <= 2 and "\n" in between and not between.strip() and not two:
                self.cover.signed[-1] = msgspec.structs.replace(
                    before, name=f"{before.name} {name}", end=b
                )  # first names above, surname below
                return
        role = cased(" ".join(self.office)) or None if self.office else None
        self.cover.signed.append(
            Party(name=name, role=role, kind="person", start=a, end=b, rule="signature")
        )
        self.office.clear()
