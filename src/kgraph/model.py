"""The scholar's nouns as frozen values: what a reader yields and mapping turns into quads.

Identifiers are *local*: ``person/kohler``, ``body/cc-cpsu``, ``place/moscow``,
``event/assassination``, ``archive/dos-lot66d204``, ``publication/claflin``; a
document's id is that of its record (``frus1961-63v06/d21``, ``th/N6``). Only
`kgraph.iris` turns them into IRIs.

`start` and `end` are 0-based Unicode code points in the record's text, `end`
exclusive; both are ``None`` where a fact was entered by hand. `rule` names the
rule that read the fact. `certainty` uses the historian's words: *stated* in the
source, *inferred* from it with a reason, *conjectural*.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Certainty = Literal["stated", "inferred", "conjectural"]
PartyKind = Literal["person", "office", "body", "group", "unknown"]
Form = Literal[
    "letter", "message", "telegram", "cipher-telegram", "despatch", "note", "memorandum",
    "memorandum-of-conversation", "minutes", "press-release", "resolution",
    "editorial-note", "enclosure", "other",
]  # fmt: skip
Status = Literal[
    "extant",  # the source gives it, whole or in part
    "cited",  # a source speaks of it, the text is not in any source read
    "implied",  # must exist, by what a source says, and nothing more is known
    "proposed",  # a source proposes to write it
    "missing",  # numbered or expected, and no source brings it
    "not-found",  # a source says that none was found
    "lost",
    "not-published",
]
LegStatus = Literal["stated", "implied", "intended", "proposed", "elsewhere"]
MentionType = Literal["person", "organisation", "place", "event", "document"]


class Value(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Base of all values: immutable, compared by content, JSON and YAML by name.

    A frozen value never holds itself, so the collector of cycles need not follow it.
    """


class Spanned(Value, frozen=True, kw_only=True):
    """A value that can show the words it rests on."""

    start: int | None = None
    end: int | None = None
    rule: str | None = None
    certainty: Certainty = "stated"
    words: str | None = None  # a short quotation where the text itself is not kept
    locator: str | None = None  # page, line or offset in the source, as scholars cite it
    note: str | None = None


class Date(Spanned, frozen=True, kw_only=True):
    """A date as written, its EDTF reading, and the instants that bound it.

    `earliest` and `latest` are ISO 8601 local date-times without zone
    (``1961-09-29T00:00:00``); `zone` keeps a stated zone or "Z". `edtf` follows
    the Extended Date/Time Format (ISO 8601-2:2019); it is None for a date that
    cannot be read. An undated letter bounded by its neighbours has text, an
    EDTF interval, certainty "inferred" and the reason in `note`.
    """

    text: str
    edtf: str | None = None
    earliest: str | None = None
    latest: str | None = None
    calendar: Literal["gregorian", "julian"] = "gregorian"
    zone: str | None = None


class Place(Spanned, frozen=True, kw_only=True):
    name: str
    id: str | None = None
    ref: str | None = None  # the source's own identifier for it: a GeoNames address ...


class Party(Spanned, frozen=True, kw_only=True):
    """A person, office, body or group in some role, named as the source names it.

    `name` is the name alone ("Kohler", "Embassy in the Soviet Union"); titles
    and offices beside it go to `role`.
    """

    name: str
    role: str | None = None
    kind: PartyKind = "unknown"
    id: str | None = None
    place: str | None = None  # where the party is, as the source says ("at Geneva")
    date: Date | None = None  # when a drafter drafted or a clearer cleared
    office: str | None = None  # an office symbol beside a drafter or clearer ("S/S-RO")
    probability: float | None = None  # that `id` is right, calibrated; None: not matched by rule
    reasons: tuple[str, ...] = ()  # why `id` was chosen, or why it was left open
    holder: str | None = None  # of an office: id of the person who held it at the document's date
    ref: str | None = None  # the source's own identifier: "#p_KF1", a GND or VIAF address


class Number(Spanned, frozen=True, kw_only=True):
    """A number that a document bears: kind is telegram, despatch, special, copy,
    registry, central-file, airgram, circular, section, document or other."""

    kind: str
    value: str


class Leg(Spanned, frozen=True, kw_only=True, rename={"from_": "from"}):
    """One hop of a document's way: who gave it, who carried it, who got it.

    `index` is the order in the chain, from 1; legs of equal index are
    alternatives or parallel hops. `mode` and `channel` are notations of
    `ontology/channels.ttl`. Where several persons stand on one side, the first
    is in `from`/`by`/`to` and the rest in `also_from`/`also_by`/`also_to`.
    """

    index: int
    from_: Party | None = None
    by: Party | None = None
    to: Party | None = None
    also_from: tuple[Party, ...] = ()
    also_by: tuple[Party, ...] = ()
    also_to: tuple[Party, ...] = ()
    mode: str | None = None
    mode_text: str | None = None  # the source's own word for it
    channel: str | None = None
    place: Place | None = None
    place_to: Place | None = None
    date: Date | None = None
    status: LegStatus = "stated"
    series: str = "way"  # "way" of the document, "custody" of the archive copy, "processing"


class Holding(Spanned, frozen=True, kw_only=True):
    """One witness (copy) and where it lies. `copy` says which: "source text",
    "another copy", "translation", "Russian text", "transliterated Russian text" ..."""

    holder: str
    holder_id: str | None = None  # of the holding body in the authority, e.g. body/dos
    shelfmark: str | None = None
    copy: str = "source text"
    id: str | None = None  # archival unit in the authority, e.g. archive/dos-lot66d204
    language: str | None = None
    form: str | None = None  # "press release", "draft", "carbon" ...
    extent: str | None = None  # "section 1 of 3"
    date: Date | None = None
    witness_of: str | None = None  # id of the version document, where it has one of its own


class Printing(Spanned, frozen=True, kw_only=True):
    """Another publication of the text."""

    publication: str
    id: str | None = None
    pages: str | None = None
    in_part: bool = False
    differs: str | None = None  # "slightly different translation"
    date: Date | None = None


class Relation(Spanned, frozen=True, kw_only=True):
    """`type` is one of reply-to, encloses, enclosed-in, quotes, quoted-in, cites,
    cited-in, cover-of, covered-by, draft-of, version-of, translation-of, part-of,
    attached-to, proposes, reports, thanks-for, records, repeats, amends, related."""

    type: str
    target: str  # a document, event or publication id; or the words used, when unresolved
    text: str | None = None


class Mention(Value, frozen=True, kw_only=True):
    start: int | None
    end: int | None
    text: str
    type: MentionType
    id: str | None = None
    certainty: Certainty = "stated"
    role: str | None = None
    rule: str | None = None
    probability: float | None = None  # that `id` is right, calibrated; None: not matched by rule
    reasons: tuple[str, ...] = ()  # why `id` was chosen, or why it was left open
    form: str | None = None  # "name", "title+name", "description", "part of a title"
    core: str | None = None  # the name without titles, where it differs from the words
    ref: str | None = None  # the source's own identifier, as in Party


class Remark(Spanned, frozen=True, kw_only=True):
    """A doubt or side remark about one property of the document, kept as a claim.

    ``property`` is a record field ("date", "classification" ...) or free; e.g. a
    later hand that wrote "2/22/62?" on the copy.
    """

    property: str
    value: str
    kind: str = "remark"  # "doubt", "editorial-gloss", "annotation", "absence", "reading" ...
    source: str | None = None  # who says it, where not the record's own source


class Claim(Value, frozen=True, kw_only=True):
    """What one source says in a conflict."""

    value: str
    source: str
    record: str | None = None
    locator: str | None = None
    words: str | None = None


class Evidence(Value, frozen=True, kw_only=True):
    """The words a plain field (classification, form, title, handling[0] ...) rests on."""

    field: str
    start: int | None = None
    end: int | None = None
    rule: str | None = None
    words: str | None = None
    locator: str | None = None
    certainty: Certainty = "stated"


class Unparsed(Value, frozen=True, kw_only=True):
    """Words of a heading or source note that no rule understood."""

    where: str  # "heading", "dateline", "source-note", "body"
    text: str
    start: int | None = None
    end: int | None = None


class Record(Value, frozen=True, kw_only=True):
    """What one source says about one document: the unit of provenance.

    `document` is the id of the document described; None means: the record's own
    id. `text` is the text that offsets count in, never printed by ``kgraph read``
    unless asked (``--text``).
    """

    id: str
    source: str
    form: Form = "other"
    kind: str | None = None  # the source's finer word: "diplomatic note", "draft letter"
    title: str | None = None
    number: str | None = None  # number within the source: "21", "N6"
    document: str | None = None
    status: Status = "extant"
    senders: tuple[Party, ...] = ()
    on_behalf_of: tuple[Party, ...] = ()
    participants: tuple[Party, ...] = ()
    addressees: tuple[Party, ...] = ()
    copies_to: tuple[Party, ...] = ()
    date: Date | None = None
    other_dates: tuple[Date, ...] = ()  # further readings: header stamp, editor's inference
    sent: Date | None = None
    received: Date | None = None
    place: Place | None = None
    place_to: Place | None = None
    subject: str | None = None
    classification: str | None = None
    handling: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()
    language: str | None = None
    original_language: str | None = None
    translators: tuple[Party, ...] = ()
    legs: tuple[Leg, ...] = ()
    holdings: tuple[Holding, ...] = ()
    printed_in: tuple[Printing, ...] = ()
    drafters: tuple[Party, ...] = ()
    clearers: tuple[Party, ...] = ()
    approvers: tuple[Party, ...] = ()
    signed: tuple[Party, ...] = ()
    part_of: str | None = None
    contains: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    mentions: tuple[Mention, ...] = ()
    remarks: tuple[Remark, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    unparsed: tuple[Unparsed, ...] = ()
    regest: str | None = None
    url: str | None = None
    locator: str | None = None  # page or line where the record stands in its source
    text_length: int = 0
    text: str = ""

    @property
    def about(self) -> str:
        """Id of the document that the record describes."""
        return self.document or self.id


class Office(Value, frozen=True, kw_only=True, rename={"from_": "from"}):
    """An office held: title, body and EDTF bounds (inclusive), open where unknown."""

    title: str
    id: str | None = None  # position/...
    body: str | None = None
    from_: str | None = None
    to: str | None = None
    source: str | None = None


class Person(Value, frozen=True, kw_only=True):
    id: str
    label: str
    sort: str | None = None  # "Kohler, Foy D."
    variants: tuple[str, ...] = ()
    kind: str = "person"  # or "fictional", "unnamed"
    gender: Literal["male", "female"] | None = None
    side: str | None = None  # "us", "soviet", "british", ... see data/authorities
    offices: tuple[Office, ...] = ()
    born: str | None = None
    died: str | None = None
    identifiers: dict[str, str] = {}  # "hoh", "viaf", "wikidata", "gnd" -> id
    relations: tuple[Relation, ...] = ()  # kinship: spouse-of, sibling-of, child-of
    same_as_probably: tuple[Relation, ...] = ()
    note: str | None = None
    source: str | None = None


class Body(Value, frozen=True, kw_only=True):
    """A government body, organisation or group; an office that can send."""

    id: str
    label: str
    variants: tuple[str, ...] = ()
    kind: Literal["body", "group", "office"] = "body"
    side: str | None = None
    within: str | None = None
    place: str | None = None
    only_in: tuple[str, ...] = ()  # how ids begin of the records that alone name it so
    identifiers: dict[str, str] = {}
    note: str | None = None
    source: str | None = None


class PlaceEntry(Value, frozen=True, kw_only=True):
    """A place of the authority; WGS 84 degrees where known."""

    id: str
    label: str
    variants: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    within: str | None = None
    only_in: tuple[str, ...] = ()  # how ids begin of the records that alone name it so
    identifiers: dict[str, str] = {}
    note: str | None = None
    source: str | None = None


class Archive(Value, frozen=True, kw_only=True):
    """An archive or one of its units (fonds, lot file, central file, collection)."""

    id: str
    label: str
    shelfmark: str | None = None
    holder: str | None = None  # id of the holding body or archive
    within: str | None = None
    variants: tuple[str, ...] = ()
    kind: str = "unit"
    identifiers: dict[str, str] = {}
    note: str | None = None
    source: str | None = None


class Publication(Value, frozen=True, kw_only=True):
    id: str
    label: str
    variants: tuple[str, ...] = ()
    kind: str = "book"
    authors: tuple[str, ...] = ()
    date: str | None = None
    within: str | None = None
    identifiers: dict[str, str] = {}
    note: str | None = None
    source: str | None = None


class Participant(Spanned, frozen=True, kw_only=True):
    party: Party
    role: str = "participant"


class Statement(Spanned, frozen=True, kw_only=True):
    """Who said what to whom, as reported. `reporter` keeps the second level of a
    report of a report; `about` names ids the saying is about."""

    speaker: Party
    hearers: tuple[Party, ...] = ()
    reporter: Party | None = None
    summary: str
    about: tuple[str, ...] = ()


class Event(Value, frozen=True, kw_only=True):
    id: str
    label: str
    source: str
    kind: str = "event"  # assassination, meeting, conversation, reception, handing-over ...
    status: Literal["occurred", "proposed", "did-not-take-place", "ongoing", "reported", "planned",
                    "doubtful"] = "occurred"  # fmt: skip
    date: Date | None = None
    place: Place | None = None
    other_places: tuple[Place, ...] = ()
    participants: tuple[Participant, ...] = ()
    topic: str | None = None
    reported_in: tuple[str, ...] = ()
    part_of: str | None = None
    statements: tuple[Statement, ...] = ()
    legs: tuple[Leg, ...] = ()  # the way of a message that was only spoken
    relations: tuple[Relation, ...] = ()
    remarks: tuple[Remark, ...] = ()
    words: str | None = None
    locator: str | None = None
    note: str | None = None


class Conflict(Value, frozen=True, kw_only=True):
    """A disagreement or doubt noted by a reader: every claim stays."""

    id: str
    source: str
    kind: str
    subject: str  # id of a document, event, person, archive ...
    subjects: tuple[str, ...] = ()  # further things concerned
    property: str
    claims: tuple[Claim, ...]
    assessment: str | None = None
    preferred: str | None = None
    rule: str | None = None


class Identity(Value, frozen=True, kw_only=True):
    """That records describe one document, with reasons and a score in [0, 1]."""

    document: str
    records: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    score: float = 1.0
    certainty: Certainty = "stated"
    source: str | None = None


class Redirect(Value, frozen=True, kw_only=True):
    """That a published id now stands for another thing, or for none.

    `id` keeps its IRI for ever; `to` names the thing it was merged into, or is
    None for a tombstone (an id minted in error, or split into `parts`).
    """

    id: str
    to: str | None = None
    parts: tuple[str, ...] = ()
    probability: float | None = None  # None: decided by a person or an authority
    reasons: tuple[str, ...] = ()
    source: str | None = None  # "matching", or the reviewer's decision file
    reviewer: str | None = None
    date: str | None = None


class SourceEntry(Value, frozen=True, kw_only=True):
    """One entry of `data/sources.toml`: what a source is, who made it, which rights."""

    id: str
    title: str
    kind: str
    creators: tuple[str, ...] = ()
    publisher: str | None = None
    date: str | None = None
    rights: str | None = None
    license: str | None = None
    url: str | None = None
    how_to_get: str | None = None
    files: tuple[str, ...] = ()  # file names by which the source is known
    prefix: str | None = None  # that its records' ids begin with, where it is not the id
    part_of: str | None = None
    collections: tuple[str, ...] = ()  # sources that belong together, asked together
    note: str | None = None


class Abbreviation(Value, frozen=True, kw_only=True):
    """A short form that a source's own list explains; `denotes` is the body or office meant."""

    id: str
    short: str
    meaning: str  # as the list has it
    denotes: str | None = None
    source: str


Item = (
    Record | Event | Person | Body | PlaceEntry | Archive | Publication | Conflict | Identity
    | Redirect | SourceEntry | Abbreviation
)  # fmt: skip
"""Anything that a source reader may yield."""
