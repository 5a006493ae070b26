"""What elements of a letter catalogue hold: words, names, identifiers, certainty."""

from __future__ import annotations

import html
import re
from typing import Any, TypeVar
from urllib.parse import urljoin

import msgspec
from lxml import etree

from kgraph.model import Certainty, MentionType

T = TypeVar("T", bound=msgspec.Struct)
BASE = "{http://www.w3.org/XML/1998/namespace}base"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PERSONS = {
    "persName": "person",
    "orgName": "body",
    "name": "person",
    "rs": "person",
    "personGrp": "group",
}
PLACES = frozenset({"placeName", "settlement", "geogName", "country", "region", "location"})
ORGANISATIONS = frozenset({"org", "organisation", "organization", "corporateBody"})
UNKNOWN_REF = re.compile(r"(?i)correspsearch\.net/(?:index/)?unknown|^#?(?:unknown|unbekannt)$")
NO_IDENTIFIER = re.compile(
    r"(?i)n\.?\s?/?\s?a\.?|none|null|nil|k\.\s?a\.|[-–—?#.]+|unbekannt|unknown"
)
NO_PLACE = re.compile(
    r"(?i)^\W*(?:o\.\s?o|s\.\s?l|n\.\s?p|б\.\s?м|b\.\s?m|m\.\s?n|z\.\s?p|u\.\s?o|ohne ort|sans lieu|sine loco|no place|without place"
    r"|unknown (?:place|location)|(?:place|location) unknown|unbekannter ort|ort unbekannt|lieu inconnu|luogo sconosciuto|lugar desconocido"
    r"|u\.\s?st|z\.\s?pl|h\.\s?n|uden sted|uten sted|utan ort|sem local|hely nélkül|fără loc|bez místa|senza luogo|sin lugar|без места)\b\W*$"
)
"""What catalogues write where a letter names no place."""
DOUBT: dict[str, Certainty] = {"low": "conjectural", "medium": "inferred", "unknown": "inferred"}
MENTIONS: dict[str, MentionType] = {
    "mentionsperson": "person",
    "mentionsplace": "place",
    "mentionsorg": "organisation",
    "mentionsorganisation": "organisation",
    "mentionsbibl": "document",
    "mentionsletter": "document",
    "mentionswork": "document",
    "mentionsobject": "document",
    "mentionsevent": "event",
}
RELATIONS = {
    "isreplyto": "reply-to", "repliesto": "reply-to", "replyto": "reply-to", "reply": "reply-to",
    "encloses": "encloses", "hasenclosure": "encloses", "isenclosureof": "enclosed-in",
    "isenclosedin": "enclosed-in", "istranslationof": "translation-of", "isdraftof": "draft-of",
    "ispartof": "part-of",
}  # fmt: skip


def local_name(element: Any) -> str:
    tag: str = element.tag
    return tag.rpartition("}")[2]


def words_of(element: Any) -> str:
    """An element's words; parts of a name that touch ("<forename>Ada</forename><surname>")
    are set apart, and entities that nobody declared are read as HTML has them."""
    words = _words(element)
    return " ".join((html.unescape(words) if "&" in words else words).split())


_BESIDES = frozenset(("idno", "note", "geo"))
"""What stands within a name and is no part of it."""
_BREAKS = frozenset(("lb", "pb", "cb", "space"))
_PREFERRED = ("corr", "reg", "expan")
"""Of two readings in a ``choice``, the editor's."""


def _words(element: Any) -> str:
    children = [c for c in element if isinstance(c.tag, str) and local_name(c) not in _BESIDES]
    if not len(element):
        return element.text or ""
    if local_name(element) == "choice":
        chosen = [c for c in children if local_name(c) in _PREFERRED] or children[:1]
        return _words(chosen[0]) if chosen else ""
    apart = len(children) > 1 and not any((child.tail or "").strip() for child in children)
    out = [element.text or ""]
    for child in _in_speaking_order(element, children) if apart else element:
        if isinstance(child.tag, str) and local_name(child) not in _BESIDES:
            out += [" " if apart or local_name(child) in _BREAKS else "", _words(child)]
        elif child.tag is etree.Entity:
            out.append(child.text or "")
        out.append(child.tail or "")
    return "".join(out)


def _in_speaking_order(element: Any, children: list[Any]) -> list[Any]:
    """The parts of a name that touch; a forename behind the surname goes before it."""
    kinds = [local_name(child) for child in children]
    if len(children) < len(element) or "forename" not in kinds or "surname" not in kinds:
        return list(element)
    if kinds.index("surname") > kinds.index("forename"):
        return children
    moved = [c for c, kind in zip(children, kinds, strict=True) if kind in ("forename", "nameLink")]
    rest = [c for c in children if c not in moved]
    at = [local_name(child) for child in rest].index("surname")
    moved.sort(key=lambda child: local_name(child) == "nameLink")
    return [*rest[:at], *moved, *rest[at:]]


def identifier(element: Any) -> str | None:
    """The identifier of a person, body or place, or None where the attribute says that
    there is none ("n/a", "-", "#")."""
    address = (element.get("ref") or element.get("target") or element.get("sameAs") or "").strip()
    ref = address or (element.get("key") or "").strip()
    several = ref.split()
    if len(several) > 1 and all(re.match(r"https?://|#|\w+:\S", one) for one in several):
        ref = several[0]  # one thing in several lists; the first is the editor's first choice
    within = (
        [c for kind in ("ref", "ptr") for c in element.findall(f"{{*}}{kind}")] if not ref else []
    )
    ref = ref or next((told for c in within if (told := (c.get("target") or "").strip())), "")
    number = element.find("{*}idno") if not ref else None
    if number is not None and (value := words_of(number)):
        space = _SPACES.get((number.get("type") or "").strip().lower())
        ref = value if space is None or "://" in value else space + value
    if not ref or NO_IDENTIFIER.fullmatch(ref):
        return None
    return in_full(ref, element) if address else ref


_SCHEME = re.compile(r"#|[A-Za-z][\w+.-]*:")


def in_full(address: str, element: Any) -> str:
    """An address that counts from an ``xml:base`` above it, in full; others as they are."""
    if _SCHEME.match(address):
        return address
    for one in (element, *element.iterancestors()):
        base = (one.get(BASE) or "").strip()
        address = urljoin(base, address) if base else address
    return address


_SPACES = {
    "gnd": "https://d-nb.info/gnd/", "viaf": "https://viaf.org/viaf/", "geonames": "https://www.geonames.org/",
    "wikidata": "https://www.wikidata.org/entity/",
}  # fmt: skip
"""Where the numbers of an ``idno`` count, by its type."""


def name_type(element: Any) -> str:
    """What kind of thing a ``name`` or ``rs`` names, by its type: person, place, date ..."""
    return (element.get("type") or "").strip().lower()


def inside(element: Any, top: Any, kinds: Any) -> bool:
    parent = element.getparent()
    while parent is not None and parent is not top:
        if isinstance(parent.tag, str) and local_name(parent) in kinds:
            return True
        parent = parent.getparent()
    return False


_SAID_DOUBTFUL = re.compile(
    r"(?i)(.*?)\s*[\[(](?:prob(?:\.|ably)?|presumably|attributed|attr\.|uncertain|vermut(?:lich|et)|vermutl\.|mutma(?:ß|ss)lich"
    r"|wahrscheinlich|wohl|zugeschr(?:\.|ieben)|unsicher|probablement|attribué(?:e)?|incertain|probabilmente|предположительно)[\])]"
)
"""A name with an editor's word of doubt behind it, in brackets."""


def unbracketed(name: str) -> tuple[str, bool]:
    """A name without an editor's brackets or question mark, and whether it had any."""
    match = (
        re.fullmatch(r"[\[(⟨<]\s*([^\[(⟨<]*?)\s*[\])⟩>]", name)
        or re.fullmatch(r"(.*?)\s*[\[(]?\?[\])]?", name)
        or _SAID_DOUBTFUL.fullmatch(name)
    )
    return (match[1].strip(" ?"), True) if match and match[1].strip(" ?") else (name, False)


def certainty_of(element: Any, editorial: bool) -> Certainty:
    cert = (element.get("cert") or "").strip().lower()
    evidence = (element.get("evidence") or "").strip().lower()
    if evidence == "conjecture" or cert == "low":
        return "conjectural"
    if cert in DOUBT:
        return DOUBT[cert]
    return "inferred" if editorial or evidence else "stated"


def evidence_of(element: Any) -> str | None:
    told = [f"{name}: {value}" for name in ("cert", "evidence") if (value := element.get(name))]
    return "; ".join(told) or None


_FAMILY = re.compile(
    r"(?i)(?:the )?(?:famil(?:ie|y|ia)|famille|famiglia|familj|perhe|rodina|rodzina|brothers|sisters|gebrüder|geschwister|eheleute|ehepaar|frères|fratelli|familien)\b|.*\bfamily$|.*\((?:familie|family)\)$"
)


def is_family(name: str) -> bool:
    """Whether a name is that of several people: "Familie Lund", "Gebrüder Marl"."""
    return _FAMILY.match(name) is not None


def may_be_one(name: str, other: str) -> bool:
    """Whether two names can be one man's: "Lund, Bo" and "B. Lund"."""
    mine, his = (re.findall(r"[^\W\d_]+", one.casefold()) for one in (name, other))
    few, many = sorted((mine, his), key=len)
    return bool(few) and all(
        any(a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]) for b in many) for a in few
    )


def replace(value: T, **changes: Any) -> T:
    return msgspec.structs.replace(value, **changes)
