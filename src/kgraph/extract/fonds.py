"""References to archives that count by fonds, inventory, file and leaf.

Russian archives cite ``RGANI. F. 3. Op. 66. D. 471. L. 24-28``: fond (F.),
opis, the inventory (Op. or O.), delo, the file (D.), leaf (L.); the foreign
ministry's archive adds the folder, papka (P.). Behind the reference stand the
copy ("Original", "Copy (2 copies)"), the writing ("Typewritten text") and what
was signed; "Ibid." and a bare "L. 130-143" go on from the reference before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kgraph.extract import naming
from kgraph.model import Archive, Holding, Printing

_UNIT = r"(?:Fonds?|fonds?|Fund|fund|Opis|opis|Inventory|inventory|Papka|papka|Delo|delo|Listy|listy|List|list|Sheets?|sheets?|Lea(?:f|ves)|lea(?:f|ves)|Series|series|Folder|folder|Carton|CARTON|Karton|Box|File|Unit|A\.E|a\.e|LL|Ll|ll|Op|op|[FfOPpDdLl])"
_NUM = r"(?:[A-Z]-?)?\d+[\w/-]*|[A-Z](?=\.)"
_PART = re.compile(
    rf"(?P<unit>{_UNIT})\.?\s?(?:{_UNIT}\.\s?)?(?P<value>(?:{_NUM})(?:\s?[-–]\s?\d+\w*)?"
    rf"(?:,\s?\d+\w*(?:\s?[-–]\s?\d+\w*)?)*)?",
)
_START = re.compile(
    r"(?P<ibid>\bIbid)\b[.,]?\s*(?=(?:(?:Fond|Op|O|P|D|L|f|F)\.|(?:Series|File|Sheets?|Fund|Inventory)\s\d))"
    r"|(?:(?P<holder>(?:(?:[A-Z][\w’'-]*\s(?:of\s|the\s|for\s|and\s)*){0,8}Archives?(?:\s(?:of|for)\s[^.,;\d]{3,60})?"
    r"(?:\s\([A-Z]{2,8}\))?,\s)?[A-Z][A-Za-z]*(?:[ -][A-Z][A-Za-z]*){0,5})[.,:]?\s+)"
    r"(?=(?:F|f|[Ff]onds?|[Ff]und|D)\.?\s?(?:[A-Z]\s?[.-]\s?)?\d+[\w-]*\s?[.,;])"
    r"|(?P<named>(?:[A-Z][\w’'-]*\s){0,6}?Archives?(?:\s(?:of|for)\s(?:the\s)?[A-Z]\w*(?:\s(?:of\s(?:the\s)?|and\s)?[A-Z]\w*){0,8})?(?:\s\([A-Z]{2,8}\))?)[.,]\s+"
    r"(?=(?:(?:Fond|F|f|Op|op|D|d|L)\.|[Ff]und|[Ff]onds?|Series)\s?\d)"
    r"|(?P<leaf>(?<=[.\s)])L\.\s?(?=\d))"
)
_LEVEL = {
    "fond": "F",
    "fonds": "F",
    "fund": "F",
    "inventory": "Op",
    "series": "Series",
    "sheet": "L",
    "sheets": "L",
    "leaf": "L",
    "leaves": "L",
    "f": "F",
    "op": "Op",
    "o": "Op",
    "opis": "Op",
    "papka": "P",
    "p": "P",
    "delo": "D",
    "d": "D",
    "folder": "P",
    "carton": "Carton",
    "karton": "Carton",
    "box": "Box",
    "file": "File",
    "unit": "Unit",
    "a.e": "A.E",
    "list": "L",
    "listy": "L",
    "l": "L",
    "ll": "L",
}
_ORDER = ("F", "Op", "Series", "P", "Carton", "Box", "D", "File", "Unit", "A.E", "L")
_WORDS = frozenset(("Series", "Carton", "Box", "File", "Unit"))
_COPY = re.compile(
    r"\b(?P<copy>Original|Electrographic copy|Photocopy|Second copy|Copy)\b(?:\s?\([^)]*\))?"
)
_WRITING = re.compile(
    r"\b(?:Typewritten|Handwritten|Typographic(?:al)?|Manuscript|Printed)(?:\s(?:text|form))?\b"
    r"[^.]*"
)
_LANGUAGE = re.compile(r"\b[Ii]n (English|Russian|French|German|Spanish|Chinese)\b")
_TRANSLATED = re.compile(r"\bTranslat(?:ion|ed) from ([A-Z][a-z]+)")
_WHOLE_ARCHIVE = re.compile(r"(?P<holder>(?:[A-Z][\w-]* )*Archives? (?:of|for) [^.;\d]{6,140})\.")
_NEWSPAPER = re.compile(
    r"(?:(?:[Nn]ewspaper\s+)?[\"“«](?P<name>[A-Z][^\"”»]{2,40})[\"”»](?:\s+[Nn]ewspaper)?"
    r"|(?P<bare>[A-Z][\w-]+(?: [A-Z][\w-]+){0,2})(?:\s+[Nn]ewspaper)?)"
    r"[.,]\s+(?P<date>\d{4}[.,]\s+(?:[A-Z][a-z]+ \d{1,2}|\d{1,2} [A-Z][a-z]+))"
    r"[.,](?:\s+(?P<number>(?:No\.|№|p\.|P\.)\s?\d+))?"
)


def is_reference(line: str) -> bool:
    """Whether a line opens with an archival reference or a newspaper's, as the
    line under a printed document does.

    >>> is_reference("RGANI. F. 3. Op. 66. D. 471. L. 5 - 6. Copy.")
    True
    >>> is_reference("The commission, F. Bacon wrote, had 3 members.")
    False
    """
    head = line.lstrip(" \t[(")
    found = _START.match(head)
    if found is not None and not found["leaf"]:
        return _shelfmark(_parts(head, found.end())[0]).count(".") >= 2
    if _WHOLE_ARCHIVE.match(head) is not None:
        return True
    paper = _NEWSPAPER.match(head)
    return paper is not None and ("ewspaper" in head or "ypographic" in head)


def holdings(text: str, offset: int = 0) -> tuple[Holding, ...]:
    """The witnesses that a reference names, with the span of each.

    The shelfmark stands without the holder: ``F. 3. Op. 66. D. 471. L. 5-6``.
    The first is the "source text", a further one "another copy".

    >>> [h.shelfmark for h in holdings("RGANI. F. 3. Op. 16. D. 7. L. 2. Copy. L. 3-4. Original.")]
    ['F. 3. Op. 16. D. 7. L. 2', 'F. 3. Op. 16. D. 7. L. 3-4']
    """
    found = list(_references(text))
    if not found:
        whole = _WHOLE_ARCHIVE.search(text)
        if whole is None:
            return ()
        return (
            Holding(
                holder=whole["holder"].strip(),
                form=_form(text[whole.end() :]),
                start=offset + whole.start("holder"),
                end=offset + whole.end("holder"),
                rule="archive-without-shelfmark",
            ),
        )
    out: list[Holding] = []
    for index, (holder, parts, start, end) in enumerate(found):
        upto = found[index + 1][2] if index + 1 < len(found) else len(text)
        rest = text[end:upto]
        language = _LANGUAGE.search(rest)
        out.append(
            Holding(
                holder=holder,
                shelfmark=_shelfmark(parts),
                id=unit_id(holder, _shelfmark(parts)),
                copy="source text" if index == 0 else "another copy",
                form=_form(rest),
                language=language[1] if language else None,
                start=offset + start,
                end=offset + end,
                words=text[start:end],
                rule="fonds-reference",
            )
        )
    return tuple(out)


def printing(text: str, offset: int = 0) -> Printing | None:
    """The newspaper that a reference names: title, date and number."""
    found = _NEWSPAPER.search(text)
    if found is None:
        return None
    name = found["name"] or re.sub(r"\s+[Nn]ewspaper$", "", found["bare"])
    detail = found["date"] + (f". {found['number']}" if found["number"] else "")
    return Printing(
        publication=name,
        pages=detail,
        start=offset + found.start(),
        end=offset + found.end(),
        rule="newspaper-reference",
    )


def original_language(text: str) -> str | None:
    """The language that a reference says the text was translated from."""
    found = _TRANSLATED.search(text)
    return found[1] if found else None


def _references(text: str) -> Iterator[tuple[str, dict[str, str], int, int]]:
    holder, before = "", dict[str, str]()
    at = 0
    while (found := _START.search(text, at)) is not None:
        begin = found.start() if found["leaf"] else found.end()
        parts, end = _parts(text, begin)
        at = max(end, found.end())
        if not parts or (found["leaf"] and not holder):
            continue
        if found["holder"] or found["named"]:
            holder, before = found["holder"] or found["named"], parts
        else:
            level = min(_ORDER.index(part) for part in parts if part in _ORDER)
            kept = {
                key: value
                for key, value in before.items()
                if _ORDER.index(key if key != "O" else "Op") < level
            }
            parts = kept | parts
            before = parts
        yield holder, dict(parts), found.start(), end


def _parts(text: str, at: int) -> tuple[dict[str, str], int]:
    parts: dict[str, str] = {}
    end = at
    while (found := _PART.match(text, at)) is not None:
        level = _LEVEL[found["unit"].lower()]
        if found["unit"] == "p" and "D" in parts:
            level = "L"  # pages: a folder stands above its file
        if found["value"] is None or (level in parts and level != "L"):
            break
        if level == "L" and "L" in parts:
            parts["L"] += "; L. " + _range(found["value"])
        else:
            parts[level] = _range(found["value"])
            if level == "Op" and found["unit"] == "O":
                parts["O"] = parts["Op"]  # as the source abbreviates it
        end = found.end()
        gap = re.compile(r"\s?[.,]?\s*").match(text, end)
        at = gap.end() if gap else end
    return parts, end


def _range(value: str) -> str:
    return re.sub(r"\s?[-–]\s?", "-", value).strip()


def _shelfmark(parts: dict[str, str]) -> str:
    return ". ".join(
        f"{'O' if key == 'Op' and 'O' in parts else key}{'' if key in _WORDS else '.'} {parts[key]}"
        for key in _ORDER
        if key in parts
    )


def unit_id(holder: str, shelfmark: str) -> str | None:
    """The id of the file that a shelfmark names, leaves left out; None: it names none.

    >>> unit_id("RGANI", "F. 3. Op. 66. D. 471. L. 5-6")
    'archive/rgani-3-66-471'
    """
    parts, _ = _parts(shelfmark, 0)
    numbers = [parts[key] for key in _ORDER[:-1] if key in parts]
    if not numbers:
        return None
    words = re.sub(r"[^0-9a-z]+", "-", f"{holder} {' '.join(numbers)}".lower()).strip("-")
    return f"archive/{words}"


def units(found: Iterable[Holding], source: str) -> Iterator[Archive]:
    """The archival files that holdings lie in, one entry each, in order."""
    seen: set[str] = set()
    for one in found:
        if one.id is None or one.id in seen or one.shelfmark is None:
            continue
        seen.add(one.id)
        mark = re.split(r"[.,;]?\s*L\.\s", one.shelfmark)[0]
        yield Archive(
            id=one.id, label=f"{one.holder}, {mark}", shelfmark=mark, kind="file", source=source
        )


def _form(rest: str) -> str | None:
    words = [m[0].strip() for m in (_COPY.search(rest), _WRITING.search(rest)) if m]
    return "; ".join(words).lower() or None


_ARCHIVE = re.compile(
    r"(?P<who>(?:[A-Z][\w.&’'-]*\s+(?:of\s+|the\s+|and\s+|for\s+)*){0,8}"
    r"(?:Archives?|Library|Museum|Collection|Administration|Institute|Papers)"
    r"(?:\s+(?:of|and|for)\s+(?:the\s+)?[A-Z]\w*(?:\s+(?:of\s+|the\s+|and\s+)*[A-Z]\w*)*)?)"
)
_ACRONYM = re.compile(
    r"[A-Z]{2,8}(?: [A-Z]{2,4})?|[A-Z][A-Za-z]{1,3}[A-Z]{2,6}|[A-Z]{3,8}-[A-Z]\w{2,6}"
)
_NUMBERED_HOLDER = re.compile(
    r"(?P<who>(?:[A-Z][a-z]+ )?[A-Z]{2,8}(?: [A-Z]{2,8})?)\s+(?=[A-Z]{0,3}-?\d)"
)
_CITATION_ENDS = re.compile(
    r";|[.,]?\s*\b(?:copy|copies|obtained|translat\w*|provided|contributed|compiled|published|original scan|document"
    r"|courtesy)\b",
    re.IGNORECASE,
)


def named_holder(words: str, offset: int) -> Holding | None:
    """The holding archive that a citation names, and the shelfmark as written behind it.

    >>> h = named_holder("Northern State Archive, box 4, folder 2. Translated by A. Fenn.", 0)
    >>> h.holder, h.shelfmark
    ('Northern State Archive', 'box 4, folder 2')
    """
    stop = next((m for m in _CITATION_ENDS.finditer(words) if m.start() > 2), None)
    bare = words[: stop.start() if stop else len(words)].strip(" ,.;\n")
    if not bare or re.match(r"(?:[Tt]ranslat|[Cc]opy|[Oo]btained)", bare):
        return None
    first = re.split(r"[,;]", bare)[0].strip()
    archive = _ARCHIVE.search(bare)
    numbered = _NUMBERED_HOLDER.match(bare)
    before = ""
    if _ACRONYM.fullmatch(first) is not None:
        chosen = first
    elif archive is not None:
        chosen = archive["who"].strip()
        before = bare[: archive.start("who")].strip(' ,."“”')
    elif numbered is not None:
        chosen = numbered["who"]
    else:
        chosen = first
    if len(chosen) > 110:
        return None
    at = bare.index(chosen)
    after = re.sub(r"^\s*\([^)]*\)", "", bare[at + len(chosen) :]).strip(" ,.")
    town = re.match(r"([A-Z][a-z]+(?: [A-Z][a-z]+)?)(?=$|[,.])", after)
    if town is not None and naming.is_town(town[1]):
        chosen += f", {town[1]}"
        after = after[town.end() :].strip(" ,.")
    shelf = (
        after if re.search(r"\d", after) or not before else ", ".join(filter(None, (before, after)))
    )
    at = words.index(bare[at : at + 4])
    return Holding(
        holder=chosen, shelfmark=shelf or None, start=offset + at,
        end=offset + at + len(chosen.split(", ")[0]), rule="citation",
        words=" ".join(bare[:160].split()), note=f"in {before}" if before and shelf == after else None,
    )  # fmt: skip
