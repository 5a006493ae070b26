"""Authority files: persons of the Office of the Historian, and plain tables of persons or places.

The Office's table has an ``id`` of theirs, display name, years, printed forms and
roles with bounds. A plain table has at least a name and one of: an identifier, a
variant, a year of birth; or a name with latitude and longitude.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kgraph.authorities.names import spoken
from kgraph.model import Item, Office, Person, PlaceEntry
from kgraph.report import Report
from kgraph.sources import tables
from kgraph.sources.tables import Row

NAME = "people"
LIMIT = 1 << 30

HISTORIAN = frozenset({"id", "display_name", "surname", "forename", "printed_forms", "roles"})
ROLE = re.compile(r"^(?P<role>[^@]+)@(?P<place>\S+)(?:\s+(?P<from>[\d-]*)\.\.(?P<to>[\d-]*))?$")
LABEL = (
    "name",
    "label",
    "display_name",
    "preferred_name",
    "person",
    "full_name",
    "place",
    "placename",
)
COLUMNS = {
    "id": ("id", "key", "identifier", "local_id"),
    "variants": ("variants", "variant", "also_known_as", "aliases", "alias", "other_names",
                 "name_variants", "printed_forms", "alternative_names"),
    "born": ("birth", "born", "birth_year", "date_of_birth", "birth_date", "birthdate"),
    "died": ("death", "died", "death_year", "date_of_death", "death_date", "deathdate"),
    "note": ("note", "notes", "description", "remark", "remarks", "occupation"),
    "lat": ("lat", "latitude", "y"),
    "lon": ("lon", "long", "lng", "longitude", "x"),
}  # fmt: skip
AUTHORITIES = {
    "gnd": ("gnd", "gnd_id", "gndid"), "viaf": ("viaf", "viaf_id"),
    "wikidata": ("wikidata", "wikidata_id", "qid"), "lcnaf": ("lcnaf", "lccn", "loc"),
    "isni": ("isni",), "orcid": ("orcid",), "hoh": ("hoh",),
    "geonames": ("geonames", "geonames_id", "geonameid"), "tgn": ("tgn",), "snac": ("snac",),
}  # fmt: skip
ADDRESS = {
    "gnd": re.compile(r"d-nb\.info/gnd/([\dX-]+)"),
    "viaf": re.compile(r"viaf\.org/viaf/(\d+)"),
    "wikidata": re.compile(r"wikidata\.org/(?:entity|wiki)/(Q\d+)"),
    "geonames": re.compile(r"geonames\.org/(\d+)"),
    "lcnaf": re.compile(r"id\.loc\.gov/authorities/names/(\w+)"),
    "isni": re.compile(r"isni\.org/(?:isni/)?(\w{16})"),
}


def sniff(head: bytes, name: str) -> bool:
    """Whether this is a table of persons or places and not of letters."""
    found = tables.header(head, name)
    if found is None:
        return False
    names = {_plain(column) for column in found[0]}
    if names >= HISTORIAN:
        return True
    if not names & set(LABEL) or names & {"sender", "addressee", "from", "to", "recipient", "author",
                                          "source", "target", "date"}:  # fmt: skip
        return False
    wanted = {n for key in ("variants", "born", "died", "lat") for n in COLUMNS[key]}
    ids = {n for columns in AUTHORITIES.values() for n in columns}
    return bool(names & (wanted | ids))


def read(path: Path, report: Report) -> Iterator[Item]:
    """Persons (or places) of a table, one a row."""
    seen: dict[str, int] = {}
    for row in tables.rows(path, report):
        plain = Row(row.line, {_plain(name): value for name, value in row.cells.items()})
        where = f"{path}:{row.line}"
        item = (
            _historian(plain.cells, where, path.name, report)
            if plain.cells.keys() >= HISTORIAN
            else _entry(plain.cells, where, path, report)
        )
        if item is None:
            continue
        if item.id in seen:
            report.warning("same-id", where, f"{item.id} is also in line {seen[item.id]}; both kept",
                           "give each row an id of its own")  # fmt: skip
        seen.setdefault(item.id, row.line)
        yield item


def _plain(column: str) -> str:
    return re.sub(r"[^\w]+", "_", column.strip().lower()).strip("_")


def _historian(cells: dict[str, str], where: str, source: str, report: Report) -> Person | None:
    number, label = cells["id"], cells["display_name"]
    if not number or not label:
        report.warning("row-incomplete", where, "a person needs an id and a display name",
                       "fill in both")  # fmt: skip
        return None
    identifiers = {"hoh": number}
    for one in re.split(r"[;|]\s*|\s+", cells.get("authority_ids", "")):
        scheme, colon, value = one.partition(":")
        if colon and value:
            identifiers[scheme.lower()] = value
    if pocom := cells.get("pocom_id"):
        identifiers["pocom"] = pocom
    forms = [form.strip() for form in cells["printed_forms"].split("|")]
    return Person(
        id=f"person/hoh-{number}",
        label=spoken(label),
        sort=label,
        variants=tuple(dict.fromkeys(f for f in forms if f and f != label)),
        offices=tuple(_offices(cells["roles"], where, source, report)),
        born=cells.get("birth") or None,
        died=cells.get("death") or None,
        identifiers=identifiers,
        note=cells.get("first_remark") or None,
        source=source,
    )


def _offices(text: str, where: str, source: str, report: Report) -> Iterator[Office]:
    for part in filter(None, (p.strip() for p in text.split(";"))):
        match = ROLE.match(part)
        if match is None:
            report.warning(
                "role-unreadable", where, f"expected role@place from..to, found {part!r}"
            )
            continue
        role, place = match["role"], match["place"]
        title = role.replace("-", " ")
        if place != role:
            title = f"{title}, {place.replace('-', ' ')}"
        yield Office(
            title=title[:1].upper() + title[1:],
            id=f"position/{role}" if place == role else f"position/{role}-{place}",
            from_=match["from"] or None,
            to=match["to"] or None,
            source=source,
        )


def _entry(
    cells: dict[str, str], where: str, path: Path, report: Report
) -> Person | PlaceEntry | None:
    def cell(key: str) -> str:
        return next((cells[name] for name in COLUMNS[key] if cells.get(name)), "")

    label = next((cells[name] for name in LABEL if cells.get(name)), "")
    if not label:
        report.warning("row-incomplete", where, "the row has no name", "fill in the name")
        return None
    identifiers = {}
    for scheme, columns in AUTHORITIES.items():
        if value := next((cells[name] for name in columns if cells.get(name)), ""):
            match = ADDRESS[scheme].search(value) if scheme in ADDRESS else None
            identifiers[scheme] = match[1] if match else value
    for value in cells.values():
        for scheme, address in ADDRESS.items():
            if scheme not in identifiers and (match := address.search(value)):
                identifiers[scheme] = match[1]
    own = re.sub(r"[^\w.]+", "-", (cell("id") or label).lower()).strip("-.")
    variants = tuple(
        v.strip() for v in re.split(r"[|;]", cell("variants")) if v.strip() != label and v.strip()
    )
    if "lat" in cells or "latitude" in cells or "placename" in cells or "place" in cells:
        return PlaceEntry(
            id=own if own.startswith("place/") else f"place/{own.removeprefix('place-')}",
            label=label,
            variants=variants,
            lat=_degrees(cell("lat"), 90, where, report),
            lon=_degrees(cell("lon"), 180, where, report),
            identifiers=identifiers,
            note=cell("note") or None,
            source=path.name,
        )
    return Person(
        id=f"person/{own.removeprefix('person-')}",
        label=spoken(label),
        sort=label if "," in label else None,
        variants=variants,
        born=cell("born") or None,
        died=cell("died") or None,
        identifiers=identifiers,
        note=cell("note") or None,
        source=path.name,
    )


def _degrees(text: str, most: int, where: str, report: Report) -> float | None:
    if not text:
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = float("nan")
    if not -most <= value <= most:
        report.warning("not-degrees", where, f"expected degrees up to {most}, found {text!r}",
                       "write them as a decimal number, such as 55.75")  # fmt: skip
        return None
    return value
