"""Letters and notes that a telegram quotes whole, and enclosures that follow a cover.

A quoted letter opens with a quotation mark behind words that announce it ("The text
of the letter is as follows:") or with a salutation; it closes with its signature and
the address below it, with the mark that closes it, or, where the editor opens every
paragraph with a mark, with the last such paragraph. Enclosures are told by a line
"[Attachment]", "Appendix 2", "Enclosure".
"""

from __future__ import annotations

import re

import msgspec

from kgraph.extract import covers as cover
from kgraph.extract.covers.marks import PROTOCOL_ITEM
from kgraph.extract.titles import forms as title_forms
from kgraph.model import Form

_NOUN = r"(?:letter|message|note|telegram|memorandum|petition|appeal|reply|answer|cable)"
_CUE = re.compile(
    rf"(?:\btexts?\b[^.:]{{0,80}}\b{_NOUN}s?\b|\b{_NOUN}s?\b[^.:]{{0,60}}(?:\bfollows\b|\bas follows\b|\breads\b"
    rf"|of the following content)|\bfollowing\b[^.:]{{0,60}}\b{_NOUN}\b[^.]{{0,90}}:\s*$"
    rf"|\b{_NOUN}\b.{{0,200}}?\b(?:its|the|full|whole)\s+(?:full\s+|whole\s+)?texts?\b[^.:]{{0,40}}:\s*$"
    rf"|\b(?:transmit|convey|send|forward|hand)\w*\b[^.:]{{0,80}}\b{_NOUN}\b[^.]{{0,120}}:\s*$)",
    re.IGNORECASE | re.DOTALL,
)
_OPEN = '"“«„'
_CLOSE = '"”»'
_LETTERHEAD = re.compile(
    r"[\"“«„]\s*(?:(?:The )?White House|Dear\b|To (?:Premier|His|Her|Mr|Mrs|the|President|Chairman|Comrade)\b"
    r"|(?:The|His|Her) [\w ]{3,60}presents (?:his|her|its) compliments|Copy\b|Esteemed|Your Excellency)"
)
_FORMAL = re.compile(r"presents?\s+(?:his|her|its|their)\s+(?:compliments|respects)")
_ENCLOSURE = re.compile(
    r"^\[?(?P<word>Attachments?|ATTACHMENTS?|Append(?:ix|ices)|APPENDIX|APPENDICES|Enclosures?|ENCLOSURES?|Annex(?:es)?|ANNEX)\b"
    r"(?:\s+(?:No\.?\s?|№\s?)?(?P<number>\d+|[IVX]+))?\s*\]?\s*[*]?\s*$"
)
_SHORT_MARK = re.compile(
    r"^(?:(?:TOP SECRET|Top [Ss]ecret|SECRET|Secret|Confidential)\.?(?:\s+Copy (?:No\.?\s?|№\s?)?\d*\.?)?|Copy (?:No\.? |№)?\d+"
    r"|DRAFT|Draft|To (?:item|point) .{1,60}|to \d[\w/]*)$"
)
_END = re.compile(
    r"^(?:Execute (?:by )?telegra|Execute\b|Confirm (?:execution|receipt)|Report (?:execution|by telegraph))"
)


_PAPER = re.compile(
    r"\s*(?:NOTE|LETTER|MESSAGE|TELEGRAM|STATEMENT|INSTRUCTIONS?)\s*\n\s*(?:of|from|to|by)\s"
)
"""The title of a paper that a resolution encloses, in two lines."""


class Inner(msgspec.Struct, frozen=True, kw_only=True):
    """A document inside another: its span, how it is held, and what told it."""

    start: int
    end: int
    held: str  # "quoted" or "enclosed"
    number: str | None = None
    cue: tuple[int, int] | None = None
    heading: tuple[int, int] | None = None  # the line "[Attachment]"
    rule: str
    inner: tuple[Inner, ...] = ()


def enclosures(text: str, start: int, end: int) -> tuple[int, tuple[Inner, ...]]:
    """Where the covering document ends, and the enclosures behind it."""
    spans = cover.lines(text, start, end)
    starts: list[tuple[int, re.Match[str]]] = []
    for index, (a, b) in enumerate(spans):
        found = _ENCLOSURE.match(text[a:b])
        if found is None:
            continue
        bare = not text[a:b].startswith("[") and not found["number"] and not starts
        if bare and not _titled_below(text, spans, index):
            continue
        first = index
        while first > 0 and (not starts or first - 1 > starts[-1][0]):
            x, y = spans[first - 1]
            if not _SHORT_MARK.match(text[x:y]) or not starts:
                break
            first -= 1
        starts.append((first, found))
    cuts: list[tuple[int, re.Match[str]]] = []
    for index, (first, found) in enumerate(starts):
        after = starts[index + 1][0] if index + 1 < len(starts) else len(spans)
        mark = next(i for i in range(first, len(spans)) if _ENCLOSURE.match(text[slice(*spans[i])]))
        if (
            index + 1 < len(starts)
            and all(_SHORT_MARK.match(text[slice(*spans[i])]) for i in range(mark + 1, after))
            and not found["number"]
        ):
            continue
        cuts.append((first, found))
    if not starts:
        later = [i for i, (a, b) in enumerate(spans) if i > 3 and PROTOCOL_ITEM.match(text[a:b])]
        headed = [i for i in later if _PAPER.match(text[spans[i][1] :])]
        if headed:
            a, b = spans[headed[0]]
            stop = a + len(text[a:end].rstrip())
            own = Inner(
                start=a, end=stop, held="enclosed", heading=(a, b), rule="protocol-item",
                inner=letters(text, b, stop),
            )  # fmt: skip
            return a, (own,)
    if starts and not cuts:
        cuts = starts[-1:]
    if not cuts:
        return end, ()
    out: list[Inner] = []
    for index, (first, found) in enumerate(cuts):
        begin = spans[first][0]
        stop = spans[cuts[index + 1][0]][0] if index + 1 < len(cuts) else end
        stop = begin + len(text[begin:stop].rstrip())
        mark = next(i for i in range(first, len(spans)) if _ENCLOSURE.match(text[slice(*spans[i])]))
        if not text[spans[mark][1] : stop].strip():
            continue
        out.append(
            Inner(
                start=begin,
                end=stop,
                held="enclosed",
                number=found["number"],
                heading=spans[mark],
                rule="enclosure-heading",
                inner=letters(text, spans[mark][1], stop),
            )
        )
    body_end = spans[starts[0][0]][0]
    return start + len(text[start:body_end].rstrip()), tuple(out)


def _titled_below(text: str, spans: list[tuple[int, int]], index: int) -> bool:
    """Whether a title stands below a bare "Enclosure": a form, and whose it is or to whom."""
    if index + 1 == len(spans):
        return False
    words = text[slice(*spans[index + 1])]
    span = title_forms.form_of(words)[2]
    return (
        span is not None
        and span[0] < 25
        and re.search(r"\b(?:of|from|to|by|between)\s", words) is not None
    )


def letters(text: str, start: int, end: int) -> tuple[Inner, ...]:
    """Letters quoted whole between `start` and `end`, in order, never overlapping."""
    spans = cover.lines(text, start, end)
    out: list[Inner] = []
    index = 0
    while index < len(spans):
        a, b = spans[index]
        if text[a] not in _OPEN:
            index += 1
            continue
        cue = _cue(text, spans, index)
        opening = text[a : min(b, a + 200)]
        direct = _LETTERHEAD.match(opening) is not None or _FORMAL.search(opening) is not None
        follows = bool(out) and out[-1].end >= spans[index - 1][1] - 2
        if cue is None and not (direct and (follows or _salutation_near(text, spans, index))):
            index += 1
            continue
        if (
            cue is not None
            and not direct
            and not _salutation_near(text, spans, index)
            and not _FORMAL.search(text[a : a + 400])
        ):
            if re.search(r"statement|oral|following information", text[cue[0] : cue[1]]):
                index += 1
                continue
            if b - a < 80 and index + 1 < len(spans) and not _salutation_near(text, spans, index):
                index += 1
                continue
        last = _end(text, spans, index)
        stop = spans[last][1]
        if spans[last][1] - a < 60 and not direct:
            index += 1
            continue
        out.append(Inner(start=a, end=stop, held="quoted", cue=cue, rule="quoted-letter"))
        index = last + 1
    return tuple(out)


def form_of(text: str, inner: Inner) -> Form:
    """What the announcing words or the text itself call the inner document."""
    words = text[inner.cue[0] : inner.cue[1]].lower() if inner.cue else ""
    if _FORMAL.search(text[inner.start : inner.start + 400]):
        return "note"
    found = re.findall(r"letter|message|note|telegram|memorandum", words)
    table: dict[str, Form] = {
        "letter": "letter", "message": "message", "note": "note", "telegram": "telegram",
        "memorandum": "memorandum",
    }  # fmt: skip
    return table[found[-1]] if found else "letter"


def _cue(text: str, spans: list[tuple[int, int]], index: int) -> tuple[int, int] | None:
    for back in (1, 2):
        if index - back < 0:
            return None
        x, y = spans[index - back]
        begin = max(x, y - 260)
        found = _CUE.search(text, begin, y)
        if found is not None:
            sentence = (
                max(text.rfind(". ", x, found.start()) + 2, x)
                if "." in text[x : found.start()]
                else x
            )
            return sentence, y
        if back == 1 and y - x > 60:
            return None
    return None


def _salutation_near(text: str, spans: list[tuple[int, int]], index: int) -> bool:
    for a, b in spans[index : index + 9]:
        line = text[a:b].lstrip('"“«„ ')
        if re.match(r"(?:Dear|Esteemed|Respected|Your Excellency|Gentlemen|Sirs?\b)", line) and (
            b - a < 110 or re.match(r"Dear [\w .-]{2,40}[!,:]", line)
        ):
            return True
        if b - a > 200:
            return False
    return False


def _end(text: str, spans: list[tuple[int, int]], index: int) -> int:
    each = (
        index + 1 < len(spans)
        and text[spans[index][0]] in "“«„"
        and text[spans[index + 1][0]] in "“«„"
    )
    if each:
        last = index
        at = index
        while at < len(spans):
            a, b = spans[at]
            if text[a] in "“«„":
                last = at
                if text[b - 3 : b].rstrip(".")[-1:] in "”»" and _closes(text[a:b]):
                    break
            elif text[a] != "[":
                break
            at += 1
        return last
    odd = 0
    for at in range(index, len(spans)):
        a, b = spans[at]
        line = text[a:b]
        if at > index and _END.match(line):
            return at - 1
        found = re.search(
            rf"(?:^|[.!]\s+)(?:{cover.VALEDICTION.pattern})\s*(?P<rest>[^.\n]{{0,60}}[.,\"”]*)$",
            line,
        )
        if found is not None and (b - a < 90 or found.start() > b - a - 90):
            return _past_signature(text, spans, at, found["rest"])
        odd = (odd + line.count('"')) % 2
        if (odd == 0 and line.rstrip(".")[-1:] == '"') or (
            line.rstrip(".")[-1:] in "”»" and _closes_all(text, spans[index][0], b)
        ):
            following = text[spans[at + 1][0]] if at + 1 < len(spans) else "A"
            if not following.islower() and not _letter_goes_on(text, spans, index, at):
                return _past_address(text, spans, at)
        if at - index > 120:
            break
    tail = len(spans) - 1
    while tail > index and (
        (spans[tail][1] - spans[tail][0] < 40 and cover.only_name(text[slice(*spans[tail])]))
        or re.match(r"REFERENCE|MEMO:", text[slice(*spans[tail])])
    ):
        tail -= 1
    return tail


_ADDRESSED = re.compile(
    r"[\"“«„\s]*(?:To (?:the Honorable|His|Her|Mr|Mrs|Premier|President|Chairman|Comrade)|Dear\b|Esteemed\b|My dear\b)"
)


def _letter_goes_on(text: str, spans: list[tuple[int, int]], index: int, at: int) -> bool:
    """Whether what is closed was a letterhead alone, its address and salutation following."""
    met = any(
        re.match(r"[\"“«„\s]*(?:Dear|Esteemed|My dear)\b", text[slice(*s)])
        for s in spans[index : at + 1]
    )
    return not met and at + 1 < len(spans) and _ADDRESSED.match(text, spans[at + 1][0]) is not None


def _closes(line: str) -> bool:
    return line.count("”") + line.count("»") > line.count("“") + line.count("«") - 1


def _closes_all(text: str, start: int, end: int) -> bool:
    part = text[start:end]
    return part.count("“") + part.count("«") <= part.count("”") + part.count("»")


def _past_signature(text: str, spans: list[tuple[int, int]], at: int, rest: str) -> int:
    """The last line of what follows a valediction: name, office, address."""
    last = at
    if len(rest.strip(' .,"”')) < 3 and at + 1 < len(spans):
        x, y = spans[at + 1]
        if y - x < 70:
            last = at + 1
    if text[spans[last][1] - 3 : spans[last][1]].rstrip(".")[-1:] in _CLOSE:
        return _past_address(text, spans, last)
    if last + 1 < len(spans):
        x, y = spans[last + 1]
        line = text[x:y].strip(' .,"”')
        again = cover.VALEDICTION.match(line)
        if again is not None and y - x < 90:
            return _past_signature(text, spans, last + 1, line[again.end() :])
        if re.fullmatch(r"(?:Chairman|President|Secretary|Ambassador|Minister)[\w ,]{0,50}", line):
            last += 1
        last = _past_date(text, spans, last)
    return _past_address(text, spans, last)


def _past_date(text: str, spans: list[tuple[int, int]], at: int) -> int:
    """The date line below a signature, where it closes the quotation."""
    if at + 1 == len(spans):
        return at
    x, y = spans[at + 1]
    words = text[x:y].rstrip(" .,")
    if y - x > 70 or words[-1:] not in _CLOSE:
        return at
    dated = cover.DATE.search(words)
    return at + 1 if dated is not None and dated.end() >= len(words.rstrip(_CLOSE)) else at


def _past_address(text: str, spans: list[tuple[int, int]], at: int) -> int:
    last = at
    if at + 1 < len(spans) and cover.EXCELLENCY.match(text[slice(*spans[at + 1])]):
        last = at + 1
        while last + 1 < len(spans) and last - at < 6:
            x, y = spans[last + 1]
            if y - x > 95 or (text[y - 1] == "." and y - x > 60) or cover.SIGNED.match(text[x:y]):
                break
            if (
                text[spans[last][1] - 2 : spans[last][1]].strip('."”')
                != text[spans[last][1] - 2 : spans[last][1]]
                and text[spans[last][1] - 1] in _CLOSE
            ):
                break
            if re.match(r"(?:[A-Z]\.\s?){1,2}[A-Z]", text[x:y]) and last > at + 1:
                break
            last += 1
    return last
