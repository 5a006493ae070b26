"""What matching left in doubt, the most doubtful first.

A link is in doubt where its probability is far from certain either way; two records taken
for one document, a listed person taken for another, and a conflict between claims are
doubts too. Equal doubts of one document ("Mr. President", five times) are asked once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from kgraph.authorities.review import Decisions, Subject, subjects
from kgraph.model import Conflict, Identity, Mention, Party, Person, Record, Redirect

CERTAIN = 0.95
"""Links at least so probable are not asked about."""
_KINDS: dict[str, Subject] = {"organisation": "body", "place": "place", "event": "event", "document": "document"}  # fmt: skip


class Doubt(msgspec.Struct, frozen=True, kw_only=True):
    """One question: is `subject` what `target` names? `made` tells whether the link stands now."""

    about: Subject
    subject: str
    target: str | None
    probability: float
    made: bool
    said: str
    times: int = 1

    @property
    def uncertainty(self) -> float:
        """0 where the probability is 0 or 1, 0.5 where it is a half."""
        return min(self.probability, 1.0 - self.probability)


def doubts(
    items: Iterable[object],
    decided: Decisions,
    *,
    certain: float = CERTAIN,
    names: dict[str, str] | None = None,
    describe: Callable[[Person], str] = lambda person: person.label,
) -> list[Doubt]:
    """The open doubts of `items`, the most doubtful first, conflicts at the end of their
    kind; `names` is filled with what the ids met are called."""
    settled = {d.subject for d in decided.all}
    found: dict[tuple[str, str | None], Doubt] = {}
    for item in items:
        if names is not None:
            if isinstance(item, Person):
                names[item.id] = describe(item)
            elif isinstance(item, Record):
                when = f", {item.date.text or item.date.edtf}" if item.date else ""
                names[item.id] = f"{item.title or item.form}{when}"
        for one in _of(item, certain):
            document = one.subject.partition("@")[0]
            if one.subject in settled or document in settled:
                continue
            key = (document, one.target)
            before = found.get(key)
            if before is None:
                found[key] = one
            else:
                found[key] = msgspec.structs.replace(
                    before, subject=document, times=before.times + 1,
                    probability=min(before.probability, one.probability),
                )  # fmt: skip
    return sorted(found.values(), key=lambda d: (-round(d.uncertainty, 2), d.subject))


def _of(item: object, certain: float) -> Iterator[Doubt]:
    if isinstance(item, Redirect) and item.probability is not None and item.probability < certain:
        yield Doubt(about="person", subject=item.id, target=item.to, probability=item.probability,
                    made=True, said="; ".join(item.reasons))  # fmt: skip
    elif isinstance(item, Record):
        parties = (*item.senders, *item.addressees, *item.participants, *item.signed)
        everything: tuple[Party | Mention, ...] = (*parties, *item.mentions)
        for named in everything:
            p = named.probability
            if p is not None and p < certain and named.reasons:
                yield _of_name(item, named, p)
    elif isinstance(item, Identity) and item.source == "matching" and item.score < 0.99:
        for record in item.records[1:]:
            yield Doubt(about="document", subject=record, target=item.records[0],
                        probability=item.score, made=True, said="; ".join(item.reasons))  # fmt: skip
    elif isinstance(item, Conflict) and item.source == "matching":
        values = " | ".join(f"{c.value} ({c.record or c.source})" for c in item.claims)
        yield Doubt(about="conflict", subject=item.id, target=item.preferred, probability=0.5,
                    made=True, said=f"{item.kind}: {values}")  # fmt: skip


def _of_name(record: Record, named: Party | Mention, probability: float) -> Doubt:
    words = named.name if isinstance(named, Party) else named.text
    about: Subject = "person" if isinstance(named, Party) else _KINDS.get(named.type, "person")
    open_ = named.reasons[0].removeprefix("perhaps ").split(",")[0]
    return Doubt(
        about=about,
        subject=subjects(record.id, words, named.start)[0],
        target=named.id or (open_ if "/" in open_ else None),
        probability=probability,
        made=named.id is not None,
        said="; ".join(named.reasons) + _around(record.text, named),
    )


def _around(text: str, named: Party | Mention) -> str:
    """The words around a name, on a line of their own."""
    if named.start is None or named.end is None or named.end > len(text):
        return ""
    around = text[max(0, named.start - 70) : named.end + 70]
    return f"\n    ... {' '.join(around.split())} ..."
