"""The lines below a text: valediction, signatures and offices, date, address, translator."""

from __future__ import annotations

import itertools
import re

import msgspec

from kgraph.extract import naming
from kgraph.extract.covers.address import (
    EXCELLENCY,
    continue_address,
    naming_list,
    read_address,
)
from kgraph.extract.covers.lines import (
    DATE,
    GAP,
    Cover,
    cased,
    date_from,
    is_dateline_place,
    is_town,
    pieces,
)
from kgraph.model import Party, Place

TRANSLATOR = re.compile(
    r"^(?:(?:Translat(?:ed|ion)|Interpreted)(?: \w+)? by|Translators?|Interpreter)\s*:?\s*(?P<who>.+)$"
)
RECORDER = re.compile(
    r"^(?:(?:The )?(?:[Cc]onversation|[Rr]ecord|[Mm]inutes|[Nn]otes|[Pp]rotocol)?\s*(?:was |were )?(?:[Rr]ecorded|[Cc]ompiled|[Tt]ranscribed|[Ww]ritten"
    r"|[Dd]rafted|[Pp]repared|[Tt]aken(?: down)?) by|Note[- ]?taker)\s*:?\s*(?P<who>.*)$"
)
VALEDICTION = re.compile(
    r"(?:(?:Always |I remain |Very )?(?:[Ss]incerely|[Rr]espectfully|[Ff]aithfully|[Cc]ordially|[Tt]ruly)(?: [Yy]ours)?"
    r"|Yours (?:sincerely|faithfully|truly|respectfully)|With (?:best|warm|kind|deep|great|high|profound)[\w ]{0,40}"
    r"(?:wishes|regards|respect|greetings|esteem)|Thank you(?: again)?|(?:With )?[Bb]est wishes|(?:(?:[Bb]est|[Kk]ind(?:est)?|[Ww]arm(?:est)?|[Pp]ersonal) )?[Rr]egards(?=,|$)"
    r"|With (?:the )?(?:\w+ )?assurances? of (?:my|our)[\w ]{0,40}(?:consideration|esteem|respect)"
    r"|With (?:comradely|communist|fraternal|party|friendly|socialist|cordial) (?:greetings?|regards|salutations))\s*[,.]?"
)
SIGNED = re.compile(
    r"^(?:/-/|\(-\)|(?-i:ss?\.(?=\s[A-Z]))|\(signed\)|/s/|s/s|\[signed\]|\[signature\]:?|\(ss?\.?\)|Sd\.?(?:/-|/|[-.])(?=\s|\(|$)|Signed:?|p\.p\.)\s*",
    re.IGNORECASE,
)
_NEWSPAPER = re.compile(r"[\"“«][A-Z][^\"“”»]{1,29}[\"”»],?\s")
_LONE_TOWN = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ]+(?: [A-ZÀ-Þ][a-zà-ÿ]+)?")
_ROLE_BEHIND = re.compile(  # "Anna Berg, head of the Bern bureau"
    r"(?P<who>[A-ZÀ-Þ][^,\n]{2,40}), (?P<role>(?:the )?[a-z][^\n]{4,80})$"
)
_BODY_IN_TOWN = re.compile(
    r"(?:The |the )?(?:(?:[A-ZÀ-Þ][\w’'-]+|of|for|the) ){0,4}(?:Department|Ministry|Embassy|Legation|Office|Mission|Consulate|Chancellery)"
    r"(?: (?:of|for|the|in|and|[A-ZÀ-Þ][\w’'-]+)){0,5}?,? (?P<town>(?:(?:New|San|Santa|Buenos|Addis|Phnom|Hong|Tel|Ulan|Kuala|The) )?[A-ZÀ-Þ][\w’'-]+)"
)
_OF_AN_ADDRESS = re.compile(r"(?:Room|Hotel|Apartment|Apt|Street|Telephone|Tel|Address|Box)\b")
_COPIES = re.compile(
    r"\[?(?:(?:COPIES|Copies|Copy|COPY)(?:\s+(?:sent|given|made|go))?(?:\s+(?:to|for)\b)?|(?:Excerpts?|Extracts?)(?:\s+(?:sent|from protocol|go))?"
    r"(?:\s+to\b)?|Sent(?:\s+to\b)?|Distribution(?:\s+list)?|Distributed\s+to|CC|Cc)\s*:\s*(?P<who>\S.*?)[\].]*$"
)
_COPIES_SENT = re.compile(
    r"Copies\s+(?:(?:were|have been|are)\s+)?(?:sent|distributed|given)\s+to\s+(?:the\s+)?"
    r"(?P<who>(?:[Cc]omrades?\s+|[Cc]om(?:s|r|rs)?\.\s+|[Cc]des?\.\s+)?[A-Z][^:]*?)\.?$"
)
_MARKED = re.compile(
    r"(?:(?:Extract|Copy) is (?:true|correct)|Verified(?: by)?|True(?: copy| extract)?|Correct|Certified(?: true)?|(?:The )?[Cc]opy is (?:correct|true))\s*:|\[?(?:Marks?|Resolution|Stamps?|Annotation|Inscription|Handwritten note|Handwritten|Note in the margin)\b[^:\n]{0,40}:\s*[\"“\w]"
)
"""An editor's account of marks on the paper, below its signature."""
_FOR_WHAT = re.compile(r"\s+[-–—]\s+(?:for|all|points?|items?)\b[^,;]*")
_TO_EACH = re.compile(r"(?<![^\s,;])to(?=\s)")
_NOBODY = re.compile(
    r"(?i)(?:the |for the )?(?:file|files|archives?|case|record)|to the file|\d+ copies"
)
_INSIDE_ADDRESS = re.compile(
    r"(?:Shri|Smt\.?|Sardar|H\.?\s?E\.?|The (?:Right )?Hon(?:ou?rable|\.)|Dr\.?|Mr\.?|Mrs\.?|Herr|Monsieur|M\.)\s(?:[A-Z]\.\s?){0,3}[A-Z][^.;]{2,50},?$"
)
"""Whom a letter is to, below its signature: "Shri K. Orlin, I.C.S.,"."""
_OFFICE_BELOW = re.compile(
    r"[A-ZÀ-Þ][\w’'-]*(?: [\w’'.-]+){0,5}|[a-zà-ÿ’'-]+(?: [a-zà-ÿ’'-]+){0,2}"
)
_OUTGOING = re.compile(r"\s+(?:No\.\s?)?\d{1,3}\.?$")
"""The number of a telegram behind the name that signs it: "ORLIN 411"."""
_BARE_INITIALS = re.compile(r"(?P<name>(?:[A-ZÀ-Þ]\s){1,3}[A-ZÀ-Þ][\w’'-]{2,})")
"""Initials without full stops: "R F ORLIN"."""
_LOWEST = 16
"""Lines from the end among which a foot can begin."""


def read_foot(
    cover: Cover, text: str, spans: list[tuple[int, int]], head: int, places: frozenset[str]
) -> None:
    """Reads the lines `spans` from the end up to line `head` into `cover`, and sets where
    the body ends. Offices stand above a name, or below the last one."""
    foot = _Foot(cover, text, spans, places)
    foot.read(_first_line(text, spans, head))
    if not cover.signed:
        foot.signed_above(head)


def only_name(words: str) -> bool:
    """Whether the words are one person's name and nothing else."""
    words = SIGNED.sub("", words).strip(' "”.,*:')
    if not words or len(words) > 60 or naming.is_place(words):
        return False
    return naming.trailing_name(words) == (0, len(words))


def _first_line(text: str, spans: list[tuple[int, int]], head: int) -> int:
    foot = len(spans)
    while foot > max(head, 0) and len(spans) - foot < _LOWEST:
        line = GAP.sub("  ", text[slice(*spans[foot - 1])])
        if (
            _MARKED.match(line)
            or _COPIES.match(line)
            or _COPIES_SENT.match(line)
            or RECORDER.match(line)
        ):
            foot -= 1
            continue
        prose = line.endswith((".", "?", ";")) and len(line) > 62 and not _mostly_date(line)
        if len(line) > 130 or prose:
            break
        if re.match(r"(?:[-–•]|\d{1,2}[.)])\s", line) and not DATE.match(line):
            break
        foot -= 1
    return foot


def _mostly_date(line: str) -> bool:
    found = DATE.search(line)
    return found is not None and len(found[0]) > 0.5 * len(line)


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
            if _MARKED.match(line):
                continue
            if _NEWSPAPER.match(line):
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
            or self._dated(a, b)
            or self._town(a, b)
            or self._signature(a, b)
            or self._office(line)
        )

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

    def _prose_follows(self) -> bool:
        rest = (self.text[x:y] for x, y in self.spans[self.index :])
        return any(line.endswith((".", "?", "!")) and ":" in line for line in rest)

    def _distribution(self, a: int, line: str) -> bool:
        """ "Copies to: Orlin, Kast", in brackets or not."""
        listed = _COPIES.match(line) or _COPIES_SENT.match(line)
        begin = naming_list(line) if listed is None else None
        if listed is None and begin is not None:  # "Copies to Orlin, Kast"
            listed = re.compile(r"(?P<who>.+)").match(line, begin)
        if listed is None:
            return False
        words = _FOR_WHAT.sub(lambda found: " " * len(found[0]), listed["who"])
        words = _TO_EACH.sub(lambda found: " " * len(found[0]), words)
        copies = naming.distribution(words, a + listed.start("who"), "distribution-list")
        known = {one.name for one in self.cover.copies_to}
        self.cover.copies_to.extend(
            one for one in copies if one.name not in known and not _NOBODY.fullmatch(one.name)
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
                or (_INSIDE_ADDRESS.match(line) is not None and self._office_next())
            )
        )
        if not opens and not (self.addressed and self.cover.late_addressees):
            return False
        words = line.strip(' ,.:*"”')
        if not opens:
            bare_town = _LONE_TOWN.fullmatch(words) and not naming.is_office(words)
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
        housed = _BODY_IN_TOWN.fullmatch(rest)
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
        if _OF_AN_ADDRESS.match(line):
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
            if re.fullmatch(r"\([^()]+\)", words) and words.isupper():
                words = words[1:-1]
            outgoing = _OUTGOING.search(words)
            if outgoing is not None and words[: outgoing.start()].isupper():
                words = words[: outgoing.start()]
            alone = " " not in words and self.text[x:y].rstrip().endswith(".")
            if alone and not (self.valediction or signed or self._is_last()):
                return found  # "QUARANTINE.": a telegram's heading
            loose = _BARE_INITIALS.fullmatch(words)
            if loose is not None and (
                self.valediction or self.office or self._closes(words, sure=True)
            ):
                self._sign(self.text.index(words, x), self.text.index(words, x) + len(words))
                return True
            at = naming.trailing_name(words)
            if at is None:
                behind = _ROLE_BEHIND.match(words) if self.valediction or signed else None
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
                or (len(words.split()) in (2, 3) and only_name(words) and self._closes(words))
            )
            if not sure or (role and not naming.is_office(role)):
                return found
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

    def _closes(self, name: str, *, sure: bool = False) -> bool:
        """Whether nothing but an office or a date follows a name: a date below a sure name, or
        below one that the heading has too."""
        rest = [self.text[x:y] for x, y in self.spans[self.index :]]
        office = [line for line in rest if _OFFICE_BELOW.fullmatch(line) and naming.is_office(line)]
        dates = [line for line in rest if _mostly_date(line)]
        if not rest or len(office) + len(dates) < len(rest):
            return False
        return sure or bool(office) or self._headed(name)

    def _is_last(self) -> bool:
        rest = [self.text[x:y] for x, y in self.spans[self.index :]]
        return all(
            TRANSLATOR.match(line)
            or RECORDER.match(line)
            or (only_name(line) and self._headed(line))
            for line in rest
        )

    def _office(self, line: str) -> bool:
        sentence = line.endswith((".", "!", "?", ":")) and len(line.split()) > 4
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
