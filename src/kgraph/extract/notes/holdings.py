"""Archival citations: holder, shelfmark, which copy; "ibid." gone back to its antecedent.

"Department of State, Central Files, 611.61/2-2261" is a holder (up to the first
comma) and a shelfmark (the rest, as printed). Old notes give the shelfmark alone:
a central file number then lies with the Department of State, which is inferred.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from kgraph.model import Holding

CENTRAL_DECIMAL = (
    r"(?:\d{3}[A-Z]?(?:\.\d{1,4}[A-Za-z]?\d*)?(?:\s?[–-]\s?[A-Z]{2,5}|(?:\s[A-Za-z0-9(][\w().&’'-]*){0,4})?"
    r"(?:\.\d+)?\s?/\s?[\w–½¼¾⅓⅔⅛ .-]*\d[\w½¼¾–-]*[a-z]?)"
)
_DECIMAL = re.compile(CENTRAL_DECIMAL)
CENTRAL_SUBJECT = (
    r"(?:(?:POL|DEF|PER|ORG|FN|AID|AV|EDX|ECON|E|SP|SOC|INCO|STR|FT|PPT|TEL|UN|CUL|LEG|SCI|AE|PET|REF|CSM|INT|OIL|AGR|EPA|US)"
    r"(?:\s?\(?[A-Z]*\)?\s?\d[\d–-]*(?:-\d+)?)?(?:\s[A-Z][A-Z–/.-]*)*)"
)
_SUBJECT = re.compile(CENTRAL_SUBJECT)
HOLDER = (
    r"(?:(?:[A-Z][\w.’'-]*\s+){1,5}(?:Library(?:\s+of\s+Congress)?|Archives?(?:\s+and\s+Records\s+(?:Administration|Service))?|Records\s+Center"
    r"|Historical\s+(?:Society|Center|Office|Institute)|Museum|University|Institution(?:\s+Archives)?|Foundation|Presidential\s+Materials(?:\s+Project)?)"
    r"|Library\s+of\s+Congress|National\s+Archives(?:\s+and\s+Records\s+Administration)?|Washington\s+National\s+Records\s+Center"
    r"|Department\s+of\s+(?:the\s+)?(?:State|Defense|Commerce|Agriculture|Labor|Justice|Energy|Treasury|Army|Navy|Air\s+Force|Interior)"
    r"|Central\s+Intelligence\s+Agency|National\s+Security\s+(?:Council|Agency)|Joint\s+Chiefs\s+of\s+Staff|Agency\s+for\s+International\s+Development"
    r"|Naval\s+Historical\s+Center|U\.S\.\s+Army\s+(?:Center\s+of\s+Military\s+History|Military\s+History\s+Institute)|Center\s+of\s+Military\s+History|Public\s+Record\s+Office"
    r"|National\s+Defense\s+University|Federal\s+Records\s+Center|U\.S\.\s+Arms\s+Control\s+and\s+Disarmament\s+Agency|United\s+States\s+Information\s+Agency"
    r"|White\s+House(?=,)|Treasury\s+Department|Yale\s+University(?:\s+Library)?|Princeton\s+University|Hoover\s+Institution|University\s+of\s+[A-Z]\w+|INR/\w+(?=\s+Files)|U\.S\.\s+Mission[\w ]*(?=,))"
)
HOLDER_RE = re.compile(HOLDER)
_IBID = re.compile(r"[Ii]bid\b\.?(?P<sep>\s*[,:;]\s*)?")
_BREAK = re.compile(
    rf"(?:;\s*|,\s+and\s+|\s+and\s+)(?:(?:also\s+)?(?:in|at)\s+)?(?:the\s+)?(?={HOLDER}[,:]|[Ii]bid\b)"
    r"|\s+and\s+in\s+(?:the\s+)?(?=[A-Z])"
)
_TAIL = re.compile(
    r"(?:;\s+(?=(?:it|and|this|a|an|another|the|see|also|also|copy|only|no|not|they|for)\b)"
    r"|,\s+(?:which|where|attached|and (?:is|was|were|bears|are|it|the|another|copies|a)|but|together|respectively|under)\b"
    r"|\s+(?:is|was|were|are|bears|which|under a|to which|attached to|with a|with the(?!\s[A-Z])|along with|as an? attach)\b)"
)
_HYPHEN = re.compile(
    r"(?<=[a-z])-\s?(?=(?:ence|ences|dence|tion|tions|sion|ment|ments|ing|ings|ance|able|ity|ness|ary|ory|ive|ent|al|ed|er|ers|tary|cal)\b)"
)


_LOST_BLANK = re.compile(r"[,:;](?<=[a-z]{2}.)(?=[A-Z])")  # the sign first: it is found fastest
_CENTRAL = re.compile(
    r"Central (?:Foreign Policy )?Files?(?:[\s,:]+\d{4}\s?[–-]+\s?\d{2,4}\s*)?(?:, Microfilm)?,\s*(?P<n>[^;]+)$"
)
_LEAD = re.compile(r"\s*(?:(?:also\s+)?(?:in|at|from)\s+)?(?:both\s+)?(?:the\s+)?")
_ARTICLE = re.compile(r"(?:the|The)\s+(?=[A-Z])")
_KEPT_STOP = re.compile(r"\b(?:[A-Z]\.[A-Z]|[Ii]bid)\.$")
_INITIALS_END = re.compile(r"\b[A-Z]\.[A-Z]\.$")


def tidy(words: str) -> str:
    """A shelfmark as printed, with words joined that a line's end parted and lost
    blanks put back ("Correspond-ence", "Series,USSR").

    >>> tidy("Countries Series,USSR, Khrushchev Correspond-ence")
    'Countries Series, USSR, Khrushchev Correspondence'
    """
    words = " ".join(words.split())
    if "-" in words:
        words = _HYPHEN.sub("", words)
    if _LOST_BLANK.search(words):
        words = _LOST_BLANK.sub(r"\g<0> ", words)
    if words.endswith(".") and _INITIALS_END.search(words):
        return words.strip(" ,;")
    return words.strip(" ,;").rstrip(".")


def central_file(shelfmark: str) -> str | None:
    """The central file number within a shelfmark, if there is one.

    >>> central_file("Central Files, 711.11-KE/1-2161")
    '711.11-KE/1-2161'
    >>> central_file("RG 59, Central Files 1967–69, POL 7 US")
    'POL 7 US'
    >>> central_file("NSC Files, Box 3") is None
    True
    """
    m = _CENTRAL.search(shelfmark)
    if m:
        return m["n"].strip()
    return shelfmark if _DECIMAL.fullmatch(shelfmark) else None


def split_citations(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the single citations in a list of them ("in the A, ..., and B, ...")."""
    lead = _LEAD.match(text, start, end)
    at = lead.end() if lead else start
    spans: list[tuple[int, int]] = []
    while at < end:
        b = _BREAK.search(text, at + 3, end)
        while b is not None and _inside_title(text, at, b.start()):
            b = _BREAK.search(text, b.end(), end)
        stop = b.start() if b else end
        spans.append((at, stop))
        if b is None:
            break
        at = b.end()
    return spans


def _inside_title(text: str, start: int, at: int) -> bool:
    piece = text[start:at]
    return piece.count("(") > piece.count(")") or piece.count("“") > piece.count("”")


_FILES_OF = re.compile(
    r"(?P<holder>[A-Z]\w*(?: [A-Z]\w*){0,4}) Files:(?=\s*[A-Z])"
)  # "CIA Files: Job 80"


def read_citation(
    text: str, start: int, end: int, offset: int = 0, *, copy: str = "source text",
    previous: Holding | None = None, context: Sequence[Holding] = (), language: str | None = None,
    form: str | None = None, extent: str | None = None, rule: str = "holding",
) -> tuple[Holding, int] | None:  # fmt: skip
    """The holding cited at text[start:end] and where its words end; None where it is none.

    `previous` is what "ibid." stands for.
    """
    while start < end and text[start] in " (\n\t[":
        start += 1
    if lead := _ARTICLE.match(text, start, end):
        start = lead.end()
    tail = _TAIL.search(text, start, end)
    stop = tail.start() if tail and not _inside_title(text, start, tail.start()) else end
    while stop > start and (text[stop - 1] in " \n\t,;])" or text[stop - 1] == "."):
        if text[stop - 1] == ")" and text[start:stop].count("(") == text[start:stop].count(")"):
            break
        if text[stop - 1] == "]" and "[" in text[start:stop]:
            break
        if text[stop - 1] == "." and _KEPT_STOP.search(text[start:stop]):
            break
        stop -= 1
    span: dict[str, Any] = {"start": offset + start, "end": offset + stop}
    extra: dict[str, Any] = {"copy": copy, "language": language, "form": form, "extent": extent}
    if ibid := _IBID.match(text, start, stop):
        if previous is None:
            return None
        rest = tidy(text[ibid.end() : stop])
        mark = shelfmark_after_ibid(previous.shelfmark, rest, text[ibid.start() : ibid.end()])
        certain = "stated" if not rest or rest in (previous.shelfmark or "") else "inferred"
        return (
            msgspec.structs.replace(
                previous, shelfmark=mark, rule="holding-ibid", certainty=certain,
                note="ibid.: as the citation before" if not rest else "ibid.: holder as in the citation before", **extra, **span,
            ),
            stop,
        )  # fmt: skip
    words = text[start:stop]
    named = HOLDER_RE.match(words)
    if named is None and not re.match(r"[A-Z0-9“]", words):
        return None
    cut = named.end() if named else -1
    if named and cut < len(words) and words[cut] not in ",:;. (":
        cut = -1
    comma = words.find(",")
    if cut < 0 or (comma >= 0 and cut < comma and words[cut:comma].strip(" .")):
        # "Department of State Atomic Energy Files", "Nixon Presidential Materials Staff, ..."
        if (
            named
            and cut > 0
            and re.match(r"\s+[A-Z]", words[cut:])
            and re.search(r"[Ff]iles?|Papers|Records", words[cut:])
        ):
            pass
        elif files := _FILES_OF.match(words):
            cut = files.end("holder")
        elif comma > 0:
            cut = comma
        elif named and cut > 0:
            pass
        else:
            return None
    holder, mark_words = tidy(words[:cut]), tidy(words[cut:].lstrip(" ,:;"))
    return Holding(holder=holder, shelfmark=mark_words or None, rule=rule, **extra, **span), stop


_LEVELS = (
    re.compile(r"(?:RG|Record Group) \d+"),
    re.compile(r"Nixon Presidential Materials.*|.*Presidential Materials.*|Manuscript Division"),
)


def shelfmark_after_ibid(previous: str | None, rest: str, ibid: str = "ibid., ") -> str | None:
    """The whole shelfmark that "ibid., rest" means.

    What stands above the level that `rest` begins with is kept from the citation
    before: the record group, the collection, the series up to the box.

    >>> shelfmark_after_ibid("RG 59, Central Files 1967–69, POL 1 USSR", "POL 7 US")
    'RG 59, Central Files 1967–69, POL 7 US'
    >>> shelfmark_after_ibid("Central Files, 611.61/2-2261", "Presidential Correspondence: Lot 66 D 204")
    'Presidential Correspondence: Lot 66 D 204'
    >>> shelfmark_after_ibid("Nixon Presidential Materials, NSC Files, Box 5, USSR", "Box 7")
    'Nixon Presidential Materials, NSC Files, Box 7'
    """
    if not rest:
        return previous
    if not previous:
        return rest
    parts = previous.split(", ")
    first = rest.split(", ")[0]
    if ":" in ibid and ":" in previous and not re.match(r"RG ", first):
        return f"{previous.split(':')[0]}: {rest}"
    if first in parts:
        return ", ".join([*parts[: parts.index(first)], rest])
    stem = re.sub(r"[\d–-]+.*", "", first).strip()
    if re.match(r"(?:Box|Folder|Lot|Vol\.|FRC|Job)\b", first):
        for i, part in enumerate(parts):
            if stem and part.startswith(stem.split()[0]):
                return ", ".join([*parts[:i], rest])
        return f"{previous}, {rest}"
    if _SUBJECT.fullmatch(first) or _DECIMAL.fullmatch(first):
        for i, part in enumerate(parts):
            if "Central" in part and "File" in part:
                return ", ".join([*parts[: i + 1], rest])
    kept: list[str] = []
    if not re.match(
        r"RG \d|Record Group|Nixon Presidential|.*Presidential Materials|.*Library", first
    ):
        for part in parts[:2]:
            if any(level.fullmatch(part) for level in _LEVELS):
                kept.append(part)
    return ", ".join([*kept, rest])


_TYPED = re.compile(
    r"\s*:\s*(?P<form>(?:Circular )?(?:Telegram|Airgram|Despatch|Cablegram|Circular [Tt]elegram|Letter|Instruction|Radio|Radiogram|Memorandum|Circular|Circular airgram|Telegrams?))\s*\.?$"
)


_TELLS = re.compile(  # a sentence about the paper, and no shelfmark
    r"\b(?:bears?|indicates?|has been|have been|had been|was|were|is|are|made before|released to|reprinted from|reads|read as follows)\b"
)


def read_bare(
    text: str, start: int, end: int, offset: int = 0
) -> tuple[Holding, str | None] | None:
    """A note that is a shelfmark alone, as volumes to about 1951 print it, and the form
    named after its colon ("Telegram").

    >>> h, form = read_bare("761.13/2-1361: Telegram", 0, 23)
    >>> h.holder, h.shelfmark, h.certainty, form
    ('Department of State', '761.13/2-1361', 'inferred', 'Telegram')
    """
    while start < end and text[start] in "[( \n":
        start += 1
    while end > start and text[end - 1] in " \n])." and not text[start:end].endswith("(Chr)"):
        if text[end - 1] == ")" and text[start:end].count("(") == text[start:end].count(")"):
            break
        end -= 1
    form: str | None = None
    stop = end
    if m := _TYPED.search(text[start:end]):
        form, stop = m["form"], start + m.start()
    words = text[start:stop]
    span: dict[str, Any] = {"start": offset + start, "end": offset + stop}
    named = HOLDER_RE.match(words)
    if _DECIMAL.fullmatch(words) or re.fullmatch(
        r"(?:File )?(?:No\. )?[\d.]+[\w.½¼¾ ()–-]*/[\w½¼¾–\s.-]+", words
    ):
        number = re.sub(r"^File (?:No\. )?", "", words)
        return Holding(
            holder="Department of State", shelfmark=tidy(number), certainty="inferred",
            rule="holding-bare-file-number", note="a central file number; the note names no holder", **span,
        ), form  # fmt: skip
    if named and (named.end() == len(words) or words[named.end()] in ", "):
        rest = tidy(words[named.end() :].lstrip(" ,:"))
        return Holding(
            holder=tidy(named.group()), shelfmark=rest or None, rule="holding-bare", **span
        ), form
    if len(words) > 200 or not re.match(r"[A-Z0-9“]", words) or _TELLS.search(words):
        return None
    if m := re.fullmatch(
        r"(?P<p>[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,4}\s(?:Papers|MSS\.?|Collection|Diary|papers))(?P<rest>,.*)?",
        words,
    ):
        return Holding(
            holder=m["p"],
            shelfmark=tidy((m["rest"] or "").lstrip(" ,")) or None,
            rule="holding-bare-papers",
            **span,
        ), form
    if re.search(
        r"\b(?:[Ff]iles?|[Ll]ot|[Bb]ox|[Rr]ecords|Series|Papers|papers)\b", words
    ) or re.search(r"\d", words):
        return Holding(
            holder="Department of State", shelfmark=tidy(words), certainty="inferred",
            rule="holding-bare-file", note="the note names no holder", **span,
        ), form  # fmt: skip
    return None
