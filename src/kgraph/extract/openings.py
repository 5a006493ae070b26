"""What opens and closes a letter or telegram: numbers, salutation, signature, markings.

A telegram opens with its number ("2936. Eyes only Ambassador"); a despatch bears
"No. 1234"; a letter has a salutation, from which an addressee may be inferred where
no heading names one, and a valediction with a signature.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kgraph.extract import naming, offices
from kgraph.extract.headings import parties as who
from kgraph.extract.headings.joint_parties import shifted
from kgraph.model import Evidence, Number, Party

_TELEGRAM_NUMBER = re.compile(
    r"(?:\[?(?:No\.|Number|NUMBER)\s?)?(?P<number>(?!(?:Your|My|Our|Ur|Urtel|Re|Ref|Reftel|Embtel|Legtel|Deptel|Contel|Number|NUMBER)\b)"
    r"(?:[A-Z][A-Za-z]{1,9}[- ])?\d{1,6}(?:[–-]\d{1,3})?)(?:\.\]?|\.?\])(?=\s|$)"
)
_NUMBER_SAID = re.compile(r"\[?(?:Number|NUMBER|No\.)\s(?P<number>\d{1,5})(?=[,;:]\s)")
_SERIES_NUMBER = re.compile(
    r"(?P<number>(?:CAP|SECTO|Secto|TOSEC|Tosec|POLTO|Polto|TOPOL|Topol|DULTE|Dulte|TEDUL|Tedul|DELGA|Delga|GADEL|Gadel|COHED|Cohed|USRO|DIR|LINC|GUAT"
    r"|WH|Navaf|NAF|Naf|FAN|Fan|JCS|DEF|CINCPAC|WAR|MX|CM-IN|Busec|Martel|Telmar|Actel|Telac|Hakto|Tohak|HAKTO|TOHAK)\s?[-–]?\s?\d{1,6}(?:[–-]\d+)?)\.?\s"
)
_ADDRESSED = re.compile(  # "From the President to the Premier, personal, No. 84."
    r"(?=[^\n]*\b(?:[Tt]o|[Ff]or)\s)(?:[A-Z][\w ]*|[Ff]rom )[^.:\n]{8,110}?[\s,]+(?:[Nn]umber|[Nn]o\.|[Nn]r\.|#)\s?(?P<number>\d{1,5})\.?"
)
_SENT = ("telegram", "message")
_NUMBER_ALONE = re.compile(r"\[?No\.\s?(?P<number>\d{1,6})\.?\]?\s*")  # "No. 191", a line
_NO = re.compile(r"\[?\bNo\.?\s?(?P<number>\d[\w/–-]*(?:\s(?:bis|ter)\b)?)\.?\s?\]?")
_OF_A_PAPER = re.compile(  # a line of its own: "NSC 124/2", "USDel/MC/14", "SNIE 85–3–62"
    r"(?!(?:No|Nos|Circular|Tab|Annex|Box|Page|Part|Section|Priority|Niact)\b"
    r"|(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*\b|.*\d/\d{1,2}/\d\d(?:\d\d)?$)"
    r"(?P<number>[A-Z][A-Za-z]{0,8}(?:[ /–-](?:[A-Z][A-Za-z]{0,4}|\d{1,3})){0,3}[ /–-]?\d{1,4}(?:[/–-](?:\d{1,4}|[A-Z][A-Za-z]{0,3}|\([A-Z]{1,4}\))){0,4})"
)
_OF_A_SERIES = re.compile(
    r"(?P<number>[A-Z]{2,5}(?:[/–-][A-Z]{1,5})? No\. ?\d{2,6}(?:[/–-]\d{1,4}){1,2})\.?"
)
"""A series with its own numbers: "SC No. 00412/66"."""
_AIRGRAM_NUMBER = re.compile(r"\b(?P<number>(?:[A-Z]{1,2}|CA|CG)[-–]\s?\d{1,5})\b")
SALUTATION = re.compile(
    r"(?:[Mm][Yy]\s+)?(?:(?:DEAR|[Dd]ear|ESTEEMED|Esteemed|RESPECTED|Respected|Highly [Ee]steemed)\s+(?P<who>(?:(?:Mr|MR|Mrs|Dr|Gen|Sec|St|Col)\.\s*|[^:,.!—]){2,60}?)"
    r"|(?P<formal>Sirs?|SIRS?|Gentlemen|Excellency|EXCELLENCY|Your Excellency|Monsieur (?:le\s|l[’'])[A-Z]\w+|Mr\. (?:President|Chairman|Secretary|Prime Minister|Minister|Ambassador)|MR\. (?:PRESIDENT|CHAIRMAN|SECRETARY)))"
    r"\s*[:,.!—]"
)
_GREETS = ("My", "MY", "my", "De", "DE", "de", "Es", "ES", "Re", "RE", "Hi", "Si", "SI", "Ge", "Ex", "EX", "Yo", "Mo", "Mr", "MR")  # fmt: skip
"""How what `SALUTATION` matches begins."""
_MARKS = r"eyes only|niact|priority|immediate|flash|urgent|nodis|exdis|limdis|limit distribution|operational|sensitive|personal|most immediate|security information|no distribution|rush|u\.?\s?s\.? urgent|plain"
HANDLING = re.compile(rf"(?:{_MARKS})(?:[\s,;/—–-]+(?:{_MARKS}))*\.?", re.IGNORECASE)
"""A line that holds marks of handling alone."""
CLASSIFICATION = re.compile(
    r"\(?(?P<class>top secret|secret|confidential|restricted|unclassified|official use only|limited official use|strictly confidential)\b\)?"
    rf"(?P<rest>(?:[\s,;/—–-]+(?:{_MARKS}|secret|top secret))*)\.?\s*$",
    re.IGNORECASE,
)
REMARK = re.compile(
    r"[\[(](?:Extracts?|Telegram|Translation|Paraphrase|Circular|Note [Vv]erbale|Aide|Memorandum|Confidential|Private|Personal"
    r"|Copy|[EI]nclosure|Substance|Cipher|Cable|Strictly|Unofficial|By (?:[A-Z]\w+ )?(?:telegraph|cable|wire))[^\])]*[\])]\.?",
    re.IGNORECASE,
)
"""A remark above the text, in brackets."""
_VALEDICTION = re.compile(
    r"(?:(?:Very\s+)?(?:Sincerely|Cordially|Faithfully|Respectfully|Truly|Affectionately)\b|Yours\b|I (?:am|have the honor)\b|With (?:warm|best|kind|high)|Best (?:wishes|regards)|Accept\b|Believe me)",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"(?:/s/|\(signed\)|\[signed\]|signed:?)\s*(?P<name>.+)$", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[A-Z]\.\s?){1,4}")
VALEDICTION_ENDS = re.compile(
    r"\b(?:[Yy]ours|[Yy]rs\.?|[Ss]incerely|[Rr]espectfully|[Ff]aithfully|[Cc]ordially|[Tt]ruly|[Ss]ervant|[Rr]egards|[Rr]espects?|[Ww]ishes|[Cc]onsideration|etc\.)(?: yours)?,\s*$"
)
_SEAL = re.compile(r"[\[(](?:seal|l\. ?s\.)[\])]", re.IGNORECASE)
_IN_BRACKETS = re.compile(  # "[signed Joe] Joseph Palmer", "[Packard signed]"
    r"\[\s*(?:signed\s+(?P<behind>[^\]]+)|(?P<before>[^\]]+?)\s+signed)\s*\]\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_NO_SIGNATURE = re.compile(
    r"(?i)(?:attachments?|enclosures?|annex|appendix|tab|participants|present|others present|reference|references|subject|memorandum|interpreters?"
    r"|recommendations?|conclusions?|summary|background|discussion|introduction|approve|disapprove|omitted|end|note|text|top secret|secret|confidential"
    r"|unclassified|restricted|objectives?|general|problem|analysis|comment|action|the|none|not printed|ibid|infra|supra|see|other|others|thanks|advise|reply|prospects|outlook|library|approved|reviewed|further|letter|telegram"
    r"|operation|phase|part|section|chapter|legal|sir|yes|no|alternatives?|options?|issues?|talking|proposed|draft|longer|critique|status)\b"
)


def numbers(text: str, start: int, end: int, form: str) -> list[Number]:
    """The number with which a first paragraph opens."""
    found = _SERIES_NUMBER.match(text, start, end)
    if found is not None:
        return [_number("telegram", found)]
    found = (
        _TELEGRAM_NUMBER.match(text, start, end)
        or _NUMBER_SAID.match(text, start, end)
        or _NUMBER_ALONE.fullmatch(text, start, end)
        or (_ADDRESSED.fullmatch(text, start, end) if end - start < 140 and form in _SENT else None)
    )
    if found is None:
        return []
    value = found["number"]
    if len(value) < 2 and text[found.end() : end].strip():
        return []  # "1. ..." is the first point of a list
    kind = "telegram" if form in ("telegram", "other", "message") else "despatch"
    if form in ("memorandum", "memorandum-of-conversation", "minutes", "letter", "editorial-note"):
        return []
    return [_number(kind, found)]


def opener_numbers(text: str, start: int, end: int, form: str) -> list[Number]:
    """The numbers in an opener or dateline: "No. 9973", "Circular No. 39"."""
    kind = "telegram" if form in ("telegram", "cipher-telegram") else "despatch"
    if form in ("memorandum", "minutes", "memorandum-of-conversation"):
        kind = "document"
    if text[start : start + 8].lower() == "circular":
        kind = "circular"
    paper = _OF_A_PAPER.fullmatch(text, start, end) if end - start < 30 else None
    paper = paper or _OF_A_SERIES.fullmatch(text, start, end)
    if paper is not None and "telegram" not in form:
        return [_number("document", paper)]
    return [
        _number("circular" if text[: found.start()].endswith("Circular ") else kind, found)
        for found in _NO.finditer(text, start, end)
    ]


def designator(text: str, start: int, end: int) -> list[Number]:
    """The number of a paper that stands alone as its first line: "PPS/51"."""
    paper = _OF_A_PAPER.fullmatch(text, start, end) if end - start < 30 else None
    return [_number("document", paper)] if paper is not None else []


def airgram_numbers(text: str, start: int, end: int) -> list[Number]:
    """The number of an airgram: "A–244", "CA-6414"."""
    found = _AIRGRAM_NUMBER.search(text, start, end)
    return [_number("airgram", found)] if found is not None else []


def _number(kind: str, found: re.Match[str]) -> Number:
    start, end = found.span("number")
    return Number(
        kind=kind,
        value=" ".join(found["number"].split()),
        start=start,
        end=end,
        rule="opening-number",
    )


def greeting(text: str, start: int, end: int) -> re.Match[str] | None:
    """The salutation that stands at `start`; most places fall out by their first letters."""
    return SALUTATION.match(text, start, end) if text.startswith(_GREETS, start) else None


def salutation(text: str, start: int, end: int) -> Party | None:
    """Whom a salutation speaks to; its words are a title more often than a name.

    The party is *inferred*: "Dear Mr. President" names an office, "Dear Mr. Murphy" a
    person, "Sir" nobody.
    """
    found = greeting(text, start, min(end, start + 110))
    if found is None or (found["who"] is None and found["formal"] is None):
        return None
    group = "who" if found["who"] else "formal"
    words = found[group]
    if re.fullmatch(r"Sirs?|SIRS?|Gentlemen|Excellency|EXCELLENCY|Your Excellency", words):
        return None
    title = re.match(
        r"(?:Mr\.|MR\.|Madam|Mrs\.|Miss)\s+(?P<office>(?:Vice[- ])?(?:President|Chairman|Secretary|Prime Minister|Minister|Ambassador|Premier|Chancellor|Foreign Minister|Under Secretary|Attorney General|Governor|Senator|Speaker|Mayor|Director))\b(?: General)?$",
        words,
        re.IGNORECASE,
    )
    if title is not None:
        name = " ".join(part.capitalize() for part in title["office"].split())
        return Party(
            name=name,
            kind="office",
            start=found.start(group),
            end=found.end(group),
            rule="salutation",
            certainty="inferred",
            note=f"from the salutation “{' '.join(words.split())}”",
        )
    one = who.party(words, found.start(group), "salutation")
    if one is None or one.kind not in ("person", "office"):
        return None
    return Party(
        name=one.name,
        role=one.role,
        kind=one.kind,
        start=one.start,
        end=one.end,
        rule="salutation",
        certainty="inferred",
        note="from the salutation",
    )


def signers(text: str, start: int, end: int) -> tuple[Party, ...]:
    """The names in the words of a signature; offices below a name go to its role."""
    return shifted(_signers(text[start:end]), start)


@lru_cache(maxsize=4096)
def _signers(words: str) -> tuple[Party, ...]:
    lead = _SIGNED.match(words)
    at = lead.start("name") if lead is not None else 0
    out: list[Party] = []
    for line in words[at:].split("\n"):
        held = _IN_BRACKETS.match(line.strip())
        line = _SEAL.sub(lambda m: " " * len(m[0]), line)
        clean = (held["rest"] or held["behind"] or held["before"] if held else line).strip(" ,;")
        if not re.search(r"\b[A-Z]\.$|\b(?:Jr|Sr)\.$", clean):
            clean = clean.rstrip(" .,;")
        begin = at + line.find(clean) if clean else at
        at += len(line) + 1
        if not clean or _VALEDICTION.match(clean):
            continue
        named = _name_of(clean, begin)
        if named is not None:
            out.append(named)
        elif out and out[-1].role is None and offices.has_office(clean):
            last = out.pop()
            out.append(
                Party(
                    name=last.name,
                    role=clean,
                    kind="person",
                    start=last.start,
                    end=last.end,
                    rule="signature",
                )
            )
        elif (
            not out
            and len(clean.split()) < 4
            and (offices.has_office(clean) or offices.has_body(clean))
        ):
            out.append(  # "American Ambassador"
                Party(
                    name=clean,
                    kind="office" if offices.has_office(clean) else "body",
                    start=begin,
                    end=begin + len(clean),
                    rule="signature",
                )
            )
    return tuple(out)


_SECTION = re.compile(r"(?:[IVX]{2,5}|[IVX])\.? [A-Z]\w{3}")  # "III. Balkans"


def signature_like(name: str) -> bool:
    """Whether the words can be a signature: a name, initials, or both with additions."""
    if len(name) < 3 or _NO_SIGNATURE.match(name) or _SECTION.match(name):
        return False
    if _INITIALS.fullmatch(name) or _INITIALS.fullmatch(f"{name}."):
        return True
    if (name.isupper() and " " in name) or naming.is_place(name.strip(" .")):
        return False
    return offices.is_name(re.sub(r"[\[\]]", "", name)) and len(name.split()) < 6


def _name_of(clean: str, begin: int) -> Party | None:
    if re.match(r"[Ff]or (?:the\s)?", clean):
        return None
    if _INITIALS.fullmatch(clean) or (
        "[" in clean and offices.is_name(re.sub(r"[\[\]]", "", clean)) and len(clean) < 50
    ):  # "W. W.", "C[ordell] H[ull]"
        return Party(
            name=clean, kind="person", start=begin, end=begin + len(clean), rule="signature"
        )
    parts = re.split(r",\s+(?!(?:Jr|Sr|II|III)\b)", clean, maxsplit=1)
    name = parts[0]
    if not (name.isupper() or offices.is_name(name)):
        return None
    if len(name.split()) > 6 or re.search(r"\d(?!nd$|rd$)", name):
        return None
    one = who.party(name, begin, "signature")
    if one is None:
        return None
    role = parts[1] if len(parts) > 1 else one.role
    return Party(
        name=one.name, role=role, kind="person", start=one.start, end=one.end, rule="signature"
    )


def marking(text: str, start: int, end: int) -> tuple[str | None, list[str], list[Evidence]]:
    """Classification and handling where a short line holds nothing else."""
    if end - start > 80:
        return None, [], []
    found = CLASSIFICATION.match(text, start, end)
    if found is None:
        return None, [], []
    words = " ".join(word.capitalize() for word in found["class"].split())
    handling = [
        part.strip(" ,;/—–-").capitalize()
        for part in re.split(r"[,;/]| {2,}", found["rest"])
        if part.strip(" ,;/—–-")
    ]
    evidence = [
        Evidence(
            field="classification",
            start=found.start("class"),
            end=found.end("class"),
            rule="opening-marking",
        )
    ]
    return words, handling, evidence
