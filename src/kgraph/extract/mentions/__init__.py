"""Mentions of persons, organisations, places, events and documents in a text.

    finder = MentionFinder(names)            # once a volume: build is linear in names
    finder.find(text)                        # per document
    finder.find(text, parties=[...])         # with the document's own parties

`names` are the forms known beforehand: the authority's variants and the volume's own
list of persons. What is not among them is recognised by its form: a title and a
capitalised word, initials and a surname, a given name and a surname, a capitalised
word that says or asks something; an office or a kinsman with "the", "my", "his"
(`mention_persons`); a noun such as "government", "funeral" or "telegram" and what it
governs (`mention_things`).

One Aho-Corasick automaton (leftmost, longest) finds known names and, with them,
the words at which the regular expressions are tried; nothing else is scanned more
than once. Half-open spans, code points. A mention may lie inside another ("Kennedy"
in "Kennedy\u2019s widow"); otherwise none overlap.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from operator import attrgetter, itemgetter

import ahocorasick_rs

from kgraph.extract import gazetteer
from kgraph.extract.mentions import things as mention_things
from kgraph.extract.mentions.bodies import is_adjectival, is_building, websites
from kgraph.extract.mentions.forms import (
    ACTIONS,
    COMMON,
    DOC_NUMBER,
    FULL,
    HONORIFICS,
    LOWER_OFFICES,
    NOT_AFTER,
    NOT_NAMES,
    OFFICES,
    PHRASES,
    Entry,
    Hit,
)
from kgraph.extract.mentions.nouns import KINDS, Thing
from kgraph.extract.mentions.persons import PersonReader
from kgraph.extract.mentions.surnames import SurnameReader, without_possessive
from kgraph.model import Mention, MentionType, Party, Value


class Name(Value, frozen=True, kw_only=True):
    """One form by which a thing is known: "Kohler", "Foy D. Kohler", "CC CPSU".

    `ref` is the source's own identifier of it; `surname` says that the form is a
    surname alone, which is a person only where nothing around it says otherwise.
    """

    text: str
    type: MentionType
    id: str | None = None
    ref: str | None = None
    surname: bool = False


def person_forms(name: str) -> tuple[str, ...]:
    """Forms under which running text may name a person, from a list's heading.

    >>> person_forms("Kohler, Foy D.")
    ('Foy D. Kohler', 'Foy Kohler', 'F.D. Kohler', 'F. D. Kohler', 'Kohler')
    """
    name = re.sub(r"\s*\([^)]*\)|\s*\[[^\]]*\]", "", name).strip(" ,")
    if "," not in name:
        return (name,) if name else ()
    surname, _, given = name.partition(",")
    given = re.sub(
        r"^(?:(?:Gen|Lt|Col|Adm|Dr|Sir|Maj|Capt|Brig|Lord|Baron|Count|Rear|Vice|General|Admiral|Colonel|Major|Captain|Lieutenant|Prince|Amb|Mrs?)\b\.?\s*)+",
        "",
        given.strip(),
    )
    suffix = ""
    if m := re.search(r",?\s*(Jr\.|Sr\.|II|III)$", given):
        suffix, given = f", {m[1]}" if "r" in m[1] else f" {m[1]}", given[: m.start()]
    words = given.replace(".", ". ").split()
    forms: list[str] = []
    if words:
        full = " ".join(words)
        forms.append(f"{full} {surname}")
        if suffix:
            forms.append(f"{full} {surname}{suffix}")
        if len(words[0].rstrip(".")) > 1 and len(words) > 1:
            forms.append(f"{words[0]} {surname}")
        elif len(words) > 1 and len(words[1].rstrip(".")) > 1:
            forms.append(f"{words[1]} {surname}")
        letters = [w[0] for w in words if w[0].isupper()]
        if letters:
            forms.append("".join(f"{c}." for c in letters) + f" {surname}")
            forms.append(" ".join(f"{c}." for c in letters) + f" {surname}")
    forms.append(surname)
    parts = surname.split()
    if len(parts) == 2 and parts[0][:1].isupper() and len(parts[0]) > 3:
        forms.append(parts[0])  # Arbenz Guzmán is called Arbenz
    return tuple(dict.fromkeys(f for f in forms if len(f) > 1))


_NO_PLACE_AFTER = (
    "Series, ", "Series,", "Files, ", "File, ", "Files,", "Presidents of the ",
    "Mr. ", "Mrs. ", "Dr. ", "Miss ",
)  # fmt: skip
"""What makes the name of a place one of a series of papers, or of a man ("Mr. France")."""
_LAST_TWO = frozenset(words[-2:] for words in _NO_PLACE_AFTER)
_SECOND = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ.")
"""Second letters of abbreviated names of states."""
_CAPITAL = re.compile(r"[A-Z]\w{3,}")
_NOUNS = {f"noun:{kind}": kind for kind in KINDS.values()}


@cache
def _words() -> Mapping[str, Entry]:
    """What a finder knows without names: nouns, offices, places, bodies, what persons do."""
    table: dict[str, Entry] = {}
    lists: tuple[tuple[str, MentionType], ...] = (
        ("countries", "place"), ("cities", "place"), ("bodies", "organisation"), ("events", "event"),
        ("publications", "document"),
    )  # fmt: skip
    for word, kind in KINDS.items():
        table[word] = (f"noun:{kind}", None, None, None)
    for act in ACTIONS:
        table[f" {act}"] = ("act", None, None, None)
    table["’s "] = table["'s "] = ("act", None, None, None)
    for kind, named in lists:
        for form in gazetteer.read_list(kind):
            table[form] = ("known", named, None, None)
    for form in gazetteer.read_list("given_names"):
        table.setdefault(form, ("given", None, None, None))
    table["Document"] = ("document-number", None, None, None)
    for words in (LOWER_OFFICES, OFFICES):
        for word in words.split():
            table[word] = ("office", None, None, None)
    for phrase in PHRASES:
        table[phrase.strip()] = ("office", None, None, None)
    for word in ("JFK", "RFK", "LBJ", "FDR", *gazetteer.read_list("people")):
        table[word] = ("person", "person", None, None)
    for city in gazetteer.read_list("cities"):
        if len(city) > 4:
            table.setdefault(city.upper(), ("known", "place", None, None))
    for word in HONORIFICS.split():
        table[word] = ("title", None, None, None)
    return table


@cache
def _inside() -> Mapping[str, int]:
    """Where in the name of a body that of another begins: "Council of the ... of the ..."."""
    bodies = set(gazetteer.read_list("bodies"))
    return {
        form: at for form in bodies if (at := form.find(" of the ") + 8) > 7
        and form[at:] in bodies and " of the " in form[at:]
    }  # fmt: skip


@lru_cache(maxsize=4)
def _automaton(forms: tuple[str, ...]) -> ahocorasick_rs.AhoCorasick:
    """What finds some forms; of volumes without a list of persons all have the same."""
    return ahocorasick_rs.AhoCorasick(forms, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)


class MentionFinder:
    """Finds mentions by name and by form; built once, used for many texts."""

    def __init__(self, names: Iterable[Name] = ()) -> None:
        table = dict(_words())
        self._names = tuple(name for name in names if len(name.text) >= 2)
        for name in self._names:
            self._add(table, name)
        self._forms = list(table)
        self._entries = [table[form] for form in self._forms]
        self._table = table
        self._surnames = SurnameReader(table)
        self._persons = PersonReader(table, self._surnames)
        self._acquainted: set[str] = (
            set()
        )  # surnames told in texts before, where no list tells them
        self._automaton = _automaton(tuple(self._forms))

    @staticmethod
    def _add(table: dict[str, Entry], name: Name) -> None:
        what = "known"
        if name.type == "person":
            what = "surname" if name.surname or " " not in name.text else "person"
        forms = {name.text}
        if name.type == "person" and len(name.text) > 3:
            forms.add(name.text.upper())
            forms.add(name.text[0].upper() + name.text[1:])
            if not name.text.isascii():
                forms.add(_unaccented(name.text))
        for form in forms:
            old = table.get(form)
            if (
                old is not None
                and what == "surname"
                and (old[0] in ("office", "title") or old[0].startswith("noun:"))
            ):
                table[form] = ("both", name.type, name.id, name.ref)  # a man called King, or Field
            elif old is None or old[0] in ("given",):
                table[form] = (what, name.type, name.id, name.ref)
            elif (
                old[0] in ("surname", "person", "known", "both")
                and name.type == old[1]
                and (old[2], old[3]) != (name.id, name.ref)
            ):
                same_id = old[2] if old[2] == name.id else None
                same_ref = old[3] if old[3] == name.ref else None
                table[form] = (old[0], old[1], same_id if old[2] or name.id else None, same_ref)
            elif old[1] == "place" and name.type == "person" and " " not in form:
                continue
            elif old[0] == "known" and old[2] is None:
                table[form] = (what, name.type, name.id, name.ref)

    def find(self, text: str, offset: int = 0, *, parties: Iterable[Party] = ()) -> list[Mention]:
        """Mentions in the order of their beginnings.

        `parties` are the document's own: their surnames count as known in it. Where no names
        were given beforehand, surnames that one text tells with title, initials or given name
        are known in the texts after it.
        """
        local: dict[str, str | None] = {}
        for party in parties:
            if party.kind == "person" and party.name and party.name[0].isupper():
                local[party.name.split()[-1].strip("[]()")] = party.id
        sure = frozenset(local)
        if not self._names and self._acquainted:
            for word in self._acquainted.intersection(_CAPITAL.findall(text)):
                if self._surnames.may_be_surname(text, word):
                    local.setdefault(word, None)
        found, nouns, acts = self._scan(text, local)
        persons, surnames = self._persons, self._surnames
        surnames.initials(text, found, local)
        surnames.hinted(text, acts, local)
        within = persons.bracketed(text, found, local) if "[" in text else []
        for start, end, kind in nouns:
            if kind == "row":
                surnames.enumerated(text, end, found, least=3 if text[start] == "T" else 2)
        persons.named_after_office(text, found)
        surnames.repeated(text, found, local, sure)
        more = surnames.in_lists(text, found) - local.keys()
        if more:
            surnames.repeated(text, found, dict.fromkeys(more), sure)
        flat = _apart(found)
        things = mention_things.things(text, flat, nouns, persons, _inside())
        things += [Thing(*span, "place", "in-brackets") for span in within]
        things += websites(text)
        people = {h[0] for h in flat if h[2] == "person"}
        flat = [
            h for h in flat
            if h[2] != "place" or text[h[0] + 1] not in _SECOND or h[1] + 1 in people
            or not is_adjectival(text, h[1])
        ]  # fmt: skip
        if not self._names:
            self._acquainted.update(_told(text, flat))
        return self._mentions(text, offset, flat, things)

    def learned(self, text: str) -> MentionFinder:
        """A finder that also knows the surnames that `text` gives with a title, initials or a
        given name: what a source tells of a person once holds for all its documents."""
        names: set[str] = set()
        for one in self.find(text):
            if one.type == "person" and one.form in ("name", "title+name"):
                last = (one.core or one.text).split()[-1].strip(".,[]()’")
                if len(last) > 3 and last not in self._table and last not in NOT_NAMES:
                    names.add(last)
        return MentionFinder(
            [*self._names, *(Name(text=n, type="person", surname=True) for n in sorted(names))]
        )

    def _scan(
        self, text: str, local: dict[str, str | None]
    ) -> tuple[list[Hit], list[tuple[int, int, str]], list[tuple[int, int]]]:
        """What the automaton meets: names and descriptions, nouns to be read later, and
        where a word says that somebody acts or owns."""
        found: list[Hit] = []
        acts: list[tuple[int, int]] = []
        nouns: list[tuple[int, int, str]] = []
        last = 0
        entries = self._entries
        persons = self._persons
        known_as, titled = persons.known, persons.titled
        size = len(text)
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            if start < last:
                continue
            what, type_, id_, ref = entries[index]
            if what == "act":
                acts.append((start, end))
                continue
            before = text[start - 1] if start else " "
            after = text[end] if end < size else " "
            if (before != " " and (before.isalnum() or (before == "-" and what != "surname"))) or (
                after != " " and after.isalnum() and what != "noun:owner"
            ):
                if what == "surname" and after == "s" and persons.family(text, start, end):  # fmt: skip
                    found.append((start - 4, end + 1, "person", None, None, "family", None))
                continue
            hit: Hit | None = None
            if what == "known" and type_ is not None:
                if type_ == "place":
                    if text[start - 2 : start] in _LAST_TWO and text[
                        max(0, start - 20) : start
                    ].endswith(_NO_PLACE_AFTER):
                        continue
                elif type_ == "organisation":
                    if end - start < 4 and not text[start:end].isupper():
                        continue
                    if is_building(text, start, end):
                        type_ = "place"
                rule = "gazetteer" if id_ is None and ref is None else "name"
                hit = (start, end, type_, id_, ref, rule, None)
            elif what in _NOUNS:
                nouns.append((start, end, _NOUNS[what]))
            elif what == "both":
                hit = titled(text, start, end, "office") or known_as(
                    text, start, end, "surname", id_, ref
                )
            elif what in ("surname", "person"):
                hit = known_as(text, start, end, what, id_, ref)
                if hit is not None:
                    local.setdefault(text[start:end].split()[-1], id_)
            elif what in ("title", "office"):
                hit = titled(text, start, end, what)
                if hit is not None and hit[6] is not None:
                    word = text[hit[6][0] : hit[6][1]].split()[-1].rstrip(".,")
                    known = self._table.get(word)
                    if word not in NOT_NAMES and len(word) > 2:
                        local.setdefault(word, known[2] if known else None)
            elif what == "given":
                hit = self._given(text, start, end, local)
            elif what == "document-number":
                m = DOC_NUMBER.match(text, end)
                if m is not None:
                    nouns.append((start, m.end(), "numbered"))
            if hit is not None:
                found.append(hit)
                last = hit[1]
        return found, nouns, acts

    def _given(self, text: str, start: int, end: int, local: dict[str, str | None]) -> Hit | None:
        """A given name and what follows it: "Robert Ozarkin"."""
        m = FULL.match(text, end)
        if m is None:
            return None
        words = m.group().split()
        if (
            {w.rstrip(".,") for w in words} & NOT_NAMES
            or words[-1] in NOT_AFTER
            or gazetteer.is_place(m.group().strip())
        ):
            return None
        stop = without_possessive(text, m.end())
        surname = text[end:stop].split()[-1].rstrip(".,")
        known = self._table.get(text[start:stop]) or self._table.get(surname)
        listed = known if known and known[0] == "person" else (None, None, None, None)
        if surname not in ("Jr", "Sr"):
            local.setdefault(surname, None)
        return (start, stop, "person", listed[2], listed[3], "given-name", None)

    def _mentions(
        self, text: str, offset: int, flat: list[Hit], things: list[Thing]
    ) -> list[Mention]:
        mentions: list[Mention] = []
        for start, end, type_, id_, ref, rule, core in flat:
            known_core = text[core[0] : core[1]] if core else None
            if core and id_ is None and ref is None and known_core:
                entry = self._table.get(known_core) or self._table.get(known_core.split()[-1])
                if (
                    entry
                    and entry[1] == "person"
                    and (" " not in known_core or entry[0] == "person")
                ):
                    id_, ref = entry[2], entry[3]
            surface = text[start:end]
            mentions.append(
                Mention(
                    start=offset + start, end=offset + end, text=surface, type=type_, id=id_, ref=ref,
                    rule=f"mention-{rule}", form="title+name" if core else "name",
                    core=known_core if known_core != surface else None,
                )
            )  # fmt: skip
        mentions.extend(
            Mention(
                start=offset + one.start, end=offset + one.end, text=text[one.start : one.end],
                type=one.type, rule=f"mention-{one.rule}",
                form="name" if one.rule in ("body", "site") else "description",
            )
            for one in things
        )  # fmt: skip
        mentions.sort(key=attrgetter("end"), reverse=True)
        mentions.sort(key=attrgetter("start"))
        return mentions


def _told(text: str, flat: list[Hit]) -> Iterable[str]:
    """Surnames that titles, initials and given names tell in a text."""
    for start, end, type_, _, _, rule, core in flat:
        if type_ == "person" and rule in ("title", "initials", "given-name"):
            a, b = core or (start, end)
            last = text[a:b].split()[-1].strip(".,[]()’")
            if len(last) > 3 and last not in NOT_NAMES and last.lower() not in COMMON:
                yield last


def _unaccented(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c))


def _apart(found: list[Hit]) -> list[Hit]:
    """Hits in order, without those that begin inside one before."""
    flat: list[Hit] = []
    upto = -1
    longest_first = sorted(found, key=itemgetter(1), reverse=True)
    for hit in sorted(longest_first, key=itemgetter(0)):
        if hit[0] >= upto:
            flat.append(hit)
            upto = hit[1]
    return flat
