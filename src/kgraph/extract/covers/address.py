"""Addresses: whom a letter, a telegram or its copies are addressed to."""

from __future__ import annotations

import re

import msgspec

from kgraph.extract import naming
from kgraph.extract.covers.lines import Cover, cased, is_town
from kgraph.model import Party

ADDRESS = re.compile(
    r"^\[?(?:TO|To)\b:?\]?(?!\s+(?:BE|be|item|point|para|our|your|No|protocol|the question|question|this|my)\b)\s*(?:the\s+|THE\s+)?(?=\S)"
)
COMRADE = re.compile(
    r"^(?:Comrades?|COMRADES?|Coms?\.|C(?:om)?des?\.|Mr\.|MR\.|Mrs\.|MRS\.|Mister|His Excellency|HIS EXCELLENCY|The Hon(?:ou?rable|\.)|Shri)(?![\w.])"
)
EXCELLENCY = re.compile(
    r"^(?:To )?(?:His|Her) Excellency|^(?:TO )?(?:HIS|HER) EXCELLENCY|^To the Honorable"
)
ESQUIRE = re.compile(r",?\s+(?:Esq|ESQ|Esquire)\b\.?(?=,|$|\s+[A-Z]{2,3}\b)")
"""Behind the name of him to whom a letter goes: "R J Orlin Esq"."""
TELEGRAPH_ADDRESS = re.compile(
    r"\s*(?:SOV(?:POSOL|EMBASSY|AMBASSADOR|POSLY)|Sov(?:posol|embassy|ambassador)|SOVIET (?:EMBASS(?:Y|IES)|AMBASSADORS?)"
    r"|Soviet (?:Embass(?:y|ies)|Ambassadors?)|(?:AMBASSADORS?|EMBASS(?:Y|IES)|LEGATIONS?|ENVOYS?)(?: OF(?: THE)?(?: [A-Z]{3,}){1,3})?)\b"
)  # fmt: skip


_MANY = re.compile(
    r"(?:all|members|ambassadors|embassies|representatives|heads|secretaries|comrades?|chiefs?|editors|ministers"
    r"|leaders|directors?|first|central|party|provincial|regional|departments?|consulates|posts|missions)\b"
)
"""Addressees written small; any other small word behind "To" is a verb."""


FOR_WHAT = re.compile(
    r"\s+[-–—]\s+(?:the\s+)?(?:all|whole|everything|entire|points?|items?|for)\b[^,;]*$"
)
"""What of a decision those listed get: "Orlin, Kast - the whole thing"."""


def naming_list(words: str) -> int | None:
    """Where the names begin in a printed distribution list ("To Brezhnev, Voronov, ..."),
    or None where the words are none."""
    found = re.match(
        r"(?:TO:?|To:?|(?:COPIES|Copies|COPY|Copy|CC|Cc) ?(?:to|TO|for):?|(?:COPIES|Copies|CC|Cc):|Distribution:?|Sent to:?)\s+(?=[A-Z])",
        words,
    )
    if found is None:
        return None
    words = FOR_WHAT.sub("", words)
    names = re.split(r",\s*(?:and\s+)?|\s+and\s+", words[found.end() :].rstrip(" ."))
    if len(names) < 2:
        return None
    surname = re.compile(
        r"(?:(?:Comrades?|Coms?\.|C(?:om)?des?\.|[A-Z]\.)\s?)*[A-Z][\w’'-]+(?:\s[A-Z]\.?\s?[A-Z]?\.?)?(?:\s?\([^)]*\))?"
    )
    if all(surname.fullmatch(n.strip()) for n in names) and not any(
        naming.is_place(n) for n in names
    ):
        return found.end()
    return None


def cities(words: str, places: frozenset[str]) -> list[tuple[int, int]]:
    if not words.isupper():
        return []
    out = [(m.start(), m.end()) for m in re.finditer(r"[A-Z][A-Z. -]+[A-Z]", words)]
    if out and all(is_town(words[a:b], places) or len(words[a:b].split()) <= 3 for a, b in out):
        return out
    return []


def is_embassy_line(text: str, at: int) -> bool:
    """Whether the next line, or the one behind it, is a Soviet embassy's telegraph address."""
    rest = text[at : at + 160]
    below = [one for one in rest.split("\n")[1:] if one.strip()]
    return any(TELEGRAPH_ADDRESS.match(one) for one in below[:2])


_OTHERS = re.compile(
    r"(?<=\n)(?:AMBASSADORS?|EMBASS(?:Y|IES)|LEGATIONS?|ENVOYS?)(?: OF(?: THE)?(?: [A-Z]{3,}){1,3})?(?=\s*\n)"
)
"""The address of a mission that is not Soviet, below its town."""


def embassies(cover: Cover, text: str, a: int, cities: list[tuple[int, int]]) -> None:
    address = _OTHERS.search(text, a, a + 160)
    for x, y in cities:
        town = cased(text[a + x : a + y])
        if address is not None:
            cover.addressees.append(
                Party(
                    name=" ".join(address[0].split()), place=town, start=address.start(),
                    end=address.end(), rule="telegraph-address",
                    kind="body" if address[0].startswith(("EMB", "LEG")) else "office",
                )
            )  # fmt: skip
            continue
        cover.addressees.append(
            Party(
                name=f"Soviet embassy in {town}",
                kind="body",
                place=town,
                start=a + x,
                end=a + y,
                rule="telegraph-address",
                certainty="inferred",
                words=text[a + x : a + y],
            )
        )


def is_bare_body(words: str) -> bool:
    """A line that is nothing but the addressed body: "CC CPSU"."""
    bare = words.strip(" .,:")
    return (
        len(bare) < 60
        and re.fullmatch(
            r"(?:TO |To )?(?:THE |the )?(?:CC|CPSU|Central Committee|CENTRAL COMMITTEE)[ A-Za-z]*",
            bare,
        )
        is not None
        and naming.is_body(bare)
        and not re.search(r"RESOLUTION|Resolution|SECRETARY", bare)
    )


_SAID = re.compile(  # "Comrade Orlin travelled to Bern.": a sentence about him
    r"(?:Comrades?|Mr\.|Mrs\.|His Excellency)\s+(?:[A-Z][\w.’'-]*\s+){1,4}[a-z]{3,}\s+\S"
)


def read_address(cover: Cover, text: str, a: int, b: int) -> bool:
    words = text[a:b].strip(' *"“')
    if re.match(r"(?:Comrades|COMRADES|Citizens|Friends)\W*!", words):
        return False  # a speech begins
    if len(words) > 110 or words.endswith((";", "...")):
        return False
    if words.endswith(".") and (len(words) > 60 or _SAID.match(words)):
        return False
    prefix = re.match(r"[\"“]?\s*\[?(?:TO|To):?\]?:?\s+(?:the\s+|THE\s+)?|[\"“]?\s*", text[a:b])
    begin = a + (prefix.end() if prefix else 0)
    if EXCELLENCY.match(words):
        rest = re.sub(
            r"^(?:To |TO )?(?:His|Her|HIS|HER) (?:Excellency|EXCELLENCY)\s*,?\s*|^To the Honorable\s*",
            "",
            words,
        )
        if not rest:
            cover.addressees.append(Party(name="", rule="excellency", start=a, end=b))
            return True
        begin = text.index(rest, a)
    elif (
        words.lstrip("[")[:2].lower() != "to"
        and not COMRADE.match(words)
        and not ESQUIRE.search(words)
        and not is_bare_body(words)
    ):
        return False
    if text[begin : begin + 1].islower() and not _MANY.match(text, begin, b):
        return False
    squire = ESQUIRE.search(text, begin, b)
    b = squire.start() if squire is not None else b
    found = naming.parties(text[begin:b].rstrip(" ,.:*"), begin, "address-line")
    if squire is not None:
        found = tuple(msgspec.structs.replace(one, kind="person") for one in found[:1])
    if not found:
        return False
    if (
        text[a : a + 2] == "To"
        and all(p.kind == "unknown" for p in found)
        and text[begin : begin + 1].islower()
    ):
        return False
    cover.addressees.extend(found)
    return True


def continue_address(cover: Cover, text: str, a: int, b: int) -> bool:
    """Further lines of an address: the name under the office, the office under the name."""
    words = text[a:b].strip(' ,.:*"”')
    if not words or not cover.addressees or len(words) > 100:
        return False
    if text[b - 1] in ".;?!" and b - a > 40:
        return False
    last = cover.addressees[-1]
    if ADDRESS.match(words):
        return read_address(cover, text, a, b)
    if last.rule == "excellency" and not last.name:
        one = naming.party(words, a, "address-block")
        if one is None:
            return False
        cover.addressees[-1] = one
        return True
    if last.kind == "person":
        if (
            naming.is_office(words)
            or naming.is_body(words)
            or re.match(r"(?:of|OF|for|under|Union|UNION|U\.?S)\b", words)
        ):
            town = re.search(r"(?<!of)(?<!in)(?<!to)(?<!at)[ ,]+(?P<town>[A-Z][a-z]+)$", words)
            if town is not None and is_town(town["town"], frozenset()):
                words = words[: town.start()].rstrip(" ,")
            role = words if last.role is None else f"{last.role} {words}"
            cover.addressees[-1] = msgspec.structs.replace(last, role=cased(" ".join(role.split())))
            return True
        return bool(re.match(r"\d+ \w|[A-Z][\w ]+ \d+,", words))
    if last.kind in ("office", "unknown", "body"):
        one = naming.party(words, a, "address-block")
        if one is not None and one.kind == "person" and not naming.is_office(words.split()[0]):
            cover.addressees[-1] = msgspec.structs.replace(one, role=last.name)
            return True
        if re.match(
            r"(?:of|OF|under|UNDER|for|and|Supreme|UNION|Union|THE|the)\b", words
        ) or last.name.endswith((" of", " the", " Of")):
            cover.addressees[-1] = msgspec.structs.replace(last, name=f"{last.name} {words}", end=b)
            return True
    return False
