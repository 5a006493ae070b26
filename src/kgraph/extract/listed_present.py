"""Who was at a meeting, and who kept the record, where lines with labels list them.

"Present: Comrades A, B", "Present on the Cuban side: A, B", "Chinese side: A, B", "Participants:"
with a person a line below it, "Recorder: C". Records in translation list people so; where
a sentence tells them, `present` reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from kgraph.extract import naming
from kgraph.extract.present_labels import LABEL
from kgraph.extract.titles.conversations import NATION
from kgraph.model import Party

RULE = "present-line"
RECORDED = "recorder-line"

_SPOKEN_BY = re.compile(
    r"(?:[Tt]he\s+)?(?:[Cc]hair(?:man|person)?|.*\b(?:[Ss]ide|[Dd]elegation|SIDE|DELEGATION))$"
)
"""Labels below which somebody may also be quoted: "Chairman: Welcome."."""
_SENTENCE = re.compile(  # "Ambassador A. Orlin was present at the conversation."
    r"(?P<who>(?:[Cc]omrades?\s+|[A-ZÀ-Þ])[^\n:;]{3,160}?)\s+(?:was|were)?\s*(?:also\s+)?(?:(?:present\s+|there\s+)?at|attended|took\s+part\s+in|participated\s+in)\s+(?:the\s+|this\s+)"
    r"(?:conversation|meeting|talks?|session|reception|discussion)s?(?:\s+(?:too|as\s+well))?\.?$"
)
_CHAIRED = re.compile(  # "The meeting was chaired by Comrade A. Orlin."
    r"(?:The\s+)?(?:conversation|meeting|talks?|session|sitting|discussion)s?\s+(?:was|were|is)\s+(?:chaired|presided\s+over|led|opened\s+and\s+chaired)\s+by\s+"
    r"(?P<who>[^\n:;]{3,90}?)\.?$"
)
_RECORDER = re.compile(
    r"\W{0,2}(?:(?:The\s+)?(?:[Cc]onversation|[Rr]ecord|[Mm]inutes|[Nn]otes|[Pp]rotocol|[Mm]emorandum)?\s*(?:was\s+|were\s+)?"
    r"(?:[Rr]ecord(?:ed)?|[Nn]oted|[Kk]ept|[Ww]ritten\s+down|[Tt]aken(?:\s+down)?)\s+by|[Rr]ecorders?|[Nn]ote[-\s]?takers?|[Mm]inutes\s+by|[Rr]apporteurs?|[Ss]tenographers?)\s*:?\s+(?P<who>[A-ZÀ-Þ]\S.*)$"
)
_BOTH_ENDS = (3000, 900)
_PAGE_NUMBER = re.compile(r"\W*\d{1,3}\W*")
_ONLY_INITIALS = re.compile(r"(?:[A-ZÀ-Þ]\.\s?){1,3}")
_JOIN = re.compile(r"\s*(?:;|,\s+and\s|,|\s+and\s|\s+as\s+well\s+as\s)\s*")
_NOBODY = re.compile(
    r"(?i)(?:and\s+)?(?:others?|etc\.?|and\s+others|nobody|none|et al\.?)\W*|\d+\W*"
)
_TITLED = re.compile(
    r"(?P<role>(?:[A-ZÀ-Þ][\w’-]+ ){0,2}[A-ZÀ-Þ][\w’-]+) (?P<name>[A-ZÀ-Þ][\w’-]+)"
)
_BESIDE = re.compile(r"(?P<one>\S.*?)\s+[-–—]\s+(?P<other>\S.*)")
_LEAD = re.compile(
    r"(?:(?:[Oo]n|[Ff]rom|[Ff]or)\s+(?:the\s+|our\s+)?(?:[A-ZÀ-Þ][\w.’'-]*\s+){0,3}(?:side|delegation|part)(?:\s+of\s+(?:the\s+)?[A-ZÀ-Þ]\w+)?\s*[-–—:]|[Cc]omrades?|COMRADES?|[Cc]om(?:s|r)?\.|[Cc](?:om)?des?\.|[Mm]essrs\.?|and|the|[-–•*]|\d{1,2}[.)])\s+"
)
_HIS_PART = re.compile(
    r"(?P<role>[a-z][a-z -]{2,40}?)\s+(?P<name>(?:[A-ZÀ-Þ]\.\s?){0,3}[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+){0,2})$"
)
_OF_A_BODY = re.compile(  # "members of the Politburo L. N. Orlin"
    r"(?P<role>(?:candidate |alternate )?(?:members?|secretar(?:y|ies)|ministers?|deputies|heads?) of [\w’' -]{2,60}?)\s+(?P<name>(?:[A-ZÀ-Þ]\.\s?){1,3}[A-ZÀ-Þ][\w’'-]+)"
)
_COLLECTIVE = re.compile(
    r"(?i)(?:leaders?|delegates|officials?|representatives|members|sides?|soviet|leadership|comrades|presidium|politburo|secretariat)\b"
)


@dataclass
class Listed:
    """Those whom the lines list as present, and who kept the record."""

    there: list[Party] = field(default_factory=list)
    recorders: list[Party] = field(default_factory=list)


def read(text: str, start: int, end: int) -> Listed:
    """The labelled lines near both ends of a text.

    >>> words = "Present: Comrades Ada Marl, head of section, and Bo Lund.\\nRecorded by Cy Horn"
    >>> [(one.name, one.role) for one in read(words, 0, len(words)).there]
    [('Ada Marl', 'head of section'), ('Bo Lund', None)]
    """
    found = Listed()
    lines = [m.span() for m in re.finditer(r"[^\n]+", text[start:end]) if m[0].strip()]
    spans = [(start + a, start + b) for a, b in lines]
    for n, (a, b) in enumerate(spans):
        if a - start > _BOTH_ENDS[0] and end - b > _BOTH_ENDS[1]:
            continue
        line = text[a:b].rstrip()
        recorded = _RECORDER.match(line)
        if recorded is not None:
            found.recorders.extend(
                msgspec.structs.replace(one, rule=RECORDED)
                for one in people(recorded["who"], a + recorded.start("who"))
            )
            continue
        label = LABEL.match(line)
        if label is not None and label["who"]:
            if not _speech(label["label"], label["who"]):
                found.there.extend(people(label["who"], a + label.start("who")))
        elif label is not None:
            for x, y in spans[n + 1 : n + 40]:
                if _PAGE_NUMBER.fullmatch(text, x, y):
                    continue
                one = people(text[x:y], x) if _an_item(text[x:y]) else []
                if not one:
                    break
                found.there.extend(one)
        elif (said := _SENTENCE.match(line) or _CHAIRED.match(line)) is not None:
            found.there.extend(people(said["who"], a + said.start("who")))
    return found


def _speech(label: str, words: str) -> bool:
    """Whether words behind a label are what somebody said, and no list of names."""
    if (
        len(words) > 1500
        or words.endswith(("?", "!"))
        or re.search(r"[a-z]{3}[.?!]\s+[A-Z]", words)
    ):
        return True
    alone = re.fullmatch(r"[^\W\d_]+\W*", words) is not None
    return alone and _SPOKEN_BY.fullmatch(label) is not None


def _an_item(line: str) -> bool:
    """Whether a line below "Participants:" can name one of them."""
    words = line.strip()
    return (
        len(words) < 130
        and ":" not in words
        and not (words.endswith((".", "?", "!")) and len(words.split()) > 8)
        and re.match(
            r"\W*(?:Place|Time|Date|Subject|Agenda|Venue|Interpreters?|Recorders?)\b", words
        )
        is None
    )


def people(words: str, offset: int) -> list[Party]:
    """The persons of a list: an office stands before a name or, behind a comma, after it."""
    out: list[Party] = []
    stop = words.rstrip()
    stop = stop if re.search(r"\b[A-ZÀ-Þ]\.$", stop) else stop.rstrip(" .")
    for a, b in _pieces(stop):
        piece = words[a:b]
        while (lead := _LEAD.match(piece)) is not None:
            a, piece = a + lead.end(), piece[lead.end() :]
        note = re.search(r"\s*[(\[](?P<note>[^()\[\]]*)[)\]]\s*$", piece)
        bare = piece[: note.start()].rstrip() if note is not None else piece.rstrip()
        if not bare or _NOBODY.fullmatch(bare):
            continue
        if _ONLY_INITIALS.fullmatch(bare) and out and " " not in out[-1].name:  # "Orlin, A.B."
            out[-1] = msgspec.structs.replace(
                out[-1], name=f"{bare} {out[-1].name}", end=offset + b
            )
            continue
        one = _one(bare, offset + a)
        if one is None:
            if out and len(bare) < 90:
                role = ", ".join(filter(None, (out[-1].role, bare)))
                out[-1] = msgspec.structs.replace(out[-1], role=role)
            continue
        if note is not None and one.role is None and re.search(r"[a-z]{3}", note["note"]):
            one = msgspec.structs.replace(one, role=note["note"])
        out.append(one)
    return out


def _pieces(words: str) -> list[tuple[int, int]]:
    """The spans between commas, semicolons and "and", brackets left whole."""
    cuts, begin = [], 0
    for join in _JOIN.finditer(words):
        opened = words[: join.start()].count("(") - words[: join.start()].count(")")
        if opened > 0:
            continue
        cuts.append((begin, join.start()))
        begin = join.end()
    return [*cuts, (begin, len(words))]


def _one(words: str, at: int) -> Party | None:
    """A person with the office before the name, or None where the words name no one."""
    titled = _TITLED.fullmatch(words)
    if titled is not None and naming.is_office(titled["role"]) and naming.is_place(titled["name"]):
        begin = at + titled.start("name")  # a man who is called like a town
        return Party(
            name=titled["name"],
            role=titled["role"],
            kind="person",
            start=begin,
            end=at + len(words),
            rule=RULE,
        )
    beside = _BESIDE.fullmatch(words)
    if beside is not None and naming.is_office(beside["one"]):  # "Minister - Ada Marl"
        named = naming.party(beside["other"], at + beside.start("other"), RULE)
        if named is not None and named.kind == "person" and named.role is None:
            return msgspec.structs.replace(named, role=beside["one"])
    if beside is not None and naming.is_office(beside["other"]):  # "Ada Marl - minister"
        named = naming.party(beside["one"], at, RULE)
        if named is not None and named.kind == "person" and named.role is None:
            return msgspec.structs.replace(named, role=beside["other"])
    his = _HIS_PART.fullmatch(words) or _OF_A_BODY.fullmatch(words)
    if his is not None:
        name = his["name"]
        if naming.is_body(name) or naming.is_place(name):
            return None
        begin = at + his.start("name")
        return Party(
            name=name,
            role=his["role"],
            kind="person",
            start=begin,
            end=begin + len(name),
            rule=RULE,
        )
    if words[0].islower():
        return None
    one = naming.party(words, at, RULE)
    if one is None or one.kind != "person":
        return None
    return one


def collective(one: Party) -> bool:
    """Whether a participant is a side and no person: "Soviet Leaders", "the Politburo"."""
    if one.kind == "office":
        return True
    if one.role is not None or "." in one.name:
        return False
    return _COLLECTIVE.search(one.name) is not None or NATION.fullmatch(one.name) is not None


def merged(named: tuple[Party, ...], listed: list[Party]) -> tuple[Party, ...]:
    """Those whom the title names and those whom the lines list, each once; sides that the title
    names are left out where the lines tell who they were."""
    out = [one for one in named if one.name and not (listed and collective(one))]
    out.extend(one for one in _once(listed) if not any(_same(one, other) for other in out))
    return tuple(out)


def _once(listed: list[Party]) -> Iterator[Party]:
    seen: list[Party] = []
    for one in listed:
        if not any(_same(one, other) for other in seen):
            seen.append(one)
            yield one


def _same(one: Party, other: Party) -> bool:
    """Whether two names can be one man's: no given name or initial is against it."""
    mine, his = (re.findall(r"[^\W\d_]+", p.name.casefold()) for p in (one, other))
    if not mine or not his:
        return False
    if mine[-1] != his[-1]:  # a surname may stand first
        return (len(mine) == 1 and mine[0] in his) or (len(his) == 1 and his[0] in mine)
    mine_first, his_first = mine[0][0], his[0][0]
    return (
        len(mine) == 1
        or len(his) == 1
        or mine_first in {w[0] for w in his[:-1]}
        or his_first in {w[0] for w in mine[:-1]}
    )
