"""A book's list of documents and its indexes of names and places."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

import msgspec

from kgraph import iris
from kgraph.extract import covers as cover
from kgraph.extract import fonds
from kgraph.model import Date, Holding, Office, Person, PlaceEntry
from kgraph.sources.book_pages import Stream

_ENTRY = re.compile(r"^\s{0,3}(?P<number>\d{1,3})\.\s+(?=\S)", re.MULTILINE)
_ENCLOSED = re.compile(
    r"^\s*(?:Attachment|Appendix|Appendice|Enclosure|Annex)(?:s|es)?\s*:\s*$",
    re.MULTILINE | re.IGNORECASE,
)
_SECTION = re.compile(
    r"^\s*(?:SECTION|Section|PART|Part|CHAPTER|Chapter)\s+(?P<number>[IVX]+|\d+)\b", re.MULTILINE
)
_LETTER = re.compile(r"^[A-ZА-ЯЁ][a-zа-яё]{0,3}$")
_SEE = re.compile(r"\s*[-–—]?\s*\bsee\s+(?:also\s+)?", re.IGNORECASE)


@dataclass
class Entry:
    """One entry of a list of documents."""

    number: int
    title: str
    date: Date | None = None
    section: str | None = None
    enclosures: tuple[str, ...] = ()
    holdings: tuple[Holding, ...] = ()
    locator: str | None = None


def entries(stream: Stream) -> list[Entry]:
    """The entries of a list of documents, numbers rising; inner lists are not taken for entries."""
    text = stream.text
    heads: list[tuple[int, int, int]] = []
    last = 0
    for found in _ENTRY.finditer(text):
        number = int(found["number"])
        if number == last + 1 or (last and last < number <= last + 3):
            heads.append((number, found.start(), found.end()))
            last = number
    sections = [(m.start(), m["number"]) for m in _SECTION.finditer(text)]
    out: list[Entry] = []
    for index, (number, start, begin) in enumerate(heads):
        end = heads[index + 1][1] if index + 1 < len(heads) else len(text)
        later = next((at for at, _ in sections if start < at < end), None)
        section = next((s for at, s in reversed(sections) if at < start), None)
        out.append(_entry(text[begin : later or end], number, section))
    return out


def _entry(words: str, number: int, section: str | None) -> Entry:
    enclosed = _ENCLOSED.search(words)
    held: tuple[Holding, ...] = ()
    inner: tuple[str, ...] = ()
    if enclosed is not None:
        inner = tuple(
            " ".join(line.split()) for line in _paragraphs(words[enclosed.end() :]) if line.strip()
        )
        words = words[: enclosed.start()]
    slashes = words.find("//")
    if slashes >= 0:
        held = fonds.holdings(words[slashes + 2 :].strip())
        words = words[:slashes]
    numbered = re.search(r"\n\s*1\.\s", words)
    if numbered is not None:
        words = words[: numbered.start()]
    found = max(cover.DATE.finditer(words), key=lambda one: one.start(), default=None)
    date = None
    title = words
    if (
        found is not None
        and len(words[found.end() :].strip(" .,\n]")) < 4
        and _dates_the_entry(words, found)
    ):
        date = cover.date_from(found, "list-of-documents")
        title = words[: found.start()].rstrip(" ,.[\n")
        bracket = words[found.start() - 1 : found.start()] == "["
        if date is not None:
            date = msgspec.structs.replace(
                date, start=None, end=None, words=found[0], locator=f"list of documents, no. {number}",
                note="in the editors' brackets" if bracket else date.note,
            )  # fmt: skip
    return Entry(
        number=number,
        title=" ".join(title.split()).strip(),
        date=date,
        section=section,
        enclosures=inner,
        holdings=held,
        locator=f"list of documents, no. {number}",
    )


def _dates_the_entry(words: str, found: re.Match[str]) -> bool:
    """Not the date of a thing spoken of ("letter dated November 9, 1963")."""
    before = words[: found.start()].rstrip(" [")
    return (
        not re.search(r"\b(?:dated|of|on|from|in)$", before)
        or "\n" in words[len(before) : found.start()]
    )


def _paragraphs(words: str) -> list[str]:
    """Enclosures named on lines of their own; a line that goes on (ends without stop and
    the next begins small after an open quote) is not told apart, one line is one."""
    lines = [line for line in words.split("\n") if line.strip()]
    out: list[str] = []
    for line in lines:
        if out and (
            out[-1].count('"') % 2 == 1 or re.match(r"\s*(?:and|of|in|to|regarding)\b", line)
        ):
            out[-1] += " " + line.strip()
        else:
            out.append(line.strip())
    return out


def slug(name: str) -> str:
    """A name as part of an id.

    >>> slug("Árbenz Guzmán, Jacobo")
    'arbenz-guzman-jacobo'
    """
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(ch for ch in plain if not unicodedata.combining(ch))
    plain = (
        plain.replace("ø", "o")
        .replace("ł", "l")
        .replace("ß", "ss")
        .replace("'", "")
        .replace("’", "")
    )
    return re.sub(r"[^0-9a-z]+", "-", plain.lower()).strip("-")


@dataclass
class Name:
    """One line of a name index."""

    entry: str
    surname: str
    given: str | None
    variants: list[str] = field(default_factory=list)
    see: str | None = None
    page: int = 0
    title: str | None = None  # "Crown Prince"


def names(stream: Stream) -> list[Name]:
    """The lines of a name index; letters that head a group and footnotes are left out."""
    out: list[Name] = []
    for start, end in cover.lines(stream.text, 0, len(stream.text)):
        line = stream.text[start:end]
        if _skip(line):
            continue
        one = _name(line)
        one.page = stream.place(start)[0]
        out.append(one)
    return out


def _skip(line: str) -> bool:
    return bool(
        _LETTER.match(line)
        or line.startswith("*")
        or (line.isupper() and len(line) <= 4)
        or re.fullmatch(r"[\d\W]+", line)
        or re.search(r"\bindex\b", line, re.IGNORECASE)
        or len(line) > 160
    )


_PAGES = re.compile(r"(?:[\s,]+\d{1,4}(?:[-–]\d{1,4})?)+$")


def _name(line: str) -> Name:
    line = _PAGES.sub("", line).strip(" ,.") if re.search(r"[A-Za-z]\W*[\s,]+\d", line) else line
    see = _SEE.search(line)
    target = None
    if see is not None and see.start() > 0:
        target = line[see.end() :].strip(" .")
        line = line[: see.start()].strip(" -–—,")
    entry = line
    brackets = re.findall(r"\(([^)]*)\)", line)
    bare = re.sub(r"\s*\([^)]*\)", "", line).strip(" ,")
    variants: list[str] = []
    alternatives = [part.strip() for part in re.split(r",\s+", line)]
    head = bare
    title = None
    parts = [part.strip() for part in re.split(r",\s+", bare)]
    if len(parts) > 1:
        if re.match(
            r"(?:[Cc]rown |[Gg]rand )?(?:[Pp]rince|[Pp]rincess|[Kk]ing|[Qq]ueen|[Ee]mperor|[Ss]hah|[Dd]uke)\b",
            parts[1],
        ):
            title = parts[1]
            head = parts[0]
        elif (
            len(parts[0].split()) == 1
            and len(alternatives) == len(parts)
            and len(parts[1].split()) >= 1
            and (parts[1].split()[0] != parts[0] and _is_given(parts[1]))
        ):
            head = " ".join(parts[:2])
        else:
            head = parts[0]
            variants.extend(a for a in alternatives[1:] if a and a != parts[0])
    tokens = head.split()
    surname = tokens[0] if tokens else head
    size = 1
    if (
        tokens
        and tokens[0].lower() in ("de", "von", "van", "der", "al", "el", "du", "le", "la", "di")
        and len(tokens) > 1
    ):
        surname, size = " ".join(tokens[:2]), 2
    given = " ".join(tokens[size:]) or None
    for words in brackets:
        if words and words not in variants:
            variants.append(words)
    return Name(
        entry=line if target is None else f"{entry} - see {target}",
        surname=surname,
        given=given,
        variants=variants,
        see=target,
        title=title,
    )


def _is_given(words: str) -> bool:
    return bool(re.fullmatch(r"(?:[A-Z]\.\s?)+|[A-Z][a-z]+(?: [A-Z]\.?)*", words))


def persons(found: list[Name], source: str, pages: list[int]) -> list[Person]:
    """The persons of a name index: variants in brackets and "see" references gathered
    under the entry that they point to. `pages` gives the page number of each page index."""
    main = [one for one in found if one.see is None]
    other: dict[int, list[Name]] = {}
    for one in found:
        if one.see is None:
            continue
        target = _target(one.see, main)
        if target is not None:
            other.setdefault(target, []).append(one)
    out: list[Person] = []
    seen: dict[str, int] = {}
    for at, one in enumerate(main):
        younger = re.match(r"(Jr|Sr)\.?\s+(?=\S)", one.given or "")
        given = (one.given or "")[younger.end() :] if younger is not None else one.given
        label = f"{given} {one.surname}" if given else one.surname
        label += f" {younger[1]}." if younger is not None else ""
        sort = f"{one.surname}, {given}" if given else one.surname
        sort += f", {younger[1]}." if younger is not None else ""
        variants = [re.sub(r"\s*\([^)]*\)", "", one.entry).strip(" ,")]
        if one.given:
            variants.append(f"{one.surname} {one.given}")
        variants.extend(_spelled_out(one))
        for extra in other.get(at, ()):
            variants.append(re.sub(r" - see .*$", "", extra.entry))
        ident = iris.unresolved(sort, "person", source)
        seen[ident] = seen.get(ident, 0) + 1
        if seen[ident] > 1:
            ident += f"-{seen[ident]}"
        out.append(
            Person(
                id=ident, label=label, sort=sort,
                variants=tuple(dict.fromkeys(v for v in variants if v and v != label)),
                offices=(Office(title=one.title),) if one.title else (),
                source=source,
                note=f"name index, page {pages[one.page]}" if one.page < len(pages) else "name index",
            )
        )  # fmt: skip
    return out


def _spelled_out(one: Name) -> list[str]:
    """Variants as whole names: a bracket behind the surname replaces the surname, one
    behind the given name the given name; a spelling with a space is a whole name."""
    out: list[str] = []
    bare = re.sub(r"\s*\([^)]*\)", "", one.entry)
    first = one.entry.find("(")
    for words in one.variants:
        if " " in words and one.given and words.split()[-1] == one.surname:
            out.append(f"{words}, {one.given}")  # "Armas (Castillo Armas) Carlos"
            continue
        if " " in words or not one.given:
            out.append(words)
            continue
        before = one.entry[:first].strip() if first >= 0 else bare
        if f"({words})" in one.entry:
            before = one.entry[: one.entry.index(f"({words})")].strip()
        if before == one.surname:
            out.append(f"{words} {one.given}")
        else:
            out.append(f"{one.surname} {words}")
    return out


def _target(words: str, main: list[Name]) -> int | None:
    folded = slug(words)
    for at, one in enumerate(main):
        if slug(one.entry) == folded:
            return at
    tokens = set(folded.split("-"))
    best = [at for at, one in enumerate(main) if tokens <= set(slug(one.entry).split("-"))]
    if len(best) == 1:
        return best[0]
    first = [
        at
        for at, one in enumerate(main)
        if folded == slug(one.surname) or folded.startswith(slug(one.surname) + "-")
    ]
    return first[0] if len(first) == 1 else None


_DESCRIBED = re.compile(r"\s+[-–—]\s+")


def places(stream: Stream, source: str) -> list[PlaceEntry]:
    """The places of a geographic index: "Havana - city, capital of Republic of Cuba"."""
    found: list[tuple[str, list[str], str | None, str | None]] = []
    for start, end in cover.lines(stream.text, 0, len(stream.text)):
        line = stream.text[start:end]
        if _skip(line) and len(line) <= 160:
            continue
        if len(line) > 260:
            continue
        see = _SEE.search(line)
        if see is not None and see.start() > 0:
            found.append(
                (line[: see.start()].strip(" -–—,"), [], None, line[see.end() :].strip(" ."))
            )
            continue
        parts = _DESCRIBED.split(line, maxsplit=1)
        if len(parts) == 1 and found and not re.match(r"[A-ZЮЯ]", line):
            continue
        names_ = [
            n.strip() for n in re.split(r",\s+", re.sub(r"\s*\([^)]*\)", "", parts[0])) if n.strip()
        ]
        names_ += re.findall(r"\(([^)]+)\)", parts[0])
        if not names_ or len(names_[0]) > 60:
            continue
        found.append((names_[0], names_[1:], parts[1].strip() if len(parts) > 1 else None, None))
    out: dict[str, PlaceEntry] = {}
    for name, variants, described, see_also in found:
        if see_also is not None:
            continue
        ident = f"place/{slug(name)}"
        if ident in out:
            if described and out[ident].note and described != out[ident].note:
                kind = slug(described.split(",")[0].split(" in ")[0].split("(")[0])
                ident = f"{ident}-{kind}"[:80]
            else:
                continue
        out[ident] = PlaceEntry(
            id=ident, label=name, variants=tuple(dict.fromkeys(v for v in variants if v != name)),
            within=_within(described), note=described, source=source,
        )  # fmt: skip
    labels = {slug(entry.label): ident for ident, entry in out.items()}
    for ident, entry in out.items():
        for variant in entry.variants:
            labels.setdefault(slug(variant), ident)
    for name, _, _, see_also in found:
        if see_also is None:
            continue
        ident = labels.get(slug(see_also), "")
        if ident:
            entry = out[ident]
            if name != entry.label and name not in entry.variants:
                out[ident] = msgspec.structs.replace(entry, variants=(*entry.variants, name))
    known = {e.label: i for i, e in out.items()} | {
        v: i for i, e in out.items() for v in e.variants
    }
    return [
        msgspec.structs.replace(e, within=known.get(e.within or "") if e.within else None)
        for e in out.values()
    ]


def _within(described: str | None) -> str | None:
    """The last name of a description: "city, capital of Texas state, United States" -> that state's country."""
    if not described or ("," not in described and " of " not in described):
        return None
    last = re.split(r",\s+|\bcapital of (?:the )?", described)[-1].strip(" .")
    return last if re.match(r"[A-Z]", last) else None
