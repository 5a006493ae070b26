"""Who was at a meeting, where a sentence tells it: "Present at the 262d meeting were ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from kgraph.extract import gazetteer, naming
from kgraph.extract.attendance import participants
from kgraph.extract.offices import COMPLEMENTS, has_body, has_office
from kgraph.model import Party

RULE = "present-sentence"

_OPENING = re.compile(
    r"(?:^|(?<=[.!?:]\s)|(?<=\n))\s*(?:[Tt]he\s+)?(?:[Ff]ollowing\s+(?:(?:persons|officers|officials|members|people|named)\s+)?(?:were|was)\s+(?:also\s+)?(?:present|in attendance)"
    r"|(?:[Aa]lso\s+)?(?:[Pp]resent|[Ii]n attendance)(?:\s+(?:at|for|from|on)\s+[^.:;]{2,70}?)?\s+(?:were|was)"
    r"|(?:[Tt]hose|[Pp]ersons|[Oo]thers)\s+(?:present|attending|in attendance)(?:\s+at\s+[^.:;]{2,60}?)?\s+(?:were|was|included)"
    r"|(?:[Tt]hose\s+|[Aa]lso\s+)?[Tt]aking\s+part(?=\s?:)|[Ww]ith\s+the\s+participation\s+of(?=\s?:)|[Pp]articipants(?=\s?:)"
    r"|(?:[Aa]lso\s+)?(?:[Pp]resent|PRESENT|[Aa]ttending|[Aa]ttendance|ATTENDANCE)(?=\s?:))"
    r"(?:\s+(?:at|for)\s+[^.:;]{2,70}?:|\s*:|\s+as follows:)?\s*"
)
_MET = re.compile(
    r"^(?P<one>The\s+(?:President|Secretary)|(?:[A-Z][\w.’'-]+\s+){1,4}?)\s*met\s+(?:(?:briefly|again|today|privately)\s+)?(?:in\s+(?:his|the)\s+[\w ]{3,30}?\s+)?with\s+"
    r"(?P<others>.{4,200}?)(?=\s+(?:in|at|to|on|for|from|about|this|today|yesterday)\s|[.;]\s|\.$)"
)
_END = re.compile(r"(?<![A-Z])(?<!\b[A-Z]r)(?<!Messrs)(?<!Mr)(?<!Gen)(?<!Col)(?<!Capt)(?<!Lt)(?<!Brig)(?<!Adm)(?<!Maj)(?<!Cdr)(?<!Mrs)(?<!Dr)\.(?=\s+[A-Z“\[(]|\s*$)|(?<=[A-Z]{3})\.(?=\s+(?:There|The\s+following|Following|A\s+summary)\b)")  # fmt: skip
_ITEMS = re.compile(
    r"\s*\((?:for|on|during|participating|part|except|left|until|from)\b[^()]*\)|\s*\(Ret\.?\)|,?\s+\bpresiding\b"
)
_OFFICES = re.compile(r",\s+(?:and\s+)?(?=the\s)|,?\s+and\s+(?=the\s)")
_AIDE = re.compile(  # "Special Assistant to the President Dillon Anderson"
    r"(?P<office>.*\b(?:Assistant|Consultant|Adviser|Counsel) to the (?:President|Secretary))\s+(?P<name>(?:[A-Z][\w.’'-]+\s?){1,3})$"
)
_FOR = re.compile(
    r"(?P<who>(?:[A-Z][\w.’'-]+\s){1,4}?)(?P<role>for the .+)$"
)  # "Mr. Hull for the Director"
_PLURAL = re.compile(
    r"(?P<office>(?:[A-Z][\w’-]+\s+)*(?:Assistants|Secretaries|Consultants|Advisers|Generals|Ambassadors|Senators)(?:\s+(?:to|of)\s+(?:the\s+)?[A-Z]\w+(?:\s+for\s+[A-Z]\w+)?)?)\s+"
    r"(?=[A-Z][\w’-]+(?:,|\s+and\s))"
)


def present(text: str, start: int, end: int) -> list[Party]:
    """The persons and offices that the sentences of a paragraph say were present.

    >>> words = "Present at the 9th meeting were the Vice President, presiding; the Secretary of State; and Mr. Ostrow."
    >>> [p.name for p in present(words, 0, len(words))]
    ['Vice President', 'Secretary of State', 'Ostrow']
    """
    out: list[Party] = []
    for opening in _OPENING.finditer(text, start, end):
        stop = _END.search(text, opening.end(), end)
        out.extend(_listed(text, opening.end(), stop.start() if stop else end))
    met = _MET.match(text[start:end])
    if met is not None and (out or met["one"].startswith("The")):
        both = [met.span("one"), met.span("others")]
        out[:0] = [one for a, b in both for one in _listed(text, start + a, start + b)]
    return out


def present_in_lines(text: str, start: int, end: int) -> tuple[Party, ...]:
    """Those present by the sentences of the lines between, each read by itself."""
    lines = re.finditer(r"[^\n]+", text[start:end])
    return tuple(one for m in lines for one in present(text, start + m.start(), start + m.end()))


_FOR_A_SIDE = re.compile(  # "For Ruritania, Count Berg; for the United States, Mr. Orlin"
    r"\s*(?:and\s+)?(?:[Ff]or|[Oo]n the part of|[Oo]n behalf of)\s(?P<side>(?:the\s)?[A-Z][\w’-]*(?:\s[A-Z][\w’-]*){0,3})\s?[,:—–]\s*(?=\S)"
)


def _side_ahead(piece: str) -> re.Match[str] | None:
    """The country for which the members of a piece of an enumeration sat, ahead of them."""
    found = _FOR_A_SIDE.match(piece)
    return found if found is not None and gazetteer.is_country(found["side"]) else None


def _listed(text: str, start: int, end: int) -> Iterator[Party]:
    """The members of an enumeration: parted by semicolons, or as a list of names reads."""
    words = _ITEMS.sub(lambda m: " " * len(m[0]), text[start:end])
    words = re.sub(r"^\s*(?:[Cc]omrades?|[Cc]oms?\.)(?=\s)", lambda m: " " * len(m[0]), words)
    at = 0
    for piece in words.split(";"):
        lead = _side_ahead(piece) or re.match(r"\s*(?:and\s+)?", piece)
        skip = lead.end() if lead else 0
        cut = skip
        for join in [*_OFFICES.finditer(piece, skip), None]:
            stop = join.start() if join else len(piece)
            yield from _piece(piece[cut:stop], start + at + cut)
            cut = join.end() if join else stop
        at += len(piece) + 1


_SURNAMES = re.compile(r"[A-ZÀ-Þ][\w’'-]+(?:, [A-ZÀ-Þ][\w’'-]+){2,}(?:,? and [A-ZÀ-Þ][\w’'-]+)?")


_INITIALED = (
    r"(?:(?P<role{n}>[a-z][a-z ]{{2,40}}) )?(?P<name{n}>(?:[A-ZÀ-Þ]\.\s?){{1,3}}[A-ZÀ-Þ][\w’'-]+)"
)
_ALL_INITIALED = re.compile(
    rf"\s*{_INITIALED.format(n='')}(?:(?:,\s*(?:and\s+)?|\s+and\s+){_INITIALED.format(n='2')})+\s*\.?\s*"
)
_ONE_INITIALED = re.compile(_INITIALED.format(n=""))


_FULL_NAME = re.compile(r"[A-ZÀ-Þ][\w’'-]+(?: (?:[A-ZÀ-Þ]\. ?)?[A-ZÀ-Þ][\w’'-]+){1,2}")


def _full_names(words: str) -> list[tuple[int, int]]:
    """The spans of a list of three and more full names and nothing else: "Ada Marl, Bo Lund, Cy Horn"."""
    spans, begin = [], 0
    stop = len(words.rstrip(" ."))
    for join in [*re.finditer(r",\s+(?:and\s+)?|\s+and\s+", words), None]:
        end = join.start() if join else stop
        piece = words[begin:end]
        lead = len(piece) - len(piece.lstrip())
        bare = piece.strip()
        if _FULL_NAME.fullmatch(bare) is None or has_office(bare) or has_body(bare):
            return []
        if bare.split()[-1] in COMPLEMENTS or naming.is_place(bare) or gazetteer.is_place(bare):
            return []
        spans.append((begin + lead, begin + lead + len(bare)))
        begin = join.end() if join else end
    return spans if len(spans) > 2 else []


def _piece(words: str, offset: int) -> Iterator[Party]:
    if _ALL_INITIALED.fullmatch(words):  # "A. Orlin, B. Kast, interpreter C. Berg"
        for name in _ONE_INITIALED.finditer(words):
            role = re.sub(r"^and ", "", name["role"] or "") or None
            yield Party(
                name=name["name"], role=role, kind="person", start=offset + name.start("name"),
                end=offset + name.end("name"), rule=RULE,
            )  # fmt: skip
        return
    if _SURNAMES.fullmatch(words.rstrip(" .")) and not (has_office(words) or has_body(words)):
        for name in re.finditer(r"[A-ZÀ-Þ][\w’'-]+", words):
            yield Party(
                name=name[0], kind="person", start=offset + name.start(), end=offset + name.end(), rule=RULE
            )  # fmt: skip
        return
    whole = _full_names(words)
    if whole:
        for a, b in whole:
            yield Party(name=words[a:b], kind="person", start=offset + a, end=offset + b, rule=RULE)
        return
    plural = _PLURAL.match(words)
    if plural is not None:
        office = re.sub(r"(?<=Assistant|onsultant)s\b|(?<=dviser)s\b", "", plural["office"].strip())
        for name in re.finditer(r"[A-Z][\w.’'-]+(?:\s[A-Z][\w.’'-]+)*", words[plural.end() :]):
            begin = offset + plural.end() + name.start()
            yield Party(
                name=name[0], role=office, kind="person", start=begin,
                end=begin + len(name[0]), rule=RULE,
            )  # fmt: skip
        return
    aide = _AIDE.match(words.strip())
    behind = _FOR.match(words)
    if aide is not None:
        begin = offset + words.find(aide["name"])
        who = aide["name"].strip()
        yield Party(
            name=who, role=aide["office"], kind="person", start=begin, end=begin + len(who), rule=RULE
        )  # fmt: skip
        return
    if behind is not None:
        for one in participants(behind["who"].rstrip(), offset):
            role = ", ".join(filter(None, (one.role, behind["role"].strip())))
            yield msgspec.structs.replace(one, rule=RULE, role=role)
        return
    for one in participants(words.rstrip(), offset):
        yield msgspec.structs.replace(one, rule=RULE)
