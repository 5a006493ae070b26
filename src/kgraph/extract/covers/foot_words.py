"""What the lines below a text are told by, and from which line on they can stand."""

from __future__ import annotations

import re

from kgraph.extract import naming
from kgraph.extract.covers import trailing
from kgraph.extract.covers.lines import DATE, GAP
from kgraph.extract.present_labels import LABEL

TRANSLATOR = re.compile(
    r"^(?:(?:Translat(?:ed|ion)|Interpreted)(?: \w+)? by|Translators?|Interpreter)\s*:?\s*(?P<who>.+)$"
)
RECORDER = re.compile(
    r"^(?:(?:The )?(?:[Cc]onversation|[Rr]ecord|[Mm]inutes|[Nn]otes|[Pp]rotocol)?\s*(?:was |were )?(?:[Rr]ecord(?:ed)?|[Cc]ompiled|[Tt]ranscribed|[Ww]ritten"
    r"|[Dd]rafted|[Pp]repared|[Tt]aken(?: down)?) by|Note[- ]?taker)\s*:?\s*(?P<who>.*)$"
)
VALEDICTION = re.compile(
    r"(?:(?:Always |I remain |Very )?(?:[Ss]incerely|[Rr]espectfully|[Ff]aithfully|[Cc]ordially|[Tt]ruly)(?: [Yy]ours)?"
    r"|Yours (?:sincerely|faithfully|truly|respectfully|ever|always|aye|etc\.?)|With (?:best|warm|kind|deep|great|high|profound)[\w ]{0,40}"
    r"(?:wishes|regards|respect|greetings|esteem)|Thank you(?: again)?|(?:With )?[Bb]est wishes|(?:(?:[Bb]est|[Kk]ind(?:est)?|[Ww]arm(?:est)?|[Pp]ersonal) )?[Rr]egards(?=,|$)"
    r"|With (?:the )?(?:\w+ )?assurances? of (?:my|our)[\w ]{0,40}(?:consideration|esteem|respect)"
    r"|With (?:comradely|communist|fraternal|party|friendly|socialist|cordial) (?:greetings?|regards|salutations))\s*[,.]?"
)
SIGNED = re.compile(
    r"^(?:/-/|\(-\)|(?-i:ss?\.(?=\s[A-Z]))|\(signed\)|/s/|s/s|\[signed\]|\[signature\]:?|\(ss?\.?\)|Sd\.?(?:/-|/|[-.])(?=\s|\(|$)|Signed:?|p\.p\.)\s*",
    re.IGNORECASE,
)
NEWSPAPER = re.compile(r"[\"“«][A-Z][^\"“”»]{1,29}[\"”»],?\s")
LONE_TOWN = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ]+(?: [A-ZÀ-Þ][a-zà-ÿ]+)?")
ROLE_BEHIND = re.compile(  # "Anna Berg, head of the Bern bureau"
    r"(?P<who>[A-ZÀ-Þ][^,\n]{2,40}), (?P<role>(?:the )?[a-z][^\n]{4,80})$"
)
BODY_IN_TOWN = re.compile(
    r"(?:The |the )?(?:(?:[A-ZÀ-Þ][\w’'-]+|of|for|the) ){0,4}(?:Department|Ministry|Embassy|Legation|Office|Mission|Consulate|Chancellery)"
    r"(?: (?:of|for|the|in|and|[A-ZÀ-Þ][\w’'-]+)){0,5}?,? (?P<town>(?:(?:New|San|Santa|Buenos|Addis|Phnom|Hong|Tel|Ulan|Kuala|The) )?[A-ZÀ-Þ][\w’'-]+)"
)
OF_AN_ADDRESS = re.compile(r"(?:Room|Hotel|Apartment|Apt|Street|Telephone|Tel|Address|Box)\b")
COPIES = re.compile(
    r"\[?(?:(?:COPIES|Copies|Copy|COPY)(?:\s+(?:sent|given|made|go))?(?:\s+(?:to|for)\b)?|(?:Excerpts?|Extracts?)(?:\s+(?:sent|from protocol|go))?"
    r"(?:\s+to\b)?|Sent(?:\s+to\b)?|Distribution(?:\s+list)?|Distributed\s+to|CC|Cc|cc|c\.c\.)(?:\s*:\s*|(?<=cc)\s+(?=[A-ZÀ-Þ])|(?<=c\.c\.)\s+(?=[A-ZÀ-Þ]))(?P<who>\S.*?)[\].]*$"
)
COPIES_SENT = re.compile(
    r"Copies\s+(?:(?:were|have been|are)\s+)?(?:sent|distributed|given)\s+to\s+(?:the\s+)?"
    r"(?P<who>(?:[Cc]omrades?\s+|[Cc]om(?:s|r|rs)?\.\s+|[Cc]des?\.\s+)?[A-Z][^:]*?)\.?$"
)
MARKED = re.compile(
    r"(?:(?:Extract|Copy) is (?:true|correct)|Verified(?: by)?|True(?: copy| extract)?|Correct|Certified(?: true)?|(?:The )?[Cc]opy is (?:correct|true))\s*:|\[?(?:Marks?|Resolution|Stamps?|Annotation|Inscription|Handwritten note|Handwritten|Note in the margin)\b[^:\n]{0,40}:\s*[\"“\w]"
)
"""An editor's account of marks on the paper, below its signature."""
FOR_WHAT = re.compile(r"\s+[-–—]\s+(?:for|all|points?|items?)\b[^,;]*")
TO_EACH = re.compile(r"(?<![^\s,;])to(?=\s)")
NOBODY = re.compile(
    r"(?i)(?:the |for the )?(?:file|files|archives?|case|record)|to the file|\d+ copies"
)
INSIDE_ADDRESS = re.compile(
    r"(?P<lead>(?:Shri|Smt\.?|Sardar|H\.?\s?E\.?|The (?:Right )?Hon(?:ou?rable|\.)|Dr\.?|Mr\.?|Mrs\.?|Sir|Herr|Monsieur|M\.)\s)(?:[A-Z]\.\s?){0,3}[A-Z][^.;]{2,50},?$"
)
"""Whom a letter is to, below its signature: "Shri K. Orlin, I.C.S.,"."""
OFFICE_BELOW = re.compile(r"[A-ZÀ-Þ][\w’'-]*(?: [\w’'.-]+){0,5}|[a-zà-ÿ’'-]+(?: [a-zà-ÿ’'-]+){0,2}")
OUTGOING = re.compile(r"\s+(?:No\.\s?)?\d{1,3}\.?$")
"""The number of a telegram behind the name that signs it: "ORLIN 411"."""
BARE_INITIALS = re.compile(r"(?P<name>(?:[A-ZÀ-Þ]\s){1,3}[A-ZÀ-Þ][\w’'-]{2,})")
"""Initials without full stops: "R F ORLIN"."""
RANK = re.compile(
    r"(?:(?:Maj|Gen|Lt|Lieut|Col|Capt|Adm|Brig|Sgt|Dr|Prof)\.(?:-(?:Gen|Col)\.)?\s+)+(?=\S)"
)
LOWEST = 16
"""Lines from the end among which a foot can begin."""


RANK_ALONE = re.compile(
    r"(?:(?:Lieutenant|Lt\.?|Major|Maj\.?|Colonel|Col\.?|Brigadier|Brig\.?|Vice|Rear|Senior|First|Second)[ -])*"
    r"(?:General|Gen\.|Colonel|Col\.|Major|Maj\.|Captain|Capt\.|Lieutenant|Lt\.|Admiral|Brigadier|Marshal)"
)
"""A rank on a line of its own, below or above a name."""


def only_name(words: str) -> bool:
    """Whether the words are one person's name and nothing else."""
    words = SIGNED.sub("", words).strip(' "”.,*:')
    if re.fullmatch(r"\([^()]+\)|/[^/]+/", words):
        words = words[1:-1]
    if not words or len(words) > 60 or naming.is_place(words):
        return False
    return naming.trailing_name(words) == (0, len(words))


def first_line(text: str, spans: list[tuple[int, int]], head: int) -> int:
    foot = len(spans)
    while foot > max(head, 0) and len(spans) - foot < LOWEST:
        line = GAP.sub("  ", text[slice(*spans[foot - 1])])
        if (
            MARKED.match(line)
            or COPIES.match(line)
            or COPIES_SENT.match(line)
            or RECORDER.match(line)
        ):
            foot -= 1
            continue
        prose = line.endswith((".", "?", ";")) and len(line) > 62 and not mostly_date(line)
        if len(line) > 130 or prose:
            break
        item = re.match(r"(?:[-–•]|\d{1,2}[.)])\s", line) and trailing.outgoing(line) is None
        if item and not DATE.match(line):
            break
        foot -= 1
    return foot


SMALL_WORD = re.compile(r"(?<=\s)(?:IN|OF|THE|ON|AND|FOR|WITH|TO|FROM|ABOUT|BETWEEN)(?=\s)")
"""Words in capitals that stand in headings, never in names."""
OF_HOUSE = re.compile(
    r"(?:the |The )?(?:[A-ZÀ-Þ][\w’'-]+|of|for|the|and|CC|CPSU)(?: (?:[A-ZÀ-Þ][\w’'-]+|of|for|the|and)){0,6}"
)


def mostly_date(line: str) -> bool:
    found = DATE.search(line)
    return found is not None and len(found[0]) > 0.5 * len(line)


def below_lists(text: str, spans: list[tuple[int, int]], start: int) -> int:
    """The line where a foot can begin, below the lists of those present, whose names sign nothing."""
    for at in range(start, len(spans)):
        label = LABEL.match(text[slice(*spans[at])].strip())
        if label is None or label["colon"] is None:
            continue
        if label["who"]:
            start = max(start, at + 1)
            continue
        for below in range(at + 1, len(spans)):
            line = text[slice(*spans[below])].rstrip()
            if line.endswith((".", "?", "!")) and len(line.split()) > 4:
                start = max(start, below)
                break
    return start


def is_prose(line: str) -> bool:
    """Whether a line below a name is a sentence of the text, and no mark of copies or hands."""
    small = [word for word in line.split() if word.isalpha() and word.islower()]
    if not line.endswith((".", "?", "!")) or len(line.split()) < 6 or len(small) < 3:
        return False
    known = (MARKED, COPIES, COPIES_SENT, RECORDER, TRANSLATOR)
    return not line.startswith(("[", "(", "P")) and not any(one.match(line) for one in known)


def closes(rest: list[str], *, sure: bool) -> bool:
    """Whether nothing but an office or a date follows below a name, in the lines `rest`: a date
    alone only below a sure name."""
    office = [line for line in rest if _is_office_below(line)]
    dates = [line for line in rest if mostly_date(line)]
    if not rest or len(office) + len(dates) < len(rest):
        return False
    return sure or bool(office)


def office_ends(rest: list[str]) -> bool:
    """Whether an office or rank, and no more, stands below: "Orlin / Captain"."""
    return len(rest) == 1 and _is_office_below(rest[0])


def _is_office_below(line: str) -> bool:
    if RANK_ALONE.fullmatch(line.strip(" .,")):
        return True
    return OFFICE_BELOW.fullmatch(line) is not None and naming.is_office(line)


def follows(line: str) -> bool:
    """Whether a line below a signature tells of copies, of who wrote it down or translated it."""
    known = (TRANSLATOR, RECORDER, COPIES, COPIES_SENT)
    return any(one.match(line) for one in known) or trailing.passes_over(line)
