"""Persons, offices and bodies as they are named in running text and in lists.

Nothing here knows a surname: a person is told by title, initials, given name or by
the place in a list of drafters. Names may be invented; the forms are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgraph.model import Party, PartyKind

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİĶŁŃŅŇŌŐŘŚŞŠŤŪŮŰŹŻŽ"
_MONTHS = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday)\b"
WORD = (
    rf"(?:(?!{_MONTHS})[{UPPER}](?:[^\W\d_]|[’'](?=[{UPPER}a-z]{{2}}))+(?:-[{UPPER}]?[^\W\d_]+)*)"
)
PARTICLE = r"(?:de\s+la|de\s+los|van\s+der|van\s+den|von\s+der|de|del|von|van|der|den|ter|al-|el-|al|el|bin|ibn|di|da|du|dos|le|la|ben|y)"
INITIAL = rf"(?:[{UPPER}](?:[a-z]|h)?\.)"
SUFFIX = r"(?:,?\s(?:Jr|Sr)\.|,?\s(?:II|III)\b)"
NAME = (
    rf"(?:(?:{INITIAL}\s?)+(?:{WORD}\s+)?(?:{INITIAL}\s?)*(?:{PARTICLE}\s?)?{WORD}"
    rf"|{WORD}(?:\s+(?:{INITIAL}\s?)*(?:{PARTICLE}\s?)?{WORD}){{0,2}}"
    rf"|{PARTICLE}\s+{WORD}|(?:de|di|van|von|la|le|du|da|mac|d[’'])(?=[A-Z]){WORD}){SUFFIX}?"
)
TITLE_WORDS = (
    r"(?:(?:Deputy|Under|Assistant|Acting|Vice|Foreign|Prime|Associate|First|Counselor|Special)\s+)*"
    r"(?:President(?:-elect)?|Chairm[ae]n|Secretary(?:\s+of\s+(?:State|Defense|Agriculture|Commerce|Labor|War|the\s+Treasury|the\s+Navy|the\s+Army"
    r"|the\s+Air\s+Force|the\s+Interior))?|Ambassador(?:\s+at\s+Large)?|Minister|Premier|Chancellor|King|Queen|Prince|Shah|Emperor"
    r"|General|Colonel|Major|Captain|Admiral|Lieutenant|Commander|Marshal|Brigadier|Air\s+Marshal|Senator|Congressman|Representative|Governor"
    r"|Director|Counselor|Counsellor|Consul|Chargé(?:\s+d[’']Affaires)?|Charge(?:\s+d[’']Affaires)?|Attorney\s+General|Professor|Dr\.|Mr\.|Mrs\.|Miss|Ms\."
    r"|FonMin|ForMin|PriMin|DefMin|MinDef|Sir|Lord|Lady|Dame|Pope|Cardinal|Archbishop|Bishop|Comrade|Messrs\.|Gen\.|Col\.|Lt\.|Maj\.|Capt\.|Adm\.|Amb\.|Sen\.|Gov\.|Under\s+Secretary(?:\s+of\s+State)?)"
)
TITLED = rf"(?:(?:{TITLE_WORDS})(?:\s+for\s+[A-Z]{{2,6}}(?:/[A-Z]+)?)?\s+)*"
SYMBOL = r"(?:[A-Z][A-Z&]{0,7}(?:[/–-][A-Z0-9][A-Z0-9&]{0,7})*(?:\s&\s[A-Z]{1,3}(?![\w.]))?(?:/[A-Z][a-z]+(?:\.\s[A-Z][a-z]+)?)?(?![a-z’'])(?!\.\s?[A-Z]))"
BODY_SYMBOLS = frozenset(
    str.split("""CIA USIA AID JCS DOD OSD NSC FBI ICA FOA AEC BOB OMB ACDA USUN NASA USTR CEA OCB MSA ECA USAF
    USRO CINCPAC CINCEUR SHAPE NATO GSA FAA CAB EXIM NSA DIA OEP STR FRB HEW USDA""")
)
_AGENCY = (
    r"(?:the\s+)?(?:White\s+House(?:\s+(?:[Ss]taff|Office|Counsel))?|Departments?\s+of\s+(?:the\s+)?[A-Z]\w+(?:\s[A-Z][a-z]+){0,2}(?:,\s+(?:the\s+)?[A-Z]\w+)*(?:,?\s+and\s+(?:the\s+)?[A-Z]\w+)?"
    r"|(?:State|Treasury|Defense|Justice|Commerce|Labor|Agriculture|Interior|War|Navy|Army)(?:\s+Department)?(?![\w’'])"
    r"|Bureau\s+of\s+(?:the\s+)?[A-Z]\w+|Air\s+Force|Joint\s+Chiefs\s+of\s+Staff|Pentagon|Export-Import\s+Bank"
    r"|Office\s+of\s+(?:the\s+)?[A-Z]\w+(?:(?:,|\s+(?:and|of|for|the))*\s+[A-Z]\w+)*"
    r"|(?:Embass(?:y|ies)|Legation|Consulate(?:\s+General)?|Mission)(?:\s+(?:in|at)\s+[A-Z]\w+)?"
    r"|(?:[A-Z][\w.-]+\s+){0,4}(?:Agency|Staff|Council|Commission|Committee|Bureau|Board|Delegation|Division|Command|Administration|Bank|Service|Group|Team|Headquarters)(?:\s+(?:in|for|of|on)\s+(?:the\s+)?[A-Z]\w+)?(?![\w’']))"
)
_PART_OF_AGENCY = re.compile(r"(?:/[A-Z][A-Z0-9]*)+(?![a-z])")
_WITHHELD = re.compile(r"\[[^\]]*not declassified[^\]]*\]")
_PERSON = re.compile(
    rf"(?P<title>{TITLED})(?P<name>{NAME})(?P<of>[’']s?\s+(?:office|staff|deputy|Office))?"
)
_OFFICE_HOLDER = re.compile(
    rf"(?:the\s+)(?P<name>{TITLE_WORDS}|Chargé|Department|Embassy|Mission|Bureau|Legation)(?![\w’'])(?!\s+of\s+(?:the\s+)?[A-Z])"
)
_SYMBOL_RE = re.compile(SYMBOL)
_AGENCY_RE = re.compile(_AGENCY)
_ROLE_START = re.compile(
    r",\s+(?:then\s+|the\s+|of\s+the\s+|who\s+(?:was|were)\s+)?(?=(?:Director|Deputy|Assistant|Acting|Chief|Special|Counselor|Member|Adviser|Advisor|Under|Office|Bureau"
    r"|Chairman|Head|Officer|Secretary|Executive|Legal|Economic|Political|Naval|Army|Staff|First|Second|Third|Consul|Minister|Attaché"
    r"|Ambassador|Vice|Senior|Foreign|International|Intelligence|Military|Public|U\.S\.|Associate|Division|officer|member|head"
    r"|director|assistant|deputy|chief|an?\s|interpreter|Regional|Principal|General|Managing|Consultant|Desk|Commander|Administrator)\b)"
)
_ANOTHER = re.compile(  # "Roe, Secretary of Defense Doe": who has that title is another
    rf",\s+(?:{TITLE_WORDS})\s+(?!{TITLE_WORDS}|of\b|General\b|Counselor\b){WORD}(?=\s*(?:[,;.)]|and\b|$))"
)
_AFTER_ROLE = re.compile(
    r"(?:\s*\([A-Z][^)]{0,40}\)|,?\s+and\s*$|,\s+and\s+(?=[A-Z]\w+(?:[\s,.;(]|$))|;|\s+on\s+(?=[A-Z][a-z]+\s\d)|\.$|$"
    r"|,\s+(?:and\s+)?(?=[A-Z][\w.]+(?:\s[A-Z][\w.]*){0,2}\s*(?:\(|,\s+(?:Director|Deputy|Assistant|Acting|Chief|of)\b))"
    r"|\s+and\s+(?=(?:approved|cleared|concurred|drafted|sent|signed|initialed)\b))"
)
_OF_OFFICE = re.compile(rf"\s+(?:of|for|in|from)\s+(?P<office>{SYMBOL}|(?:the\s+)?{_AGENCY})")
_PAREN = re.compile(r"\s*\((?P<inner>[^()]{1,60})\)")
_NAME_BEHIND = re.compile(rf"\s+(?:{NAME})")


def read_party(text: str, start: int, end: int, offset: int = 0) -> tuple[Party, int] | None:
    """The party named at text[start:], and where its name ends; None where none stands.

    A parenthesised symbol after it becomes its `office`, an apposition its `role`.
    """
    kind: PartyKind = "person"
    m: re.Match[str] | None = _WITHHELD.match(text, start, end)
    name_span: tuple[int, int]
    role: str | None = None
    if m is not None:
        name_span = m.span()
    elif (m := _OFFICE_HOLDER.match(text, start, end)) and not _NAME_BEHIND.match(
        text, m.end(), end
    ):
        name_span = m.span("name")
        kind = (
            "body"
            if re.fullmatch(r"Department|Embassy|Mission|Bureau|Legation", m["name"])
            else "office"
        )
    elif m := _AGENCY_RE.match(text, start, end):
        part = _PART_OF_AGENCY.match(text, m.end(), end)
        name_span, kind = (m.start(), part.end() if part else m.end()), "body"
        m = part or m
        if text[name_span[0] : name_span[0] + 4] in ("the ", "The "):
            name_span = (name_span[0] + 4, name_span[1])
    elif m := _SYMBOL_RE.match(text, start, end):
        name_span = m.span()
        kind = "body" if m.group().split("/")[0] in BODY_SYMBOLS else "office"
    elif m := _PERSON.match(text, start, end):
        if m["of"]:
            name_span, kind = m.span(), "office"
        else:
            name_span = m.span("name")
            role = m["title"].strip() or None
    else:
        return None
    at = m.end()
    office: str | None = None
    if kind in ("person", "office") and (o := _OF_OFFICE.match(text, at, end)):
        office = re.sub(r"^the\s+", "", o["office"])
        at = o.end()
    if (
        kind == "person"
        and _ANOTHER.match(text, at, end) is None
        and (r := _ROLE_START.match(text, at, end))
    ):
        stop = _AFTER_ROLE.search(text, r.end(), end)
        upto = stop.start() if stop else end
        role = (
            " ".join(text[r.end() : upto].split())
            if role is None
            else f"{role}; {text[r.end() : upto]}"
        )
        at = upto
    if (p := _PAREN.match(text, at, end)) and not re.search(
        r"draft|substance|part|phone", p["inner"]
    ):
        office = p["inner"].strip()
        at = p.end()
    name = " ".join(text[name_span[0] : name_span[1]].split())
    return (
        Party(
            name=name, role=role, kind=kind, office=office,
            start=offset + name_span[0], end=offset + name_span[1],
        ),
        at,
    )  # fmt: skip


def find_names(text: str) -> Iterator[re.Match[str]]:
    """Every stretch that has the form of a person's name, titles included."""
    return _PERSON.finditer(text)
