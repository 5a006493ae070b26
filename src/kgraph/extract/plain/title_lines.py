"""Where the documents of a plain text begin: titles, the numbers of files above them, notes glued to them."""

from __future__ import annotations

import re

from kgraph.extract.datelines import is_dateline, read_dateline
from kgraph.extract.headings import Heading, read_heading
from kgraph.extract.plain import enclosure_labels, fronts, meetings, mixed

NUMBERED = re.compile(
    r"\s*\[?(?:Document\s+)?(?P<number>\d{1,4}[A-Za-z]?)[\].]\.?\s*(?=[A-Z“\"\[])"
)
NUMBERED_WORDS = re.compile(
    r"(?:Telegram|Letter|Message|Memorand(?:um|a)|Note|Airgram|Despatch|Editorial Note|Minutes|Circular|Draft|Paper|Report|National|Summary|Record"
    r"|Transcript|Instruction|Intelligence|Special|Backchannel|Action|Information|Oral|Notes|Aide|Research|Briefing|Conversation|Statement|Study|Position|The|Mr|Talking|Joint)\b"
)
PLAIN_HEAD = re.compile(
    r"(?:\[?No\.\s?\d{1,4}\.?\]?[\s—–-]*|\[Translation\.?\]\.?\s*|Circular\.\s)?(?:Editorial Note(?:\d?$|\d{0,2}\s+[A-Z“\"\[])|Memorandum,? (?:of|by|for|from)\b|Minutes of\b|(?:(?:[A-Z]{1,3}[-–]\d{1,3}[A-Z]? )?(?:[A-Z][\w’'.]+ ){0,2})?(?:Notes|Proceedings|Record|Summary|Transcript) of (?:an?|the)\b[^.:;]{0,60}\b(?:Meeting|Conference|Conversation|Session)|(?:(?:Identic|Joint|Collective|Circular) [Nn]ote|Message|Letter|Note|Reply|Address) of (?:the|Mr\.|President)\b.{2,120}?\sto\s(?:the\s)?[A-Z]|Protocol (?:of an?|No\.\s?\d+)\b[^:;]{0,30}\b(?:[Cc]onference|[Mm]eeting|[Ss]itting)\b|(?:The )?[Ss]ame to (?=[Ss]ame|the |[A-Z])|(?:Note|Report|Statement|Paper) [Bb]y the\b|(?:[A-Z][\w’.-]* (?:of )?){1,6}Minutes$"
    r"|(?:[A-Z][\w’-]{1,20} ){0,3}(?:Telegram|Letter|Message|Memorandum|Note|Airgram|Despatch|Instruction)(?: [\w.–-]{1,12}){0,2} [Ff]rom\b.{2,260}?\s[Tt]o\s"
    r"|(?:[A-Z][\w’'-]+ (?:of )?){2,4}to (?:Mr|Messrs|Señor|Lord|Sir)\b"
    r"|(?:The|Mr|Messrs|Mrs|Miss|Dr|Sir|Lord|Earl|Count|Baron|Señora?|Prince|General|Admiral|Colonel|Captain|President|Prime Minister|Judge|Secretary|Acting Secretary"
    r"|Hon|Professor|Prof|MM?(?=\. (?:(?:de|du|von|van|d[’'])\s?)?[A-Z])|Signor|Senhor|Herr|Viscount|Marquis|Chevalier|Duke|Don|Rev|Governor|Commander|Commodore|Lieutenant|Major|Minister|Chargé|Consul|Vice[- ]Consul|Commissioner|Bishop|Rear[- ]Admiral|Vice[- ]Admiral"
    r"|Generalissimo|Marshal|Ambassador|Senator|King|Queen|Emperor|Pope|[A-Z]\. [A-Z]|[A-Z][a-z]+ [A-Z]\. [A-Z])\b.{2,260}?\s[Tt]o\s(?:(?:the\s|The\s|all\s(?:the\s)?)?(?:[A-Z“]|(?:diplomatic|consular|ministers?|consuls?|governors?)\s|same\b)))"
)
FILE_NUMBER = re.compile(
    r"^(?:\[?Source:?\s|Treaty Series,? No\.\s?\d+\.?$|File No\.\s?\d[\w./½–-]{0,40}(?:\s[A-Z][a-z]{1,2}\s\d{1,3}(?:/[\w½]{1,6})?)?$|[A-Z][\w.’ ]{2,40}\s\d{3}[A-Z]?\.[\w½–-]+(?:/[\w½–-]+)?(?::\s*(?:Telegram|Despatch|Letter))?$|(?:\[?FW\s)?\d{3}[A-Z]?(?:\.[\w½¼¾⅓⅔]+)+[\w\s.½¼¾⅓⅔/()–—-]{0,50}(?::\s*(?:Telegram|Despatch|Circular telegram|Airgram|Letter|Instruction)[^.]{0,40})?$"
    r"|[A-Z][\w.’'(), –:-]{0,60}\b(?:Papers|Files?|Library|Records|Collection|Lot)\b[^!?]{0,70}$|(?:[A-Z][\w.’'/–-]*,?\s(?:of\s(?:the\s)?)?){1,7}(?:papers|[Ff]iles?|[Ll]ot)\b[^!?.]{0,90}$|Lot\s[\dM][^!?.]{0,40}$)"
)
SOURCE = re.compile(r"\s*(?:\[?\d{1,3}\s*[.)\]]?\s*)?\[?Source:\s?")
_DAY = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{1,2}(?:[^\d\n]{1,14}\d{1,2})?,?\s+1[4-9]\d\d"
    r"|\d{1,2}(?:st|nd|rd|th)?\s+(?:January|February|March|April|May|June|July|August|September|October|November|December),?\s+1[4-9]\d\d|\b[Uu]ndated\b"
)
_PRINTED_AT = re.compile(r"\bpp?\. \d+(?:[–-]\d+)?\.?$")
NUMBER_ALONE = re.compile(r"\[?(?:No\.|Document)\s?(?P<number>\d{1,4})\.?\]?")
"""A document's number on a line of its own, above its file or its title."""
_ENCLOSED_LETTER = re.compile(r"\[?[A-H]\.?(?:\s?[-—–]+\s?[A-Z][a-z]+\.?)?\]?\.?")
MODERN = re.compile(
    r"(?:[A-Z][\w’-]{1,20} ){0,3}(?:Telegram|Letter|Message|Memorandum|Note|Airgram|Despatch|Instruction|Report|Paper)\b"
)
"""Titles as volumes with numbers print them, and as they print them above what is enclosed."""
_CAREER = re.compile(r";|\b(?:from|until|since)\b.*\b\d{4}\b")
"""What lists of persons say of somebody's offices, and no title does."""
CENTRAL = re.compile(r"(?:FW )?(?:File No\. ?)?\d{2,4}[A-Za-z]?\.\w")
PAGES = re.compile(r"\b\d+ pp?\. [A-Z]")


def starts(blocks: list[str]) -> list[int]:
    """Indexes of the paragraphs with which documents begin."""
    found = _numbered(blocks)
    plain = meetings.headed(blocks, _unnumbered(blocks))
    sure = sum(_surely_numbered(blocks, at) for at in found) if len(found) <= len(plain) else 0
    if (
        len(plain) > 2 * len(found)
        or (plain and found and plain[0] < found[0] and len(found) < 3)
        or (len(found) <= len(plain) and sure * 2 < len(found))
    ):
        return mixed.merged(plain, found, lambda at: _surely_numbered(blocks, at))
    return mixed.merged(found, plain, lambda at: _surely_unnumbered(blocks, at))


def _surely_numbered(blocks: list[str], index: int) -> bool:
    """Whether a numbered paragraph begins a document though most documents here bear no numbers."""
    heading = head_of(blocks[index], loose=False)
    if heading is None:
        return False
    number = NUMBERED.match(blocks[index])
    if number is None or not NUMBERED_WORDS.match(blocks[index], number.end()):
        return False
    if heading.form == "editorial-note" or _sourced(blocks, index):
        return True
    modern = MODERN.match(blocks[index], number.end())  # "2. Mr. Pell to Mr. Orde." is enclosed
    return modern is not None and _dated_below(blocks, index)


def _surely_unnumbered(blocks: list[str], index: int) -> bool:
    """Whether a title without a number begins a document though most documents here bear numbers:
    below the number of a central file, or as only volumes without numbers word it."""
    if len(blocks) <= index + 1 or SOURCE.match(blocks[index]):
        return False
    if CENTRAL.match(blocks[index]) and is_filed(blocks[index]):
        return head_of(blocks[index + 1], loose=False) is not None and _dated_below(
            blocks, index + 1
        )
    at = index + 1 if NUMBER_ALONE.fullmatch(blocks[index]) or is_filed(blocks[index]) else index
    title = blocks[at]
    if (
        MODERN.match(title)
        or _CAREER.search(title)
        or not (_stands(blocks, at) and _dated_below(blocks, at))
    ):
        return False
    heading = head_of(title, loose=False)
    return heading is not None and bool(heading.senders and heading.addressees)


def head_of(block: str, *, loose: bool) -> Heading | None:
    """The heading that a paragraph is, or None."""
    numbered = NUMBERED.match(block)
    if numbered is not None:
        rest = block[numbered.end() :]
        if len(block) > 420 and "Source:" not in block[:600] and not PAGES.search(block):
            return (
                None
                if not loose
                else (
                    read_heading(block[:300])
                    if NUMBERED_WORDS.match(rest) and _DAY.search(rest[:300])
                    else None
                )
            )
        if NUMBERED_WORDS.match(rest) is None and PLAIN_HEAD.match(rest) is None:
            return None
        heading = read_heading(fronts.mark_off(before_source(block)))
        if heading.form == "other" and not heading.senders and not heading.addressees and not loose:
            return None
        return heading
    if len(block) > 330 and "Source:" not in block[:400]:
        return None
    plain = PLAIN_HEAD.match(block)
    if plain is None:
        return None
    words = fronts.mark_off(before_source(block))
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
    from_ = heading.senders or heading.same_sender
    to = heading.addressees or heading.same_addressee
    return heading if from_ and to and _titled(words) else None


def _titled(words: str) -> bool:
    """Whether a line reads as a title: hardly a word in it begins small."""
    if re.fullmatch(r"\W*\d*\W*|.*\bVolumes?\b\W*(?:[IVX]+|\d+)?\W*", words):
        return False
    words = re.sub(r"\s?\[[^\]]*\]\.?$", "", words)  # "[Circular telegram]"
    tokens = [t for t in re.findall(r"[^\W\d_]+", words) if len(t) > 3]
    small = [
        t
        for t in tokens
        if t[0].islower()
        and t
        not in (
            "from",
            "with",
            "under",
            "through",
            "foreign",
            "affairs",
            "minister",
            "diplomatic",
            "consular",
            "officers",
            "missions",
            "representatives",
            "ministers",
            "excellencies",
            "excellency",
            "their",
            "council",
            "citizens",
            "municipal",
            "members",
            "town",
            "senate",
            "chamber",
            "commerce",
            "belligerent",
            "neutral",
            "countries",
            "treaty",
            "powers",
            "note",
        )
    ]
    return len(small) <= max(1, len(tokens) // 5)


def before_source(block: str) -> str:
    at = block.find("Source:")
    return block[:at].rstrip(" [") if at > 0 else block


def _numbered(blocks: list[str]) -> list[int]:
    """Where the documents of an edition with numbers begin; other titles stand inside them."""
    starts: list[int] = []
    last = 0
    for index, block in enumerate(blocks):
        number = NUMBERED.match(block)
        if number is None:
            continue
        value = int(re.sub(r"\D", "", number["number"]))
        preface = 0 < len(starts) <= 3 and not any(_sourced(blocks, one) for one in starts)
        follows = not starts or last <= value <= last + 40
        if preface and (value == 1 or not follows) and _sourced(blocks, index):
            starts.clear()  # what was numbered before were items of a preface
        elif not follows:
            continue
        titled = starts or PAGES.search(block) or _titled(fronts.part(block[:420])[0])
        if (not titled or head_of(block, loose=not starts) is None) and (
            not (last or value == 1) or _next_head(blocks, index, last) is None
        ):
            continue
        last = value
        starts.append(index)
    return starts


def _sourced(blocks: list[str], index: int) -> bool:
    """Whether a paragraph is surely a document's heading, with a source note behind it."""
    if head_of(blocks[index], loose=False) is None:
        return False
    behind = blocks[index + 1 : index + 4]
    return "Source:" in blocks[index][10:] or any(SOURCE.match(one) for one in behind)


def _unnumbered(blocks: list[str]) -> list[int]:
    """Where the documents of an edition without numbers begin; a title directly behind
    "[Enclosure]" is that of the enclosure. Where most titles stand below a file number,
    one without it must be followed by its dateline."""
    heads: list[int] = []
    for index, block in enumerate(blocks):
        if NUMBERED.match(block) or len(block) > 420 or SOURCE.match(block):
            continue
        if head_of(block, loose=False) is not None or (
            index and _filed_above(blocks, index) and _titled(block)
        ):
            heads.append(index)
    filed = [index for index in heads if _filed_above(blocks, index)]
    by_file = len(filed) * 2 > len(heads)
    starts: list[int] = []
    for index in heads:
        if starts and _labelled(blocks[max(starts[-1] + 1, index - 2) : index]):
            continue
        begin = index - 1 if _filed_above(blocks, index) else index
        if starts and begin <= starts[-1] + 1:
            continue
        if by_file and begin == index and not _stands(blocks, index):
            continue
        if begin and NUMBER_ALONE.fullmatch(blocks[begin - 1]) and begin - 1 > (starts or [-1])[-1]:
            begin -= 1
        starts.append(begin)
    return starts


def _filed_above(blocks: list[str], index: int) -> bool:
    above = blocks[index - 1] if index else ""
    return is_filed(above) and not SOURCE.match(above)


def _labelled(before: list[str]) -> bool:
    """Whether the label of an enclosure stands above, with a short line between at most."""
    if before and _ENCLOSED_LETTER.fullmatch(before[-1]):
        return True
    return any(
        enclosure_labels.LABEL.match(one) and all(len(other) < 60 for other in before[at + 1 :])
        for at, one in enumerate(before)
    )


def is_filed(block: str) -> bool:
    """Whether a paragraph is the number or the name of a file, and no page of a book."""
    if _PRINTED_AT.search(block):
        return False
    return len(block) < 120 and FILE_NUMBER.match(block) is not None


def _stands(blocks: list[str], index: int) -> bool:
    """Whether a title without a file number is one: an editorial note, or a dateline follows."""
    if re.fullmatch(r"Editorial Note\d?", blocks[index]):
        return True
    if re.search(r"\b(?:supra|infra|ante|post|p\. \d+)\b|\d{4}\.$", blocks[index]):
        return False
    return any(
        len(one) < 150 and is_dateline(one, read_dateline(one))
        for one in blocks[index + 1 : index + 4]
    )


def _dated_below(blocks: list[str], index: int) -> bool:
    """Whether a title's dateline stands below it, before any other title."""
    for one in blocks[index + 1 : index + 4]:
        if NUMBERED.match(one) or CENTRAL.match(one) or head_of(one, loose=False) is not None:
            return False
        if len(one) < 150 and is_dateline(one, read_dateline(one)):
            return True
    return False


def _next_head(blocks: list[str], index: int, last: int) -> Heading | None:
    """A title of any kind that bears the next number and is followed by source or date."""
    block = blocks[index]
    number = NUMBERED.match(block)
    if number is None or not number["number"].rstrip("ABCDEFGHIJKLM").isdigit() or len(block) > 420:
        return None
    if not last <= int(re.sub(r"\D", "", number["number"])) <= last + 2:
        return None
    words = fronts.mark_off(before_source(block))
    if "Source:" not in block:
        after = [one for one in blocks[index + 1 : index + 3] if one]
        sourced = any(SOURCE.match(one) for one in after)
        dated = any(len(one) < 150 and is_dateline(one, read_dateline(one)) for one in after)
        if not (sourced or dated) and not PAGES.search(block):
            return None
    return read_heading(words) if _titled(words[:160]) or PAGES.search(block) else None


def unglued(blocks: list[str]) -> list[str]:
    """Headings, source notes and datelines parted where a text runs them together."""
    out: list[str] = []
    since = 9  # paragraphs since the last heading or label
    labelled = False
    for index, block in enumerate(blocks):
        since += 1
        if enclosure_labels.LABEL.match(block):
            out.append(block)
            since = 0
            labelled = True
            continue
        file = fronts.LEADING_FILE.match(block) if index < 1 or len(block) > 60 else None
        if file is not None and file.end() < len(block):
            out.append(file["file"])
            block = block[file.end() :]
        numbered = NUMBERED.match(block)
        heads = numbered is not None and (
            NUMBERED_WORDS.match(block, numbered.end()) is not None or "Source:" in block[8:400]
        )
        heads = heads or PLAIN_HEAD.match(block) is not None or (file is not None and index < 1)
        filed = file is not None and len(block) > 150 and _filed_title(block)
        noted = bool(out) and is_filed(out[-1]) and _noted_title(block)
        heads = heads or filed or noted or (labelled and _parted_title(block))
        labelled = False
        if since < 4 and not (heads and (filed or len(block) < 300 or _titled_front(block))):
            out.extend(fronts.opening(block))
        elif not heads:
            out.append(block)
            continue
        elif (PAGES.search(block[:600]) and "Source:" not in block[:600]) or (
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
    parts = fronts.part(block)
    if len(parts[0]) >= 300:
        return False
    return sourced(parts) or head_of(parts[0], loose=False) is not None


def _parted_title(block: str) -> bool:
    """Whether a paragraph below a label begins with who wrote it, or to whom."""
    parts = fronts.part(block)
    if len(parts) < 2 or len(parts[0]) > 200 or not _titled(parts[0]):
        return False
    heading = read_heading(parts[0])
    return bool(heading.senders or heading.drafters or NUMBERED_WORDS.match(block))


def _filed_title(block: str) -> bool:
    """Whether what stands behind a file's name is a document that runs on: its title is parted
    from its text by a dateline or a marking."""
    parts = fronts.part(block)
    return len(parts) > 1 and 8 < len(parts[0]) < 200 and _titled(parts[0])


def _noted_title(block: str) -> bool:
    """Whether a line below a file's name is a title with a note glued to it."""
    note = fronts.GLUED.search(block, 8, 160)
    return note is not None and _titled(block[: note.start()])


def sourced(parts: list[str]) -> bool:
    """Whether a number and a title of any kind stand before a source note: "6. Contact Report"."""
    title = parts[0]
    return (
        len(title) < 300
        and len(parts) > 1
        and NUMBERED.match(title) is not None
        and SOURCE.match(parts[1]) is not None
        and _titled(title)
    )


def _complete(block: str) -> bool:
    """Whether a paragraph is a title and nothing else: its date, if any, is its last word."""
    if fronts.GLUED.search(block):
        return False
    heading = read_heading(block)
    if heading.date is not None and (heading.number or not heading.addressees):
        return fronts.dated_title(block, heading.date.end)
    return not _DAY.search(block) and len(fronts.part(block)) == 1
