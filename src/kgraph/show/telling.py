"""A description as lines to read: the plain facts first, then the way, then who says what.

What the graph keeps as a node (a participation, a date, a leg, a copy) is told in one line,
with the words it rests on and their place; what such a line does not say follows below it. Only
what another line says is left out: the thing's own id and label, and the bounds of a date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from kgraph.show import Account, Description, Fact

NAMES: dict[str, str] = {
    "dcterms:title": "title", "rico:hasSender": "sender", "rico:hasAddressee": "addressee",
    "kg:onBehalfOf": "on behalf of", "kg:signedBy": "signed by", "kg:participant": "participant",
    "kg:date": "date", "kg:received": "received", "kg:placeFrom": "from", "kg:placeTo": "to",
    "rico:hasDocumentaryFormType": "form", "kg:kindAsGiven": "kind", "kg:channel": "channel",
    "kg:classification": "classification", "kg:handling": "handling", "dcterms:subject": "subject",
    "kg:regest": "regest", "kg:draftedBy": "drafted by", "kg:copyTo": "copy to",
    "kg:activity": "activity", "kg:hasDate": "date", "kg:hasLeg": "leg",
    "rico:hasOrHadInstantiation": "copy", "kg:survivalStatus": "survival",
}  # fmt: skip
"""Statements in the order in which they are told, by the name they are told with; then the
others by the alphabet, and what is only named in a text last."""
LINKED: dict[str, str] = {
    "rico:hasSender": "sender of", "rico:hasAddressee": "addressee of", "kg:signedBy": "signer of",
    "kg:participant": "took part in", "kg:draftedBy": "drafter of", "kg:handedBy": "gave on",
    "kg:carriedBy": "carried", "kg:handedTo": "was given", "rico:isReplyTo": "answered by",
    "rico:hasOrHadConstituent": "part of", "dcterms:references": "cited by",
    "dcterms:isVersionOf": "versions", "dcterms:isReplacedBy": "other ids", "owl:sameAs": "same as",
    "kg:placeFrom": "sent from here:", "kg:placeTo": "sent here:", "kg:channel": "channel of",
    "kg:reportedIn": "reports", "kg:about": "spoken of in", "schema:mentions": "named in",
}  # fmt: skip
"""What points at the thing, in the order and the words in which it is told."""
_PLACE = {name: place for place, name in enumerate(NAMES)}
_LAST = ("kg:about", "schema:mentions")
_SAID = frozenset(("kg:earliest", "kg:latest", "kg:localId", "rdfs:label"))


def lines(thing: Description) -> Iterator[str]:
    """The description, a line each."""
    yield f"{thing.id}  {thing.label or ''}".rstrip()
    yield thing.iri
    yield ", ".join(thing.kinds)
    if thing.aliases:
        yield f"also known as {', '.join(thing.aliases)}"
    if thing.names:
        yield "named " + ", ".join(f"“{name}” ({count}x)" for name, count in thing.names[:12])
    if thing.preferred:
        yield ""
        yield "Preferred and shared statements"
        yield from _facts(thing.preferred, 1)
    for source, legs in groupby(thing.legs, lambda leg: leg["source"]):
        yield ""
        yield f"From hand to hand, as {thing.labels.get(source or '', source)} tells"
        for leg in legs:
            yield "  " + _way(leg, thing.labels)
    for account in thing.accounts:
        yield ""
        yield from _account(account)
    for links in sorted(thing.links, key=lambda links: _linked(links.property)):
        yield ""
        yield f"{LINKED.get(links.property, _name(links.property) + ' of')} {links.count}"
        for subject, label in links.subjects:
            yield f"  {subject}  {label or ''}".rstrip()
        if links.count > len(links.subjects):
            yield f"  ... and {links.count - len(links.subjects)} more"


def _account(account: Account) -> Iterator[str]:
    place = f", {account.locator}" if account.locator else ""
    yield f"According to {account.source_label or account.source} ({account.record}{place})"
    yield from _facts(account.facts, 1)


def _way(leg: dict[str, str | None], labels: dict[str, str]) -> str:
    """One hop: "2. Georgi N. Bolshakov -> Pierre Salinger, hand delivery, at ..., stated"."""

    def named(name: str) -> str:
        return labels.get(leg[name] or "", leg[name] or "?")

    parts = [f"{leg['leg']}. {named('from')} -> {named('to')}"]
    for name, before in (("by", "by "), ("mode", ""), ("channel", "channel "), ("place", "at ")):
        if leg[name] and leg[name] != "not stated":
            parts.append(f"{before}{named(name)}")
    parts += [value for name in ("date", "status") if (value := leg[name])]
    return ", ".join(parts)


def _facts(facts: list[Fact], depth: int) -> Iterator[str]:
    for fact in sorted(_unfolded(facts), key=_order):
        if fact.property in _SAID and not fact.parts:
            continue
        tell = _TOLD.get(fact.property) if fact.parts else None
        if tell is None:
            name, value, rest = _name(fact.property), _value(fact), fact.parts
        else:
            name, value, rest = tell(fact)
        told = "  ".join(part for part in (value, _words(fact)) if part)
        yield f"{'  ' * depth}{name}: {told}".rstrip()
        yield from _facts(rest, depth + 1)


def _unfolded(facts: list[Fact]) -> Iterator[Fact]:
    """Facts, with the participations of an activity that says nothing else in its place."""
    for fact in facts:
        if fact.property == "kg:activity" and fact.parts and not _words(fact):
            yield from fact.parts
        else:
            yield fact


def _order(fact: Fact) -> tuple[int, int, str, str]:
    if fact.property == "kg:participation":
        role = _part(fact, "prov:hadRole").rpartition("-")[2]
        return 0, _ROLES.get(role, len(_PLACE)), role, ""
    if fact.property == "kg:hasLeg":
        return 0, _PLACE["kg:hasLeg"], "", _part(fact, "kg:legIndex").zfill(3)
    last = _LAST.index(fact.property) + 1 if fact.property in _LAST else 0
    return last, _PLACE.get(fact.property, len(_PLACE)), fact.property.partition(":")[2], ""


_ROLES = {
    "sender": _PLACE["rico:hasSender"], "addressee": _PLACE["rico:hasAddressee"],
    "signer": _PLACE["kg:signedBy"], "participant": _PLACE["kg:participant"],
    "drafter": _PLACE["kg:draftedBy"], "recipient of a copy": _PLACE["kg:copyTo"],
}  # fmt: skip


def _linked(property: str) -> tuple[int, str]:
    told = list(LINKED)
    return (told.index(property) if property in told else len(told) - 3, property)


def _name(property: str) -> str:
    return NAMES.get(property) or property.partition(":")[2] or property


def _value(fact: Fact) -> str:
    if fact.parts:
        return ""
    return f"{fact.label} [{fact.value}]" if fact.label else fact.value


def _words(fact: Fact) -> str:
    """The words that a statement rests on, where they stand, and how sure it is."""
    told = [f"“{fact.words}”"] if fact.words else []
    if fact.start is not None:
        told.append(f"({fact.start}-{fact.end})")
    elif fact.locator:
        told.append(f"({fact.locator})")
    if fact.certainty:
        told.append(fact.certainty)
    return " ".join(told)


def _part(fact: Fact, property: str) -> str:
    return next((part.value for part in fact.parts if part.property == property), "")


def _taken(fact: Fact, *properties: str) -> tuple[dict[str, str], list[Fact]]:
    """The values of some statements about a node, and the statements left."""
    found: dict[str, str] = {}
    left: list[Fact] = []
    for part in fact.parts:
        if part.property in properties and part.property not in found and not part.parts:
            found[part.property] = _value(part)
        else:
            left.append(part)
    return found, left


Told = tuple[str, str, list[Fact]]


def _participation(fact: Fact) -> Told:
    found, left = _taken(
        fact, "prov:agent", "prov:hadRole", "kg:nameAsGiven", "kg:roleAsGiven"
    )  # fmt: skip
    role = found.get("prov:hadRole", "participation").partition(" [")[0].lower()
    told = [found.get("prov:agent", "?")]
    if "kg:nameAsGiven" in found:
        told.append(f"as “{found['kg:nameAsGiven']}”")
    if "kg:roleAsGiven" in found:
        told.append(found["kg:roleAsGiven"])
    return role, ", ".join(told), left


def _date(fact: Fact) -> Told:
    found, left = _taken(fact, "kg:date", "kg:dateKind", "kg:dateAsGiven", "skos:note")
    kind = found.get("kg:dateKind", "written")
    told = found.get("kg:date", "?")
    if "kg:dateAsGiven" in found:
        told += f", as “{found['kg:dateAsGiven']}”"
    return f"date {kind}", _noted(told, found), left


def _leg(fact: Fact) -> Told:
    found, left = _taken(
        fact, "kg:legIndex", "kg:handedBy", "kg:handedTo", "kg:carriedBy", "kg:mode", "kg:viaChannel",
        "kg:modeAsGiven", "kg:place", "kg:date", "kg:legStatus", "kg:legSeries", "skos:note",
    )  # fmt: skip
    told = [f"{found.get('kg:handedBy', '?')} -> {found.get('kg:handedTo', '?')}"]
    if "kg:carriedBy" in found:
        told.append(f"by {found['kg:carriedBy']}")
    told += [
        found[name] for name in ("kg:mode", "kg:viaChannel")
        if name in found and "[channel/not-stated]" not in found[name]
    ]  # fmt: skip
    if "kg:modeAsGiven" in found:
        told.append(f"as “{found['kg:modeAsGiven']}”")
    if "kg:place" in found:
        told.append(f"at {found['kg:place']}")
    told += [found[name] for name in ("kg:date", "kg:legStatus") if name in found]
    if found.get("kg:legSeries", "way") != "way":
        told.append(found["kg:legSeries"])
    return f"leg {found.get('kg:legIndex', '')}".rstrip(), _noted(", ".join(told), found), left


def _copy(fact: Fact) -> Told:
    found, left = _taken(
        fact, "kg:copyKind", "dcterms:language", "kg:archivalUnit", "rico:hasOrHadHolder", "kg:shelfmark"
    )  # fmt: skip
    told = [found[name] for name in ("kg:copyKind", "dcterms:language") if name in found]
    unit = found.get("kg:archivalUnit")
    if unit is not None:
        told.append(unit)
    elif "rico:hasOrHadHolder" in found:
        told.append(found["rico:hasOrHadHolder"])
    shelf = found.get("kg:shelfmark")
    if shelf is not None and shelf not in (unit or ""):
        told.append(shelf)
    return "copy", ", ".join(told), left


def _about(fact: Fact) -> Told:
    found, left = _taken(fact, "kg:onProperty", "dcterms:type", "rdf:value", "skos:note")
    name = found.get("dcterms:type", "words" if fact.words else "remark")
    on = found.get("kg:onProperty")
    told = found.get("rdf:value", "")
    return name + (f" on {on}" if on else ""), _noted(told, found), left


def _noted(told: str, found: dict[str, str]) -> str:
    note = found.get("skos:note")
    return told if note is None else f"{told}; {note}" if told else note


_TOLD: dict[str, Callable[[Fact], Told]] = {
    "kg:participation": _participation, "kg:hasDate": _date, "kg:hasLeg": _leg,
    "rico:hasOrHadInstantiation": _copy, "kg:about": _about,
}  # fmt: skip
