"""Decisions of reviewers, and the reconciliation service."""

import json

import pytest

from kgraph.authorities import Authority, across, resolve_source, trace
from kgraph.authorities.reconcile import Service, reconcile_names
from kgraph.authorities.review import Decision, Decisions, read_decisions, write_decision
from kgraph.model import (
    Body,
    Identity,
    Mention,
    Office,
    Party,
    Person,
    PlaceEntry,
    Record,
    Redirect,
)
from kgraph.report import KgraphError, Report

PELL = Person(id="person/pell", label="Amos Pell", sort="Pell, Amos", born="1901", died="1970",
              identifiers={"viaf": "42"}, offices=(Office(title="Consul at Almeda", from_="1931", to="1936"),))  # fmt: skip
ROSS = Person(id="person/ross", label="Ida Ross", sort="Ross, Ida")
LISTED = Person(
    id="person/vol1935/p_1", label="Pell, Amos", sort="Pell, Amos", source="vol1935.xml"
)


def decision(verdict: str, target: str | None = "person/ross", **fields) -> Decision:
    fields.setdefault("subject", LISTED.id)
    return Decision(decision=verdict, about="person", target=target, reviewer="A. Scholar", date="2026-01-02",
                    note="seen in the ledger", **fields)  # fmt: skip


def test_a_decision_is_a_file_that_later_builds_read(tmp_path):
    path = write_decision(tmp_path / "decisions", decision("accept"))
    again = read_decisions(path.parent)
    assert again.accepted(LISTED.id).target == "person/ross"
    assert again.accepted(LISTED.id).file == path.name
    assert "A. Scholar" in path.read_text(encoding="utf-8")


def test_two_decisions_of_one_day_are_two_files(tmp_path):
    assert write_decision(tmp_path, decision("note")) != write_decision(tmp_path, decision("note"))


def test_a_broken_decision_is_reported_and_the_others_are_read(tmp_path):
    (tmp_path / "a.yaml").write_text("decision: maybe\nabout: person\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("{", encoding="utf-8")
    write_decision(tmp_path, decision("accept"))
    report = Report()
    assert len(read_decisions(tmp_path, report)) == 1
    assert [f.code for f in report] == ["decision-unreadable"] * 2


def test_an_accepted_link_outweighs_matching_and_names_the_reviewer(tmp_path):
    write_decision(tmp_path, decision("accept"))
    decisions = read_decisions(tmp_path)
    out = list(resolve_source([LISTED], Authority.of([PELL, ROSS]), decisions=decisions))
    assert not any(isinstance(i, Redirect) for i in out)
    [redirect] = [
        i
        for i in across([], Authority.of([PELL, ROSS]), decisions=decisions)
        if isinstance(i, Redirect)
    ]
    assert (redirect.id, redirect.to, redirect.reviewer) == (LISTED.id, "person/ross", "A. Scholar")
    assert "seen in the ledger" in redirect.reasons[0]


def test_a_rejected_link_is_not_made_again(tmp_path):
    free = list(resolve_source([LISTED], Authority.of([PELL])))
    assert any(isinstance(i, Redirect) for i in free)
    write_decision(tmp_path, decision("reject", "person/pell"))
    held = list(resolve_source([LISTED], Authority.of([PELL]), decisions=read_decisions(tmp_path)))
    assert not any(isinstance(i, Redirect) for i in held)


def test_the_later_of_two_decisions_holds(tmp_path):
    write_decision(tmp_path, decision("accept"))
    later = Decision(decision="reject", about="person", subject=LISTED.id, target="person/ross",
                     reviewer="B", date="2026-02-02")  # fmt: skip
    write_decision(tmp_path, later)
    assert read_decisions(tmp_path).accepted(LISTED.id) is None


def test_a_split_leaves_a_tombstone(tmp_path):
    write_decision(tmp_path, decision("split", None, parts=("person/x", "person/y")))
    [redirect] = read_decisions(tmp_path).redirects()
    assert redirect.to is None
    assert redirect.parts == ("person/x", "person/y")


def test_documents_that_a_reviewer_joins_or_keeps_apart(tmp_path):
    text = " ".join(f"word{i} said{i} thing{i}" for i in range(200))
    traces = [trace(Record(id=f"{s}/1", source=s, text=text)) for s in ("a", "b")]
    assert [i for i in across(traces, Authority.of([])) if isinstance(i, Identity)]
    write_decision(tmp_path, Decision(decision="reject", about="document", subject="b/1", target="a/1",
                                      reviewer="A", date="2026-01-01"))  # fmt: skip
    held = across(traces, Authority.of([]), decisions=read_decisions(tmp_path))
    assert [i for i in held if isinstance(i, Identity)] == []


# -- the service -----------------------------------------------------------


@pytest.fixture(scope="module")
def service() -> Service:
    entries = [PELL, ROSS, Body(id="body/ministry", label="Ministry of Foreign Affairs", variants=("MFA",)),
               PlaceEntry(id="place/almeda", label="Almeda")]  # fmt: skip
    return Service(Authority.of(entries), "http://localhost:8000/reconcile")


def test_names_are_answered_with_candidates_best_first(service):
    batch = {
        "q0": {"query": "A. Pell", "type": "person"},
        "q1": {"query": "MFA"},
        "q2": {"query": "Zzyx"},
    }
    answer = service.query(batch)
    assert answer["q0"]["result"][0]["id"] == "person/pell"
    assert answer["q1"]["result"][0]["id"] == "body/ministry"
    assert answer["q2"]["result"] == []


def test_an_outside_identifier_settles_it(service):
    query = {"query": "somebody", "properties": [{"pid": "viaf", "v": "42"}]}
    [best] = service.query({"q": query})["q"]["result"]
    assert (best["id"], best["match"]) == ("person/pell", True)


def test_a_year_of_birth_speaks_against(service):
    plain = service.query({"q": {"query": "Amos Pell", "type": "person"}})["q"]["result"][0][
        "score"
    ]
    other = {"query": "Amos Pell", "type": "person", "properties": [{"pid": "birth", "v": "1850"}]}
    results = service.query({"q": other})["q"]["result"]
    assert not results or results[0]["score"] < plain


def test_suggest_extend_and_preview(service):
    assert service.suggest_entity("pel")["result"][0]["id"] == "person/pell"
    assert service.suggest_type("org")["result"][0]["id"] == "body"
    assert service.suggest_property("birth")["result"][0]["id"] == "birth"
    extended = service.extend(
        {"ids": ["person/pell", "person/none"], "properties": [{"id": "birth"}]}
    )
    assert extended["rows"]["person/pell"]["birth"] == [{"str": "1901"}]
    assert extended["rows"]["person/none"]["birth"] == []
    assert "Amos Pell" in service.preview("person/pell")
    assert service.preview("person/none") is None


@pytest.mark.shared
def test_answers_hold_against_the_schemas_of_the_specification(service, shared):
    from jsonschema import Draft7Validator
    from referencing import Registry
    from referencing.jsonschema import DRAFT7

    folder = shared / "suites/reconciliation-0.2/schemas"

    def stored(uri):
        place = folder / uri.rsplit("/", 1)[-1]
        plain = json.loads(place.read_text(encoding="utf-8")) if place.is_file() else {}
        return DRAFT7.create_resource(plain)

    def holds(name, plain):
        schema = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        if name == "manifest":
            schema.get("properties", {}).pop("authentication", None)
        checker = Draft7Validator(schema, registry=Registry(retrieve=stored))
        assert [e.message for e in checker.iter_errors(json.loads(json.dumps(plain)))] == []

    batch = {"q0": {"query": "Pell", "limit": 3}, "q1": {"query": "Almeda", "type": ["place"]}}
    holds("manifest", service.manifest())
    holds("reconciliation-query-batch", batch)
    holds("reconciliation-result-batch", service.query(batch))
    holds("suggest-entities-response", service.suggest_entity("a"))
    holds("suggest-types-response", service.suggest_type("p"))
    holds("suggest-properties-response", service.suggest_property("b"))
    holds("data-extension-property-proposal", service.propose_properties("person", 3))
    query = {"ids": ["person/pell"], "properties": [{"id": "office"}, {"id": "viaf"}]}
    holds("data-extension-query", query)
    holds("data-extension-response", service.extend(query))


def test_a_list_of_names_is_asked_in_batches(service):
    found = reconcile_names(["Amos Pell", "Nobody Known"] * 30, service, type="person", size=7)
    assert len(found) == 60
    assert found[0][0]["id"] == "person/pell"


def test_an_address_that_is_none_is_bad_use():
    with pytest.raises(KgraphError):
        reconcile_names(["Pell"], "ftp://nowhere")


# -- the verbs -------------------------------------------------------------


def test_reconcile_adds_columns_to_a_table(tmp_path, capsys):
    from kgraph.cli.reconcile import reconcile

    people = tmp_path / "people.csv"
    people.write_text("id,name,variants\np1,Amos Pellworth,Pellworth\n", encoding="utf-8")
    table = tmp_path / "letters.csv"
    table.write_text("sender,date\nAmos Pellworth,1931\n,1932\n", encoding="utf-8")
    assert reconcile(table, "sender", authority=[people]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "sender,date,sender_id,sender_name,sender_score,sender_match"
    assert "Pellworth" in lines[1].split(",", 2)[2]
    assert lines[2] == ",1932,,,,"


def test_a_column_that_is_not_there_is_bad_use(tmp_path):
    from kgraph.cli.reconcile import reconcile

    table = tmp_path / "letters.csv"
    table.write_text("sender,date\n", encoding="utf-8")
    with pytest.raises(KgraphError) as error:
        reconcile(table, "addressee")
    assert "sender" in error.value.hint


def test_compare_prints_two_texts_side_by_side(tmp_path, capsys):
    from kgraph.cli.compare import compare

    left, right = tmp_path / "a.txt", tmp_path / "b.txt"
    left.write_text("Pell wrote from Almeda on 3 May. It rained.", encoding="utf-8")
    right.write_text("On 3 May, from Almeda, Pell wrote.", encoding="utf-8")
    assert compare(str(left), str(right), format="tsv") == 0
    out = capsys.readouterr().out.splitlines()
    assert any("Pell wrote from Almeda" in line and "On 3 May, from" in line for line in out)
    assert any(line.startswith("<\tIt rained") for line in out)
    with pytest.raises(KgraphError):
        compare("nowhere/1", str(right))


TABLE = (
    "id,sender,addressee,date\n1,Amos Pell,Ida Ross,1931-05-04\n2,Ida Ross,Amos Pell,1931-05-09\n"
)


def test_conflicts_missing_and_review_run_over_a_source(tmp_path, capsys, monkeypatch):
    from kgraph.cli.conflicts import conflicts
    from kgraph.cli.missing import missing
    from kgraph.cli.review import review

    monkeypatch.chdir(tmp_path)
    (tmp_path / "letters.csv").write_text(TABLE, encoding="utf-8")
    assert conflicts(["letters.csv"], format="json") == 0
    assert json.loads(capsys.readouterr().out) == []
    assert missing(["letters.csv"], format="json") == 0
    assert json.loads(capsys.readouterr().out) == []
    assert review(["letters.csv"], list_only=True) == 0
    for verb in (conflicts, missing):
        with pytest.raises(KgraphError):
            verb(["letters.csv"], format="pictures")


def test_linking_at_scale_agrees_with_the_simple_path():
    pytest.importorskip("splink")
    from kgraph.authorities.persons.scale import link

    firsts = ("Amos", "Ida", "Hugh", "Clara", "Otto", "Vera", "Edwin", "Marta", "Pavel", "Lena")
    lasts = ("Pell", "Ross", "Marlowe", "Sokolin", "Zeller", "Tarrant", "Orlik", "Danin", "Kemp", "Vance",
             "Holt", "Brandis", "Kessel", "Noyes", "Quill", "Yarrow", "Ulm", "Ibsley", "Faro", "Wick")  # fmt: skip
    people = [
        Person(
            id=f"person/{f}-{s}".lower(),
            label=f"{f} {s}",
            sort=f"{s}, {f} {chr(65 + (i * 7) % 26)}.",
        )
        for i, (f, s) in enumerate((f, s) for f in firsts for s in lasts)
    ]
    listed = [
        Person(id=f"person/v/{i}", label=p.label, sort=p.sort) for i, p in enumerate(people[::4])
    ]
    found = {k.listed: k.person for k in link(listed, people, threshold=0.5)}
    wrong = [i for i, p in enumerate(people[::4]) if found.get(f"person/v/{i}", p.id) != p.id]
    assert wrong == []
    assert len(found) > len(listed) / 2


def test_a_decision_on_one_name_in_one_document_holds():
    words = "the old consul"
    mentions = tuple(
        Mention(start=at, end=at + len(words), text=words, type="person", form="description")
        for at in (10, 90)
    )
    record = Record(id="vol1935/d1", source="vol1935.xml", mentions=mentions)
    accepted = decision("accept", subject=f"vol1935/d1#{words}@10", target="person/pell")

    def resolved(*given: Decision) -> Record:
        out = resolve_source([record], Authority.of([PELL, ROSS]), decisions=Decisions(given))
        return next(i for i in out if isinstance(i, Record))

    first, second = resolved(accepted).mentions
    assert (first.id, first.probability, second.id) == ("person/pell", 1.0, None)
    assert "A. Scholar" in first.reasons[0]
    everywhere = decision("accept", subject=f"vol1935/d1#{words}", target="person/pell")
    assert [m.id for m in resolved(everywhere).mentions] == ["person/pell"] * 2
    assert not list(Decisions([accepted]).redirects())


def test_a_rejected_link_of_one_name_is_not_made():
    mention = Mention(start=0, end=9, text="Amos Pell", type="person", form="name")
    party = Party(name="Amos Pell", kind="person", start=0, end=9)
    record = Record(id="vol1935/d1", source="vol1935.xml", mentions=(mention,), senders=(party,))
    against = decision("reject", subject="vol1935/d1#Amos Pell@0", target="person/pell")
    out = resolve_source([record], Authority.of([PELL]), decisions=Decisions([against]))
    linked = next(i for i in out if isinstance(i, Record))
    assert linked.mentions[0].id is None
    assert linked.senders[0].id is None
    assert "A. Scholar" in linked.mentions[0].reasons[0]
