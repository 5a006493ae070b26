"""Letters as CMIF, the exchange format of letter catalogues (TEI ``correspDesc``).

After the documentation of the TEI Correspondence SIG and its schema of 2025; what
letters mention, and their language, stands in ``note/ref`` as CMIF 2 defines. People
and places bear the identifier of an authority file where one is known, else their
IRI here. What the format cannot say is listed in `LOSES`.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO, Any

from lxml import etree

from kgraph import iris
from kgraph.store import Bindings, Store, Term

TEI = "http://www.tei-c.org/ns/1.0"
TERMS = "https://lod.academy/cmif/vocab/terms/"
"""Namespace of the relation types of CMIF 2, as its specification gives it."""
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
SCHEMA = (
    "https://raw.githubusercontent.com/TEI-Correspondence-SIG/CMIF/master/schema/"
    "cmi-customization.rng"
)
NAMESPACES: Any = {None: TEI}
TITLE = "kgraph: index of diplomatic correspondence"
LOSES = (
    "the ways of letters from hand to hand, their channels, copies, printings and evidence",
    "claims that conflict: the preferred date and place stand alone",
    "who signed, drafted or cleared a letter, and for whom it was sent",
    "dates without a year, and the hour of a day",
)
AUTHORITIES = ("viaf.org", "d-nb.info", "data.bnf.fr", "id.loc.gov", "id.ndl.go.jp",
               "geonames.org", "wikidata.org")  # fmt: skip
"""Hosts of authority files, the one to be named first; the documentation recommends these."""

LETTERS = """
SELECT DISTINCT ?d ?title ?date ?earliest ?latest ?received WHERE {
  ?d a kg:Document ; kg:survivalStatus kg:status-extant ; rdfs:label ?title .
  FILTER EXISTS { ?d rico:hasSender|rico:hasAddressee ?party }
  OPTIONAL { ?d rico:hasDocumentaryFormType ?form }
  FILTER(!BOUND(?form) || ?form NOT IN (kg:form-memorandum-of-conversation, kg:form-minutes,
    kg:form-editorial-note, kg:form-resolution, kg:form-press-release))
  OPTIONAL { ?d kg:date ?date } OPTIONAL { ?d kg:earliest ?earliest } OPTIONAL { ?d kg:latest ?latest }
  OPTIONAL { ?d kg:received ?received }
} ORDER BY ?d"""
"""Documents that somebody sent to somebody; minutes, resolutions and their like are none."""
PARTIES = """
SELECT DISTINCT ?d ?agent ?label ?class WHERE {
  ?d rico:hasSender ?agent . ?agent rdfs:label ?label ; a ?class .
  FILTER(?class IN (rico:Person, rico:CorporateBody, rico:Group, rico:Position, rico:Agent))
} ORDER BY ?d ?label ?agent"""
DOUBTS = """
SELECT DISTINCT ?d ?agent ?doubt WHERE {
  ?d kg:activity ?activity . ?activity kg:participation ?part .
  ?part prov:hadRole kg:role-sender ; prov:agent ?agent .
  OPTIONAL { ?part kg:certainty ?doubt }
} ORDER BY ?d ?agent"""
ROLES = (("sent", "hasSender", "role-sender"), ("received", "hasAddressee", "role-addressee"))
"""The two actions of CMIF, with the property and the role that say who took part."""
PLACES = """
SELECT DISTINCT ?d ?role ?place ?label WHERE {
  VALUES (?p ?role) { (kg:placeFrom "sent") (kg:placeTo "received") }
  ?d ?p ?place . ?place rdfs:label ?label
} ORDER BY ?d ?role ?label"""
SOURCES = """
SELECT DISTINCT ?d ?source ?number WHERE {
  ?record kg:describes ?d ; prov:hadPrimarySource ?source .
  OPTIONAL { ?record kg:numberInSource ?number }
} ORDER BY ?d ?record"""
MENTIONS = """
SELECT DISTINCT ?d ?thing ?label ?class WHERE {
  ?d schema:mentions ?thing . ?thing rdfs:label ?label ; a ?class .
  FILTER(?class IN (rico:Person, rico:CorporateBody, rico:Group, rico:Place,
                    dcterms:BibliographicResource))
} ORDER BY ?d ?label ?thing"""
LANGUAGES = (
    "SELECT DISTINCT ?d ?language WHERE { ?d dcterms:language ?language } ORDER BY ?d ?language"
)
SAME = """
SELECT ?thing ?same WHERE { ?thing owl:sameAs ?same } ORDER BY ?thing ?same"""
BIBL = """
SELECT ?source ?label ?kind ?url ?rights WHERE {
  ?source a kg:Source ; rdfs:label ?label .
  OPTIONAL { ?source dcterms:type ?kind } OPTIONAL { ?source schema:url ?url }
} ORDER BY ?source"""
MENTIONED = {"Person": "mentionsPerson", "Place": "mentionsPlace", "CorporateBody": "mentionsOrg",
             "Group": "mentionsOrg", "BibliographicResource": "mentionsBibl"}  # fmt: skip

_DAY = re.compile(r"(\d{4})(-\d\d)?(-\d\d)?")
Row = dict[str, str]


@dataclass
class Letter:
    """One letter, as CMIF sees it."""

    iri: str
    facts: Row
    parties: list[Row] = field(default_factory=list)
    doubts: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    places: list[Row] = field(default_factory=list)
    mentions: list[Row] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    sources: list[Row] = field(default_factory=list)


@dataclass
class Index:
    """What all letters share: identifiers of things elsewhere, and the editions."""

    same: dict[str, str]
    bibls: dict[str, Row]

    @classmethod
    def of(cls, store: Store) -> Index:
        """Read from a store, once for any number of letters."""
        same: dict[str, str] = {}
        for row in _rows(store, SAME):
            if row["same"].startswith(iris.BASE):
                continue
            known = same.get(row["thing"])
            if known is None or _rank(row["same"]) < _rank(known):
                same[row["thing"]] = row["same"]
        bibls = {row["source"]: row for row in _rows(store, BIBL)}
        return cls(same, bibls)

    def ref(self, iri: str) -> str:
        """The identifier that others know a thing by; else its IRI."""
        return self.same.get(iri, iri)


def _rank(iri: str) -> int:
    for place, host in enumerate(AUTHORITIES):
        if f"/{host}/" in iri or f".{host}/" in iri:
            return place
    return len(AUTHORITIES)


def _rows(store: Store, query: str, bound: Bindings | None = None) -> Iterator[Row]:
    answer = store.select(query, bound)
    for row in answer:
        yield {n: _plain(cell) for n, cell in zip(answer.columns, row, strict=True)}


def _plain(term: Term | None) -> str:
    return "" if term is None else str(getattr(term, "value", term))


def letters(store: Store, bound: Bindings | None = None) -> list[Letter]:
    """All letters of a store, or with ``bound={"d": NamedNode(...)}`` the one that is named."""
    found = {row["d"]: Letter(row["d"], row) for row in _rows(store, LETTERS, bound)}

    def gather(query: str, take: Callable[[Letter, Row], None]) -> None:
        for row in _rows(store, query, bound):
            if row["d"] in found:
                take(found[row["d"]], row)

    if found:
        for action, shortcut, role in ROLES:
            for row in _rows(store, PARTIES.replace("hasSender", shortcut), bound):
                if row["d"] in found:
                    found[row["d"]].parties.append({**row, "role": action})
            for row in _rows(store, DOUBTS.replace("role-sender", role), bound):
                if row["d"] in found:
                    doubts = found[row["d"]].doubts.setdefault((action, row["agent"]), set())
                    doubts.add(row["doubt"].rpartition("-")[2])
        gather(PLACES, lambda letter, row: letter.places.append(row))
        gather(MENTIONS, lambda letter, row: letter.mentions.append(row))
        gather(LANGUAGES, lambda letter, row: letter.languages.append(row["language"]))
        gather(SOURCES, lambda letter, row: letter.sources.append(row))
    return list(found.values())


def write(store: Store, output: IO[bytes]) -> tuple[str, ...]:
    """Write all letters of a store as one CMIF file; returns what was lost."""
    manifest = getattr(store, "manifest", None)
    built = datetime.fromisoformat(manifest.built) if manifest else datetime.now(UTC)
    output.write(document(letters(store), Index.of(store), iris.BASE + "cmif.xml", built))
    return LOSES


def document(
    described: Iterable[Letter], index: Index, address: str, changed: datetime, apart: str = ""
) -> bytes:
    """A CMIF file about some letters. `address` is where it can be had, `changed` when it
    last changed. `apart` makes its ids differ from those of other files with which it is to
    stand in one XML document."""
    root = etree.Element(_tag("TEI"), nsmap=NAMESPACES)
    header = _in(root, "teiHeader")
    descriptions = []
    used: dict[str, None] = {}
    for letter in described:
        descriptions.append(_description(letter, index, used, apart))
    _file(header, index, used, address, changed, apart)
    profile = _in(header, "profileDesc")
    profile.extend(descriptions)
    _in(_in(_in(root, "text"), "body"), "p")
    head = (f'<?xml version="1.0" encoding="UTF-8"?>\n<?xml-model href="{SCHEMA}" '
            'type="application/xml" schematypens="http://relaxng.org/ns/structure/1.0"?>\n')  # fmt: skip
    return head.encode() + etree.tostring(root, encoding="UTF-8", pretty_print=True) + b"\n"


def _tag(name: str) -> str:
    return f"{{{TEI}}}{name}"


def _in(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    given = {k: v for k, v in attributes.items() if v}
    made = etree.SubElement(parent, _tag(name), given)
    if text:
        made.text = _XML.sub("", text)
    return made


_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _file(
    header: etree._Element,
    index: Index,
    used: Iterable[str],
    address: str,
    changed: datetime,
    apart: str,
) -> None:
    """``fileDesc``: what this file is, its rights, and the editions it draws on."""
    file = _in(header, "fileDesc")
    titles = _in(file, "titleStmt")
    _in(titles, "title", TITLE)
    _in(titles, "editor", "kgraph contributors")
    publication = _in(file, "publicationStmt")
    publisher = _in(publication, "publisher")
    _in(publisher, "ref", "kgraph", target=iris.BASE)
    _in(publication, "idno", address, type="url")
    _in(publication, "date", when=changed.isoformat())
    licence = "This file is dedicated to the public domain under CC0 1.0"
    _in(_in(publication, "availability"), "licence", licence, target=CC0)
    sources = _in(file, "sourceDesc")
    listed = list(used)
    for source in listed:
        row = index.bibls.get(source, {})
        kind = row.get("kind", "")
        online = bool(row.get("url"))
        printed = "edition" in kind or "volume" in kind or "publication" in kind
        form = "hybrid" if online and printed else "online" if online else "print"
        bibl = _in(sources, "bibl", row.get("label") or iris.local(source), type=form)
        bibl.set("{http://www.w3.org/XML/1998/namespace}id", identifier(source + apart))
        if online:
            bibl.text = (bibl.text or "") + ", "
            _in(bibl, "ref", row["url"], target=row["url"])
    if not listed:
        bibl = _in(sources, "bibl", TITLE, type="online")
        bibl.set("{http://www.w3.org/XML/1998/namespace}id", identifier(iris.BASE + apart))


def identifier(iri: str) -> str:
    """A UUID that stays the same and begins with a letter, as ``xml:id`` must."""
    name = iri
    while True:
        found = str(uuid.uuid5(uuid.NAMESPACE_URL, name))
        if found[0].isalpha():
            return found
        name += "#"


def _description(letter: Letter, index: Index, used: dict[str, None], apart: str) -> etree._Element:
    given = {"ref": letter.iri}
    if letter.sources:
        first = letter.sources[0]
        used[first["source"]] = None
        given["source"] = "#" + identifier(first["source"] + apart)
        if first["number"]:
            given["key"] = first["number"]
    described = etree.Element(_tag("correspDesc"), given, nsmap=NAMESPACES)
    for kind in ("sent", "received"):
        action = _in(described, "correspAction", type=kind)
        _parties(action, letter, kind, index)
        for row in letter.places:
            if row["role"] == kind:
                _in(action, "placeName", row["label"], ref=index.ref(row["place"]))
        date = (
            dating(letter.facts) if kind == "sent" else dating({"date": letter.facts["received"]})
        )
        if date:
            _in(action, "date", **date)
    _notes(described, letter, index)
    return described


def _parties(action: etree._Element, letter: Letter, kind: str, index: Index) -> None:
    """Who sent or received; a doubt counts where every source has it."""
    agents: dict[str, list[Row]] = {}
    for row in letter.parties:
        if row["role"] == kind:
            agents.setdefault(row["agent"], []).append(row)
    for agent, same in agents.items():
        person = any(row["class"].endswith("Person") for row in same)
        doubts = letter.doubts.get((kind, agent), {""})
        _in(
            action,
            "persName" if person else "orgName",
            same[0]["label"],
            ref=index.ref(agent),
            evidence="" if "" in doubts else "conjecture",
            cert="low" if doubts == {"conjectural"} else "",
        )
    if not agents:
        _in(action, "persName", "Unknown")


def _notes(described: etree._Element, letter: Letter, index: Index) -> None:
    """What the letter mentions, and its language (CMIF 2)."""
    if not letter.mentions and not letter.languages:
        return
    note = _in(described, "note")
    told: set[str] = set()
    for row in letter.mentions:
        kind = MENTIONED.get(re.split(r"[/#]", row["class"])[-1])
        if kind and row["thing"] not in told:
            told.add(row["thing"])
            _in(note, "ref", row["label"], type=TERMS + kind, target=index.ref(row["thing"]))
    for language in letter.languages:
        _in(note, "ref", type=TERMS + "hasLanguage", target=language)
    if not len(note):
        described.remove(note)


def dating(facts: Row) -> dict[str, str]:
    """Attributes of ``date`` for an EDTF date: days, months and years, as CMIF allows.

    >>> dating({"date": "1961-09"}), dating({"date": "1961-02-22?"})
    ({'when': '1961-09'}, {'when': '1961-02-22', 'cert': 'low'})
    >>> dating({"date": "1963-11-23/1963-11-25"}), dating({"date": "../1961-05-03"})
    ({'from': '1963-11-23', 'to': '1963-11-25'}, {'notAfter': '1961-05-03'})
    >>> dating({"date": "XXXX-09-30"})
    {}
    """
    edtf = facts.get("date", "")
    doubt = {"cert": "low"} if set("?~%") & set(edtf) else {}
    plain = re.sub(r"T[\d:Z+.-]*", "", re.sub(r"[?~%]", "", edtf))
    if _DAY.fullmatch(plain):
        return {"when": plain, **doubt}
    start, slash, end = plain.partition("/")
    if slash:
        first, last = _DAY.fullmatch(start), _DAY.fullmatch(end)
        if first and last:
            return {"from": start, "to": end, **doubt}
        if first or last:
            return {**({"notBefore": start} if first else {"notAfter": end}), **doubt}
    bounds = {"notBefore": facts.get("earliest", "")[:10], "notAfter": facts.get("latest", "")[:10]}
    if any(_DAY.fullmatch(value) for value in bounds.values()):
        return {k: v for k, v in bounds.items() if _DAY.fullmatch(v)} | doubt
    return {}
