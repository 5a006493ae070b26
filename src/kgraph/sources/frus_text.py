"""*Foreign Relations of the United States* as plain text: a web page, or a volume without markup.

Documents are told by their headings ("12. Telegram From the Embassy in X to ...", "Mr.
Adams to Mr. Seward."), enclosures by a line "[Enclosure]" or "Attachment". A text may
keep blank lines between its paragraphs, set each on a line of its own, break its lines
anywhere with indentation, or run on without any break; the first three are undone here,
the last only as far as heading, source note and dateline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kgraph.extract import editions, fronts, openings
from kgraph.extract.datelines import Dateline, read_dateline
from kgraph.extract.headings import Heading, read_heading
from kgraph.extract.layout import Block, BlockKind, Layout
from kgraph.model import Item
from kgraph.report import Report
from kgraph.sources.known import source_key

NAME = "frus-text"
_NUMBERED = re.compile(
    r"\s*\[?(?:Document\s+)?(?P<number>\d{1,4}[A-Za-z]?)[\].]\.?\s*(?=[A-Z“\"\[])"
)
_WORDS = re.compile(
    r"(?:Telegram|Letter|Message|Memorand(?:um|a)|Note|Airgram|Despatch|Editorial Note|Minutes|Circular|Draft|Paper|Report|National|Summary|Record"
    r"|Transcript|Instruction|Intelligence|Special|Backchannel|Action|Information|Oral|Notes|Aide|Research|Briefing|Conversation|Statement|Study|Position|The|Mr\.|Talking|Joint)\b"
)
_PLAIN_HEAD = re.compile(
    r"(?:Editorial Note(?:\d?$|\d{0,2}\s+[A-Z“\"\[])|Memorandum,? (?:of|by|for|from)\b|Minutes of\b|Same to same"
    r"|(?:[A-Z][\w’-]{1,20} ){0,3}(?:Telegram|Letter|Message|Memorandum|Note|Airgram|Despatch|Instruction)(?: [\w.–-]{1,12}){0,2} [Ff]rom\b.{2,260}?\s[Tt]o\s"
    r"|(?:The|Mr|Messrs|Mrs|Miss|Dr|Sir|Lord|Earl|Count|Baron|Señor|Prince|General|Admiral|Colonel|Captain|President|Prime Minister|Judge|Secretary|Acting Secretary"
    r"|Generalissimo|Marshal|Ambassador|Senator|King|Queen|Emperor|Pope|[A-Z]\. [A-Z]|[A-Z][a-z]+ [A-Z]\. [A-Z])\b.{2,260}?\s[Tt]o\s(?:the\s|The\s)?[A-Z“])"
)
_FILE_NUMBER = re.compile(
    r"^(?:\[?Source:?\s|\d{3}[A-Z]?(?:\.[\w½¼¾⅓⅔]+)+[\w\s.½¼¾⅓⅔/()–—-]{0,50}(?::\s*(?:Telegram|Despatch|Circular telegram|Airgram|Letter|Instruction)[^.]{0,40})?$"
    r"|[A-Z][\w.’'(), -]{0,60}\b(?:Papers|Files?|Library|Records|Collection|Lot)\b[^!?]{0,70}$)"
)
_SOURCE = re.compile(r"\s*(?:\d{1,3}\s*[.)]?\s*)?\[?Source:\s?")
_ENCLOSURE = re.compile(
    r"^\[?\s*(?:Sub-?)?(?P<word>[Ee]nclosures?|[Ii]nclosures?|[Aa]ttachments?|[Aa]nnex|[Aa]ppendix|[Tt]ab|ENCLOSURE|INCLOSURE|ATTACHMENT|ANNEX|APPENDIX|TAB)\b(?:\s+(?:No\.?\s*)?[\dA-Z]{1,3})?(?:\s*[-—–:]+\s*[\w ]{3,30})?(?:\s+in\s+No\.?\s*\d+)?\s*[.\]]*\s*$"
)
_FOOTNOTE = re.compile(r"^\[?(?P<mark>\d{1,3})[\].)]?\s+(?=[A-Z(“\"])")
_LABELS = re.compile(
    r"^(?P<label>TO|FROM|FM|THROUGH|VIA|SUBJECT|SUBJECTS|RE|REF|PARTICIPANTS|PRESENT|CC|INFO|COPIES TO|To|From|Subject|Participants|Present)\s*(?:[:—–]\s*|\n|$)(?P<rest>.*)$",
    re.DOTALL,
)
_LIST_OF = {
    "to": "to", "from": "from", "fm": "from", "subject": "subject", "subjects": "subject", "re": "subject",
    "participants": "participants", "present": "participants", "cc": "cc", "info": "cc", "copies to": "cc",
    "through": "through", "via": "through", "ref": "ref",
}  # fmt: skip
_VOLUME = re.compile(
    r"(?P<volume>frus\d{4}[A-Za-z0-9-]{0,40}?)"
    r"(?:[._/-]+(?P<document>d\d+[A-Za-z]?|ch\d+\w*)\b|(?=[^A-Za-z0-9-]|$))",
    re.IGNORECASE,
)


_CALENDARED = re.compile(  # an entry of a supplement: "Memorandum from A to B, May 3. ... 2 pp. DOS, ..."
    r"(?:\d+[A-Z]?\. )?(?:[A-Z][\w-]{1,20} ){0,3}(?:Telegram|Letter|Message|Memorandum|Note|Airgram|Despatch|Paper|Report|Notes|Minutes|Memo|Summary|Draft|Circular|Cable|Talking|Record|Instruction|Transcript|Special|National)\b.{10,500}?\b\d{1,3} pp?\. [A-Z]"
    r"|\d+[A-Z]?\. [A-Z“].{10,600}?\b(?:Top Secret|Secret|Confidential|Unclassified|Official Use Only|No classification marking)\b\.? (?:\d{1,3} pp?\. )?[A-Z]"
)
_PAPER = re.compile(
    r"\b(?:Minutes?|Memorandum|Note|Paper|Report|Draft|Statement|Log|Aide-Mémoire|Proposal|Agreement)\b"
)
_SOURCED = re.compile(
    r"\s*\d{1,4}[A-Z]?\. [A-Z][^\n]{3,320}?\s*(?<!\d)\d{0,3}\s*Source: [A-Z]", re.DOTALL
)


def sniff(head: bytes, name: str) -> bool:
    """Whether a text holds headings of the series; markup of any kind is none."""
    text = head.decode("utf-8", "replace")
    if text.lstrip("\ufeff \r\n\t").startswith(("<", "{", "%PDF")) or "\x00" in text:
        return False
    if re.search(
        r"(?m)^\s*CID\b|\bFond\b|Wilson Center|РГАНИ|RGANI|\bF\.\s?\d+\.\s+Op\.\s?\d", text[:4000]
    ):
        return False
    blocks = _unglued(_paragraphs(text)[:400])
    count = sum(1 for block in blocks[:400] if _head(block, loose=True) is not None)
    if _VOLUME.match(name) and count:
        return True
    sourced = re.search(
        r"(?m)^\s*(?:\d{1,3}[.)]?\s*)?\[?Source:\s?(?=[A-Z])|\bSource:\s(?:Department of State|National Archives|Kennedy Library|[A-Z][\w ]+ Library)|(?<=[a-z)\]\d])\s{0,40}Source:\s[A-Z]",
        text,
    )
    if count and sourced:
        return True
    if _SOURCED.match(" ".join(text[:600].split())):
        return True
    first = [block for block in blocks[:6] if block.strip()]
    if any(_head(block, loose=False) is not None and _ordinary(block) for block in first):
        return True
    if first and fronts.EDITORIAL.match(first[0]):
        return True
    if first and _CALENDARED.match(first[0]):
        return True
    if len(first) > 1 and _filed(first[0]):
        if _PLAIN_HEAD.match(first[1]) or re.match(r"\d{3}[A-Z]?\.\S.*/", first[0]):
            return True
        if re.search(r"\b(?:Papers|Files?|Diary)\b", first[0]) and _PAPER.search(first[1][:200]):
            return True
    filed = any(_FILE_NUMBER.match(block) for block in first[:2])
    titled = any(_head(block, loose=True) is not None for block in first[:3])
    return (filed or titled) and any(
        len(block) < 150 and _is_dateline(block, read_dateline(block)) for block in first
    )


def _ordinary(block: str) -> bool:
    heading = read_heading(block)
    if heading.senders and heading.addressees:
        return True
    if heading.form == "other":
        return False
    written = bool(heading.drafters or heading.participants)
    return bool(heading.number) or (written and len(block) < 250)


def read(path: Path, report: Report) -> Iterator[Item]:
    """The documents of a text, in order."""
    try:
        text = path.read_text("utf-8", errors="replace")
    except OSError as error:
        report.error("unreadable", path.name, str(error), hint="check the path and its rights")
        return
    source, prefix, single = _keys(path)
    context = editions.Context(volume=prefix, source=source, report=report)
    made = list(layouts(text, prefix, single))
    if not made:
        report.warning(
            "no-documents", path.name, "no heading of a document was found",
            hint="each document should begin with its heading on a line of its own",
        )  # fmt: skip
        return
    yield from editions.records(made, context)


def _keys(path: Path) -> tuple[str, str, str | None]:
    """(source name, prefix of ids, id of the only document where the name says it)."""
    source, prefix = source_key(path)
    if prefix != source:
        return source, prefix, None
    found = _VOLUME.search(path.stem)
    if found is not None:
        return path.name, found["volume"], found["document"]
    alone = re.fullmatch(r"d\d+[A-Za-z]?", path.stem)
    folder = _VOLUME.search(path.absolute().parent.name)
    if folder is not None:
        return path.name, folder["volume"], path.stem if alone else None
    return path.name, prefix, None


# paragraphs ---------------------------------------------------------------------------------


_SPACED = re.compile(r"(?<=[(\[])\s+|(?<=[^\s.])\s+(?=[)\],;])")


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, whatever its line breaks mean."""
    return [_SPACED.sub("", block) for block in _lines(text)]


def _lines(text: str) -> list[str]:
    text = text.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    filled = [line for line in lines if line.strip()]
    if not filled:
        return []
    indented = sum(1 for line in filled if line.startswith(("        ", "\t\t")))
    if indented * 2 > len(filled):
        return _rejoined(lines)
    gaps = text.count("\n\n") + len(re.findall(r"\n[ \t]+\n", text))
    if gaps == 0 or gaps * 12 < len(filled):
        return [" ".join(line.split()) for line in filled]
    longest = sorted(len(line) for line in filled)[int(len(filled) * 0.95)]
    parts = re.split(r"\n[ \t]*\n", text)
    if longest <= 100 and len(filled) > 1.6 * gaps:
        return [" ".join(part.split()) for part in parts if part.strip()]
    out: list[str] = []
    for part in parts:
        out.extend(" ".join(line.split()) for line in part.split("\n") if line.strip())
    return out


def _rejoined(lines: list[str]) -> list[str]:
    """Lines that were broken and indented by an XML editor, joined to paragraphs again.

    A paragraph begins behind an empty line, or where a line is indented no deeper than
    the paragraph before began; a line that begins small or with a mark begins none.
    """
    out: list[str] = []
    began = 0
    gap = True
    for line in lines:
        words = " ".join(line.split())
        if not words:
            gap = True
            continue
        depth = len(line) - len(line.lstrip())
        begins = (gap or depth <= began or _SOURCE.match(words) is not None) and not (
            out
            and (words[0] in ",.;:)]”’" or words[0].islower() or _unfinished(out[-1]))
            and not _MARKING.fullmatch(words)
        )
        if begins or not out:
            out.append(words)
            began = depth
        elif words[0] in ",.;:)]”’":
            out[-1] += words
        else:
            out[-1] += " " + words
        gap = False
    return out


_MARKING = re.compile(
    r"(?:(?:most|top) )?(?:secret|confidential|restricted|unclassified)|us urgent|priority|urgent|plain|niact"
)


def _unfinished(words: str) -> bool:
    """Whether a line ends where no paragraph does."""
    if len(words) < 120 and openings.VALEDICTION_ENDS.search(words):
        return False
    return words.endswith((",", "(", "[", "—", " of", " the", " and", " to", " in", " by", " a"))


# documents ------------------------------------------------------------------------------------


def _head(block: str, *, loose: bool) -> Heading | None:
    """The heading that a paragraph is, or None."""
    numbered = _NUMBERED.match(block)
    if numbered is not None:
        rest = block[numbered.end() :]
        if len(block) > 420 and "Source:" not in block[:600] and not _PAGES.search(block):
            return (
                None
                if not loose
                else (
                    read_heading(block[:300])
                    if _WORDS.match(rest) and _DAY.search(rest[:300])
                    else None
                )
            )
        if _WORDS.match(rest) is None:
            return None
        heading = read_heading(_mark_off(_before_source(block)))
        if heading.form == "other" and not heading.senders and not heading.addressees and not loose:
            return None
        return heading
    if len(block) > 330 and "Source:" not in block[:400]:
        return None
    plain = _PLAIN_HEAD.match(block)
    if plain is None:
        return None
    words = _mark_off(_before_source(block))
    if words.endswith((":", ";", ",")) or len(words) > 330:
        return None
    heading = read_heading(words)
    if heading.same or heading.form in ("editorial-note", "memorandum-of-conversation", "minutes"):
        return heading
    if (
        heading.form == "memorandum"
        and (heading.drafters or heading.senders or heading.addressees)
        and len(words) < 200
    ):
        return heading
    return heading if heading.senders and heading.addressees and _titled(words) else None


def _titled(words: str) -> bool:
    """Whether a line reads as a title: hardly a word in it begins small."""
    tokens = [t for t in re.findall(r"[^\W\d_]+", words) if len(t) > 3]
    small = [
        t
        for t in tokens
        if t[0].islower()
        and t not in ("from", "with", "under", "through", "foreign", "affairs", "minister")
    ]
    return len(small) <= max(1, len(tokens) // 5)


def _before_source(block: str) -> str:
    at = block.find("Source:")
    return block[:at].rstrip(" [") if at > 0 else block


def _mark_off(words: str) -> str:
    """A heading without the note mark at its end."""
    return fronts.mark_off(words)


def layouts(text: str, prefix: str, single: str | None = None) -> Iterator[Layout]:
    """The documents of a text as layouts."""
    blocks = _unglued(_paragraphs(text))
    starts = _numbered(blocks)
    plain = _unnumbered(blocks)
    if len(plain) > 2 * len(starts) or (
        plain and starts and plain[0] < starts[0] and len(starts) < 3
    ):
        starts = plain
    if single is not None:
        starts = [0] if blocks else []
    for order, begin in enumerate(starts):
        end = starts[order + 1] if order + 1 < len(starts) else len(blocks)
        yield _layout(blocks[begin:end], prefix, single, order + 1)


def _numbered(blocks: list[str]) -> list[int]:
    """Where the documents of an edition with numbers begin; other titles stand inside them."""
    starts: list[int] = []
    last = 0
    for index, block in enumerate(blocks):
        number = _NUMBERED.match(block)
        if number is None:
            continue
        value = int(re.sub(r"\D", "", number["number"]))
        if starts and not last <= value <= last + 40:
            continue
        if _head(block, loose=not starts) is None and (
            not last or _next_head(blocks, index, last) is None
        ):
            continue
        last = value
        starts.append(index)
    return starts


def _unnumbered(blocks: list[str]) -> list[int]:
    """Where the documents of an edition without numbers begin; a title directly behind
    "[Enclosure]" is that of the enclosure. Where most titles stand below a file number,
    one without it must be followed by its dateline."""
    heads: list[int] = []
    for index, block in enumerate(blocks):
        if _NUMBERED.match(block) or len(block) > 420:
            continue
        if _head(block, loose=False) is not None or (
            index and _filed(blocks[index - 1]) and _titled(block)
        ):
            heads.append(index)
    filed = [index for index in heads if index and _filed(blocks[index - 1])]
    by_file = len(filed) * 2 > len(heads)
    starts: list[int] = []
    for index in heads:
        if starts and any(
            _ENCLOSURE.match(one) for one in blocks[max(starts[-1] + 1, index - 2) : index]
        ):
            continue
        begin = index - 1 if index and _filed(blocks[index - 1]) else index
        if starts and begin <= starts[-1] + 1:
            continue
        if by_file and begin == index and not _stands(blocks, index):
            continue
        starts.append(begin)
    return starts


def _filed(block: str) -> bool:
    """Whether a paragraph is the number or the name of a file."""
    return len(block) < 120 and _FILE_NUMBER.match(block) is not None


def _stands(blocks: list[str], index: int) -> bool:
    """Whether a title without a file number is one: an editorial note, or a dateline follows."""
    if re.fullmatch(r"Editorial Note\d?", blocks[index]):
        return True
    if re.search(r"\b(?:supra|infra|ante|post|p\. \d+)\b|\d{4}\.$", blocks[index]):
        return False
    return any(
        len(one) < 150 and _is_dateline(one, read_dateline(one))
        for one in blocks[index + 1 : index + 4]
    )


def _next_head(blocks: list[str], index: int, last: int) -> Heading | None:
    """A title of any kind that bears the next number and is followed by source or date."""
    block = blocks[index]
    number = _NUMBERED.match(block)
    if number is None or not number["number"].rstrip("ABCDEFGHIJKLM").isdigit() or len(block) > 420:
        return None
    if not last <= int(re.sub(r"\D", "", number["number"])) <= last + 2:
        return None
    words = _mark_off(_before_source(block))
    if "Source:" not in block:
        after = [one for one in blocks[index + 1 : index + 3] if one]
        sourced = any(_SOURCE.match(one) for one in after)
        dated = any(len(one) < 150 and _is_dateline(one, read_dateline(one)) for one in after)
        if not (sourced or dated) and not _PAGES.search(block):
            return None
    return read_heading(words) if _titled(words[:160]) or _PAGES.search(block) else None


_DAY = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{1,2}(?:[^\d\n]{1,14}\d{1,2})?,?\s+1[4-9]\d\d"
    r"|\d{1,2}(?:st|nd|rd|th)?\s+(?:January|February|March|April|May|June|July|August|September|October|November|December),?\s+1[4-9]\d\d|\b[Uu]ndated\b"
)
_PAGES = re.compile(r"\b\d+ pp?\. [A-Z]")


def _unglued(blocks: list[str]) -> list[str]:
    """Headings, source notes and datelines parted where a text runs them together."""
    out: list[str] = []
    since = 9
    for index, block in enumerate(blocks):
        since += 1
        file = fronts.LEADING_FILE.match(block) if index < 1 or len(block) > 60 else None
        if file is not None and file.end() < len(block):
            out.append(file["file"])
            block = block[file.end() :]
        numbered = _NUMBERED.match(block)
        heads = numbered is not None and (
            _WORDS.match(block, numbered.end()) is not None or "Source:" in block[8:400]
        )
        heads = heads or _PLAIN_HEAD.match(block) is not None or (file is not None and index < 1)
        if since < 4 and not (heads and (len(block) < 300 or _titled_front(block))):
            out.extend(fronts.opening(block))
        elif not heads:
            out.append(block)
            continue
        elif (_PAGES.search(block[:600]) and "Source:" not in block[:600]) or (
            len(block) <= 420 and "Source:" not in block and _complete(block)
        ):
            out.append(block)
        else:
            out.extend(fronts.part(block))
        if heads:
            since = 0
    return out


def _titled_front(block: str) -> bool:
    """Whether a long paragraph begins with a title, so that it is a document by itself."""
    front = fronts.part(block)[0]
    return len(front) < 300 and _head(front, loose=False) is not None


def _complete(block: str) -> bool:
    """Whether a paragraph is a title and nothing else: its date, if any, is its last word."""
    if fronts.GLUED.search(block):
        return False
    heading = read_heading(block)
    if heading.date is not None and (heading.number or not heading.addressees):
        return fronts.dated_title(block, heading.date.end)
    return not _DAY.search(block) and len(fronts.part(block)) == 1


def _layout(blocks: list[str], prefix: str, single: str | None, order: int) -> Layout:
    main, enclosed = _enclosures(blocks)
    layout = _one(main, prefix, None)
    number = layout.number
    plain = prefix == "frus"
    if single is not None:
        layout.id = f"{prefix}/{single}"
    elif number is not None:
        layout.id = f"{prefix}/{number}" if plain else f"{prefix}/d{number}"
    else:
        layout.id = f"{prefix}/d{order}"
    for count, part in enumerate(enclosed, 1):
        inner = _one(part, prefix, part[0])
        inner.id = f"{layout.id}/{count}"
        layout.inner.append(inner)
    return layout


def _enclosures(blocks: list[str]) -> tuple[list[str], list[list[str]]]:
    cuts = [
        i
        for i, block in enumerate(blocks)
        if i > 1 and _ENCLOSURE.match(block) and i + 1 < len(blocks)
    ]
    if not cuts:
        return blocks, []
    parts = [blocks[a:b] for a, b in zip(cuts, [*cuts[1:], len(blocks)], strict=True)]
    return blocks[: cuts[0]], parts


def _one(blocks: list[str], prefix: str, label: str | None) -> Layout:
    """One document's paragraphs as blocks of their kinds."""
    layout = Layout(prefix, label=label)
    kinds: list[tuple[str, BlockKind, str | None]] = []
    head_at = next(
        (i for i, block in enumerate(blocks[:4]) if _head(block, loose=True) is not None), None
    )
    if head_at is None and label is None:
        head_at = 1 if len(blocks) > 1 and _filed(blocks[0]) else 0
    dated = False
    current: str | None = None
    noted = False
    for index, block in enumerate(blocks):
        if index == head_at:
            words, note = _mark_off(_before_source(block)), ""
            if "Source:" in block[10:]:
                note = block[block.find("Source:", 10) :]
            kinds.append((words, "head", None))
            if note:
                kinds.append((note, "source-note", None))
                noted = True
            continue
        near = head_at is None or index - head_at <= 8
        if not noted and (
            _SOURCE.match(block)
            or (abs(index - (head_at or 0)) <= 1 and _FILE_NUMBER.match(block) and len(block) < 160)
        ):
            kinds.append((block, "source-note", None))
            noted = True
            continue
        if _SOURCE.match(block):
            kinds.append((block, "footnote", None))
            continue
        if near and not dated and len(block) < 160:
            line = read_dateline(block)
            if _is_dateline(block, line):
                kinds.append((block, "dateline", None))
                dated = True
                current = None
                continue
        label_found = _LABELS.match(block)
        if (
            label_found is not None
            and (head_at is None or index - head_at < 14)
            and (label_found["label"].isupper() or len(block) < 300)
        ):
            current = _LIST_OF[label_found["label"].lower()]
            if label_found["rest"].strip():
                for part in _items(label_found["rest"], current):
                    kinds.append((part, "item", current))
                if current in ("subject", "to", "from", "through", "ref"):
                    current = None if current != "to" else current
            continue
        if current is not None:
            if current == "participants" and _participant_like(block):
                kinds.append((block, "item", current))
                continue
            if current in ("subject", "ref", "through"):
                kinds.append((block, "item", current))
                current = None
                continue
            if (
                current in ("to", "from", "cc")
                and len(block) < 110
                and not block.endswith((":", ";"))
                and not re.search(r"[a-z]\.$", block)
            ):
                kinds.append((block, "item", current))
                if current == "from":
                    current = None
                continue
            current = None
        if re.match(
            r"^\[?(?:No\.?\s?\d[\w/–-]*|Telegram|Paraphrase|Confidential|Secret|Top Secret|top secret|secret|confidential)\.?\s?[\]]?$",
            block,
        ):
            kinds.append((block, "opener", None))
            continue
        mark = _FOOTNOTE.match(block)
        if mark is not None and index > (head_at or 0) + 3 and re.match(r"\[\d", block):
            kinds.append((block, "footnote", None))
            continue
        kinds.append((block, "p", None))
    if not dated:
        _closing_date(kinds)
    _closing_name(kinds)
    _write(layout, kinds)
    if head_at is not None and kinds:
        head = next((block for block in layout.blocks if block.kind == "head"), None)
        if head is not None:
            layout.number = read_heading(layout.words(head)).number
    return layout


def _is_dateline(block: str, line: Dateline) -> bool:
    if line.date is None:
        return False
    start = line.date.start or 0
    end = line.date.end or 0
    before, after = block[:start].strip(" ,[]("), block[end:]
    after = re.sub(r"\[Received[^\]]*\]|\(Received[^)]*\)", "", after, flags=re.IGNORECASE)
    after = re.sub(r"\[?No\.?\s?\d[\w/–-]*\.?\]?", "", after)
    if len(after.strip(" .[]();,0123456789")) > 2:
        return False
    if line.date.edtf is None and not line.undated:
        return False
    if re.search(r"\b(?:of|on|dated|the|to|from|by|in|until|for|and)$", before) or re.search(
        r"[a-z]{4,}\.\s", before
    ):
        return False
    if len(before) > 90 or (
        before
        and not (
            before[0].isupper()
            or before[0].isdigit()
            or before[0] == "“"
            or "not declassified" in before
        )
    ):
        return False
    return not (line.date.edtf is not None and len(line.date.edtf) < 7 and not before)


def _items(rest: str, kind: str) -> list[str]:
    if kind == "participants":
        parts = re.split(r"\s{2,}|\n|;\s+", rest)
        return [part for part in parts if part.strip()]
    return [rest]


def _participant_like(block: str) -> bool:
    if len(block) > 140:
        return False
    if re.search(r"[a-z]{3}\.\s+[A-Z][a-z]+ [a-z]+", block) or re.match(r"\d+[.)]\s", block):
        return False
    if re.search(
        r"\b(?:was|were|said|asked|stated|opened|began|had|is|are|has|have|would|called|thanked|expressed|replied|noted|recalled)\b",
        block,
    ):
        return False
    return block[0].isupper() or block[0] in "[("


def _closing_date(kinds: list[tuple[str, BlockKind, str | None]]) -> None:
    for back in range(1, min(5, len(kinds))):
        words, kind, _ = kinds[-back]
        if kind == "p" and len(words) < 130 and _is_dateline(words, read_dateline(words)):
            kinds[-back] = (words, "dateline", None)
            return


def _closing_name(kinds: list[tuple[str, BlockKind, str | None]]) -> None:
    """The signature: a short last paragraph that is a name, or the last words of one.

    Behind it stand notes, offices and remarks of the editors at most.
    """
    heading = next((read_heading(words) for words, kind, _ in kinds if kind == "head"), None)
    unsigned = heading is not None and heading.form in _UNSIGNED
    short = 0
    for back in range(1, len(kinds)):
        words, kind, of = kinds[-back]
        clean = words.strip(" .")
        if kind not in ("p", "footnote", "opener") or short > 3:
            return
        if kind == "p" and 2 < len(clean) < 60 and _signature(clean):
            kinds[-back] = (words, "signed", None)
            return
        if kind != "p" or _NOTED.match(words):
            continue
        if len(words) < 60 and not words.endswith((".", ":", ";", "?")):
            short += 1
            continue
        if unsigned or heading is None:
            return
        at = openings.closing_name(words)
        if at is not None and (heading.senders or heading.drafters or heading.addressees):
            begin, end = at
            parts: list[tuple[str, BlockKind, str | None]] = [
                (words[:begin].rstrip(), "p", of),
                (words[begin:end].strip(), "signed", None),
                (words[end:].strip(), "p", of),
            ]
            kinds[len(kinds) - back : len(kinds) - back + 1] = [one for one in parts if one[0]]
        return


_NOTED = re.compile(  # a note below a text, or an editor's remark
    r"\d{1,3}\s?[A-Z“\"(\[]|\[|(?:Printed from|The source text|Not printed|See |Signed|File copy|Document \d|Dated|Attached|Brackets|Ibid|This |These |For |In |No record|Reference|Apparently|Secret|Top Secret|Confidential)"
)
_UNSIGNED = frozenset(("memorandum-of-conversation", "minutes", "editorial-note", "resolution"))


def _signature(clean: str) -> bool:
    name = re.sub(r"^(?:/s/|\[?[Ss]igned\]?:?)\s*", "", clean).split(",")[0]
    return (
        openings.signature_like(name) and not clean.endswith(":") and not read_dateline(clean).date
    )


def _write(layout: Layout, kinds: list[tuple[str, BlockKind, str | None]]) -> None:
    at = 0
    parts: list[str] = []
    order = sorted(range(len(kinds)), key=lambda i: kinds[i][1] == "footnote")
    for index in order:
        words, kind, of = kinds[index]
        if not words:
            continue
        if parts:
            at += 2
        parts.append(words)
        layout.blocks.append(Block(kind, at, at + len(words), list=of))
        at += len(words)
    layout.text = "\n\n".join(parts)
