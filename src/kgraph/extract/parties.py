"""Parties of headings and address lists: who, in which role, of which kind.

The headings of published diplomatic documents put the office first and the name in
parentheses ("the Ambassador in France (Dillon)"), a title before the name ("President
Kennedy", "Secretary of State Rusk"), the office behind a comma ("Charles B. Parker,
Representing American Interests") or behind "of" ("Harold Saunders of the ... Staff"),
or name an office or a body alone. Nothing here knows a surname: a name is what stands
in parentheses, behind a title or an office with its complement, or words without any
word of office or body.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from kgraph.model import Party, PartyKind


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_UP = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĬİĶŁŃŅŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽ"
_CAP = rf"(?:(?:[{_UP}]\.){{2,5}}|(?:de)?[{_UP}][\w’'ʼ‘-]*\.?)"
_PARTICLE = r"(?:de la|de los|de l[’']|de|del|della|di|da|dos|du|des|van der|van den|van|von der|von|zu|ter|ten|al|el|bin|ibn|ben|le|la|y|e)"
_SUFFIX = r"(?:,?\s+(?:Jr|jr|Sr|II|III|IV|2d|2nd|3d|3rd)\b\.?)?"
NAME = rf"(?:{_CAP}|“[^”]{{2,20}}”|\"[^\"]{{2,20}}\")(?:\s+(?:{_PARTICLE}\s+|d[’']|al-|el-)?(?:{_CAP}|“[^”]{{2,20}}”|\([A-Z][a-z]+\)))*{_SUFFIX}"
_NAME = re.compile(rf"{NAME}$")
WITHHELD = re.compile(
    r"\[(?:\d+\s+)?(?:names?|titles?|less than|\d+ lines?|text|place|position|officer|codename|cryptonym)[^\]]*\]",
    re.IGNORECASE,
)
_HONORIFICS = (
    r"Messrs|Mr|Mrs|Ms|Miss|Mme|Madame|Mademoiselle|Mlle|MM|M|Dr|Sir|Lord|Lady|Dame|Señora|Señor|Senor|Sr|Signor|Herr|Frau"
    r"|Monsieur|Hon|The Hon|Honorable|Honourable|Rev|Reverend|Monsignor|Msgr|Cardinal|Archbishop|Bishop|Don|Professor|Prof"
    r"|His Excellency|Her Excellency|His Majesty|Her Majesty|His Highness|His Royal Highness|Judge|Justice|Esq"
)
_RANKS = (
    r"(?:(?:Lieutenant|Lt\.?|Major|Brigadier|Vice|Rear|Air|Field|Fleet|Brig\.?|Maj\.?|Air Chief|Air Vice|Wing|Flag)[ -]){0,3}"
    r"(?:General|Gen|Admiral|Adm|Colonel|Col|Captain|Capt|Commander|Cmdr|Comdr|Commodore|Marshal|Generalissimo|Major|Lieutenant|Lt"
    r"|Brigadier|Sergeant)(?: of the Army)?"
)
_RULERS = (
    r"President-elect|Foreign Secretary|Colonial Secretary|Home Secretary|Defence Secretary|Lord Chancellor|Permanent Under Secretary|President|Vice President|Vice-President|Prime Minister|Foreign Minister|Premier|Chancellor|Chairman|Chairmen|Presidents"
    r"|Secretary General|General Secretary|First Secretary|Secretary-General|Senators|Senator|Congressmen|Congressman|Congresswoman|Representatives|Representative|Generals|Admirals|Speaker|Governor|Governor General|Mayor"
    r"|King|Queen|Prince|Princess|Emperor|Sultan|Shah|Khedive|Pope|Count|Countess|Baron|Baroness|Earl|Viscount|Marquis|Marquess|Duke|Comte|Chevalier|Marshal|Sheikh|Shaykh|Emir|Amir|Imam"
    r"|Ambassador at Large|Ambassador-at-Large|Ambassador|Ambassadors|Minister|Ministers|Chargé|Vice[- ]Consul|Consul[- ]General|Consul|Under Secretary|Assistant Secretary|Deputy Assistant Secretary|Deputy Under Secretary|Deputy Secretary|Acting Secretary|Secretary|Secretaries|Attorney General"
    r"|Commissioner|High Commissioner|Director|Deputy Director|Counselor|Counsellor|Attaché|Deputy Prime Minister|Deputy Premier|Deputy Foreign Minister|Vice Foreign Minister|Vice Premier|Defense Minister|Finance Minister|Vice Chairman|Comrade"
)
_PORTFOLIO = (
    r"(?:(?:Acting |Deputy |Assistant |Under |Deputy Under |Deputy Assistant |First |Vice ){0,4}"
    r"(?:Secretary|Secretaries|Minister|Ministers|Director|Deputy Director|Acting Director|Commissioner|Postmaster|Chairman)"
    r"(?: of State| of Defense| of War| of the Navy| of the Air Force| of the Army| of the Treasury| of the Interior| of Agriculture| of Commerce"
    r"| of Labor| of Central Intelligence| of Foreign Affairs| of Foreign Trade| of Health, Education, and Welfare| of Transportation| of Finance"
    r"| for Foreign Affairs| of Housing and Urban Development| of Energy| of External Affairs| of Justice| of the Council of Ministers))"
)
_PEOPLES = (
    r"(?:Soviet|British|French|German|Italian|Japanese|Chinese|Russian|Spanish|Mexican|Polish|Turkish|Belgian|Dutch|Austrian|Hungarian"
    r"|Yugoslav|Romanian|Rumanian|Bulgarian|Czechoslovak|Greek|Swiss|Swedish|Norwegian|Danish|Finnish|Portuguese|Brazilian|Argentine|Chilean"
    r"|Canadian|Australian|Indian|Pakistani|Iranian|Persian|Iraqi|Israeli|Egyptian|Syrian|Lebanese|Saudi|Saudi Arabian|Jordanian|Korean|Vietnamese|Cuban"
    r"|Colombian|Venezuelan|Peruvian|Haitian|Dominican|American|Irish|East German|West German|U\.S\.|US|United States|Thai|Siamese|Indonesian|Philippine|Libyan"
    r"|Algerian|Moroccan|Tunisian|Sudanese|Ethiopian|Nigerian|Ghanaian|Congolese|Cypriot|Austro-Hungarian|Ottoman|Hawaiian|Guatemalan|Nicaraguan|Honduran"
    r"|Panamanian|Costa Rican|Salvadoran|Bolivian|Ecuadoran|Uruguayan|Paraguayan|Afghan|Burmese|Laotian|Cambodian|Lao|Serbian|Montenegrin|Albanian|New Zealand|South African)"
)
_TITLED = re.compile(
    rf"(?P<title>(?:(?:the|then|former|late|ex-)\s+){{0,2}}(?:{_PEOPLES}\s+)?(?:(?:{_HONORIFICS})\b\.?\s+){{0,3}}(?:{_PORTFOLIO}|{_RANKS}|{_RULERS})(?:\s+(?:{_PORTFOLIO}|{_RANKS}|{_RULERS}|{_HONORIFICS})\b\.?){{0,3}}\.?)"
    rf"\s+(?P<name>(?:(?:{_HONORIFICS})\b\.?\s+){{0,3}}(?:{_PARTICLE}\s+)?{NAME})"
    rf"(?P<rest>\s+of\s+.+)?$"
)
_HONORED = re.compile(
    rf"(?P<title>(?:the\s+)?(?:(?:{_HONORIFICS})\b\.?\s+)+)(?P<name>(?:{_PARTICLE}\s+)?{NAME})$"
)
_LEADING_HONOR = re.compile(
    rf"(?:(?:the\s+)?(?:{_HONORIFICS})\b\.?\s+)+(?=[{_UP}“]|{_PARTICLE}\s+[{_UP}])"
)
_LEADING_RANK = re.compile(rf"{_RANKS}\.?\s+(?=[{_UP}])")
_WHERE = re.compile(
    r"(?:,\s+|\)\s*,?\s*|^\s+)(?:now\s+|then\s+|temporarily\s+)?(?:at|in|aboard)\s+(?P<place>(?!the\b)[A-Z][\w. ’'-]+)$"
)
_EMPTY_TITLE = re.compile(r"^(?:(?:Messrs|Mr|MM|M)\b\.?(?:,\s*|\s+|$))+")
_COMPLEMENTS = _set(
    """State Affairs Defense Defence War Navy Army Treasury Interior Commerce Agriculture Labor Intelligence
    Staff Ministers Union Kingdom Republic States Nations Germany France Italy Japan China Canada India Poland
    Romania Hungary Bulgaria Yugoslavia Czechoslovakia Israel Egypt Iran Iraq Korea Vietnam Cuba Mexico Brazil
    Argentina Chile Peru Spain Portugal Greece Turkey Norway Sweden Denmark Finland Austria Switzerland Belgium
    Netherlands Pakistan Indonesia Philippines Thailand Laos Cambodia Burma Australia Zealand Arabia Syria
    Lebanon Jordan Morocco Tunisia Algeria Libya Ghana Nigeria Congo Ethiopia Africa Asia Europe America
    Berlin Council Relations Trade Policy Planning Security Administration Budget Finance Justice General
    Mission Delegation Government Department Party Committee Britain Russia Nicaragua Guatemala Panama"""
)
_PLURALS = {"chairmen": "Chairman", "secretaries": "Secretary", "congressmen": "Congressman"}
_PEER = re.compile(  # a peer is called by his title: "the Marquis of Salterton"
    rf"(?:(?:{_HONORIFICS})\b\.?\s+)?(?:Marquis|Marquess|Earl|Duke|Duchess|Viscount|Count|Baron|Prince)\s+of\s+[{_UP}][\w’'-]+(?:\s+(?:and|de)\s+[{_UP}][\w’'-]+)?$"
)
_FIRM = re.compile(
    r"(?:&|and)\s+(?:Company|Co\b\.?|Sons?\b|Brothers|Bros\b|Associates)\.?(?:,?\s+of\s+[\w ]+)?$"
)
_COUNTRY = re.compile(  # names of countries that hold a word for a body
    rf"(?:the\s+)?(?:United (?:Kingdom|States|Nations|Arab Republic)|Soviet Union|Union of [\w ]+|(?:[{_UP}][\w’'-]+\s+){{1,3}}(?:Republic|Union|Kingdom|Empire)|(?:Republic|Kingdom|Union|Commonwealth) of [\w ]+)$"
)
_ALL = re.compile(r"(?:the )?(?:all|certain|various|several|principal|other)\b", re.IGNORECASE)
_POSTS = re.compile(
    r"\b(?:Embassies|Legations|Consulates(?: General)?|Missions|Stations|Delegations|Posts|Governments|Representatives|Ambassadors|Ministers|Consuls(?: General)?)\s+(?:in|at|to|of)\s[^()]*$"
)
_ARTICLE = re.compile(r"(?:the|The|THE|an?|An?)\s+")
_OFFICE_WORDS = _set(
    """ambassador ambassadors minister ministers secretary secretaries president presidents chairman
    chairmen vice-president premier envoy envoys representative representatives delegate delegates
    director directors head chief chiefs chargé charge attaché attache counselor counsellor consul
    consuls consul-general adviser advisers advisor aide assistant assistants deputy deputies member
    members attorney solicitor general admiral commander governor mayor senator senators commissioner
    commissioners king queen prince princess emperor sultan shah khedive pope officer officers
    administrator comptroller controller postmaster marshal chancellor agent agents regent czar tsar
    supervisor coordinator specialist staff-director clerk judge justice speaker under-secretary
    spokesman plenipotentiary commandant archbishop cardinal bishop executive economist
    historian librarian counsel legate nuncio leader leaders adjutant provost quartermaster
    surgeon treasurer supreme doyen dean manager editor physician"""
)
_BODY_WORDS = _set(
    """department departments embassy embassies legation legations consulate consulates mission
    missions delegation delegations agency council committee board bureau office offices ministry
    government governments headquarters station stations section commission division staff section
    house congress senate parliament bank company corporation association society union league
    conference assembly organization organisation treasury navy army force command foundation
    institute university administration service services secretariat foreign-office party group
    task-force interests posts post residency company committee staffs presidium politburo cabinet
    chiefs-of-staff directorate center centre court trust club federation congregation tribunal
    chamber republic crown kingdom empire embassy's fleet corps working nations"""
)
_ALSO_SURNAMES = _set(
    """king house dean bishop pope prince judge justice major marshal mayor park post force
    crown court clerk speaker head staff abbot duke chamber center centre club board regent agent
    provost cardinal section church steward manager working page counsel league chancellor"""
)
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_JOINT = re.compile(r"\s*(?:,\s+and\s+|;\s+and\s+|;\s+|\s+and\s+(?:to\s+(?=the\b))?|\s*&\s+)")


def words_of(phrase: str) -> list[str]:
    """The words of a phrase, in lower case."""
    return [word.lower() for word in _WORD.findall(phrase)]


def has_office(phrase: str) -> bool:
    """Whether the phrase contains a word of office ("Minister", "Chief")."""
    return any(word in _OFFICE_WORDS for word in words_of(phrase))


def has_body(phrase: str) -> bool:
    """Whether the phrase contains a word for a body ("Embassy", "Council")."""
    return any(word in _BODY_WORDS for word in words_of(phrase))


def _no_name(phrase: str) -> bool:
    """Whether a word stands in it that no surname is spelt like."""
    words = words_of(phrase)
    return any(
        word in _OFFICE_WORDS | _BODY_WORDS
        and (word not in _ALSO_SURNAMES or (i + 1 < len(words) and words[i + 1] == "of"))
        for i, word in enumerate(words)
    )


def is_name(phrase: str) -> bool:
    """Whether the words can be a personal name and nothing else."""
    bare = _LEADING_HONOR.sub("", phrase.strip())
    if not _NAME.match(bare) or len(bare.split()) > 7:
        return False
    return not _no_name(bare)


@lru_cache(maxsize=4096)
def _plain(phrase: str) -> tuple[int, int, str | None, PartyKind] | None:
    """(start, end, role, kind) of the name within a phrase that holds one party."""
    lead = _ARTICLE.match(phrase)
    at = lead.end() if lead else 0
    body = phrase[at:]
    if not body:
        return None
    if _PEER.match(body):
        return at, len(phrase), None, "person"
    if _FIRM.search(body):
        skip = _LEADING_HONOR.match(body)
        return at + (skip.end() if skip else 0), len(phrase), None, "body"
    apposed = re.match(rf"(?P<who>{NAME}),\s+(?P<office>[^()]*\S)\s*\(", body)
    if (
        apposed is not None and len(_LEADING_HONOR.sub("", apposed["who"]).split()) > 1
        and is_name(apposed["who"]) and has_office(apposed["office"])
    ):  # fmt: skip
        ahead = _plain(phrase[at : at + apposed.end("who")])
        if ahead is not None:
            role = body[apposed.end("who") :].strip(" ,")
            return at + ahead[0], at + ahead[1], role, "person"
    close = body.rfind(")")
    if close != -1 and (close >= len(body) - 1 or _follows_name(body[close + 1 :])):
        open_ = body.rfind("(", 0, close)
        if open_ > 0:
            inside = body[open_ + 1 : close]
            inner = inside.strip()
            start = at + open_ + 1 + len(inside) - len(inside.lstrip())
            rest = body[close + 1 :].strip(" ,")
            role = " ".join((body[:open_].strip(" ,") + (f", {rest}" if rest else "")).split())
            if WITHHELD.fullmatch(inner):
                return start, start + len(inner), role, "person"
            named = _named_inside(inner)
            if named is not None and (lead is not None or not is_name(role) or has_office(role)):
                return start + named[0], start + named[1], role, "person"
            if is_name(role) or _HONORED.match(role):
                found = _plain(phrase[: at + open_].rstrip(" ,"))
                if found is not None:
                    extra = inner if found[2] is None else f"{found[2]}, {inner}"
                    return found[0], found[1], extra, found[3]
    withheld = WITHHELD.match(body)
    if withheld is not None:
        behind = body[withheld.end() :].strip(" ,") or None
        return (
            at,
            at + withheld.end(),
            behind,
            "person" if "name" in withheld[0].lower() else "unknown",
        )
    lodged = re.search(r"\s+(?:at|in|aboard)\s+(?=[A-Z][\w. ’'-]*$)", body)
    if lodged is not None:
        found = _plain(body[: lodged.start()])
        if found is not None and found[3] == "person":
            return at + found[0], at + found[1], found[2], "person"
    comma = re.search(r",\s+(?!(?:Jr|Sr|II|III|Esq)\b)|\s+—\s*|\s+[-–]\s+|—", body)
    if comma is not None:
        left = body[: comma.start()]
        found = _plain(left)
        if found is not None and found[3] == "person":
            role = body[comma.end() :].strip(" ,")
            both = f"{found[2]}, {role}" if found[2] else role
            return at + found[0], at + found[1], both, "person"
    titled = _TITLED.match(body)
    if titled is not None and not _office_like(titled["name"]):
        return _trim(at, titled, titled["title"], titled["rest"])
    ending = _ending_name(body) if lead is None else None
    if ending is not None:
        return at + ending, at + len(body), body[:ending].strip(), "person"
    honored = _HONORED.match(body)
    if honored is not None:
        return _trim(at, honored, honored["title"].strip(), None)
    of = re.search(r"\s+(?:of|at|in|from|for)\s+(?=the\b|The\b|[A-Z])", body)
    if of is not None and is_name(body[: of.start()]):
        left = body[: of.start()]
        skip = _LEADING_HONOR.match(left)
        begin = skip.end() if skip else 0
        if has_body(body[of.end() :]) or skip is not None or len(left.split()) > 1:
            rank = _LEADING_RANK.match(left, begin)
            begin = rank.end() if rank else begin
            role = " ".join(
                part for part in (left[:begin].strip(), body[of.start() :].strip()) if part
            )
            return at + begin, at + of.start(), role, "person"
    if is_name(body) and (lead is None or _LEADING_HONOR.match(body)):
        skip = _LEADING_HONOR.match(body)
        begin = skip.end() if skip else 0
        return at + begin, at + len(body), body[:begin].strip() or None, "person"
    rank = _LEADING_RANK.match(body)
    if rank is not None and is_name(body[rank.end() :]) and lead is None:
        return at + rank.end(), at + len(body), rank[0].strip(), "person"
    return at, at + len(body), None, _kind(body)


def _ending_name(body: str) -> int | None:
    """Where a name begins that ends an office without article: "Governing Mayor Brandt",
    "Chairman of the Council of Ministers of the Soviet Union Kosygin"."""
    words = body.split()
    if len(words) < 3 or not any(word.lower() in _OFFICE_WORDS for word in words[:3]):
        return None
    last = words[-1]
    if not re.fullmatch(_CAP, last) or last in _COMPLEMENTS or _no_name(last):
        return None
    before = words[-2]
    if before.lower() in (
        "of",
        "for",
        "the",
        "and",
        "in",
        "at",
        "to",
        "on",
        "from",
        "with",
    ) or before.endswith(","):
        return None
    if " of " in body or " for " in body:
        if before not in _COMPLEMENTS:
            return None
    elif before.lower() not in _OFFICE_WORDS:
        return None
    return body.rfind(last)


def _named_inside(inner: str) -> tuple[int, int] | None:
    """The name within parentheses: "Lansing", "Mr. Lyons", "General MacArthur"."""
    skip = _LEADING_HONOR.match(inner)
    begin = skip.end() if skip else 0
    rank = _LEADING_RANK.match(inner, begin)
    begin = rank.end() if rank else begin
    if is_name(inner[begin:]):
        return begin, len(inner)
    titled = _TITLED.match(inner)
    if titled is not None and not _office_like(titled["name"]):
        return titled.start("name"), titled.end("name")
    return None


def _follows_name(rest: str) -> bool:
    """Whether what stands behind the closing parenthesis belongs to the same party."""
    return (
        re.match(r"\s*(?:,\s*(?:at|in|on|aboard)\s|,\s*[A-Z]|\s+(?:at|in|aboard|of)\s)", rest)
        is not None
        and len(rest) < 60
    )


def _trim(
    at: int, match: re.Match[str], title: str, rest: str | None
) -> tuple[int, int, str | None, PartyKind]:
    start, end = match.span("name")
    skip = _LEADING_HONOR.match(match["name"])
    if skip is not None:
        start += skip.end()
    role = re.sub(r"^(?:the|The)\s+", "", title.strip())
    if rest and rest.strip().split()[-1] not in ("Jr.", "Sr."):
        role = f"{role} {rest.strip()}"
    return at + start, at + end, role or None, "person"


def _office_like(name: str) -> bool:
    return _no_name(name)


def _kind(body: str) -> PartyKind:
    words = words_of(body)
    if re.match(r"(?:all|certain|various|several|american|principal)\b", body, re.IGNORECASE) and (
        (words and words[-1].endswith("s")) or "certain" in words
    ):
        return "group"
    plural = bool(words) and words[0] in (
        "chiefs", "heads", "leaders", "members", "ministers", "ambassadors",
    )  # fmt: skip
    plural = plural or bool(
        words and words[-1] in ("leaders", "officers", "missions", "posts", "officials")
    )
    if plural and words[:3] != ["chiefs", "of", "staff"]:
        return "group"
    for word in words:
        if word in ("chiefs",) and "staff" in words:
            return "body"
        if word in _OFFICE_WORDS:
            return "office"
        if word in _BODY_WORDS:
            return "body"
    if body.isupper():
        return "body"
    return "unknown"


def party(phrase: str, offset: int, rule: str) -> Party | None:
    """The party that a phrase names; its span is that of its name.

    >>> party("the Ambassador in France (Dillon)", 0, "x").name
    'Dillon'
    >>> party("Secretary of State Rusk", 0, "x").role
    'Secretary of State'
    >>> party("the Embassy in the Soviet Union", 0, "x").kind
    'body'
    """
    lead = len(phrase) - len(phrase.lstrip(" ,;:.—–-"))
    text = (
        phrase[lead:].rstrip(" ,;:.—–-")
        if not re.search(r"(?:Jr|jr|Sr|Co|Inc|\b[A-Z])\.$", phrase.rstrip(" ,;:"))
        else phrase[lead:].rstrip(" ,;:")
    )
    if not text or not re.search(r"[^\W\d_]", text):
        return None
    found = _plain(text)
    if found is None:
        return None
    start, end, role, kind = found
    name = " ".join(text[start:end].split())
    where = None
    at = _WHERE.search(text[end:] if kind == "person" else name)
    if at is not None:
        where = at["place"]
        if kind != "person":
            cut = len(name) - len(name[: at.start()])
            name = name[: at.start()]
            end -= cut
    if role is not None:
        role = " ".join(role.split()).strip(" ,") or None
        if role:
            role = _EMPTY_TITLE.sub("", role)
            role = re.sub(r"^(?:the|The)\s+", "", role) or None
    return Party(
        name=name, role=role, kind=kind, place=where, start=offset + lead + start,
        end=offset + lead + end, rule=rule,
    )  # fmt: skip


def parties(phrase: str, offset: int, rule: str) -> tuple[Party, ...]:
    """All parties of a phrase: joint senders and addressees are separate entries.

    An "and" parts only where both sides stand alone: behind a name, or before "the"
    and another office; "Near Eastern and South Asian Affairs" is not parted.

    >>> [p.name for p in parties("President Kennedy and Prime Minister Macmillan", 0, "x")]
    ['Kennedy', 'Macmillan']
    >>> [p.name for p in parties("Chairmen Khrushchev and Brezhnev", 0, "x")]
    ['Khrushchev', 'Brezhnev']
    """
    cuts: list[tuple[int, int]] = []
    begin = 0
    joins = list(_JOINT.finditer(phrase))
    if joins:
        joins += [
            comma for comma in re.finditer(r",\s+(?=(?:the|The|[A-Z]))", phrase)
            if not any(j.start() <= comma.start() < j.end() for j in joins)
        ]  # fmt: skip
        joins.sort(key=lambda join: join.start())
    for join in joins:
        left, right = phrase[begin : join.start()].strip(" ,"), phrase[join.end() :].strip()
        if left and right and _parts(left, right, join[0]):
            cuts.append((begin, join.start()))
            begin = join.end()
    cuts.append((begin, len(phrase)))
    found: list[Party] = []
    for a, b in cuts:
        one = party(phrase[a:b], offset + a, rule)
        if one is not None:
            found.append(one)
    return _shared(found)


def _first(right: str) -> str:
    """The first party-like piece on the right of a join."""
    depth = 0
    for i, char in enumerate(right):
        if char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
        elif (
            depth <= 0
            and (char in ",;" or right.startswith(" and ", i))
            and not right.startswith(", Jr", i)
        ):
            return right[:i]
    return right


def _parts(left: str, right: str, join: str) -> bool:
    plain_and = "and" in join or "&" in join or ";" in join
    found = _plain(left)
    first = _first(right)
    if found is None:
        return False
    named = found[3] == "person"
    if left.count("(") != left.count(")"):
        return False
    if _FIRM.search(left + " " + join.strip() + " " + right):
        return False  # "Pell, Marbury & Co."
    if _ALL.match(left) and not re.search(r"s\b", left.partition(" ")[2]):
        return False  # "All Diplomatic and Consular Officers"
    if re.match(r"(?:Company|Co\b|Sons|Brothers|Associates|Bros)", right):
        return False
    if left.endswith(")") and named:
        return (
            (plain_and and not first[:1].islower()) or first[:4] == "the " or _plain_person(first)
        )
    if named:
        if not plain_and:  # a comma behind a name: its office follows, or another person
            return _plain_person(first) and " and " in right
        if found[2] is not None and re.match(
            r"^(?:the )?[A-Z]\w+ (?:Affairs|Relations|Staff)", first
        ):
            return False
        if (
            len(left.split()) >= 1
            and found[0] > 0
            and left.endswith(tuple("aeiou"))
            and first == ""
        ):
            return False
        return not first[:1].islower() or first[:4] in ("the ", "his ")
    if not plain_and:
        if first.startswith("the ") and has_body(left) and has_body(first) and not has_office(left):
            return " and " in right
        return (
            first.startswith("the ")
            and has_office(left)
            and _right_is_office(first)
            and " and " in right
        )
    if plain_and and re.fullmatch(r"(?:[Oo]ther|[Cc]ertain|[Aa]ll) (?:[\w-]+ )*[A-Z]?\w+s", first):
        return True  # "the Embassy in Ruritania and Other Posts"
    if _POSTS.search(left) and not has_body(_COUNTRY.sub("", first)):
        return False  # "the Embassies in France and the United Kingdom"
    if re.fullmatch(_RULERS, left) and re.fullmatch(_RULERS, first.strip(" ,")):
        return True
    if first.startswith(("the ", "The ", "to the ")) and _right_is_office(first):
        return not re.search(r"\b(?:of|for|between)$", left) and not _complement(left, right)
    if re.match(
        r"(?:Secretary|President|Prime Minister|Ambassador|Foreign Minister|Chairman|Premier|General|Admiral|Director)\b",
        first,
    ):
        one = _plain(first)
        if one is not None and one[3] == "person":
            # "the Counselor and Chairman of the Council (Rostand)" is one person
            return not (first.endswith(")") and _ARTICLE.match(left) and "(" not in left)
        return False
    return bool(WITHHELD.match(first)) and found[3] == "person"


def _complement(left: str, right: str) -> bool:
    """Whether the right side only continues the office on the left ("... for Europe and the Office")."""
    last = re.search(r"\b(?:Office|Bureau|Department|Division) of$", left)
    return last is not None


def _right_is_office(first: str) -> bool:
    head = words_of(re.split(r"\s(?:of|for|in|at|to)\s", first)[0])
    return any(word in _OFFICE_WORDS or word in _BODY_WORDS for word in head)


def _plain_person(first: str) -> bool:
    one = _plain(first.strip())
    return one is not None and one[3] == "person"


def _shared(found: list[Party]) -> tuple[Party, ...]:
    """A plural title before the first of joint names holds for all of them; what follows
    the last ("of the National Security Council Staff") for those before it."""
    out = list(found)
    if len(out) > 1 and out[0].role:
        title = out[0].role
        single = _PLURALS.get(title.lower()) or re.sub(r"(?<=[a-z])s$", "", title)
        if single != title and out[1].kind == "person" and out[1].role is None:
            out[0] = msgspec.structs.replace(out[0], role=single)
            for index in range(1, len(out)):
                if out[index].kind == "person" and out[index].role is None:
                    out[index] = msgspec.structs.replace(out[index], role=single)
    if len(out) > 1 and out[-1].role and out[-1].role.startswith("of "):
        for index in range(len(out) - 1):
            if out[index].kind == "person" and out[index].role is None:
                out[index] = msgspec.structs.replace(out[index], role=out[-1].role)
    return tuple(out)
