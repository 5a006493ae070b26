"""What a record says arrives in the graph, in its own named graph, and nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph import iris, mapping, vocab
from kgraph.model import (
    Claim,
    Conflict,
    Date,
    Event,
    Holding,
    Identity,
    Item,
    Leg,
    Mention,
    Participant,
    Party,
    Person,
    PlaceEntry,
    Record,
    Redirect,
    Relation,
    SourceEntry,
    Statement,
)

KHRUSHCHEV = Party(name="N.S. Khrushchev", kind="person", id="person/khrushchev-nikita")
KENNEDY = Party(name="Kennedy", kind="person", id="person/kennedy-john-f")


def day(edtf: str, **more: str) -> Date:
    return Date(
        text=edtf,
        edtf=edtf,
        earliest=f"{edtf}T00:00:00",
        latest=f"{edtf}T23:59:59",
        **more,  # type: ignore[arg-type]
    )


def graph(items: Iterable[Item]) -> ox.Store:
    items = list(items)
    context = mapping.Context.of(items)
    lines: list[str] = []
    for item in items:
        lines += mapping.quads(item, context)
    groups: dict[str, list[Record]] = {}
    for item in items:
        if isinstance(item, Record):
            groups.setdefault(context.canonical.get(item.about, item.about), []).append(item)
    for document, records in groups.items():
        if document in context.shared:
            lines += mapping.preferred(records, context)
    store = ox.Store()
    store.load(input="".join(lines), format=ox.RdfFormat.N_QUADS)
    return store


def ask(store: ox.Store, pattern: str) -> list[list[str]]:
    """Answers to a pattern, columns in the order in which its variables appear."""
    names = list(dict.fromkeys(re.findall(r"\?(\w+)", pattern)))
    rows = store.query(
        f"SELECT {' '.join('?' + n for n in names)} WHERE {{ {pattern} }}",
        prefixes=vocab.prefixes(),
        use_default_graph_as_union=True,
    )
    assert isinstance(rows, ox.QuerySolutions)
    return [
        [iris.local(v.value) if isinstance(v, ox.NamedNode) else str(v.value) for v in row]  # type: ignore[union-attr]
        for row in rows
    ]


LETTER = Record(
    id="calendar/1",
    source="calendar",
    form="letter",
    title="Letter of Khrushchev to Kennedy",
    senders=(KHRUSHCHEV,),
    addressees=(KENNEDY,),
    date=day("1961-09-29"),
    legs=(
        Leg(
            index=1,
            from_=Party(name="Bolshakov", kind="person", id="person/bolshakov"),
            to=Party(name="Salinger", kind="person", id="person/salinger"),
            mode="hand delivery",
            channel="bolshakov",
            words="handed to him",
        ),
    ),
    holdings=(Holding(holder="Department of State", shelfmark="Lot 77 D 163"),),
    relations=(Relation(type="enclosed-in", target="calendar/2"),),
)


def test_everyday_questions_take_one_line() -> None:
    store = graph([LETTER])
    assert ask(store, "?d rico:hasSender ?s . ?d rico:hasAddressee ?t") == [
        ["calendar/1", "person/khrushchev-nikita", "person/kennedy-john-f"]
    ]
    assert ask(store, "?d kg:channel/skos:notation ?c") == []  # the scheme is loaded by a build
    assert ask(store, "?d kg:channel ?c") == [["calendar/1", "channel/bolshakov"]]
    assert ask(store, "?a kg:wroteTo ?b") == [["person/khrushchev-nikita", "person/kennedy-john-f"]]
    assert ask(store, "?o kg:encloses ?i") == [["calendar/2", "calendar/1"]]


def test_what_a_source_says_stands_in_the_graph_of_its_record() -> None:
    store = graph([LETTER])
    own = ox.NamedNode(iris.record("calendar/1"))
    inside = {q.predicate.value for q in store.quads_for_pattern(None, None, None, own)}
    for curie in ("kg:hasLeg", "kg:handedBy", "kg:shelfmark", "oa:exact", "dcterms:title"):
        assert vocab.iri(curie) in inside, curie
    assert not list(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))


def test_two_records_of_one_document_keep_both_dates_and_prefer_the_earlier() -> None:
    heading = Record(id="a/6", source="a", title="Telegram", date=day("1963-11-26"))
    signature = Record(id="b/7", source="b", title="Cipher", date=day("1963-11-25"))
    same = Identity(document="a/6", records=("a/6", "b/7"), reasons=("same numbers",), score=0.99)
    store = graph([same, heading, signature])
    claims = ask(store, f"<{iris.document('a/6')}> kg:hasDate/kg:date ?date")
    assert sorted(claims) == [["1963-11-25"], ["1963-11-26"]]
    assert ask(store, "?d a kg:Document . ?d kg:date ?date") == [["a/6", "1963-11-25"]]
    assert ask(store, "?p a kg:Preference ; kg:about ?d ; kg:chosen ?c") == [
        ["a/6/-/preferred/date", "a/6", "1963-11-25"]
    ]
    assert ask(store, "?old owl:sameAs ?new") == [["b/7", "a/6"]]
    assert ask(store, "?d rdfs:label ?l . ?d a kg:Document") == [["a/6", "Telegram"]]


def test_a_document_once_cited_and_then_found_counts_as_found() -> None:
    cited = Record(id="notes/34", source="notes", status="cited")
    found = Record(id="volume/d34", source="volume", title="Letter", date=day("1962-02-15"))
    same = Identity(document="notes/34", records=("notes/34", "volume/d34"), reasons=("number",))
    store = graph([same, cited, found])
    status = ask(store, "?d a kg:Document ; kg:survivalStatus ?s")
    assert status == [["notes/34", vocab.iri("kg:status-extant")]]
    assert len(ask(store, "?r a kg:SourceRecord ; kg:survivalStatus ?s")) == 2


def test_certainty_precedes_precision_and_date() -> None:
    stated = day("1961-05")
    stated = Date(
        text="May 1961",
        edtf="1961-05",
        earliest="1961-05-01T00:00:00",
        latest="1961-05-31T23:59:59",
    )
    guessed = day("1961-05-07", certainty="inferred")
    assert mapping.preferred_date([guessed, stated]) == stated
    assert mapping.preferred_date([stated, day("1961-05-20")]) == day("1961-05-20")
    assert mapping.preferred_date([Date(text="undated")]) is None


def test_persons_nobody_identified_stay_apart_by_source_and_offices_meet() -> None:
    def record(source: str) -> Record:
        return Record(
            id=f"{source}/1",
            source=source,
            senders=(Party(name="Smith", kind="person"),),
            addressees=(Party(name="Department of State", kind="body"),),
        )

    store = graph([record("one"), record("two")])
    rows = ask(store, "?d rico:hasSender ?s . ?d rico:hasAddressee ?t . ?s rdfs:label ?l")
    assert sorted(r[1:] for r in rows) == [
        ["person/one/smith", "body/department-of-state", "Smith"],
        ["person/two/smith", "body/department-of-state", "Smith"],
    ]


def test_mentions_point_at_their_span_and_words() -> None:
    text = "He gave it to my brother yesterday."
    start = text.index("my brother")
    record = Record(
        id="x/1",
        source="x",
        text=text,
        text_length=len(text),
        mentions=(
            Mention(
                start=start,
                end=start + 10,
                text="my brother",
                type="person",
                id="person/kennedy-robert",
                probability=0.93,
                reasons=("kinship of the writer",),
            ),
        ),
    )
    store = graph([record])
    rows = ask(
        store,
        "?m oa:hasBody ?p ; kg:probability ?pr ; kg:reason ?r ; oa:hasTarget/oa:hasSelector ?s ."
        " ?s oa:exact ?words ; oa:start ?start",
    )
    assert len(rows) == 1
    assert {"my brother", str(start), "person/kennedy-robert", "0.93"} <= set(rows[0])


def test_events_conversations_and_conflicts_are_said() -> None:
    event = Event(
        id="event/talk",
        label="Talk of the two",
        source="a",
        kind="conversation",
        date=day("1963-11-26"),
        participants=(Participant(party=KENNEDY, role="host"),),
        statements=(
            Statement(speaker=KENNEDY, hearers=(KHRUSHCHEV,), reporter=KHRUSHCHEV, summary="Yes."),
        ),
        reported_in=("a/6",),
    )
    conflict = Conflict(
        id="c1",
        source="a",
        kind="date",
        subject="a/6",
        property="date",
        claims=(Claim(value="25", source="a"), Claim(value="26", source="b")),
    )
    store = graph([event, conflict])
    assert len(ask(store, "?s kg:saidIn ?e ; kg:speaker ?x ; kg:hearer ?y ; kg:reporter ?z")) == 1
    assert len(ask(store, "?c a kg:Conflict ; kg:hasClaim/rdf:value ?v")) == 2
    assert ask(store, "?e kg:reportedIn ?d") == [["event/talk", "a/6"]]


def test_authority_entries_carry_names_offices_and_outside_ids() -> None:
    person = Person(
        id="person/kohler",
        label="Foy D. Kohler",
        variants=("Kohler", "F.D. Kohler"),
        side="us",
        identifiers={"wikidata": "Q1", "hoh": "105"},
    )
    place = PlaceEntry(id="place/moscow", label="Moscow", lat=55.75, lon=37.62)
    source = SourceEntry(id="a", title="A source", kind="book", license="https://example.org/l")
    gone = Redirect(id="person/a/kohler", to="person/kohler", reasons=("same office",))
    store = graph([person, place, source, gone])
    variants = ask(store, "?p skos:altLabel ?v")
    assert sorted(variants) == [["person/kohler", "F.D. Kohler"], ["person/kohler", "Kohler"]]
    assert ask(store, "?p geo:lat ?lat") == [["place/moscow", "55.75"]]
    assert ask(store, "?old dcterms:isReplacedBy ?new") == [["person/a/kohler", "person/kohler"]]
    assert len(ask(store, "?s dcterms:license ?l")) == 1


words = st.text(min_size=1, max_size=30)


@given(words, words, words, words)
def test_any_words_make_valid_quads_and_come_back_unchanged(
    title: str, name: str, shelfmark: str, note: str
) -> None:
    if any("\ud800" <= c <= "\udfff" for c in title + name + shelfmark + note):
        return
    record = Record(
        id="any/1",
        source="any",
        title=title,
        senders=(Party(name=name, kind="person", note=note),),
        holdings=(Holding(holder=name, shelfmark=shelfmark),),
    )
    store = graph([record])
    assert [row[1] for row in ask(store, "?r dcterms:title ?t")] == [title]
    assert [row[1] for row in ask(store, "?c kg:shelfmark ?s")] == [shelfmark]
    assert [row[1] for row in ask(store, "?p kg:nameAsGiven ?n")] == [name]


def test_mapping_twice_gives_the_same_lines() -> None:
    assert mapping.quads(LETTER, mapping.Context()) == mapping.quads(LETTER, mapping.Context())


@pytest.mark.parametrize("mode", ["hand delivery", "a way nobody knows"])
def test_a_mode_outside_the_scheme_keeps_its_words(mode: str) -> None:
    record = Record(id="m/1", source="m", legs=(Leg(index=1, to=KENNEDY, mode=mode),))
    store = graph([record])
    known = mode in vocab.channels()
    assert len(ask(store, "?l kg:modeAsGiven ?w")) == (0 if known else 1)
    assert len(ask(store, "?l kg:mode ?m")) == 1


def test_a_hand_made_identity_keeps_its_document_when_comparing_finds_more() -> None:
    by_hand = Identity(document="n/6", records=("n/6", "w/9"), reasons=("read",), source="us")
    found = Identity(document="b/36", records=("b/36", "w/9"), reasons=("hour",), source="matching")
    loop = Identity(document="b/36", records=("b/36", "n/6"), reasons=("hour",), source="matching")
    for order in ([by_hand, found, loop], [loop, found, by_hand]):
        context = mapping.Context.of(order)
        assert context.canonical == {"b/36": "n/6", "w/9": "n/6"}
        assert context.shared == {"n/6"}


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=12))
def test_identities_in_any_order_give_one_document_a_group(pairs: list[tuple[str, str]]) -> None:
    identities = [Identity(document=a, records=(a, b), reasons=("r",)) for a, b in pairs]
    canonical = mapping.Context.of(identities).canonical
    for a, b in pairs:
        assert canonical.get(a, a) == canonical.get(b, b)
    for target in canonical.values():
        assert target not in canonical
