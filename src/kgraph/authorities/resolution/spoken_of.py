"""Events and documents that a text speaks of, linked like its persons.

Events are those of the authority (`happenings.py`). A document is found by what the
source's own markup or citation points at, by its number in the same edition, or as the
one letter of its form that stands inside the document that speaks of it. Documents
cited by number, date and parties are sought among all records (`missing.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from kgraph.authorities.authority import Authority
from kgraph.authorities.events.happenings import ONCE, kind_of
from kgraph.authorities.events.well_known import called
from kgraph.authorities.resolution.editions import numbers, volume_documents
from kgraph.authorities.review import Decisions, subjects
from kgraph.authorities.setting import Found, Setting
from kgraph.model import Mention, Record, Relation

POINTED = 0.99
"""Probability of a link that the source's own reference makes."""
NUMBERED = 0.97
"""Probability that "Document 34" is number 34 of the edition that says so."""
INSIDE = 0.92
"""Probability that "the letter" is the one letter inside the document."""

_DONE = re.compile(r"(?:was|were|had been|has been|is|took the)\s")
_NEW_SUBJECT = re.compile(r"[.;:]|\b(?:and|but|when|after|before|while)\b")
_GIVEN = re.compile(
    r"\b(?:see|seen|seeing|read|reading|repl(?:y|ied) to|answer(?:ed|ing)?(?: to)?|received?|receipt of|return(?:ed|ing)?|"
    r"enclos\w+|forward\w*|amplification of|regarding|concerning|covered by|issued?|show(?:ed|n)?(?: me| us)?)\s$",
    re.IGNORECASE,
)
_CAME = re.compile(r"\s(?:from|came|reached|arrived|sooner|which (?:I|we) (?:have )?received)\b")
"""What is said of a document that came from somebody else: "for letting me see this letter"."""
_SENTENCE = re.compile(r"[.!?:”]\s+(?=[A-Z“])|\n")
_BARE = re.compile(r"(?:the|this|that)(?: \w+)? \w+$", re.IGNORECASE)
_ID = re.compile(r"^[\w.-]+/[\w./-]+$")
_NUMBER = re.compile(r"^Document (\d{1,4})$")
_ELSEWHERE = re.compile(
    r"(?:vol\.|volume|vols\.)\s+[IVXLC]+(?:,\s+pp?\.\s*[\d–-]+)?[^.;()]{0,40}\(?$", re.IGNORECASE
)
_BY_NUMBER = frozenset(("cited:document-number", "cited:volume-document"))
_OF_VOLUMES = frozenset(("cited:publication", "cited:volume-document", "cited:holding"))
_FORMS = re.compile(r"\b(letter|message|telegram|note|memorandum|despatch)\b", re.IGNORECASE)
_THE_ONE = re.compile(
    r"^(?:(?:the )?text of )?(?:the|this|his|her|their)\s+(?:(?:enclosed|inclosed|attached|following|quoted|accompanying)\s)?"
    r"(?:letter|message|telegram|note|memorandum|despatch)$",
    re.IGNORECASE,
)


def with_events(
    record: Record, mentions: Sequence[Mention], setting: Setting, authority: Authority,
    threshold: float,
) -> tuple[Mention, ...]:  # fmt: skip
    """`mentions` with the ids of events that are probable enough, reasons for the others."""
    done: list[Mention] = []
    met: dict[str, set[str]] = {}
    for mention in mentions:
        if mention.type == "event" and not mention.id:
            inside = _inside(mention, mentions) + _sufferer(mention, mentions, record)
            near = _beside(mention, mentions, record)
            found = authority.happenings.find(mention, inside, record, setting, near)
            if found is None or found.probability < threshold:
                found = (
                    _again(mention, met)
                    or called(mention.text, setting)
                    or _of_the_dead(mention, mentions, setting, authority)
                    or found
                )
            mention = _filled(mention, found, threshold)
            several = _several(mention, met) if not mention.id else []
            if several:
                done += several[:-1]
                mention = several[-1]
        if mention.type == "event" and mention.id:
            met.setdefault(kind_of(mention.text) or "", set()).add(mention.id)
        done.append(mention)
    return tuple(done)


def _sufferer(mention: Mention, mentions: Sequence[Mention], record: Record) -> list[Mention]:
    """Whom a verb such as "was assassinated" tells of: the person named just before it."""
    if mention.start is None or not _DONE.match(mention.text):
        return []
    near = [
        m
        for m in mentions
        if m.type == "person" and m.id and m.end is not None
        and 0 <= mention.start - m.end <= 30 and not _NEW_SUBJECT.search(record.text[m.end : mention.start])
    ]  # fmt: skip
    return [max(near, key=lambda m: m.end or 0)] if near else []


_SEVERAL = re.compile(r"(?:these|those|both|both of these|these two|the two)\s\w+s$", re.IGNORECASE)


def _several(mention: Mention, met: dict[str, set[str]]) -> list[Mention]:
    """One mention for each of the two deaths that the document has told of: "these murders"."""
    kind = kind_of(mention.text)
    before = sorted(met.get(kind or "", ()))
    if kind not in ONCE or len(before) != 2 or not _SEVERAL.match(mention.text):
        return []
    why = (f"the two that the document tells of before ({kind})",)
    return [
        msgspec.structs.replace(mention, id=id, probability=INSIDE, certainty="inferred", reasons=why)
        for id in before
    ]  # fmt: skip


def _beside(mention: Mention, mentions: Sequence[Mention], record: Record) -> frozenset[str]:
    """The persons named in the sentence of `mention` and in the one before it."""
    if mention.start is None or mention.end is None:
        return frozenset()
    text = record.text
    ends = [m.end() for m in _SENTENCE.finditer(text, max(0, mention.start - 400), mention.start)]
    first = ends[-2] if len(ends) > 1 else max(0, mention.start - 200)
    stop = _SENTENCE.search(text, mention.end)
    last = min(mention.end + 60, stop.start() if stop else len(text))
    return frozenset(
        m.id for m in mentions
        if m.type == "person" and m.id and m.start is not None and first <= m.start < last
        and not mention.start <= m.start < mention.end
    )  # fmt: skip


def _again(mention: Mention, met: dict[str, set[str]]) -> Found | None:
    """The death or burial that the document has told of before: "the tragedy", "the funeral"."""
    kind = kind_of(mention.text)
    if kind not in ONCE or not _BARE.match(mention.text):
        return None
    before = met.get(kind, set())
    if len(before) != 1:
        return None
    return Found(next(iter(before)), INSIDE, (f"the one {kind} that the document tells of before",))


def _of_the_dead(
    mention: Mention, mentions: Sequence[Mention], setting: Setting, authority: Authority
) -> Found | None:
    """The death or burial of the one person named before who died in the weeks before: "the funeral"."""
    kind = kind_of(mention.text)
    if kind not in ONCE or not _BARE.match(mention.text) or mention.start is None:
        return None
    named = {
        m.id for m in mentions
        if m.type == "person" and m.id and m.start is not None and m.start < mention.start
    }  # fmt: skip
    found = authority.happenings.of_the_dead(kind, named, setting)
    return Found(found[0], INSIDE, ("of him who died in those weeks",)) if len(found) == 1 else None


def with_documents(
    family: Sequence[Record], threshold: float, decisions: Decisions | None = None
) -> list[Record]:
    """A document and the documents inside it, with the ids of the documents that each
    speaks of filled where one is probable enough and no reviewer rejected it."""
    done = []
    for record in family:
        if any(r.rule in _BY_NUMBER for r in record.relations):
            related = tuple(one for r in record.relations for one in _numbered(r, record))
            related = tuple(_with_number_behind(r, related) for r in related)
            record = msgspec.structs.replace(record, relations=related)
        mentions = []
        for mention in record.mentions:
            if mention.type == "document" and not mention.id:
                found = _document(mention, record, family)
                if found is None or not _rejected(mention, record, found.id, decisions):
                    mention = _filled(mention, found, threshold)
            mentions.append(mention)
        if mentions:
            record = msgspec.structs.replace(record, mentions=tuple(mentions))
        done.append(record)
    return done


def _inside(outer: Mention, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions within `outer`, without those within another of them: "Kennedy's widow" is
    one person."""
    if outer.start is None or outer.end is None:
        return []
    found = [
        m
        for m in mentions
        if m is not outer and m.type in ("person", "organisation", "place")
        and m.start is not None and m.end is not None
        and outer.start <= m.start and m.end <= outer.end
    ]  # fmt: skip
    spans = [(m.start or 0, m.end or 0) for m in found]
    return [
        m
        for m, (start, end) in zip(found, spans, strict=True)
        if not any(s <= start and end <= e and e - s > end - start for s, e in spans)
    ]


def _document(mention: Mention, record: Record, family: Sequence[Record]) -> Found | None:
    start, end = mention.start, mention.end
    if start is not None and end is not None:
        for relation in record.relations:
            if relation.start is None or relation.end is None or not _ID.match(relation.target):
                continue
            if relation.start < end and start < relation.end and relation.text:
                return Found(relation.target, POINTED, ("the source points at it",))
    numbered = _of_edition(mention.text, start, record)
    if numbered:
        return Found(numbered, NUMBERED, ("a number of the same edition",))
    if not _THE_ONE.match(mention.text):
        return None
    form = _form(mention.text)
    if (
        mention.text.lower().startswith("this ")
        and form == record.form
        and _its_own(start, end or 0, form, record)
    ):
        return Found(record.about, INSIDE, ("it speaks of itself",))
    inner = [r for r in family if r.id.startswith(record.id + "/") and r.form == form]
    if len(inner) == 1 and form != record.form and not _within_quotation(mention, record, inner[0]):
        return Found(inner[0].about, INSIDE, (f"the one {form} inside this document",))
    return None


def _its_own(start: int | None, end: int, form: str, record: Record) -> bool:
    """Whether words stand in what the writer himself says, who has spoken of no other document
    of that form just before, nor quoted one."""
    if start is None:
        return False
    before = record.text[max(0, start - 250) : start]
    if form in before.lower() or _GIVEN.search(before) or _CAME.match(record.text, end):
        return False
    if record.part_of:
        return True
    quoted = record.text[max(0, start - 1500) : start]
    return "”" not in before and quoted.rfind("“") <= quoted.rfind("”")


def _of_edition(words: str, start: int | None, record: Record) -> str | None:
    """The document of the record's own edition that "Document 34" names."""
    found = _NUMBER.match(words)
    if not found or not record.number or not record.id.endswith(record.number):
        return None
    if start is not None and _ELSEWHERE.search(record.text[max(0, start - 60) : start]):
        return None
    return record.id.removesuffix(record.number) + found[1]


def _numbered(relation: Relation, record: Record) -> Iterator[Relation]:
    """A citation by numbers, pointed at each document of the edition that it names."""
    targets: list[str] = []
    words = relation.text or relation.target
    if relation.rule == "cited:volume-document":
        targets = volume_documents(words, record.id)
    elif relation.rule == "cited:document-number" and words.startswith("Documents "):
        stem = _of_edition("Document 1", relation.start, record)
        targets = [f"{stem[:-1]}{n}" for n in numbers(words)] if stem else []
    elif relation.rule == "cited:document-number":
        one = _of_edition(relation.target.split(", ")[-1], relation.start, record)
        targets = [one] if one else []
    if not targets and relation.start is not None and relation.end is not None:
        targets = volume_documents(
            record.text[max(0, relation.start - 110) : relation.end], record.id
        )
    if not targets:
        yield relation
    for target in targets:
        yield msgspec.structs.replace(relation, target=target)


def _with_number_behind(relation: Relation, others: Sequence[Relation]) -> Relation:
    """A citation in words, pointed at the document whose number stands in brackets behind it:
    "his letter of February 15 (Document 34)"."""
    if _ID.match(relation.target) or relation.end is None or relation.rule in _OF_VOLUMES:
        return relation
    for other in others:
        if other.start == relation.end + 2 and _ID.match(other.target):
            return msgspec.structs.replace(relation, target=other.target)
    return relation


def _within_quotation(mention: Mention, record: Record, inner: Record) -> bool:
    """Whether the words stand in the inner document's own text, where they mean another."""
    text = " ".join(inner.text.split())
    if not text or mention.start is None or mention.end is None:
        return False
    around = " ".join(record.text[max(0, mention.start - 40) : mention.end + 40].split())
    return around[10:-10] in text


def _form(words: str) -> str:
    found = _FORMS.search(words)
    return found[1].lower() if found else ""


def _rejected(mention: Mention, record: Record, id: str, decisions: Decisions | None) -> bool:
    if decisions is None:
        return False
    return any(decisions.rejected(s, id) for s in subjects(record.id, mention.text, mention.start))


def _filled(mention: Mention, found: Found | None, threshold: float) -> Mention:
    if found is None or found.probability < 0.2:
        return mention
    probability = round(found.probability, 3)
    if probability >= threshold:
        return msgspec.structs.replace(
            mention, id=found.id, probability=probability, reasons=found.reasons
        )
    doubt = (f"perhaps {found.id}, probability {probability:.2f}", *found.reasons)
    return msgspec.structs.replace(mention, probability=probability, reasons=doubt)
