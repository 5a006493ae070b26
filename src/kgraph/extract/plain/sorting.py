"""What each paragraph of a plain document is, told by its words and by those before it."""

from __future__ import annotations

import re

from kgraph.extract.attendance import reads_as_one
from kgraph.extract.datelines import RECEIVED, is_dateline, read_dateline
from kgraph.extract.layout import BlockKind
from kgraph.extract.list_labels import LABELS, listed_below
from kgraph.extract.plain import attending, fronts
from kgraph.extract.plain.title_lines import FILE_NUMBER, NUMBER_ALONE, SOURCE, before_source

Kind = tuple[str, BlockKind, str | None]
"""Words, what they are, and of an item what its list holds."""

_FOOTNOTE = re.compile(r"^\[?(?P<mark>\d{1,3})[\].)]?\s+(?=[A-Z(“\"])")
_BEFORE_LABEL = re.compile(r"\s(?=(?:PARTICIPANTS|Participants|PRESENT|TO|FROM|SUBJECT)\s?:)")
_SAME_LIST = re.compile(r"\[(?:The list|Here follows|Same list)[^\]]{3,120}\]\.?$")
_NOTE_AMONG = re.compile(r"\d{1,3}\s(?=[A-Z“])")  # a note that stands among the lines of a list
_BESIDE = re.compile(r"(?i)(?:others|also) present\b")
_UNLED = re.compile(  # a source note without its first word
    r"\[?\d{1,3}\]?\s+(?=(?:Department of State|National Archives|[A-Z]\w+ Library|Central Intelligence Agency|Library of Congress"
    r"|Washington National Records Center|Naval Historical Center)\b[,;])"
)
_OPENER = re.compile(
    r"^[\[(]?(?:No\.?\s?\d[\w/–-]*(?:\s(?:bis|ter))?(?:\.\s(?:Confidential|Private|Extracts?|Very confidential|Circular No\.\s?\d+))?|Telegram|Paraphrase|Confidential|Secret|Top Secret|top secret|secret|confidential)\.?\s?[\])]?$"
    r"|^(?:Aide-M[ée]moire|Note Verbale|Pro[- ]Memoria)$|^\[(?:Note [Vv]erbale|Aide|Pro [Mm]emoria|Extract|Translation|Telegram|Circular|Private|Personal|Paraphrase|By (?:[A-Z][a-z]+ )?(?:telegraph|cable|wire)|Substance|Confidential|Copy|Memorandum|Message|Unofficial)[\w\s.,;—–-]{0,40}\]\.?$|^Circular\W+No\. ?\d+\W*$"
)


class Sorter:
    """The paragraphs of one document in order, each with its kind.

    `head_at` is the place of the heading, None where there is none; `label` what announces an
    enclosure. `dated` says whether a dateline was met, `above` the number above the heading.
    """

    def __init__(self, blocks: list[str], label: str | None, head_at: int | None) -> None:
        self.kinds: list[Kind] = []
        self.dated = False
        self.above: str | None = None
        self._label = label
        self._head_at = head_at
        self._list: str | None = None  # what the list holds within which the next paragraph stands
        self._noted = False  # whether the source note was met
        self._last_note: int | None = None  # number of the last note, where notes are numbered
        self._blocks = blocks
        readers = (
            self._number_above, self._announced, self._heading, self._source_note, self._note, self._dateline,
            self._list_label, self._listed, self._opener, self._bracketed_note,
        )  # fmt: skip
        for index, block in enumerate(blocks):
            if not any(read(block, index) for read in readers):
                self._put(block, "p")
        for at in attending.headings_behind([(words, of) for words, _, of in self.kinds]):
            self.kinds[at] = (self.kinds[at][0], "p", None)

    def _put(self, words: str, kind: BlockKind, of: str | None = None) -> bool:
        self.kinds.append((words, kind, of))
        return True

    def _behind(self, index: int) -> int:
        """How many paragraphs behind the heading one stands, or behind the first."""
        return index - (self._head_at or 0)

    def _near(self, index: int, most: int) -> bool:
        return self._head_at is None or index - self._head_at <= most

    def _number_above(self, block: str, index: int) -> bool:
        alone = NUMBER_ALONE.fullmatch(block) if index < (self._head_at or 0) else None
        if alone is None:
            return False
        self.above = alone["number"]
        return self._put(block, "subhead")

    def _announced(self, block: str, index: int) -> bool:
        return index == 0 and self._label == block and self._put(block, "opener")

    def _heading(self, block: str, index: int) -> bool:
        if index != self._head_at:
            return False
        self._put(fronts.mark_off(before_source(block)), "head")
        if "Source:" in block[10:]:
            self._put(block[block.find("Source:", 10) :], "source-note")
            self._noted = True
        return True

    def _source_note(self, block: str, index: int) -> bool:
        unled = _UNLED.match(block)
        if self._noted or not (
            SOURCE.match(block)
            or (abs(self._behind(index)) <= 1 and FILE_NUMBER.match(block) and len(block) < 160)
            or (self._behind(index) == 1 and unled)
        ):
            return False
        self._noted = True
        mark = _NOTE_AMONG.match(block)
        self._last_note = int(mark[0]) if mark else 0
        return self._put(block[unled.end() :] if unled else block, "source-note")

    def _note(self, block: str, index: int) -> bool:
        """A note in the order of its number."""
        mark = _NOTE_AMONG.match(block)
        last = self._last_note
        in_order = mark is not None and last is not None and int(mark[0]) == last + 1
        if not in_order and not SOURCE.match(block):
            return False
        self._last_note = int(mark[0]) if mark else last
        return self._put(block, "footnote")

    def _dateline(self, block: str, index: int) -> bool:
        if not self._near(index, 8):
            return False
        if self.dated:
            receipt = len(block) < 90 and RECEIVED.fullmatch(block) is not None
            return receipt and self._put(block, "dateline")
        if len(block) >= 160 or not is_dateline(block, read_dateline(block)):
            return False
        self.dated = True
        self._list = None
        return self._put(block, "dateline")

    def _list_label(self, block: str, index: int) -> bool:
        label = LABELS.match(block)
        if label is None or not (self._near(index, 13) or self._list is not None):
            return False
        kind = listed_below(label["label"])
        if len(block) >= 300 and (kind == "subject" or not label["label"].isupper()):
            return False
        self._list = kind
        if _BESIDE.match(block):  # beside those whom the heading names
            self._put(label["label"], "subhead")
        rest = _BEFORE_LABEL.split(label["rest"], maxsplit=1)[0]
        if rest.strip() and (kind != "participants" or reads_as_one(rest) or ";" in rest[:200]):
            for part in _items(rest, kind):
                self._put(part, "item", kind)
            if kind in ("subject", "from", "through", "ref"):
                self._list = None
        return True

    def _listed(self, block: str, index: int) -> bool:
        """One more item of the list, which ends where none is met."""
        kind = self._list
        if kind == "participants" and len(block) < 60 and FILE_NUMBER.match(block):
            self._list = None  # the file of the record, below those present
            return self._put(block, "opener")
        if kind == "participants":
            ahead = self._blocks[index + 1 : index + 4]
            if attending.heads_people(block, ahead):
                return self._put(block, "subhead")
            taken = reads_as_one(block) or _SAME_LIST.match(block) is not None
            if not taken and attending.goes_on(ahead):
                entry, note = attending.noted(block)
                if entry:
                    self._put(entry, "item", kind)
                return self._put(note, "footnote") if note else self._end()
        elif kind in ("to", "from", "cc"):
            sentence = block.endswith((":", ";")) or re.search(r"[a-z]\.$", block)
            taken = len(block) < 110 and not sentence and not block.startswith("SUBJECT ")
        else:
            taken = kind in ("subject", "ref", "through")
        if not taken or kind not in ("participants", "to", "cc"):
            self._list = None
        return taken and self._put(block, "item", kind)

    def _end(self) -> bool:
        self._list = None
        return False

    def _opener(self, block: str, index: int) -> bool:
        return _OPENER.match(block) is not None and self._put(block, "opener")

    def _bracketed_note(self, block: str, index: int) -> bool:
        noted = self._behind(index) > 3 and re.match(r"\[\d", block) and _FOOTNOTE.match(block)
        return bool(noted) and self._put(block, "footnote")


def _items(rest: str, kind: str) -> list[str]:
    if kind == "participants":
        parts = re.split(r"\s{2,}|\n|;\s+", rest)
        return [part for part in parts if part.strip()]
    return [rest]
