"""Form, opening numbers, greeting, signature and marks of a document."""

from __future__ import annotations

import re

from kgraph.extract import gazetteer, offices, openings
from kgraph.extract.datelines import Dateline
from kgraph.extract.edition_context import Draft
from kgraph.extract.editions.marked_parties import referred
from kgraph.extract.headings import read_heading
from kgraph.extract.layout import Block
from kgraph.model import Evidence, Form, Number, Party

_BRACKETED = re.compile(  # the form in brackets below a heading of the kind "A to B"
    r"\[(?P<form>Message(?=\])|Note [Vv]erbale|Aide[- ]m[ée]moire|Pro [Mm]emoria|Memorandum)\b[^\]]{0,30}\]",
    re.IGNORECASE,
)


_TITLED = re.compile(
    r"(?:Aide[- ]M[ée]moire|Note Verbale|Pro Memoria|Memorandum(?: for the \w+(?: of \w+)?)?)\.?",
    re.IGNORECASE,
)
_TELEGRAM = re.compile(
    r"\b[Tt]elegram\b(?! (?:No|from|of))|^[\[(][Bb]y (?:[A-Z]\w+ )?(?:cable|telegraph|wire)\b"
)


_RECORD_OF_TALK = re.compile(r"Memorandum of (?:an? )?Conversation\b", re.IGNORECASE)


def named_below(draft: Draft) -> None:
    """Under the name of a meeting ("A–B Meeting, May 3") the title of its record is the heading."""
    heading, layout = draft.heading, draft.layout
    if heading.form != "minutes" or (heading.kind or "").lower() in ("minutes", "notes"):
        return
    for block in layout.first(3, "p", "opener"):
        words = layout.words(block)
        if len(words) < 160 and not block.quote and _RECORD_OF_TALK.match(words):
            below = read_heading(words, block.start)
            heading.form, heading.kind, heading.form_span = below.form, below.kind, below.form_span
            heading.drafters = heading.drafters or below.drafters
            return


def form_of(draft: Draft, form: Form, dateline: Dateline) -> Form:
    """The form of "A to B" headings, from source note, opener and dateline."""
    heading, layout = draft.heading, draft.layout
    if heading.form_span is not None:
        draft.evidence.append(
            Evidence(
                field="form", start=heading.form_span[0], end=heading.form_span[1], rule="heading"
            )
        )
        return form
    if form not in ("letter", "other") or not (
        heading.senders or heading.addressees or layout.label or heading.same
    ):
        return form
    near = layout.of("source-note", "opener", "dateline")
    if "telegram" in heading.text[-30:].lower() or "telegram" in (layout.label or "").lower():
        return "telegram"
    for block in near:
        words = layout.words(block)
        bracketed = _BRACKETED.match(words)
        if bracketed is not None:
            named = bracketed["form"].lower()
            return (
                "message"
                if named == "message"
                else ("memorandum" if named == "memorandum" else "note")
            )
        plain = _TITLED.fullmatch(words)
        if plain is not None:
            return "memorandum" if plain[0].lower().startswith("memorandum") else "note"
        if len(words) < 120 and _TELEGRAM.search(words):
            return "telegram"
    first = [layout.words(b) for b in layout.first(2, "salute", "p")]
    titled = next((m for m in map(_TITLED.fullmatch, first) if m is not None), None)
    if titled is not None:
        return "memorandum" if titled[0].lower().startswith("memorandum") else "note"
    if form == "letter" and layout.label is None and _between_posts(draft):
        alone = [layout.words(b) for b in layout.first(3, "p")]
        if any(map(_NUMBER_ALONE.fullmatch, alone)):
            return "despatch"
    opening = next((w for w in first if openings.SALUTATION.match(w[:110])), "".join(first[:1]))
    if openings.SALUTATION.match(opening[:110]):
        numbered = any(openings._NO.search(layout.words(b)) for b in near)
        own = not any(map(_foreign, (*heading.senders, *heading.addressees)))
        return "despatch" if re.match(r"(?i)sir\b", opening) and numbered and own else "letter"
    if (
        re.match(r"\[?No\.\s?\d|\d{1,5}\.\s", opening)
        and dateline.date is not None
        and "T" in (dateline.date.edtf or "")
    ):
        return "telegram"
    if dateline.date is not None and "T" in (dateline.date.edtf or ""):
        return "telegram"
    return form


_NUMBER_ALONE = re.compile(r"\[?No\. ?\d{1,5}\.?\]?")
_AT_HOME = re.compile(r"(?:the )?(?:Department|Secretary) of State", re.IGNORECASE)


def _between_posts(draft: Draft) -> bool:
    """Whether a paper goes between the Department of State and one of its posts."""
    heading = draft.heading
    sides = (*heading.senders, *heading.addressees)
    return any(_AT_HOME.match(one.name) for one in sides) and not any(map(_foreign, sides))


_FOREIGN = re.compile(
    rf"(?!American|U\.S\.|US\b|United States)(?:{offices.PEOPLES})\s+(?:Ambassador|Minister|Chargé|Embassy|Legation|Foreign)",
    re.IGNORECASE,
)


def _foreign(party: Party) -> bool:
    """Whether a party is the envoy of another state, whose numbered notes are no despatches."""
    return _FOREIGN.match(party.role or party.name) is not None


_OF_INTELLIGENCE = re.compile(r"(?:special )?(?:intelligence|research)\b")


def opening_numbers(draft: Draft, body: list[Block], form: Form) -> None:
    """Add the numbers that heading, opener and first words give to the draft."""
    layout = draft.layout
    heading_kind = (draft.heading.kind or "").lower()
    for words, start, end in draft.heading.documents:
        kind = "telegram" if form == "telegram" else "despatch" if form == "despatch" else "other"
        if re.match(r"(?:A|CA|CG)[-–]", words) or heading_kind.endswith("airgram"):
            kind = "airgram"
        value = re.sub(r"^No\.\s?", "", words)
        draft.numbers.append(Number(kind=kind, value=value, start=start, end=end, rule="heading"))
    for block in layout.of("opener", "dateline"):
        if not block.quote and layout.words(block) != layout.label:
            own = "memorandum" if _OF_INTELLIGENCE.match(heading_kind) else form
            draft.numbers.extend(openings.opener_numbers(layout.text, block.start, block.end, own))
    if heading_kind.endswith("airgram"):
        for block in [*layout.of("opener", "dateline"), *body[:2]]:
            draft.numbers.extend(
                openings.airgram_numbers(layout.text, block.start, min(block.end, block.start + 60))
            )
    if form in ("other", "memorandum", "minutes") and body and not body[0].quote:
        draft.numbers.extend(openings.designator(layout.text, body[0].start, body[0].end))
    for block in body[:2]:
        found = openings.numbers(layout.text, block.start, block.end, form)
        if found:
            draft.numbers.extend(found)
            break
        if block.end - block.start > 80:
            break


_HEADING = re.compile(
    r"Agenda\b|[A-Z]\. [A-Z][\w-]+(?: [A-Z][\w-]+)* (?:Matters|Issues|Relations|Affairs)$"
)
"""Short last lines that are headings: "Agenda Item VII", "D. Arab-Israeli Matters"."""


def signers_of(draft: Draft) -> tuple[Party, ...]:
    """Who signed: the signature, the closing lines, or a last line that is a name."""
    layout = draft.layout
    out: list[Party] = []
    for block in layout.of("signed"):
        if not block.quote:
            out.extend(openings.signers(layout.text, block.start, block.end))
    if not out:
        for block in layout.of("closer"):
            if not block.quote and block.end - block.start < 140:
                out.extend(openings.signers(layout.text, block.start, block.end))
    if not out:
        last = [block for block in layout.blocks if block.kind == "p" and not block.quote][-2:]
        for block in reversed(last):
            words = layout.words(block).strip(" .")
            if len(words) < 45 and openings.signature_like(words) and not gazetteer.is_place(words):
                out.extend(openings.signers(layout.text, block.start, block.end))
                break
    out = [
        one for one in out if not gazetteer.is_country(one.name) and not _HEADING.match(one.name)
    ]
    return referred(tuple(out), [m for m in layout.marks if m.block in ("signed", "closer", "p")])


def party_greeted(draft: Draft, body: list[Block]) -> Party | None:
    """Whom the salutation addresses."""
    layout = draft.layout
    for block in [*layout.of("salute"), *body[:2]]:
        found = openings.salutation(layout.text, block.start, block.end)
        if found is not None:
            return found
    return None


def marks_of(draft: Draft) -> tuple[str | None, list[str]]:
    """Classification and handling that stand at the head of the text itself."""
    layout = draft.layout
    blocks = [*layout.of("opener"), *layout.first(2, "p")]
    for at, block in enumerate(blocks):
        if block.end - block.start > 80:
            continue
        classification, handling, evidence = openings.marking(layout.text, block.start, block.end)
        if classification is not None:
            draft.evidence.extend(evidence)
            for more in blocks[at + 1 : at + 3]:  # each mark on a line of its own
                words = layout.words(more)
                if len(words) < 40 and openings.HANDLING.fullmatch(words):
                    handling.append(words.strip(" .").capitalize())
            return classification, handling
    return None, []
