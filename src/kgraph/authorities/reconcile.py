"""The authority as a W3C Reconciliation Service (API 0.2), as plain functions.

Requests and answers are the plain data of the specification
(https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/);
a server adds HTTP, nothing else. `reconcile_names` asks any such service.
"""

from __future__ import annotations

import html
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz, process

from kgraph import iris
from kgraph.authorities.authority import Authority, Entry
from kgraph.authorities.gazetteer.bodies import body_key
from kgraph.authorities.names.spellings import fold
from kgraph.authorities.persons.candidates import Query
from kgraph.authorities.persons.known import year_of
from kgraph.model import Person
from kgraph.report import KgraphError

TYPES: dict[str, str] = {
    "person": "Person",
    "body": "Organisation, office or group",
    "place": "Place",
    "archive": "Archive or archival unit",
    "publication": "Publication",
    "event": "Event",
}
PROPERTIES: dict[str, tuple[str, tuple[str, ...]]] = {
    "birth": ("year or date of birth", ("person",)),
    "death": ("year or date of death", ("person",)),
    "date": ("a year in which the person is named", ("person",)),
    "office": ("office held, or a description", ("person",)),
    "side": ("side", ("person", "body")),
    "variants": ("other forms of the name", tuple(TYPES)),
    "note": ("note", tuple(TYPES)),
    "hoh": ("Office of the Historian id", ("person",)),
    "viaf": ("VIAF id", tuple(TYPES)),
    "wikidata": ("Wikidata id", tuple(TYPES)),
    "gnd": ("GND id", tuple(TYPES)),
}
MATCH = 0.95
"""Probability from which a single candidate is announced as a match."""


class Service:
    """Answers of a reconciliation service over one authority.

    `address` is the service's own URL (without a slash at its end); links in the
    manifest and in answers stand under it.
    """

    def __init__(self, authority: Authority, address: str = "http://127.0.0.1:8000/reconcile"):
        self.authority = authority
        self.address = address.rstrip("/")
        self._forms: dict[str, dict[str, list[str]]] = {}

    def manifest(self) -> dict[str, Any]:
        """The service manifest."""
        suggest = {
            what: {"service_url": self.address, "service_path": f"/suggest/{what}"}
            for what in ("entity", "property", "type")
        }
        return {
            "versions": ["0.2"],
            "name": "kgraph: persons, bodies, places and archives of diplomatic correspondence",
            "identifierSpace": iris.THINGS,
            "schemaSpace": iris.TERMS,
            "defaultTypes": [{"id": k, "name": v} for k, v in TYPES.items()],
            "view": {"url": iris.THINGS + "{{id}}"},
            "preview": {"url": self.address + "/preview?id={{id}}", "width": 430, "height": 200},
            "suggest": suggest,
            "extend": {
                "propose_properties": {
                    "service_url": self.address,
                    "service_path": "/properties",
                },
                "property_settings": [],
            },
        }

    def query(self, batch: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        """Candidates for each query of a batch, best first; scores are percentages."""
        return {key: {"result": self._one(dict(query))} for key, query in batch.items()}

    def _one(self, query: dict[str, Any]) -> list[dict[str, Any]]:
        text = str(query.get("query") or "").strip()
        types = query.get("type") or []
        types = [types] if isinstance(types, str) else list(types)
        limit = max(1, int(query.get("limit") or 10))
        given = _properties(query.get("properties") or [])
        for scheme in ("hoh", "viaf", "wikidata", "gnd"):
            for value in given.get(scheme, ()):
                found = self.authority.by_identifier(scheme, value)
                if found:
                    return [self._candidate(found, 1.0, True, {"identifier": 1.0})]
        if not text:
            return []
        if self._entry(text):
            return [self._candidate(text, 1.0, True, {"identifier": 1.0})]
        results: list[tuple[str, float, dict[str, float]]] = []
        if not types or "person" in types:
            results += self._persons(text, given, limit)
        for kind in ("body", "place", "archive", "publication", "event"):
            if kind in types or (not types and kind in ("body", "place")):
                results += self._named(kind, text, limit)
        results.sort(key=lambda r: (-r[1], r[0]))
        best = results[:limit]
        clear = len(best) == 1 or (len(best) > 1 and best[0][1] - best[1][1] > 0.3)
        return [
            self._candidate(id, p, i == 0 and clear and p >= MATCH, features)
            for i, (id, p, features) in enumerate(best)
        ]

    def _persons(
        self, text: str, given: Mapping[str, Sequence[str]], limit: int
    ) -> list[tuple[str, float, dict[str, float]]]:
        years = [y for name in ("date",) for v in given.get(name, ()) if (y := year_of(v))]
        born = [y for v in given.get("birth", ()) if (y := year_of(v))]
        died = [y for v in given.get("death", ()) if (y := year_of(v))]
        found = self.authority.person_index.match(
            Query(
                name=text,
                first=min(years, default=(born[0] + 20 if born else None)),
                last=max(years, default=(died[0] if died else (born[0] + 80 if born else None))),
                about="; ".join(given.get("office", ())) or None,
                side=next(iter(given.get("side", ())), None),
            ),
            limit=limit * 2,
        )
        results = []
        for c in found:
            person = self.authority.persons[c.id]
            other = (born and person.born and year_of(person.born) != born[0]) or (
                died and person.died and year_of(person.died) != died[0]
            )
            if c.probability > 0.005:
                p = c.probability * (0.2 if other else 1.0)
                results.append((c.id, p, {"name_log_odds": c.score}))
        return results

    def _named(self, kind: str, text: str, limit: int) -> list[tuple[str, float, dict[str, float]]]:
        if kind not in self._forms:
            forms: dict[str, list[str]] = {}
            for entry in self._entries(kind).values():
                for form in (entry.label, *getattr(entry, "variants", ())):
                    forms.setdefault(_plain(form), []).append(entry.id)
            self._forms[kind] = forms
        forms = self._forms[kind]
        found: dict[str, float] = {}
        near = process.extract(
            _plain(text), forms.keys(), scorer=fuzz.WRatio, limit=limit * 2, score_cutoff=75
        )
        for form, score, _ in near:
            for id in forms[form]:
                p = 0.99 if score >= 99.9 and len(forms[form]) == 1 else score / 100 * 0.8
                found[id] = max(p, found.get(id, 0.0))
        return [(id, p, {"name_similarity": round(p, 3)}) for id, p in found.items()]

    def _entries(self, kind: str) -> Mapping[str, Entry]:
        a = self.authority
        if kind == "person":
            return a.persons
        tables: dict[str, Mapping[str, Entry]] = {
            "person": a.persons, "body": {**a.body_index.others, **a.bodies},
            "place": {**a.place_index.others, **a.places}, "archive": a.archives,
            "publication": a.publications, "event": a.events,
        }  # fmt: skip
        return tables.get(kind, {})

    def _entry(self, id: str) -> Entry | None:
        id = self.authority.current(iris.local(id))
        return self._entries(id.partition("/")[0].replace("group", "body")).get(id)

    def _candidate(
        self, id: str, probability: float, match: bool, features: Mapping[str, float]
    ) -> dict[str, Any]:
        entry = self._entry(id)
        kind = id.partition("/")[0]
        said = {
            "id": entry.id if entry else id,
            "name": (getattr(entry, "sort", None) or entry.label) if entry else id,
            "type": [{"id": kind, "name": TYPES.get(kind, kind)}],
            "score": round(100 * probability, 1),
            "match": match,
            "features": [{"id": k, "value": round(v, 3)} for k, v in features.items()],
        }
        described = _described(entry)
        if described:
            said["description"] = described
        return said

    def suggest_entity(self, prefix: str, limit: int = 10, cursor: int = 0) -> dict[str, Any]:
        """Entries whose name or variant begins with `prefix`, or has it as a word's beginning."""
        wanted = fold(prefix)
        found: dict[str, tuple[int, str]] = {}
        for kind in TYPES:
            for entry in self._entries(kind).values():
                for form in (
                    entry.label,
                    getattr(entry, "sort", None),
                    *getattr(entry, "variants", ()),
                ):
                    folded = fold(form or "")
                    rank = 0 if folded.startswith(wanted) else 1 if f" {wanted}" in folded else 2
                    if wanted and rank < found.get(entry.id, (2, ""))[0]:
                        found[entry.id] = (rank, fold(entry.label))
        ranked = sorted(found, key=lambda id: (*found[id], id))[cursor : cursor + limit]
        result = []
        for id in ranked:
            named = self._entry(id)
            kind = id.partition("/")[0]
            one = {
                "id": id,
                "name": named.label if named else id,
                "notable": [{"id": kind, "name": TYPES.get(kind, kind)}],
            }
            if described := _described(named):
                one["description"] = described
            result.append(one)
        return {"result": result}

    def suggest_type(self, prefix: str) -> dict[str, Any]:
        """Types whose id or name contains `prefix`."""
        return {
            "result": [
                {"id": k, "name": v}
                for k, v in TYPES.items()
                if fold(prefix) in k or fold(prefix) in fold(v)
            ]
        }

    def suggest_property(self, prefix: str) -> dict[str, Any]:
        """Properties whose id or name contains `prefix`."""
        return {
            "result": [
                {"id": k, "name": v[0]}
                for k, v in PROPERTIES.items()
                if fold(prefix) in k or fold(prefix) in fold(v[0])
            ]
        }

    def propose_properties(self, type: str, limit: int | None = None) -> dict[str, Any]:
        """Properties that entries of `type` can be extended by."""
        found = [{"id": k, "name": v[0]} for k, v in PROPERTIES.items() if type in v[1]]
        found = [f for f in found if f["id"] != "date"]
        answer: dict[str, Any] = {"type": type, "properties": found[:limit]}
        if limit is not None:
            answer["limit"] = limit
        return answer

    def extend(self, query: Mapping[str, Any]) -> dict[str, Any]:
        """Values of the properties asked for, of each id asked for; unknown ids have none."""
        wanted = [str(p["id"]) for p in query.get("properties", ())]
        rows: dict[str, dict[str, list[dict[str, str]]]] = {}
        for id in query.get("ids", ()):
            entry = self._entry(str(id))
            rows[str(id)] = {
                name: [{"str": v} for v in _values(entry, name)] if entry else [] for name in wanted
            }
        meta = [{"id": p, "name": PROPERTIES[p][0] if p in PROPERTIES else p} for p in wanted]
        return {"meta": meta, "rows": rows}

    def preview(self, id: str) -> str | None:
        """A small HTML page about one entry; None where there is none."""
        entry = self._entry(id)
        if entry is None:
            return None
        lines = [f"<h1>{html.escape(entry.label)}</h1>"]
        if described := _described(entry):
            lines.append(f"<p>{html.escape(described)}</p>")
        forms = getattr(entry, "variants", ())
        if forms:
            lines.append(f"<p>also: {html.escape('; '.join(forms[:8]))}</p>")
        lines.append(f"<p><small>{html.escape(entry.id)}</small></p>")
        body = "".join(lines)
        return (
            "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>"
            f"{html.escape(entry.label)}</title><style>body{{font:14px sans-serif;margin:8px}}"
            f"h1{{font-size:16px;margin:0 0 6px}}p{{margin:4px 0}}</style></head><body>{body}"
            "</body></html>"
        )


def _plain(form: str) -> str:
    return body_key(form) or fold(form)


def _properties(given: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in given:
        values = one.get("v")
        for value in values if isinstance(values, list) else [values]:
            plain = value.get("name") or value.get("id") if isinstance(value, dict) else value
            if plain not in (None, ""):
                found.setdefault(str(one.get("pid")), []).append(str(plain))
    return found


def _described(entry: Entry | None) -> str | None:
    if entry is None:
        return None
    said = []
    if isinstance(entry, Person):
        if entry.born or entry.died:
            said.append(f"{(entry.born or '')[:4]}–{(entry.died or '')[:4]}")
        said += [o.title for o in entry.offices[:2]]
    if entry.note and len(said) < 2:
        said.append(" ".join(entry.note.split())[:120])
    return "; ".join(said) or None


def _values(entry: Entry, name: str) -> list[str]:
    if name in ("birth", "death"):
        value = getattr(entry, {"birth": "born", "death": "died"}[name], None)
        return [value] if value else []
    if name == "office":
        return [
            " ".join(filter(None, [o.title, o.body, f"{o.from_ or ''}/{o.to or ''}".strip("/")]))
            for o in getattr(entry, "offices", ())
        ]
    if name in ("hoh", "viaf", "wikidata", "gnd"):
        value = getattr(entry, "identifiers", {}).get(name)
        return [value] if value else []
    value = getattr(entry, name, None)
    if isinstance(value, tuple):
        return [str(v) for v in value]
    return [str(value)] if value else []


def reconcile_names(
    names: Sequence[str],
    service: Service | str,
    *,
    type: str | None = None,
    limit: int = 3,
    size: int = 25,
    timeout: float = 30.0,
) -> list[list[dict[str, Any]]]:
    """Candidates for each of `names`, asked of `service` (ours, or any service's address)
    in batches of `size`. Raises `KgraphError` where an address does not answer."""
    results: list[list[dict[str, Any]]] = []
    for start in range(0, len(names), size):
        batch: dict[str, dict[str, Any]] = {}
        for i, name in enumerate(names[start : start + size]):
            batch[f"q{i}"] = {"query": name, "limit": limit} | ({"type": type} if type else {})
        answer = (
            service.query(batch) if isinstance(service, Service) else _ask(service, batch, timeout)
        )
        for key in batch:
            one = answer.get(key, {})
            results.append(list(one.get("result", ())) if isinstance(one, dict) else [])
    return results


def _ask(address: str, batch: Mapping[str, Any], timeout: float) -> dict[str, Any]:
    if not address.startswith(("http://", "https://")):
        raise KgraphError(f"{address!r} is no http(s) address of a reconciliation service")
    form = urllib.parse.urlencode({"queries": json.dumps(batch)}).encode()
    request = urllib.request.Request(address, data=form, headers={"Accept": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            plain = json.load(answer)
    except (urllib.error.URLError, TimeoutError, json.JSONDecodeError) as error:
        raise KgraphError(
            f"the reconciliation service {address} did not answer: {error}",
            hint="open the address in a browser: it should show the service's manifest",
        ) from error
    if not isinstance(plain, dict):
        raise KgraphError(f"{address} answered, but not as a reconciliation service does")
    return plain
