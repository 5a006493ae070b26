"""A party as an editor's title names it: "USSR Ambassador to USA A.F. Dobrynin".

Translated books and archive pages put the office before the name, with or
without "of" and "to", and drop the name where the source has none ("KGB resident
in Washington"). Nothing here knows a surname: a name is told by its initials,
by what stands after an office and its country, or by being nothing else.
"""

from __future__ import annotations

import re

import msgspec

from kgraph.extract import gazetteer
from kgraph.extract.naming_words import (
    BODY_WORDS,
    COUNTRIES,
    COUNTRY_NAMES,
    HOUSE,
    OFFICE_WORDS,
    PART,
    PART_OF_A_HOUSE,
    PORTFOLIO,
    SERVES,
    TOWNS,
    WHOLE_HOUSE,
    offices_in,
    with_towns,
)
from kgraph.extract.offices import COMPLEMENTS
from kgraph.model import Party, PartyKind

_U = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĬİĶŁŃŅŇŌŐŘŚŞŠŤŪŮŰŹŻŽА-ЯЁ"
_WORD = rf"[{_U}][\w’'ʼ`-]+"
_INITIAL = rf"(?<![{_U}])[{_U}][a-z]{{0,2}}\.\s?-?"
_PARTICLE = r"(?:de la|de|van den|van der|von der|von|van|der|ter|al|el|bin|ibn|di|da|du|le|la)"
_SUFFIX = r"(?:,?\s(?:Jr|Sr|II|III)\b\.?)?"
INITIALS_NAME = re.compile(
    rf"(?:{_INITIAL}){{1,3}}\s?(?:{_PARTICLE}\s)?{_WORD}{_SUFFIX}"  # A.F. Dobrynin
    rf"|{_WORD}\s(?:{_INITIAL}){{1,3}}(?=$|[\s,;)])"  # Malin V.N.
    rf"|{_WORD}\s(?:{_INITIAL}){{1,2}}\s?(?:{_PARTICLE}\s)?{_WORD}{_SUFFIX}"  # Lee H. Oswald
)
_TRAILING_INITIALS = re.compile(
    rf"(?:(?:{_WORD}\s)?(?:{_INITIAL}){{1,3}}\s?(?:{_PARTICLE}\s)?{_WORD}{_SUFFIX}"
    rf"|{_WORD}\s(?:{_INITIAL}){{1,3}})$"
)
_PLAIN_NAME = re.compile(
    rf"(?:U\s(?={_WORD}$))?(?:{_INITIAL})*\s?{_WORD}(?:\s(?:{_PARTICLE}\s)?(?:{_INITIAL}\s?)*{_WORD}){{0,3}}{_SUFFIX}$"
)
_HONORIFIC = re.compile(
    r"^(?:(?:the|The|THE|To:?|TO:?|comrades?|Comrades?|COMRADES?|[Cc]om(?:r|s)?\.|C(?:om)?des?\.|Cds?\.|Tov\.|Mr\.?|Mrs\.?|Ms\.?|Miss"
    r"|Messrs\.?|MR\.?|MRS\.?|Dr\.?|Sir|Lord|Lady|Madam(?:e)?|Honorable|Hon\.|His Excellency"
    r"|HIS EXCELLENCY|Her Excellency|(?:The )?Honou?rable|Shri|Sardar|Begum|Smt\.?|Academician|Prof\.|Professor|(?:Lt|LT|Lieut|Maj|MAJ|Col|COL|Capt|CAPT|Adm|ADM|Brig|Gen|GEN)\.(?:-Gen\.)?)\s+)+"
)
_RANK = re.compile(r"^(?:(?:Lt|Maj|Col|Capt|Adm|Brig|Gen)\.(?:-Gen\.)?\s+)+")
_PLACE = re.compile(
    rf"(?:{COUNTRIES}|(?:the )?(?:{'|'.join([*COUNTRY_NAMES.split(), *TOWNS.split()])}))(?=$|[\s,;’'])"
)
_TOWN_NAMES = frozenset(TOWNS.split()) | {"New York", "Mexico City", "Ulan Bator", "Phnom Penh"}
_JOIN = re.compile(r"\s*(?:,\s+and\s+|;\s+|\s+and\s+|\s*&\s*|,\s+)")


_NAME_IN_A_PLACE = re.compile(r"(?P<who>.{3,80}?) (?P<how>of|in|at) (?P<where>(?:the )?[A-ZÀ-Þ].*)")
_POSTED = re.compile(
    r"(?:ambassador|envoy|consul|chargé|representative|minister|attaché|resident)s?$", re.IGNORECASE
)
_COUNTRY_BEFORE_A_NAME = re.compile(
    rf"(?:the )?(?!(?:New|San|Santa|South|North|East|West|Upper|Lower|Saint|St|Great|Los|Las|Port|Rio|Buenos|Tel"
    rf"|Addis|Phnom|Kuala|Cape|Sri|El|La|Costa|Puerto|Saudi|United|Dar)\b|(?:{'|'.join(w.capitalize() for w in BODY_WORDS)})\b){_WORD}(?=\s(?:{_INITIAL}\s?)*{_WORD}(?:\s{_WORD})?$)"
)
"""A country that no list knows: one word between an envoy's office and his name."""
_BODY_BEFORE_A_NAME = re.compile(
    rf"(?:the )?(?:{_WORD} (?:and )?){{0,4}}(?:Department|Directorate|Division|Section|Bureau|Office|Committee|Commission|Council|Board|Administration)(?: (?:[A-Z](?=\s)|[IVX]+(?=\s)|\d+))?"
    rf"(?: (?:of|for) (?:the )?(?:{PORTFOLIO}|[A-Z]{{2,}}(?: [A-Z]{{2,}})*|Ministry of (?:{PORTFOLIO})|Foreign Ministry"
    rf"|(?:{_WORD} ){{1,4}}Party(?: of (?:the )?(?:{COUNTRIES}|{'|'.join(COUNTRY_NAMES.split())}|Lab(?:ou?r)(?: of {_WORD})?))?))?(?=\s(?:{_INITIAL}\s?)*{_WORD}(?:\s{_WORD})?$)"
)
"""The house between an office and a name: "head of the Western Department Ida Moen"."""
_HEAD_OF_STATE = re.compile(
    r"\b(?:prime minister|premier|president|chancellor|king|queen|emperor|sultan|emir|foreign minister)$",
    re.IGNORECASE,
)
_TOWN_LIKE = re.compile(rf"{_WORD}(?: {_WORD})?")
_ADDRESSED = re.compile(  # "Chargé of Poland in Chile Comrade Orlin"
    rf"\w\s(?:Comrade|Mr\.|Mrs\.|Dr\.|Sir)\s(?P<name>(?:{_INITIAL}\s?)*{_WORD}(?:\s{_WORD}){{0,2}})$"
)
_LODGED = re.compile(rf"(?<=\)), (?:{_WORD}|de|do|di|del)(?: (?:{_WORD}|de|do|di|del)){{0,3}}$")
"""The town behind a party whose name stands in brackets: "Envoy to Chile (Orlin), Rio Claro"."""
_MISSION = re.compile(r"\b(?:Embassy|Legation|Consulate|Mission|Residency|Chancery)\b")
_IN_CITY = re.compile(rf"(?<=[\w’)]), (?P<city>{_WORD}(?: (?:(?:de|do|di|del) )?{_WORD})?)$")
"""What may be the city behind a party: "Director of the Western Division, Bern"."""
_AT_TOWN = re.compile(rf"(?<=[\w’]) \((?:{'|'.join(TOWNS.split())})\)$")
"""A town in brackets behind a name: "Orlin (Havana)"."""


def is_place(words: str) -> bool:
    """Whether the words are the name of a country or great city, and no more."""
    return _PLACE.fullmatch(words.strip()) is not None


def is_town(words: str) -> bool:
    """Whether the words are the name of a capital or another great city.

    >>> is_town("Moscow"), is_town("France")
    (True, False)
    """
    return words.strip() in _TOWN_NAMES


def is_body(words: str) -> bool:
    """Whether the words name a body: a ministry, a committee, an embassy."""
    tokens = re.findall(r"[A-Za-zé]+", words.lower())
    return any(token in BODY_WORDS for token in tokens) and not offices_in(words)


def is_office(words: str) -> bool:
    """Whether the words name an office ("Minister of Foreign Affairs")."""
    return bool(offices_in(words))


def trailing_name(phrase: str) -> tuple[int, int] | None:
    """Where the personal name stands that ends a phrase, or None.

    >>> s = "USSR Ambassador to USA A.F. Dobrynin"
    >>> a, b = trailing_name(s)
    >>> s[a:b]
    'A.F. Dobrynin'
    >>> trailing_name("KGB resident in Washington") is None
    True
    >>> s = "Soviet Ambassador to the USA Dobrynin"
    >>> s[slice(*trailing_name(s))]
    'Dobrynin'
    """
    phrase = phrase.rstrip()
    addressed = _ADDRESSED.search(phrase)
    if addressed is not None:
        return addressed.start("name"), len(phrase)
    found = _TRAILING_INITIALS.search(phrase)
    if found is not None:
        start = found.start()
        first = phrase[start:].split()[0]
        if "." not in first and not _may_open_a_name(first, phrase[:start]):
            inner = INITIALS_NAME.search(phrase, start + len(first))
            if inner is not None and inner.end() == len(phrase):
                start = inner.start()
        return start, len(phrase)
    offices = offices_in(phrase)
    if offices:
        at = offices[-1][1]
        affairs = re.compile(r"\s+d['’][Aa]ffaires\b(?:\s+ad interim\b)?").match(phrase, at)
        at = affairs.end() if affairs else at
        rest = re.match(
            r"\s+(?:to|of|for|in|at|under|from|with|on|TO|OF|FOR|IN|AT)\s+", phrase[at:]
        )
        if rest is not None:
            at += rest.end()
            portfolio = re.compile(rf"(?:{PORTFOLIO})\b(?:\s+(?:of|for)\s+)?").match(phrase, at)
            at = portfolio.end() if portfolio else at
            if portfolio is not None and portfolio[0].endswith(
                " for "
            ):  # "of State for Home Affairs"
                further = re.compile(rf"(?:{PORTFOLIO})\b").match(phrase, at)
                at = further.end() if further else at
            place = _PLACE.match(phrase, at) or _BODY_BEFORE_A_NAME.match(phrase, at)
            if place is None and portfolio is None:
                held = phrase[: offices[-1][1]]
                to_post = rest[0].strip() in ("to", "in") and _POSTED.search(held)
                if to_post or (rest[0].strip() == "of" and _HEAD_OF_STATE.search(held)):
                    place = _COUNTRY_BEFORE_A_NAME.match(phrase, at)
                if place is None:
                    return None
            if place is None and portfolio is not None and portfolio[0].endswith((" of ", " for ")):
                place = _COUNTRY_BEFORE_A_NAME.match(phrase, at)
            at = place.end() if place else at
        tail = _RANK.sub("", phrase[at:].strip(" ,\n\t"))
        matter = tail in COMPLEMENTS  # "Bureau of State Security"
        if (
            tail
            and not matter
            and _PLAIN_NAME.match(tail)
            and not (is_body(tail) or is_place(tail))
        ):
            begin = phrase.rindex(tail)
            return begin, begin + len(tail)
        return None
    if is_body(phrase) or is_place(phrase):
        return None
    if _PLAIN_NAME.match(phrase) and len(phrase.split()) <= 5:
        return 0, len(phrase)
    return None


def party(phrase: str, offset: int, rule: str) -> Party | None:
    """One party from a phrase; its span is that of the name (or office, or body).

    `offset` is where the phrase begins in the record's text.
    """
    lead = len(phrase) - len(phrase.lstrip(" ,;:"))
    text = phrase[lead:].rstrip(" ,;:*")
    if sum(text.count(mark) for mark in '"“”«»') % 2:
        text = text.rstrip('"”» ,')
    offset += lead
    honorific = _HONORIFIC.match(text)
    if honorific is not None and honorific.end() < len(text):
        offset += honorific.end()
        text = text[honorific.end() :]
    article = re.match(r"(?:an?|An?)\s+(?=[A-ZÀ-Þ]\w+\s)", text)
    if article is not None:
        offset += article.end()
        text = text[article.end() :]
    if not text or not re.search(r"[^\W\d_]", text):
        return None
    city = _IN_CITY.search(text)
    if (
        city is not None
        and not _MISSION.search(text, 0, city.start())
        and gazetteer.is_city(city["city"])
        and not is_place(text[: city.start()])
    ):
        one = party(text[: city.start()], offset, rule)
        return msgspec.structs.replace(one, place=city["city"]) if one is not None else None
    lodged = _LODGED.search(text) or _AT_TOWN.search(text)
    if lodged is not None:
        text = text[: lodged.start()]
    role: str | None = None
    code = re.match(r"(?P<code>[^()]{2,90}?)\s*\((?P<who>[^()]{3,120})\)$", text)
    if code is not None and _posted_there(code["code"], code["who"]):
        inner = party(code["code"], offset, rule)
        if inner is not None:
            return msgspec.structs.replace(inner, place=code["who"])
    if code is not None and trailing_name(code["who"]) is not None:
        inner = party(code["who"], offset + code.start("who"), rule)
        if inner is not None:
            at_post = is_body(code["code"]) or is_office(code["code"])
            return msgspec.structs.replace(
                inner,
                role=inner.role or (code["code"].strip() if at_post else None),
                note=f"named in the source as {code['code']}",
            )
    placed = _NAME_IN_A_PLACE.fullmatch(text)
    if placed is not None:
        at = trailing_name(placed["who"])
        known = is_place(placed["where"]) or is_body(placed["where"])
        town = (
            at is not None
            and at[0] > 0
            and placed["how"] == "in"
            and _TOWN_LIKE.fullmatch(placed["where"])
        )
        if (
            at == (0, len(placed["who"])) and placed["how"] == "in" and is_place(placed["where"])
        ):  # "Orlin in Havana"
            one = _person(placed["who"], offset, None, rule)
            return msgspec.structs.replace(one, place=placed["where"])
        if at is not None and (known or town) and _sure_name(placed["who"], at):
            role = f"{placed['who'][: at[0]].strip(' ,')} {placed['how']} {placed['where']}".strip()
            return _person(placed["who"][slice(*at)], offset + at[0], role, rule)
    last = text.rfind(", ")
    if last > 0 and is_office(text[:last]) and trailing_name(text[:last]) is None:
        name = _bare(text[last + 2 :])
        if trailing_name(name) == (0, len(name)) and not is_office(name):
            return _person(name, offset + len(text) - len(name), text[:last].strip(" ,"), rule)
    comma = text.find(", ")
    if comma > 0 and trailing_name(text[:comma]) == (0, comma):
        role = text[comma + 2 :].strip()
        return _person(text[:comma], offset, role, rule)
    if comma > 0 and re.search(r"\b(?:Embassy|Legation|Consulate|Mission)\b", text[comma:]):
        ahead = trailing_name(text[:comma])
        if ahead is not None and ahead[1] == comma:  # "Chargé Orlin, Chilean Embassy in Bern"
            role = f"{text[: ahead[0]].strip(' ,')}, {text[comma + 2 :].strip()}"
            return _person(text[slice(*ahead)], offset + ahead[0], role, rule)
    at = trailing_name(text)
    if at is None:
        kind: PartyKind = "unknown"
        if is_office(text):
            kind = "office"
        elif is_body(text) or text.isupper() or is_place(text):
            kind = "body"
        return Party(
            name=" ".join(text.split()),
            kind=kind,
            start=offset,
            end=offset + len(text),
            rule=rule,
        )
    start, end = at
    before = text[:start].strip(" ,")
    before = _HONORIFIC.sub("", before + " ").strip()
    return _person(text[start:end], offset + start, before or None, rule)


def parties(phrase: str, offset: int, rule: str) -> tuple[Party, ...]:
    """All parties of a phrase: "A.A. Gromyko and KGB Chairman V.E. Semichastny" are two.

    An "and" or a comma parts only where both sides can stand alone: a name on
    the left (an office may bear "and" within itself), or bodies on both sides.
    """
    pieces: list[tuple[int, int]] = []
    begin = 0
    for join in _JOIN.finditer(phrase):
        left = phrase[begin : join.start()].strip()
        right = phrase[join.end() :].strip()
        if not left or not right:
            continue
        comma = join[0].strip() == ","
        house = WHOLE_HOUSE.search(phrase, begin)
        if house is not None and house.start() <= join.start() < house.end() and not comma:
            continue  # "Foreign and Commonwealth Office"
        serves = house is not None and comma and house.start() == join.end()
        if serves and trailing_name(_bare(left)) is not None:
            continue  # where he serves
        if (
            comma
            and left.endswith("Central Committee")
            and re.search(r"\bParty\b", right.split(",")[0])
        ):
            continue
        if comma and gazetteer.is_city(right) and not is_place(left):
            continue
        named = trailing_name(_bare(left)) is not None
        if named:
            cut = _starts_party(right) and not (comma and _apposition(right))
        else:
            cut = is_body(left) and not is_office(left) and _is_whole(right)
            part = comma and PART_OF_A_HOUSE.fullmatch(right.rstrip(" ,"))
            cut = cut and not part and not (comma and _house_and_part(left, right))
            cut = cut or (comma and is_body(left) and not is_office(left) and _two_names(right))
            if is_office(left) and not comma:
                cut = re.match(r"(?:members|secretaries|ministers|ambassadors)\b", left) is not None
                cut = cut or (_HONORIFIC.match(right) is not None and _starts_party(right))
            if comma and re.match(r"(?:members|secretaries|candidate|CC |ministers)", right):
                cut = cut or is_office(left)
        if cut:
            pieces.append((begin, join.start()))
            begin = join.end()
    pieces.append((begin, len(phrase)))
    found = [party(phrase[a:b], offset + a, rule) for a, b in pieces]
    return _share_complement(tuple(one for one in found if one is not None))


def distribution(words: str, offset: int, rule: str) -> tuple[Party, ...]:
    """Those who got copies: "members of the Presidium, A.A. Gromyko and V.V. Kuznetsov".

    Every comma and "and" parts; what stands in brackets ("two copies") goes to `note`.
    """
    out: list[Party] = []
    begin, depth = 0, 0
    cuts: list[tuple[int, int]] = []
    for found in re.finditer(r"[()]|,\s*and\s+|;\s*|,\s*|\s+and\s+", words):
        if found[0] in "()":
            depth = max(0, depth + (1 if found[0] == "(" else -1))
        elif depth == 0:
            cuts.append((begin, found.start()))
            begin = found.end()
    cuts.append((begin, len(words)))
    for a, b in _whole_offices(words, with_towns(words, cuts)):
        piece = words[a:b]
        aside = re.search(r"\s*\(([^)]*)\)", piece)
        bare = piece[: aside.start()] if aside else piece
        one = party(bare.rstrip(" ."), offset + a, rule)
        if one is None:
            continue
        if re.search(r"\b(?:members?|candidates?|secretaries|membership)\b", bare):
            at = trailing_name(bare.strip())
            if at is None or not re.search(r"\b(?:member|secretary|candidate)\b", bare):
                one = msgspec.structs.replace(one, kind="group")
            elif at is not None and re.match(r"\s*(?:candidates?|members)\b", bare):
                one = msgspec.structs.replace(one, role=bare.strip()[: at[0]].strip())
        if aside:
            one = msgspec.structs.replace(one, note=aside[1])
        out.append(one)
    return _share_complement(tuple(out))


def _whole_offices(words: str, cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Parts of a list, those joined again that an "and" within an office parted: "head of Personnel
    and Trade Department A.B. Orlin"."""
    out: list[tuple[int, int]] = []
    for a, b in cuts:
        if out and re.fullmatch(r"\s+and\s+", words[out[-1][1] : a]):
            before = words[slice(*out[-1])].strip()
            at = trailing_name(words[a:b].rstrip(" ."))
            if (
                re.match(
                    r"(?:deputy )?(?:head|chief|chairman|director|minister|secretary) of [A-Z]",
                    before,
                )
                and trailing_name(before) is None
                and not re.search(r"\bof\b.*\bof\b", before)
                and at is not None
                and at[0] > 0
                and not is_office(words[a : a + at[0]])
            ):
                out[-1] = (out[-1][0], b)
                continue
        out.append((a, b))
    return out


def _share_complement(found: tuple[Party, ...]) -> tuple[Party, ...]:
    """ "members and candidate members of the Presidium": both are of the Presidium."""
    out = list(found)
    for index in range(len(out) - 2, -1, -1):
        complement = re.search(r" (?:of|under|in) .*", out[index + 1].name)
        if complement is not None and out[index].name in ("members", "ministers", "secretaries"):
            out[index] = msgspec.structs.replace(
                out[index],
                name=out[index].name + complement[0],
                end=out[index + 1].end,
                note="what they belong to stands behind the next",
            )
    return tuple(out)


def _posted_there(named: str, where: str) -> bool:
    """Whether brackets behind an envoy's name hold his post: "Ambassador A. Orlin (Bern)"."""
    at = trailing_name(named)
    return (
        at is not None
        and at[0] > 0
        and _POSTED.search(named[: at[0]].rstrip(" ,")) is not None
        and "." in named[at[0] :]
        and re.fullmatch(_WORD, where) is not None
    )


def _sure_name(words: str, at: tuple[int, int]) -> bool:
    """Whether a name that "of ..." follows is a person's: it has an office before it, initials,
    or is of two words that are no body ("Frank Ulvik of the Policy Staff")."""
    name = words[slice(*at)]
    if at[0] > 0:
        return is_office(words[: at[0]])
    return ("." in name or len(name.split()) > 1) and not is_body(name)


def _may_open_a_name(word: str, before: str) -> bool:
    """Whether a word before initials is a first name or surname ("Lee H. Oswald",
    "President John F. Kennedy") rather than the end of an office ("Affairs A.A. ...")."""
    if word.lower() in OFFICE_WORDS | BODY_WORDS or is_place(word):
        return False
    left = before.split()
    if not left:
        return True
    last = left[-1].strip(",").lower()
    return (last in OFFICE_WORDS and last != "foreign") or left[-1].endswith((",", ";"))


def _bare(words: str) -> str:
    return _HONORIFIC.sub("", words.strip())


def _apposition(right: str) -> bool:
    """Whether what stands after the comma behind a name describes it."""
    first = re.split(r",|\sand\s", right)[0]
    if re.search(r"\b(?:Embassy|Legation|Consulate|Mission)\b", first):
        return trailing_name(_bare(first)) is None
    house = r"(?:the )?(?:(?:Ministry|Department|Presidium|Politburo|Secretariat|Council|Committee) of\b|CC\b|Central Committee\b)"
    if re.match(house, right) and first == right:
        return True
    if SERVES.match(first):
        return True
    if re.match(r"(?:then|the|who|former)\b", right) or is_office(first):
        return trailing_name(_bare(first)) is None
    return False


def _house_and_part(left: str, right: str) -> bool:
    """ "Ministry of Trade, Directorate of Political Affairs": one of its parts, not another body."""
    return HOUSE.search(left) is not None and PART.fullmatch(right.rstrip(" ,")) is not None


def _starts_party(right: str) -> bool:
    first = re.split(r",|;|\sand\s", right)[0]
    if re.match(r"(?:his|her|their)\s", first):
        return True
    return trailing_name(_bare(first)) is not None or is_body(first) or is_office(first)


def _two_names(right: str) -> bool:
    """Whether two persons' names and nothing else stand behind a body: "the Bureau, Orlin, and Kast"."""
    both = re.split(r",?\s+and\s+", right)
    return len(both) == 2 and all(trailing_name(_bare(one)) == (0, len(_bare(one))) for one in both)


def _is_whole(right: str) -> bool:
    first = re.split(r",|;|\sand\s", right)[0].removeprefix("the ")
    if len(first.split()) < 2 and not first.isupper():
        return False
    return is_body(first) and not is_office(first) and first[:1].isupper()


def _person(name: str, start: int, role: str | None, rule: str) -> Party:
    length = len(name)
    name = " ".join(name.split())
    if role is not None:
        role = re.sub(r"^(?:the|The)\s+", "", " ".join(role.split())).strip(" ,") or None
    return Party(name=name, role=role, kind="person", start=start, end=start + length, rule=rule)
