"""Mentions of persons, organisations, places, events and documents in a text.

    finder = MentionFinder(names)            # once a volume: build is linear in names
    finder.find(text)                        # per document
    finder.find(text, parties=[...])         # with the document's own parties

`names` are the forms known beforehand: the authority's variants and the volume's own
list of persons. What is not among them is recognised by its form: a title and a
capitalised word, initials and a surname, a given name and a surname, a capitalised
word that says or asks something; an office or a kinsman with "the", "my", "his".

One Aho-Corasick automaton (leftmost, longest) finds known names and, with them,
the words at which the regular expressions are tried; nothing else is scanned more
than once. Half-open spans, code points.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

import ahocorasick_rs

from kgraph.extract import gazetteer
from kgraph.extract.mention_forms import (
    ACTS,
    AFTER_TITLE,
    CAPITAL_NEXT,
    CIVIL,
    COMMON,
    COMPLEMENT,
    DETERMINER,
    DOC_NUMBER,
    DOC_TAIL,
    DOC_WORDS,
    DOCUMENT,
    FULL,
    HINT,
    HONORIFICS,
    INITIAL,
    INITIALS,
    KIN,
    LAST_IN_LIST,
    LOWER_OFFICES,
    NEXT_IN_LIST,
    NO_SURNAME,
    NOT_AFTER,
    NOT_NAMES,
    OFFICES,
    PHRASES,
    PLAIN,
    TITLE_LEFT,
)
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


_OFFICE_WORDS = frozenset(
    (*OFFICES.split(), "Prime", "Foreign", "Vice", "Under", "Deputy", "Acting", "Attorney")
)
_Entry = tuple[str, MentionType | None, str | None, str | None]
_Hit = tuple[int, int, MentionType, str | None, str | None, str, tuple[int, int] | None]


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


class MentionFinder:
    """Finds mentions by name and by form; built once, used for many texts."""

    def __init__(self, names: Iterable[Name] = ()) -> None:
        table: dict[str, _Entry] = {}
        lists: tuple[tuple[str, MentionType], ...] = (
            ("countries", "place"), ("cities", "place"), ("bodies", "organisation"), ("events", "event"),
        )  # fmt: skip
        for kind, named in lists:
            for form in gazetteer.read_list(kind):
                table[form] = ("known", named, None, None)
        for form in gazetteer.read_list("given_names"):
            table[form] = ("given", None, None, None)
        for word in DOC_WORDS:
            table[word] = ("document", None, None, None)
        table["Document"] = ("document-number", None, None, None)
        for word in LOWER_OFFICES.split():
            table[word] = ("office", None, None, None)
        for word in OFFICES.split():
            table[word] = ("office", None, None, None)
        for phrase in PHRASES:
            table[phrase.strip()] = ("office", None, None, None)
        for word in HONORIFICS.split():
            table[word] = ("title", None, None, None)
        for name in names:
            if len(name.text) < 2:
                continue
            self._add(table, name)
        self._forms = list(table)
        self._entries = [table[form] for form in self._forms]
        self._table = table
        self._split: tuple[str, frozenset[str]] = ("", frozenset())
        self._automaton = ahocorasick_rs.AhoCorasick(
            self._forms, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
        )

    @staticmethod
    def _add(table: dict[str, _Entry], name: Name) -> None:
        what = "known"
        if name.type == "person":
            what = "surname" if name.surname or " " not in name.text else "person"
        forms = {name.text}
        if name.type == "person" and len(name.text) > 3:
            forms.add(name.text.upper())
            forms.add(name.text[0].upper() + name.text[1:])
        for form in forms:
            old = table.get(form)
            if old is not None and old[0] in ("office", "title") and what == "surname":
                table[form] = ("both", name.type, name.id, name.ref)  # a man called King
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
        """Mentions in the order of their beginnings; none overlap but by lying inside.

        `parties` are the document's own: their surnames count as known in it.
        """
        found: list[_Hit] = []
        local: dict[str, str | None] = {}
        for party in parties:
            if party.kind == "person" and party.name and party.name[0].isupper():
                local[party.name.split()[-1]] = party.id
        sure = frozenset(local)
        last = 0
        entries = self._entries
        pend: list[tuple[int, int]] = []
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            if start < last:
                continue
            what, type_, id_, ref = entries[index]
            if (
                start
                and (text[start - 1].isalnum() or (text[start - 1] == "-" and what != "surname"))
            ) or (end < len(text) and text[end].isalnum()):
                continue
            if what == "known" and type_ is not None:
                if type_ == "place" and self._person_around(text, start, end):
                    continue
                if type_ == "organisation" and end - start < 4 and not text[start:end].isupper():
                    continue
                found.append(
                    (
                        start,
                        end,
                        type_,
                        id_,
                        ref,
                        "gazetteer" if id_ is None and ref is None else "name",
                        None,
                    )
                )
                last = end
            elif what == "both":
                both = self._titled(text, start, end, "office") or self._known_person(
                    text, start, end, "surname", id_, ref
                )
                if both is not None:
                    found.append(both)
                    last = both[1]
            elif what in ("surname", "person"):
                hit = self._known_person(text, start, end, what, id_, ref)
                if hit is not None:
                    found.append(hit)
                    last = hit[1]
                    local.setdefault(text[start:end].split()[-1], id_)
            elif what in ("title", "office"):
                hit2 = self._titled(text, start, end, what)
                if hit2 is not None:
                    found.append(hit2)
                    last = hit2[1]
                    if hit2[6] is not None:
                        word = text[hit2[6][0] : hit2[6][1]].split()[-1].rstrip(".,")
                        known = self._table.get(word)
                        if word not in NOT_NAMES and len(word) > 2:
                            local.setdefault(word, known[2] if known else None)
            elif what == "given":
                m = FULL.match(text, end)
                if m is not None:
                    words = m.group().split()
                    if (
                        not ({w.rstrip(".,") for w in words} & NOT_NAMES)
                        and words[-1] not in NOT_AFTER
                        and not gazetteer.is_place(m.group().strip())
                    ):
                        stop = self._trim(text, m.end())
                        surname = text[end:stop].split()[-1]
                        known = self._table.get(text[start:stop]) or self._table.get(surname)
                        found.append(
                            (
                                start,
                                stop,
                                "person",
                                known[2] if known and known[0] == "person" else None,
                                known[3] if known and known[0] == "person" else None,
                                "given-name",
                                None,
                            )
                        )
                        if surname.rstrip(".,") not in ("Jr", "Sr"):
                            local.setdefault(surname.rstrip(".,"), None)
                        last = stop
            elif what == "document":
                left = text[max(0, start - 32) : start]
                d = DOCUMENT.search(left)
                tail = DOC_TAIL.match(text, end)
                stop = tail.end() if tail else end
                if d is not None or stop > end:
                    pend.append((start - len(left) + d.start() if d else start, stop))
            elif what == "document-number":
                m = DOC_NUMBER.match(text, end)
                if m is not None:
                    pend.append((start, m.end()))
        self._initials(text, found, local)
        self._local(text, found, local, sure)
        self._lists(text, found)
        taken = sorted(found)
        mentions: list[Mention] = []
        upto = -1
        for start, end, type_2, id_, ref, rule, core in taken:
            if start < upto:
                continue
            upto = end
            surface = text[start:end]
            known_core = text[core[0] : core[1]] if core else None
            if core and id_ is None and ref is None and known_core:
                entry = self._table.get(known_core) or self._table.get(known_core.split()[-1])
                if (
                    entry
                    and entry[1] == "person"
                    and (" " not in known_core or entry[0] == "person")
                ):
                    id_, ref = entry[2], entry[3]
            mentions.append(
                Mention(
                    start=offset + start, end=offset + end, text=surface, type=type_2, id=id_, ref=ref, rule=f"mention-{rule}",
                    form="description" if rule in ("office", "kin") else "title+name" if core else "name",
                    core=known_core if known_core != surface else None,
                )
            )  # fmt: skip
        mentions.extend(
            Mention(
                start=offset + a,
                end=offset + b,
                text=text[a:b],
                type="document",
                rule="mention-document",
                form="description",
            )
            for a, b in pend
        )
        mentions.sort(key=lambda m: (m.start or 0, -(m.end or 0)))
        return mentions

    def _person_around(self, text: str, start: int, end: int) -> bool:
        """ "Mr. France", "Anatole France": the place's name is a person's here."""
        before = text[max(0, start - 14) : start]
        return re.search(r"\b(?:Mr|Mrs|Dr|Miss)\.\s$", before) is not None

    def _trim(self, text: str, stop: int) -> int:
        """A name's end, without the possessive and what follows it."""
        if text[stop - 2 : stop] in ("’s", "'s"):
            return stop - 2
        return stop

    def _known_person(
        self, text: str, start: int, end: int, what: str, id_: str | None, ref: str | None
    ) -> _Hit | None:
        a, b = start, end
        after = text[end : end + 16]
        if after[:1] == " " and after[1:2].isupper():
            word = re.match(r"\s(\w+)", after)
            if word and word[1] in NOT_AFTER:
                return None
        if after.startswith(", Jr."):
            b = end + 5
        before = text[max(0, start - 40) : start]
        if what == "surname":
            sentence_start = (
                not before.strip() or re.search(r"[.?!:”\"]\s+$|\n\s*$", before) is not None
            )
            if text[start:end].lower() in COMMON and sentence_start and not ACTS.match(text, end):
                return None
            if before[-2:-1].isalnum() or before.endswith((". ", ".")):
                left = re.search(
                    rf"(?:(?:{INITIAL}\s?)+|(?P<g>{PLAIN})\s(?:{INITIAL}\s?)*)$", before
                )
                if (left is not None and not sentence_start) or (
                    left is not None and "." in left.group() and left["g"] is None
                ):
                    first = (left["g"] or "").split()
                    if left["g"] is None or (
                        first and self._table.get(first[0], ("",))[0] == "given"
                    ):
                        a = start - len(left.group())
                        known = self._table.get(text[a:b])
                        id_, ref = (known[2], known[3]) if known else (None, None)
        title = TITLE_LEFT.search(text[max(0, a - 40) : a])
        if title is not None:
            return (a - len(title.group()), b, "person", id_, ref, "name", (a, b))
        return (a, b, "person", id_, ref, "name", None)

    def _titled(self, text: str, start: int, end: int, what: str) -> _Hit | None:
        m = AFTER_TITLE.match(text, end)
        civil = text[start:end] in CIVIL
        left = text[max(0, start - 44) : start]
        word = text[start:end]
        if m is not None and (
            word[0].isupper()
            or re.match(rf"{INITIAL}", m["name"])
            or word in ("president", "premier", "ambassador")
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
                keep = 0
            if keep and not (keep == 1 and re.fullmatch(INITIAL, words[0])):
                stop_name = m.start("name") + len(" ".join(words[:keep]))
                first = " ".join(words[:keep])
                archive = keep < len(words) and words[keep] in (
                    "Library",
                    "Papers",
                    "Correspondence",
                )
                if not archive and (civil or not gazetteer.is_place(first)):
                    stop = self._trim(text, stop_name)
                    t = TITLE_LEFT.search(left)
                    a = start - len(t.group()) if t else start
                    return (a, stop, "person", None, None, "title", (m.start("name"), stop))
        if what == "title":
            return None
        d = DETERMINER.search(left)
        if d is None:
            return None
        low = word.lower()
        if (
            low
            in (
                "member",
                "head",
                "leader",
                "leaders",
                "assistant",
                "representative",
                "representatives",
                "director",
                "advisers",
                "adviser",
                "advisor",
                "aide",
                "delegate",
                "translator",
                "secretary",
                "governor",
            )
            and word[0].islower()
        ):
            c = COMPLEMENT.match(text, end)
            if c is None and low not in ("leader",):
                return None
        if d.group().lower().startswith(("a ", "an ")) and word[0].isupper():
            return None
        a = start - len(left) + d.start()
        if text[a] in "’'":
            a += 3
        b = end
        c = COMPLEMENT.match(text, end)
        if c is not None and word not in KIN:
            b = c.end()
        nxt = text[b : b + 2]
        if nxt[:1] == "-" or (
            nxt[:1] == " "
            and nxt[1:2].isupper()
            and re.match(r"\s[A-Z]\w+", text[b : b + 20])
            and not re.match(r"\s(?:I|He|She|We|They|The|Mr)\b", text[b : b + 8])
            and text[b - 1] != "."
        ):
            following = re.match(r"\s([A-Z]\w+)", text[b : b + 24])
            if following and following[1] in (
                "Office",
                "Department",
                "General",
                "Files",
                "Library",
                "Committee",
                "Correspondence",
                "Staff",
                "Bureau",
            ):
                return None
        return (a, b, "person", None, None, "kin" if low in KIN else "office", None)

    def _initials(self, text: str, found: list[_Hit], local: dict[str, str | None]) -> None:
        spans = {(a, b) for a, b, *_ in found}
        ends = {b for _, b in spans}
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
                and re.search(r"(?:^|[\n.:;”\"]\s*|\n\s+)$", text[max(0, a - 4) : a])
                and last not in local
            ):
                continue  # "A. Strategic forces" counts paragraphs
            if not last.isupper() or len(last) > 3:
                b = self._trim(text, b)
                found.append(
                    (
                        a,
                        b,
                        "person",
                        *(self._table.get(text[a:b], ("", None, None, None))[2:4]),
                        "initials",
                        None,
                    )
                )
                local.setdefault(last, None)
        for m in HINT.finditer(text):
            word = m["name"]
            if (
                word not in local
                and self._may_be_surname(text, word)
                and not CAPITAL_NEXT.match(text, m.end("name"))
            ):
                local[word] = None

    def _may_be_surname(self, text: str, word: str) -> bool:
        """Whether a capitalised word that nothing knows may be a person's name here."""
        if (
            word in NOT_NAMES
            or len(word) < 4
            or (word.isupper() and len(word) < 6)
            or NO_SURNAME.search(word)
            or gazetteer.is_place(word)
        ):
            return False
        if word in self._table and self._table[word][0] != "given":
            return False
        if "-" in word and any(
            part in NOT_NAMES
            or gazetteer.is_place(part)
            or not part[:1].isupper()
            or part == "Sino"
            for part in word.split("-")
        ):
            return False
        low = word.lower()
        if low in COMMON:
            return False
        if " " in low or len(text) < _SHORT:
            return f" {low} " not in text and f" {low}s " not in text
        words = self._words(text)
        return low not in words and f"{low}s" not in words

    def _words(self, text: str) -> frozenset[str]:
        """The words of a text that stand between spaces, made once for each text."""
        if self._split[0] is not text:
            self._split = (text, frozenset(text.split(" ")[1:-1]))
        return self._split[1]

    def _lists(self, text: str, found: list[_Hit]) -> None:
        """ "Brezhnev, Voronov and Kozlov": who stands in a row with persons is one."""
        people = sorted((a, b) for a, b, type_, *_ in found if type_ == "person")
        taken = {a for a, *_ in found}
        for a, b in people:
            at = b
            while m := NEXT_IN_LIST.match(text, at):
                if m.start("name") in taken or not self._may_be_surname(text, m["name"]):
                    break
                found.append((m.start("name"), m.end("name"), "person", None, None, "list", None))
                taken.add(m.start("name"))
                at = m.end()
            at = a
            if text[max(0, a - 2) : a] != ", " and text[max(0, a - 5) : a] != " and ":
                continue
            while m := LAST_IN_LIST.search(text, max(0, at - 40), at):
                before = text[max(0, m.start() - 2) : m.start()]
                word_before = text[max(0, m.start() - 30) : m.start()].split()[-1:]
                opens = not before.strip() or before[:1] in ".?!:\n”"
                if (
                    opens
                    or m.start("name") in taken
                    or not self._may_be_surname(text, m["name"])
                    or (
                        before[-1:] == " "
                        and word_before
                        and word_before[0][:1].isupper()
                        and word_before[0][-1:].isalpha()
                    )
                ):
                    break
                found.append((m.start("name"), m.end("name"), "person", None, None, "list", None))
                taken.add(m.start("name"))
                at = m.start()

    def _local(
        self, text: str, found: list[_Hit], local: dict[str, str | None], sure: frozenset[str]
    ) -> None:
        """Further places where a surname stands that this document gave with a title."""
        unknown = [
            w
            for w in local
            if len(w) > 2
            and (w not in self._table or self._table[w][0] == "given")
            and (w not in NOT_NAMES or w in sure)
        ]
        if not unknown:
            return
        covered = sorted((a, b) for a, b, *_ in found)
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
            after = re.match(r"\s(\w+)", text[end : end + 16])
            common = (
                word.lower() in COMMON
                and re.search(r"(?:^|[.?!:”\"]\s+|\n\s*)$", text[max(0, at - 3) : at]) is not None
            )
            if not (after and after[1] in NOT_AFTER) and not common:
                found.append((at, end, "person", local[word], None, "repeated", None))
