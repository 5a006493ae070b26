"""Documents cited in running text: "your letter of May 3", "telegram 2562 from Moscow",
"Embtel 1456, June 24", "the Russian-language text", "a February 26 memorandum from A to B"."""

from __future__ import annotations

import re

from kgraph.extract.mentions.context import MONTH, OWN, Around
from kgraph.extract.mentions.nouns import KINDS_OF_LETTER, LOOSE, NOT_LETTERS, Thing

_NUMBERED = re.compile(r"\s(?:No[s.]*\s?|#)?[A-Z]{0,4}[–-]?\d{1,6}\b(?!:|\s?[ap]\.\s?m)")
_SYMBOL = re.compile(r"(?:\sNo\.)?\s(?:[A-Z]\b|(?:[A-Z]{1,2}[–-])?\d{1,6}(?:[/–-]\w+)?)(?!\.m)")
_OWN_NUMBER = re.compile(r"\s(?:No\.\s)?\d{1,5}(?=[.,;)]|\s(?:of|to|from|and|dated|was|has|discussed|refers)|$)(?!,\d{3})")  # fmt: skip
_DATE_BEFORE = re.compile(
    rf"\b(?:[Aa]n?|[Tt]he|[Yy]our|[Mm]y|[Hh]is|[Hh]er|[Oo]ur|[Tt]heir|[Ii]ts)\s{MONTH}\s\d{{1,2}}\s$"
)
_ANSWERING = re.compile(r"\sin (?:response|reply|answer) to ")
_QUOTED = re.compile(r",?\s(?:(?:as\s)?(?:the\s)?)?(?P<title>“[^“”]{3,90}”)")
_BOOKS = re.compile(
    r"(?:\b(?:[Tt]he|[Hh]is|[Hh]er|[Aa]n?)\s)?(?:\b(?:[Aa]ppointments?|[Cc]ondolences?|[Dd]ay|[Ll]og|[Oo]rder|[Mm]inute|[Ll]etter)\s[Bb]ook|[Pp]ress [Rr]eleases?)$"
)
_IN_BOOK = re.compile(r"\sof\s(?:condolences?|minutes)\b")
IN_VOLUME = re.compile(r"\bvol(?:ume|\.)\s[IVXL]{1,7},\s(?:Part\s\w+,\s)?$")
"""What stands before the number of a document that is cited with its volume."""
_VOLUME_AND = re.compile(r"\s[IVXL]{1,7}\b(?:,\s(?:Part\s\w+,\s)?Documents?\s\d+(?:[–-]\d+)?)?")
_DOUBLED = re.compile(r"\s(?:letter|message|telegram|note|memorandum|despatch|cable)\b")
_OF_A_TEXT = re.compile(
    r"\sof (?:the |a |section \w+ of |that )?(?:[A-Z][\w-]+(?:-language)? )?(?:text|letter|message|telegram|memorandum|note|"
    r"treaty|agreement|speech|reply|statement|declaration|President[’']s message)"
)
_INDEFINITE = frozenset(
    ("this", "these", "no", "any", "some", "all", "both", "other", "several", "those")
)
_FOOTNOTE = re.compile(r"\s*\[\d+\]")
_ONE = frozenset(("letter", "telegram", "memorandum", "note", "despatch", "airgram"))  # fmt: skip
_TREATIES = frozenset(
    ("Treaty", "Agreement", "Protocol", "treaty", "agreement", "declaration", "communiqué", "resolution")
)  # fmt: skip
_LANGUAGE = re.compile(r"[A-Z]\w+-language\s$")
_PURPOSES = (
    " of transmittal",
    " of conversation",
    " of condolences",
    " of condolence",
    " of credence",
    " of appreciation",
)
_VOLUME = re.compile(
    r"(?::\s?[A-Z][\w.]+(?: [A-Z][\w.]+){0,3})?,\s(?:[A-Z][a-z]+ \d{1,2}, )?(?:1[789]|20)\d\d(?:[–-]\d{2,4})?(?:, (?:vol\.|volume) [IVXL]+)?"
)


def symbol(around: Around, start: int, end: int) -> Thing | None:
    """A telegraphic reference: "Deptel 2210", "Polto 2252", "Tab B"."""
    found = _SYMBOL.match(around.text, end)
    if found is None:
        return None
    return Thing(start, around.dated(found.end()), "document", "citation")


def owned_number(around: Around, start: int, end: int) -> Thing | None:
    """ "Your 902, May 3", "Embassy’s 211"; the noun ends with the first digit."""
    end -= 2
    found = _OWN_NUMBER.match(around.text, end)
    if found is None:
        return None
    return Thing(start, around.dated(found.end()), "document", "citation")


_PARTIES = ("from", "to", "of", "by", "through")
_FOR = (*_PARTIES, "for")


def _end(around: Around, stop: int) -> int:
    """Where number, date and parties of a document end that follow `stop`."""
    dated = around.dated(stop)
    words = _FOR if around.text.endswith(("Memorandum", "memorandum"), 0, stop) else _PARTIES
    cited = around.complement(dated, words)
    answered = (
        _ANSWERING.match(around.text, cited) if around.text.startswith(" in ", cited) else None
    )
    whom = around.mention_at(answered.end()) if answered else None
    if whom is not None:
        cited = whom
    return around.dated(cited) if cited > dated else dated


def titled(around: Around, start: int, end: int) -> Thing | None:
    """The quoted title behind "entitled", "headed"."""
    found = _QUOTED.match(around.text, end)
    return Thing(*found.span("title"), "document", "title") if found else None


def book(around: Around, start: int, end: int) -> Thing | None:
    """ "The President’s Appointment Book", "the book of condolences", "a press release"."""
    text = around.text
    inside = _IN_BOOK.match(text, end)
    if inside is not None:
        left = around.left(start)
        return Thing(left.start, inside.end(), "document", "document") if left.det else None
    found = _BOOKS.search(text, max(0, start - 26), end)
    if found is None:
        return None
    owner = around.owner(start) if "’" in text[max(0, start - 26) : start] else None
    return Thing(
        found.start() if owner is None else owner, around.dated(end), "document", "document"
    )


def volume(around: Around, start: int, end: int) -> Thing | None:
    """ "Volume XI", "volume V, Document 28" of a series."""
    found = _VOLUME_AND.match(around.text, end)
    return Thing(start, found.end(), "document", "citation") if found else None


def letter(around: Around, start: int, end: int) -> Thing | None:
    """A letter, telegram, note, message, memorandum or despatch."""
    return _paper(around, start, end, of_letters=True)


def paper(around: Around, start: int, end: int) -> Thing | None:
    """A treaty, declaration, statement, report, speech or reply."""
    return _paper(around, start, end, of_letters=False)


def _article(text: str, start: int) -> int:
    """`start`, or where an "a" before it begins."""
    for word in ("a ", "an ", "A ", "An "):
        begin = start - len(word)
        if text.startswith(word, max(begin, 0)) and text[begin - 1 : begin] in ("", " "):
            return begin
    return start


def _of_editor(text: str, at: int) -> bool:
    """Whether words stand in a footnote or in a note that begins with "Source:"."""
    line = text.rfind("\n", 0, at) + 1
    return _FOOTNOTE.match(text, line) is not None or text.find("Source:", line, at) >= 0


def _paper(around: Around, start: int, end: int, *, of_letters: bool) -> Thing | None:
    text = around.text
    word = text[start:end]
    after = text[end : end + 1]
    if after == "-" or text[start - 1 : start] == "-":
        return None
    left = around.left(start)
    det, words = left.det, left.words
    if word in ("memoirs", "memoir") and not det and after == " " and around.owner(start) is None:
        stop = around.complement(end, ("of",))
        return Thing(start, stop, "document", "document") if stop > end else None
    if (
        det == "this"
        and of_letters
        and not words
        and word in _ONE
        and not _DOUBLED.match(text, end)
    ):
        if _of_editor(text, start):
            return None
        return Thing(left.start, end, "document", "document")
    if det in _INDEFINITE:
        return None
    if after == " " and _DOUBLED.match(text, end):
        return None
    if word in ("notes", "note", "report", "reports", "answer") and text.startswith((" that", " with"), end):  # fmt: skip
        return None
    number = _NUMBERED.match(text, end) if after == " " else None
    stop = number.end() if number else end
    owner = None if det and det not in OWN else around.owner(start)
    dated = None
    if text[start - 2 : start - 1].isdigit():
        dated = _DATE_BEFORE.search(text, max(0, start - 24), start)
    if not (det or owner is not None or dated or number or left.nation is not None or word[0].isupper()):  # fmt: skip
        named = around.modified(start) if word in _TREATIES else None
        return Thing(_article(text, named), _end(around, stop), "document", "document") if named is not None else None  # fmt: skip
    purpose = ""
    if text.startswith(" of ", stop):
        purpose = next((p for p in _PURPOSES if text.startswith(p, stop)), "")
    bare = stop
    stop = _end(around, stop + len(purpose))
    told = stop > bare
    if owner is not None:
        if word in LOOSE and not told:
            return None
        return Thing(owner, stop, "document", "document")
    if dated is not None:
        return Thing(dated.start(), stop, "document", "document")
    if len(words) > 2 or (len(words) == 2 and words[0] not in ("very", "slightly", "brief", "long", "short")):  # fmt: skip
        det = ""
    if words and words[0] in NOT_LETTERS:
        return None
    begin = left.start if det else start
    if det in OWN:
        if word in LOOSE and not told:
            return None
        return Thing(begin, stop, "document", "document")
    if det == "that" and text.startswith("On that ", left.start - 3):
        return None
    if number is not None and not det:
        return Thing(start, stop, "document", "document")
    if word[0].isupper() and not det:  # a heading is no citation, unless a number or date is there
        told = told and any(c.isdigit() for c in text[end:stop])
    if told and (det or word[0].isupper()):
        return Thing(begin, stop, "document", "document")
    if word in _TREATIES:
        named = around.modified(start)
        if named is not None and (word[0].isupper() or left.nation is None):
            return Thing(named, stop, "document", "document")
        return None
    if not of_letters or word[0].isupper():
        return None
    if det in ("the", "that", "a", "an") and word not in ("notes", "cables", "communication"):
        if det in ("a", "an") and words and words[-1] not in KINDS_OF_LETTER:
            return None
        return Thing(begin, stop, "document", "document")
    if left.nation is not None and told:
        return Thing(left.nation, stop, "document", "document")
    return None


def wording(around: Around, start: int, end: int) -> Thing | None:
    """A text, copy or translation of a document: "A copy of the Russian text"."""
    text = around.text
    word = text[start:end]
    inner = _OF_A_TEXT.match(text, end) if text[end : end + 4] == " of " else None
    stop = _end(around, inner.end() if inner else end)
    language = _LANGUAGE.search(text, max(0, start - 30), start) if text.startswith("-language ", start - 10) else None  # fmt: skip
    if language is not None:
        first = language.start()
        if text[first - 4 : first] in ("the ", "The "):
            first -= 4
        return Thing(first, stop, "document", "document")
    left = around.left(start)
    if left.det in OWN:
        told = stop > end
        return Thing(left.start, stop, "document", "document") if told else None
    if left.det in ("the", "a", "an") and len(left.words) <= 2 and word in ("text", "translation"):
        known = left.nation is not None or left.words[-1:] in (("transliterated",), ("different",))
        if known:
            return Thing(left.start, stop, "document", "document")
    if stop > end and (inner is not None or word == "copy"):
        if left.det in ("this", "no", "any", "some", "these"):
            return None
        return Thing(left.start if left.det else start, stop, "document", "document")
    return None


def publication(text: str, end: int) -> int:
    """Where the citation of a series ends that is named up to `end`: its volume and year."""
    found = _VOLUME.match(text, end)
    return found.end() if found else end
